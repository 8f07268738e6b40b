//! A figure as each release has it.

use crate::period::PeriodKey;
use serde::Serialize;

/// A figure of the series in one release.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filed {
    /// The release.
    pub release: String,
    /// The period as a reader sees it.
    pub period: String,
    /// The file.
    pub file: String,
    /// The number; none where there is none.
    pub value: Option<f64>,
    /// As a report shows it, without its reason where it is a symbol.
    pub shown: String,
    /// Whether no newer release has the period.
    pub counts: bool,
    /// By how much the release that counts differs.
    pub restated: Option<f64>,
    /// The same as a report shows it; empty where nothing that is shown differs.
    #[serde(skip)]
    pub difference: String,
    #[serde(skip)]
    pub(super) key: PeriodKey,
}
