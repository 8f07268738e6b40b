//! Where a series is broken: declared in a pipeline by the first period after the break, found by that period's end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Period, PeriodKey, YearEnd, label, means};
use crate::declaration::kind;

/// A break in the series: figures before it are not compared with figures from it on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// The first period after the break, as the publisher writes it.
    #[schemars(with = "kind::Period")]
    pub period: String,
    /// Why, in words for a chart.
    #[schemars(with = "kind::Words")]
    pub note: String,
    /// The measures concerned; all unless said.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measure>")]
    pub measures: Vec<String>,
}

impl Break {
    /// Whether `measure` is one of those concerned.
    pub fn concerns(&self, measure: &str) -> bool {
        self.measures.is_empty() || self.measures.iter().any(|name| name == measure)
    }
}

/// A period of a table: its words as published, code and identifier, and what makes it the same as another.
pub type Known<'a> = ((&'a str, &'a str), PeriodKey);

/// The declared breaks of a table, each with the end of the first period after it.
#[derive(Clone, Debug, Default)]
pub struct Breaks<'a>(Vec<(i32, &'a Break)>);

/// The period among those of a table that a declared break names: by its words before another spelling of it.
fn find<'k, 'p>(declared: &Break, known: &'k [Known<'p>], ends: Option<YearEnd>) -> Option<&'k Known<'p>> {
    let words =
        |(code, identifier): (&str, &str)| declared.period == code || declared.period == label(code, identifier);
    let by_words = known.iter().find(|(period, _)| words(*period));
    by_words.or_else(|| known.iter().find(|(period, key)| means(&declared.period, *period, *key, ends)))
}

/// Declared breaks with each period written as the table writes it, for those who read the table and not its pipeline.
pub fn as_written(declared: &[Break], known: &[Known<'_>], ends: Option<YearEnd>) -> Vec<Break> {
    let written = |declared: &Break| {
        let period = find(declared, known, ends).map_or(declared.period.as_str(), |((code, _), _)| code);
        Break { period: period.to_owned(), ..declared.clone() }
    };
    declared.iter().map(written).collect()
}

impl<'a> Breaks<'a> {
    /// Finds the period of each declared break among those of a table; one that the table does not have is read as it
    /// stands, and one that is no period is left out.
    pub fn of(declared: &'a [Break], known: &[Known<'_>], ends: Option<YearEnd>) -> Breaks<'a> {
        let end = |declared: &Break| match find(declared, known, ends) {
            Some((_, key)) => Some(key.end_day()),
            None => Period::parse(&declared.period, "", ends).ok().map(|period| period.key().end_day()),
        };
        Breaks(declared.iter().filter_map(|declared| Some((end(declared)?, declared))).collect())
    }

    /// The breaks of `measure`, each with the end of the first period after it.
    pub fn concerning(&self, measure: &str) -> impl Iterator<Item = (i32, &'a Break)> {
        self.0.iter().copied().filter(move |(_, declared)| declared.concerns(measure))
    }

    /// The break of `measure` after the period that ends on `earlier` and up to the one that ends on `later`.
    pub fn between(&self, measure: &str, earlier: i32, later: i32) -> Option<&'a Break> {
        self.concerning(measure).find(|(end, _)| earlier < *end && *end <= later).map(|(_, declared)| declared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Length;

    fn declared(period: &str, measures: &[&str]) -> Break {
        let measures = measures.iter().map(|name| (*name).to_owned()).collect();
        Break { period: period.to_owned(), note: "counted anew".to_owned(), measures }
    }

    #[test]
    fn a_break_is_found_by_any_spelling_of_its_period() {
        let ends = YearEnd::try_from("31 January".to_owned()).ok();
        let year = |text: &str| PeriodKey::new(text.parse().expect("a day"), Length::YEAR);
        let known = [(("202122", "Academic year"), year("2022-01-31")), (("202223", ""), year("2023-01-31"))];
        let [before, at] = [known[0].1.end_day() - 365, known[0].1.end_day()];
        for spelling in ["202122", "2021/22", "2022", "January 2022", "31 January 2022"] {
            let breaks = [declared(spelling, &["plans"])];
            // A month on the year end is the month to its own reading; its end is the same day.
            let breaks = Breaks::of(&breaks, &known, ends);
            assert!(breaks.between("plans", before, at).is_some(), "{spelling}");
            assert!(breaks.between("plans", at, known[1].1.end_day()).is_none(), "{spelling}");
            assert!(breaks.between("others", before, at).is_none(), "{spelling}");
        }
    }
}
