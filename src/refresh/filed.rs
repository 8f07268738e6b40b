//! What the manifest says was filed, held against what lies in the returns folder.

use std::collections::BTreeMap;
use std::path::Path;

use crate::finding::{Finding, Place};
use crate::manifest::{self, Manifest};

use super::table::Outcome;

/// What says that a file is no longer the one that was filed.
pub fn refiled(returns: &Path, outcomes: &[Outcome]) -> Vec<Finding> {
    let path = manifest::path_for(returns);
    let manifest = match Manifest::read(&path) {
        Ok(manifest) => manifest,
        Err(error) => {
            let message = error.to_string().lines().next().unwrap_or_default().to_owned();
            return vec![Finding::warning(
                "manifest-unreadable",
                message,
                "files are not checked against their records; correct it or delete it",
            )];
        }
    };
    let inputs: BTreeMap<&String, &String> = outcomes.iter().flat_map(|outcome| &outcome.meta.inputs).collect();
    let other = inputs.into_iter().filter_map(|(file, hash)| {
        let record = manifest.record(file).filter(|record| record.sha256 != *hash)?;
        let message = format!("the file is not the one that was filed on {}: its content is another", record.added);
        let help = "if the publisher replaced it, file the new one with `abreast add FILE --replace`; otherwise put the old one back";
        Some(Finding::warning("file-differs", message, help).at(Place::file(file.as_str())))
    });
    other.collect()
}
