//! Which figure counts where releases overlap, and that two spellings of a period are one.

use crate::harness::{Bench, EES, Table};

/// A bench with one measure of an open pipeline, `count`, broken down by sex where the file says so.
fn bench(more: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline(
        "counts",
        &format!(
            "title = \"Counts\"\nreturn = \"counts\"\n{more}\n[measures.count]\nlabel = \"Count\"\nunit = \"number\"\n[[release]]\nfrom = 2020\nfile = \"c.csv\"\nformat = \"ees\"\nfilters = [\"sex\"]\ncolumns = {{ count = \"n\" }}\n[checks]\nareas = \"some\"\n"
        ),
    );
    bench
}

/// A file of rows: period, identifier, area, sex and figure.
fn file(rows: &[(&str, &str, &str, &str, &str)]) -> String {
    let mut text = format!("{EES},sex,n\n");
    for (period, identifier, area, sex, figure) in rows {
        let place = match *area {
            "England" => "National,E92000001,England,,,,,".to_owned(),
            name => {
                format!("Local authority,E92000001,England,,,,{},{name}", if name == "Leeds" { "383" } else { "202" })
            }
        };
        text.push_str(&format!("{period},{identifier},{place},{sex},{figure}\n"));
    }
    text
}

const YEAR: &str = "Calendar year";

fn latest(table: &Table, period: &str, area: &str, sex: &str) -> Vec<(String, String)> {
    let wanted =
        ["latest=true", &format!("period={period}"), &format!("area_name={area}"), &format!("breakdown={sex}")];
    table.rows(&wanted).iter().map(|row| (row.text("release").to_owned(), row.text("value").to_owned())).collect()
}

fn one(release: &str, value: &str) -> Vec<(String, String)> {
    vec![(release.to_owned(), value.to_owned())]
}

#[test]
fn the_newest_release_that_has_the_figure_counts() {
    let bench = bench("");
    bench.returns(
        "counts/2024/c.csv",
        file(&[
            ("2023", YEAR, "England", "Total", "500"),
            ("2023", YEAR, "Leeds", "Total", "5"),
            ("2023", YEAR, "Camden", "Total", "6"),
            ("2023", YEAR, "Leeds", "Girls", "2"),
            ("2023", YEAR, "Leeds", "Boys", "3"),
        ]),
    );
    // The next one repeats England, one authority (as missing) and one of the two sexes.
    bench.returns(
        "counts/2025/c.csv",
        file(&[
            ("2023", YEAR, "England", "Total", "501"),
            ("2023", YEAR, "Camden", "Total", "x"),
            ("2023", YEAR, "Leeds", "Boys", "4"),
            ("2024", YEAR, "Leeds", "Girls", "7"),
            ("2024", YEAR, "Leeds", "Boys", "8"),
        ]),
    );
    bench.run().well();
    let table = bench.table("counts");
    assert_eq!(latest(&table, "2023", "England", "Total"), one("2025", "501.0"));
    assert_eq!(latest(&table, "2023", "Leeds", "Total"), one("2024", "5.0"));
    assert_eq!(latest(&table, "2023", "Camden", "Total"), one("2025", ""), "missing in the newer stays missing");
    assert_eq!(latest(&table, "2023", "Leeds", "Girls"), one("2024", "2.0"));
    assert_eq!(latest(&table, "2023", "Leeds", "Boys"), one("2025", "4.0"));
}

#[test]
fn a_label_that_the_newer_release_put_into_others_is_gone() {
    let bench = bench("");
    let old = [
        ("2023", YEAR, "Leeds", "Total", "10"),
        ("2023", YEAR, "Leeds", "Girls", "4"),
        ("2023", YEAR, "Leeds", "Boys", "5"),
        ("2023", YEAR, "Leeds", "Not recorded", "1"),
    ];
    bench.returns("counts/2024/c.csv", file(&old));
    let new = [
        ("2023", YEAR, "Leeds", "Total", "10"),
        ("2023", YEAR, "Leeds", "Girls", "4"),
        ("2023", YEAR, "Leeds", "Boys and not recorded", "6"),
    ];
    bench.returns("counts/2025/c.csv", file(&new));
    bench.run().well();
    let table = bench.table("counts");
    let parts: f64 = table.rows(&["latest=true", "breakdown_topic=sex"]).iter().map(|row| row.value()).sum();
    assert_eq!(parts, 10.0, "no one is counted twice");
    assert_eq!(latest(&table, "2023", "Leeds", "Not recorded"), []);
}

