//! The annex: what words mean, every figure, what is not in the paper, sources.

use super::Parts;
use super::contents::bookmark;
use super::flow::{Flow, Piece, ROOM};
use super::front::{layout, row};
use super::paragraph::{Look, Paragraph};
use super::rows::Rows;
use super::styles::{ANNEX, GAP, HEADING, PART, SOURCE};
use super::table::table;
use crate::publish::document::{Annex, Remark};

/// The width of a term, in millimetres.
const TERM: f64 = 50.0;

/// The annex's heading.
pub const TITLE: &str = "Annex: full figures, words and sources";

/// Whether anything stands in it.
pub fn is_empty(annex: &Annex) -> bool {
    let lists = annex.since.len() + annex.words.len() + annex.absent.len() + annex.sources.len();
    annex.table.is_none() && annex.returned.is_empty() && lists == 0 && annex.closing.is_empty()
}

/// Writes `annex`; `named` is its place among the headings of the contents.
pub fn annex<'a>(flow: &mut Flow, annex: &'a Annex, named: usize, parts: &mut Parts<'a>) {
    flow.name(&Paragraph::plain(&HEADING, TITLE).run(&bookmark(named)));
    for figures in annex.table.iter().chain(&annex.returned) {
        table(flow, figures, Rows::default(), parts);
    }
    listed(flow, "Since the last paper", &annex.since);
    if !annex.words.is_empty() {
        flow.add(&Paragraph::plain(&PART, "What the words mean"));
        words(flow, &annex.words);
    }
    listed(flow, "Not in this paper", &annex.absent);
    if !annex.sources.is_empty() {
        flow.add(&Paragraph::plain(&PART, "Sources"));
        annex.sources.iter().for_each(|source| flow.add(&Paragraph::plain(&SOURCE, source)));
    }
    if !annex.closing.is_empty() {
        flow.add(&Paragraph::of(&GAP));
        flow.add(&Paragraph::plain(&ANNEX, &annex.closing));
    }
}

/// Lines under a heading; nothing where there are none.
fn listed(flow: &mut Flow, heading: &'static str, lines: &[String]) {
    if !lines.is_empty() {
        flow.add(&Paragraph::plain(&PART, heading));
        lines.iter().for_each(|line| flow.add(&Paragraph::plain(&ANNEX, line)));
    }
}

/// Terms beside their meanings, in a table without lines; a meaning without a term runs over the whole width.
fn words(flow: &mut Flow, words: &[Remark]) {
    let (terms, bare): (Vec<&Remark>, Vec<&Remark>) = words.iter().partition(|word| !word.label.is_empty());
    if !terms.is_empty() {
        layout(&mut flow.xml, &[TERM, ROOM - TERM]);
        for word in terms {
            let term = [Paragraph::of(&ANNEX).words(word.label.as_str(), Look::Strong)];
            let meaning = [Paragraph::plain(&ANNEX, &word.text)];
            let height = row(&mut flow.xml, &[(TERM, &term[..]), (ROOM - TERM, &meaning[..])], (0.0, 3.0));
            flow.piece(Piece { height, ..Piece::default() });
        }
        flow.xml.push_str("</w:tbl>");
        flow.add(&Paragraph::of(&GAP));
    }
    bare.iter().for_each(|word| flow.add(&Paragraph::plain(&ANNEX, &word.text)));
}
