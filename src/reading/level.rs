//! The figure itself: a number, exactly none, too few cases to compare, or missing with its reason.

use super::evidence::Seen;
use super::measure::Measure;
use crate::statistics::Interval;
use crate::value::Status;

/// Why a figure is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// Withheld by the publisher, because it could identify a person.
    Hidden,
    /// Withheld by the publisher, by an older publication's word.
    Suppressed,
    /// Withheld here, so that a hidden figure cannot be worked out.
    Guarded,
    /// Withheld by the publisher while it is checked.
    Withheld,
    /// Not published for this authority.
    Unpublished,
    /// Published as a mark for more than none that rounds to none.
    Low,
    /// Too unreliable to publish.
    Unreliable,
    /// It cannot exist here.
    NotApplicable,
    /// The authority has no row in the source.
    Absent,
    /// The authority was not open in the period.
    NotOpen,
    /// The file that would supply it has not been loaded.
    NotLoaded,
}

impl Missing {
    /// The reason that a status stands for.
    pub fn of(status: Status) -> Missing {
        match status {
            Status::Number | Status::NotAvailable | Status::WorkedOut | Status::Differs | Status::Doubtful => {
                Missing::Unpublished
            }
            Status::BackCast | Status::Residual => Missing::NotOpen,
            Status::NotApplicable => Missing::NotApplicable,
            Status::Confidential => Missing::Hidden,
            Status::Suppressed => Missing::Suppressed,
            Status::Low => Missing::Low,
            Status::Unreliable => Missing::Unreliable,
            Status::Protected => Missing::Guarded,
        }
    }

    /// The symbol in brackets that stands for the figure in tables and charts.
    pub fn symbol(self) -> &'static str {
        match self {
            Missing::Hidden | Missing::Suppressed | Missing::Withheld => Status::Confidential.symbol(),
            Missing::Guarded => Status::Protected.symbol(),
            Missing::Unpublished | Missing::Absent | Missing::NotLoaded => Status::NotAvailable.symbol(),
            Missing::Low => Status::Low.symbol(),
            Missing::Unreliable => Status::Unreliable.symbol(),
            Missing::NotApplicable | Missing::NotOpen => Status::NotApplicable.symbol(),
        }
    }

    /// What stands in a cell for it.
    pub fn word(self) -> &'static str {
        match self {
            Missing::Hidden | Missing::Suppressed | Missing::Guarded => "not shown",
            Missing::Withheld => "withheld",
            Missing::Unpublished | Missing::Absent => "not published",
            Missing::Low => "rounds to none",
            Missing::Unreliable => "unreliable",
            Missing::NotApplicable => "does not apply",
            Missing::NotOpen => "not open",
            Missing::NotLoaded => "not loaded",
        }
    }

    /// The reason as a clause.
    pub fn reason(self) -> &'static str {
        match self {
            Missing::Hidden => Status::Confidential.reason(),
            Missing::Suppressed => Status::Suppressed.reason(),
            Missing::Guarded => Status::Protected.reason(),
            Missing::Withheld => "withheld while it is checked",
            Missing::Unpublished => Status::NotAvailable.reason(),
            Missing::Low => Status::Low.reason(),
            Missing::Unreliable => Status::Unreliable.reason(),
            Missing::NotApplicable => Status::NotApplicable.reason(),
            Missing::Absent => "not in what was published",
            Missing::NotOpen => "not open in this period",
            Missing::NotLoaded => "not loaded",
        }
    }
}

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
