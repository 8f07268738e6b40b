//! Which cells a figure is made of: the columns of its value, numerator and denominator, and how they are put together.

use std::collections::BTreeMap;

use super::map::{self, Map, Source};
use super::{Input, correction};
use crate::finding::Finding;
use crate::grid::TextTable;
use crate::pipeline::{Correction, Measure, Pipeline, Release};
use crate::value::Symbols;

/// The columns of one part of a figure, added up and multiplied.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Places of the columns in the table.
    pub columns: Vec<usize>,
    /// The declared factor, 1 for none.
    pub scale: f64,
}

/// The parts that a block maps for a measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traced {
    /// The figure itself, as published.
    pub value: Option<Part>,
    /// Its numerator.
    pub numerator: Option<Part>,
    /// Its denominator.
    pub denominator: Option<Part>,
}

/// What a column says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Whose it is.
    Area,
    /// When.
    Period,
    /// Of which group.
    Group,
}

/// A block's names resolved in one file.
pub struct Trace(Map);

impl Trace {
    /// Finds the columns that the block of `input` names.
    ///
    /// # Errors
    /// What does not fit, as a run would say it.
    pub fn of(pipeline: &Pipeline, input: &Input<'_>) -> Result<Trace, Vec<Finding>> {
        let mut measures: BTreeMap<String, Measure> = pipeline.measures.clone();
        map::resolve(pipeline, input, &mut measures).map(Trace)
    }

    /// The parts of `measure` for the figure whose published column is `column`, as Excel counts it.
    pub fn measure(&self, measure: &str, column: u16, table: &TextTable) -> Option<Traced> {
        let position = |traced: &Traced| {
            let first = [&traced.value, &traced.numerator, &traced.denominator].into_iter().flatten().next()?;
            table.positions.get(*first.columns.first()?).copied()
        };
        let mut found = self.0.groups.iter().flat_map(|group| {
            let columns = group.measures.iter().find(|columns| columns.name == measure);
            columns.into_iter().flat_map(|columns| {
                (0..group.variants.len()).map(|variant| Traced {
                    value: part(columns.value.as_deref(), variant),
                    numerator: part(columns.numerator.as_deref(), variant),
                    denominator: part(columns.denominator.as_deref(), variant),
                })
            })
        });
        found.find(|traced| position(traced) == Some(column))
    }

    /// What the measure is, those found by `indicators = "all"` included.
    pub fn declared(&self, measure: &str) -> Option<&Measure> {
        self.0.measures.get(measure)
    }

    /// The columns that say what a row is about.
    pub fn about(&self) -> Vec<(usize, About)> {
        let place = &self.0.place;
        // The 9-character code says no more than the other.
        let ons = place.ons.filter(|_| place.code.is_none());
        let area = [place.name, place.code, ons, place.id].into_iter().flatten().map(|at| (at, About::Area));
        let period = place.period.into_iter().map(|at| (at, About::Period));
        let pair = self.0.pair.into_iter().flat_map(|(topic, part)| [topic, part]);
        let groups = self.0.filters.iter().map(|filter| filter.column).chain(pair).map(|at| (at, About::Group));
        area.chain(period).chain(groups).collect()
    }

    /// The marks of the block.
    pub fn symbols(&self) -> &Symbols {
        &self.0.symbols
    }
}

fn part(sources: Option<&[Source]>, variant: usize) -> Option<Part> {
    let source = sources?.get(variant).filter(|source| !source.columns.is_empty())?;
    Some(Part { columns: source.columns.clone(), scale: source.scale })
}

/// The correction that the cell in `row` and `column` (places in the `table` of `release` as published) gets.
pub fn correction_of<'p>(
    pipeline: &'p Pipeline,
    release: &Release,
    table: &TextTable,
    row: usize,
    column: usize,
) -> Option<&'p Correction> {
    let mut declared = pipeline.corrections.iter().filter(|correction| correction.release == *release);
    declared.find(|correction| correction::fits(correction, table, row, column))
}
