//! Words at the ends of a scale: small amounts, the highest place, all of a whole, days, gaps between school years.

use abreast::pipeline::Unit;
use abreast::reading::{Link, Missing, Placed, Seen, When, words};
use abreast::statistics::Polarity;

use super::samples::{england, evidence, neighbours, on_time, plain, share, year};

/// The change of an amount from one number to another, as a table and a message have it.
fn changed(from: f64, to: f64) -> (String, Option<String>) {
    let measure = plain("appeals", Unit::Number, 0, Polarity::None);
    let reading = evidence(measure, &[Seen::of(from), Seen::of(to)]).reading();
    (words::moved(&reading), words::counted(&reading))
}

#[test]
fn a_small_amount_has_no_percentage() {
    assert_eq!(changed(1.0, 17.0), ("Up from 1".into(), Some("Appeals rose from 1 to 17.".into())));
    assert_eq!(changed(19.0, 0.0), ("Down from 19".into(), Some("Appeals fell from 19 to 0.".into())));
    assert_eq!(changed(20.0, 25.0), ("Up 25%".into(), Some("Appeals rose from 20 to 25, up 25%.".into())));
}

#[test]
fn the_highest_of_many_is_called_so() {
    let measure = plain("appeals per 10,000", Unit::RatePer10000, 1, Polarity::None);
    let at = |rank, joint| {
        let mut evidence = evidence(measure.clone(), &[Seen::of(52.5)]);
        evidence.placed = Some(Placed { rank, of: 149, range: None, joint, before: None });
        let reading = evidence.reading();
        [words::place(&reading), words::short_place(&reading)]
    };
    assert_eq!(at(1, 0), ["Highest of 149.", "highest of 149"]);
    assert_eq!(at(1, 2), ["Joint highest with 2 others.", "joint highest of 149"]);
    assert_eq!(at(2, 0), ["2nd highest of 149.", "2nd highest of 149"]);
}

#[test]
fn all_of_a_whole_is_written_as_none_of_it_is() {
    let measure = plain("homes rated good", Unit::Percent, 1, Polarity::High);
    assert_eq!([100.0, 99.96, 0.0].map(|value| measure.shown(value)), ["100%", "over 99.9%", "0%"]);
}

#[test]
fn a_title_in_days_says_days() {
    let measure = plain("length of assessments", Unit::Days, 0, Polarity::None);
    let mut evidence = evidence(measure, &[Seen::of(23.0)]);
    evidence.others = vec![england(19.0, None)];
    assert_eq!(words::among(&evidence.reading()), "Length of assessments in Sandwell: 23 days in 2024, England 19");
}

/// `2019 to 2020 to 2021 to 2022` would be one long year.
#[test]
fn school_years_without_a_figure_are_named_from_and_until() {
    let school = |first: i32| When { prose: format!("{first} to {}", first + 1), ..When::year(first) };
    let mut evidence = evidence(on_time(), &[]);
    evidence.past = vec![
        year(2018, share(20.0, 100.0), Link::First),
        year(2019, Seen::missing(Missing::Absent), Link::Joined),
        year(2021, Seen::missing(Missing::Absent), Link::Joined),
        year(2022, share(30.0, 100.0), Link::Gap),
    ];
    evidence.past.iter_mut().zip([2018, 2019, 2021, 2022]).for_each(|(past, first)| past.when = school(first));
    let said = words::fragment(&evidence.reading());
    assert!(said.starts_with("No figure from 2019 to 2020 until 2021 to 2022."), "{said}");
}

/// Without a test and without words of its own a message is the figure, told once, and those beside it.
#[test]
fn a_message_tells_its_figure_once() {
    let measure = plain("referrals per 10,000", Unit::RatePer10000, 1, Polarity::None);
    let mut evidence = evidence(measure, &[Seen::of(502.8)]);
    evidence.others = vec![england(518.3, None), neighbours(662.3, None)];
    let message = words::message(&evidence.reading());
    assert_eq!(
        (message.bold.as_str(), message.rest.as_str()),
        ("Referrals per 10,000: 502.8 in 2024.", "England: 518.3; statistical neighbours: 662.3.")
    );
}
