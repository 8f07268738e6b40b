//! One table and a file of it: which release the file is, what must be written for it, and what comes of trying that.

use std::rc::Rc;

use super::answer::{Asked, Kin};
use super::apart::{self, Apart};
use super::arrival::Arrival;
use super::candidates::Candidate;
use super::common::View;
use super::draft::{text_of, with_block, with_measures};
use super::new_pipeline::Columns;
use super::pinned;
use super::proposal::{Compared, Proposal, proposal};
use super::release_of::{KnownRelease, release_of};
use super::same_table::Evidence;
use super::shelf::Shelf;
use super::trial::{self, Trial};
use crate::finding::Error;
use crate::grid::TextTable;
use crate::pipeline::{Declared, Release, ReleaseBlock};
use crate::refresh::names::{Named, name_for};
use crate::refresh::plan::reading;

/// A table that reads a file, as it is or with the block that is proposed.
pub(super) struct Assessment<'p> {
    /// The block nearest to it.
    pub candidate: Candidate<'p>,
    /// What figures and words say.
    pub evidence: Evidence,
    /// The release it is.
    pub known: KnownRelease,
    /// What to write; none where the block holds as it is.
    pub proposal: Option<Proposal>,
    /// The pipeline that was tried: with the new block, or as it is.
    pub pipeline: String,
    /// The block that was tried, as it stands or is to be written.
    pub block: String,
    /// The release whose block the new one takes the place of.
    pub instead: Option<String>,
    /// The name to file it under; none where that cannot be known.
    pub name: Option<String>,
    /// The place of its table: sheet and header row.
    pub place: (String, u32),
    /// Its cells and what its columns are.
    pub view: Rc<(TextTable, Columns)>,
    /// What tells columns apart that fit alike.
    pub apart: Vec<Apart>,
    /// What came of trying it.
    pub trial: Trial,
}

impl Assessment<'_> {
    /// Whether nothing is left to write or to decide.
    pub fn holds(&self) -> bool {
        self.proposal.is_none() && self.trial.is_good()
    }

    /// Whether something is left to decide.
    pub fn is_undecided(&self) -> bool {
        !self.trial.is_good()
            || !self.candidate.rivals.is_empty()
            || self.proposal.as_ref().is_some_and(|proposal| !proposal.is_sure())
    }
}

/// Judges a file for one table.
///
/// # Errors
/// The reference files cannot be read.
pub(super) fn assess<'p>(
    arrival: &Arrival,
    kin: Kin<'p>,
    asked: &Asked,
    shelf: &Shelf<'_>,
) -> Result<Assessment<'p>, Error> {
    let Kin { candidate, evidence, before, view } = kin;
    let pipeline = candidate.pipeline;
    let newest = shelf.before(pipeline, None, &arrival.path);
    let known = release_of(arrival, &candidate, newest.as_ref(), asked.release.as_deref());
    let compared = Compared::of(&candidate, View { table: &view.0, columns: &view.1 }, before.as_ref(), shelf);
    let chosen = asked.choices.of(&pipeline.name);
    let mut proposal = proposal(&compared, &known.release, &arrival.name, &chosen);
    if let Some(proposal) = &mut proposal {
        pinned::renew(proposal, &compared, &known, arrival, shelf.register);
        proposal.as_chosen(&chosen);
        proposal.mark(&chosen);
    }
    let proposal = left_out(proposal, &candidate, &view.0, asked);
    let apart = proposal.as_ref().map_or_else(Vec::new, |proposal| apart::of(proposal, &view.0, &view.1));
    let must = must_be_written(arrival, &candidate, &known);
    let proposal = proposal.filter(|proposal| must || proposal.changes_anything());
    let ending = arrival.name.rsplit_once('.').map_or("csv", |(_, ending)| ending);
    let (block, text, instead) = match &proposal {
        None => (text_of(pipeline, candidate.block).0.to_owned(), pipeline.text.clone(), None),
        Some(proposal) => {
            let block = proposal.draft.text();
            let instead = same_from(&candidate, &known);
            let measures: Vec<&str> = proposal.measures.iter().map(|(_, declared)| declared.as_str()).collect();
            let text = with_measures(&with_block(pipeline, &block, instead), &measures);
            (block, text, instead.map(|block| block.from.get_ref().to_string()))
        }
    };
    let declared = Declared {
        path: pipeline.path.clone(),
        name: pipeline.name.clone(),
        text: text.clone(),
        beside: pipeline.shared.iter().cloned().collect(),
        others: pipeline.published.iter().cloned().collect(),
    };
    let name = match (&proposal, candidate.named) {
        (_, Named::AsAsked) | (Some(_), _) => Some(crate::manifest::safe_name(&arrival.name)),
        (None, _) => name_for(candidate.block.file.get_ref(), &known.release, ending),
    };
    let tried_as = name.clone().unwrap_or_else(|| arrival.name.clone());
    let trial = trial::tried(declared, &known.release, &tried_as, arrival, shelf)?;
    let place = (view.0.sheet.clone(), view.0.header_row);
    Ok(Assessment {
        candidate,
        evidence,
        known,
        proposal,
        pipeline: text,
        block,
        instead,
        name,
        place,
        view,
        apart,
        trial,
    })
}

/// A proposal that leaves out the rows of names that were said to be of no area here.
fn left_out(
    proposal: Option<Proposal>,
    candidate: &Candidate<'_>,
    table: &TextTable,
    asked: &Asked,
) -> Option<Proposal> {
    let mut proposal = proposal?;
    let area = &candidate.block.area;
    let column = [&area.name, &area.code, &area.ons].into_iter().flatten().next().cloned();
    let column = column.or_else(|| table.names().find(|name| *name == "la_name").map(str::to_owned));
    let names = asked.choices.left_out();
    if let Some(column) = column.filter(|column| table.position(column).is_some() && !names.is_empty()) {
        proposal.draft.drop_rows(&column, names);
        proposal.notes.push("rows of areas that are none here are left out by `drop`".to_owned());
    }
    Some(proposal)
}

/// Whether the block that fits is not the one by which a run would read the release.
fn must_be_written(arrival: &Arrival, candidate: &Candidate<'_>, known: &KnownRelease) -> bool {
    if !candidate.fits() {
        return true;
    }
    let ending = arrival.name.rsplit_once('.').map_or("csv", |(_, ending)| ending);
    let named = match candidate.named {
        Named::AsAsked => Some(arrival.name.clone()),
        _ => name_for(candidate.block.file.get_ref(), &known.release, ending),
    };
    let files: Vec<std::path::PathBuf> = named.into_iter().map(std::path::PathBuf::from).collect();
    let read = reading(candidate.pipeline, &Release::new(known.release.as_str()), &files);
    read.is_none_or(|(block, _)| block.from.get_ref() != candidate.block.from.get_ref())
}

/// The block that holds from the very release of the file: a pipeline may have one such block only.
fn same_from<'p>(candidate: &Candidate<'p>, known: &KnownRelease) -> Option<&'p ReleaseBlock> {
    candidate.pipeline.releases.iter().find(|block| block.from.get_ref().as_str() == known.release)
}
