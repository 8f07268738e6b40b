//! Frames and documents to files: the only place that writes Parquet, CSV, HTML and XLSX outputs. Every file is written whole or not at all.

pub mod document;
pub mod page;
pub mod workbook;

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
pub use whole::{Written, sweep, write};
