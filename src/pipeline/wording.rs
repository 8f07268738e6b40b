//! What papers need declared of a measure beyond its label: how sentences about it run, and which population makes a
//! count a rate.
//!
//! In: the TOML. Out: the same values, which the footer of a table carries to whoever writes sentences.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::unit::Unit;
use crate::declaration::kind;

/// How sentences about a measure run; empty where a pipeline declares none, and then the noun serves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Phrases {
    /// A sentence with `{}` for the figure: `{} met the 20-week legal deadline`.
    #[schemars(with = "kind::Sentence")]
    pub says: String,
    /// A larger figure: `A larger share of requests is agreed`.
    #[schemars(with = "kind::Words")]
    pub more: String,
    /// A smaller figure: `A smaller share of plans is issued on time`.
    #[schemars(with = "kind::Words")]
    pub less: String,
    /// None of them: `no plan took over a year`.
    #[schemars(with = "kind::Words")]
    pub none: String,
    /// Why there can be no figure: `every plan was an exception to the time limit`.
    #[schemars(with = "kind::Words")]
    pub never: String,
}

/// The population by which a count is divided to be a rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Per {
    /// The population, as `table/measure`.
    #[schemars(with = "kind::OtherMeasure")]
    pub population: String,
    /// The unit of the rate.
    pub unit: Unit,
    /// The rate as it stands inside a sentence: `plans per 10,000 aged 0 to 24`.
    #[schemars(with = "kind::Words")]
    pub noun: String,
    /// How sentences about the rate run.
    #[serde(default)]
    pub phrases: Phrases,
}
