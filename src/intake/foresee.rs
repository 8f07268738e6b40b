//! What filing would change, said before anything is filed: the tables concerned are made in a folder of their own,
//! once without the files and once with them, and the two builds are held against each other.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::add::{Incoming, Tally, placed, told};
use super::basis::Basis;
use super::filing::Place;
use super::options::Add;
use crate::diff::{Lines, reports, text};
use crate::finding::{Error, Finding, printable};
use crate::pipeline::Release;
use crate::publish::read_findings;
use crate::refresh::plan::{reading, releases};
use crate::refresh::{Mode, Run, Sources, build};
use crate::screen;
use crate::store::COMPARISONS_TABLE;

/// Says where the files would go and what that would change; answers whether one was refused or a table would fail.
pub(super) fn foresee(incoming: &[Incoming], options: &Add, basis: &Basis, mut tally: Tally) -> Result<bool, Error> {
    let folder = tempfile::Builder::new().prefix("abreast-plan-").tempdir().map_err(Error::reading)?;
    let returns = folder.path().join("returns");
    let mut copied: BTreeSet<String> = BTreeSet::new();
    let mut put: Vec<(PathBuf, PathBuf)> = Vec::new();
    for file in incoming {
        match placed(file, options, basis, &mut tally) {
            Ok(Some(place)) => {
                screen::say(format_args!("{}  would be filed from {}\n  {}", place.path(), file.original, place.why));
                if copied.insert(place.return_name.clone()) {
                    mirror(&basis.returns.join(&place.return_name), &returns.join(&place.return_name))?;
                }
                put.push((file.path.clone(), returns.join(place.path())));
                tally.placed.push((file.original.clone(), place));
            }
            Ok(None) => {}
            Err(error @ Error::Usage { .. }) => tally.refused.push((file.original.clone(), error)),
            Err(error) => return Err(error),
        }
    }
    let tables = concerned(&tally, basis, &returns);
    let failed = if put.is_empty() {
        false
    } else if tables.is_empty() {
        screen::say("no table reads them, so that nothing would change");
        false
    } else {
        changes(folder.path(), &returns, &tables, &put, options)?
    };
    Ok(told(tally, options.files.len(), "can be filed; nothing was filed")? || failed)
}

/// Builds the tables without and with the files and prints what lies between; answers whether a table would fail.
fn changes(
    folder: &Path,
    returns: &Path,
    tables: &[String],
    put: &[(PathBuf, PathBuf)],
    options: &Add,
) -> Result<bool, Error> {
    let out = folder.join("outputs");
    let sources = Sources {
        tables: tables.to_vec(),
        returns: Some(returns.to_owned()),
        pipelines: options.pipelines.clone(),
        jobs: None,
        quiet: true,
    };
    let run = Run { sources, out: out.clone(), figures_only: true, ..Run::default() };
    std::fs::create_dir_all(returns).map_err(|error| Error::writing(error, returns))?;
    build(&run, Mode::Foresee, &|_, _| Ok(()))?;
    let before = errors(&out);
    for (from, to) in put {
        let parent = to.parent().unwrap_or(returns);
        fs_err::create_dir_all(parent).map_err(|error| Error::writing(error, parent))?;
        // The place may be a link to the file that is filed, which is not to be written through.
        let _ = fs_err::remove_file(to);
        fs_err::copy(from, to).map_err(|error| Error::writing(error, to))?;
    }
    let run = Run { force: true, ..run };
    build(&run, Mode::Foresee, &|_, _| Ok(()))?;
    screen::say(printable(compared(&out)?.trim_end()));
    let new: Vec<Finding> = errors(&out).into_iter().filter(|finding| !before.contains(finding)).collect();
    for finding in &new {
        screen::note(format_args!("{}\n", printable(&finding.to_string())));
    }
    Ok(!new.is_empty())
}

/// What lies between the build without the files and the one with them, in words.
fn compared(out: &Path) -> Result<String, Error> {
    let previous = out.join("previous");
    if !made(&previous).is_empty() {
        let mut lines = Lines::new(false)?;
        let (found, unchanged) = reports(&previous, out, &[], &mut lines)?;
        return Ok(text("without them", "with them", &found, unchanged));
    }
    let mut text = String::new();
    for name in made(out) {
        let meta = crate::publish::footer(&crate::store::path_of(out, &name)).unwrap_or_default();
        let count: usize = meta.accounts.iter().map(|account| account.observations).sum();
        text += &format!("table `{name}` would be new: {} figures\n", crate::shown::whole(count));
    }
    Ok(text)
}

/// The names of the tables of observations that stand in a build.
fn made(out: &Path) -> Vec<String> {
    let files = std::fs::read_dir(out.join("tables")).into_iter().flatten().flatten().map(|entry| entry.path());
    let tables = files.filter(|path| path.extension().is_some_and(|ending| ending == "parquet"));
    let names = tables.map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != COMPARISONS_TABLE).collect();
    names.sort();
    names
}

/// The tables that would read the files where they would stand.
fn concerned(tally: &Tally, basis: &Basis, returns: &Path) -> Vec<String> {
    let reads = |place: &Place| {
        let release = Release::new(place.release.as_str());
        let mut files = releases(&returns.join(&place.return_name)).remove(&release).unwrap_or_default();
        let path = returns.join(place.path());
        files.retain(|file| *file != path);
        files.push(path.clone());
        let of_return = basis.pipelines.iter().filter(|pipeline| pipeline.return_name == place.return_name);
        let reads = of_return
            .filter(|pipeline| reading(pipeline, &release, &files).is_some_and(|(_, found)| found.contains(&path)));
        reads.map(|pipeline| pipeline.name.clone()).collect::<Vec<String>>()
    };
    let all: BTreeSet<String> = tally.placed.iter().flat_map(|(_, place)| reads(place)).collect();
    all.into_iter().collect()
}

fn errors(out: &Path) -> Vec<Finding> {
    read_findings(&out.join("findings.csv")).into_iter().filter(Finding::is_error).collect()
}

/// The same files in another folder: links where the system makes them, copies elsewhere.
fn mirror(from: &Path, to: &Path) -> Result<(), Error> {
    fs_err::create_dir_all(to).map_err(|error| Error::writing(error, to))?;
    for entry in std::fs::read_dir(from).into_iter().flatten().flatten() {
        let (old, new) = (entry.path(), to.join(entry.file_name()));
        if old.is_dir() {
            mirror(&old, &new)?;
        } else if std::fs::hard_link(&old, &new).is_err() {
            fs_err::copy(&old, &new).map_err(|error| Error::writing(error, &new))?;
        }
    }
    Ok(())
}
