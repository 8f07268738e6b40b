//! A table of counts that an engine made by a query ([`super::query`]), taken for the records: the same observations, the same
//! account of rows, the same inputs to protection.
//!
//! In: the table of counts of a release. Out: blocks of observations, where the rows went, and what is to be said of them.

use std::collections::BTreeMap;

use super::areas::{Areas, Stands, Verdict, written};
use super::gauge::{Gauge, Kind, Taken};
use super::machine::Machine;
use super::observed::Observed;
use super::plan::{Node, Op, Plan};
use super::query::{Heading, ORPHAN, When, Wrong, column, kind};
use super::source::{Piece, Source};
use super::tally::Tally;
use super::value::{MISSING, Value};
use super::world::{World, orphan};
use super::{Counting, Counts};
use crate::counted::{AGAIN, Set};
use crate::finding::{Finding, Place};
use crate::grid::TextTable;
use crate::normalise::account::Account;
use crate::normalise::input::Shared;
use crate::period::Period;
use crate::value::Symbols;

/// The columns of a table of counts.
struct Lines<'t> {
    piece: Piece<'t>,
}

impl Lines<'_> {
    fn text(&self, row: usize, column: &str) -> &str {
        let position = self.piece.table.names().position(|name| name == column);
        position.map_or("", |column| self.piece.text(row, column))
    }

    /// How many records, rows or cells a line stands for.
    fn number(&self, row: usize) -> usize {
        self.text(row, column::NUMBER).parse().unwrap_or_default()
    }

    fn rows(&self) -> std::ops::Range<usize> {
        0..self.piece.table.rows.len()
    }
}

/// The records while they are taken from the lines.
struct Taking<'r, 'p> {
    heading: &'r Heading,
    gauges: Vec<Gauge<'p>>,
    machine: Machine,
    areas: Areas<'r>,
    tally: Tally,
    /// The period of all records, where they are of one.
    one: Option<u32>,
    /// The node of the first of the words of the area; that of the period follows them.
    area: usize,
}

impl Counting<'_, '_> {
    /// Takes the counts of the release.
    pub fn told(&mut self, shared: &mut Shared, account: &mut Account, findings: &mut Vec<Finding>) -> Counts {
        let lines = Lines { piece: Piece::of(&self.input.table) };
        let refused = |account: &mut Account, finding: Finding, findings: &mut Vec<Finding>| {
            account.refused.file(&finding, account.rows);
            findings.push(finding);
            Counts::default()
        };
        let heading = match self.heading(&lines) {
            Ok(heading) => heading,
            Err(finding) => return refused(account, finding, findings),
        };
        account.rows = records(&lines).map(|row| lines.number(row)).sum();
        if let Err(finding) = self.whole(&heading, &lines, account.rows) {
            return refused(account, finding, findings);
        }
        let one = match self.one_period(&heading, shared) {
            Ok(one) => one,
            Err(finding) => return refused(account, finding, findings),
        };
        let mut taking = self.taking(&heading, one);
        let world = World::bare(Source::bare(self.pipeline, self.input.block, &heading.base));
        for row in records(&lines) {
            taking.take((&lines, row), &world, self, (shared, account), findings);
        }
        findings.extend(self.wrong(&heading, &lines));
        let symbols = Symbols::none();
        let Taking { gauges, machine, areas, tally, .. } = taking;
        let observed = Observed {
            pipeline: self.pipeline,
            input: self.input,
            register: self.register,
            gauges: &gauges,
            areas: &areas.met,
            is_one: heading.is_one,
            lists: &heading.lists,
            known: machine.known(&world, &symbols),
            columns: &vec![0; gauges.len()],
            records: Some(&heading.records),
        };
        Counts { blocks: observed.blocks(tally, shared), others: others(&lines) }
    }

    /// The heading of the counts.
    fn heading(&self, lines: &Lines<'_>) -> Result<Heading, Finding> {
        let place = || self.input.table.place(None, None);
        let no_counts = |message: &str| Finding::error("no-counts", message.to_owned(), AGAIN).at(place());
        let row = lines.rows().find(|&row| lines.text(row, column::KIND) == kind::HEADING);
        let row = row.ok_or_else(|| no_counts("the file is no table of counts: it has no line `heading`"))?;
        let heading: Heading = serde_json::from_str(lines.text(row, column::RULE))
            .map_err(|error| no_counts(&format!("the heading of the counts cannot be read: {error}")))?;
        let release = self.input.release.as_str();
        if heading.form != Heading::FORM {
            return Err(no_counts("the counts are in the form of another version of Abreast"));
        }
        if heading.table != self.pipeline.name || heading.release != release {
            let message = format!(
                "the counts are those of `{}`, release {}, and stand where `{}`, release {release}, is read",
                heading.table, heading.release, self.pipeline.name
            );
            return Err(Finding::error("counts-of-another", message, "move the file to where it belongs").at(place()));
        }
        if heading.rules != Heading::rules(self.pipeline) {
            let message = format!("the records were counted by rules that have changed since: {}", self.pipeline.path);
            return Err(Finding::error("counts-stale", message, AGAIN).at(place()));
        }
        Ok(heading)
    }

