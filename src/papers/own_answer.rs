//! What answers a question that the council's own figures are about: where teams differ, how many targets are met, what is out of
//! the usual, or the figures themselves.

use crate::reading::{Reading, words};
use crate::report::{Section, TableKind};
use crate::shown::{sentence, small};

use super::own_tables::Row;
use super::teams;

/// How many figures stand for themselves.
const FIGURES: usize = 2;

/// One to three sentences; empty where there is no figure.
pub fn answer(rows: &[Row<'_, '_>], section: &Section) -> String {
    let readings: Vec<&Reading> = rows.iter().map(|(item, _)| &item.reading).collect();
    let asks = |kind: TableKind| section.tables.contains(&kind);
    let mut told = Vec::new();
    if asks(TableKind::Areas) {
        told.push(teams::answer(rows));
    }
    if asks(TableKind::Comments) {
        told.push(changed(&readings));
    }
    if asks(TableKind::Targets) || asks(TableKind::Scorecard) {
        told.push(words::targets_met(&readings).map(|met| crate::shown::stop(&sentence(&met))).unwrap_or_default());
    }
    told.retain(|sentence| !sentence.is_empty());
    let figures = |kind: &TableKind| !matches!(kind, TableKind::Projection | TableKind::Areas | TableKind::Comments);
    if told.is_empty() && section.tables.iter().any(figures) {
        let known = rows.iter().filter(|(item, _)| item.reading.level.value().is_some());
        told.extend(known.take(FIGURES).map(|(item, _)| words::scored(&item.reading, None).0));
    }
    told.join(" ")
}

/// `Four of ten have moved beyond their usual range: two for the better, one for the worse, one neither.`
fn changed(readings: &[&Reading]) -> String {
    let known: Vec<Option<Option<bool>>> =
        readings.iter().filter(|reading| words::is_tellable(reading)).map(|reading| words::unusual(reading)).collect();
    let moved: Vec<Option<bool>> = known.iter().copied().flatten().collect();
    let count = |wanted: Option<bool>| moved.iter().filter(|one| **one == wanted).count();
    match (moved.len(), known.len()) {
        (_, 0) => String::new(),
        (0, 1) => "Its months show no unusual change.".to_owned(),
        (0, of) => format!("None of {} has moved beyond its usual range.", small(of)),
        (many, of) => {
            let kinds =
                [(Some(true), "for the better"), (Some(false), "for the worse"), (None, "neither good nor bad")];
            let told: Vec<String> = kinds
                .into_iter()
                .filter(|(kind, _)| count(*kind) > 0)
                .map(|(kind, word)| format!("{} {word}", small(count(kind))))
                .collect();
            let verb = if many == 1 { "has moved beyond its" } else { "have moved beyond their" };
            format!("{} of {} {verb} usual range: {}.", sentence(&small(many)), small(of), told.join(", "))
        }
    }
}
