//! The figure against one comparator: the verdict, how large the gap is, and whether another average would turn it.

use super::level::Level;
use super::measure::Measure;
use super::place::{Place, Sure};
use super::verdict::{Said, Untested, Verdict};
use crate::statistics::benchmark::smallest;
use crate::statistics::interval_side::IntervalSide;

/// Whom a figure is set beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// England as published.
    England,
    /// The authority's region, by name.
    Region(String),
    /// Its statistical neighbours, with the year of the set.
    Neighbours(Option<u16>),
    /// A group, by name.
    Group(String),
    /// Another authority, by name.
    Authority(String),
}

/// What another choice of average or of set would turn over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flips {
    /// Another average of the same members.
    pub average: bool,
    /// The same average of another set of neighbours.
    pub set: bool,
}

/// A comparator as the statistics left it.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Who it is.
    pub whom: Whom,
    /// Its figure.
    pub value: Option<f64>,
    /// The result of the test of the authority's figure against it; none where nothing was tested.
    pub side: Option<IntervalSide>,
    /// How many members had a figure, and how many there are.
    pub used: (u32, u32),
    /// Whether its figure is the sum of the authorities' and no average.
    pub is_total: bool,
    /// Which other choice turns above into below.
    pub flips: Flips,
    /// The figure in the middle of its members.
    pub median: Option<f64>,
    /// The year of the other set of neighbours.
    pub other_set: Option<u16>,
    /// Its figure a year before.
    pub before: Option<f64>,
    /// Members that have closed, with the year.
    pub closed: Vec<(String, i32)>,
}

impl Other {
    /// A comparator with a figure and the result of the test against it.
    pub fn new(whom: Whom, value: Option<f64>, side: Option<IntervalSide>) -> Other {
        Other {
            whom,
            value: value.filter(|value| value.is_finite()),
            side,
            used: (1, 1),
            is_total: false,
            flips: Flips::default(),
            median: None,
            other_set: None,
            before: None,
            closed: Vec::new(),
        }
    }
}

/// How large a tested gap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Beyond chance, and too small to matter.
    Slight(IntervalSide),
    /// Neither slight nor far.
    Plain,
    /// Not told apart, though the figures look it.
    Apart,
    /// All its possible ranks are in the outer quarter.
    Far,
}

/// Whether another average or set would say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Robust {
    /// It would not.
    Holds,
    /// Another average would: the figure is above the one used (or below), and not the middle one.
    Average {
        /// Above the average used.
        above: bool,
        /// Whether it is the figure in the middle that says otherwise, and not all cases together.
        middle: bool,
    },
    /// The set of another year would.
    Set {
        /// Above the set used.
        above: bool,
        /// The year of the other set, where it is known.
        other: Option<u16>,
    },
}

/// A figure against one comparator.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// Whom.
    pub whom: Whom,
    /// Its figure.
    pub value: Option<f64>,
    /// How many members had a figure.
    pub used: u32,
    /// How many members there are.
    pub members: u32,
    /// What the test says.
    pub verdict: Verdict,
    /// How large the gap is.
    pub size: Size,
    /// Whether another average or set would say otherwise.
    pub robust: Robust,
    /// By how many per cent its amount changed in a year.
    pub moved: Option<f64>,
    /// Members that have closed, with the year.
    pub closed: Vec<(String, i32)>,
}

impl Against {
    pub(super) fn of(other: &Other, level: &Level, measure: &Measure, spread: Option<f64>, place: &Place) -> Against {
        let (verdict, size) = match tested(other, level, measure) {
            Err(why) => (Verdict::untested(why), Size::Plain),
            Ok((side, gap)) if side != IntervalSide::Within && is_slight(gap, other, level, measure, spread) => {
                (Verdict::tested(IntervalSide::Within, measure.polarity), Size::Slight(side))
            }
            Ok((side, gap)) => {
                let outer = matches!(place, Place::Ranked(ranked) if is_outer(ranked.sure()));
                let size = match side {
                    IntervalSide::Within if matters(gap, measure, spread) == Some(true) => Size::Apart,
                    IntervalSide::Above | IntervalSide::Below if outer => Size::Far,
                    _ => Size::Plain,
                };
                (Verdict::tested(side, measure.polarity), size)
            }
        };
        let moved = other.value.zip(other.before).filter(|(_, before)| *before > 0.0 && measure.is_amount());
        Against {
            whom: other.whom.clone(),
            value: other.value,
            used: other.used.0,
            members: other.used.1,
            verdict,
            size,
            robust: robust(other, level, verdict),
            moved: moved.map(|(now, before)| (now / before - 1.0) * 100.0),
            closed: other.closed.clone(),
        }
    }
}

/// The side on which the figure lies and the gap; or why nothing is said.
fn tested(other: &Other, level: &Level, measure: &Measure) -> Result<(IntervalSide, f64), Untested> {
    let (own, value) = level.value().zip(other.value).ok_or(Untested::NoFigure)?;
    if other.is_total {
        return Err(Untested::Total);
    }
    if level.is_doubted() {
        return Err(Untested::Doubted);
    }
    if level.few().is_some() {
        return Err(Untested::Few);
    }
    if other.used.0 * 2 < other.used.1 {
        return Err(Untested::FewMembers);
    }
    if !measure.independent {
        return Err(Untested::NotIndependent);
    }
    let side = other.side.ok_or(Untested::NoCounts)?;
    let gap = own - value;
    match side {
        IntervalSide::Above if gap <= 0.0 => Err(Untested::Contradicted),
        IntervalSide::Below if gap >= 0.0 => Err(Untested::Contradicted),
        side => Ok((side, gap)),
    }
}

/// Whether a gap is too small to matter, or smaller than the figures as written show.
fn is_slight(gap: f64, other: &Other, level: &Level, measure: &Measure, spread: Option<f64>) -> bool {
    let written = |value: Option<f64>| value.map(|value| measure.shown(value));
    matters(gap, measure, spread) == Some(false) || written(level.value()) == written(other.value)
}

/// Whether a gap is large enough to matter; none where nothing says what is.
fn matters(gap: f64, measure: &Measure, spread: Option<f64>) -> Option<bool> {
    smallest(measure.matters, spread).map(|smallest| gap.abs() >= smallest)
}

fn is_outer(sure: Sure) -> bool {
    matches!(sure, Sure::End { .. } | Sure::Quarter(1 | 4))
}

/// Where a gap is told, or seen without a test: whether another choice would turn it.
fn robust(other: &Other, level: &Level, verdict: Verdict) -> Robust {
    let told = match verdict.said() {
        Said::Better | Said::Worse | Said::Higher | Said::Lower => true,
        Said::Similar => false,
        Said::Untested(why) => why == Untested::NoCounts,
    };
    let Some((own, value)) = level.value().zip(other.value).filter(|_| told) else { return Robust::Holds };
    let above = own > value;
    match other.flips {
        Flips { average: true, .. } => {
            let middle = other.median.is_some_and(|median| (own > median) != above);
            Robust::Average { above, middle }
        }
        Flips { set: true, .. } => Robust::Set { above, other: other.other_set },
        _ => Robust::Holds,
    }
}
