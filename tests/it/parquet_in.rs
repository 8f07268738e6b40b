//! Returns that are Parquet: typed cells, several row groups, a folder of parts with partitions in its paths, and files
//! that cannot be read. The files are written here with arrow-rs; those in `corpus` by pyarrow, which packs and encrypts
//! as arrow-rs here does not.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array, Int8Array,
    Int64Array, ListArray, RecordBatch, StringArray, TimestampMicrosecondArray, UInt64Array,
};
use arrow::datatypes::Int32Type;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

use crate::harness::{Bench, Ran};

/// A Parquet file of `columns`, so many rows to a row group.
fn parquet(columns: Vec<(&str, ArrayRef)>, rows: usize) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, cells)| (name, cells, true)));
    let batch = batch.expect("a batch");
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(rows)).build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    bytes
}

fn words(words: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(words.to_vec()))
}

fn numbers(numbers: &[Option<i64>]) -> ArrayRef {
    Arc::new(Int64Array::from(numbers.to_vec()))
}

const PIPELINE: &str = r#"title = "Cases"
return = "cases"
[measures.cases]
label = "Cases"
unit = "number"
[[release]]
from = 2025
file = "cases*"
area = { name = "council" }
period_column = "year"
columns = { cases = "cases" }
ignore = ["note"]
[checks]
areas = "some"
"#;

/// Five authorities with figures of their own; two rows to a row group.
fn cases() -> Vec<u8> {
    let names = words(&[Some("Leeds"), Some("Wigan"), Some("Bolton"), Some("Oldham"), Some("Bury")]);
    let year: ArrayRef = Arc::new(DictionaryArray::<Int32Type>::from_iter(["2024"; 5]));
    let cases = numbers(&[Some(7), None, Some(19), Some(0), Some(23)]);
    parquet(vec![("council", names), ("year", year), ("cases", cases)], 2)
}

fn bench() -> Bench {
    let bench = Bench::new();
    bench.pipeline("cases", PIPELINE);
    bench
}

fn ran(file: &str, bytes: impl AsRef<[u8]>) -> (Bench, Ran) {
    let bench = bench();
    bench.returns(&format!("cases/2025/{file}"), bytes);
    let ran = bench.run();
    (bench, ran)
}

#[test]
fn a_figure_knows_its_row_group_and_row() {
    let (bench, ran) = ran("cases.parquet", cases());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("cases");
    let told = |name: &str| {
        let row = table.row(&[&format!("area_name={name}")]);
        ["value", "status", "file", "sheet", "row", "column"].map(|column| row.text(column).to_owned()).join("|")
    };
    assert_eq!(told("Leeds"), "7.0|number|cases/2025/cases.parquet|row group 1|1|3");
    assert_eq!(told("Wigan"), "|not_available|cases/2025/cases.parquet|row group 1|2|3");
    assert_eq!(told("Oldham"), "0.0|number|cases/2025/cases.parquet|row group 2|4|3");
    assert_eq!(told("Bury"), "23.0|number|cases/2025/cases.parquet|row group 3|5|3");
    let explained = bench.abreast(&[
        "explain",
        "cases",
        "--authority",
        "Bury",
        "--out",
        "out",
        "--returns",
        "returns",
        "--pipelines",
        "pipelines",
    ]);
    assert_eq!(explained.code, 0, "{}", explained.stderr);
    assert!(explained.stdout.contains("row group 3, row 5, column 3"), "{}", explained.stdout);
    assert!(!explained.stdout.contains("C5"), "no letters of Excel: {}", explained.stdout);
}

#[test]
fn a_refused_row_is_said_with_its_row_group() {
    let names = words(&[Some("Leeds"), Some("Atlantis"), Some("Bolton")]);
    let cases: ArrayRef = words(&[Some("7"), Some("8"), Some("about nine")]);
    let (bench, ran) = ran(
        "cases.parquet",
        parquet(vec![("council", names), ("year", numbers(&[Some(2024); 3])), ("cases", cases)], 1),
    );
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let finding = ran.finding("unknown-symbol");
    assert_eq!(finding.place.to_string(), "cases/2025/cases.parquet row group 3, row 3, column 3");
    assert_eq!(
        ran.finding("unknown-authority").place.to_string(),
        "cases/2025/cases.parquet row group 2, row 2, column 1"
    );
    let refused = std::fs::read_to_string(bench.path("out/quarantine.csv")).expect("the list");
    assert!(refused.contains("\"row group 3, row 3, column 3\""), "{refused}");
}

