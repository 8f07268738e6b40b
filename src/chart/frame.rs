//! What surrounds every plot: title, subtitle, the words `Illustrative data`, and the lines beneath.
//!
//! In: the words and the size. Out: a frame whose `y` is where the plot may begin, closed into a finished scene.

use super::scene::{Anchor, Font, Scene, drop, rise};
use super::text::{self, Weight};
use super::theme::{Palette, Size, WHITE};

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

impl Words {
    /// The paragraphs beneath the chart that stand in a picture of this size, and those that it has no room for: where
    /// the plot would suffer, the source goes before the rest, and the rest into caption and alternative text.
    pub fn foot(&self, size: Size) -> (Vec<String>, Vec<String>) {
        let whole: Vec<String> = self.foot.iter().filter(|line| !line.is_empty()).cloned().collect();
        if size.is_bare() {
            let face = if self.illustrative { vec![ILLUSTRATIVE.to_owned()] } else { Vec::new() };
            return (face, Vec::new());
        }
        let Some(most) = size.foot_lines() else { return (whole, Vec::new()) };
        let room = size.width() - size.em() * 4 / 5;
        let lines = |text: &String| text::wrap(text, Weight::Regular, size.foot(), room).len();
        let last = whole.len().saturating_sub(1);
        let mut order: Vec<usize> = (0..whole.len()).collect();
        order.sort_by_key(|&at| at != last);
        let mut left = Vec::new();
        let mut whole = whole;
        if let Some(source) = whole.last_mut().filter(|source| lines(source) > most) {
            // The publisher at least stands in the picture.
            let short = source.split(", ").next().unwrap_or_default().to_owned();
            left.push(std::mem::replace(source, crate::shown::stop(&short)));
        }
        let (mut used, mut kept) = (0, vec![false; whole.len()]);
        for at in order {
            kept[at] = used + lines(&whole[at]) <= most;
            used += if kept[at] { lines(&whole[at]) } else { 0 };
        }
        let (kept, gone): (Vec<_>, Vec<_>) = whole.into_iter().zip(kept).partition(|(_, kept)| *kept);
        let texts = |all: Vec<(String, bool)>| all.into_iter().map(|(text, _)| text);
        (texts(kept).collect(), texts(gone).chain(left).collect())
    }
}

/// What stands on the face of a chart of simulated figures.
const ILLUSTRATIVE: &str = "Illustrative data";

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
    em: i32,
    foot: Vec<String>,
}

impl<'a> Frame<'a> {
    /// Draws the head, with text of so many percent of its usual size.
    pub fn open(size: Size, percent: i32, palette: &'a Palette, words: &Words) -> Self {
        let em = size.em() * percent / 100;
        let margin = if size.is_bare() { em / 10 } else { size.em() * 2 / 5 };
        let (left, right) = (margin, size.width() - margin);
        let mut frame =
            Self { scene: Scene::new(size.width()), size, palette, left, right, y: margin, em, foot: Vec::new() };
        let font = frame.foot_font();
        let wrap = |paragraph: &String| text::wrap(paragraph, font.weight, font.em, right - left);
        frame.foot = words.foot(size).0.iter().flat_map(wrap).collect();
        if !size.is_bare() {
            frame.head(words);
        }
        frame
    }

    fn head(&mut self, words: &Words) {
        let room = self.right - self.left;
        let title = Font { em: self.size.title() * self.em / self.size.em(), ..self.bold() };
        self.paragraph(title, text::balance(&words.title, title.weight, title.em, room));
        self.y += self.em / 5;
        let subtitle = self.quiet();
        self.paragraph(subtitle, text::wrap(&words.subtitle, subtitle.weight, subtitle.em, room));
        if words.illustrative {
            self.badge(ILLUSTRATIVE);
        }
        self.y += self.em / 2;
    }

    fn foot_font(&self) -> Font {
        Font { em: self.size.foot() * self.em / self.size.em(), ..self.quiet() }
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
        self.scene.rect((self.left + edge, top + edge), (right - edge, bottom - edge), WHITE);
        self.scene.text((self.left + pad, bottom - pad), Anchor::Start, font, words);
        self.y = bottom + drop(font.em);
    }

    /// The width between the margins in ems: what fits beside each other.
    pub fn ems(&self) -> i32 {
        (self.right - self.left) / self.em
    }

    /// The height a plot may take, with the `spent` pixels of its axes and names: what the kind prefers, what the size
    /// gives, or what the words leave; never less than `least`. A small chart with its words in it is half plot.
    pub fn plot_height(&self, preferred: i32, least: i32, spent: i32) -> i32 {
        let left = |whole: i32| whole - self.y - self.foot_height();
        let height = match (self.size.height(), self.size.usual_height()) {
            (Some(whole), _) | (None, Some(whole)) => left(whole),
            _ if self.size == Size::Half => {
                preferred.max((self.y + self.foot_height()) * 9 / 10 + spent * 19 / 10 + self.em / 4)
            }
            _ => preferred,
        };
        height.max(least)
    }

    fn foot_height(&self) -> i32 {
        let lines = self.foot.len() as i32 * self.foot_font().em * 5 / 4;
        if self.size.is_bare() { lines + self.em / 10 } else { lines + self.em }
    }

    /// Writes the foot below `y` and sets the height.
    pub fn close(mut self) -> Scene {
        let font = self.foot_font();
        let (gap, end) = if self.size.is_bare() { (0, self.em / 10) } else { (font.em / 2, self.em / 2) };
        let fixed = self.size.height().unwrap_or(0);
        self.y = (self.y + gap).max(fixed - self.foot_height() + end);
        let foot = std::mem::take(&mut self.foot);
        self.paragraph(font, foot);
        self.scene.height = (self.y + end).max(fixed);
        self.scene
    }

    /// Pixels to the em of ordinary text.
    pub fn em(&self) -> i32 {
        self.em
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
