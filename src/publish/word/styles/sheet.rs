//! Every style as the style sheet of a Word file.

use std::fmt::Write;
use std::sync::LazyLock;

use super::ALL;
use super::cells::{CELLS, SMALL_CELLS};
use super::style::{HAIR, INK, OWN, QUIET, Style};
use crate::publish::word::units::{half_points, twips};

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
