//! Publishers' files that were never filed, brought in through pages alone, the clicks counted, the figures held against a
//! second reading of the file. The files are no part of the repository.

use std::path::Path;

use abreast::browse::Build;
use calamine::{Data, Ods, Reader, open_workbook};

use super::clicks::Clicks;
use super::intake::options;
use super::post::copy;
use crate::harness::{Bench, Table, lent, own_pipeline, real_returns, root};

/// A bench with the returns and pipelines of children's social care and of Ofsted, built.
fn bench(returns: &Path) -> Bench {
    let bench = Bench::new();
    for name in ["care", "ofsted"] {
        copy(&returns.join(name), &bench.path("returns").join(name));
    }
    for entry in std::fs::read_dir(root().join("pipelines")).expect("pipelines").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".toml") else { continue };
        if ["care_referrals", "ofsted_childrens_services"].contains(&stem) {
            bench.pipeline(stem, &own_pipeline(stem));
        }
    }
    bench.abreast(&["run", "-q", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
    bench
}

/// Brings a file in, gives the answers, tries and files it; answers how many clicks that took.
fn filed(bench: &Bench, file: &Path, answers: &[(String, &str)]) -> usize {
    let build = Build::open(&options(bench)).expect("a build");
    let mut clicks = Clicks::open(&build, "/intake");
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    clicks.bring(&[(&name, &std::fs::read(file).expect("the file"))]);
    // What is gone asks, and is answered: none any more.
    let gone = clicks.fields().into_iter().filter(|(name, value)| name.starts_with("[\"column\"") && value == "?");
    let gone: Vec<String> = gone.map(|(name, _)| name).collect();
    let given = answers.iter().map(|(field, value)| (field.as_str(), *value));
    let answers: Vec<(&str, &str)> = given.chain(gone.iter().map(|name| (name.as_str(), "-"))).collect();
    clicks.press("try", &answers);
    assert!(clicks.page.contains("value=\"file\""), "{}", clicks.said());
    clicks.press("file", &[]);
    assert!(["/changes", "/findings"].contains(&clicks.at.as_str()), "{}", clicks.said());
    clicks.count
}

/// The figures of a table that a second reading of a CSV has too: how many agree, and those that do not.
fn held(
    table: &Table,
    file: &Path,
    column: &str,
    measure: &str,
    release: &str,
    wanted: &[(&str, &str)],
) -> (usize, Vec<String>) {
    let bytes = std::fs::read(file).expect("the file");
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|known| known == name).unwrap_or_else(|| panic!("no column {name}"));
    let (code, period, figure) = (at("old_la_code"), at("time_period"), at(column));
    let (mut agree, mut differ) = (0, Vec::new());
    for row in reader.records().flatten().filter(|row| !row[code].is_empty()) {
        if wanted.iter().any(|(name, word)| row[at(name)] != **word) {
            continue;
        }
        let Ok(number) = row[figure].parse::<f64>() else { continue };
        let keys = [
            format!("la_code={}", &row[code]),
            format!("period={}", &row[period]),
            format!("measure={measure}"),
            format!("release={release}"),
        ];
        let keys: Vec<&str> = keys.iter().map(String::as_str).chain(["breakdown_topic=Total"]).collect();
        match table.rows(&keys).as_slice() {
            [one] if (one.value() - number).abs() < 1e-9 => agree += 1,
            found => differ.push(format!("{} {}: {number}, {} rows", &row[code], &row[period], found.len())),
        }
    }
    (agree, differ)
}

#[test]
fn three_files_of_publishers_that_nobody_filed_are_brought_in_through_pages_alone() {
    let (Some(returns), Some(more)) = (real_returns(), lent("ABREAST_MORE_RETURNS", "more_returns")) else { return };
    let bench = bench(&returns);

    // A CSV in which every column has another name.
    let file = more.join("care/2025/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv");
    let clicks = filed(&bench, &file, &[]);
    assert!(clicks <= 12, "{clicks} clicks");
    let (agree, differ) = held(&bench.table("care_referrals"), &file, "referral_count", "referrals", "2025", &[]);
    assert!(agree > 1500 && differ.is_empty(), "{agree} agree, not {differ:?}");

    // A workbook whose sheet has another name.
    let file = more.join("ofsted/2025/la_inspection_outcomes_31mar2025.ods");
    let clicks = filed(&bench, &file, &[]);
    assert!(clicks <= 12, "{clicks} clicks");
    let table = bench.table("ofsted_childrens_services");
    let mut workbook: Ods<_> = open_workbook(&file).expect("a workbook");
    let sheet = workbook.worksheet_range("Inspections_as_at_31_March").expect("a sheet");
    let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    let head = rows.iter().position(|row| row.iter().any(|cell| cell == "Overall effectiveness")).expect("a header");
    let at = |name: &str| rows[head].iter().position(|cell| cell == name).expect("a column");
    let (place, grade) = (at("Local authority name"), at("Overall effectiveness"));
    let grades = [("Outstanding", 1.0), ("Good", 2.0), ("Requires improvement to be good", 3.0), ("Inadequate", 4.0)];
    let mut agree = 0;
    for row in &rows[head + 1..] {
        let Some((_, number)) = grades.iter().find(|(word, _)| *word == row[grade].trim()) else { continue };
        let name = format!("area_name={}", row[place].trim());
        if let [one] = table.rows(&[&name, "release=2025", "measure=overall"]).as_slice() {
            assert_eq!(one.value(), *number, "{name}");
            agree += 1;
        }
    }
    assert!(agree > 120, "{agree} places by the register's own name");

    // A return that no pipeline knows.
    let file = more.join("neet/2023/UD_NEETNK_LA_dashboard_2023_final.csv");
    let field = |words: &[&str]| serde_json::to_string(words).expect("a name");
    let better = field(&["own-measure", "NEET_percent", "better"]);
    let label = field(&["own-measure", "NEET_percent", "label"]);
    let clicks = filed(
        &bench,
        &file,
        &[(better, "low"), (label, "16 and 17 year olds not in education, employment or training")],
    );
    assert!(clicks <= 12, "{clicks} clicks");
    let pipelines = bench.files("pipelines");
    let name = pipelines.iter().find(|name| name.contains("neet")).expect("a pipeline of its own");
    let table = bench.table(name.trim_start_matches("pipelines/").trim_end_matches(".toml"));
    let (agree, differ) = held(&table, &file, "NEET_percent", "neet_percent", "2023", &[]);
    assert!(agree > 140 && differ.is_empty(), "{agree} agree, not {differ:?}");
}