#[test]
fn typed_cells_are_read_as_a_csv_would_have_them() {
    let day = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let days = |date: chrono::NaiveDate| (date - day(1970, 1, 1)).num_days();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("council", words(&[Some("Leeds"), Some("Wigan")])),
        ("year", Arc::new(Date32Array::from(vec![Some(days(day(2024, 3, 31)) as i32); 2]))),
        ("whole", Arc::new(Int8Array::from(vec![Some(-3), None]))),
        ("large", Arc::new(UInt64Array::from(vec![Some(1 << 40), Some(0)]))),
        ("float", Arc::new(Float64Array::from(vec![Some(0.1), Some(301.0)]))),
        ("single", Arc::new(Float32Array::from(vec![Some(0.1), None]))),
        (
            "decimal",
            Arc::new(Decimal128Array::from(vec![Some(1230), Some(-5)]).with_precision_and_scale(9, 2).expect("one")),
        ),
        ("truth", Arc::new(BooleanArray::from(vec![Some(true), Some(false)]))),
        (
            "moment",
            Arc::new(TimestampMicrosecondArray::from(vec![
                Some(days(day(2025, 5, 1)) * 86_400_000_000),
                Some(1_000_000),
            ])),
        ),
    ];
    let bench = Bench::new();
    let names = ["whole", "large", "float", "single", "decimal"];
    let mut toml = PIPELINE.replace("[measures.cases]\nlabel = \"Cases\"\nunit = \"number\"\n", "");
    for name in names {
        toml += &format!("[measures.{name}]\nlabel = \"{name}\"\nunit = \"number\"\n");
    }
    let mapped = names.map(|name| format!("{name} = \"{name}\"")).join(", ");
    let toml = toml
        .replace("cases = \"cases\"", &mapped)
        .replace("\"note\"", "\"moment\"")
        .replace("ignore", "where = { truth = [\"*\"] }\nignore");
    bench.pipeline("cases", &toml).returns("cases/2025/cases.parquet", parquet(columns, 100));
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("cases");
    let value = |name: &str, measure: &str| {
        table.row(&[&format!("area_name={name}"), &format!("measure={measure}")]).text("value").to_owned()
    };
    assert_eq!(names.map(|name| value("Leeds", name)), ["-3.0", "1099511627776.0", "0.1", "0.1", "12.3"]);
    assert_eq!(names.map(|name| value("Wigan", name)), ["", "0.0", "301.0", "", "-0.05"]);
    assert_eq!(table.row(&["area_name=Leeds", "measure=whole"]).text("period_end"), "2024-03-31");
    let inspected = bench.abreast(&[
        "inspect",
        "returns/cases/2025/cases.parquet",
        "--returns",
        "returns",
        "--pipelines",
        "pipelines",
    ]);
    assert!(inspected.stdout.contains("2 rows"), "{}", inspected.stdout);
}

#[test]
fn a_folder_of_parts_is_one_table_with_its_partitions_as_columns() {
    let part = |cases: &[(&str, i64)]| {
        let names: Vec<Option<&str>> = cases.iter().map(|(name, _)| Some(*name)).collect();
        let counts: Vec<Option<i64>> = cases.iter().map(|(_, count)| Some(*count)).collect();
        parquet(vec![("council", words(&names)), ("cases", numbers(&counts))], 2)
    };
    let bench = bench();
    bench.file(
        "came/cases/year=2023/note=North%20West/part-0.parquet",
        part(&[("Wigan", 4), ("Bolton", 5), ("Bury", 6)]),
    );
    bench.file("came/cases/year=2024/note=a/part-0.parquet", part(&[("Wigan", 14)]));
    bench.file("came/cases/year=2024/note=a/part-1.parquet", part(&[("Bolton", 15), ("Leeds", 17), ("Bury", 16)]));
    bench.file("came/cases/_SUCCESS", "");
    bench.file("came/cases/year=2024/note=a/.part-0.parquet.crc", "crc");
    let added = bench.abreast(&[
        "add",
        "came/cases",
        "--release",
        "2025",
        "--table",
        "cases",
        "--returns",
        "returns",
        "--pipelines",
        "pipelines",
    ]);
    assert_eq!(added.code, 0, "{}{}", added.stdout, added.stderr);
    assert!(added.stdout.contains("3 parts"), "{}", added.stdout);
    let ran = bench.run();
    assert_eq!((ran.code, ran.findings.len()), (0, 0), "{}", ran.stderr);
    let table = bench.table("cases");
    let told = |name: &str, period: &str| {
        let row = table.row(&[&format!("area_name={name}"), &format!("period={period}")]);
        ["value", "file", "sheet", "row"].map(|column| row.text(column).to_owned()).join("|")
    };
    assert_eq!(table.len(), 7);
    assert_eq!(told("Bury", "2023"), "6.0|cases/2025/cases/year=2023/note=North%20West/part-0.parquet|row group 2|3");
    assert_eq!(told("Wigan", "2024"), "14.0|cases/2025/cases/year=2024/note=a/part-0.parquet|row group 1|1");
    assert_eq!(told("Leeds", "2024"), "17.0|cases/2025/cases/year=2024/note=a/part-1.parquet|row group 1|2");
    let explained = bench.abreast(&[
        "explain",
        "cases",
        "--authority",
        "Bury",
        "--out",
        "out",
        "--returns",
        "returns",
        "--pipelines",
        "pipelines",
        "--format",
        "json",
    ]);
    let told: serde_json::Value = serde_json::from_str(&explained.stdout).expect("JSON");
    let told = told.to_string();
    assert!(
        told.contains("part-1.parquet, row group 2, row 3, column 2") && told.contains("\"agrees\":true"),
        "{told}"
    );
    // A part that goes is missed, and what it made stays.
    std::fs::remove_file(bench.path("returns/cases/2025/cases/year=2024/note=a/part-1.parquet")).expect("gone");
    let ran = bench.run();
    assert_eq!(ran.finding("file-gone").place.file, "cases/2025/cases/year=2024/note=a/part-1.parquet");
    assert_eq!(bench.table("cases").len(), 7);
}

