//! Frames to Parquet files: row groups encoded in parallel, schema and metadata that say what the figures are.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use chrono::NaiveDate;
use parquet::arrow::{ArrowSchemaConverter, add_encoded_arrow_schema_to_metadata};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, ParquetMetaData, RowGroupMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::SchemaDescriptor;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::checked::{self, Checked};
use super::encode::{Chunk, Values, chunk};
use super::failed::said;
use super::schema::schema;
use super::sums::{self, Sums};
use crate::finding::Finding;
use crate::frame::{About, Frame, Holds, kind};
use crate::period::Break;
use crate::pipeline::{Per, Phrases};
use crate::schema::{Layout, TOTAL};
use crate::statistics::Polarity;

/// Rows in a row group.
const GROUP_ROWS: usize = 1_000_000;

/// What a table's footer says of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableMeta {
    /// The table's heading.
    pub title: String,
    /// Publisher, publication, page and licence, in words.
    pub source: String,
    /// The licence, as an SPDX name.
    pub licence: String,
    /// Whether the figures are simulated.
    pub illustrative: bool,
    /// Input files with their SHA-256.
    pub inputs: BTreeMap<String, String>,
    /// The SHA-256 of the pipeline file.
    pub pipeline: String,
    /// Abreast's version.
    pub version: String,
    /// One hash over everything the table was made from.
    pub fingerprint: String,
    /// Each measure's label, unit, polarity, places and definition.
    pub measures: BTreeMap<String, MeasureMeta>,
    /// What was found when it was made.
    pub findings: Vec<Finding>,
    /// Where the rows of each release went.
    pub accounts: Vec<AccountMeta>,
    /// Row groups of a comparisons file: table, its fingerprint and how many groups.
    pub parts: Vec<(String, String, usize)>,
    /// Declared breaks of the table's series.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// Whether the table is a set of statistical neighbours.
    #[serde(default)]
    pub neighbours: bool,
    /// Whether the figures are a council's own, which are never ranked.
    #[serde(default)]
    pub own: bool,
    /// The published table that such figures stand beside; empty where none is named.
    #[serde(default)]
    pub beside: String,
    /// The last day of the newest period that was over when its figures were released, as `2025-01-31`; empty where nothing says.
    #[serde(default)]
    pub newest: String,
    /// The newest of all published tables of the build that it stands in, once they are opened together.
    #[serde(skip)]
    pub newest_of_all: Option<NaiveDate>,
    /// How a period is dated in sentences, `{year}` the year in which it ends; empty where as published.
    #[serde(default)]
    pub dated: String,
    /// The matter under which people look for the table; empty where none is declared.
    #[serde(default)]
    pub topic: String,
}

impl TableMeta {
    /// The topics that have figures about the whole: all of it, or the breakdown that stands for a measure without a total.
    pub fn wholes(&self) -> Vec<String> {
        let stand_ins = self.measures.values().filter_map(MeasureMeta::stand_in);
        let mut topics: Vec<String> = stand_ins.map(|(topic, _)| topic.to_owned()).collect();
        topics.push(TOTAL.to_owned());
        topics
    }
}

impl MeasureMeta {
    /// The topic and breakdown that stand for the measure where its table has no whole; none where none are declared.
    pub fn stand_in(&self) -> Option<(&str, &str)> {
        self.breakdown.split_once('=').map(|(topic, part)| (topic.trim(), part.trim()))
    }
}

