//! A drifted release to the `[[release]]` block that fits it: each old name beside the new one, with how sure that is.
//!
//! Sure is what name and values say together. Where two columns fit alike nothing is guessed: both are named.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use toml::Value;

use super::candidates::Candidate;
use super::changed_labels::{Labels, changed_labels};
use super::choices::Renames;
use super::common::{Agreement, Common, View};
use super::draft::Draft;
use super::new_pipeline::key;
use super::roles;
use super::shelf::{Before, Shelf};
use super::successor::{Match, Successor, choose, likeness};
use super::written;
use crate::normalise::{Missing, is_template};
use crate::refresh::names::Named;

/// What drifted, and the block that fits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Proposal {
    /// Each missing column with its successor.
    pub successors: Vec<(Missing, Successor)>,
    /// The same as it was found, before anybody chose.
    pub found: Vec<(Missing, Successor)>,
    /// The labels as they were found.
    pub found_labels: Labels,
    /// Columns that none of the block's names is, of which an old name may be one.
    pub free: Vec<String>,
    /// New columns that the block now ignores.
    pub new: Vec<String>,
    /// New columns that are measures now: the column, and the measure as a pipeline declares it.
    pub measures: Vec<(String, String)>,
    /// What became of breakdown labels.
    pub labels: Labels,
    /// What else was changed or is left to decide, a line each.
    pub notes: Vec<String>,
    /// Whether a note leaves something to decide.
    pub open: bool,
    /// The block.
    pub draft: Draft,
}

impl Proposal {
    /// Whether nothing was left open.
    pub fn is_sure(&self) -> bool {
        !self.open
            && self.labels.is_sure()
            && !self.successors.iter().any(|(_, successor)| matches!(successor, Successor::Unsure(_)))
    }

    /// Whether anything differs from the block before.
    pub fn changes_anything(&self) -> bool {
        !self.successors.is_empty()
            || !self.new.is_empty()
            || !self.measures.is_empty()
            || self.labels.any()
            || !self.notes.is_empty()
    }

    /// Takes the period that was chosen where the file does not say its own.
    pub fn as_chosen(&mut self, chosen: &Renames) {
        if let Some(period) = &chosen.period {
            self.draft.set("period", Value::String(period.clone()));
            self.notes.retain(|note| !note.starts_with("period `"));
            self.notes.push(format!("the period is `{period}`, as chosen"));
            self.open = false;
        }
    }

    /// Takes what marks were said to mean.
    pub fn mark(&mut self, chosen: &Renames) {
        for (mark, means) in chosen.marks.iter().filter(|(_, means)| !means.is_empty()) {
            self.draft.put_in("symbols", mark, Value::String(means.clone()));
            self.notes.push(format!("the mark `{mark}` means {}", means.replace('_', " ")));
        }
    }

    /// Old names beside new ones, a line each.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        for (missing, successor) in &self.successors {
            let words = successor.words("no column is like it: its mapping is taken out");
            let _ = writeln!(text, "  {} `{}` -> {words}", missing.key, missing.name);
        }
        for name in &self.new {
            let _ = writeln!(text, "  new column `{name}`: ignored until somebody maps it");
        }
        for (missing, successor) in &self.labels.successors {
            let words = successor.words("no label is like it: the file has no such rows");
            let _ = writeln!(text, "  label `{}` in `{}` -> {words}", missing.name, missing.key);
        }
        for (column, name) in &self.labels.new {
            let _ = writeln!(text, "  new label `{name}` in `{column}`: kept under its own name");
        }
        for note in &self.notes {
            let _ = writeln!(text, "  {note}");
        }
        text
    }
}

/// A file, the release before and the rows that both have.
pub(super) struct Compared<'a> {
    /// The block nearest to the file.
    pub candidate: &'a Candidate<'a>,
    /// The file.
    pub new: View<'a>,
    /// The release before.
    pub before: Option<&'a Before<'a>>,
    common: Option<Common<'a>>,
}

impl<'a> Compared<'a> {
    /// Holds a file against the release before.
    pub fn of(candidate: &'a Candidate<'a>, new: View<'a>, before: Option<&'a Before<'a>>, shelf: &Shelf<'_>) -> Self {
        let old = before.map(|before| before.view(shelf.register));
        let common = old.map(|old| Common::of(old, new, shelf.register));
        Compared { candidate, new, before, common }
    }

