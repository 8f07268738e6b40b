//! The small pictures of a paper, each of which words beside it say too.

use crate::chart::small::{self, Band, Small};
use crate::chart::theme::Palette;
use crate::publish::document::Picture;
use crate::reading::{Ranked, Rating, words};
use crate::statistics::control_chart::xmr_limits;

use super::item::Item;
use super::own_item::{MONTHS, Returned};

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

/// The tile of a rating; of what is not judged where there is none.
pub fn tile(rating: Option<Rating>) -> Option<Picture> {
    let name = match rating {
        Some(Rating::Blue) => "blue",
        Some(Rating::Green) => "green",
        Some(Rating::Amber) => "amber",
        Some(Rating::Red) => "red",
        None => "not-judged",
    };
    small::rated(rating, &Palette::default()).ok().map(|drawn| picture(name.to_owned(), drawn))
}

/// The last months as a small line with the target, and with their usual range where there are months enough to tell it; none
/// where the return does not have it month by month.
pub fn spark(item: &Item<'_>, own: &Returned<'_>) -> Option<Picture> {
    if !own.is_monthly() {
        return None;
    }
    let shown = &own.months[own.months.len().saturating_sub(MONTHS)..];
    let values: Vec<Option<f64>> = shown.iter().map(|month| month.and_then(|own| own.figure.value)).collect();
    let limits = xmr_limits(&own.unbroken(), true).filter(|_| words::is_tellable(&item.reading));
    let band = limits.map(|limits| Band { lower: limits.lower, mean: limits.mean, upper: limits.upper });
    let outside = |value: f64| limits.is_some_and(|limits| value < limits.lower || value > limits.upper);
    let flagged: Vec<usize> =
        values.iter().enumerate().filter(|(_, value)| value.is_some_and(outside)).map(|(month, _)| month).collect();
    let drawn = small::spark(&values, item.target(), band, &flagged, &Palette::default()).ok()?;
    Some(picture(format!("months-{}", super::slug(&own.now.id)), drawn))
}
