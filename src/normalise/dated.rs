//! A period that a block declares for its whole file, held against what the file says of itself: its titles, its sheet,
//! a column of dates, its name. A declaration that holds for one file is soon used for another.

use std::collections::BTreeSet;

use super::Input;
use crate::finding::{Finding, Place};
use crate::period::{Mention, Named, Period, mentions};
use crate::pipeline::Pipeline;

/// A mention and where it stands.
#[derive(Clone)]
struct Said {
    mention: Mention,
    place: Place,
}

/// What the words of a file say about a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// They name it, or a span that it lies in.
    Agree,
    /// They name others and not it.
    Disagree,
    /// They name none.
    Silent,
}

/// What is wrong with the declared periods of the files of a table: a file that says another period, and a period without
/// `{release}` that holds for a second release.
pub(super) fn declared(pipeline: &Pipeline, inputs: &[&Input<'_>]) -> Vec<(String, Finding)> {
    let mut findings = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        let Some((written, period)) = period(pipeline, input) else { continue };
        let (verdict, said) = verdict(&period, input);
        let before = inputs[..at].iter().find(|other| is_again(other, input, &written));
        let finding = match (verdict, said, before) {
            (Verdict::Disagree, Some(said), Some(before)) => Some(instead(pipeline, input, before, &written, &said)),
            (Verdict::Disagree, Some(said), None) => Some(disagrees(pipeline, input, &written, &said)),
            (Verdict::Silent, _, Some(before)) => Some(again(pipeline, input, before, &written)),
            _ => None,
        };
        findings.extend(finding.map(|finding| (input.release.to_string(), finding)));
    }
    findings
}

/// The period of a whole file, as its block writes it and as it is read.
fn period(pipeline: &Pipeline, input: &Input<'_>) -> Option<(String, Period)> {
    let declared = input.block.period.as_ref()?.get_ref();
    let written = declared.replace("{release}", input.release.as_str());
    let identifier = input.block.period_identifier.as_deref().unwrap_or_default();
    let period = Period::parse(&written, identifier, pipeline.period_ends).ok()?;
    Some((written, period))
}

/// Whether one block with one period holds for both files.
fn is_again(before: &Input<'_>, input: &Input<'_>, written: &str) -> bool {
    before.block.from == input.block.from
        && input.block.period.as_ref().is_some_and(|period| period.get_ref() == written)
}

/// What the file says about a period, and the words that say another. What stands in the file goes before its name; and
/// where the period is a day or a month, days and months go before years, which bear out too many of them.
fn verdict(period: &Period, input: &Input<'_>) -> (Verdict, Option<Said>) {
    let sources = [inside(input), of_name(input)];
    let days = (period.end - period.start).num_days() < 31;
    let exact = |said: &Said| matches!(said.mention.named, Named::Day(_) | Named::Month(..));
    let passes: [&dyn Fn(&Said) -> bool; 2] = [&exact, &|_| true];
    let mut found = (Verdict::Silent, None);
    for pass in passes.into_iter().skip(usize::from(!days)) {
        for source in &sources {
            found = weigh(period, source.iter().filter(|said| pass(said)));
            if found.0 != Verdict::Silent {
                return found;
            }
        }
    }
    found
}

/// One mention that agrees is enough; what may be something else does not speak against.
fn weigh<'s>(period: &Period, said: impl Iterator<Item = &'s Said> + Clone) -> (Verdict, Option<Said>) {
    if said.clone().any(|said| said.mention.agrees(period)) {
        return (Verdict::Agree, None);
    }
    let mut against = said.filter(|said| !said.mention.weak);
    match against.next() {
        Some(said) => (Verdict::Disagree, Some(said.clone())),
        None => (Verdict::Silent, None),
    }
}

