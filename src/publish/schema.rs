//! The columns of the published tables: names, types and what each is, for pandas, DuckDB, Spark and people.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words; empty ones are null.
    Words,
    /// Numbers; NaN is null.
    Number,
    /// Days.
    Day,
    /// True or false.
    Truth,
    /// Whole numbers; 0 is null.
    Whole,
    /// Small whole numbers; 0 is null.
    Small,
}

/// A table's columns in order.
#[derive(Clone, Copy, Debug)]
pub struct Layout(pub &'static [&'static str]);

impl Layout {
    /// Observations.
    pub const OBSERVATIONS: Layout = Layout(&crate::observations::COLUMNS);
    /// Rows refused.
    pub const QUARANTINE: Layout = Layout(&[
        "table", "release", "file", "sheet", "row", "column", "cell", "text", "rule", "message", "help", "rows",
    ]);
    /// Comparisons.
    pub const COMPARISONS: Layout = Layout(&crate::comparisons::COLUMNS);

    /// The Arrow schema, each field with its label, and `measures` (JSON) on the field `measure`.
    pub fn schema(self, measures: &str) -> Schema {
        Schema::new(self.0.iter().map(|name| field(name, measures)).collect::<Vec<Field>>())
    }
}

/// What the column called `name` holds.
pub(super) fn kind(name: &str) -> Kind {
    match name {
        "value" | "numerator" | "denominator" | "comparator_value" | "change" | "lower" | "upper" | "median"
        | "pooled" | "without_one_lower" | "without_one_upper" => Kind::Number,
        "period_start" | "period_end" => Kind::Day,
        "latest" => Kind::Truth,
        "row" | "rows" => Kind::Whole,
        "column" | "used" | "members" | "rank" | "out_of" | "rank_lower" | "rank_upper" => Kind::Small,
        _ => Kind::Words,
    }
}

fn field(name: &str, measures: &str) -> Field {
    let data_type = match kind(name) {
        Kind::Words => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Kind::Number => DataType::Float64,
        Kind::Day => DataType::Date32,
        Kind::Truth => DataType::Boolean,
        Kind::Whole => DataType::UInt32,
        Kind::Small => DataType::UInt16,
    };
    let nullable = !matches!(kind(name), Kind::Day | Kind::Truth);
    let mut metadata = HashMap::from([("label".to_owned(), full_label(name))]);
    if name == "measure" {
        metadata.insert("measures".to_owned(), measures.to_owned());
    }
    Field::new(name, data_type, nullable).with_metadata(metadata)
}

/// The columns that `run` works out for the whole alone: for every breakdown they would cost more than all the rest.
const WHOLE_ONLY: [&str; 14] = [
    "lower",
    "upper",
    "beyond_chance",
    "unusual",
    "rank_lower",
    "rank_upper",
    "band",
    "band_certain",
    "trend",
    "median",
    "pooled",
    "without_one_lower",
    "without_one_upper",
    "flips",
];

/// What a column is, in words, and for which rows it is there.
fn full_label(name: &str) -> String {
    if WHOLE_ONLY.contains(&name) {
        format!(
            "{}. Only for breakdown_topic Total and the breakdown that stands for a measure without it; `abreast compare` gives it for any breakdown",
            label(name)
        )
    } else {
        label(name).to_owned()
    }
}

/// What a column is, in words.
fn label(name: &str) -> &'static str {
    match name {
        "table" => "Table, which is the pipeline's name",
        "release" => "Release: the folder the file stood in",
        "latest" => "Whether this is the newest release that has the figure of the measure, area, breakdown and period",
        "period" => "Period as the publisher writes it; one that releases write in two ways as the newest does",
        "period_identifier" => "Period identifier as published",
        "period_start" => "First day of the period",
        "period_end" => "Last day of the period",
        "period_length" => {
            "How long the period is: year (of any kind, or a position as at a day), term, quarter, month, week"
        }
        "level" => "Geographic level",
        "la_code" => "3-digit code of the local authority",
        "ons_code" => "9-character code valid at the end of the period",
        "area_name" => "Name of the area",
        "breakdown_topic" => "What the figure is broken down by; Total for the whole",
        "breakdown" => "Breakdown; Total for the whole",
        "measure" => "Measure, by name",
        "value" => "Figure; null where there is none, see status",
        "numerator" => "Numerator of the figure",
        "denominator" => "Denominator of the figure",
        "unit" => "Unit of the figure",
        "status" => "Why a figure is missing or marked; number where it is there",
        "raw" => "Text of the cell where it is not a plain number",
        "file" => "Source file",
        "sheet" => "Sheet of a workbook",
        "row" => "Row in the source as Excel counts it; null where a figure is counted from many rows",
        "column" => "Column in the source, 1 for A",
        "cell" => "Cell in the source as Excel names it",
        "text" => "Text of that cell; the whole row where no single cell is to blame",
        "rule" => "Rule that refused the row: the code of the finding",
        "message" => "What was found and what was expected",
        "help" => "What to do about it",
        "rows" => "Rows that the line stands for: 1, or all of a file that was refused as a whole",
        "comparator" => "What the authority is compared with",
        "comparator_name" => "Name of the comparator",
        "comparator_value" => "Figure of the comparator",
        "comparator_status" => "Why the comparator has no figure",
        "average" => "How the comparator's figure is made: as published, or the plain mean of its members",
        "used" => "How many members of the comparator had a figure",
        "members" => "How many members the comparator has",
        "rank" => "Rank among open authorities with a figure, 1 the best; ties share the lowest number",
        "out_of" => "How many authorities were ranked",
        "change" => "Change on the period a year before",
        "change_note" => "Why there is no change",
        "polarity" => "Which way is good: high, low or none",
        "lower" => "Lower 95% limit of the figure (Wilson for percentages, exact or Byar's for rates)",
        "upper" => "Upper 95% limit of the figure",
        "beyond_chance" => "The figure against the comparator, beyond its 95% interval",
        "unusual" => {
            "Place in the funnel with over-dispersion (additive random effects, winsorised): beyond 95% or far beyond 99.8% limits"
        }
        "rank_lower" => "Best rank the authority may hold (pairwise tests at 95%, Holm)",
        "rank_upper" => "Worst rank the authority may hold",
        "band" => "Quartile band as LAIT prints it, A the best",
        "band_certain" => "Whether every rank the authority may hold is in that band",
        "trend" => "Trend of the latest five unbroken years at 99.8%",
        "median" => "Median of the comparator's members",
        "pooled" => "Sum of the members' numerators over sum of their denominators",
        "without_one_lower" => "Lowest mean with one member left out",
        "without_one_upper" => "Highest mean with one member left out",
        "flips" => "Whether the choice of average or of neighbour set turns above into below",
        _ => "",
    }
}

/// A shared schema.
pub(super) fn shared(layout: Layout, measures: &str) -> Arc<Schema> {
    Arc::new(layout.schema(measures))
}
