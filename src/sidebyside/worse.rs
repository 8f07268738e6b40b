//! Worse and worsening: the measures on which an authority is worse than England beyond chance and its trend is getting
//! worse. Where a trend cannot be told the change on the year before stands in, and what is left is named.

use super::asked::{Asked, whole};
use super::print::{Cell, Sheet};
use super::said;
use super::view::View;
use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::compare::Comparison;
use crate::finding::Error;
use crate::pipeline::Polarity;
use crate::reading::{Change, Moved, NoTrend, Said, words};
use crate::store::Found;
use crate::store::subject;

/// One sheet an authority, a row a measure.
///
/// # Errors
/// A table cannot be read.
pub fn sheets(asked: &Asked<'_>) -> Result<Vec<Sheet>, Error> {
    let mut all: Vec<Listed> = asked.authorities.iter().map(|_| Listed::default()).collect();
    let mut looked = 0;
    for (table, meta) in asked.catalogue.tables() {
        for (name, measure) in &meta.measures {
            if subject(measure).polarity == Polarity::None {
                continue;
            }
            let found = Found { table, meta, name, measure };
            looked += 1;
            for (listed, &code) in all.iter_mut().zip(&asked.authorities) {
                look(asked, &found, code, listed)?;
            }
        }
    }
    let columns = ["Table", "Measure", "Period", "Figure", "England", "Against England", "Trend", "Rank", "Out of"];
    let sheet = |(listed, &code): (Listed, &LaCode)| Sheet {
        title: format!("{}: worse than England and getting worse", asked.name(code)),
        subtitle: format!("{} of {looked} measures of which high or low is good, latest period", listed.rows.len()),
        columns: columns.map(str::to_owned).to_vec(),
        rows: listed.rows,
        fixed: 2,
        notes: std::iter::once(WORSE.to_owned()).chain(untold(&listed.untold)).collect(),
        ..Sheet::default()
    };
    Ok(all.into_iter().zip(&asked.authorities).map(sheet).collect())
}

const WORSE: &str = "Worse: England lies outside the 95% interval of the figure. Getting worse: the trend of five unbroken years at 99.8%, the same with any one of them left out; where there are not five, the change on the year before at 95%.";

/// What is found of one authority.
#[derive(Default)]
struct Listed {
    rows: Vec<Vec<Cell>>,
    /// The measures on which it is worse and of which no trend can be told, each with the reason.
    untold: Vec<(String, &'static str)>,
}

/// A note for each reason why no trend can be told of measures on which the authority is worse.
fn untold(measures: &[(String, &'static str)]) -> Vec<String> {
    let note = |why: &'static str| {
        let named: Vec<&str> =
            measures.iter().filter(|(_, other)| *other == why).map(|(label, _)| label.as_str()).collect();
        (!named.is_empty()).then(|| {
            format!(
                "Worse than England, and whether it is getting worse cannot be told ({}): {}.",
                why,
                named.join("; ")
            )
        })
    };
    [reason(NoTrend::Short), reason(NoTrend::NotTested), DOUBTED].into_iter().filter_map(note).collect()
}

/// Of a figure that is compared with nothing nobody says that it is worse beyond chance.
const DOUBTED: &str = "a check doubts the figure";

fn reason(why: NoTrend) -> &'static str {
    match why {
        NoTrend::Short => "fewer than five unbroken years",
        NoTrend::NotTested => "no test of a trend for figures of its kind",
    }
}

/// Lists a measure where the authority is worse than England on it and getting worse, or where that cannot be told.
fn look(asked: &Asked<'_>, found: &Found<'_>, code: LaCode, listed: &mut Listed) -> Result<(), Error> {
    let frame = asked.catalogue.observations(found)?;
    let Ok(only) = whole(&frame, found.measure) else { return Ok(()) };
    let context = asked.context(found, &only);
    let comparison = Comparison::of(&frame, &context).map_err(said)?;
    let view = View::of(asked, found, &frame, &comparison, &only)?;
    let Some(last) = view.moments.last() else { return Ok(()) };
    let reading = view.beside(code, &[Comparator::England]);
    if reading.level.is_doubted() {
        let below = reading.level.value().zip(reading.england().and_then(|england| england.value));
        let is_worse = below.is_some_and(|(own, england)| match subject(found.measure).polarity {
            Polarity::High => own < england,
            Polarity::Low => own > england,
            Polarity::None => false,
        });
        if is_worse {
            listed.untold.push((found.measure.label.clone(), DOUBTED));
        }
        return Ok(());
    }
    let Some(england) = reading.england().filter(|england| england.verdict.said() == Said::Worse) else {
        return Ok(());
    };
    let standing = view.standing(code);
    let trend = match (reading.history.trend, &reading.change) {
        (Ok(trend), _) if trend.moved() == Moved::Worsened => standing.trend.replace('_', " "),
        (Err(why), Change::Tested { movement, .. }) if movement.moved() == Moved::Worsened => {
            format!("worse than the year before ({})", reason(why))
        }
        (Ok(_), _) => return Ok(()),
        (Err(why), _) => {
            listed.untold.push((found.measure.label.clone(), reason(why)));
            return Ok(());
        }
    };
    let places = found.measure.places;
    listed.rows.push(vec![
        Cell::text(found.table),
        Cell::text(&found.measure.label),
        Cell::text(view.label(last)),
        Cell::number(comparison.figure(last.group, code).value, places),
        Cell::number(england.value, places),
        Cell::text(words::verdict_word(england.verdict)),
        Cell::text(trend),
        Cell::number(standing.rank.map(f64::from), 0),
        Cell::number(standing.rank.map(|_| f64::from(standing.out_of)), 0),
    ]);
    Ok(())
}
