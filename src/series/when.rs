//! A period of a series.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use chrono::{Datelike, NaiveDate};

use crate::period::{Known, Length, PeriodKey, label, means};
use crate::reading::When as Spoken;

/// A period, in order of time. Two are one where last day and length are, whatever the words.
#[derive(Clone, Copy, Debug)]
pub struct When<'a> {
    /// What makes it the same period as another.
    pub key: PeriodKey,
    /// As the publisher writes it.
    pub code: &'a str,
    /// Its identifier as published.
    pub identifier: &'a str,
}

impl PartialEq for When<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for When<'_> {}

impl PartialOrd for When<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for When<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl Hash for When<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl When<'_> {
    /// Its words as published and its identity.
    pub fn known(&self) -> Known<'_> {
        ((self.code, self.identifier), self.key)
    }

    /// Its last day.
    pub fn day(&self) -> NaiveDate {
        self.key.end()
    }

    /// As a reader sees it.
    pub fn label(&self) -> String {
        label(self.code, self.identifier)
    }

    /// As it is spoken of.
    pub fn spoken(&self) -> Spoken {
        Spoken::new(self.key.end_day(), &self.label())
    }

    /// As it is spoken of where a count of one day is dated `January {year}`: by the year on axes, by the day in sentences.
    pub fn dated(&self, dated: &str) -> Spoken {
        if dated.is_empty() || !self.key.length().is_years() {
            return self.spoken();
        }
        let year = self.day().year().to_string();
        Spoken { order: self.key.end_day(), prose: dated.replace("{year}", &year), label: year }
    }

    /// Whether a person who writes `text` means it.
    pub fn is(&self, text: &str) -> bool {
        means(text, (self.code, self.identifier), self.key, None)
    }

    /// Whether it is of the kind of the other, and so a number of years from it: a year beside a year, the same month
    /// beside a month.
    pub fn is_alike(&self, other: &When<'_>) -> bool {
        self.key.cadence() == other.key.cadence()
    }

    /// Whether it is of the series of the other on an axis of time: years, months one after another, the terms of one name.
    pub fn is_in_line(&self, other: &When<'_>) -> bool {
        match self.key.length() {
            Length::Term | Length::TwoTerms => self.is_alike(other),
            length => length == other.key.length(),
        }
    }
}
