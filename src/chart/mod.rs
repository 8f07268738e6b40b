//! Comparison in, picture out: every kind of chart over one theme, one axis layer and one way of placing labels.
//!
//! In: the plain structs of `data`, filled by the command layer. Out: a `Picture`: SVG, PNG, title, alt text and the
//! plotted data as CSV. A chart is laid out once as a `Scene`; SVG and PNG are painted from the same scene, so that
//! the two never differ. The only place that imports plotters.

mod axis;
mod banner;
mod csv;
mod encode;
mod foot;
mod frame;
mod grid;
mod label;
mod paint;
mod rows;
mod series;
mod text;

pub mod data;
pub mod dumbbell;
pub mod funnel;
pub mod message;
pub mod neighbours;
pub mod ordered;
pub mod scene;
pub mod scorecard;
pub mod spine;
pub mod stacked;
pub mod strip;
pub mod theme;
pub mod trend;
pub mod words;

pub use csv::Plotted;
use data::Context;
use frame::{Frame, Words};
use scene::Scene;
use theme::{Colour, Palette, Size};

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// A colour that is not written as one.
    #[error("colour `{text}` is not written as `#12436D`")]
    Colour {
        /// What stood there.
        text: String,
    },
    /// None, or more than charts use.
    #[error("{count} colours given where one to four are used")]
    Colours {
        /// How many.
        count: usize,
    },
    /// A colour that some readers could not see.
    #[error("colour `{colour}` has a contrast of {ratio:.1} with `{ground}` where at least {least} is needed")]
    Contrast {
        /// The colour refused.
        colour: Colour,
        /// What it stands on.
        ground: Colour,
        /// The ratio it has.
        ratio: f64,
        /// The ratio it needs.
        least: f64,
    },
    /// Nothing to draw: no period, no place or no measure.
    #[error("chart of `{measure}` for `{subject}` has nothing to draw")]
    Empty {
        /// What is measured.
        measure: String,
        /// The chosen authority.
        subject: String,
    },
    /// plotters or the PNG encoder refused.
    #[error("chart could not be drawn: {0}")]
    Draw(String),
}

/// One chart, finished.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The SVG file; empty where it was not asked for.
    pub svg: String,
    /// The PNG file; empty where it was not asked for.
    pub png: Vec<u8>,
    /// The message for a reader who cannot see the chart.
    pub alt: String,
    /// The message.
    pub title: String,
    /// The plotted data.
    pub csv: String,
}

/// Which files to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formats {
    /// SVG and PNG.
    Both,
    /// SVG alone.
    Svg,
    /// PNG alone.
    Png,
}

/// What each kind of chart provides.
trait Kind {
    fn context(&self) -> &Context;
    fn empty(&self) -> bool;
    fn title(&self) -> String;
    fn alt(&self) -> String;
    fn subtitle(&self) -> String;
    fn foot(&self) -> Vec<String>;
    fn draw(&self, frame: &mut Frame<'_>);
    fn data(&self) -> Vec<Plotted>;
}

macro_rules! charts {
    ($($(#[$doc:meta])* $name:ident($inner:ty)),+ $(,)?) => {
        /// Any chart.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Chart {
            $($(#[$doc])* $name($inner)),+
        }

        impl Chart {
            fn kind(&self) -> &dyn Kind {
                match self {
                    $(Self::$name(inner) => inner),+
                }
            }
        }

        $(impl From<$inner> for Chart {
            fn from(inner: $inner) -> Self {
                Self::$name(inner)
            }
        })+
    };
}

charts! {
    /// One measure over time.
    Trend(trend::TrendChart),
    /// All authorities of one period, highest first.
    Ordered(ordered::OrderedChart),
    /// The authority and its neighbours side by side.
    Neighbours(neighbours::NeighboursChart),
    /// Rates against the size of the group, with control limits.
    Funnel(funnel::FunnelChart),
    /// Many measures centred on England.
    Spine(spine::SpineChart),
    /// Many measures with sparkline, change, rank and target.
    Scorecard(scorecard::ScorecardChart),
    /// Parts of a whole.
    Stacked(stacked::StackedChart),
    /// Two figures a place.
    Dumbbell(dumbbell::DumbbellChart),
    /// The distribution over all authorities.
    Strip(strip::StripChart),
}

impl Chart {
    /// The message as a title.
    pub fn title(&self) -> String {
        let kind = self.kind();
        kind.context().title.clone().unwrap_or_else(|| kind.title())
    }

    /// The message for a reader who cannot see the chart.
    pub fn alt(&self) -> String {
        let illustrative = if self.kind().context().illustrative { " Illustrative data." } else { "" };
        format!("{}{illustrative}", self.kind().alt())
    }

    /// The plotted figures.
    pub fn data(&self) -> Vec<Plotted> {
        self.kind().data()
    }

    /// The plotted figures as CSV.
    pub fn csv(&self) -> String {
        csv::csv(&self.data())
    }
}

/// Lays a chart out: every mark in its place, nothing painted yet.
///
/// # Errors
/// A chart without anything to show.
pub fn compose(chart: &Chart, size: Size, palette: &Palette) -> Result<Scene, ChartError> {
    let kind = chart.kind();
    let context = kind.context();
    if kind.empty() {
        let (measure, subject) = (context.measure.label.clone(), context.subject.clone());
        return Err(ChartError::Empty { measure, subject });
    }
    let words = Words {
        title: chart.title(),
        subtitle: kind.subtitle(),
        illustrative: context.illustrative,
        foot: kind.foot(),
    };
    let mut frame = Frame::open(size, palette, &words);
    kind.draw(&mut frame);
    Ok(frame.close())
}

/// Draws a chart as SVG and PNG.
///
/// # Errors
/// A chart without anything to show, or a backend that refuses a mark.
pub fn render(chart: &Chart, size: Size, palette: &Palette) -> Result<Picture, ChartError> {
    render_as(chart, size, palette, Formats::Both)
}

/// Draws a chart in the formats asked for; words and data always come with it.
///
/// # Errors
/// As `render`.
pub fn render_as(chart: &Chart, size: Size, palette: &Palette, formats: Formats) -> Result<Picture, ChartError> {
    let scene = compose(chart, size, palette)?;
    let mut picture = Picture { title: chart.title(), alt: chart.alt(), csv: chart.csv(), ..Picture::default() };
    if formats != Formats::Png {
        picture.svg = encode::svg(&scene, size, &picture.title, &picture.alt)?;
    }
    if formats != Formats::Svg {
        picture.png = encode::png(&scene, size)?;
    }
    Ok(picture)
}
