//! Days and spans of days that have a name, and what records say of their period and area.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::declaration::kind;
use crate::period::{WeekdayOfMonth, YearEnd};

/// A day or a span of days: read from a field, fixed, or told from another.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayRule {
    /// The field that says it, of a table with one row, or the same in every row.
    #[schemars(with = "Option<kind::Field>")]
    pub read: Option<String>,
    /// The day itself, such as `"2025-01-16"`.
    #[schemars(with = "Option<kind::Day>")]
    pub fixed: Option<NaiveDate>,
    /// Such a day of the year that the release is named after: `"third Thursday of January"`.
    #[schemars(with = "Option<kind::WeekdayOfMonth>")]
    pub release: Option<WeekdayOfMonth>,
    /// The last such day of a year before the day that `before` names.
    #[schemars(with = "Option<kind::DayOfYear>")]
    pub last: Option<YearEnd>,
    /// The next such day of a year after the day that `after` names.
    #[schemars(with = "Option<kind::DayOfYear>")]
    pub next: Option<YearEnd>,
    /// A span: the last year that ends on such a day before the day that `before` names.
    #[schemars(with = "Option<kind::DayOfYear>")]
    pub year_to: Option<YearEnd>,
    /// The day that `last` and `year_to` count back from.
    #[schemars(with = "Option<kind::DayName>")]
    pub before: Option<String>,
    /// The day that `next` counts on from.
    #[schemars(with = "Option<kind::DayName>")]
    pub after: Option<String>,
    /// A span: the calendar year of that day.
    #[schemars(with = "Option<kind::DayName>")]
    pub calendar_year: Option<String>,
    /// A span: the calendar year before that of that day.
    #[schemars(with = "Option<kind::DayName>")]
    pub calendar_year_before: Option<String>,
    /// A span: its first day.
    #[schemars(with = "Option<kind::DayName>")]
    pub from: Option<String>,
    /// A span: its last day.
    #[schemars(with = "Option<kind::DayName>")]
    pub to: Option<String>,
}

impl DayRule {
    /// The days that it is told from.
    pub fn told_from(&self) -> impl Iterator<Item = &str> {
        let all = [&self.before, &self.after, &self.calendar_year, &self.calendar_year_before, &self.from, &self.to];
        all.into_iter().filter_map(Option::as_deref)
    }

    /// The ways in which it is told, by their keys.
    pub fn ways(&self) -> Vec<&'static str> {
        let ways = [
            ("read", self.read.is_some()),
            ("fixed", self.fixed.is_some()),
            ("release", self.release.is_some()),
            ("last", self.last.is_some()),
            ("next", self.next.is_some()),
            ("year_to", self.year_to.is_some()),
            ("calendar_year", self.calendar_year.is_some()),
            ("calendar_year_before", self.calendar_year_before.is_some()),
            ("from", self.from.is_some() || self.to.is_some()),
        ];
        ways.into_iter().filter(|(_, is_told)| *is_told).map(|(way, _)| way).collect()
    }
}

/// The period of records: one of these, each a named day or span, or a field that holds a day or the period itself.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodOf {
    /// The day itself.
    #[schemars(with = "Option<kind::Operand>")]
    pub day: Option<String>,
    /// The month of the day.
    #[schemars(with = "Option<kind::Operand>")]
    pub month: Option<String>,
    /// The calendar year.
    #[schemars(with = "Option<kind::Operand>")]
    pub calendar_year: Option<String>,
    /// The academic year, from September to August.
    #[schemars(with = "Option<kind::Operand>")]
    pub academic_year: Option<String>,
    /// The financial year, from April to March.
    #[schemars(with = "Option<kind::Operand>")]
    pub financial_year: Option<String>,
}

impl PeriodOf {
    /// The keys that are given, each with what it names.
    pub fn ways(&self) -> Vec<(&'static str, &str)> {
        let ways = [
            ("day", &self.day),
            ("month", &self.month),
            ("calendar_year", &self.calendar_year),
            ("academic_year", &self.academic_year),
            ("financial_year", &self.financial_year),
        ];
        ways.into_iter().filter_map(|(way, named)| Some((way, named.as_deref()?))).collect()
    }
}

/// The fields that say which authority a record is of.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaOf {
    /// The field of the 3-digit code.
    #[schemars(with = "Option<kind::Field>")]
    pub code: Option<String>,
    /// The field of the 9-character code.
    #[schemars(with = "Option<kind::Field>")]
    pub ons: Option<String>,
    /// The field of the name.
    #[schemars(with = "Option<kind::Field>")]
    pub name: Option<String>,
}
