//! The checks that are declared for a table: which held and which did not.

use serde::Serialize;

use crate::pipeline::{Areas, Pipeline};
use crate::publish::TableMeta;
use crate::shown::counted;

/// A declared check.
#[derive(Serialize)]
pub struct Check {
    words: String,
    failed: String,
}

/// The checks of a pipeline with what the table's footer says of each.
pub fn checks(pipeline: Option<&Pipeline>, meta: &TableMeta) -> Vec<Check> {
    let Some(declared) = pipeline.map(|pipeline| &pipeline.checks) else { return Vec::new() };
    let mut all: Vec<(String, &str)> = Vec::new();
    if declared.areas == Areas::Register {
        all.push(("Every authority open in a period has a row".to_owned(), "authority-absent"));
    }
    all.extend(declared.total.iter().map(|_| ("Counts add up to the published totals".to_owned(), "total-differs")));
    all.extend(declared.range.iter().map(|(measure, [low, high])| {
        let words = format!("`{measure}` lies between {} and {}", bare(*low), bare(*high));
        (words, "out-of-range")
    }));
    let several = [
        (declared.allowed.len(), "Only the declared words and numbers stand in a column", "word-unknown"),
        (declared.parts.len(), "Breakdowns add up to the whole", "sum-differs"),
        (declared.restatement.len(), "No release restates the one before by more than declared", "restated"),
        (declared.outlier.len(), "No change on the year before is out of the ordinary", "outlier"),
        (declared.same_as.len(), "Figures that another table has as well are the same there", "not-the-same"),
    ];
    all.extend(several.into_iter().filter(|(count, ..)| *count > 0).map(|(_, words, code)| (words.to_owned(), code)));
    let check = |(words, code): (String, &str)| {
        let count = meta.findings.iter().filter(|finding| finding.code == code).count();
        let failed = if count == 0 { String::new() } else { counted(count, "finding", "findings") };
        Check { words, failed }
    };
    all.into_iter().map(check).collect()
}

fn bare(number: f64) -> String {
    crate::shown::trimmed(number, 4)
}
