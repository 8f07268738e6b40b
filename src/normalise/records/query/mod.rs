//! The rules of a records pipeline as a query, for the engine that a council has: the same rules, labels, account and inputs
//! to protection. What the engine answers is a table of counts, which a run takes for the records ([`super::told`]).
//!
//! In: the plan that the records of a release are counted by. Out: the text of a query.

mod dialect;
mod ending;
mod heading;
mod nodes;
mod relation;
mod rows;
mod rules;
mod tables;
mod values;

use std::collections::BTreeMap;

pub use dialect::Dialect;
pub use relation::Relation;

pub(super) use heading::{Gauged, Heading, When, column, kind};
pub(super) use tables::{ORPHAN, Wrong};

use super::areas::Periods;
use super::source::Piece;
use super::world::World;
use super::{Counting, Ready};
use crate::finding::Finding;
use crate::grid::{Comma, TextTable};
use crate::normalise::input::Shared;
use crate::normalise::map;
use crate::normalise::predecessor::Tally;
use ending::{Columns, Ending};
use tables::Tables;

/// The rows of a table, as they are counted.
pub struct Rows<'t> {
    /// The table; empty where the block has one without a name.
    pub name: &'t str,
    /// The rows, or the first of them where there are too many to hold.
    pub table: &'t TextTable,
    /// Whether all of them are held.
    pub is_whole: bool,
    /// Whether they are other than in the file: corrected, or with words of the record before.
    pub is_changed: bool,
    /// By field, the word that each row takes from the record before.
    pub taken: Vec<(String, Vec<Option<String>>)>,
}

/// What a query is written for.
pub struct Asked<'q> {
    /// The engine.
    pub dialect: Dialect,
    /// Where the engine writes what it answers.
    pub to: &'q str,
    /// Whether the rows that are counted are other than in their file.
    pub is_changed: bool,
    /// The hash of each file of the return, by its path below the returns.
    pub files: &'q BTreeMap<String, String>,
    /// Says where the engine finds the rows of a table.
    pub relate: &'q mut dyn FnMut(&Rows<'_>) -> Result<Relation, Finding>,
}

/// Where the engine finds the rows of each table.
type Relations = BTreeMap<String, Relation>;

impl Counting<'_, '_> {
    /// The query that counts the records, and the statements before it.
    ///
    /// # Errors
    /// What stops the records from being counted.
    pub fn query(&mut self, mut asked: Asked<'_>) -> Result<String, Vec<Finding>> {
        let mut found = Vec::new();
        let mut shared = Shared::default();
        let mut world = self.world(&mut found)?;
        let ready = self.ready(&mut world, &mut shared, &mut found).map_err(|wrong| vec![wrong])?;
        let wrong: Vec<Finding> = found.into_iter().filter(Finding::is_error).collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        if self.input.table.comma == Comma::Decimals {
            let message = "its numbers have a comma before decimals, which an engine would read as thousands";
            let help = "save the file with points before decimals, or have `abreast run` count it";
            return Err(vec![Finding::error("rows-not-read", message, help).at(self.input.table.place(None, None))]);
        }
        let relations = self.relations(&world, &mut asked).map_err(|finding| vec![finding])?;
        let query = self.written(&world, &ready, &shared, (&asked, &relations)).map_err(|finding| vec![finding])?;
        let before: String = relations.values().map(|relation| relation.before.as_str()).collect();
        Ok(format!("{before}{query}"))
    }

    /// Where the engine finds the rows of each table.
    fn relations(&self, world: &World<'_>, asked: &mut Asked<'_>) -> Result<Relations, Finding> {
        let mut relations = Relations::new();
        for (name, held) in &world.held {
            let table = held.rows.table;
            let rows = Rows { name, table, is_whole: true, is_changed: false, taken: Vec::new() };
            relations.insert(name.clone(), (asked.relate)(&rows)?);
        }
        let table = &self.input.table;
        let (is_whole, taken) = (self.input.rest.is_none(), self.taken(world));
        let rows = Rows { name: &world.base.name, table, is_whole, is_changed: asked.is_changed, taken };
        relations.insert(world.base.name.clone(), (asked.relate)(&rows)?);
        Ok(relations)
    }

