//! What is measured: label, unit, which way is good, and how a rate is made of counts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::declaration::kind;
pub use crate::statistics::Polarity;
use crate::statistics::quotient::Quotient;

/// The unit of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
pub enum Unit {
    /// A count.
    #[serde(rename = "number")]
    Number,
    /// A share of 100.
    #[serde(rename = "percent")]
    Percent,
    /// Events for every 1,000.
    #[serde(rename = "rate per 1,000")]
    RatePer1000,
    /// Events for every 10,000, children unless the label says otherwise.
    #[serde(rename = "rate per 10,000")]
    RatePer10000,
    /// Events for every 100,000.
    #[serde(rename = "rate per 100,000")]
    RatePer100000,
    /// One number divided by another, as it is.
    #[serde(rename = "ratio")]
    Ratio,
    /// Pounds sterling.
    #[serde(rename = "pounds")]
    Pounds,
    /// Days.
    #[serde(rename = "days")]
    Days,
    /// Weeks.
    #[serde(rename = "weeks")]
    Weeks,
    /// Months.
    #[serde(rename = "months")]
    Months,
    /// A judgement as a number, 1 the best.
    #[serde(rename = "grade")]
    Grade,
    /// A score on the publisher's own scale.
    #[serde(rename = "score")]
    Score,
    /// A code, which is no quantity: kept, never compared.
    #[serde(rename = "code")]
    Code,
}

impl Unit {
    /// All units.
    pub const ALL: [Unit; 13] = [
        Unit::Number,
        Unit::Percent,
        Unit::RatePer1000,
        Unit::RatePer10000,
        Unit::RatePer100000,
        Unit::Ratio,
        Unit::Pounds,
        Unit::Days,
        Unit::Weeks,
        Unit::Months,
        Unit::Grade,
        Unit::Score,
        Unit::Code,
    ];

    /// The word in the tables, as in the TOML.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Number => "number",
            Unit::Percent => "percent",
            Unit::RatePer1000 => "rate per 1,000",
            Unit::RatePer10000 => "rate per 10,000",
            Unit::RatePer100000 => "rate per 100,000",
            Unit::Ratio => "ratio",
            Unit::Pounds => "pounds",
            Unit::Days => "days",
            Unit::Weeks => "weeks",
            Unit::Months => "months",
            Unit::Grade => "grade",
            Unit::Score => "score",
            Unit::Code => "code",
        }
    }

    /// The word of a table back to the unit.
    pub fn from_word(word: &str) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.word() == word)
    }

    /// What numerator over denominator is multiplied by; none where the unit is not a quotient.
    pub fn multiplier(self) -> Option<f64> {
        match self {
            Unit::Percent => Some(100.0),
            Unit::RatePer1000 => Some(1_000.0),
            Unit::RatePer10000 => Some(10_000.0),
            Unit::RatePer100000 => Some(100_000.0),
            Unit::Ratio | Unit::Pounds | Unit::Days | Unit::Score => Some(1.0),
            Unit::Number | Unit::Weeks | Unit::Months | Unit::Grade | Unit::Code => None,
        }
    }
}

impl Unit {
    /// What a number that carries a percent sign is multiplied by to be in this unit; none where the unit is no share.
    pub fn of_percent(self) -> Option<f64> {
        match self {
            Unit::Percent => Some(1.0),
            Unit::Ratio => Some(0.01),
            Unit::RatePer1000 => Some(10.0),
            Unit::RatePer10000 => Some(100.0),
            Unit::RatePer100000 => Some(1_000.0),
            _ => None,
        }
    }

    /// How a figure of this unit is made of counts; none where it is no share and no rate of events.
    pub fn quotient(self) -> Option<Quotient> {
        let times = self.multiplier()?;
        match self {
            Unit::Percent => Some(Quotient::Share(times)),
            Unit::RatePer1000 | Unit::RatePer10000 | Unit::RatePer100000 => Some(Quotient::Rate(times)),
            _ => None,
        }
    }
}