    /// How far a column of the release before says what a column of the file says.
    fn agreement(&self, old: usize, new: usize) -> Option<Agreement> {
        self.common.as_ref().map(|common| common.agreement(old, new))
    }

    /// Which of the columns `names` is what is missing.
    fn successor(&self, missing: &Missing, names: &[String]) -> Successor {
        let old = self.before.and_then(|before| old_column(missing, self.candidate, before));
        let options = names.iter().filter_map(|name| {
            let column = self.new.table.position(name)?;
            let agree = old.and_then(|old| self.agreement(old, column));
            let plain = name.split('#').next().unwrap_or(name);
            let found = Match::new(name, likeness(&missing.name, plain), agree);
            let dated = self.common.as_ref().is_none_or(|common| common.dated);
            Some(if dated { found } else { found.undated() })
        });
        choose(options.collect())
    }

    /// What became of a column that says where, when or of what a figure is.
    fn role(&self, missing: &Missing, free: &[String]) -> Successor {
        let by_what_it_is = roles::of(missing, self.candidate.block, self.new.columns);
        let by_words = self.before.zip(self.common.as_ref()).and_then(|(before, common)| {
            let old = before.table.position(&missing.name)?;
            let (_, new) = common.keys.iter().find(|key| key.0 == old)?;
            Some(self.new.table.names().nth(*new)?.to_owned())
        });
        match by_what_it_is.or(by_words) {
            Some(name) => Successor::Renamed(Match::by_content(&name, likeness(&missing.name, &name))),
            // A filter of figures, such as a year that is no period, is found like any column.
            None => self.successor(missing, free),
        }
    }
}

/// Works out what became of the missing columns and writes the block of `release`, for a file called `file`.
pub(super) fn proposal(compared: &Compared<'_>, release: &str, file: &str, chosen: &Renames) -> Option<Proposal> {
    let candidate = compared.candidate;
    // Twins first: one that is another column now leaves its name to a missing one.
    let mut successors = twins(compared);
    let left = successors.iter().filter_map(|(missing, successor)| match successor {
        Successor::Renamed(option) if option.name != missing.name => Some(missing.name.clone()),
        _ => None,
    });
    let left: Vec<String> = left.collect();
    let free: Vec<String> = candidate.fit.free.iter().chain(&left).cloned().collect();
    let found: Vec<(Missing, Successor)> = candidate
        .fit
        .missing
        .iter()
        .filter(|missing| missing.key != roles::STANDARD)
        .map(|missing| {
            let successor = if roles::is_role(&missing.key) {
                compared.role(missing, &free)
            } else {
                compared.successor(missing, &free)
            };
            (missing.clone(), successor)
        })
        .collect();
    successors.extend(found);
    settle(&mut successors);
    let found = successors.clone();
    chosen.decide(&mut successors, &compared.new.table.names().collect::<Vec<_>>());
    let mut labels = changed_labels(candidate, compared.new.table, compared.before);
    let found_labels = labels.clone();
    chosen.decide_labels(&mut labels);
    let mut draft = Draft::of(candidate.pipeline, candidate.block)?;
    let mut notes = Vec::new();
    place(&mut draft, candidate, compared, release, file);
    for (missing, successor) in &successors {
        match successor {
            Successor::Renamed(option) => {
                draft.rename(missing, &option.name);
                if option.factor != 1.0 {
                    scale(&mut draft, compared, missing, option, &mut notes);
                }
            }
            Successor::Unsure(_) | Successor::Gone => draft.remove(missing),
        }
    }
    roles::without_standard(&mut draft, candidate, compared.new.columns, &mut notes);
    let is_taken = |name: &String| {
        successors.iter().any(|(_, successor)| matches!(successor, Successor::Renamed(option) if option.name == *name))
    };
    let is_role = |name: &String| roles::is_place(name, compared.new.columns);
    let new: Vec<String> =
        candidate.fit.new.iter().chain(&left).filter(|name| !is_taken(name) && !is_role(name)).cloned().collect();
    let (measures, new): (Vec<String>, Vec<String>) =
        new.into_iter().partition(|name| chosen.measures.contains_key(name));
    let measures = added(&mut draft, compared, chosen, &measures);
    draft.ignore(&new);
    labels.put_into(&mut draft);
    Some(Proposal { successors, found, found_labels, free, new, measures, labels, notes, open: false, draft })
}

