//! A period of a published table.

use chrono::NaiveDate;

use crate::period::{cadence, day, label};

/// A period, in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When<'a> {
    /// Its last day, counted from 1970.
    pub end: i32,
    /// As the publisher writes it.
    pub code: &'a str,
    /// Its identifier as published.
    pub identifier: &'a str,
}

impl When<'_> {
    /// Its last day.
    pub fn day(&self) -> NaiveDate {
        day(self.end)
    }

    /// As a reader sees it.
    pub fn label(&self) -> String {
        label(self.code, self.identifier)
    }

    /// Whether a person who writes `text` means it.
    pub fn is(&self, text: &str) -> bool {
        self.code == text || self.label() == text
    }

    /// Whether it is a year, of any kind, and no part of one.
    pub fn is_year(&self) -> bool {
        cadence(self.identifier).is_empty()
    }

    /// Whether it is of the kind of the other: a year beside a year, a month beside a month.
    pub fn is_alike(&self, other: &When<'_>) -> bool {
        cadence(self.identifier) == cadence(other.identifier)
    }
}
