//! Looking: what is in a file, which pipeline it fits, and what to write where it does not.

use std::path::{Path, PathBuf};

use crate::area::Register;
use crate::finding::{Error, Finding};
use crate::grid::{Layout, TextTable};
use crate::home;
use crate::load::Opened;
use crate::manifest::{safe_name, today};
use crate::normalise::{Input, Meta, Normalised, normalise};
use crate::pipeline::{Declared, Header, Pipeline, Release};

use super::add::release_of;
use super::options::Inspect;
use super::propose::{self, Proposal, propose, standing, with_block};
use super::recognise::{self, Candidate, before, candidates, cut};
use super::relabel::relabelled;
use super::sketch;
use crate::shown;

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
/// It cannot be read.
pub fn look(options: &Inspect) -> Result<Seen, Error> {
    let said = |finding: Finding| Error::usage(finding.message, finding.help);
    let register = home::register()?.0;
    let declared = home::declared("pipelines", options.pipelines.as_deref())?;
    let mut pipelines: Vec<Pipeline> =
        declared.into_iter().filter_map(|file| crate::pipeline::read(file).ok()).collect();
    if let Some(wanted) = &options.table {
        pipelines.retain(|pipeline| pipeline.name == *wanted);
        if pipelines.is_empty() {
            return Err(Error::usage(
                format!("there is no table `{wanted}`"),
                "`abreast list tables` prints all of them",
            ));
        }
    }
    let opened = recognise::open(&options.file).map_err(said)?;
    let name = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut seen = Seen { text: contents(&options.file, &opened), proposed: Vec::new(), undecided: false };
    let all = candidates(&name, &opened, &pipelines, &Meta::default());
    let best = all.first().filter(|best| best.share() >= 0.5);
    let sheet = best.map_or_else(|| largest(&opened), |best| best.sheet);
    let header = sketch::header(&opened.sheets[sheet].1);
    let plain = match best {
        Some(best) => cut(&opened, sheet, best.block, best.moved_to, None),
        None => whole(&opened, sheet, header),
    };
    let plain = plain.map_err(said)?;
    let columns = sketch::columns(&plain, &register);
    seen.text += &columns.text();
    seen.text.push('\n');
    let fitting: Vec<&Candidate<'_>> = chosen(all.iter().filter(|candidate| candidate.fits()));
    if !fitting.is_empty() {
        for candidate in fitting {
            fits(candidate, &opened, options, &register, &mut seen)?;
        }
        return Ok(seen);
    }
    let near: Vec<&Candidate<'_>> =
        chosen(all.iter().filter(|candidate| candidate.share() >= 0.4 && candidate.fit.found >= 2));
    match near.as_slice() {
        [] => {
            let release = options.release.clone().unwrap_or_else(this_year);
            let title = options.file.file_stem().unwrap_or_default().to_string_lossy().replace('_', " ");
            let text = columns.pipeline(&title, &safe_name(&name), &release, &opened.sheets[sheet].0, header);
            new_pipeline(&mut seen, &text, &release, &plain, &register);
        }
        [first, second, ..] if first.pipeline.return_name != second.pipeline.return_name && !first.name_fits => {
            seen.undecided = true;
            let names: Vec<String> = near
                .iter()
                .map(|near| format!("`{}` ({:.0}% of its columns)", near.pipeline.name, near.share() * 100.0))
                .collect();
            seen.text += &format!(
                "fits none, and is like several: {}\nnothing is guessed: say which with `--table`\n",
                names.join(", ")
            );
        }
        several => {
            for candidate in several {
                drifted(candidate, &opened, options, &register, &mut seen)?;
            }
        }
    }
    Ok(seen)
}

