//! Filing: what a publisher sent goes under its return and release, its bytes untouched, and is recorded.

use std::path::{Path, PathBuf};

use crate::finding::{Error, Finding};
use crate::home;
use crate::manifest::{self, Manifest, Record, safe_name};
use crate::provenance::hash;
use crate::publish::{self, Written};

use super::answer::Asked;
use super::archive::{self, Unpacked};
use super::arrival::name_of;
use super::basis::{Basis, returns_folder};
use super::foresee::foresee;
use super::options::Add;
use super::placing::{is_document, place};
use crate::shown::whole;

/// Where a file goes and why.
pub(super) struct Place {
    /// The folder of the return.
    pub return_name: String,
    /// The folder of the release.
    pub release: String,
    /// The file's name there.
    pub name: String,
    /// What told so.
    pub why: String,
}

impl Place {
    /// The path below the returns folder.
    pub(super) fn path(&self) -> String {
        format!("{}/{}/{}", self.return_name, self.release, self.name)
    }
}

/// A file to be filed.
pub(super) struct Incoming {
    /// Where it is.
    pub path: PathBuf,
    /// The name it came under: its own, or the archive's and its path inside that.
    pub original: String,
    /// Whether it came in an archive, where files that nobody reads are nothing to worry about.
    pub packed: bool,
}

/// What became of the files so far.
#[derive(Default)]
pub(super) struct Tally {
    /// Those that were placed: the name they came under, and where they went.
    pub placed: Vec<(String, Place)>,
    /// Those that were not, each with the reason.
    pub refused: Vec<(String, Error)>,
    /// Files of an archive that no table reads.
    pub left: Vec<(String, String)>,
}

/// Files the files; answers whether one was refused.
///
/// # Errors
/// What makes it impossible to go on; files before it stay filed. A single file that is refused is an error as well.
pub fn add(options: &Add) -> Result<bool, Error> {
    check(options)?;
    let basis = Basis::read(options.returns.as_deref(), options.pipelines.as_deref())?;
    let returns = returns_folder(options.returns.as_deref());
    let mut tally = Tally::default();
    let (incoming, _archives) = incoming(&options.files, &mut tally);
    let mut manifest = Manifest::read(&manifest::path_for(&returns))?;
    if options.plan {
        return foresee(&incoming, options, &basis, tally);
    }
    for file in &incoming {
        let placed = placed(file, options, &basis, &mut tally)
            .and_then(|place| place.map(|place| file_away(file, &place, options, &returns, &mut manifest).map(|_| place)).transpose());
        match placed {
            Ok(Some(place)) => tally.placed.push((file.original.clone(), place)),
            Ok(None) => {}
            // What is wrong with one file is no matter of the others.
            Err(error @ Error::Usage { .. }) => tally.refused.push((file.original.clone(), error)),
            Err(error) => return Err(error),
        }
    }
    if !tally.placed.is_empty() {
        println!("next: abreast run, then abreast diff");
    }
    told(tally, options.files.len(), "are filed")
}

/// The files to be filed: archives taken apart, data before what describes it.
fn incoming(files: &[PathBuf], tally: &mut Tally) -> (Vec<Incoming>, Vec<Unpacked>) {
    let (mut incoming, mut archives) = (Vec::new(), Vec::new());
    for path in files {
        let original = name_of(path);
        match archive::unpack(path) {
            Ok(None) => incoming.push(Incoming { path: path.clone(), original, packed: false }),
            Ok(Some(unpacked)) => {
                incoming.extend(unpacked.members.iter().map(|member| Incoming {
                    path: member.path.clone(),
                    original: format!("{original}/{}", member.inside),
                    packed: true,
                }));
                archives.push(unpacked);
            }
            Err(finding) => tally.refused.push((original, said(finding))),
        }
    }
    let describes = |file: &Incoming| (is_document(&file.path), file.original.to_lowercase().ends_with(".meta.csv"));
    incoming.sort_by_key(describes);
    (incoming, archives)
}

/// Where a file goes; none where it came in an archive and no table reads it.
pub(super) fn placed(file: &Incoming, options: &Add, basis: &Basis, tally: &mut Tally) -> Result<Option<Place>, Error> {
    if let Some(place) = beside(file, tally) {
        return Ok(Some(place));
    }
    let asked = Asked {
        table: options.table.clone(),
        return_name: options.r#return.clone(),
        release: options.release.clone(),
        sheet: None,
    };
    match place(&file.path, &asked, basis) {
        Err(Error::Usage { message, .. }) if file.packed && message.contains("fits no pipeline") => {
            tally.left.push((file.original.clone(), "no table reads it".to_owned()));
            Ok(None)
        }
        placed => placed.map(Some),
    }
}

/// A `.meta.csv` goes where the file it describes went, and the words of a release beside its tables.
fn beside(file: &Incoming, tally: &Tally) -> Option<Place> {
    let described = file.original.strip_suffix(".meta.csv");
    let (original, place) = if file.packed && is_document(&file.path) {
        tally.placed.last()?
    } else {
        let described = described?;
        tally.placed.iter().find(|(original, _)| original.strip_suffix(".csv") == Some(described))?
    };
    let name = match described.and(place.name.strip_suffix(".csv")) {
        // Where its file got another name it gets that one too, because it is looked for by it.
        Some(stem) => format!("{stem}.meta.csv"),
        None => safe_name(&name_of(&file.path)),
    };
    let _ = original;
    Some(Place {
        name,
        why: "beside its file".to_owned(),
        return_name: place.return_name.clone(),
        release: place.release.clone(),
    })
}

