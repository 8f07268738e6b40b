//! A council's own return by term and by month: it loads, sorts and is reported; the six months before are worked out
//! or the missing ones named. Figures are invented and the answers worked out by hand.

use super::{figure, starting, under};
use crate::harness::{Bench, own_pipeline};

const HEADER: &str = "authority,month,area,measure,numerator,denominator,value,target,comment\n";
const REPORT: &str = "title = \"Board\"\nauthority = \"Birmingham\"\n[[section]]\nheading = \"Now\"\nmeasures = [\"local_performance/*\"]\ntables = [\"targets\"]\n";

/// The page of a report on rows of a council's own return.
fn reported(rows: &str) -> (Bench, String) {
    reported_by(&own_pipeline("local_performance"), rows)
}

/// The same, read as `pipeline` says.
fn reported_by(pipeline: &str, rows: &str) -> (Bench, String) {
    let bench = Bench::new();
    bench.pipeline("local_performance", pipeline).pipeline("reports/board", REPORT);
    bench.returns("local/2025/performance.csv", format!("{HEADER}{rows}"));
    bench.run().well();
    let ran = bench.abreast(&[
        "report",
        "board",
        "--out",
        "out",
        "--pipelines",
        "pipelines",
        "--returns",
        "returns",
        "--no-charts",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let html = std::fs::read_to_string(bench.path("out/reports/board-birmingham.html")).expect("a page");
    (bench, html)
}

/// The average of the six months before, and the figure, as the annex has them.
fn six_months(html: &str, measure: &str) -> (String, String) {
    let of = |heading: &str| figure(html, "own figures in full", measure, heading);
    (of("Six months before"), of("Birmingham"))
}

/// A row of the return.
fn line(period: &str, measure: &str, figures: &str) -> String {
    format!("Birmingham,{period},Whole authority,{measure},{figures},,\n")
}

#[test]
fn terms_load_sort_and_are_reported() {
    let measure = "Children seen at assessment";
    let rows = [
        line("Spring term 2023/24", measure, "30,60,"),
        line("Autumn term 2024/25", measure, "45,60,"),
        line("Autumn 2023/24", measure, "20,60,"),
        line("Summer term 2024", measure, "54,60,"),
    ];
    let (bench, html) = reported(&rows.concat());
    let table = bench.table("local_performance");
    let mut ends: Vec<(&str, f64)> = table
        .rows(&["measure=children_seen", "la_code=330"])
        .iter()
        .map(|row| (row.text("period_end"), row.value().round()))
        .collect();
    ends.sort_by(|a, b| a.0.cmp(b.0));
    assert_eq!(ends, [("2023-12-31", 33.0), ("2024-03-31", 50.0), ("2024-08-31", 90.0), ("2024-12-31", 75.0)]);
    // The latest term, no six months, 45 of 60; worse than the 54 of 60 of the term before.
    let cells = starting(&html, "Scorecard, Autumn term 2024 to 2025", "Children seen at assessment");
    assert_eq!(cells[1], "75% 45 of 60");
    assert_eq!(under(&html, "against targets", "Children seen", "Direction"), "Worsened from 90%");
}

#[test]
fn the_six_months_before_february_are_pooled() {
    let measure = "Re-referrals within 12 months";
    let months = [
        // July is the seventh before: not counted, though its last day is later than February's.
        ("July 2024", "99,100,"),
        ("August 2024", "10,40,"),
        ("September 2024", "90,100,"),
        ("October 2024", "5,20,"),
        ("November 2024", "5,20,"),
        ("December 2024", "5,20,"),
        ("January 2025", "5,20,"),
        ("February 2025", "0,30,"),
    ];
    let counts = ["August 2024", "September 2024", "October 2024", "November 2024", "December 2024", "January 2025"];
    let mut rows: String = months.iter().map(|(month, figures)| line(month, measure, figures)).collect();
    for (month, count) in counts.iter().zip([2, 4, 6, 8, 10, 12]) {
        rows.push_str(&line(month, "Open cases", &format!(",,{count}")));
    }
    rows.push_str(&line("February 2025", "Open cases", ",,5"));
    let (_, html) = reported(&rows);
    // 120 of 220 are 54.5%; the plain mean of the six rates is 35.8, and of seven 45.
    assert_eq!(six_months(&html, "Re-referrals within 12 months (%)"), ("55".to_owned(), "0".to_owned()));
    // Without counts the plain mean: 42 by 6.
    assert_eq!(six_months(&html, "Open cases"), ("7".to_owned(), "5".to_owned()));
    assert!(!html.contains("were supplied"), "no month is missing");
}

#[test]
fn a_misprint_among_the_six_months_does_not_become_their_factor() {
    let measure = "Re-referrals within 12 months";
    for misprint in ["August 2024", "October 2024"] {
        let months =
            ["August 2024", "September 2024", "October 2024", "November 2024", "December 2024", "January 2025"];
        let mut rows: String = months
            .iter()
            .map(|month| line(month, measure, if *month == misprint { "30,120,2.5" } else { "30,120,25" }))
            .collect();
        rows.push_str(&line("February 2025", measure, "36,120,30"));
        let printed = own_pipeline("local_performance")
            .replace("[measures.re_referrals]\n", "[measures.re_referrals]\nprefer = \"published\"\n");
        let html = reported_by(&printed, &rows).1;
        let cells = six_months(&html, "Re-referrals within 12 months (%)");
        assert_eq!(cells, ("25".to_owned(), "30".to_owned()), "{misprint}: 180 of 720, and what February printed");
    }
}

#[test]
fn missing_months_are_named_and_the_councils_own_average_stands_in() {
    let measure = "Children seen at assessment";
    let mut rows = String::new();
    for month in ["December 2024", "February 2025", "March 2025", "April 2025", "May 2025", "June 2025"] {
        rows.push_str(&line(month, measure, "9,10,"));
        rows.push_str(&line(month, "Re-referrals within 12 months", "2,10,"));
    }
    rows.push_str("Birmingham,June 2025,Previous six months,Re-referrals within 12 months,,,33,,\n");
    rows.push_str(&line("June 2025", "Open cases", ",,5"));
    let (_, html) = reported(&rows);
    assert_eq!(six_months(&html, "Children seen at assessment (%)").0, "");
    assert!(html.contains("Six months before: five of six were supplied (not January 2025)."));
    assert_eq!(six_months(&html, "Re-referrals within 12 months (%)").0, "33");
    assert_eq!(six_months(&html, "Open cases").0, "");
    assert_eq!(html.matches("were supplied").count(), 1, "only where some of the months are there");
}
