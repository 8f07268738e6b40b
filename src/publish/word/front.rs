//! The first page: masthead, title, key messages, what is missing, the table at a glance.
//!
//! In: a document. Out: its paragraphs and tables, in the order of the page.

use std::fmt::Write;

use super::Parts;
use super::contents::bookmark;
use super::flow::{Flow, Piece, ROOM};
use super::paragraph::{Look, Paragraph};
use super::rows::Rows;
use super::styles::{
    CHART_LINE, FLAG, GAP, HEADING, MASTHEAD, MESSAGE, NORMAL, REMARK, SUBTITLE, TAG, TILE, TILE_NAME, TITLE,
};
use super::table::table;
use super::units::twips;
use crate::publish::document::{Document, Message, Tile};
use crate::publish::lettering::{Weight, width};

/// The heading of the key messages.
pub const MESSAGES: &str = "Key messages";
/// Millimetres between a tag and its message.
const BETWEEN: f64 = 4.0;
/// Millimetres between a tag's shape and its word.
const GUTTER: f64 = 1.3;
/// Millimetres between two messages.
const APART: f64 = 1.5;
/// The same where they are set closer.
const CLOSE: f64 = 0.8;

/// Writes the first page of `document`.
pub fn front<'a>(flow: &mut Flow, document: &'a Document, parts: &mut Parts<'a>) {
    masthead(flow, document);
    flow.add(&Paragraph::of(&TITLE).words(document.full_title(), Look::Plain));
    if !document.subtitle.is_empty() {
        flow.add(&Paragraph::plain(&SUBTITLE, &document.subtitle));
    }
    if document.illustrative {
        flow.add(&Paragraph::plain(&FLAG, "Illustrative data: some or all figures are made up"));
    }
    for text in &document.introduction {
        flow.add(&Paragraph::plain(&NORMAL, text));
    }
    if !document.messages.is_empty() {
        flow.name(&Paragraph::plain(&HEADING, MESSAGES).run(&bookmark(0)));
        messages(flow, document, parts);
    }
    for remark in &document.remarks {
        let label = format!("{}: ", remark.label);
        flow.add(&Paragraph::of(&REMARK).words(label, Look::Strong).words(remark.text.as_str(), Look::Plain));
    }
    tiles(flow, &document.tiles, parts);
    if let Some(glance) = &document.glance {
        let apart = !document.tiles.is_empty();
        table(flow, glance, Rows { whole: true, close: document.close, fresh: apart }, parts);
    }
}

/// Kind and audience left, date right; on a line of its own where the two do not fit on one.
fn masthead(flow: &mut Flow, document: &Document) {
    let audience = if document.audience.is_empty() { String::new() } else { format!(" for {}", document.audience) };
    let left =
        width(&document.kind, Weight::Bold, MASTHEAD.points) + width(&audience, Weight::Regular, MASTHEAD.points);
    let right = width(&document.dated, Weight::Regular, MASTHEAD.points);
    let fits = left + right + BETWEEN <= ROOM;
    let line = Paragraph::of(&MASTHEAD).words(document.kind.as_str(), Look::Strong).words(audience, Look::Plain);
    let line = match (document.dated.is_empty(), fits) {
        (true, _) => line,
        // The blank keeps the words apart where only text is read.
        (false, true) => line.words(" ", Look::Plain).run("<w:r><w:tab/></w:r>"),
        (false, false) => line.words(" ", Look::Plain).run("<w:r><w:br/></w:r>"),
    };
    flow.add(&line.words(document.dated.as_str(), Look::Plain));
}

