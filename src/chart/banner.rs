//! Names above a plot with a line down into it: each on lines of its own, so that two close together never meet.
//!
//! In: words, where they point, how they look. Out: the height they need, then the marks.

use super::frame::Frame;
use super::scene::{Anchor, Font, drop};
use super::text;
use super::theme::{Colour, WHITE};

/// One name and its line.
pub struct Flag {
    /// What it says.
    pub words: String,
    /// How it looks.
    pub font: Font,
    /// The pixel column it points at, and the pixel row its line runs down to; no line without one.
    pub foot: Option<(i32, i32)>,
    /// The colour and dash of its line.
    pub line: (Colour, &'static [i32]),
}

fn lines(frame: &Frame<'_>, words: &str, font: Font) -> Vec<String> {
    text::balance(words, font.weight, font.em, frame.right - frame.left)
}

/// The height that the names need.
pub fn height(frame: &Frame<'_>, flags: &[Flag]) -> i32 {
    let count: usize = flags.iter().map(|flag| lines(frame, &flag.words, flag.font).len()).sum();
    count as i32 * frame.em() * 5 / 4 + frame.em() / 2
}

/// Draws the names from `frame.y` down: lines first, so that none runs through a name.
pub fn draw(frame: &mut Frame<'_>, flags: Vec<Flag>) {
    let em = frame.em();
    let mut y = frame.y;
    let mut names = Vec::new();
    for flag in flags {
        let lines = lines(frame, &flag.words, flag.font);
        let first = y + em * 5 / 4 - drop(em);
        y += lines.len() as i32 * em * 5 / 4;
        if let Some((x, foot)) = flag.foot {
            frame.scene.path(vec![(x, y), (x, foot)], flag.line.0, 5, flag.line.1);
        }
        names.push((lines, first, flag.font, flag.foot.map_or(frame.right, |foot| foot.0)));
    }
    for (lines, mut baseline, font, x) in names {
        let half = text::widest(&lines, font.weight, em) / 2 + 1;
        let middle = x.min(frame.right - half).max(frame.left + half);
        for line in lines {
            frame.scene.rect((middle - half, baseline - em * 9 / 10), (middle + half, baseline + em / 5), WHITE);
            frame.scene.text((middle, baseline), Anchor::Middle, font, line);
            baseline += em * 5 / 4;
        }
    }
}
