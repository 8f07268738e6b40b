//! The files of a table, read and opened, and the `.meta.csv` beside them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::counted;
use crate::finding::{Finding, Place, likely};
use crate::grid::{Layout as SheetLayout, TextTable};
use crate::load;
use crate::normalise::{Input, Meta, Rest, counted_files};
use crate::pipeline::{Pipeline, ReleaseBlock, Shape};
use crate::provenance::{hash, hash_of};
use crate::quarantine::{Refusals, Refused};

use super::beside;
use super::cut::{Content, Cut, cut, sheet_layout};
use super::plan::{Job, Source};

/// The hash of each file or part of a return, by its path below the returns.
pub(super) type Hashes = Vec<(String, String)>;

/// The hashes of each return as [`raw`] finds them, without keeping the bytes; none where a file cannot be read.
pub(super) fn hashes(job: &Job) -> Option<Hashes> {
    let own = job.sources.iter().map(|source| (&source.path, &source.shown));
    let beside = job.sources.iter().flat_map(|source| &source.beside).map(|beside| (&beside.path, &beside.shown));
    let files = own.chain(beside).flat_map(|(path, shown)| load::named_files(path, shown));
    files.map(|(shown, path)| Some((shown, hash_of(&path).ok()?))).collect()
}

/// The bytes and hashes of each return; an unreadable one is a finding.
pub(super) fn raw<'j>(
    job: &'j Job,
    opened: Option<(&Path, &'j load::Opened)>,
    findings: &mut Vec<Finding>,
) -> Vec<Raw<'j>> {
    let mut raw = Vec::new();
    for source in &job.sources {
        let mut found = Vec::new();
        let is_counts = counted::is_file(&source.shown);
        let mut hashes = Hashes::new();
        let beside = if is_counts { Vec::new() } else { beside::read(&source.beside, &mut found) };
        if is_counts {
            let records = source.beside.iter().flat_map(|file| load::named_files(&file.path, &file.shown));
            hashes.extend(records.filter_map(|(shown, path)| Some((shown, hash_of(&path).ok()?))));
        }
        hashes.extend(beside.iter().flat_map(beside::Read::parts).map(|part| (part.shown.clone(), hash(&part.bytes))));
        let content = match opened.filter(|(path, _)| *path == source.path) {
            // Only what is written needs a hash.
            Some((_, cells)) => Ok(Content::Cells(cells)),
            None if goes_in_pieces(job, source) => match hash_of(&source.path) {
                Ok(hash) => {
                    hashes.push((source.shown.clone(), hash));
                    Ok(Content::Pieces)
                }
                Err(error) => Err(Finding::error("unreadable-file", error.to_string(), "check that it may be read")
                    .at(Place::file(&source.shown))),
            },
            None => load::read_parts(&source.path, &source.shown).map(|parts| {
                hashes.extend(parts.iter().map(|part| (part.shown.clone(), hash(&part.bytes))));
                Content::Parts(parts)
            }),
        };
        match content {
            Ok(content) => raw.push(Raw { source, content, beside, hashes }),
            Err(finding) => found.push(finding),
        }
        findings.extend(found.into_iter().map(|finding| finding.of(&job.pipeline.name, source.release.as_str())));
    }
    raw
}

/// From so many bytes on a file of records is read piece by piece.
const LARGE: u64 = 32 << 20;

/// Whether a file of records is counted while it is read. What needs the rows before or behind one cannot be.
fn goes_in_pieces(job: &Job, source: &Source) -> bool {
    let pipeline = &job.pipeline;
    let size = source.path.metadata().ok().filter(|metadata| metadata.is_file()).map_or(0, |metadata| metadata.len());
    let is_plain = job.block(source).is_some_and(|block| {
        let own = Cut::of_table(block, &pipeline.base(block));
        own.is_plain()
    });
    pipeline.shape == Shape::Records
        && size >= LARGE
        && is_plain
        && pipeline.predecessor.is_none()
        && pipeline.corrections.is_empty()
        && load::has_pieces(&source.path)
}

