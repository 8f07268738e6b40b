//! Declared checks: each finds what it is there for, says it in a line that names the worst case, and is silent otherwise.

use crate::harness::{Bench, EES, Ran, ees, snapshot};

/// A table of plans by age, with a share, and the checks of the test.
fn pipeline(checks: &str) -> String {
    format!(
        r#"title = "Plans"
return = "sen2"
[measures.plans]
label = "Plans"
unit  = "number"
[measures.share]
label       = "Share in mainstream"
unit        = "percent"
numerator   = "mainstream"
denominator = "plans"
[[release]]
from      = 2023
file      = "caseload.csv"
format    = "ees"
breakdown = ["topic", "breakdown"]
columns   = {{ plans = "plans", mainstream = "mainstream" }}
[checks]
areas = "some"
{checks}
"#
    )
}

/// A row: period, place, `topic,breakdown`, plans and those in mainstream.
fn row(period: u32, place: &str, part: &str, plans: &str, mainstream: &str) -> String {
    format!("{},{part},{plans},{mainstream}\n", ees(&period.to_string(), "Calendar year", place))
}

fn file(rows: &[String]) -> String {
    format!("{EES},topic,breakdown,plans,mainstream\n{}", rows.concat())
}

fn bench(checks: &str, text: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline("plans", &pipeline(checks));
    bench.returns("sen2/2025/caseload.csv", text);
    bench
}

fn run(checks: &str, rows: &[String]) -> Ran {
    bench(checks, &file(rows)).run()
}

/// The one finding as it is printed.
fn said(ran: &Ran, code: &str) -> String {
    format!("{}\n", ran.finding(code))
}

/// Camden's and Leeds' plans by age: Camden's parts make `camden`, Leeds' always the whole.
fn by_age(under: &str, over: &str, whole: &str) -> Vec<String> {
    vec![
        row(2023, "Camden", "Total,Total", whole, "5"),
        row(2023, "Camden", "Age,Under 5", under, "1"),
        row(2023, "Camden", "Age,Aged 5 and over", over, "4"),
        row(2023, "Leeds", "Total,Total", "30", "5"),
        row(2023, "Leeds", "Age,Under 5", "10", "1"),
        row(2023, "Leeds", "Age,Aged 5 and over", "20", "4"),
    ]
}

const AGE: &str = "parts = [{ topic = \"Age\" }]";

#[test]
fn parts_that_do_not_make_the_whole_are_found() {
    let ran = run(AGE, &by_age("5", "16", "20")).well();
    snapshot("checks/parts.txt", &said(&ran, "parts-differ"));
    assert!(run(AGE, &by_age("5", "15", "20")).well().findings.is_empty());
}

#[test]
fn parts_may_be_off_by_the_publishers_rounding_and_no_more() {
    let rounded = "parts = [{ topic = \"Age\", rounded_to = 5 }]";
    // Three figures, each off by up to 2.5.
    assert!(run(rounded, &by_age("5", "20", "20")).well().findings.is_empty());
    assert_eq!(run(rounded, &by_age("5", "25", "20")).all("parts-differ").len(), 1);
}

#[test]
fn a_withheld_part_is_no_alarm_unless_the_others_are_more_than_the_whole() {
    assert!(run(AGE, &by_age("c", "16", "20")).well().all("parts-differ").is_empty());
    let ran = run(AGE, &by_age("c", "21", "20"));
    assert!(ran.finding("parts-differ").message.contains("2 parts make 21, though one is withheld, the whole is 20"));
    // A whole that is withheld cannot be checked.
    assert!(run(AGE, &by_age("5", "16", "c")).well().all("parts-differ").is_empty());
}

#[test]
fn only_the_parts_named_are_added_up_and_a_total_among_them_is_not() {
    let mut rows = by_age("5", "15", "20");
    rows.push(row(2023, "Camden", "Age,Total", "20", "5"));
    assert!(run(AGE, &rows).well().findings.is_empty());
    rows.push(row(2023, "Camden", "Age,Of these aged 16", "3", "1"));
    assert_eq!(run(AGE, &rows).all("parts-differ").len(), 1);
    let named = "parts = [{ topic = \"Age\", breakdowns = [\"Under 5\", \"aged 5 *\"] }]";
    assert!(run(named, &rows).well().findings.is_empty());
}

