//! A report as plain data, before it becomes a page, a workbook or a folder: the same figures for every writer.
//!
//! In: filled by the command layer. Out: a tree of headings, paragraphs, tables and pictures; a cell keeps the number
//! and the words that a reader sees, so that no writer rounds or formats on its own.

use serde::Serialize;

use crate::shown;

/// The symbol of what cannot have a figure.
const NOT_APPLICABLE: &str = "[z]";

/// One report about one authority.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Document {
    /// Its heading.
    pub title: String,
    /// Whom it is about.
    pub authority: String,
    /// Whether any figure is simulated.
    pub illustrative: bool,
    /// What a cover says: a name and its words.
    pub facts: Vec<(String, String)>,
    /// Words under the heading.
    pub introduction: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
    /// Notes on symbols and methods.
    pub notes: Vec<String>,
    /// Where the figures come from.
    pub sources: Vec<String>,
    /// What each measure is.
    pub definitions: Option<Table>,
}

/// One section.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Section {
    /// Its place in the page.
    pub id: String,
    /// Its heading.
    pub heading: String,
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
    /// What is not there, and what would supply it.
    Missing {
        /// The words.
        text: String,
    },
    /// Figures.
    Table(Table),
    /// A chart.
    Figure(Figure),
}

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    /// Its place in the page and its name in the workbook.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The headings of its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// What a reader must know, a sentence each.
    pub notes: Vec<String>,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading, with the unit.
    pub title: String,
    /// Whether it holds figures.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    pub fn words(title: impl Into<String>) -> Column {
        Column { title: title.into(), numeric: false }
    }

    /// A column of figures.
    pub fn figures(title: impl Into<String>) -> Column {
        Column { title: title.into(), numeric: true }
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
    /// Why there is no figure, where the text is a symbol; what to know of it, where one stands behind it.
    pub reason: String,
    /// `good`, `bad` or empty: the words say it too.
    pub mark: &'static str,
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

    /// The same number behind which a symbol says that it is not simply the publisher's, and why.
    pub fn noted(mut self, symbol: &str, reason: &str) -> Cell {
        self.text = format!("{} {symbol}", self.text);
        self.reason = reason.to_owned();
        self
    }

    /// A symbol with its reason.
    pub fn missing(symbol: &str, reason: &str) -> Cell {
        Cell { text: symbol.to_owned(), reason: reason.to_owned(), ..Cell::default() }
    }

    /// Words that lead to a file beside the page.
    pub fn link(text: impl Into<String>, link: impl Into<String>) -> Cell {
        Cell { text: text.into(), link: link.into(), ..Cell::default() }
    }

    /// The same cell as the figure of this id; a symbol that stands for a missing figure has one too.
    pub fn figure(mut self, id: impl Into<String>) -> Cell {
        if self.text != NOT_APPLICABLE {
            self.id = id.into();
        }
        self
    }

    /// The same cell marked as good or bad news.
    pub fn marked(mut self, mark: &'static str) -> Cell {
        self.mark = mark;
        self
    }
}

/// A chart with its words and data.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figure {
    /// Its place in the page and its file's name.
    pub id: String,
    /// The message.
    pub title: String,
    /// The message for a reader who cannot see it.
    pub alt: String,
    /// The picture, its ids made unlike those of any other picture on the page.
    pub svg: String,
    /// The picture for Word and slides; empty where not asked for.
    #[serde(skip)]
    pub png: Vec<u8>,
    /// The data as published beside the chart.
    #[serde(skip)]
    pub csv: String,
    /// The data as a table.
    pub data: Table,
    /// Whether periods run along it; else it is bars in order.
    pub line: bool,
}

impl Document {
    /// The id of every figure in the tables, with the table and the headings of its row and column.
    pub fn ids(&self) -> Option<Table> {
        let mut list = Table { id: "ids-table".into(), title: "Ids of the figures".into(), ..Table::default() };
        list.columns = ["Table", "Row", "Column", "Figure", "Id"].map(Column::words).into();
        for (_, table) in self.tables() {
            for row in &table.rows {
                for (column, cell) in table.columns.iter().zip(row).filter(|(_, cell)| !cell.id.is_empty()) {
                    let words = [&table.title, &row[0].text, &column.title, &cell.text, &cell.id];
                    list.rows.push(words.map(Cell::words).into());
                }
            }
        }
        (!list.rows.is_empty()).then_some(list)
    }

    /// Every table, each with its section's heading, in order; data tables of charts are not among them.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &Table)> {
        self.sections.iter().flat_map(|section| {
            section.blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some((section.heading.as_str(), table)),
                _ => None,
            })
        })
    }

    /// Every chart, with its section's heading, in order.
    pub fn figures(&self) -> impl Iterator<Item = (&str, &Figure)> {
        self.sections.iter().flat_map(|section| {
            section.blocks.iter().filter_map(|block| match block {
                Block::Figure(figure) => Some((section.heading.as_str(), figure)),
                _ => None,
            })
        })
    }
}