/// Which way is good, as the TOML writes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Better {
    High,
    Low,
    #[default]
    None,
}

/// Which figure counts where a rate is published beside its counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Prefer {
    /// The one computed from the counts, which is not rounded.
    #[default]
    Computed,
    /// The published one: its counts are rounded or cover less than it does.
    Published,
}

/// Rows of a `records` return that count: every field named must have one of its values (`*` any, `""` none).
pub type Condition = BTreeMap<String, Vec<String>>;

fn yes() -> bool {
    true
}

/// A measure as the TOML declares it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// What it is, in words for a chart.
    #[schemars(with = "kind::Words")]
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// The column key of the numerator.
    #[schemars(with = "Option<kind::Count>")]
    pub numerator: Option<String>,
    /// The column key of the denominator.
    #[schemars(with = "Option<kind::Count>")]
    pub denominator: Option<String>,
    /// `published` takes the publisher's own rate where it is there and keeps the counts beside it.
    #[serde(default)]
    pub prefer: Prefer,
    #[serde(default)]
    pub(super) better: Better,
    /// Decimal places in tables and charts; 1 for rates and 0 for counts unless said.
    #[schemars(range(max = 6))]
    pub places: Option<u8>,
    /// A longer definition for the report's measure list.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub definition: String,
    /// Whether `abreast run` draws its charts.
    #[serde(default)]
    pub headline: bool,
    /// Up to four words for titles, as they stand inside a sentence: `20-week timeliness`.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub short: String,
    /// `Topic=breakdown` that charts show where the measure has no total.
    #[serde(default)]
    #[schemars(with = "kind::Slice")]
    pub breakdown: String,
    /// Below this denominator no comparison word is used.
    #[schemars(range(min = 0))]
    pub minimum_denominator: Option<f64>,
    /// Whether the cases counted are independent of each other. `false` where one child has several (sessions missed,
    /// suspensions) or the counts are pounds: then no interval is worked out from counting, and only the spread of
    /// authorities says what is unusual.
    #[serde(default = "yes")]
    pub independent: bool,
    /// The smallest difference that matters, in the unit; a tenth of the distance between the quartiles unless said.
    #[schemars(range(min = 0))]
    pub matters: Option<f64>,
    /// Texts that stand for numbers, such as judgements: `{ Good = 2 }`.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Cell, f64>")]
    pub values: BTreeMap<String, f64>,
    /// Records: the rows counted (numerator of a share, or the count itself).
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Field, Vec<kind::FieldWord>>")]
    pub count: Condition,
    /// Records: the rows a share is out of.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Field, Vec<kind::FieldWord>>")]
    pub of: Condition,
    /// Records: the field summed over the rows of `count` instead of counting them.
    #[schemars(with = "Option<kind::Field>")]
    pub sum: Option<String>,
}

impl Measure {
    /// A measure known only by its column's name: what `indicators = "all"` makes.
    pub fn unlabelled(label: String, unit: Unit) -> Self {
        Measure {
            label,
            unit,
            numerator: None,
            denominator: None,
            prefer: Prefer::Computed,
            better: Better::None,
            places: None,
            definition: String::new(),
            headline: false,
            short: String::new(),
            breakdown: String::new(),
            minimum_denominator: None,
            independent: true,
            matters: None,
            values: BTreeMap::new(),
            count: Condition::new(),
            of: Condition::new(),
            sum: None,
        }
    }

    /// Which way is good.
    pub fn polarity(&self) -> Polarity {
        match self.better {
            Better::High => Polarity::High,
            Better::Low => Polarity::Low,
            Better::None => Polarity::None,
        }
    }

    /// Decimal places to show.
    pub fn places(&self) -> u8 {
        self.places.unwrap_or(match self.unit {
            Unit::Number | Unit::Pounds | Unit::Days | Unit::Weeks | Unit::Months | Unit::Grade | Unit::Code => 0,
            Unit::Ratio => 2,
            _ => 1,
        })
    }
}
