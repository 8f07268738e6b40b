//! The one integration-test binary: a module a command or room, fixtures with real headers and invented values.

mod add;
mod chart;
mod diff;
mod explain;
mod inspect;
mod statistics;
mod vectors;
