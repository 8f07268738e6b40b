//! The styles of a Word file, from which its style sheet and the height of every line follow, so that the two agree.
//!
//! Out: a `Style` for each kind of paragraph, under the names that Word's own templates use where they have one, and
//! `styles.xml`. A council's template restyles a paper by restyling these.

use std::fmt::Write;
use std::sync::LazyLock;

use super::units::{half_points, twips};
use crate::publish::lettering::POINT;

/// A single line of Arial takes this many times its size.
const SINGLE: f64 = 1.149;
/// Black, as the pages have it.
const INK: &str = "0B0C0C";
/// For what is said beside.
const QUIET: &str = "505A5F";
/// The authority's own colour.
const OWN: &str = "12436D";
/// A thin line between rows.
const HAIR: &str = "D9D9D9";

/// A kind of paragraph.
pub struct Style {
    /// What paragraphs call it by.
    pub id: &'static str,
    name: &'static str,
    based: &'static str,
    /// Its size in points.
    pub points: f64,
    /// Whether its words are in bold.
    pub bold: bool,
    colour: &'static str,
    /// Millimetres above.
    pub before: f64,
    /// Millimetres beneath.
    pub after: f64,
    /// Lines as multiples of a single one.
    line: f64,
    /// Whether it stands on one page with what follows.
    pub keep: bool,
    /// What Word's schema has before the spacing: numbers, borders, shades, tabs.
    frame: &'static str,
    /// What it has behind: indents, alignment, the level in the outline.
    tail: &'static str,
}

impl Style {
    /// The height of one line in millimetres.
    pub fn line(&self) -> f64 {
        self.points * SINGLE * self.line * POINT
    }
}

const PLAIN: Style = Style {
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
const SMALL: Style = Style { based: "Normal", points: 9.5, line: 1.08, ..PLAIN };
const CELL: Style = Style { after: 0.0, line: 1.05, ..SMALL };

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
    fn all(&self) -> [&'static Style; 7] {
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

/// The style sheet: every paragraph style, the looks of words, the tables.
pub static SHEET: LazyLock<String> = LazyLock::new(|| {
    let mut xml = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>"#,
        r#"<w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/>"#,
        r#"<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#
    ));
    for style in ALL.into_iter().chain(CELLS.all()).chain(SMALL_CELLS.all()) {
        paragraph(&mut xml, style);
    }
    let words = [
        ("Strong", "Strong", "<w:b/><w:bCs/>".to_owned()),
        ("Quiet", "Quiet", format!(r#"<w:color w:val="{QUIET}"/>"#)),
        ("OwnFigure", "Own figure", format!(r#"<w:b/><w:bCs/><w:color w:val="{OWN}"/>"#)),
        // Bold twice is not bold in Word, so a heading that is bold already takes the colour alone.
        ("OwnHeading", "Own heading", format!(r#"<w:color w:val="{OWN}"/>"#)),
        ("FootnoteReference", "footnote reference", r#"<w:vertAlign w:val="superscript"/>"#.to_owned()),
    ];
    for (id, name, look) in words {
        let own = if name.starts_with("Own") || name == "Quiet" { r#" w:customStyle="1""# } else { "" };
        let _ = write!(
            xml,
            r#"<w:style w:type="character"{own} w:styleId="{id}"><w:name w:val="{name}"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>"#
        );
    }
    let line = |side: &str, size: u8, colour: &str| {
        format!(r#"<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>"#)
    };
    let _ = write!(
        xml,
        concat!(
            r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#,
            r#"<w:style w:type="table" w:customStyle="1" w:styleId="Layout"><w:name w:val="Layout"/><w:basedOn w:val="TableNormal"/></w:style>"#,
            r#"<w:style w:type="table" w:customStyle="1" w:styleId="Figures"><w:name w:val="Figures"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{}{}</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>{}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style></w:styles>"#
        ),
        line("bottom", 4, HAIR),
        line("insideH", 4, HAIR),
        line("bottom", 8, INK)
    );
    xml
});

fn paragraph(xml: &mut String, style: &Style) {
    let own = if is_words(style) { "" } else { r#" w:customStyle="1""# };
    let (default, based) = match style.based {
        "" => (r#" w:default="1""#, String::new()),
        based => ("", format!(r#"<w:basedOn w:val="{based}"/>"#)),
    };
    let keep = if style.keep { "<w:keepNext/>" } else { r#"<w:keepNext w:val="0"/>"# };
    let (bold, light) = if style.bold { ("<w:b/><w:bCs/>", "") } else { ("", r#"<w:b w:val="0"/>"#) };
    let size = half_points(style.points);
    let _ = write!(
        xml,
        r#"<w:style w:type="paragraph"{default}{own} w:styleId="{}"><w:name w:val="{}"/>{based}<w:qFormat/><w:pPr>{keep}{}<w:spacing w:before="{}" w:after="{}" w:line="{}" w:lineRule="auto"/>{}</w:pPr><w:rPr>{bold}{light}<w:color w:val="{}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#,
        style.id,
        style.name,
        style.frame,
        twips(style.before),
        twips(style.after),
        (style.line * 240.0).round(),
        style.tail,
        style.colour
    );
}

/// Whether Word's own templates have a style of that name.
fn is_words(style: &Style) -> bool {
    matches!(style.id, "Normal" | "Title" | "Subtitle" | "Caption" | "TOC1" | "TOCHeading" | "Footer" | "FootnoteText")
        || style.id.starts_with("Heading")
}
