//! `[source]`: who publishes a return, and where `fetch` finds its releases: a data set by its id, or plain links.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::Release;
use crate::manifest::{is_inside, safe_name};
use crate::provenance::without_secrets;

/// Where a return comes from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Who publishes it.
    #[serde(default)]
    pub publisher: String,
    /// The publication's name.
    #[serde(default)]
    pub publication: String,
    /// Its page.
    #[serde(default)]
    pub page: String,
    /// The licence, as an SPDX name.
    #[serde(default)]
    pub licence: String,
    /// Its data set in the statistics API, by id.
    pub data_set: Option<Spanned<String>>,
    /// The version of the data set to stay with, such as `2.0`; the newest unless said.
    pub version: Option<Spanned<String>>,
    /// The name to file the data set under; the block's unless said.
    pub file: Option<Spanned<String>>,
    /// Files at plain addresses.
    #[serde(default, rename = "link")]
    pub links: Vec<Link>,
}

/// A release's file at a plain address.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The release it is.
    pub release: Spanned<Release>,
    /// Its address.
    pub url: Spanned<String>,
    /// The name to file it under; the block's unless said.
    pub file: Option<Spanned<String>>,
    /// The day it was published, as `2025-06-26`.
    pub published: Option<Spanned<String>>,
}

/// A place in the text of a pipeline, what is wrong there and what to do.
type Mistake = (Range<usize>, String, String);

impl Source {
    /// Whether `fetch` has anything to go by.
    pub fn is_fetched(&self) -> bool {
        self.data_set.is_some() || !self.links.is_empty()
    }

    /// What cannot be asked for as it is written.
    pub(super) fn mistakes(&self) -> Vec<Mistake> {
        let mut all = Vec::new();
        let mut check = |word: Option<&Spanned<String>>, fits: fn(&str) -> bool, what: &str, help: &str| {
            if let Some(word) = word.filter(|word| !fits(word.get_ref())) {
                let said = without_secrets(word.get_ref());
                all.push((word.span(), format!("`{}` is no {what}", said.escape_debug()), help.to_owned()));
            }
        };
        check(self.data_set.as_ref(), is_id, "data set id", ID_HELP);
        check(self.version.as_ref(), is_version, "version of a data set", "write it as \"2.0\", or leave it out");
        check(self.file.as_ref(), is_name, "name for a file", NAME_HELP);
        for link in &self.links {
            check(Some(&link.url), is_address, "address", "copy it from the publisher's page: it starts with https://");
            check(link.file.as_ref(), is_name, "name for a file", NAME_HELP);
            check(link.published.as_ref(), is_day, "day", "write it as \"2025-06-26\"");
        }
        for link in self.links.iter().filter(|link| !is_name(link.release.get_ref().as_str())) {
            let message = format!("`{}` is no name for a folder", link.release.get_ref().as_str().escape_debug());
            all.push((link.release.span(), message, NAME_HELP.to_owned()));
        }
        all
    }
}

const ID_HELP: &str = "it looks like 00000000-0000-0000-0000-000000000000 and stands on the data set's page in the data catalogue of Explore education statistics";
const NAME_HELP: &str = "use letters, digits, blanks, `-`, `_` and `.`";

fn is_id(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn is_version(text: &str) -> bool {
    let is_part = |part: &str| part == "*" || (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    text.split('.').count() <= 3 && text.split('.').all(is_part)
}

fn is_name(text: &str) -> bool {
    is_inside(text) && safe_name(text) == text
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

fn is_day(text: &str) -> bool {
    text.parse::<chrono::NaiveDate>().is_ok()
}
