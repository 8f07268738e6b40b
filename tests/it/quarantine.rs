//! The quarantine: every refused row with its cell, text, rule and remedy, and no row unaccounted for.

use crate::harness::{Bench, EES, Ran, Table, ees, snapshot};

const ISSUED: &str = r#"title = "Plans issued"
return = "sen2"
[measures.issued]
label = "Plans issued"
unit  = "number"
[measures.agreed]
label = "Assessments agreed"
unit  = "number"
[[release]]
from    = 2023
file    = "issued.csv"
format  = "ees"
columns = { issued = "issued", agreed = "agreed" }
drop    = { time_period = ["2019"] }
[checks]
areas = "some"
"#;

/// A row a place and period with its two cells.
fn row(period: &str, place: &str, cells: &str) -> String {
    format!("{},{cells}\n", ees(period, "Calendar year", place))
}

fn good() -> String {
    format!(
        "{EES},issued,agreed\n{}{}{}",
        row("2019", "Leeds", "1,1"),
        row("2023", "Leeds", "5,6"),
        row("2023", "Camden", "7,8")
    )
}

fn bench(text: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline("issued", ISSUED);
    bench.returns("sen2/2025/issued.csv", text);
    bench
}

/// Rows in, loaded, left out and refused, as the summary says.
fn account(ran: &Ran, table: &str) -> [usize; 4] {
    let line = ran.stderr.lines().find(|line| line.starts_with(&format!("{table} "))).expect("the table's line");
    let mut words = line.split_whitespace().skip(1).map(|word| word.replace(',', "").parse().expect("a number"));
    [(); 4].map(|()| words.next().expect("four numbers"))
}

/// The quarantine as text: the CSV without its byte order mark.
fn csv(bench: &Bench) -> String {
    let text = std::fs::read_to_string(bench.path("out/quarantine.csv")).expect("a quarantine");
    text.trim_start_matches('\u{feff}').to_owned()
}

fn balances(ran: &Ran, bench: &Bench, table: &str) -> usize {
    let [rows, loaded, left_out, refused] = account(ran, table);
    assert_eq!(rows, loaded + left_out + refused, "{}", ran.stderr);
    let listed = Table::read(&bench.path("out/quarantine.parquet"));
    let lines = listed.rows(&[&format!("table={table}")]);
    assert_eq!(lines.iter().map(|line| line.number("rows") as usize).sum::<usize>(), refused, "{}", ran.stderr);
    refused
}

#[test]
fn every_refused_row_is_listed_with_its_cell_and_remedy() {
    let camdem = row("2023", "Camden", "1,2").replace("E09000007,202,Camden", ",,Camdem");
    let text = good()
        + &camdem
        + &camdem.replace("2023", "2024")
        + &row("2023", "Birmingham", "n/a,3").replace("Birmingham", "=Birmingham")
        + &row("2023", "Coventry", "~,-")
        + &row("2023", "Camden", "9,9")
        + &row("20x3", "Dorset", "1,1")
        + &row("2023", "Dorset", "1,1").replace("E06000059,838,Dorset", ",,=1+1");
    let bench = bench(&text);
    let ran = bench.run();
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(!bench.has("issued"));
    snapshot("quarantine.csv", &csv(&bench).replace("\r\n", "\n"));
    assert_eq!(balances(&ran, &bench, "issued"), 7);
    assert_eq!(account(&ran, "issued"), [10, 2, 1, 7]);
    assert!(ran.stderr.contains("7 rows refused ("), "{}", ran.stderr);
    let table = Table::read(&bench.path("out/quarantine.parquet"));
    let coventry = table.row(&["row=8"]);
    assert_eq!((coventry.text("cell"), coventry.text("text"), coventry.text("rule")), ("K8", "~", "unknown-symbol"));
}

#[test]
fn a_file_refused_as_a_whole_is_one_line_for_all_its_rows() {
    let bench = bench(&good().replace(",agreed\n", ",agreed_now\n"));
    let ran = bench.run();
    assert_eq!((ran.code, balances(&ran, &bench, "issued")), (1, 3), "{}", ran.stderr);
    let table = Table::read(&bench.path("out/quarantine.parquet"));
    assert_eq!((table.len(), table.row(&["table=issued"]).text("rule")), (1, "missing-column"));
}

#[test]
fn a_good_run_leaves_headings_only_and_takes_yesterdays_lines_away() {
    let bench = bench(&good().replace("7,8", "7,?"));
    let bad = bench.run();
    assert_eq!((bad.code, balances(&bad, &bench, "issued")), (1, 1));
    bench.returns("sen2/2025/issued.csv", good());
    let ran = bench.run().well();
    assert_eq!(balances(&ran, &bench, "issued"), 0);
    assert!(!ran.stderr.contains("rows refused"), "{}", ran.stderr);
    assert_eq!(csv(&bench).lines().count(), 1);
    assert!(csv(&bench).starts_with("table,release,file,sheet,row,column,cell,text,rule,message,help,rows"));
    assert_eq!(Table::read(&bench.path("out/quarantine.parquet")).len(), 0);
    // A check writes nothing.
    bench.returns("sen2/2025/issued.csv", good().replace("7,8", "7,?"));
    let check = bench.abreast(&["check", "--pipelines", "pipelines", "--returns", "returns"]);
    assert_eq!(check.code, 1);
    assert!(check.stderr.contains("1 rows refused (unknown-symbol 1)\n"), "{}", check.stderr);
    assert_eq!(csv(&bench).lines().count(), 1);
}

#[test]
fn the_front_page_says_how_many_rows_were_refused() {
    let bench = bench(&good().replace("7,8", "7,?"));
    bench.pipeline("other", &ISSUED.replace("issued.csv", "other.csv"));
    bench.returns("sen2/2025/other.csv", good());
    bench.run();
    let page = std::fs::read_to_string(bench.path("out/index.html")).expect("a front page");
    assert!(page.contains("1 row refused (unknown-symbol 1)") && page.contains("href=\"quarantine.csv\""), "{page}");
}

#[test]
fn a_row_a_measure_is_counted_once_whatever_number_of_measures_there_are() {
    let bench = Bench::new();
    let long = ISSUED
        .replace("format  = \"ees\"", "measure_column = \"what\"\narea = { name = \"who\" }\nperiod_column = \"year\"")
        .replace("{ issued = \"issued\", agreed = \"agreed\" }", "{ value = \"figure\" }")
        .replace("drop    = { time_period", "drop    = { year");
    bench.pipeline("issued", &long);
    let text = "who,year,what,figure\nLeeds,2019,issued,1\nLeeds,2023,issued,5\nLeeds,2023,agreed,6\nLeeds,2024,agreed,?\nLeeds,2024,isued,1\nLeeds,2019,isued,1\n";
    bench.returns("sen2/2025/issued.csv", text);
    let ran = bench.run();
    assert_eq!(balances(&ran, &bench, "issued"), 3, "{}", ran.stderr);
    assert_eq!(account(&ran, "issued"), [6, 2, 1, 3], "{}", ran.stderr);
    bench.returns("sen2/2025/issued.csv", text.replace("isued", "issued").replace('?', "7"));
    let ran = bench.run();
    assert_eq!(account(&ran, "issued"), [6, 4, 2, 0], "{}", ran.stderr);
    bench.returns("sen2/2025/issued.csv", text.replace("year", "jahr"));
    let ran = bench.run();
    assert_eq!((balances(&ran, &bench, "issued"), account(&ran, "issued")), (6, [6, 0, 0, 6]), "{}", ran.stderr);
}
