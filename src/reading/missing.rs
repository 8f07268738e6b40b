//! Why there is no figure.

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
