//! What is measured: label, unit, which way is good, and how a rate is made of counts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::records::Condition;
use super::unit::Unit;
use super::wording::{Per, Phrases};
use crate::declaration::kind;
pub use crate::statistics::Polarity;

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

fn yes() -> bool {
    true
}

/// A measure as the TOML declares it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// What it is, in words for a chart; that of the published measure of its name where `beside` names its table.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub label: String,
    /// Its unit; that of the published measure where `beside` names its table.
    #[serde(default)]
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
    /// Two to five words for the row of a table, as they stand inside a sentence; serves where no `noun` is declared.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub short: String,
    /// What it is called inside a sentence, at the head of a chart and of a row: `plans issued within 20 weeks`; else
    /// `short`, else the label up to its first comma.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub noun: String,
    /// What the count is out of, inside a sentence: `plans issued in the year`; else the label of the denominator.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub whole: String,
    /// The matter by which key messages are grouped, the same in every table that is about it; else the table's name.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub topic: String,
    /// How much it weighs among key messages: 3 a legal duty, 2 a headline, 1 any other, 0 never a message.
    #[schemars(range(max = 3))]
    pub importance: Option<u8>,
    /// Decimal places on the pages of a paper, where the usual ones do not serve.
    #[schemars(range(max = 6))]
    pub prose: Option<u8>,
    /// What a reader is likely to misread in it, a sentence.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub reads: String,
    /// Its place in a process, from 1 on.
    #[schemars(range(min = 1))]
    pub step: Option<u32>,
    /// The population that makes the count a rate.
    pub per: Option<Per>,
    /// The publisher's own `table/measure` of the same meaning, where the table is taken from elsewhere.
    #[schemars(with = "Option<kind::OtherMeasure>")]
    pub first_hand: Option<String>,
    /// The word by which rows call it, where a dictionary says so; empty where they carry its label or name.
    #[serde(skip)]
    pub word: String,
    /// The identifier of its periods, where a dictionary says so.
    #[serde(skip)]
    pub identifier: Option<String>,
    /// How sentences about it run.
    #[serde(default)]
    pub phrases: Phrases,
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
    pub count: Condition,
    /// Records: the rows a share is out of.
    pub of: Option<Condition>,
    /// Records: fields of `by` over all whose words a share is taken: the share of plans by need is out of the plans of any need.
    /// Broken down by none of them there is no figure.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Field>")]
    pub over: Vec<String>,
    /// Records: the field summed over the rows of `count` instead of counting them.
    #[schemars(with = "Option<kind::Field>")]
    pub sum: Option<String>,
    /// Records: the field whose mean over the rows of `count` it is.
    #[schemars(with = "Option<kind::Field>")]
    pub mean: Option<String>,
    /// Records: the field whose median over the rows of `count` it is.
    #[schemars(with = "Option<kind::Field>")]
    pub median: Option<String>,
    /// Records: the field and the part of 100 whose percentile over the rows of `count` it is.
    pub percentile: Option<Percentile>,
}

/// A field, and how many of 100 of its values lie below.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Percentile {
    /// The field.
    #[schemars(with = "kind::Field")]
    pub of: String,
    /// How many of 100 of its values are at most as high: 90.
    #[schemars(range(min = 0, max = 100))]
    pub at: f64,
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
            noun: String::new(),
            whole: String::new(),
            topic: String::new(),
            importance: None,
            prose: None,
            reads: String::new(),
            step: None,
            per: None,
            first_hand: None,
            word: String::new(),
            identifier: None,
            phrases: Phrases::default(),
            breakdown: String::new(),
            minimum_denominator: None,
            independent: true,
            matters: None,
            values: BTreeMap::new(),
            count: Condition::default(),
            of: None,
            over: Vec::new(),
            sum: None,
            mean: None,
            median: None,
            percentile: None,
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

    /// The word of each grade, by its number: the shortest where several words mean one.
    pub fn grades(&self) -> Vec<(f64, String)> {
        let mut words: Vec<(f64, String)> = match self.unit {
            Unit::Grade => self.values.iter().map(|(word, grade)| (*grade, word.clone())).collect(),
            _ => Vec::new(),
        };
        words.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.len().cmp(&b.1.len())));
        words.dedup_by_key(|(grade, _)| *grade);
        words
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
