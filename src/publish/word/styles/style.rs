//! One kind of paragraph: its letters, its room above and beneath, and the height of its lines.

use crate::publish::lettering::POINT;

/// A single line of Arial takes this many times its size.
const SINGLE: f64 = 1.149;

/// Black, as the pages have it.
pub const INK: &str = "0B0C0C";

/// For what is said beside.
pub const QUIET: &str = "505A5F";

/// The authority's own colour.
pub const OWN: &str = "12436D";

/// A thin line between rows.
pub const HAIR: &str = "D9D9D9";

/// A kind of paragraph.
pub struct Style {
    /// What paragraphs call it by.
    pub id: &'static str,
    /// What Word lists it as.
    pub name: &'static str,
    /// The style that Word takes the rest from; empty for none.
    pub based: &'static str,
    /// Its size in points.
    pub points: f64,
    /// Whether its words are in bold.
    pub bold: bool,
    /// The colour of its words.
    pub colour: &'static str,
    /// Millimetres above.
    pub before: f64,
    /// Millimetres beneath.
    pub after: f64,
    /// Lines as multiples of a single one.
    pub line: f64,
    /// Whether it stands on one page with what follows.
    pub keep: bool,
    /// What Word's schema has before the spacing: numbers, borders, shades, tabs.
    pub frame: &'static str,
    /// What it has behind: indents, alignment, the level in the outline.
    pub tail: &'static str,
}

impl Style {
    /// The height of one line in millimetres.
    pub fn line(&self) -> f64 {
        self.points * SINGLE * self.line * POINT
    }
}

/// What every style begins from.
pub const PLAIN: Style = Style {
    id: "Normal",
    name: "Normal",
    based: "",
    points: 11.0,
    bold: false,
    colour: INK,
    before: 0.0,
    after: 2.0,
    line: 1.2,
    keep: false,
    frame: "",
    tail: "",
};

/// Smaller words.
pub const SMALL: Style = Style { based: "Normal", points: 9.5, line: 1.08, ..PLAIN };

/// The words of a cell.
pub const CELL: Style = Style { after: 0.0, line: 1.05, ..SMALL };
