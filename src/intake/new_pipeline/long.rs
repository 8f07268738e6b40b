//! A table of one figure a row, with a column that names the measure: a measure for each of its words.

use std::collections::BTreeSet;

use toml::Value;

use super::measures::{Drafted, key};
use super::place::Place;
use super::plan::Plan;
use super::units::{Unit, is_share};
use crate::intake::new_pipeline::distinct;

/// The most words that are taken for measures.
const MOST: usize = 60;

/// The column that names the measure of a row, where the table has one and all its figures stand in one column.
pub fn measure_column(place: &Place) -> Option<String> {
    const WORDS: [&str; 8] =
        ["indicator", "measure", "metric", "statistic", "variable", "measurename", "indicatorname", "dataitem"];
    let columns = &place.columns;
    let parts = columns.numbers.iter().filter(|name| part(name).is_some()).count();
    if columns.numbers.is_empty() || parts != columns.numbers.len() {
        return None;
    }
    let names = |name: &&String| {
        let plain: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        WORDS.contains(&plain.to_lowercase().as_str())
    };
    let several = |name: &&String| {
        place.table.position(name).is_some_and(|at| (2..=MOST).contains(&distinct(&place.table, at).len()))
    };
    columns.filters.iter().find(|name| names(name) && several(name)).cloned()
}

/// What a column of figures is in such a table.
fn part(name: &str) -> Option<&'static str> {
    match name.to_lowercase().as_str() {
        "numerator" => Some("numerator"),
        "denominator" => Some("denominator"),
        "value" | "figure" | "observation" | "amount" | "count" | "number" | "data" | "result" | "values" => {
            Some("value")
        }
        _ => None,
    }
}

/// Makes a measure of each word of `column`.
pub fn fill(plan: &mut Plan, place: &Place, column: &str) {
    plan.measures.clear();
    plan.checks.shares.clear();
    for map in ["columns", "scale"] {
        plan.block.remove(map);
    }
    if let Some(Value::Array(filters)) = plan.block.get_mut("filters") {
        filters.retain(|filter| filter.as_str() != Some(column));
        if filters.is_empty() {
            plan.block.remove("filters");
        }
    }
    for map in ["labels", "topics"] {
        if let Some(Value::Table(table)) = plan.block.get_mut(map) {
            table.remove(column);
            if table.is_empty() {
                plan.block.remove(map);
            }
        }
    }
    plan.set("measure_column", Value::String(column.to_owned()));
    for name in &place.columns.numbers {
        if let Some(part) = part(name) {
            plan.put_in("columns", part, Value::String(name.clone()));
        }
    }
    let mut taken = BTreeSet::new();
    let words = place.table.position(column).map(|at| distinct(&place.table, at)).unwrap_or_default();
    for word in words.keys() {
        let unit = if is_share(&word.to_lowercase()) { "percent" } else { "number" };
        let key = key(word, &mut taken);
        let unit = Unit { word: unit, scale: None, places: None };
        plan.measures.push(Drafted { key, label: (*word).to_owned(), unit, counts: None, more: Vec::new() });
    }
    plan.notes.push(format!("each row is one measure, named in `{column}`: see that the units are right"));
}