    /// By field, the word that each row takes from the record before.
    fn taken(&self, world: &World<'_>) -> Vec<(String, Vec<Option<String>>)> {
        let (fields, piece) = (self.ancestors.fields(), Piece::of(&self.input.table));
        let mut columns: Vec<(String, Vec<Option<String>>)> =
            fields.into_iter().map(|field| (field, Vec::with_capacity(piece.table.rows.len()))).collect();
        if columns.is_empty() {
            return columns;
        }
        let mut tally = Tally::default();
        for row in 0..piece.table.rows.len() {
            let mapped = |field: &str| {
                let column = *world.base.fields.get(field)?;
                Some(world.base.label(field, piece.text(row, column)))
            };
            let mut taken = self.ancestors.taken(self.input.release, mapped, &mut tally);
            columns.iter_mut().for_each(|(field, words)| words.push(taken.remove(field)));
        }
        columns
    }

    fn written(
        &self,
        world: &World<'_>,
        ready: &Ready<'_>,
        shared: &Shared,
        (asked, relations): (&Asked<'_>, &Relations),
    ) -> Result<String, Finding> {
        let (pipeline, input) = (self.pipeline, self.input);
        let own: Vec<String> =
            ready.machine.own.iter().map(|column| column.field.clone()).filter(|field| !field.is_empty()).collect();
        let taken: Vec<String> = self.ancestors.fields();
        let is_marked = pipeline.protects();
        let mut tables = Tables::of(asked.dialect, world, relations, (own.clone(), taken), is_marked);
        let numbers = map::symbols(pipeline, input.block, &input.table).number_marks();
        let planned =
            rows::plan(&mut tables, ("with", &world.base.name), &ready.machine.plan, (&own, &ready.marks), numbers)
                .ok_or_else(|| Finding::internal(&"a table of the query is not there"))?;
        let columns = Columns::of(&planned.nodes, ready, &|node| self.field_name(ready, node));
        let place = |list: &Vec<usize>| list.iter().filter_map(|&node| columns.place(node, false)).collect();
        let (when, period) = match &ready.periods {
            Periods::One(index) => {
                let period = &shared.periods[*index as usize];
                (When::One(period.code.clone(), period.identifier.clone()), None)
            }
            Periods::Each { node, way, .. } => {
                (When::Each((*way).to_owned(), ending::is_day(&planned.nodes, *node)), Some(*node))
            }
        };
        let heading = Heading {
            form: Heading::FORM,
            table: pipeline.name.clone(),
            release: input.release.to_string(),
            files: asked.files.clone(),
            rules: Heading::rules(pipeline),
            records: format!("{} {}", input.table.file, input.table.sheet),
            when,
            is_one: ready.is_one,
            fields: columns.told.clone(),
            lists: ready.lists.iter().map(|list| list.as_ref().map(place)).collect(),
            measures: ending::measures(&planned.nodes, ready, &columns),
            base: world.base.name.clone(),
            counts: BTreeMap::new(),
        };
        let ending = Ending { planned: &planned, ready, columns: &columns, period };
        let query = ending.query(&mut tables, heading).map_err(|error| Finding::internal(&error))?;
        Ok(asked.dialect.writes(&tables.parts, &query, asked.to))
    }

    /// The name of the field that figures are broken down by, of a node.
    fn field_name(&self, ready: &Ready<'_>, node: usize) -> String {
        let named =
            self.pipeline.by.iter().zip(&ready.lists).filter_map(|(fields, list)| Some((fields, list.as_ref()?)));
        let mut all = named.flat_map(|(fields, list)| fields.iter().zip(list));
        let found = all.find(|(_, other)| **other == node).map_or("field", |(field, _)| field);
        found.replace(|sign: char| !sign.is_ascii_alphanumeric(), "_")
    }
}