/// The first rows of a file, what is to be said of it, and the rows that follow.
type InPieces = (TextTable, Vec<Finding>, Option<Rest>);

fn in_pieces(pipeline: &Pipeline, source: &Source, block: &ReleaseBlock) -> Result<InPieces, Finding> {
    let own = Cut::of_table(block, &pipeline.base(block));
    let (first, later) = load::begin(&source.path, &source.shown, &sheet_layout(pipeline, &own)?)?;
    Ok((first, Vec::new(), Some(Box::new(|wanted| Box::new(later.strips(wanted))))))
}

/// The files of a release, read.
pub(super) struct Raw<'j> {
    source: &'j Source,
    content: Content<'j>,
    beside: Vec<beside::Read<'j>>,
    /// The hash of each file.
    pub hashes: Hashes,
}

/// Cuts the table of each release out of its file.
pub(super) fn load<'j>(
    job: &'j Job,
    raw: Vec<Raw<'j>>,
    findings: &mut Vec<Finding>,
    refused: &mut Vec<Refused>,
) -> Vec<Input<'j>> {
    let mut inputs = Vec::new();
    let hashes: BTreeMap<String, String> = raw.iter().flat_map(|raw| raw.hashes.clone()).collect();
    for Raw { source, content, beside, .. } in raw {
        let Some(block) = job.block(source) else { continue };
        if let Some(finding) = undescribed(&job.pipeline, block) {
            findings.push(finding.of(&job.pipeline.name, source.release.as_str()).at(Place::file(&source.shown)));
            continue;
        }
        let mut found = Vec::new();
        let others = beside::open(&job.pipeline, block, beside, &mut found);
        findings.extend(found.into_iter().map(|finding| finding.of(&job.pipeline.name, source.release.as_str())));
        let opened = match content {
            Content::Pieces => in_pieces(&job.pipeline, source, block),
            content => open(&job.pipeline, source, block, content).map(|(table, found)| (table, found, None)),
        };
        match opened {
            Ok((table, ..)) if counted::is_file(&source.shown) && outdated(&table, &hashes).is_some() => {
                findings.extend(
                    outdated(&table, &hashes).map(|finding| finding.of(&job.pipeline.name, source.release.as_str())),
                );
            }
            Ok((table, found, rest)) => {
                findings
                    .extend(found.into_iter().map(|finding| finding.of(&job.pipeline.name, source.release.as_str())));
                if block.parts.is_empty() {
                    let meta = meta_beside(source);
                    inputs.push(Input { release: &source.release, block, table, others, rest, meta });
                    continue;
                }
                let (found, rows) = unknown_measures(&job.pipeline, block, &table, source.release.as_str());
                findings.extend(found);
                refused.extend(rows);
                let part = |block| Input {
                    release: &source.release,
                    block,
                    table: table.clone(),
                    others: BTreeMap::new(),
                    rest: None,
                    meta: Meta::default(),
                };
                inputs.extend(block.parts.iter().map(part));
            }
            Err(finding) => findings.push(finding.of(&job.pipeline.name, source.release.as_str())),
        }
    }
    inputs
}

/// That records have changed since an engine counted them; `hashes` are those of the files that are there now.
fn outdated(table: &TextTable, hashes: &BTreeMap<String, String>) -> Option<Finding> {
    let files = counted_files(table);
    let (file, _) = files.iter().find(|(file, hash)| hashes.get(*file).is_some_and(|now| now != *hash))?;
    let message = format!("`{file}` has changed since its records were counted by the engine");
    Some(Finding::error("counts-stale", message, counted::AGAIN).at(table.place(None, None)))
}

/// That no dictionary describes the measures of a long file.
fn undescribed(pipeline: &Pipeline, block: &ReleaseBlock) -> Option<Finding> {
    let dictionary =
        pipeline.dictionary.as_ref().filter(|_| block.measure_column.is_some() && block.parts.is_empty())?;
    let file = dictionary.file.get_ref();
    let message = format!("no dictionary `{file}` describes its measures");
    let help = format!(
        "file the publisher's dictionary beside it: `abreast add FILE --return {} --release RELEASE`, under a name that `{file}` finds",
        pipeline.return_name
    );
    Some(Finding::error("no-dictionary", message, help))
}

