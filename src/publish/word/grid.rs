//! The rows of a table: a heading row that repeats, headings between rows, rows that do not split.
//!
//! In: a table with the columns that stand beside each other and their widths. Out: XML, and how tall each row is.

use std::fmt::Write;

use super::Parts;
use super::flow::{Flow, Piece};
use super::paragraph::{Look, Paragraph};
use super::rows::Rows;
use super::styles::{Cells, Style};
use super::units::twips;
use crate::publish::columns::{GAP as MARK_GAP, OF};
use crate::publish::document::{Cell, Column, Group, Table};
use crate::text::escaped;

/// Millimetres above and beneath what a cell holds.
const RISE: f64 = 0.8;
/// The same where rows are set closer.
const CLOSE: f64 = 0.5;
/// What the line beneath a row takes, in millimetres; that of the heading row is twice as strong.
const LINE: f64 = 0.18;

/// Columns of a table with their widths on the page.
pub struct Grid<'a> {
    /// The table.
    pub table: &'a Table,
    /// Which of its columns.
    pub chosen: Vec<usize>,
    /// How wide each is, in millimetres.
    pub widths: Vec<f64>,
    /// How its rows stand.
    pub rows: Rows,
    /// Millimetres left and right of what a cell holds.
    pub padding: f64,
    /// The styles of its cells.
    pub cells: &'static Cells,
}

impl<'a> Grid<'a> {
    /// Writes the grid; `title` is what its caption says.
    pub fn write(&self, flow: &mut Flow, title: &str, parts: &mut Parts<'a>) {
        let total: f64 = self.widths.iter().sum();
        let _ = write!(
            flow.xml,
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="Figures"/><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{rise}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/><w:bottom w:w="{rise}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{}"/></w:tblPr><w:tblGrid>"#,
            twips(total),
            escaped(title),
            rise = twips(self.rise()),
            side = twips(self.padding),
        );
        for width in &self.widths {
            let _ = write!(flow.xml, r#"<w:gridCol w:w="{}"/>"#, twips(*width));
        }
        flow.xml.push_str("</w:tblGrid>");
        let again = self.heading(flow);
        let rows = &self.table.rows;
        for (at, row) in rows.iter().enumerate() {
            let groups = self.table.groups.iter().filter(|group| group.first == at);
            let (named, bare): (Vec<&Group>, Vec<&Group>) = groups.partition(|group| !group.heading.is_empty());
            named.iter().for_each(|group| self.group(flow, group, again));
            // The last two rows stand together, the first with the heading, and a short table altogether.
            let keep = at + 1 < rows.len() && (self.rows.whole || at + 2 == rows.len() || at == 0);
            let made: Vec<Vec<Paragraph<'a>>> =
                self.chosen.iter().map(|column| self.cell(row, *column, keep, parts)).collect();
            let height = self.row(flow, &made, Rule::of(!bare.is_empty()));
            flow.piece(Piece { height, keep, again, ..Piece::default() });
        }
        flow.xml.push_str("</w:tbl>");
    }

    fn rise(&self) -> f64 {
        if self.rows.close { CLOSE } else { RISE }
    }

    fn heading(&self, flow: &mut Flow) -> f64 {
        let cell = |column: &'a Column| {
            let style = if column.numeric { self.cells.column_figure } else { self.cells.column };
            let look = if column.own { Look::OwnHeading } else { Look::Plain };
            let title = Paragraph::of(style).words(column.title.as_str(), look);
            let second = Paragraph::plain(self.second(column.numeric), &column.second).kept();
            if column.second.is_empty() { vec![title] } else { vec![title, second] }
        };
        let made: Vec<_> = self.chosen.iter().map(|index| cell(&self.table.columns[*index])).collect();
        let height = self.row(flow, &made, Rule::Heading) + LINE;
        flow.piece(Piece { height, keep: true, ..Piece::default() });
        height
    }

