//! The one integration-test binary: a module a command or room, fixtures with real headers and invented values.

mod bad_input;
mod chart;
mod chart_command;
mod explain;
mod harness;
mod statistics;
mod traps;
mod vectors;
