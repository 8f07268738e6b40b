//! Observations to comparisons: one row an authority, measure, period, breakdown and comparator.
//!
//! A comparison says which authorities, which average, how many had data, how certain and how unusual. Only the
//! latest figure of each period is compared, and only authorities that were open at the period's end.

mod against;
mod authority;
mod change;
mod context;
mod detail;
mod emit;
mod groups;
mod ranking;
mod rows;
mod sets;
mod words;

pub use context::{Context, Depth, Subject};

use crate::comparator::{Average, Comparator};

pub use authority::BreakdownPeriod;
pub use emit::Comparison;
pub use ranking::interval;