    fn group(&self, flow: &mut Flow, group: &Group, again: f64) {
        let words = Paragraph::of(self.cells.group).words(group.heading.as_str(), Look::Strong);
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
        let height = words.height(total - 2.0 * self.padding) + 2.0 * self.rise() + LINE;
        flow.piece(Piece { height, keep: true, again, ..Piece::default() });
    }

    /// What a cell holds: the picture over its words, the words behind their mark, the quiet line.
    fn cell(&self, row: &'a [Cell], index: usize, keep: bool, parts: &mut Parts<'a>) -> Vec<Paragraph<'a>> {
        let (Some(cell), Some(column)) = (row.get(index), self.table.columns.get(index)) else {
            return vec![Paragraph::of(self.cells.text)];
        };
        let mut made = Vec::with_capacity(1);
        if let Some(drawn) = cell.picture.as_ref().and_then(|picture| parts.pictures.small(picture)) {
            made.push(Paragraph::of(self.cells.text).picture(&drawn.xml, drawn.height).keep(keep));
        }
        made.push(self.words(cell, column, parts).keep(keep));
        if !cell.second.is_empty() {
            let second = Paragraph::of(self.second(column.numeric));
            let text = if column.numeric { unbroken(&cell.second) } else { cell.second.clone() };
            made.push(second.words(text, Look::Plain).keep(keep));
        }
        made
    }

    /// Writes one row, and says how tall it is.
    fn row(&self, flow: &mut Flow, cells: &[Vec<Paragraph<'_>>], rule: Rule) -> f64 {
        let (heading, above) = rule.xml();
        let _ = write!(flow.xml, "<w:tr><w:trPr><w:cantSplit/>{heading}</w:trPr>");
        let mut tallest: f64 = 0.0;
        for (at, (cell, width)) in cells.iter().zip(&self.widths).enumerate() {
            let (first, last) = (at == 0, at + 1 == cells.len());
            let _ = write!(
                flow.xml,
                r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>{above}{}</w:tcPr>"#,
                twips(*width),
                outer(first, last)
            );
            let sides = self.padding * f64::from(2 - u8::from(first) - u8::from(last));
            for paragraph in cell {
                paragraph.write(&mut flow.xml);
            }
            tallest = tallest.max(cell.iter().map(|paragraph| paragraph.height(width - sides)).sum());
            flow.xml.push_str("</w:tc>");
        }
        flow.xml.push_str("</w:tr>");
        tallest + 2.0 * self.rise() + LINE
    }

    /// The words of a cell behind its mark.
    fn words(&self, cell: &'a Cell, column: &'a Column, parts: &mut Parts<'a>) -> Paragraph<'a> {
        let style = if column.numeric { self.cells.figure } else { self.cells.text };
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

    fn second(&self, numeric: bool) -> &'static Style {
        if numeric { self.cells.second_figure } else { self.cells.second }
    }
}

/// The words of a figure with blanks at which no line ends, but behind `of` as the widths of columns allow it.
fn unbroken(text: &str) -> String {
    let parts: Vec<String> = text.split_inclusive(OF).map(|part| part.trim_end().replace(' ', "\u{a0}")).collect();
    parts.join(" ")
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

/// What tells a row from the one above.
#[derive(Clone, Copy)]
enum Rule {
    /// It is the heading row.
    Heading,
    /// Rows of another kind begin with it, without a heading of their own.
    Strong,
    /// Nothing but a thin line.
    Thin,
}

impl Rule {
    fn of(is_strong: bool) -> Rule {
        if is_strong { Rule::Strong } else { Rule::Thin }
    }

    /// What the row has, and what each of its cells.
    fn xml(self) -> (&'static str, &'static str) {
        match self {
            Rule::Heading => ("<w:tblHeader/>", ""),
            Rule::Strong => {
                ("", r#"<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="B1B4B6"/></w:tcBorders>"#)
            }
            Rule::Thin => ("", ""),
        }
    }
}
