//! The rows that are counted, one after the other: left out, refused, or added up.

use rustc_hash::FxHashSet;

use super::areas::{Areas, Verdict};
use super::doubts::Doubt;
use super::gauge::Taken;
use super::machine::Known;
use super::source::Piece;
use super::tally::Tally;
use super::value::Value;
use super::world::{NOWHERE, TWICE, Twins, World, key, orphan, orphans_said};
use super::{Counting, Ready, sums_said};
use crate::area::ELSEWHERE;
use crate::finding::{Finding, Place};
use crate::normalise::account::Account;
use crate::normalise::geography::Wrong;
use crate::normalise::input::Shared;
use crate::normalise::predecessor::Tally as Took;
use crate::normalise::said;
use crate::pipeline::Pipeline;
use crate::pipeline::records::Unmatched;
use crate::value::Symbols;

/// The rule of rows that the pipeline's own condition leaves out.
const WHERE: &str = "where";

/// How the row at hand finds the rows of other tables: the number of the join or choice, and the column of the key.
type Ways = Vec<(usize, usize)>;

/// The rows of a table while they are counted.
pub(super) struct Rows<'r, 'c, 'p, 'w> {
    counting: &'r Counting<'c, 'p>,
    pub world: World<'w>,
    pub ready: Ready<'p>,
    pub areas: Areas<'r>,
    pub tally: Tally,
    pub symbols: Symbols,
    /// What is to be said at the end.
    pub said: Vec<Finding>,
    ups: Ways,
    downs: Ways,
    /// The joins that lead to this table, with the column of the key, and the keys that were there.
    below: Vec<(usize, usize, FxHashSet<Box<str>>)>,
    twins: Twins,
    took: Took,
    /// By join the rows without parent, and the first of them.
    orphans: Vec<(usize, Option<Place>)>,
    /// Rows without a period, and the first of them.
    undated: Option<(usize, Place)>,
    /// The number of the next row.
    record: u64,
    taken: Vec<Taken>,
}

impl<'r, 'c, 'p, 'w> Rows<'r, 'c, 'p, 'w> {
    /// No row is counted yet.
    pub fn of(
        counting: &'r Counting<'c, 'p>,
        world: World<'w>,
        ready: Ready<'p>,
        areas: Areas<'r>,
        tally: Tally,
        symbols: Symbols,
    ) -> Rows<'r, 'c, 'p, 'w> {
        let base = &world.base;
        let column = |field: &str| base.fields.get(field).copied();
        let joins = || world.joins.iter().enumerate();
        let ups = joins().filter(|(_, join)| join.from.0 == base.name);
        let ups = ups.filter_map(|(at, join)| Some((at, column(&join.from.1)?))).collect();
        let downs = world.choices.iter().enumerate().filter(|(_, choice)| choice.parent == base.name);
        let downs = downs.filter_map(|(at, choice)| Some((at, column(&choice.parent_key)?))).collect();
        let below = joins().filter(|(_, join)| join.to.0 == base.name && join.missing == Unmatched::Refuse);
        let below = below.filter_map(|(at, join)| Some((at, column(&join.to.1)?, FxHashSet::default()))).collect();
        let orphans = vec![(0, None); world.joins.len()];
        Rows {
            taken: vec![Taken::default(); ready.gauges.len()],
            counting,
            world,
            ready,
            areas,
            tally,
            symbols,
            said: Vec::new(),
            ups,
            downs,
            below,
            twins: Twins::default(),
            took: Took::default(),
            orphans,
            undated: None,
            record: 0,
        }
    }

    /// Takes every row of a piece.
    pub fn take_all(&mut self, piece: &Piece<'_>, shared: &mut Shared, account: &mut Account) {
        for row in 0..piece.rows.len() {
            self.take(piece, row, shared, account);
        }
    }

