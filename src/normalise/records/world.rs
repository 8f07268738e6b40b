//! The tables beside the one that is counted, held as codes: which row belongs to which, and which rows are refused.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::choice::Choice;
use super::column::Column;
use super::source::{Piece, Source};
use crate::finding::{Finding, Place};
use crate::normalise::account::Account;
use crate::pipeline::records::{Join, Unmatched};

/// No row.
pub(super) const NOWHERE: u32 = u32::MAX;

/// A table that is held.
pub(super) struct Held<'a> {
    pub source: Source<'a>,
    pub rows: Piece<'a>,
    /// By row, whether it counts: neither left out nor refused.
    pub usable: Vec<bool>,
    /// The columns that are asked for, with the code of each row.
    pub columns: Vec<(Column, Vec<u32>)>,
    pub account: Account,
}

/// A join whose tables are both there.
pub(super) struct Joined {
    /// The table and field with the other row's key.
    pub from: (String, String),
    /// The table and field that is the other row's key.
    pub to: (String, String),
    pub missing: Unmatched,
    /// The row of each key, where the table of `to` is held.
    pub index: FxHashMap<Box<str>, u32>,
    /// By row of the table of `from`, the row it belongs to, where that table is held.
    pub parents: Vec<u32>,
}

/// A table beside the one that is counted, and its rows.
pub(super) type Others<'a> = (Source<'a>, Piece<'a>);

/// What is held beside the table that is counted.
pub(super) struct World<'a> {
    /// The table that is counted.
    pub base: Source<'a>,
    pub held: BTreeMap<String, Held<'a>>,
    pub joins: Vec<Joined>,
    /// One row of many, as they are asked for.
    pub choices: Vec<Choice>,
}

/// A key as both sides of a join write it: `900030.0` of a spreadsheet is `900030`.
pub(super) fn key(text: &str) -> &str {
    let whole = text.strip_suffix(".0").filter(|whole| !whole.is_empty());
    whole.filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(text)
}

impl<'a> World<'a> {
    /// Holds `sources` and joins them; what is found goes to `findings`.
    pub fn of(base: Source<'a>, others: Vec<Others<'a>>, joins: &[Join], findings: &mut Vec<Finding>) -> World<'a> {
        let mut held: BTreeMap<String, Held<'a>> =
            others.into_iter().map(|(source, rows)| (source.name.clone(), Held::of(source, rows, findings))).collect();
        let part = |field: &str| field.split_once('.').map(|(table, field)| (table.to_owned(), field.to_owned()));
        let is_there = |(table, field): &(String, String), held: &BTreeMap<String, Held<'a>>| {
            let source = if *table == base.name { Some(&base) } else { held.get(table).map(|held| &held.source) };
            source.is_some_and(|source| source.fields.contains_key(field))
        };
        let sides = joins.iter().filter_map(|join| Some((part(&join.from)?, part(&join.to)?, join.missing)));
        let there: Vec<_> = sides.filter(|(from, to, _)| is_there(from, &held) && is_there(to, &held)).collect();
        let mut joined: Vec<Joined> = there
            .into_iter()
            .map(|(from, to, missing)| Joined { from, to, missing, index: FxHashMap::default(), parents: Vec::new() })
            .collect();
        for at in parents_first(&joined) {
            joined[at].settle(&mut held, findings);
        }
        World { base, held, joins: joined, choices: Vec::new() }
    }
}

impl World<'_> {
    /// Refuses the rows that join number `at` leads to none of the `keys` of the table that is counted.
    pub fn refuse_without(&mut self, at: usize, keys: &FxHashSet<Box<str>>, findings: &mut Vec<Finding>) {
        let join = &self.joins[at];
        let Some(child) = self.held.get_mut(&join.from.0) else { return };
        let Some(&column) = child.source.fields.get(&join.from.1) else { return };
        let is_orphan = |&row: &usize| child.usable[row] && !keys.contains(key(child.rows.text(row, column)));
        let orphans: Vec<usize> = (0..child.usable.len()).filter(is_orphan).collect();
        findings.extend(child.refuse(&orphans, column, &join.to.0));
    }
}

