//! The files that people write for Abreast (pipelines, reports, targets) against what may stand in them.
//!
//! In: the text of a file and the type it fills. Out: the value with every text in it and what kind of text that is;
//! or every mistake at its line and column, with the likely word. The JSON schema for editors and the check come from
//! one declaration: the type, with its kinds.

pub mod kind;
mod schema;
mod walk;

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

pub use kind::Kind;
pub use schema::schema;

use crate::finding::{Finding, Place, likely};

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

/// A step on the way to a value: into a table by its key, or into a list by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A key of a table.
    Key(String),
    /// A place in a list, from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Step {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Step {
        Step::Index(index)
    }
}

/// A text in a file, and what kind of text it is.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub word: String,
    /// The way to it; to the table it is a key of, where it is a key.
    pub steps: Vec<Step>,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

impl Mention {
    /// Whether it stands under the keys `way`, whatever lists are between.
    pub fn is_under(&self, way: &[&str]) -> bool {
        let keys = self.steps.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        keys.take(way.len()).eq(way.iter().copied())
    }

    /// The number of the first list on the way: of a `[[release]]`, a `[[section]]`.
    pub fn number(&self) -> Option<usize> {
        self.steps.iter().find_map(|step| match step {
            Step::Index(index) => Some(*index),
            Step::Key(_) => None,
        })
    }

    /// The last key on the way.
    pub fn last(&self) -> &str {
        let keys = self.steps.iter().rev().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        keys.take(1).next().unwrap_or_default()
    }

    /// The key it stands under, as a TOML writes it.
    pub fn shown(&self) -> String {
        shown(&self.steps)
    }
}

/// What is wrong in a file, where, and what to do.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// What was found and what was expected.
    pub message: String,
    /// The next action.
    pub help: String,
}

impl Mistake {
    /// A mistake at `span`.
    pub fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        Mistake { span, message: message.into(), help: help.into() }
    }

    /// A word that is none of `known`: `what` says what was expected, `else_help` what to do where none is likely.
    pub fn unknown<'k>(
        mention: &Mention,
        what: &str,
        known: impl IntoIterator<Item = &'k str>,
        else_help: impl Into<String>,
    ) -> Mistake {
        let help = match likely(&mention.word, known) {
            Some(word) => format!("did you mean `{word}`?"),
            None => else_help.into(),
        };
        Mistake::new(mention.span.clone(), format!("`{}` in {} is {what}", mention.word, mention.shown()), help)
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

/// Where a way leads, as a TOML writes it: `[[release]] columns`, `checks.range`, `title`.
fn shown(steps: &[Step]) -> String {
    let mut text = String::new();
    for (at, step) in steps.iter().enumerate() {
        let Step::Key(key) = step else { continue };
        // Writing to a string cannot fail.
        let _ = match (at, steps.get(at + 1)) {
            (0, Some(Step::Index(_))) => write!(text, "[[{key}]] "),
            _ if text.is_empty() || text.ends_with(' ') => write!(text, "{key}"),
            _ => write!(text, ".{key}"),
        };
    }
    if text.is_empty() { "the file".to_owned() } else { format!("`{}`", text.trim_end()) }
}

/// The line and column of byte `span` of `text`, which is the file at `path`.
pub fn place_in(path: &str, text: &str, span: Range<usize>) -> Place {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place { row: u32::try_from(line).ok(), column: u32::try_from(column).ok(), ..Place::file(path) }
}
