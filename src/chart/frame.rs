//! What surrounds every plot: title, subtitle, the words `Illustrative data`, and the lines beneath.
//!
//! In: the words and the size. Out: a frame whose `y` is where the plot may begin, closed into a finished scene.

use super::scene::{Anchor, Font, Scene, drop, rise};
use super::text::{self, Weight};
use super::theme::{Palette, Size};

/// The words around a plot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The message.
    pub title: String,
    /// Measure, unit, places, period.
    pub subtitle: String,
    /// Whether the figures are simulated.
    pub illustrative: bool,
    /// Paragraphs beneath the chart; the source is the last.
    pub foot: Vec<String>,
}

/// A picture with its head drawn and its foot measured.
pub struct Frame<'a> {
    /// What is drawn so far.
    pub scene: Scene,
    /// How large it is.
    pub size: Size,
    /// Its colours.
    pub palette: &'a Palette,
    /// The left margin.
    pub left: i32,
    /// The right margin.
    pub right: i32,
    /// The first free pixel below what is drawn.
    pub y: i32,
    foot: Vec<String>,
}

impl<'a> Frame<'a> {
    /// Draws the head.
    pub fn open(size: Size, palette: &'a Palette, words: &Words) -> Self {
        let margin = size.em() * 2 / 5;
        let (left, right) = (margin, size.width() - margin);
        let room = right - left;
        let wrap = |paragraph: &String| text::wrap(paragraph, Weight::Regular, size.foot(), room);
        let foot = words.foot.iter().filter(|line| !line.is_empty()).flat_map(wrap).collect();
        let mut frame = Self { scene: Scene::new(size.width()), size, palette, left, right, y: margin, foot };
        let title = Font { em: size.title(), weight: Weight::Bold, colour: palette.text };
        frame.paragraph(title, text::balance(&words.title, title.weight, title.em, room));
        frame.y += size.em() / 5;
        let subtitle = frame.quiet();
        frame.paragraph(subtitle, text::wrap(&words.subtitle, subtitle.weight, subtitle.em, room));
        if words.illustrative {
            frame.badge("Illustrative data");
        }
        frame.y += size.em() / 2;
        frame
    }

    /// Writes lines at the left margin and moves `y` below them.
    pub fn paragraph(&mut self, font: Font, lines: Vec<String>) {
        for line in lines {
            self.y += font.em * 5 / 4;
            self.scene.text((self.left, self.y - drop(font.em)), Anchor::Start, font, line);
        }
    }

    /// A word in a box, so that it is seen without colour.
    fn badge(&mut self, words: &str) {
        let font = self.bold();
        let (pad, edge) = (font.em / 4, 4);
        self.y += font.em / 4;
        let top = self.y;
        let bottom = top + pad * 2 + rise(font.em);
        let right = self.left + text::width(words, font.weight, font.em) + pad * 2;
        self.scene.rect((self.left, top), (right, bottom), self.palette.text);
        let white = super::theme::WHITE;
        self.scene.rect((self.left + edge, top + edge), (right - edge, bottom - edge), white);
        self.scene.text((self.left + pad, bottom - pad), Anchor::Start, font, words);
        self.y = bottom + drop(font.em);
    }

    /// The height a plot may take: what the kind prefers, or on a slide what the words leave, never less than `least`.
    pub fn plot_height(&self, preferred: i32, least: i32) -> i32 {
        let left = self.size.height() - self.y - self.foot_height();
        if self.size.height() > 0 { left.max(least) } else { preferred.max(least) }
    }

    fn foot_height(&self) -> i32 {
        self.foot.len() as i32 * self.size.foot() * 5 / 4 + self.size.em()
    }

    /// Writes the foot below `y` and sets the height.
    pub fn close(mut self) -> Scene {
        let font = Font { em: self.size.foot(), ..self.quiet() };
        self.y = (self.y + font.em / 2).max(self.size.height() - self.foot_height() + self.size.em() / 2);
        let foot = std::mem::take(&mut self.foot);
        self.paragraph(font, foot);
        self.scene.height = (self.y + self.size.em() / 2).max(self.size.height());
        self.scene
    }

    /// Pixels to the em of ordinary text.
    pub fn em(&self) -> i32 {
        self.size.em()
    }

    /// Ordinary text.
    pub fn plain(&self) -> Font {
        Font { em: self.em(), weight: Weight::Regular, colour: self.palette.text }
    }

    /// Bold text.
    pub fn bold(&self) -> Font {
        Font { weight: Weight::Bold, ..self.plain() }
    }

    /// Secondary text.
    pub fn quiet(&self) -> Font {
        Font { colour: self.palette.secondary, ..self.plain() }
    }
}