    /// Takes a row: leaves it out, refuses it or adds it up.
    fn take(&mut self, piece: &Piece<'_>, row: usize, shared: &mut Shared, account: &mut Account) {
        let record = self.record;
        self.record += 1;
        if let Some(rule) = self.world.base.filtered(piece, row) {
            *account.left_out.entry(rule.to_owned()).or_default() += 1;
            return;
        }
        if self.twins.is_twin(&self.world.base, piece, row) {
            *account.left_out.entry(TWICE.to_owned()).or_default() += 1;
            return;
        }
        self.keep_keys(piece, row);
        if !self.join(piece, row, account) {
            return;
        }
        self.read(piece, row);
        let Rows { world, ready, symbols, .. } = self;
        ready.machine.work_out(world, NOWHERE, symbols);
        let known = ready.machine.known(world, symbols);
        for doubt in &mut ready.doubts {
            doubt.look(piece, row, &ready.machine.codes, known);
        }
        if !ready.keep.holds(&ready.machine.codes, known) {
            *account.left_out.entry(WHERE.to_owned()).or_default() += 1;
            return;
        }
        let Some(of) = self.where_and_when(piece, row, shared, account) else { return };
        account.loaded += 1;
        let Rows { world, ready, tally, taken, symbols, .. } = self;
        let Ready { machine, gauges, .. } = ready;
        let known = machine.known(world, symbols);
        let place = |field: &str| {
            let own =
                field.split_once('.').filter(|(table, _)| *table == world.base.name).map_or(field, |(_, own)| own);
            piece.place(row, world.base.fields.get(own).copied())
        };
        for (taken, gauge) in taken.iter_mut().zip(gauges) {
            *taken = gauge.take(&machine.codes, known, &place);
        }
        tally.add(record, of, &machine.codes, taken);
    }

    /// Keeps the keys by which rows of other tables are joined to this one.
    fn keep_keys(&mut self, piece: &Piece<'_>, row: usize) {
        for (_, column, seen) in &mut self.below {
            let text = key(piece.text(row, *column));
            if !seen.contains(text) {
                seen.insert(text.into());
            }
        }
    }

    /// Finds the rows that the row belongs to; refuses it where one is not there that must be.
    fn join(&mut self, piece: &Piece<'_>, row: usize, account: &mut Account) -> bool {
        for &(at, column) in &self.ups {
            let join = &self.world.joins[at];
            let found = join.index.get(key(piece.text(row, column))).copied().unwrap_or(NOWHERE);
            if found == NOWHERE && join.missing == Unmatched::Refuse {
                let place = piece.place(row, Some(column));
                account.refused.row(orphan(&join.from.0, &join.to.0).at(place.clone()), "");
                let (times, first) = &mut self.orphans[at];
                *times += 1;
                first.get_or_insert(place);
                return false;
            }
            self.ready.machine.ups[at] = found;
        }
        for &(at, column) in &self.downs {
            let found = self.world.choices[at].by_key.get(key(piece.text(row, column)));
            self.ready.machine.downs[at] = found.copied().unwrap_or(NOWHERE);
        }
        true
    }

    /// Reads the columns of the row, and what it takes from the record before.
    fn read(&mut self, piece: &Piece<'_>, row: usize) {
        let base = &self.world.base;
        let machine = &mut self.ready.machine;
        for (code, column) in machine.own_codes.iter_mut().zip(&mut machine.own) {
            *code = column.code(base, piece, row);
        }
        if !self.counting.ancestors.is_declared() {
            return;
        }
        let mapped = |field: &str| {
            let column = *base.fields.get(field)?;
            Some(base.label(field, piece.text(row, column)))
        };
        let taken = self.counting.ancestors.taken(self.counting.input.release, mapped, &mut self.took);
        for (at, column) in machine.own.iter_mut().enumerate() {
            if let Some(word) = taken.get(&column.field) {
                machine.own_codes[at] = column.values.code(Value::word(word));
            }
        }
        let word = |mark: &String| taken.get(mark).cloned().unwrap_or_default();
        machine.marks = self.ready.marks.iter().map(word).collect();
    }

