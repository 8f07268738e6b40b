//! One row of a vectors file: cells by column name, and answers that can be compared with them.

use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// A row by column name.
pub struct Row(HashMap<String, String>);

/// All rows of a CSV.
pub fn read(file: &Path) -> Result<Vec<Row>, csv::Error> {
    let mut reader = csv::Reader::from_path(file)?;
    let headers = reader.headers()?.clone();
    let row = |record: csv::StringRecord| {
        Row(headers.iter().zip(record.iter()).map(|(h, c)| (h.to_owned(), c.to_owned())).collect())
    };
    reader.records().map(|record| record.map(row)).collect()
}

impl Row {
    pub fn id(&self) -> &str {
        self.text("case_id")
    }

    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The cell's text; empty for an absent column.
    pub fn text(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    /// The cell as a number, `None` when empty; panics on anything else, since the test cannot go on.
    pub fn number(&self, column: &str) -> Option<f64> {
        let text = self.text(column);
        let parse = || text.parse().unwrap_or_else(|_| panic!("{} `{column}`: {text:?} is no number", self.id()));
        (!text.is_empty()).then(parse)
    }

    /// A number that every row of the file has.
    pub fn given(&self, column: &str) -> f64 {
        self.number(column).unwrap_or_else(|| panic!("{} `{column}` is empty", self.id()))
    }

    /// A JSON cell; null when empty.
    pub fn json(&self, column: &str) -> Value {
        let text = self.text(column);
        let parse = || serde_json::from_str(text).unwrap_or_else(|e| panic!("{} `{column}`: {e}", self.id()));
        if text.is_empty() { Value::Null } else { parse() }
    }

    /// A JSON list of numbers with gaps.
    pub fn list(&self, column: &str) -> Vec<Option<f64>> {
        self.json(column).as_array().map(|a| a.iter().map(Value::as_f64).collect()).unwrap_or_default()
    }

    /// A JSON list of numbers without gaps.
    pub fn numbers(&self, column: &str) -> Vec<f64> {
        self.list(column).into_iter().flatten().collect()
    }

    /// Relative and absolute tolerance.
    pub fn tolerances(&self) -> (f64, f64) {
        (self.given("tol_rel"), self.given("tol_abs"))
    }
}

/// An answer of ours.
#[derive(Debug)]
pub enum Got {
    Number(Option<f64>),
    Text(Option<String>),
    Json(Value),
}

impl Got {
    /// Whether the answer is the expected one; an empty cell is null.
    pub fn agrees(&self, expected: &str, relative: f64, absolute: f64) -> bool {
        match self {
            Self::Number(None) => expected.is_empty(),
            Self::Number(Some(got)) => expected.parse().is_ok_and(|e| close(*got, e, relative, absolute)),
            Self::Text(got) => got.as_deref().unwrap_or("") == expected,
            Self::Json(got) => match serde_json::from_str(expected) {
                Ok(expected) => same(got, &expected, relative, absolute),
                Err(_) => expected.is_empty() && got.is_null(),
            },
        }
    }
}

fn close(got: f64, expected: f64, relative: f64, absolute: f64) -> bool {
    (got - expected).abs() <= absolute.max(relative * expected.abs())
}

fn same(got: &Value, expected: &Value, relative: f64, absolute: f64) -> bool {
    match (got, expected) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, relative, absolute))
        }
        (Value::Number(a), Value::Number(b)) => {
            a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| close(a, b, relative, absolute))
        }
        _ => got == expected,
    }
}
