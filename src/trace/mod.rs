//! Tracing: one published figure back to its cells, and each of its comparators to theirs.

mod explanation;
mod filed;
mod history;
mod kept;
mod leaf;
mod opened;
mod options;
mod placed;
mod published;
mod sheet;
pub mod source_cells;
mod traced;
mod trouble;

pub use traced::Traced;
use traced::{no_row, shown};

use trouble::{broken, said};

use std::sync::Arc;

use crate::area::{LaCode, Level, Register};
use crate::comparator::{Comparator, Members};
use crate::figure::{self};
use crate::finding::Error;
use crate::frame::Frame;
use crate::home;
use crate::reading::{Missing, Seen, words};
use crate::statistics::average::mean_of;

use crate::series::Point;
use crate::store::{Catalogue, Compared, Found, Observed};

use explanation::Standing;
pub use explanation::{Against, Explanation, TracedFigure};
pub use filed::Filed;
pub use kept::{Held, Kept, Key};
pub use leaf::{Leaf, leaf};
pub use opened::{Opened, declared};
pub use options::{Explain, Explained};
pub use placed::{Placed, placed};
pub use sheet::{Head, Piece, Role};
use source_cells::Rereader;
pub use source_cells::pipeline_of;

/// Explains the figure asked for.
///
/// # Errors
/// No such figure, or the tables cannot be read.
pub fn explanation(options: &Explain) -> Result<Explanation, Error> {
    let catalogue = Catalogue::open_whole(&options.out.folder)?;
    let register = catalogue.with_neighbours(&home::register()?.0)?;
    explained(options, &catalogue, &register)
}

/// The same of a build that is open, whose neighbours the register has.
///
/// # Errors
/// No such figure, or the tables cannot be read.
pub fn explained(options: &Explain, catalogue: &Catalogue, register: &Register) -> Result<Explanation, Error> {
    let mut reader = Rereader::new(options.returns.folder.as_deref(), options.pipelines.folder.as_deref())?;
    let found = asked(options, catalogue)?;
    let frame = catalogue.observations(&found)?;
    let compared = |topic: &str| catalogue.comparisons(&[found], &[topic.to_owned()]).map(Arc::new);
    explained_of(options, found, &frame, &compared, register, &mut reader)
}

/// The measure whose figure is asked for.
///
/// # Errors
/// There is none.
pub fn asked<'c>(options: &Explain, catalogue: &'c Catalogue) -> Result<Found<'c>, Error> {
    match figure::parts(&options.figure) {
        Some(parts) => catalogue.measure(&named(catalogue, &parts)?),
        None => catalogue.measure(&options.figure),
    }
}

/// A figure of a measure explained, of its observations and of its comparisons by topic.
///
/// # Errors
/// No such figure, or the comparisons cannot be read.
pub fn explained_of(
    options: &Explain,
    found: Found<'_>,
    frame: &Frame,
    compared: &dyn Fn(&str) -> Result<Arc<Frame>, Error>,
    register: &Register,
    reader: &mut Rereader,
) -> Result<Explanation, Error> {
    let id = figure::parts(&options.figure);
    let observed = Observed::of(frame).map_err(broken)?;
    let traced = Traced::of(&observed, found.table, found.measure);
    let row = match &id {
        Some(parts) => traced.by_id(&options.figure, parts)?,
        None => traced.asked(options, register)?,
    };
    let beside = id.as_ref().map_or("", |parts| parts.beside);
    let compared = compared(traced.figures.topic.word(row))?;
    let compared = Compared::of(&compared).map_err(broken)?;
    let (standing, comparators) = comparators(&traced, row, traced.point(row, found, &compared).as_ref(), register);
    let comparators = match beside {
        "" => comparators,
        word => vec![only_beside(word, comparators, &traced, row, register)?],
    };
    let mut explained = traced.explain(row, found.meta, found.name, reader, (standing, comparators));
    explained.reading = traced.reading(row, found, &compared, register);
    explained.said = explained.reading.as_ref().map_or_else(String::new, words::about);
    Ok(explained)
}

/// The measure that an id names, as `table/measure`.
fn named(catalogue: &Catalogue, parts: &figure::Parts<'_>) -> Result<String, Error> {
    let help = "ids come from a report made from the same tables; name its folder with `--out DIR`";
    let meta = catalogue
        .table(parts.table)
        .ok_or_else(|| Error::usage(format!("there is no published table `{}`", parts.table), help))?;
    let measure = meta.measures.keys().find(|name| figure::slug(name) == parts.measure).ok_or_else(|| {
        Error::usage(format!("table `{}` has no measure `{}` any more", parts.table, parts.measure), help)
    })?;
    Ok(format!("{}/{measure}", parts.table))
}

