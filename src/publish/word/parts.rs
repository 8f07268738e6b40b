//! What the parts of a document share: footnotes and pictures.

use super::footnotes::Footnotes;
use super::pictures::Pictures;

/// What the body refers to: pictures, and notes at the foot of pages.
pub struct Parts<'a> {
    /// The pictures that were laid out.
    pub pictures: Pictures<'a>,
    pub(super) notes: Footnotes<'a>,
}
