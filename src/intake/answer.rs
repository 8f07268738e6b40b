//! The one answer to the question what a file is: which tables read it as it is, which with a block that is proposed
//! here, which it may belong to, and else a pipeline of its own. `inspect` prints it, `add` acts on it.

use std::rc::Rc;

use super::arrival::Arrival;
use super::assessment::{Assessment, assess};
use super::basis::Basis;
use super::candidates::{Candidate, candidates};
use super::choices::Choices;
use super::common::View;
use super::new_pipeline::{self, Columns, NewPipeline};
use super::renamed;
use super::same_table::{Evidence, SameTable, same_table};
use super::shelf::{Before, Shelf};
use crate::finding::{Error, likely};
use crate::grid::TextTable;
use crate::pipeline::{Pipeline, Release};
use crate::refresh::names::Named;

/// What was said about a file beside its path.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// The table.
    pub table: Option<String>,
    /// The return.
    pub return_name: Option<String>,
    /// The release.
    pub release: Option<String>,
    /// The sheet.
    pub sheet: Option<String>,
    /// What else was chosen.
    pub choices: Choices,
}

/// What a file is.
pub(super) struct Answer<'p> {
    /// Tables that read it, as it is or with a block that is proposed.
    pub kin: Vec<Assessment<'p>>,
    /// Tables that may: nothing but the header speaks for them.
    pub perhaps: Vec<(Candidate<'p>, Evidence)>,
    /// A pipeline of its own, where no table reads it for certain.
    pub new_pipeline: Option<NewPipeline>,
    /// What its columns are.
    pub columns: Columns,
}

/// A table that a file is another release of, by header, name or figures.
pub(super) struct Kin<'p> {
    /// The block nearest to it.
    pub candidate: Candidate<'p>,
    /// What figures and words say.
    pub evidence: Evidence,
    /// The release it was held against.
    pub before: Option<Before<'p>>,
    /// Its cells and what its columns are.
    pub view: Rc<(TextTable, Columns)>,
}

/// Says what a file is.
///
/// # Errors
/// No such table or sheet; no sheet holds a table; the reference files cannot be read.
pub(super) fn answer<'p>(arrival: &Arrival, asked: &Asked, basis: &'p Basis) -> Result<Answer<'p>, Error> {
    let pipelines = basis.asked(asked)?;
    check_sheet(arrival, asked.sheet.as_deref())?;
    let shelf = basis.shelf();
    let pipelines = if asked.choices.own.wanted { Vec::new() } else { pipelines };
    let (mut kin, perhaps) = by_header(arrival, asked, &pipelines, &shelf);
    if kin.is_empty() {
        kin = renamed::by_figures(arrival, asked, &pipelines, &shelf);
    }
    let kin = best(kin, asked.table.is_some());
    let columns = kin.first().map(|kin| kin.view.1.clone());
    let mut assessed = Vec::new();
    for kin in kin {
        let (named, speaks) = (kin.candidate.named, kin.evidence.speaks_for());
        let one = assess(arrival, kin, asked, &shelf)?;
        // A block that only its header spoke for, and that gives nothing, was never for this file.
        if asked.table.is_some() || named >= Named::Same || speaks || one.trial.observations > 0 {
            assessed.push(one);
        }
    }
    let taken: Vec<&str> = basis.pipelines.iter().map(|pipeline| pipeline.name.as_str()).collect();
    let new_pipeline = if assessed.is_empty() { Some(new_pipeline::of(arrival, asked, &shelf, &taken)?) } else { None };
    let columns = match (&new_pipeline, columns) {
        (Some(new_pipeline), _) => new_pipeline.columns.clone(),
        (None, Some(columns)) => columns,
        (None, None) => Columns::default(),
    };
    Ok(Answer { kin: assessed, perhaps, new_pipeline, columns })
}

