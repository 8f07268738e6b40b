//! Counts that an engine might have answered, written by hand: what a run makes of them, and which it does not take.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use serde_json::Value;

use crate::harness::Bench;

const PUPILS: &str = r#"
title  = "Pupils"
return = "pupils"
shape  = "records"
record = "child"
area   = { code = "pupil.la" }
by     = [["sex"]]

[field]
sex = { first = ["pupil.sex"], labels = { M = "Male", F = "Female" } }

[measures.pupils]
label = "Pupils"
unit  = "number"

[measures.plans]
label = "Share with a plan"
unit  = "percent"
count = { "pupil.plan" = ["yes"] }
of    = {}

[[release]]
from   = 2025
period = "16 January {release}"
table  = { pupil = { file = "pupils.csv", columns = { la = "LA", sex = "Sex", plan = "Plan" }, yes_no = ["plan"] } }

[checks]
areas = "some"
"#;

/// A bench with a few records, so that there is a query, and the heading that its answer has.
fn bench() -> (Bench, Value) {
    let bench = Bench::new();
    bench.pipeline("pupils", PUPILS);
    bench.returns("pupils/2025/pupils.csv", "LA,Sex,Plan\n383,F,1\n");
    let heading = heading(&bench);
    (bench, heading)
}

/// The heading in the query of the table.
fn heading(bench: &Bench) -> Value {
    let asked = ["sql", "pupils", "--dialect", "duckdb", "--returns", "returns", "--pipelines", "pipelines"];
    let query = bench.abreast(&asked).stdout;
    let from = query.find("'{\"form\"").expect("a heading") + 1;
    let text = query[from..].split("', (").next().expect("its end").replace("''", "'");
    serde_json::from_str(&text).expect("JSON")
}