/// A table without lines: shape and word left, the message right.
fn messages<'a>(flow: &mut Flow, document: &'a Document, parts: &mut Parts<'a>) {
    let (messages, apart) = (&document.messages, if document.close { CLOSE } else { APART });
    let tag = |message: &Message| {
        let mark = message.mark.as_ref().map_or(0.0, |mark| mark.width + GUTTER);
        mark + width(&message.word, Weight::Bold, TAG.points)
    };
    let left = messages.iter().map(tag).fold(0.0, f64::max) + BETWEEN;
    let widths = [left, ROOM - left];
    layout(&mut flow.xml, &widths);
    for (at, message) in messages.iter().enumerate() {
        let keep = at + 1 < messages.len();
        let mark = message.mark.as_ref().and_then(|mark| Some((parts.pictures.small(mark)?, mark.width)));
        let word = match mark {
            Some((drawn, width)) => Paragraph::of(&TAG).led(&drawn.xml, drawn.height, width + GUTTER),
            None => Paragraph::of(&TAG),
        };
        let word = word.words(message.word.as_str(), Look::Plain).keep(keep);
        let bold = if message.rest.is_empty() { message.bold.clone() } else { format!("{} ", message.bold) };
        let text = Paragraph::of(&MESSAGE).words(bold, Look::Strong).words(message.rest.as_str(), Look::Plain);
        let height = row(&mut flow.xml, &[(left, &[word][..]), (widths[1], &[text.keep(keep)][..])], (apart, 0.0));
        flow.piece(Piece { height, keep, ..Piece::default() });
    }
    flow.xml.push_str("</w:tbl>");
    flow.add(&Paragraph::of(&GAP));
}

/// How many tiles stand beside each other.
const TILES: usize = 3;

/// Figures with their names over them, and what is said of each beneath.
fn tiles<'a>(flow: &mut Flow, tiles: &'a [Tile], parts: &mut Parts<'a>) {
    let width = ROOM / TILES as f64;
    for row_of in tiles.chunks(TILES) {
        let made: Vec<Vec<Paragraph<'a>>> = row_of.iter().map(|one| tile(one, parts)).collect();
        layout(&mut flow.xml, &vec![width; row_of.len()]);
        let cells: Vec<(f64, &[Paragraph<'_>])> = made.iter().map(|cell| (width, cell.as_slice())).collect();
        let height = row(&mut flow.xml, &cells, (2.0, BETWEEN));
        flow.piece(Piece { height, ..Piece::default() });
        flow.xml.push_str("</w:tbl>");
        flow.add(&Paragraph::of(&GAP));
    }
}

fn tile<'a>(tile: &'a Tile, parts: &mut Parts<'a>) -> Vec<Paragraph<'a>> {
    let mark = tile.mark.as_ref().and_then(|mark| Some((parts.pictures.small(mark)?, mark.width)));
    let word = match mark {
        Some((drawn, width)) => Paragraph::of(&TAG).led(&drawn.xml, drawn.height, width + GUTTER),
        None => Paragraph::of(&TAG),
    };
    let name = Paragraph::of(&TILE_NAME).words(tile.name.as_str(), Look::Plain);
    let figure = Paragraph::of(&TILE).words(tile.figure.text.as_str(), Look::Plain);
    let lines = tile.lines.iter().chain([&tile.period]).map(|line| Paragraph::plain(&CHART_LINE, line).keep(false));
    [name, figure, word.words(tile.word.as_str(), Look::Plain)].into_iter().chain(lines).collect()
}

/// Opens a table without lines that only lays out what it holds.
pub fn layout(xml: &mut String, widths: &[f64]) {
    let _ = write!(
        xml,
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="Layout"/><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>"#,
        twips(widths.iter().sum())
    );
    for width in widths {
        let _ = write!(xml, r#"<w:gridCol w:w="{}"/>"#, twips(*width));
    }
    xml.push_str("</w:tblGrid>");
}

/// A row of such a table: each cell's width and paragraphs, so many millimetres above the next row and beside the next cell.
/// Says how tall it is.
pub fn row(xml: &mut String, cells: &[(f64, &[Paragraph<'_>])], (beneath, beside): (f64, f64)) -> f64 {
    xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    let mut tallest: f64 = 0.0;
    for (at, (width, paragraphs)) in cells.iter().enumerate() {
        let beside = if at + 1 < cells.len() { beside } else { 0.0 };
        let _ = write!(
            xml,
            r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/><w:tcMar><w:bottom w:w="{}" w:type="dxa"/><w:right w:w="{}" w:type="dxa"/></w:tcMar></w:tcPr>"#,
            twips(*width),
            twips(beneath),
            twips(beside)
        );
        paragraphs.iter().for_each(|paragraph| paragraph.write(xml));
        tallest = tallest.max(paragraphs.iter().map(|paragraph| paragraph.height(width - beside)).sum());
        xml.push_str("</w:tc>");
    }
    xml.push_str("</w:tr>");
    tallest + beneath
}
