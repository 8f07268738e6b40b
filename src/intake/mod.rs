//! Files that come in: which table a file fits, the block proposed and tried, filing it, taking it
//! back, and taking it from a publisher.

pub mod add;
pub mod fetch;
pub mod inspect;
pub mod remove;
pub mod waiting;

mod answer;
mod apart;
mod archive;
mod arrival;
mod assessment;
mod basis;
mod candidates;
mod changed_labels;
mod choices;
mod common;
mod draft;
mod effect;
mod filed_files;
mod filing;
mod foresee;
mod incoming;
mod new_pipeline;
mod options;
mod pinned;
mod placing;
mod proposal;
mod release_of;
mod renamed;
mod roles;
mod same_table;
mod sample;
mod shelf;
mod successor;
mod trial;
mod written;

pub use choices::{Choices, Named, Own, Renames, UNITS};
pub use options::{Add, Fetch, Inspect, Remove};
pub use sample::Sampled;
