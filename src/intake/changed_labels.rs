//! Breakdown labels that a publisher changed: each old label beside the new one, with how sure that is.
//!
//! A renamed breakdown is no error to a run, which cannot know it from a new one, and would cut the series in two. So
//! the labels of the new file are held against those of the release before, by name and by the figures that stand
//! beside them in the periods that both releases have.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::area::fold;
use crate::grid::TextTable;
use crate::normalise::{Missing, Vocabulary};
use crate::pipeline::ReleaseBlock;

use super::candidates::Candidate;
use super::draft::Draft;
use super::shelf::Before;
use super::successor::{Match, Successor, choose, likeness};

/// What became of the labels of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// Each label that is gone, by column, with its successor.
    pub successors: Vec<(Missing, Successor)>,
    /// Labels that no release before had and that are no other's new name, as column and label.
    pub new: Vec<(String, String)>,
}

/// A column of labels in both files.
struct Column {
    name: String,
    old: usize,
    new: usize,
}

/// One side of the comparison: the cells, and what its block calls them.
struct LabelledTable<'a> {
    words: Vocabulary,
    block: &'a ReleaseBlock,
    table: &'a TextTable,
}

impl LabelledTable<'_> {
    fn text(&self, row: usize, column: usize) -> &str {
        let cells = self.table.frame.columns().get(column);
        cells.and_then(|cells| cells.str().ok()?.get(row)).unwrap_or_default().trim()
    }

    /// The label of a cell as the table calls it.
    fn label(&self, row: usize, column: usize, name: &str) -> String {
        self.words.called(name, self.text(row, column)).to_owned()
    }

    /// Whether the row is about the whole: topic and breakdown say the same.
    fn is_whole(&self, row: usize, pair: Option<(usize, usize)>) -> bool {
        pair.is_some_and(|(topic, breakdown)| fold(self.text(row, topic)) == fold(self.text(row, breakdown)))
    }

    /// The labels of a column, rows about the whole left out.
    fn labels(&self, column: usize, name: &str, pair: Option<(usize, usize)>) -> BTreeSet<String> {
        let rows = (0..self.table.rows.len()).filter(|&row| !self.is_whole(row, pair));
        rows.map(|row| self.label(row, column, name)).collect()
    }
}

/// Holds the labels of `table` against those of the release before.
pub fn changed_labels(candidate: &Candidate<'_>, table: &TextTable, before: Option<&Before<'_>>) -> Labels {
    let Some(before) = before else { return Labels::default() };
    let side = |block, table| LabelledTable { words: Vocabulary::of(candidate.pipeline, block), block, table };
    let (old, new) = (side(before.block, &before.table), side(candidate.block, table));
    let columns = columns(candidate, table, before);
    let pair = |side: &LabelledTable<'_>| {
        let [topic, breakdown] = side.block.breakdown.as_slice() else { return None };
        side.table.position(topic.get_ref()).zip(side.table.position(breakdown.get_ref()))
    };
    let (old_pair, new_pair) = (pair(&old), pair(&new));
    let mut labels = Labels::default();
    // By column, what the labels found so far were called: a topic is settled before its breakdowns.
    let mut known: BTreeMap<(String, String), String> = BTreeMap::new();
    let sets = columns.iter().map(|column| {
        let were = old.labels(column.old, &column.name, old_pair);
        (were, new.labels(column.new, &column.name, new_pair))
    });
    let sets: Vec<(BTreeSet<String>, BTreeSet<String>)> = sets.collect();
    for (at, (column, (were, are))) in columns.iter().zip(&sets).enumerate() {
        let mut fresh: BTreeSet<&String> = are.difference(were).collect();
        // The labels of a column further on may have changed as well, and then say nothing of which row is which.
        let telling = |other: &usize| *other < at || (*other > at && sets[*other].0 == sets[*other].1);
        let others: Vec<&Column> = (0..columns.len()).filter(telling).map(|other| &columns[other]).collect();
        let figures = Figures::of([&old, &new], &columns, column, &others, &known);
        for gone in were.difference(are) {
            let options = fresh.iter().map(|name| Match {
                name: (*name).clone(),
                likeness: likeness(gone, name),
                agree: Some(figures.agreement(gone, name)),
                telling: false,
                factor: 1.0,
                dated: true,
                by_content: false,
            });
            let missing = Missing { key: column.name.clone(), name: gone.clone() };
            labels.successors.push((missing, choose(options.collect())));
        }
        settle(&mut labels, &column.name);
        for (missing, successor) in labels.successors.iter().filter(|(missing, _)| missing.key == column.name) {
            if let Successor::Renamed(option) = successor {
                fresh.remove(&option.name);
                known.insert((column.name.clone(), option.name.clone()), missing.name.clone());
            }
        }
        labels.new.extend(fresh.into_iter().map(|name| (column.name.clone(), name.clone())));
    }
    labels
}

/// The columns that hold labels in both files, topics first.
fn columns(candidate: &Candidate<'_>, table: &TextTable, before: &Before<'_>) -> Vec<Column> {
    let block = candidate.block;
    let names = block.breakdown.iter().chain(&block.filters).map(|name| name.get_ref());
    let there = |name: &String| {
        Some(Column { name: name.clone(), old: before.table.position(name)?, new: table.position(name)? })
    };
    let declared_before =
        |name: &String| before.block.breakdown.iter().chain(&before.block.filters).any(|known| known.get_ref() == name);
    names.filter(|name| declared_before(name)).filter_map(there).collect()
}