/// Those whose file name fits where there are any; else all that fit as well as the best.
fn chosen<'a, 'p: 'a>(all: impl Iterator<Item = &'a Candidate<'p>>) -> Vec<&'a Candidate<'p>> {
    let mut all: Vec<&Candidate<'p>> = all.collect();
    if all.iter().any(|candidate| candidate.name_fits) {
        all.retain(|candidate| candidate.name_fits);
    } else if let Some(best) = all.first().map(|best| best.share()) {
        all.retain(|candidate| best - candidate.share() < 0.1);
    }
    all
}

fn this_year() -> String {
    use chrono::Datelike;
    today().year().to_string()
}

/// The file, its sheets and their size.
fn contents(path: &Path, opened: &Opened) -> String {
    let encoding = if opened.encoding.is_empty() { String::new() } else { format!(", {}", opened.encoding) };
    let mut text = format!("{}: {:?}{encoding}\n", home::shown(path), opened.kind);
    for (title, grid) in &opened.sheets {
        let title = if title.is_empty() { "cells".to_owned() } else { format!("`{}`", crate::finding::tidy(title)) };
        let header = if grid.is_empty() { String::new() } else { format!(", header in row {}", sketch::header(grid)) };
        text +=
            &format!("sheet       {title}: {} rows, {} columns{header}\n", shown::whole(grid.height()), grid.width());
    }
    text
}

fn largest(opened: &Opened) -> usize {
    let size = |sheet: &usize| opened.sheets[*sheet].1.height() * opened.sheets[*sheet].1.width();
    (0..opened.sheets.len()).max_by_key(size).unwrap_or_default()
}

/// The table below the likely header.
fn whole(opened: &Opened, sheet: usize, header: u32) -> Result<TextTable, Finding> {
    let (title, grid) = &opened.sheets[sheet];
    let layout = Layout { header: Header::Row(header), ..Layout::default() };
    TextTable::cut("", title, grid, &layout)
}

/// Says that a block holds for the file, and tries it.
fn fits(
    candidate: &Candidate<'_>,
    opened: &Opened,
    options: &Inspect,
    register: &Register,
    seen: &mut Seen,
) -> Result<(), Error> {
    let pipeline = candidate.pipeline;
    let release = release(candidate, opened, options);
    seen.text += &format!(
        "fits `{}`: the block from {} of {} holds, all {} columns it names are there\n",
        pipeline.name,
        candidate.block.from.get_ref(),
        pipeline.path,
        candidate.fit.found
    );
    if !candidate.name_fits {
        seen.text += &format!(
            "  its name is not `{}`: `abreast add` files it under that name\n",
            candidate.block.file.get_ref()
        );
    }
    let returns = returns(options);
    let earlier = before(pipeline, &returns, &Release::new(release.as_str()));
    let table = cut(opened, candidate.sheet, candidate.block, None, None);
    let table = table.map_err(|finding| Error::usage(finding.message, finding.help))?;
    if candidate.fit.new.is_empty() && !relabelled(candidate, &table, earlier.as_ref()).any() {
        let table = cut(opened, candidate.sheet, candidate.block, None, None);
        let table = table.map_err(|finding| Error::usage(finding.message, finding.help))?;
        trial(seen, pipeline, &release, table, register);
        seen.text += &format!("nothing to write; file it with `abreast add`\n\n{}\n\n", standing(candidate));
        return Ok(());
    }
    drifted(candidate, opened, options, register, seen)
}

/// The folder of the returns filed before.
fn returns(options: &Inspect) -> PathBuf {
    options.returns.clone().or_else(|| home::folder("data/returns")).unwrap_or_else(|| "data/returns".into())
}

/// The release of the file: as told, by its periods, or this year.
fn release(candidate: &Candidate<'_>, opened: &Opened, options: &Inspect) -> String {
    let told = options.release.clone();
    told.or_else(|| release_of(opened, candidate, &returns(options)).ok().map(|(release, _)| release))
        .unwrap_or_else(this_year)
}

