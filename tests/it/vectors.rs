//! The shared test vectors: every CSV in `ABREAST_VECTORS`, every `exp_*` column against ours.
//!
//! The rows are other projects' test data, so they are read where they lie and never committed. A file without a
//! method of ours fails, and so does a file in which nothing was compared. All mismatches are printed together.

mod methods;
mod row;

use row::{Got, Row};
use std::path::{Path, PathBuf};

/// Standardisation by age is not asked for here.
const OUTSIDE: [&str; 3] = ["dsr", "isr", "sii"];

/// Columns whose empty cells mean "not published" instead of "no value".
const NOT_ASSERTED_WHEN_EMPTY: [&str; 5] = ["exp_z", "exp_p", "exp_p_exact_cond", "exp_chi2", "exp_tau2"];

#[test]
fn vectors() {
    let Some(directory) = crate::harness::lent("ABREAST_VECTORS", "vectors") else { return };
    let entries = std::fs::read_dir(&directory).expect("the folder");
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension() == Some("csv".as_ref())).collect();
    files.sort();
    let mut problems = Vec::new();
    for file in files {
        let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if !OUTSIDE.contains(&name.as_str()) {
            let compared = check_file(&name, &file, &mut problems);
            println!("{name}: {compared} compared");
        }
    }
    assert!(problems.is_empty(), "{} mismatches:\n{}", problems.len(), problems.join("\n"));
}

/// Compares every row of a file; how many figures were compared.
fn check_file(name: &str, file: &Path, problems: &mut Vec<String>) -> usize {
    let rows = match row::read(file) {
        Ok(rows) => rows,
        Err(error) => {
            problems.push(format!("{name}: {error}"));
            return 0;
        }
    };
    let Some(answers) = methods::answer(name, &rows) else {
        problems.push(format!("{name}: no method of ours"));
        return 0;
    };
    let mut compared = 0;
    for (row, answer) in rows.iter().zip(&answers) {
        for column in expected_columns(name, row) {
            match answer.iter().find(|(c, _)| *c == column) {
                None => problems.push(format!("{name} {}: `{column}` has no answer", row.id())),
                Some((_, got)) => compared += usize::from(check_cell(name, row, column, got, problems)),
            }
        }
    }
    if compared == 0 {
        problems.push(format!("{name}: nothing was compared"));
    }
    compared
}

fn expected_columns<'r>(name: &str, row: &'r Row) -> Vec<&'r str> {
    let prefix = if name == "funnel_limits_count" { "exact_" } else { "exp" };
    row.columns().filter(|c| c.starts_with(prefix)).collect()
}

/// Whether the cell was compared; a mismatch is recorded.
fn check_cell(name: &str, row: &Row, column: &str, got: &Got, problems: &mut Vec<String>) -> bool {
    let expected = row.text(column);
    let not_published = NOT_ASSERTED_WHEN_EMPTY.contains(&column) || (name == "funnel_od_phi" && column == "exp_n");
    if expected.is_empty() && not_published {
        return false;
    }
    let (relative, absolute) = if name == "funnel_limits_count" { (1e-9, 0.0) } else { row.tolerances() };
    if !got.agrees(expected, relative, absolute) {
        problems.push(format!("{name} {} `{column}`: expected {expected:?}, got {got:?}", row.id()));
    }
    true
}
