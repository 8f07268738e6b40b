//! Columns that come in through a pattern: `need_{breakdown}`, `*`. What is new among them was never looked at by
//! anybody, so it is said: a breakdown that the label map does not know, and a column that the release before did not
//! have.

use std::collections::BTreeSet;

use super::Input;
use super::breakdown::Vocabulary;
use super::map::glob;
use super::templates::{self, is_template};
use crate::finding::{Finding, Place};
use crate::grid::TextTable;
use crate::pipeline::Pipeline;

/// How many columns are named; the others are counted.
const NAMED: usize = 8;

/// A column that came in through a pattern.
struct Through {
    column: String,
    pattern: String,
    breakdown: Option<String>,
}

/// What is new in a release through the patterns of its block; `before` is the release before, where it has one.
pub(super) fn unseen(pipeline: &Pipeline, input: &Input<'_>, before: Option<&Input<'_>>) -> Vec<Finding> {
    let through = through(input);
    let mut findings = Vec::new();
    let unlabelled = unlabelled(pipeline, input, &through);
    findings.extend(said(&unlabelled, input, "is in no label map, so that it becomes a breakdown of its own"));
    let Some(before) = before.filter(|before| before.block.from.get_ref() == input.block.from.get_ref()) else {
        return findings;
    };
    let known: BTreeSet<String> = before.table.names().map(str::to_lowercase).collect();
    let is_new = |found: &&Through| {
        !known.contains(&found.column.to_lowercase()) && !unlabelled.iter().any(|other| other.column == found.column)
    };
    let (taken, ignored): (Vec<&Through>, Vec<&Through>) =
        through.iter().filter(is_new).partition(|found| found.breakdown.is_some());
    let release = before.release;
    findings.extend(said(&taken, input, &format!("was not in release {release}, and becomes a breakdown")));
    findings.extend(said(&ignored, input, &format!("was not in release {release}, and is passed over")));
    findings
}

/// The columns that no name of the block stands for exactly. Columns of another period are what such a pattern is for.
fn through(input: &Input<'_>) -> Vec<Through> {
    let block = input.block;
    let named: Vec<&String> = block.columns.values().flat_map(|columns| &columns.get_ref().0).collect();
    let ignore: Vec<_> = block.ignore.iter().map(|name| (name.get_ref(), glob(name.get_ref()))).collect();
    let mut through = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for &pattern in named.iter().filter(|name| is_template(name)) {
        let visible = |name: &str| !ignore.iter().any(|(_, glob)| glob.is_match(name));
        let names = input.table.names().map(|name| visible(name).then_some(name));
        for found in templates::expand(pattern, names) {
            taken.insert(found.column);
            if let (None, Some(breakdown)) = (&found.variant.period, found.variant.breakdown) {
                let column = input.table.names().nth(found.column).unwrap_or_default().to_owned();
                through.push(Through { column, pattern: pattern.clone(), breakdown: Some(breakdown) });
            }
        }
    }
    for (at, column) in input.table.names().enumerate().filter(|(at, _)| !taken.contains(at)) {
        let by = ignore.iter().find(|(pattern, glob)| !pattern.eq_ignore_ascii_case(column) && glob.is_match(column));
        let is_named = named.iter().any(|name| name.eq_ignore_ascii_case(column)) || is_place(input, at, &input.table);
        if let Some((pattern, _)) = by.filter(|_| !is_named) {
            through.push(Through { column: column.to_owned(), pattern: (*pattern).clone(), breakdown: None });
        }
    }
    through
}

/// Whether a column says where, when or of what a figure is.
fn is_place(input: &Input<'_>, column: usize, table: &TextTable) -> bool {
    let block = input.block;
    let names = block.area.columns().chain(block.filters.iter().map(|name| name.get_ref().as_str()));
    let names = names.chain(block.breakdown.iter().map(|name| name.get_ref().as_str()));
    names.into_iter().any(|name| table.position(name) == Some(column))
}

/// Breakdowns that the label map does not have, where it has most of them.
fn unlabelled<'t>(pipeline: &Pipeline, input: &Input<'_>, through: &'t [Through]) -> Vec<&'t Through> {
    let words = Vocabulary::of(pipeline, input.block);
    let all: Vec<(&Through, &str)> =
        through.iter().filter_map(|found| Some((found, found.breakdown.as_deref()?))).collect();
    let is_known = |text: &str| words.is_labelled("breakdown", text) || words.is_total(text);
    let unknown: Vec<&Through> = all.iter().filter(|(_, text)| !is_known(text)).map(|(found, _)| *found).collect();
    if unknown.len() * 2 >= all.len() { Vec::new() } else { unknown }
}

fn said(found: &[&Through], input: &Input<'_>, what: &str) -> Option<Finding> {
    let first = found.first()?;
    let mut names: Vec<String> = found.iter().take(NAMED).map(|found| format!("`{}`", found.column)).collect();
    if found.len() > NAMED {
        names.push(format!("and {} more", found.len() - NAMED));
    }
    let columns = if found.len() == 1 { "column" } else { "columns" };
    let message = format!("new {columns} {}, through `{}`: each {what}", names.join(", "), first.pattern);
    let help = "map it under `columns`, give it a label, or name it under `ignore`";
    let at = input.table.position(&first.column);
    let place = Place { row: Some(input.table.header_row), ..input.table.place(None, at) };
    Some(Finding::warning("new-column", message, help).at(place))
}
