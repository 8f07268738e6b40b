//! The parts of a Word file and the zip that holds them.
//!
//! In: the body and what it refers to. Out: bytes. What does not change from paper to paper stands in files beside this one.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Parts;
use super::contents::{field, order};
use super::styles::sheet::SHEET;
use crate::publish::document::Document;
use crate::text::{escaped, printable};

const TYPES: &str = include_str!("types.xml");
const RELATIONS: &str = include_str!("relations.xml");
const SETTINGS: &str = include_str!("settings.xml");
const NUMBERING: &str = include_str!("numbering.xml");

/// The namespaces that a body uses.
const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture""#;
const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
/// A4 upright, margins of 14, 18, 16 and 18 mm.
const PAGE: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="794" w:right="1020" w:bottom="907" w:left="1021" w:header="397" w:footer="397" w:gutter="0"/></w:sectPr>"#;

/// Packs `body`, of so many pages, with all that it refers to.
pub fn packed(document: &Document, body: &str, pages: usize, parts: &Parts<'_>) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(body.len())));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let whole = format!("{OPENING}<w:document {NAMES}><w:body>{body}{PAGE}</w:body></w:document>");
    let texts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("docProps/core.xml", &core(document)),
        ("docProps/app.xml", &app(pages)),
        ("word/document.xml", &printable(&whole)),
        ("word/styles.xml", &SHEET),
        ("word/settings.xml", SETTINGS),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", &parts.notes.part()),
        ("word/footer.xml", &footer(document)),
        ("word/_rels/document.xml.rels", &relations(parts)),
    ];
    for (name, text) in texts {
        zip.start_file(name, packed)?;
        zip.write_all(text.as_bytes())?;
    }
    // A PNG is packed already.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (number, png) in parts.pictures.bytes() {
        zip.start_file(format!("word/media/{number}.png"), stored)?;
        zip.write_all(png)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn core(document: &Document) -> String {
    format!(
        r#"{OPENING}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>Abreast</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>"#,
        escaped(&document.full_title()),
        escaped(&document.subtitle)
    )
}

fn app(pages: usize) -> String {
    format!(
        r#"{OPENING}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Pages>{pages}</Pages><Application>Abreast</Application></Properties>"#
    )
}

/// Title left, page right, as in print.
fn footer(document: &Document) -> String {
    let illustrative = if document.illustrative { ": illustrative figures" } else { "" };
    let counted = |name: &str| {
        let shown = r#"<w:r><w:t>1</w:t></w:r>"#;
        [field("begin"), order(name), field("separate"), shown.to_owned(), field("end")].concat()
    };
    let words = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    format!(
        r#"{OPENING}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{}<w:r><w:tab/></w:r>{}{}{}{}</w:p></w:ftr>"#,
        words(&escaped(&format!("{}{illustrative}", document.full_title()))),
        words("Page "),
        counted("PAGE"),
        words(" of "),
        counted("NUMPAGES")
    )
}

fn relations(parts: &Parts<'_>) -> String {
    let mut xml =
        format!(r#"{OPENING}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    for name in ["styles", "settings", "numbering", "footnotes", "footer"] {
        xml.push_str(&format!(
            r#"<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}" Target="{name}.xml"/>"#
        ));
    }
    xml + &parts.pictures.relations() + "</Relationships>"
}
