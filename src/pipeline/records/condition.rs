//! What must hold of a record: words, numbers and days of its fields, with not and or.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::declaration::kind;

/// A condition: every field named passes its test, none of `none` holds, and of `some` at least one does. Without
/// anything it always holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    /// The tests, by field.
    pub fields: BTreeMap<String, Test>,
    /// Conditions of which none may hold.
    pub none: Vec<Condition>,
    /// Conditions of which one must hold, where there are any.
    pub some: Vec<Condition>,
}

/// What is asked of a field. A test of a missing value does not hold, but for `"missing"` and the word `""`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Test {
    /// It has one of these words, in any case; `*` stands for anything, `""` for nothing.
    Words(#[schemars(with = "Vec<kind::FieldWord>")] Vec<String>),
    /// It is there, or it is not.
    Presence(Presence),
    /// It lies between these bounds.
    Range(Range),
}

/// Whether a field has any value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// It has one.
    Known,
    /// It has none.
    Missing,
}

/// Bounds of a number or a day; all that are given must hold.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The lowest number, or the first day, that fits.
    pub from: Option<Bound>,
    /// The highest number, or the last day, that fits.
    pub to: Option<Bound>,
    /// The number must be higher than this.
    pub over: Option<f64>,
    /// The number must be lower than this.
    pub under: Option<f64>,
    /// The day must be later than this day, or than the last of this span.
    #[schemars(with = "Option<kind::DayName>")]
    pub after: Option<String>,
    /// The day must be earlier than this day, or than the first of this span.
    #[schemars(with = "Option<kind::DayName>")]
    pub before: Option<String>,
    /// The day must lie in this span.
    #[serde(rename = "in")]
    #[schemars(with = "Option<kind::DayName>")]
    pub within: Option<String>,
}

/// A number, or a day or span that `[day]` names.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Bound {
    /// A number.
    Number(f64),
    /// A named day or span.
    Day(String),
}

impl Condition {
    /// Every field that it asks about, in order; one may stand twice.
    pub fn asked(&self) -> Vec<&str> {
        let inner = self.none.iter().chain(&self.some).flat_map(Condition::asked);
        self.fields.keys().map(String::as_str).chain(inner).collect()
    }

    /// The rules in words, one a line: `overall` is Good or Outstanding.
    pub fn rules(&self) -> Vec<String> {
        let own = self.fields.iter().map(|(field, test)| format!("`{field}` is {test}"));
        let together = |all: &Condition| all.rules().join(" and ");
        let none = self.none.iter().map(|inner| format!("not: {}", together(inner)));
        let some = self.some.iter().map(together).collect::<Vec<_>>().join(", or ");
        own.chain(none).chain((!some.is_empty()).then_some(some)).collect()
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Test::Words(words) => f.write_str(&words.join(" or ")),
            Test::Presence(Presence::Known) => f.write_str("there"),
            Test::Presence(Presence::Missing) => f.write_str("missing"),
            Test::Range(range) => range.fmt(f),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = |word: &str, bound: &Option<Bound>| bound.as_ref().map(|bound| format!("{word} {bound}"));
        let number = |word: &str, number: Option<f64>| number.map(|number| format!("{word} {number}"));
        let day = |word: &str, day: &Option<String>| day.as_ref().map(|day| format!("{word} {day}"));
        let parts = [
            bound("from", &self.from),
            bound("to", &self.to),
            number("over", self.over),
            number("under", self.under),
            day("after", &self.after),
            day("before", &self.before),
            day("in", &self.within),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::Number(number) => number.fmt(f),
            Bound::Day(day) => f.write_str(day),
        }
    }
}

/// One condition, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(Condition),
    More(Vec<Condition>),
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Table;
        impl<'de> Visitor<'de> for Table {
            type Value = Condition;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields with their words, numbers or days")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Condition, A::Error> {
                let mut condition = Condition::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "none" => {
                            condition.none = match map.next_value()? {
                                OneOrMore::One(one) => vec![one],
                                OneOrMore::More(all) => all,
                            };
                        }
                        "some" => condition.some = map.next_value()?,
                        _ => {
                            condition.fields.insert(key, map.next_value()?);
                        }
                    }
                }
                Ok(condition)
            }
        }
        deserializer.deserialize_map(Table)
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (fields, test) = (generator.subschema_for::<kind::Field>(), generator.subschema_for::<Test>());
        let own = generator.subschema_for::<Condition>();
        json_schema!({
            "type": "object",
            "properties": {
                "none": {
                    "description": "A condition that may not hold, or several of which none may.",
                    "anyOf": [own, { "type": "array", "items": own }]
                },
                "some": {
                    "description": "Conditions of which one must hold.",
                    "type": "array",
                    "items": own
                }
            },
            "propertyNames": fields,
            "additionalProperties": test
        })
    }
}

impl JsonSchema for Bound {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "number or day".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let day = generator.subschema_for::<kind::DayName>();
        json_schema!({ "anyOf": [{ "type": "number" }, day] })
    }
}
