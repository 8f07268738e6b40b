//! Charts of one row a place: names at the left, wrapped and never clipped, the plot at the right.
//!
//! In: names. Out: the vertical room of each row and the width that the names take.

use super::data::Role;
use super::frame::Frame;
use super::scene::{Anchor, Font, drop, rise};
use super::text;
use super::theme::WHITE;

/// Rows beyond this many are left to the data beside the chart, which says so.
pub const MOST: usize = 31;

/// The room of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    lines: Vec<String>,
    font: Font,
    above: bool,
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

/// Lays rows out below `top` for names with their roles; the chosen authority's is bold. `above` puts each name on
/// lines of its own above its row, for narrow pictures.
pub fn lay(frame: &Frame<'_>, top: i32, names: impl Iterator<Item = (String, Role)>, above: bool) -> Rows {
    let em = frame.em();
    let room = (frame.right - frame.left) * if above { 100 } else { 36 } / 100;
    let (mut y, mut widest) = (top, 0);
    let rows: Vec<Row> = names
        .map(|(name, role)| {
            let font = if role == Role::Subject { frame.bold() } else { frame.plain() };
            let lines = text::balance(&name, font.weight, em, room);
            widest = widest.max(text::widest(&lines, font.weight, em));
            let tall = lines.len() as i32 * em * STEP / 100;
            let from = if above { y + tall } else { y };
            y = if above { from } else { from + tall - em * 5 / 4 }.max(from) + em * 31 / 20;
            Row { lines, font, above, top: from, bottom: y }
        })
        .collect();
    let left = if above { frame.left } else { frame.left + widest + em / 2 };
    Rows { rows, left, bottom: y }
}

/// The height of a line of a name in hundredths of the em.
const STEP: i32 = 115;

/// Writes the names.
pub fn draw(frame: &mut Frame<'_>, rows: &Rows) {
    let em = frame.em();
    for row in &rows.rows {
        let block = row.lines.len() as i32 * em * STEP / 100;
        let top = if row.above { row.top - block } else { row.middle() - block / 2 };
        let mut baseline = top + rise(em) + em * 15 / 100;
        for line in &row.lines {
            let (x, anchor) = if row.above { (rows.left, Anchor::Start) } else { (rows.left - em / 2, Anchor::End) };
            if row.above {
                let wide = text::width(line, row.font.weight, em);
                frame.scene.rect((x, baseline - rise(em)), (x + wide, baseline + drop(em)), WHITE);
            }
            frame.scene.text((x, baseline), anchor, row.font, line.as_str());
            baseline += em * STEP / 100;
        }
    }
}

/// The baseline that puts text of the frame's size half-way down a row.
pub fn baseline(frame: &Frame<'_>, middle: i32) -> i32 {
    middle + (frame.em() * 52 / 100) / 2 + frame.em() / 10
}
