//! What a field can hold, each value once and known by a small number: nothing, a word, a number, a day.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::value::Symbols;

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Value {
    /// There is none.
    Missing,
    /// A word.
    Word(Box<str>),
    /// A number, by its bits.
    Number(u64),
    /// A day.
    Day(NaiveDate),
}

/// The number of the value that is none, in every list of values.
pub(super) const MISSING: u32 = 0;

impl Value {
    /// A word; none where it is empty.
    pub fn word(text: &str) -> Value {
        if text.is_empty() { Value::Missing } else { Value::Word(text.into()) }
    }

    /// A number.
    pub fn of_number(number: f64) -> Value {
        Value::Number((number + 0.0).to_bits())
    }

    /// The number that it is or that its word writes.
    pub fn number(&self, symbols: &Symbols) -> Option<f64> {
        match self {
            Value::Number(bits) => Some(f64::from_bits(*bits)),
            Value::Word(text) => symbols.read(text).number(),
            Value::Missing | Value::Day(_) => None,
        }
    }

    /// The day that it is.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Value::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// As a word; `divisor` is what its numbers are still to be divided by.
    pub fn shown(&self, divisor: f64) -> String {
        match self {
            Value::Missing => String::new(),
            Value::Word(text) => text.to_string(),
            Value::Number(bits) => (f64::from_bits(*bits) / divisor).to_string(),
            Value::Day(day) => day.to_string(),
        }
    }
}

/// Values by number, in the order in which they were met; the first is none.
#[derive(Clone, Debug)]
pub(super) struct Values {
    all: Vec<Value>,
    codes: FxHashMap<Value, u32>,
}

impl Default for Values {
    fn default() -> Values {
        Values { all: vec![Value::Missing], codes: FxHashMap::from_iter([(Value::Missing, MISSING)]) }
    }
}

impl Values {
    /// The number of `value`, which is added if it is new.
    pub fn code(&mut self, value: Value) -> u32 {
        if let Some(&code) = self.codes.get(&value) {
            return code;
        }
        let code = u32::try_from(self.all.len()).unwrap_or(MISSING);
        self.all.push(value.clone());
        self.codes.insert(value, code);
        code
    }

    /// The value with number `code`.
    pub fn get(&self, code: u32) -> &Value {
        self.all.get(code as usize).unwrap_or(&Value::Missing)
    }
}
