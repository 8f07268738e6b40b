//! Looking: what is in a file, which tables read it, and what to write where none does. It prints what the engine tried.

use super::answer::{Answer, Asked, answer};
use super::archive;
use super::arrival::Arrival;
use super::assessment::Assessment;
use super::basis::Basis;
use super::candidates::Candidate;
use super::new_pipeline::{self, NewPipeline};
use super::options::Inspect;
use super::same_table::Evidence;
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
    let basis = Basis::read(options.returns.as_deref(), options.pipelines.folder.as_deref())?;
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
    if answer.new_pipeline.is_some() {
        let names: Vec<String> =
            answer.perhaps.iter().map(|(candidate, _)| format!("`{}`", candidate.pipeline.name)).collect();
        let words = match names.as_slice() {
            [] => "fits no pipeline".to_owned(),
            names => format!("has the header of {}, and nothing else speaks for it", names.join(", ")),
        };
        return (words, true);
    }
    let words = answer.kin.iter().map(|assessed| {
        let drifted = if assessed.holds() { "fits" } else { "drifted from" };
        format!("{drifted} `{}`", assessed.candidate.pipeline.name)
    });
    (words.collect::<Vec<_>>().join(", "), answer.kin.iter().any(|assessed| !assessed.holds()))
}

fn say(answer: &Answer<'_>, seen: &mut Seen) {
    for assessed in &answer.kin {
        if assessed.holds() { fits(assessed, seen) } else { drifted(assessed, seen) }
    }
    let mut returns: Vec<&str> =
        answer.kin.iter().map(|assessed| assessed.candidate.pipeline.return_name.as_str()).collect();
    returns.dedup();
    if returns.len() > 1 {
        seen.undecided = true;
        seen.text += &format!("fits several returns, {}: say which with `--return`\n", returns.join(" and "));
    }
    let Some(new_pipeline) = &answer.new_pipeline else { return };
    for (candidate, evidence) in &answer.perhaps {
        perhaps(candidate, evidence, seen);
    }
    new(new_pipeline, !answer.perhaps.is_empty(), seen);
}

/// The file, its sheets and their size.
pub(super) fn contents(arrival: &Arrival) -> String {
    let opened = &arrival.opened;
    let encoding = if opened.encoding.is_empty() { String::new() } else { format!(", {}", opened.encoding) };
    let mut text = format!("{}: {:?}{encoding}\n", arrival.shown, opened.kind);
    for (index, (title, grid)) in opened.sheets.iter().enumerate() {
        let title = if title.is_empty() { "cells".to_owned() } else { format!("`{}`", tidy(title)) };
        let header =
            if grid.is_empty() { String::new() } else { format!(", header in row {}", new_pipeline::header(grid)) };
        let hidden = if opened.is_hidden(index) { ", hidden: Excel does not show it" } else { "" };
        let (rows, columns) = (whole(grid.height()), grid.width());
        text += &format!("sheet       {title}: {rows} rows, {columns} columns{header}{hidden}\n");
    }
    text
}

/// Says that a block holds for the file, and what came of trying it.
fn fits(assessed: &Assessment<'_>, seen: &mut Seen) {
    let candidate = &assessed.candidate;
    seen.text += &format!(
        "fits `{}`: the block from {} of {} holds, all {} columns it names are there\n",
        candidate.pipeline.name,
        candidate.block.from.get_ref(),
        candidate.pipeline.path,
        candidate.fit.found
    );
    seen.text += &format!("  {}\n{}", assessed.evidence.text(), release(assessed));
    let pattern = candidate.block.file.get_ref();
    match &assessed.name {
        Some(name) if candidate.named != Named::AsAsked => {
            seen.text += &format!("  its name is not `{pattern}`: `abreast add` files it as `{name}`\n");
        }
        None => seen.text += &format!("  give it a name that `{pattern}` finds before you file it\n"),
        Some(_) => {}
    }
    seen.undecided |= assessed.name.is_none();
    seen.text += &assessed.trial.text();
    seen.text += &format!("nothing to write; file it with `abreast add`\n\n{}\n\n", assessed.block);
}

/// What told which release the file is.
fn release(assessed: &Assessment<'_>) -> String {
    let known = &assessed.known;
    match (&known.older_than, known.is_known) {
        (Some((newest, ended)), _) => format!(
            "  older than release {newest}, which ends in {ended}: taken as release {}; say `--release` to file it\n",
            known.release
        ),
        (None, true) if known.why == "as told" => String::new(),
        (None, true) => format!("  release {}: {}\n", known.release, known.why),
        (None, false) => {
            let last = known.last.map_or(String::new(), |last| format!(", and its last period is in {last}"));
            format!(
                "  tried as release {}: no earlier release is filed{last}; say which it is with `--release`\n",
                known.release
            )
        }
    }
}

/// Says what drifted, and what came of trying the block that fits.
fn drifted(assessed: &Assessment<'_>, seen: &mut Seen) {
    let candidate = &assessed.candidate;
    seen.text += &format!(
        "drifted from `{}` (the block from {}); {}\n{}",
        candidate.pipeline.name,
        candidate.block.from.get_ref(),
        assessed.evidence.text(),
        release(assessed)
    );
    if let Some(proposal) = &assessed.proposal {
        seen.text += &proposal.text();
    }
    let (sheet, row) = &assessed.place;
    if candidate.moved_to.is_some() || candidate.other_sheet {
        seen.text += &format!("  the table is on sheet `{sheet}`, header in row {row}\n");
    }
    if !candidate.rivals.is_empty() {
        let others: Vec<String> = candidate.rivals.iter().map(|name| format!("`{name}`")).collect();
        seen.text += &format!("  TWO FIT, say which: sheet `{sheet}` or {}\n", others.join(" or "));
    }
    seen.undecided |= assessed.is_undecided();
    match (&assessed.proposal, &assessed.instead) {
        (None, _) => seen.text += &format!("the block holds as it stands in {}:\n\n", candidate.pipeline.path),
        (Some(_), None) => seen.text += &format!("add to {}:\n\n", candidate.pipeline.path),
        (Some(_), Some(from)) => {
            seen.text += &format!("put into {} in the place of the block from {from}:\n\n", candidate.pipeline.path);
        }
    }
    seen.text += &format!("{}\n\n{}\n", assessed.block, assessed.trial.text());
    if assessed.proposal.is_some() {
        seen.proposed.push((candidate.pipeline.name.clone(), assessed.pipeline.clone()));
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
fn new(new_pipeline: &NewPipeline, after: bool, seen: &mut Seen) {
    if let Some(list) = &new_pipeline.list {
        seen.text += &format!("a list of authorities without a figure: {list}\n");
        return;
    }
    let head = if after { "else it is a data set of its own" } else { "fits no pipeline; a new one" };
    seen.text += &format!(
        "{head}, to save as pipelines/{}.toml:\n\n{}\n{}",
        new_pipeline.name,
        new_pipeline.text,
        new_pipeline.trial.text()
    );
    for line in &new_pipeline.open {
        seen.text += &format!("  to decide: {}\n", tidy(line));
    }
    if !new_pipeline.rivals.is_empty() {
        let others: Vec<String> = new_pipeline.rivals.iter().map(|name| format!("`{}`", tidy(name))).collect();
        seen.text += &format!("  other sheets have as much: {}; say which with `--sheet`\n", others.join(", "));
    }
    seen.undecided |= !new_pipeline.trial.is_good() || !new_pipeline.open.is_empty();
    seen.proposed.push((new_pipeline.name.clone(), new_pipeline.text.clone()));
}
