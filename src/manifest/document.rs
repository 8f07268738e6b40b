//! The text of a manifest: records in and out of it, and what people wrote beside them where they wrote it.
//!
//! In: the text as it was read. Out: the same but for the records that changed. The lines above the first record, down to
//! the last empty one, are about the whole file and stay at its head; those right above a record go where it goes.

use std::str::FromStr;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TomlError, Value};

use super::Record;

/// What a new manifest begins with.
const HEADING: &str = "# Which file was filed when and from where. `abreast add`, `fetch` and `remove` write it; keep it with the pipelines.";

/// The text, as TOML that keeps its comments.
#[derive(Clone, Debug, Default)]
pub(super) struct Document(DocumentMut);

impl FromStr for Document {
    type Err = TomlError;

    fn from_str(text: &str) -> Result<Document, TomlError> {
        text.parse().map(Document)
    }
}

impl Document {
    /// The text as it is written.
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// Changes the tables of the files that are filed, and of those that were taken out.
    pub fn change(&mut self, change: impl FnOnce(&mut Vec<Table>, &mut Vec<Table>)) {
        let [mut files, mut removed] = ["file", "removed"].map(|list| self.take(list));
        let heading = match files.first_mut().or(removed.first_mut()) {
            Some(first) => lift(first),
            None => HEADING.to_owned(),
        };
        change(&mut files, &mut removed);
        if let Some(first) = files.first_mut().or(removed.first_mut()) {
            let own = prefix(first).trim_start_matches('\n').to_owned();
            let above = if heading.is_empty() { own } else { format!("{heading}\n\n{own}") };
            first.decor_mut().set_prefix(above);
        }
        for (list, tables) in [("file", files), ("removed", removed)] {
            if !tables.is_empty() {
                self.0.insert(list, Item::ArrayOfTables(ArrayOfTables::from_iter(tables)));
            }
        }
    }

    /// The tables of a list, out of the text.
    fn take(&mut self, list: &str) -> Vec<Table> {
        let item = self.0.remove(list).map(Item::into_array_of_tables);
        let tables = item.and_then(Result::ok).into_iter().flatten();
        tables
            .map(|mut table| {
                // By their order in the list, whatever it was in the text.
                table.set_position(None);
                table
            })
            .collect()
    }
}

/// What stands above a table.
fn prefix(table: &Table) -> &str {
    table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default()
}

/// Takes what is about the whole file from above its first table.
fn lift(first: &mut Table) -> String {
    let above = prefix(first).to_owned();
    let (heading, own) = above.rsplit_once("\n\n").unwrap_or(("", &above));
    first.decor_mut().set_prefix(format!("\n{own}"));
    heading.to_owned()
}

/// The table at `at`, out of its list; an empty one where the list is shorter than the records say.
pub(super) fn out_of(tables: &mut Vec<Table>, at: usize) -> Table {
    if at < tables.len() { tables.remove(at) } else { Table::new() }
}

/// The table of a record that is new.
pub(super) fn table(record: &Record) -> Table {
    let mut table = Table::new();
    fill(&mut table, record);
    table.decor_mut().set_prefix("\n");
    table
}

/// Writes what a record says into its table; comments beside the words stay.
pub(super) fn fill(table: &mut Table, record: &Record) {
    let texts = [
        ("path", &record.path),
        ("sha256", &record.sha256),
        ("original", &record.original),
        ("url", &record.url),
        ("published", &record.published),
        ("added", &record.added),
        ("removed", &record.removed),
    ];
    for (key, text) in texts {
        match text.is_empty() {
            true => drop(table.remove(key)),
            false => set(table, key, text.as_str().into()),
        }
        if key == "sha256" {
            set(table, "bytes", i64::try_from(record.bytes).unwrap_or(i64::MAX).into());
        }
    }
}

/// Sets a value and keeps what stands around it.
fn set(table: &mut Table, key: &str, mut value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}