/// The joins, those of whose parent's own joins are settled first.
fn parents_first(joins: &[Joined]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut open: Vec<usize> = (0..joins.len()).collect();
    while !open.is_empty() {
        let waits = |at: &usize| open.iter().any(|other| other != at && joins[*other].from.0 == joins[*at].to.0);
        let next = open.iter().copied().find(|at| !waits(at)).unwrap_or(open[0]);
        open.retain(|at| *at != next);
        order.push(next);
    }
    order
}

impl Joined {
    /// Finds the rows of the keys and the parents of rows; refuses rows without one.
    fn settle(&mut self, held: &mut BTreeMap<String, Held<'_>>, findings: &mut Vec<Finding>) {
        let Some(parent) = held.get(&self.to.0) else { return };
        let (index, twice) = parent.index(&self.to.1);
        self.index = index;
        findings.extend(twice.map(|row| {
            let place = parent.rows.place(row, parent.source.fields.get(&self.to.1).copied());
            not_unique(&self.to, place)
        }));
        let Some(child) = held.get_mut(&self.from.0) else { return };
        let Some(&column) = child.source.fields.get(&self.from.1) else { return };
        let keys = (0..child.usable.len()).map(|row| key(child.rows.text(row, column)));
        self.parents = keys.map(|key| self.index.get(key).copied().unwrap_or(NOWHERE)).collect();
        if self.missing == Unmatched::Keep {
            return;
        }
        let orphans: Vec<usize> =
            (0..self.parents.len()).filter(|&row| child.usable[row] && self.parents[row] == NOWHERE).collect();
        findings.extend(child.refuse(&orphans, column, &self.to.0));
    }
}

/// A row without the row that it belongs to.
pub(super) fn orphan(from: &str, to: &str) -> Finding {
    let message = format!("the row of `{from}` belongs to no row of `{to}` that is there");
    let help = "look its key up in the system it comes from; `missing = \"keep\"` of the join would keep it";
    Finding::error("no-parent", message, help)
}

/// That rows are refused for want of the row that they belong to.
pub(super) fn orphans_said(from: &str, to: &str, times: usize, place: Place) -> Finding {
    let rows =
        if times == 1 { format!("1 row of `{from}` belongs") } else { format!("{times} rows of `{from}` belong") };
    let first = if times == 1 { "" } else { ", this is the first" };
    let message = format!("{rows} to no row of `{to}` that is there: refused{first}");
    let help = "a key was changed or a module is not of the same day: the rows stand in quarantine.csv";
    Finding::warning("no-parent", message, help).at(place)
}

fn not_unique((table, field): &(String, String), place: Place) -> Finding {
    let message = format!("two rows of `{table}` have the same `{field}`, by which others are joined to them");
    let help = "correct it where it was written: nothing tells which of the two the others belong to";
    Finding::error("key-not-unique", message, help).at(place)
}

