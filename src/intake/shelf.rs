//! The releases that are filed already: what a new file is held against.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use chrono::Datelike;

use super::arrival::Arrival;
use super::candidates;
use super::common::View;
use super::new_pipeline::{Columns, columns};
use crate::area::Register;
use crate::grid::TextTable;
use crate::normalise::Meta;
use crate::period::Period;
use crate::pipeline::{Format, Pipeline, Release, ReleaseBlock};
use crate::refresh::beside::beside;
use crate::refresh::names::name_fits;
use crate::refresh::plan::{Source, releases};

/// Files by path and the sheets that were asked for; none where one cannot be read.
type Opened = BTreeMap<(PathBuf, Option<String>), Option<Rc<Arrival>>>;

/// The returns folder, with the files that were opened so far: several tables read one file.
pub(super) struct Shelf<'r> {
    /// The folder.
    pub folder: PathBuf,
    /// Who exists.
    pub register: &'r Register,
    opened: RefCell<Opened>,
}

/// The release before, as its file says.
pub(super) struct Before<'p> {
    /// The release.
    pub release: Release,
    /// The block that held for it.
    pub block: &'p ReleaseBlock,
    /// Its cells.
    pub table: TextTable,
    meta: Meta,
    columns: OnceCell<Columns>,
}

impl Before<'_> {
    /// What its columns are, looked at once.
    pub fn columns(&self, register: &Register) -> &Columns {
        self.columns.get_or_init(|| columns(&self.table, &self.meta, register))
    }

    /// Its cells and what its columns are.
    pub fn view(&self, register: &Register) -> View<'_> {
        View { table: &self.table, columns: self.columns(register) }
    }
}

impl<'r> Shelf<'r> {
    /// The shelf of a returns folder, which need not be there yet.
    pub fn new(folder: PathBuf, register: &'r Register) -> Shelf<'r> {
        Shelf { folder, register, opened: RefCell::default() }
    }

    /// The files of a pipeline that are filed, oldest release first, each with the block that holds for it.
    pub fn filed<'p>(&self, pipeline: &'p Pipeline) -> Vec<(Source, &'p ReleaseBlock)> {
        let releases = releases(&self.folder.join(&pipeline.return_name));
        let of = |(release, files_there): (Release, Vec<PathBuf>)| {
            let (block, found) = crate::refresh::plan::reading(pipeline, &release, &files_there)?;
            let path = found.first()?.clone();
            let shown = crate::home::shown(path.strip_prefix(&self.folder).unwrap_or(&path));
            let (beside, _) = beside(pipeline, block, &release, &files_there, &self.folder);
            let (from, layout) = (block.from.get_ref().clone(), block.layout.clone());
            Some((Source { release, from, shown, path, layout, beside }, block))
        };
        releases.into_iter().filter_map(of).collect()
    }

    /// The filed release of a pipeline to hold a file against: the newest up to `release`, else the oldest, and the newest
    /// of all where no release is told. The file itself, `but`, is none.
    pub fn before<'p>(&self, pipeline: &'p Pipeline, release: Option<&Release>, but: &Path) -> Option<Before<'p>> {
        let mut filed = self.filed(pipeline);
        filed.retain(|(source, _)| !is_same(&source.path, but));
        let older = filed.iter().rev().filter(|(source, _)| release.is_none_or(|release| source.release <= *release));
        let younger = filed.iter().filter(|(source, _)| release.is_some_and(|release| source.release > *release));
        older.chain(younger).find_map(|(source, block)| {
            let arrival = self.open(&source.path, block)?;
            let found = candidates::candidate(&arrival, pipeline, block, true, &|_| true)?;
            let table = arrival.cut(found.sheet, block, None, None).ok()?;
            let meta = arrival.meta.clone();
            Some(Before { release: source.release.clone(), block, table, meta, columns: OnceCell::new() })
        })
    }

    /// A filed file, opened once: of a workbook the sheets that the block may mean.
    fn open(&self, path: &Path, block: &ReleaseBlock) -> Option<Rc<Arrival>> {
        let pattern = block.sheet.as_ref().map(|sheet| sheet.get_ref().clone());
        let key = (path.to_owned(), pattern.clone());
        if let Some(known) = self.opened.borrow().get(&key) {
            return known.clone();
        }
        let wanted = |title: &str| {
            pattern.as_ref().is_none_or(|pattern| title.eq_ignore_ascii_case(pattern) || name_fits(title, pattern))
        };
        let opened = Arrival::open_sheets(path, &wanted).ok().map(Rc::new);
        self.opened.borrow_mut().insert(key, opened.clone());
        opened
    }

    /// The files that are filed under a return with the bytes of the file `at`, as paths within the folder.
    pub fn same_bytes(&self, return_name: &str, at: &Path) -> Vec<String> {
        let bytes = fs_err::read(at).unwrap_or_default();
        let files = releases(&self.folder.join(return_name)).into_values().flatten();
        let same = |path: &PathBuf| {
            path.metadata().is_ok_and(|metadata| metadata.len() == bytes.len() as u64)
                && fs_err::read(path).is_ok_and(|other| other == bytes)
        };
        let shown = |path: PathBuf| crate::home::shown(path.strip_prefix(&self.folder).unwrap_or(&path));
        files.filter(same).map(shown).collect()
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    one == other
        || fs_err::canonicalize(one).is_ok_and(|one| fs_err::canonicalize(other).is_ok_and(|other| one == other))
}

/// The year of the last period in a table; `release` is empty where it is not known yet.
pub(super) fn last_year(pipeline: &Pipeline, block: &ReleaseBlock, release: &str, table: &TextTable) -> Option<i32> {
    let fixed = block.period.as_ref().map(|period| period.get_ref());
    if let Some(period) = fixed {
        // Before the release is known, a period that is made of it says nothing.
        if release.is_empty() && period.contains("{release}") {
            return None;
        }
        let written = period.replace("{release}", release);
        return Period::parse(&written, "", pipeline.period_ends).ok().map(|period| period.end.year());
    }
    if let Some(last) = in_headers(block, table, pipeline) {
        return Some(last);
    }
    let text = |name: &str| table.position(name).and_then(|column| table.frame.columns()[column].str().ok());
    let column = match &block.period_column {
        Some(name) => name.get_ref().as_str(),
        None if block.format == Format::Ees => "time_period",
        None => return None,
    };
    let told = block.period_identifier.clone();
    let identifier = told.or_else(|| text("time_identifier").and_then(|cells| cells.get(0).map(str::to_owned)));
    let codes: std::collections::BTreeSet<&str> = text(column)?.iter().flatten().map(str::trim).collect();
    let ends = codes
        .into_iter()
        .filter_map(|code| Period::parse(code, identifier.as_deref().unwrap_or_default(), pipeline.period_ends).ok());
    ends.map(|period| period.end.year()).max()
}

/// The year of the last period that stands in a header, where the block's columns say that periods do.
fn in_headers(block: &ReleaseBlock, table: &TextTable, pipeline: &Pipeline) -> Option<i32> {
    let templates =
        block.columns.values().flat_map(|columns| &columns.get_ref().0).filter(|name| name.contains("{period}"));
    let identifier = block.period_identifier.as_deref().unwrap_or_default();
    let periods = templates.flat_map(|template| crate::normalise::periods_in(template, table.names()));
    let ends = periods.filter_map(|code| Period::parse(&code, identifier, pipeline.period_ends).ok());
    ends.map(|period| period.end.year()).max()
}
