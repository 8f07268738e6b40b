//! What the footer of a table says of it: what it was made from, its measures, what became of the rows of its files.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::period::Break;
use crate::pipeline::{Per, Phrases};
use crate::schema::TOTAL;
use crate::statistics::Polarity;
/// What a table's footer says of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableMeta {
    /// The table's heading.
    pub title: String,
    /// Publisher, publication, page and licence, in words.
    pub source: String,
    /// The licence, as an SPDX name.
    pub licence: String,
    /// Whether the figures are simulated.
    pub illustrative: bool,
    /// Input files with their SHA-256.
    pub inputs: BTreeMap<String, String>,
    /// The SHA-256 of the pipeline file.
    pub pipeline: String,
    /// Abreast's version.
    pub version: String,
    /// One hash over everything the table was made from.
    pub fingerprint: String,
    /// Each measure's label, unit, polarity, places and definition.
    pub measures: BTreeMap<String, MeasureMeta>,
    /// What was found when it was made.
    pub findings: Vec<Finding>,
    /// Where the rows of each release went.
    pub accounts: Vec<AccountMeta>,
    /// Row groups of a comparisons file: table, its fingerprint and how many groups.
    pub parts: Vec<(String, String, usize)>,
    /// Declared breaks of the table's series.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// Whether the table is a set of statistical neighbours.
    #[serde(default)]
    pub neighbours: bool,
    /// Whether the figures are a council's own, which are never ranked.
    #[serde(default)]
    pub own: bool,
    /// The published table that such figures stand beside; empty where none is named.
    #[serde(default)]
    pub beside: String,
    /// The last day of the newest period that was over when its figures were released, as `2025-01-31`; empty where nothing says.
    #[serde(default)]
    pub newest: String,
    /// The newest of all published tables of the build that it stands in, once they are opened together.
    #[serde(skip)]
    pub newest_of_all: Option<NaiveDate>,
    /// How a period is dated in sentences, `{year}` the year in which it ends; empty where as published.
    #[serde(default)]
    pub dated: String,
    /// The matter under which people look for the table; empty where none is declared.
    #[serde(default)]
    pub topic: String,
}

impl TableMeta {
    /// The topics that have figures about the whole: all of it, or the breakdown that stands for a measure without a total.
    pub fn wholes(&self) -> Vec<String> {
        let stand_ins = self.measures.values().filter_map(MeasureMeta::stand_in);
        let mut topics: Vec<String> = stand_ins.map(|(topic, _)| topic.to_owned()).collect();
        topics.push(TOTAL.to_owned());
        topics
    }
}

/// A measure as the footer describes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeasureMeta {
    /// What it is.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// `high`, `low` or `none`.
    pub polarity: String,
    /// Decimals to show.
    pub places: u8,
    /// A longer definition.
    pub definition: String,
    /// Whether `run` draws it.
    pub headline: bool,
    /// The denominator below which no comparison word is used, where it is not the usual one.
    #[serde(default)]
    pub minimum: Option<f64>,
    /// Whether the cases counted depend on each other, so that counting tells no interval.
    #[serde(default)]
    pub dependent: bool,
    /// The smallest difference that matters, where it is declared.
    #[serde(default)]
    pub matters: Option<f64>,
    /// A few words for the titles of charts; empty where the label serves.
    #[serde(default)]
    pub short: String,
    /// `Topic=breakdown` that stands for the measure where it has no total; else empty.
    #[serde(default)]
    pub breakdown: String,
    /// What the denominator counts, in words; empty where there is none.
    #[serde(default)]
    pub denominator: String,
    /// What it is called inside a sentence; empty where `short` or the label serves.
    #[serde(default)]
    pub noun: String,
    /// What the count is out of, inside a sentence; empty where `denominator` serves.
    #[serde(default)]
    pub whole: String,
    /// The matter by which key messages are grouped; empty where it is the table.
    #[serde(default)]
    pub topic: String,
    /// How much it weighs among key messages, 0 to 3, where that is declared.
    #[serde(default)]
    pub importance: Option<u8>,
    /// Decimals on the pages of a paper, where they are declared.
    #[serde(default)]
    pub prose: Option<u8>,
    /// What a reader is likely to misread in it; empty where nothing is.
    #[serde(default)]
    pub reads: String,
    /// Its place in a process.
    #[serde(default)]
    pub step: Option<u32>,
    /// The population that makes it a rate.
    #[serde(default)]
    pub per: Option<Per>,
    /// How sentences about it run.
    #[serde(default)]
    pub phrases: Phrases,
    /// The word of each grade, by its number, where it is a judgement.
    #[serde(default)]
    pub grades: Vec<(f64, String)>,
}

impl MeasureMeta {
    /// The topic and breakdown that stand for the measure where its table has no whole; none where none are declared.
    pub fn stand_in(&self) -> Option<(&str, &str)> {
        self.breakdown.split_once('=').map(|(topic, part)| (topic.trim(), part.trim()))
    }

    /// The topic and breakdown that the measure as a whole stands under: the total where its table has one, else the part
    /// that is declared to stand for it.
    pub fn whole(&self, has_total: bool) -> (&str, &str) {
        self.stand_in().filter(|_| !has_total).unwrap_or((TOTAL, TOTAL))
    }

    /// Which way is good.
    pub fn polarity(&self) -> Polarity {
        match self.polarity.as_str() {
            "high" => Polarity::High,
            "low" => Polarity::Low,
            _ => Polarity::None,
        }
    }
}

/// Where the rows of a release went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountMeta {
    /// The release.
    pub release: String,
    /// The file.
    pub file: String,
    /// Rows below the header.
    pub rows: usize,
    /// Rows loaded.
    pub loaded: usize,
    /// Rows left out, by rule.
    pub left_out: BTreeMap<String, usize>,
    /// Rows refused.
    pub refused: usize,
    /// Observations made.
    pub observations: usize,
}

/// Which way of writing tables this is: a table that was written another way is made again.
pub const FORMAT: &str = "sealed";

/// The key under which the footer holds [`TableMeta`] as JSON.
pub(super) const KEY: &str = "abreast";
