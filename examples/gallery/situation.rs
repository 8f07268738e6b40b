//! What is peculiar about the figures of a chart: ten situations, and the simulated figures of each.

use abreast::chart::data::{Context, Figure, Measure, NeighbourSet, Period, Place, Polarity, Role, Unit};
use abreast::reading::{Evidence, Link, Missing, Other, Past, Placed, Reading, Seen, Whom};
use abreast::statistics::Interval;
use abreast::statistics::interval_side::IntervalSide;

/// The situations each kind is shown in.
pub const SITUATIONS: [Situation; 10] = [
    Situation::Ordinary,
    Situation::Extreme,
    Situation::Missing,
    Situation::LongNames,
    Situation::OnePoint,
    Situation::Everyone,
    Situation::Negative,
    Situation::Zero,
    Situation::Bounds,
    Situation::Millions,
];

/// What is peculiar about the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Situation {
    /// As on most days.
    Ordinary,
    /// One authority far away from all others.
    Extreme,
    /// Figures missing at the start, in the middle and at the end.
    Missing,
    /// The longest names there are.
    LongNames,
    /// One period, one place.
    OnePoint,
    /// 150 authorities.
    Everyone,
    /// Changes, some of them negative.
    Negative,
    /// All figures zero.
    Zero,
    /// Percentages at 0 and 100.
    Bounds,
    /// Counts in millions.
    Millions,
}

/// A small generator with a fixed start: the gallery is the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

const NAMES: [&str; 24] = [
    "Birmingham",
    "Sandwell",
    "Wolverhampton",
    "Leicester",
    "Nottingham",
    "Bradford",
    "Manchester",
    "Luton",
    "Walsall",
    "Derby",
    "Coventry",
    "Enfield",
    "Dorset",
    "Isles of Scilly",
    "Cumberland",
    "Leicestershire",
    "Kingston upon Hull, City of",
    "Blackburn with Darwen",
    "Westmorland and Furness",
    "Redcar and Cleveland",
    "Bath and North East Somerset",
    "Telford and Wrekin",
    "Windsor and Maidenhead",
    "Rutland",
];

const LONG: [&str; 11] = [
    "Bournemouth, Christchurch and Poole",
    "Hammersmith and Fulham",
    "Kingston upon Hull, City of",
    "Westmorland and Furness",
    "Bath and North East Somerset",
    "Cheshire West and Chester",
    "Blackburn with Darwen",
    "Brighton and Hove",
    "North East Lincolnshire",
    "Kensington and Chelsea",
    "Bristol, City of",
];

impl Situation {
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    pub fn measure(self) -> Measure {
        let (label, short, unit, places, polarity) = match self {
            Self::Negative => (
                "Change in pupils on SEN support since the year before",
                "change in SEN support",
                Unit::Percent,
                1,
                Polarity::None,
            ),
            Self::Millions => {
                ("Dedicated schools grant, high needs block", "high needs funding", Unit::Pounds, 0, Polarity::None)
            }
            _ => (
                "EHC plans issued within 20 weeks, excluding exceptions",
                "EHC plans issued within 20 weeks",
                Unit::Percent,
                1,
                Polarity::High,
            ),
        };
        Measure::new(label, short, unit, places, polarity)
    }

    pub fn name_of(self, at: usize) -> String {
        match self {
            Self::LongNames => LONG.get(at).map_or_else(|| format!("{} {at}", LONG[at % 11]), |name| (*name).into()),
            _ => NAMES.get(at).map_or_else(|| format!("Authority {at}"), |name| (*name).into()),
        }
    }

    pub fn context(self) -> Context {
        let source = "Department for Education, Education, health and care plans, 2019 to 2024, release of June 2025, \
                      file timeliness_20_week.csv";
        let mut context = Context::new(&self.name_of(0), self.measure(), source);
        context.neighbours = Some(NeighbourSet {
            name: "2025 statistical neighbours".into(),
            each: false,
            size: 10,
            with_data: if self == Self::Missing { 7 } else { 10 },
        });
        context.illustrative = true;
        context
    }

    /// What may be said of the last of `figures`, beside England and the neighbours.
    pub fn evidence(self, measure: Measure, figures: &[(Period, Figure)], others: [Option<f64>; 2]) -> Evidence {
        let (when, own) = figures.last().map_or((Period::year(2024), Figure::default()), Clone::clone);
        let mut evidence = Evidence::new(measure, &self.name_of(0), when, seen(&own));
        let link = |at: usize| match at.checked_sub(1) {
            None => Link::First,
            Some(before) if figures[at].0.order - figures[before].0.order > 1 => Link::Gap,
            Some(_) => Link::Joined,
        };
        let past = figures.iter().enumerate();
        evidence.past =
            past.map(|(at, (when, own))| Past { when: when.clone(), seen: seen(own), link: link(at) }).collect();
        let whom = [Whom::England, Whom::Neighbours(Some(2025))];
        evidence.others = whom
            .into_iter()
            .zip(others)
            .map(|(whom, value)| Other::new(whom, value, value.and_then(|value| judged(own.number(), value))))
            .collect();
        if let Some(neighbours) = evidence.others.last_mut() {
            neighbours.used = (if self == Self::Missing { 7 } else { 10 }, 10);
        }
        evidence
    }

