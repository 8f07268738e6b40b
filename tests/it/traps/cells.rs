//! What stands in a cell: percent in three dresses, thousands commas, long decimals, marks and what they mean.

use crate::harness::{Bench, EES, Ran, ees};

/// One EES file with the column `pc` whose cells for successive years are `cells`.
fn cells(symbols: &str, cells: &[&str]) -> (Bench, Ran) {
    let bench = Bench::new();
    bench.pipeline(
        "rates",
        &format!(
            "title = \"Rates\"\nreturn = \"sen2\"\n[measures.rate]\nlabel = \"Rate\"\nunit = \"percent\"\n[[release]]\nfrom = 2025\nfile = \"rates.csv\"\nformat = \"ees\"\ncolumns = {{ rate = \"pc_plans_issued_within_20_weeks\" }}\nsymbols = {{ {symbols} }}\n[checks]\nareas = \"some\"\n"
        ),
    );
    let mut text = format!("{EES},pc_plans_issued_within_20_weeks\n");
    for (index, cell) in cells.iter().enumerate() {
        let year = (2001 + index).to_string();
        text.push_str(&format!("{},\"{cell}\"\n", ees(&year, "Calendar year", "Leeds")));
    }
    bench.returns("sen2/2025/rates.csv", text);
    let ran = bench.run();
    (bench, ran)
}

#[test]
fn numbers_in_every_dress() {
    let dresses = [
        ("60.4", 60.4),
        ("11.20%", 11.2),
        ("1,234", 1234.0),
        ("26.200000000000003", 26.200000000000003),
        ("57.900000000000", 57.9),
        (" 5.7 ", 5.7),
        ("0", 0.0),
        ("-3.5", -3.5),
        ("£1,071.50", 1071.5),
        ("1.5e1", 15.0),
    ];
    let (bench, ran) = cells("", &dresses.map(|(text, _)| text));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("rates");
    for (index, (text, number)) in dresses.iter().enumerate() {
        let row = table.row(&[&format!("period={}", 2001 + index)]);
        assert_eq!(row.value(), *number, "{text}");
        // What no share can be is read as well, and marked.
        let status = if (0.0..=100.0).contains(number) { "number" } else { "doubtful" };
        assert_eq!((row.text("status"), row.text("raw")), (status, ""), "{text}");
    }
}

#[test]
fn marks_of_the_standard_keep_their_reason_and_their_text() {
    let marks = [
        ("z", "not_applicable"),
        ("x", "not_available"),
        ("c", "confidential"),
        ("low", "low"),
        ("k", "low"),
        ("u", "unreliable"),
        (" x ", "not_available"),
        ("[c]", "confidential"),
        ("LOW", "low"),
        ("[low]", "low"),
    ];
    let (bench, ran) = cells("", &marks.map(|(mark, _)| mark));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("rates");
    for (index, (mark, status)) in marks.iter().enumerate() {
        let row = table.row(&[&format!("period={}", 2001 + index)]);
        assert_eq!((row.text("value"), row.text("status"), row.text("raw")), ("", *status, mark.trim()));
    }
}

#[test]
fn a_mark_that_nobody_declared_is_an_error_and_never_a_number() {
    for mark in [".", "..", "-", ":", "~", "*", "NULL", "NA", "n/a", "[note 4]", "#N/A", "[b]"] {
        let (bench, ran) = cells("", &["50", mark]);
        assert_eq!(ran.code, 1, "{mark}: {}", ran.stderr);
        let finding = ran.finding("unknown-symbol");
        assert!(finding.message.contains(&format!("`{mark}`")), "{}", finding.message);
        assert_eq!((finding.place.row, finding.place.column), (Some(3), Some(11)), "{mark}");
        assert!(!bench.has("rates"), "{mark}");
    }
}

#[test]
fn the_same_mark_means_what_its_pipeline_says() {
    let (bench, ran) = cells(
        r#""x" = "suppressed", "." = "not_applicable", "-" = "low", "" = "not_applicable""#,
        &["x", ".", "-", "", "7"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("rates");
    let statuses: Vec<&str> =
        (2001..=2005).map(|year| table.row(&[&format!("period={year}")]).text("status")).collect();
    assert_eq!(statuses, ["suppressed", "not_applicable", "low", "not_applicable", "number"]);
}

#[test]
fn an_empty_cell_without_a_meaning_is_not_available_and_said() {
    let (bench, ran) = cells("", &["50", "", "  "]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.finding("empty-cells").message.contains('2'));
    assert_eq!(bench.table("rates").row(&["period=2002"]).text("status"), "not_available");
}

#[test]
fn a_share_of_one_is_brought_to_percent_by_scale() {
    let bench = Bench::new();
    bench.pipeline(
        "rates",
        "title = \"Rates\"\nreturn = \"local\"\n[measures.rate]\nlabel = \"Rate\"\nunit = \"percent\"\n[[release]]\nfrom = 2025\nfile = \"rates.csv\"\nperiod_column = \"Year\"\narea = { name = \"Local authority\" }\ncolumns = { rate = \"Share\" }\nscale = { rate = 100 }\n[checks]\nareas = \"some\"\nrange = { rate = [0, 100] }\n",
    );
    bench.returns("local/2025/rates.csv", "Local authority,Year,Share\nLeeds,2023/24,0.262\nLeeds,2022-23,1\n");
    bench.run().well();
    let table = bench.table("rates");
    assert!((table.row(&["period=2023/24"]).value() - 26.2).abs() < 1e-12);
    assert_eq!(table.row(&["period=2022-23"]).value(), 100.0);

    // Without the factor the range does not catch it: a share of 1 is within 0 to 100. A percent read twice is caught.
    bench.returns("local/2025/rates.csv", "Local authority,Year,Share\nLeeds,2023/24,26.2\n");
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    assert!(ran.finding("out-of-range").message.contains("2620"), "{}", ran.stderr);
}

#[test]
fn periods_as_they_are_written_in_one_column() {
    let bench = Bench::new();
    bench.pipeline(
        "dates",
        "title = \"Dates\"\nreturn = \"local\"\n[measures.count]\nlabel = \"Count\"\nunit = \"number\"\n[[release]]\nfrom = 2025\nfile = \"dates.csv\"\nperiod_column = \"As at\"\narea = { name = \"Local authority\" }\ncolumns = { count = \"Count\" }\n[checks]\nareas = \"some\"\n",
    );
    bench.returns(
        "local/2025/dates.csv",
        "Local authority,As at,Count\nLeeds,27/03/2017,1\nLeeds,2018-03-27,2\nLeeds,43551,3\nLeeds,27 March 2020,4\nLeeds,March 2021,5\n",
    );
    bench.run().well();
    let table = bench.table("dates");
    let ends: Vec<&str> = ["1", "2", "3", "4", "5"]
        .iter()
        .map(|count| table.rows(&[]).into_iter().find(|row| row.value().to_string() == **count).expect("a row"))
        .map(|row| row.text("period_end"))
        .collect();
    assert_eq!(ends, ["2017-03-27", "2018-03-27", "2019-03-27", "2020-03-27", "2021-03-31"]);
}
