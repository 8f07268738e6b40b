//! How a series looks: colour, dash, marker and width by whose it is, so that greyscale and colour say the same.
//!
//! In: a role, and which one of several. Out: a `Look`.

use super::data::Role;
use super::scene::Shape;
use super::theme::{Colour, Palette};

/// The look of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its colour.
    pub colour: Colour,
    /// Its width in hundredths of the em.
    pub width: i32,
    /// Dashes and gaps in pixels; empty for solid.
    pub dash: &'static [i32],
    /// The marker at each figure.
    pub shape: Shape,
    /// Half the marker's size in hundredths of the em.
    pub radius: i32,
}

/// The look of a line in a trend; `nth` tells apart several authorities shown for comparison.
pub fn line(role: Role, nth: usize, palette: &Palette) -> Look {
    let thin = |colour, dash, shape| Look { colour, width: 11, dash, shape, radius: 24 };
    match role {
        Role::Subject => Look { colour: palette.subject, width: 23, dash: &[], shape: Shape::Disc, radius: 28 },
        Role::Neighbour => thin(palette.neighbours, &[6, 10], Shape::Diamond),
        Role::Region => thin(palette.region, &[36, 12, 8, 12], Shape::Triangle),
        Role::England => thin(palette.england, &[26, 12], Shape::Square),
        Role::Group => thin(palette.region, &[16, 8, 6, 8], Shape::Ring),
        Role::Other => {
            let dashes: [&'static [i32]; 4] = [&[16, 10], &[6, 10], &[30, 8, 6, 8], &[]];
            let shapes = [Shape::Ring, Shape::Square, Shape::Triangle, Shape::Diamond];
            Look { width: 7, radius: 16, ..thin(palette.secondary, dashes[nth % 4], shapes[nth % 4]) }
        }
    }
}

/// The colour of words about a series.
pub fn words(role: Role, palette: &Palette) -> Colour {
    match role {
        Role::Subject => palette.subject,
        Role::Neighbour => palette.neighbours_text,
        Role::Region | Role::Group => palette.region,
        Role::England => palette.england,
        Role::Other => palette.text,
    }
}

/// The colour of a bar's outline, which on white needs less contrast than a small mark on a shade.
pub fn bar(role: Role, palette: &Palette) -> Colour {
    if role == Role::Neighbour { palette.neighbours } else { point(role, palette).0 }
}

/// The look of a single point of one place.
pub fn point(role: Role, palette: &Palette) -> (Colour, Shape) {
    match role {
        Role::Subject => (palette.subject, Shape::Disc),
        Role::Neighbour => (palette.neighbours_text, Shape::Diamond),
        Role::Region | Role::Group => (palette.region, Shape::Triangle),
        Role::England => (palette.england, Shape::Square),
        Role::Other => (palette.secondary, Shape::Ring),
    }
}
