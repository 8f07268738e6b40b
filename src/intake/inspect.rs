//! Looking: what is in a file, which tables read it, and what to write where none does. It prints what the engine tried.

use super::answer::{Answer, Asked, answer};
use super::archive;
use super::arrival::Arrival;
use super::basis::Basis;
use super::judge::Judged;
use super::kinship::Evidence;
use super::options::Inspect;
use super::recognise::Candidate;
use super::sketch::{self, Sketch};
use crate::finding::{Error, Finding, tidy};
use crate::refresh::names::Named;
use crate::shown::whole;

/// What `inspect` has to say.
pub struct Seen {
    /// For reading.
    pub text: String,
    /// Whole pipelines, with their names, that were proposed and tried: with a new block, or new altogether.
    pub proposed: Vec<(String, String)>,
    /// Whether two columns or two returns fit alike, or a proposal does not work yet.
    pub undecided: bool,
}

/// Looks at a file.
///
/// # Errors
/// It cannot be read, or what was asked for is not there.
pub fn look(options: &Inspect) -> Result<Seen, Error> {
    let said = |finding: Finding| Error::usage(finding.message, finding.help);
    let basis = Basis::read(options.returns.as_deref(), options.pipelines.as_deref())?;
    let asked = Asked {
        table: options.table.clone(),
        return_name: options.r#return.clone(),
        release: options.release.clone(),
        sheet: options.sheet.clone(),
        ..Asked::default()
    };
    if let Some(archive) = archive::unpack(&options.file).map_err(said)? {
        return members(&archive, &asked, &basis);
    }
    let arrival = Arrival::open(&options.file).map_err(said)?;
    let mut seen = Seen { text: contents(&arrival), proposed: Vec::new(), undecided: false };
    let answer = answer(&arrival, &asked, &basis)?;
    seen.text += &answer.columns.text();
    seen.text.push('\n');
    say(&answer, &mut seen);
    Ok(seen)
}

/// What each file of an archive is, a line each.
fn members(archive: &archive::Unpacked, asked: &Asked, basis: &Basis) -> Result<Seen, Error> {
    let mut text = format!("{}: an archive of {} files\n", archive.shown, archive.members.len());
    let mut undecided = false;
    for member in &archive.members {
        if member.is_document() {
            text += &format!("  {}: a document\n", member.inside);
            continue;
        }
        let line = match Arrival::open(&member.path) {
            Ok(arrival) => in_short(&answer(&arrival, asked, basis)?),
            Err(finding) => (finding.message, true),
        };
        undecided |= line.1;
        text += &format!("  {}: {}\n", member.inside, line.0);
    }
    text += "\n`abreast add` takes it apart and files what a table reads; unpack it to inspect a file of it\n";
    Ok(Seen { text, proposed: Vec::new(), undecided })
}

/// What a file is, on one line, and whether something is left to write or to decide.
pub(super) fn in_short(answer: &Answer<'_>) -> (String, bool) {
    if answer.sketch.is_some() {
        let names: Vec<String> =
            answer.perhaps.iter().map(|(candidate, _)| format!("`{}`", candidate.pipeline.name)).collect();
        let words = match names.as_slice() {
            [] => "fits no pipeline".to_owned(),
            names => format!("has the header of {}, and nothing else speaks for it", names.join(", ")),
        };
        return (words, true);
    }
    let words = answer.kin.iter().map(|judged| {
        let drifted = if judged.holds() { "fits" } else { "drifted from" };
        format!("{drifted} `{}`", judged.candidate.pipeline.name)
    });
    (words.collect::<Vec<_>>().join(", "), answer.kin.iter().any(|judged| !judged.holds()))
}

fn say(answer: &Answer<'_>, seen: &mut Seen) {
    for judged in &answer.kin {
        if judged.holds() { fits(judged, seen) } else { drifted(judged, seen) }
    }
    let mut returns: Vec<&str> =
        answer.kin.iter().map(|judged| judged.candidate.pipeline.return_name.as_str()).collect();
    returns.dedup();
    if returns.len() > 1 {
        seen.undecided = true;
        seen.text += &format!("fits several returns, {}: say which with `--return`\n", returns.join(" and "));
    }
    let Some(sketch) = &answer.sketch else { return };
    for (candidate, evidence) in &answer.perhaps {
        perhaps(candidate, evidence, seen);
    }
    new(sketch, !answer.perhaps.is_empty(), seen);
}

/// The file, its sheets and their size.
pub(super) fn contents(arrival: &Arrival) -> String {
    let opened = &arrival.opened;
    let encoding = if opened.encoding.is_empty() { String::new() } else { format!(", {}", opened.encoding) };
    let mut text = format!("{}: {:?}{encoding}\n", arrival.shown, opened.kind);
    for (index, (title, grid)) in opened.sheets.iter().enumerate() {
        let title = if title.is_empty() { "cells".to_owned() } else { format!("`{}`", tidy(title)) };
        let header = if grid.is_empty() { String::new() } else { format!(", header in row {}", sketch::header(grid)) };
        let hidden = if opened.is_hidden(index) { ", hidden: Excel does not show it" } else { "" };
        let (rows, columns) = (whole(grid.height()), grid.width());
        text += &format!("sheet       {title}: {rows} rows, {columns} columns{header}{hidden}\n");
    }
    text
}

