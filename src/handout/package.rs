//! A data package beside the tables of a build: `datapackage.json` in the folder of outputs.

use serde_json::Value;

use super::descriptor::{Resource, descriptor};
use super::options::Package;
use crate::durable::lock;
use crate::finding::Error;
use crate::home::shown;
use crate::schema::{COMPARISONS, DICTIONARY, FINDINGS, Layout, OBSERVATIONS, QUARANTINE};
use crate::store::{COMPARISONS_TABLE, Catalogue};

/// The file's name.
const NAME: &str = "datapackage.json";

/// Writes the descriptor; answers what was written.
///
/// # Errors
/// There is no published table, a table cannot be read, or the file cannot be written.
pub fn package(asked: &Package) -> Result<Vec<String>, Error> {
    let catalogue = Catalogue::open(&asked.out)?;
    let mut files: Vec<(String, String, String, Layout)> = Vec::new();
    let published = || catalogue.tables().iter().filter(|(_, meta)| !meta.own);
    for (name, meta) in published() {
        files.push((name.clone(), format!("tables/{name}.parquet"), meta.title.clone(), OBSERVATIONS));
    }
    let compared = format!("tables/{COMPARISONS_TABLE}.parquet");
    files.push((COMPARISONS_TABLE.to_owned(), compared, "Comparisons".to_owned(), COMPARISONS));
    for (name, title, layout) in [
        ("findings", "What was found in the data", FINDINGS),
        ("quarantine", "Rows refused", QUARANTINE),
        ("dictionary", "What stands in every column", DICTIONARY),
    ] {
        files.push((name.to_owned(), format!("{name}.csv"), title.to_owned(), layout));
    }
    let mut entries: Vec<Value> = Vec::new();
    for (name, path, title, layout) in files {
        let file = asked.out.join(&path);
        if !file.is_file() {
            continue;
        }
        let bytes = fs_err::read(&file).map_err(Error::reading)?;
        let name = name.replace('_', "-");
        let resource = Resource { name, path, bytes: &bytes, title, layout, key: "", refers: &[], labelled: false };
        entries.push(resource.entry());
    }
    let count = entries.len();
    let tables: Vec<_> = published().map(|(_, meta)| meta).collect();
    let whole = descriptor("abreast", "Comparative statistics between English local authorities", &tables, entries);
    let text = serde_json::to_string_pretty(&whole).map_err(|error| Error::usage(error.to_string(), "report this"))?;
    let hold = lock(&asked.out, true)?;
    let batch = hold.batch();
    let path = asked.out.join(NAME);
    batch.write(&path, &mut |out| out.write_all(text.as_bytes()))?;
    batch.commit_recorded(&[])?;
    Ok(vec![format!("{}  {count} files with checksums and columns", shown(&path))])
}
