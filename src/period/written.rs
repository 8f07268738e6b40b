//! One period as a publisher writes it.

use super::key::PeriodKey;
use super::length::Length;
use super::spelling;
use super::unread::Unread;
use super::year_end::YearEnd;
use crate::finding::MOST_OF_A_WORD;
use chrono::NaiveDate;

/// One period of one return.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// As the publisher writes it, without marks.
    pub code: String,
    /// Footnote marks and words of status that stood behind it, such as `[p]` or `(provisional)`; empty where none did.
    pub marks: String,
    /// The publisher's identifier, such as "Academic year"; empty where there is none.
    pub identifier: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day; an authority exists in the period if it was open on it.
    pub end: NaiveDate,
    /// How long it is, in the steps in which it is compared.
    pub length: Length,
}

impl Period {
    /// Reads a period. `ends` is the pipeline's year end, which overrides the identifier's own.
    ///
    /// # Errors
    /// The words for a message: what was found and what is understood.
    pub fn parse(code: &str, identifier: &str, ends: Option<YearEnd>) -> Result<Period, String> {
        if code.len().max(identifier.len()) > MOST_OF_A_WORD {
            let start: String = code.trim().chars().take(60).collect();
            return Err(Unread::Impossible("it is too long for one").words(&format!("{start} ..."), ""));
        }
        let (marked, identifier) = (spelling::unmarked(code), identifier.trim());
        let spelling::Bounds { start, end, length } =
            spelling::read(&marked.text, identifier, ends).map_err(|unread| unread.words(code.trim(), identifier))?;
        let spelling::Marked { text, marks } = marked;
        Ok(Period { code: text, marks, identifier: identifier.to_owned(), start, end, length })
    }

    /// What makes it the same period as another.
    pub fn key(&self) -> PeriodKey {
        PeriodKey::new(self.end, self.length)
    }
}

impl Length {
    /// What the publisher's words tell, for a table whose rows do not say it: a year where they tell nothing else.
    pub fn told(code: &str, identifier: &str) -> Length {
        Period::parse(code, identifier, None).map_or(Length::YEAR, |period| period.length)
    }
}