#[test]
fn a_check_of_severity_error_stops_the_table() {
    let checks = "parts = [{ topic = \"Age\", severity = \"error\" }]";
    let bench = bench(checks, &file(&by_age("5", "16", "20")));
    let ran = bench.run();
    assert_eq!((ran.code, bench.has("plans")), (1, false), "{}", ran.stderr);
}

#[test]
fn regions_that_are_more_than_england_are_found_though_one_is_withheld() {
    let regions = |london: &str, east: &str| {
        let mut rows = vec![row(2023, "England", "Total,Total", "100", "5")];
        rows.push(row(2023, "London", "Total,Total", london, "1"));
        rows.push(row(2023, "East of England", "Total,Total", east, "1"));
        rows
    };
    let total = "total = { parts = \"region\", whole = \"country\" }";
    assert!(run(total, &regions("60", "40")).well().findings.is_empty());
    assert_eq!(run(total, &regions("60", "41")).all("total-differs").len(), 1);
    assert!(run(total, &regions("60", "c")).well().all("total-differs").is_empty());
    assert_eq!(run(total, &regions("101", "c")).all("total-differs").len(), 1);
}

#[test]
fn a_breakdown_or_a_value_that_is_not_declared_is_found() {
    let age = "allowed = [{ topic = \"Age\", breakdowns = [\"Under 5\", \"Aged 5 and over\"] }]";
    assert!(run(age, &by_age("5", "15", "20")).well().findings.is_empty());
    let mut rows = by_age("5", "15", "20");
    rows[2] = row(2023, "Camden", "Age,Aged 5 or over", "15", "4");
    snapshot("checks/allowed_breakdown.txt", &said(&run(age, &rows).well(), "not-allowed"));
    let values = "allowed = [{ measure = \"plans\", values = [5, 15, 20, 10, 30], severity = \"error\" }]";
    assert!(run(values, &by_age("5", "15", "20")).well().findings.is_empty());
    let ran = run(values, &by_age("5", "16", "20"));
    assert_eq!(ran.code, 1);
    snapshot("checks/allowed_value.txt", &said(&ran, "not-allowed"));
}

#[test]
fn what_a_release_restates_is_counted_by_measure_with_the_largest_change() {
    let old = file(&by_age("5", "15", "20"));
    let restated = |checks: &str| {
        let bench = bench(checks, &old);
        bench.returns("sen2/2026/caseload.csv", file(&by_age("5", "17", "22")));
        bench.run().well()
    };
    let ran = restated("restatement = [{ measures = [\"plans\"], percent = 9 }]");
    snapshot("checks/restatement.txt", &said(&ran, "restated"));
    // From 15 to 17 is 13 percent, from 20 to 22 is 10.
    for (bounds, found) in [("percent = 14", 0), ("percent = 12", 1), ("points = 2", 0), ("points = 1", 1)] {
        let ran = restated(&format!("restatement = [{{ measures = [\"plans\"], {bounds} }}]"));
        assert_eq!(ran.all("restated").len(), found, "{bounds}");
    }
    // Both bounds must be passed; and a figure that is withheld now is not restated.
    assert!(restated("restatement = [{ measures = [\"plans\"], percent = 9, points = 2 }]").findings.is_empty());
    let bench = bench("restatement = [{ measures = [\"plans\"], percent = 1 }]", &old);
    bench.returns("sen2/2026/caseload.csv", file(&by_age("c", "15", "20")));
    assert!(bench.run().well().all("restated").is_empty());
}

/// Two years of every place, each growing from 100 to 110 but Camden, which goes to `camden`.
fn two_years(camden: &str) -> Vec<String> {
    let mut rows = Vec::new();
    for place in ["Birmingham", "Coventry", "Leeds", "Buckinghamshire", "Dorset"] {
        rows.push(row(2022, place, "Total,Total", "100", "50"));
        rows.push(row(2023, place, "Total,Total", "110", "50"));
    }
    rows.push(row(2022, "Camden", "Total,Total", "100", "50"));
    rows.push(row(2023, "Camden", "Total,Total", camden, "50"));
    rows
}

