//! What a chart is made from: plain structs, no frames. The command layer adapts comparisons to these.
//!
//! In: figures with their reasons for being missing, where they come from, and what the statistics say of them.
//! Out: nothing of its own; every kind of chart reads these, so that all kinds tell missing, breaks and sources alike.

/// How a measure's values are counted and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 0 to 100, written `26.7%`.
    Percent,
    /// A count, written `1,290`.
    Number,
    /// So many per this many, written as a plain number; the unit stands in the subtitle.
    RatePer(u32),
    /// Pounds, written `£1,290`.
    Pounds,
    /// Any other unit by its plural name: `weeks`, `days`.
    Other(String),
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// High is good.
    High,
    /// Low is good.
    Low,
    /// Neither: the chart never says better or worse.
    None,
}

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its full label, as in the pipeline: `EHC plans issued within 20 weeks, excluding exceptions`.
    pub label: String,
    /// A few words for titles, written as they stand inside a sentence: `plans issued within 20 weeks`.
    pub short: String,
    /// How values are written.
    pub unit: Unit,
    /// Decimal places on display.
    pub places: u8,
    /// Which way is good.
    pub polarity: Polarity,
}

/// Why a figure is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The publisher's symbol without brackets: `x`, `z`, `c`, `low`.
    pub symbol: String,
    /// What it means, as a clause: `not available`.
    pub reason: String,
}

/// One figure: a value, or the reason it has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// The value, in the measure's unit.
    pub value: Option<f64>,
    /// Why there is no value.
    pub missing: Option<Missing>,
    /// The count above the line.
    pub numerator: Option<f64>,
    /// The count below the line.
    pub denominator: Option<f64>,
    /// The 95% interval: lower, upper.
    pub interval: Option<(f64, f64)>,
    /// The id by which it can be traced; empty for a figure that only the chart has.
    pub id: String,
}

impl Figure {
    /// A plain value. A value that is not finite counts as missing with no reason given.
    pub fn of(value: f64) -> Self {
        if value.is_finite() { Self { value: Some(value), ..Self::default() } } else { Self::default() }
    }

    /// A figure that is not there, with its symbol and what the symbol means.
    pub fn missing(symbol: &str, reason: &str) -> Self {
        let missing = Missing { symbol: symbol.into(), reason: reason.into() };
        Self { missing: Some(missing), ..Self::default() }
    }

    /// The same figure with the counts it was made from.
    pub fn counts(mut self, numerator: f64, denominator: f64) -> Self {
        self.numerator = Some(numerator);
        self.denominator = Some(denominator);
        self
    }

    /// The same figure with its 95% interval.
    pub fn interval(mut self, lower: f64, upper: f64) -> Self {
        self.interval = Some((lower, upper));
        self
    }

    /// The same figure with the id by which it can be traced.
    pub fn known_as(mut self, id: String) -> Self {
        self.id = id;
        self
    }

    /// The finite value, if there is one.
    pub fn number(&self) -> Option<f64> {
        self.value.filter(|value| value.is_finite())
    }

    /// The symbol in brackets, `[x]` where the figure has no symbol of its own.
    pub fn symbol(&self) -> String {
        self.missing.as_ref().map_or_else(|| "[x]".into(), |missing| format!("[{}]", missing.symbol))
    }

    /// The reason in words.
    pub fn reason(&self) -> &str {
        self.missing.as_ref().map_or("not available", |missing| &missing.reason)
    }
}

/// One point in time, with its place on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its place: consecutive periods differ by 1, so a gap on the axis is a gap in the numbers.
    pub order: i32,
    /// As on axes: `2023/24`.
    pub label: String,
    /// As in sentences: `2023 to 2024`.
    pub prose: String,
}

impl Period {
    /// A calendar year.
    pub fn year(year: i32) -> Self {
        Self { order: year, label: year.to_string(), prose: year.to_string() }
    }

    /// An academic or financial year by its first calendar year.
    pub fn split_year(first: i32) -> Self {
        let label = format!("{first}/{:02}", (first + 1).rem_euclid(100));
        Self { order: first, label, prose: format!("{first} to {}", first + 1) }
    }
}

/// Whose figure it is; decides colour, dash, marker and weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The chosen authority.
    Subject,
    /// The mean of its statistical neighbours, or one of them.
    Neighbour,
    /// Its region.
    Region,
    /// England.
    England,
    /// Any other authority.
    Other,
}

/// One authority or group with its figure, in a chart of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its name in full.
    pub name: String,
    /// What it is to the chosen authority.
    pub role: Role,
    /// Its figure.
    pub figure: Figure,
}

impl Place {
    /// A place by name, role and figure.
    pub fn new(name: &str, role: Role, figure: Figure) -> Self {
        Self { name: name.into(), role, figure }
    }
}

/// A break in the series: figures before and from `order` on are not alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The first period of the new series.
    pub order: i32,
    /// What changed, as a clause: `person-level collection from 2023`.
    pub reason: String,
}

/// The neighbour set behind a neighbour figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeighbourSet {
    /// `2025 statistical neighbours`.
    pub name: String,
    /// How the figure is made: `mean of those with data`.
    pub rule: String,
    /// How many authorities the set has.
    pub size: u32,
    /// How many of them had data in the latest period.
    pub with_data: u32,
}

/// What the statistics say when one figure is set against another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nobody tested: the words give the figures and claim no more.
    #[default]
    Untested,
    /// They cannot be told apart.
    Similar,
    /// Higher, beyond chance.
    Higher,
    /// Lower, beyond chance.
    Lower,
}

impl Standing {
    /// The same without a claim that one is higher.
    pub fn at_most_similar(self) -> Self {
        if self == Self::Untested { self } else { Self::Similar }
    }
}

/// Where an authority stands among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// 1 is best by polarity.
    pub rank: u32,
    /// Of how many with a figure.
    pub out_of: u32,
    /// How many others share the rank.
    pub tied: u32,
    /// The ranks that the interval allows: lowest number, highest number.
    pub interval: Option<(u32, u32)>,
}

/// What part 2's statistics found about the chosen authority; the words never say more than this allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Against England.
    pub england: Standing,
    /// Against the neighbour figure.
    pub neighbours: Standing,
    /// The latest period against the one before it.
    pub change: Standing,
    /// The whole series: a tested trend.
    pub trend: Standing,
    /// Outside the 99.8% limits, or otherwise far from all others.
    pub unusual: bool,
    /// Fewer cases than a stable rate needs: how many.
    pub small_cohort: Option<u32>,
    /// Where it stands among all authorities.
    pub rank: Option<Rank>,
}

/// What every chart of one measure carries besides its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// The chosen authority's name.
    pub subject: String,
    /// What is measured.
    pub measure: Measure,
    /// Publisher, publication, period, release, file; without the word `Source`.
    pub source: String,
    /// The neighbour set, where the chart shows neighbours.
    pub neighbours: Option<NeighbourSet>,
    /// What else must stand beneath the chart, a sentence each.
    pub notes: Vec<String>,
    /// The figures are simulated.
    pub illustrative: bool,
    /// What the statistics say.
    pub flags: Flags,
    /// A title written by hand instead of the one made by rule.
    pub title: Option<String>,
}

impl Context {
    /// A context with nothing said yet beyond who, what and where from.
    pub fn new(subject: &str, measure: Measure, source: &str) -> Self {
        Self {
            subject: subject.into(),
            measure,
            source: source.into(),
            neighbours: None,
            notes: Vec::new(),
            illustrative: false,
            flags: Flags::default(),
            title: None,
        }
    }
}
