//! What a publisher writes for a stretch of time to one identity: a last day and a length.
//!
//! A period is what stands in the cell together with its identifier ("Academic year", "Reporting year", "Autumn term");
//! the pipeline says on which day of the year its periods end, because a return counted on 31 March and one that runs
//! to 31 December can both print `2024`. Two spellings of one last day and length are one period, whatever the words.

mod breaks;
mod days;
mod key;
mod label;
mod length;
mod mention;
mod spelling;
mod unread;
mod weekday;
mod written;
mod year_end;

pub use days::{day, days};

pub use written::Period;

pub use breaks::{Break, Breaks, Known, as_written};
pub use key::{Cadence, PeriodKey};
pub use label::{label, means, years_later};
pub use length::Length;
pub use mention::{Mention, Named, mentions};
pub use spelling::{MONTHS, month_number};
pub use weekday::WeekdayOfMonth;
pub use year_end::YearEnd;
