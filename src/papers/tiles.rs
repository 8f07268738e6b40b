//! The tiles of a dashboard's first page: a figure each, with shape and word against England, and how it moved.
//!
//! In: the rows of the first page's table. Out: a tile each; the table itself stands on the next page.

use crate::publish::document::Tile;
use crate::reading::{Reading, words};

use super::glance;
use super::item::Item;

/// The most tiles: two rows of three.
pub const MOST: usize = 6;

/// A tile for each of the first rows.
pub fn tiles(rows: &[&Item<'_>]) -> Vec<Tile> {
    rows.iter().take(MOST).map(|item| tile(item)).collect()
}

fn tile(item: &Item<'_>) -> Tile {
    let reading = &item.reading;
    let verdict = glance::verdict(reading);
    let lines = [england(reading), Some(moved(reading))];
    Tile {
        name: reading.measure.heading(),
        period: reading.period.prose.clone(),
        figure: glance::own(item),
        mark: verdict.mark,
        word: verdict.text,
        lines: lines.into_iter().flatten().filter(|line| !line.is_empty()).collect(),
    }
}

/// `England: 46%`; nothing where England's figure may not stand beside.
fn england(reading: &Reading) -> Option<String> {
    let england = reading.england().filter(|england| words::may_stand(england))?;
    Some(format!("England: {}", reading.measure.shown(england.value?)))
}

/// `Worsened by 8 points in a year`.
fn moved(reading: &Reading) -> String {
    let (word, by) = words::moved_apart(reading);
    let said = format!("{word} {by}").trim().to_owned();
    if reading.change.movement().is_some() { format!("{said} in a year") } else { said }
}
