//! A document as a Word file: headings as styles, tables with a heading row that repeats, charts with alternative text.
//!
//! In: a `Document` whose charts have their PNG. Out: the bytes of the .docx, a zip of a few XML parts. Every word is
//! escaped by the template; what XML cannot hold stands there by its number. docs/reports.md says why no crate writes it.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::document::{Document, Figure};
use crate::finding::Error;
use crate::text::printable;

const TEMPLATE: &str = include_str!("word/document.xml");
const STYLES: &str = include_str!("word/styles.xml");
const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
const CORE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ title }}</dc:title><dc:subject>Comparative statistics between English local authorities</dc:subject><dc:creator>Abreast</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>{% for picture in pictures %}<Relationship Id="{{ picture.relation }}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/{{ picture.number }}.png"/>{% endfor %}</Relationships>"#;

/// English Metric Units in a centimetre.
const CENTIMETRE: u64 = 360_000;
/// The width of a chart on the page, in centimetres.
const WIDTH: u64 = 16;

/// A chart's place in the file.
#[derive(Serialize)]
struct Picture {
    number: usize,
    relation: String,
    width: u64,
    height: u64,
}

/// The Word file of `document`.
///
/// # Errors
/// A mistake in the template, which a test would have found.
pub fn word(document: &Document) -> Result<Vec<u8>, Error> {
    fill(document).map_err(|error| {
        Error::usage(format!("the Word file could not be made: {error:#}"), "tell the makers of Abreast")
    })
}

type Failure = Box<dyn std::error::Error>;

fn fill(document: &Document) -> Result<Vec<u8>, Failure> {
    let figures: Vec<&Figure> = document.figures().map(|(_, figure)| figure).collect();
    let pictures: Vec<Picture> = (1..).zip(&figures).map(|(number, figure)| placed(number, figure)).collect();
    let by_id: BTreeMap<&str, &Picture> = figures.iter().map(|figure| figure.id.as_str()).zip(&pictures).collect();
    let mut environment = Environment::new();
    // The names' ending is what turns escaping on.
    environment.add_template("document.xml", TEMPLATE)?;
    environment.add_template("core.xml", CORE)?;
    environment.add_template("parts.xml", PARTS)?;
    let who = if document.authority.is_empty() { String::new() } else { format!(": {}", document.authority) };
    let title = format!("{}{who}", document.title);
    let body = environment.get_template("document.xml")?.render(context! {
        document => Value::from(Serde(document)),
        pictures => Value::from(Serde(&by_id)),
        version => env!("CARGO_PKG_VERSION"),
    })?;
    let core = environment.get_template("core.xml")?.render(context! { title })?;
    let parts =
        environment.get_template("parts.xml")?.render(context! { pictures => Value::from(Serde(&pictures)) })?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let texts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("docProps/core.xml", &core),
        ("word/document.xml", &body),
        ("word/styles.xml", STYLES),
        ("word/_rels/document.xml.rels", &parts),
    ];
    for (name, text) in texts {
        zip.start_file(name, options)?;
        zip.write_all(printable(text).as_bytes())?;
    }
    for (picture, figure) in pictures.iter().zip(&figures) {
        zip.start_file(format!("word/media/{}.png", picture.number), options)?;
        zip.write_all(&figure.png)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Number, relation and size of a chart; its height follows from the picture's own measures.
fn placed(number: usize, figure: &Figure) -> Picture {
    let side = |from: usize| {
        let bytes = figure.png.get(from..from + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(1, |bytes| u64::from(u32::from_be_bytes(bytes)).max(1))
    };
    // A PNG's first chunk holds its width and height, from byte 16 on.
    let (width, height) = (side(16), side(20));
    Picture {
        number,
        relation: format!("picture{number}"),
        width: WIDTH * CENTIMETRE,
        height: WIDTH * CENTIMETRE * height / width,
    }
}
