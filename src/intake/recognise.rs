//! Which pipelines a file belongs to, by its headers and sheets, and which release by its periods.

use std::collections::BTreeSet;
use std::path::Path;

use globset::GlobBuilder;

use crate::finding::Finding;
use crate::grid::{Layout, TextTable, likely_header};
use crate::load::{self, Opened};
use crate::normalise::{Fit, Meta, fit};
use crate::period::Period;
use crate::pipeline::{Format, Header, Pipeline, Release, ReleaseBlock};

use super::propose::Before;
use crate::refresh::plan::releases;

/// A block that may be the one for a file.
pub struct Candidate<'p> {
    /// The pipeline.
    pub pipeline: &'p Pipeline,
    /// The block.
    pub block: &'p ReleaseBlock,
    /// Whether the file's name is the one the block asks for.
    pub name_fits: bool,
    /// How well the header fits.
    pub fit: Fit,
    /// The sheet, by number.
    pub sheet: usize,
    /// The header row that fits, where it is not the declared one.
    pub moved_to: Option<u32>,
    /// Whether the sheet is not the one the block asks for.
    pub other_sheet: bool,
    /// Other sheets that the block does not ask for either and that fit as well.
    pub rivals: Vec<String>,
}

impl Candidate<'_> {
    /// Whether every column that the block names is there, in the sheet and row it says.
    pub fn fits(&self) -> bool {
        self.fit.missing.is_empty() && self.fit.found > 0 && self.moved_to.is_none() && !self.other_sheet
    }

    /// The share of the named columns that is there.
    pub fn share(&self) -> f64 {
        self.fit.found as f64 / (self.fit.found + self.fit.missing.len()).max(1) as f64
    }
}

/// Opens every sheet of a file.
///
/// # Errors
/// It cannot be read, or is no table.
pub fn open(path: &Path) -> Result<Opened, Finding> {
    open_bytes(load::read(path, &crate::home::shown(path))?, path)
}

/// Opens every sheet of what a file of that name holds.
///
/// # Errors
/// It is no table.
pub fn open_bytes(bytes: Vec<u8>, name: &Path) -> Result<Opened, Finding> {
    load::open(bytes, name, &crate::home::shown(name), &|_| true)
}

/// Whether `name` is what `pattern` asks for, packed or not.
pub fn name_fits(name: &str, pattern: &str) -> bool {
    let plain = [".gz", ".zip"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let glob = GlobBuilder::new(pattern).case_insensitive(true).build().ok();
    let glob = glob.map(|glob| glob.compile_matcher());
    [name, plain].into_iter().any(|name| name == pattern || glob.as_ref().is_some_and(|glob| glob.is_match(name)))
}

/// The best block of each pipeline for an opened file, the likeliest first.
pub fn candidates<'p>(name: &str, opened: &Opened, pipelines: &'p [Pipeline], meta: &Meta) -> Vec<Candidate<'p>> {
    let mut all: Vec<Candidate<'p>> = pipelines
        .iter()
        .filter_map(|pipeline| {
            let blocks =
                pipeline.releases.iter().rev().filter_map(|block| candidate(name, opened, pipeline, block, meta));
            // Of blocks that fit alike the newest is the one.
            blocks.reduce(|best, other| if order(&other) > order(&best) { other } else { best })
        })
        .filter(|candidate| candidate.fit.found > 0)
        .collect();
    all.sort_by(|a, b| order(b).cmp(&order(a)).then_with(|| a.pipeline.name.cmp(&b.pipeline.name)));
    all
}

/// Fitting before not, share of names, the file's own name, number of names.
fn order(candidate: &Candidate<'_>) -> (bool, u32, bool, usize) {
    (candidate.fits(), (candidate.share() * 1000.0) as u32, candidate.name_fits, candidate.fit.found)
}

