//! What stands on a page of a Word file, in order, and on which page each heading comes to stand.
//!
//! In: paragraphs and rows of tables with their heights. Out: the XML of the body and the numbers of pages for the contents,
//! which Word takes as they are until a reader asks it to count anew.

use super::paragraph::Paragraph;

/// The width of the text in millimetres: A4 without its margins.
pub const ROOM: f64 = 174.0;
/// The height of the text in millimetres.
pub const TALL: f64 = 267.0;

/// With less room than this on the page before, in millimetres, nothing need be told to begin one.
const SLACK: f64 = 24.0;
/// How far a count of lines may be off over a page, in millimetres.
const OFF: f64 = 8.0;

/// One thing that is never split over pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Piece {
    /// Its height in millimetres.
    pub height: f64,
    /// How much of that is blank beneath it, and may hang over the end of a page.
    pub below: f64,
    /// Whether it stands on one page with the next.
    pub keep: bool,
    /// Whether it begins a page.
    pub fresh: bool,
    /// What is repeated above it where it begins a page: the heading row of its table.
    pub again: f64,
    /// Where a heading that the contents name can be told to begin a page: a place in the XML.
    pub named: Option<usize>,
}

/// A body in the making.
#[derive(Default)]
pub struct Flow {
    /// Its XML.
    pub xml: String,
    pieces: Vec<Piece>,
}

/// Where the headings that the contents name come to stand.
#[derive(Debug, Default, PartialEq)]
pub struct Laid {
    /// The page of each.
    pub pages: Vec<usize>,
    /// Whether each begins its page though there was room on the one before.
    pub tops: Vec<bool>,
    /// How many pages there are.
    pub count: usize,
    /// How much of the last page is taken, in millimetres.
    pub taken: f64,
    /// How much of the page before it was.
    before: f64,
}

impl Flow {
    /// A paragraph over the whole width.
    pub fn add(&mut self, paragraph: &Paragraph<'_>) {
        let (height, below) = (paragraph.height(ROOM), paragraph.below());
        let (keep, fresh) = (paragraph.is_kept(), paragraph.is_fresh());
        paragraph.write(&mut self.xml);
        self.piece(Piece { height, below, keep, fresh, ..Piece::default() });
    }

    /// A heading that the contents name.
    pub fn name(&mut self, paragraph: &Paragraph<'_>) {
        let at = self.xml.len() + paragraph.break_at();
        self.add(paragraph);
        if let Some(piece) = self.pieces.last_mut() {
            piece.named = Some(at);
        }
    }

    /// A piece whose XML was written already.
    pub fn piece(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }
}

/// Several one behind the other as XML, where the headings for which `tops` says so begin a page.
pub fn xml(flows: &[&Flow], tops: &[bool]) -> String {
    let mut tops = tops.iter().copied().chain(std::iter::repeat(false));
    let mut xml = String::with_capacity(flows.iter().map(|flow| flow.xml.len() + 400).sum());
    for flow in flows {
        let mut from = 0;
        for at in flow.pieces.iter().filter_map(|piece| piece.named) {
            if tops.next() == Some(true) {
                xml.push_str(&flow.xml[from..at]);
                xml.push_str("<w:pageBreakBefore/>");
                from = at;
            }
        }
        xml.push_str(&flow.xml[from..]);
    }
    xml
}

/// Puts the pieces on pages; the headings for which `tops` says so begin one.
pub fn laid(flows: &[&Flow], tops: &[bool]) -> Laid {
    laid_on(flows, tops, TALL)
}

/// The headings that begin a page however many lines Word counts: on pages that hold a little less or more as well.
pub fn sure_tops(flows: &[&Flow]) -> Vec<bool> {
    let all = [TALL - OFF, TALL, TALL + OFF].map(|tall| laid_on(flows, &[], tall));
    let [less, same, more] = &all;
    let pages = less.pages.iter().zip(&same.pages).zip(&more.pages);
    let alike = pages.map(|((less, same), more)| less == same && same == more);
    let tops = less.tops.iter().zip(&same.tops).zip(&more.tops);
    tops.zip(alike).map(|(((less, same), more), alike)| alike && *less && *same && *more).collect()
}

fn laid_on(flows: &[&Flow], tops: &[bool], height: f64) -> Laid {
    let mut tops = tops.iter().copied().chain(std::iter::repeat(false));
    let mut pieces: Vec<Piece> = flows.iter().flat_map(|flow| &flow.pieces).copied().collect();
    pieces.iter_mut().filter(|piece| piece.named.is_some()).for_each(|piece| piece.fresh |= tops.next() == Some(true));
    let mut made = Laid { count: 1, ..Laid::default() };
    let mut rest = pieces.as_slice();
    while !rest.is_empty() {
        let together = rest.iter().position(|piece| !piece.keep).map_or(rest.len(), |last| last + 1);
        let (block, later) = rest.split_at(together);
        let below = block.last().map_or(0.0, |piece| piece.below);
        let tall = block.iter().map(|piece| piece.height).sum::<f64>() - below;
        let is_fresh = block.first().is_some_and(|piece| piece.fresh);
        if made.taken > 0.0 && (is_fresh || (made.taken + tall > height && tall <= height)) {
            made.turn(block.first().map_or(0.0, |piece| piece.again));
        }
        block.iter().for_each(|piece| made.put(piece, height));
        rest = later;
    }
    made
}

impl Laid {
    fn turn(&mut self, taken: f64) {
        (self.before, self.count, self.taken) = (self.taken, self.count + 1, taken);
    }

    fn put(&mut self, piece: &Piece, height: f64) {
        if self.taken > 0.0 && self.taken + piece.height - piece.below > height {
            self.turn(piece.again);
        }
        if piece.named.is_some() {
            self.pages.push(self.count);
            // Behind a full page nothing need be told: a line more on it would else leave the next one blank.
            self.tops.push(self.taken == 0.0 && self.count > 1 && self.before + SLACK < height);
        }
        self.taken += piece.height;
    }
}

#[cfg(test)]
mod tests {
    use super::{Flow, Piece, TALL, laid, sure_tops};

    /// Pieces of these heights; those of `named` are headings kept with the next.
    fn flow(heights: &[f64], named: &[usize]) -> Flow {
        let mut flow = Flow::default();
        for (at, height) in heights.iter().enumerate() {
            let is_named = named.contains(&at);
            flow.piece(Piece { height: *height, keep: is_named, named: is_named.then_some(0), ..Piece::default() });
        }
        flow
    }

    #[test]
    fn a_heading_is_told_to_begin_a_page_only_where_every_count_has_it_there() {
        // A heading with 200 beneath it does not fit behind 100, by far.
        let sure = flow(&[100.0, 10.0, 200.0], &[1]);
        assert_eq!((laid(&[&sure], &[]).pages, sure_tops(&[&sure])), (vec![2], vec![true]));
        // What stands before it fills the first page to within a line or two: one count more has it on the second.
        let doubtful = flow(&[100.0, TALL - 100.0 + 2.0, 10.0, 240.0], &[2]);
        assert_eq!(laid(&[&doubtful], &[]).pages, [3]);
        assert_eq!(sure_tops(&[&doubtful]), [false]);
    }

    #[test]
    fn behind_a_full_page_nothing_is_told() {
        let full = flow(&[TALL - 10.0, 10.0, 100.0], &[1]);
        assert_eq!((laid(&[&full], &[]).pages, sure_tops(&[&full])), (vec![2], vec![false]));
    }
}
