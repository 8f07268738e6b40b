//! Where the figures of the file come from, as text: each figure's id and its cell, by measure and publisher's file.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::area::{LaCode, Register};
use crate::browse::build::{Build, broken};
use crate::comparator::Comparator;
use crate::figure::{self, slug};
use crate::finding::Error;
use crate::store::{self, Found, Observed};
use crate::trace::{Placed, placed};

/// The figures of a measure.
#[derive(Serialize)]
pub struct Cells {
    label: String,
    files: Vec<File>,
}

/// The figures that stand in one file, or are worked out.
#[derive(Default, Serialize)]
struct File {
    name: String,
    figures: Vec<CopiedFigure>,
}

#[derive(Serialize)]
struct CopiedFigure {
    number: usize,
    place: String,
    period: String,
    id: String,
    cell: String,
}

/// The cells of figures, in the order of the measures.
///
/// # Errors
/// A table cannot be read.
pub fn cells<'f, 'b: 'f>(
    build: &'b Build,
    own: LaCode,
    measures: impl Iterator<Item = &'f Found<'b>>,
    figures: &[String],
) -> Result<Vec<Cells>, Error> {
    let mut by_measure: BTreeMap<String, Vec<(usize, &str)>> = BTreeMap::new();
    for (at, id) in figures.iter().enumerate() {
        if let Some(parts) = figure::parts(id) {
            by_measure.entry(format!("{}/{}", parts.table, parts.measure)).or_default().push((at + 1, id));
        }
    }
    let of = |found: &'f Found<'b>| Some((found, by_measure.get(&format!("{}/{}", found.table, slug(found.name)))?));
    measures.filter_map(of).map(|(found, ids)| measure(build, own, found, ids)).collect()
}

fn measure(build: &Build, own: LaCode, found: &Found<'_>, ids: &[(usize, &str)]) -> Result<Cells, Error> {
    let frame = build.observed(found)?;
    let observed = Observed::of(&frame).map_err(broken)?;
    let rows = placed(ids.iter().map(|(_, id)| bare(id)), found.table, &observed);
    let mut files: Vec<File> = Vec::new();
    for (number, id) in ids {
        let Some(row) = rows.get(bare(id)) else { continue };
        let (name, figure) = figure_of(*number, id, row, own, &build.register);
        match files.iter_mut().find(|file| file.name == name) {
            Some(file) => file.figures.push(figure),
            None => files.push(File { name, figures: vec![figure] }),
        }
    }
    // What is worked out comes last.
    files.sort_by_key(|file| file.name.is_empty());
    Ok(Cells { label: store::measure(found, "").label, files })
}

/// The id without the word for what stands beside the figure.
fn bare(id: &str) -> &str {
    id.split('~').next().unwrap_or(id)
}

/// The file and the sheet that a figure stands in, empty where it is worked out of others, and the figure.
fn figure_of(number: usize, id: &str, row: &Placed, own: LaCode, register: &Register) -> (String, CopiedFigure) {
    let figure = |place: String, cell: String| CopiedFigure {
        number,
        place,
        period: row.period.clone(),
        id: id.to_owned(),
        cell,
    };
    match id.split_once('~') {
        Some((_, word)) => {
            let comparator = Comparator::parse(word, register).ok();
            let name = comparator.map_or_else(|| word.to_owned(), |comparator| comparator.name(own, register));
            (String::new(), figure(name, String::new()))
        }
        None => {
            let (file, sheet) = (&row.place.file, &row.place.sheet);
            let sheet = if sheet.is_empty() { String::new() } else { format!(", sheet {sheet}") };
            (format!("{file}{sheet}, release {}", row.release), figure(row.area.clone(), row.place.cell()))
        }
    }
}
