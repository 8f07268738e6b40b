//! Rows that are wrong or to be asked about, before a return is sent: each said with its cell, none with what stands in it.

use rustc_hash::FxHashMap;

use super::compile::Compiler;
use super::machine::{Check, Known};
use super::plan::Rule;
use super::source::Piece;
use super::world::key;
use crate::finding::{Finding, Place};
use crate::pipeline::{Pipeline, RowCheck};

/// So many rows of a check are said one by one; the others are counted.
const MOST: usize = 200;

/// By value, the place of the first row it stands in, until that row is said.
type FirstPlaces = FxHashMap<Box<str>, Option<Place>>;

/// A check of rows, and the rows that it found.
pub(super) struct Doubt<'p> {
    pub check: &'p RowCheck,
    /// The rows that it finds.
    pub rule: Rule,
    holds: Check,
    /// The column whose value may not stand twice, and the values met.
    twice: Option<(usize, FirstPlaces)>,
    /// The columns that must be empty.
    pub lacks: Vec<usize>,
    /// The column at whose cell it is said.
    at: Option<usize>,
    /// The first rows that it found, and how many there are.
    places: Vec<Place>,
    count: usize,
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
                rule,
                twice: twice.flatten().map(|column| (column, FxHashMap::default())),
                lacks,
                at: check.at.as_ref().and_then(column),
                places: Vec::new(),
                count: 0,
            });
        }
    }
    all
}

impl Doubt<'_> {
    /// The column whose value may not stand twice.
    pub fn twice_column(&self) -> Option<usize> {
        self.twice.as_ref().map(|(column, _)| *column)
    }

    /// Looks at a row.
    pub fn look(&mut self, piece: &Piece<'_>, row: usize, codes: &[u32], known: Known<'_, '_>) {
        let empty = |column: &usize| piece.text(row, *column).is_empty();
        if !self.lacks.iter().all(empty) || !self.holds.holds(codes, known) {
            return;
        }
        let place = piece.place(row, self.at);
        let Some((column, seen)) = &mut self.twice else { return self.found(place) };
        let text = key(piece.text(row, *column));
        if text.is_empty() {
            return;
        }
        match seen.get_mut(text) {
            Some(first) => {
                let first = first.take();
                first.into_iter().chain([place]).for_each(|place| self.found(place));
            }
            None => drop(seen.insert(text.into(), Some(place))),
        }
    }

    fn found(&mut self, place: Place) {
        self.count += 1;
        if self.places.len() <= MOST {
            self.places.push(place);
        }
    }

    /// What is to be said of the rows.
    pub fn said(mut self) -> Vec<Finding> {
        let Doubt { check, count, .. } = self;
        let finding = |message: String| match check.error {
            true => Finding::warning("return-error", message, &check.help),
            false => Finding::note("return-query", message, &check.help),
        };
        let more = self.places.split_off(self.places.len().min(MOST));
        let mut said: Vec<Finding> =
            self.places.into_iter().map(|place| finding(check.says.clone()).at(place)).collect();
        said.extend(more.into_iter().next().map(|place| {
            finding(format!("{}: {} more rows, this is the first of them", check.says, count - MOST)).at(place)
        }));
        said
    }
}
