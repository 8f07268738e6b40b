//! The sections: a question, its answer, tables, and charts beside each other.
//!
//! In: a section. Out: its paragraphs; charts of a pair in a table without lines, so that titles and pictures align.

use super::Parts;
use super::contents::bookmark;
use super::flow::{Flow, Piece, ROOM};
use super::front::{layout, row};
use super::paragraph::{Look, Paragraph};
use super::rows::Rows;
use super::styles::{ANSWER, CHART, CHART_LINE, GAP, HEADING, KEY, NORMAL, NOTE, PICTURE};
use super::table::table;
use crate::publish::document::{Block, Charts, PaperChart, Section};

/// Millimetres between two charts.
const BETWEEN: f64 = 6.0;
/// The tallest picture: two stand on a page, beside their words.
const TALLEST: f64 = 100.0;
/// Millimetres between the entries of a key.
const APART: &str = "\u{2003}";

/// A section's heading with its number.
pub fn heading(section: &Section) -> String {
    match section.number {
        0 => section.heading.clone(),
        number => format!("{number}. {}", section.heading),
    }
}

/// Writes `section`; `named` is its place among the headings of the contents.
pub fn section<'a>(flow: &mut Flow, section: &'a Section, named: usize, parts: &mut Parts<'a>) {
    flow.name(&Paragraph::of(&HEADING).words(heading(section), Look::Plain).run(&bookmark(named)));
    if !section.answer.is_empty() {
        flow.add(&parts.notes.paragraph(&ANSWER, &section.answer, Look::Plain).keep(!section.blocks.is_empty()));
    }
    for block in &section.blocks {
        match block {
            Block::Paragraph { text } => flow.add(&parts.notes.paragraph(&NORMAL, text, Look::Plain)),
            Block::Table(figures) => table(flow, figures, Rows::default(), parts),
            Block::Charts(charts) => beside(flow, charts, parts),
        }
    }
}

/// The charts of a block, as many beside each other as it says.
fn beside<'a>(flow: &mut Flow, charts: &'a Charts, parts: &mut Parts<'a>) {
    let across = usize::from(charts.across.clamp(1, 3));
    if across == 1 {
        for figure in &charts.figures {
            let stack = stack(figure, ROOM, parts);
            stack.iter().flatten().for_each(|paragraph| flow.add(paragraph));
            flow.add(&Paragraph::of(&GAP));
        }
        return;
    }
    let room = (ROOM - BETWEEN * (across - 1) as f64) / across as f64;
    // The space between stands at the end of a cell.
    let mut widths = vec![room + BETWEEN; across - 1];
    widths.push(room);
    for figures in charts.figures.chunks(across) {
        let stacks: Vec<_> = figures.iter().map(|figure| loose(stack(figure, room, parts))).collect();
        abreast(flow, &stacks, &widths);
        flow.add(&Paragraph::of(&GAP));
    }
}

/// A table of its own for charts beside each other: one that holds more of them could not stand beneath its heading where a page
/// has room for the first alone.
fn abreast(flow: &mut Flow, stacks: &[[Vec<Paragraph<'_>>; 3]], widths: &[f64]) {
    layout(&mut flow.xml, widths);
    let last = (0..3).rfind(|level| stacks.iter().any(|stack| !stack[*level].is_empty())).unwrap_or(0);
    for level in 0..=last {
        let keep = level < last;
        let blank = [Paragraph::of(&CHART_LINE).keep(keep)];
        let cells: Vec<(f64, &[Paragraph<'_>])> = widths
            .iter()
            .enumerate()
            .map(|(at, width)| (*width, stacks.get(at).map_or(&[][..], |stack| &stack[level])))
            .map(|(width, cell)| (width, if cell.is_empty() { &blank[..] } else { cell }))
            .collect();
        let height = row(&mut flow.xml, &cells, (if keep { 0.0 } else { 2.0 }, BETWEEN));
        flow.piece(Piece { height, keep, ..Piece::default() });
    }
    flow.xml.push_str("</w:tbl>");
}

/// A chart in three levels: title, line and key; the picture; the notes.
fn stack<'a>(figure: &'a PaperChart, room: f64, parts: &mut Parts<'a>) -> [Vec<Paragraph<'a>>; 3] {
    let mut titles = vec![Paragraph::plain(&CHART, &figure.title)];
    if !figure.subtitle.is_empty() {
        titles.push(Paragraph::plain(&CHART_LINE, &figure.subtitle));
    }
    if !figure.key.is_empty() {
        titles.push(key(figure, parts));
    }
    let keep = !figure.notes.is_empty();
    let drawn = parts.pictures.chart(figure, room, TALLEST);
    let picture = drawn.map(|drawn| Paragraph::of(&PICTURE).picture(&drawn.xml, drawn.height).keep(keep));
    let count = figure.notes.len();
    let note = |(at, note): (usize, &'a String)| Paragraph::plain(&NOTE, note).keep(at + 1 < count);
    [titles, picture.into_iter().collect(), figure.notes.iter().enumerate().map(note).collect()]
}

/// The same levels with notes that let go of what follows: their row stays whole as it is.
fn loose([titles, picture, notes]: [Vec<Paragraph<'_>>; 3]) -> [Vec<Paragraph<'_>>; 3] {
    [titles, picture, notes.into_iter().map(|note| note.keep(false)).collect()]
}

fn key<'a>(figure: &'a PaperChart, parts: &mut Parts<'a>) -> Paragraph<'a> {
    let mut made = Paragraph::of(&KEY);
    for (at, entry) in figure.key.iter().enumerate() {
        if at > 0 {
            made = made.words(APART, Look::Plain);
        }
        if let Some(drawn) = parts.pictures.mark(&entry.name, &entry.png) {
            made = made.picture(&drawn.xml, drawn.height).words("\u{a0}", Look::Plain);
        }
        made = made.words(entry.name.replace(' ', "\u{a0}"), Look::Plain);
    }
    made
}