fn candidate<'p>(
    name: &str,
    opened: &Opened,
    pipeline: &'p Pipeline,
    block: &'p ReleaseBlock,
    meta: &Meta,
) -> Option<Candidate<'p>> {
    let name_fits = name_fits(name, block.file.get_ref());
    let sheets = (0..opened.sheets.len()).filter(|&sheet| !opened.sheets[sheet].1.is_empty());
    let wanted = |sheet: usize| {
        let title = &opened.sheets[sheet].0;
        block.sheet.as_ref().is_none_or(|pattern| {
            title.eq_ignore_ascii_case(pattern.get_ref()) || self::name_fits(title, pattern.get_ref())
        })
    };
    let tries = sheets.flat_map(|sheet| {
        let grid = &opened.sheets[sheet].1;
        let likely = likely_header(grid).filter(|row| *row != block.header.rows().last().copied().unwrap_or(1));
        let moved = likely.filter(|_| block.header.rows().len() == 1).map(Some);
        [Some(None), moved].into_iter().flatten().map(move |moved_to| (sheet, moved_to))
    });
    let mut all: Vec<Candidate<'p>> = tries
        .filter_map(|(sheet, moved_to)| {
            let table = head(opened, sheet, block, moved_to)?;
            let fit = fit(block, &table, meta);
            let other_sheet = !wanted(sheet);
            Some(Candidate { pipeline, block, name_fits, fit, sheet, moved_to, other_sheet, rivals: Vec::new() })
        })
        .collect();
    // A sheet that is asked for by name goes before one that only has its columns.
    let rank = |candidate: &Candidate<'_>| (order(candidate), !candidate.other_sheet);
    let at = (0..all.len()).reduce(|best, other| if rank(&all[other]) > rank(&all[best]) { other } else { best })?;
    let mut best = all.swap_remove(at);
    let is_rival = |other: &&Candidate<'_>| rank(other) == rank(&best) && other.sheet != best.sheet;
    best.rivals = all.iter().filter(is_rival).map(|other| opened.sheets[other.sheet].0.clone()).collect();
    best.rivals.retain(|_| best.other_sheet);
    best.rivals.dedup();
    Some(best)
}

/// The header and first rows of a block's table.
fn head(opened: &Opened, sheet: usize, block: &ReleaseBlock, moved_to: Option<u32>) -> Option<TextTable> {
    cut(opened, sheet, block, moved_to, Some(50)).ok()
}

/// The table of a block, whole or its first rows.
///
/// # Errors
/// There is no header, or no row below it.
pub fn cut(
    opened: &Opened,
    sheet: usize,
    block: &ReleaseBlock,
    moved_to: Option<u32>,
    rows: Option<u32>,
) -> Result<TextTable, Finding> {
    let (title, grid) = &opened.sheets[sheet];
    let header = moved_to.map_or_else(|| block.header.clone(), Header::Row);
    let layout = Layout { header, ..Layout::default() };
    let ranged = block.range.as_ref().and_then(|range| layout.clone().range(range.get_ref()));
    let mut layout = ranged.unwrap_or(layout);
    if let Some(rows) = rows {
        let last = layout.header.rows().iter().copied().max().unwrap_or(1) + rows;
        layout.last_row = Some(layout.last_row.map_or(last, |row| row.min(last)));
    }
    TextTable::cut("", title, grid, &layout)
}

/// The year of the last period in a table.
pub fn last_year(pipeline: &Pipeline, block: &ReleaseBlock, release: &Release, table: &TextTable) -> Option<i32> {
    use chrono::Datelike;
    let text = |name: &str| table.position(name).and_then(|column| table.frame.columns()[column].str().ok());
    let fixed = block.period.as_ref().map(|period| period.get_ref().replace("{release}", release.as_str()));
    if let Some(period) = fixed {
        // Before the release is known, a period that is made of it says nothing.
        if release.as_str().is_empty()
            && block.period.as_ref().is_some_and(|period| period.get_ref().contains("{release}"))
        {
            return None;
        }
        return Period::read(&period, "", pipeline.period_ends).ok().map(|period| period.end.year());
    }
    let column = match &block.period_column {
        Some(name) => name.get_ref().as_str(),
        None if block.format == Format::Ees => "time_period",
        None => return None,
    };
    let identifier = block
        .period_identifier
        .clone()
        .or_else(|| text("time_identifier").and_then(|cells| cells.get(0).map(str::to_owned)));
    let codes: BTreeSet<&str> = text(column)?.iter().flatten().map(str::trim).collect();
    let ends = codes
        .into_iter()
        .filter_map(|code| Period::read(code, identifier.as_deref().unwrap_or_default(), pipeline.period_ends).ok());
    ends.map(|period| period.end.year()).max()
}

/// The newest release of a pipeline that is filed before `release` (any, where that is empty), with its cells.
pub fn before<'p>(pipeline: &'p Pipeline, returns: &Path, release: &Release) -> Option<Before<'p>> {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = returns.join(&pipeline.return_name);
    releases(&folder).into_iter().rev().filter(|(known, _)| release.as_str().is_empty() || known < release).find_map(
        |(release, files)| {
            let block = pipeline.block(&release)?;
            let path = files.iter().find(|path| name_fits(&name(path), block.file.get_ref()))?;
            let opened = open(path).ok()?;
            let all = candidates(&name(path), &opened, std::slice::from_ref(pipeline), &Meta::default());
            let table = cut(&opened, all.first()?.sheet, block, None, None).ok()?;
            Some(Before { release, block, table })
        },
    )
}