impl<'a> Held<'a> {
    /// Reads which rows of `source` count: filters, and rows that stand there twice.
    fn of(source: Source<'a>, rows: Piece<'a>, findings: &mut Vec<Finding>) -> Held<'a> {
        let height = rows.table.rows.len();
        let mut account = Account { file: rows.table.file.clone(), rows: height, ..Account::default() };
        let mut usable = vec![true; height];
        for row in 0..height {
            if let Some(rule) = source.filtered(&rows, row) {
                *account.left_out.entry(rule.to_owned()).or_default() += 1;
                usable[row] = false;
            }
        }
        let mut held = Held { source, rows, usable, columns: Vec::new(), account };
        let mut twins = Twins::default();
        for row in 0..height {
            if held.usable[row] && twins.is_twin(&held.source, &held.rows, row) {
                held.usable[row] = false;
                *held.account.left_out.entry(TWICE.to_owned()).or_default() += 1;
            }
        }
        findings.extend(twins.said(&held.source));
        held
    }

    /// Refuses rows that belong to no row of the table `to`; `column` holds the key.
    fn refuse(&mut self, orphans: &[usize], column: usize, to: &str) -> Option<Finding> {
        let table = self.rows.table;
        for &row in orphans {
            self.usable[row] = false;
            let place = table.place(Some(row), Some(column));
            self.account.refused.row(orphan(&self.source.name, to).at(place), "");
        }
        let place = table.place(Some(*orphans.first()?), Some(column));
        Some(orphans_said(&self.source.name, to, orphans.len(), place))
    }

    /// The row of each key, and the first row whose key another has.
    fn index(&self, field: &str) -> (FxHashMap<Box<str>, u32>, Option<usize>) {
        let (mut index, mut twice) = (FxHashMap::default(), None);
        let Some(&column) = self.source.fields.get(field) else { return (index, twice) };
        for row in (0..self.usable.len()).filter(|&row| self.usable[row]) {
            let text = key(self.rows.text(row, column));
            if !text.is_empty() && index.insert(text.into(), row as u32).is_some() {
                twice = twice.or(Some(row));
            }
        }
        (index, twice)
    }

    /// The column of `field`, read where it was not yet; none where the table has no such field.
    pub fn column(&mut self, field: &str) -> Option<usize> {
        if let Some(known) = self.columns.iter().position(|(column, _)| column.field == field) {
            return Some(known);
        }
        let mut column = Column::of(&self.source, field, *self.source.fields.get(field)?);
        // Rows that are refused say nothing.
        let codes = (0..self.usable.len())
            .map(|row| if self.usable[row] { column.code(&self.source, &self.rows, row) } else { 0 });
        let codes = codes.collect();
        self.columns.push((column, codes));
        Some(self.columns.len() - 1)
    }

    /// The account of its rows.
    pub fn close(mut self) -> Account {
        self.account.loaded = self.usable.iter().filter(|usable| **usable).count();
        self.account
    }
}

/// The rule of a row that stands there twice.
pub(super) const TWICE: &str = "the same row twice";

/// Rows by their key, to find those that stand there twice.
#[derive(Default)]
pub(super) struct Twins {
    /// By key the number of the row, as Excel counts it, and what tells its cells from those of another.
    seen: FxHashMap<Box<str>, (u32, u64)>,
    /// How often the same row stood there again, and the first time.
    twice: Option<(usize, Place)>,
    /// The first row with the key of another that says something else, and the number of that one.
    differs: Option<(Place, u32)>,
}

impl Twins {
    /// Whether the same row was there before.
    pub fn is_twin(&mut self, source: &Source<'_>, rows: &Piece<'_>, row: usize) -> bool {
        let Some(column) = source.key else { return false };
        let text = key(rows.text(row, column));
        if text.is_empty() {
            return false;
        }
        let cells = rows.mark(row);
        let Some(&(before, others)) = self.seen.get(text) else {
            self.seen.insert(text.into(), (rows.rows[row], cells));
            return false;
        };
        let place = || rows.place(row, Some(column));
        if cells == others {
            self.twice.get_or_insert_with(|| (0, place())).0 += 1;
        } else {
            self.differs.get_or_insert_with(|| (place(), before));
        }
        cells == others
    }

    /// What is to be said of them.
    pub fn said(self, source: &Source<'_>) -> Vec<Finding> {
        let name = if source.name.is_empty() { "the table" } else { &source.name };
        let twice = self.twice.map(|(times, place)| {
            let rows = if times == 1 { "once more".to_owned() } else { format!("{times} times more") };
            let message = format!("the same row stands in `{name}` {rows}: it is counted once");
            let help = "take the second one out where it was written";
            Finding::warning("row-twice", message, help).at(place)
        });
        let differs = self.differs.map(|(place, before)| {
            let message = format!("a row of `{name}` has the key of row {before}, and says something else");
            let help = "correct it where it was written: nothing tells which of the two is right";
            Finding::error("key-not-unique", message, help).at(place)
        });
        twice.into_iter().chain(differs).collect()
    }
}
