//! One table in every encoding, line ending and wrapping that publishers use: always the same figures.

use crate::harness::{Bench, EES, Ran, Table, ees, gzipped, zipped};

const PIPELINE: &str = r#"title = "Plans"
return = "sen2"
[measures.plans]
label = "Plans"
unit = "number"
[[release]]
from = 2025
file = "caseload.csv"
format = "ees"
filters = ["establishment"]
topics = { establishment = "Establishment" }
columns = { plans = "ehcplans" }
[checks]
areas = "some"
"#;

/// Words with letters beyond ASCII, a quoted comma, quoted quotes and a quoted newline.
fn text() -> String {
    let row = |kind: &str, count: u32| format!("{},{kind},{count}\n", ees("2024", "Calendar year", "Leeds"));
    format!(
        "{EES},establishment,ehcplans\n{}{}{}{}{}",
        row("Total", 15),
        row("Caf\u{e9} \u{2013} \u{a3}5 scheme", 1),
        row("\"Mainstream, all\"", 2),
        row("\"The \"\"base\"\"\"", 4),
        row("\"Special\nschool\"", 8)
    )
}

fn read(name: &str, bytes: impl AsRef<[u8]>) -> (Ran, Table) {
    let bench = Bench::new();
    bench.pipeline("plans", PIPELINE);
    bench.returns(&format!("sen2/2025/{name}"), bytes);
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
    let table = bench.table("plans");
    (ran, table)
}

fn is_whole(table: &Table) {
    assert_eq!(table.len(), 5);
    assert_eq!(table.row(&["breakdown=Total"]).value(), 15.0);
    for (label, count) in [("Caf\u{e9} \u{2013} \u{a3}5 scheme", 1.0), ("Mainstream, all", 2.0), ("The \"base\"", 4.0)]
    {
        assert_eq!(table.row(&[&format!("breakdown={label}")]).value(), count);
    }
    assert!(table.words("breakdown").iter().any(|label| label.replace(['\n', '\r'], " ").starts_with("Special")));
}

#[test]
fn utf_8_with_and_without_a_mark() {
    is_whole(&read("caseload.csv", text()).1);
    is_whole(&read("caseload.csv", format!("\u{feff}{}", text())).1);
}

#[test]
fn windows_1252() {
    let text = text();
    let (bytes, _, unfit) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!unfit && std::str::from_utf8(&bytes).is_err());
    is_whole(&read("caseload.csv", bytes).1);
}

#[test]
fn utf_16_as_excel_saves_unicode_text() {
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text().encode_utf16().flat_map(u16::to_le_bytes));
    is_whole(&read("caseload.csv", bytes).1);
}

#[test]
fn line_endings() {
    is_whole(&read("caseload.csv", text().replace('\n', "\r\n")).1);
    is_whole(&read("caseload.csv", text().replace('\n', "\r")).1);
    is_whole(&read("caseload.csv", text().trim_end()).1);
}

#[test]
fn rows_count_as_excel_counts_them_over_quoted_newlines_blank_lines_and_commas() {
    let text = text();
    let lines: Vec<&str> = text.splitn(3, '\n').collect();
    let rest = format!("{}\n,,,,,,,,,,,\n\n{}\n{}", lines[0], lines[1], lines[2]);
    let (_, table) = read("caseload.csv", rest);
    assert_eq!(table.row(&["breakdown=Total"]).text("row"), "4");
    let last = table.rows(&[]).into_iter().find(|row| row.text("breakdown").starts_with("Special")).expect("a row");
    assert_eq!(last.text("row"), "8");
}

#[test]
fn a_row_of_16_384_commas_and_thousands_of_rows_of_commas_cost_nothing() {
    let mut long = text();
    long.push_str(&",".repeat(16_384));
    long.push('\n');
    for _ in 0..5_000 {
        long.push_str(",,,,,,,,,,,\r\n");
    }
    let (ran, table) = read("caseload.csv", long);
    is_whole(&table);
    assert!(ran.findings.is_empty(), "{}", ran.stderr);
}

#[test]
fn cells_beyond_excels_last_column_are_said_and_not_read() {
    let mut long = text();
    long.push_str(&format!("{},Nursery,3{}beyond\n", ees("2024", "Calendar year", "Leeds"), ",".repeat(16_384)));
    let bench = Bench::new();
    bench.pipeline("plans", PIPELINE);
    bench.returns("sen2/2025/caseload.csv", long);
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.finding("overlong-row").message.contains('1'));
    assert_eq!(bench.table("plans").row(&["breakdown=Nursery"]).value(), 3.0);
}

#[test]
fn semicolons_and_tabs() {
    let simple = format!("{EES},establishment,ehcplans\n{},Total,15\n", ees("2024", "Calendar year", "Leeds"));
    for sign in [";", "\t"] {
        let (_, table) = read("caseload.csv", simple.replace(',', sign));
        assert_eq!(table.row(&["breakdown=Total"]).value(), 15.0);
    }
}

#[test]
fn packed_in_zip_or_gzip() {
    is_whole(&read("caseload.csv.gz", gzipped(text().as_bytes())).1);
    is_whole(&read("caseload.csv.zip", zipped(&[("anything.csv", text().as_bytes())])).1);
    let (_, table) = read(
        "caseload.csv.zip",
        zipped(&[
            ("readme.txt", b"hello"),
            ("data/caseload.csv", format!("\u{feff}{}", text()).as_bytes()),
            ("data/caseload.meta.csv", b"col_name,col_type\n"),
            ("__MACOSX/data/._caseload.csv", b"\0"),
        ]),
    );
    is_whole(&table);
    assert_eq!(table.words("file"), ["sen2/2025/caseload.csv.zip"]);
}

#[test]
fn the_same_bytes_packed_or_not_give_the_same_figures() {
    let plain = read("caseload.csv", text()).1;
    let packed = read("caseload.csv.gz", gzipped(text().as_bytes())).1;
    for column in ["value", "breakdown", "row", "column", "status", "raw", "period_end", "la_code"] {
        assert_eq!(plain.words(column), packed.words(column), "{column}");
    }
}
