//! The one integration-test binary: a module a command or room, fixtures with real headers and invented values.

mod chart;
mod report;
mod statistics;
mod vectors;
