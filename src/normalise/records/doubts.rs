//! Rows that are wrong or to be asked about, before a return is sent: each said with its cell, none with what stands in it.

use rustc_hash::FxHashMap;

use super::compile::Compiler;
use super::machine::{Check, Known};
use super::source::Source;
use super::world::key;
use crate::finding::Finding;
use crate::pipeline::{Pipeline, RowCheck};

/// So many rows of a check are said one by one; the others are counted.
const MOST: usize = 200;

/// A check of rows, and the rows that it found.
pub(super) struct Doubt<'p> {
    check: &'p RowCheck,
    holds: Check,
    /// The column whose value may not stand twice, and by value the rows it stands in.
    twice: Option<(usize, FxHashMap<Box<str>, Vec<u32>>)>,
    lacks: Vec<usize>,
    /// The column at whose cell it is said.
    at: Option<usize>,
    rows: Vec<u32>,
}

/// The checks of rows of a pipeline that the release can be asked; what one asks for and the file does not have is left out.
pub(super) fn doubts<'p>(pipeline: &'p Pipeline, compiler: &mut Compiler<'_, '_>) -> Vec<Doubt<'p>> {
    let mut all = Vec::new();
    for check in &pipeline.checks.rows {
        let asked: Vec<Option<usize>> = check.holds.asked().into_iter().map(|field| compiler.field(field)).collect();
        let rule = compiler.condition(&check.holds);
        let base = &compiler.world.base;
        let column = |name: &String| base.identifier(name);
        let twice = check.twice.as_ref().map(column);
        let lacks: Vec<usize> = check.lacks.iter().filter_map(column).collect();
        let is_there = asked.iter().all(Option::is_some) && twice != Some(None);
        if is_there && lacks.is_empty() == check.lacks.is_empty() {
            all.push(Doubt {
                check,
                holds: Check::of(&rule),
                twice: twice.flatten().map(|column| (column, FxHashMap::default())),
                lacks,
                at: check.at.as_ref().and_then(column),
                rows: Vec::new(),
            });
        }
    }
    all
}

impl Doubt<'_> {
    /// Looks at a row.
    pub fn look(&mut self, base: &Source<'_>, row: usize, codes: &[u32], known: Known<'_, '_>) {
        let empty = |column: &usize| base.cells.text(row, *column).is_empty();
        if !self.lacks.iter().all(empty) || !self.holds.holds(codes, known) {
            return;
        }
        match &mut self.twice {
            Some((column, seen)) => {
                let text = key(base.cells.text(row, *column));
                if !text.is_empty() {
                    seen.entry(text.to_lowercase().into()).or_default().push(row as u32);
                }
            }
            None => self.rows.push(row as u32),
        }
    }

    /// What is to be said of the rows.
    pub fn said(self, base: &Source<'_>) -> Vec<Finding> {
        let Doubt { check, twice, at, mut rows, .. } = self;
        if let Some((_, seen)) = twice {
            rows.extend(seen.into_values().filter(|rows| rows.len() > 1).flatten());
            rows.sort_unstable();
        }
        let code = if check.error { "return-error" } else { "return-query" };
        let finding = |message: String| match check.error {
            true => Finding::warning(code, message, &check.help),
            false => Finding::note(code, message, &check.help),
        };
        let place = |row: u32| base.table.place(Some(row as usize), at);
        let count = rows.len();
        let mut said: Vec<Finding> =
            rows.iter().take(MOST).map(|&row| finding(check.says.clone()).at(place(row))).collect();
        if let Some(&first) = rows.get(MOST) {
            let message = format!("{}: {} more rows, this is the first of them", check.says, count - MOST);
            said.push(finding(message).at(place(first)));
        }
        said
    }
}
