//! What is taken away: the table that the page shows or all that is known, as CSV and workbook, and the pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use abreast::browse::{Build, Request, Response, answer};
use abreast::publish::document::{Cell, Column, Table};
use abreast::publish::workbook::{Book, tables};
use abreast::store::Observed;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

use super::{build, get, links, made, options, page, text};
use crate::report::abreast;

const MEASURE: &str = "sen2_timeliness/timeliness_20_weeks";

/// The heads and the rows of a CSV.
pub fn csv(response: &Response) -> (Vec<String>, Vec<Vec<String>>) {
    assert_eq!(response.status, 200, "{}", String::from_utf8_lossy(&response.body));
    let bytes = response.body.strip_prefix("\u{feff}".as_bytes()).expect("a mark of UTF-8");
    let mut reader = csv::Reader::from_reader(bytes);
    let words = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<String>>();
    let heads = words(reader.headers().expect("heads"));
    (heads, reader.records().map(|row| words(&row.expect("a row"))).collect())
}

/// The sheets of a workbook, each with its cells as words.
fn sheets(response: &Response) -> Vec<(String, Vec<Vec<String>>)> {
    assert_eq!(response.status, 200, "{}", String::from_utf8_lossy(&response.body));
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(response.body.to_vec())).expect("a workbook");
    let cells = |rows: calamine::Range<Data>| {
        rows.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect::<Vec<Vec<String>>>()
    };
    book.sheet_names()
        .into_iter()
        .map(|name| (name.clone(), cells(book.worksheet_range(&name).expect("a sheet"))))
        .collect()
}

fn name(response: &Response) -> &str {
    response.name.as_deref().expect("a name")
}

#[test]
fn the_table_of_a_measure_is_that_of_compare_with_the_ids_last() {
    let response = get(&format!("/get/measure/{MEASURE}.csv?area=333"));
    let latest = abreast_latest();
    assert_eq!(name(&response), format!("timeliness-20-weeks-sandwell-{latest}-shown.csv"));
    let (heads, rows) = csv(&response);
    let mut command = abreast();
    command.args(["compare", MEASURE, "--authority", "Sandwell", "--each", "--counts", "--format", "csv", "--out"]);
    let written = command.arg(made()).output().expect("a comparison").stdout;
    let mut reader = csv::Reader::from_reader(written.as_slice());
    let expected: Vec<String> = reader.headers().expect("heads").iter().map(str::to_owned).collect();
    assert_eq!(heads[..expected.len()], expected);
    assert!(heads[expected.len()..].iter().all(|head| head.starts_with("Figure id")), "{heads:?}");
    let cut: BTreeSet<Vec<String>> = rows.iter().map(|row| row[..expected.len()].to_vec()).collect();
    let theirs: BTreeSet<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(cut, theirs);
    // The order is that of the page, the ids are those of its links.
    let html = page(&format!("/measure/{MEASURE}?area=333"));
    let order: Vec<usize> =
        rows.iter().map(|row| html.find(&format!(">{}<", row[1])).expect("a row of the page")).collect();
    assert!(order.len() > 5);
    let table = html
        .split("<table class=\"t beside\">")
        .nth(1)
        .and_then(|rest| rest.split("</table>").next())
        .expect("a table");
    let ids: Vec<String> =
        links(table).iter().filter_map(|link| link.strip_prefix("/figure/").map(str::to_owned)).collect();
    let kept: Vec<&String> = rows.iter().flat_map(|row| &row[expected.len()..]).filter(|id| !id.is_empty()).collect();
    assert!(ids.len() > 20);
    let mut after = kept.iter();
    assert!(ids.iter().all(|id| after.any(|known| *known == id)), "the page has {ids:?}, the file {kept:?}");
    assert_eq!(get(&format!("/get/measure/{MEASURE}.csv?area=333&period=1066")).status, 404);
}

/// The latest period of the measure, as a page writes it.
fn abreast_latest() -> String {
    let html = page(&format!("/measure/{MEASURE}?area=333"));
    let option = html.split("(latest)").next().and_then(|rest| rest.rsplit('>').next()).expect("a period");
    option.trim().to_owned()
}

