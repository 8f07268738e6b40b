//! Filing: what a publisher sent goes under its return and release, its bytes untouched, and is recorded.

use std::path::{Path, PathBuf};

use crate::finding::{Error, Finding};
use crate::home;
use crate::load;
use crate::manifest::{self, safe_name};
use crate::normalise::Meta;
use crate::pipeline::{Pipeline, Release};
use crate::screen;

use super::filing::{Came, Place, file_away, name_of};
use super::options::Add;
use super::recognise::{self, Candidate, before, candidates, last_year};

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
        let bytes = fs_err::read(file).map_err(Error::reading)?;
        let filed = file_away(&Came { bytes: &bytes, name: name_of(file) }, &place, options, &returns)?;
        screen::say(filed);
        placed.push((name_of(file), place));
    }
    screen::say("next: abreast run, then abreast diff");
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
