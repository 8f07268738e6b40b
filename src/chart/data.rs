//! What a chart is made from: plain structs, no frames. The drawing engine fills them.
//!
//! In: figures with their reasons for being missing, where they come from, and a reading of the chosen authority's.
//! Out: nothing of its own; every kind of chart reads these, so that all kinds tell missing, breaks and sources alike.

use std::cmp::Ordering;

pub use crate::pipeline::Unit;
pub use crate::reading::{Measure, Reading, When as Period};
pub use crate::statistics::Polarity;

/// Why a figure is not there, or why one that is there is to be used with care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The symbol without brackets: `x`, `z`, `c`, `low`, `?`.
    pub symbol: String,
    /// What it means, as a clause: `not available`.
    pub reason: String,
}

/// One figure: a value, or the reason it has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// The value, in the measure's unit.
    pub value: Option<f64>,
    /// Why there is no value, or what is to be known of it.
    pub mark: Option<Mark>,
    /// The count above the line.
    pub numerator: Option<f64>,
    /// The count below the line.
    pub denominator: Option<f64>,
    /// The 95% interval: lower, upper.
    pub interval: Option<(f64, f64)>,
    /// The id by which it can be traced; empty for a figure that only the chart has.
    pub id: String,
}

impl Figure {
    /// A plain value. A value that is not finite counts as missing with no reason given.
    pub fn of(value: f64) -> Self {
        if value.is_finite() { Self { value: Some(value), ..Self::default() } } else { Self::default() }
    }

    /// A figure that is not there, with its symbol and what the symbol means.
    pub fn missing(symbol: &str, reason: &str) -> Self {
        let mark = Mark { symbol: symbol.into(), reason: reason.into() };
        Self { mark: Some(mark), ..Self::default() }
    }

    /// The same figure with the counts it was made from.
    pub fn counts(mut self, numerator: f64, denominator: f64) -> Self {
        self.numerator = Some(numerator);
        self.denominator = Some(denominator);
        self
    }

    /// The same figure with its 95% interval.
    pub fn interval(mut self, lower: f64, upper: f64) -> Self {
        self.interval = Some((lower, upper));
        self
    }

    /// The same figure with the id by which it can be traced.
    pub fn known_as(mut self, id: String) -> Self {
        self.id = id;
        self
    }

    /// The finite value, if there is one.
    pub fn number(&self) -> Option<f64> {
        self.value.filter(|value| value.is_finite())
    }

    /// As written on the chart: its value, or its symbol.
    pub fn shown(&self, measure: &Measure) -> String {
        self.number().map_or_else(|| self.symbol(), |number| measure.shown(number))
    }

    /// Whether a line beneath the chart names it: it is not there, or is to be used with care.
    pub fn is_marked(&self) -> bool {
        self.mark.is_some() || self.number().is_none()
    }

    /// The symbol in brackets, `[x]` where the figure has no symbol of its own.
    pub fn symbol(&self) -> String {
        self.mark.as_ref().map_or_else(|| "[x]".into(), |mark| format!("[{}]", mark.symbol))
    }

    /// The reason in words.
    pub fn reason(&self) -> &str {
        self.mark.as_ref().map_or("not available", |mark| &mark.reason)
    }
}

/// Whose figure it is; decides colour, dash, marker and weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The chosen authority.
    Subject,
    /// The mean of its statistical neighbours, or one of them.
    Neighbour,
    /// Its region.
    Region,
    /// England.
    England,
    /// The average of a group of authorities.
    Group,
    /// Any other authority.
    Other,
}

/// One authority or group with its figure, in a chart of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its name in full.
    pub name: String,
    /// What it is to the chosen authority.
    pub role: Role,
    /// Its figure.
    pub figure: Figure,
}

impl Place {
    /// A place by name, role and figure.
    pub fn new(name: &str, role: Role, figure: Figure) -> Self {
        Self { name: name.into(), role, figure }
    }
}

/// Those with a figure, the best first where there is a best, else the highest; ties by name.
pub fn in_order<'a>(places: &'a [Place], measure: &Measure) -> Vec<(&'a Place, f64)> {
    let mut all: Vec<(&Place, f64)> = places.iter().filter_map(|place| Some((place, place.figure.number()?))).collect();
    all.sort_by(|a, b| order(measure, a.1, b.1).then_with(|| a.0.name.cmp(&b.0.name)));
    all
}

/// Which of two figures comes first: the better, or the higher where neither way is good.
pub fn order(measure: &Measure, a: f64, b: f64) -> Ordering {
    if measure.polarity == Polarity::Low { a.total_cmp(&b) } else { b.total_cmp(&a) }
}

/// How a chart in that order says it: `best first`.
pub fn order_words(measure: &Measure) -> &'static str {
    if measure.polarity == Polarity::None { "highest first" } else { "best first" }
}

/// A break in the series: figures before and from `order` on are not alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The first period of the new series.
    pub order: i32,
    /// What changed, as a clause: `person-level collection from 2023`.
    pub reason: String,
}

/// The neighbour set behind a neighbour figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeighbourSet {
    /// `2025 statistical neighbours`.
    pub name: String,
    /// Whether each is shown by itself, and not their average.
    pub each: bool,
    /// How many authorities the set has.
    pub size: u32,
    /// How many of them had data in the latest period.
    pub with_data: u32,
}

/// What every chart of one measure carries besides its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// The chosen authority's name.
    pub subject: String,
    /// What is measured.
    pub measure: Measure,
    /// Publisher, publication, period, release, file; without the word `Source`.
    pub source: String,
    /// The neighbour set, where the chart shows neighbours.
    pub neighbours: Option<NeighbourSet>,
    /// What else must stand beneath the chart, a sentence each.
    pub notes: Vec<String>,
    /// The figures are simulated.
    pub illustrative: bool,
    /// What may be said of the chosen authority's figure; none on a page of many measures.
    pub reading: Option<Reading>,
    /// A title written by hand instead of the one made by rule.
    pub title: Option<String>,
}

impl Context {
    /// A context with nothing said yet beyond who, what and where from.
    pub fn new(subject: &str, measure: Measure, source: &str) -> Self {
        Self {
            subject: subject.into(),
            measure,
            source: source.into(),
            neighbours: None,
            notes: Vec::new(),
            illustrative: false,
            reading: None,
            title: None,
        }
    }
}
