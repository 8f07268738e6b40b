//! Abreast: comparative statistics between English local authorities, side by side and up to date.
//!
//! Returns (SEN2, school census, Ofsted, care, absence, population) are loaded as text, normalised into one long
//! table of observations, checked, compared, and published as Parquet tables and charts. A stage never imports
//! another stage; the engines know several. See `ARCHITECTURE.md`.

#![deny(clippy::print_stdout, clippy::print_stderr, reason = "`screen` prints: what fails there is answered")]
#![deny(unsafe_code, reason = "one block in `frame/codes.rs` has its reason")]

pub mod actions;
pub mod area;
pub mod comparator;
pub mod counted;
pub mod declaration;
pub mod durable;
pub mod figure;
pub mod finding;
pub mod form;
pub mod frame;
pub mod grid;
pub mod handout;
pub mod home;
pub mod manifest;
pub mod own_files;
pub mod period;
pub mod pipeline;
pub mod progress;
pub mod provenance;
pub mod quarantine;
pub mod reading;
pub mod report;
pub mod saved;
pub mod schema;
pub mod screen;
pub mod series;
pub mod shown;
pub mod statistics;
pub mod targets;
pub mod text;
pub mod value;

pub mod chart;
pub mod check;
pub mod compare;
pub mod fetch;
pub mod load;
pub mod normalise;
pub mod printing;
pub mod protect;
pub mod publish;

pub mod store;

pub mod browse;
pub mod diff;
pub mod draw;
pub mod intake;
pub mod papers;
pub mod refresh;
pub mod sidebyside;
pub mod trace;

pub mod cli;
pub mod commands;
