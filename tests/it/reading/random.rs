//! Readings at random: every unit and polarity, gaps and breaks, missing figures, small numbers, other averages.

use abreast::pipeline::Unit;
use abreast::reading::{
    Caveat, Evidence, Flips, Link, Measure, Missing, Other, Past, Phrases, Placed, Seen, When, Whom,
};
use abreast::statistics::difference::Ratio;
use abreast::statistics::interval_side::IntervalSide;
use abreast::statistics::quotient::Quotient;
use abreast::statistics::unusual;
use abreast::statistics::{Interval, Polarity};
use abreast::value::Status;
use proptest::prelude::*;

/// A year at random: the part of a whole, the whole, whether it is missing or marked, how it is linked to the year before.
type Year = (f64, u32, Option<Missing>, Option<Status>, Link);

/// What a random reading is made from; `evidence` widens every interval without moving a figure.
#[derive(Clone, Debug)]
pub struct Spec {
    measure: Measure,
    years: Vec<Year>,
    others: Vec<Value>,
    placed: Option<(f64, u32, f64, f64, bool)>,
    trend: Option<IntervalSide>,
    unusual: Option<unusual::Place>,
    spread: Option<f64>,
    caveat: Option<Caveat>,
    counted: bool,
}

/// A comparator: its figure as a share of the scale, members with data, flips.
type Value = (f64, u32, Flips, bool);

impl Spec {
    /// The evidence, with every interval `width` times as wide in its variance.
    pub fn evidence(&self, width: f64) -> Evidence {
        let past: Vec<Past> = self.years.iter().enumerate().map(|(at, year)| self.past(at, year, width)).collect();
        let own = past.last().map(|past| past.seen);
        let mut evidence = Evidence::new(self.measure.clone(), "St Helens", When::year(2024), Seen::of(0.0));
        let whom = [Whom::England, Whom::Neighbours(Some(2025))];
        evidence.others =
            whom.into_iter().zip(&self.others).map(|(whom, other)| self.other(whom, other, own)).collect();
        evidence.past = past;
        evidence.placed = self.placed.and_then(|placed| place(placed, width));
        evidence.trend = self.trend;
        evidence.unusual = self.unusual;
        evidence.spread = self.spread;
        evidence.caveats = self.caveat.iter().cloned().collect();
        evidence
    }

    fn scale(&self) -> f64 {
        match self.measure.unit {
            Unit::Percent => 100.0,
            Unit::RatePer10000 => 10_000.0,
            _ => 1.0,
        }
    }

    fn past(&self, at: usize, (part, whole, missing, mark, link): &Year, width: f64) -> Past {
        let n = f64::from(*whole);
        let x = (part * n).round();
        let value = if self.scale() > 1.0 { self.scale() * x / n } else { x };
        let counts = (x / width, n / width);
        let range = self.quotient().and_then(|quotient| quotient.interval(Ratio { x: counts.0, n: counts.1 }));
        let seen = Seen { mark: *mark, ..Seen::of(value) };
        let seen = match missing {
            Some(why) => Seen::missing(*why),
            None if self.counted => Seen { range, ..seen.counted(counts.0, counts.1) },
            None => seen,
        };
        let when = When::year(2024 - (self.years.len() - 1 - at) as i32);
        Past { when, seen, link: if at == 0 { Link::First } else { link.clone() } }
    }

    fn quotient(&self) -> Option<Quotient> {
        self.measure.unit.quotient()
    }

    fn other(&self, whom: Whom, (share, used, flips, total): &Value, own: Option<Seen>) -> Other {
        let value = if self.scale() > 1.0 { share * self.scale() } else { (share * 3000.0).round() };
        let range = own.and_then(|own| own.range);
        let side = range.and_then(|range: Interval| IntervalSide::of(range, value));
        let used = if whom == Whom::England { (1, 1) } else { (*used, 10) };
        let is_total = *total && self.measure.is_amount();
        Other {
            used,
            flips: *flips,
            median: Some(value * 1.01),
            is_total,
            before: Some(value * 0.9),
            ..Other::new(whom, Some(value), side)
        }
    }
}

