//! The id of a published figure: what reports print beside a number and `abreast explain` takes.
//!
//! `sen2_timeliness/timeliness_20_weeks/2024-12-31/330/5f3a9c2100`: table, measure, last day of the period, area, and
//! a hash of what those do not say (length of the period, level, breakdown). Nothing in it depends on the release or on
//! the publisher's spelling of the period, so that it stays the same from year to year. What stands beside a figure and
//! is made of others carries the figure's id and a word: `...~neighbours`, `...~core-cities`, `...~six-months`.

use chrono::{Datelike, NaiveDate};

use crate::area::Level;
use crate::period::{Length, PeriodKey};
use crate::provenance::hash;
use crate::schema::view;

view! {
    /// The columns of a frame that say which figure a row is.
    pub struct Figures with periods {
        /// The level.
        level: Words Level,
        /// The 3-digit code.
        la: Words LaCode,
        /// The 9-character code.
        ons: Words OnsCode,
        /// The area's name.
        name: Words AreaName,
        /// The topic of the breakdown.
        topic: Words BreakdownTopic,
        /// The breakdown.
        breakdown: Words Breakdown,
        /// The measure.
        measure: Words Measure,
    }
}

impl<'a> Figures<'a> {
    /// The word for the area of a row: 3-digit code, else 9-character code, else `-`.
    pub fn area(&self, row: usize) -> &'a str {
        [self.la.word(row), self.ons.word(row)].into_iter().find(|word| !word.is_empty()).unwrap_or("-")
    }

    /// Whether a school or another part of an authority, which only its name tells apart.
    pub fn below(&self, row: usize) -> bool {
        [Level::School.word(), Level::Other.word()].contains(&self.level.word(row))
    }

    /// The id of row `row` of `table`.
    pub fn id(&self, table: &str, row: usize) -> String {
        let key = Key {
            table,
            measure: self.measure.word(row),
            period: self.periods.key(row),
            area: self.area(row),
            level: self.level.word(row),
            below: if self.below(row) { self.name.word(row) } else { "" },
            topic: self.topic.word(row),
            breakdown: self.breakdown.word(row),
        };
        key.id()
    }
}

/// Everything that tells one figure from another.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// The table.
    pub table: &'a str,
    /// The measure's name.
    pub measure: &'a str,
    /// The period.
    pub period: PeriodKey,
    /// The code of the area.
    pub area: &'a str,
    /// The level's word.
    pub level: &'a str,
    /// The name of a school or another part of an authority; else empty.
    pub below: &'a str,
    /// The topic of the breakdown.
    pub topic: &'a str,
    /// The breakdown.
    pub breakdown: &'a str,
}

impl Key<'_> {
    /// The id.
    pub fn id(&self) -> String {
        let length = match self.period.length() {
            Length::YEAR => String::new(),
            other => other.to_string(),
        };
        let rest = [length.as_str(), self.level, self.below, self.topic, self.breakdown];
        let tail = hash(rest.join("\u{1f}").as_bytes());
        format!("{}/{}/{}/{}/{}", self.table, slug(self.measure), self.period.end(), self.area, &tail[..10])
    }
}

/// The id of what stands beside the figure `id` under `word`, such as `neighbours`.
pub fn beside(id: &str, word: &str) -> String {
    if id.is_empty() { String::new() } else { format!("{id}~{word}") }
}

/// An id as written, in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The table.
    pub table: &'a str,
    /// The measure as the id writes it, see [`slug`].
    pub measure: &'a str,
    /// The last day of the period.
    pub end: NaiveDate,
    /// The area.
    pub area: &'a str,
    /// What stands beside the figure, such as `neighbours`; empty for the figure itself.
    pub beside: &'a str,
}

/// The parts of an id; none where `text` is no id.
pub fn parts(text: &str) -> Option<Parts<'_>> {
    let (text, beside) = text.trim().split_once('~').unwrap_or((text.trim(), ""));
    let mut words = text.split('/');
    let (table, measure, end, area, tail) = (words.next()?, words.next()?, words.next()?, words.next()?, words.next()?);
    let hexadecimal = tail.len() == 10 && tail.bytes().all(|byte| byte.is_ascii_hexdigit());
    let end = end.parse().ok()?;
    (words.next().is_none() && hexadecimal).then_some(Parts { table, measure, end, area, beside })
}

/// A measure's name in an id: anything but letters, digits and `_ - .` becomes `-`.
pub fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || "_-.".contains(c) { c } else { '-' }).collect()
}

/// The word after `~` for the six calendar months before a figure.
pub const SIX_MONTHS: &str = "six-months";

/// The number of the calendar month of a day, so that months can be subtracted.
pub fn month(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0() as i32
}

#[cfg(test)]
mod tests {
    use super::{parts, slug};
    use crate::period::day;

    #[test]
    fn an_id_is_told_from_a_measure() {
        let found = parts("sen2_timeliness/timeliness_20_weeks/2024-12-31/330/5f3a9c2100").expect("an id");
        assert_eq!((found.table, found.area), ("sen2_timeliness", "330"));
        let beside = parts("sen2_timeliness/timeliness_20_weeks/2024-12-31/330/5f3a9c2100~core-cities");
        assert_eq!(beside.map(|found| found.beside), Some("core-cities"));
        assert_eq!(parts("sen2_timeliness/timeliness_20_weeks"), None);
        assert_eq!(parts("a/b/2024-12-31/330/not-a-hash"), None);
        assert_eq!(slug("SEN support / all"), "SEN-support---all");
        assert_eq!(day(19_000).to_string(), "2022-01-08");
    }
}
