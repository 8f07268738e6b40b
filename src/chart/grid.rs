//! Pages of many measures: a row a measure, in columns of text and little pictures; the name stands beside its row,
//! or above it where the columns need the whole width.
//!
//! In: columns and rows. Out: text drawn and wrapped in place, and the boxes left free for pictures.

use super::frame::Frame;
use super::scene::{Anchor, Font, rise};
use super::text;

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its width in tenths of the em.
    pub width: i32,
}

/// Paragraphs of one cell, each in its own font; none where a picture goes.
pub type Cell = Vec<(String, Font)>;

/// One row: its name, its other cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Name and remarks.
    pub name: Cell,
    /// One cell for each column.
    pub cells: Vec<Cell>,
}

/// Where everything came to stand: left, top, right, bottom.
pub struct Boxes {
    /// The heading of each column.
    pub heads: Vec<[i32; 4]>,
    /// The cells of each row.
    pub cells: Vec<Vec<[i32; 4]>>,
}

fn wrapped(cell: &Cell, room: i32) -> Vec<(String, Font)> {
    let lines = cell
        .iter()
        .flat_map(|(words, font)| text::wrap(words, font.weight, font.em, room).into_iter().map(|line| (line, *font)));
    lines.collect()
}

/// Draws headings and rows from `frame.y` down, rules between rows, and moves `y` below them. A row is at least
/// `least` high; `above` puts each name on lines of its own above its row.
pub fn draw(frame: &mut Frame<'_>, columns: &[Column], lines: &[Line], least: i32, above: bool) -> Boxes {
    let em = frame.em();
    let gap = em * 2 / 5;
    let step = em * 23 / 20;
    let taken: i32 = columns.iter().map(|column| column.width * em / 10 + gap).sum();
    let whole = frame.right - frame.left;
    let name_room = if above { whole } else { whole - taken };
    // Under names the columns share the width in proportion.
    let share = |width: i32| {
        if above { (width * em / 10) * (whole + gap) / taken.max(1) } else { width * em / 10 }
    };
    let mut left = if above { frame.left } else { frame.left + name_room + gap };
    let mut spans = Vec::new();
    for column in columns {
        let pitch = if above { share(column.width + gap * 10 / em) } else { share(column.width) + gap };
        spans.push((left, (left + pitch - gap).min(frame.right)));
        left += pitch;
    }
    let font = frame.quiet();
    let titles: Vec<Cell> = columns.iter().map(|column| vec![(column.title.clone(), font)]).collect();
    let tallest = titles.iter().zip(&spans).map(|(cell, span)| wrapped(cell, span.1 - span.0).len()).max().unwrap_or(0);
    let head = tallest as i32 * step;
    let mut heads = Vec::new();
    for (cell, span) in titles.iter().zip(&spans) {
        let lines = wrapped(cell, span.1 - span.0);
        write(frame, &lines, span.0, frame.y + head - lines.len() as i32 * step);
        heads.push([span.0, frame.y, span.1, frame.y + head]);
    }
    frame.y += head + em / 4;
    let mut cells = Vec::new();
    for line in lines {
        frame.scene.line((frame.left, frame.y), (frame.right, frame.y), frame.palette.grid, 3);
        let top = frame.y + em / 4;
        let name = wrapped(&line.name, name_room);
        write(frame, &name, frame.left, top);
        let named = name.len() as i32 * step;
        let top = if above { top + named } else { top };
        let blocks: Vec<Vec<(String, Font)>> =
            line.cells.iter().zip(&spans).map(|(cell, span)| wrapped(cell, span.1 - span.0)).collect();
        let tall = blocks.iter().map(|block| block.len() as i32 * step).max().unwrap_or(0).max(least);
        let tall = if above { tall } else { tall.max(named) };
        for (block, span) in blocks.iter().zip(&spans) {
            write(frame, block, span.0, top);
        }
        cells.push(spans.iter().map(|span| [span.0, top, span.1, top + tall]).collect());
        frame.y = top + tall + em / 4;
    }
    frame.scene.line((frame.left, frame.y), (frame.right, frame.y), frame.palette.grid, 3);
    frame.y += em / 4;
    Boxes { heads, cells }
}

fn write(frame: &mut Frame<'_>, lines: &[(String, Font)], left: i32, top: i32) {
    let em = frame.em();
    let mut baseline = top + rise(em) + em * 15 / 100;
    for (line, font) in lines {
        frame.scene.text((left, baseline), Anchor::Start, *font, line.as_str());
        baseline += em * 23 / 20;
    }
}
