//! How tall the first page is, before a browser lays it out: so that what does not fit is taken out by rule.
//!
//! In: a document. Out: millimetres. The sizes are those of `paper.css`; a test prints papers and compares.

use super::laid::COLUMN;
use crate::publish::columns::{POINTS, cell_lines, columns, heading_lines, padding};
use crate::publish::document::{Document, Message, Table, Tile};
use crate::publish::lettering::{POINT, Weight, lines, width};

/// The room that a page has, in millimetres: A4 without its margins.
pub const FIRST_PAGE: f64 = 267.0;

/// What a paper of simulated figures says of them.
pub const ILLUSTRATIVE: &str = "Illustrative data: some or all figures are made up";

/// A hairline.
const LINE: f64 = 25.4 / 96.0;
/// Millimetres above and beneath a message, and a row of the table, that are set closer.
const CLOSE: f64 = 0.7;
/// A line of a table.
const ROW: f64 = POINTS * 1.22 * POINT;

/// How tall masthead, messages, remarks and the table of the first page are together.
pub fn first_page_height(document: &Document) -> f64 {
    masthead(document)
        + document
            .introduction
            .iter()
            .map(|text| text_height(text, Weight::Regular, 11.0, 1.4, COLUMN) + 2.0)
            .sum::<f64>()
        + messages(document)
        + remarks(document)
        + match document.tiles.is_empty() {
            true => document.glance.as_ref().map_or(0.0, |table| 3.0 + table_height(table, document.close)),
            // The table stands on the next page.
            false => document.tiles.chunks(TILES).map(|row| 3.0 + tiles_height(row)).sum(),
        }
}

/// How many tiles stand beside each other.
const TILES: usize = 3;

/// How tall a row of tiles is.
fn tiles_height(tiles: &[Tile]) -> f64 {
    let room = (COLUMN - 3.0 * (TILES - 1) as f64) / TILES as f64 - 5.0 - 5.0 * LINE;
    let line = POINTS * 1.25 * POINT;
    let tall = |tile: &Tile| {
        let quiet = |text: &String| lines(&[(text, Weight::Regular)], POINTS, room);
        let quiet: usize = tile.lines.iter().chain([&tile.period]).map(quiet).sum();
        let name = lines(&[(&tile.name, Weight::Bold)], POINTS, room);
        let tag = tile.mark.as_ref().map_or(0.0, |mark| mark.height).max(line);
        (name + quiet) as f64 * line + 22.0 * 1.15 * POINT + tag
    };
    tiles.iter().map(tall).fold(0.0, f64::max) + 4.0 + 2.0 * LINE
}

/// Words in a column: size in points, height of a line in sizes.
fn text_height(text: &str, weight: Weight, points: f64, spacing: f64, room: f64) -> f64 {
    lines(&[(text, weight)], points, room) as f64 * points * spacing * POINT
}

fn masthead(document: &Document) -> f64 {
    let heading = text_height(&document.full_title(), Weight::Bold, 22.0, 1.12, COLUMN) + 1.5;
    let subtitle = text_height(&document.subtitle, Weight::Regular, 11.5, 1.3, COLUMN);
    5.0 * LINE + 2.5 + kicker(document) + heading + subtitle + 3.5
}

/// The line over the title: what does not fit beside the rest goes onto a line of its own.
fn kicker(document: &Document) -> f64 {
    let line = POINTS * 1.25 * POINT;
    let audience = if document.audience.is_empty() { String::new() } else { format!(" for {}", document.audience) };
    let kind = width(&document.kind, Weight::Bold, POINTS) + width(&audience, Weight::Regular, POINTS);
    let dated = width(&document.dated, Weight::Regular, POINTS);
    let flag = if document.illustrative { width(ILLUSTRATIVE, Weight::Bold, POINTS) + 5.8 } else { 0.0 };
    let items = [(kind, line), (dated, line), (flag, line + 2.0)];
    let (mut used, mut tall, mut height) = (0.0, 0.0, 0.0);
    for (wide, high) in items.into_iter().filter(|(wide, _)| *wide > 0.0) {
        if used > 0.0 && used + 6.0 + wide > COLUMN {
            height += tall + 1.0;
            (used, tall) = (0.0, 0.0);
        }
        tall = f64::max(tall, high * (wide / COLUMN).ceil());
        used += wide + 6.0;
    }
    if used > 0.0 { height + tall + 1.0 } else { height }
}

fn messages(document: &Document) -> f64 {
    let messages = &document.messages;
    if messages.is_empty() {
        return 0.0;
    }
    let tag = |message: &Message| {
        let mark = message.mark.as_ref().map_or(0.0, |mark| mark.width + 1.2);
        mark + width(&message.word, Weight::Bold, 10.0)
    };
    let room = COLUMN - 4.0 - messages.iter().map(tag).fold(0.0, f64::max);
    let apart = if document.close { CLOSE } else { 1.2 };
    let height = |message: &Message| {
        let lines = lines(&[(&message.bold, Weight::Bold), (&message.rest, Weight::Regular)], 11.0, room);
        let tag = message.mark.as_ref().map_or(0.0, |mark| mark.height + 0.3);
        (lines as f64 * 11.0 * 1.3 * POINT).max(tag) + 2.0 * apart + LINE
    };
    14.0 * 1.2 * POINT + 1.2 + LINE + messages.iter().map(height).sum::<f64>()
}

fn remarks(document: &Document) -> f64 {
    if document.remarks.is_empty() {
        return 0.0;
    }
    let labels: Vec<String> = document.remarks.iter().map(|remark| format!("{}:", remark.label)).collect();
    let runs: Vec<(&str, Weight)> = document
        .remarks
        .iter()
        .zip(&labels)
        .flat_map(|(remark, label)| [(label.as_str(), Weight::Bold), (remark.text.as_str(), Weight::Regular)])
        .collect();
    1.8 + lines(&runs, POINTS, COLUMN) as f64 * POINTS * 1.25 * POINT
}

/// How tall a table is with its caption and notes, its rows `close` to each other or not.
fn table_height(table: &Table, close: bool) -> f64 {
    let apart = if close { CLOSE } else { 0.95 };
    let widths = columns(table, COLUMN).widths;
    let count = widths.len();
    let room = |index: usize| widths[index] - padding(index, count);
    let heading = table.columns.iter().enumerate().map(|(index, column)| heading_lines(column, room(index))).max();
    let row = |cells: &Vec<_>| {
        let height = |(index, (cell, column)): (usize, (&crate::publish::document::Cell, _))| {
            let picture = cell.picture.as_ref().map_or(0.0, |picture| picture.height + 0.5);
            let mark = cell.mark.as_ref().map_or(0.0, |mark| mark.height);
            (cell_lines(cell, column, room(index)) as f64 * ROW).max(mark) + picture
        };
        cells.iter().zip(&table.columns).enumerate().map(height).fold(0.0, f64::max) + 2.0 * apart + LINE
    };
    let headed = table.groups.iter().filter(|group| !group.heading.is_empty()).count() as f64;
    let notes = table.notes.join(" ");
    let note = text_height(&notes, Weight::Regular, POINTS, 1.28, COLUMN);
    text_height(&table.title, Weight::Bold, 11.0, 1.25, COLUMN)
        + text_height(&table.caption, Weight::Regular, POINTS, 1.25, COLUMN)
        + 1.2
        + heading.unwrap_or(0) as f64 * ROW
        + 1.9
        + 1.5 * LINE
        + headed * (ROW + 2.0 + LINE)
        + table.rows.iter().map(row).sum::<f64>()
        + if notes.is_empty() { 0.0 } else { note + 1.0 }
}
