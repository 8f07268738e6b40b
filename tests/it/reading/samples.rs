//! Readings to begin from: plans issued on time in Sandwell, with counts, beside England and the neighbours.

use abreast::pipeline::Unit;
use abreast::reading::{Evidence, Link, Measure, Missing, Other, Past, Phrases, Seen, When, Whom};
use abreast::statistics::interval_side::IntervalSide;
use abreast::statistics::{Interval, Polarity};

/// Plans issued within 20 weeks: a share of which more is better.
pub fn on_time() -> Measure {
    Measure {
        whole: "plans".into(),
        phrases: Phrases {
            says: "{} met the 20-week legal deadline".into(),
            more: "A larger share of plans is issued on time".into(),
            less: "A smaller share of plans is issued on time".into(),
            ..Phrases::default()
        },
        ..Measure::new(
            "EHC plans issued within 20 weeks",
            "plans issued within 20 weeks",
            Unit::Percent,
            0,
            Polarity::High,
        )
    }
}

/// A measure of which nothing is declared but what every pipeline declares.
pub fn plain(noun: &str, unit: Unit, places: u8, polarity: Polarity) -> Measure {
    Measure::new(noun, noun, unit, places, polarity)
}

/// A share of `of` cases, as a percentage.
pub fn share(count: f64, of: f64) -> Seen {
    Seen::of(100.0 * count / of).counted(count, of)
}

/// A year of a series.
pub fn year(year: i32, seen: Seen, link: Link) -> Past {
    Past { when: When::year(year), seen, link }
}

/// Evidence of a series whose years follow each other, the last being 2024.
pub fn evidence(measure: Measure, series: &[Seen]) -> Evidence {
    let first = 2024 - series.len() as i32 + 1;
    let link = |at: usize| if at == 0 { Link::First } else { Link::Joined };
    let past = series.iter().enumerate().map(|(at, seen)| year(first + at as i32, *seen, link(at)));
    let mut evidence = Evidence::new(measure, "Sandwell", When::year(2024), Seen::missing(Missing::Absent));
    evidence.past = past.collect();
    evidence
}

/// England with the result of the test against it.
pub fn england(value: f64, side: Option<IntervalSide>) -> Other {
    Other::new(Whom::England, Some(value), side)
}

/// Ten neighbours that all have a figure.
pub fn neighbours(value: f64, side: Option<IntervalSide>) -> Other {
    Other { used: (10, 10), ..Other::new(Whom::Neighbours(Some(2025)), Some(value), side) }
}

/// An interval.
pub fn interval(lower: f64, upper: f64) -> Interval {
    Interval { lower, upper }
}
