//! One row of many: which row of a table belongs to each row of another, or was chosen of several.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::compile::Compiler;
use super::machine::{Check, Known, Machine};
use super::plan::{Plan, Rule};
use super::value::Value;
use super::world::{NOWHERE, key};
use crate::finding::{Finding, Place};
use crate::pipeline::records::Pick;
use crate::value::Symbols;

/// The row that was chosen for each row of another table.
pub(super) struct Choice {
    /// The number of the join from its table to that of `parent`.
    pub join: usize,
    /// By which rules it was chosen; none where it is the one that there is.
    pub made: Option<Made>,
    /// The pick, or the table itself where at most one row belongs to a row.
    pub name: String,
    /// The table to whose rows they belong.
    pub parent: String,
    /// The field of that table which the join leads to.
    pub parent_key: String,
    /// By row of that table, the row that was chosen; empty where that table is not held.
    pub chosen: Vec<u32>,
    /// By key of that table, the row that was chosen, where that table is not held.
    pub by_key: FxHashMap<Box<str>, u32>,
}

/// How a row is chosen of several: the fields of its table, which rows can be chosen, and the nodes that they are ordered by,
/// each with whether the highest comes first.
pub(super) struct Made {
    pub plan: Plan,
    pub rule: Rule,
    pub order: Vec<(Option<usize>, bool)>,
}

/// The number of the choice called `name`, of the rows of `table` that belong to rows of `parent`; none where nothing joins
/// them.
pub(super) fn make(compiler: &mut Compiler<'_, '_>, name: &str, table: &str, parent: &str) -> Option<usize> {
    let known = |choice: &Choice| choice.name == name && choice.parent == parent;
    if let Some(known) = compiler.world.choices.iter().position(known) {
        return Some(known);
    }
    let join = compiler.world.joins.iter().position(|join| join.from.0 == table && join.to.0 == parent);
    let Some(join) = join else {
        let is_there = compiler.world.held.contains_key(table);
        if let Some(held) = compiler.world.held.get(table).filter(|_| is_there) {
            let message = format!("nothing joins `{table}` to `{parent}`, of whose rows `{name}` chooses one");
            let help = "add a `join` from the one to the other";
            compiler.findings.push(Finding::error("not-joined", message, help).at(held.rows.table.place(None, None)));
        }
        return None;
    };
    let pipeline = compiler.pipeline;
    let pick = pipeline.pick.get(name);
    let (candidates, order, made) = candidates(compiler, name, table, pick);
    let choice = choose(compiler, name, join, (candidates, order), made)?;
    compiler.world.choices.push(choice);
    Some(compiler.world.choices.len() - 1)
}

/// What a row is ordered by: values, and whether the highest comes first.
type Order = Vec<Vec<(Value, bool)>>;

/// The rows of a table that can be chosen, and what each is ordered by.
fn candidates(
    compiler: &mut Compiler<'_, '_>,
    name: &str,
    table: &str,
    pick: Option<&Pick>,
) -> (Vec<u32>, Order, Option<Made>) {
    let usable = |compiler: &Compiler<'_, '_>| {
        let held = compiler.world.held.get(table);
        held.map_or_else(Vec::new, |held| {
            (0..held.usable.len()).filter(|&row| held.usable[row]).map(|row| row as u32).collect()
        })
    };
    let Some(pick) = pick else {
        let rows: Vec<u32> = usable(compiler);
        let order = vec![Vec::new(); rows.len()];
        return (rows, order, None);
    };
    let mut inner = Compiler::of(compiler.pipeline, compiler.world, compiler.days, table, compiler.findings);
    inner.making = compiler.making.iter().cloned().chain([name.to_owned()]).collect();
    let rule: Rule = inner.condition(&pick.keep);
    let order: Vec<(Option<usize>, bool)> = pick
        .order
        .iter()
        .map(|field| {
            let (bare, highest) = field.strip_prefix('-').map_or((field.as_str(), false), |bare| (bare, true));
            (inner.field(bare), highest)
        })
        .collect();
    let plan = inner.plan;
    let sizes = (compiler.world.joins.len(), compiler.world.choices.len());
    let made = Made { plan: plan.clone(), rule: rule.clone(), order: order.clone() };
    let mut machine = Machine::of(plan, Vec::new(), sizes, true);
    let (symbols, mut check) = (Symbols::none(), Check::of(&rule));
    let (mut rows, mut keys) = (Vec::new(), Vec::new());
    for row in usable(compiler) {
        machine.work_out(compiler.world, row, &symbols);
        let known: Known<'_, '_> = machine.known(compiler.world, &symbols);
        if check.holds(&machine.codes, known) {
            rows.push(row);
            let value = |node: Option<usize>| {
                node.map_or(Value::Missing, |node| known.value(node, machine.codes[node]).clone())
            };
            keys.push(order.iter().map(|&(node, highest)| (value(node), highest)).collect());
        }
    }
    (rows, keys, Some(made))
}

