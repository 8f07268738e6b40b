//! A document as a Word file: upright A4, real styles, measured columns, charts beside each other, pages numbered.
//!
//! In: a `Document` whose charts have their PNG. Out: the bytes of the .docx, a zip of a few XML parts, in the order of the
//! page. Every word is escaped where it is written; docs/reports.md says why no crate writes it.

mod annex;
mod contents;
mod flow;
mod footnotes;
mod front;
mod grid;
mod package;
mod paragraph;
mod parts;
mod pictures;
mod rows;
mod section;
mod styles;
mod table;
mod units;

pub use parts::Parts;

use super::document::Document;
use crate::finding::Error;
use flow::{Flow, TALL};
use footnotes::Footnotes;
use pictures::Pictures;

/// A first page that is filled less than this share is followed by the first section on the same page.
const FILLED: f64 = 0.5;

/// The Word file of `document`.
///
/// # Errors
/// The zip cannot be made, which in memory does not happen.
pub fn word(document: &Document) -> Result<Vec<u8>, Error> {
    let mut parts = Parts { pictures: Pictures::default(), notes: Footnotes::of(&document.annex.words) };
    let mut first = Flow::default();
    front::front(&mut first, document, &mut parts);
    parts.notes.open();
    let rest = sections(document, &mut parts);
    let headings = headings(document);
    let before = usize::from(!document.messages.is_empty());
    let apart = document.glance.is_some() && flow::laid(&[&first], &[]).taken > FILLED * TALL;
    let tops: Vec<bool> = (0..headings.len()).map(|named| apart && named == before).collect();
    let plain = flow::laid(&[&first, &rest], &tops);
    let (body, pages) = if contents::wanted(headings.len(), plain.count) {
        // Without their pages the contents are as tall as with them.
        let blank = contents::contents(&headings, &[], apart);
        let laid = flow::laid(&[&first, &blank, &rest], &[]);
        let filled = contents::contents(&headings, &laid.pages, apart);
        // A heading that comes to stand at the top of a page is told to, so that no other count of lines moves it back.
        (flow::xml(&[&first, &filled, &rest], &flow::sure_tops(&[&first, &blank, &rest])), laid.count)
    } else {
        (flow::xml(&[&first, &rest], &tops), plain.count)
    };
    package::packed(document, &body, pages, &parts).map_err(|error| {
        Error::usage(format!("the Word file could not be made: {error}"), "tell the makers of Abreast")
    })
}

/// The headings that the contents name.
fn headings(document: &Document) -> Vec<String> {
    let key = (!document.messages.is_empty()).then(|| front::MESSAGES.to_owned());
    let annex = (!annex::is_empty(&document.annex)).then(|| annex::TITLE.to_owned());
    key.into_iter().chain(document.sections.iter().map(section::heading)).chain(annex).collect()
}

/// What follows the first page: the sections and the annex.
fn sections<'a>(document: &'a Document, parts: &mut Parts<'a>) -> Flow {
    let mut flow = Flow::default();
    let before = usize::from(!document.messages.is_empty());
    for (at, section) in document.sections.iter().enumerate() {
        section::section(&mut flow, section, before + at, parts);
    }
    if !annex::is_empty(&document.annex) {
        annex::annex(&mut flow, &document.annex, before + document.sections.len(), parts);
    }
    flow
}
