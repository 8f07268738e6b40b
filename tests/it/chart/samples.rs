//! The ordinary chart from which each situation differs: Birmingham, its neighbours and England over five years.

use std::ops::{Deref, DerefMut};

use abreast::chart::data::{Context, Figure, Measure, NeighbourSet, Period, Polarity, Role, Unit};
use abreast::chart::trend::{Series, TrendChart};
use abreast::reading::{Evidence, Link, Missing, Other, Past, Placed, Reading, Seen, Whom};
use abreast::statistics::interval_side::IntervalSide;
use abreast::statistics::unusual;

/// The results of tests that a chart's figures are given.
pub const HIGHER: Option<IntervalSide> = Some(IntervalSide::Above);
/// As above.
pub const LOWER: Option<IntervalSide> = Some(IntervalSide::Below);
/// As above.
pub const SIMILAR: Option<IntervalSide> = Some(IntervalSide::Within);
/// As above.
pub const UNTESTED: Option<IntervalSide> = None;

/// What the statistics say of the chosen authority's figures.
#[derive(Clone, Default)]
pub struct Tests {
    pub england: Option<IntervalSide>,
    pub neighbours: Option<IntervalSide>,
    /// How many cases the latest two figures are made of; none where that is not known.
    pub cases: Option<f64>,
    pub trend: Option<IntervalSide>,
    pub unusual: Option<unusual::Place>,
    pub placed: Option<Placed>,
}

/// Tests against England and the neighbours, and cases enough, or too few, to tell that the figure changed.
pub fn tests(england: Option<IntervalSide>, neighbours: Option<IntervalSide>, change: Option<IntervalSide>) -> Tests {
    let cases = change.map(|change| if change == IntervalSide::Within { 40.0 } else { 4000.0 });
    Tests { england, neighbours, cases, ..Tests::default() }
}

pub fn measure() -> Measure {
    Measure::new("EHC plans issued within 20 weeks", "20-week timeliness", Unit::Percent, 1, Polarity::High)
}

pub fn context() -> Context {
    let mut context = Context::new("Birmingham", measure(), "Department for Education");
    let name = "2025 statistical neighbours".into();
    context.neighbours = Some(NeighbourSet { name, each: false, size: 10, with_data: 9 });
    context
}

pub fn series(name: &str, role: Role, numbers: [f64; 5]) -> Series {
    Series { name: name.into(), role, figures: numbers.into_iter().map(Figure::of).collect() }
}

pub fn trend() -> TrendChart {
    TrendChart {
        context: context(),
        periods: (2020..2025).map(Period::year).collect(),
        series: vec![
            series("Birmingham", Role::Subject, [30.1, 34.2, 41.0, 35.5, 26.7]),
            series("Statistical neighbours", Role::Neighbour, [50.0, 51.2, 47.3, 44.4, 42.1]),
            series("England", Role::England, [58.0, 59.9, 49.2, 50.3, 46.4]),
        ],
        breaks: Vec::new(),
    }
}

pub fn gone() -> Figure {
    Figure::missing("x", "not available")
}

/// A figure of a chart as a reading takes it, made of so many cases.
fn seen(figure: &Figure, cases: Option<f64>) -> Seen {
    let counts = figure.number().zip(cases).map(|(value, of)| (value * of / 100.0, of));
    match (figure.number(), figure.symbol().as_str()) {
        (Some(value), _) => counts.map_or(Seen::of(value), |(above, below)| Seen::of(value).counted(above, below)),
        (None, "[c]") => Seen::missing(Missing::Hidden),
        (None, "[low]") => Seen::missing(Missing::Low),
        (None, _) => Seen::missing(Missing::Unpublished),
    }
}

/// The reading of dated figures, beside England's and the neighbours' figure.
pub fn reading(context: &Context, figures: &[Past], others: [Option<f64>; 2], tests: &Tests) -> Reading {
    let when = Period::year(2024);
    let mut evidence = Evidence::new(context.measure.clone(), &context.subject, when, Seen::missing(Missing::Absent));
    if !figures.is_empty() {
        evidence.past = figures.to_vec();
    }
    let (whom, sides) = ([Whom::England, Whom::Neighbours(Some(2025))], [tests.england, tests.neighbours]);
    let set = context.neighbours.as_ref().map_or((10, 10), |set| (set.with_data, set.size));
    for ((whom, value), side) in whom.into_iter().zip(others).zip(sides) {
        let used = if whom == Whom::England { (1, 1) } else { set };
        evidence.others.push(Other { used, ..Other::new(whom, value, side) });
    }
    evidence.trend = tests.trend;
    evidence.unusual = tests.unusual;
    evidence.placed = tests.placed;
    evidence.reading()
}

/// One figure of one period.
pub fn only(figure: &Figure, when: Period, tests: &Tests) -> Vec<Past> {
    vec![Past { when, seen: seen(figure, tests.cases), link: Link::First }]
}

/// A trend with what the statistics say of it.
pub struct Sample {
    pub chart: TrendChart,
    pub tests: Tests,
}

impl Deref for Sample {
    type Target = TrendChart;

    fn deref(&self) -> &TrendChart {
        &self.chart
    }
}

impl DerefMut for Sample {
    fn deref_mut(&mut self) -> &mut TrendChart {
        &mut self.chart
    }
}

impl Sample {
    /// The chart with its reading.
    pub fn told(mut self) -> TrendChart {
        let chart = &self.chart;
        let own = chart.subject().map_or(&[][..], |series| series.figures.as_slice());
        let link =
            |at: usize| match (at.checked_sub(1), chart.breaks.iter().find(|gap| gap.order == chart.periods[at].order))
            {
                (None, _) => Link::First,
                (_, Some(gap)) => Link::Break(gap.reason.clone()),
                (Some(before), _) if chart.periods[at].order - chart.periods[before].order > 1 => Link::Gap,
                _ => Link::Joined,
            };
        let dated = chart.periods.iter().zip(own).enumerate();
        let past: Vec<Past> = dated
            .map(|(at, (when, figure))| Past {
                when: when.clone(),
                seen: seen(figure, self.tests.cases),
                link: link(at),
            })
            .collect();
        let last = |role| {
            let series = chart.of(role)?;
            series.figures.get(chart.periods.len().checked_sub(1)?).and_then(Figure::number)
        };
        let others = [last(Role::England), last(Role::Neighbour)];
        let reading = reading(&chart.context, &past, others, &self.tests);
        self.chart.context.reading = Some(reading);
        self.chart
    }
}
