//! `[predecessor]`: what a record that lacks a judgement takes from the record of the school it was before.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::declaration::kind;

/// Where a record takes what it lacks from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Predecessor {
    /// The field that identifies a record, such as the URN.
    #[schemars(with = "kind::Field")]
    pub id: String,
    /// The field with the id of the record before it, or with several of them.
    #[schemars(with = "kind::Field")]
    pub field: String,
    /// The fields taken by a record whose first of them is empty.
    #[schemars(with = "Vec<kind::Field>")]
    pub take: Spanned<Vec<String>>,
    /// By field, the word of a record that took them and that of a record which has its own; for files that do not say.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Marked, [kind::Words; 2]>")]
    pub mark: BTreeMap<String, [String; 2]>,
}
