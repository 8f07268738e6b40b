//! Which of several layouts a release came in, where the names of its files fit more than one: the layout whose sheets are there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use globset::GlobBuilder;

use super::plan::matching;
use crate::load;
use crate::pipeline::{Pipeline, ReleaseBlock};

/// The names of the sheets of each workbook that was opened.
type Sheets = BTreeMap<PathBuf, Vec<String>>;

/// The block of `candidates`, each with its file of the rows that are counted, all of whose sheets are there; else the first.
pub(super) fn that_is_there<'p>(
    pipeline: &Pipeline,
    candidates: Vec<(&'p ReleaseBlock, Vec<PathBuf>)>,
    files: &[PathBuf],
) -> Option<(&'p ReleaseBlock, Vec<PathBuf>)> {
    let mut known = Sheets::new();
    let is_alone = candidates.len() == 1;
    let fits = candidates.iter().position(|(block, _)| is_alone || has_sheets(pipeline, block, files, &mut known));
    candidates.into_iter().nth(fits.unwrap_or_default())
}

/// Whether every sheet that the tables asked for stand on is in the workbook of its name.
fn has_sheets(pipeline: &Pipeline, block: &ReleaseBlock, files: &[PathBuf], known: &mut Sheets) -> bool {
    let tables = pipeline.tables_asked(block).into_iter().chain([pipeline.base(block)]);
    let mut wanted: Vec<(&str, Option<&str>)> = tables
        .filter_map(|name| block.table.get(&name))
        .map(|table| {
            let file = table.file.as_ref().unwrap_or(&block.file).get_ref().as_str();
            (file, table.sheet.as_ref().map(|sheet| sheet.get_ref().as_str()))
        })
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut there = |(file, sheet): &(&str, Option<&str>)| {
        let matching = matching(files, file);
        let [path] = matching.as_slice() else { return false };
        let Some(sheet) = sheet else { return true };
        let Ok(glob) = GlobBuilder::new(sheet).case_insensitive(true).build() else { return false };
        let glob = glob.compile_matcher();
        let names = known.entry(path.clone()).or_insert_with(|| sheets(path));
        names.iter().any(|name| glob.is_match(name))
    };
    wanted.iter().all(&mut there)
}

/// The names of the sheets of a workbook; none where it cannot be opened, which is said when it is read.
fn sheets(path: &std::path::Path) -> Vec<String> {
    let shown = path.to_string_lossy();
    let opened = load::read(path, &shown).and_then(|bytes| load::open(bytes, path, &shown, &|_| false));
    opened.map_or_else(|_| Vec::new(), |opened| opened.sheets.into_iter().map(|(name, _)| name).collect())
}
