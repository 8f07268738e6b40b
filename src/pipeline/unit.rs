//! The units of measures: their words, and how a figure of each is made of counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::statistics::quotient::Quotient;

/// The unit of a measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Unit {
    /// A count.
    #[default]
    #[serde(rename = "number")]
    Number,
    /// A share of 100.
    #[serde(rename = "percent")]
    Percent,
    /// A share of 100 that is spoken of as so many for every 100: appeals for every 100 decisions.
    #[serde(rename = "per 100")]
    Per100,
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
    pub const ALL: [Unit; 14] = [
        Unit::Number,
        Unit::Percent,
        Unit::Per100,
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

    /// Whether it is a share of 100, by whatever name.
    pub fn is_share(self) -> bool {
        matches!(self, Unit::Percent | Unit::Per100)
    }

    /// The word in the tables, as in the TOML.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Number => "number",
            Unit::Percent => "percent",
            Unit::Per100 => "per 100",
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
            Unit::Percent | Unit::Per100 => Some(100.0),
            Unit::RatePer1000 => Some(1_000.0),
            Unit::RatePer10000 => Some(10_000.0),
            Unit::RatePer100000 => Some(100_000.0),
            Unit::Ratio | Unit::Pounds | Unit::Days | Unit::Score => Some(1.0),
            Unit::Number | Unit::Weeks | Unit::Months | Unit::Grade | Unit::Code => None,
        }
    }

    /// What a number that carries a percent sign is multiplied by to be in this unit; none where the unit is no share.
    pub fn of_percent(self) -> Option<f64> {
        match self {
            Unit::Percent | Unit::Per100 => Some(1.0),
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
            Unit::Percent | Unit::Per100 => Some(Quotient::Share(times)),
            Unit::RatePer1000 | Unit::RatePer10000 | Unit::RatePer100000 => Some(Quotient::Rate(times)),
            _ => None,
        }
    }
}
