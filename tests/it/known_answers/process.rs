//! The process of an education, health and care plan, from request to review: how late plans are, decisions in time,
//! reviews, appeals, who is out of education. Real figures as printed, and worked out again from the raw files.

use super::{figure, real, rounded};

/// Places in the real returns: England, and two authorities.
const PLACES: [(&str, &str); 3] = [("level", "country"), ("la_code", "333"), ("la_code", "855")];

/// Value, numerator and denominator of a measure for the whole of England, Sandwell and Leicestershire.
fn whole(table: &str, measure: &str, period: &str) -> Option<[[f64; 3]; 3]> {
    let frame = real()?.table(table);
    let of = |place| figure(&frame, &[("measure", measure), ("period", period), ("breakdown_topic", "Total"), place]);
    Some(PLACES.map(of))
}

#[test]
fn each_step_of_the_process_is_as_published() {
    // Measure, period, and of England, Sandwell and Leicestershire the count, what it is out of, and the share printed.
    let known = [
        ("sen2_timeliness/plans_over_a_year", "2024", [(6230, 84866, 7.3), (62, 378, 16.4), (344, 772, 44.6)]),
        ("sen2_timeliness/plans_over_a_year", "2023", [(3947, 76506, 5.2), (18, 375, 4.8), (67, 537, 12.5)]),
        ("sen2_timeliness/plans_20_to_52_weeks", "2024", [(39168, 84866, 46.2), (213, 378, 56.3), (395, 772, 51.2)]),
        ("sen2_timeliness/plans_over_a_year_all", "2024", [(6478, 90392, 7.2), (88, 474, 18.6), (344, 772, 44.6)]),
        ("sen2_requests/open_share", "2024", [(12038, 154489, 7.8), (176, 940, 18.7), (125, 1582, 7.9)]),
        ("sen2_requests/open_share", "2023", [(10089, 138242, 7.3), (110, 748, 14.7), (181, 1412, 12.8)]),
        (
            "sen2_annual_reviews/meetings_held_share",
            "2024",
            [(453761, 524654, 86.5), (1868, 3551, 52.6), (5891, 6261, 94.1)],
        ),
        ("sen2_annual_reviews/decided_4_weeks", "2024", [(154924, 348759, 44.4), (122, 951, 12.8), (1878, 3593, 52.3)]),
        ("sen2_appeals/appeal_rate", "2024", [(22276, 689739, 3.2), (41, 4158, 1.0), (196, 7706, 2.5)]),
        ("sen2_caseload/not_in_education", "202425", [(18056, 638745, 2.8), (307, 4064, 7.6), (661, 7196, 9.2)]),
        ("sen2_caseload/independent_special", "202425", [(34028, 638745, 5.3), (191, 4064, 4.7), (441, 7196, 6.1)]),
    ];
    for (name, period, places) in known {
        let (table, measure) = name.split_once('/').expect("table/measure");
        let Some(found) = whole(table, measure, period) else { return };
        for ([value, top, bottom], (count, of, share)) in found.into_iter().zip(places) {
            assert_eq!((top, bottom), (f64::from(count), f64::from(of)), "{name} {period}");
            assert_eq!(rounded(value), share, "{name} {period}");
        }
    }
}

#[test]
fn plans_that_took_over_a_year_are_ranked_as_the_file_ranks_them() {
    let Some(real) = real() else { return };
    let (header, rows) = real.raw("sen2/2025/timeliness_20_week.csv");
    let at = |name: &str| header.iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"));
    let (late, of) = (at("plans_issued_gt_1_year_ex"), at("plans_issued_den_ex"));
    let is_whole = |row: &&Vec<String>| {
        row[at("time_period")] == "2024"
            && row[at("geographic_level")] == "Local authority"
            && row[at("breakdown_topic")] == row[at("breakdown")]
    };
    let share = |row: &Vec<String>| Some((row[late].parse::<f64>().ok()?, row[of].parse::<f64>().ok()?));
    let shares: Vec<(&str, f64)> = rows
        .iter()
        .filter(is_whole)
        .filter_map(|row| Some((row[at("old_la_code")].as_str(), share(row).filter(|(_, of)| *of > 0.0)?)))
        .map(|(place, (late, of))| (place, late / of))
        .collect();
    assert_eq!(shares.len(), 151);
    for (place, rank) in [("333", "134"), ("855", "149")] {
        let own = shares.iter().find(|(other, _)| *other == place).expect("its row").1;
        let better = shares.iter().filter(|(_, other)| *other < own).count();
        assert_eq!((better + 1).to_string(), rank, "{place} in the file");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_abreast"))
            .args(["compare", "sen2_timeliness/plans_over_a_year", "--authority", place, "--format", "csv", "--out"])
            .arg(real.out.path())
            .output()
            .expect("the program runs");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut lines = csv::Reader::from_reader(printed.as_bytes());
        let columns = lines.headers().expect("a header").clone();
        let own = lines.records().flatten().find(|line| &line[0] == place).expect("its line");
        let cell = |name: &str| columns.iter().position(|column| column == name).map(|at| own[at].to_owned());
        let (found, out_of) = (cell("Latest National Rank"), cell("Out of"));
        assert_eq!((found.as_deref(), out_of.as_deref()), (Some(rank), Some("151")), "{printed}");
    }
}
