//! A board paper as plain data, before it becomes a page, a Word file or a workbook: the same figures for every writer.
//!
//! In: filled by the papers. Out: masthead, messages, the table of the first page, sections that ask a question, annex; a cell
//! keeps the number and the words that a reader sees, so that no writer rounds, words or draws on its own.

use serde::Serialize;

mod cell;
mod figure;
mod standing;
mod table;

pub use cell::{Cell, Picture};
pub use figure::{Key, PaperChart, Plot, Role, Shape};
pub use standing::{Standing, Trace};
pub use table::{Column, Group, Table};

/// One paper about one authority.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Document {
    /// What kind of paper it is: `Briefing paper`.
    pub kind: String,
    /// Whom it is for: `the Children's Services and Education Scrutiny Board`; empty where nothing says.
    pub audience: String,
    /// What its figures are of: `Figures for 2024 and January 2025`.
    pub dated: String,
    /// Its heading, with the place: `Special educational needs in Sandwell`.
    pub title: String,
    /// One line on what is compared with what.
    pub subtitle: String,
    /// Whom it is about.
    pub authority: String,
    /// Whether any figure is simulated.
    pub illustrative: bool,
    /// The key messages, in order.
    pub messages: Vec<Message>,
    /// What the first page says beneath them: what is not included, what is provisional.
    pub remarks: Vec<Remark>,
    /// The tiles of a dashboard, in whose stead the table of the first page stands on the next.
    pub tiles: Vec<Tile>,
    /// The table of the first page.
    pub glance: Option<Table>,
    /// Whether what stands on the first page is set closer, so that more of it fits.
    pub close: bool,
    /// The same rows as numbers, for the workbook.
    pub standing: Vec<Standing>,
    /// Measures over their years that no section draws, for the workbook: figures without a picture.
    #[serde(skip)]
    pub further: Vec<PaperChart>,
    /// Where the figures were published, for the workbook.
    #[serde(skip)]
    pub traces: Vec<Trace>,
    /// The council's own words under the heading, a paragraph each.
    pub introduction: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
    /// Words, full figures and sources.
    pub annex: Annex,
}

/// A key message: a tag, a sentence in bold, the figures that carry it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Message {
    /// The tag's shape.
    pub mark: Option<Picture>,
    /// The tag's word.
    pub word: String,
    /// The sentence in bold.
    pub bold: String,
    /// The figures.
    pub rest: String,
}

/// A figure of a dashboard: what it is, how it stands and how it moved.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tile {
    /// What is measured.
    pub name: String,
    /// When.
    pub period: String,
    /// The figure.
    pub figure: Cell,
    /// The shape of its verdict.
    pub mark: Option<Picture>,
    /// The verdict's word.
    pub word: String,
    /// What stands beneath, a line each.
    pub lines: Vec<String>,
}

/// A line that opens with a word in bold: `Not included:`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Remark {
    /// The word in bold, without its colon.
    pub label: String,
    /// The line.
    pub text: String,
}

/// One section.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Section {
    /// Its place in the page.
    pub id: String,
    /// Its number; 0 for none.
    pub number: usize,
    /// Its heading: a question.
    pub heading: String,
    /// What answers it, in one to three sentences; empty for none.
    pub answer: String,
    /// What it holds, in order.
    pub blocks: Vec<Block>,
}

/// One thing in a section.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// Words.
    Paragraph {
        /// The words.
        text: String,
    },
    /// Figures.
    Table(Table),
    /// Charts beside each other.
    Charts(Charts),
}

/// Charts beside each other: titles on one line, pictures on the next.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Charts {
    /// How many fit beside each other: 1 or 2.
    pub across: u8,
    /// The charts, in order.
    pub figures: Vec<PaperChart>,
}

/// What stands at the end: full figures, what words mean, what is not there, sources.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Annex {
    /// Every measure of the paper.
    pub table: Option<Table>,
    /// The council's own measures: every month, and every figure in full.
    pub returned: Vec<Table>,
    /// What the words mean: each a term and its meaning.
    pub words: Vec<Remark>,
    /// What is not in the paper, each with its reason.
    pub absent: Vec<String>,
    /// What changed since the last paper, a sentence each.
    pub since: Vec<String>,
    /// Where the figures come from, to be numbered.
    pub sources: Vec<String>,
    /// What the workbook gives.
    pub closing: String,
    /// The definition of each measure, for the workbook.
    pub definitions: Option<Table>,
}

impl Document {
    /// Its title with the place, which most titles have.
    pub fn full_title(&self) -> String {
        let (title, place) = (&self.title, &self.authority);
        if place.is_empty() || title.contains(place.as_str()) { title.clone() } else { format!("{title}: {place}") }
    }

    /// Every table with the heading that it stands under, in order: the first page, the sections, the annex. Data tables of
    /// charts are not among them.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &Table)> {
        let glance = self.glance.iter().map(|table| ("At a glance", table));
        let sections = self.sections.iter().flat_map(|section| {
            section.blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some((section.heading.as_str(), table)),
                _ => None,
            })
        });
        let annex = self.annex.table.iter().chain(&self.annex.returned);
        glance.chain(sections).chain(annex.map(|table| ("Annex", table)))
    }

    /// Every chart, with its section's heading, in order.
    pub fn figures(&self) -> impl Iterator<Item = (&str, &PaperChart)> {
        self.sections.iter().flat_map(|section| {
            let charts = section.blocks.iter().filter_map(|block| match block {
                Block::Charts(charts) => Some(&charts.figures),
                _ => None,
            });
            charts.flatten().map(|figure| (section.heading.as_str(), figure))
        })
    }
}