/// Maps new columns that were made measures; answers each with its declaration.
fn added(draft: &mut Draft, compared: &Compared<'_>, chosen: &Renames, names: &[String]) -> Vec<(String, String)> {
    let mut taken: BTreeSet<String> = compared.candidate.pipeline.measures.keys().cloned().collect();
    let declared = names.iter().filter_map(|name| {
        let named = chosen.measures.get(name)?;
        let key = key(name, &mut taken);
        draft.put_in("columns", &key, Value::String(name.clone()));
        Some((name.clone(), named.declared(&key)))
    });
    declared.collect()
}

/// Says where in the file the table of `release` stands.
fn place(draft: &mut Draft, candidate: &Candidate<'_>, compared: &Compared<'_>, release: &str, file: &str) {
    draft.set("from", written::release(release));
    if candidate.named != Named::AsAsked {
        draft.set("file", Value::String(crate::refresh::names::pattern_of(file)));
    }
    if let Some(row) = candidate.moved_to.filter(|row| candidate.block.header.rows() != [*row]) {
        draft.set("header", Value::Integer(i64::from(row)));
    }
    let elsewhere = candidate.moved_to.is_some() || candidate.other_sheet;
    let sheet = &compared.new.table.sheet;
    if elsewhere && candidate.rivals.is_empty() && !sheet.is_empty() {
        draft.set("sheet", Value::String(globset::escape(sheet)));
    }
}

/// A column whose figures are those of the release before times a factor is brought back to the measure's unit.
fn scale(draft: &mut Draft, compared: &Compared<'_>, missing: &Missing, option: &Match, notes: &mut Vec<String>) {
    let was = compared.before.and_then(|before| before.block.scale.get(&missing.key)).copied().unwrap_or(1.0);
    let factor = was / option.factor;
    draft.put_in("scale", &missing.key, Value::Float(factor));
    notes.push(format!("`{}` is {} times what it was: `scale` brings it back", option.name, option.factor));
}

/// Two missing columns that would both be one new column are both left open.
fn settle(successors: &mut [(Missing, Successor)]) {
    let taken: Vec<(String, String)> = successors
        .iter()
        .filter_map(|(missing, successor)| match successor {
            Successor::Renamed(option) => Some((missing.name.clone(), option.name.clone())),
            _ => None,
        })
        .collect();
    for (missing, successor) in successors.iter_mut().filter(|(missing, _)| !roles::is_role(&missing.key)) {
        if let Successor::Renamed(option) = successor
            && taken.iter().any(|(name, new)| *new == option.name && *name != missing.name)
        {
            *successor = Successor::Unsure(vec![option.clone()]);
        }
    }
}

/// Columns that a block names and that the file has twice: a header printed again is one of them by its figures.
fn twins(compared: &Compared<'_>) -> Vec<(Missing, Successor)> {
    let candidate = compared.candidate;
    let table = compared.new.table;
    let mut twins = Vec::new();
    for (key, columns) in &candidate.block.columns {
        for name in &columns.get_ref().0 {
            let again =
                |other: &&String| other.rsplit_once('#').is_some_and(|(plain, _)| plain.eq_ignore_ascii_case(name));
            let others: Vec<String> = candidate.fit.new.iter().filter(again).cloned().collect();
            if others.is_empty() || table.position(name).is_none() {
                continue;
            }
            let missing = Missing { key: key.clone(), name: name.clone() };
            let options: Vec<String> = std::iter::once(name.clone()).chain(others).collect();
            let mut found = compared.successor(&missing, &options);
            if let Successor::Unsure(matches) = &found
                && matches.iter().all(|option| alike(table, name, &option.name))
            {
                // The same figures twice: either will do.
                found = Successor::Renamed(Match { name: name.clone(), ..matches[0].clone() });
            }
            twins.push((missing, found));
        }
    }
    twins
}

/// Whether two columns say the same in every row.
fn alike(table: &crate::grid::TextTable, one: &str, other: &str) -> bool {
    let cells = |name: &str| table.position(name).and_then(|column| table.frame.columns()[column].str().ok());
    cells(one).zip(cells(other)).is_some_and(|(one, other)| one.iter().eq(other.iter()))
}

/// The column of the release before for what is missing now.
fn old_column(missing: &Missing, candidate: &Candidate<'_>, before: &Before<'_>) -> Option<usize> {
    let named = before.table.position(&missing.name);
    named.or_else(|| {
        let same = before.block.from.get_ref() == candidate.block.from.get_ref();
        let columns = before.block.columns.get(&missing.key).filter(|_| !same)?;
        before.table.position(columns.get_ref().0.iter().find(|name| !is_template(name))?)
    })
}