#[test]
fn all_of_a_measure_is_every_period_place_and_group() {
    let (heads, rows) = csv(&get(&format!("/get/measure/{MEASURE}.csv?area=333&all=1")));
    assert_eq!(heads.last().map(String::as_str), Some("Figure id"));
    let found = build().catalogue.measure(MEASURE).expect("a measure");
    let frame = build().observed(&found).expect("observations");
    let observed = Observed::of(&frame).expect("columns");
    assert_eq!(rows.len(), observed.latest().count());
    let at = |head: &str| heads.iter().position(|known| known == head).unwrap_or_else(|| panic!("no column `{head}`"));
    let by_id: BTreeMap<&str, &Vec<String>> = rows.iter().map(|row| (row[at("Figure id")].as_str(), row)).collect();
    assert_eq!(by_id.len(), rows.len(), "an id stands twice");
    for row in observed.latest() {
        let kept = by_id[observed.figures.id(found.table, row).as_str()];
        let seen = observed.seen(row);
        let expected = seen.value.map_or_else(|| seen.missing.symbol().to_owned(), |value| value.to_string());
        assert_eq!(kept[at("Figure")], expected, "{kept:?}");
    }
    let levels: BTreeSet<&str> = rows.iter().map(|row| row[at("Level")].as_str()).collect();
    assert!(levels.contains("authority") && levels.contains("country"), "{levels:?}");
}

#[test]
fn a_workbook_has_cover_notes_tables_and_ids() {
    let html = page(&format!("/measure/{MEASURE}?area=333"));
    let offered: Vec<String> = links(&html).into_iter().filter(|link| link.contains(".xlsx")).collect();
    assert_eq!(offered.len(), 2, "shown and all");
    let response = get(&offered[0]);
    assert!(name(&response).ends_with("-shown.xlsx"));
    let sheets = sheets(&response);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names[0], names[1], names[3], names.len()), ("Cover", "Notes", "Figure ids", 4), "{names:?}");
    let cover = sheets[0].1.concat().join("\n");
    // Itself, its ten neighbours, its region and England; the mean of the neighbours is no place.
    assert!(cover.contains("Shown: 13 of "), "{cover}");
    assert!(cover.contains(" places and 1 average"), "{cover}");
    assert!(cover.contains("Illustrative data"), "{cover}");
    let (heads, rows) = csv(&get(&offered[0].replace(".xlsx", ".csv")));
    let sheet = &sheets[2].1;
    let first = sheet.iter().position(|row| row[0] == heads[0]).expect("heads");
    assert_eq!(sheet[first + 1][1], rows[0][1]);
    // A number is one, a symbol stands as itself.
    let symbols = |cells: &[Vec<String>]| cells.concat().iter().filter(|cell| cell.starts_with('[')).count();
    assert_eq!(symbols(&sheet[first + 1..]), symbols(&rows));
    let listed: BTreeSet<&String> = sheets[3].1.iter().filter_map(|row| row.last()).collect();
    let ids = rows.iter().flatten().filter(|cell| abreast::figure::parts(cell).is_some());
    assert!(ids.clone().count() > 20 && ids.into_iter().all(|id| listed.contains(id)));
}

#[test]
fn the_rows_of_an_area_and_a_heat_map_are_those_of_the_page() {
    for (address, label) in [("/area/333", "<th role=\"rowheader\""), ("/heat?area=333", "<td class=\"n quiet\">")] {
        let html = page(address);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let (heads, rows) = csv(&get(format!("/get{path}.csv?{query}").trim_end_matches('?')));
        assert_eq!(rows.len(), html.matches(label).count(), "{address}");
        assert!(heads.iter().any(|head| head.starts_with("Figure id")), "{heads:?}");
        let shown = text(&html);
        let at = heads.iter().position(|head| head == "Measure").expect("measures");
        let mut from = 0;
        for row in &rows {
            let label = abreast::shown::sentence(&row[at]);
            let found = html[from..].find(&label.replace('&', "&amp;").replace('\'', "&#39;"));
            assert!(
                shown.contains(&label) && (found.is_some() || address == "/heat?area=333"),
                "{address}: `{label}` is out of order"
            );
            from += found.unwrap_or_default();
        }
    }
    let worse = page("/area/333?show=worse").matches("<th role=\"rowheader\"").count();
    assert_eq!(csv(&get("/get/area/333.csv?show=worse")).1.len(), worse);
    assert_eq!(get("/get/area/E12000005.csv").status, 404);
}

#[test]
fn lists_are_kept_as_they_are_chosen_or_whole() {
    let topics: Vec<String> =
        links(&page("/measures")).into_iter().filter(|link| link.starts_with("/measures?topic=")).collect();
    let some = csv(&get(&topics[0].replacen("/measures", "/get/measures.csv", 1))).1.len();
    let every = csv(&get("/get/measures.csv")).1.len();
    assert_eq!(every, build().measures().count());
    assert!(some > 0 && some < every);
    let (heads, findings) = csv(&get("/get/findings.csv"));
    assert_eq!(heads[0], "Severity");
    let warnings = csv(&get("/get/findings.csv?severity=warning")).1.len();
    assert_eq!(csv(&get("/get/findings.csv?severity=warning&all=1")).1.len(), findings.len());
    assert!(warnings <= findings.len());
    assert_eq!(csv(&get("/get/changes.csv")).1.len(), 0);
}

