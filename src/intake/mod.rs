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
mod basis;
mod choices;
mod common;
mod draft;
mod effect;
mod fate;
mod filing;
mod foresee;
mod judge;
mod kinship;
mod meant;
mod options;
mod pinned;
mod placing;
mod propose;
mod recognise;
mod relabel;
mod renamed;
mod roles;
mod sample;
mod shelf;
mod sketch;
mod told;
mod trial;
mod written;

pub use choices::{Choices, Named, Own, Renames, UNITS};
pub use options::{Add, Fetch, Inspect, Remove};
pub use sample::Sampled;
