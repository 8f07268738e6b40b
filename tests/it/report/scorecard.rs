//! Thirteen months of an invented council: what its scorecard says, in the words that a board reads. The answers follow from the
//! months by hand: average, usual range (2.66 times the average step), seven moves one way, the target and its tolerance.

use super::own::Own;
use super::page_tables;

const MONTHS: [&str; 13] = [
    "May 2024",
    "June 2024",
    "July 2024",
    "August 2024",
    "September 2024",
    "October 2024",
    "November 2024",
    "December 2024",
    "January 2025",
    "February 2025",
    "March 2025",
    "April 2025",
    "May 2025",
];

/// A measure: label, its thirteen months, its target, how far off is near, and its counts in the last.
type Measure = (&'static str, [f64; 13], &'static str, &'static str, &'static str);

const COUNCIL: [Measure; 8] = [
    (
        "Family assessments completed in 45 working days",
        [88.0, 89.0, 87.0, 90.0, 88.0, 89.0, 87.0, 86.0, 84.0, 82.0, 80.0, 79.0, 77.0],
        "85%",
        "2",
        "312,405",
    ),
    (
        "EHC plans issued within 20 weeks, excluding exceptions",
        [48.0, 51.0, 46.0, 49.0, 52.0, 47.0, 50.0, 55.0, 61.0, 63.0, 66.0, 64.0, 68.0],
        "60%",
        "2",
        "51,75",
    ),
    ("Open cases", [65.0, 65.0, 66.0, 66.0, 66.0, 67.0, 69.0, 69.0, 70.0, 70.0, 71.0, 71.0, 72.0], "", "", ","),
    (
        "Child protection visits made in the month",
        [96.0, 97.0, 95.0, 96.0, 97.0, 96.0, 95.0, 94.0, 96.0, 95.0, 96.0, 97.0, 94.0],
        "95%",
        "2",
        "291,310",
    ),
    (
        "Average caseload of qualified social workers",
        [16.1, 15.8, 16.2, 15.9, 16.3, 16.0, 16.2, 15.9, 16.1, 16.4, 16.2, 16.5, 16.6],
        "16",
        "1",
        ",",
    ),
    (
        "Re-referrals within 12 months",
        [24.0, 23.0, 25.0, 22.0, 24.0, 23.0, 24.0, 22.0, 23.0, 24.0, 22.0, 23.0, 21.0],
        "22%",
        "2",
        "134,638",
    ),
    (
        "Children seen at assessment",
        [93.0, 94.0, 92.0, 93.0, 95.0, 94.0, 93.0, 94.0, 92.0, 93.0, 94.0, 93.0, 94.0],
        "90%",
        "2",
        "388,413",
    ),
    (
        "Social workers who had supervision in the month",
        [86.0, 88.0, 84.0, 87.0, 85.0, 88.0, 86.0, 87.0, 85.0, 86.0, 88.0, 87.0, 86.0],
        "83%",
        "2",
        "207,241",
    ),
];

/// Teams in the last month: measure, team, counts.
const TEAMS: [(&str, &str, &str); 8] = [
    ("Family assessments completed in 45 working days", "North", "96,118"),
    ("Family assessments completed in 45 working days", "East", "71,98"),
    ("Family assessments completed in 45 working days", "South", "84,112"),
    ("Family assessments completed in 45 working days", "Disabled children", "61,77"),
    ("Child protection visits made in the month", "North", "98,102"),
    ("Child protection visits made in the month", "East", "84,93"),
    ("Child protection visits made in the month", "South", "96,101"),
    ("Child protection visits made in the month", "Disabled children", "13,14"),
];

/// The page of the council's scorecard, without the months that `dropped` names.
fn page(dropped: &[(&str, &str)]) -> String {
    let (mut rows, mut targets) = (String::new(), "authority,measure,target,tolerance\n".to_owned());
    for (label, values, target, tolerance, counts) in COUNCIL {
        let label = format!("\"{label}\"");
        for (month, value) in MONTHS.iter().zip(values) {
            if dropped.iter().any(|(measure, gone)| label.contains(measure) && gone == month) {
                continue;
            }
            let counts = if *month == "May 2025" { counts } else { "," };
            // Where there are counts the figure is made of them.
            let value = if counts == "," { value.to_string() } else { String::new() };
            rows += &format!("Sandwell,{month},Whole authority,{label},{counts},{value},,\n");
        }
        if !target.is_empty() {
            targets += &format!("Sandwell,{label},{target},{tolerance}\n");
        }
    }
    for (measure, team, counts) in TEAMS {
        rows += &format!("Sandwell,May 2025,{team},{measure},{counts},,,\n");
    }
    Own::new(&rows, &targets).scorecard()
}