#[test]
fn the_pictures_of_a_page_come_in_one_file_with_a_readme() {
    for (more, kinds) in
        [("", &["trend", "ordered"][..]), ("&all=1", &["trend", "ordered", "neighbours", "funnel", "strip"])]
    {
        let response = get(&format!("/get/measure/{MEASURE}.zip?area=333{more}"));
        assert_eq!(response.status, 200);
        let mut zip = zip::ZipArchive::new(Cursor::new(response.body.to_vec())).expect("a ZIP");
        let mut read = |name: &str| {
            let mut bytes = Vec::new();
            zip.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_end(&mut bytes).expect("a file");
            bytes
        };
        for kind in kinds {
            for ending in ["svg", "png", "csv", "txt"] {
                let single = get(&format!(
                    "/chart/{kind}/{MEASURE}.{ending}?area=333{}",
                    if *kind == "funnel" || *kind == "strip" || *kind == "ordered" {
                        "&with=england,neighbours"
                    } else {
                        ""
                    }
                ));
                let packed = read(&format!("{kind}.{ending}"));
                assert!(!packed.is_empty());
                if *kind == "trend" {
                    assert!(packed == *single.body, "{kind}.{ending} is not the picture of the page");
                }
            }
        }
        let readme = String::from_utf8(read("README.txt")).expect("text");
        assert!(readme.contains("shown: 13 of ") && readme.contains("- trend: "), "{readme}");
    }
    assert_eq!(get("/get/area/333.zip").status, 404);
    assert_eq!(get(&format!("/get/measure/{MEASURE}.zip?area=333&view=table")).status, 404);
}

#[test]
fn what_a_spreadsheet_would_run_is_kept_as_words() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("tables")).expect("a folder");
    for name in std::fs::read_dir(made().join("tables")).expect("tables").flatten() {
        std::fs::copy(name.path(), folder.path().join("tables").join(name.file_name())).expect("a table");
    }
    let harm = ["=1+1", "@SUM(A1:A9)", "+cmd|' /C calc'!A0", "-2+3"];
    let heads = "severity,code,table,release,file,sheet,row,column,message,help\n";
    let lines: String = harm.iter().map(|words| format!("warning,x,,,\"{words}\",,,,\"{words}\",\n")).collect();
    std::fs::write(folder.path().join("findings.csv"), format!("{heads}{lines}")).expect("findings");
    let build = Build::open(&options(folder.path())).expect("a build");
    let (_, rows) = csv(&answer(&build, &Request::get("/get/findings.csv")));
    assert_eq!(rows.len(), harm.len());
    for (row, words) in rows.iter().zip(harm) {
        assert_eq!((row[4].as_str(), row[6].as_str()), (&*format!("'{words}"), &*format!("'{words}")));
    }
    let row = |words: &str| vec![Cell::words(words)];
    let table = Table {
        title: "=1+1".to_owned(),
        columns: vec![Column::words("=2+2")],
        rows: harm.iter().map(|words| row(words)).collect(),
        ..Table::default()
    };
    let book = Book { title: "=3+3".to_owned(), tables: vec![table], ..Book::default() };
    let bytes = tables(&book).expect("a workbook");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    for at in 0..zip.len() {
        let mut part = String::new();
        let _ = zip.by_index(at).expect("a part").read_to_string(&mut part);
        assert!(!part.contains("<f>"), "a formula in {part}");
    }
}

#[test]
fn more_than_can_be_opened_is_refused_by_its_number() {
    let response = get("/get/measures.xlsx?all=1");
    let html = String::from_utf8_lossy(&response.body).into_owned();
    assert_eq!(response.status, 400, "{}", html.len());
    assert!(html.contains("rows are more than the 100,000 that a workbook is made with"), "{html}");
    assert!(links(&html).iter().any(|link| link.starts_with("/get/measures.csv")));
    for address in [
        "/get/area/333.pdf",
        "/get/figure/x.csv",
        "/get/sources.csv",
        "/get/area/333.csv?all=2",
        "/get/get/area/333.csv.csv",
        "/get",
    ] {
        assert!((400..500).contains(&get(address).status), "{address}");
    }
}