#[test]
fn a_change_beyond_its_bound_is_found_and_one_across_a_break_is_not() {
    let checks = "outlier = [{ measures = [\"plans\"], percent = 50 }]";
    assert!(run(checks, &two_years("150")).well().findings.is_empty());
    snapshot("checks/outlier.txt", &said(&run(checks, &two_years("151")).well(), "outlier"));
    let points = "outlier = [{ measures = [\"share\"], points = 10 }]";
    assert_eq!(run(points, &two_years("60")).well().all("outlier").len(), 1, "50 of 100 to 50 of 60");
    for passed_over in [
        "outlier = [{ measures = [\"plans\"], percent = 50, minimum = 101 }]",
        "outlier = [{ measures = [\"plans\"], percent = 50 }]\n[[break]]\nperiod = \"2023\"\nnote = \"Counted anew\"",
    ] {
        assert!(run(passed_over, &two_years("300")).well().findings.is_empty(), "{passed_over}");
    }
    // A year between is no year before.
    let gap: Vec<String> = two_years("300").iter().map(|row| row.replace("2022,", "2021,")).collect();
    assert!(run(checks, &gap).well().all("outlier").is_empty());
}

#[test]
fn a_change_far_from_everybody_elses_is_found() {
    let times = |times: u32| format!("outlier = [{{ measures = [\"plans\"], times = {times} }}]");
    let rows = |authorities: usize| {
        let codes = ["301", "302", "303", "304", "305", "306", "307", "308", "309", "310", "311", "312"];
        let more = ["313", "314", "315", "316", "317", "318", "319", "320", "330", "331", "332"];
        let mut rows = Vec::new();
        for (at, code) in codes.iter().chain(&more).take(authorities).enumerate() {
            // Changes of 0, 1 or 2 percent: median 1, median distance from it 1; the last one's is 9.
            let later = if at + 1 == authorities { 1090 } else { 1000 + at % 3 * 10 };
            for (year, plans) in [(2022, 1000), (2023, later)] {
                rows.push(format!(
                    "{year},Calendar year,Local authority,E92000001,England,,,,{code},,Total,Total,{plans},50\n"
                ));
            }
        }
        rows
    };
    let ran = run(&times(7), &rows(23)).well();
    assert!(
        ran.finding("outlier")
            .message
            .contains("by more than 7 times the median absolute deviation of all changes in 1 of 23 cases"),
        "{}",
        ran.stderr
    );
    assert!(run(&times(8), &rows(23)).well().findings.is_empty());
    assert!(run(&times(7), &rows(15)).well().findings.is_empty(), "too few to say what is ordinary");
}

/// Two tables; the checks are those of the second.
fn two_tables(checks: &str) -> Bench {
    let bench = bench("", &file(&by_age("5", "15", "20")));
    bench.pipeline("needs", &pipeline(checks).replace("caseload.csv", "needs.csv"));
    bench.returns("sen2/2025/needs.csv", file(&by_age("6", "15", "21")));
    bench
}

#[test]
fn one_figure_in_two_returns_must_be_the_same() {
    let bench = two_tables("same_as = [{ measure = \"plans\", other = \"plans/plans\" }]");
    let ran = bench.run().well();
    snapshot("checks/same_as.txt", &said(&ran, "not-the-same"));
    // The tables are left alone the next time, and the finding is still there; so it is where one of them is asked for.
    let again = bench.run().well();
    assert!(again.stderr.contains("unchanged, left alone"));
    assert_eq!(said(&again, "not-the-same"), said(&ran, "not-the-same"));
    assert_eq!(said(&bench.run_with(&["needs"]).well(), "not-the-same"), said(&ran, "not-the-same"));
    let check = bench.abreast(&["check", "--pipelines", "pipelines", "--returns", "returns"]);
    assert!(check.stderr.contains("warning[not-the-same]"), "{}", check.stderr);
}

