//! Charts of one row a place: names at the left, wrapped and never clipped, the plot at the right.
//!
//! In: names. Out: the vertical room of each row and the width that the names take.

use super::axis::Scale;
use super::data::{Measure, Place, Role};
use super::frame::Frame;
use super::scene::{Anchor, Font, Point, rise};
use super::theme::WHITE;
use super::{series, text};
use crate::shown;

/// Rows beyond this many are left to the data beside the chart, which says so.
pub const MOST: usize = 31;

/// The room of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    lines: Vec<String>,
    font: Font,
    /// Upper edge.
    pub top: i32,
    /// Lower edge.
    pub bottom: i32,
}

impl Row {
    /// The pixel half-way down.
    pub fn middle(&self) -> i32 {
        (self.top + self.bottom) / 2
    }
}

/// The rows of a chart.
pub struct Rows {
    /// One for each name, in order.
    pub rows: Vec<Row>,
    /// Where the plot may begin, right of the names.
    pub left: i32,
    /// Below the last row.
    pub bottom: i32,
}

/// Lays rows out below `top` for names with their roles; the chosen authority's is bold.
pub fn lay(frame: &Frame<'_>, top: i32, names: impl Iterator<Item = (String, Role)>) -> Rows {
    lay_tall(frame, top, names, |_| 0)
}

/// The same with rows of at least so many pixels, by whose they are.
pub fn lay_tall(
    frame: &Frame<'_>,
    top: i32,
    names: impl Iterator<Item = (String, Role)>,
    least: impl Fn(Role) -> i32,
) -> Rows {
    let em = frame.em();
    let (share, gap) = if frame.ems() < 22 { (45, GAP / 2) } else { (36, GAP) };
    let (mut y, mut widest) = (top, 0);
    let rows: Vec<Row> = names
        .map(|(name, role)| {
            let font = if role == Role::Subject { frame.bold() } else { frame.plain() };
            let room = ((frame.right - frame.left) * share / 100).max(text::longest_word(&name, font.weight, em));
            let lines = text::balance(&name, font.weight, em, room.min((frame.right - frame.left) / 2));
            widest = widest.max(text::widest(&lines, font.weight, em));
            let from = y;
            y += (lines.len() as i32 * em * STEP / 100 + em * gap / 100).max(least(role));
            Row { lines, font, top: from, bottom: y }
        })
        .collect();
    Rows { rows, left: frame.left + widest + em / 2, bottom: y }
}

/// The height of a line of a name in hundredths of the em.
const STEP: i32 = 115;
/// The room between names in hundredths of the em; half of it in a narrow picture.
const GAP: i32 = 35;

/// Writes the names.
pub fn draw(frame: &mut Frame<'_>, rows: &Rows) {
    let em = frame.em();
    for row in &rows.rows {
        let block = row.lines.len() as i32 * em * STEP / 100;
        let mut baseline = row.middle() - block / 2 + rise(em) + em * 15 / 100;
        for line in &row.lines {
            frame.scene.text((rows.left - em / 2, baseline), Anchor::End, row.font, line.as_str());
            baseline += em * STEP / 100;
        }
    }
}

/// Draws a place's bar from zero with its figure behind it, on a ground that keeps it off every line; the symbol of a
/// figure that is missing. The chosen authority's bar is filled, all others are light with an outline.
pub fn bar(frame: &mut Frame<'_>, row: &Row, place: &Place, measure: &Measure, scale: Scale) {
    let em = frame.em();
    let (zero, baseline, own) = (scale.at(0.0), baseline(frame, row.middle()), place.role == Role::Subject);
    let font = if own { frame.bold() } else { frame.plain() };
    let Some(value) = place.figure.number() else {
        let words = if frame.size.is_bare() { shown::sentence(place.figure.reason()) } else { place.figure.symbol() };
        let room = frame.right - zero - em / 3;
        let words = if text::width(&words, font.weight, em) > room { "none".to_owned() } else { words };
        frame.scene.text((zero + em / 3, baseline), Anchor::Start, font, words);
        return;
    };
    let half = (em * 2 / 5).min((row.bottom - row.top) / 2 - 2);
    let (top, bottom, end) = (row.middle() - half, row.middle() + half, scale.at(value));
    let colour = series::bar(place.role, frame.palette);
    frame.scene.rect((zero, top), (end, bottom), colour);
    let (left, right) = (zero.min(end) + OUTLINE, zero.max(end) - OUTLINE);
    if !own && left < right {
        frame.scene.rect((left, top + OUTLINE), (right, bottom - OUTLINE), colour.light());
    }
    let mut right = end.max(zero);
    if let Some((low, high)) = place.figure.interval {
        interval(frame, (scale.at(low), row.middle()), scale.at(high), em / 5);
        right = right.max(scale.at(high));
    }
    let words = measure.shown(value);
    let wide = text::width(&words, font.weight, font.em);
    frame.scene.rect((right + 6, top), (right + em / 3 + wide, bottom), WHITE);
    frame.scene.text((right + em / 3, baseline), Anchor::Start, font, words);
}

/// The width of a bar's outline in pixels.
const OUTLINE: i32 = 4;

/// A whisker that can be seen on a bar and beside it: dark with a white edge.
fn interval(frame: &mut Frame<'_>, (from, y): Point, to: i32, cap: i32) {
    for (colour, width) in [(WHITE, 10), (frame.palette.text, 4)] {
        frame.scene.line((from, y), (to, y), colour, width);
        for x in [from, to] {
            frame.scene.line((x, y - cap), (x, y + cap), colour, width);
        }
    }
}

/// The baseline that puts text of the frame's size half-way down a row.
pub fn baseline(frame: &Frame<'_>, middle: i32) -> i32 {
    middle + (frame.em() * 52 / 100) / 2 + frame.em() / 10
}
