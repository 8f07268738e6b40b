//! A TOML document beside the JSON schema of its kind: every key that is none, every word that is none of those
//! allowed, every number out of bounds, and every text with what kind of text it is.
//!
//! All of them are found in one pass, each with its bytes, so that a file is put right in one go.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::kind::{KEYWORD, Kind};
use super::{Mention, Mistake, Step};
use crate::finding::likely;

/// What a walk has found.
#[derive(Default)]
pub(super) struct Found {
    /// What the schema does not allow.
    pub mistakes: Vec<Mistake>,
    /// The texts, each with its kind.
    pub mentions: Vec<Mention>,
}

/// A walk through a document.
pub(super) struct Walk<'m> {
    /// The whole schema, for the parts of it that refer to themselves.
    root: &'m Value,
    /// The page that lists every key.
    manual: &'m str,
    steps: Vec<Step>,
    found: Found,
}

/// Walks through `document` beside `schema`.
pub(super) fn walk(document: &Spanned<DeTable<'_>>, schema: &Value, manual: &str) -> Found {
    let mut walk = Walk { root: schema, manual, steps: Vec::new(), found: Found::default() };
    walk.table(document.get_ref(), document.span(), schema);
    walk.found
}

impl<'m> Walk<'m> {
    fn value(&mut self, value: &Spanned<DeValue<'_>>, schema: &Value) {
        let root = self.root;
        let schema = alternative(root, referred(root, schema), value.get_ref());
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, value.span(), schema),
            DeValue::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.steps.push(Step::Index(index));
                    self.value(item, schema.get("items").unwrap_or(&Value::Null));
                    self.steps.pop();
                }
            }
            DeValue::String(text) => self.text(text, value.span(), schema),
            DeValue::Integer(number) => {
                self.number(number.as_str(), value.span(), schema);
                self.mention(number.as_str(), value.span(), schema);
            }
            DeValue::Float(number) => self.number(number.as_str(), value.span(), schema),
            DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    fn table(&mut self, table: &DeTable<'_>, span: Range<usize>, schema: &Value) {
        let known = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties").filter(|others| others.is_object());
        let mut meant: Vec<&str> = Vec::new();
        for (key, value) in table {
            let name = key.get_ref();
            let is_own = known.is_some_and(|known| known.contains_key(name.as_ref()));
            if let Some(names) = schema.get("propertyNames").filter(|_| !is_own) {
                self.text(name, key.span(), names);
            }
            let fitting = others.filter(|others| is_own || known.is_none() || could_be(self.root, value, others));
            match known.and_then(|known| known.get(name.as_ref())).or(fitting) {
                Some(inner) => {
                    self.steps.push(Step::Key(name.to_string()));
                    self.value(value, inner);
                    self.steps.pop();
                }
                None if known.is_some() => meant.extend(self.unknown_key(name, key.span(), known)),
                // A table where none is expected: the reader of the types says so.
                None => {}
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        let lacks = |key: &&str| table.get(*key).is_none() && !meant.contains(key);
        for lacking in required.filter_map(Value::as_str).filter(lacks) {
            let help = format!("add it; {} shows every key with an example", self.manual);
            // The span of a table of its own is its head: the end of a long one says nothing.
            self.say(span.start..span.start, format!("{} has no `{lacking}`", self.here()), help);
        }
    }

    /// Says that a key is none; answers the one that is likely meant.
    fn unknown_key<'s>(
        &mut self,
        name: &str,
        span: Range<usize>,
        known: Option<&'s serde_json::Map<String, Value>>,
    ) -> Option<&'s str> {
        let known: Vec<&str> = known.into_iter().flat_map(|known| known.keys()).map(String::as_str).collect();
        let meant = likely(name, known.iter().copied());
        let help = match meant {
            Some(key) => format!("did you mean `{key}`? {} lists every key", self.manual),
            None => format!("its keys are {}; see {}", listed(&known), self.manual),
        };
        self.say(span, format!("`{name}` is no key of {}", self.here()), help);
        meant
    }

    fn text(&mut self, text: &str, span: Range<usize>, schema: &Value) {
        let words = words(schema);
        if !words.is_empty() && !words.contains(&text) {
            let help = match likely(text, words.iter().copied()) {
                Some(word) => format!("did you mean `{word}`? it takes {}", listed(&words)),
                None => format!("it takes {}", listed(&words)),
            };
            self.say(span.clone(), format!("`{text}` is no word for {}", self.here()), help);
        }
        self.mention(text, span, schema);
    }

    fn mention(&mut self, text: &str, span: Range<usize>, schema: &Value) {
        let kind = schema.get(KEYWORD).and_then(Value::as_str).and_then(Kind::from_word);
        let mention = |kind| Mention { kind, word: text.to_owned(), steps: self.steps.clone(), span };
        self.found.mentions.extend(kind.map(mention));
    }

    fn number(&mut self, text: &str, span: Range<usize>, schema: &Value) {
        let Ok(number) = text.replace('_', "").parse::<f64>() else { return };
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        let low = bound("minimum").filter(|low| number < *low);
        let high = bound("maximum").filter(|high| number > *high);
        let help = match (low, high) {
            (Some(low), _) => format!("write {low} or more"),
            (None, Some(high)) => format!("write {high} or less"),
            (None, None) if number.is_finite() => return,
            (None, None) => "write a number".to_owned(),
        };
        self.say(span, format!("{text} does not fit {}", self.here()), help);
    }

    /// The place at hand, as a TOML writes it: `[[release]]`, `[checks] parts`, `better`.
    fn here(&self) -> String {
        super::mistake::shown(&self.steps)
    }

    fn say(&mut self, span: Range<usize>, message: String, help: String) {
        self.found.mistakes.push(Mistake { span, message, help });
    }
}

/// Whether a value under a key that people choose can be what stands there, and not under a known key misspelt.
fn could_be(root: &Value, value: &Spanned<DeValue<'_>>, schema: &Value) -> bool {
    let schema = alternative(root, referred(root, schema), value.get_ref());
    match value.get_ref() {
        DeValue::Table(table) => {
            let known = schema.get("properties").and_then(Value::as_object);
            known.is_none_or(|known| {
                table.is_empty() || table.keys().any(|key| known.contains_key(key.get_ref().as_ref()))
            })
        }
        DeValue::Array(items) => {
            let tables = schema.pointer("/items/type").is_some_and(|kind| kind == "object");
            tables || !items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_)))
        }
        _ => true,
    }
}

/// A schema, or the one that it refers to.
fn referred<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let way = schema.get("$ref").and_then(Value::as_str).and_then(|way| way.strip_prefix('#'));
    way.and_then(|way| root.pointer(way)).unwrap_or(schema)
}

/// Of a schema with alternatives, the one of the value's own type.
fn alternative<'s>(root: &'s Value, schema: &'s Value, value: &DeValue<'_>) -> &'s Value {
    let own = match value {
        DeValue::Table(_) => "object",
        DeValue::Array(_) => "array",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::String(_) | DeValue::Datetime(_) => "string",
    };
    let Some(all) = schema.get("anyOf").and_then(Value::as_array) else { return schema };
    let mut all = all.iter().map(|one| referred(root, one));
    all.find(|one| one.get("type").and_then(Value::as_str) == Some(own)).unwrap_or(schema)
}

/// The words that a schema allows; none where any text will do.
fn words(schema: &Value) -> Vec<&str> {
    let own = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let one = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let inner = one.flat_map(|one| {
        let all = one.get("enum").and_then(Value::as_array).into_iter().flatten();
        one.get("const").into_iter().chain(all)
    });
    own.chain(inner).filter_map(Value::as_str).collect()
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
