//! A table of figures: columns measured from what they hold, a heading row that repeats, rows that do not split.
//!
//! In: a table of the document. Out: its caption, its XML, its notes, and how tall each row is.

use std::fmt::Write;

use super::Parts;
use super::flow::{Flow, Piece, ROOM};
use super::paragraph::{Look, Paragraph};
use super::styles::{
    CAPTION, COLUMN, COLUMN_FIGURE, FIGURE, GAP, GROUP, NOTE, SECOND, SECOND_FIGURE, Style, TEXT, UNDER,
};
use super::units::twips;
use crate::publish::columns::{GAP as MARK_GAP, PADDING, columns};
use crate::publish::document::{Cell, Column, Group, Table};
use crate::text::escaped;

/// Millimetres above and beneath what a cell holds.
const RISE: f64 = 0.8;
/// A table of so few rows stands on one page.
const SHORT: usize = 8;

/// Writes `table` with caption and notes, its rows on one page where it is short or `whole`; one that is wider than the page
/// in parts, each with the first column.
pub fn table<'a>(flow: &mut Flow, table: &'a Table, whole: bool, parts: &mut Parts<'a>) {
    let whole = whole || table.rows.len() <= SHORT;
    let mut from = 1;
    let mut chosen = fitting(table, from);
    loop {
        let title = if from == 1 { table.title.clone() } else { format!("{}, continued", table.title) };
        flow.add(&Paragraph::of(&CAPTION).words(title.as_str(), Look::Plain));
        if !table.caption.is_empty() {
            flow.add(&Paragraph::plain(&UNDER, &table.caption));
        }
        from = chosen.last().map_or(from, |last| last + 1);
        Grid::of(table, chosen, whole).write(flow, &title, parts);
        if from >= table.columns.len() {
            break;
        }
        flow.add(&Paragraph::of(&GAP));
        chosen = fitting(table, from);
    }
    for note in &table.notes {
        flow.add(&Paragraph::plain(&NOTE, note));
    }
    if table.notes.is_empty() {
        flow.add(&Paragraph::of(&GAP));
    }
}

/// The first column and as many from `from` on as fit beside it, one at least.
fn fitting(table: &Table, from: usize) -> Vec<usize> {
    let count = table.columns.len();
    let all = |last: usize| -> Vec<usize> { (0..count.min(1)).chain(from..last).collect() };
    let fits = |last: &usize| columns(&part(table, &all(*last)), ROOM).least <= ROOM;
    all((from + 1..=count).rev().find(fits).unwrap_or(count.min(from + 1)))
}

/// The table with these columns alone.
fn part(table: &Table, chosen: &[usize]) -> Table {
    let cells = |row: &Vec<Cell>| chosen.iter().filter_map(|index| row.get(*index)).cloned().collect();
    Table {
        columns: chosen.iter().map(|index| table.columns[*index].clone()).collect(),
        rows: table.rows.iter().map(cells).collect(),
        ..Table::default()
    }
}

/// A table's columns with their places on the page.
struct Grid<'a> {
    table: &'a Table,
    chosen: Vec<usize>,
    widths: Vec<f64>,
    whole: bool,
}

