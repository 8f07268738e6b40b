//! Words that a pipeline names and no cell says, where a cell says one like it: a label for `asdd` where the file has
//! `asd`. A slip of the finger would leave the word unlabelled, kept or uncounted without a word.
//!
//! A word that is merely not there is no slip: publishers drop categories, and not every release need be filed.

use std::collections::{BTreeMap, BTreeSet};

use super::Input;
use super::breakdown::Vocabulary;
use super::map::glob;
use crate::area::fold;
use crate::declaration::{Kind, Mention, Step};
use crate::finding::{Finding, slip};
use crate::grid::TextTable;
use crate::pipeline::{Pipeline, Shape};

/// More different words than this in a column are no categories.
const MOST_WORDS: usize = 5_000;

/// What the cells of the columns say that a pipeline names words of, by the column's name or the field's.
#[derive(Default)]
pub(crate) struct Heard {
    /// As the files have them.
    raw: BTreeMap<String, BTreeSet<String>>,
    /// As labels call them.
    called: BTreeMap<String, BTreeSet<String>>,
}

impl Heard {
    /// Adds a word of a column that breaks figures down.
    pub fn note(&mut self, column: &str, word: &str) {
        add(&mut self.raw, column, word);
    }

    /// Adds the words of the columns that `input` keeps or drops rows by and, of records, of every field.
    pub fn listen(&mut self, pipeline: &Pipeline, input: &Input<'_>) {
        let table = &input.table;
        for name in input.block.keep.keys().chain(input.block.drop.keys()) {
            for word in words(table, name) {
                add(&mut self.raw, name, word);
            }
        }
        if pipeline.shape == Shape::Records {
            let vocabulary = Vocabulary::of(pipeline, input.block);
            for (field, columns) in &input.block.columns {
                for word in columns.get_ref().0.iter().flat_map(|name| words(table, name)) {
                    add(&mut self.raw, field, word);
                    add(&mut self.called, field, vocabulary.label(field, word));
                }
            }
        }
    }

    /// The words that `pipeline` names and that are likely slips.
    pub fn slips(&self, pipeline: &Pipeline) -> Vec<Finding> {
        pipeline.mentions.iter().filter_map(|mention| self.one(pipeline, mention)).collect()
    }

    fn one(&self, pipeline: &Pipeline, mention: &Mention) -> Option<Finding> {
        let (column, what) = named(mention)?;
        let heard =
            if mention.kind == Kind::FieldWord { &self.called } else { &self.raw }.get(&column.to_lowercase())?;
        let said = |word: &str| match mention.kind {
            Kind::Glob => glob(&mention.word).is_match(word),
            _ => fold(word) == fold(&mention.word),
        };
        if mention.word.is_empty() || mention.word.contains('*') || heard.len() >= MOST_WORDS {
            return None;
        }
        if heard.iter().any(|word| said(word)) || pipeline.gives(&mention.word) {
            return None;
        }
        let others: BTreeSet<String> = pipeline
            .mentions
            .iter()
            .filter(|other| other.kind == mention.kind && named(other).is_some_and(|(other, _)| other == column))
            .map(|other| fold(&other.word))
            .collect();
        let free = heard.iter().filter(|word| !others.contains(&fold(word))).map(String::as_str);
        let meant = slip(&mention.word, free)?;
        let message =
            format!("`{}` in {} {what} nothing: no cell of `{column}` says so", mention.word, mention.shown());
        let help = format!("did you mean `{meant}`, which cells say?");
        Some(
            Finding::warning("word-unknown", message, help)
                .of(&pipeline.name, "")
                .at(pipeline.place(mention.span.clone())),
        )
    }
}

/// The column or field that a word is of, and what it is to do there.
fn named(mention: &Mention) -> Option<(&str, &'static str)> {
    let keys: Vec<&str> = mention
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect();
    match (mention.kind, keys.as_slice()) {
        (Kind::Cell, ["labels", column] | ["release", "labels", column]) => Some((column, "labels")),
        (Kind::Glob, ["release", "where", column]) => Some((column, "keeps")),
        (Kind::Glob, ["release", "drop", column]) => Some((column, "drops")),
        (Kind::FieldWord, ["measures", _, "count" | "of", field]) => Some((field, "counts")),
        _ => None,
    }
}

fn add(all: &mut BTreeMap<String, BTreeSet<String>>, column: &str, word: &str) {
    let words = match all.get_mut(&column.to_lowercase()) {
        Some(words) => words,
        None => all.entry(column.to_lowercase()).or_default(),
    };
    if words.len() < MOST_WORDS && !words.contains(word.trim()) {
        words.insert(word.trim().to_owned());
    }
}

/// The different words of a column, in order; rows of one word mostly stand together.
fn words<'t>(table: &'t TextTable, column: &str) -> BTreeSet<&'t str> {
    let cells = table.position(column).and_then(|at| table.frame.columns()[at].str().ok());
    let mut found = BTreeSet::new();
    let mut last = "";
    for word in cells.into_iter().flat_map(|cells| cells.iter().flatten()) {
        if word != last && found.len() < MOST_WORDS {
            found.insert(word);
            last = word;
        }
    }
    found
}
