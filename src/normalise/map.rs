//! A block's names to the columns of a file; everything that does not fit is said at once, with the likely answer.

mod measures;
mod pattern;
mod place;
mod resolver;
mod standard;

use std::collections::BTreeMap;

use super::Input;
use super::breakdown::Vocabulary;
use super::collide;
use crate::finding::Finding;
use crate::grid::{Comma, TextTable};
use crate::pipeline::{Feeds, Format, Measure, Pipeline, ReleaseBlock};
use crate::value::{Status, Symbols};

use measures::grouped;
pub(super) use pattern::{Pattern, glob};
use resolver::Resolver;
pub(super) use standard::{BELOW, STANDARD};

/// One or more columns added up, and the factor that brings them to the unit.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub columns: Vec<usize>,
    pub scale: f64,
}

/// A part of the header that stands for a period or a breakdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Variant {
    pub period: Option<String>,
    pub breakdown: Option<String>,
}

impl Variant {
    /// Whether two headers say the same, in whatever case.
    pub fn is_same(&self, other: &Variant) -> bool {
        let same = |one: &Option<String>, other: &Option<String>| match (one, other) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
            (None, None) => true,
            _ => false,
        };
        same(&self.period, &other.period) && same(&self.breakdown, &other.breakdown)
    }
}

/// The columns of a measure, one source a variant of its group.
#[derive(Clone, Debug)]
pub(super) struct MeasureColumns {
    pub name: String,
    pub value: Option<Vec<Source>>,
    pub numerator: Option<Vec<Source>>,
    pub denominator: Option<Vec<Source>>,
}

/// Measures whose headers vary alike.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub variants: Vec<Variant>,
    pub measures: Vec<MeasureColumns>,
}

/// A filter column and what it is called as a topic.
#[derive(Clone, Debug)]
pub(super) struct FilterColumn {
    pub column: usize,
    pub topic: String,
}

/// A row filter on a column.
#[derive(Clone, Debug)]
pub(super) struct RowFilter {
    pub column: usize,
    pub globs: Vec<Pattern>,
    pub rule: String,
}

/// The columns that say where and when a row is.
#[derive(Clone, Debug, Default)]
pub(super) struct Where {
    pub level: Option<usize>,
    pub code: Option<usize>,
    pub ons: Option<usize>,
    pub name: Option<usize>,
    pub region_code: Option<usize>,
    pub region_name: Option<usize>,
    pub id: Option<usize>,
    /// Codes and names of levels beside and below the authority.
    pub below: Vec<usize>,
    pub period: Option<usize>,
    pub identifier: Option<usize>,
}

/// Everything a block means in one file.
pub(super) struct Map {
    pub place: Where,
    pub filters: Vec<FilterColumn>,
    pub pair: Option<(usize, usize)>,
    pub keep: Vec<RowFilter>,
    pub drop: Vec<RowFilter>,
    pub groups: Vec<Group>,
    pub symbols: Symbols,
    pub measures: BTreeMap<String, Measure>,
    /// The base the publisher rounds counts to, 0 for none.
    pub rounded_to: f64,
    /// Whether the figures are statistical neighbours.
    pub feeds_neighbours: bool,
}

/// The marks of a block: those of the standard for EES files, then the pipeline's, then its own.
pub(super) fn symbols(pipeline: &Pipeline, block: &ReleaseBlock, table: &TextTable) -> Symbols {
    let mut symbols = if block.format == Format::Ees { Symbols::ees() } else { Symbols::none() };
    for (mark, word) in pipeline.symbols.iter().chain(&block.symbols) {
        if let Some(status) = Status::from_word(word) {
            symbols.declare(mark, status);
        }
    }
    symbols.with_decimal_comma(table.comma == Comma::Decimals)
}

/// Finds the columns that the block of `input` names.
///
/// # Errors
/// Every name that is not in the file and every column of the file that is neither mapped nor ignored.
pub(super) fn resolve(
    pipeline: &Pipeline,
    input: &Input<'_>,
    measures: &mut BTreeMap<String, Measure>,
) -> Result<Map, Vec<Finding>> {
    let table = &input.table;
    let width = table.frame.width();
    let ignore: Vec<Pattern> = input.block.ignore.iter().map(|name| glob(name.get_ref())).collect();
    let ignored = table.names().map(|name| ignore.iter().any(|glob| glob.is_match(name))).collect();
    let mut resolver = Resolver {
        pipeline,
        block: input.block,
        table,
        used: vec![false; width],
        ignored,
        missing: Vec::new(),
        findings: Vec::new(),
    };
    let place = resolver.place();
    let pair = resolver.pair();
    let mut filters = resolver.filters(&input.meta);
    let mut keep = resolver.row_filters(&input.block.keep, "where");
    if let Some(column) = &input.block.measure_column {
        // A row of another measure is that one's to leave out by the other rules.
        let position = table.position(column.get_ref());
        keep.sort_by_key(|filter| Some(filter.column) != position);
    }
    let drop = resolver.row_filters(&input.block.drop, "drop");
    let mut measured = resolver.measures();
    let words = Vocabulary::of(pipeline, input.block);
    resolver.findings.extend(collide::across(&measured, &words, table, &pipeline.path));
    let symbols = symbols(pipeline, input.block, table);
    let rounded_to = pipeline.checks.total.as_ref().map_or(0.0, |total| total.rounded_to);
    if input.block.indicators.is_some() {
        resolver.all_indicators(&input.meta, &symbols, &mut filters, &mut measured, measures);
    }
    if let Some(finding) = resolver.header_elsewhere() {
        return Err(vec![finding]);
    }
    resolver.unmapped();
    if resolver.findings.iter().any(Finding::is_error) {
        return Err(resolver.findings);
    }
    Ok(Map {
        place,
        filters,
        pair,
        keep,
        drop,
        groups: grouped(measured),
        symbols,
        measures: measures.clone(),
        rounded_to,
        feeds_neighbours: pipeline.feeds == Some(Feeds::Neighbours),
    })
}
