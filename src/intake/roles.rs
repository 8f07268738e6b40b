//! Columns that say where, when or of what a figure is: found in a new file by what stands in them, not by their names.

use toml::{Table, Value};

use super::candidates::Candidate;
use super::draft::Draft;
use super::new_pipeline::Columns;
use crate::normalise::Missing;
use crate::pipeline::ReleaseBlock;

/// What is missing where a file no longer has the columns of the standard.
pub(super) const STANDARD: &str = "standard";

/// Whether a key of a block names a column that says where, when or of what a figure is.
pub(super) fn is_role(key: &str) -> bool {
    ["area", "filters", "breakdown", "period_column", "id", "where", "drop"].contains(&key)
}

/// The column of the new file that is what is missing, by what stands in it.
pub(super) fn of(missing: &Missing, block: &ReleaseBlock, columns: &Columns) -> Option<String> {
    let name = Some(missing.name.as_str());
    let area = &block.area;
    let places = [
        (area.code.as_deref(), &columns.code),
        (area.ons.as_deref(), &columns.ons),
        (area.name.as_deref(), &columns.name),
        (area.level.as_deref(), &columns.level),
    ];
    let place = places.into_iter().find(|(old, _)| *old == name).and_then(|(_, new)| new.clone());
    match missing.key.as_str() {
        "area" | "where" | "drop" => place,
        "period_column" => columns.period.clone(),
        "id" => columns.id.clone(),
        _ => None,
    }
}

/// Whether a column of the new file says where or when its figures are.
pub(super) fn is_place(name: &str, columns: &Columns) -> bool {
    let places = [&columns.period, &columns.identifier, &columns.level, &columns.code, &columns.ons, &columns.name];
    columns.ees && places.into_iter().flatten().any(|known| known == name)
}

/// A file that has lost the columns of the standard says itself where and when its figures are.
pub(super) fn without_standard(
    draft: &mut Draft,
    candidate: &Candidate<'_>,
    columns: &Columns,
    notes: &mut Vec<String>,
) {
    if !candidate.fit.missing.iter().any(|missing| missing.key == STANDARD) {
        return;
    }
    draft.unset("format");
    draft.set("area", Value::Table(area(columns)));
    if let Some(period) = &columns.period {
        draft.set("period_column", Value::String(period.clone()));
    }
    notes.push(
        "the columns of the Explore Education Statistics standard are gone: area and period are declared".to_owned(),
    );
}

/// The columns of the area as a block declares them.
pub(super) fn area(columns: &Columns) -> Table {
    [("code", &columns.code), ("ons", &columns.ons), ("name", &columns.name), ("level", &columns.level)]
        .into_iter()
        .filter_map(|(key, name)| Some((key.to_owned(), Value::String(name.clone()?))))
        .collect()
}
