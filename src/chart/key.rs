//! What the marks of a chart mean: beside the picture in a paper, inside it where the picture carries its words.
//!
//! In: names with their signs. Out: marks above a plot, or the same entries for whoever writes the key as text.

use super::frame::Frame;
use super::scene::{Anchor, Shape, drop};
use super::text;
use super::theme::Colour;

/// A name and the sign that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What it is.
    pub name: String,
    /// How it is drawn.
    pub sign: Sign,
}

/// How something is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A filled area.
    Patch(Colour),
    /// A marker.
    Mark(Colour, Shape),
    /// A line with its dashes and gaps, and its marker.
    Line(Colour, &'static [i32], Shape),
}

impl Key {
    /// A name and its sign.
    pub fn new(name: &str, sign: Sign) -> Self {
        Self { name: name.into(), sign }
    }
}

/// Draws the key from `frame.y` down, each name beside its sign. Returns the pixel below; nothing is drawn where the
/// words stand beside the picture.
pub fn draw(frame: &mut Frame<'_>, entries: &[Key]) -> i32 {
    let (em, font) = (frame.em(), frame.plain());
    if frame.size.is_bare() {
        return frame.y + em / 4;
    }
    let (mut x, mut y) = (frame.left, frame.y);
    for Key { name, sign } in entries {
        let lines = text::wrap(name, font.weight, font.em, frame.right - frame.left - em);
        let wide = em + text::widest(&lines, font.weight, font.em);
        if x > frame.left && x + wide > frame.right {
            (x, y) = (frame.left, y + em * 5 / 4);
        }
        paint(frame, (x, y), *sign);
        for (nth, line) in lines.iter().enumerate() {
            y += if nth > 0 { em * 5 / 4 } else { 0 };
            frame.scene.text((x + em, y + em), Anchor::Start, font, line.as_str());
        }
        x += wide + em;
    }
    y + em + drop(em) + em / 2
}

fn paint(frame: &mut Frame<'_>, (x, y): (i32, i32), sign: Sign) {
    let em = frame.em();
    let middle = (x + em * 4 / 10, y + em * 65 / 100);
    match sign {
        Sign::Patch(fill) => frame.scene.rect((x, y + em * 3 / 10), (x + em * 7 / 10, y + em), fill),
        Sign::Mark(colour, shape) => frame.scene.marker(middle, em * 3 / 10, shape, colour),
        Sign::Line(colour, dash, shape) => {
            frame.scene.path(vec![(x, middle.1), (x + em * 8 / 10, middle.1)], colour, 5, dash);
            frame.scene.marker(middle, em * 2 / 10, shape, colour);
        }
    }
}
