//! The small pictures of a paper, each of which words beside it say too.

use crate::publish::document::Picture;
use crate::reading::{Ranked, words};

/// The shape of a tag.
pub fn mark(_shape: words::Shape) -> Option<Picture> {
    None
}

/// A place among all authorities with the places that chance alone could explain.
pub fn strip(_ranked: &Ranked) -> Option<Picture> {
    None
}
