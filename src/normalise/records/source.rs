//! A table of records as its block declares it, found in its file: which column is which field, and which rows count.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use toml::Spanned;

use crate::finding::{Finding, Place, likely};
use crate::grid::{Strip, TextTable, Wanted, packed};
use crate::normalise::breakdown::Vocabulary;
use crate::normalise::input::Input;
use crate::normalise::map::{Pattern, glob};
use crate::normalise::rows::Cells;
use crate::pipeline::records::Table;
use crate::pipeline::{Columns, Pipeline};

/// What a block says of one table.
struct Spec<'a> {
    columns: &'a BTreeMap<String, Spanned<Columns>>,
    keep: &'a BTreeMap<String, Spanned<Vec<String>>>,
    drop: &'a BTreeMap<String, Spanned<Vec<String>>>,
    ignore: &'a [Spanned<String>],
    days: &'a [String],
    yes_no: &'a [String],
    key: Option<&'a str>,
    /// Columns that are read beside the fields: those of the area.
    beside: Vec<&'a str>,
}

/// How the cells of a field are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// As words, which labels may change.
    Words,
    /// As days.
    Days,
    /// As `yes` and `no`.
    YesNo,
}

/// A rule that leaves rows out: the column, what its cells may say, and whether those rows are kept.
struct Filter {
    column: usize,
    globs: Vec<Pattern>,
    keeps: bool,
    rule: String,
}

/// The rows of a table: all of them, or those that are at hand.
pub(super) struct Piece<'t> {
    /// The table; where only some rows are at hand, it has the first ones.
    pub table: &'t TextTable,
    /// Excel's number of each row.
    pub rows: &'t [u32],
    cells: Held<'t>,
}

/// Where the cells of rows stand.
enum Held<'t> {
    Table(Cells<'t>),
    /// In a strip, the slot of each column of the table.
    Strip(&'t Strip, &'t [Option<usize>]),
}

impl<'t> Piece<'t> {
    /// The rows of `table`.
    pub fn of(table: &'t TextTable) -> Piece<'t> {
        Piece { table, rows: &table.rows, cells: Held::Table(Cells::of(table)) }
    }

    /// The rows of `strip`, which stand behind those of `table` and have its columns in `slots`.
    pub fn behind(table: &'t TextTable, strip: &'t Strip, slots: &'t [Option<usize>]) -> Piece<'t> {
        Piece { table, rows: strip.rows(), cells: Held::Strip(strip, slots) }
    }

    /// The trimmed text of a cell.
    pub fn text(&self, row: usize, column: usize) -> &'t str {
        match &self.cells {
            Held::Table(cells) => cells.text(row, column),
            Held::Strip(strip, slots) => slot(slots, column).map_or("", |slot| strip.text(row, slot).trim()),
        }
    }

    /// The text of a cell, before it is trimmed, as `grid::packed`.
    pub fn packed(&self, row: usize, column: usize) -> Option<u128> {
        match &self.cells {
            Held::Table(cells) => packed(cells.text(row, column)),
            Held::Strip(strip, slots) => slot(slots, column).map_or(packed(""), |slot| strip.packed(row, slot)),
        }
    }

    /// The place of a cell.
    pub fn place(&self, row: usize, column: Option<usize>) -> Place {
        match &self.cells {
            Held::Table(_) => self.table.place(Some(row), column),
            Held::Strip(..) => Place { row: self.rows.get(row).copied(), ..self.table.place(None, column) },
        }
    }

    /// What tells the cells of a row from those of another.
    pub fn mark(&self, row: usize) -> u64 {
        match &self.cells {
            Held::Table(cells) => marked(self.table.positions.iter().copied().zip(cells.row(row))),
            Held::Strip(strip, _) => {
                let texts = (0..strip.width(row)).map(|slot| strip.text(row, slot).trim());
                marked((1..=u16::MAX).zip(texts))
            }
        }
    }

    /// The first of `columns` whose cell in `row` says `text`.
    pub fn saying(&self, text: &str, row: usize, columns: impl IntoIterator<Item = Option<usize>>) -> Option<usize> {
        columns.into_iter().flatten().find(|&column| self.text(row, column) == text)
    }
}

fn slot(slots: &[Option<usize>], column: usize) -> Option<usize> {
    slots.get(column).copied().flatten()
}

/// What tells the texts in these columns of the file from others; a row may lack empty ones.
fn marked<'t>(texts: impl Iterator<Item = (u16, &'t str)>) -> u64 {
    let mut hasher = DefaultHasher::default();
    texts.filter(|(_, text)| !text.is_empty()).for_each(|text| text.hash(&mut hasher));
    hasher.finish()
}

