//! What a word means, at the foot of the page where it is first used.
//!
//! In: the words that the annex explains, and the text of the sections as it is written. Out: text cut where a number stands,
//! and the part of the file that holds the notes.

use std::fmt::Write;

use super::flow::ROOM;
use super::paragraph::{Look, Paragraph};
use super::styles::{FOOTNOTE, Style};
use crate::publish::document::Remark;

/// How many notes a paper has at most; the annex explains the rest.
const MOST: usize = 5;
/// What the line above the first note takes, in millimetres.
const RULE: f64 = 3.0;
const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"#;

/// The notes of one file.
pub struct Footnotes<'a> {
    waiting: Vec<&'a Remark>,
    made: Vec<&'a Remark>,
    is_open: bool,
}

impl<'a> Footnotes<'a> {
    /// Notes for these words, none of which is used yet; the first page, which is to stay one, has none.
    pub fn of(words: &'a [Remark]) -> Footnotes<'a> {
        let waiting = words.iter().filter(|word| !term(&word.label).is_empty() && !word.text.is_empty()).collect();
        Footnotes { waiting, made: Vec::new(), is_open: false }
    }

    /// From here on words are noted.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// A paragraph of `text`, with a number behind each word that is used for the first time.
    pub fn paragraph<'t>(&mut self, style: &'static Style, text: &'t str, look: Look) -> Paragraph<'t> {
        self.noted(Paragraph::of(style), text, look)
    }

    /// `text` behind what the paragraph holds, with the same numbers.
    pub fn noted<'t>(&mut self, paragraph: Paragraph<'t>, text: &'t str, look: Look) -> Paragraph<'t> {
        let (mut made, mut rest, mut beneath) = (paragraph, text, 0.0);
        while let Some((index, end)) = self.first(rest) {
            let (before, behind) = rest.split_at(end);
            let word = self.waiting.remove(index);
            self.made.push(word);
            let first = if self.made.len() == 1 { RULE } else { 0.0 };
            beneath += first + note(word).height(ROOM);
            let run = format!(
                r#"<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>"#,
                self.made.len()
            );
            made = made.words(before, look).run(&run);
            rest = behind;
        }
        made.words(rest, look).noted(beneath)
    }

    /// The word that `text` uses first of those that wait, and where it ends.
    fn first(&self, text: &str) -> Option<(usize, usize)> {
        if !self.is_open || self.made.len() >= MOST || self.waiting.is_empty() {
            return None;
        }
        let folded = text.to_ascii_lowercase();
        let found =
            self.waiting.iter().enumerate().filter_map(|(index, word)| Some((index, used(&folded, &word.label)?)));
        found.min_by_key(|(_, (start, end))| (*start, usize::MAX - end)).map(|(index, (_, end))| (index, end))
    }

    /// The part of the file that holds the notes.
    pub fn part(&self) -> String {
        let mut xml = OPENING.to_owned();
        for (number, word) in (1..).zip(&self.made) {
            let _ = write!(xml, r#"<w:footnote w:id="{number}">"#);
            note(word).write(&mut xml);
            xml.push_str("</w:footnote>");
        }
        xml + "</w:footnotes>"
    }
}

fn note(word: &Remark) -> Paragraph<'_> {
    let reference = r#"<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>"#;
    Paragraph::of(&FOOTNOTE)
        .run(reference)
        .words(format!(" {}: ", word.label), Look::Strong)
        .words(word.text.as_str(), Look::Plain)
}

/// The word as text has it: `Neighbours, 2025` and `Neighbours (2025)` are used where `neighbours` stands.
fn term(label: &str) -> &str {
    let is_year = |rest: &str| rest.chars().all(|letter| letter.is_ascii_digit() || "/ )".contains(letter));
    let cut = label.split_once([',', '(']).filter(|(_, rest)| is_year(rest));
    cut.map_or(label, |(word, _)| word).trim()
}

/// Where `text`, which is in small letters, has the word as a whole, or its plural: start, and end with the stop behind it.
fn used(text: &str, label: &str) -> Option<(usize, usize)> {
    let wanted = term(label).to_ascii_lowercase();
    let whole = |(start, found): (usize, &str)| {
        let behind = &text[start + found.len()..];
        let plural = usize::from(behind.starts_with('s'));
        let is_end = !behind[plural..].starts_with(char::is_alphanumeric);
        let is_start = !text[..start].ends_with(char::is_alphanumeric);
        let stop = usize::from(behind[plural..].starts_with(['.', ',', ';', ':']));
        (is_start && is_end).then_some((start, start + found.len() + plural + stop))
    };
    text.match_indices(wanted.as_str()).find_map(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_noted_where_it_is_used_as_a_whole() {
        assert_eq!(used("plans and time limits.", "Time limit"), Some((10, 22)));
        assert_eq!(used("its neighbours did better", "Neighbours, 2025"), Some((4, 14)));
        assert_eq!(used("overtime limited", "Time limit"), None);
        assert_eq!(used("time limits, other ones", "Time limits, all plans"), None);
    }
}