/// Chooses the first row of each parent; none where several belong to one and nothing says which is meant.
fn choose(
    compiler: &mut Compiler<'_, '_>,
    name: &str,
    join: usize,
    (rows, order): (Vec<u32>, Order),
    made: Option<Made>,
) -> Option<Choice> {
    let joined = &compiler.world.joins[join];
    let (table, parent) = (joined.from.0.clone(), joined.to.0.clone());
    let child = compiler.world.held.get(&table)?;
    let column = *child.source.fields.get(&joined.from.1)?;
    let height = compiler.world.held.get(&parent).map_or(0, |held| held.usable.len());
    let mut first: FxHashMap<Box<str>, usize> = FxHashMap::default();
    let mut several: Option<(usize, u32, u32)> = None;
    for (at, &row) in rows.iter().enumerate() {
        let text = key(child.rows.text(row as usize, column));
        match first.get_mut(text) {
            None if text.is_empty() => {}
            None => drop(first.insert(text.into(), at)),
            Some(before) => {
                let times = several.map_or(0, |(times, ..)| times) + 1;
                several = several.map(|(_, one, other)| (times, one, other)).or(Some((times, rows[*before], row)));
                if compared(&order[at], &order[*before]) == Ordering::Less {
                    *before = at;
                }
            }
        }
    }
    if let Some((times, one, other)) = several.filter(|_| made.is_none()) {
        let place = |row: u32| child.rows.place(row as usize, Some(column));
        compiler.findings.push(several_rows(&table, &parent, times, place(one), place(other)));
        return None;
    }
    let by_key: FxHashMap<Box<str>, u32> = first.into_iter().map(|(key, at)| (key, rows[at])).collect();
    let mut chosen = vec![NOWHERE; height];
    for (text, &row) in by_key.iter().filter(|_| height > 0) {
        if let Some(&parent) = joined.index.get(text) {
            chosen[parent as usize] = row;
        }
    }
    let by_key = if height > 0 { FxHashMap::default() } else { by_key };
    Some(Choice { join, made, name: name.to_owned(), parent, parent_key: joined.to.1.clone(), chosen, by_key })
}

fn several_rows(table: &str, parent: &str, times: usize, one: Place, other: Place) -> Finding {
    let row = one.row.map_or_else(String::new, |row| format!(" (row {row} before this one)"));
    let message = format!("several rows of `{table}` belong to one row of `{parent}`{row}, {times} more than one each");
    let help = format!("choose one with `[pick.{table}]`, or take the other out where it was written");
    Finding::error("several-rows", message, help).at(other)
}

/// Which of two rows comes first; what is missing comes last.
fn compared(one: &[(Value, bool)], other: &[(Value, bool)]) -> Ordering {
    let symbols = Symbols::none();
    let each = |((one, highest), (other, _)): (&(Value, bool), &(Value, bool))| {
        let order = match (one, other) {
            (Value::Missing, Value::Missing) => return Ordering::Equal,
            (Value::Missing, _) => return Ordering::Greater,
            (_, Value::Missing) => return Ordering::Less,
            (Value::Day(one), Value::Day(other)) => one.cmp(other),
            _ => match (one.number(&symbols), other.number(&symbols)) {
                (Some(one), Some(other)) => one.total_cmp(&other),
                _ => one.shown(1.0).cmp(&other.shown(1.0)),
            },
        };
        if *highest { order.reverse() } else { order }
    };
    one.iter().zip(other).map(each).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
