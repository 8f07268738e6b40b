//! What a pipeline says of records: tables and joins, one row of many, days, worked-out fields, conditions.
//!
//! The types only; `normalise` makes a plan of them.

mod condition;
mod day;
mod field;
mod table;

pub use condition::{Bound, Condition, Presence, Range, Test};
pub use day::{AreaOf, DayRule, PeriodOf};
pub use field::{Backward, Case, FieldRule, placeholders};
pub use table::{Join, Pick, Table, Unmatched};
