//! Filing: what a publisher sent goes under its return and release, its bytes untouched, and is recorded.

use std::path::{Path, PathBuf};

use crate::finding::{Error, Finding};
use crate::home;
use crate::load;
use crate::manifest::{self, Manifest, Record, safe_name};
use crate::normalise::Meta;
use crate::pipeline::{Pipeline, Release};
use crate::provenance::hash;
use crate::publish::{self, Written};

use super::options::Add;
use super::recognise::{self, Candidate, before, candidates, last_year};
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

/// Files the files; answers whether one was refused.
///
/// # Errors
/// What makes it impossible to go on; files before it stay filed.
pub fn add(options: &Add) -> Result<bool, Error> {
    let returns =
        options.returns.clone().or_else(|| home::folder("data/returns")).unwrap_or_else(|| "data/returns".into());
    check(options)?;
    let declared = home::declared("pipelines", options.pipelines.as_deref())?;
    let pipelines: Vec<Pipeline> = declared.into_iter().filter_map(|file| crate::pipeline::read(file).ok()).collect();
    let mut manifest = Manifest::read(&manifest::path_for(&returns))?;
    // A `.meta.csv` goes where the file it describes went.
    let mut files: Vec<&PathBuf> = options.files.iter().collect();
    files.sort_by_key(|file| name_of(file).ends_with(".meta.csv"));
    let mut placed: Vec<(String, Place)> = Vec::new();
    for file in files {
        let beside =
            placed.iter().find(|(name, _)| name_of(file).strip_suffix(".meta.csv") == name.strip_suffix(".csv"));
        let place = match beside {
            Some((_, place)) => Place {
                name: safe_name(&name_of(file)),
                why: "beside its file".to_owned(),
                return_name: place.return_name.clone(),
                release: place.release.clone(),
            },
            None => place(file, options, &pipelines, &returns)?,
        };
        file_away(file, &place, options, &returns, &mut manifest)?;
        placed.push((name_of(file), place));
    }
    println!("next: abreast run, then abreast diff");
    Ok(false)
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

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn said(finding: Finding) -> Error {
    Error::usage(finding.to_string(), "nothing was filed of this file")
}

/// Which return, release and name a file goes under.
fn place(file: &Path, options: &Add, pipelines: &[Pipeline], returns: &Path) -> Result<Place, Error> {
    let name = name_of(file);
    if let (Some(return_name), Some(release)) = (&options.r#return, &options.release) {
        return Ok(Place {
            return_name: return_name.clone(),
            release: release.clone(),
            name: safe_name(&name),
            why: "as told".to_owned(),
        });
    }
    let opened = recognise::open(file).map_err(said)?;
    let all = candidates(&name, &opened, pipelines, &Meta::default());
    let mut fitting: Vec<&Candidate<'_>> = all.iter().filter(|candidate| candidate.fits()).collect();
    if let Some(wanted) = &options.r#return {
        fitting.retain(|candidate| candidate.pipeline.return_name == *wanted);
    }
    if fitting.iter().any(|candidate| candidate.name_fits) {
        fitting.retain(|candidate| candidate.name_fits);
    }
    let Some(first) = fitting.first() else { return Err(unknown(file, &all)) };
    let return_name = first.pipeline.return_name.clone();
    if fitting.iter().any(|candidate| candidate.pipeline.return_name != return_name) {
        let names: Vec<String> = fitting
            .iter()
            .map(|candidate| format!("{} ({})", candidate.pipeline.return_name, candidate.pipeline.name))
            .collect();
        return Err(Error::usage(
            format!("`{}` fits several returns: {}", home::shown(file), names.join(", ")),
            "say which with `--return`",
        ));
    }
    let (release, why) = match &options.release {
        Some(release) => (release.clone(), "as told".to_owned()),
        None => release_of(&opened, first, returns)?,
    };
    let literal = first.block.file.get_ref();
    let is_glob = literal.contains(['*', '?', '[', '{']);
    let name = if first.name_fits || is_glob { safe_name(&name) } else { safe_name(literal) };
    let tables: Vec<&str> = fitting.iter().map(|candidate| candidate.pipeline.name.as_str()).collect();
    Ok(Place { return_name, release, name, why: format!("{why}; for {}", tables.join(", ")) })
}

fn unknown(file: &Path, all: &[Candidate<'_>]) -> Error {
    let shown = home::shown(file);
    let near = all.iter().find(|candidate| candidate.share() >= 0.5);
    let message = match near {
        Some(near) => {
            let missing: Vec<String> = near.fit.missing.iter().map(|missing| format!("`{}`", missing.name)).collect();
            let why = if missing.is_empty() {
                "its header or sheet moved".to_owned()
            } else {
                format!("it lacks {}", missing.join(", "))
            };
            format!("`{shown}` is like `{}`, but {why}", near.pipeline.name)
        }
        None => format!("`{shown}` fits no pipeline"),
    };
    Error::usage(
        message,
        format!(
            "`abreast inspect {shown}` proposes what to write into a pipeline; to file it all the same say `--return` and `--release`"
        ),
    )
}

/// The release that a file is, by its last period and that of the newest release already filed.
pub(super) fn release_of(
    opened: &load::Opened,
    candidate: &Candidate<'_>,
    returns: &Path,
) -> Result<(String, String), Error> {
    let Candidate { pipeline, block, sheet, .. } = candidate;
    let last = recognise::cut(opened, *sheet, block, None, None)
        .ok()
        .and_then(|table| last_year(pipeline, block, &Release::new(""), &table));
    let earlier = before(pipeline, returns, &Release::new("")).and_then(|before| {
        let year: i32 = before.release.as_str().parse().ok()?;
        Some((year, last_year(pipeline, before.block, &before.release, &before.table)?))
    });
    match (last, earlier) {
        (Some(last), Some((year, before))) => {
            let release = last + year - before;
            Ok((release.to_string(), format!("release {year} ends in {before}, this file in {last}")))
        }
        (last, _) => {
            let help = match last {
                Some(last) => format!("say which with `--release`; its last period is in {last}"),
                None => {
                    "say which with `--release`: the name of the folder, usually the year it was published".to_owned()
                }
            };
            Err(Error::usage(
                format!("no release of `{}` is filed yet, so that this file's cannot be told", pipeline.name),
                help,
            ))
        }
    }
}

/// Puts a file in its place and writes the manifest; answers whether it was there already, the same.
///
/// # Errors
/// Another file is there, or its place cannot be written to.
pub(super) fn file_away(
    file: &Path,
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

fn put(file: &Path, place: &Place, options: &Add, returns: &Path, manifest: &mut Manifest) -> Result<bool, Error> {
    let bytes = fs_err::read(file).map_err(Error::reading)?;
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
    let original = name_of(file);
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
