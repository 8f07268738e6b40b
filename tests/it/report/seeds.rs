//! The figures that councils printed come out again: shares, verdicts, totals; and where a paper contradicts itself.

use super::{figure, page, page_tables, row, starting, under};

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
        assert_eq!(row(&html, "maintained schools judged, March 2017", phase)[1..].join(" "), figures, "{phase}");
    }
    let academies = [
        ("Primary", "109 19 17 59 54 24 22 7 6 78 72 7 6"),
        ("Secondary", "54 20 37 22 41 6 11 6 11 42 78 4 7"),
        ("Secondary, printed again", "52 19 37 22 42 6 12 5 10 41 79 3 6"),
        ("Special", "3 1 33 1 33 0 - 1 33 2 67 1 33"),
        ("All phases", "170 40 24 84 49 31 18 15 9 124 73 13 8"),
    ];
    for (phase, figures) in academies {
        assert_eq!(row(&html, "academies judged, March 2017", phase)[1..].join(" "), figures, "{phase}");
    }
    assert!(
        html.contains("Does not add up: the rows of Schools make 224, the row \u{201c}All phases\u{201d} says 170.")
    );
}

/// The table of every own figure with its counts.
const FULL: &str = "own figures in full";

#[test]
fn s2_scorecard_as_printed() {
    let html = page("monthly-scorecard-birmingham");
    for (label, noun, six, now, rating) in [
        ("Re-referrals within 12 months (%)", "Re-referrals", "25", "22", "Green"),
        ("Family assessments completed in 45 working days (%)", "Family assessments", "91", "93", "Green"),
        ("Children seen at assessment (%)", "Children seen", "93", "95", "Green"),
        ("Unallocated cases open for more than 7 days", "Unallocated cases", "1", "5", "Red"),
        ("Social workers who had supervision in the month (%)", "Social workers", "86", "92", "Green"),
        ("Average caseload of qualified social workers", "Cases for each", "15", "15", "Green"),
        ("Child protection visits made in the month (%)", "Child protection visits", "94", "97", "Green"),
        ("Children in care", "Children in care", "", "1,735", "Red"),
    ] {
        assert_eq!(figure(&html, FULL, label, "Birmingham"), now, "{label}");
        assert_eq!(figure(&html, FULL, label, "Six months before"), six, "{label}");
        let mut found = starting(&html, "corecard, May 2017", noun);
        found.retain(|cell| cell == rating);
        assert_eq!(found.len(), 1, "{noun}");
    }
    assert_eq!(figure(&html, FULL, "Re-referrals", "Count"), "305");
    let areas = |noun: &str| {
        let row = starting(&html, "May 2017 by area or team", noun);
        let first = |cell: &String| cell.split(' ').next().unwrap_or_default().to_owned();
        row[1..].iter().map(first).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(areas("Family assessments"), "85% 97% 91% 95% 86% 81%  93%");
    assert_eq!(areas("Social workers"), "83% 91% 95% 91% 88% 86%  92%");
}

#[test]
fn s3_verdicts_as_printed_or_listed() {
    let html = page("council-plan-results-birmingham");
    let (_, table) =
        page_tables(&html).into_iter().find(|(title, _)| title.contains("against targets")).expect("a table");
    assert_eq!(table.len() - 1, 22);
    let rating = table[0].iter().position(|cell| cell == "Rating").expect("ratings");
    let unlike = table[1..].iter().filter(|row| row[rating].contains("printed"));
    let mut unlike: Vec<&str> = unlike.map(|row| row[0].as_str()).collect();
    unlike.sort_unstable();
    assert!(unlike[0].starts_with("Cases for each social worker"), "{unlike:?}");
    assert!(unlike[1].starts_with("Persistent absence") && unlike.len() == 2, "{unlike:?}");
    assert!(html.contains("Persistent absence: the paper says missed;"));
    let plans = table.iter().find(|row| row[0].starts_with("Plans issued")).expect("a row");
    assert!(plans[rating].starts_with("Red") && plans.iter().any(|cell| cell == "Up from 71%"), "{plans:?}");
    assert_eq!(figure(&html, FULL, "EHC plans issued within 20 weeks", "Birmingham"), "98.4");
    assert!(html.contains("Two printed verdicts do not follow from aim, figure and target."));
}

#[test]
fn s4_every_kind_of_target_is_understood() {
    let html = page("council-plan-targets-birmingham");
    let (_, table) =
        page_tables(&html).into_iter().find(|(title, _)| title == "Targets of Birmingham").expect("a table");
    let kinds: std::collections::BTreeSet<&str> = table[1..].iter().map(|row| row[2].as_str()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["a number", "an average", "to be confirmed", "trend only"]);
    assert!(table[1][0].contains("No. 37"), "{:?}", table[1]);
}

#[test]
fn s9_timeliness_and_how_late() {
    let html = page("ehc-timeliness-birmingham");
    let plans = "EHC plans issued within 20 weeks, excluding exceptions (%)";
    assert_eq!(figure(&html, FULL, plans, "Birmingham"), "98.4");
    assert_eq!(under(&html, FULL, plans, "Count"), "911 of 926");
    let late = starting(&html, "by area or team", "Plans issued late");
    assert_eq!(late.last().map(String::as_str), Some("15"));
    let parts: f64 = late[1..late.len() - 1].iter().filter_map(|cell| cell.parse::<f64>().ok()).sum();
    assert!((parts - 15.0).abs() < 1e-9);
}

#[test]
fn s5_and_s13_shares_and_a_printed_cost_that_its_own_figures_contradict() {
    let html = page("send-profile-birmingham");
    assert_eq!(figure(&html, FULL, "Share of pupils with a plan or statement (%)", "Birmingham"), "3.2");
    let special = "Plans and statements in special schools (%)";
    assert_eq!(figure(&html, FULL, special, "Birmingham"), "50.1");
    assert_eq!(figure(&html, FULL, special, "England"), "39.0");
    let cost = under(&page("high-needs-budget-birmingham"), FULL, "Transport cost a pupil", "Birmingham");
    assert!(cost.starts_with("4,000 [w]"), "{cost}");
    let findings = std::fs::read_to_string(super::outputs().join("findings.csv")).expect("findings");
    assert!(findings.contains("published 4600, computed 4000"));
}

#[test]
fn a_section_without_input_says_which_return_is_missing() {
    assert!(page("high-needs-budget-birmingham").contains("has not been loaded"));
    assert!(page("quarterly-performance-leicestershire").contains("has not been loaded"));
}

#[test]
fn s6_pictures_as_printed() {
    let html = page("pictures-birmingham");
    for (measure, printed) in [
        ("Children in England aged 0 to 17, by ethnic group (%)", "80 5 10 5"),
        ("Children aged 0 to 17, by ethnic group (%)", "43 10 36 11"),
        ("Children known to social care, by ethnic group (%)", "47 14 23 16"),
    ] {
        assert_eq!(starting(&html, "by area or team", measure)[1..].join(" "), printed, "{measure}");
    }
    assert_eq!(starting(&html, "by area or team", "Pupils")[1..].join(" "), "114,749 74,817 8,645 205,867");
    assert_eq!(starting(&html, "by area or team", "Schools")[1..].join(" "), "27 299 81 27 6 1 6");
    let sen = "Pupils with SEN, one-page picture (%)";
    assert_eq!(figure(&html, FULL, sen, "Birmingham"), "17.8");
    assert_eq!(figure(&html, FULL, sen, "England"), "15.5");
    assert_eq!(figure(&html, FULL, "Pupils whose first language is not English (%)", "Birmingham"), "35.8");
}

#[test]
fn s7_trust_update_as_printed() {
    let html = page("trust-performance-sandwell");
    for (measure, printed) in [
        ("Referrals, rate per 10,000", "496"),
        ("Section 47 enquiries, rate per 10,000", "163"),
        ("Children on a protection plan, rate per 10,000", "49.4"),
        ("Initial conferences held in 15 working days (%)", "86"),
        ("Children in care", "817"),
        ("Children ceasing to be in care, rate per 10,000", "25.3"),
        ("Children in care with three or more moves (%)", "11.4"),
        ("Moves made for positive reasons (%)", "64"),
        ("Care leavers aged 17 to 18 in education, employment or training (%)", "67"),
        ("Care leavers aged 19 to 21 in education, employment or training (%)", "40.8"),
        ("Care leavers aged 19 to 21 not in education, employment or training (%)", "59.2"),
        ("Care leavers aged 19 to 21 in suitable accommodation (%)", "90.1"),
        ("Children adopted in the year", "17"),
    ] {
        assert_eq!(figure(&html, FULL, measure, "Sandwell"), printed, "{measure}");
    }
    let range = starting(&html, "by area or team", "Re-referrals");
    assert_eq!(range[1..3].join(" to "), "20 to 23");
    let range = starting(&html, "by area or team", "Single assessments");
    assert_eq!(range[1..3].join(" to "), "72 to 92");
    let plans = starting(&html, "by area or team", "Children on a protection plan, by duration");
    assert_eq!(plans[1..].join(" "), "150 92 45 20");
    let care = starting(&html, "own figures", "Children in care");
    assert!(care.iter().any(|cell| cell == "Down from 837"), "{care:?}");
}

#[test]
fn s8_says_what_it_projects_from_and_refuses_short_series() {
    let html = page("send-dashboard-sandwell");
    assert!(html.contains("No projection: it needs eight unbroken years, and there are six."), "six sample years");
}

#[test]
fn s10_says_which_figures_of_the_spread_are_missing() {
    let html = page("quarterly-performance-leicestershire");
    assert_eq!(figure(&html, FULL, "Pupils missing out on education in the year", "Leicestershire"), "901");
    assert_eq!(figure(&html, FULL, "Children missing education", "Leicestershire"), "34");
    let absent = "Pupils on a roll whose absence schools are responsible for";
    assert_eq!(figure(&html, FULL, absent, "Leicestershire"), "119");
    assert!(html.contains("average of the ten"), "all ten neighbours have a figure");
}

#[test]
fn s11_actions_are_done_late_or_overdue_and_progress_has_a_colour_in_words_and_an_arrow() {
    let html = page("action-plan-birmingham");
    let cells = starting(&html, "against targets", "Social workers who had supervision");
    assert!(cells[0].contains("\u{2191} higher is better"), "{cells:?}");
    assert!(cells.iter().any(|cell| cell == "Green"), "{cells:?}");
    // Reported in October 2017: of seven, R05 is done in its month, R04 two months late; R01 and R07 were due and are not done.
    assert!(html.contains("Two of seven actions are overdue."));
    assert!(html.contains("Seven actions: one done in time, one done late, three not due yet, two overdue."));
    let late = starting(&html, "Actions, October 2017", "Every children");
    assert!(late.iter().any(|cell| cell == "Done late"), "{late:?}");
    let promised = starting(&html, "Actions, October 2017", "Every councillor");
    assert!(promised.iter().any(|cell| cell == "3: not achieved (progress made)"), "{promised:?}");
    let contrary = starting(&html, "Actions, October 2017", "Progress is reported");
    assert!(contrary.iter().any(|cell| cell.contains("though it is overdue")), "{contrary:?}");
}

#[test]
fn s12_not_known_stands_beside_england_and_core_cities() {
    let html = page("attendance-inclusion-birmingham");
    let known = starting(&html, "side by side", "Young people whose activity is not known");
    assert_eq!(known[1..].join(" "), "4.0% 3.5% 9.0%");
    let neet = "Young people not in education, employment or training (%)";
    assert_eq!(figure(&html, FULL, neet, "Birmingham"), "2.7");
}

#[test]
fn s13_budget_and_deficit_as_printed() {
    let html = page("high-needs-budget-birmingham");
    assert_eq!(figure(&html, FULL, "High needs budget (£)", "Birmingham"), "£144m");
    assert_eq!(figure(&html, FULL, "High needs deficit (£)", "Birmingham"), "£9m");
    assert!(
        html.contains("No projection: it needs eight unbroken years, and there is one."),
        "one year is not projected"
    );
}
