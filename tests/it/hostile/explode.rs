//! Archives and XML that unpack to far more than they are.

use super::{ROWS, bench, big, blown_up, deflated, plain, refused, sheet_of, texts_of, watched, xlsx};
use crate::harness::{gzipped, snapshot, zipped};

/// A little more than is read, or nine gigabytes.
fn length() -> u64 {
    if big() { 9 << 30 } else { 402 << 20 }
}

/// Whether what takes half a minute is left out.
fn skipped() -> bool {
    if !big() {
        println!("skipped: set ABREAST_BIG=1");
    }
    !big()
}

/// The sizes that the archive says its entries have, made small.
fn lying(mut archive: Vec<u8>) -> Vec<u8> {
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&archive[at..], b"PK\x01\x02") {
        at += found + 4;
        archive[at + 20..at + 24].copy_from_slice(&100_u32.to_le_bytes());
    }
    archive
}

#[test]
fn a_workbook_that_explodes() {
    let sheet = blown_up(sheet_of("").replace("</sheetData></worksheet>", ""), length(), "</sheetData></worksheet>");
    let bytes = xlsx(&sheet, &plain(texts_of("")));
    println!("{} KB packed", bytes.len() >> 10);
    snapshot("hostile/sheet_explodes.txt", &refused("plans.xlsx", &bytes, "file-too-large", 300));
    let said = refused("plans.xlsx", lying(bytes), "damaged-file", 300);
    assert!(said.contains("larger than its declared"), "{said}");
    if skipped() {
        return;
    }
    let content = blown_up("<office:document-content>".to_owned(), length(), "</office:document-content>");
    let bytes = deflated(&[
        ("mimetype", &plain("application/vnd.oasis.opendocument.spreadsheet".to_owned())),
        ("META-INF/manifest.xml", &plain("<manifest:manifest/>".to_owned())),
        ("content.xml", &content),
    ]);
    snapshot("hostile/content_explodes.txt", &refused("plans.ods", bytes, "file-too-large", 1400));
}

#[test]
fn a_packed_csv_that_explodes() {
    if skipped() {
        return;
    }
    let text = blown_up("LA code,Plans\n".to_owned(), length(), "\n");
    snapshot(
        "hostile/zip_explodes.txt",
        &refused("plans.zip", deflated(&[("plans.csv", &text)]), "file-too-large", 1400),
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    text(&mut packed);
    let packed = packed.finish().expect("packed");
    snapshot("hostile/gzip_explodes.txt", &refused("plans.csv.gz", packed, "file-too-large", 1400));
}

#[test]
fn archives_in_archives() {
    let inner = zipped(&[("plans.csv", b"LA code,Plans\n330,12\n")]);
    snapshot("hostile/zip_in_zip.txt", &refused("plans.zip", zipped(&[("plans.zip", &inner)]), "several-tables", 300));
    let twice = refused("plans.csv.gz", gzipped(&gzipped(b"LA code,Plans\n330,12\n")), "wrong-kind-of-file", 300);
    snapshot("hostile/gzip_in_gzip.txt", &twice);
}

/// Entities of entities: ten of ten of ten, nine times over.
fn laughs() -> String {
    let mut text = "<!DOCTYPE a [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..10 {
        text.push_str(&format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
    }
    text + "]>"
}

#[test]
fn entities_that_multiply() {
    let texts = texts_of("<si><t>&a9;</t></si>").replace("<sst", &format!("{}<sst", laughs()));
    let rows = format!("{ROWS}<row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\"><v>1</v></c></row>");
    let bytes = xlsx(&plain(sheet_of(&rows)), &plain(texts));
    snapshot("hostile/laughs_xlsx.txt", &refused("plans.xlsx", bytes, "damaged-file", 300));
    let cell = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>&a9;</text:p></table:table-cell></table:table-row>";
    let content = format!(
        "<?xml version=\"1.0\"?>{}<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Plans\">{cell}</table:table></office:spreadsheet></office:body></office:document-content>",
        laughs()
    );
    let bytes = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ]);
    snapshot("hostile/laughs_ods.txt", &refused("plans.ods", bytes, "damaged-file", 300));
}

#[test]
fn one_long_text_in_many_cells() {
    if skipped() {
        return;
    }
    let long = texts_of(&format!("<si><t>{}</t></si>", "x".repeat(32_767)));
    let mut rows = ROWS.to_owned();
    for row in 3..40_000 {
        rows.push_str(&format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>2</v></c></row>"));
    }
    let bytes = xlsx(&plain(sheet_of(&rows)), &plain(long));
    snapshot("hostile/one_text.txt", &refused("plans.xlsx", bytes, "file-too-large", 1400));
}

#[test]
fn more_texts_announced_than_there_can_be() {
    let texts = texts_of("").replace("<sst ", "<sst uniqueCount=\"400000000000000\" ");
    let bytes = xlsx(&plain(sheet_of(ROWS)), &plain(texts));
    snapshot("hostile/announced.txt", &refused("plans.xlsx", bytes, "damaged-file", 300));
}

#[test]
fn a_workbook_written_by_hand_is_read() {
    let bench = bench("plans.xlsx", xlsx(&plain(sheet_of(ROWS)), &plain(texts_of(""))));
    let (ran, memory) = watched(&bench);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(bench.table("plans").row(&["la_code=330"]).value(), 12.0);
    assert!(memory < 300, "{memory} MB");
}