fn place((at, of, below, above, joint): (f64, u32, f64, f64, bool), width: f64) -> Option<Placed> {
    let rank = 1 + (at * f64::from(of - 1)) as u32;
    let reach = |share: f64| (share * width * f64::from(of) / 4.0) as u32;
    let range = (rank.saturating_sub(reach(below)).max(1), (rank + reach(above)).min(of));
    let joint = if joint { 3.min(of - rank) } else { 0 };
    Some(Placed { rank, of, range: Some(range), joint, before: Some(1 + of / 3) })
}

fn measure() -> impl Strategy<Value = Measure> {
    let unit = prop_oneof![
        3 => Just(Unit::Percent),
        1 => Just(Unit::RatePer10000),
        1 => Just(Unit::Number),
        1 => Just(Unit::Pounds),
        1 => Just(Unit::Days)
    ];
    let noun = prop_oneof![
        Just("plans issued within 20 weeks"),
        Just("20-week timeliness"),
        Just("young people not in education, employment or training at the end of the year"),
    ];
    let part = prop_oneof![3 => Just(""), 1 => Just("state-funded secondary")];
    (unit, noun, part, 0..3_u8, polarity(), any::<bool>()).prop_map(|(unit, noun, part, places, polarity, declared)| {
        let phrases = Phrases {
            says: "{} met the legal deadline".into(),
            more: "A larger share of plans is issued on time".into(),
            less: "A smaller share of plans is issued on time".into(),
            ..Phrases::default()
        };
        let phrases = if declared && unit == Unit::Percent { phrases } else { Phrases::default() };
        Measure { part: part.into(), phrases, ..Measure::new(noun, noun, unit, places, polarity) }
    })
}

fn polarity() -> impl Strategy<Value = Polarity> {
    prop_oneof![Just(Polarity::High), Just(Polarity::Low), Just(Polarity::None)]
}

fn side() -> impl Strategy<Value = IntervalSide> {
    prop_oneof![Just(IntervalSide::Above), Just(IntervalSide::Within), Just(IntervalSide::Below)]
}

fn year() -> impl Strategy<Value = Year> {
    let why = prop_oneof![Just(Missing::Hidden), Just(Missing::Unpublished), Just(Missing::Low), Just(Missing::Absent)];
    let link = prop_oneof![
        8 => Just(Link::Joined),
        1 => Just(Link::Gap),
        1 => Just(Link::Break("each plan is reported singly".to_owned()))
    ];
    let whole = prop_oneof![5 => 31..5000_u32, 1 => 1..31_u32];
    let mark = prop_oneof![Just(Status::Doubtful), Just(Status::WorkedOut), Just(Status::Differs)];
    (0.0..=1.0_f64, whole, prop::option::weighted(0.1, why), prop::option::weighted(0.1, mark), link)
}

fn other() -> impl Strategy<Value = Value> {
    let flips = (any::<bool>(), any::<bool>()).prop_map(|(average, set)| Flips { average, set });
    (0.0..=1.0_f64, 0..=10_u32, flips, any::<bool>())
}

fn caveat() -> impl Strategy<Value = Caveat> {
    prop_oneof![
        Just(Caveat::Provisional),
        Just(Caveat::Unreliable),
        Just(Caveat::Restated { period: "2023".into(), first: 34.1, now: 35.2 }),
        Just(Caveat::New { created: "April 2023".into(), predecessors: vec!["Cumbria".into()] }),
    ]
}

/// A random reading.
pub fn spec() -> impl Strategy<Value = Spec> {
    let place = prop_oneof![
        Just(unusual::Place::FarAbove),
        Just(unusual::Place::Above),
        Just(unusual::Place::Within),
        Just(unusual::Place::Below),
        Just(unusual::Place::FarBelow)
    ];
    let placed = (0.0..=1.0_f64, 4..160_u32, 0.0..1.0_f64, 0.0..1.0_f64, prop::bool::weighted(0.1));
    (
        measure(),
        prop::collection::vec(year(), 1..9),
        prop::collection::vec(other(), 2),
        prop::option::weighted(0.7, placed),
        prop::option::of(side()),
        prop::option::of(place),
        prop::option::of(0.0..60.0_f64),
        prop::option::weighted(0.3, caveat()),
        prop::bool::weighted(0.8),
    )
        .prop_map(|(measure, years, others, placed, trend, unusual, spread, caveat, counted)| Spec {
            measure,
            years,
            others,
            placed,
            trend,
            unusual,
            spread,
            caveat,
            counted,
        })
}