    /// The numbers of the area and the period of the row; none where it is left out or refused.
    fn where_and_when(
        &mut self,
        piece: &Piece<'_>,
        row: usize,
        shared: &mut Shared,
        account: &mut Account,
    ) -> Option<(u32, u32)> {
        let Rows { world, ready, areas, symbols, counting, undated, said, .. } = self;
        let Ready { machine, periods, area, .. } = ready;
        let known: Known<'_, '_> = machine.known(world, symbols);
        let (pipeline, input): (&Pipeline, _) = (counting.pipeline, counting.input);
        let Some(index) = periods.index((&machine.codes, known), (pipeline, input), shared) else {
            let place = piece.place(row, None);
            account.refused.row(no_period().at(place.clone()), "");
            undated.get_or_insert((0, place)).0 += 1;
            return None;
        };
        let own = |column: usize, code: u32| machine.own[column].values.get(code).shown(1.0);
        let at = (&own as &dyn Fn(usize, u32) -> String, machine.own_codes.as_slice());
        let verdict = areas.verdict(at, (&machine.codes, known), index, row as u32, shared);
        let cell = |text: &str| {
            let positions = area.map(|column| Some(machine.own[column?].position));
            let column = piece.saying(text, row, positions);
            if column.is_some() || area.iter().any(Option::is_some) {
                piece.place(row, column)
            } else {
                piece.table.place(None, None)
            }
        };
        said.extend(areas.found().into_iter().map(|Wrong { finding, text, .. }| finding.at(cell(&text))));
        match verdict {
            Verdict::Of(number) => return Some((number, index)),
            Verdict::LeftOut(rule) => *account.left_out.entry(rule.to_owned()).or_default() += 1,
            Verdict::Refused(reason) => {
                let (finding, text) = areas.reason(reason);
                account.refused.row(finding.clone().at(cell(text)), text);
            }
        }
        None
    }

    /// Closes the account: what became of other tables' rows, and what is to be said.
    pub fn closed(mut self, account: &Account, findings: &mut Vec<Finding>) -> Self {
        let counting = self.counting;
        let table = &counting.input.table;
        let elsewhere = |rule: &&str| Some(said::elsewhere(table, rule, *account.left_out.get(*rule)?));
        self.said.extend(ELSEWHERE.iter().filter_map(elsewhere));
        let release = counting.input.release;
        self.said.extend(counting.ancestors.note(release, &self.took).map(|note| note.at(table.place(None, None))));
        self.said.extend(sums_said(&self.ready.gauges));
        self.said.extend(std::mem::take(&mut self.twins).said(&self.world.base));
        self.said.extend(std::mem::take(&mut self.ready.doubts).into_iter().flat_map(Doubt::said));
        for (join, (times, first)) in self.world.joins.iter().zip(&self.orphans) {
            self.said.extend(first.clone().map(|place| orphans_said(&join.from.0, &join.to.0, *times, place)));
        }
        self.said.extend(self.undated.take().map(|(times, place)| {
            let rows = if times == 1 { "1 row says".to_owned() } else { format!("{times} rows say") };
            let message = format!("{rows} no period that is known: refused, this is the first");
            let help = "correct the cells, or the field that `period` names in the pipeline";
            Finding::warning("unknown-period", message, help).at(place)
        }));
        let named = !counting.pipeline.protects();
        for column in &self.ready.machine.own {
            self.said.extend(column.said(&self.world.base.name, named));
        }
        for (name, held) in &self.world.held {
            self.said.extend(held.columns.iter().filter_map(|(column, _)| column.said(name, named)));
        }
        let below = std::mem::take(&mut self.below);
        for (at, _, seen) in below {
            self.world.refuse_without(at, &seen, findings);
        }
        self
    }
}

fn no_period() -> Finding {
    let help = "correct the cell, or the field that `period` names in the pipeline";
    Finding::error("unknown-period", "the row says no period that is known", help)
}