    /// Holds the counts against what they say of themselves: a column that is not there, a cell that is no count, a lost or a
    /// second answer would change figures in silence.
    fn whole(&self, heading: &Heading, lines: &Lines<'_>, rows: usize) -> Result<(), Finding> {
        let place = |row: Option<usize>| self.input.table.place(row, None);
        let broken = |row, message: String| Finding::error("no-counts", message, AGAIN).at(place(row));
        let headings: Vec<usize> = lines.rows().filter(|&row| lines.text(row, column::KIND) == kind::HEADING).collect();
        if headings.len() > 1 {
            return Err(broken(headings.get(1).copied(), "the file holds the answers of several queries".to_owned()));
        }
        let flags: Vec<&str> = heading
            .measures
            .iter()
            .flat_map(|told| std::iter::once(&told.counted).chain(&told.of))
            .map(String::as_str)
            .collect();
        let sums = heading.measures.iter().filter_map(|told| told.sum.as_deref());
        let fields = heading.fields.iter().map(|field| field.column.as_str());
        let named = [column::NUMBER, column::MARK, column::PERIOD].into_iter().chain(column::AREA);
        let mut all = flags.iter().copied().chain(sums).chain(fields).chain(named);
        if let Some(lost) = all.find(|name| !self.input.table.names().any(|known| known == *name)) {
            return Err(broken(None, format!("the counts have no column `{lost}`")));
        }
        let is_count = |row: usize| {
            let number = lines.text(row, column::NUMBER).parse::<usize>().is_ok();
            let is_told = !lines.text(row, column::RULE).is_empty()
                || flags.iter().all(|flag| ["0", "1"].contains(&lines.text(row, flag)))
                    && (!self.pipeline.protects() || lines.text(row, column::MARK).parse::<i64>().is_ok());
            number && is_told
        };
        if let Some(row) = records(lines).find(|&row| !is_count(row)) {
            return Err(broken(Some(row), "the line has no count, or does not say what it counts".to_owned()));
        }
        let read: usize = headings.iter().map(|&row| lines.number(row)).sum();
        if read != rows {
            let message = format!("the engine read {read} rows, and its counts come to {rows}");
            return Err(broken(None, message));
        }
        Ok(())
    }

    /// The number of the period that all records are of.
    fn one_period(&self, heading: &Heading, shared: &mut Shared) -> Result<Option<u32>, Finding> {
        let When::One(code, identifier) = &heading.when else { return Ok(None) };
        let period = Period::parse(code, identifier, self.pipeline.period_ends).map_err(|message| {
            Finding::error("unknown-period", message, AGAIN).at(self.input.table.place(None, None))
        })?;
        Ok(Some(shared.period_index(&period, self.input.release) as u32))
    }

