//! The one integration-test binary: a module a command or room, fixtures with real headers and invented values.

mod add;
mod bad_input;
mod chart;
mod chart_command;
mod compare;
mod diff;
mod encodings;
mod explain;
mod faults;
mod fuzz;
mod harness;
mod hold;
mod hostile;
mod inspect;
mod known_answers;
mod lait;
mod layers;
mod meta;
mod neighbours;
mod published;
mod report;
mod statistics;
mod traps;
mod vectors;
