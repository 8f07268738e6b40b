//! The build before the last run, kept in `OUT/previous`: its tables, whole or not at all, and only when a run changed
//! something.
//!
//! A table is always replaced by a new file, so that a second name of the old one keeps the old bytes. The names are
//! given together with those of the new build: `previous` is the build before it, or the one before that.

use std::collections::BTreeMap;

use super::outputs::{Outputs, previous_path};
use crate::finding::{Error, Finding, Place};
use crate::home;
use crate::publish::{self, TableMeta};
use crate::store::path_of;

/// Fingerprint, version and parts of a table.
type Made = (String, String, Vec<(String, String, usize)>);

/// Keeps the tables that stand in the outputs as the build before, if the new ones are made of something else.
///
/// # Errors
/// A path that cannot be one.
pub fn keep(outputs: &mut Outputs) -> Result<Option<Finding>, Error> {
    let old = outputs.tables();
    if old.is_empty() || !differs(outputs, &old) {
        return Ok(None);
    }
    let root = outputs.root().to_owned();
    let mut kept = Vec::new();
    for table in &old {
        let to = previous_path(&root, table);
        let hash = outputs.hash(&format!("tables/{table}.parquet")).unwrap_or_default().to_owned();
        if let Err(error) = outputs.batch.link(&path_of(&root, table), &to, hash) {
            return Ok(Some(not_kept(outputs, &error)));
        }
        kept.push(format!("previous/tables/{table}.parquet"));
    }
    for path in outputs.recorded("previous/").into_iter().filter(|path| !kept.contains(path)) {
        if outputs.hash(&path).is_some() {
            outputs.batch.remove(&root.join(path))?;
        }
    }
    Ok(None)
}

fn not_kept(outputs: &Outputs, error: &Error) -> Finding {
    let place = Place::file(home::shown(&outputs.root().join("previous")));
    let said = error.to_string();
    let message = format!("the build before could not be kept: {}", said.lines().next().unwrap_or_default());
    Finding::warning(
        "previous-not-kept",
        message,
        "close files of that folder in other programs; without it `abreast diff` compares with an older build",
    )
    .at(place)
}

/// Whether the tables will be made of something else than those that stand there.
fn differs(outputs: &Outputs, old: &[String]) -> bool {
    let made = |meta: TableMeta| -> Made { (meta.fingerprint, meta.version, meta.parts) };
    let before: BTreeMap<&str, Option<Made>> =
        old.iter().map(|table| (table.as_str(), outputs.known(table).map(made))).collect();
    let stage = outputs.batch.stage();
    let new = |table: &str| {
        let path = path_of(&stage, table);
        publish::footer(&path).map(made)
    };
    // What is made again because it was damaged says nothing of the build.
    let made_again = |table: &str| outputs.is_recorded(table) && !before.contains_key(table);
    let mut coming = outputs.coming().into_iter().filter(|table| !made_again(table));
    coming.any(|table| before.get(table.as_str()).is_none_or(|was| *was != new(&table)))
        || before.keys().any(|table| outputs.is_out(table))
}
