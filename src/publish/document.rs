//! A board paper as plain data, before it becomes a page, a Word file or a workbook: the same figures for every writer.
//!
//! In: filled by the papers. Out: masthead, messages, the table of the first page, sections that ask a question, annex; a cell
//! keeps the number and the words that a reader sees, so that no writer rounds, words or draws on its own.

use serde::Serialize;

use crate::shown;

mod standing;

pub use standing::{Standing, Trace};

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
    pub further: Vec<Figure>,
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
    pub figures: Vec<Figure>,
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

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    /// Its place in the page and its name in the workbook.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// A quiet line beneath the title; empty for none.
    pub caption: String,
    /// The headings of its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// Headings between its rows, in order; none where all rows are of one kind.
    pub groups: Vec<Group>,
    /// What a reader must know, a sentence each.
    pub notes: Vec<String>,
    /// Whether symbols stand in a workbook's cells where no figure is; else they are blank with the reasons in a column of their own.
    pub symbols: bool,
}

/// A heading over the rows from `first` on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The index of the first row beneath it.
    pub first: usize,
    /// The heading: `Performance`.
    pub heading: String,
    /// Quiet words behind it; empty for none.
    pub note: String,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading, with the unit.
    pub title: String,
    /// A quiet line beneath the heading; empty for none.
    pub second: String,
    /// Whether it holds figures.
    pub numeric: bool,
    /// Whether it is the authority's own.
    pub own: bool,
}

impl Column {
    /// A column of words.
    pub fn words(title: impl Into<String>) -> Column {
        Column { title: title.into(), ..Column::default() }
    }

    /// A column of figures.
    pub fn figures(title: impl Into<String>) -> Column {
        Column { numeric: true, ..Column::words(title) }
    }

    /// The authority's own figures.
    pub fn own(title: impl Into<String>) -> Column {
        Column { own: true, ..Column::figures(title) }
    }

    /// The same column with a quiet line beneath its heading.
    pub fn with(self, second: impl Into<String>) -> Column {
        Column { second: second.into(), ..self }
    }
}

/// A cell: words, or a number with the words that a reader sees.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// The number, where the cell is one.
    pub number: Option<f64>,
    /// Decimals shown.
    pub places: u8,
    /// What a reader sees.
    pub text: String,
    /// A quiet line beneath it; empty for none.
    pub second: String,
    /// Why there is no figure, where the text stands for one; what to know of it, where one is there.
    pub reason: String,
    /// The symbol behind a figure that is not as published; empty for none.
    pub symbol: String,
    /// A shape before the words, which say it too.
    pub mark: Option<Picture>,
    /// A picture over the words, which say it too.
    pub picture: Option<Picture>,
    /// Whether it is in bold.
    pub strong: bool,
    /// Where the words lead, a path beside the page; empty for nowhere.
    pub link: String,
    /// The id that `abreast explain` takes; empty where the cell is no figure.
    pub id: String,
}

