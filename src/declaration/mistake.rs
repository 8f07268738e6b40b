//! The mistakes that can be in a declaration, each with the steps that lead to it.

use super::kind::Kind;
use crate::finding::likely;
use std::fmt::Write as _;
use std::ops::Range;

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

/// Where a way leads, as a TOML writes it: `[[release]] columns`, `checks.range`, `title`.
pub(super) fn shown(steps: &[Step]) -> String {
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
