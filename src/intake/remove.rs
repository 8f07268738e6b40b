//! Taking back: a file that was filed is put aside under another name, which no run reads, and can be put back. The
//! manifest follows.

use std::path::{Path, PathBuf};

use super::basis::{Basis, returns_folder};
use super::options::Remove;
use crate::finding::{Error, likely};
use crate::home;
use crate::manifest::{self, Manifest, Record, is_inside, today};
use crate::pipeline::{Pipeline, Release};
use crate::provenance::hash;
use crate::publish::{self, Written};
use crate::refresh::plan::{reading, releases};

/// Takes files out, or puts them back; answers whether one could not be.
///
/// # Errors
/// What makes it impossible to go on; what was done before stays done.
pub fn remove(options: &Remove) -> Result<bool, Error> {
    let basis = Basis::read(options.returns.as_deref(), options.pipelines.as_deref())?;
    let returns = returns_folder(options.returns.as_deref());
    let path = manifest::path_for(&returns);
    let mut manifest = Manifest::read(&path)?;
    let mut refused = Vec::new();
    for wanted in &options.files {
        let done = if options.undo {
            put_back(wanted, &basis, &returns, &mut manifest)
        } else {
            take_out(wanted, &basis, &returns, &mut manifest)
        };
        match done {
            Ok(()) => written(&path, &manifest)?,
            Err(error @ Error::Usage { .. }) => refused.push(error),
            Err(error) => return Err(error),
        }
    }
    match (refused.len(), options.files.len()) {
        (1, 1) => refused.pop().map_or(Ok(true), Err),
        _ => {
            for error in &refused {
                eprintln!("error: {error}\n");
            }
            if refused.len() < options.files.len() {
                println!("next: abreast run, then abreast diff");
            }
            Ok(!refused.is_empty())
        }
    }
}

fn written(path: &Path, manifest: &Manifest) -> Result<(), Error> {
    let text = manifest.text()?;
    match publish::write(path, &mut |out| out.write_all(text.as_bytes()))? {
        Written::Beside(beside) => Err(Error::usage(
            format!("the manifest is open in another program; the new one is `{}`", home::shown(&beside)),
            "close it and put the new one in its place",
        )),
        Written::InPlace => Ok(()),
    }
}

/// Puts a file aside, with the `.meta.csv` that describes it.
fn take_out(wanted: &str, basis: &Basis, returns: &Path, manifest: &mut Manifest) -> Result<(), Error> {
    let Some(inside) = filed(wanted, basis, returns) else { return Err(unknown(wanted, returns, manifest)) };
    let meta = inside.strip_suffix(".csv").map(|stem| format!("{stem}.meta.csv"));
    for path in std::iter::once(inside).chain(meta.filter(|meta| returns.join(meta).is_file())) {
        let target = returns.join(&path);
        let bytes = fs_err::read(&target).map_err(Error::reading)?;
        let sha256 = hash(&bytes);
        let aside = aside(&target, &sha256);
        let record = manifest.record(&path).cloned().unwrap_or(Record {
            path: path.clone(),
            bytes: bytes.len() as u64,
            ..Record::default()
        });
        fs_err::rename(&target, &aside).map_err(|error| Error::writing(error, &aside))?;
        manifest.take_out(Record { sha256, ..record }, today());
        println!("{path}  taken out; kept as {}", name_of(&aside));
    }
    Ok(())
}

/// Puts a file back where it was.
fn put_back(wanted: &str, basis: &Basis, returns: &Path, manifest: &mut Manifest) -> Result<(), Error> {
    let meant = candidates(wanted, basis, returns);
    let found = manifest.removed.iter().rev().find(|removed| meant.contains(&removed.record.path)).cloned();
    let Some(removed) = found else {
        let all: Vec<&str> = manifest.removed.iter().map(|removed| removed.record.path.as_str()).collect();
        let help = match likely(wanted, all.iter().copied()) {
            Some(path) => format!("did you mean `{path}`?"),
            None if all.is_empty() => "nothing is".to_owned(),
            None => format!("these are: {}", all.join(", ")),
        };
        return Err(Error::usage(format!("`{wanted}` is not among what was taken out"), help));
    };
    let target = returns.join(&removed.record.path);
    if target.exists() {
        return Err(Error::usage(
            format!("`{}` is there again, so that the one taken out cannot be put back", home::shown(&target)),
            "take that one out first: `abreast remove FILE`",
        ));
    }
    let aside = aside(&target, &removed.record.sha256);
    fs_err::rename(&aside, &target).map_err(|error| Error::writing(error, &target))?;
    println!("{}  put back", removed.record.path);
    manifest.put_back(&removed);
    let meta = removed.record.path.strip_suffix(".csv").map(|stem| format!("{stem}.meta.csv"));
    match meta.filter(|meta| manifest.removed.iter().any(|other| other.record.path == *meta)) {
        Some(meta) => put_back(&meta, basis, returns, manifest),
        None => Ok(()),
    }
}

/// The name under which a file is kept, which no run reads.
fn aside(target: &Path, sha256: &str) -> PathBuf {
    target.with_file_name(format!("{}.removed-{}", name_of(target), sha256.get(..8).unwrap_or(sha256)))
}

fn name_of(path: &Path) -> String {
    super::arrival::name_of(path)
}

/// The path within the returns folder of the file that is meant, if it is there.
fn filed(wanted: &str, basis: &Basis, returns: &Path) -> Option<String> {
    candidates(wanted, basis, returns).into_iter().find(|path| returns.join(path).is_file())
}

/// The paths within the returns folder that `wanted` may mean: as a path on disk, as RETURN/RELEASE/FILE, with a table in
/// the place of its return, or a table's file of a release.
fn candidates(wanted: &str, basis: &Basis, returns: &Path) -> Vec<String> {
    let plain = home::shown(Path::new(wanted));
    let mut all = Vec::new();
    let folder = home::shown(returns);
    all.extend(plain.strip_prefix(&format!("{folder}/")).map(str::to_owned));
    let absolute = fs_err::canonicalize(returns).ok().zip(fs_err::canonicalize(wanted).ok());
    all.extend(absolute.and_then(|(returns, path)| path.strip_prefix(&returns).ok().map(home::shown)));
    all.push(plain.clone());
    if let Some((table, rest)) = plain.split_once('/')
        && let Some(pipeline) = basis.pipelines.iter().find(|pipeline| pipeline.name == table)
    {
        all.push(format!("{}/{rest}", pipeline.return_name));
        all.extend(of_release(pipeline, rest, returns));
    }
    all.retain(|path| is_inside(path));
    all
}

/// The file that a table reads in a release.
fn of_release(pipeline: &Pipeline, release: &str, returns: &Path) -> Option<String> {
    let release = Release::new(release.trim_end_matches('/'));
    let files = releases(&returns.join(&pipeline.return_name)).remove(&release)?;
    let (_, found) = reading(pipeline, &release, &files)?;
    found.first().and_then(|path| path.strip_prefix(returns).ok().map(home::shown))
}

fn unknown(wanted: &str, returns: &Path, manifest: &Manifest) -> Error {
    let all: Vec<&str> = manifest.files.iter().map(|record| record.path.as_str()).collect();
    let help = match likely(wanted, all) {
        Some(path) => format!("did you mean `{path}`?"),
        None => "name it as RETURN/RELEASE/FILE; `abreast list releases` prints what is filed".to_owned(),
    };
    Error::usage(format!("`{wanted}` is not filed in `{}`", home::shown(returns)), help)
}