/// The cells of a row of the first table whose caption has `caption`.
fn cells(html: &str, caption: &str, first: &str) -> Vec<String> {
    let tables = page_tables(html);
    let (_, table) = tables.iter().find(|(title, _)| title.contains(caption)).expect("a table");
    table.iter().find(|row| row[0].starts_with(first)).unwrap_or_else(|| panic!("no row {first}: {table:?}")).clone()
}

/// The text of a page without its tags, in one line.
fn words(html: &str) -> String {
    let html = super::without_pictures(html);
    let html = html.split("<body").nth(1).unwrap_or_default();
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.replace("&#x27;", "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_scorecard_says_what_its_months_show() {
    let html = page(&[]);
    let text = words(&html);
    // 21% after 23% against 22%: met now and not before. Plans: 68% after 64% against 60%: met twice.
    assert!(text.contains("Eight measures: three blue, one green, two amber, one red, one not judged."), "{text}");
    for (measure, target, rating, line) in [
        ("Family assessments within 45 working days", "85%", "Red", "Falling for seven months"),
        ("Plans issued within 20 weeks", "60%", "Blue", "Unusually high: better"),
        ("Open cases", "none", "Not judged", "Unusually high"),
        ("Child protection visits made", "95%", "Amber", "No unusual change"),
        ("Cases for each social worker", "16", "Amber", "No unusual change"),
        ("Re-referrals within a year", "22%", "Green", "No unusual change"),
        ("Children seen at assessment", "90%", "Blue", "No unusual change"),
        ("Social workers who had supervision", "83%", "Blue", "No unusual change"),
    ] {
        let cells = cells(&html, "Scorecard, May 2025", measure);
        assert!(cells.iter().any(|cell| cell == target), "{measure}: {cells:?}");
        assert!(cells.iter().any(|cell| cell == rating), "{measure}: {cells:?}");
        assert_eq!(cells.last().map(String::as_str), Some(line), "{measure}");
    }
    // 87, 86, 84, 82, 80 and 79 without counts: their plain average is 83.
    assert!(cells(&html, "Scorecard, May 2025", "Family assessments")[1].starts_with("83%"));
}

#[test]
fn its_messages_are_red_then_what_changed_then_all_that_just_miss() {
    let text = words(&page(&[]));
    let order = [
        "Family assessments within 45 working days fell for seven months, to 77%.",
        "312 of 405 in May 2025; target 85%. All four teams miss the target.",
        "Open cases: 72, from 65 a year before.",
        "A larger share of plans is issued on time: 68%, from 48% a year before.",
        "51 of 75 in May 2025; target 60%.",
        "Two measures just miss their targets; none has changed unusually.",
        "Scorecard, May 2025",
    ];
    let mut from = 0;
    for sentence in order {
        let at = text[from..].find(sentence).unwrap_or_else(|| panic!("`{sentence}` after `{}`", &text[..from]));
        from += at + sentence.len();
    }
    let first = text.split("Scorecard, May 2025").next().unwrap_or_default();
    assert!(!first.contains("had supervision"), "what is met and as usual has no message: {first}");
}

#[test]
fn teams_that_miss_the_target_are_named_and_few_cases_are_not() {
    let html = page(&[]);
    let text = words(&html);
    assert!(
        text.contains("East misses two of two targets by more than the tolerance; each other team misses one."),
        "{text}"
    );
    // North's 96 of 118 and the 61 of 77 have 85% inside their ranges (73.4 to 87.3; 68.9 to 86.8).
    assert!(
        text.contains("Chance alone would not explain family assessments within 45 working days in East and South, or child protection visits made in East."),
        "{text}"
    );
    let visits = cells(&html, "May 2025 by area or team", "Child protection visits");
    assert!(visits.iter().any(|cell| cell.contains("13 of 14, small number")), "{visits:?}");
}

#[test]
fn months_that_are_missing_are_named_and_too_few_are_no_line() {
    let dropped = [("Family assessments", "January 2025"), ("Family assessments", "March 2025")];
    let text = words(&page(&dropped));
    assert!(text.contains("Six months before: four of six were supplied (not January 2025, March 2025)."), "{text}");
    assert!(text.contains("Too few months (2)"), "{text}");
    assert!(!text.contains("fell for seven months"), "{text}");
}

#[test]
fn a_measure_without_the_newest_month_was_not_received() {
    let text = words(&page(&[("Average caseload", "May 2025")]));
    assert!(text.contains("Not received"), "{text}");
    assert!(text.contains("cases for each social worker (May 2025)."), "{text}");
}
