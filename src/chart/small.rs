//! Small pictures inside tables: the strip of places, the line of months, the marks of verdicts, the tiles of ratings.
//!
//! In: places, figures, verdicts. Out: SVG and PNG with their size on paper. They are decoration: the words stand beside
//! them, so that they carry no title, no ids and no text but the letter of a tile.

use super::key::Sign;
use super::scene::{Anchor, Font, Point, Scene, Shape};
use super::text::Weight;
use super::theme::{Colour, Palette, WHITE};
use super::{ChartError, encode};
use crate::reading::words::Shape as MarkShape;
use crate::reading::{Judgement, Rating};

/// A small picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Small {
    /// The SVG, hidden from screen readers; without ids, so that many can stand on one page.
    pub svg: String,
    /// The PNG.
    pub png: Vec<u8>,
    /// Width in millimetres as printed.
    pub width_mm: f64,
    /// Height in millimetres as printed.
    pub height_mm: f64,
}

/// Units of a scene to the millimetre.
const UNIT: i32 = 40;
/// The outer and the inner quarters of a strip.
const QUARTERS: [Colour; 2] = [Colour(0xC9, 0xCF, 0xD4), Colour(0xDD, 0xE2, 0xE5)];
/// The places that chance alone could explain.
const RANGE: Colour = Colour(0x6E, 0x86, 0xA2);
/// The band of a line of months, and the line of their average.
const BAND: [Colour; 2] = [Colour(0xE6, 0xEA, 0xED), Colour(0x8A, 0x93, 0x99)];

/// A scene of so many millimetres.
fn scene(width: i32, height: i32) -> Scene {
    Scene { height: height * UNIT, ..Scene::new(width * UNIT) }
}

fn finish(scene: &Scene) -> Result<Small, ChartError> {
    let millimetres = |units: i32| f64::from(units) / f64::from(UNIT);
    Ok(Small {
        svg: encode::decoration(scene, UNIT)?,
        png: encode::smooth_png(scene, UNIT)?,
        width_mm: millimetres(scene.width),
        height_mm: millimetres(scene.height),
    })
}

/// The strip of places, 35 mm by 4: four quarters in two greys, a dot at `place` of `of`, the first at the right, and a bar
/// over the places from `range.0` to `range.1` that chance alone could explain.
///
/// # Errors
/// A backend that refuses a mark.
pub fn strip(place: u32, of: u32, range: Option<(u32, u32)>, palette: &Palette) -> Result<Small, ChartError> {
    let mut scene = scene(35, 4);
    let (left, right, middle) = (UNIT * 5 / 4, scene.width - UNIT * 5 / 4, scene.height / 2);
    let at = |share: f64| left + (share * f64::from(right - left)).round() as i32;
    for quarter in 0..4 {
        let (from, to) = (at(f64::from(quarter) / 4.0), at(f64::from(quarter + 1) / 4.0));
        let fill = QUARTERS[usize::from(quarter == 1 || quarter == 2)];
        let gap = if quarter < 3 { UNIT / 4 } else { 0 };
        scene.rect((from, middle - UNIT * 3 / 4), (to - gap, middle + UNIT * 3 / 4), fill);
    }
    // The first place is at the right end, the last at the left.
    let placed = |place: u32| {
        let share = f64::from(of.saturating_sub(place.clamp(1, of.max(1)))) / f64::from(of.saturating_sub(1).max(1));
        at(if of > 1 { share } else { 0.5 })
    };
    if let Some((best, worst)) = range {
        let (from, to) = (placed(best.max(worst)), placed(best.min(worst)));
        scene.rect((from, middle - UNIT / 2), (to.max(from + 1), middle + UNIT / 2), RANGE);
    }
    scene.marker((placed(place), middle), UNIT * 5 / 4, Shape::Disc, palette.subject);
    finish(&scene)
}

/// The usual range of a line of months, and their average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Its lower end.
    pub lower: f64,
    /// The average.
    pub mean: f64,
    /// Its upper end.
    pub upper: f64,
}

