//! The styles of a Word file, from which its style sheet and the height of every line follow, so that the two agree.
//!
//! Out: a `Style` for each kind of paragraph, under the names that Word's own templates use where they have one, and
//! `styles.xml`. A council's template restyles a paper by restyling these.

mod cells;
pub mod sheet;
mod style;

pub use cells::{CELLS, Cells, SMALL_CELLS};
pub use style::Style;
use style::{OWN, PLAIN, QUIET, SMALL};

/// Running text.
pub const NORMAL: Style = PLAIN;
/// What kind of paper it is, for whom, of when.
pub const MASTHEAD: Style = Style {
    id: "Masthead",
    name: "Masthead",
    colour: QUIET,
    after: 0.8,
    keep: true,
    frame: r#"<w:pBdr><w:top w:val="single" w:sz="30" w:space="6" w:color="12436D"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="9865"/></w:tabs>"#,
    ..SMALL
};
/// The paper's name.
pub const TITLE: Style = Style {
    id: "Title",
    name: "Title",
    based: "Normal",
    points: 22.0,
    bold: true,
    after: 1.0,
    line: 1.0,
    keep: true,
    ..PLAIN
};
/// What is compared with what.
pub const SUBTITLE: Style =
    Style { id: "Subtitle", name: "Subtitle", based: "Normal", points: 11.5, after: 2.5, line: 1.1, ..PLAIN };
/// A box that says that figures are made up.
pub const FLAG: Style = Style {
    id: "Flag",
    name: "Flag",
    bold: true,
    frame: r#"<w:pBdr><w:top w:val="single" w:sz="8" w:space="3" w:color="0B0C0C"/><w:left w:val="single" w:sz="8" w:space="6" w:color="0B0C0C"/><w:bottom w:val="single" w:sz="8" w:space="3" w:color="0B0C0C"/><w:right w:val="single" w:sz="8" w:space="6" w:color="0B0C0C"/></w:pBdr>"#,
    tail: r#"<w:ind w:left="140" w:right="140"/>"#,
    ..SMALL
};
/// A question.
pub const HEADING: Style = Style {
    id: "Heading1",
    name: "heading 1",
    based: "Normal",
    points: 14.0,
    bold: true,
    before: 5.0,
    after: 1.2,
    line: 1.05,
    keep: true,
    frame: r#"<w:pBdr><w:top w:val="single" w:sz="8" w:space="4" w:color="12436D"/></w:pBdr>"#,
    tail: r#"<w:outlineLvl w:val="0"/>"#,
    ..PLAIN
};
/// A part of the annex.
pub const PART: Style = Style {
    id: "Heading2",
    name: "heading 2",
    based: "Normal",
    bold: true,
    before: 4.0,
    after: 1.0,
    line: 1.05,
    keep: true,
    tail: r#"<w:outlineLvl w:val="1"/>"#,
    ..PLAIN
};
/// The heading of the contents, which is not among them.
pub const CONTENTS: Style =
    Style { id: "TOCHeading", name: "TOC Heading", based: "Normal", before: 0.0, tail: "", ..PART };
