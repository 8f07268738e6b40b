//! What is published: schema, labels and footers as any reader of Parquet sees them, order, nulls, and what a second
//! run does.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use arrow::datatypes::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;

use crate::harness::{Bench, EES, Table, ees};
use crate::traps::headers::timeliness;

fn reader(path: &Path) -> ParquetRecordBatchReaderBuilder<std::fs::File> {
    ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(path).expect("the file")).expect("Parquet")
}

const COLUMNS: [&str; 25] = [
    "table",
    "release",
    "latest",
    "period",
    "period_identifier",
    "period_start",
    "period_end",
    "period_length",
    "level",
    "la_code",
    "ons_code",
    "area_name",
    "breakdown_topic",
    "breakdown",
    "measure",
    "value",
    "numerator",
    "denominator",
    "unit",
    "status",
    "raw",
    "file",
    "sheet",
    "row",
    "column",
];

#[test]
fn the_schema_is_the_one_that_others_rely_on() {
    let bench = timeliness();
    bench.run().well();
    let reader = reader(&bench.path("out/tables/sen2_timeliness.parquet"));
    let schema = reader.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, COLUMNS);
    for field in schema.fields() {
        let is = field.data_type();
        let fits = match field.name().as_str() {
            "value" | "numerator" | "denominator" => *is == DataType::Float64,
            "latest" => *is == DataType::Boolean,
            "period_start" | "period_end" => *is == DataType::Date32,
            "row" => *is == DataType::UInt32,
            "column" => *is == DataType::UInt16,
            _ => matches!(is, DataType::Dictionary(_, words) if **words == DataType::Utf8),
        };
        assert!(fits, "{} is {is}", field.name());
        assert!(field.metadata().get("label").is_some_and(|label| !label.is_empty()), "{} has no label", field.name());
    }
    for group in reader.metadata().row_groups() {
        for column in group.columns() {
            assert!(matches!(column.compression(), Compression::ZSTD(_)), "{:?}", column.compression());
        }
    }
    let comparisons = self::reader(&bench.path("out/tables/comparisons.parquet"));
    for field in comparisons.schema().fields() {
        assert!(field.metadata().get("label").is_some_and(|label| !label.is_empty()), "{} has no label", field.name());
    }
}

#[test]
fn the_field_and_the_footer_say_what_the_figures_are() {
    let bench = timeliness();
    bench.run().well();
    let path = bench.path("out/tables/sen2_timeliness.parquet");
    let reader = reader(&path);
    let measures = reader.schema().field_with_name("measure").expect("a field").metadata()["measures"].clone();
    let measures: serde_json::Value = serde_json::from_str(&measures).expect("JSON");
    let measure = &measures["timeliness_20_weeks"];
    assert_eq!(measure["unit"], "percent");
    assert_eq!(measure["polarity"], "high");
    assert_eq!(measure["label"], "EHC plans issued within 20 weeks, excluding exceptions");
    let footer = abreast::publish::footer(&path).expect("a footer");
    assert_eq!(footer.licence, "OGL-3.0");
    assert!(footer.source.contains("Department for Education"));
    assert!(!footer.illustrative);
    assert_eq!(footer.version, env!("CARGO_PKG_VERSION"));
    let hash = |bytes: &[u8]| abreast::provenance::hash(bytes);
    let files = ["sen2/2022/sen2_mi.csv", "sen2/2023/sen2_mi.csv", "sen2/2025/timeliness_20_week.csv"];
    let inputs: BTreeMap<String, String> = files
        .iter()
        .map(|name| {
            ((*name).to_owned(), hash(&std::fs::read(bench.path(&format!("returns/{name}"))).expect("the file")))
        })
        .collect();
    assert_eq!(footer.inputs, inputs);
    assert_eq!(footer.pipeline, hash(&std::fs::read(bench.path("pipelines/sen2_timeliness.toml")).expect("the file")));
    assert_eq!(footer.accounts.iter().map(|account| account.rows).sum::<usize>(), 5);
    assert_eq!(
        footer.accounts.iter().map(|account| account.observations).sum::<usize>(),
        bench.table("sen2_timeliness").len()
    );
}

