//! Which row of a sheet is the header, and which columns a key is read from.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

/// The header row or rows, as Excel counts them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Header {
    /// One row.
    Row(#[schemars(range(min = 1))] u32),
    /// Several rows joined; captions over several columns are filled to the right.
    Rows(#[schemars(inner(range(min = 1)))] Vec<u32>),
}

impl Default for Header {
    fn default() -> Self {
        Header::Row(1)
    }
}

impl Header {
    /// The rows, first to last.
    pub fn rows(&self) -> &[u32] {
        match self {
            Header::Row(row) => std::slice::from_ref(row),
            Header::Rows(rows) => rows,
        }
    }
}

/// The source column of a key, or the columns summed into it. Templates hold `{period}` or `{breakdown}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(pub Vec<String>);

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize, JsonSchema)]
        #[serde(untagged)]
        enum Written {
            One(String),
            Sum(Vec<String>),
        }
        Ok(Columns(match Written::deserialize(deserializer)? {
            Written::One(name) => vec![name],
            Written::Sum(names) => names,
        }))
    }
}
