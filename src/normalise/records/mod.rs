//! Records (one row a school, child or provider) counted into observations by the declared rules.
//!
//! In: the tables of a release, one of them the one whose rows are counted. Out: blocks of observations, and where every
//! row went. The rules become a plan (`compile`, `plan`), the other tables are held as codes (`world`), a machine works the
//! plan out row by row (`machine`), and what is alike is counted together (`tally`).

mod areas;
mod choice;
mod column;
mod compile;
mod day;
mod doubts;
mod dress;
mod gauge;
mod machine;
mod named;
mod observed;
mod plan;
pub(super) mod query;
mod rows;
mod source;
mod tally;
mod told;

pub use told::counted_files;
mod value;
mod world;

use std::collections::BTreeMap;

use areas::{Areas, Periods, Stands};
use column::Column;
use compile::Compiler;
use doubts::Doubt;
use gauge::Gauge;
use machine::{Check, Machine};
use named::Days;
use observed::Observed;
use plan::Rule;
use rows::Rows;
use source::{Piece, Source};
use tally::Tally;
use world::World;

use super::account::Account;
use super::assemble::Block;
use super::input::{Input, Rest, Shared};
use super::map;
use super::predecessor::Ancestors;
use crate::area::Register;
use crate::finding::{Finding, Place};
use crate::grid::Wanted;
use crate::pipeline::Pipeline;

/// The rule of rows that the pipeline's own condition leaves out.
const WHERE: &str = "where";

/// What the records of a release are counted with.
pub(super) struct Counting<'c, 'p> {
    pub pipeline: &'p Pipeline,
    pub input: &'c Input<'p>,
    pub ancestors: &'c Ancestors<'p>,
    pub register: &'c Register,
}

/// The observations of a release, and where the rows of the tables beside the one that is counted went.
#[derive(Default)]
pub(super) struct Counts {
    pub blocks: Vec<Block>,
    pub others: Vec<Account>,
}

/// The rules of a release, ready to be asked of rows.
struct Ready<'p> {
    machine: Machine,
    keep: Check,
    keep_rule: Rule,
    doubts: Vec<Doubt<'p>>,
    gauges: Vec<Gauge<'p>>,
    lists: Vec<Option<Vec<usize>>>,
    periods: Periods,
    stands: Stands,
    /// The fields that the record before marks, by number of the mark.
    marks: Vec<String>,
    /// The columns of the area in the machine's own, code, 9-character code and name, with their places in the table.
    area: [Option<usize>; 3],
    is_one: bool,
}

