//! `[source]`: who publishes a return, and where `fetch` finds its releases: a data set by its id, or plain links.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::Release;
use crate::declaration::kind;

/// Where a return comes from.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Who publishes it.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub publisher: String,
    /// The publication's name.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub publication: String,
    /// Its page.
    #[serde(default)]
    #[schemars(with = "kind::Address")]
    pub page: String,
    /// The licence, as an SPDX name.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub licence: String,
    /// Its data set in the statistics API, by id.
    #[schemars(with = "Option<kind::DataSet>")]
    pub data_set: Option<Spanned<String>>,
    /// The version of the data set to stay with, such as `2.0`; the newest unless said.
    #[schemars(with = "Option<kind::Version>")]
    pub version: Option<Spanned<String>>,
    /// The name to file the data set under; the block's unless said.
    #[schemars(with = "Option<kind::FileName>")]
    pub file: Option<Spanned<String>>,
    /// Files at plain addresses.
    #[serde(default, rename = "link")]
    #[schemars(with = "Vec<Link>")]
    pub links: Vec<Link>,
}

/// A release's file at a plain address.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The release it is.
    #[schemars(with = "kind::ReleaseName")]
    pub release: Spanned<Release>,
    /// Its address.
    #[schemars(with = "kind::Address")]
    pub url: Spanned<String>,
    /// The name to file it under; the block's unless said.
    #[schemars(with = "Option<kind::FileName>")]
    pub file: Option<Spanned<String>>,
    /// The day it was published, as `2025-06-26`.
    #[schemars(with = "Option<kind::Day>")]
    pub published: Option<Spanned<String>>,
}

impl Source {
    /// Whether `fetch` has anything to go by.
    pub fn is_fetched(&self) -> bool {
        self.data_set.is_some() || !self.links.is_empty()
    }
}
