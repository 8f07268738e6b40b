//! What became of several figures since those before, in one message.

use super::samples::{evidence, on_time, plain, share};
use abreast::pipeline::Unit;
use abreast::reading::{Change, Reading, Seen, When, words};
use abreast::statistics::Polarity;

/// A number of things now, and before.
fn number(noun: &str, before: f64, now: f64) -> (Reading, Change) {
    let measure = plain(noun, Unit::Number, 0, Polarity::None);
    let reading = evidence(measure, &[Seen::of(before), Seen::of(now)]).reading();
    (reading, Change::Seen { before: When::year(2023), from: before, to: now })
}

#[test]
fn those_that_moved_are_named_with_what_they_were() {
    let told = [number("open cases", 40.0, 44.0), number("homes", 7.0, 7.0), number("foster carers", 90.0, 81.0)];
    let told: Vec<(&Reading, Change)> = told.iter().map(|(reading, change)| (reading, change.clone())).collect();
    let (bold, rest) = words::movements(&told).expect("a message");
    assert_eq!(bold, "Two of three measures have moved.");
    assert_eq!(rest, "Open cases (44, up from 40) and foster carers (81, down from 90).");
    let still = [told[1].clone(), told[1].clone()];
    let (bold, rest) = words::movements(&still).expect("a message");
    assert_eq!((bold.as_str(), rest.as_str()), ("None of two measures has clearly moved.", "Homes (7) and homes (7)."));
    assert!(words::movements(&told[..1]).is_none(), "one figure has a message of its own");
}

#[test]
fn a_change_that_chance_explains_is_none() {
    let read = |now: f64| evidence(on_time(), &[share(40.0, 100.0), share(now, 100.0)]).reading();
    let (small, large) = (read(43.0), read(70.0));
    let told = [(&small, small.change.clone()), (&large, large.change.clone())];
    let (bold, rest) = words::movements(&told).expect("a message");
    assert_eq!(bold, "One of two measures has moved.");
    assert_eq!(rest, "Plans issued within 20 weeks (70%, improved from 40%).");
}