/// A measure as the footer describes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeasureMeta {
    /// What it is.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// `high`, `low` or `none`.
    pub polarity: String,
    /// Decimals to show.
    pub places: u8,
    /// A longer definition.
    pub definition: String,
    /// Whether `run` draws it.
    pub headline: bool,
    /// The denominator below which no comparison word is used, where it is not the usual one.
    #[serde(default)]
    pub minimum: Option<f64>,
    /// Whether the cases counted depend on each other, so that counting tells no interval.
    #[serde(default)]
    pub dependent: bool,
    /// The smallest difference that matters, where it is declared.
    #[serde(default)]
    pub matters: Option<f64>,
    /// A few words for the titles of charts; empty where the label serves.
    #[serde(default)]
    pub short: String,
    /// `Topic=breakdown` that stands for the measure where it has no total; else empty.
    #[serde(default)]
    pub breakdown: String,
    /// What the denominator counts, in words; empty where there is none.
    #[serde(default)]
    pub denominator: String,
    /// What it is called inside a sentence; empty where `short` or the label serves.
    #[serde(default)]
    pub noun: String,
    /// What the count is out of, inside a sentence; empty where `denominator` serves.
    #[serde(default)]
    pub whole: String,
    /// The matter by which key messages are grouped; empty where it is the table.
    #[serde(default)]
    pub topic: String,
    /// How much it weighs among key messages, 0 to 3, where that is declared.
    #[serde(default)]
    pub importance: Option<u8>,
    /// Decimals on the pages of a paper, where they are declared.
    #[serde(default)]
    pub prose: Option<u8>,
    /// What a reader is likely to misread in it; empty where nothing is.
    #[serde(default)]
    pub reads: String,
    /// Its place in a process.
    #[serde(default)]
    pub step: Option<u32>,
    /// The population that makes it a rate.
    #[serde(default)]
    pub per: Option<Per>,
    /// How sentences about it run.
    #[serde(default)]
    pub phrases: Phrases,
    /// The word of each grade, by its number, where it is a judgement.
    #[serde(default)]
    pub grades: Vec<(f64, String)>,
}

impl MeasureMeta {
    /// Which way is good.
    pub fn polarity(&self) -> Polarity {
        match self.polarity.as_str() {
            "high" => Polarity::High,
            "low" => Polarity::Low,
            _ => Polarity::None,
        }
    }
}

/// Where the rows of a release went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountMeta {
    /// The release.
    pub release: String,
    /// The file.
    pub file: String,
    /// Rows below the header.
    pub rows: usize,
    /// Rows loaded.
    pub loaded: usize,
    /// Rows left out, by rule.
    pub left_out: BTreeMap<String, usize>,
    /// Rows refused.
    pub refused: usize,
    /// Observations made.
    pub observations: usize,
}

/// Which way of writing tables this is: a table that was written another way is made again.
pub const FORMAT: &str = "sealed";

/// The key under which the footer holds [`TableMeta`] as JSON.
pub(super) const KEY: &str = "abreast";

/// Row groups encoded in memory.
pub struct Encoded {
    groups: Vec<Vec<Chunk>>,
}

impl Encoded {
    /// No row groups yet.
    pub fn empty() -> Encoded {
        Encoded { groups: Vec::new() }
    }

    /// Adds the row groups of `other` behind.
    pub fn extend(&mut self, other: Encoded) {
        self.groups.extend(other.groups);
    }

    /// How many row groups there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

/// Encodes a frame's columns in the order of `layout`; a column the frame lacks is null throughout.
///
/// # Errors
/// What the Parquet library says, as a finding.
pub fn encode(frame: &Frame, layout: Layout) -> Result<Encoded, Finding> {
    let descriptor = descriptor(layout).map_err(|error| Finding::internal(&error))?;
    let values = layout.0.iter().map(|about| values(frame, about)).collect::<Result<Vec<_>, Finding>>()?;
    let height = frame.height();
    let groups = (0..height)
        .step_by(GROUP_ROWS)
        .map(|from| {
            let to = (from + GROUP_ROWS).min(height);
            values
                .par_iter()
                .enumerate()
                .map(|(column, values)| chunk(descriptor.column(column), values, from, to))
                .collect::<Result<Vec<_>, _>>()
        })
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| Finding::internal(&error))?;
    Ok(Encoded { groups })
}

/// The cells of a column, null throughout where the frame lacks it.
fn values<'a>(frame: &'a Frame, about: &About) -> Result<Values<'a>, Finding> {
    if !frame.has(about) {
        return Ok(Values::Null);
    }
    Ok(match about.holds {
        Holds::Words => Values::Words(frame.read::<kind::Words>(about)?),
        Holds::Numbers => Values::Numbers(frame.read::<kind::Numbers>(about)?),
        Holds::Days => Values::Days(frame.read::<kind::Days>(about)?),
        Holds::Truths => Values::Truths(frame.read::<kind::Truths>(about)?.iter().collect()),
        Holds::Wholes => Values::Wholes(frame.read::<kind::Wholes>(about)?),
        Holds::Smalls => Values::Smalls(frame.read::<kind::Smalls>(about)?),
    })
}

