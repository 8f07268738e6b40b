//! Records in several tables: the files of those beside the one whose rows are counted, found and opened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::grid::TextTable;
use crate::home;
use crate::load;
use crate::pipeline::{Pipeline, Release, ReleaseBlock};

use super::cut::{Content, Cut, cut, opened};
use super::plan::matching;

/// The file of a table beside the one whose rows are counted.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The table.
    pub table: String,
    /// The file.
    pub path: PathBuf,
    /// Its path within the returns folder, with forward slashes.
    pub shown: String,
}

/// The files, among those of a release, of the tables that `pipeline` asks for beside the one whose rows are counted; and
/// what is said of tables without one.
pub(crate) fn beside(
    pipeline: &Pipeline,
    block: &ReleaseBlock,
    release: &Release,
    files: &[PathBuf],
    folder: &Path,
) -> (Vec<Beside>, Vec<Finding>) {
    let (mut found, mut lacking) = (Vec::new(), Vec::new());
    for table in pipeline.tables_asked(block) {
        let glob = block.table.get(&table).and_then(|table| table.file.as_ref()).unwrap_or(&block.file);
        let place = || pipeline.block_place(glob.span());
        match matching(files, glob.get_ref()).as_slice() {
            [path] => {
                let shown = home::shown(path.strip_prefix(folder).unwrap_or(path));
                found.push(Beside { table, path: path.clone(), shown });
            }
            [] => {
                let message = format!(
                    "release {release} has no file `{}`, in which the table `{table}` stands: nothing is counted without it",
                    glob.get_ref()
                );
                let help = "file it with `abreast add`, or correct `file` where it is there under another name";
                lacking.push(Finding::error("no-part", message, help).of(&pipeline.name, release.as_str()).at(place()));
            }
            several => {
                let names = several.iter().map(|path| home::shown(path)).collect::<Vec<_>>().join(", ");
                let message = format!("release {release} has several files that fit `{}`: {names}", glob.get_ref());
                let help = "make `file` narrower, or move one of them out of the folder";
                lacking.push(
                    Finding::error("several-files", message, help).of(&pipeline.name, release.as_str()).at(place()),
                );
            }
        }
    }
    (found, lacking)
}

/// The files, among those of a release, whose records an engine counted, where they are there: they are not read, and tell by
/// their hash whether they are still those that were counted.
pub(crate) fn counted(pipeline: &Pipeline, files: &[PathBuf], folder: &Path) -> Vec<Beside> {
    let globs: BTreeSet<&str> = pipeline.releases.iter().flat_map(ReleaseBlock::files).collect();
    let paths: BTreeSet<PathBuf> = globs.into_iter().flat_map(|glob| matching(files, glob)).collect();
    let beside = |path: PathBuf| {
        let shown = home::shown(path.strip_prefix(folder).unwrap_or(&path));
        Beside { table: String::new(), path, shown }
    };
    paths.into_iter().map(beside).collect()
}

/// A file with its bytes, and the tables that stand in it.
pub(crate) struct Read<'p> {
    tables: Vec<&'p Beside>,
    parts: Vec<load::Part>,
}

impl Read<'_> {
    /// The file, or the parts that it has.
    pub fn parts(&self) -> &[load::Part] {
        &self.parts
    }
}

/// The bytes of the files, each read once however many tables stand in it; what cannot be read is a finding.
pub(crate) fn read<'p>(files: &'p [Beside], findings: &mut Vec<Finding>) -> Vec<Read<'p>> {
    let mut together: Vec<Vec<&'p Beside>> = Vec::new();
    for file in files {
        match together.iter_mut().find(|known| known[0].path == file.path) {
            Some(known) => known.push(file),
            None => together.push(vec![file]),
        }
    }
    let one = |tables: Vec<&'p Beside>| match load::read_parts(&tables[0].path, &tables[0].shown) {
        Ok(parts) => Some(Read { tables, parts }),
        Err(finding) => {
            findings.push(finding);
            None
        }
    };
    together.into_iter().filter_map(one).collect()
}

/// The tables of the files, by name; what is said of their files goes to `findings`. A file is opened once.
pub(crate) fn open(
    pipeline: &Pipeline,
    block: &ReleaseBlock,
    files: Vec<Read<'_>>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, TextTable> {
    let mut tables = BTreeMap::new();
    for Read { tables: within, parts } in files {
        let cuts: Vec<Cut<'_>> = within.iter().map(|file| Cut::of_table(block, &file.table)).collect();
        let file = (within[0].path.as_path(), within[0].shown.as_str());
        let opened = match opened(pipeline, file, &cuts, parts) {
            Ok(opened) => opened,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        for (beside, own) in within.iter().zip(&cuts) {
            match cut(pipeline, file, own, Content::Cells(&opened)) {
                Ok((table, found)) => {
                    findings.extend(found);
                    tables.insert(beside.table.clone(), table);
                }
                Err(finding) => findings.push(finding),
            }
        }
    }
    tables
}