impl<'p> Counting<'_, 'p> {
    /// Counts the records.
    pub fn count(
        &mut self,
        rest: Option<Rest>,
        shared: &mut Shared,
        account: &mut Account,
        findings: &mut Vec<Finding>,
    ) -> Counts {
        let refused = |account: &mut Account, rest: Option<Rest>, found: Vec<Finding>, findings: &mut Vec<Finding>| {
            let strips = rest.into_iter().flat_map(|rest| rest(Wanted::of([]))).flatten();
            account.rows += strips.map(|strip| strip.rows().len()).sum::<usize>();
            if let Some(first) = found.iter().find(|finding| finding.is_error()) {
                account.refused.file(first, account.rows);
            }
            findings.extend(found);
            Counts::default()
        };
        let mut found = Vec::new();
        let mut world = match self.world(&mut found) {
            Ok(world) => world,
            Err(wrong) => return refused(account, rest, wrong.into_iter().chain(found).collect(), findings),
        };
        let ready = self.ready(&mut world, shared, &mut found);
        let ready = match ready {
            Ok(ready) => ready,
            Err(wrong) => {
                found.push(wrong);
                return refused(account, rest, found, findings);
            }
        };
        findings.append(&mut found);
        self.add_up(world, ready, rest, (shared, account), findings)
    }

    /// The tables, held and joined.
    fn world<'w>(&'w self, findings: &mut Vec<Finding>) -> Result<World<'w>, Vec<Finding>> {
        let (pipeline, input) = (self.pipeline, self.input);
        let name = pipeline.base(input.block);
        let mut wrong = Vec::new();
        let mut source = |name: &str, table| {
            Source::of(pipeline, input, name, table, findings).map_err(|found| wrong.extend(found)).ok()
        };
        let base = source(&name, &input.table);
        let others = input.others.iter().filter_map(|(name, table)| Some((source(name, table)?, Piece::of(table))));
        let others: Vec<_> = others.collect();
        match base.filter(|_| wrong.is_empty()) {
            Some(base) => Ok(World::of(base, others, &pipeline.joins, findings)),
            None => Err(wrong),
        }
    }

    /// The rules, resolved for this release.
    fn ready<'w>(
        &'w self,
        world: &mut World<'w>,
        shared: &mut Shared,
        findings: &mut Vec<Finding>,
    ) -> Result<Ready<'p>, Finding> {
        let (pipeline, input) = (self.pipeline, self.input);
        let days = Days::of(pipeline, input.release, world, findings);
        let base = world.base.name.clone();
        let mut compiler = Compiler::of(pipeline, world, &days, &base, findings);
        if let Some(field) = pipeline.keep.asked().into_iter().find(|field| compiler.field(field).is_none()) {
            return Err(unmapped_rule(pipeline, input.release.as_str(), field));
        }
        let keep = compiler.condition(&pipeline.keep);
        let doubts = doubts::doubts(pipeline, &mut compiler);
        let gauges: Vec<Gauge<'p>> =
            (pipeline.measures.iter()).filter_map(|(name, measure)| Gauge::of(&mut compiler, name, measure)).collect();
        let lists: Vec<Option<Vec<usize>>> =
            pipeline.by.iter().map(|fields| fields.iter().map(|field| compiler.field(field)).collect()).collect();
        let periods = Periods::of(&mut compiler, pipeline, input, shared)?;
        let nodes = pipeline
            .area
            .as_ref()
            .filter(|_| input.block.area.columns().next().is_none())
            .map(|area| [&area.code, &area.ons, &area.name].map(|field| compiler.field(field.as_deref()?)));
        for field in pipeline.predecessor.iter().flat_map(|known| known.take.get_ref()) {
            compiler.field(field);
        }
        let is_one = nodes.is_some_and(|nodes| areas::is_one(&compiler, nodes));
        let Compiler { plan, own, marks, .. } = compiler;
        let mut own: Vec<Column> =
            own.iter().map(|field| Column::of(&world.base, field, world.base.fields[field])).collect();
        let area = &input.block.area;
        let columns = [&area.code, &area.ons, &area.name].map(|name| {
            let position = input.table.position(name.as_deref()?)?;
            own.push(Column::of(&world.base, "", position));
            Some(own.len() - 1)
        });
        let stands = nodes.map_or(Stands::Columns(columns), Stands::Nodes);
        let sizes = (world.joins.len(), world.choices.len());
        let machine = Machine::of(plan, own, sizes, false);
        Ok(Ready {
            machine,
            keep: Check::of(&keep),
            keep_rule: keep,
            doubts,
            gauges,
            lists,
            periods,
            stands,
            marks,
            area: columns,
            is_one,
        })
    }

    /// Takes every row, and makes observations of what was counted.
    fn add_up(
        &self,
        world: World<'_>,
        ready: Ready<'_>,
        rest: Option<Rest>,
        (shared, account): (&mut Shared, &mut Account),
        findings: &mut Vec<Finding>,
    ) -> Counts {
        let symbols = map::symbols(self.pipeline, self.input.block, &self.input.table);
        let tally = Tally::of(&ready.gauges, ready.lists.clone());
        let areas = Areas::of(ready.stands, self.register);
        let mut rows = Rows::of(self, world, ready, areas, tally, symbols);
        let table = &self.input.table;
        let (wanted, slots) = rows.world.base.wanted(table);
        // The rows that follow are split while the first are counted.
        let strips = rest.into_iter().flat_map(|rest| rest(wanted.clone()));
        rows.take_all(&Piece::of(table), shared, account);
        for strip in strips {
            match strip {
                Ok(strip) => {
                    account.rows += strip.rows().len();
                    rows.take_all(&Piece::behind(table, &strip, &slots), shared, account);
                }
                Err(finding) => findings.push(finding),
            }
        }
        let Rows { world, ready, areas, tally, symbols, said, .. } = rows.closed(account, findings);
        findings.extend(said);
        findings.extend(nothing_counted(account));
        let met = areas.met;
        let columns: Vec<u16> = ready.gauges.iter().map(|gauge| self.column(gauge, &world)).collect();
        let observed = Observed {
            pipeline: self.pipeline,
            input: self.input,
            register: self.register,
            gauges: &ready.gauges,
            areas: &met,
            // Councils' own returns make no region and no England.
            is_one: ready.is_one || self.pipeline.provisional,
            lists: &ready.lists,
            known: ready.machine.known(&world, &symbols),
            columns: &columns,
            records: None,
        };
        let blocks = observed.blocks(tally, shared);
        Counts { blocks, others: world.held.into_values().map(world::Held::close).collect() }
    }

    /// The column of the first field that a measure counts by, where it stands in the table that is counted.
    fn column(&self, gauge: &Gauge<'_>, world: &World<'_>) -> u16 {
        let measure = gauge.measure;
        let first = measure.count.asked().into_iter().chain(measure.sum.as_deref()).next();
        let own = first.map(|field| match field.split_once('.') {
            Some((table, own)) if table == world.base.name => own,
            _ => field,
        });
        let column = own.and_then(|field| world.base.fields.get(field));
        column.and_then(|&column| self.input.table.positions.get(column)).copied().unwrap_or(0)
    }
}