    pub fn value(self, dice: &mut Dice, at: usize) -> f64 {
        let roll = dice.roll();
        match self {
            Self::Extreme if at == 0 => 97.0,
            Self::Extreme => 4.0 + roll * 6.0,
            Self::Negative => roll * 24.0 - 14.0,
            Self::Zero => 0.0,
            Self::Bounds => [0.0, 100.0, 100.0, 0.0][(roll * 4.0) as usize % 4],
            Self::Millions => 8.0e6 + roll * 9.0e7,
            _ => 18.0 + 60.0 * roll * roll + roll * 15.0,
        }
    }

    pub fn figure(self, dice: &mut Dice, at: usize) -> Figure {
        let value = self.value(dice, at);
        let gone = dice.roll();
        match self {
            Self::Missing if gone < 0.2 => Figure::missing("x", "not available"),
            Self::Missing if gone < 0.3 => Figure::missing("c", "confidential"),
            Self::Negative | Self::Millions => Figure::of(value),
            _ => {
                let many = 60.0 + (gone * 900.0).floor();
                let reach = 100.0 * 1.96 * (value / 100.0 * (1.0 - value / 100.0) / many).sqrt();
                let low = (value - reach).max(0.0);
                Figure::of(value).counts((value * many / 100.0).round(), many).interval(low, (value + reach).min(100.0))
            }
        }
    }

    pub fn places(self) -> Vec<Place> {
        let many = match self {
            Self::OnePoint => 1,
            Self::LongNames => 11,
            Self::Everyone | Self::Extreme | Self::Missing => 150,
            _ => 24,
        };
        let mut dice = Dice(7);
        let role = |at| match at {
            0 => Role::Subject,
            1..=10 => Role::Neighbour,
            _ => Role::Other,
        };
        (0..many).map(|at| Place::new(&self.name_of(at), role(at), self.figure(&mut dice, at))).collect()
    }

    pub fn periods(self) -> Vec<Period> {
        match self {
            Self::OnePoint => vec![Period::year(2024)],
            Self::LongNames => (2017..2025).map(Period::split_year).collect(),
            Self::Missing => [2017, 2018, 2019, 2021, 2022, 2023, 2024].map(Period::year).into(),
            Self::Everyone => (2005..2025).map(Period::year).collect(),
            _ => (2019..2025).map(Period::year).collect(),
        }
    }
}

/// A figure of a chart as a reading takes it.
fn seen(figure: &Figure) -> Seen {
    let counts = figure.numerator.zip(figure.denominator);
    let range = figure.interval.map(|(lower, upper)| Interval { lower, upper });
    match figure.number() {
        Some(value) => {
            let (above, below) = counts.unzip();
            Seen { above, below, range, ..Seen::of(value) }
        }
        None if figure.symbol() == "[c]" => Seen::missing(Missing::Hidden),
        None => Seen::missing(Missing::Unpublished),
    }
}

/// A difference of three is told apart here; the real ones come from the statistics.
pub fn judged(own: Option<f64>, other: f64) -> Option<IntervalSide> {
    match own? - other {
        gap if gap > 3.0 => Some(IntervalSide::Above),
        gap if gap < -3.0 => Some(IntervalSide::Below),
        _ => Some(IntervalSide::Within),
    }
}

/// The context with a reading that agrees with the places shown.
pub fn told(situation: Situation, places: &[Place]) -> Context {
    let mut context = situation.context();
    let subject = places.iter().find(|place| place.role == Role::Subject);
    let own = subject.map(|place| place.figure.clone()).unwrap_or_default();
    let others = [Some(mean(places)), Some(mean(&places[1..]))];
    let figures = [(Period::year(2024), own.clone())];
    let mut evidence = situation.evidence(situation.measure(), &figures, others);
    let numbers = || places.iter().filter_map(|place| place.figure.number());
    evidence.placed = own.number().filter(|_| places.len() > 1).map(|own| {
        let rank = 1 + numbers().filter(|number| *number > own).count() as u32;
        let joint = numbers().filter(|number| *number == own).count() as u32 - 1;
        let of = numbers().count() as u32;
        let wide = (rank.saturating_sub(5).max(1), (rank + 6).min(of));
        Placed { rank, of, range: (joint == 0).then_some(wide), joint, before: None }
    });
    context.reading = Some(evidence.reading());
    context
}

/// The context of one measure over several periods.
pub fn told_over(situation: Situation, figures: &[(Period, Figure)], others: [Option<f64>; 2]) -> Context {
    let reading: Reading = situation.evidence(situation.measure(), figures, others).reading();
    Context { reading: Some(reading), ..situation.context() }
}

pub fn mean(places: &[Place]) -> f64 {
    let numbers: Vec<f64> = places.iter().filter_map(|place| place.figure.number()).collect();
    numbers.iter().sum::<f64>() / numbers.len().max(1) as f64
}
