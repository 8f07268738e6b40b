//! What the colour of a cell says: the figure against England, its neighbours, the chosen authority, all or a year before.
//!
//! In: readings. Out: a word with its shape and colour for each cell, and how many of each there are. Nothing is coloured that was
//! not tested, but for the quarters, which say so.

use serde::Serialize;

use super::Row;
use crate::browse::address::Against;
use crate::browse::verdict::{Moved, Verdict};
use crate::reading::{Against as Tested, Change, Reading, words};
use crate::shown::{counted, small};
use crate::statistics::Polarity;

/// How many places have the same word, place by place.
#[derive(Serialize)]
pub struct Total {
    verdict: Verdict,
    counts: Vec<usize>,
}

/// What is said of a figure.
pub fn verdict(against: Against, reading: &Reading, quarter: Option<u8>, is_own: bool) -> Verdict {
    match against {
        Against::England => match reading.england() {
            Some(england) => words::tag(england.verdict).into(),
            None => none(words::against_england(reading)),
        },
        Against::Neighbours => tested(reading.neighbours()),
        Against::Own if is_own => none("itself"),
        Against::Own => tested(reading.against.last()),
        Against::Quarter => quarter.map_or_else(|| none("not placed"), |quarter| of_quarter(quarter, reading)),
        Against::Change => of_change(reading),
    }
}

fn tested(against: Option<&Tested>) -> Verdict {
    against.map_or_else(|| none("Not compared"), |against| words::tag(against.verdict).into())
}

fn none(word: &str) -> Verdict {
    Verdict { word: word.to_owned(), sign: "\u{2013}", class: "none" }
}

fn of_quarter(quarter: u8, reading: &Reading) -> Verdict {
    let judged = reading.measure.polarity != Polarity::None;
    let (word, sign, class) = match (quarter, judged) {
        (1, true) => ("Best quarter", "1", "q1"),
        (1, false) => ("Highest quarter", "1", "q1"),
        (2, _) => ("Second quarter", "2", "q2"),
        (3, _) => ("Third quarter", "3", "q3"),
        (_, true) => ("Worst quarter", "4", "q4"),
        (_, false) => ("Lowest quarter", "4", "q4"),
    };
    Verdict { word: word.to_owned(), sign, class }
}

fn of_change(reading: &Reading) -> Verdict {
    let moved = Moved::of(reading);
    let (sign, class) = match moved.said {
        "better" => ("\u{25cf}", "better"),
        "worse" => ("\u{25c6}", "worse"),
        "higher" => ("\u{25b2}", "apart"),
        "lower" => ("\u{25bc}", "apart"),
        "may be chance" => ("\u{25cb}", "similar"),
        _ => ("\u{2013}", "none"),
    };
    let way = if moved.by.is_empty() { String::new() } else { format!("{} {}, ", moved.way, moved.by) };
    Verdict { word: format!("{way}{}", moved.said), sign, class }
}

/// Whom or what the words are about.
pub fn than(against: Against, who: &str) -> String {
    match against {
        Against::England => "England".to_owned(),
        Against::Neighbours => "the mean of its neighbours".to_owned(),
        Against::Own => who.to_owned(),
        Against::Quarter => "all authorities".to_owned(),
        Against::Change => "a year before".to_owned(),
    }
}

/// On how many measures each place has each word.
pub fn totals(against: Against, rows: &[Row], places: usize, who: &str) -> Vec<Total> {
    let than = than(against, who);
    let all: Vec<(&'static str, &'static str, String)> = match against {
        Against::Quarter => vec![
            ("q1", "1", "Best or highest quarter".to_owned()),
            ("q2", "2", "Second quarter".to_owned()),
            ("q3", "3", "Third quarter".to_owned()),
            ("q4", "4", "Worst or lowest quarter".to_owned()),
        ],
        _ => {
            let similar =
                if against == Against::Change { "May be chance".to_owned() } else { format!("Similar to {than}") };
            vec![
                ("worse", "\u{25c6}", format!("Worse than {than}")),
                ("better", "\u{25cf}", format!("Better than {than}")),
                ("similar", "\u{25cb}", similar),
            ]
        }
    };
    let count = |class: &str, at: usize| rows.iter().filter(|row| row.cells[at].verdict.class == class).count();
    let total = |(class, sign, word): (&'static str, &'static str, String)| Total {
        counts: (0..places).map(|at| count(class, at)).collect(),
        verdict: Verdict { word, sign, class },
    };
    all.into_iter().map(total).collect()
}

/// How the chosen authority stands, and who stands worse.
pub fn lede(against: Against, totals: &[Total], who: &str, names: &[String]) -> String {
    let of =
        |class: &str| totals.iter().find(|total| total.verdict.class == class).map(|total| total.counts.as_slice());
    let first = |class: &str| of(class).and_then(|counts| counts.first()).copied().unwrap_or_default();
    match against {
        Against::Quarter => format!(
            "{who} is in the best or highest quarter of all authorities on {}, in the worst or lowest on {}.",
            small(first("q1")),
            small(first("q4"))
        ),
        Against::Own => format!("Each place against {who}, measure by measure."),
        _ => {
            let mut lede = format!(
                "{who} is worse than {} on {}, better on {}.",
                than(against, who),
                small(first("worse")),
                small(first("better"))
            );
            let worse: Vec<usize> = of("worse").unwrap_or_default().to_vec();
            let others: Vec<usize> = (1..worse.len()).filter(|&at| worse[at] > worse[0]).collect();
            match others.as_slice() {
                [] => {}
                [one] => lede += &format!(" Only {} is worse on more ({}).", names[*one], worse[*one]),
                more => {
                    lede += &format!(" {} of the others are worse on more.", crate::shown::sentence(&small(more.len())))
                }
            }
            lede
        }
    }
}

/// How the words are to be read, and how many would come of chance alone.
pub fn chance(against: Against, rows: &[Row], who: &str) -> String {
    if against == Against::Quarter {
        return "The quarter of all authorities that each figure lies in, 1 the best, or the highest where neither way is good. Quarters \
                are not tested: two places close to an edge may stand in two of them by chance."
            .to_owned();
    }
    let is_tested = |row: &Row, at: usize| match against {
        Against::Change => matches!(row.readings[at].change, Change::Tested { .. }),
        _ => row.cells[at].verdict.class != "none",
    };
    let tested: usize = rows.iter().map(|row| (0..row.cells.len()).filter(|&at| is_tested(row, at)).count()).sum();
    let chance = small((tested as f64 / 20.0).round() as usize);
    let when = match against {
        Against::Change => "the change on the year before is beyond chance (95%)".to_owned(),
        _ => format!("the 95% interval leaves out the figure of {}", than(against, who)),
    };
    format!(
        "A word only where {when}. With {} in one picture, about {chance} would differ by chance alone: read rows and columns, \
         not single cells.",
        counted(tested, "test", "tests")
    )
}
