//! Files in the returns folder that no table reads: filed under another name, for no pipeline, or before the first block.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::names::{Named, named};
use super::plan::{entries, is_kept_aside, matching, reading, releases};
use crate::finding::{Finding, Place, Severity, likely};
use crate::home::{self, ILLUSTRATIVE};
use crate::own_files;
use crate::pipeline::{Pipeline, Release};

/// How many are named; the others are counted.
const NAMED: usize = 20;

/// One finding about the files that no table reads; of the `wanted` returns, or of all where none are named. It is a
/// warning where a file has nearly the name that a table looks for, because that table's figures may be missing.
pub(super) fn unread(folder: &Path, pipelines: &[Pipeline], wanted: Option<&BTreeSet<String>>) -> Option<Finding> {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let returns = entries(folder).into_iter().filter(|path| path.is_dir() && !name(path).starts_with('.'));
    let mut files: Vec<(PathBuf, Option<String>)> = Vec::new();
    for path in returns.filter(|path| wanted.is_none_or(|wanted| wanted.contains(&name(path)))) {
        let readers: Vec<&Pipeline> = pipelines.iter().filter(|pipeline| pipeline.return_name == name(&path)).collect();
        files.extend(of_return(&path, &readers));
    }
    let (first, _) = files.first()?;
    let shown = |path: &Path| home::shown(path.strip_prefix(folder).unwrap_or(path));
    let mut names: Vec<String> = files
        .iter()
        .take(NAMED)
        .map(|(path, like)| format!("`{}`{}", shown(path), like.as_deref().unwrap_or_default()))
        .collect();
    if files.len() > NAMED {
        names.push(format!("and {} more", files.len() - NAMED));
    }
    let message = match files.len() {
        1 => format!("a file is read by no table: {}", names.join(", ")),
        several => format!("{several} files are read by no table: {}", names.join(", ")),
    };
    let help = "`abreast inspect FILE` says which table a file fits and what to write or what to call it; move what is not wanted out of the folder";
    let place = if files.len() == 1 { Place::file(shown(first)) } else { Place::file(home::shown(folder)) };
    let severity = if files.iter().any(|(_, like)| like.is_some()) { Severity::Warning } else { Severity::Note };
    Some(Finding::new(severity, "unread-file", message, help).at(place))
}

/// The files of one return that none of its pipelines reads, each with the name that was likely meant.
fn of_return(folder: &Path, readers: &[&Pipeline]) -> Vec<(PathBuf, Option<String>)> {
    let mut unread = Vec::new();
    for (release, files) in releases(folder) {
        let read: BTreeSet<PathBuf> = readers
            .iter()
            .filter_map(|pipeline| reading(pipeline, &release, &files))
            .flat_map(|(block, found)| found.into_iter().chain(block.files().flat_map(|glob| matching(&files, glob))))
            .chain(
                readers
                    .iter()
                    .filter_map(|pipeline| pipeline.dictionary.as_ref())
                    .flat_map(|dictionary| matching(&files, dictionary.file.get_ref())),
            )
            .collect();
        let below = folder.join(release.as_str());
        let deeper = entries(&below).into_iter().filter(|path| path.is_dir() && !files.contains(path));
        let deeper = deeper.flat_map(|path| everything(&path));
        let own = files.iter().filter(|path| !read.contains(*path)).cloned().chain(deeper);
        let left: Vec<PathBuf> = own.filter(|path| is_data(path, &files)).collect();
        unread.extend(left.into_iter().map(|path| {
            let like = like(&path, readers, &release, &files);
            (path, like)
        }));
    }
    unread
}

/// ` (like `requests.csv` of sen2_requests)`, where a table misses its file and this one's name is near it, or where it is
/// the name of one that is read but for a mark of a copy.
fn like(path: &Path, readers: &[&Pipeline], release: &Release, files: &[PathBuf]) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let blocks = readers.iter().filter_map(|pipeline| Some((pipeline, pipeline.block(release)?)));
    let blocks = blocks.flat_map(|(pipeline, block)| block.files().map(move |glob| (pipeline, glob)));
    let copy = blocks.into_iter().find(|(_, pattern)| named(&name, pattern) >= Named::Same);
    if let Some((pipeline, pattern)) = copy {
        return Some(format!(" (like `{pattern}` of {})", pipeline.name));
    }
    let asked: BTreeMap<&str, &str> = readers
        .iter()
        .filter(|pipeline| reading(pipeline, release, files).is_some_and(|(_, found)| found.is_empty()))
        .filter_map(|pipeline| Some((pipeline.block(release)?.file.get_ref().as_str(), pipeline.name.as_str())))
        .collect();
    let near = likely(&name, asked.keys().copied())?;
    Some(format!(" (like `{near}` of {})", asked[near]))
}

/// Whether a file may hold figures: no document, no mark of our own, nothing hidden or kept aside, and no `.meta.csv`
/// beside its file.
fn is_data(path: &Path, beside: &[PathBuf]) -> bool {
    const DOCUMENTS: [&str; 10] = ["txt", "md", "pdf", "doc", "docx", "rtf", "html", "htm", "png", "log"];
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let described = name.strip_suffix(".meta.csv").map(|stem| path.with_file_name(format!("{stem}.csv")));
    !name.starts_with(['.', '~'])
        && name != ILLUSTRATIVE
        && !own_files::is_one(&name)
        && !is_kept_aside(&name)
        && !DOCUMENTS.contains(&ending.as_str())
        && described.is_none_or(|file| !beside.contains(&file))
}

/// Every file below a folder.
fn everything(folder: &Path) -> Vec<PathBuf> {
    let below = |path: PathBuf| if path.is_dir() { everything(&path) } else { vec![path] };
    entries(folder).into_iter().flat_map(below).collect()
}
