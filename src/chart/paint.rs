//! Painting a scene on a plotters backend: the only place where marks become SVG elements or pixels.
//!
//! In: a `Scene`. Out: calls on any `DrawingBackend`; SVG and bitmap get the very same ones.

use super::scene::{Anchor, Font, Mark, Point, Scene, Shape};
use super::text::{self, Weight};
use super::theme::{Colour, WHITE};
use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendStyle, BackendTextStyle, DrawingErrorKind, FontFamily, FontStyle, FontTransform,
};
use std::convert::Infallible;

/// What went wrong in a backend.
type Wrong<DB> = DrawingErrorKind<<DB as DrawingBackend>::ErrorType>;

/// The distance from the top of a text to its baseline that plotters' SVG writes, in hundredths of the em.
const TOP: i32 = 76;
/// plotters' SVG divides the size it is given by this.
const SVG_SIZE: f64 = 1.24;

struct Ink {
    colour: Colour,
    width: u32,
}

impl BackendStyle for Ink {
    fn color(&self) -> BackendColor {
        opaque(self.colour)
    }
    fn stroke_width(&self) -> u32 {
        self.width
    }
}

struct Letters<'a> {
    font: &'a Font,
    anchor: Anchor,
}

impl BackendTextStyle for Letters<'_> {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        opaque(self.font.colour)
    }
    fn size(&self) -> f64 {
        f64::from(self.font.em) * SVG_SIZE
    }
    fn transform(&self) -> FontTransform {
        FontTransform::None
    }
    fn style(&self) -> FontStyle {
        if self.font.weight == Weight::Bold { FontStyle::Bold } else { FontStyle::Normal }
    }
    fn anchor(&self) -> Pos {
        let across = match self.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        Pos::new(across, VPos::Top)
    }
    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(text::FAMILY)
    }
    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        Ok(((0, 0), (text::drawn(text, self.font.weight, self.font.em), self.font.em)))
    }
    fn draw<E, D: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        (left, top): Point,
        mut draw: D,
    ) -> Result<Result<(), E>, Infallible> {
        let colour = opaque(self.font.colour);
        let down = top + self.font.em * TOP / 100;
        Ok(text::paint(text, self.font.weight, self.font.em, |x, y, eighths| {
            draw(left + x, down + y, colour.mix(f64::from(eighths) / 8.0))
        }))
    }
}

fn opaque(colour: Colour) -> BackendColor {
    BackendColor { alpha: 1.0, rgb: (colour.0, colour.1, colour.2) }
}

/// Paints the whole scene, white ground first.
///
/// # Errors
/// Whatever the backend refuses.
pub fn paint<DB: DrawingBackend>(scene: &Scene, backend: &mut DB) -> Result<(), Wrong<DB>> {
    backend.draw_rect((0, 0), (scene.width, scene.height), &Ink { colour: WHITE, width: 1 }, true)?;
    for mark in &scene.marks {
        match mark {
            Mark::Rect { from, to, fill } => backend.draw_rect(*from, *to, &Ink { colour: *fill, width: 1 }, true)?,
            Mark::Path { points, colour, width, dash } => {
                let ink = Ink { colour: *colour, width: *width };
                for run in dashes(points, dash) {
                    stroke(backend, run, &ink)?;
                }
            }
            Mark::Polygon { points, fill } => {
                backend.fill_polygon(points.iter().copied(), &Ink { colour: *fill, width: 1 })?;
            }
            Mark::Marker { at, radius, shape, fill } => {
                marker(backend, *at, *radius, *shape, &Ink { colour: *fill, width: 1 })?;
            }
            Mark::Text { at, anchor, font, text } => {
                let top = (at.0, at.1 - font.em * TOP / 100);
                backend.draw_text(text, &Letters { font, anchor: *anchor }, top)?;
            }
        }
    }
    backend.present()
}

/// Upright and level lines are rectangles: sharp to the pixel. All others are strokes.
fn stroke<DB: DrawingBackend>(backend: &mut DB, run: Vec<Point>, ink: &Ink) -> Result<(), Wrong<DB>> {
    let half = ink.width as i32 / 2;
    let rest = ink.width as i32 - half;
    match run.as_slice() {
        [a, b] if a.1 == b.1 => backend.draw_rect((a.0.min(b.0), a.1 - half), (a.0.max(b.0), a.1 + rest), ink, true),
        [a, b] if a.0 == b.0 => backend.draw_rect((a.0 - half, a.1.min(b.1)), (a.0 + rest, a.1.max(b.1)), ink, true),
        _ => backend.draw_path(run, ink),
    }
}

fn marker<DB: DrawingBackend>(
    backend: &mut DB,
    (x, y): Point,
    radius: i32,
    shape: Shape,
    ink: &Ink,
) -> Result<(), Wrong<DB>> {
    let side = radius * 9 / 10;
    match shape {
        Shape::Disc | Shape::Ring => backend.draw_circle((x, y), radius.max(1) as u32, ink, true),
        Shape::Square => backend.draw_rect((x - side, y - side), (x + side, y + side), ink, true),
        Shape::Triangle => {
            let (up, down, wide) = (radius * 6 / 5, radius * 4 / 5, radius * 6 / 5);
            backend.fill_polygon([(x, y - up), (x + wide, y + down), (x - wide, y + down)], ink)
        }
        Shape::Diamond => {
            let reach = radius * 13 / 10;
            backend.fill_polygon([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], ink)
        }
    }
}

/// Cuts a line into its dashes; a solid line comes back whole.
fn dashes(points: &[Point], dash: &[i32]) -> Vec<Vec<Point>> {
    if dash.is_empty() {
        return vec![points.to_vec()];
    }
    let mut runs: Vec<Vec<Point>> = Vec::new();
    let (mut at, mut left, mut on) = (0, f64::from(dash[0]), true);
    runs.push(points.iter().take(1).copied().collect());
    for pair in points.windows(2) {
        let (dx, dy) = (f64::from(pair[1].0 - pair[0].0), f64::from(pair[1].1 - pair[0].1));
        let length = dx.hypot(dy);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let share = done / length;
            let point = (
                (f64::from(pair[0].0) + dx * share).round() as i32,
                (f64::from(pair[0].1) + dy * share).round() as i32,
            );
            match runs.last_mut() {
                Some(run) if on => run.push(point),
                _ => runs.push(vec![point]),
            }
            at = (at + 1) % dash.len();
            left = f64::from(dash[at]).max(1.0);
            on = !on;
        }
        left -= length - done;
        if let Some(run) = runs.last_mut().filter(|_| on) {
            run.push(pair[1]);
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}
