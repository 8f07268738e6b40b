//! A figure as it was published, and the period it is of.

use super::caveat::Caveat;
use super::link::Link;
use super::measure::Measure;
use super::missing::Missing;
use super::when::When;
use crate::statistics::Estimate;
use crate::statistics::Interval;
use crate::statistics::difference::Ratio;
use crate::statistics::interval_side::IntervalSide;
use crate::value::Status;

/// One figure as published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// The number, where there is one.
    pub value: Option<f64>,
    /// Why there is none.
    pub missing: Missing,
    /// What the status says of a number that is not simply the publisher's.
    pub mark: Option<Status>,
    /// The count above the line, where it is known.
    pub above: Option<f64>,
    /// The count below the line, where it is known.
    pub below: Option<f64>,
    /// Its 95% interval.
    pub range: Option<Interval>,
}

impl Seen {
    /// A number of which nothing else is known.
    pub fn of(value: f64) -> Seen {
        Seen { value: known(value), ..Seen::missing(Missing::Unpublished) }
    }

    /// No number, and why.
    pub fn missing(why: Missing) -> Seen {
        Seen { value: None, missing: why, mark: None, above: None, below: None, range: None }
    }

    /// A number, or why there is none, as two cells of a published table say it.
    pub fn read(value: f64, status: &str) -> Seen {
        let status = Status::from_word(status).unwrap_or(Status::NotAvailable);
        let value = known(value);
        let mark = Some(status).filter(|status| value.is_some() && status.qualifies());
        Seen { value, mark, ..Seen::missing(Missing::of(status)) }
    }

    /// The same figure with the counts it was made from; NaN for one that is not known.
    pub fn counted(self, above: f64, below: f64) -> Seen {
        Seen { above: known(above), below: known(below), ..self }
    }

    /// The number and its counts above and below the line; NaN for what is not known.
    pub fn numbers(&self) -> (f64, f64, f64) {
        let or_nan = |number: Option<f64>| number.unwrap_or(f64::NAN);
        (or_nan(self.value), or_nan(self.above), or_nan(self.below))
    }

    /// The result of the test of this figure against another: on which side of it the whole interval lies.
    pub fn against(&self, other: Option<f64>) -> Option<IntervalSide> {
        self.value.and(self.range).zip(other).and_then(|(range, other)| IntervalSide::of(range, other))
    }

    /// Whether the number is shown and compared with nothing: a check doubts it, or the authority was not open.
    pub fn is_doubted(&self) -> bool {
        self.mark.is_some_and(Status::is_unjudged)
    }

    /// Whether the number is worked out from its counts, and what the publisher does instead.
    pub(super) fn worked_out(&self) -> Option<Caveat> {
        match self.mark? {
            Status::WorkedOut => Some(Caveat::WorkedOut { differs: false }),
            Status::Differs => Some(Caveat::WorkedOut { differs: true }),
            _ => None,
        }
    }

    /// The figure less `other` with its 95% interval, from the counts of both: one rule for a change and for a gap. None where
    /// counts cannot tell, or a check doubts either.
    pub fn less(&self, other: &Seen, measure: &Measure) -> Option<Estimate> {
        let ratio = |seen: &Seen| {
            let counts = seen.value.and(seen.counts()).filter(|_| !seen.is_doubted());
            counts.map(|(x, n)| Ratio { x, n })
        };
        measure.quotient()?.difference(ratio(self)?, ratio(other)?)
    }

    /// Counts above and below the line, where both are known.
    pub fn counts(&self) -> Option<(f64, f64)> {
        self.above.zip(self.below)
    }
}

/// One year of the authority's own series.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// When.
    pub when: When,
    /// The figure.
    pub seen: Seen,
    /// How it is linked to the year before.
    pub link: Link,
}

fn known(number: f64) -> Option<f64> {
    Some(number).filter(|number| number.is_finite())
}
