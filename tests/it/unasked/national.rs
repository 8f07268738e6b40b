//! Tables of England alone: its breakdowns are held against each other's past as authorities are elsewhere.

use super::table::said;
use crate::harness::{Bench, Ran};

const PIPELINE: &str = r#"title = "Absence by reason"
return = "national"
[measures.sessions]
label = "Sessions missed"
unit  = "number"
[measures.rate]
label = "Sessions missed, share"
unit  = "percent"
better = "low"
[[release]]
from    = 2020
file    = "reasons.csv"
format  = "ees"
filters = ["reason"]
columns = { sessions = "sessions", rate = "rate" }
[checks]
areas = "some"
"#;

const REASONS: [&str; 13] = [
    "Total",
    "Illness",
    "Appointments",
    "Religious observance",
    "Study leave",
    "Traveller",
    "Holiday",
    "Excluded",
    "Late",
    "Closure",
    "Weather",
    "Not known",
    "Other",
];

/// The sessions of a reason in a year: of its own size, three percent more each year.
fn sessions(reason: usize, year: u32) -> f64 {
    let size = if reason == 0 { 90_000.0 } else { 900.0 * (reason as f64 + 2.0) + 37.0 * (reason * reason) as f64 };
    (size * 1.03_f64.powi(year as i32 - 2021) + (reason * 7 + year as usize) as f64 % 5.0).round()
}

/// What is said where `spoil` has changed the cells of some rows.
fn spoiled(spoil: impl Fn(u32, &str, &mut [String; 2])) -> Ran {
    let mut text =
        "time_period,time_identifier,geographic_level,country_code,country_name,reason,sessions,rate\n".to_owned();
    for year in 2021..=2024 {
        for (at, reason) in REASONS.iter().enumerate() {
            let count = sessions(at, year);
            let mut cells = [count.to_string(), format!("{:.2}", count / 5000.0)];
            spoil(year, reason, &mut cells);
            text += &format!("{year},Calendar year,National,E92000001,England,{reason},{}\n", cells.join(","));
        }
    }
    let bench = Bench::new();
    bench.pipeline("reasons", PIPELINE).returns("national/2024/reasons.csv", text);
    bench.run()
}

fn times(cell: &mut String, factor: f64) {
    *cell = format!("{}", cell.parse::<f64>().expect("a number") * factor);
}

#[test]
fn a_sound_table_is_quiet() {
    let ran = spoiled(|_, _, _| ()).well();
    assert_eq!(said(&ran), "");
}

#[test]
fn everything_at_once_is_seen() {
    for (column, factor) in [(0, 10.0), (0, 0.001), (1, 0.01), (1, 0.1)] {
        let ran = spoiled(|year, _, cells| {
            if year == 2024 {
                times(&mut cells[column], factor);
            }
        });
        let jump = ran.finding("all-jump");
        assert!(jump.message.starts_with(["`sessions`", "`rate`"][column]), "{jump}");
    }
    let ran = spoiled(|year, _, cells| {
        if year == 2024 {
            *cells = ["5000".to_owned(), "1.5".to_owned()];
        }
    });
    let equal = ran.all("all-equal");
    assert_eq!(equal.len(), 2, "one a measure: {}", said(&ran));
    assert!(equal.iter().all(|finding| finding.message.contains("all 12 breakdowns")), "{}", said(&ran));
}

#[test]
fn one_breakdown_is_named() {
    let ran = spoiled(|year, reason, cells| {
        if (year, reason) == (2024, "Traveller") {
            times(&mut cells[0], 10.0);
        }
        if (year, reason) == (2024, "Late") {
            times(&mut cells[0], 0.1);
        }
    });
    let words = said(&ran);
    let lines: Vec<&str> = words.lines().collect();
    assert_eq!(ran.all("unlike-its-past").len(), 2, "a line each: {lines:#?}");
    assert!(["reason / Traveller", "reason / Late"].iter().all(|name| words.contains(name)), "{words}");
    let ran = spoiled(|year, reason, cells| {
        if (year, reason) == (2024, "Weather") {
            *cells = Default::default();
        }
    });
    assert!(ran.finding("no-figures").message.starts_with("reason / Weather, 2024:"), "{}", said(&ran));
}
