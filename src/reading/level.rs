//! The figure itself: a number, exactly none, too few cases to compare, or missing with its reason.

pub use super::missing::Missing;

use super::evidence::Seen;
use super::measure::Measure;
use crate::statistics::Interval;
use crate::value::Status;

/// A number with what it was made from and how certain it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The number, in the measure's unit.
    pub value: f64,
    /// Counts above and below the line.
    pub counts: Option<(f64, f64)>,
    /// Its 95% interval.
    pub range: Option<Interval>,
}

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    /// A number.
    Figure(Amount),
    /// Exactly none.
    Zero(Amount),
    /// A number of so few cases that nothing is compared.
    Few(Amount),
    /// A number that is shown and compared with nothing, and why: a check doubts it, until a person says that it is true, or
    /// it is of an authority that was not open.
    Doubted(Amount, Status),
    /// None, and why.
    Missing(Missing),
}

impl Level {
    pub(super) fn of(seen: &Seen, measure: &Measure) -> Level {
        let Some(value) = seen.value.filter(|value| value.is_finite()) else { return Level::Missing(seen.missing) };
        let amount = Amount { value, counts: seen.counts(), range: seen.range };
        if let Some(why) = seen.mark.filter(|mark| mark.is_unjudged()) {
            return Level::Doubted(amount, why);
        }
        match seen.counts() {
            Some((_, of)) if of < measure.minimum => Level::Few(amount),
            _ if value == 0.0 => Level::Zero(amount),
            _ => Level::Figure(amount),
        }
    }

    /// The number with its counts, where there is one.
    pub fn amount(&self) -> Option<Amount> {
        match self {
            Level::Figure(amount) | Level::Zero(amount) | Level::Few(amount) | Level::Doubted(amount, _) => {
                Some(*amount)
            }
            Level::Missing(_) => None,
        }
    }

    /// The number, where there is one.
    pub fn value(&self) -> Option<f64> {
        self.amount().map(|amount| amount.value)
    }

    /// Whether the number is shown and compared with nothing, by a doubt or because the authority was not open.
    pub fn is_doubted(&self) -> bool {
        matches!(self, Level::Doubted(..))
    }

    /// Whether the number may be compared at all: it is there, of cases enough, and nobody doubts it.
    pub fn is_compared(&self) -> bool {
        matches!(self, Level::Figure(_) | Level::Zero(_))
    }

    /// How many cases there are, where they are too few to compare.
    pub fn few(&self) -> Option<f64> {
        match self {
            Level::Few(Amount { counts: Some((_, of)), .. }) => Some(*of),
            _ => None,
        }
    }
}
