//! The parts of an OpenDocument spreadsheet and the zip that holds them; the kind of file stands first, unpacked.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::leaf::Leaf;
use super::styles::Styles;
use crate::text::{escaped, one_line};

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";
const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3""#;

/// A4 across, as many pages as the rows need, all columns on one.
const PAGES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-styles NAMES><office:automatic-styles><style:page-layout style:name="across"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape" fo:margin="15mm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="across"/></office:master-styles></office:document-styles>"#;
/// The style of every sheet: it is printed as the pages are.
const SHEET: &str = r#"<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>"#;

/// Packs the sheets.
pub fn packed(title: &str, leaves: &[Leaf], styles: &Styles) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("mimetype", stored)?;
    zip.write_all(KIND.as_bytes())?;
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let parts = [
        ("content.xml", content(leaves, styles)),
        ("styles.xml", PAGES.replace("NAMES", NAMES)),
        ("meta.xml", meta(title)),
        ("META-INF/manifest.xml", manifest()),
    ];
    for (name, text) in parts {
        zip.start_file(name, deflated)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content(leaves: &[Leaf], styles: &Styles) -> String {
    let mut widths: Vec<usize> = leaves.iter().flat_map(|leaf| leaf.widths.iter().copied()).collect();
    widths.sort_unstable();
    widths.dedup();
    let width = |letters: &usize| {
        let size = 4 + letters * 2;
        format!(
            "<style:style style:name=\"w{letters}\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"{size}mm\"/></style:style>"
        )
    };
    let widths: String = widths.iter().map(width).collect();
    let sheets: String = leaves.iter().map(sheet).collect();
    format!(
        "{OPENING}<office:document-content {NAMES}><office:automatic-styles>{}{widths}{SHEET}</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>",
        styles.xml()
    )
}

fn sheet(leaf: &Leaf) -> String {
    let column = |letters: &usize| format!("<table:table-column table:style-name=\"w{letters}\"/>");
    let columns: String = leaf.widths.iter().map(column).collect();
    format!(
        "<table:table table:name=\"{}\" table:style-name=\"sheet\">{columns}{}</table:table>",
        escaped(&leaf.name),
        leaf.rows
    )
}

fn meta(title: &str) -> String {
    format!(
        "{OPENING}<office:document-meta {NAMES}><office:meta><meta:generator>Abreast</meta:generator><dc:title>{}</dc:title><dc:language>en-GB</dc:language></office:meta></office:document-meta>",
        escaped(&one_line(title))
    )
}

fn manifest() -> String {
    let entry = |path: &str, kind: &str| {
        format!("<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{kind}\"/>")
    };
    let entries = [
        entry("/", KIND),
        entry("content.xml", "text/xml"),
        entry("styles.xml", "text/xml"),
        entry("meta.xml", "text/xml"),
    ]
    .concat();
    format!(
        "{OPENING}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">{entries}</manifest:manifest>"
    )
}
