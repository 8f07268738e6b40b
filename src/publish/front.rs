//! The front page of a build and the page of its measures: what to look at first, papers by their titles, charts as pictures,
//! what is in it.
//!
//! In: filled by the papers. Out: the text of the two pages, with links to the files beside them.

use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;

use super::page::rendered;
use crate::finding::Error;

const FRONT: &str = include_str!("front/front.html");
const MEASURES: &str = include_str!("front/measures.html");
const STYLE: &str = include_str!("front/front.css");

/// The front page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Front {
    /// Whether any figure is simulated.
    pub illustrative: bool,
    /// What is in the build, in a sentence or two.
    pub summary: String,
    /// The worst findings, at most a screenful.
    pub first: Vec<Urgent>,
    /// What of the findings is not shown, and where it is.
    pub more: Vec<Line>,
    /// Papers, by whom they are about.
    pub papers: Vec<Shelf<Paper>>,
    /// Charts, by whom they are about.
    pub charts: Vec<Shelf<Chart>>,
    /// What was loaded.
    pub loaded: Vec<Loaded>,
    /// What the page of the measures holds, in words.
    pub measures: String,
}

/// A finding as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Urgent {
    /// How bad it is, in a word.
    pub severity: String,
    /// What was found; of several alike, in the first of them.
    pub message: String,
    /// Where.
    pub place: String,
    /// What to do.
    pub help: String,
    /// How many more there are of its kind, in words; empty for none.
    pub others: String,
}

/// A sentence that ends in a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What is said.
    pub text: String,
    /// The words of the link.
    pub name: String,
    /// Where it leads, a path beside the page.
    pub link: String,
}

/// What there is about one authority.
#[derive(Clone, Debug, Serialize)]
pub struct Shelf<T> {
    /// Whom it is about.
    pub name: String,
    /// Whether it is folded, so that the page stays short.
    pub folded: bool,
    /// How many there are, in words.
    pub count: String,
    /// What there is.
    pub items: Vec<T>,
}

/// A paper with its files.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Paper {
    /// Its title.
    pub title: String,
    /// Its page.
    pub page: String,
    /// Its other files, each by the words of its link.
    pub files: Vec<Line>,
}

/// A chart as a picture.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Chart {
    /// Its message.
    pub title: String,
    /// The message for a reader who cannot see it.
    pub alt: String,
    /// The file, a path beside the page.
    pub link: String,
}

/// A table of the build and how fresh it is.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Loaded {
    /// The table's heading.
    pub title: String,
    /// Publisher and publication.
    pub source: String,
    /// Its newest release.
    pub newest: String,
    /// The oldest one, where there are several.
    pub oldest: String,
    /// How many measures it has.
    pub measures: String,
    /// How many figures it has.
    pub figures: String,
}

/// The page of the measures: those of one table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Measured {
    /// The place in the page.
    pub id: String,
    /// The table's heading.
    pub title: String,
    /// Publisher and publication, with the release that is the newest.
    pub source: String,
    /// The publication's page; empty where none is declared.
    pub page: String,
    /// Its measures.
    pub measures: Vec<Definition>,
}

/// A measure as it is defined.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Definition {
    /// What it is called.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// Which way is good, in words.
    pub good: String,
    /// Its definition.
    pub definition: String,
    /// The name that commands take.
    pub name: String,
}

/// The front page.
///
/// # Errors
/// A mistake in the template, which a test would have found.
pub fn front(front: &Front) -> Result<String, Error> {
    let front = Value::from(Serde(front));
    rendered(FRONT, context! { front, style => STYLE, version => env!("CARGO_PKG_VERSION") })
}

/// The page of the measures.
///
/// # Errors
/// A mistake in the template, which a test would have found.
pub fn measures(tables: &[Measured]) -> Result<String, Error> {
    let tables = Value::from(Serde(tables));
    rendered(MEASURES, context! { tables, style => STYLE, version => env!("CARGO_PKG_VERSION") })
}
