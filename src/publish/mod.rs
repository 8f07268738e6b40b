//! Frames and documents to files: the only place that writes Parquet, CSV, HTML, XLSX and Word outputs. Every file is written whole or not at all.

pub mod blank;
pub mod document;
pub mod page;
pub mod word;
pub mod workbook;

mod dictionary;
mod encode;
mod findings;
mod parquet;
mod quarantine;
mod read;
mod schema;
mod whole;

pub use dictionary::write_dictionary;
pub use findings::{READABLE, plain_text, read_findings, write_findings};
pub use parquet::{AccountMeta, Encoded, MeasureMeta, Part, TableFile, TableMeta, encode, splice};
pub use quarantine::{read_quarantine, write_quarantine};
pub use read::{Only, columns, footer, rows};
pub use whole::{Written, sweep, write};
