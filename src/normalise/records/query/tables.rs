//! The tables of a return, in SQL: their cells, which rows count, and the values of the fields that are asked for.
//!
//! Each table is a chain of named selects: `read_T` its trimmed cells, `once_T` with the rule that leaves a row out, `rows_T`
//! with the rows refused for want of the row they belong to, and a column for each field that is asked for.

use std::collections::BTreeMap;

use super::dialect::{Dialect, Part};
use super::relation::Relation;
use super::rules;
use super::values::{Kind, key, labelled, read, without_time};
use crate::normalise::records::source::{How, Source};
use crate::normalise::records::world::{TWICE, World};
use crate::pipeline::records::Unmatched;

/// What a table without a name is called.
const RECORDS: &str = "records";

/// A row that is refused for want of the row that it belongs to: the name of that table follows.
pub(in crate::normalise::records) const ORPHAN: &str = "belongs to no row of ";

/// The selects that a query is made of.
pub(super) struct Tables<'q, 'a> {
    pub dialect: Dialect,
    pub world: &'q World<'a>,
    relations: &'q BTreeMap<String, Relation>,
    /// By table the fields that are asked for.
    asked: BTreeMap<String, Vec<String>>,
    /// The fields that a row of the table which is counted may take from the record before.
    taken: Vec<String>,
    /// Whether a record must be told from others.
    is_marked: bool,
    /// The selects so far, by name.
    pub parts: Vec<Part>,
    /// What is to be counted by a select of its own: what it is, the table, the field, how many there are.
    pub wrong: Vec<(Wrong, String, String, String)>,
    /// What is counted with the rows of a table.
    flags: BTreeMap<String, Vec<Flag>>,
}

/// What is counted of some rows of a table.
#[derive(Clone, Debug)]
pub(super) struct Flag {
    /// What it is, and the field or check that it is of.
    pub counts: (String, String),
    /// The rows.
    pub rows: String,
}

/// What may be wrong of cells and keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::normalise::records) enum Wrong {
    /// A cell is not what its column holds.
    Unread,
    /// A key stands in two rows that say different things.
    NotUnique,
    /// Several rows belong to one, and nothing says which is meant.
    Several,
}

impl Wrong {
    /// The word for it in a table of counts.
    pub fn word(self) -> &'static str {
        match self {
            Wrong::Unread => "unread",
            Wrong::NotUnique => "not unique",
            Wrong::Several => "several",
        }
    }
}

