//! Academies that were not inspected yet take the judgement of the school they were before: from another row of the
//! file, or from an older release that still had that school.
//!
//! In: the records of all releases. Out: the words that one record takes, and a note that counts who took from where.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Input;
use super::breakdown::Vocabulary;
use super::rows::Cells;
use crate::finding::Finding;
use crate::pipeline::{Pipeline, Predecessor, Release};

/// A school became another so often at most; a longer chain is a mistake in the file.
const MOST_STEPS: usize = 5;

/// What a record says of itself.
struct Known {
    take: Vec<String>,
    before: String,
}

/// The records of every release that have what others may take, by id; the newest release last.
pub(super) struct Ancestors<'p> {
    declared: Option<&'p Predecessor>,
    releases: Vec<(Release, FxHashMap<String, Known>)>,
}

/// Who took what, in one release.
#[derive(Default)]
pub(super) struct Tally {
    took: BTreeMap<String, usize>,
    nowhere: usize,
    unclear: usize,
    without: usize,
}

impl<'p> Ancestors<'p> {
    /// The records of `inputs`; none where the pipeline declares no predecessor.
    pub fn of(pipeline: &'p Pipeline, inputs: &[Input<'_>]) -> Ancestors<'p> {
        let declared = pipeline.predecessor.as_ref();
        let mut releases: Vec<(Release, FxHashMap<String, Known>)> = declared.map_or_else(Vec::new, |declared| {
            inputs.iter().map(|input| (input.release.clone(), known(pipeline, declared, input))).collect()
        });
        releases.sort_by(|a, b| a.0.cmp(&b.0));
        Ancestors { declared, releases }
    }

    /// Whether records take anything from records before them.
    pub fn is_declared(&self) -> bool {
        self.declared.is_some()
    }

    /// The fields that records take or that it marks.
    pub fn fields(&self) -> Vec<String> {
        let declared = self.declared.into_iter();
        let mut fields: Vec<String> =
            declared.flat_map(|declared| declared.take.get_ref().iter().chain(declared.mark.keys()).cloned()).collect();
        fields.sort();
        fields.dedup();
        fields
    }

    /// The words that a record of `release` takes, by field; `mapped` says what the file has, none where it has no such field.
    pub fn taken<'t>(
        &self,
        release: &Release,
        mapped: impl Fn(&str) -> Option<&'t str>,
        tally: &mut Tally,
    ) -> BTreeMap<String, String> {
        let Some(declared) = self.declared.filter(|known| mapped(&known.field).is_some()) else {
            return BTreeMap::new();
        };
        let word = |field: &str| mapped(field).unwrap_or_default();
        let take = declared.take.get_ref();
        if take.first().is_none_or(|first| !word(first).is_empty()) {
            let unsaid = declared.mark.iter().filter(|(field, _)| mapped(field).is_none());
            return unsaid.map(|(field, [_, own])| (field.clone(), own.clone())).collect();
        }
        let own = word(&declared.id);
        let before: Vec<&str> = ids(word(&declared.field)).filter(|id| *id != own).collect();
        if before.is_empty() {
            tally.without += 1;
            return BTreeMap::new();
        }
        let found: Vec<_> = before.iter().filter_map(|id| self.find(release, id)).collect();
        let Some((from, words)) = found.first() else {
            tally.nowhere += 1;
            return BTreeMap::new();
        };
        // Which of several schools this one goes on from is not for a program to say.
        if found.len() < before.len() || found.iter().any(|(_, other)| other[0] != words[0]) {
            tally.unclear += 1;
            return BTreeMap::new();
        }
        *tally.took.entry(from.to_string()).or_default() += 1;
        let agreed = |at: usize| found.iter().all(|(_, other)| other[at] == words[at]);
        let words =
            take.iter().enumerate().filter(|(at, _)| agreed(*at)).map(|(at, field)| (field.clone(), words[at].clone()));
        words.chain(declared.mark.iter().map(|(field, [took, _])| (field.clone(), took.clone()))).collect()
    }

    /// The newest words of a school up to `release`, or of the schools before that one where they agree.
    fn find(&self, release: &Release, id: &str) -> Option<(&Release, &[String])> {
        self.within(release, id, MOST_STEPS)
    }

    fn within(&self, release: &Release, id: &str, steps: usize) -> Option<(&Release, &[String])> {
        let steps = steps.checked_sub(1)?;
        let upto = || self.releases.iter().rev().filter(|(known, _)| known <= release);
        let all = || upto().filter_map(|(release, known)| Some((release, known.get(id)?)));
        if let Some((release, known)) = all().find(|(_, known)| !known.take[0].is_empty()) {
            return Some((release, &known.take));
        }
        let before = all().find(|(_, known)| ids(&known.before).any(|before| before != id))?.1;
        let found: Option<Vec<_>> = ids(&before.before)
            .filter(|before| *before != id)
            .map(|before| self.within(release, before, steps))
            .collect();
        // Where they differ, or one is not known, nothing is taken.
        let found = found?;
        let first = *found.first()?;
        found.iter().all(|(_, words)| *words == first.1).then_some(first)
    }

    /// What is to be said of a release: how many took a judgement, from where, and who could not.
    pub fn note(&self, release: &Release, tally: &Tally) -> Option<Finding> {
        let first = self.declared?.take.get_ref().first()?;
        let took: usize = tally.took.values().sum();
        if took + tally.nowhere + tally.unclear == 0 {
            return None;
        }
        let place = |from: &String| {
            if from == release.as_str() { "this release".to_owned() } else { format!("release {from}") }
        };
        let from: Vec<String> =
            tally.took.iter().map(|(from, count)| format!("{count} from {}", place(from))).collect();
        let from = if from.is_empty() { String::new() } else { format!(" ({})", from.join(", ")) };
        let message = format!(
            "{took} without `{first}` took that of the school before them{from}; of the others {} name one that is in no release, \
             {} name several that differ or are not all known, {} name none",
            tally.nowhere, tally.unclear, tally.without
        );
        Some(Finding::note("predecessor", message, "nothing to do: those that took none are in no share"))
    }
}

/// The ids in a cell, which may name several.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|id| !id.is_empty())
}

/// The records of one file that have what others may take, or name the record before them.
fn known(pipeline: &Pipeline, declared: &Predecessor, input: &Input<'_>) -> FxHashMap<String, Known> {
    let column = |field: &str| {
        let name = input.block.columns.get(field)?.get_ref().0.first()?;
        input.table.position(name)
    };
    let Some(id) = column(&declared.id) else { return FxHashMap::default() };
    let (cells, vocabulary) = (Cells::of(&input.table), Vocabulary::of(pipeline, input.block));
    let word =
        |row: usize, field: &str| column(field).map_or("", |column| vocabulary.label(field, cells.text(row, column)));
    let record = |row: usize| {
        let take = declared.take.get_ref().iter().map(|field| word(row, field).to_owned()).collect();
        (cells.text(row, id).to_owned(), Known { take, before: word(row, &declared.field).to_owned() })
    };
    (0..input.table.rows.len()).map(record).filter(|(id, _)| !id.is_empty()).collect()
}
