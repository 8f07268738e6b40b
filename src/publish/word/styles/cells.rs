//! The styles of a table's cells, in the letters of most tables and in smaller ones.

use super::style::{CELL, QUIET, Style};

/// The words of a table.
const TEXT: Style = Style { id: "TableText", name: "Table text", tail: r#"<w:textAlignment w:val="center"/>"#, ..CELL };

/// The figures of a table.
const FIGURE: Style = Style {
    id: "TableFigure",
    name: "Table figure",
    based: "TableText",
    tail: r#"<w:jc w:val="right"/><w:textAlignment w:val="center"/>"#,
    ..CELL
};

/// The quiet line beneath the words of a cell.
const SECOND: Style = Style { id: "TableSecond", name: "Table second line", colour: QUIET, ..CELL };

/// The quiet line beneath a figure.
const SECOND_FIGURE: Style = Style {
    id: "TableSecondFigure",
    name: "Table second line, figures",
    based: "TableSecond",
    tail: r#"<w:jc w:val="right"/>"#,
    ..SECOND
};

/// The heading of a column of words.
const COLUMN: Style = Style { id: "TableHeading", name: "Table heading", bold: true, keep: true, ..CELL };

/// The heading of a column of figures.
const COLUMN_FIGURE: Style = Style {
    id: "TableHeadingFigure",
    name: "Table heading, figures",
    based: "TableHeading",
    tail: r#"<w:jc w:val="right"/>"#,
    ..COLUMN
};

/// A heading between rows.
const GROUP: Style = Style { id: "TableGroup", name: "Table group", keep: true, ..CELL };

/// The styles of a table's cells.
pub struct Cells {
    /// Words.
    pub text: &'static Style,
    /// Figures.
    pub figure: &'static Style,
    /// The quiet line beneath words.
    pub second: &'static Style,
    /// The quiet line beneath figures.
    pub second_figure: &'static Style,
    /// The heading of a column of words.
    pub column: &'static Style,
    /// The heading of a column of figures.
    pub column_figure: &'static Style,
    /// A heading between rows.
    pub group: &'static Style,
}

impl Cells {
    /// Every one of them.
    pub fn all(&self) -> [&'static Style; 7] {
        let Cells { text, figure, second, second_figure, column, column_figure, group } = self;
        [text, figure, second, second_figure, column, column_figure, group]
    }
}

/// The cells of most tables.
pub const CELLS: Cells = Cells {
    text: &TEXT,
    figure: &FIGURE,
    second: &SECOND,
    second_figure: &SECOND_FIGURE,
    column: &COLUMN,
    column_figure: &COLUMN_FIGURE,
    group: &GROUP,
};

/// The letters of a table that is too wide for those of the others, in points.
const NARROW: f64 = 8.5;

/// The cells of a table that is too wide for the letters of the others.
pub const SMALL_CELLS: Cells = Cells {
    text: &Style { id: "TableTextSmall", name: "Table text, small", points: NARROW, ..TEXT },
    figure: &Style { id: "TableFigureSmall", name: "Table figure, small", points: NARROW, ..FIGURE },
    second: &Style { id: "TableSecondSmall", name: "Table second line, small", points: NARROW, ..SECOND },
    second_figure: &Style {
        id: "TableSecondFigureSmall",
        name: "Table second line, figures, small",
        points: NARROW,
        ..SECOND_FIGURE
    },
    column: &Style { id: "TableHeadingSmall", name: "Table heading, small", points: NARROW, ..COLUMN },
    column_figure: &Style {
        id: "TableHeadingFigureSmall",
        name: "Table heading, figures, small",
        points: NARROW,
        ..COLUMN_FIGURE
    },
    group: &Style { id: "TableGroupSmall", name: "Table group, small", points: NARROW, ..GROUP },
};