/// Says what became of the files; answers whether one was refused.
pub(super) fn told(mut tally: Tally, asked: usize, what: &str) -> Result<bool, Error> {
    let filed = tally.placed.len();
    if filed == 0 && asked == 1 && tally.refused.len() == 1 && tally.left.is_empty() {
        return tally.refused.pop().map_or(Ok(true), |(_, error)| Err(error));
    }
    for (original, why) in &tally.left {
        println!("{original}  left: {why}");
    }
    for (original, error) in &tally.refused {
        eprintln!("error: {original}: {error}\n");
    }
    if !tally.refused.is_empty() || !tally.left.is_empty() {
        println!("{filed} of {} files {what}", filed + tally.refused.len() + tally.left.len());
    }
    Ok(!tally.refused.is_empty() || filed == 0)
}

/// Whether what was said can be a folder or a day.
///
/// # Errors
/// It cannot.
pub(super) fn check(options: &Add) -> Result<(), Error> {
    for word in [&options.r#return, &options.release].into_iter().flatten() {
        if !manifest::is_inside(word) || word.contains('/') || safe_name(word) != *word {
            return Err(Error::usage(
                format!("`{}` is no name for a folder", word.escape_debug()),
                "use letters, digits, `-` and `_`",
            ));
        }
    }
    if let Some(day) = &options.published
        && day.parse::<chrono::NaiveDate>().is_err()
    {
        return Err(Error::usage(format!("`{day}` is no day"), "write it as 2025-06-26"));
    }
    Ok(())
}

fn said(finding: Finding) -> Error {
    Error::usage(finding.to_string(), "nothing was filed of this file")
}

/// Puts a file in its place and writes the manifest; answers whether it was there already, the same.
///
/// # Errors
/// Another file is there, or its place cannot be written to.
pub(super) fn file_away(
    file: &Incoming,
    place: &Place,
    options: &Add,
    returns: &Path,
    manifest: &mut Manifest,
) -> Result<bool, Error> {
    let unchanged = put(file, place, options, returns, manifest)?;
    let text = manifest.text()?;
    let path = manifest::path_for(returns);
    if let Written::Beside(beside) = publish::write(&path, &mut |out| out.write_all(text.as_bytes()))? {
        return Err(Error::usage(
            format!("the manifest is open in another program; the new one is `{}`", home::shown(&beside)),
            "close it and put the new one in its place",
        ));
    }
    Ok(unchanged)
}

fn put(file: &Incoming, place: &Place, options: &Add, returns: &Path, manifest: &mut Manifest) -> Result<bool, Error> {
    let bytes = fs_err::read(&file.path).map_err(Error::reading)?;
    let sha256 = hash(&bytes);
    let path = place.path();
    if !manifest::is_inside(&path) {
        return Err(Error::usage(
            format!("`{}` is no path within the returns folder", path.escape_debug()),
            "choose other names with `--return` and `--release`",
        ));
    }
    let target = returns.join(&path);
    let mut note = String::new();
    if target.is_file() {
        let old = hash(&fs_err::read(&target).map_err(Error::reading)?);
        if old == sha256 {
            note = "unchanged: it was there already".to_owned();
        } else if options.replace {
            let kept = target.with_file_name(format!("{}.old-{}", place.name, &old[..8]));
            fs_err::rename(&target, &kept).map_err(|error| Error::writing(error, &kept))?;
            note = format!("the old one is kept as {}", name_of(&kept));
        } else {
            return Err(Error::usage(
                format!(
                    "`{}` is there already, and it is another file (sha256 {}, this one {})",
                    home::shown(&target),
                    &old[..8],
                    &sha256[..8]
                ),
                "if the publisher replaced it, say `--replace`: the old one is kept beside it; if it is another release, say `--release`",
            ));
        }
    }
    let unchanged = note.starts_with("unchanged");
    if !unchanged && let Written::Beside(beside) = publish::write(&target, &mut |out| out.write_all(&bytes))? {
        return Err(Error::usage(
            format!(
                "`{}` is open in another program; the new file is `{}`",
                home::shown(&target),
                home::shown(&beside)
            ),
            "close it, and give the new file its name",
        ));
    }
    let known = manifest.record(&path).filter(|known| known.sha256 == sha256).cloned();
    let known_or = |given: &Option<String>, pick: fn(Record) -> String| {
        given.clone().or_else(|| known.clone().map(pick)).unwrap_or_default()
    };
    let original = file.original.clone();
    manifest.put(Record {
        sha256: sha256.clone(),
        bytes: bytes.len() as u64,
        original: if original == place.name { String::new() } else { original },
        url: known_or(&options.url, |record| record.url),
        published: known_or(&options.published, |record| record.published),
        added: known.as_ref().map_or_else(|| manifest::today().to_string(), |known| known.added.clone()),
        path: path.clone(),
    });
    println!("{path}  {} bytes, sha256 {}", whole(bytes.len()), &sha256[..8]);
    println!("  {}{}{note}", place.why, if note.is_empty() { "" } else { "; " });
    Ok(unchanged)
}
