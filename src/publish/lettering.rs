//! How wide words are in Arial, so that the widths of columns and the height of a page are known before a browser or Word
//! lays them out.
//!
//! In: words, whether they are bold, their size in points. Out: millimetres, and how many lines they take.

mod widths;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// Millimetres in a point.
pub const POINT: f64 = 25.4 / 72.0;

/// Regular or bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Headings, and the authority's own figures.
    Bold,
}

fn advance(character: char, weight: Weight) -> f64 {
    static FACES: OnceLock<[FxHashMap<char, u16>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        [widths::REGULAR, widths::BOLD].map(|groups| {
            groups.iter().flat_map(|(width, letters)| letters.chars().map(|letter| (letter, *width))).collect()
        })
    });
    // A character of another script is about as wide as a capital.
    f64::from(faces[weight as usize].get(&character).copied().unwrap_or(1593)) / 2048.0
}

/// How wide the words are on one line, in millimetres.
pub fn width(text: &str, weight: Weight, points: f64) -> f64 {
    text.chars().map(|character| advance(character, weight)).sum::<f64>() * points * POINT
}

/// The pieces between which a line may end: at blanks, and behind a hyphen between letters. A no-break space holds together.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let after_hyphen = |(at, _): (usize, &str)| {
                let (before, behind) = (&rest[..at], &rest[at + 1..]);
                let is_inside = before.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphabetic);
                is_inside.then_some(at + 1)
            };
            let end = rest.match_indices('-').find_map(after_hyphen).unwrap_or(rest.len());
            let (piece, later) = rest.split_at(end);
            rest = later;
            Some(piece)
        })
    })
}

/// The width of the longest piece that cannot be broken.
pub fn longest(text: &str, weight: Weight, points: f64) -> f64 {
    pieces(text).map(|piece| width(piece, weight, points)).fold(0.0, f64::max)
}

/// How many lines the words take in `room` millimetres, where each run of words has a weight of its own; none for no words.
pub fn lines(runs: &[(&str, Weight)], points: f64, room: f64) -> usize {
    let (mut lines, mut used) = (0, 0.0);
    for (text, weight) in runs {
        let blank = width(" ", *weight, points);
        for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
            let mut gap = blank;
            for piece in pieces(word) {
                let wide = width(piece, *weight, points);
                if lines == 0 || used + gap + wide > room {
                    // A piece that is longer than a line is broken inside.
                    lines += (wide / room).ceil().max(1.0) as usize;
                    used = wide % room;
                } else {
                    used += gap + wide;
                }
                gap = 0.0;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_arial() {
        // Arial's `a` is 1139 of 2048 wide, its `i` 455 (569 in bold), its digits 1139.
        let of = |text: &str, weight| width(text, weight, 72.0) / 25.4 * 2048.0;
        assert!((of("a", Weight::Regular) - 1139.0).abs() < 1e-6);
        assert!((of("i2", Weight::Regular) - 1594.0).abs() < 1e-6);
        assert!((of("i2", Weight::Bold) - 1708.0).abs() < 1e-6);
    }

    #[test]
    fn a_line_ends_at_blanks_and_behind_hyphens() {
        let all: Vec<&str> = pieces("the 20-week limit in Stoke-on-Trent, 2023-24").collect();
        assert_eq!(all, ["the", "20-", "week", "limit", "in", "Stoke-", "on-", "Trent,", "2023-24"]);
    }

    #[test]
    fn words_take_the_lines_that_they_need() {
        let word = width("wwww", Weight::Regular, 10.0);
        let run = [("wwww wwww wwww", Weight::Regular)];
        assert_eq!(lines(&run, 10.0, word * 3.5), 1);
        assert_eq!(lines(&run, 10.0, word * 2.5), 2);
        assert_eq!(lines(&run, 10.0, word * 1.2), 3);
        assert_eq!(lines(&[("wwww", Weight::Bold), ("wwww", Weight::Regular)], 10.0, word * 1.5), 2);
        assert_eq!(lines(&[("", Weight::Regular)], 10.0, 10.0), 0);
        assert_eq!(lines(&run, 10.0, word * 0.6), 6, "a word longer than its line");
    }
}
