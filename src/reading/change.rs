//! The figure against that of the year before: tested, counted, only seen, or none and why.

use super::evidence::Past;
use super::level::Level;
use super::link::Link;
use super::measure::Measure;
use super::verdict::Movement;
use super::when::When;
use crate::statistics::interval_side::IntervalSide;
use crate::statistics::{Estimate, Interval};
use crate::value::Status;

/// Why there is no change to speak of.
#[derive(Clone, Debug, PartialEq)]
pub enum NoChange {
    /// It is the first period of the series.
    First,
    /// The series has a break.
    Break {
        /// The last period before it, where there is one.
        last: Option<When>,
        /// What changed, as a clause.
        note: String,
    },
    /// There is no figure a year before: the last that there is.
    Gap {
        /// The last figure before the gap.
        last: Option<(When, f64)>,
        /// The first period without a figure.
        from: Option<When>,
        /// The last period without a figure.
        to: Option<When>,
    },
    /// The latest figure is missing: the last that there was.
    NoFigure {
        /// When it was, and the figure.
        last: Option<(When, f64)>,
    },
    /// The cases of either year are too few.
    Few,
    /// The figure of either year is compared with nothing: a check doubts it, or the authority was not open.
    Doubted {
        /// When the earlier figure was, where it is the one, and why.
        before: Option<(When, Status)>,
    },
}

/// What became of a figure within a year.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The difference was tested.
    Tested {
        /// When the earlier figure was.
        before: When,
        /// The earlier figure.
        from: f64,
        /// The latest.
        to: f64,
        /// The latest less the earlier.
        difference: f64,
        /// The 95% interval of the difference.
        range: Interval,
        /// What the test says.
        movement: Movement,
    },
    /// An amount: nothing to test.
    Counted {
        /// When the earlier amount was.
        before: When,
        /// The earlier amount.
        from: f64,
        /// The latest.
        to: f64,
        /// By how many per cent; none from nothing.
        percent: Option<f64>,
        /// Which way it went.
        movement: Movement,
    },
    /// Two figures with no counts to test their difference.
    Seen {
        /// When the earlier figure was.
        before: When,
        /// The earlier figure.
        from: f64,
        /// The latest.
        to: f64,
    },
    /// None, and why.
    None(NoChange),
}

impl Change {
    pub(super) fn of(past: &[Past], measure: &Measure) -> Change {
        let Some((last, earlier)) = past.split_last() else { return Change::None(NoChange::First) };
        let to = Level::of(&last.seen, measure);
        if let Level::Missing(_) = to {
            return Change::None(NoChange::NoFigure { last: last_known(earlier) });
        }
        let Some(before) = earlier.last() else { return Change::None(NoChange::First) };
        match &last.link {
            Link::First => Change::None(NoChange::First),
            Link::Break(note) => Change::None(NoChange::Break { last: Some(before.when.clone()), note: note.clone() }),
            Link::Gap => Change::None(gap(earlier)),
            Link::Joined => match Level::of(&before.seen, measure) {
                Level::Missing(_) => Change::None(gap(earlier)),
                from => between(&from, &to, before, last, measure),
            },
        }
    }

    /// What the change was found to be; none where nothing was tested or counted.
    pub fn movement(&self) -> Option<Movement> {
        match self {
            Change::Tested { movement, .. } | Change::Counted { movement, .. } => Some(*movement),
            Change::Seen { .. } | Change::None(_) => None,
        }
    }

    /// Whether it was tested, and chance alone could explain it.
    pub fn is_unclear(&self) -> bool {
        matches!(self, Change::Tested { movement, .. } if movement.way().is_none())
    }

    /// The figure a year before and when it was, where there is one.
    pub fn from(&self) -> Option<(&When, f64)> {
        match self {
            Change::Tested { before, from, .. }
            | Change::Counted { before, from, .. }
            | Change::Seen { before, from, .. } => Some((before, *from)),
            Change::None(_) => None,
        }
    }
}

/// The last of the figures.
fn last_known(past: &[Past]) -> Option<(When, f64)> {
    past.iter().rev().find_map(|past| Some((past.when.clone(), past.seen.value?)))
}

/// The last figure before the latest, and the periods between that have none.
fn gap(earlier: &[Past]) -> NoChange {
    let known = earlier.iter().rposition(|past| past.seen.value.is_some());
    let missing = &earlier[known.map_or(0, |at| at + 1)..];
    let when = |past: Option<&Past>| past.map(|past| past.when.clone());
    NoChange::Gap { last: last_known(earlier), from: when(missing.first()), to: when(missing.last()) }
}

/// The smallest amount of which a percentage is told: 1 to 17 is up by 16, and 1,600% says less.
const ENOUGH: f64 = 20.0;

fn between(from: &Level, to: &Level, before: &Past, last: &Past, measure: &Measure) -> Change {
    let Some((old, new)) = from.value().zip(to.value()) else { return Change::None(NoChange::First) };
    match (from, to) {
        (_, Level::Doubted(..)) => return Change::None(NoChange::Doubted { before: None }),
        (Level::Doubted(_, why), _) => {
            return Change::None(NoChange::Doubted { before: Some((before.when.clone(), *why)) });
        }
        _ => {}
    }
    if from.few().is_some() || to.few().is_some() {
        return Change::None(NoChange::Few);
    }
    let when = before.when.clone();
    if measure.is_amount() {
        let percent = (old >= ENOUGH).then(|| (new / old - 1.0) * 100.0);
        let movement = Movement::counted(old, new);
        return Change::Counted { before: when, from: old, to: new, percent, movement };
    }
    match tested(before, last, measure) {
        Some((found, movement)) => {
            let range = found.interval;
            Change::Tested { before: when, from: old, to: new, difference: new - old, range, movement }
        }
        None => Change::Seen { before: when, from: old, to: new },
    }
}

/// The test of a change between two years, from the counts of both.
pub(super) fn tested(before: &Past, last: &Past, measure: &Measure) -> Option<(Estimate, Movement)> {
    let enough = |past: &Past| past.seen.below.is_some_and(|below| below >= measure.minimum);
    let found = last.seen.less(&before.seen, measure).filter(|_| enough(before) && enough(last))?;
    let side = IntervalSide::of(found.interval, 0.0)?;
    let (from, to) = (before.seen.value?, last.seen.value?);
    // Published figures that go the other way than their counts are of another kind: nothing is claimed.
    let contradicted = (side == IntervalSide::Above && to <= from) || (side == IntervalSide::Below && to >= from);
    (!contradicted).then(|| (found, Movement::tested(side, measure.polarity)))
}