#[test]
fn two_spellings_of_a_year_are_one_series() {
    let bench = bench("period_ends = \"31 January\"");
    let old = [("202223", "Academic year", "Leeds", "Total", "7"), ("202324", "Academic year", "Leeds", "Total", "8")];
    bench.returns("counts/2024/c.csv", file(&old));
    // The newer restates one of them under its other name.
    let new = [("2024", "January", "Leeds", "Total", "9"), ("2025", "January", "Leeds", "Total", "11")];
    bench.returns("counts/2025/c.csv", file(&new));
    bench.run().well();
    let table = bench.table("counts");
    let ends: Vec<&str> = table.rows(&["latest=true"]).iter().map(|row| row.text("period_end")).collect();
    assert_eq!(ends, ["2023-01-31", "2024-01-31", "2025-01-31"]);
    assert_eq!(latest(&table, "2024", "Leeds", "Total"), one("2025", "9.0"));
    assert_eq!(table.words("period_length"), ["year"]);
    let comparisons = bench.table("comparisons");
    let change = |period: &str| {
        let row = comparisons.rows(&[&format!("period={period}"), "comparator=england"])[0];
        (row.text("change").to_owned(), row.text("change_note").to_owned())
    };
    assert_eq!(change("2024"), ("2.0".to_owned(), String::new()));
    assert_eq!(change("2025"), ("2.0".to_owned(), String::new()));
}

#[test]
fn months_are_no_years_where_there_are_other_months() {
    let bench = bench("period_ends = \"31 March\"");
    let rows = [
        ("2024", "February", "Leeds", "Total", "3"),
        ("2024", "March", "Leeds", "Total", "4"),
        ("202324", "Financial year", "Leeds", "Total", "40"),
    ];
    bench.returns("counts/2024/c.csv", file(&rows));
    bench.run().well();
    let table = bench.table("counts");
    let values: Vec<f64> =
        table.rows(&["latest=true", "period_end=2024-03-31"]).iter().map(|row| row.value()).collect();
    assert_eq!(values, [4.0, 40.0], "the month and the year stand beside each other");
    assert_eq!(table.words("period_length"), ["month", "year"]);
}

#[test]
fn one_release_with_a_figure_under_two_spellings_is_refused() {
    let bench = bench("period_ends = \"31 January\"");
    let rows = [("202324", "Academic year", "Leeds", "Total", "8"), ("2024", "January", "Leeds", "Total", "9")];
    bench.returns("counts/2024/c.csv", file(&rows));
    let ran = bench.run();
    assert_ne!(ran.code, 0);
    let found = ran.finding("duplicate-key");
    assert_eq!(found.place.row, Some(3), "{}", found.message);
    assert!(found.message.contains("rows 2 and 3 are both about 2023/24"), "{}", found.message);
}

#[test]
fn a_publishers_own_spelling_is_named_under_labels_and_a_mark_is_said() {
    let bench = bench(
        "[labels.period]\n\"Summer count 2024\" = \"31 May 2024\"\n[labels.time_period]\n\"Winter count 2024\" = \"30 November 2024\"\n",
    );
    let rows = [
        ("Summer count 2024", "", "Leeds", "Total", "8"),
        ("Winter count 2024", "", "Leeds", "Total", "9"),
        ("2023 (provisional)", YEAR, "Leeds", "Total", "7"),
    ];
    bench.returns("counts/2024/c.csv", file(&rows));
    let ran = bench.run().well();
    let table = bench.table("counts");
    assert_eq!(table.words("period_end"), ["2023-12-31", "2024-05-31", "2024-11-30"]);
    assert_eq!(table.words("period"), ["2023", "30 November 2024", "31 May 2024"]);
    let note = ran.finding("period-marked");
    assert_eq!(note.place.row, Some(4));
    assert!(note.message.contains("`(provisional)`"), "{}", note.message);
}

#[test]
fn a_year_far_from_its_release_is_refused_unless_the_pipeline_allows_it() {
    for (more, period, refused) in [
        ("", "2042", true),
        ("", "1968", true),
        ("", "2031", false),
        ("years = [1961, 2050]", "2042", false),
        ("years = [1961, 2050]", "1968", false),
        ("years = [2020, 2025]", "2019", true),
    ] {
        let bench = bench(more);
        bench.returns("counts/2024/c.csv", file(&[(period, YEAR, "Leeds", "Total", "8")]));
        let ran = bench.run();
        assert_eq!(ran.code != 0, refused, "{more} {period}");
        let found = ran.all("period-out-of-range");
        assert_eq!(
            found.iter().filter_map(|found| found.place.row).collect::<Vec<u32>>(),
            if refused { vec![2] } else { vec![] }
        );
    }
}
