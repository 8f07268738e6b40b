//! What people know better than a file: `[[correction]]` of a source, `[[accept]]` of a doubtful figure.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Release;
use crate::declaration::kind;
use crate::period::label;

/// A known error in a source, corrected here with its reason.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The release it is in.
    #[schemars(with = "kind::ReleaseName")]
    pub release: Release,
    /// The rows: by column, the exact cell text.
    #[serde(rename = "where")]
    #[schemars(with = "kind::Keyed<kind::Column, kind::Cell>")]
    pub rows: BTreeMap<String, String>,
    /// The column corrected.
    #[schemars(with = "kind::Column")]
    pub column: String,
    /// What the file says.
    #[schemars(with = "kind::Cell")]
    pub from: String,
    /// What is right.
    #[schemars(with = "kind::Cell")]
    pub to: String,
    /// How that is known.
    #[schemars(with = "kind::Words")]
    pub reason: String,
}

/// A figure that a check doubts and a person has found to be true. What is left out stands for all of them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// The release it is in.
    #[schemars(with = "kind::ReleaseName")]
    pub release: Release,
    /// The area, by any known name or code.
    #[schemars(with = "Option<kind::Words>")]
    pub area: Option<String>,
    /// The period, as the publisher writes it or as `2023/24`.
    #[schemars(with = "Option<kind::Period>")]
    pub period: Option<String>,
    /// The measure.
    #[schemars(with = "Option<kind::Measure>")]
    pub measure: Option<String>,
    /// How that is known.
    #[schemars(with = "kind::Words")]
    pub reason: String,
}

impl Accept {
    /// Whether it is about a figure of that release, period (code and identifier) and measure, whatever the area.
    pub fn is_about(&self, release: &str, period: (&str, &str), measure: &str) -> bool {
        let fits = |wanted: &str| wanted == period.0 || wanted == label(period.0, period.1);
        self.release.as_str() == release
            && self.period.as_deref().is_none_or(fits)
            && self.measure.as_deref().is_none_or(|wanted| wanted == measure)
    }

    /// What it is about, in words: `plans, Camden, 2024`.
    pub fn words(&self) -> String {
        let parts = [&self.measure, &self.area, &self.period].into_iter().filter_map(Option::as_deref);
        parts.collect::<Vec<_>>().join(", ")
    }
}
