//! Known errors in a source, put right with their reason; a correction that matches nothing fails.

use polars::prelude::{Column, IntoColumn, NewChunkedArray, StringChunked};

use crate::finding::{Finding, Place};
use crate::grid::TextTable;
use crate::pipeline::{Correction, Pipeline, Release};

use super::Input;

/// Applies the corrections of `pipeline` to its release `release`; each is said as a note, or as an error where it does not
/// fit. The cells that were corrected go to `cells`, each with the number of its correction.
pub(super) fn apply(
    pipeline: &Pipeline,
    release: &Release,
    table: &mut TextTable,
    cells: &mut Vec<(Place, usize)>,
) -> Vec<Finding> {
    let numbered = pipeline.corrections.iter().enumerate();
    let of_release = numbered.filter(|(_, correction)| correction.release == *release);
    of_release.map(|(number, correction)| one(pipeline, (number, correction), table, cells)).collect()
}

fn one(
    pipeline: &Pipeline,
    (number, correction): (usize, &Correction),
    table: &mut TextTable,
    cells: &mut Vec<(Place, usize)>,
) -> Finding {
    let unfit = |message: String| {
        Finding::error(
            "correction-unused",
            message,
            "the publisher may have put it right: take the `[[correction]]` out",
        )
        .at(Place::file(&pipeline.path))
    };
    let Some(column) = table.position(&correction.column) else {
        return unfit(format!("a correction names column `{}`, which is not in {}", correction.column, table.file));
    };
    let mut conditions = Vec::new();
    for (name, text) in &correction.rows {
        match table.position(name) {
            Some(position) => conditions.push((position, text.as_str())),
            None => {
                return unfit(format!("a correction asks for rows by column `{name}`, which is not in {}", table.file));
            }
        }
    }
    let cell = |row: usize, column: usize| {
        table.frame.columns()[column].str().ok().and_then(|text| text.get(row)).unwrap_or_default()
    };
    let rows: Vec<usize> = (0..table.rows.len())
        .filter(|&row| conditions.iter().all(|&(column, text)| cell(row, column).trim() == text))
        .collect();
    let matching: Vec<usize> =
        rows.iter().copied().filter(|&row| cell(row, column).trim() == correction.from).collect();
    let Some(&first) = matching.first() else {
        let found = rows
            .first()
            .map_or_else(|| "no such row".to_owned(), |&row| format!("the cell says `{}`", cell(row, column)));
        return unfit(format!(
            "a correction of `{}` from `{}` to `{}` matches nothing: {found}",
            correction.column, correction.from, correction.to
        ));
    };
    let place = table.place(Some(first), Some(column));
    cells.extend(matching.iter().map(|&row| (table.place(Some(row), Some(column)), number)));
    let texts: Vec<&str> = (0..table.rows.len())
        .map(|row| if matching.contains(&row) { correction.to.as_str() } else { cell(row, column) })
        .collect();
    let name = table.frame.columns()[column].name().clone();
    let corrected: Column = StringChunked::from_slice(name, &texts).into_column();
    if let Err(error) = table.frame.replace_column(column, corrected) {
        return Finding::internal(&error);
    }
    Finding::note(
        "corrected",
        format!(
            "`{}` corrected from `{}` to `{}` in {} rows: {}",
            correction.column,
            correction.from,
            correction.to,
            matching.len(),
            correction.reason
        ),
        "nothing to do",
    )
    .at(place)
}

/// Corrections of a release that is not there and whose cell stands in one that is: they name the wrong release, and
/// the error would be published.
pub(super) fn elsewhere(pipeline: &Pipeline, inputs: &[Input<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, correction) in pipeline.corrections.iter().enumerate() {
        if inputs.iter().any(|input| *input.release == correction.release) {
            continue;
        }
        let Some(input) = inputs.iter().find(|input| holds(correction, &input.table)) else { continue };
        let message = format!(
            "a correction of `{}` names release {}, which is not filed; release {} has the cell it corrects",
            correction.column, correction.release, input.release
        );
        let help = format!("did you mean `{}`?", input.release);
        let place = pipeline.place_of(&["correction".into(), number.into(), "release".into()]);
        findings.push(Finding::error("correction-unused", message, help).of(&pipeline.name, "").at(place));
    }
    findings
}

/// Whether the table has a cell that `correction` is about.
fn holds(correction: &Correction, table: &TextTable) -> bool {
    let column = table.position(&correction.column);
    column.is_some_and(|column| (0..table.rows.len()).any(|row| fits(correction, table, row, column)))
}

/// Whether `correction` is about the cell in `row` and `column` of the table as published.
pub(super) fn fits(correction: &Correction, table: &TextTable, row: usize, column: usize) -> bool {
    let cell = |column: usize| {
        let text = table.frame.columns().get(column).and_then(|cells| cells.str().ok()?.get(row));
        text.unwrap_or_default().trim()
    };
    table.position(&correction.column) == Some(column)
        && cell(column) == correction.from
        && correction.rows.iter().all(|(name, text)| table.position(name).is_some_and(|place| cell(place) == text))
}