/// That the rule of which rows are counted asks for what the release does not map.
fn unmapped_rule(pipeline: &Pipeline, release: &str, field: &str) -> Finding {
    let message =
        format!("`where` asks for `{field}`, which release {release} does not map: which rows count is not known");
    let help = format!("map it in the block of the release in {}, or take it out of `where`", pipeline.block_path());
    Finding::error("unmapped-field", message, help).at(Place::file(&pipeline.path))
}

/// That no row is counted, though some are there that should be.
fn nothing_counted(account: &Account) -> Option<Finding> {
    let refused = account.refused.count();
    (account.loaded == 0 && refused > 0).then(|| {
        let left_out: usize = account.left_out.values().sum();
        let message =
            format!("none of the {} rows is counted: {refused} are refused, {left_out} left out", account.rows);
        let help = "the other findings say why; look whether all files are of one release";
        Finding::error("nothing-loaded", message, help).at(Place::file(&account.file))
    })
}

/// That a field is no number in some records, so many times and first in that row.
fn sum_incomplete(gauge: &Gauge<'_>) -> Option<Finding> {
    let (times, place) = gauge.unsummed.clone()?;
    let field = gauge.measure.sum.as_deref()?;
    let message =
        format!("`{field}` is no number in {times} records that it is added up of: the sums are too low by them");
    let help = "nothing to do if they have none of it; else ask the publisher, or leave the records out with `drop`";
    Some(Finding::warning("sum-incomplete", message, help).at(place))
}

/// What is to be said of sums, each field once.
fn sums_said(gauges: &[Gauge<'_>]) -> Vec<Finding> {
    let mut by_field: BTreeMap<&str, Finding> = BTreeMap::new();
    for gauge in gauges {
        if let (Some(field), Some(finding)) = (gauge.measure.sum.as_deref(), sum_incomplete(gauge)) {
            by_field.entry(field).or_insert(finding);
        }
    }
    by_field.into_values().collect()
}
