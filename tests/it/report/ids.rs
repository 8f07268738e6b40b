//! Every figure of a report has an id, and `explain` gives the same figure for it.

use calamine::{Data, Reader, open_workbook_auto};

use super::{abreast, outputs, page, page_tables};

const REPORTS: [&str; 9] = [
    "send-profile-birmingham",
    "monthly-scorecard-birmingham",
    "attendance-inclusion-birmingham",
    "send-dashboard-sandwell",
    "ofsted-position-birmingham",
    "pictures-birmingham",
    "quarterly-performance-leicestershire",
    "council-plan-results-birmingham",
    "trust-performance-sandwell",
];

/// Table, row, column, figure and id, of each figure in the page's list.
fn ids(name: &str) -> Vec<Vec<String>> {
    let html = page(name);
    let list = page_tables(&html).into_iter().find(|(title, _)| title == "Ids of the figures");
    list.map_or_else(Vec::new, |(_, rows)| rows.into_iter().skip(1).collect())
}

/// What `explain` says of an id.
fn explained(id: &str) -> serde_json::Value {
    let mut explain = abreast();
    explain.args(["explain", id, "--format", "json", "--returns", "data/sample", "--out"]).arg(outputs());
    let made = explain.output().expect("a run");
    assert!(made.status.success(), "{id}: {}", String::from_utf8_lossy(&made.stderr));
    serde_json::from_slice(&made.stdout).expect("JSON")
}

fn number(text: &str) -> Option<f64> {
    text.replace(',', "").trim_end_matches('%').parse().ok()
}

#[test]
fn explain_gives_the_printed_figure_for_its_id() {
    let mut kinds = std::collections::BTreeMap::<String, usize>::new();
    for report in REPORTS {
        let all = ids(report);
        assert!(all.len() > 5, "{report}: {} ids", all.len());
        for row in all.iter().step_by(all.len() / 20 + 1) {
            let [_, _, column, shown, id] = row.as_slice() else { panic!("five cells: {row:?}") };
            let said = explained(id);
            let figure = match id.split_once('~') {
                None => &said["figure"],
                Some((own, word)) => {
                    assert_eq!(said["id"], own);
                    assert_eq!(said["comparators"].as_array().expect("a list").len(), 1, "{id}");
                    assert_eq!(said["comparators"][0]["comparator"], word);
                    &said["comparators"][0]
                }
            };
            let value = match column.as_str() {
                _ if shown == "-" => continue,
                "Numerator" => &said["numerator"],
                "Denominator" => &said["denominator"],
                counted if counted.ends_with(", number") => &said["numerator"],
                "Change on year before" | "Rank" | "Out of" => continue,
                _ => &figure["value"],
            };
            let places = shown.split_once('.').map_or(0, |(_, rest)| rest.len());
            let said = value.as_f64().map(|value| abreast::shown::number(value, places as u8));
            assert_eq!(said.as_deref().and_then(number), number(shown), "{report}: {id} {column}");
            *kinds.entry(id.split_once('~').map_or_else(String::new, |(_, word)| word.to_owned())).or_default() += 1;
        }
    }
    for kind in ["", "england", "neighbours", "region"] {
        assert!(kinds.contains_key(kind), "no id of kind `{kind}` was tried: {kinds:?}");
    }
}

#[test]
fn the_workbook_lists_sheet_and_cell_of_every_id() {
    let name = REPORTS[0];
    let mut book = open_workbook_auto(outputs().join("reports").join(format!("{name}.xlsx"))).expect("a workbook");
    let list = book.worksheet_range("Figure ids").expect("a sheet");
    let mut checked = 0;
    for row in list.rows().skip(2) {
        let [sheet, cell, shown, id] = row.iter().map(Data::to_string).collect::<Vec<_>>().try_into().expect("4 cells");
        let range = book.worksheet_range(&sheet).expect("the sheet named");
        let letters = cell.chars().take_while(|letter| letter.is_ascii_alphabetic());
        let column = letters.fold(0, |column, letter| column * 26 + (letter as u32 - 'A' as u32) + 1) - 1;
        let line: u32 = cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().expect("a row");
        let there = match range.get_value((line - 1, column)) {
            Some(Data::Float(value)) => {
                let places = shown.split_once('.').map_or(0, |(_, rest)| rest.len());
                abreast::shown::number(*value, places as u8)
            }
            other => other.map(Data::to_string).unwrap_or_default(),
        };
        assert_eq!(there, shown, "{sheet}!{cell} {id}");
        checked += 1;
    }
    assert!(checked > 100, "{checked} cells checked");
}

#[test]
fn a_wrong_word_behind_an_id_is_told() {
    let id = format!("{}~nowhere", ids(REPORTS[0])[0][4].split('~').next().expect("an id"));
    let mut explain = abreast();
    explain.args(["explain", &id, "--returns", "data/sample", "--out"]).arg(outputs());
    let made = explain.output().expect("a run");
    assert_eq!(made.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&made.stderr).contains("the figure is not compared with `nowhere`"));
}

#[test]
fn one_id_never_stands_on_two_figures() {
    for report in REPORTS {
        let mut seen = std::collections::BTreeMap::<(String, String), String>::new();
        for row in ids(report) {
            let [_, _, column, shown, id] = row.as_slice() else { panic!("five cells: {row:?}") };
            // Counts, change and rank stand beside a figure under its id.
            let kind = match column.as_str() {
                "Numerator" | "Denominator" | "Change on year before" | "Rank" | "Out of" => column.as_str(),
                counted if counted.ends_with(", number") => "Numerator",
                _ => "figure",
            };
            let known = seen.entry((id.clone(), kind.to_owned())).or_insert_with(|| shown.clone());
            assert!(
                number(known) == number(shown) || shown == "-" || known == "-",
                "{report}: {id} is {known} and {shown}"
            );
        }
    }
}