impl<'a> Grid<'a> {
    fn of(table: &'a Table, chosen: Vec<usize>, whole: bool) -> Grid<'a> {
        let is_all = chosen.len() == table.columns.len();
        let made = if is_all { columns(table, ROOM) } else { columns(&part(table, &chosen), ROOM) };
        Grid { table, chosen, widths: made.widths, whole }
    }

    fn write(&self, flow: &mut Flow, title: &str, parts: &mut Parts<'a>) {
        let total: f64 = self.widths.iter().sum();
        let _ = write!(
            flow.xml,
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="Figures"/><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{rise}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/><w:bottom w:w="{rise}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{}"/></w:tblPr><w:tblGrid>"#,
            twips(total),
            escaped(title),
            rise = twips(RISE),
            side = twips(PADDING),
        );
        for width in &self.widths {
            let _ = write!(flow.xml, r#"<w:gridCol w:w="{}"/>"#, twips(*width));
        }
        flow.xml.push_str("</w:tblGrid>");
        let again = self.heading(flow);
        let rows = &self.table.rows;
        for (at, row) in rows.iter().enumerate() {
            for group in self.table.groups.iter().filter(|group| group.first == at) {
                self.group(flow, group, again);
            }
            // The last two rows stand together, the first with the heading, and a short table altogether.
            let keep = at + 1 < rows.len() && (self.whole || at + 2 == rows.len() || at == 0);
            let made: Vec<Vec<Paragraph<'a>>> =
                self.chosen.iter().map(|column| self.cell(row, *column, keep, parts)).collect();
            let height = self.row(flow, &made, "");
            flow.piece(Piece { height, keep, again, ..Piece::default() });
        }
        flow.xml.push_str("</w:tbl>");
    }

    fn heading(&self, flow: &mut Flow) -> f64 {
        let cell = |column: &'a Column| {
            let style = if column.numeric { &COLUMN_FIGURE } else { &COLUMN };
            let look = if column.own { Look::OwnHeading } else { Look::Plain };
            let title = Paragraph::of(style).words(column.title.as_str(), look);
            let second = Paragraph::plain(second_line(column.numeric), &column.second).kept();
            if column.second.is_empty() { vec![title] } else { vec![title, second] }
        };
        let made: Vec<_> = self.chosen.iter().map(|index| cell(&self.table.columns[*index])).collect();
        let height = self.row(flow, &made, "<w:tblHeader/>");
        flow.piece(Piece { height, keep: true, ..Piece::default() });
        height
    }

    fn group(&self, flow: &mut Flow, group: &Group, again: f64) {
        let words = Paragraph::of(&GROUP).words(group.heading.as_str(), Look::Strong);
        let words = if group.note.is_empty() { words } else { words.words(format!(" {}", group.note), Look::Quiet) };
        let total: f64 = self.widths.iter().sum();
        let _ = write!(
            flow.xml,
            r#"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/><w:gridSpan w:val="{}"/><w:shd w:val="clear" w:color="auto" w:fill="F3F5F7"/></w:tcPr>"#,
            twips(total),
            self.widths.len()
        );
        words.write(&mut flow.xml);
        flow.xml.push_str("</w:tc></w:tr>");
        let height = words.height(total - 2.0 * PADDING) + 2.0 * RISE;
        flow.piece(Piece { height, keep: true, again, ..Piece::default() });
    }

    /// What a cell holds: the picture over its words, the words behind their mark, the quiet line.
    fn cell(&self, row: &'a [Cell], index: usize, keep: bool, parts: &mut Parts<'a>) -> Vec<Paragraph<'a>> {
        let (Some(cell), Some(column)) = (row.get(index), self.table.columns.get(index)) else {
            return vec![Paragraph::of(&TEXT)];
        };
        let mut made = Vec::with_capacity(1);
        if let Some(drawn) = cell.picture.as_ref().and_then(|picture| parts.pictures.small(picture)) {
            made.push(Paragraph::of(&TEXT).picture(&drawn.xml, drawn.height).keep(keep));
        }
        made.push(words(cell, column, parts).keep(keep));
        if !cell.second.is_empty() {
            let second = Paragraph::of(second_line(column.numeric));
            let text = if column.numeric { unbroken(&cell.second) } else { cell.second.clone() };
            made.push(second.words(text, Look::Plain).keep(keep));
        }
        made
    }

    /// Writes one row, and says how tall it is.
    fn row(&self, flow: &mut Flow, cells: &[Vec<Paragraph<'_>>], heading: &str) -> f64 {
        let _ = write!(flow.xml, "<w:tr><w:trPr><w:cantSplit/>{heading}</w:trPr>");
        let mut tallest: f64 = 0.0;
        for (at, (cell, width)) in cells.iter().zip(&self.widths).enumerate() {
            let (first, last) = (at == 0, at + 1 == cells.len());
            let _ = write!(
                flow.xml,
                r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>{}</w:tcPr>"#,
                twips(*width),
                outer(first, last)
            );
            let sides = PADDING * f64::from(2 - u8::from(first) - u8::from(last));
            for paragraph in cell {
                paragraph.write(&mut flow.xml);
            }
            tallest = tallest.max(cell.iter().map(|paragraph| paragraph.height(width - sides)).sum());
            flow.xml.push_str("</w:tc>");
        }
        flow.xml.push_str("</w:tr>");
        tallest + 2.0 * RISE
    }
}

/// The words of a cell behind its mark.
fn words<'a>(cell: &'a Cell, column: &'a Column, parts: &mut Parts<'a>) -> Paragraph<'a> {
    let style = if column.numeric { &FIGURE } else { &TEXT };
    let look = match (column.own, cell.strong) {
        (true, _) if column.numeric => Look::Own,
        (_, true) => Look::Strong,
        _ => Look::Plain,
    };
    let made = Paragraph::of(style);
    let made = match cell.mark.as_ref().and_then(|mark| Some((parts.pictures.small(mark)?, mark.width))) {
        Some((drawn, width)) => made.led(&drawn.xml, drawn.height, width + MARK_GAP),
        None => made,
    };
    if column.numeric || cell.picture.is_some() {
        made.words(unbroken(&cell.text), look)
    } else {
        parts.notes.noted(made, &cell.text, look)
    }
}

fn second_line(numeric: bool) -> &'static Style {
    if numeric { &SECOND_FIGURE } else { &SECOND }
}

/// The words of a figure with blanks at which no line ends.
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// The outer edges of a table stand on the margins of the page.
fn outer(first: bool, last: bool) -> &'static str {
    match (first, last) {
        (true, true) => r#"<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>"#,
        (true, false) => r#"<w:tcMar><w:left w:w="0" w:type="dxa"/></w:tcMar>"#,
        (false, true) => r#"<w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar>"#,
        (false, false) => "",
    }
}
