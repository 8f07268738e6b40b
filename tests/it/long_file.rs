//! Long files whose measures a dictionary beside them describes: words, units, polarity and decimals taken from it, what it
//! cannot say refused, second-hand figures called so; and LAIT's own file, 1,000 of its values read again by themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use arrow::array::{Array, AsArray, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, UInt32Type};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use abreast::publish::MeasureMeta;

use crate::harness::{Bench, lent, own_pipeline};

const PIPELINE: &str = r#"title = "Tool"
return = "tool"
taken_from = "the tool"
[symbols]
"-" = "not_available"
[dictionary]
file = "dictionary.csv"
name = "id"
label = "title"
definition = "words"
topic = "matter"
unit = "axis"
better = "polarity"
places = "decimals"
period_identifier = "year"
blank = ["NA"]
high = ["High*"]
low = ["Low"]
units = { percent = ["% of*"], number = ["Number*"], "per 100" = ["% of roll"] }
identifiers = { Annual = "Financial year ending" }
first_hand = { "A%_x" = "plain/share" }
[[release]]
from = 2025
file = "long.csv"
measure_column = "measure"
period_column = "year"
area = { code = "number", name = "council" }
columns = { value = "value" }
[checks]
areas = "some"
"#;

const DICTIONARY: &str = "id,title,words,matter,axis,polarity,decimals,year\n\
    A%_x,Share of x,All about x,X,% of pupils,High is good,2,Annual\n\
    b & c,Count of b,,B,Number of b,NA,0,Calendar Year\n\
    A%_x,Another title,More,Y,% of pupils,Low,1,Annual\n\
    roll,Suspensions,,B,% of roll,Low,NA,Academic year ending\n";

const ROWS: &str = "measure,year,number,council,value\n\
    A%_x,2024,383,Leeds,12.345\n\
    a%_X,2024,359,Wigan,-\n\
    A%_x,2024,970,England,20.5\n\
    b & c,2024,383,Leeds,7\n\
    roll,2024,383,Leeds,28.5\n";

const PLAIN: &str = "title = \"Plain\"\nreturn = \"plain\"\n[measures.share]\nlabel = \"Share\"\nunit = \"percent\"\n[[release]]\nfrom = 2025\nfile = \"plain.csv\"\narea = { name = \"council\" }\nperiod = \"2024\"\ncolumns = { share = \"share\" }\n[checks]\nareas = \"some\"\n";

fn measures(bench: &Bench) -> BTreeMap<String, MeasureMeta> {
    abreast::publish::footer(&bench.path("out/tables/tool.parquet")).expect("a table").measures
}

fn bench(dictionary: &str, rows: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline("tool", PIPELINE).returns("tool/2025/dictionary.csv", dictionary);
    bench.returns("tool/2025/long.csv", rows);
    bench
}

#[test]
fn a_dictionary_says_what_the_measures_are() {
    let bench = bench(DICTIONARY, ROWS);
    bench.pipeline("plain", PLAIN).returns("plain/2025/plain.csv", "council,share\nLeeds,12\nWigan,13\n");
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("tool");
    let told = |area: &str, measure: &str| {
        let row = table.row(&[&format!("area_name={area}"), &format!("measure={measure}")]);
        ["value", "status", "unit", "level", "period_end", "row"].map(|column| row.text(column).to_owned()).join("|")
    };
    assert_eq!(told("Leeds", "a_pct_x"), "12.345|number|percent|authority|2024-03-31|2");
    assert_eq!(told("Wigan", "a_pct_x"), "|not_available|percent|authority|2024-03-31|3");
    assert_eq!(told("England", "a_pct_x"), "20.5|number|percent|country|2024-03-31|4");
    assert_eq!(told("Leeds", "b_and_c"), "7.0|number|number|authority|2024-12-31|5");
    assert_eq!(told("Leeds", "roll"), "28.5|number|per 100|authority|2024-08-31|6");
    let measures = measures(&bench);
    let of = |name: &str| &measures[name];
    let share = of("a_pct_x");
    assert_eq!(
        (share.label.as_str(), share.polarity.as_str(), share.places, share.topic.as_str()),
        ("Share of x", "high", 2, "X")
    );
    assert_eq!([of("roll"), of("b_and_c")].map(|measure| measure.polarity.as_str()), ["low", "none"]);
    assert_eq!(share.reads, "Taken from the tool; the figures of its publisher are `plain/share`, and may differ");
    assert_eq!(of("b_and_c").reads, "Taken from the tool, not from its publisher");
    assert!(ran.finding("second-hand").message.contains("`a_pct_x` and `plain/share`"), "{}", ran.stderr);
    assert_eq!(ran.finding("dictionary-twice").place.row, Some(4));
    let compared = bench.abreast(&["compare", "tool/a_pct_x", "--authority", "Leeds", "--out", "out"]);
    assert!(
        compared.stdout.contains("Taken from the tool; the figures of its publisher"),
        "{}{}",
        compared.stdout,
        compared.stderr
    );
    let explained = bench.abreast(&[
        "explain",
        "tool/b_and_c",
        "--authority",
        "Leeds",
        "--out",
        "out",
        "--returns",
        "returns",
        "--pipelines",
        "pipelines",
        "--format",
        "json",
    ]);
    assert!(explained.stdout.contains("\"agrees\": true"), "{}{}", explained.stdout, explained.stderr);
    // Another word in the dictionary makes the table anew; nothing else does.
    assert!(bench.run().stderr.contains("unchanged"));
    bench.returns("tool/2025/dictionary.csv", DICTIONARY.replace("Share of x", "Part of x"));
    assert!(bench.run_with(&["tool"]).stderr.contains("written"));
    assert_eq!(self::measures(&bench)["a_pct_x"].label, "Part of x");
}