/// The line of months, 35 mm by 8, oldest first, on its own scale: a gap where a month is missing, the target dashed, the usual
/// range shaded, a ring at each month of `flagged`, a disc at the last.
///
/// # Errors
/// A backend that refuses a mark.
pub fn spark(
    values: &[Option<f64>],
    target: Option<f64>,
    band: Option<Band>,
    flagged: &[usize],
    palette: &Palette,
) -> Result<Small, ChartError> {
    let mut scene = scene(35, 8);
    let known = || values.iter().flatten().copied().filter(|value| value.is_finite());
    let ends = band.map(|band| [band.lower, band.upper]).into_iter().flatten();
    let all = known().chain(target).chain(ends).filter(|value| value.is_finite());
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let inset = UNIT * 5 / 4;
    let (top, bottom) = (inset, scene.height - inset);
    let up = super::axis::Scale::new(low, high, bottom, top);
    let last = values.len().saturating_sub(1);
    let across = super::axis::Scale::new(0.0, last as f64, inset, scene.width - inset);
    if let Some(band) = band {
        scene.rect((0, up.at(band.upper)), (scene.width, up.at(band.lower)), BAND[0]);
        scene.line((0, up.at(band.mean)), (scene.width, up.at(band.mean)), BAND[1], 10);
    }
    if let Some(target) = target {
        scene.path(vec![(0, up.at(target)), (scene.width, up.at(target))], palette.text, 14, &[42, 30]);
    }
    let points: Vec<(usize, Point)> = values
        .iter()
        .enumerate()
        .filter_map(|(month, value)| Some((month, (across.at(month as f64), up.at(value.filter(|v| v.is_finite())?)))))
        .collect();
    for run in points.chunk_by(|a, b| b.0 - a.0 == 1) {
        scene.path(run.iter().map(|point| point.1).collect(), palette.subject, 19, &[]);
        if let [(_, alone)] = run {
            scene.marker(*alone, UNIT * 2 / 5, Shape::Disc, palette.subject);
        }
    }
    for (month, point) in points.iter().filter(|(month, _)| flagged.contains(month)) {
        let radius = if *month == last { UNIT } else { UNIT * 4 / 5 };
        scene.marker(*point, radius, Shape::Ring, palette.subject);
    }
    if let Some((_, point)) = points.iter().find(|(month, _)| *month == last) {
        scene.marker(*point, UNIT, Shape::Disc, palette.subject);
    }
    finish(&scene)
}

/// The mark of a verdict, 3.5 mm: its shape says what its colour says.
///
/// # Errors
/// A backend that refuses a mark.
pub fn mark(shape: MarkShape, palette: &Palette) -> Result<Small, ChartError> {
    let side = UNIT * 7 / 2;
    let mut scene = Scene { height: side, ..Scene::new(side) };
    let (middle, reach) = ((side / 2, side / 2), side * 43 / 100);
    match shape {
        MarkShape::Circle => scene.marker(middle, reach, Shape::Disc, palette.better),
        MarkShape::Diamond => scene.marker(middle, reach * 10 / 13, Shape::Diamond, palette.worse),
        MarkShape::Ring => scene.marker(middle, reach, Shape::Ring, palette.secondary),
        MarkShape::Up => scene.marker(middle, reach * 5 / 6, Shape::Triangle, palette.subject),
        MarkShape::Down => {
            let (wide, up, down) = (reach, reach * 2 / 3, reach);
            let corners = [(-wide, -up), (wide, -up), (0, down)];
            scene.polygon(corners.map(|(x, y)| (middle.0 + x, middle.1 + y)).into(), palette.subject);
        }
        MarkShape::Dash => {
            scene.rect(
                (middle.0 - reach, middle.1 - UNIT / 4),
                (middle.0 + reach, middle.1 + UNIT / 4),
                palette.secondary,
            );
        }
    }
    finish(&scene)
}

/// The tile of a rating, 7 mm with its letter: blue, green, amber or red; a dash where nothing is judged.
///
/// # Errors
/// A backend that refuses a mark.
pub fn tile(judgement: &Judgement, palette: &Palette) -> Result<Small, ChartError> {
    let rating = match judgement {
        Judgement::Judged(judged) => Some(judged.rating),
        Judgement::None(_) => None,
    };
    rated(rating, palette)
}

/// The same for a rating alone.
///
/// # Errors
/// A backend that refuses a mark.
pub fn rated(rating: Option<Rating>, palette: &Palette) -> Result<Small, ChartError> {
    let mut scene = scene(7, 7);
    let side = scene.width;
    let (fill, letter) = match rating {
        Some(Rating::Blue) => (Colour(0x1D, 0x5A, 0x96), "B"),
        Some(Rating::Green) => (Colour(0x00, 0x70, 0x3C), "G"),
        Some(Rating::Amber) => (Colour(0xFF, 0xBF, 0x47), "A"),
        Some(Rating::Red) => (Colour(0xB0, 0x28, 0x1A), "R"),
        None => (WHITE, "\u{2013}"),
    };
    if rating.is_none() {
        scene.rect((0, 0), (side, side), palette.secondary);
    }
    let edge = if rating.is_none() { UNIT * 2 / 5 } else { 0 };
    scene.rect((edge, edge), (side - edge, side - edge), fill);
    let font = Font { em: side / 2, weight: Weight::Bold, colour: fill.ink(palette) };
    scene.text((side / 2, side / 2 + font.em * 36 / 100), Anchor::Middle, font, letter);
    finish(&scene)
}

/// The sign of an entry of a key, 5 mm by 3.
///
/// # Errors
/// A backend that refuses a mark.
pub fn sign(sign: Sign) -> Result<Small, ChartError> {
    let mut scene = scene(5, 3);
    let middle = (scene.width / 2, scene.height / 2);
    match sign {
        Sign::Patch(fill) => scene.rect((UNIT / 2, UNIT / 4), (scene.width - UNIT / 2, scene.height - UNIT / 4), fill),
        Sign::Mark(colour, shape) => scene.marker(middle, UNIT, shape, colour),
        Sign::Line(colour, dash, shape) => {
            scene.path(vec![(0, middle.1), (scene.width, middle.1)], colour, 18, dash);
            scene.marker(middle, UNIT * 3 / 4, shape, colour);
        }
    }
    finish(&scene)
}
