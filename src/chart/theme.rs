//! Colours, sizes and the contrast they must have.
//!
//! In: the defaults of the Government Analysis Function, or a council's own colours.
//! Out: a `Palette` that has passed its contrast test, and the pixel sizes of each `Size`.

use clap::ValueEnum;

use super::ChartError;

/// An opaque colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

/// White, the ground of every chart.
pub const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);
/// Shading behind marks: light enough that text and marks on it keep their contrast.
pub const SHADE: Colour = Colour(0xEB, 0xEE, 0xF0);
/// The least contrast of text on its ground (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;
/// The least contrast of a mark on its ground (WCAG 2.2, 1.4.11).
pub const MARK_CONTRAST: f64 = 3.0;

impl Colour {
    /// Reads `#12436D`.
    ///
    /// # Errors
    /// Anything but a hash and six hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, ChartError> {
        let wrong = || ChartError::Colour { text: text.into() };
        let digits = text.trim().strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii()).ok_or_else(wrong)?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| wrong());
        Ok(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Contrast ratio between two colours, 1 to 21 (WCAG 2.2, relative luminance).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Black or white text, whichever is easier to read on this colour.
    pub fn ink(self, palette: &Palette) -> Self {
        if self.contrast(WHITE) >= self.contrast(palette.text) { WHITE } else { palette.text }
    }

    /// The colour thinned with white to three tenths: the fill of a bar whose outline has the full colour.
    pub fn light(self) -> Self {
        let part = |byte: u8| ((u32::from(byte) * 3 + 255 * 7 + 5) / 10) as u8;
        Self(part(self.0), part(self.1), part(self.2))
    }

    /// The same, darkened until it can be read as text on white.
    fn legible(self) -> Self {
        let at = |tenths: u32| {
            let part = |byte: u8| (u32::from(byte) * tenths / 10) as u8;
            Self(part(self.0), part(self.1), part(self.2))
        };
        (0..=10).rev().map(at).find(|colour| colour.contrast(WHITE) >= TEXT_CONTRAST).unwrap_or(self)
    }

    fn luminance(self) -> f64 {
        let part = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// The colours of a chart, each named for its use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Categories and lines, in this order.
    pub categories: [Colour; 4],
    /// The chosen authority.
    pub subject: Colour,
    /// Its neighbours.
    pub neighbours: Colour,
    /// Text about its neighbours, and their marks on a shaded ground.
    pub neighbours_text: Colour,
    /// Its region, or a group that it belongs to.
    pub region: Colour,
    /// England.
    pub england: Colour,
    /// All the others; never carries meaning without an edge of `secondary`.
    pub rest: Colour,
    /// Gridlines and shading.
    pub grid: Colour,
    /// Text.
    pub text: Colour,
    /// Secondary text, edges, axis lines.
    pub secondary: Colour,
    /// Better, always with a word.
    pub better: Colour,
    /// Worse, always with a word.
    pub worse: Colour,
}

impl Default for Palette {
    fn default() -> Self {
        let categories =
            [Colour(0x12, 0x43, 0x6D), Colour(0x28, 0xA1, 0x97), Colour(0x80, 0x16, 0x50), Colour(0xF4, 0x6A, 0x25)];
        Self {
            categories,
            subject: categories[0],
            neighbours: categories[1],
            neighbours_text: Colour(0x14, 0x66, 0x5F),
            region: categories[2],
            england: Colour(0x50, 0x5A, 0x5F),
            rest: Colour(0xBF, 0xBF, 0xBF),
            grid: Colour(0xD9, 0xD9, 0xD9),
            text: Colour(0x0B, 0x0C, 0x0C),
            secondary: Colour(0x50, 0x5A, 0x5F),
            better: Colour(0x00, 0x70, 0x3C),
            worse: Colour(0xD4, 0x35, 0x1C),
        }
    }
}

impl Palette {
    /// A council's own colours for its lines and categories; `subject` is the first of them.
    ///
    /// # Errors
    /// A colour that cannot be read, more than four, or one with too little contrast against white or its own label.
    pub fn council(own: &[String]) -> Result<Self, ChartError> {
        let mut palette = Self::default();
        if own.is_empty() || own.len() > palette.categories.len() {
            return Err(ChartError::Colours { count: own.len() });
        }
        for (at, text) in own.iter().enumerate() {
            palette.categories[at] = Colour::parse(text)?;
        }
        palette.subject = palette.categories[0];
        if own.len() > 1 {
            (palette.neighbours, palette.neighbours_text) = (palette.categories[1], palette.categories[1].legible());
        }
        palette.region = palette.categories[2];
        palette.check()?;
        Ok(palette)
    }

    /// Proves the contrast of every colour that carries meaning.
    ///
    /// # Errors
    /// The first colour that fails, with its ratio and the ratio it needs.
    pub fn check(&self) -> Result<(), ChartError> {
        let marks = self.categories.iter().chain([&self.subject, &self.neighbours, &self.better, &self.worse]);
        let marks = marks.map(|colour| (*colour, WHITE, MARK_CONTRAST));
        let texts = [self.text, self.secondary, self.neighbours_text, self.region, self.england]
            .map(|colour| (colour, WHITE, TEXT_CONTRAST));
        let labels = self.categories.iter().map(|colour| (colour.ink(self), *colour, TEXT_CONTRAST));
        for (colour, ground, least) in marks.chain(texts).chain(labels) {
            let ratio = colour.contrast(ground);
            if ratio < least {
                return Err(ChartError::Contrast { colour, ground, ratio, least });
            }
        }
        Ok(())
    }
}

/// How large a chart is drawn, and whether its words stand in the picture or beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, ValueEnum)]
pub enum Size {
    /// 80 mm, with its words
    Half,
    /// 160 mm, with its words
    #[default]
    Column,
    /// A slide of 16:9, with its words
    Slide,
    /// 174 mm, one across in a paper that has the words
    Paper,
    /// 84 mm, one of two side by side in a paper that has the words
    Pair,
    /// 158 mm, on a page that has the words
    Page,
    /// 93 mm, on the page of a telephone that has the words
    Phone,
}

impl Size {
    /// Every size.
    pub const ALL: [Size; 7] =
        [Size::Half, Size::Column, Size::Slide, Size::Paper, Size::Pair, Size::Page, Size::Phone];

    /// Whether title, subtitle, notes, source and key stand beside the picture and not in it.
    pub fn is_bare(self) -> bool {
        !matches!(self, Self::Half | Self::Column | Self::Slide)
    }

    /// Whether the unit stands above the axis: elsewhere the subtitle has it.
    pub fn has_axis_title(self) -> bool {
        matches!(self, Self::Column | Self::Slide)
    }

    /// Width in pixels.
    pub fn width(self) -> i32 {
        match self {
            Self::Half => 945,
            Self::Column => 1890,
            Self::Slide => 1920,
            Self::Paper => 2055,
            Self::Pair => 992,
            Self::Page => 1866,
            Self::Phone => 1098,
        }
    }

    /// The height in pixels that is fixed, or none where the content decides.
    pub fn height(self) -> Option<i32> {
        (self == Self::Slide).then_some(1080)
    }

    /// The height in pixels of a whole picture whose plot may be as high as one likes.
    pub fn usual_height(self) -> Option<i32> {
        match self {
            Self::Half | Self::Column | Self::Slide => None,
            Self::Paper => Some(480),
            Self::Pair => Some(500),
            Self::Page => Some(850),
            Self::Phone => Some(710),
        }
    }

    /// Width in millimetres as printed.
    pub fn millimetres(self) -> f64 {
        match self {
            Self::Half => 80.0,
            Self::Column => 160.0,
            Self::Slide => 338.7,
            Self::Paper => 174.0,
            Self::Pair => 84.0,
            Self::Page => 158.0,
            Self::Phone => 93.0,
        }
    }

    /// Pixels to the inch, for the PNG's header.
    pub fn dpi(self) -> u32 {
        if self == Self::Slide { 144 } else { 300 }
    }

    /// The size of text in pixels: 12 points with words, 22 on a slide, 9.5 where the words stand beside the picture.
    pub fn em(self) -> i32 {
        match self {
            Self::Half | Self::Column => 50,
            Self::Slide => 44,
            Self::Paper | Self::Pair | Self::Page | Self::Phone => 40,
        }
    }

    /// The size of the lines beneath the chart, 12 points or more where they stand in the picture.
    pub fn foot(self) -> i32 {
        if self == Self::Slide { 32 } else { self.em() }
    }

    /// The most lines beneath the chart, or none where there may be as many as it takes.
    pub fn foot_lines(self) -> Option<usize> {
        match self {
            Self::Half => Some(2),
            Self::Slide => Some(5),
            _ => None,
        }
    }

    /// The size of the title.
    pub fn title(self) -> i32 {
        if self == Self::Half { self.em() } else { self.em() * 23 / 20 }
    }
}
