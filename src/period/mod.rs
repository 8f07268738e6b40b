//! What a publisher writes for a stretch of time to one identity: a last day and a length.
//!
//! A period is what stands in the cell together with its identifier ("Academic year", "Reporting year", "Autumn term");
//! the pipeline says on which day of the year its periods end, because a return counted on 31 March and one that runs
//! to 31 December can both print `2024`. Two spellings of one last day and length are one period, whatever the words.

mod breaks;
mod key;
mod label;
mod length;
mod mention;
mod spelling;
mod unread;
mod year_end;

use std::fmt;

use chrono::{Days, NaiveDate};

use crate::finding::MOST_OF_A_WORD;
use unread::Unread;

pub use breaks::{Break, Breaks, Known, as_written};
pub use key::{Cadence, PeriodKey};
pub use label::{label, years_later};
pub use length::Length;
pub use mention::{Mention, Named, mentions};
pub use spelling::{MONTHS, month_number};
pub use year_end::YearEnd;

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
    pub fn read(code: &str, identifier: &str, ends: Option<YearEnd>) -> Result<Period, String> {
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

    /// The period as a reader of a chart or table sees it: `2023/24`, `2024`, `March 2024`, `Autumn term 2023/24`.
    pub fn label(&self) -> String {
        label(&self.code, &self.identifier)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}

/// Whether `text`, written by a person in a pipeline or on the command line, means the period that is published as
/// `code` with `identifier`: by its words, its label, or as another spelling of it.
pub fn means(text: &str, (code, identifier): (&str, &str), key: PeriodKey, ends: Option<YearEnd>) -> bool {
    let text = text.trim();
    text.eq_ignore_ascii_case(code)
        || text.eq_ignore_ascii_case(&label(code, identifier))
        || Period::read(text, "", ends).is_ok_and(|period| period.key() == key)
}

/// The day that is `days` after 1 January 1970, or before it.
pub fn day(days: i32) -> NaiveDate {
    let epoch = NaiveDate::default();
    let size = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { epoch.checked_sub_days(size) } else { epoch.checked_add_days(size) }.unwrap_or(epoch)
}

/// The days from 1 January 1970 to `day`.
pub fn days(day: NaiveDate) -> i32 {
    i32::try_from((day - NaiveDate::default()).num_days()).unwrap_or_default()
}
