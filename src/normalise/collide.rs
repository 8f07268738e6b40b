//! Two columns that come to one figure: the headers that one name fits say the same period and breakdown, or labels
//! give two of them one name. Neither is the figure, and they are no sum that anybody asked for.

use std::collections::BTreeMap;

use super::breakdown::Vocabulary;
use super::map::{MeasureColumns, Variant};
use super::templates::Template;
use crate::finding::{Finding, Place};
use crate::grid::TextTable;

/// The columns that `name` fits and that say one period and breakdown, in pairs.
pub(super) fn within(name: &str, found: &[Template], table: &TextTable, pipeline: &str) -> Vec<Finding> {
    let pairs = found.iter().enumerate().filter_map(|(at, second)| {
        let first = found[..at].iter().find(|first| first.variant.is_same(&second.variant))?;
        Some([first.column, second.column])
    });
    pairs.map(|columns| finding(columns, &format!("both fit `{name}`"), table, pipeline)).collect()
}

/// The columns of one measure whose breakdowns `words` calls by one name, in pairs.
pub(super) fn across(
    measured: &[(Vec<Variant>, MeasureColumns)],
    words: &Vocabulary,
    table: &TextTable,
    pipeline: &str,
) -> Vec<Finding> {
    let mut pairs: BTreeMap<[usize; 2], String> = BTreeMap::new();
    for (variants, measure) in measured {
        let labels: Vec<Option<&str>> = variants
            .iter()
            .map(|variant| variant.breakdown.as_deref().map(|part| words.called("breakdown", part)))
            .collect();
        let same = |one: usize, other: usize| {
            variants[one].period == variants[other].period
                && labels[one].zip(labels[other]).is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        };
        for second in 1..variants.len() {
            let Some(first) = (0..second).find(|&first| same(first, second)) else { continue };
            let label = labels[second].unwrap_or_default();
            for sources in [&measure.value, &measure.numerator, &measure.denominator].into_iter().flatten() {
                let column = |variant: usize| sources[variant].columns.first().copied();
                if let (Some(one), Some(other)) = (column(first), column(second))
                    && one != other
                {
                    pairs.insert([one, other], format!("are both called `{label}`"));
                }
            }
        }
    }
    pairs.into_iter().map(|(columns, why)| finding(columns, &why, table, pipeline)).collect()
}

fn finding([first, second]: [usize; 2], why: &str, table: &TextTable, pipeline: &str) -> Finding {
    let name = |column: usize| table.names().nth(column).unwrap_or_default();
    let message = format!("columns `{}` and `{}` {why}: one figure cannot be both", name(first), name(second));
    let help = format!("leave one out under `ignore`, or tell them apart under `columns` or `labels`, in {pipeline}");
    let place = Place { row: Some(table.header_row), ..table.place(None, Some(second)) };
    Finding::error("two-columns", message, help).at(place)
}