#[test]
fn rows_are_sorted_and_empty_words_are_null() {
    let bench = Bench::new();
    bench.pipeline("plans", PLANS);
    let mut text = format!("{EES},sex,plans\n");
    for year in ["2024", "2022", "2023"] {
        for place in ["Leeds", "England", "Camden", "London", "Birmingham"] {
            for sex in ["Male", "Total", "Female"] {
                text.push_str(&format!("{},{sex},{}\n", ees(year, "Calendar year", place), year.len() + place.len()));
            }
        }
    }
    bench.returns("sen2/2025/plans.csv", text);
    bench.run().well();
    let table = bench.table("plans");
    let keys: Vec<[&str; 5]> = table
        .rows(&[])
        .iter()
        .map(|row| ["period_end", "level", "la_code", "breakdown_topic", "breakdown"].map(|column| row.text(column)))
        .collect();
    let level =
        |word: &str| ["country", "region", "authority"].iter().position(|known| *known == word).expect("a level");
    let ordered = keys.iter().map(|[end, at, la, topic, breakdown]| (*end, level(at), *la, *topic, *breakdown));
    assert!(ordered.is_sorted(), "{keys:?}");
    let reader = reader(&bench.path("out/tables/plans.parquet")).build().expect("a reader");
    for batch in reader {
        let batch = batch.expect("a batch");
        for name in ["sheet", "raw"] {
            assert_eq!(batch.column_by_name(name).expect("a column").null_count(), batch.num_rows(), "{name}");
        }
        for name in ["status", "level", "ons_code", "period", "row", "column", "value"] {
            assert_eq!(batch.column_by_name(name).expect("a column").null_count(), 0, "{name}");
        }
        for name in ["numerator", "denominator"] {
            assert_eq!(batch.column_by_name(name).expect("a column").null_count(), batch.num_rows(), "{name}");
        }
    }
}

const PLANS: &str = r#"title = "Plans"
return = "sen2"
[measures.plans]
label = "Plans"
unit = "number"
[[release]]
from = 2025
file = "plans.csv"
format = "ees"
filters = ["sex"]
topics = { sex = "Sex" }
columns = { plans = "plans" }
[checks]
areas = "some"
"#;

/// Two tables, each over its own file.
fn two() -> Bench {
    let bench = Bench::new();
    bench.pipeline("plans", PLANS).pipeline("others", &PLANS.replace("plans.csv", "others.csv"));
    bench.returns("sen2/2025/plans.csv", file("Leeds", 5)).returns("sen2/2025/others.csv", file("Camden", 7));
    bench
}

fn file(place: &str, count: u32) -> String {
    format!("{EES},sex,plans\n{},Total,{count}\n", ees("2024", "Calendar year", place))
}

/// When each output was written and what it holds.
fn state(bench: &Bench) -> BTreeMap<String, (SystemTime, Vec<u8>)> {
    bench
        .files("out")
        .into_iter()
        .map(|name| {
            let path = bench.path(&name);
            let when = path.metadata().and_then(|metadata| metadata.modified()).expect("a time");
            (name, (when, std::fs::read(&path).expect("the file")))
        })
        .collect()
}

const PATHS: [&str; 3] = ["out/tables/comparisons.parquet", "out/tables/others.parquet", "out/tables/plans.parquet"];

#[test]
fn a_second_run_leaves_everything_alone() {
    let bench = two();
    bench.run().well();
    let before = state(&bench);
    let ran = bench.run().well();
    assert_eq!(ran.stderr.matches("unchanged, left alone").count(), 2, "{}", ran.stderr);
    let after = state(&bench);
    for path in PATHS {
        assert_eq!(before[path], after[path], "{path}");
    }
    // Unless it is told to.
    let ran = bench.run_with(&["--force"]).well();
    assert_eq!(ran.stderr.matches("unchanged, left alone").count(), 0, "{}", ran.stderr);
    let forced = state(&bench);
    for path in PATHS {
        assert_eq!(before[path].1, forced[path].1, "{path}: the same bytes from the same input");
    }
}

#[test]
fn a_changed_byte_redoes_its_table_and_no_other() {
    let bench = two();
    bench.run().well();
    let before = state(&bench);
    bench.returns("sen2/2025/plans.csv", file("Leeds", 6));
    let ran = bench.run().well();
    assert_eq!(ran.stderr.matches("unchanged, left alone").count(), 1, "{}", ran.stderr);
    let after = state(&bench);
    assert_eq!(before[PATHS[1]], after[PATHS[1]]);
    assert_eq!(bench.table("plans").row(&[]).value(), 6.0);
    let comparisons = bench.table("comparisons");
    assert_eq!(comparisons.rows(&["table=plans", "comparator=england"])[0].value(), 6.0);
    assert_eq!(comparisons.rows(&["table=others", "comparator=england"])[0].value(), 7.0, "kept from the file before");
}

