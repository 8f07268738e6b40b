//! A `[[release]]` block in the making: the block of the release before as a TOML value, changed to what the new file
//! says, and written so that what is printed is what is tried.

use toml::{Table, Value};

use super::written::{self, quoted};
use crate::normalise::Missing;
use crate::pipeline::{Pipeline, ReleaseBlock};

/// The keys that hold names of columns as a list.
const LISTS: [&str; 2] = ["filters", "breakdown"];
/// The keys that hold the name of one column.
const SINGLE: [&str; 3] = ["period_column", "measure_column", "id"];
/// The keys that are maps by the name of a column.
const BY_COLUMN: [&str; 4] = ["where", "drop", "topics", "labels"];
/// The order of the keys of a block.
const ORDER: [&str; 24] = [
    "from",
    "file",
    "format",
    "sheet",
    "header",
    "range",
    "period",
    "period_column",
    "period_identifier",
    "area",
    "id",
    "where",
    "drop",
    "symbols",
    "measure_column",
    "filters",
    "breakdown",
    "topic",
    "topics",
    "labels",
    "totals",
    "scale",
    "columns",
    "ignore",
];

/// A block of a new pipeline as it is written, with its columns in the order of `names`.
pub(super) fn new_block(table: &Table, names: &[String]) -> String {
    let place = |key: &str| {
        let known = ORDER.iter().position(|known| *known == key);
        known.unwrap_or_else(|| ORDER.len() + names.iter().position(|name| name == key).unwrap_or(names.len()))
    };
    written::array_table("release", table, &place, &|_| None).trim_end().to_owned()
}

/// A block in the making.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    table: Table,
    /// The text it came from, which says in which order its names stand.
    text: String,
    /// Names that a column got, new and old: a renamed column stands where the old one stood.
    renamed: Vec<(String, String)>,
}

impl Draft {
    /// The block `block` of `pipeline` as it is written there.
    pub fn of(pipeline: &Pipeline, block: &ReleaseBlock) -> Option<Draft> {
        let whole: Table = toml::from_str(&pipeline.text).ok()?;
        let at = pipeline.releases.iter().position(|known| known.from.span() == block.from.span())?;
        let table = whole.get("release")?.as_array()?.get(at)?.as_table()?.clone();
        let text = text_of(pipeline, block).0.to_owned();
        Some(Draft { table, text, renamed: Vec::new() })
    }

    /// Sets a key.
    pub fn set(&mut self, key: &str, value: Value) {
        self.table.insert(key.to_owned(), value);
    }

    /// Takes a key out.
    pub fn unset(&mut self, key: &str) {
        self.table.remove(key);
    }

    /// What is missing is `name` now.
    pub fn rename(&mut self, missing: &Missing, name: &str) {
        self.renamed.push((name.to_owned(), missing.name.clone()));
        let old = Value::String(missing.name.clone());
        let new = Value::String(name.to_owned());
        match missing.key.as_str() {
            "area" => {
                self.each_in("area", &|value| if *value == old { Some(new.clone()) } else { Some(value.clone()) })
            }
            key if LISTS.contains(&key) => self.in_list(key, &missing.name, Some(name)),
            key if SINGLE.contains(&key) => self.set(key, new),
            key if BY_COLUMN.contains(&key) => self.rename_key(key, &missing.name, name),
            key => self.in_columns(key, &missing.name, Some(name)),
        }
        for map in BY_COLUMN {
            self.rename_key(map, &missing.name, name);
        }
        self.unignore(name);
    }

    /// What is missing has no column any more: its mapping is taken out.
    pub fn remove(&mut self, missing: &Missing) {
        let gone = Value::String(missing.name.clone());
        match missing.key.as_str() {
            "area" => self.each_in("area", &|value| (*value != gone).then(|| value.clone())),
            key if LISTS.contains(&key) => self.in_list(key, &missing.name, None),
            key if SINGLE.contains(&key) => self.unset(key),
            key if BY_COLUMN.contains(&key) => self.remove_key(key, &missing.name),
            key => self.in_columns(key, &missing.name, None),
        }
    }

