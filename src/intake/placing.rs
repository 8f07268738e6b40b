//! Where a file is filed: under which return, release and name, as the engine's answer says, or why it is not.

use std::path::Path;

use super::answer::{Answer, Asked, answer};
use super::arrival::Arrival;
use super::assessment::Assessment;
use super::basis::Basis;
use super::filing::{Place, name_of};
use crate::finding::{Error, Finding};
use crate::home;
use crate::manifest::safe_name;

/// Which return, release and name a file goes under.
///
/// # Errors
/// It cannot be told, and is asked for.
pub(super) fn place(file: &Path, asked: &Asked, basis: &Basis) -> Result<Place, Error> {
    let arrival = match Arrival::open(file) {
        Ok(arrival) => arrival,
        // What is filed as told need not be a table: a data guidance belongs to its release.
        Err(_) if is_document(file) && asked.table.is_none() => return as_told(file, asked),
        Err(finding) => return Err(refused(&finding)),
    };
    let answer = answer(&arrival, asked, basis)?;
    let reading: Vec<&Assessment<'_>> = answer.kin.iter().filter(|assessed| assessed.holds()).collect();
    if let (Some(return_name), Some(release), None) = (&asked.return_name, &asked.release, &asked.table)
        && reading.is_empty()
    {
        let why = format!("as told; {}", why_not(&answer));
        return Ok(Place {
            return_name: return_name.clone(),
            release: release.clone(),
            name: safe_name(&arrival.name),
            why,
        });
    }
    if reading.is_empty() {
        return Err(unread(&arrival, &answer));
    }
    destination(&arrival, &reading, basis)
}

