//! Frames to files: the only place that writes Parquet and CSV outputs. Every file is written whole or not at all.

mod encode;
mod findings;
mod parquet;
mod read;
mod schema;
mod whole;

pub use findings::{plain_text, read_findings, write_findings};
pub use parquet::{AccountMeta, Encoded, MeasureMeta, Part, TableFile, TableMeta, encode, splice};
pub use read::{Wanted, columns, footer, rows};
pub use schema::Layout;
pub use whole::{Written, write};
