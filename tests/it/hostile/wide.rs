//! Tables without end: as many columns as there are, cells far apart, lines of gigabytes.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};

use super::{ROWS, bench, big, plain, refused, sheet_of, texts_of, watched, xlsx};
use crate::harness::{Bench, Ods, ods, snapshot};

/// The XLSX with these rows behind a header and Birmingham's 12.
fn sheet(rows: &str) -> Vec<u8> {
    xlsx(&plain(sheet_of(&format!("{ROWS}{rows}"))), &plain(texts_of("")))
}

#[test]
fn a_sheet_that_says_it_is_giant_costs_what_its_cells_cost() {
    // The dimension says A1:XFD1048576, and one cell stands at its end.
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let bench = bench("plans.xlsx", sheet(far));
    let (ran, memory) = watched(&bench);
    assert_eq!(ran.code, 1);
    snapshot("hostile/far_cell.txt", &(ran.all("unmapped-column")[0].to_string() + "\n"));
    assert!(memory < 300, "{memory} MB");
    let merged = sheet_of(ROWS)
        .replace("</worksheet>", "<mergeCells count=\"1\"><mergeCell ref=\"A3:XFD1048576\"/></mergeCells></worksheet>");
    let bench = super::bench("plans.xlsx", xlsx(&plain(merged), &plain(texts_of(""))));
    let (ran, memory) = watched(&bench);
    assert_eq!((ran.code, bench.table("plans").len()), (0, 1), "{}", ran.stderr);
    assert!(memory < 300, "{memory} MB");
    let beyond = "<row r=\"4294967295\"><c r=\"ZZZZ4294967295\"><v>1</v></c></row>";
    snapshot("hostile/beyond_excel.txt", &refused("plans.xlsx", sheet(beyond), "damaged-file", 300));
}

#[test]
fn cells_in_no_order_stand_where_they_say() {
    let rows = "<row r=\"4\"><c r=\"B4\"><v>1</v></c><c r=\"A4\"><v>202</v></c></row><row r=\"3\"><c r=\"B3\"><v>9</v></c><c r=\"A3\"><v>383</v></c><c r=\"B3\"><v>7</v></c></row>";
    let bench = bench("plans.xlsx", sheet(rows));
    bench.run().well();
    let table = bench.table("plans");
    assert_eq!(table.row(&["la_code=202"]).text("row"), "4");
    assert_eq!(table.row(&["la_code=383"]).value(), 7.0, "of two cells in one place the later one");
}

#[test]
fn every_column_that_excel_has() {
    let mut text = "LA code,Plans".to_owned();
    for column in 3..=16_384 {
        let _ = write!(text, ",c{column}");
    }
    for row in 0..if big() { 2000 } else { 20 } {
        let _ = write!(text, "\n{},12{}", 300 + row, ",1".repeat(16_382));
    }
    let bench = bench("plans.csv", &text);
    let (ran, memory) = watched(&bench);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.len() < 60_000, "{} letters are too many to read", ran.stderr.len());
    assert!(memory < 1500, "{memory} MB");
    let bench = super::bench("plans.csv", text.replace('\n', ",1,1\n"));
    assert!(!bench.run().all("overlong-row").is_empty(), "cells beyond Excel's last column are said");
}

#[test]
fn one_wide_row_among_many() {
    let text = format!("LA code,Plans\n{}{}x\n", "330,12\n".repeat(40_000), ",".repeat(16_000));
    snapshot("hostile/one_wide_row.txt", &refused("plans.csv", text, "file-too-large", 300));
    let mut rows = String::new();
    for row in 3..20_000 {
        let _ = write!(rows, "<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>");
    }
    rows.push_str("<row r=\"20000\"><c r=\"XFD20000\"><v>1</v></c></row>");
    snapshot("hostile/one_wide_row_xlsx.txt", &refused("plans.xlsx", sheet(&rows), "file-too-large", 300));
}

#[test]
fn cells_of_an_ods_that_repeat_without_end() {
    let rows = [vec![Ods::Text("LA code"), Ods::Text("Plans")], vec![Ods::Number(330.0), Ods::Number(12.0)]];
    let bytes = ods(&[("Plans", &rows)], true);
    let repeated = |bytes: &[u8], columns: &str, rows: &str| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        let mut content = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("content.xml").expect("a part"), &mut content)
            .expect("text");
        let content = content
            .replace(
                "<table:table-cell office:value-type=\"float\"",
                &format!("<table:table-cell {columns} office:value-type=\"float\""),
            )
            .replace("<table:table-row>", &format!("<table:table-row {rows}>"));
        let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
        crate::harness::zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", manifest.as_bytes()),
            ("content.xml", content.as_bytes()),
        ])
    };
    let bench = bench("plans.ods", repeated(&bytes, "", ""));
    bench.run().well();
    for (columns, rows) in [
        ("table:number-columns-repeated=\"16384\"", "table:number-rows-repeated=\"1048576\""),
        ("", "table:number-rows-repeated=\"99999999999999999999\""),
    ] {
        let said = refused("plans.ods", repeated(&bytes, columns, rows), "file-too-large", 300);
        snapshot("hostile/ods_repeats.txt", &said);
    }
    let far = repeated(&bytes, "table:number-columns-repeated=\"4294967295\"", "");
    snapshot("hostile/ods_far.txt", &refused("plans.ods", far, "damaged-file", 300));
}

