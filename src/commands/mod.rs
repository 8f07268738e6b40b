//! The commands: a file each, which reads its options, calls one engine and prints.

pub mod add;
pub mod chart;
pub mod check;
pub mod compare;
pub mod diff;
pub mod explain;
pub mod fetch;
pub mod inspect;
pub mod list;
pub mod report;
pub mod run;
