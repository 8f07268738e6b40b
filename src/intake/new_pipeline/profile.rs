//! One column by its cells: how many of them are figures, marks, periods, codes or names of areas.

use std::collections::BTreeMap;

use crate::area::{LaCode, Level, Register};
use crate::grid::TextTable;
use crate::period::Period;
use crate::value::Symbols;

/// A column and what its cells are, as shares of those that are not blank.
pub(super) struct Profile<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its name in lower case.
    pub lower: String,
    /// Each text with how often it stands there.
    pub cells: BTreeMap<&'t str, usize>,
    /// How many cells are not blank.
    pub filled: usize,
}

impl<'t> Profile<'t> {
    /// Looks at every cell of a column.
    pub fn of(table: &'t TextTable, column: usize, name: &'t str) -> Profile<'t> {
        let cells = distinct(table, column);
        let filled = cells.values().sum();
        Profile { name, lower: name.to_lowercase(), cells, filled }
    }

    /// The share of the cells that `fits` accepts.
    pub fn share(&self, fits: impl Fn(&str) -> bool) -> f64 {
        let count: usize = self.cells.iter().filter(|(text, _)| fits(text)).map(|(_, count)| count).sum();
        if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 }
    }

    /// The words of its name.
    pub fn words(&self) -> Vec<&str> {
        self.lower.split(|c: char| !c.is_alphanumeric() && c != '%').filter(|word| !word.is_empty()).collect()
    }

    /// How many local authorities it names, by name or code.
    pub fn authorities(&self, register: &Register) -> usize {
        self.cells.keys().filter(|text| register.known(text).is_some()).count()
    }

    /// Whether every cell says one thing, or nothing.
    pub fn is_constant(&self) -> bool {
        self.cells.len() <= 1
    }

    /// Whether it holds figures, marks among them.
    pub fn is_figures(&self) -> bool {
        let numbers = self.share(is_number);
        let told = self.share(|text| is_number(text) || is_mark(text));
        (numbers > 0.5 || told > 0.99) && self.filled > 0 && (numbers > 0.0 || self.cells.len() <= 3)
    }

    /// Whether its name says that it numbers or names what a row is about, so that it is no quantity.
    pub fn is_identifier(&self) -> bool {
        const WORDS: [&str; 16] = [
            "urn",
            "laestab",
            "estab",
            "ukprn",
            "upn",
            "uln",
            "uprn",
            "postcode",
            "telephone",
            "easting",
            "northing",
            "id",
            "identifier",
            "ref",
            "reference",
            "estabno",
        ];
        let words = self.words();
        words.iter().any(|word| WORDS.contains(word)) || words.last().is_some_and(|word| *word == "code")
    }

    /// Whether its name says that it is about time.
    pub fn is_about_time(&self) -> bool {
        const WORDS: [&str; 8] = ["year", "period", "time", "date", "month", "quarter", "term", "cohort"];
        self.words().iter().any(|word| WORDS.iter().any(|known| word.starts_with(known) || word.ends_with(known)))
    }

    /// Whether its cells are years, or other periods of which each stands in several rows.
    pub fn is_periods(&self, rows: usize) -> bool {
        let is_year =
            |text: &str| text.parse::<u32>().is_ok_and(|year| (1990..2060).contains(&year)) && text.len() == 4;
        let repeated = self.cells.len() * 5 <= rows.max(5) || self.cells.len() <= 2;
        if self.is_about_time() {
            return self.share(|text| Period::parse(text, "", None).is_ok()) > 0.9 && repeated;
        }
        repeated && (self.share(is_year) > 0.99 || self.share(|text| !is_number(text) && is_period(text)) > 0.9)
    }

    /// Whether its cells are days that belong to the rows, such as when each was inspected, and no day on which all were
    /// counted: of those each stands in a row of half of the `authorities` at least.
    pub fn is_days_of_rows(&self, authorities: usize) -> bool {
        let is_day = |text: &str| Period::parse(text, "", None).is_ok_and(|period| period.start == period.end);
        self.share(is_day) > 0.5 && self.cells.len() > 2 && self.cells.len() * authorities > self.filled * 2
    }

    /// Whether its cells are 1, 2, 3 and so on under no name: the rows' own numbers, as programs write them out.
    pub fn numbers_rows(&self) -> bool {
        let count = self.cells.len();
        let is_one = |text: &str| text.parse::<usize>().is_ok_and(|number| (1..=count).contains(&number));
        self.name.starts_with("(no name)")
            && count > 1
            && count == self.filled
            && self.cells.keys().all(|text| is_one(text))
    }
}

fn is_period(text: &str) -> bool {
    Period::parse(text, "", None).is_ok()
}

/// Whether a cell is a figure.
pub(super) fn is_number(text: &str) -> bool {
    Symbols::none().read(text).number().is_some()
}

/// Whether a cell is a mark that stands for a figure in government statistics.
pub(super) fn is_mark(text: &str) -> bool {
    const MARKS: [&str; 22] = [
        "c", "k", "x", "z", "u", "low", ".", "..", "-", ":", "*", "~", "n/a", "na", "null", "nan", "#n/a", "supp", "s",
        "np", "<5", "#",
    ];
    let bare = text.trim_matches(['[', ']', '(', ')']).to_lowercase();
    MARKS.contains(&bare.as_str())
}

/// Whether a text has the shape of a nine-character code: `E06000001`.
pub(super) fn is_ons(text: &str) -> bool {
    text.len() == 9
        && text.starts_with(['E', 'W', 'S', 'N', 'K'])
        && text.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

/// Whether a text is the 3-digit code of an authority.
pub(super) fn is_code(text: &str, register: &Register) -> bool {
    text.parse::<LaCode>().is_ok_and(|code| register.newest(code).is_some())
}

/// Whether a text is a geographic level.
pub(super) fn is_level(text: &str) -> bool {
    Level::from_publisher(text).is_some()
}

/// The texts of a column, blanks left out, with how often each stands there.
pub fn distinct(table: &TextTable, column: usize) -> BTreeMap<&str, usize> {
    let mut texts = BTreeMap::new();
    let cells = table.frame.columns().get(column).and_then(|cells| cells.str().ok());
    for text in
        cells.into_iter().flat_map(|cells| cells.iter().flatten()).map(str::trim).filter(|text| !text.is_empty())
    {
        *texts.entry(text).or_default() += 1;
    }
    texts
}
