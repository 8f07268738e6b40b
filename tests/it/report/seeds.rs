//! The figures that councils printed come out again: shares, verdicts, totals; and where a paper contradicts itself.

use super::{page, page_tables, row};

#[test]
fn s1_ofsted_position_as_printed() {
    let html = page("ofsted-position-birmingham");
    let printed = [
        ("Nursery", "27 14 52 13 48 0 - 0 - 27 100 0 -"),
        ("Primary", "189 40 21 123 65 21 11 5 3 163 86 5 3"),
        ("Secondary", "26 6 23 13 50 3 12 4 15 19 73 4 15"),
        ("Special", "24 12 50 9 38 2 8 1 4 21 88 1 4"),
        ("All phases", "269 73 27 159 59 26 10 11 4 232 86 11 4"),
    ];
    for (phase, figures) in printed {
        assert_eq!(row(&html, "LA maintained", phase)[1..].join(" "), figures, "{phase}");
    }
    let academies = [
        ("Primary", "109 19 17 59 54 24 22 7 6 78 72 7 6"),
        ("Secondary", "54 20 37 22 41 6 11 6 11 42 78 4 7"),
        ("Secondary, printed again", "52 19 37 22 42 6 12 5 10 41 79 3 6"),
        ("Special", "3 1 33 1 33 0 - 1 33 2 67 1 33"),
        ("All phases", "170 40 24 84 49 31 18 15 9 124 73 13 8"),
    ];
    for (phase, figures) in academies {
        assert_eq!(row(&html, "Academies", phase)[1..].join(" "), figures, "{phase}");
    }
    assert!(html.contains("Does not add up: Schools of the rows make 224, the row `All phases` says 170."));
}

#[test]
fn s2_scorecard_as_printed() {
    let html = page("monthly-scorecard-birmingham");
    for (caption, measure, six, now, rating) in [
        ("Front door", "Re-referrals within 12 months (%)", "25", "22", "achieved"),
        ("Front door", "Family assessments completed in 45 working days (%)", "91", "93", "achieved"),
        ("Front door", "Children seen at assessment (%)", "93", "95", "achieved"),
        ("Front door", "Unallocated cases open for more than 7 days", "1", "5", "missed"),
        ("Workforce", "Social workers who had supervision in the month (%)", "86", "92", "achieved"),
        ("Workforce", "Average caseload of qualified social workers", "15", "15", "achieved"),
        ("Protection", "Child protection visits made in the month (%)", "94", "97", "achieved"),
        ("Protection", "Children in care", "[x]", "1,735", "missed"),
    ] {
        let cells = row(&html, caption, measure);
        assert_eq!((cells[2].as_str(), cells[3].as_str(), cells[8].as_str()), (six, now, rating), "{measure}");
    }
    let areas = row(&html, "Front door and assessment: areas", "Family assessments completed in 45 working days (%)");
    assert_eq!(areas[1..].join(" "), "93 97 91 95 86 81");
    let areas = row(&html, "Workforce: areas", "Social workers who had supervision in the month (%)");
    assert_eq!(areas[1..7].join(" "), "92 91 95 91 88 86");
}

#[test]
fn s3_verdicts_as_printed_or_listed() {
    let html = page("council-plan-results-birmingham");
    let (_, table) =
        page_tables(&html).into_iter().find(|(title, _)| title.contains("against targets")).expect("a table");
    assert_eq!(table.len() - 1, 22);
    let unlike: Vec<&str> = table[1..].iter().filter(|row| row[4] != row[6]).map(|row| row[0].as_str()).collect();
    assert_eq!(unlike, ["Average caseload of qualified social workers", "Persistent absence (%)"]);
    assert!(html.contains("Persistent absence: the paper says missed;"));
    let plans = table.iter().find(|row| row[0].starts_with("EHC plans")).expect("a row");
    assert_eq!((plans[2].as_str(), plans[4].as_str(), plans[5].as_str()), ("98.4", "missed", "improving"));
}

#[test]
fn s4_every_kind_of_target_is_understood() {
    let html = page("council-plan-targets-birmingham");
    let (_, table) =
        page_tables(&html).into_iter().find(|(title, _)| title == "Targets of Birmingham").expect("a table");
    let kinds: std::collections::BTreeSet<&str> = table[1..].iter().map(|row| row[3].as_str()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["a number", "an average", "to be confirmed", "trend only"]);
}

#[test]
fn s9_timeliness_and_how_late() {
    let html = page("ehc-timeliness-birmingham");
    let cells = row(&html, "own year", "EHC plans issued within 20 weeks, excluding exceptions (%)");
    assert_eq!((cells[3].as_str(), cells[4].as_str(), cells[5].as_str()), ("98.4", "911", "926"));
    let late = row(&html, "how late", "EHC plans issued late");
    assert_eq!(late[1], "15");
    let parts: f64 = late[2..].iter().filter_map(|cell| cell.parse::<f64>().ok()).sum();
    assert!((parts - 15.0).abs() < 1e-9);
}

#[test]
fn s5_and_s13_shares_and_a_printed_cost_that_its_own_figures_contradict() {
    let html = page("send-profile-birmingham");
    let cells = row(&html, "own figures", "Share of pupils with a plan or statement (%)");
    assert_eq!(cells[2], "3.2");
    let cells = row(&html, "own figures", "Plans and statements in special schools (%)");
    assert_eq!((cells[2].as_str(), cells[5].as_str()), ("50.1", "39.0"));
    let cells = row(&page("high-needs-budget-birmingham"), "Budget and deficit", "Transport cost a pupil (£)");
    assert_eq!(cells[3], "4,000");
    let front = std::fs::read_to_string(super::outputs().join("index.html")).expect("a front page");
    assert!(front.contains("published 4600, computed 4000"));
}

#[test]
fn a_section_without_input_says_which_return_is_missing() {
    let html = page("high-needs-budget-birmingham");
    assert!(html.contains("is not loaded: put its file into the returns folder"));
    let html = page("quarterly-performance-leicestershire");
    assert!(html.contains("Leicestershire has no figure"));
}
