//! The files that people write for Abreast (pipelines, reports, targets) against what may stand in them.
//!
//! In: the text of a file and the type it fills. Out: the value with every text in it and what kind of text that is;
//! or every mistake at its line and column, with the likely word. The JSON schema for editors and the check come from
//! one declaration: the type, with its kinds.

pub mod kind;
mod mistake;
mod schema;
mod walk;

pub use mistake::{Mention, Mistake, Step};

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

pub use kind::Kind;
pub use schema::schema;

use crate::finding::{Finding, Place};

/// A file as found: where it stands and what it says.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// The path shown in messages.
    pub path: String,
    /// The file's stem.
    pub name: String,
    /// The text.
    pub text: String,
    /// The files beside it that it may name: those in `tables/`.
    pub beside: Arc<[Declared]>,
    /// The other files of its folder, of which it may stand beside one.
    pub others: Arc<[Declared]>,
}

impl Declared {
    /// The line and column of byte `span`.
    pub fn place(&self, span: Range<usize>) -> Place {
        place_in(&self.path, &self.text, span)
    }

    /// Mistakes in the file as findings of kind `code`, from its first line to its last.
    pub fn findings(&self, code: &str, mut mistakes: Vec<Mistake>) -> Vec<Finding> {
        mistakes.sort_by_key(|mistake| mistake.span.start);
        let finding = |mistake: Mistake| {
            let place = self.place(mistake.span);
            Finding::error(code, mistake.message, mistake.help).of(&self.name, "").at(place)
        };
        mistakes.into_iter().map(finding).collect()
    }
}

/// Reads `text` as a `T`, with everything that stands in it. `known` is the schema of `T`, `manual` the page that lists
/// every key; `form` says what is wrong with the form of a text.
///
/// # Errors
/// Every key, word and number that may not stand there; else the first value of another type than its key takes.
pub fn read<T: DeserializeOwned>(
    text: &str,
    known: &Value,
    manual: &str,
    form: fn(&Mention) -> Option<Mistake>,
) -> Result<(T, Vec<Mention>), Vec<Mistake>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| syntax(error, manual)).collect());
    }
    let mut found = walk::walk(&document, known, manual);
    found.mistakes.extend(found.mentions.iter().filter_map(form));
    if !found.mistakes.is_empty() {
        return Err(found.mistakes);
    }
    match T::deserialize(toml::Deserializer::from(document)) {
        Ok(value) => Ok((value, found.mentions)),
        Err(error) => Err(vec![syntax(&error, manual)]),
    }
}

/// The message of the TOML reader.
fn syntax(error: &toml::de::Error, manual: &str) -> Mistake {
    let help = format!("correct the line; {manual} shows every key with an example");
    Mistake::new(error.span().unwrap_or(0..0), error.message(), help)
}

/// The text of a file taken apart, to find places in it.
#[derive(Debug)]
pub struct Document<'t>(Option<toml::Spanned<DeValue<'t>>>);

impl<'t> Document<'t> {
    /// Takes `text` apart; nothing is found in one that is no TOML.
    pub fn of(text: &'t str) -> Document<'t> {
        let whole = DeTable::parse(text).ok();
        Document(whole.map(|table| toml::Spanned::new(table.span(), DeValue::Table(table.into_inner()))))
    }

    /// The bytes of the value that `way` leads to.
    pub fn find(&self, way: &[Step]) -> Option<Range<usize>> {
        let end = way.iter().try_fold(self.0.as_ref()?, |value, step| match (value.get_ref(), step) {
            (DeValue::Table(table), Step::Key(key)) => table.get(key.as_str()),
            (DeValue::Array(items), Step::Index(index)) => items.get(*index),
            _ => None,
        })?;
        Some(end.span())
    }
}

/// The line and column of byte `span` of `text`, which is the file at `path`.
pub fn place_in(path: &str, text: &str, span: Range<usize>) -> Place {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place { row: u32::try_from(line).ok(), column: u32::try_from(column).ok(), ..Place::file(path) }
}
