//! A pipeline in the making: its head, measures, block and checks, written as one text.

use toml::{Table, Value};

use super::measures::Drafted;
use crate::intake::draft::new_block;
use crate::intake::written::quoted;

/// A pipeline in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The name of the table.
    pub name: String,
    /// The heading.
    pub title: String,
    /// The folder of the return.
    pub return_name: String,
    /// Lines of the head beside these.
    pub head: Vec<String>,
    /// The measures.
    pub measures: Vec<Drafted>,
    /// Tables of the head, such as `[labels.sex]`, ready written.
    pub tables: Vec<String>,
    /// The block.
    pub block: Table,
    /// The columns in the order of the file.
    pub order: Vec<String>,
    /// What must hold.
    pub checks: Checks,
    /// What an analyst should know or decide, a line each.
    pub notes: Vec<String>,
    /// What must be decided before the pipeline can be used, a line each.
    pub open: Vec<String>,
}

/// The checks of a pipeline in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct Checks {
    /// Whether every authority open in a period must be there.
    pub every_authority: bool,
    /// The rounding base to which regions make England; none where they do not.
    pub total: Option<u32>,
    /// The shares, which lie between 0 and 100.
    pub shares: Vec<String>,
}

impl Plan {
    /// Sets a key of the block.
    pub fn set(&mut self, key: &str, value: Value) {
        self.block.insert(key.to_owned(), value);
    }

    /// Sets a key of the block to a list of texts, unless there are none.
    pub fn list(&mut self, key: &str, names: Vec<String>) {
        if !names.is_empty() {
            self.set(key, Value::Array(names.into_iter().map(Value::String).collect()));
        }
    }

    /// Puts an entry into a map of the block.
    pub fn put_in(&mut self, map: &str, name: &str, value: Value) {
        let table = self.block.entry(map).or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(table) = table {
            table.insert(name.to_owned(), value);
        }
    }

    /// The pipeline as it is written.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "# Made by `abreast inspect`. Which way is good (`better = \"high\"` or \"low\") is left to you: without it no measure is ranked.\n",
        );
        for note in self.open.iter().chain(&self.notes) {
            text += &format!("# {}\n", note.replace('\n', " "));
        }
        text += &format!("title  = {}\nreturn = {}\n", quoted(&self.title), quoted(&self.return_name));
        for line in &self.head {
            text += &format!("{line}\n");
        }
        text += "\n[source]\npublisher = \"\"\nlicence   = \"OGL-3.0\"\n";
        for measure in &self.measures {
            text += &measure.text();
        }
        for table in &self.tables {
            text += &format!("\n{table}");
        }
        text += &format!("\n{}\n", new_block(&self.block, &self.order));
        text += &self.checks.text();
        text
    }
}

impl Checks {
    fn text(&self) -> String {
        let mut text = String::from("\n[checks]\n");
        text += if self.every_authority { "areas = \"register\"\n" } else { "areas = \"some\"\n" };
        match self.total {
            Some(0) => text += "total = { parts = \"region\", whole = \"country\" }\n",
            Some(base) => {
                text += &format!("total = {{ parts = \"region\", whole = \"country\", rounded_to = {base} }}\n")
            }
            None => {}
        }
        if !self.shares.is_empty() {
            let shares: Vec<String> = self.shares.iter().map(|key| format!("{key} = [0, 100]")).collect();
            text += &format!("range = {{ {} }}\n", shares.join(", "));
        }
        text
    }
}