#[test]
fn parts_of_another_table_are_named() {
    let bench = bench();
    let year = || numbers(&[Some(2024)]);
    let first =
        parquet(vec![("council", words(&[Some("Leeds")])), ("year", year()), ("cases", numbers(&[Some(7)]))], 2);
    let other =
        parquet(vec![("council", words(&[Some("Wigan")])), ("year", year()), ("casse", numbers(&[Some(7)]))], 2);
    bench.returns("cases/2025/cases/part-0.parquet", first).returns("cases/2025/cases/part-1.parquet", other);
    let ran = bench.run();
    let finding = ran.finding("parts-differ");
    assert_eq!(finding.place.file, "cases/2025/cases/part-1.parquet");
    assert!(finding.message.contains("it has `casse`, and no `cases`; was `casse` renamed?"), "{finding}");
}

#[test]
fn one_key_in_two_parts_is_said_with_both() {
    let bench = bench();
    let part = |count| {
        let (council, year) = (words(&[Some("Leeds")]), numbers(&[Some(2024)]));
        parquet(vec![("council", council), ("year", year), ("cases", numbers(&[Some(count)]))], 2)
    };
    bench.returns("cases/2025/cases/part-0.parquet", part(7)).returns("cases/2025/cases/part-1.parquet", part(8));
    let ran = bench.run();
    let finding = ran.finding("duplicate-key");
    assert!(
        finding.message.contains("1 of cases/2025/cases/part-0.parquet and 1 of cases/2025/cases/part-1.parquet"),
        "{finding}"
    );
}

#[test]
fn what_is_no_plain_parquet_is_refused_with_the_reason() {
    let whole = cases();
    let cut = &whole[..whole.len() - 40];
    let mut broken = whole.clone();
    broken[6..60].fill(0xEE);
    let lists: ArrayRef =
        Arc::new(ListArray::from_iter_primitive::<arrow::datatypes::Int32Type, _, _>([Some([Some(1)])]));
    let nested =
        parquet(vec![("council", words(&[Some("Leeds")])), ("year", numbers(&[Some(2024)])), ("cases", lists)], 1);
    let empty = parquet(vec![("council", words(&[])), ("year", numbers(&[])), ("cases", numbers(&[]))], 1);
    let corpus = |name: &str| std::fs::read(crate::harness::root().join("tests/it/corpus").join(name)).expect("a file");
    for (bytes, code, words) in [
        (cut.to_vec(), "damaged-file", "does not end so"),
        (broken, "damaged-file", "damaged or cut short"),
        (b"PAR1".to_vec(), "damaged-file", "does not end so"),
        (b"PAR1 and nothing more PAR1".to_vec(), "damaged-file", "damaged or cut short"),
        (nested, "nested-column", "column `cases` holds List"),
        (empty, "empty-file", "3 columns and no row"),
        (Vec::new(), "empty-file", "0 bytes"),
        (
            b"council,year,cases\nLeeds,2024,7\n".to_vec(),
            "wrong-kind-of-file",
            "the name says Parquet, but the content is plain text",
        ),
        (corpus("ees.xlsx"), "wrong-kind-of-file", "the name says Parquet, but the content is a workbook"),
        (corpus("broken-encrypted.parquet"), "locked-file", "is encrypted"),
        (corpus("broken-encrypted-column.parquet"), "locked-file", "is encrypted"),
        (corpus("broken-brotli.parquet"), "other-packing", "is packed with BROTLI"),
    ] {
        let (bench, ran) = ran("cases.parquet", bytes);
        let finding = ran.finding(code);
        assert!(finding.message.contains(words), "{words}: {finding}");
        assert!(!finding.help.is_empty() && finding.place.file == "cases/2025/cases.parquet", "{finding:?}");
        assert!(!bench.has("cases"), "{words}");
    }
    let (_, ran) = ran("cases.csv", whole);
    let finding = ran.finding("wrong-kind-of-file");
    assert!(finding.message.contains("the name says CSV, but the content is Parquet"), "{finding}");
}

#[test]
fn packed_in_the_usual_ways() {
    for name in ["snappy", "gzip", "lz4", "zstd"] {
        let corpus = crate::harness::root().join(format!("tests/it/corpus/{name}.parquet"));
        let (bench, ran) = ran("cases.parquet", std::fs::read(corpus).expect("a file"));
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        assert_eq!(bench.table("cases").row(&["area_name=Wigan"]).text("value"), "8.0", "{name}");
    }
}