/// A line of the contents.
pub const ENTRY: Style = Style {
    id: "TOC1",
    name: "toc 1",
    after: 0.6,
    frame: r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9865"/></w:tabs>"#,
    ..SMALL
};
/// The answer to a section's question.
pub const ANSWER: Style = Style { id: "Answer", name: "Answer", based: "Normal", keep: true, ..PLAIN };
/// A key message.
pub const MESSAGE: Style = Style { id: "Message", name: "Message", based: "Normal", after: 0.0, line: 1.12, ..PLAIN };
/// The shape and word before a message.
pub const TAG: Style = Style {
    id: "Tag",
    name: "Tag",
    points: 10.0,
    bold: true,
    after: 0.0,
    line: 1.2,
    tail: r#"<w:textAlignment w:val="center"/>"#,
    ..SMALL
};
/// What a dashboard's figure is.
pub const TILE_NAME: Style = Style { id: "TileName", name: "Tile name", bold: true, after: 0.4, ..SMALL };
/// A dashboard's figure.
pub const TILE: Style = Style {
    id: "TileFigure",
    name: "Tile figure",
    points: 22.0,
    bold: true,
    colour: OWN,
    after: 0.4,
    line: 1.0,
    ..SMALL
};
/// What is not included, what is provisional.
pub const REMARK: Style = Style { id: "Remark", name: "Remark", colour: QUIET, before: 1.0, after: 1.0, ..SMALL };
/// A table's name.
pub const CAPTION: Style = Style {
    id: "Caption",
    name: "caption",
    based: "Normal",
    bold: true,
    before: 3.0,
    after: 0.3,
    line: 1.08,
    keep: true,
    ..PLAIN
};
/// The quiet line beneath it.
pub const UNDER: Style =
    Style { id: "CaptionLine", name: "Caption line", colour: QUIET, after: 1.2, keep: true, ..SMALL };
/// What a reader must know of a table or chart.
pub const NOTE: Style = Style { id: "Note", name: "Note", colour: QUIET, before: 0.6, after: 0.6, ..SMALL };
/// A chart's message.
pub const CHART: Style =
    Style { id: "ChartTitle", name: "Chart title", based: "Caption", before: 0.0, after: 0.4, ..CAPTION };
/// What a chart measures.
pub const CHART_LINE: Style =
    Style { id: "ChartLine", name: "Chart line", colour: QUIET, after: 0.4, keep: true, ..SMALL };
/// What a chart's marks stand for.
pub const KEY: Style = Style {
    id: "ChartKey",
    name: "Chart key",
    after: 0.4,
    keep: true,
    tail: r#"<w:textAlignment w:val="center"/>"#,
    ..SMALL
};
/// The line that a picture stands on.
pub const PICTURE: Style = Style { id: "Chart", name: "Chart", based: "Normal", after: 0.6, line: 1.0, ..PLAIN };
/// Between two things that would else touch.
pub const GAP: Style = Style { id: "Gap", name: "Gap", points: 4.0, after: 0.0, line: 1.0, ..SMALL };
/// Running text of the annex.
pub const ANNEX: Style = Style { id: "AnnexText", name: "Annex text", after: 1.2, ..SMALL };
/// A source, numbered.
pub const SOURCE: Style = Style {
    id: "Source",
    name: "Source",
    after: 0.4,
    frame: r#"<w:numPr><w:numId w:val="1"/></w:numPr>"#,
    tail: r#"<w:ind w:left="340" w:hanging="340"/>"#,
    ..SMALL
};
/// At the foot of every page.
pub const FOOTER: Style = Style {
    id: "Footer",
    name: "footer",
    points: 9.0,
    colour: QUIET,
    after: 0.0,
    frame: r#"<w:tabs><w:tab w:val="right" w:pos="9865"/></w:tabs>"#,
    ..SMALL
};
/// What a word means, at the foot of the page.
pub const FOOTNOTE: Style =
    Style { id: "FootnoteText", name: "footnote text", points: 9.0, after: 0.4, line: 1.0, ..SMALL };

const ALL: [&Style; 27] = [
    &NORMAL,
    &MASTHEAD,
    &TITLE,
    &SUBTITLE,
    &FLAG,
    &HEADING,
    &PART,
    &CONTENTS,
    &ENTRY,
    &ANSWER,
    &MESSAGE,
    &TAG,
    &TILE_NAME,
    &TILE,
    &REMARK,
    &CAPTION,
    &UNDER,
    &NOTE,
    &CHART,
    &CHART_LINE,
    &KEY,
    &PICTURE,
    &GAP,
    &ANNEX,
    &SOURCE,
    &FOOTER,
    &FOOTNOTE,
];
