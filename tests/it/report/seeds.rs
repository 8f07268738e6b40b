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
    let unlike: Vec<&str> = table[1..].iter().filter(|row| row[4] != row[7]).map(|row| row[0].as_str()).collect();
    assert_eq!(unlike, ["Average caseload of qualified social workers", "Persistent absence (%)"]);
    assert!(html.contains("Persistent absence: the paper says missed;"));
    let plans = table.iter().find(|row| row[0].starts_with("EHC plans")).expect("a row");
    assert_eq!((plans[2].as_str(), plans[4].as_str(), plans[6].as_str()), ("98.4", "missed", "improving"));
}

#[test]
fn s4_every_kind_of_target_is_understood() {
    let html = page("council-plan-targets-birmingham");
    let (_, table) =
        page_tables(&html).into_iter().find(|(title, _)| title == "Targets of Birmingham").expect("a table");
    let kinds: std::collections::BTreeSet<&str> = table[1..].iter().map(|row| row[5].as_str()).collect();
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
    assert_eq!(cells[3], "4,000 [w]");
    let findings = std::fs::read_to_string(super::outputs().join("findings.csv")).expect("the findings");
    assert!(findings.contains("published 4600, computed 4000"));
}

#[test]
fn a_section_without_input_says_which_return_is_missing() {
    let html = page("high-needs-budget-birmingham");
    assert!(html.contains("is loaded: put it into the returns folder and run again"));
    let html = page("quarterly-performance-leicestershire");
    assert!(html.contains("No figure was published for Leicestershire"));
}

#[test]
fn s6_pictures_as_printed() {
    let html = page("pictures-birmingham");
    for (measure, printed) in [
        ("Children in England aged 0 to 17, by ethnic group (%)", "80 5 10 5"),
        ("Children aged 0 to 17, by ethnic group (%)", "43 10 36 11"),
        ("Children known to social care, by ethnic group (%)", "47 14 23 16"),
    ] {
        assert_eq!(row(&html, "Ethnic groups", measure)[2..].join(" "), printed, "{measure}");
    }
    let caption = "Pupils and schools";
    assert_eq!(row(&html, caption, "Pupils")[1..5].join(" "), "205,867 114,749 74,817 8,645");
    assert_eq!(row(&html, caption, "Schools")[5..].join(" "), "27 299 81 27 6 1 6");
    let own = "language: the council's own figures";
    let sen = row(&html, own, "Pupils with SEN, one-page picture (%)");
    assert_eq!((sen[2].as_str(), sen[5].as_str()), ("17.8", "15.5"));
    assert_eq!(row(&html, own, "Pupils whose first language is not English (%)")[2], "35.8");
}

#[test]
fn s7_trust_update_as_printed() {
    let html = page("trust-performance-sandwell");
    let own = "protection: our own figures: the council's own figures";
    for (measure, printed) in [
        ("Referrals, rate per 10,000", "496"),
        ("Section 47 enquiries, rate per 10,000", "163"),
        ("Children on a protection plan, rate per 10,000", "49.4"),
        ("Initial conferences held in 15 working days (%)", "86"),
    ] {
        assert_eq!(row(&html, own, measure)[2], printed, "{measure}");
    }
    let range = row(&html, "our own figures: areas", "Re-referrals within 12 months (%)");
    assert_eq!(range[2..4].join(" to "), "20 to 23");
    let range = row(&html, "our own figures: areas", "Single assessments completed in 45 working days (%)");
    assert_eq!(range[2..4].join(" to "), "72 to 92");
    let plans = row(&html, "How long", "Children on a protection plan, by duration");
    assert_eq!(plans[2..].join(" "), "150 92 45 20");
    let care = "Care and leaving care";
    for (measure, printed) in [
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
        assert_eq!(row(&html, care, measure)[3], printed, "{measure}");
    }
    assert_eq!(row(&html, care, "Children in care")[9], "improving", "817 after 837");
}

#[test]
fn s8_says_what_it_projects_from_and_refuses_short_series() {
    let html = page("send-dashboard-sandwell");
    assert!(html.contains("No projection of"), "three sample years are too few");
    assert!(html.contains("It needs 8 years in a row"));
}

#[test]
fn s10_says_which_figures_of_the_spread_are_missing() {
    let html = page("quarterly-performance-leicestershire");
    let own = "missing education: the council's own figures";
    assert_eq!(row(&html, own, "Pupils missing out on education in the year")[2], "901");
    assert_eq!(row(&html, own, "Children missing education")[2], "34");
    assert_eq!(row(&html, own, "Pupils on a roll whose absence schools are responsible for")[2], "119");
    let safe = row(&html, "Safeguarding", "Child protection plans at 31 March, rate per 10,000");
    assert_eq!(safe.last().map(String::as_str), Some("10 of 10"));
}

#[test]
fn s11_progress_has_a_colour_in_words_and_an_arrow() {
    let html = page("action-plan-birmingham");
    let cells = row(&html, "Progress", "Social workers who had supervision in the month (%)");
    assert_eq!((cells[1].as_str(), cells[4].as_str(), cells[5].as_str()), ("▲ bigger is better", "achieved", "green"));
}

#[test]
fn s12_not_known_stands_beside_england_and_core_cities() {
    let html = page("attendance-inclusion-birmingham");
    let cells = row(&html, "not known: areas", "Young people whose activity is not known (%)");
    assert_eq!(cells[1..].join(" "), "9.0 4.0 3.5");
    let neet = row(&html, "not known: areas", "Young people not in education, employment or training (%)");
    assert_eq!(neet[1], "2.7");
}

#[test]
fn s13_budget_and_deficit_as_printed() {
    let html = page("high-needs-budget-birmingham");
    assert_eq!(row(&html, "Budget and deficit", "High needs budget (£)")[3], "144,000,000");
    assert_eq!(row(&html, "Budget and deficit", "High needs deficit (£)")[3], "9,000,000");
    assert!(html.contains("High needs deficit (one year, March 2017)"), "one year is not projected");
}
