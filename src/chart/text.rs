//! The one font: measuring, wrapping and drawing text from it, so that PNG, SVG and layout agree.
//!
//! In: strings and a size in pixels to the em. Out: widths, lines, and coverage of pixels.
//! plotters' own text is not used because its SVG and its bitmap take the same size to mean different things.

use ab_glyph::{Font, FontRef, GlyphId, PxScale, ScaleFont, point};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

/// Regular or bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Titles, and the chosen authority.
    Bold,
}

/// Fonts named in an SVG: ours, then what Word's machine has.
pub const FAMILY: &str = "\"DejaVu Sans\", Verdana, Arial, sans-serif";
/// Fonts named in an SVG that stands in a paper or on a page: those of the text around it.
pub const PAGE_FAMILY: &str = "Arial, \"Liberation Sans\", Helvetica, sans-serif";
/// Layout treats text as this much wider than in our font, for the fallbacks.
const SLACK: f32 = 1.03;

struct Face {
    font: Option<FontRef<'static>>,
    /// Advance in ems of the first 256 characters.
    advance: [f32; 256],
}

impl Face {
    fn load(bytes: &'static [u8]) -> Self {
        let font = FontRef::try_from_slice(bytes).ok();
        let mut advance = [0.6; 256];
        if let Some(font) = &font {
            for (code, slot) in advance.iter_mut().enumerate() {
                let glyph = char::from_u32(code as u32).map_or(GlyphId(0), |c| font.glyph_id(c));
                *slot = ems(font, glyph);
            }
        }
        Self { font, advance }
    }

    fn advance(&self, character: char) -> f32 {
        let known = self.advance.get(character as usize).copied();
        known.unwrap_or_else(|| self.font.as_ref().map_or(0.6, |font| ems(font, font.glyph_id(character))))
    }
}

fn ems(font: &FontRef<'static>, glyph: GlyphId) -> f32 {
    font.h_advance_unscaled(glyph) / font.units_per_em().unwrap_or(2048.0)
}

fn face(weight: Weight) -> &'static Face {
    static FACES: OnceLock<[Face; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| [Face::load(dejavu::sans::regular()), Face::load(dejavu::sans::bold())]);
    &faces[weight as usize]
}

fn exact(text: &str, weight: Weight, em: i32) -> f32 {
    let face = face(weight);
    text.chars().map(|c| face.advance(c)).sum::<f32>() * em as f32
}

/// How wide the text is at `em` pixels, slack for fallback fonts included, rounded up.
pub fn width(text: &str, weight: Weight, em: i32) -> i32 {
    (exact(text, weight, em) * SLACK).ceil() as i32
}

/// Breaks text into lines no wider than `room`; a word longer than that is broken inside. Never returns no line.
pub fn wrap(text: &str, weight: Weight, em: i32, room: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // Not at no-break spaces: they hold `2019 to 2024` together.
    for word in text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        match (joined, lines.last_mut()) {
            (Some(joined), Some(last)) if width(&joined, weight, em) <= room => *last = joined,
            _ if width(word, weight, em) <= room => lines.push(word.into()),
            _ => lines.extend(pieces(word, weight, em, room)),
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Wraps so that lines are about equally long: for titles and labels, where a last line of one word looks lost.
pub fn balance(text: &str, weight: Weight, em: i32, room: i32) -> Vec<String> {
    let greedy = wrap(text, weight, em, room);
    // Never narrower than the longest word: balancing must not break words that need no breaking.
    let longest = longest_word(text, weight, em);
    let (mut low, mut high, mut best) = (longest.min(room) - 1, room, greedy);
    while best.len() > 1 && high - low > em / 4 {
        let middle = (low + high + 1) / 2;
        let lines = wrap(text, weight, em, middle);
        if lines.len() <= best.len() { (best, high) = (lines, middle) } else { low = middle }
    }
    best
}

/// The width of the longest word: narrower than this, text has to be broken inside words.
pub fn longest_word(text: &str, weight: Weight, em: i32) -> i32 {
    text.split(' ').map(|word| width(word, weight, em)).max().unwrap_or(0)
}

/// The widest of several lines.
pub fn widest(lines: &[String], weight: Weight, em: i32) -> i32 {
    lines.iter().map(|line| width(line, weight, em)).max().unwrap_or(0)
}

fn pieces(word: &str, weight: Weight, em: i32, room: i32) -> Vec<String> {
    let mut parts = vec![String::new()];
    for character in word.chars() {
        let mut longer = parts.last().cloned().unwrap_or_default();
        longer.push(character);
        match parts.last_mut() {
            Some(last) if last.is_empty() || width(&longer, weight, em) <= room => *last = longer,
            _ => parts.push(character.to_string()),
        }
    }
    parts
}

/// A glyph as pixels: where its box starts from pen and baseline, and how much of each pixel it covers, 0 to 8.
struct Glyph {
    left: i32,
    top: i32,
    columns: usize,
    cover: Vec<u8>,
}

thread_local! {
    static GLYPHS: RefCell<HashMap<(char, Weight, i32), Rc<Glyph>>> = RefCell::new(HashMap::new());
}

fn glyph(character: char, weight: Weight, em: i32) -> Rc<Glyph> {
    let key = (character, weight, em);
    GLYPHS.with(|cache| Rc::clone(cache.borrow_mut().entry(key).or_insert_with(|| Rc::new(outline(key)))))
}

fn outline((character, weight, em): (char, Weight, i32)) -> Glyph {
    let blank = Glyph { left: 0, top: 0, columns: 1, cover: Vec::new() };
    let Some(font) = &face(weight).font else {
        return blank;
    };
    let scale = PxScale::from(em as f32 * font.height_unscaled() / font.units_per_em().unwrap_or(2048.0));
    let scaled = font.as_scaled(scale);
    let placed = scaled.glyph_id(character).with_scale_and_position(scale, point(0.0, 0.0));
    let Some(shape) = font.outline_glyph(placed) else {
        return blank;
    };
    let bounds = shape.px_bounds();
    let columns = (bounds.width() as usize).max(1);
    let mut cover = vec![0; columns * bounds.height() as usize];
    shape.draw(|x, y, share| {
        if let Some(slot) = cover.get_mut(y as usize * columns + x as usize) {
            *slot = (share.clamp(0.0, 1.0) * 8.0).round() as u8;
        }
    });
    Glyph { left: bounds.min.x as i32, top: bounds.min.y as i32, columns, cover }
}

/// Calls `draw(x, y, eighths)` for every pixel the text covers; `x` from the start of the text, `y` from its baseline.
///
/// # Errors
/// Whatever `draw` returns, at once.
pub fn paint<E>(
    text: &str,
    weight: Weight,
    em: i32,
    mut draw: impl FnMut(i32, i32, u8) -> Result<(), E>,
) -> Result<(), E> {
    let mut pen = 0.0_f32;
    for character in text.chars() {
        let glyph = glyph(character, weight, em);
        let start = pen.round() as i32 + glyph.left;
        for (row, covers) in glyph.cover.chunks(glyph.columns).enumerate() {
            for (column, cover) in covers.iter().enumerate().filter(|(_, cover)| **cover > 0) {
                draw(start + column as i32, glyph.top + row as i32, *cover)?;
            }
        }
        pen += face(weight).advance(character) * em as f32;
    }
    Ok(())
}

/// How wide the text is when drawn in our own font, without slack.
pub fn drawn(text: &str, weight: Weight, em: i32) -> i32 {
    exact(text, weight, em).round() as i32
}
