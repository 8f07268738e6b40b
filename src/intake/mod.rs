//! Files that come in: which table a file fits, the block proposed and tried, filing it, and taking it from a publisher.

pub mod add;
pub mod fetch;
pub mod inspect;

mod filing;
mod options;
mod propose;
mod recognise;
mod relabel;
mod sketch;

pub use options::{Add, Fetch, Inspect};
