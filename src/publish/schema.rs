//! The declared columns as the schema of a Parquet file: types, and what each column is, for pandas, DuckDB, Spark and
//! people.

use std::collections::HashMap;

use arrow::datatypes::{DataType, Field, Schema};

use crate::frame::{About, Declared, Holds};
use crate::schema::{Layout, WHOLE_ONLY, column};

/// The Arrow schema of `layout`, each field with its label, definition, unit and rows, and `measures` (JSON) on the
/// field of the measure.
pub(super) fn schema(layout: Layout, measures: &str) -> Schema {
    Schema::new(layout.0.iter().map(|about| field(about, measures)).collect::<Vec<Field>>())
}

fn field(about: &About, measures: &str) -> Field {
    let data_type = match about.holds {
        Holds::Words => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Holds::Numbers => DataType::Float64,
        Holds::Days => DataType::Date32,
        Holds::Truths => DataType::Boolean,
        Holds::Wholes => DataType::UInt32,
        Holds::Smalls => DataType::UInt16,
    };
    let nullable = !matches!(about.holds, Holds::Days | Holds::Truths);
    Field::new(about.name, data_type, nullable).with_metadata(metadata(about, measures))
}

fn metadata(about: &About, measures: &str) -> HashMap<String, String> {
    let mut said = vec![("label", about.label), ("definition", about.definition), ("unit", about.unit)];
    if about.whole_only {
        said.push(("rows", WHOLE_ONLY));
    }
    if *about == column::Measure::ABOUT {
        said.push(("measures", measures));
    }
    said.retain(|(_, text)| !text.is_empty());
    said.into_iter().map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
}
