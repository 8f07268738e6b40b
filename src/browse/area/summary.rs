//! The top of an area's page: how many measures are worse and better than England, what to look at first, what goes well.

use serde::Serialize;

use super::row::Row;
use crate::browse::address::{Address, AreaPage, Show};
use crate::browse::verdict::{Verdict, look};
use crate::reading::words::{self, Shape};
use crate::reading::{Age, Reading};
use crate::shown::{counted, small};

/// The most that are said to be looked at first.
const FIRST: usize = 3;
/// The most that are said to go well.
const WELL: usize = 2;
/// How many tests of a hundred differ by chance alone.
const CHANCE: f64 = 0.05;

/// A number of measures, which leads to them.
#[derive(Serialize)]
pub struct Tile {
    count: usize,
    verdict: Verdict,
    address: String,
    here: bool,
}

/// A measure with what is said of it.
#[derive(Serialize)]
pub struct Say {
    name: String,
    address: String,
    words: String,
}

/// The tiles, and how many measures were tested.
pub fn tiles(rows: &[Row], address: &AreaPage) -> (Vec<Tile>, String) {
    const TILES: [(Show, &str, Shape); 6] = [
        (Show::Worse, "Worse", Shape::Diamond),
        (Show::Better, "Better", Shape::Circle),
        (Show::Similar, "Similar", Shape::Ring),
        (Show::Apart, "Higher or lower", Shape::Up),
        (Show::Untested, "Not compared", Shape::Dash),
        (Show::Missing, "No figure", Shape::Dash),
    ];
    let tile = |(show, word, shape): (Show, &str, Shape)| {
        let (sign, class) = look(shape);
        // A second click shows all again.
        let here = show == address.show;
        Tile {
            count: rows.iter().filter(|row| row.shows(show)).count(),
            verdict: Verdict { word: word.to_owned(), sign, class },
            address: Address::Area(address.showing(if here { Show::Headline } else { show })).to_string(),
            here,
        }
    };
    let is_tested = |row: &&Row| row.reading.england().is_some_and(|england| england.verdict.is_tested());
    let tested = rows.iter().filter(is_tested).count();
    let chance = (tested as f64 * CHANCE).round() as usize;
    let differ = match chance {
        0 => "fewer than one of them".to_owned(),
        some => format!("about {} of them", small(some)),
    };
    let words = format!(
        "Better, worse, higher and lower only where the difference is beyond chance (95%). {} could be tested; chance alone \
         would make {differ} differ.",
        crate::shown::sentence(&counted(tested, "measure", "measures")),
    );
    (TILES.into_iter().map(tile).collect(), words)
}

/// What to look at first and what goes well: by the score of the papers' messages, one a matter.
pub fn first(rows: &[Row]) -> (Vec<Say>, Vec<Say>) {
    let first = picked(rows, FIRST, &|reading| reading.is_worse() || (!reading.is_better() && reading.has_worsened()));
    let well = picked(rows, WELL, &|reading| reading.is_better() || (!reading.is_worse() && reading.has_improved()));
    (first, well)
}

fn picked(rows: &[Row], most: usize, fits: &dyn Fn(&Reading) -> bool) -> Vec<Say> {
    let is_news =
        |row: &&Row| row.reading.level.is_compared() && row.reading.age == Age::Fresh && row.reading.score() > 0.0;
    let mut fitting: Vec<&Row> = rows.iter().filter(is_news).filter(|row| fits(&row.reading)).collect();
    fitting.sort_by(|one, other| other.reading.score().total_cmp(&one.reading.score()));
    let mut picked: Vec<&Row> = Vec::new();
    for row in fitting {
        if picked.len() < most && !picked.iter().any(|known| known.reading.measure.topic == row.reading.measure.topic) {
            picked.push(row);
        }
    }
    let say = |row: &&Row| Say {
        name: row.reading.measure.heading(),
        address: row.address.clone(),
        words: format!("{}.", words::line(&row.reading)),
    };
    picked.iter().map(say).collect()
}
