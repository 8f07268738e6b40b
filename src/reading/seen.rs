//! A figure as published: a number with its counts and interval, or the reason there is none.

use crate::statistics::Interval;
use crate::statistics::side::Side;
use crate::value::Status;

/// Why a figure is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The publisher's mark says so.
    Marked(Status),
    /// The authority has no row in the source.
    Absent,
    /// The authority was not open in the period.
    NotOpen,
    /// Withheld by the publisher while it is checked.
    Withheld,
    /// Withheld here, so that a hidden figure cannot be worked out.
    Guarded,
    /// The file that would supply it has not been loaded.
    NotLoaded,
}

impl Missing {
    /// The symbol in brackets that stands for the figure.
    pub fn symbol(self) -> &'static str {
        match self {
            Missing::Marked(status) => status.symbol(),
            Missing::Absent | Missing::Withheld | Missing::NotLoaded => Status::NotAvailable.symbol(),
            Missing::NotOpen => Status::NotApplicable.symbol(),
            Missing::Guarded => Status::Confidential.symbol(),
        }
    }

    /// The reason in the words a councillor reads.
    pub fn reason(self) -> &'static str {
        match self {
            Missing::Marked(status) => status.reason(),
            Missing::Absent => "no row in the source",
            Missing::NotOpen => "not open in this period",
            Missing::Withheld => "withheld while it is checked",
            Missing::Guarded => "hidden so that another figure stays hidden",
            Missing::NotLoaded => "not loaded",
        }
    }
}

/// One figure as published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// The number, where there is one.
    pub value: Option<f64>,
    /// Why there is none.
    pub missing: Missing,
    /// Counts above and below the line, each where it is known.
    pub counts: (Option<f64>, Option<f64>),
    /// Its 95% interval.
    pub range: Option<Interval>,
}

impl Seen {
    /// A number of which nothing else is known.
    pub fn of(value: f64) -> Seen {
        Seen {
            value: Some(value).filter(|value| value.is_finite()),
            ..Seen::missing(Missing::Marked(Status::NotAvailable))
        }
    }

    /// No number, and why.
    pub fn missing(why: Missing) -> Seen {
        Seen { value: None, missing: why, counts: (None, None), range: None }
    }

    /// The result of the test of this figure against another: on which side of it the whole interval lies.
    pub fn against(&self, other: Option<f64>) -> Option<Side> {
        self.value.and(self.range).zip(other).and_then(|(range, other)| Side::of(range, other))
    }

    /// A number, or why there is none, as two cells of a table say it.
    pub fn read(value: f64, status: &str) -> Seen {
        let status = Status::from_word(status).filter(|status| *status != Status::Number);
        let missing = Missing::Marked(status.unwrap_or(Status::NotAvailable));
        Seen { value: known(value), ..Seen::missing(missing) }
    }

    /// The same figure with the counts it was made from; NaN for one that is not known.
    pub fn counted(self, above: f64, below: f64) -> Seen {
        Seen { counts: (known(above), known(below)), ..self }
    }

    /// The number and its counts, NaN for what is not known.
    pub fn numbers(&self) -> (f64, f64, f64) {
        let or_nan = |number: Option<f64>| number.unwrap_or(f64::NAN);
        (or_nan(self.value), or_nan(self.counts.0), or_nan(self.counts.1))
    }

    /// Both counts, where both are known.
    pub fn both_counts(&self) -> Option<(f64, f64)> {
        self.counts.0.zip(self.counts.1)
    }
}

fn known(number: f64) -> Option<f64> {
    Some(number).filter(|number| number.is_finite())
}
