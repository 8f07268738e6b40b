//! The traps of the field, one by one: each is caught, mapped or reported. Headers are the publishers', values invented.

mod areas;
mod captions;
mod cells;
mod existence;
pub mod headers;
mod workbooks;