/// A table in its file.
pub(super) struct Source<'a> {
    /// Its name; empty where the block has one table without a name.
    pub name: String,
    /// The column of each field.
    pub fields: BTreeMap<String, usize>,
    /// The column of the field that identifies a row.
    pub key: Option<usize>,
    vocabulary: Vocabulary,
    days: &'a [String],
    yes_no: &'a [String],
    filters: Vec<Filter>,
    /// The columns that say who somebody is.
    identifiers: BTreeMap<&'a str, usize>,
    /// The columns that are read.
    used: Vec<usize>,
}

impl<'a> Source<'a> {
    /// The table of `input` that is called `name`, in its file; what is to be said of its columns goes to `findings`.
    ///
    /// # Errors
    /// The columns that are not in the file.
    pub fn of(
        pipeline: &'a Pipeline,
        input: &'a Input<'_>,
        name: &str,
        table: &TextTable,
        findings: &mut Vec<Finding>,
    ) -> Result<Source<'a>, Vec<Finding>> {
        let block = input.block;
        let (spec, vocabulary) = match block.table.get(name) {
            Some(own) => (Spec::of_table(own), Vocabulary::of_table(pipeline, block, name, &own.labels)),
            None => {
                let spec = Spec {
                    columns: &block.columns,
                    keep: &block.keep,
                    drop: &block.drop,
                    ignore: &block.ignore,
                    days: &block.days,
                    yes_no: &block.yes_no,
                    key: None,
                    beside: block.area.columns().collect(),
                };
                (spec, Vocabulary::of(pipeline, block))
            }
        };
        let mut search = Search { pipeline, table, used: Vec::new(), missing: Vec::new() };
        let fields = search.fields(&spec);
        for name in spec.beside.iter().copied().chain(spec.keep.keys().chain(spec.drop.keys()).map(String::as_str)) {
            search.column(name, None);
        }
        let declared = block.table.get(name).into_iter().flat_map(|own| &own.identifiers);
        let identifiers: BTreeMap<&str, usize> =
            declared.filter_map(|(name, column)| Some((name.as_str(), table.position(column)?))).collect();
        let Search { mut used, missing, .. } = search;
        used.extend(identifiers.values());
        if !missing.is_empty() {
            return Err(missing);
        }
        findings.extend(unmapped(pipeline, table, &spec, &used));
        let key = spec.key.and_then(|key| fields.get(key)).copied();
        let filters = filters(table, &spec);
        let (days, yes_no) = (spec.days, spec.yes_no);
        let name = name.to_owned();
        Ok(Source { name, fields, key, vocabulary, days, yes_no, filters, identifiers, used })
    }

    /// Which cells of the file's rows are read, and by column of its `table` the slot of the cell: all of them where a row is
    /// told from another with its key.
    pub fn wanted(&self, table: &TextTable) -> (Wanted, Vec<Option<usize>>) {
        let place =
            |column: usize| table.positions.get(column).map(|&position| usize::from(position).saturating_sub(1));
        let wanted = match self.key {
            Some(_) => Wanted::All,
            None => Wanted::of(self.used.iter().filter_map(|&column| place(column))),
        };
        let slots = (0..table.positions.len()).map(|column| wanted.slot(place(column)?)).collect();
        (wanted, slots)
    }

    /// How the cells of `field` are read.
    pub fn how(&self, field: &str) -> How {
        let is_in = |all: &[String]| all.iter().any(|one| one == field);
        match (is_in(self.days), is_in(self.yes_no)) {
            (true, _) => How::Days,
            (_, true) => How::YesNo,
            _ => How::Words,
        }
    }

    /// What the publisher's `text` in `field` is called here.
    pub fn label<'t>(&'t self, field: &str, text: &'t str) -> &'t str {
        self.vocabulary.label(field, text)
    }

    /// The rule that leaves a row out.
    pub fn filtered(&self, rows: &Piece<'_>, row: usize) -> Option<&str> {
        let leaves_out = |filter: &&Filter| {
            let text = rows.text(row, filter.column);
            filter.globs.iter().any(|glob| glob.is_match(text)) != filter.keeps
        };
        self.filters.iter().find(leaves_out).map(|filter| filter.rule.as_str())
    }

    /// The column of a field or of an identifier.
    pub fn identifier(&self, name: &str) -> Option<usize> {
        self.fields.get(name).or_else(|| self.identifiers.get(name)).copied()
    }
}

