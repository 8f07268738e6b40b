//! The statistics API of the Department for Education: what a data set is, its versions, and the address of its CSV.

use serde::Deserialize;

use super::client::Client;
use crate::finding::{Finding, Place};

/// The API's own address.
const BASE: &str = "https://api.education.gov.uk/statistics";
/// No data set has had as many pages of versions.
const MOST_PAGES: u32 = 50;

/// A data set as it is now.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataSet {
    /// Its name.
    pub title: String,
    /// `Published`, or what became of it.
    #[serde(default)]
    pub status: String,
    /// Its newest version.
    pub latest_version: Version,
}

/// A version of a data set.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// Its number, such as `2.0`.
    pub version: String,
    /// When it was published, as `2025-06-26T08:30:00Z`.
    #[serde(default)]
    pub published: String,
    /// `Published`, or what became of it.
    #[serde(default)]
    pub status: String,
    /// The release it came with.
    #[serde(default)]
    pub release: Titled,
}

/// A thing with a name.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Titled {
    /// The name.
    #[serde(default)]
    pub title: String,
}

impl Version {
    /// The day it was published, as `2025-06-26`; empty where the API does not say.
    pub fn day(&self) -> &str {
        self.published.get(..10).filter(|day| day.parse::<chrono::NaiveDate>().is_ok()).unwrap_or_default()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    paging: Paging,
    results: Vec<Version>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Paging {
    total_pages: u32,
}

/// The API at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    base: String,
}

impl Api {
    /// The API at `base`, or at its own address.
    pub fn at(base: Option<&str>) -> Api {
        Api { base: base.unwrap_or(BASE).trim_end_matches('/').to_owned() }
    }

    fn address(&self, id: &str) -> String {
        format!("{}/v1/data-sets/{id}", self.base)
    }

    /// What a data set is.
    ///
    /// # Errors
    /// There is none of that id, or no answer.
    pub fn data_set(&self, client: &Client, id: &str) -> Result<DataSet, Finding> {
        client.json(&self.address(id))
    }

    /// A version of a data set; `2.*` is the newest of them.
    ///
    /// # Errors
    /// There is none of that number, or no answer.
    pub fn version(&self, client: &Client, id: &str, version: &str) -> Result<Version, Finding> {
        client.json(&format!("{}/versions/{version}", self.address(id)))
    }

    /// All versions of a data set, in the API's order.
    ///
    /// # Errors
    /// No answer, or more pages than can be right.
    pub fn versions(&self, client: &Client, id: &str) -> Result<Vec<Version>, Finding> {
        let mut all = Vec::new();
        for page in 1..=MOST_PAGES {
            let url = format!("{}/versions?page={page}&pageSize=20", self.address(id));
            let Page { paging, results } = client.json(&url)?;
            all.extend(results);
            if page >= paging.total_pages {
                return Ok(all);
            }
        }
        let message = format!("the data set has more than {MOST_PAGES} pages of versions");
        Err(Finding::error("fetch-answer", message, "check the address given with `--api` or ABREAST_API")
            .at(Place::file(self.address(id))))
    }

    /// Where the CSV of a version is.
    pub fn csv(&self, id: &str, version: &str) -> String {
        format!("{}/csv?dataSetVersion={version}", self.address(id))
    }
}

/// The version that an address of a CSV names, whichever copy of the API it is at; none for another data set.
pub fn version_in<'a>(url: &'a str, id: &str) -> Option<&'a str> {
    url.split_once(&format!("/v1/data-sets/{id}/csv?dataSetVersion=")).map(|(_, version)| version)
}