/// Two old labels that would both be one new label are both left open.
fn settle(labels: &mut Labels, column: &str) {
    let mut claims: BTreeMap<String, usize> = BTreeMap::new();
    for (missing, successor) in &labels.successors {
        if let Successor::Renamed(option) = successor
            && missing.key == column
        {
            *claims.entry(option.name.clone()).or_default() += 1;
        }
    }
    for (missing, successor) in &mut labels.successors {
        if let Successor::Renamed(option) = successor
            && missing.key == column
            && claims.get(&option.name).is_some_and(|claims| *claims > 1)
        {
            *successor = Successor::Unsure(vec![option.clone()]);
        }
    }
}

/// By label and row key, the figures that stand beside it, a list a row.
type Beside = FxHashMap<String, FxHashMap<String, Vec<Vec<String>>>>;

/// The figures beside the labels of one column in both files.
struct Figures {
    old: Beside,
    new: Beside,
}

impl Figures {
    /// The figures beside the labels of `of`; rows are told apart by the words and codes of both files and by the
    /// labels of `others`, which `known` brings to their old names.
    fn of(
        [old, new]: [&LabelledTable<'_>; 2],
        labels: &[Column],
        of: &Column,
        others: &[&Column],
        known: &BTreeMap<(String, String), String>,
    ) -> Figures {
        let shared: Vec<(usize, usize)> = old
            .table
            .names()
            .enumerate()
            .filter_map(|(column, name)| Some((column, new.table.position(name)?)))
            .filter(|&(one, _)| labels.iter().all(|label| label.old != one))
            .collect();
        let (keys, numbers): (Vec<_>, Vec<_>) = shared.into_iter().partition(|&(one, _)| is_key(old.table, one));
        let beside = |side: &LabelledTable<'_>, is_old: bool| {
            let pick = |&(one, other): &(usize, usize)| if is_old { one } else { other };
            let mut beside = Beside::default();
            for row in 0..side.table.rows.len() {
                let mut key: Vec<String> = keys.iter().map(|pair| side.text(row, pick(pair)).to_lowercase()).collect();
                for column in others {
                    let label = side.label(row, if is_old { column.old } else { column.new }, &column.name);
                    key.push(known.get(&(column.name.clone(), label.clone())).cloned().unwrap_or(label));
                }
                let label = side.label(row, if is_old { of.old } else { of.new }, &of.name);
                let figures = numbers.iter().map(|pair| side.text(row, pick(pair)).to_lowercase()).collect();
                beside.entry(label).or_default().entry(key.join("\u{1f}")).or_default().push(figures);
            }
            beside.values_mut().flat_map(|rows| rows.values_mut()).for_each(|rows| rows.sort());
            beside
        };
        Figures { old: beside(old, true), new: beside(new, false) }
    }

    /// How many figures beside the two labels agree in the rows that both files have, and how many there are.
    fn agreement(&self, gone: &str, name: &str) -> (usize, usize) {
        let (Some(old), Some(new)) = (self.old.get(gone), self.new.get(name)) else { return (0, 0) };
        let (mut agree, mut both) = (0, 0);
        for (key, figures) in old {
            let others = new.get(key).into_iter().flatten().flatten();
            for (one, other) in figures.iter().flatten().zip(others) {
                if !one.is_empty() || !other.is_empty() {
                    both += 1;
                    agree += usize::from(same(one, other));
                }
            }
        }
        (agree, both)
    }
}

impl Labels {
    /// Whether a label changed its name, for certain or perhaps.
    pub fn any(&self) -> bool {
        self.successors.iter().any(|(_, successor)| *successor != Successor::Gone)
    }

    /// Whether nothing was left open.
    pub fn is_sure(&self) -> bool {
        !self.successors.iter().any(|(_, successor)| matches!(successor, Successor::Unsure(_)))
    }

    /// Puts a label map for what was renamed into the block.
    pub fn put_into(&self, draft: &mut Draft) {
        for (missing, successor) in &self.successors {
            if let Successor::Renamed(option) = successor {
                draft.label(&missing.key, &option.name, &missing.name);
            }
        }
    }
}

/// Whether two cells say the same, as words or as numbers.
fn same(one: &str, other: &str) -> bool {
    one == other || one.parse::<f64>().ok().zip(other.parse::<f64>().ok()).is_some_and(|(one, other)| one == other)
}

/// Whether a column says which row it is: a standard one, or mostly words.
fn is_key(table: &TextTable, column: usize) -> bool {
    let name = table.names().nth(column).unwrap_or_default().to_lowercase();
    if ["time_period", "old_la_code", "new_la_code"].contains(&name.as_str())
        || name.contains("code")
        || name.contains("year")
    {
        return true;
    }
    let Ok(cells) = table.frame.columns()[column].str() else { return false };
    let (mut words, mut all) = (0, 0);
    for text in cells.iter().flatten().map(str::trim).filter(|text| text.len() > 1).take(400) {
        all += 1;
        words += usize::from(
            !text.chars().any(|c| c.is_ascii_digit()) || text.chars().filter(|c| c.is_alphabetic()).count() > 2,
        );
    }
    all > 0 && words * 10 >= all * 9
}