/// Proposes a block for a file that drifted, and tries it.
fn drifted(
    candidate: &Candidate<'_>,
    opened: &Opened,
    options: &Inspect,
    register: &Register,
    seen: &mut Seen,
) -> Result<(), Error> {
    let pipeline = candidate.pipeline;
    let release = release(candidate, opened, options);
    let table = cut(opened, candidate.sheet, candidate.block, candidate.moved_to, None);
    let table = table.map_err(|finding| Error::usage(finding.message, finding.help))?;
    let earlier = before(pipeline, &returns(options), &Release::new(release.as_str()));
    let name = safe_name(&options.file.file_name().unwrap_or_default().to_string_lossy());
    let proposal: Proposal = propose(candidate, &table, earlier.as_ref(), &release, &name);
    let than = earlier.map_or(
        "no earlier release is filed, so that only names are compared".to_owned(),
        |before: propose::Before<'_>| format!("compared with release {}", before.release),
    );
    seen.text += &format!(
        "drifted from `{}` (the block from {}); {than}\n{}",
        pipeline.name,
        candidate.block.from.get_ref(),
        proposal.text()
    );
    if candidate.moved_to.is_some() || candidate.other_sheet {
        seen.text += &format!("  the table is on sheet `{}`, header in row {}\n", table.sheet, table.header_row);
    }
    if !candidate.rivals.is_empty() {
        let others: Vec<String> = candidate.rivals.iter().map(|name| format!("`{name}`")).collect();
        seen.text += &format!("  TWO FIT, say which: sheet `{}` or {}\n", table.sheet, others.join(" or "));
    }
    seen.undecided |= !proposal.is_sure() || !candidate.rivals.is_empty();
    let text = with_block(pipeline, &proposal.block);
    seen.text += &format!("add to {}:\n\n{}\n\n", pipeline.path, proposal.block);
    let declared = Declared { path: pipeline.path.clone(), name: pipeline.name.clone(), text: text.clone() };
    match crate::pipeline::read(declared) {
        Ok(patched) => trial(seen, &patched, &release, table, register),
        Err(findings) => wrong(seen, &findings),
    }
    seen.proposed.push((pipeline.name.clone(), text));
    Ok(())
}

fn new_pipeline(seen: &mut Seen, text: &str, release: &str, table: &TextTable, register: &Register) {
    seen.text += &format!(
        "fits no pipeline; a new one, to save as pipelines/NAME.toml (FOLDER is the return's folder):\n\n{text}\n"
    );
    let declared = Declared { path: "pipelines/NAME.toml".to_owned(), name: "new".to_owned(), text: text.to_owned() };
    match crate::pipeline::read(declared) {
        Ok(pipeline) => trial(seen, &pipeline, release, table.clone(), register),
        Err(findings) => wrong(seen, &findings),
    }
    seen.proposed.push(("new".to_owned(), text.to_owned()));
}

/// Normalises the file with a pipeline and says what came of it.
fn trial(seen: &mut Seen, pipeline: &Pipeline, release: &str, table: TextTable, register: &Register) {
    let release = Release::new(release);
    let Some(block) = pipeline.block(&release) else { return };
    let input = Input { release: &release, block, table, meta: Meta::default() };
    let Normalised { observations, findings, accounts, .. } = normalise(pipeline, vec![input], register);
    let errors: Vec<Finding> = findings.into_iter().filter(Finding::is_error).collect();
    if errors.is_empty() {
        let rows: usize = accounts.iter().map(|account| account.loaded).sum();
        let count = observations.map_or(0, |frame| frame.height());
        seen.text +=
            &format!("tried: {} rows give {} observations, no error\n", shown::whole(rows), shown::whole(count));
    } else {
        wrong(seen, &errors);
    }
}

fn wrong(seen: &mut Seen, findings: &[Finding]) {
    seen.undecided = true;
    seen.text += &format!("tried: {} errors remain\n", findings.len());
    for finding in findings.iter().take(6) {
        seen.text += &format!("  {}\n    help: {}\n", finding.message, finding.help);
    }
}
