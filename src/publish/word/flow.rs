//! What stands on a page of a Word file, in order, and on which page each heading comes to stand.
//!
//! In: paragraphs and rows of tables with their heights. Out: the XML of the body and the numbers of pages for the contents,
//! which Word takes as they are until a reader asks it to count anew.

use super::paragraph::Paragraph;

/// The width of the text in millimetres: A4 without its margins.
pub const ROOM: f64 = 174.0;
/// The height of the text in millimetres.
pub const TALL: f64 = 267.0;

/// One thing that is never split over pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Piece {
    /// Its height in millimetres.
    pub height: f64,
    /// Whether it stands on one page with the next.
    pub keep: bool,
    /// Whether it begins a page.
    pub fresh: bool,
    /// What is repeated above it where it begins a page: the heading row of its table.
    pub again: f64,
    /// Whether it is a heading that the contents name.
    pub named: bool,
}

/// A body in the making.
#[derive(Default)]
pub struct Flow {
    /// Its XML.
    pub xml: String,
    pieces: Vec<Piece>,
}

impl Flow {
    /// A paragraph over the whole width.
    pub fn add(&mut self, paragraph: &Paragraph<'_>) {
        self.put(paragraph, false);
    }

    /// A heading that the contents name.
    pub fn name(&mut self, paragraph: &Paragraph<'_>) {
        self.put(paragraph, true);
    }

    fn put(&mut self, paragraph: &Paragraph<'_>, named: bool) {
        paragraph.write(&mut self.xml);
        let (height, keep, fresh) = (paragraph.height(ROOM), paragraph.is_kept(), paragraph.is_fresh());
        self.piece(Piece { height, keep, fresh, named, again: 0.0 });
    }

    /// A piece whose XML was written already.
    pub fn piece(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    /// How much of its last page is taken, in millimetres.
    pub fn taken(&self) -> f64 {
        laid(&self.pieces).1
    }
}

/// Several one behind the other as XML.
pub fn xml(flows: &[&Flow]) -> String {
    flows.iter().map(|flow| flow.xml.as_str()).collect()
}

/// The page of each heading that the contents name, and how many pages there are.
pub fn pages(flows: &[&Flow]) -> (Vec<usize>, usize) {
    let pieces: Vec<Piece> = flows.iter().flat_map(|flow| &flow.pieces).copied().collect();
    let (pages, _) = laid(&pieces);
    let named = pages.iter().zip(&pieces).filter(|(_, piece)| piece.named).map(|(page, _)| *page).collect();
    (named, pages.last().copied().unwrap_or(1))
}

/// The page of each piece, and how much of the last page is taken.
fn laid(pieces: &[Piece]) -> (Vec<usize>, f64) {
    let (mut page, mut used) = (1, 0.0);
    let mut pages = Vec::with_capacity(pieces.len());
    let mut rest = pieces;
    while !rest.is_empty() {
        let together = rest.iter().position(|piece| !piece.keep).map_or(rest.len(), |last| last + 1);
        let (block, later) = rest.split_at(together);
        let tall: f64 = block.iter().map(|piece| piece.height).sum();
        let is_fresh = block.first().is_some_and(|piece| piece.fresh);
        if used > 0.0 && (is_fresh || (used + tall > TALL && tall <= TALL)) {
            (page, used) = (page + 1, block.first().map_or(0.0, |piece| piece.again));
        }
        for piece in block {
            if used > 0.0 && used + piece.height > TALL {
                (page, used) = (page + 1, piece.again);
            }
            used += piece.height;
            pages.push(page);
        }
        rest = later;
    }
    (pages, used)
}
