//! Writes an OpenDocument spreadsheet: text, dates and links in plain sheets, the same bytes each time.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::Outcome;
use crate::dates::Day;

/// One cell.
#[derive(Clone)]
pub enum Cell {
    Empty,
    Text(String),
    Date(Day),
    /// A hyperlink formula: where it leads, and what is shown.
    Link(String, &'static str),
}

impl Cell {
    /// A cell that holds a text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A named sheet, row by row.
pub struct Sheet {
    pub name: &'static str,
    pub rows: Vec<Vec<Cell>>,
}

const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Sheets of this format are 16,384 columns wide, and publishers' files say so in every row.
const COLUMNS: usize = 16_384;
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
    xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" \
    xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\" office:version=\"1.3\"";
const STYLES: &str = "<number:date-style style:name=\"N1\"><number:day number:style=\"long\"/>\
    <number:text>/</number:text><number:month number:style=\"long\"/><number:text>/</number:text>\
    <number:year number:style=\"long\"/></number:date-style><style:style style:name=\"ce1\" \
    style:family=\"table-cell\" style:data-style-name=\"N1\"/>";

/// The file's bytes: the mimetype first and uncompressed, then the sheets.
///
/// # Errors
/// The archive cannot be written.
pub fn workbook(sheets: &[Sheet]) -> Outcome<Vec<u8>> {
    let content = format!(
        "{DECLARATION}<office:document-content {NAMESPACES}><office:automatic-styles>{STYLES}\
         </office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body>\
         </office:document-content>",
        sheets.iter().map(sheet).collect::<String>()
    );
    let styles = format!("{DECLARATION}<office:document-styles {NAMESPACES}/>");
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let dated = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let stored = dated.compression_method(CompressionMethod::Stored);
    let packed = dated.compression_method(CompressionMethod::Deflated);
    let parts = [
        ("mimetype", MIMETYPE, stored),
        ("content.xml", &content, packed),
        ("styles.xml", &styles, packed),
        ("META-INF/manifest.xml", &manifest(), packed),
    ];
    for (name, text, options) in parts {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn manifest() -> String {
    let entry = |path: &str, kind: &str| {
        format!("<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{kind}\"/>")
    };
    format!(
        "{DECLARATION}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
         manifest:version=\"1.3\">{}{}{}</manifest:manifest>",
        entry("/", MIMETYPE),
        entry("content.xml", "text/xml"),
        entry("styles.xml", "text/xml")
    )
}

fn sheet(sheet: &Sheet) -> String {
    let rows: String = sheet.rows.iter().map(|cells| row(cells)).collect();
    let name = escaped(sheet.name);
    let column = format!("<table:table-column table:number-columns-repeated=\"{COLUMNS}\"/>");
    format!("<table:table table:name=\"{name}\">{column}{rows}</table:table>")
}

fn row(cells: &[Cell]) -> String {
    let filled: String = cells.iter().map(cell).collect();
    let blank = COLUMNS - cells.len();
    format!("<table:table-row>{filled}<table:table-cell table:number-columns-repeated=\"{blank}\"/></table:table-row>")
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => "<table:table-cell/>".to_owned(),
        Cell::Text(text) => {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                escaped(text)
            )
        }
        Cell::Date(day) => format!(
            "<table:table-cell table:style-name=\"ce1\" office:value-type=\"date\" \
             office:date-value=\"{}T00:00:00\"><text:p>{}</text:p></table:table-cell>",
            day.iso(),
            day.british()
        ),
        Cell::Link(address, shown) => format!(
            "<table:table-cell office:value-type=\"string\" office:string-value=\"{shown}\" \
             table:formula=\"of:=HYPERLINK(&quot;{address}&quot;;&quot;{shown}&quot;)\">\
             <text:p>{shown}</text:p></table:table-cell>"
        ),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