/// The words of a `measure_column` that no measure has, each at its first row, and every such row.
fn unknown_measures(
    pipeline: &Pipeline,
    block: &ReleaseBlock,
    table: &TextTable,
    release: &str,
) -> (Vec<Finding>, Vec<Refused>) {
    let Some(column) = &block.measure_column else { return Default::default() };
    // A column that is not there is said when the block is resolved.
    let Some(position) = table.position(column.get_ref()) else { return Default::default() };
    let cells = table.frame.columns()[position].str();
    let called: FxHashSet<String> =
        block.parts.iter().flat_map(|part| &part.called).map(|word| word.trim().to_lowercase()).collect();
    let mut seen: FxHashMap<&str, bool> = FxHashMap::default();
    let mut findings: Vec<Finding> = Vec::new();
    let mut refused = Refusals::default();
    for (row, word) in cells.into_iter().flat_map(|cells| cells.iter()).enumerate() {
        let word = word.unwrap_or_default().trim();
        if *seen.entry(word).or_insert_with(|| called.contains(&word.to_lowercase())) {
            continue;
        }
        let labels = pipeline.measures.values().map(|measure| measure.label.as_str());
        let help = match likely(word, labels) {
            Some(label) => format!("did you mean `{label}`?"),
            None => format!("declare it under `[measures]` in {}", pipeline.path),
        };
        let finding = Finding::error("unknown-measure", format!("no measure is called `{word}`"), help)
            .of(&pipeline.name, release)
            .at(table.place(Some(row), Some(position)));
        if !findings.iter().any(|said| said.message == finding.message) {
            findings.push(finding.clone());
        }
        refused.row(finding, word);
    }
    (findings, refused.of(&pipeline.name, release))
}

/// Opens a file and cuts the block's table out of its sheet.
pub(crate) fn open(
    pipeline: &Pipeline,
    source: &Source,
    block: &ReleaseBlock,
    content: Content<'_>,
) -> Result<(TextTable, Vec<Finding>), Finding> {
    let own = match counted::is_file(&source.shown) {
        true => Cut::whole(),
        false => Cut::of_table(block, &pipeline.base(block)),
    };
    cut(pipeline, (&source.path, &source.shown), &own, content)
}

/// The path of the `.meta.csv` beside the file at `path`, and as it is shown; none where there is none.
fn meta_path(path: &Path, shown: &str) -> Option<(PathBuf, String)> {
    let beside = path.with_extension("meta.csv");
    let shown = format!("{}.meta.csv", shown.trim_end_matches(".csv"));
    beside.is_file().then_some((beside, shown))
}

/// The name and hash of the `.meta.csv` beside a file: labels, units and filters are made from it.
pub(super) fn meta_hash(source: &Source) -> Option<(String, String)> {
    let (path, shown) = meta_path(&source.path, &source.shown)?;
    let bytes = load::read(&path, &shown).ok()?;
    Some((shown, hash(&bytes)))
}

/// What the `.meta.csv` beside the file of a release says; nothing where there is none or it cannot be read.
pub(crate) fn meta_beside(source: &Source) -> Meta {
    meta_at(&source.path, &source.shown)
}

/// What the `.meta.csv` beside the file at `path`, which messages call `shown`, says.
pub(crate) fn meta_at(path: &Path, shown: &str) -> Meta {
    let Some((path, shown)) = meta_path(path, shown) else { return Meta::default() };
    let table =
        load::read(&path, &shown).and_then(|bytes| load::open(bytes, &path, &shown, &|_| true)).and_then(|opened| {
            opened
                .sheets
                .first()
                .ok_or_else(|| Finding::error("empty-file", "no table", ""))
                .and_then(|(_, grid)| TextTable::cut(&shown, "", grid, &SheetLayout::default()))
        });
    table.map(|table| Meta::read(&table)).unwrap_or_default()
}
