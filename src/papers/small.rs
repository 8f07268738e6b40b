//! The small pictures of a paper, each of which words beside it say too.

use crate::chart::small::{self, Small};
use crate::chart::theme::Palette;
use crate::publish::document::Picture;
use crate::reading::{Ranked, words};

/// The shape of a tag.
pub fn mark(shape: words::Shape) -> Option<Picture> {
    let name = match shape {
        words::Shape::Circle => "better",
        words::Shape::Diamond => "worse",
        words::Shape::Ring => "similar",
        words::Shape::Up => "higher",
        words::Shape::Down => "lower",
        words::Shape::Dash => "not-compared",
    };
    small::mark(shape, &Palette::default()).ok().map(|drawn| picture(name.to_owned(), drawn))
}

/// A place among all authorities with the places that chance alone could explain.
pub fn strip(ranked: &Ranked) -> Option<Picture> {
    let (place, of, range) = (ranked.rank(), ranked.of(), ranked.range());
    let (first, last) = range.unwrap_or((place, place));
    let drawn = small::strip(place, of, range, &Palette::default()).ok()?;
    Some(picture(format!("strip-{place}-{of}-{first}-{last}"), drawn))
}

fn picture(name: String, drawn: Small) -> Picture {
    Picture { name, svg: drawn.svg, png: drawn.png, width: drawn.width_mm, height: drawn.height_mm }
}