impl<'a> Spec<'a> {
    fn of_table(own: &'a Table) -> Spec<'a> {
        Spec {
            columns: &own.columns,
            keep: &own.keep,
            drop: &own.drop,
            ignore: &own.ignore,
            days: &own.days,
            yes_no: &own.yes_no,
            key: own.key.as_deref(),
            beside: Vec::new(),
        }
    }
}

/// Looks columns up by name.
struct Search<'a> {
    pipeline: &'a Pipeline,
    table: &'a TextTable,
    used: Vec<usize>,
    missing: Vec<Finding>,
}

impl Search<'_> {
    fn fields(&mut self, spec: &Spec<'_>) -> BTreeMap<String, usize> {
        let mut fields = BTreeMap::new();
        for (field, written) in spec.columns {
            let names = &written.get_ref().0;
            let there = names.iter().find(|name| self.table.position(name).is_some()).or(names.first());
            let column = there.and_then(|name| self.column(name, Some(written.span())));
            fields.extend(column.map(|column| (field.clone(), column)));
        }
        fields
    }

    fn column(&mut self, name: &str, span: Option<std::ops::Range<usize>>) -> Option<usize> {
        let found = self.table.position(name);
        self.used.extend(found);
        if found.is_none() {
            let declared = span.map_or_else(String::new, |span| format!(" ({})", self.pipeline.block_place(span)));
            let block = format!("add a `[[release]]` block from this release on to {}", self.pipeline.block_path());
            let help = match likely(name, self.table.names()) {
                Some(other) => format!("the file has `{other}`: if that is the same, {block}"),
                None => format!("{block} for the new layout"),
            };
            let place = Place { row: Some(self.table.header_row), ..self.table.place(None, None) };
            let message = format!("column `{name}`{declared} is not in the file");
            self.missing.push(Finding::error("missing-column", message, help).at(place));
        }
        found
    }
}

/// The columns that are neither mapped nor ignored.
fn unmapped(pipeline: &Pipeline, table: &TextTable, spec: &Spec<'_>, used: &[usize]) -> Vec<Finding> {
    let ignore: Vec<_> = spec.ignore.iter().map(|name| glob(name.get_ref())).collect();
    let is_open = |column: usize, name: &str| !used.contains(&column) && !ignore.iter().any(|glob| glob.is_match(name));
    let said = |(column, name): (usize, &str)| {
        let help = format!("map it under `columns` or name it under `ignore` in {}", pipeline.block_path());
        let place = Place { row: Some(table.header_row), ..table.place(None, Some(column)) };
        Finding::error("unmapped-column", format!("column `{name}` is neither mapped nor ignored"), help).at(place)
    };
    table.names().enumerate().filter(|(column, name)| is_open(*column, name)).map(said).collect()
}

fn filters(table: &TextTable, spec: &Spec<'_>) -> Vec<Filter> {
    let rule = |keeps: bool| {
        move |(name, globs): (&String, &Spanned<Vec<String>>)| {
            let column = table.position(name)?;
            let rule = format!("{} {name}", if keeps { "where" } else { "drop" });
            Some(Filter { column, globs: globs.get_ref().iter().map(|text| glob(text)).collect(), keeps, rule })
        }
    };
    spec.keep.iter().filter_map(rule(true)).chain(spec.drop.iter().filter_map(rule(false))).collect()
}