    /// Columns that the block passes over.
    pub fn ignore(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let list = self.table.entry("ignore").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(items) = list {
            let escaped = names.iter().map(|name| Value::String(globset::escape(name)));
            items.splice(0..0, escaped);
        }
    }

    /// Rows that say one of `names` in `column` are left out.
    pub fn drop_rows<'n>(&mut self, column: &str, names: impl IntoIterator<Item = &'n str>) {
        let names: Vec<Value> = names.into_iter().map(|name| Value::String(globset::escape(name))).collect();
        let table = self.table.entry("drop").or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(table) = table
            && let Value::Array(items) = table.entry(column).or_insert_with(|| Value::Array(Vec::new()))
        {
            items.extend(names.into_iter().filter(|name| !items.contains(name)).collect::<Vec<_>>());
        }
    }

    /// The label `new` in `column` is what was called `old`.
    pub fn label(&mut self, column: &str, new: &str, old: &str) {
        self.entry_in("labels", column, |map| {
            map.insert(new.to_owned(), Value::String(old.to_owned()));
        });
    }

    /// A map's entry for `name` is set.
    pub fn put_in(&mut self, map: &str, name: &str, value: Value) {
        let table = self.table.entry(map).or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(table) = table {
            table.insert(name.to_owned(), value);
        }
    }

    /// The block as it is written.
    pub fn text(&self) -> String {
        let place = |key: &str| self.place(key);
        let apart = |key: &str| self.table_apart(key);
        written::array_table("release", &self.table, &place, &apart).trim_end().to_owned()
    }

    fn place(&self, key: &str) -> usize {
        if let Some(at) = ORDER.iter().position(|known| *known == key) {
            return at;
        }
        let old = self.renamed.iter().find(|(new, _)| new == key).map_or(key, |(_, old)| old);
        // Names come in the order they have in the text, behind the keys of the block itself.
        ORDER.len() + self.text.find(old).unwrap_or(self.text.len())
    }

    /// Whether a map stands below the block in a table of its own, as it did in the text it came from.
    fn table_apart(&self, key: &str) -> Option<bool> {
        let is_below = self.text.contains(&format!("[release.{key}]"))
            || self.text.contains(&format!("[release.{}]", quoted(key)));
        let is_inside = self.text.lines().any(|line| line.split('=').next().is_some_and(|name| name.trim() == key));
        match (is_below, is_inside) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }

    /// Changes each value of a map; a value of none is taken out, and the map with its last one.
    fn each_in(&mut self, map: &str, change: &dyn Fn(&Value) -> Option<Value>) {
        if let Some(Value::Table(table)) = self.table.get_mut(map) {
            *table = table.iter().filter_map(|(key, value)| Some((key.clone(), change(value)?))).collect();
            if table.is_empty() {
                self.table.remove(map);
            }
        }
    }

    /// In a list of columns: `old` becomes `new`, or is taken out, and the list with its last one.
    fn in_list(&mut self, key: &str, old: &str, new: Option<&str>) {
        if let Some(Value::Array(items)) = self.table.get_mut(key) {
            replaced(items, old, new);
            if items.is_empty() || (key == "breakdown" && items.len() != 2) {
                self.table.remove(key);
            }
        }
    }

    /// In what a key of `columns` names: `old` becomes `new`, or is taken out.
    fn in_columns(&mut self, key: &str, old: &str, new: Option<&str>) {
        let Some(Value::Table(columns)) = self.table.get_mut("columns") else { return };
        let left = match columns.get_mut(key) {
            Some(Value::String(name)) if name == old => match new {
                Some(new) => {
                    new.clone_into(name);
                    true
                }
                None => false,
            },
            Some(Value::Array(items)) => {
                replaced(items, old, new);
                !items.is_empty()
            }
            _ => true,
        };
        if !left {
            columns.remove(key);
        }
        if columns.is_empty() {
            self.table.remove("columns");
        }
    }

    fn rename_key(&mut self, map: &str, old: &str, new: &str) {
        if let Some(Value::Table(table)) = self.table.get_mut(map)
            && let Some(value) = table.remove(old)
        {
            table.insert(new.to_owned(), value);
        }
    }

    fn remove_key(&mut self, map: &str, name: &str) {
        if let Some(Value::Table(table)) = self.table.get_mut(map) {
            table.remove(name);
            if table.is_empty() {
                self.table.remove(map);
            }
        }
    }

    /// A column that is mapped now is not passed over by its own name.
    fn unignore(&mut self, name: &str) {
        if let Some(Value::Array(items)) = self.table.get_mut("ignore") {
            items.retain(|item| item.as_str() != Some(name));
        }
    }

    /// Changes the map of `column` within a map of maps.
    fn entry_in(&mut self, map: &str, column: &str, change: impl FnOnce(&mut Table)) {
        let outer = self.table.entry(map).or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(outer) = outer
            && let Value::Table(inner) = outer.entry(column).or_insert_with(|| Value::Table(Table::new()))
        {
            change(inner);
        }
    }
}

