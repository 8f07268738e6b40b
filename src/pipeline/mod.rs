//! `pipelines/*.toml` to `Pipeline`: one file is one table, and reads as a changelog of the publisher's habits.
//!
//! Quirks are data here, never code: a block holds from its release on until the next block, and each block can
//! be read alone. Every name keeps its span, so that a message points at the line in the TOML.

mod checks;
mod measure;
mod predecessor;
mod read;
mod references;
mod release;
mod schema;
mod source;
mod structure;
mod unit;
mod wording;

pub use crate::declaration::Declared;
pub use checks::{Allowed, Areas, Checks, Outlier, Parts, Restatement, SameAs, Tolerance, Total};
pub use measure::{Condition, Measure, Polarity, Prefer};
pub use predecessor::Predecessor;
pub use read::{MANUAL, read};
pub use release::Release;
pub use schema::{
    Accept, Area, Columns, Correction, Feeds, Filter, Format, Header, Indicators, Pipeline, Record, ReleaseBlock,
    Shape, topic_of,
};
pub use source::{Link, Source};
pub use unit::Unit;
pub use wording::{Per, Phrases};
