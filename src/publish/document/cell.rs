//! A cell of a document: words, or a number with the words that a reader sees, and the small pictures that repeat them.

use serde::Serialize;

use crate::shown;

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