impl Cell {
    /// Words.
    pub fn words(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// A number of `places` decimals, rounded half up for the reader and kept whole for the spreadsheet.
    pub fn number(value: f64, places: u8) -> Cell {
        Cell { number: Some(value), places, text: shown::number(value, places), ..Cell::default() }
    }

    /// A difference, with its sign.
    pub fn change(value: f64, places: u8) -> Cell {
        Cell::shown(value, places, shown::change(value, places))
    }

    /// A number and what a reader sees of it.
    pub fn shown(value: f64, places: u8, text: impl Into<String>) -> Cell {
        Cell { number: Some(value), places, text: text.into(), ..Cell::default() }
    }

    /// No figure: a word that stands for it, and the reason.
    pub fn missing(word: &str, reason: &str) -> Cell {
        Cell { text: word.to_owned(), reason: reason.to_owned(), ..Cell::default() }
    }

    /// Words that lead to a file beside the page.
    pub fn link(text: impl Into<String>, link: impl Into<String>) -> Cell {
        Cell { text: text.into(), link: link.into(), ..Cell::default() }
    }

    /// The same cell as the figure of this id; a word that stands for a missing figure has one too, an empty cell has none.
    pub fn figure(mut self, id: impl Into<String>) -> Cell {
        if !self.text.is_empty() {
            self.id = id.into();
        }
        self
    }

    /// The same cell with a quiet line beneath.
    pub fn with(mut self, second: impl Into<String>) -> Cell {
        self.second = second.into();
        self
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.picture.is_none()
    }

    /// The same number behind which a symbol says that it is not simply the publisher's, and why.
    pub fn qualified(mut self, symbol: &str, reason: &str) -> Cell {
        self.text = format!("{} {symbol}", self.text);
        self.symbol = symbol.to_owned();
        self.reason = reason.to_owned();
        self
    }

    /// The same cell with what to know of it.
    pub fn noted(mut self, reason: impl Into<String>) -> Cell {
        self.reason = reason.into();
        self
    }

    /// The same cell behind a shape.
    pub fn marked(mut self, mark: Picture) -> Cell {
        self.mark = Some(mark);
        self
    }

    /// The same cell under a picture.
    pub fn under(mut self, picture: Picture) -> Cell {
        self.picture = Some(picture);
        self
    }

    /// The same cell in bold.
    pub fn bold(mut self) -> Cell {
        self.strong = true;
        self
    }
}

/// A small picture that only repeats what words beside it say: hidden from screen readers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Picture {
    /// What it is, which is the same for equal pictures: `worse`, `amber`, `strip-118-151-103-127`.
    pub name: String,
    /// As drawn for the page.
    pub svg: String,
    /// As drawn for Word; empty where not asked for.
    #[serde(skip)]
    pub png: Vec<u8>,
    /// Its width in millimetres.
    pub width: f64,
    /// Its height in millimetres.
    pub height: f64,
}

/// A chart with its words and data.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figure {
    /// Its place in the page and its file's name.
    pub id: String,
    /// The message.
    pub title: String,
    /// What tells it from another chart with the same message: `over the years`.
    #[serde(skip)]
    pub shows: &'static str,
    /// One line: what is measured, of when.
    pub subtitle: String,
    /// What the marks stand for; empty where the lines carry their names.
    pub key: Vec<Key>,
    /// What says something that title and subtitle do not, a sentence each.
    pub notes: Vec<String>,
    /// The message for a reader who cannot see it.
    pub alt: String,
    /// The picture, its ids made unlike those of any other picture on the page.
    pub svg: String,
    /// The same picture for a phone; empty where the one serves.
    pub phone: String,
    /// The picture for Word and slides; empty where not asked for.
    #[serde(skip)]
    pub png: Vec<u8>,
    /// The data as published beside the chart.
    #[serde(skip)]
    pub csv: String,
    /// The data as a table: a row an area, a column a period or a part.
    pub data: Table,
    /// How a spreadsheet draws the same data.
    pub plot: Plot,
}

/// An entry of a chart's key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Key {
    /// What it stands for.
    pub name: String,
    /// The mark.
    pub svg: String,
    /// The mark for Word; empty where not asked for.
    #[serde(skip)]
    pub png: Vec<u8>,
}

/// How a spreadsheet draws a chart's data.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Plot {
    /// What stands for a figure.
    pub shape: Shape,
    /// Whether the figures are shares of 100.
    pub percent: bool,
    /// The indices of the data's columns from which on figures are counted in a new way.
    pub breaks: Vec<usize>,
    /// Whose each row of the data is.
    pub roles: Vec<Role>,
}

/// What stands for a figure, and along what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A bar for each row, in order.
    #[default]
    Bars,
    /// A line for each row, along the periods.
    Lines,
    /// A bar for each row, cut into the parts of a whole.
    Stacked,
    /// Bars for each column, one for each row, such as the ages of an authority beside England's.
    Groups,
    /// A small chart of lines for each measure, whose rows are named `area: measure`.
    Panels,
    /// A point for each row: the first column upright, the second along the foot.
    Points,
    /// Nothing: measures that share no scale are figures alone.
    Nothing,
}

/// Whose figures a line or bar shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The authority's own.
    Own,
    /// England's.
    England,
    /// The average of its statistical neighbours.
    Neighbours,
    /// Its region's.
    Region,
    /// Anybody else's.
    #[default]
    Other,
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
    pub fn figures(&self) -> impl Iterator<Item = (&str, &Figure)> {
        self.sections.iter().flat_map(|section| {
            let charts = section.blocks.iter().filter_map(|block| match block {
                Block::Charts(charts) => Some(&charts.figures),
                _ => None,
            });
            charts.flatten().map(|figure| (section.heading.as_str(), figure))
        })
    }
}
