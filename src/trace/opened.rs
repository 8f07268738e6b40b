//! A file opened as its block says, to read figures in it again.
//!
//! In: a table's pipeline, a release, a file below the returns. Out: the table cut out of it, its columns by their parts, the
//! hash of its bytes and when it was worked out; records are counted again.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use crate::counted;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::grid::TextTable;
use crate::home;
use crate::load;
use crate::normalise::{Input, Meta, Trace, normalise};
use crate::pipeline::{Pipeline, Release, ReleaseBlock, Shape};
use crate::provenance::hash;
use crate::refresh::beside;
use crate::refresh::cut::Content;
use crate::refresh::opening::{meta_beside, open};
use crate::refresh::plan::{Source, reading, releases};

use super::kept::Held;
use super::published::Published;

/// A file opened as its block says.
pub struct Opened {
    /// The hash of its bytes.
    pub(super) hash: String,
    /// When they were read.
    pub(super) read: SystemTime,
    /// How many they are.
    pub(super) bytes: usize,
    pub(super) release: Release,
    pub(super) table: TextTable,
    pub(super) trace: Option<Trace>,
    /// Records counted again.
    pub(super) counted: Option<Frame>,
    /// The block, as the pipeline's file has it, and where.
    pub(super) declared: String,
    pub(super) from: String,
}

impl Held for Opened {
    fn size(&self) -> usize {
        // A cell is a view of sixteen bytes into the text.
        let cells = self.table.rows.len() * self.table.positions.len() * 16;
        self.bytes + cells + self.counted.as_ref().map_or(0, |frame| frame.polars().estimated_size())
    }
}

impl Opened {
    /// Opens the file of a figure in the `folder` of returns.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub(super) fn of(pipeline: &Pipeline, folder: &Path, figure: &Published<'_>) -> Result<Opened, String> {
        let release = Release::new(figure.release);
        let files = releases(&folder.join(&pipeline.return_name)).remove(&release).unwrap_or_default();
        let (block, _) = reading(pipeline, &release, &files)
            .ok_or_else(|| format!("no block of {} holds for {release}", pipeline.path))?;
        // Where a row is a measure, each measure has a block of its own.
        let block = block.parts.iter().find(|part| part.columns.contains_key(figure.measure)).unwrap_or(block);
        let path = folder.join(figure.file);
        if figure.file.split('/').any(|part| part == "..") || !path.exists() {
            return Err(format!("`{}` is not in {}", figure.file, home::shown(folder)));
        }
        let from = block.from.get_ref().clone();
        let (beside, _) = match counted::is_file(figure.file) {
            true => Default::default(),
            false => beside::beside(pipeline, block, &release, &files, folder),
        };
        let (shown, layout) = (figure.file.to_owned(), block.layout.clone());
        let source = Source { release: release.clone(), from, path, shown, layout, beside };
        let said = |finding: Finding| finding.message;
        let parts = load::read_parts(&source.path, &source.shown).map_err(said)?;
        let bytes = parts.iter().map(|part| part.bytes.len()).sum();
        let (hash, read) = (parts.first().map(|part| hash(&part.bytes)).unwrap_or_default(), SystemTime::now());
        let (table, _) = open(pipeline, &source, block, Content::Parts(parts)).map_err(said)?;
        let meta = meta_beside(&source);
        let mut found = Vec::new();
        let bytes_of_parts = beside::read(&source.beside, &mut found);
        let others = beside::open(pipeline, block, bytes_of_parts, &mut found);
        if let Some(wrong) = found.into_iter().find(Finding::is_error) {
            return Err(wrong.message);
        }
        let input = || Input {
            release: &release,
            block,
            table: table.clone(),
            others: others.clone(),
            rest: None,
            meta: meta.clone(),
        };
        let (mut trace, mut counted) = (None, None);
        if pipeline.shape == Shape::Records {
            counted = recounted(pipeline, folder, &release, input())?;
        } else {
            let wrong = |findings: Vec<Finding>| findings.into_iter().map(said).collect::<Vec<_>>().join("; ");
            trace = Some(Trace::of(pipeline, &input()).map_err(wrong)?);
        }
        let (from, text) = (declared_at(pipeline, block), declared(pipeline, block));
        Ok(Opened { hash, read, bytes, release, table, trace, counted, declared: text, from })
    }
}

/// Records counted again, with what they take from older releases.
fn recounted(pipeline: &Pipeline, folder: &Path, release: &Release, input: Input<'_>) -> Result<Option<Frame>, String> {
    let (register, _) = home::register().map_err(|error| error.to_string())?;
    let older = if pipeline.predecessor.is_some() { before(pipeline, folder, release) } else { Vec::new() };
    let older = older.iter().map(|(release, block, table)| Input {
        release,
        block,
        table: table.clone(),
        others: BTreeMap::new(),
        rest: None,
        meta: Meta::default(),
    });
    Ok(normalise(pipeline, older.chain([input]).collect(), &register).observations)
}

/// The older releases of a pipeline, from which records take what they lack; one that cannot be read has nothing to take.
fn before<'p>(pipeline: &'p Pipeline, folder: &Path, than: &Release) -> Vec<(Release, &'p ReleaseBlock, TextTable)> {
    let releases = releases(&folder.join(&pipeline.return_name));
    let older = releases.into_iter().filter(|(release, _)| release < than).filter_map(|(release, files)| {
        let (block, files) = reading(pipeline, &release, &files)?;
        let [path] = files.as_slice() else { return None };
        let shown = home::shown(path.strip_prefix(folder).unwrap_or(path));
        let parts = load::read_parts(path, &shown).ok()?;
        let from = block.from.get_ref().clone();
        let layout = block.layout.clone();
        let source = Source { release: release.clone(), from, path: path.clone(), shown, layout, beside: Vec::new() };
        let (table, _) = open(pipeline, &source, block, Content::Parts(parts)).ok()?;
        Some((release, block, table))
    });
    older.collect()
}

/// A block's `from` and its line.
fn declared_at(pipeline: &Pipeline, block: &ReleaseBlock) -> String {
    let line = pipeline.place(block.from.span()).row.map_or(String::new(), |row| format!(" (line {row})"));
    format!("{}{line}", block.from.get_ref())
}

/// The lines of a block, from its head to the next one's.
pub fn declared(pipeline: &Pipeline, block: &ReleaseBlock) -> String {
    const HEAD: &str = "[[release]]";
    let text = pipeline.text.as_str();
    let (before, _) = text.split_at_checked(block.from.span().start).unwrap_or((text, ""));
    let Some(start) = before.rfind(HEAD) else { return String::new() };
    let block = &text[start..];
    let is_next = |line: &&str| line.starts_with("[[") || (line.starts_with('[') && !line.starts_with("[release."));
    let lines: Vec<&str> =
        std::iter::once(HEAD).chain(block.lines().skip(1).take_while(|line| !is_next(line))).collect();
    lines.join("\n").trim_end().to_owned()
}
