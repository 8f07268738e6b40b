//! What filing would change: the tables concerned are made in a folder of their own, once without the files and once with
//! them and with what is written for them, and the two builds are held against each other. Nothing is filed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::basis::Basis;
use super::filing::{Place, parts};
use crate::diff::{Lines, Report, reports, text};
use crate::finding::{Error, Finding, Severity};
use crate::home;
use crate::pipeline::{Declared, Pipeline, Release, read};
use crate::progress::Progress;
use crate::publish::read_findings;
use crate::refresh::plan::{reading, releases};
use crate::refresh::{Mode, Run, Sources, build};
use crate::store::COMPARISONS_TABLE;

/// What is to be seen.
#[derive(Default)]
pub(super) struct Wanted<'w> {
    /// The files, each with its place.
    pub put: &'w [(PathBuf, Place)],
    /// The folder of the pipelines, where one was said.
    pub pipelines: Option<&'w Path>,
    /// Pipelines that are written with the files, by name.
    pub written: &'w [(String, String)],
    /// Names of authorities that are written with the files, as `aliases.csv` has them.
    pub aliases: &'w str,
    /// Whether everything is compared, as a run does, and every change is wanted as a line.
    pub whole: bool,
    /// How far it is.
    pub progress: Progress,
}

/// What lies between the build without the files and the one with them.
pub(super) struct Foreseen {
    /// The tables that differ.
    pub reports: Vec<Report>,
    /// How many do not.
    pub unchanged: usize,
    /// Tables that would be new, with their figures.
    pub new: Vec<(String, usize)>,
    /// Errors that the files bring.
    pub errors: Vec<Finding>,
    /// Warnings that the files bring.
    pub warnings: Vec<Finding>,
    /// Every change, as `diff` writes it.
    pub lines: Option<std::fs::File>,
}

impl Foreseen {
    /// What lies between them, in words.
    pub fn text(&self) -> String {
        if self.new.is_empty() {
            return text("without them", "with them", &self.reports, self.unchanged);
        }
        let new = self
            .new
            .iter()
            .map(|(name, count)| format!("table `{name}` would be new: {} figures\n", crate::shown::whole(*count)));
        new.collect()
    }
}

/// Makes the two builds; none where no table reads the files.
///
/// # Errors
/// It was stopped, the files cannot be read, or there is no room.
pub(super) fn effect(wanted: &Wanted<'_>, basis: &Basis) -> Result<Option<Foreseen>, Error> {
    let folder = tempfile::Builder::new().prefix("abreast-plan-").tempdir().map_err(Error::reading)?;
    let returns = folder.path().join("returns");
    let mirrored: BTreeSet<&str> = wanted.put.iter().map(|(_, place)| place.return_name.as_str()).collect();
    for name in mirrored {
        mirror(&basis.returns.join(name), &returns.join(name))?;
    }
    let written = wanted.written.iter().filter_map(|(name, text)| {
        read(Declared {
            path: format!("pipelines/{name}.toml"),
            name: name.clone(),
            text: text.clone(),
            ..Declared::default()
        })
        .ok()
    });
    let written: Vec<Pipeline> = written.collect();
    let kept = basis.pipelines.iter().filter(|known| written.iter().all(|new| new.name != known.name));
    let pipelines: Vec<&Pipeline> = kept.chain(&written).collect();
    let tables = concerned(wanted.put, &pipelines, &returns);
    if tables.is_empty() {
        return Ok(None);
    }
    changes(folder.path(), &returns, &tables, wanted, basis).map(Some)
}

/// Builds the tables without and with the files.
fn changes(
    folder: &Path,
    returns: &Path,
    tables: &[String],
    wanted: &Wanted<'_>,
    basis: &Basis,
) -> Result<Foreseen, Error> {
    let out = folder.join("outputs");
    let is_there = |table: &&String| basis.pipelines.iter().any(|pipeline| pipeline.name == **table);
    let sources = Sources {
        tables: tables.iter().filter(is_there).cloned().collect(),
        returns: Some(returns.to_owned()),
        pipelines: wanted.pipelines.map(Path::to_owned),
        jobs: None,
        quiet: true,
        aliases: String::new(),
        records: false,
    };
    let progress = wanted.progress.clone();
    let run = Run { sources, out: out.clone(), figures_only: !wanted.whole, progress, ..Run::default() };
    std::fs::create_dir_all(returns).map_err(|error| Error::writing(error, returns))?;
    if !run.sources.tables.is_empty() {
        build(&run, Mode::Foresee, &|_, _| Ok(()))?;
    }
    let before = found(&out);
    for (from, place) in wanted.put {
        for (file, place) in parts(from, place) {
            put(&file, &returns.join(place.path()))?;
        }
    }
    let pipelines = with_written(folder, wanted)?;
    let aliases = wanted.aliases.to_owned();
    // What was closed for the first build is open again for the second.
    let progress = wanted.progress.again()?;
    let sources = Sources { tables: tables.to_vec(), pipelines, aliases, ..run.sources.clone() };
    let run = Run { force: true, sources, progress, ..run };
    build(&run, Mode::Foresee, &|_, _| Ok(()))?;
    let mut lines = Lines::new(wanted.whole)?;
    let previous = out.join("previous");
    let (reports, unchanged, new) = if made(&previous).is_empty() {
        (Vec::new(), 0, new(&out))
    } else {
        let (found, unchanged) = reports(&previous, &out, &[], &mut lines)?;
        (found, unchanged, Vec::new())
    };
    let placed = |finding: Finding| if wanted.written.is_empty() { finding } else { at_home(finding, folder, wanted) };
    let (errors, others): (Vec<Finding>, Vec<Finding>) =
        found(&out).into_iter().map(placed).filter(|finding| !before.contains(finding)).partition(Finding::is_error);
    let warnings = others.into_iter().filter(|finding| finding.severity == Severity::Warning).collect();
    let lines = if wanted.whole { Some(lines.finish()?) } else { None };
    Ok(Foreseen { reports, unchanged, new, errors, warnings, lines })
}

