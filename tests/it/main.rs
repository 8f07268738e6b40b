//! The one integration-test binary: a module a command or room, fixtures with real headers and invented values.

mod bad_input;
mod chart;
mod compare;
mod explain;
mod harness;
mod lait;
mod statistics;
mod traps;
mod vectors;