/// Where a file goes that some tables read.
///
/// # Errors
/// They are of several returns, or release or name cannot be known.
pub(super) fn destination(arrival: &Arrival, reading: &[&Assessment<'_>], basis: &Basis) -> Result<Place, Error> {
    let Some(first) = reading.first() else {
        return Err(Error::usage(format!("no table reads `{}`", arrival.shown), "choose one that does"));
    };
    let return_name = first.candidate.pipeline.return_name.clone();
    if reading.iter().any(|assessed| assessed.candidate.pipeline.return_name != return_name) {
        let names: Vec<String> = reading
            .iter()
            .map(|assessed| {
                format!("{} ({})", assessed.candidate.pipeline.return_name, assessed.candidate.pipeline.name)
            })
            .collect();
        return Err(Error::usage(
            format!("`{}` fits several returns: {}", arrival.shown, names.join(", ")),
            "say which with `--return`",
        ));
    }
    let (release, why) = release(first)?;
    let name = name(arrival, first, &release)?;
    let tables: Vec<&str> = reading.iter().map(|assessed| assessed.candidate.pipeline.name.as_str()).collect();
    let notes = notes(arrival, first, (&return_name, &release), basis);
    Ok(Place { return_name, release, name, why: format!("{why}; for {}{notes}", tables.join(", ")) })
}

/// What an analyst should look at: a file that is filed under another release already, figures that are all revised.
fn notes(arrival: &Arrival, assessed: &Assessment<'_>, (return_name, release): (&str, &str), basis: &Basis) -> String {
    let mut notes = String::new();
    let again = basis.shelf().same_bytes(return_name, &arrival.path);
    if let Some(other) = again.iter().find(|other| !other.starts_with(&format!("{return_name}/{release}/"))) {
        notes += &format!("\n  WARNING: the same file is filed as {other}: is it the one of {release}?");
    }
    if assessed.evidence.speaks_against() {
        notes += &format!(
            "\n  WARNING: {}: see that it is the right file, and no column is shifted",
            assessed.evidence.text()
        );
    }
    notes
}

/// A file that is no table, where return and release are known.
fn as_told(file: &Path, asked: &Asked) -> Result<Place, Error> {
    match (&asked.return_name, &asked.release) {
        (Some(return_name), Some(release)) => Ok(Place {
            return_name: return_name.clone(),
            release: release.clone(),
            name: safe_name(&name_of(file)),
            why: "as told".to_owned(),
        }),
        _ => Err(Error::usage(
            format!("`{}` is no table", home::shown(file)),
            "to file it beside a release all the same say `--return` and `--release`",
        )),
    }
}

/// Whether a file's name says that it is words about the data.
pub(super) fn is_document(file: &Path) -> bool {
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ["txt", "md", "pdf", "doc", "docx", "rtf", "html", "htm"].contains(&ending.as_str())
}

fn refused(finding: &Finding) -> Error {
    Error::usage(finding.to_string(), "nothing was filed of this file")
}

/// The release of a file, and what told it.
fn release(assessed: &Assessment<'_>) -> Result<(String, String), Error> {
    let known = &assessed.known;
    let table = &assessed.candidate.pipeline.name;
    if let Some((newest, ended)) = &known.older_than {
        return Err(Error::usage(
            format!(
                "`{table}` has release {newest}, which ends in {ended}, and this file ends before it: an older release, or an excerpt"
            ),
            format!("say which release it is with `--release`; by its last period it would be {}", known.release),
        ));
    }
    if known.is_known {
        return Ok((known.release.clone(), known.why.clone()));
    }
    let help = match known.last {
        Some(last) => format!("say which with `--release`; its last period is in {last}"),
        None => "say which with `--release`: the name of the folder, usually the year it was published".to_owned(),
    };
    Err(Error::usage(format!("no release of `{table}` is filed yet, so that this file's cannot be told"), help))
}

/// The name under which the block that reads the file finds it.
fn name(arrival: &Arrival, assessed: &Assessment<'_>, release: &str) -> Result<String, Error> {
    assessed.name.clone().ok_or_else(|| {
        let pattern = assessed.candidate.block.file.get_ref();
        Error::usage(
            format!(
                "`{}` is read by `{}` under a name that `{pattern}` finds",
                arrival.shown, assessed.candidate.pipeline.name
            ),
            format!("give it such a name, with {release} in it, and add it again"),
        )
    })
}

/// Why no table reads a file as it is, in a few words.
fn why_not(answer: &Answer<'_>) -> String {
    let (words, _) = super::inspect::in_short(answer);
    format!("{words}: no table reads it as it is")
}

/// What to do with a file that no table reads as it is.
fn unread(arrival: &Arrival, answer: &Answer<'_>) -> Error {
    let shown = &arrival.shown;
    let inspect = format!(
        "`abreast inspect {shown}` proposes what to write into a pipeline; to file it all the same say `--return` and `--release`"
    );
    if let Some(near) = answer.kin.first() {
        let table = &near.candidate.pipeline.name;
        let missing: Vec<String> =
            near.candidate.fit.missing.iter().map(|missing| format!("`{}`", missing.name)).collect();
        let message = match (missing.as_slice(), near.trial.errors.first()) {
            ([], None) if near.trial.observations == 0 => format!("`{shown}` is like `{table}`, but gives no figure"),
            ([], None) => format!("`{shown}` is like `{table}`, but its layout drifted"),
            ([], Some(error)) => format!("`{shown}` is like `{table}`, but {}", error.message),
            (missing, _) => format!("`{shown}` is like `{table}`, but it lacks {}", missing.join(", ")),
        };
        return Error::usage(message, inspect);
    }
    if let Some((candidate, _)) = answer.perhaps.first() {
        let names: Vec<String> = answer
            .perhaps
            .iter()
            .map(|(candidate, _)| format!("`{}` (`{}`)", candidate.pipeline.name, candidate.block.file.get_ref()))
            .collect();
        return Error::usage(
            format!("`{shown}` has the header of {}, and nothing else says that it is that data set", names.join(", ")),
            format!(
                "if it is, say `--table {}`; else `abreast inspect {shown}` makes a pipeline of its own",
                candidate.pipeline.name
            ),
        );
    }
    if let Some(list) = answer.new_pipeline.as_ref().and_then(|new_pipeline| new_pipeline.list.clone()) {
        return Error::usage(format!("`{shown}` is a list of authorities and holds no figure"), list);
    }
    Error::usage(format!("`{shown}` fits no pipeline"), inspect)
}