/// A CSV written in pieces, as large as it comes or four megabytes.
fn long(name: &str, fill: &dyn Fn(&mut dyn Write, u64)) -> Bench {
    let bench = bench(name, "");
    let file = std::fs::File::create(bench.path(&format!("returns/sen2/2025/{name}"))).expect("a file");
    let mut file = BufWriter::with_capacity(1 << 20, file);
    fill(&mut file, if big() { 2 << 30 } else { 4 << 20 });
    file.flush().expect("written");
    bench
}

#[test]
fn a_line_of_two_gigabytes() {
    let bench = long("plans.csv", &|file, length| {
        file.write_all(b"LA code,Plans\n330,").expect("written");
        for _ in 0..length >> 20 {
            file.write_all(&[b'1'; 1 << 20]).expect("written");
        }
    });
    let (ran, memory) = watched(&bench);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.len() < 10_000, "the cell is not printed whole: {} letters", ran.stderr.len());
    assert!(memory < 400, "{memory} MB");
}

#[test]
fn a_file_of_two_gigabytes() {
    let bench = long("plans.csv", &|file, length| {
        file.write_all(b"LA code,Plans\n").expect("written");
        for number in 0..length / 16 {
            writeln!(file, "330,{number:011}").expect("written");
        }
    });
    let (ran, memory) = watched(&bench);
    assert_eq!(ran.code, 1, "one key in every row: {}", &ran.stderr[..ran.stderr.len().min(400)]);
    assert!(ran.stderr.len() < 20_000, "{} letters are too many to read", ran.stderr.len());
    assert!(memory < 900, "{memory} MB");
    if big() {
        snapshot("hostile/two_gigabytes.txt", &(ran.finding("file-too-large").to_string() + "\n"));
    }
}

#[test]
fn a_file_of_nothing_but_zeros() {
    // Sparse on disk; to a reader two gigabytes of NUL.
    let bench = bench("plans.csv", "");
    let file = std::fs::File::create(bench.path("returns/sen2/2025/plans.csv")).expect("a file");
    file.set_len(if big() { 2 << 30 } else { 4 << 20 }).expect("its length");
    let (ran, memory) = watched(&bench);
    assert_eq!(ran.code, 1, "{}", ran.stderr.len());
    assert!(ran.stderr.len() < 10_000, "{} letters are too many to read", ran.stderr.len());
    assert!(memory < 400, "{memory} MB");
}

#[test]
fn an_old_workbook_whose_parts_are_chained_in_a_circle() {
    let bytes = include_bytes!("../corpus/broken-circle.xls");
    snapshot("hostile/circle_xls.txt", &refused("plans.xls", bytes, "damaged-file", 300));
}

/// A table of `measures` measures, in every breakdown of its column `B`.
fn of_measures(measures: usize) -> String {
    let mut toml = "title = \"Plans\"\nreturn = \"sen2\"\n".to_owned();
    for at in 0..measures {
        let _ = write!(toml, "[measures.m{at}]\nlabel = \"M {at}\"\nunit = \"number\"\n");
    }
    toml += "[[release]]\nfrom = 2025\nfile = \"plans.*\"\nperiod = \"2024\"\narea = { code = \"LA code\" }\nfilters = [\"B\"]\n[release.columns]\n";
    (0..measures).for_each(|at| toml += &format!("m{at} = \"c{at}\"\n"));
    toml + "[checks]\nareas = \"some\"\n"
}

#[test]
fn more_figures_than_a_table_may_have() {
    let names = (0..100).map(|at| format!(",c{at}")).collect::<String>();
    let rows = |count: usize| (0..count).map(|row| format!("330,b{row}{}\n", ",1".repeat(100))).collect::<String>();
    let bench = bench("plans.csv", format!("LA code,B{names}\n{}", rows(40_001)));
    bench.pipeline("plans", &of_measures(100));
    let (ran, memory) = watched(&bench);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    snapshot("hostile/too_many_figures.txt", &(ran.finding("too-many-figures").to_string() + "\n"));
    assert!(memory < 400, "{memory} MB");
    bench.returns("sen2/2025/plans.csv", format!("LA code,B{names}\n{}", rows(40)));
    let (ran, _) = watched(&bench);
    assert_eq!((ran.code, bench.table("plans").len()), (0, 4000), "{}", ran.stderr);
}

#[test]
fn files_just_below_what_is_read_take_less_than_two_gigabytes() {
    if !big() {
        println!("skipped: set ABREAST_BIG=1");
        return;
    }
    let place = |row: usize| ["330,E08000025", "383,E08000035", "202,E09000007", "838,E06000059"][row % 4];
    // Long rows come to the most bytes and cells, short ones to the most figures.
    for (rest, rows) in [(",some words of a publisher's own,others,yet others,12,345", 3_300_000), ("", 3_999_000)] {
        let bench = long("plans.csv", &|file, _| {
            let more = ",x".repeat(rest.matches(',').count());
            writeln!(file, "LA code,ONS,B,c0{more}").expect("written");
            (0..rows).for_each(|row| {
                writeln!(file, "{},b{},{}{rest}", place(row), row / 4, row % 97 + 1).expect("written");
            });
        });
        let ignored = of_measures(1).replace("[release.columns]", "ignore = [\"ONS\", \"x*\"]\n[release.columns]");
        bench.pipeline("plans", &ignored);
        let length = std::fs::metadata(bench.path("returns/sen2/2025/plans.csv")).expect("a file").len();
        let (ran, memory) = watched(&bench);
        println!("{} MB of text: {memory} MB of memory", length >> 20);
        assert_eq!(ran.code, 0, "{}", &ran.stderr[..ran.stderr.len().min(400)]);
        assert!(memory < 2000, "{memory} MB");
    }
}
