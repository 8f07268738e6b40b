//! What a figure is compared with: each comparator with its verdict, and every member with its cell.

use serde::Serialize;

use crate::browse::address::{Address, FilePage};
use crate::browse::build::Build;
use crate::browse::verdict::{Verdict, against};
use crate::comparator::Comparator;
use crate::figure::Parts;
use crate::reading::words;
use crate::shown::trimmed;
use crate::trace::{Against, Explanation, TracedFigure};

/// A comparator.
#[derive(Serialize)]
pub struct Beside {
    name: String,
    shown: String,
    how: String,
    cell: Cell,
    verdict: Option<Verdict>,
    members: Vec<Of>,
}

/// A member.
#[derive(Serialize)]
struct Of {
    name: String,
    shown: String,
    counts: String,
    cell: Cell,
}

/// A cell with where the sheet round it is shown.
#[derive(Default, Serialize)]
struct Cell {
    name: String,
    address: String,
}

/// All that the figure is compared with, or what one computed figure is made of.
pub fn all(build: &Build, found: &Explanation, parts: &Parts<'_>) -> Vec<Beside> {
    found.comparators.iter().map(|one| beside(build, found, one, parts)).collect()
}

fn beside(build: &Build, found: &Explanation, one: &Against, parts: &Parts<'_>) -> Beside {
    let published = one.average == "published";
    let only = one.cells.first().filter(|_| published || one.cells.len() == 1);
    let how = match (one.average.as_str(), only.and_then(|member| member.counts)) {
        ("published", Some(of)) => format!("as published, {}", counts(of)),
        ("published", None) => "as published".to_owned(),
        ("mean", _) => format!("plain mean of {} of {}", one.used, one.members),
        (other, _) => other.to_owned(),
    };
    let comparator = Comparator::parse(&one.comparator, &build.register).ok();
    let verdict =
        found.reading.as_ref().zip(comparator).and_then(|(reading, comparator)| against(&comparator, reading));
    let file = found.figure.file.as_str();
    Beside {
        name: one.name.clone(),
        shown: one.shown.clone(),
        how,
        cell: only.map_or_else(Cell::default, |member| cell(member, file)),
        verdict: verdict.filter(|_| parts.beside.is_empty()).map(|against| words::tag(against.verdict).into()),
        members: if only.is_some() { Vec::new() } else { one.cells.iter().map(|one| member(one, file)).collect() },
    }
}

fn member(of: &TracedFigure, file: &str) -> Of {
    Of {
        name: of.area.clone(),
        shown: of.shown.clone(),
        counts: of.counts.map_or_else(String::new, counts),
        cell: cell(of, file),
    }
}

/// The cell, with its file where that is another than the figure's own.
fn cell(of: &TracedFigure, file: &str) -> Cell {
    if of.file.is_empty() {
        return Cell::default();
    }
    let name = if of.file == file && of.place.sheet.is_empty() { of.place.cell() } else { of.cell.clone() };
    Cell { name, address: Address::File(FilePage::at(&of.place)).to_string() }
}

/// Numerator and denominator: `103 of 378`.
pub fn counts((top, bottom): (f64, f64)) -> String {
    format!("{} of {}", trimmed(top, 4), trimmed(bottom, 4))
}