#[test]
fn a_changed_pipeline_redoes_its_table() {
    let bench = two();
    bench.run().well();
    bench.pipeline("plans", &PLANS.replace("label = \"Plans\"", "label = \"Plans in place\""));
    let ran = bench.run().well();
    assert_eq!(ran.stderr.matches("unchanged, left alone").count(), 1, "{}", ran.stderr);
    let footer = abreast::publish::footer(&bench.path(PATHS[2])).expect("a footer");
    assert_eq!(footer.measures["plans"].label, "Plans in place");
}

#[test]
fn a_deeper_run_redoes_what_a_shallow_one_made() {
    let bench = two();
    bench.run().well();
    let ran = bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]).well();
    assert_eq!(ran.stderr.matches("unchanged, left alone").count(), 0, "{}", ran.stderr);
}

#[test]
fn a_run_of_one_table_keeps_the_comparisons_of_the_others() {
    let bench = two();
    bench.run().well();
    bench.returns("sen2/2025/plans.csv", file("Leeds", 6)).returns("sen2/2025/others.csv", file("Camden", 8));
    bench.run_with(&["plans"]).well();
    let comparisons = bench.table("comparisons");
    assert_eq!(comparisons.words("table"), ["others", "plans"]);
    assert_eq!(comparisons.rows(&["table=plans"])[0].value(), 6.0);
    assert_eq!(comparisons.rows(&["table=others"])[0].value(), 7.0, "not asked for, so not read");
    assert_eq!(bench.table("others").row(&[]).value(), 7.0);
}

#[test]
fn a_table_whose_release_is_gone_has_no_comparisons_left() {
    let bench = two();
    bench.run().well();
    std::fs::remove_file(bench.path("returns/sen2/2025/others.csv")).expect("removed");
    let ran = bench.run().well();
    assert!(ran.stderr.contains("no release found for others"), "{}", ran.stderr);
    assert_eq!(bench.table("comparisons").words("table"), ["plans"]);
}

#[test]
fn the_findings_of_a_table_left_alone_are_said_again() {
    let bench = two();
    bench.returns("sen2/2025/plans.csv", file("Leeds", 5).replace("Leeds", "Leeds City Region"));
    let first = bench.run().well();
    let said = first.finding("unknown-spelling").clone();
    let second = bench.run().well();
    assert!(second.stderr.contains("unchanged"));
    assert_eq!(second.finding("unknown-spelling"), &said);
}

#[test]
fn a_damaged_table_is_made_again() {
    let bench = two();
    bench.run().well();
    let path = bench.path(PATHS[2]);
    let bytes = std::fs::read(&path).expect("the table");
    std::fs::write(&path, &bytes[..bytes.len() / 2]).expect("damaged");
    bench.run().well();
    assert_eq!(std::fs::read(&path).expect("the table"), bytes);
    std::fs::write(bench.path(PATHS[0]), b"PAR1 no more").expect("damaged");
    bench.run().well();
    assert_eq!(
        bench.table("comparisons").words("table"),
        ["others", "plans"],
        "comparisons cannot be kept from a damaged file"
    );
}

#[test]
fn comparisons_that_are_not_there_are_made_again_though_their_table_is() {
    // As after a run that was broken off between the two files.
    let bench = two();
    bench.run().well();
    let whole = std::fs::read(bench.path(PATHS[0])).expect("the comparisons");
    std::fs::remove_file(bench.path(PATHS[0])).expect("removed");
    bench.run().well();
    assert_eq!(std::fs::read(bench.path(PATHS[0])).expect("the comparisons"), whole);
}

#[test]
fn comparisons_come_back_with_the_file_that_was_bad_for_a_while() {
    let bench = two();
    bench.run().well();
    bench.returns("sen2/2025/plans.csv", file("Leeds", 5).replace(",5\n", ",n/a\n"));
    assert_eq!(bench.run().code, 1);
    assert_eq!(bench.table("comparisons").words("table"), ["others"]);
    bench.returns("sen2/2025/plans.csv", file("Leeds", 5));
    bench.run().well();
    assert_eq!(bench.table("comparisons").words("table"), ["others", "plans"]);
}