fn descriptor(layout: Layout) -> Result<SchemaDescriptor, ParquetError> {
    ArrowSchemaConverter::new().convert(&schema(layout, ""))
}

/// A part of a file that is put together: freshly encoded row groups, or some of the file that stands there.
pub enum Part {
    /// Row groups in memory.
    Fresh(Encoded),
    /// Row groups of an older file.
    Kept(Arc<Older>, std::ops::Range<usize>),
}

/// An older table whose row groups may be kept.
pub struct Older {
    metadata: ParquetMetaData,
    checked: Checked,
}

/// Opens the table at `path` to keep row groups of it; none where there is none, or its footer is damaged.
pub fn older(path: &Path) -> Option<Arc<Older>> {
    let (metadata, checked) = checked::open(path).ok()?;
    Some(Arc::new(Older { metadata, checked }))
}

/// Writes a table of `parts` in order to `out`.
///
/// # Errors
/// It cannot be written, or a part that is kept is damaged.
pub fn splice(out: &mut (dyn Write + Send), layout: Layout, meta: &TableMeta, parts: Vec<Part>) -> io::Result<()> {
    let measures = serde_json::to_string(&meta.measures)?;
    let mut properties = WriterProperties::builder()
        .set_created_by(format!("abreast {}{}", meta.version, sums::SEALED))
        .set_key_value_metadata(Some(vec![KeyValue::new(KEY.to_owned(), serde_json::to_string(meta)?)]))
        .build();
    add_encoded_arrow_schema_to_metadata(&schema(layout, &measures), &mut properties);
    let root = descriptor(layout).map_err(said)?.root_schema_ptr();
    let sink = Sink { out, end: None };
    let mut writer = SerializedFileWriter::new(sink, root, Arc::new(properties)).map_err(said)?;
    let mut sums = Sums::default();
    for part in parts {
        match part {
            Part::Fresh(encoded) => fresh(&mut writer, &mut sums, encoded),
            Part::Kept(older, groups) => keep(&mut writer, &mut sums, &older, groups),
        }
        .map_err(said)?;
    }
    writer.append_key_value_metadata(KeyValue::new(sums::KEY.to_owned(), sums.words()));
    // The footer is held back: its own checksum goes into it.
    writer.flush()?;
    writer.inner_mut().end = Some(Vec::new());
    let Sink { out, end } = writer.into_inner().map_err(said)?;
    let mut end = end.unwrap_or_default();
    sums.seal(&mut end).map_err(said)?;
    out.write_all(&end)
}

/// Writes row groups that were just encoded.
fn fresh(writer: &mut SerializedFileWriter<Sink<'_>>, sums: &mut Sums, encoded: Encoded) -> Result<(), ParquetError> {
    for group in encoded.groups {
        let mut row_group = writer.next_row_group()?;
        for chunk in group {
            sums.push(&chunk.bytes);
            row_group.append_column(&Bytes::from(chunk.bytes), chunk.close)?;
        }
        row_group.close()?;
    }
    Ok(())
}

/// Copies row groups of an older file as they are.
fn keep(
    writer: &mut SerializedFileWriter<Sink<'_>>,
    sums: &mut Sums,
    older: &Older,
    groups: std::ops::Range<usize>,
) -> Result<(), ParquetError> {
    let all = older.metadata.row_groups();
    let before: usize = all.iter().take(groups.start).map(RowGroupMetaData::num_columns).sum();
    let columns = all.get(groups).unwrap_or_default().iter();
    let mut index = before;
    for group in columns {
        let mut row_group = writer.next_row_group()?;
        for column in group.columns() {
            let bytes = older.checked.chunk(index)?;
            index += 1;
            sums.push(&bytes);
            let close = ColumnCloseResult {
                bytes_written: column.compressed_size() as u64,
                rows_written: group.num_rows() as u64,
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            row_group.append_column(&older.checked, close)?;
        }
        row_group.close()?;
    }
    Ok(())
}

/// The file being written, as a sized writer, which can hold its end back.
struct Sink<'a> {
    out: &'a mut (dyn Write + Send),
    end: Option<Vec<u8>>,
}

impl Write for Sink<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match &mut self.end {
            Some(end) => end.write(buffer),
            None => self.out.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.end {
            Some(_) => Ok(()),
            None => self.out.flush(),
        }
    }
}
