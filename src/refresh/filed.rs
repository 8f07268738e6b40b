//! What the manifest says was filed, held against what lies in the returns folder.

use std::collections::BTreeMap;
use std::path::Path;

use crate::finding::{Finding, Place};
use crate::manifest::{self, Manifest, Record};
use crate::pipeline::{Pipeline, Release};

use super::outcome::Outcome;
use super::plan::{Plan, matching};

/// Finds the files that were filed and are not there any more, and stops the tables that read them: made without them
/// they would lose figures in silence. What is published of those tables stays.
pub fn lost(plan: &mut Plan, asked: &[String]) {
    // A manifest that cannot be read is said where files are held against it.
    let Ok(manifest) = Manifest::read(&manifest::path_for(&plan.returns.folder)) else { return };
    for record in manifest.files.iter().filter(|record| !plan.returns.folder.join(&record.path).is_file()) {
        let mut parts = record.path.splitn(3, '/');
        let (Some(of), Some(release), Some(file)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let release = Release::new(release);
        // A part is read where its folder is.
        let file = file.split('/').next().unwrap_or(file);
        let reads = |pipeline: &Pipeline| pipeline.return_name == of && reads(pipeline, &release, file);
        let mut known = false;
        for job in plan.jobs.iter_mut().filter(|job| reads(&job.pipeline)) {
            known = true;
            job.lost.push(gone(record).of(&job.pipeline.name, release.as_str()));
        }
        for pipeline in plan.idle.iter().filter(|pipeline| reads(pipeline)) {
            known = true;
            plan.findings.push(gone(record).of(&pipeline.name, release.as_str()));
            plan.without.retain(|name| *name != pipeline.name);
            plan.held.push(pipeline.name.clone());
        }
        // Of a few tables that were asked for, the files of others say nothing.
        if !known && asked.is_empty() {
            plan.findings.push(gone(record));
        }
    }
}

/// Whether a pipeline reads the file of that name in a release.
fn reads(pipeline: &Pipeline, release: &Release, file: &str) -> bool {
    pipeline.block(release).is_some_and(|block| block.files().any(|glob| !matching(&[file.into()], glob).is_empty()))
}

fn gone(record: &Record) -> Finding {
    let message = format!("the file was filed on {} and is not there any more", record.added);
    let help =
        format!("put it back, from a copy or from the publisher; if it is to go, say `abreast remove {}`", record.path);
    Finding::error("file-gone", message, help).at(Place::file(&record.path))
}

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