    fn taking<'r>(&'r self, heading: &'r Heading, one: Option<u32>) -> Taking<'r, 'r> {
        let divisors = heading.fields.iter().map(|field| field.divisor);
        let divisors = divisors.chain([1.0; 4]).chain(heading.measures.iter().map(|measure| measure.divisor));
        let plan = Plan {
            reaches: Vec::new(),
            nodes: divisors.map(|divisor| Node { op: Op::First(Vec::new()), divisor }).collect(),
        };
        let area = heading.fields.len();
        let gauge = |(at, told): (usize, &super::query::Gauged)| {
            let (name, measure) = self.pipeline.measures.get_key_value(&told.measure)?;
            let of_sum = told.sum.as_ref().map(|_| area + 4 + at);
            Some(Gauge::told(name, measure, told.field.or(of_sum), told.of.is_some()))
        };
        let gauges: Vec<Gauge<'r>> = heading.measures.iter().enumerate().filter_map(gauge).collect();
        let tally = Tally::of(&gauges, heading.lists.clone());
        let stands = Stands::Nodes([Some(area), Some(area + 1), Some(area + 2)]);
        let machine = Machine::of(plan, Vec::new(), (0, 0), false);
        Taking { heading, gauges, machine, areas: Areas::of(stands, self.register), tally, one, area }
    }

    /// What is wrong of cells and keys, and what the checks of rows found.
    fn wrong(&self, heading: &Heading, lines: &Lines<'_>) -> Vec<Finding> {
        let mut counts: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
        for row in lines.rows() {
            let (what, table) = (lines.text(row, column::KIND), lines.text(row, column::TABLE));
            if [kind::RECORDS, kind::ROWS].contains(&what) {
                for (at, (what, of)) in heading.counts.get(table).into_iter().flatten().enumerate() {
                    let times: usize = lines.text(row, &column::counts(at)).parse().unwrap_or_default();
                    *counts.entry((what, table, of)).or_default() += times;
                }
            } else {
                *counts.entry((what, table, lines.text(row, column::RULE))).or_default() += lines.number(row);
            }
        }
        let there = counts.into_iter().filter(|(_, times)| *times > 0);
        let found = there.filter_map(|((what, table, of), times)| self.finding(what, (table, of), times));
        found.map(|finding| finding.at(self.input.table.place(None, None))).collect()
    }

    /// What is to be said of what was counted of rows.
    fn finding(&self, what: &str, (table, of): (&str, &str), times: usize) -> Option<Finding> {
        let field = if table.is_empty() { of.to_owned() } else { format!("{table}.{of}") };
        let count = |one: &str, more: &str| if times == 1 { format!("1 {one}") } else { format!("{times} {more}") };
        Some(match what {
            what if what == Wrong::Unread.word() => {
                let cells =
                    count("cell is not what the column holds: it is", "cells are not what the column holds: they are");
                let help = "correct them where they were written; a day is `2024-09-28`, `2024-Sep-28` or `28/09/2024`";
                Finding::warning("cells-unread", format!("`{field}`: {cells} taken as missing"), help)
            }
            what if what == Wrong::NotUnique.word() => {
                let rows = count("row has the key", "rows have the keys");
                let message = format!("`{field}`: {rows} of others, and say something else");
                Finding::error(
                    "key-not-unique",
                    message,
                    "correct it where it was written: nothing tells which is right",
                )
            }
            what if what == Wrong::Several.word() => {
                let message =
                    format!("several rows of `{table}` belong to one row of `{of}`, {}", count("time", "times"));
                Finding::error("several-rows", message, format!("choose one with `[pick.{table}]`"))
            }
            kind::DOUBT => {
                let check = self.pipeline.checks.rows.iter().find(|check| check.says == of)?;
                let message =
                    format!("{}: {}, counted by the engine without their cells", check.says, count("row", "rows"));
                match check.error {
                    true => Finding::warning("return-error", message, &check.help),
                    false => Finding::note("return-query", message, &check.help),
                }
            }
            kind::WITHOUT_NUMBER => {
                let records = count("record has", "records have");
                let message = format!("`{of}`: {records} no number to add up: the sums are too low by them");
                let help = "nothing to do if they have none of it; else ask the publisher";
                Finding::warning("sum-incomplete", message, help)
            }
            _ => return None,
        })
    }
}

/// The lines of records, counted or not.
fn records<'l>(lines: &'l Lines<'_>) -> impl Iterator<Item = usize> + 'l {
    lines.rows().filter(|&row| lines.text(row, column::KIND) == kind::RECORDS)
}

/// Puts rows that are not counted into an account: by the rule that left them out, or as refused.
fn ended(account: &mut Account, (table, rule, times): (&str, &str, usize), place: Place) {
    match rule.strip_prefix(ORPHAN) {
        Some(parent) => account.refused.rows(orphan(table, parent).at(place), times),
        None => *account.left_out.entry(rule.to_owned()).or_default() += times,
    }
}

/// The accounts of the tables beside the one that is counted.
fn others(lines: &Lines<'_>) -> Vec<Account> {
    let mut accounts: BTreeMap<String, Account> = BTreeMap::new();
    for row in lines.rows().filter(|&row| lines.text(row, column::KIND) == kind::ROWS) {
        let (table, rule, times) = (lines.text(row, column::TABLE), lines.text(row, column::RULE), lines.number(row));
        let place = lines.piece.table.place(None, None);
        let file = format!("{} ({table})", place.file);
        let account = accounts.entry(table.to_owned()).or_insert_with(|| Account { file, ..Account::default() });
        account.rows += times;
        match rule {
            "" => account.loaded += times,
            rule => ended(account, (table, rule, times), place),
        }
    }
    accounts.into_values().collect()
}

