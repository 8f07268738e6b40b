//! Worse and worsening: the measures on which an authority is worse than England beyond chance and its trend is getting worse.

use super::asked::{Asked, subject, whole};
use super::print::{Cell, Sheet};
use super::said;
use super::side::View;
use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::compare::Comparison;
use crate::finding::Error;
use crate::pipeline::Polarity;
use crate::reading::{Moved, Said, words};
use crate::store::Found;

/// One sheet an authority, a row a measure.
///
/// # Errors
/// A table cannot be read.
pub fn sheets(asked: &Asked<'_>) -> Result<Vec<Sheet>, Error> {
    let mut rows: Vec<Vec<Vec<Cell>>> = vec![Vec::new(); asked.authorities.len()];
    let mut looked = 0;
    for (table, meta) in asked.catalogue.tables() {
        for (name, measure) in &meta.measures {
            if subject(measure).polarity == Polarity::None {
                continue;
            }
            let found = Found { table, meta, name, measure };
            looked += 1;
            for (rows, &code) in rows.iter_mut().zip(&asked.authorities) {
                rows.extend(row(asked, &found, code)?);
            }
        }
    }
    let columns = ["Table", "Measure", "Period", "Figure", "England", "Against England", "Trend", "Rank", "Out of"];
    let sheet = |(rows, &code): (Vec<Vec<Cell>>, &LaCode)| {
        Sheet {
        title: format!("{}: worse than England and getting worse", asked.name(code)),
        subtitle: format!("{} of {looked} measures of which high or low is good, latest period", rows.len()),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
        fixed: 2,
        notes: vec!["Worse: England lies outside the 95% interval of the figure. Getting worse: the trend of five unbroken years at 99.8%, the same with any one of them left out.".to_owned()],
        ..Sheet::default()
    }
    };
    Ok(rows.into_iter().zip(&asked.authorities).map(sheet).collect())
}

fn row(asked: &Asked<'_>, found: &Found<'_>, code: LaCode) -> Result<Option<Vec<Cell>>, Error> {
    let frame = asked.catalogue.observations(found)?;
    let Ok(only) = whole(&frame, found.measure) else { return Ok(None) };
    let context = asked.context(found, &only);
    let comparison = Comparison::of(&frame, &context).map_err(said)?;
    let view = View::of(asked, found, &frame, &comparison, &only)?;
    let Some(last) = view.moments.last() else { return Ok(None) };
    let reading = view.beside(code, &[Comparator::England]);
    let Some(england) = reading.england().filter(|england| england.verdict.said() == Said::Worse) else {
        return Ok(None);
    };
    if !reading.history.trend.is_ok_and(|trend| trend.moved() == Moved::Worsened) {
        return Ok(None);
    }
    let standing = view.standing(code);
    let places = found.measure.places;
    Ok(Some(vec![
        Cell::text(found.table),
        Cell::text(&found.measure.label),
        Cell::text(view.label(last)),
        Cell::number(comparison.figure(last.group, code).value, places),
        Cell::number(england.value, places),
        Cell::text(words::verdict_word(england.verdict)),
        Cell::text(standing.trend.replace('_', " ")),
        Cell::number(standing.rank.map(f64::from), 0),
        Cell::number(standing.rank.map(|_| f64::from(standing.out_of)), 0),
    ]))
}
