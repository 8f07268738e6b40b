//! Records in several tables: the files of those beside the one whose rows are counted, found and opened.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::grid::TextTable;
use crate::home;
use crate::load;
use crate::pipeline::{Pipeline, Release, ReleaseBlock};

use super::opening::{Content, Cut, cut};
use super::plan::matching;

/// The file of a table beside the one whose rows are counted.
#[derive(Clone, Debug)]
pub struct Part {
    /// The table.
    pub table: String,
    /// The file.
    pub path: PathBuf,
    /// Its path within the returns folder, with forward slashes.
    pub shown: String,
}

/// The files, among those of a release, of the tables that `pipeline` asks for beside the one whose rows are counted; and
/// what is said of tables without one.
pub(crate) fn parts(
    pipeline: &Pipeline,
    block: &ReleaseBlock,
    release: &Release,
    files: &[PathBuf],
    folder: &Path,
) -> (Vec<Part>, Vec<Finding>) {
    let (mut found, mut lacking) = (Vec::new(), Vec::new());
    for table in pipeline.tables_asked(block) {
        let glob = block.table.get(&table).and_then(|table| table.file.as_ref()).unwrap_or(&block.file);
        let place = || pipeline.block_place(glob.span());
        match matching(files, glob.get_ref()).as_slice() {
            [path] => {
                let shown = home::shown(path.strip_prefix(folder).unwrap_or(path));
                found.push(Part { table, path: path.clone(), shown });
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

/// A part with its bytes.
pub(crate) type Read<'p> = (&'p Part, Vec<u8>);

/// The bytes of the parts; what cannot be read is a finding.
pub(crate) fn read<'p>(parts: &'p [Part], findings: &mut Vec<Finding>) -> Vec<Read<'p>> {
    let one = |part: &'p Part| match load::read(&part.path, &part.shown) {
        Ok(bytes) => Some((part, bytes)),
        Err(finding) => {
            findings.push(finding);
            None
        }
    };
    parts.iter().filter_map(one).collect()
}

/// The tables of the parts, by name; what is said of their files goes to `findings`.
pub(crate) fn open(
    pipeline: &Pipeline,
    block: &ReleaseBlock,
    parts: Vec<Read<'_>>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, TextTable> {
    let mut tables = BTreeMap::new();
    for (part, bytes) in parts {
        let own = Cut::of_table(block, &part.table);
        match cut(pipeline, (&part.path, &part.shown), &own, Content::Bytes(bytes)) {
            Ok((table, found)) => {
                findings.extend(found);
                tables.insert(part.table.clone(), table);
            }
            Err(finding) => findings.push(finding),
        }
    }
    tables
}
