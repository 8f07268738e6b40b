//! Frames and documents to files: the only place that writes Parquet, CSV, HTML, XLSX and Word outputs. They fill what `durable` puts in place.

pub mod blank;
pub mod columns;
pub mod document;
pub mod front;
pub mod lettering;
pub mod ods;
pub mod page;
pub mod word;
pub mod workbook;

mod checked;
mod dictionary;
mod encode;
mod exact;
mod failed;
mod findings;
mod meta;
mod parquet;
mod plain;
mod quarantine;
mod read;
mod schema;
mod sums;
mod texts;

pub use dictionary::write_dictionary;
pub use exact::exact_csv;
pub use findings::{READABLE, read_findings, write_findings};
pub use meta::{AccountMeta, FORMAT, MeasureMeta, TableMeta};
pub use parquet::{Encoded, Encoder, Older, Part, encode, older, splice};
pub use plain::plain_csv;
pub use quarantine::{quarantine_csv, quarantine_parquet, read_quarantine};
pub use read::{Only, Seal, columns, footer, rows, rows_of_any, sealed_footer, sealed_rows, sound_footer};
pub use texts::texts;
