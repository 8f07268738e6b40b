//! Which tables of a block a pipeline asks for: only those are read.

use std::collections::{BTreeMap, BTreeSet};

use super::records::{Condition, Join, Unmatched, placeholders};
use super::{Pipeline, ReleaseBlock};

impl Pipeline {
    /// The tables of `block` that are asked for beside the one whose rows are counted, those that lead to them, and those
    /// without whose row a row is refused: which rows count is the same whatever is asked of them.
    pub fn tables_asked(&self, block: &ReleaseBlock) -> BTreeSet<String> {
        let base = self.base(block);
        let mut asked = Asked { pipeline: self, block, tables: BTreeSet::new(), seen: BTreeSet::new() };
        for name in self.names_asked() {
            asked.name(name);
        }
        let mut tables: BTreeSet<String> =
            asked.tables.iter().flat_map(|table| self.way(&base, table)).filter(|table| *table != base).collect();
        for table in tables.clone().iter().chain([&base]) {
            tables.extend(self.above(table, |join| join.missing == Unmatched::Refuse));
        }
        tables.remove(&base);
        tables.retain(|table| block.table.contains_key(table));
        tables
    }

    /// Every field, day and pick that the measures and the rows ask for.
    fn names_asked(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.keep.asked();
        names.extend(self.checks.rows.iter().flat_map(|check| check.holds.asked()));
        names.extend(self.by.iter().flatten().map(String::as_str));
        for measure in self.measures.values() {
            names.extend(measure.count.asked());
            names.extend(measure.of.iter().flat_map(Condition::asked));
            let fields = [&measure.sum, &measure.mean, &measure.median];
            names.extend(fields.into_iter().filter_map(Option::as_deref));
            names.extend(measure.percentile.iter().map(|percentile| percentile.of.as_str()));
        }
        names.extend(self.period.iter().flat_map(|period| period.ways()).map(|(_, name)| name));
        let area = self.area.iter().flat_map(|area| [&area.code, &area.ons, &area.name]);
        names.extend(area.filter_map(Option::as_deref));
        // A day is named in bounds of conditions anywhere: each is read where its table is there.
        names.extend(self.day.keys().map(String::as_str));
        names
    }

    /// A table and those that its rows belong to, and theirs.
    pub(super) fn joined(&self, table: &str) -> BTreeSet<String> {
        self.above(table, |_| true)
    }

    /// The same by those of the joins that `leads`.
    fn above(&self, table: &str, leads: impl Fn(&Join) -> bool) -> BTreeSet<String> {
        let mut found = BTreeSet::from([table.to_owned()]);
        let mut new = vec![table.to_owned()];
        while let Some(table) = new.pop() {
            let of = |field: &str| field.split_once('.').map(|(table, _)| table.to_owned());
            let from = self.joins.iter().filter(|join| leads(join) && of(&join.from).as_ref() == Some(&table));
            for other in from.filter_map(|join| of(&join.to)) {
                if found.insert(other.clone()) {
                    new.push(other);
                }
            }
        }
        found
    }

    /// The tables on the shortest way of joins from `base` to `table`, both included.
    fn way(&self, base: &str, table: &str) -> Vec<String> {
        let of = |field: &str| field.split_once('.').map(|(table, _)| table.to_owned());
        let joins: Vec<(String, String)> =
            self.joins.iter().filter_map(|join| Some((of(&join.from)?, of(&join.to)?))).collect();
        let mut before: BTreeMap<String, String> = BTreeMap::new();
        let mut new = vec![base.to_owned()];
        let mut at = 0;
        while at < new.len() {
            let here = new[at].clone();
            at += 1;
            // Up first: a row belongs to one row, and many may belong to it.
            let ups = joins.iter().filter(|(from, _)| *from == here).map(|(_, to)| to.clone());
            let downs = joins.iter().filter(|(_, to)| *to == here).map(|(from, _)| from.clone());
            for next in ups.chain(downs).collect::<Vec<_>>() {
                if next != base && !before.contains_key(&next) {
                    before.insert(next.clone(), here.clone());
                    new.push(next);
                }
            }
        }
        let mut way = vec![table.to_owned()];
        while let Some(earlier) = before.get(&way[way.len() - 1]) {
            way.push(earlier.clone());
        }
        way
    }
}

/// The tables met on the way of names.
struct Asked<'p> {
    pipeline: &'p Pipeline,
    block: &'p ReleaseBlock,
    tables: BTreeSet<String>,
    seen: BTreeSet<String>,
}

impl Asked<'_> {
    /// What a field, a day or an operand leads to.
    fn name(&mut self, name: &str) {
        if !self.seen.insert(name.to_owned()) {
            return;
        }
        let pipeline = self.pipeline;
        if let Some(rule) = pipeline.field.get(name) {
            let holds = rule.when.iter().flatten();
            let words: Vec<&str> = holds.flat_map(|case| placeholders(&case.is)).collect();
            for inner in rule.made_of().into_iter().chain(words) {
                self.name(inner);
            }
        } else if let Some(rule) = pipeline.day.get(name) {
            for inner in rule.read.as_deref().into_iter().chain(rule.told_from()) {
                self.name(inner);
            }
        } else if let Some((table, field)) = name.split_once('.') {
            self.rows(table, field);
        }
    }

    /// What the field of a table or of a pick leads to.
    fn rows(&mut self, name: &str, field: &str) {
        let pipeline = self.pipeline;
        let Some(pick) = pipeline.pick.get(name) else {
            self.tables.insert(name.to_owned());
            return;
        };
        let table = pick.table(name);
        let of_table = self.block.table.get(table).is_some_and(|table| table.columns.contains_key(field));
        self.tables.insert(table.to_owned());
        if !of_table {
            self.tables.extend(pipeline.joined(table));
        }
        if !self.seen.insert(format!("pick {name}")) {
            return;
        }
        if pick.of != name {
            self.rows(&pick.of, field);
        }
        for inner in pick.keep.asked() {
            self.name(inner);
        }
        for inner in &pick.order {
            self.name(inner.strip_prefix('-').unwrap_or(inner));
        }
    }
}