impl<'q, 'a> Tables<'q, 'a> {
    /// No select is written yet. `own` are the fields asked for of the table that is counted.
    pub fn of(
        dialect: Dialect,
        world: &'q World<'a>,
        relations: &'q BTreeMap<String, Relation>,
        (own, taken): (Vec<String>, Vec<String>),
        is_marked: bool,
    ) -> Tables<'q, 'a> {
        let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, held) in &world.held {
            asked.insert(name.clone(), held.columns.iter().map(|(column, _)| column.field.clone()).collect());
        }
        asked.insert(world.base.name.clone(), own);
        Tables {
            dialect,
            world,
            relations,
            asked,
            taken,
            is_marked,
            parts: Vec::new(),
            wrong: Vec::new(),
            flags: BTreeMap::new(),
        }
    }

    /// Whether a record must be told from others.
    pub fn is_marked(&self) -> bool {
        self.is_marked
    }

    /// A table in its file.
    pub fn source(&self, table: &str) -> Option<&'q Source<'a>> {
        let base = &self.world.base;
        if table == base.name { Some(base) } else { self.world.held.get(table).map(|held| &held.source) }
    }

    /// The name of a select of a table.
    pub fn part(&self, stage: &str, table: &str) -> String {
        let table = if table.is_empty() { RECORDS } else { table };
        self.dialect.name(&format!("{stage}_{table}"))
    }

    /// The key in the cell of a field, in the row called `row`.
    pub fn key(&self, row: &str, table: &str, field: &str) -> Option<String> {
        let column = *self.source(table)?.fields.get(field)?;
        Some(key(self.dialect, &format!("{row}.c{column}")))
    }

    /// How a field of a row is read.
    pub fn kind(&self, table: &str, field: &str) -> Kind {
        match self.source(table).map(|source| source.how(field)) {
            Some(How::Days) => Kind::Day,
            _ => Kind::Word,
        }
    }

    /// The name of a field's column.
    pub fn field(&self, field: &str) -> String {
        self.dialect.name(&format!("f_{field}"))
    }

    /// Adds a select; `is_whole` where it is the last of a chain, which is worked out once where there are several tables.
    pub fn add(&mut self, name: String, sql: String, is_whole: bool) {
        let is_kept = is_whole && !self.world.held.is_empty();
        self.parts.push(Part { name, sql, is_kept });
    }

    /// Whether a select is written.
    pub fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.name == name)
    }

    /// Has it counted how many rows of a table fit a condition.
    pub fn flag(&mut self, table: &str, (what, of): (&str, &str), rows: &str) {
        let flag = Flag { counts: (what.to_owned(), of.to_owned()), rows: rows.to_owned() };
        self.flags.entry(table.to_owned()).or_default().push(flag);
    }

    /// What is counted with the rows of a table.
    pub fn flags(&self, table: &str) -> &[Flag] {
        self.flags.get(table).map_or(&[], Vec::as_slice)
    }

    /// The rows of a table with the rule that leaves each out, if one does.
    pub fn once(&mut self, table: &str) -> Option<String> {
        let once = self.part("once", table);
        if self.has(&once) {
            return Some(once);
        }
        let dialect = self.dialect;
        let (source, relation) = (self.source(table)?, self.relations.get(table)?);
        let is_base = table == self.world.base.name;
        let column = |at: usize| dialect.as_text(&dialect.name(&relation.columns[at]));
        let width = relation.columns.len();
        let mut columns: Vec<String> =
            (0..width).map(|at| format!("{} AS c{at}", dialect.trimmed(&column(at)))).collect();
        columns.push(format!("{} AS row_", dialect.row_number()));
        if is_base {
            columns.extend(self.taken.iter().map(|field| dialect.name(&format!("t_{field}"))));
        }
        let (read, kept) = (self.part("read", table), self.part("kept", table));
        // A row of nothing but blanks is none; most rows are known by their first cell.
        let filled: Vec<String> =
            (0..width).map(|at| format!("nullif({}, '')", dialect.trimmed(&column(at)))).collect();
        let is_row = format!("coalesce({}, NULL) IS NOT NULL", filled.join(", "));
        let columns = columns.join(",\n       ");
        self.add(read.clone(), format!("SELECT {columns}\nFROM {}\nWHERE {is_row}", relation.source), false);
        let left_out: String = source
            .filters()
            .map(|(at, globs, keeps, rule)| {
                let fits = rules::globs(dialect, &format!("c{at}"), globs);
                let not = if keeps { "NOT " } else { "" };
                format!(" WHEN {not}{fits} THEN {}", dialect.text(rule))
            })
            .collect();
        let rule = if left_out.is_empty() { dialect.no_text() } else { format!("CASE{left_out} END") };
        let cells = (0..width).map(|at| format!("c{at}"));
        let whole = match source.key.is_some() || (is_base && self.is_marked) {
            true => format!(", {} AS whole_", cells.clone().collect::<Vec<_>>().join(" || chr(31) || ")),
            false => String::new(),
        };
        self.add(kept.clone(), format!("SELECT *, {rule} AS rule_{whole}\nFROM {read}"), false);
        let sql = match source.key {
            Some(at) => {
                let key = key(dialect, &format!("c{at}"));
                let before = format!("lag(whole_) OVER (PARTITION BY rule_, {key} ORDER BY whole_, row_) AS before_");
                let is_known = format!("rule_ IS NULL AND {key} <> ''");
                format!(
                    "SELECT *, CASE WHEN {is_known} AND before_ = whole_ THEN {} ELSE rule_ END AS ended_,\n       \
                     {is_known} AND coalesce(before_ <> whole_, FALSE) AS differs_\n\
                     FROM (SELECT *, {before} FROM {kept}) AS k",
                    dialect.text(TWICE)
                )
            }
            None => format!("SELECT *, rule_ AS ended_ FROM {kept}"),
        };
        self.add(once.clone(), sql, false);
        if let Some(at) = source.key {
            self.flag(table, (Wrong::NotUnique.word(), &field_at(source, at)), "differs_");
        }
        Some(once)
    }

    /// The rows of a table with all that is asked of them.
    pub fn rows(&mut self, table: &str) -> Option<String> {
        let rows = self.part("rows", table);
        if self.has(&rows) {
            return Some(rows);
        }
        let once = self.once(table)?;
        let (dialect, base) = (self.dialect, self.world.base.name.clone());
        let (joins, ended) = self.orphans(table)?;
        let (source, is_base) = (self.source(table)?, table == base);
        let asked = self.asked.get(table).cloned().unwrap_or_default();
        let (mut labels, mut fields) = (Vec::new(), Vec::new());
        let mut cells = Vec::new();
        for (at, field) in asked.iter().enumerate() {
            let Some(&column) = source.fields.get(field) else { continue };
            let how = source.how(field);
            let text = labelled(dialect, &format!("o.c{column}"), &source.labels(field));
            let text = if how == How::Days { without_time(dialect, &text) } else { text };
            labels.push(format!("{text} AS l{at}"));
            let (mut sql, kind) = read(dialect, &format!("l{at}"), how);
            if is_base && self.taken.contains(field) && kind == Kind::Word {
                let taken = dialect.name(&format!("t_{field}"));
                sql = format!("CASE WHEN {taken} IS NOT NULL THEN nullif({taken}, '') ELSE {sql} END");
            }
            fields.push(format!("{sql} AS {}", self.field(field)));
            if how != How::Words {
                cells.push((field.clone(), format!("l{at} <> '' AND {} IS NULL", self.field(field))));
            }
        }
        let (own, list) =
            (self.part("own", table), |all: Vec<String>| all.into_iter().map(|one| format!(", {one}")).collect());
        let (labels, fields): (String, String) = (list(labels), list(fields));
        // What stands in `o` is named, for `rule_` is made anew.
        let cut = format!("SELECT o.*, {ended} AS refused_{labels}\nFROM {once} AS o{joins}");
        self.add(own.clone(), cut, false);
        let kept = self.kept_columns(table, asked.len());
        self.add(rows.clone(), format!("SELECT {kept}, refused_ AS rule_{fields}\nFROM {own}"), true);
        for (field, sql) in cells {
            self.flag(table, (Wrong::Unread.word(), &field), &format!("rule_ IS NULL AND {sql}"));
        }
        self.parent_keys(table, &rows);
        Some(rows)
    }

    /// The joins by which a row of a table finds the rows that it must belong to, and what then ends it.
    fn orphans(&mut self, table: &str) -> Option<(String, String)> {
        let (dialect, base) = (self.dialect, self.world.base.name.clone());
        let mut joins = String::new();
        let mut orphans = String::new();
        for (at, join) in self.world.joins.iter().enumerate() {
            if join.from.0 != table || join.missing != Unmatched::Refuse {
                continue;
            }
            let parent = &join.to.0;
            let (of, ended) =
                if *parent == base { (self.once(parent)?, "ended_") } else { (self.rows(parent)?, "rule_") };
            let (Some(own), Some(other)) = (self.key("o", table, &join.from.1), self.key("q", parent, &join.to.1))
            else {
                continue;
            };
            joins.push_str(&format!(
                "\nLEFT JOIN (SELECT DISTINCT {other} AS key_ FROM {of} AS q WHERE q.{ended} IS NULL AND {other} <> '') AS p{at} ON p{at}.key_ = {own}"
            ));
            let word = dialect.text(&format!("{ORPHAN}{parent}"));
            orphans.push_str(&format!(" WHEN p{at}.key_ IS NULL THEN {word}"));
        }
        let ended = match orphans.is_empty() {
            true => "o.ended_".to_owned(),
            false => format!("CASE WHEN o.ended_ IS NOT NULL THEN o.ended_{orphans} END"),
        };
        Some((joins, ended))
    }

    /// Has it counted how many keys, by which rows are joined to a table, stand in several of its rows.
    fn parent_keys(&mut self, table: &str, rows: &str) {
        let mut keys: Vec<(String, String)> = Vec::new();
        for join in self.world.joins.iter().filter(|join| join.to.0 == table) {
            keys.extend(self.key("r", table, &join.to.1).map(|key| (join.to.1.clone(), key)));
        }
        keys.dedup();
        let declared = self.source(table).and_then(|source| Some(field_at(source, source.key?)));
        for (field, key) in keys.into_iter().filter(|(field, _)| declared.as_ref() != Some(field)) {
            let keys = format!(
                "SELECT {key} AS key_ FROM {rows} AS r WHERE r.rule_ IS NULL AND {key} <> '' GROUP BY {key} HAVING count(*) > 1"
            );
            let sql = format!("(SELECT count(*) FROM ({keys}) AS twice)");
            self.wrong.push((Wrong::NotUnique, table.to_owned(), field, sql));
        }
    }

    /// The columns that the rows of a table keep of the selects before.
    fn kept_columns(&self, table: &str, labels: usize) -> String {
        let width = self.relations.get(table).map_or(0, |relation| relation.columns.len());
        let is_base = table == self.world.base.name;
        let mut columns: Vec<String> = (0..width).map(|at| format!("c{at}")).collect();
        columns.push("row_".to_owned());
        if is_base && self.is_marked {
            columns.push("whole_".to_owned());
        }
        if self.source(table).is_some_and(|source| source.key.is_some()) {
            columns.push("differs_".to_owned());
        }
        if is_base {
            columns.extend(self.taken.iter().map(|field| self.dialect.name(&format!("t_{field}"))));
        }
        let mapped = self.asked.get(table).into_iter().flatten().enumerate();
        let is_there = |field: &String| self.source(table).is_some_and(|source| source.fields.contains_key(field));
        columns.extend(mapped.filter(|(at, field)| *at < labels && is_there(field)).map(|(at, _)| format!("l{at}")));
        columns.join(", ")
    }
}

/// The field that stands in a column.
fn field_at(source: &Source<'_>, column: usize) -> String {
    source.fields.iter().find(|(_, at)| **at == column).map_or_else(String::new, |(field, _)| field.clone())
}