/// What the cells above the table, the name of its sheet and its columns of periods say.
fn inside(input: &Input<'_>) -> Vec<Said> {
    let table = &input.table;
    let at = |row: Option<u32>, column: Option<u32>| Place { row, column, ..table.place(None, None) };
    let titles =
        table.around.titles.iter().flat_map(|title| said(&title.text, at(Some(title.row), Some(title.column))));
    let sheet = said(&table.sheet, at(None, None));
    titles.chain(sheet).chain(of_columns(input)).collect()
}

/// What the file's own name says, without its folder.
fn of_name(input: &Input<'_>) -> Vec<Said> {
    let file = input.table.file.as_str();
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    said(stem, Place::file(file))
}

fn said(text: &str, place: Place) -> Vec<Said> {
    mentions(text).into_iter().map(|mention| Said { mention, place: place.clone() }).collect()
}

/// Names of columns that say when a row was.
const COLUMNS: [&str; 16] = [
    "time_period",
    "period",
    "year",
    "date",
    "month",
    "quarter",
    "academic_year",
    "financial_year",
    "reporting_year",
    "collection_year",
    "as_at",
    "as_at_date",
    "snapshot_date",
    "census_date",
    "reference_date",
    "position",
];

/// More different periods than these in a column, and it is not the file's.
const FEW: usize = 3;

/// What the columns say that hold the period of every row, though the block does not read them.
fn of_columns(input: &Input<'_>) -> Vec<Said> {
    let table = &input.table;
    let named = |name: &str| COLUMNS.contains(&name.trim().to_lowercase().replace([' ', '-'], "_").as_str());
    let columns = table.names().enumerate().filter(|(_, name)| named(name)).map(|(column, _)| column);
    let mut all = Vec::new();
    for column in columns.collect::<Vec<usize>>() {
        let Ok(cells) = table.frame.columns()[column].str() else { continue };
        let words: BTreeSet<&str> = cells.iter().flatten().map(str::trim).filter(|word| !word.is_empty()).collect();
        if words.len() <= FEW {
            all.extend(words.into_iter().flat_map(|word| said(word, table.place(Some(0), Some(column)))));
        }
    }
    all
}

/// The period as the block writes it, with its line.
fn declaration(pipeline: &Pipeline, input: &Input<'_>, written: &str) -> String {
    let place = input.block.period.as_ref().map(|period| pipeline.place(period.span()).to_string());
    format!("`{written}` ({})", place.unwrap_or_default())
}

fn disagrees(pipeline: &Pipeline, input: &Input<'_>, written: &str, said: &Said) -> Finding {
    let message = format!(
        "the file says `{}`, its figures are published as {}",
        said.mention.text,
        declaration(pipeline, input, written)
    );
    let help = format!(
        "if the file is right, file it as the release it is of, or add a `[[release]]` block from this release on to {} with its own `period`",
        pipeline.path
    );
    Finding::warning("period-disagrees", message, help).at(said.place.clone())
}

fn again(pipeline: &Pipeline, input: &Input<'_>, before: &Input<'_>, written: &str) -> Finding {
    let message = format!(
        "releases {} and {} are both published as {}: the later in the place of the earlier",
        before.release,
        input.release,
        declaration(pipeline, input, written)
    );
    Finding::warning("period-again", message, own_period(pipeline, input)).at(Place::file(&input.table.file))
}

fn instead(pipeline: &Pipeline, input: &Input<'_>, before: &Input<'_>, written: &str, said: &Said) -> Finding {
    let message = format!(
        "the file says `{}`, and its figures would be published as {} in the place of those of release {}",
        said.mention.text,
        declaration(pipeline, input, written),
        before.release
    );
    Finding::error("period-disagrees", message, own_period(pipeline, input)).at(said.place.clone())
}

fn own_period(pipeline: &Pipeline, input: &Input<'_>) -> String {
    let release = input.release;
    let from = if release.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
        release.to_string()
    } else {
        format!("\"{release}\"")
    };
    format!("copy the block in {} with `from = {from}` and the period that this file is of", pipeline.path)
}