impl Taking<'_, '_> {
    /// Takes a line of records.
    fn take(
        &mut self,
        (lines, row): (&Lines<'_>, usize),
        world: &World<'_>,
        counting: &Counting<'_, '_>,
        (shared, account): (&mut Shared, &mut Account),
        findings: &mut Vec<Finding>,
    ) {
        let (times, rule) = (lines.number(row), lines.text(row, column::RULE));
        let place = || lines.piece.table.place(None, None);
        if !rule.is_empty() {
            return ended(account, (&self.heading.base, rule, times), place());
        }
        let codes = self.codes(lines, row);
        let symbols = Symbols::none();
        let known = self.machine.known(world, &symbols);
        let index = self.one.or_else(|| {
            let When::Each(way, _) = &self.heading.when else { return None };
            let node = self.area + 3;
            let (code, identifier) = written(way, known.value(node, codes[node]));
            let period = Period::parse(&code, identifier, counting.pipeline.period_ends).ok()?;
            Some(shared.period_index(&period, counting.input.release) as u32)
        });
        let Some(index) = index else {
            let help = "correct the cells, or the field that `period` names in the pipeline";
            account.refused.rows(
                Finding::error("unknown-period", "the rows say no period that is known", help).at(place()),
                times,
            );
            return;
        };
        let none = |_: usize, _: u32| String::new();
        let verdict = self.areas.verdict((&none, &[]), (&codes, known), index, row as u32, shared);
        findings.extend(self.areas.found().into_iter().map(|wrong| wrong.finding.at(place())));
        match verdict {
            Verdict::LeftOut(rule) => *account.left_out.entry(rule.to_owned()).or_default() += times,
            Verdict::Refused(reason) => {
                account.refused.rows(self.areas.reason(reason).0.clone().at(place()), times);
            }
            Verdict::Of(area) => {
                account.loaded += times;
                let taken = self.taken(lines, row);
                let mark = lines.text(row, column::MARK).parse::<i64>().map_or(0, |mark| mark as u64);
                self.tally.add_all(Set { size: times as u64, mark }, (area, index), &codes, &taken);
            }
        }
    }

    /// The codes of the fields of a line, of the words of its area and of its period.
    fn codes(&mut self, lines: &Lines<'_>, row: usize) -> Vec<u32> {
        let mut codes = vec![MISSING; self.machine.plan.nodes.len()];
        for (node, field) in self.heading.fields.iter().enumerate() {
            let text = lines.text(row, &field.column);
            let value = match field.is_number {
                true => text.parse().map_or(Value::Missing, Value::of_number),
                false => Value::word(text),
            };
            codes[node] = self.machine.learn(node, value);
        }
        for (at, name) in column::AREA.into_iter().enumerate() {
            codes[self.area + at] = self.machine.learn(self.area + at, Value::word(lines.text(row, name)));
        }
        let (text, node) = (lines.text(row, column::PERIOD), self.area + 3);
        let is_day = matches!(self.heading.when, When::Each(_, true));
        let day = text.parse().ok().filter(|_| is_day).map(Value::Day);
        codes[node] = self.machine.learn(node, day.unwrap_or_else(|| Value::word(text)));
        codes
    }

    /// What the records of a line are to each measure.
    fn taken(&self, lines: &Lines<'_>, row: usize) -> Vec<Taken> {
        let is_set = |column: &str| lines.text(row, column) == "1";
        let one = |told: &super::query::Gauged| Taken {
            sides: [is_set(&told.counted), told.of.as_deref().is_some_and(is_set)],
            number: told.sum.as_deref().and_then(|sum| lines.text(row, sum).parse().ok()).unwrap_or_default(),
        };
        self.heading.measures.iter().map(one).collect()
    }
}

impl<'p> Gauge<'p> {
    /// The measure, as a table of counts tells it; `number` is the node of its numbers.
    fn told(name: &'p str, measure: &'p crate::pipeline::Measure, number: Option<usize>, is_share: bool) -> Gauge<'p> {
        let (kind, _) = Kind::of(measure);
        Gauge::ready(name, measure, (kind, number), (Default::default(), is_share.then(Default::default)))
    }
}

/// The hash of each file that the counts in `table` were made of, as it was when their query was written; none where the table
/// has no heading.
pub fn counted_files(table: &TextTable) -> BTreeMap<String, String> {
    let lines = Lines { piece: Piece::of(table) };
    let row = lines.rows().find(|&row| lines.text(row, column::KIND) == kind::HEADING);
    let heading = row.and_then(|row| serde_json::from_str::<Heading>(lines.text(row, column::RULE)).ok());
    heading.map(|heading| heading.files).unwrap_or_default()
}
