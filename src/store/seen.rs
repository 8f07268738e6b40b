//! A figure as published, and how its period is linked to the one a year before.

use crate::statistics::Interval;
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
}

impl Missing {
    /// The symbol in brackets that stands for the figure.
    pub fn symbol(self) -> &'static str {
        match self {
            Missing::Marked(status) => status.symbol(),
            Missing::Absent => Status::NotAvailable.symbol(),
            Missing::NotOpen => Status::NotApplicable.symbol(),
        }
    }

    /// The reason in the words a councillor reads.
    pub fn reason(self) -> &'static str {
        match self {
            Missing::Marked(status) => status.reason(),
            Missing::Absent => "no row in the source",
            Missing::NotOpen => "not open in this period",
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
    /// No number, and why.
    pub fn missing(why: Missing) -> Seen {
        Seen { value: None, missing: why, counts: (None, None), range: None }
    }

    /// Both counts, where both are known.
    pub fn both_counts(&self) -> Option<(f64, f64)> {
        self.counts.0.zip(self.counts.1)
    }
}