fn replaced(items: &mut Vec<Value>, old: &str, new: Option<&str>) {
    match new {
        Some(new) => {
            for item in items.iter_mut().filter(|item| item.as_str() == Some(old)) {
                *item = Value::String(new.to_owned());
            }
        }
        None => items.retain(|item| item.as_str() != Some(old)),
    }
}

/// The text of a block with the tables below it, and where it begins and ends in its pipeline.
pub(super) fn text_of<'p>(pipeline: &'p Pipeline, block: &ReleaseBlock) -> (&'p str, usize, usize) {
    let text = pipeline.text.as_str();
    let at = block.from.span().start.min(text.len());
    let start = text[..at].rfind("[[release]]").unwrap_or(at);
    let rest = &text[start..];
    let headings = rest.match_indices("\n[").filter(|(at, _)| !rest[at + 1..].starts_with("[release."));
    // A comment above the next heading belongs to it.
    let end = headings.map(|(at, _)| at).next().unwrap_or(rest.len());
    let block = without_comments(&rest[..end]);
    (block, start, start + block.len())
}

/// A text without the comments and blank lines at its end.
fn without_comments(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some((before, last)) = text.rsplit_once('\n')
        && last.trim_start().starts_with('#')
    {
        text = before.trim_end();
    }
    text
}

/// The pipeline's text with `block` behind its last block, or in the place of the one from the same release.
pub(super) fn with_block(pipeline: &Pipeline, block: &str, instead: Option<&ReleaseBlock>) -> String {
    let text = pipeline.text.as_str();
    if let Some(instead) = instead {
        let (_, start, end) = text_of(pipeline, instead);
        return format!("{}{block}{}", &text[..start], &text[end..]);
    }
    let last = pipeline.releases.iter().max_by_key(|block| block.from.span().start);
    let end = last.map_or(text.len(), |last| text_of(pipeline, last).2);
    let (head, tail) = text.split_at(end);
    format!("{}\n\n{block}\n{tail}", head.trim_end())
}

/// The pipeline's text with more measures behind its last one.
pub(super) fn with_measures(text: &str, measures: &[&str]) -> String {
    if measures.is_empty() {
        return text.to_owned();
    }
    let is_heading = |line: &str| line.starts_with('[');
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push((at, line));
        at += line.len();
    }
    let last = lines.iter().rposition(|(_, line)| line.starts_with("[measures."));
    // Where none has a heading of its own they go before the first block.
    let end = match last {
        Some(last) => lines[last + 1..].iter().find(|(_, line)| is_heading(line)),
        None => lines.iter().find(|(_, line)| line.starts_with("[[release]]")),
    };
    let end = end.map_or(text.len(), |(at, _)| *at);
    // A comment above the next heading belongs to it.
    let head = without_comments(&text[..end]);
    format!("{head}\n\n{}{}", measures.join("\n"), &text[head.len()..])
}