/// Where a figure stands, and each comparator with its cells.
fn comparators(
    traced: &Traced<'_>,
    row: usize,
    point: Option<&Point<'_>>,
    register: &Register,
) -> (Option<Standing>, Vec<Against>) {
    let Some(point) = point else { return (None, Vec::new()) };
    let at = &point.standing;
    let standing = at.rank.map(|rank| Standing {
        rank,
        out_of: at.out_of,
        band: at.band.to_owned(),
        unusual: at.unusual.to_owned(),
    });
    let against = point.against.iter().map(|against| Against {
        comparator: against.comparator.to_string(),
        name: against.name.to_string(),
        value: against.figure.value,
        shown: shown(&against.figure, traced.measure),
        average: against.average.to_owned(),
        used: against.used,
        members: against.members,
        cells: member_cells(traced, row, &against.comparator, register),
    });
    (standing, against.collect())
}

/// What an id's word after `~` says: one of the comparators, a group, or the six months before.
fn only_beside(
    word: &str,
    compared: Vec<Against>,
    traced: &Traced<'_>,
    row: usize,
    register: &Register,
) -> Result<Against, Error> {
    if let Some(found) = compared.into_iter().find(|against| against.comparator == word) {
        return Ok(found);
    }
    let (name, cells) = match (word, Comparator::parse(word, register)) {
        (figure::SIX_MONTHS, _) => ("Previous six months".to_owned(), traced.months_before(row)),
        (_, Ok(comparator)) => {
            let own = traced.figures.la.word(row).parse().ok();
            let name = own.map_or(String::new(), |own| comparator.name(own, register));
            (name, member_cells(traced, row, word, register))
        }
        (_, Err(_)) => {
            return Err(Error::usage(
                format!("the figure is not compared with `{word}`"),
                "take the id as the report has it, or leave `~` and the word out",
            ));
        }
    };
    let values: Vec<Option<f64>> = cells.iter().map(|cell| cell.value).collect();
    let (value, average) = match word {
        figure::SIX_MONTHS => (traced.over_months(row), "six months together"),
        _ => (mean_of(&values), "mean"),
    };
    Ok(Against {
        comparator: word.to_owned(),
        name,
        value,
        shown: shown(&Seen { value, ..Seen::missing(Missing::Unpublished) }, traced.measure),
        average: average.to_owned(),
        used: values.iter().flatten().count() as u16,
        members: cells.len() as u16,
        cells,
    })
}

/// The figures that a comparator is made of, in the order of its members.
fn member_cells(traced: &Traced<'_>, row: usize, word: &str, register: &Register) -> Vec<TracedFigure> {
    let figures = traced.figures;
    let beside = |wanted: &dyn Fn(usize) -> bool| {
        let same = |other: usize| {
            traced.observed.is_latest(other)
                && figures.periods.key(other) == figures.periods.key(row)
                && figures.topic.codes.get(other) == figures.topic.codes.get(row)
                && figures.breakdown.codes.get(other) == figures.breakdown.codes.get(row)
        };
        (0..traced.observed.height()).find(|&other| same(other) && wanted(other)).map(|other| traced.figure(other))
    };
    let level = |other: usize, level: Level| figures.level.word(other) == level.word();
    let authority = |code: LaCode| {
        let word = code.to_string();
        beside(&|other| level(other, Level::Authority) && figures.la.word(other) == word)
            .unwrap_or_else(|| no_row(code, register))
    };
    let own: Option<LaCode> = figures.la.word(row).parse().ok();
    let Some(own) = own else { return Vec::new() };
    match Comparator::parse(word, register).map(|comparator| comparator.members(own, register)) {
        Ok(Members::England) => beside(&|other| level(other, Level::Country)).into_iter().collect(),
        Ok(Members::Region(codes)) => {
            // As comparisons have it: the first region that the table knows, whether or not it has this figure.
            let is = |other: usize, code: &str| level(other, Level::Region) && figures.ons.word(other) == code;
            let known = codes.iter().find(|code| (0..traced.observed.height()).any(|other| is(other, code)));
            known.and_then(|code| beside(&|other| is(other, code))).into_iter().collect()
        }
        Ok(Members::Authority(code)) => vec![authority(code)],
        Ok(Members::List(codes)) => codes.into_iter().map(authority).collect(),
        Ok(Members::Nobody) | Err(_) => Vec::new(),
    }
}