/// A line of counts: column and text.
type Line = Vec<(&'static str, String)>;

fn line(cells: &[(&'static str, &str)]) -> Line {
    cells.iter().map(|(column, text)| (*column, (*text).to_owned())).collect()
}

/// Records alike: of an authority, a sex (none where it is not known), with a plan or not; how many, and their mark.
fn pupils(la: &str, sex: &str, plan: bool, number: u32, mark: i64) -> Line {
    let (number, mark, plan) = (number.to_string(), mark.to_string(), u8::from(plan).to_string());
    line(&[
        ("kind", "records"),
        ("of_table", "pupil"),
        ("number", &number),
        ("mark", &mark),
        ("area_code", la),
        ("by0_sex", sex),
        ("pupils__counted", "1"),
        ("plans__counted", &plan),
        ("plans__of", "1"),
    ])
}

/// Writes the counts where a run takes them from.
fn write(path: &Path, heading: &Value, lines: &[Line]) {
    let number =
        |line: &Line| line.iter().find(|(name, _)| *name == "number").and_then(|(_, text)| text.parse::<u32>().ok());
    let total: u32 = lines.iter().filter_map(number).sum();
    let mut all = lines.to_vec();
    all.push(line(&[("kind", "heading"), ("rule", &heading.to_string()), ("number", &total.to_string())]));
    all.push(line(&[("area_ons_code", ""), ("area_name", ""), ("period", "")]));
    put(path, &all);
}

/// Writes lines of counts as they are.
fn put(path: &Path, all: &[Line]) {
    let mut names: Vec<&str> = all.iter().flatten().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    let column = |name: &&str| {
        let cell = |line: &Line| line.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
        ((*name).to_owned(), Arc::new(all.iter().map(cell).collect::<StringArray>()) as ArrayRef, true)
    };
    let batch = RecordBatch::try_from_iter_with_nullable(names.iter().map(column)).expect("a batch");
    let file = std::fs::File::create(path).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
}

fn lines() -> Vec<Line> {
    vec![
        pupils("383", "Female", true, 20, 3),
        pupils("383", "Female", false, 60, 5),
        pupils("383", "Male", true, 30, 9),
        pupils("383", "Male", false, 90, 17),
        pupils("202", "Female", true, 12, 33),
        pupils("202", "Male", false, 48, 65),
        line(&[("kind", "records"), ("of_table", "pupil"), ("rule", "the same row twice"), ("number", "4")]),
        line(&[("kind", "records"), ("of_table", "pupil"), ("rule", "belongs to no row of school"), ("number", "2")]),
    ]
}

const COUNTS: &str = "returns/pupils/2025/pupils.counted.parquet";

#[test]
fn counts_become_figures_and_every_row_is_accounted_for() {
    let (bench, heading) = bench();
    write(&bench.path(COUNTS), &heading, &lines());
    let run = bench.run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let table = bench.table("pupils");
    let value = |la: &str, breakdown: &str, measure: &str| {
        let of = [format!("la_code={la}"), format!("breakdown={breakdown}"), format!("measure={measure}")];
        table.row(&of.each_ref().map(String::as_str)).value()
    };
    assert_eq!((value("383", "Total", "pupils"), value("202", "Total", "pupils")), (200.0, 60.0));
    assert_eq!((value("383", "Total", "plans"), value("383", "Male", "plans")), (25.0, 25.0));
    assert_eq!(value("202", "Total", "plans"), 20.0);
    let quarantine = std::fs::read_to_string(bench.path("out/quarantine.csv")).expect("a quarantine");
    assert!(quarantine.contains("no-parent") && quarantine.trim_end().ends_with(",2"), "{quarantine}");
    assert!(run.stderr.contains("left out by rule `the same row twice`: 4"), "{}", run.stderr);
}

#[test]
fn counts_of_a_table_are_no_records_of_another() {
    let (bench, _) = bench();
    let wide =
        PUPILS.replace("pupils.csv", "*pupil*").replace("record = \"child\"", "record = \"child\"\nprotect = false");
    bench.pipeline("pupils", &wide).pipeline("sexes", &wide);
    let heading = heading(&bench);
    write(&bench.path(COUNTS), &heading, &lines());
    let run = bench.run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let of = |table: &str| bench.table(table).row(&["la_code=383", "breakdown=Total", "measure=pupils"]).value();
    assert_eq!((of("pupils"), of("sexes")), (200.0, 1.0));
}

#[test]
fn a_small_count_of_an_engine_is_protected_as_any_other() {
    let (bench, heading) = bench();
    let mut lines = lines();
    lines[5] = pupils("202", "Male", true, 3, 65);
    write(&bench.path(COUNTS), &heading, &lines);
    bench.run().well();
    let hidden = bench.table("pupils").all().iter().any(|row| row["la_code"] == "202" && row["status"] == "protected");
    assert!(hidden);
}

/// The finding that a run stops the table with.
fn refused(bench: &Bench, code: &str) -> String {
    let run = bench.run();
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(!bench.has("pupils"), "{}", run.stderr);
    let finding = run.finding(code);
    assert!(finding.place.file.ends_with("pupils.counted.parquet"), "{finding:?}");
    finding.message.clone()
}

#[test]
fn counts_by_other_rules_of_another_release_or_in_no_form_are_not_taken() {
    let (bench, heading) = bench();
    write(&bench.path(COUNTS), &heading, &lines());
    bench.pipeline("pupils", &PUPILS.replace("F = \"Female\"", "F = \"Girls\""));
    assert!(refused(&bench, "counts-stale").contains("rules that have changed since"));
    bench.pipeline("pupils", PUPILS);
    for (key, other) in [("table", "teachers".into()), ("release", "2024".into())] {
        let mut heading = heading.clone();
        heading[key] = Value::String(other);
        write(&bench.path(COUNTS), &heading, &lines());
        assert!(refused(&bench, "counts-of-another").contains("stand where `pupils`, release 2025, is read"));
    }
    let mut later = heading.clone();
    later["form"] = 99.into();
    write(&bench.path(COUNTS), &later, &lines());
    assert!(refused(&bench, "no-counts").contains("another version"));
    let plain: BTreeMap<&str, &str> = BTreeMap::from([("LA", "383")]);
    write(&bench.path(COUNTS), &serde_json::json!(plain), &[]);
    assert!(refused(&bench, "no-counts").contains("cannot be read"));
}

#[test]
fn counts_that_are_not_whole_are_not_taken() {
    let (bench, heading) = bench();
    let said = |change: &dyn Fn(&mut Vec<Line>)| {
        let mut all = lines();
        all.push(line(&[("kind", "heading"), ("rule", &heading.to_string()), ("number", "266")]));
        all.push(line(&[("area_ons_code", ""), ("area_name", ""), ("period", "")]));
        change(&mut all);
        put(&bench.path(COUNTS), &all);
        refused(&bench, "no-counts")
    };
    let with = |column: &'static str, text: &'static str| {
        move |all: &mut Vec<Line>| {
            all[1].iter_mut().filter(|(name, _)| *name == column).for_each(|(_, cell)| *cell = text.to_owned())
        }
    };
    assert!(said(&|all| drop(all.remove(2))).contains("read 266 rows, and its counts come to 236"));
    let twice = said(&|all| all.push(line(&[("kind", "heading"), ("rule", &heading.to_string()), ("number", "266")])));
    assert!(twice.contains("answers of several queries"), "{twice}");
    for (column, text) in [("number", "6 0"), ("mark", ""), ("plans__of", "TRUE"), ("pupils__counted", "")] {
        assert!(said(&with(column, text)).contains("has no count"), "{column}");
    }
    let without = said(&|all| all.iter_mut().for_each(|line| line.retain(|(name, _)| *name != "by0_sex")));
    assert!(without.contains("no column `by0_sex`"), "{without}");
}

#[test]
fn counts_of_records_that_have_changed_since_are_not_taken() {
    let (bench, heading) = bench();
    write(&bench.path(COUNTS), &heading, &lines());
    bench.run().well();
    bench.returns("pupils/2025/pupils.csv", "LA,Sex,Plan\n383,F,1\n383,M,0\n");
    let run = bench.run();
    assert_eq!(run.code, 1, "{}", run.stderr);
    let finding = run.finding("counts-stale");
    assert!(finding.message.starts_with("`pupils/2025/pupils.csv` has changed since"), "{finding:?}");
    // Where the records are no longer there, the counts stand for them.
    std::fs::remove_file(bench.path("returns/pupils/2025/pupils.csv")).expect("removed");
    bench.run().well();
}

#[test]
fn what_is_wrong_of_cells_and_keys_is_said_with_how_many() {
    let (bench, mut heading) = bench();
    heading["counts"] = serde_json::json!({ "pupil": [["unread", "plan"], ["not unique", "la"]] });
    let mut lines = lines();
    lines[0].push(("counts0", "2".to_owned()));
    lines[1].push(("counts0", "1".to_owned()));
    write(&bench.path(COUNTS), &heading, &lines);
    let run = bench.run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.finding("cells-unread").message.starts_with("`pupil.plan`: 3 cells are not what the column holds"));
    lines[2].push(("counts1", "1".to_owned()));
    write(&bench.path(COUNTS), &heading, &lines);
    let run = bench.run();
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.finding("key-not-unique").message.contains("`pupil.la`: 1 row has the key of others"),
        "{}",
        run.stderr
    );
}

#[test]
fn tables_about_the_same_records_are_counted_by_one_of_the_two() {
    let (bench, heading) = bench();
    write(&bench.path(COUNTS), &heading, &lines());
    bench.pipeline("pupils_by_sex", &PUPILS.replace("title  = \"Pupils\"", "title = \"Pupils again\""));
    let run = bench.run();
    assert_eq!(run.code, 1, "{}", run.stderr);
    let found = run.all("counted-apart");
    let finding = &found[0];
    assert!(
        found.len() == 2 && finding.message.contains("`pupils`") && finding.message.contains("`pupils_by_sex`"),
        "{finding:?}"
    );
    assert!(!bench.has("pupils") && !bench.has("pupils_by_sex"));
}
