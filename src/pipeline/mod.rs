//! `pipelines/*.toml` to `Pipeline`: one file is one table, and reads as a changelog of the publisher's habits.
//!
//! Quirks are data here, never code: a block holds from its release on until the next block, and each block can
//! be read alone. Every name keeps its span, so that a message points at the line in the TOML.

mod block;
mod checks;
mod columns;
mod dictionary;
mod known;
mod measure;
mod predecessor;
mod published;
mod read;
mod record_names;
mod record_rules;
mod record_tables;
pub mod records;
mod references;
mod release;
mod schema;
mod shared;
mod source;
mod structure;
mod unit;
mod wording;

pub use crate::declaration::Declared;
pub use block::{Area, Filter, Format, Indicators, ReleaseBlock};
pub use checks::{Allowed, Areas, Checks, Outlier, Parts, Restatement, RowCheck, SameAs, Tolerance, Total};
pub use columns::{Columns, Header};
pub use dictionary::{Dictionary, Entry};
pub use known::{Accept, Correction};
pub use measure::{Measure, Percentile, Polarity, Prefer};
pub use predecessor::Predecessor;
pub use read::read;
pub use release::Release;
pub use schema::{Feeds, MANUAL, Pipeline, Record, Shape, topic_of};
pub use shared::SharedTables;
pub use source::{Link, Source};
pub use unit::Unit;
pub use wording::{Per, Phrases};
