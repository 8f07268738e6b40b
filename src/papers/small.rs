//! The small pictures of a paper, each of which words beside it say too.

use crate::publish::document::Picture;
use crate::reading::{Ranked, Rating, words};

use super::item::Item;
use super::own_item::Returned;

/// The shape of a tag.
pub fn mark(_shape: words::Shape) -> Option<Picture> {
    None
}

/// A place among all authorities with the places that chance alone could explain.
pub fn strip(_ranked: &Ranked) -> Option<Picture> {
    None
}

/// The tile of a rating; of what is not judged where there is none.
pub fn tile(_rating: Option<Rating>) -> Option<Picture> {
    None
}

/// The last months as a small line with their usual range and the target.
pub fn spark(_item: &Item<'_>, _own: &Returned<'_>) -> Option<Picture> {
    None
}