#[test]
fn figures_in_two_returns_may_be_as_far_apart_as_declared() {
    for (more, found) in [
        (", points = 1", 0),
        (", percent = 6", 0),
        (", percent = 4", 1),
        (", breakdown = \"Age=Aged 5 and over\", other_breakdown = \"Age=Aged 5 and over\"", 0),
        (", breakdown = \"Age=Under 5\", other_breakdown = \"Age=Under 5\"", 1),
        (", since = \"2023\"", 1),
    ] {
        let bench = two_tables(&format!("same_as = [{{ measure = \"plans\", other = \"plans/plans\"{more} }}]"));
        assert_eq!(bench.run().well().all("not-the-same").len(), found, "{more}");
    }
    for (other, more) in [("plan/plans", ""), ("plans/plan", ""), ("plans/plans", ", since = \"2022\"")] {
        let bench = two_tables(&format!("same_as = [{{ measure = \"plans\", other = \"{other}\"{more} }}]"));
        let ran = bench.run().well();
        assert_eq!((ran.all("check-unknown").len(), ran.all("not-the-same").len()), (1, 0), "{other}{more}");
    }
    // The other table's release is not there: nothing to compare.
    let bench = two_tables("same_as = [{ measure = \"plans\", other = \"plans/plans\" }]");
    std::fs::remove_file(bench.path("returns/sen2/2025/caseload.csv")).expect("removed");
    assert!(bench.run().well().findings.is_empty());
}

#[test]
fn a_check_that_could_find_nothing_is_a_mistake_in_the_pipeline() {
    let mut text = String::new();
    for checks in [
        "parts = [{ topic = \"Age\", measures = [\"plnas\"] }]",
        "range = { shares = [0, 100] }",
        "restatement = [{ measures = [\"plans\"] }]",
        "outlier = [{ minimum = 5 }]",
        "allowed = [{ topic = \"Age\" }]",
        "same_as = [{ measure = \"plans\", other = \"plans\" }]",
        "same_as = [{ measure = \"plans\", other = \"a/b\", severity = \"error\" }]",
    ] {
        let bench = bench(checks, &file(&by_age("5", "15", "20")));
        let ran = bench.run();
        assert_eq!((ran.code, bench.has("plans")), (1, false), "{checks}: {}", ran.stderr);
        let finding = ran.findings.iter().find(|finding| finding.is_error()).expect("an error");
        text += &format!("{checks}\n{finding}\n\n");
    }
    snapshot("checks/mistakes.txt", &text);
}

#[test]
fn a_check_about_a_topic_that_no_row_has_says_so() {
    let rows = by_age("40", "60", "100");
    for check in ["allowed = [{ topic = \"Agee\", breakdowns = [\"Under 5\"] }]", "parts = [{ topic = \"Agee\" }]"] {
        let ran = run(check, &rows);
        assert!(said(&ran, "check-unknown").contains("is about `Agee`, which no row has"), "{}", ran.stderr);
    }
}

#[test]
fn a_numerator_above_its_denominator_is_found() {
    let rows = [row(2023, "Camden", "Total,Total", "20", "21")];
    assert!(run("", &rows).well().finding("above-whole").message.contains("21 of 20"));
}

#[test]
fn a_correction_that_matches_nothing_fails_where_its_release_is_among_the_files() {
    let rows = by_age("5", "15", "20");
    let correction = |release: &str, from: &str| {
        format!(
            "[[correction]]\nrelease = \"{release}\"\nwhere = {{ la_name = \"Camden\", breakdown = \"Under 5\" }}\ncolumn = \"plans\"\nfrom = \"{from}\"\nto = \"6\"\nreason = \"Told by the publisher\""
        )
    };
    let ran = run(&correction("2025", "7"), &rows);
    assert_eq!(ran.code, 1);
    assert!(ran.finding("correction-unused").message.contains("matches nothing: the cell says `5`"), "{}", ran.stderr);
    assert_eq!(run(&correction("2025", "5"), &rows).well().all("corrected").len(), 1);
    // Its release is not among the files: nothing to correct, and nothing to say.
    assert!(run(&correction("2024", "7"), &rows).well().findings.is_empty());
}