/// Says that a block holds for the file, and what came of trying it.
fn fits(judged: &Judged<'_>, seen: &mut Seen) {
    let candidate = &judged.candidate;
    seen.text += &format!(
        "fits `{}`: the block from {} of {} holds, all {} columns it names are there\n",
        candidate.pipeline.name,
        candidate.block.from.get_ref(),
        candidate.pipeline.path,
        candidate.fit.found
    );
    seen.text += &format!("  {}\n{}", judged.evidence.text(), release(judged));
    let pattern = candidate.block.file.get_ref();
    match &judged.name {
        Some(name) if candidate.named != Named::AsAsked => {
            seen.text += &format!("  its name is not `{pattern}`: `abreast add` files it as `{name}`\n");
        }
        None => seen.text += &format!("  give it a name that `{pattern}` finds before you file it\n"),
        Some(_) => {}
    }
    seen.undecided |= judged.name.is_none();
    seen.text += &judged.trial.text();
    seen.text += &format!("nothing to write; file it with `abreast add`\n\n{}\n\n", judged.block);
}

/// What told which release the file is.
fn release(judged: &Judged<'_>) -> String {
    let told = &judged.told;
    match (&told.older_than, told.is_known) {
        (Some((newest, ended)), _) => format!(
            "  older than release {newest}, which ends in {ended}: taken as release {}; say `--release` to file it\n",
            told.release
        ),
        (None, true) if told.why == "as told" => String::new(),
        (None, true) => format!("  release {}: {}\n", told.release, told.why),
        (None, false) => {
            let last = told.last.map_or(String::new(), |last| format!(", and its last period is in {last}"));
            format!(
                "  tried as release {}: no earlier release is filed{last}; say which it is with `--release`\n",
                told.release
            )
        }
    }
}

/// Says what drifted, and what came of trying the block that fits.
fn drifted(judged: &Judged<'_>, seen: &mut Seen) {
    let candidate = &judged.candidate;
    seen.text += &format!(
        "drifted from `{}` (the block from {}); {}\n{}",
        candidate.pipeline.name,
        candidate.block.from.get_ref(),
        judged.evidence.text(),
        release(judged)
    );
    if let Some(proposal) = &judged.proposal {
        seen.text += &proposal.text();
    }
    let (sheet, row) = &judged.place;
    if candidate.moved_to.is_some() || candidate.other_sheet {
        seen.text += &format!("  the table is on sheet `{sheet}`, header in row {row}\n");
    }
    if !candidate.rivals.is_empty() {
        let others: Vec<String> = candidate.rivals.iter().map(|name| format!("`{name}`")).collect();
        seen.text += &format!("  TWO FIT, say which: sheet `{sheet}` or {}\n", others.join(" or "));
    }
    seen.undecided |= judged.is_undecided();
    match (&judged.proposal, &judged.instead) {
        (None, _) => seen.text += &format!("the block holds as it stands in {}:\n\n", candidate.pipeline.path),
        (Some(_), None) => seen.text += &format!("add to {}:\n\n", candidate.pipeline.path),
        (Some(_), Some(from)) => {
            seen.text += &format!("put into {} in the place of the block from {from}:\n\n", candidate.pipeline.path);
        }
    }
    seen.text += &format!("{}\n\n{}\n", judged.block, judged.trial.text());
    if judged.proposal.is_some() {
        seen.proposed.push((candidate.pipeline.name.clone(), judged.pipeline.clone()));
    }
}

/// Says that nothing but the header speaks for a table.
fn perhaps(candidate: &Candidate<'_>, evidence: &Evidence, seen: &mut Seen) {
    seen.undecided = true;
    let name = &candidate.pipeline.name;
    seen.text += &format!(
        "has {} of the {} columns of `{name}`, whose file is called `{}`, and nothing else speaks for it: {}\n  if it is that data set, say `--table {name}`\n",
        candidate.fit.found,
        candidate.fit.found + candidate.fit.missing.len(),
        candidate.block.file.get_ref(),
        evidence.text()
    );
}

/// Prints a pipeline of its own and what came of trying it.
fn new(sketch: &Sketch, after: bool, seen: &mut Seen) {
    if let Some(list) = &sketch.list {
        seen.text += &format!("a list of authorities without a figure: {list}\n");
        return;
    }
    let head = if after { "else it is a data set of its own" } else { "fits no pipeline; a new one" };
    seen.text +=
        &format!("{head}, to save as pipelines/{}.toml:\n\n{}\n{}", sketch.name, sketch.text, sketch.trial.text());
    for line in &sketch.open {
        seen.text += &format!("  to decide: {}\n", tidy(line));
    }
    if !sketch.rivals.is_empty() {
        let others: Vec<String> = sketch.rivals.iter().map(|name| format!("`{}`", tidy(name))).collect();
        seen.text += &format!("  other sheets have as much: {}; say which with `--sheet`\n", others.join(", "));
    }
    seen.undecided |= !sketch.trial.is_good() || !sketch.open.is_empty();
    seen.proposed.push((sketch.name.clone(), sketch.text.clone()));
}