#[test]
fn what_a_dictionary_cannot_say_is_refused() {
    let without_unit = DICTIONARY.replace("Number of b", "Counted b");
    let ran = bench(&without_unit, ROWS).run();
    let finding = ran.finding("dictionary-unit");
    assert!(finding.message.contains("`Counted b`, the unit of `b & c`, fits no unit"), "{finding}");
    assert_eq!((finding.place.row, finding.place.column), (Some(3), Some(5)));
    let renamed = DICTIONARY.replace("axis", "axes");
    let ran = bench(&renamed, ROWS).run();
    assert!(ran.finding("dictionary-column").message.contains("names the column `axis`"), "{}", ran.stderr);
    let alike = format!("{DICTIONARY}b and c,Same name,,B,Number of b,NA,0,Calendar Year\n");
    let ran = bench(&alike, ROWS).run();
    let twice: Vec<_> =
        ran.findings.iter().filter(|finding| finding.is_error()).map(|finding| &finding.message).collect();
    assert!(twice[0].contains("`b & c` and `b and c` would both be the measure `b_and_c`"), "{twice:?}");
    let undescribed = format!("{ROWS}new,2024,383,Leeds,3\n");
    let ran = bench(DICTIONARY, &undescribed).run();
    let finding = ran.finding("unknown-measure");
    assert_eq!((finding.place.row, finding.message.contains("`new`")), (Some(7), true), "{finding}");
    let bench = bench(DICTIONARY, ROWS);
    std::fs::remove_file(bench.path("returns/tool/2025/dictionary.csv")).expect("gone");
    let ran = bench.run();
    assert!(ran.finding("no-dictionary").help.contains("abreast add FILE --return tool"), "{}", ran.stderr);
    assert!(!bench.has("tool"));
}

/// A row of LAIT's file as it stands there: measure, year, number of the area, value.
type Raw = (String, String, f64, String);

/// Every row, read by arrow-rs alone.
fn raw(path: &Path) -> Vec<Raw> {
    let file = std::fs::File::open(path).expect("the file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").build().expect("a reader");
    let mut rows = Vec::new();
    for batch in reader {
        let batch = batch.expect("a batch");
        let words = |name: &str| {
            let cells = batch.column_by_name(name).expect("a column");
            let cells = cast(cells, &DataType::Utf8).expect("text");
            cells.as_string::<i32>().clone()
        };
        let (measure, year, value) = (words("Short Desc"), words("Years"), words("Values"));
        let number = batch.column_by_name("LA Number").expect("a column").as_primitive::<Float64Type>().clone();
        for row in 0..batch.num_rows() {
            let text =
                |cells: &StringArray| if cells.is_null(row) { String::new() } else { cells.value(row).to_owned() };
            rows.push((text(&measure), text(&year), number.value(row), text(&value)));
        }
    }
    rows
}

/// The figure and status that are published of each row of the file.
fn published(table: &Path) -> BTreeMap<usize, (Option<f64>, String)> {
    let file = std::fs::File::open(table).expect("the table");
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    let mask = ProjectionMask::columns(builder.parquet_schema(), ["value", "status", "row"]);
    let mut rows = BTreeMap::new();
    for batch in builder.with_projection(mask).build().expect("a reader") {
        let batch = batch.expect("a batch");
        let column = |name: &str| batch.column_by_name(name).expect("a column");
        let status = cast(column("status"), &DataType::Utf8).expect("text");
        let (value, row) = (column("value").as_primitive::<Float64Type>(), column("row").as_primitive::<UInt32Type>());
        for at in 0..batch.num_rows() {
            let value = value.is_valid(at).then(|| value.value(at));
            rows.insert(row.value(at) as usize, (value, status.as_string::<i32>().value(at).to_owned()));
        }
    }
    rows
}

#[test]
fn a_thousand_values_of_lait_are_those_of_its_file() {
    let Some(folder) = lent("ABREAST_LAIT", "more_returns/lait/2026") else { return };
    let bench = Bench::new();
    bench.pipeline("lait", &own_pipeline("lait"));
    let mut file = None;
    for path in std::fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.path()) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        bench.returns(&format!("lait/2026/{name}"), std::fs::read(&path).expect("a file"));
        if name.ends_with(".parquet") {
            file = Some(path);
        }
    }
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows = raw(&file.expect("a Parquet file"));
    let table = bench.path("out/tables/lait.parquet");
    let measures = abreast::publish::footer(&table).expect("a table").measures.len();
    let words: BTreeSet<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(measures, words.len(), "every measure of the file");
    let by_row = published(&table);
    let (mut seed, mut seen, mut outside) = (20_261_126_u64, 0, 0);
    while seen < 1000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (seed >> 33) as usize % rows.len();
        let (measure, year, number, value) = &rows[at];
        match by_row.get(&(at + 1)) {
            Some((_, status)) if value == "-" => assert_eq!(status, "not_available", "{measure} {year} {number}"),
            Some((read, _)) => {
                assert_eq!(*read, value.parse().ok(), "{measure} {year} {number}");
            }
            // Of an authority that was not open in that period, or of no year.
            None => {
                assert!(value == "-" || year == "0", "{measure} {year} {number} {value}");
                outside += 1;
            }
        }
        seen += 1;
    }
    assert!(outside < 100, "{outside} of 1000 left out");
}