#[test]
fn check_writes_nothing() {
    let bench = two();
    bench.returns("sen2/2025/plans.csv", file("Leeds", 5).replace(",5\n", ",n/a\n"));
    let ran = bench.abreast(&["check", "--pipelines", "pipelines", "--returns", "returns"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("unknown-symbol"), "{}", ran.stderr);
    assert!(!bench.path("out").exists() && !bench.path("outputs").exists());
    bench.returns("sen2/2025/plans.csv", file("Leeds", 5));
    assert_eq!(bench.abreast(&["check", "--pipelines", "pipelines", "--returns", "returns"]).code, 0);
    assert_eq!(bench.files("").iter().filter(|name| name.ends_with(".parquet")).count(), 0);
}

#[test]
fn quiet_says_findings_only() {
    let bench = two();
    let ran = bench.run_with(&["--quiet"]).well();
    assert_eq!(ran.stderr, "");
    assert_eq!(ran.stdout, "");
}

#[test]
fn simulated_returns_are_marked_in_every_file() {
    let bench = two();
    bench.file("returns/ILLUSTRATIVE.txt", "Simulated");
    bench.run().well();
    for path in PATHS {
        assert!(abreast::publish::footer(&bench.path(path)).expect("a footer").illustrative, "{path}");
    }
    // A marker of one return holds for that return.
    std::fs::rename(bench.path("returns/ILLUSTRATIVE.txt"), bench.path("returns/sen2/ILLUSTRATIVE.txt"))
        .expect("moved");
    bench.run().well();
    for path in PATHS {
        assert!(abreast::publish::footer(&bench.path(path)).expect("a footer").illustrative, "{path}");
    }
    std::fs::create_dir(bench.path("returns/other")).expect("a folder");
    std::fs::rename(bench.path("returns/sen2/ILLUSTRATIVE.txt"), bench.path("returns/other/ILLUSTRATIVE.txt"))
        .expect("moved");
    bench.run().well();
    for path in PATHS {
        assert!(!abreast::publish::footer(&bench.path(path)).expect("a footer").illustrative, "{path}");
    }
}

#[test]
fn the_sample_runs_where_there_are_no_returns() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().expect("a folder");
    let run = || {
        std::process::Command::new(env!("CARGO_BIN_EXE_abreast"))
            .args(["run", "--figures-only", "--returns", "data/sample", "--out"])
            .arg(out.path())
            .current_dir(root)
            .output()
            .expect("the program runs")
    };
    let output = run();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(!said.contains("in release care"), "the marker of simulated returns is no release: {said}");
    for table in [
        "sen2_timeliness",
        "sen2_caseload",
        "census_sen_by_phase",
        "ofsted_schools",
        "ofsted_childrens_services",
        "population_0_17",
    ] {
        let path = out.path().join(format!("tables/{table}.parquet"));
        let footer = abreast::publish::footer(&path).unwrap_or_else(|| panic!("{table} has no footer: {said}"));
        assert!(footer.illustrative, "{table} does not say that it is simulated");
        assert!(
            footer
                .accounts
                .iter()
                .all(|account| account.rows
                    == account.loaded + account.left_out.values().sum::<usize>() + account.refused)
        );
    }
    let timeliness = Table::read(&out.path().join("tables/sen2_timeliness.parquet"));
    let authorities = timeliness.rows(&[
        "period=2024",
        "level=authority",
        "latest=true",
        "measure=timeliness_20_weeks",
        "breakdown=Total",
    ]);
    assert_eq!(authorities.len(), 153);
}

#[test]
fn returns_that_were_filed_come_before_the_sample() {
    let bench = two();
    let run = || bench.abreast(&["run", "--pipelines", "pipelines", "--out", "out", "--figures-only"]);
    bench.file("data/sample/sen2/2025/plans.csv", file("Camden", 9)).file("data/returns/.gitkeep", "");
    assert!(run().well().stderr.contains("data/returns holds no file yet"));
    // As `add` files it: two folders deep.
    bench.file("data/returns/sen2/2025/plans.csv", file("Leeds", 5));
    let ran = run().well();
    assert!(!ran.stderr.contains("data/returns holds no file yet"), "{}", ran.stderr);
    let areas: Vec<String> =
        bench.table("plans").rows(&[]).iter().map(|row| row.text("area_name").to_owned()).collect();
    assert!(areas.contains(&"Leeds".to_owned()) && !areas.contains(&"Camden".to_owned()), "{areas:?}");
}

#[test]
fn a_table_of_other_returns_is_taken_out_and_said() {
    let bench = two();
    bench.run().well();
    std::fs::remove_file(bench.path("returns/sen2/2025/others.csv")).expect("removed");
    std::fs::write(bench.path("out/tables/mine.parquet"), "of somebody else").expect("written");
    // A run of one table leaves the others as they are.
    bench.run_with(&["plans"]).well();
    assert!(bench.path("out/tables/others.parquet").is_file() && bench.path("out/tables/mine.parquet").is_file());
    let ran = bench.run().well();
    assert!(!bench.path("out/tables/others.parquet").exists());
    assert!(bench.path("out/tables/mine.parquet").is_file(), "what no run wrote no run takes away");
    assert!(bench.path("out/tables/plans.parquet").is_file());
    assert!(ran.stderr.contains("the table `others` of an earlier run was taken out"), "{}", ran.stderr);
}