/// Copies a file to its place.
fn put(from: &Path, to: &Path) -> Result<(), Error> {
    let parent = to.parent().unwrap_or(to);
    fs_err::create_dir_all(parent).map_err(|error| Error::writing(error, parent))?;
    // The place may be a link to the file that is filed, which is not to be written through.
    let _ = fs_err::remove_file(to);
    fs_err::copy(from, to).map(|_| ()).map_err(|error| Error::writing(error, to))
}

/// A finding about a pipeline that was written for the trial, with the place that it will have.
fn at_home(finding: Finding, folder: &Path, wanted: &Wanted<'_>) -> Finding {
    let tried = home::shown(&folder.join("pipelines"));
    let own = home::shown(wanted.pipelines.unwrap_or(Path::new("pipelines")));
    let said = |text: &str| text.replace(&tried, &own);
    let mut place = finding.place.clone();
    place.file = said(&place.file);
    Finding { message: said(&finding.message), help: said(&finding.help), place, ..finding }
}

/// The folder of the pipelines with those that are written with the files; the one that was said where none is.
fn with_written(folder: &Path, wanted: &Wanted<'_>) -> Result<Option<PathBuf>, Error> {
    if wanted.written.is_empty() {
        return Ok(wanted.pipelines.map(Path::to_owned));
    }
    let target = folder.join("pipelines");
    fs_err::create_dir_all(&target).map_err(|error| Error::writing(error, &target))?;
    let known = home::pipelines(wanted.pipelines)?;
    let tables: Vec<Declared> = known.first().map_or_else(Vec::new, |file| file.beside.to_vec());
    if !tables.is_empty() {
        let target = target.join("tables");
        fs_err::create_dir_all(&target).map_err(|error| Error::writing(error, &target))?;
    }
    let tables = tables.into_iter().map(|file| (format!("tables/{}", file.name), file.text));
    let known = known.into_iter().map(|file| (file.name, file.text));
    for (name, text) in known.chain(tables).chain(wanted.written.iter().cloned()) {
        let path = target.join(format!("{name}.toml"));
        fs_err::write(&path, text).map_err(|error| Error::writing(error, &path))?;
    }
    Ok(Some(target))
}

/// The tables of a build, each with its figures.
fn new(out: &Path) -> Vec<(String, usize)> {
    let of = |name: String| {
        let meta = crate::publish::footer(&crate::store::path_of(out, &name)).unwrap_or_default();
        let count = meta.accounts.iter().map(|account| account.observations).sum();
        (name, count)
    };
    made(out).into_iter().map(of).collect()
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
fn concerned(put: &[(PathBuf, Place)], pipelines: &[&Pipeline], returns: &Path) -> Vec<String> {
    let reads = |place: &Place| {
        let release = Release::new(place.release.as_str());
        let mut files = releases(&returns.join(&place.return_name)).remove(&release).unwrap_or_default();
        let path = returns.join(place.path());
        files.retain(|file| *file != path);
        files.push(path.clone());
        let of_return = pipelines.iter().filter(|pipeline| pipeline.return_name == place.return_name);
        let reads = of_return
            .filter(|pipeline| reading(pipeline, &release, &files).is_some_and(|(_, found)| found.contains(&path)));
        reads.map(|pipeline| pipeline.name.clone()).collect::<Vec<String>>()
    };
    let all: BTreeSet<String> = put.iter().flat_map(|(_, place)| reads(place)).collect();
    all.into_iter().collect()
}

fn found(out: &Path) -> Vec<Finding> {
    read_findings(&out.join("findings.csv"))
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
