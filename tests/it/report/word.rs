//! The Word file says what the page says: the same tables, headings as styles, charts with the page's words.

use std::io::Read;

use super::{outputs, page, page_tables, plain};

const NAME: &str = "send-profile-birmingham";

/// One part of a Word file.
pub(super) fn part(path: &std::path::Path, name: &str) -> String {
    let file = std::fs::File::open(path).expect("a file");
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

fn document() -> String {
    part(&outputs().join("reports").join(format!("{NAME}.docx")), "word/document.xml")
}

/// Rows of cells of each table of figures: those that lay out have no heading row.
fn tables(xml: &str) -> Vec<Vec<Vec<String>>> {
    let inside = |text: &str, tag: &str| -> Vec<String> {
        let (open, close) = (format!("<w:{tag}>"), format!("</w:{tag}>"));
        text.split(&open).skip(1).filter_map(|part| Some(part.split(&close).next()?.to_owned())).collect()
    };
    let row = |row: &String| inside(row, "tc").iter().map(|cell| bare(&plain(cell))).collect();
    let figures = inside(xml, "tbl").into_iter().filter(|table| table.contains("<w:tblHeader/>"));
    // The page has its headings between rows in rows of another kind.
    let plain = |rows: Vec<Vec<String>>| rows.into_iter().filter(|row| row.len() > 1).collect();
    figures.map(|table| plain(inside(&table, "tr").iter().map(row).collect())).collect()
}

/// The text without blanks, which the two files have in other places.
fn bare(text: &str) -> String {
    text.replace("&nbsp;", "").split_whitespace().collect()
}

#[test]
fn the_word_file_has_the_pages_tables() {
    let (html, word) = (page(NAME), tables(&document()));
    let charts = html.matches("<summary>Figures in this chart").count();
    let pages: Vec<Vec<Vec<String>>> = page_tables(&html)
        .into_iter()
        .map(|(_, rows)| rows.iter().map(|row| row.iter().map(|cell| bare(cell)).collect()).collect())
        .collect();
    // The page has a table of data under each chart besides.
    assert_eq!(word.len(), pages.len() - charts);
    let mut cells = 0;
    for table in &word {
        assert!(pages.iter().any(|rows| rows == table), "no table of the page is like {table:?}");
        cells += table.iter().map(Vec::len).sum::<usize>();
    }
    assert!(cells > 150, "{cells} cells compared");
}

#[test]
fn headings_are_the_pages_and_charts_have_its_words() {
    let (html, xml) = (page(NAME), document());
    let headings = xml.matches("<w:pStyle w:val=\"Heading1\"/>").count();
    assert_eq!(headings, html.matches("<h2").count());
    let pictures = xml
        .split("<wp:docPr ")
        .skip(1)
        .filter(|rest| !rest.split("</wp:docPr>").next().unwrap_or_default().contains("decorative"));
    let told: Vec<String> = pictures.map(|rest| plain(between_quotes(rest, "descr"))).collect();
    assert_eq!(told.len(), html.matches("<figure").count());
    for alt in told {
        assert!(alt.len() > 40 && plain(&html).contains(&alt), "the page says otherwise: {alt}");
    }
}

fn between_quotes<'t>(text: &'t str, name: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("{name}=\"")).expect("the attribute");
    rest.split('"').next().unwrap_or_default()
}