/// Whether a sheet is the one asked for; any is where none was.
pub(super) fn is_wanted(asked: &Asked, title: &str) -> bool {
    asked.sheet.as_ref().is_none_or(|sheet| sheet.eq_ignore_ascii_case(title))
}

fn check_sheet(arrival: &Arrival, sheet: Option<&str>) -> Result<(), Error> {
    let Some(sheet) = sheet else { return Ok(()) };
    let titles: Vec<&str> = arrival.opened.sheets.iter().map(|(title, _)| title.as_str()).collect();
    if titles.iter().any(|title| title.eq_ignore_ascii_case(sheet)) {
        return Ok(());
    }
    let help = match likely(sheet, titles.iter().copied()) {
        Some(title) => format!("did you mean `{title}`?"),
        None if titles == [""] => "a CSV has no sheets: leave `--sheet` out".to_owned(),
        None => format!("the sheets are {}", titles.join(", ")),
    };
    Err(Error::usage(format!("there is no sheet `{sheet}` in `{}`", arrival.shown), help))
}

/// The tables whose header the file has, in whole or in part: those it belongs to, and those it may belong to.
fn by_header<'p>(
    arrival: &Arrival,
    asked: &Asked,
    pipelines: &[&'p Pipeline],
    shelf: &Shelf<'_>,
) -> (Vec<Kin<'p>>, Vec<(Candidate<'p>, Evidence)>) {
    let release = asked.release.as_ref().map(|release| Release::new(release.as_str()));
    let forced = asked.table.is_some();
    let mut views = Views { arrival, shelf, known: Vec::new() };
    let (mut kin, mut perhaps) = (Vec::new(), Vec::new());
    for candidate in candidates(arrival, pipelines, forced, &|title| is_wanted(asked, title)) {
        if !forced && !candidate.fits() && candidate.named == Named::Otherwise && candidate.share() < 0.4 {
            continue;
        }
        let Some(view) = views.of(&candidate) else { continue };
        let before = shelf.before(candidate.pipeline, release.as_ref(), &arrival.path);
        let seen = View { table: &view.0, columns: &view.1 };
        let evidence = Evidence::of(&candidate, seen, before.as_ref(), shelf.register);
        match same_table(&candidate, &evidence) {
            SameTable::Kin => kin.push(Kin { candidate, evidence, before, view }),
            _ if forced => kin.push(Kin { candidate, evidence, before, view }),
            SameTable::Perhaps => perhaps.push((candidate, evidence)),
            SameTable::Stranger => {}
        }
    }
    (kin, perhaps)
}

/// Where figures or the file's own name speak for a table, those that only their header speaks for are left.
fn best(mut kin: Vec<Kin<'_>>, forced: bool) -> Vec<Kin<'_>> {
    let is_strong = |kin: &Kin<'_>| kin.candidate.named == Named::AsAsked || kin.evidence.speaks_for();
    if !forced && kin.iter().any(is_strong) {
        kin.retain(is_strong);
    }
    kin
}

/// The tables cut out of a file, each looked at once: several blocks mean one place in it.
struct Views<'a> {
    arrival: &'a Arrival,
    shelf: &'a Shelf<'a>,
    known: Vec<(String, Rc<(TextTable, Columns)>)>,
}

impl Views<'_> {
    fn of(&mut self, candidate: &Candidate<'_>) -> Option<Rc<(TextTable, Columns)>> {
        let Candidate { block, sheet, moved_to, .. } = candidate;
        let range = block.range.as_ref().map(|range| range.get_ref());
        let place = format!("{sheet} {moved_to:?} {:?} {range:?}", block.header);
        if let Some((_, view)) = self.known.iter().find(|(known, _)| *known == place) {
            return Some(Rc::clone(view));
        }
        let table = self.arrival.cut(*sheet, block, *moved_to, None).ok()?;
        let columns = new_pipeline::columns(&table, &self.arrival.meta, self.shelf.register);
        let view = Rc::new((table, columns));
        self.known.push((place, Rc::clone(&view)));
        Some(view)
    }
}
