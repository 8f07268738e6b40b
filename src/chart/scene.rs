//! A chart as a list of marks in whole pixels: laid out once, then painted by one function on any plotters backend.
//!
//! In: what the kinds of chart add. Out: the same picture as SVG and PNG, and the box of every text, for the tests.

use super::data::{Figure, Measure};
use super::text::{self, Weight};
use super::theme::{Colour, WHITE};
use crate::text::printable;

/// A point in pixels from the upper left corner.
pub type Point = (i32, i32);

/// Which point of a text its `x` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Font {
    /// Pixels to the em.
    pub em: i32,
    /// Regular or bold.
    pub weight: Weight,
    /// Its colour.
    pub colour: Colour,
}

/// The shape of a marker: with dash and label, what tells series apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A disc.
    Disc,
    /// A disc with a white middle.
    Ring,
    /// A square.
    Square,
    /// A triangle on its base.
    Triangle,
    /// A square on its corner.
    Diamond,
}

/// One thing drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A filled rectangle between two corners.
    Rect {
        /// Upper left corner.
        from: Point,
        /// Lower right corner.
        to: Point,
        /// Its colour.
        fill: Colour,
    },
    /// A line through points, in dashes and gaps of so many pixels where given.
    Path {
        /// At least two points.
        points: Vec<Point>,
        /// Its colour.
        colour: Colour,
        /// Its width.
        width: u32,
        /// Dash, gap, dash, gap; empty for a solid line.
        dash: &'static [i32],
    },
    /// A filled shape with straight sides.
    Polygon {
        /// Its corners.
        points: Vec<Point>,
        /// Its colour.
        fill: Colour,
    },
    /// A marker centred on a point.
    Marker {
        /// Its middle.
        at: Point,
        /// Half its size.
        radius: i32,
        /// Its shape.
        shape: Shape,
        /// Its colour.
        fill: Colour,
    },
    /// One line of text on a baseline.
    Text {
        /// The anchor on the baseline.
        at: Point,
        /// Which end the anchor is.
        anchor: Anchor,
        /// How it looks.
        font: Font,
        /// What it says.
        text: String,
    },
}

/// The space a text takes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBox {
    /// Left, top, right, bottom in pixels.
    pub sides: [i32; 4],
    /// What it says.
    pub text: String,
}

impl TextBox {
    /// Whether two boxes share any pixel.
    pub fn overlaps(&self, other: &Self) -> bool {
        overlap(&self.sides, &other.sides)
    }
}

/// Whether two boxes (left, top, right, bottom) share any pixel.
pub fn overlap(a: &[i32; 4], b: &[i32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Where a figure stands in a picture: what a page can say to those who point there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Left, top, right, bottom in pixels.
    pub sides: [i32; 4],
    /// Whose figure it is, with its period where the picture has several.
    pub name: String,
    /// The figure as written.
    pub shown: String,
    /// The id by which it can be traced; empty where there is none.
    pub id: String,
}

/// The picture under construction.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in pixels.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
    /// What is drawn, from back to front.
    pub marks: Vec<Mark>,
    /// Which marks make up a panel of its own: the first, and the one after the last.
    pub panels: Vec<(usize, usize)>,
    /// Where its figures stand, in the order that one reads them in.
    pub spots: Vec<Spot>,
}

impl Scene {
    /// An empty picture; the height is set once everything is in.
    pub fn new(width: i32) -> Self {
        Self { width, height: 0, marks: Vec::new(), panels: Vec::new(), spots: Vec::new() }
    }

    /// Adds a filled rectangle.
    pub fn rect(&mut self, from: Point, to: Point, fill: Colour) {
        let (left, right) = (from.0.min(to.0), from.0.max(to.0));
        let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
        self.marks.push(Mark::Rect { from: (left, top), to: (right, bottom), fill });
    }

    /// Adds a solid line.
    pub fn line(&mut self, from: Point, to: Point, colour: Colour, width: u32) {
        self.path(vec![from, to], colour, width, &[]);
    }

    /// Adds a line through points; fewer than two draw nothing.
    pub fn path(&mut self, points: Vec<Point>, colour: Colour, width: u32, dash: &'static [i32]) {
        if points.len() > 1 {
            self.marks.push(Mark::Path { points, colour, width, dash });
        }
    }

    /// Adds a filled shape with straight sides.
    pub fn polygon(&mut self, points: Vec<Point>, fill: Colour) {
        self.marks.push(Mark::Polygon { points, fill });
    }

    /// Adds a marker with a white edge, so that markers stay apart where lines cross.
    pub fn marker(&mut self, at: Point, radius: i32, shape: Shape, fill: Colour) {
        let solid = if shape == Shape::Ring { Shape::Disc } else { shape };
        self.marks.push(Mark::Marker { at, radius: radius + 3, shape: solid, fill: WHITE });
        self.marks.push(Mark::Marker { at, radius, shape: solid, fill });
        if shape == Shape::Ring {
            self.marks.push(Mark::Marker { at, radius: radius * 11 / 20, shape: solid, fill: WHITE });
        }
    }

    /// Adds one line of text on a baseline.
    pub fn text(&mut self, at: Point, anchor: Anchor, font: Font, text: impl Into<String>) {
        // A line break would tear the SVG's lines apart.
        let text = printable(&text.into()).replace(['\n', '\t'], " ");
        if !text.trim().is_empty() {
            self.marks.push(Mark::Text { at, anchor, font, text });
        }
    }

    /// Says whose figure stands between these sides.
    pub fn spot(&mut self, sides: [i32; 4], name: impl Into<String>, figure: &Figure, measure: &Measure) {
        self.spots.push(Spot { sides, name: name.into(), shown: figure.shown(measure), id: figure.id.clone() });
    }

    /// The same for a marker of so many pixels around its middle.
    pub fn spot_at(&mut self, (x, y): Point, reach: i32, name: impl Into<String>, figure: &Figure, measure: &Measure) {
        self.spot([x - reach, y - reach, x + reach, y + reach], name, figure, measure);
    }

    /// The box of every text in the picture.
    pub fn text_boxes(&self) -> Vec<TextBox> {
        let boxes = self.marks.iter().filter_map(|mark| match mark {
            Mark::Text { at, anchor, font, text } => {
                Some(TextBox { sides: text_sides(*at, *anchor, font, text), text: text.clone() })
            }
            _ => None,
        });
        boxes.collect()
    }
}

/// The box of a text: its width with slack, and from the top of its capitals to the foot of its descenders.
pub fn text_sides(at: Point, anchor: Anchor, font: &Font, text: &str) -> [i32; 4] {
    let width = text::width(text, font.weight, font.em);
    let left = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - width / 2,
        Anchor::End => at.0 - width,
    };
    [left, at.1 - rise(font.em), left + width, at.1 + drop(font.em)]
}

/// How far letters rise above the baseline.
pub fn rise(em: i32) -> i32 {
    em * 76 / 100
}

/// How far letters hang below the baseline.
pub fn drop(em: i32) -> i32 {
    em * 24 / 100
}
