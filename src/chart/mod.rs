//! Comparison in, picture out: every kind of chart over one theme, one axis layer and one way of placing labels.
//!
//! In: the plain structs of `data`, filled by the command layer. Out: a `Picture`: SVG, PNG, title, alt text and the
//! plotted data as CSV. A chart is laid out once as a `Scene`; SVG and PNG are painted from the same scene, so that
//! the two never differ. The only place that imports plotters.

mod axis;
mod banner;
mod beside;
mod csv;
mod encode;
mod error;
mod footnotes;
mod frame;
mod grades;
mod grid;
mod key;
mod label;
mod paint;
mod rows;
mod series;
mod text;

pub mod bars;
pub mod control;
pub mod data;
pub mod dumbbell;
pub mod fan;
pub mod funnel;
pub mod groups;
pub mod heat;
mod kind;
pub mod message;
pub mod multiples;
pub mod neighbours;
pub mod ordered;
pub mod row;
pub mod scatter;
pub mod scene;
pub mod scorecard;
pub mod small;
pub mod spine;
pub mod spread;
pub mod stacked;
pub mod strip;
pub mod theme;
pub mod trend;
pub mod words;

pub use error::ChartError;
use kind::Kind;

pub use csv::Plotted;
use frame::{Frame, Words};
pub use key::{Key, Sign};
use scene::Scene;
use theme::{Palette, Size};

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
    /// One line beneath the title: measure, unit, period.
    pub subtitle: String,
    /// What the marks mean; empty where each is named in the picture.
    pub key: Vec<Key>,
    /// What a reader must know besides, a sentence or two each; the source is not among them.
    pub notes: Vec<String>,
    /// The plotted data.
    pub csv: String,
    /// Width and height in the pixels of its spots.
    pub sides: (i32, i32),
    /// Where its figures stand.
    pub spots: Vec<scene::Spot>,
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
    /// One measure against its comparators.
    Bars(bars::BarsChart),
    /// A council's own months with their usual range.
    Control(control::ControlChart),
    /// The years so far, what was planned for them, what may come.
    Fan(fan::FanChart),
    /// Where the figures of a group lie, and which shares are past a mark.
    Spread(spread::SpreadChart),
    /// Several measures, or parts, as small charts of the years.
    Multiples(multiples::MultiplesChart),
    /// The groups within the authority, or the ages of a whole, beside England's.
    Groups(groups::GroupsChart),
    /// Two measures of all authorities.
    Scatter(scatter::ScatterChart),
    /// Measures of the authority and its neighbours by quarter.
    Heat(heat::HeatChart),
}

impl Chart {
    /// The message as a title.
    pub fn title(&self) -> String {
        let kind = self.kind();
        kind.context().title.clone().unwrap_or_else(|| kind.title())
    }

    /// The message for a reader who cannot see the chart.
    pub fn alt(&self) -> String {
        self.alt_with(&[])
    }

    /// The same with the paragraphs that the picture has no room for.
    fn alt_with(&self, paragraphs: &[String]) -> String {
        let illustrative = self.kind().context().illustrative.then_some("Illustrative data.");
        let said = std::iter::once(self.kind().alt()).chain(paragraphs.iter().cloned());
        said.chain(illustrative.map(str::to_owned)).collect::<Vec<_>>().join(" ")
    }

    /// The same chart with the number asked for, where it is one of months.
    pub fn targeted(mut self, target: Option<f64>) -> Self {
        if let Self::Control(chart) = &mut self {
            chart.target = target.filter(|target| target.is_finite());
        }
        self
    }

    /// The words of a picture that carries them.
    fn words(&self, size: Size) -> Words {
        let kind = self.kind();
        Words {
            title: self.title(),
            subtitle: if size == Size::Half { brief(kind) } else { kind.subtitle() },
            illustrative: kind.context().illustrative,
            foot: kind.footnotes(),
        }
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

/// The line beneath the title of a small picture: the measure by the few words that it has for sentences.
fn brief(kind: &dyn Kind) -> String {
    let measure = &kind.context().measure;
    let caption = kind.caption();
    if measure.label.is_empty() { caption } else { caption.replacen(&measure.label, &measure.heading(), 1) }
}

/// The sizes of text, in percent of the usual one, that are tried until a picture of fixed height holds everything.
const TEXT_SIZES: [i32; 8] = [100, 90, 80, 70, 60, 50, 42, 35];

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
    let words = chart.words(size);
    let lay_out = |percent: i32| {
        let mut frame = Frame::open(size, percent, palette, &words);
        kind.draw(&mut frame);
        frame.close()
    };
    let fits = |scene: &Scene| size.height().is_none_or(|height| scene.height <= height);
    let smaller = TEXT_SIZES.iter().map(|&percent| lay_out(percent)).find(fits);
    Ok(smaller.unwrap_or_else(|| lay_out(TEXT_SIZES[TEXT_SIZES.len() - 1])))
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
    let kind = chart.kind();
    let mut picture = Picture {
        title: chart.title(),
        subtitle: kind.caption(),
        key: kind.key(palette),
        notes: kind.notes(),
        alt: chart.alt_with(&chart.words(size).foot(size).1),
        csv: chart.csv(),
        ..Picture::default()
    };
    if formats != Formats::Png {
        picture.svg = encode::svg(&scene, size, &picture.title, &picture.alt)?;
    }
    if formats != Formats::Svg {
        picture.png = encode::png(&scene, size)?;
    }
    picture.sides = (scene.width, scene.height);
    picture.spots = scene.spots;
    Ok(picture)
}
