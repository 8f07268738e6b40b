//! The record of one file that was filed.

use serde::Deserialize;

/// One file that was filed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Where it is in the returns folder, as `return/release/file`.
    pub path: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The name it came with, where that is another.
    #[serde(default)]
    pub original: String,
    /// Where it was taken from.
    #[serde(default)]
    pub url: String,
    /// The day it was published, as `2025-06-26`.
    #[serde(default)]
    pub published: String,
    /// The day it was filed.
    pub added: String,
    /// The day it was taken out again; empty while it is filed.
    #[serde(default)]
    pub removed: String,
}
