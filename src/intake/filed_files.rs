//! Which filed file a word means: a path on the disk, RETURN/RELEASE/FILE, or TABLE/RELEASE for the file that a table reads.

use std::path::{Path, PathBuf};

use super::basis::Basis;
use crate::home;
use crate::manifest::is_inside;
use crate::pipeline::{Pipeline, Release};
use crate::refresh::plan::{reading, releases};

/// The paths within the returns folder `folder` that `wanted` may mean, likeliest first; a table's file is looked for among
/// the files that are there and those in `known`, which are paths within the folder.
pub(super) fn filed_files(wanted: &str, basis: &Basis, folder: &Path, known: &[&str]) -> Vec<String> {
    let plain = home::shown(Path::new(wanted)).trim_end_matches('/').to_owned();
    let within = |folder: Option<PathBuf>, path: Option<PathBuf>| Some(home::shown(path?.strip_prefix(folder?).ok()?));
    let named = std::path::absolute(wanted).ok();
    let real = |path: &Path| fs_err::canonicalize(path).ok();
    let mut all = Vec::new();
    all.extend(within(Some(folder.to_owned()), named.clone()));
    all.extend(within(real(folder), named.as_deref().and_then(real)));
    all.push(plain.clone());
    if let Some((table, release)) = plain.split_once('/')
        && let Some(pipeline) = basis.pipelines.iter().find(|pipeline| pipeline.name == table)
    {
        all.push(format!("{}/{release}", pipeline.return_name));
        all.extend(of_release(pipeline, release, folder, known));
    }
    all.retain(|path| is_inside(path));
    all
}

/// The one file that a table reads in a release.
fn of_release(pipeline: &Pipeline, release: &str, folder: &Path, known: &[&str]) -> Option<String> {
    let release = Release::new(release);
    let below = format!("{}/{}/", pipeline.return_name, release.as_str());
    let known = known.iter().filter(|path| path.starts_with(&below)).map(|path| folder.join(path));
    let there = releases(&folder.join(&pipeline.return_name)).remove(&release).unwrap_or_default();
    let files: Vec<PathBuf> = there.into_iter().chain(known).collect();
    match reading(pipeline, &release, &files)?.1.as_slice() {
        [first, rest @ ..] if rest.iter().all(|other| other == first) => {
            first.strip_prefix(folder).ok().map(home::shown)
        }
        _ => None,
    }
}
