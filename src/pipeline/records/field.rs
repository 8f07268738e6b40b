//! Fields that are worked out: a closed list of verbs, no language.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Condition;
use crate::declaration::kind;

/// A worked-out field: one verb, and what is made of its result. An operand is a field or a named day.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldRule {
    /// Days from the first to the second.
    #[schemars(with = "Option<[kind::Operand; 2]>")]
    pub days_between: Option<[String; 2]>,
    /// Weeks from the first to the second, a seventh of the days.
    #[schemars(with = "Option<[kind::Operand; 2]>")]
    pub weeks_between: Option<[String; 2]>,
    /// Working days after the first up to the second: without Saturdays, Sundays and the bank holidays of England.
    #[schemars(with = "Option<[kind::Operand; 2]>")]
    pub working_days_between: Option<[String; 2]>,
    /// Full years from the first to the second, by month and day.
    #[schemars(with = "Option<[kind::Operand; 2]>")]
    pub years_between: Option<[String; 2]>,
    /// The year of the second less the year of the first.
    #[schemars(with = "Option<[kind::Operand; 2]>")]
    pub calendar_years_between: Option<[String; 2]>,
    /// The age of who was born on the first on the second day, in full years; missing before birth.
    #[schemars(with = "Option<[kind::Operand; 2]>")]
    pub age_at: Option<[String; 2]>,
    /// `yes` where one of these fields says yes, else `no`.
    #[schemars(with = "Option<Vec<kind::Field>>")]
    pub any: Option<Vec<String>>,
    /// The first of these fields that has a value.
    #[schemars(with = "Option<Vec<kind::Field>>")]
    pub first: Option<Vec<String>>,
    /// A field with a number, which `up_to`, `each` and `from` make words of.
    #[schemars(with = "Option<kind::Field>")]
    pub band: Option<String>,
    /// The word of the first case that holds.
    pub when: Option<Vec<Case>>,
    /// What a duration is whose end lies before its beginning; a negative number unless said.
    #[serde(default)]
    pub backward: Backward,
    /// The word of numbers up to this one: `{ 2 = "Aged 2 and under" }`.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Whole, kind::Words>")]
    pub up_to: BTreeMap<String, String>,
    /// The word of any other number, in which `{}` stands for it: `"Aged {}"`.
    #[schemars(with = "Option<kind::Sentence>")]
    pub each: Option<String>,
    /// The word of numbers from this one on: `{ 20 = "Aged 20 and over" }`.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Whole, kind::Words>")]
    pub from: BTreeMap<String, String>,
    /// The word where there is no value.
    #[schemars(with = "Option<kind::Words>")]
    pub missing: Option<String>,
    /// What a word is called here.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Cell, kind::Words>")]
    pub labels: BTreeMap<String, String>,
    /// The word of a value that `labels` does not have; the value itself unless said.
    #[schemars(with = "Option<kind::Words>")]
    pub other: Option<String>,
}

/// A case of `when`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// When it holds; always unless said.
    #[serde(default, rename = "if")]
    pub holds: Condition,
    /// The word, in which `{FIELD}` stands for that of a field.
    #[schemars(with = "kind::Filled")]
    pub is: String,
}

/// What a duration is that runs backward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Backward {
    /// A number below 0.
    #[default]
    Negative,
    /// Missing.
    Missing,
}

impl FieldRule {
    /// The verbs that take two days, each with its operands.
    pub fn spans(&self) -> impl Iterator<Item = (&'static str, &[String; 2])> {
        let all = [
            ("days_between", &self.days_between),
            ("weeks_between", &self.weeks_between),
            ("working_days_between", &self.working_days_between),
            ("years_between", &self.years_between),
            ("calendar_years_between", &self.calendar_years_between),
            ("age_at", &self.age_at),
        ];
        all.into_iter().filter_map(|(verb, operands)| Some((verb, operands.as_ref()?)))
    }

    /// The verbs that are given.
    pub fn verbs(&self) -> Vec<&'static str> {
        let others = [
            ("any", self.any.is_some()),
            ("first", self.first.is_some()),
            ("band", self.band.is_some()),
            ("when", self.when.is_some()),
        ];
        let others = others.into_iter().filter(|(_, is_given)| *is_given).map(|(verb, _)| verb);
        self.spans().map(|(verb, _)| verb).chain(others).collect()
    }

    /// The fields and days that it is worked out from.
    pub fn made_of(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.spans().flat_map(|(_, operands)| operands).map(String::as_str).collect();
        all.extend(self.any.iter().chain(&self.first).flatten().map(String::as_str));
        all.extend(self.band.as_deref());
        for case in self.when.iter().flatten() {
            all.extend(case.holds.asked());
            all.extend(placeholders(&case.is));
        }
        all
    }

    /// Whether numbers become words.
    pub fn is_banded(&self) -> bool {
        self.band.is_some() || self.each.is_some() || !self.up_to.is_empty() || !self.from.is_empty()
    }
}

/// The fields that stand in braces in a word.
pub fn placeholders(word: &str) -> impl Iterator<Item = &str> {
    word.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
