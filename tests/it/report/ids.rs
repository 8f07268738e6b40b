//! Every figure of a report has an id, and `explain` gives the same figure for it.

use calamine::{Data, Reader, open_workbook_auto};

use super::{abreast, outputs, page};

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

/// The figures of a page that have an id: heading of the column, words, id.
pub(super) fn ids(name: &str) -> Vec<[String; 3]> {
    let html = page(name);
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(super::plain(rest.split('"').next().unwrap_or_default()))
    };
    let cells = html.split("<td").skip(1).filter_map(|cell| {
        let (tag, inside) = cell.split_once('>')?;
        let shown = super::plain(inside.split("</td>").next()?.split(" <span class=\"q\">").next()?);
        Some([attribute(tag, "data-label").unwrap_or_default(), shown, attribute(tag, "data-figure")?])
    });
    cells.collect()
}

/// What `explain` says of an id.
fn explained(id: &str) -> serde_json::Value {
    let mut explain = abreast();
    explain.args(["explain", id, "--format", "json", "--returns", "data/sample", "--out"]).arg(outputs());
    let made = explain.output().expect("a run");
    assert!(made.status.success(), "{id}: {}", String::from_utf8_lossy(&made.stderr));
    serde_json::from_slice(&made.stdout).expect("JSON")
}

/// Whether a number is what a paper prints of it: `27.25` as `27%`, `18,240,000` as `£18.2m`, `103` as `103 of 378`.
pub(super) fn is_shown(value: f64, shown: &str) -> bool {
    let figure = shown.split(" of ").next().unwrap_or_default();
    let digits: String = figure.chars().filter(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    let places = digits.split_once('.').map_or(0, |(_, rest)| rest.len());
    let printed = |value: f64| abreast::shown::number(value.abs(), places as u8).replace(',', "");
    let words = ["over", "under"].iter().any(|word| shown.starts_with(word));
    words || [1.0, 1e3, 1e6, 1e9].iter().any(|unit| printed(value / unit) == digits)
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
            let [column, shown, id] = row;
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
                _ if number(shown).is_none() => continue,
                "Numerator" => &said["numerator"],
                "Denominator" => &said["denominator"],
                counted if counted.ends_with(", number") || counted.ends_with("number and share") => &said["numerator"],
                heading if heading.starts_with("Change") || heading == "Rank" => continue,
                _ => &figure["value"],
            };
            let places = shown.split_once('.').map_or(0, |(_, rest)| rest.trim_end_matches('%').len());
            let printed = |value: &serde_json::Value| {
                value.as_f64().and_then(|value| number(&abreast::shown::number(value, places as u8)))
            };
            // A share may stand beneath its count, which is then what the cell says.
            let said = [printed(value), printed(&said["numerator"])];
            assert!(said.contains(&number(shown)), "{report}: {id} {column}: {said:?}, {shown}");
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
        let [sheet, cell, shown, id] =
            row[..4].iter().map(Data::to_string).collect::<Vec<_>>().try_into().expect("4 cells");
        let range = book.worksheet_range(&sheet).expect("the sheet named");
        match super::at(&range, &cell) {
            Some(Data::Float(value)) => assert!(is_shown(value, &shown), "{sheet}!{cell} {id}: {value}, {shown}"),
            other => assert_eq!(other.as_ref().map(Data::to_string).unwrap_or_default(), shown, "{sheet}!{cell} {id}"),
        }
        checked += 1;
    }
    assert!(checked > 100, "{checked} cells checked");
}

#[test]
fn a_wrong_word_behind_an_id_is_told() {
    let id = format!("{}~nowhere", ids(REPORTS[0])[0][2].split('~').next().expect("an id"));
    let mut explain = abreast();
    explain.args(["explain", &id, "--returns", "data/sample", "--out"]).arg(outputs());
    let made = explain.output().expect("a run");
    assert_eq!(made.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&made.stderr).contains("the figure is not compared with `nowhere`"));
}

#[test]
fn one_id_never_stands_on_two_figures() {
    for report in REPORTS {
        let mut seen = std::collections::BTreeMap::<(String, String), (f64, usize)>::new();
        for row in ids(report) {
            let [column, shown, id] = row;
            let Some(value) = number(&shown) else { continue };
            // Counts, change and rank stand beside a figure under its id.
            let kind = match column.as_str() {
                "Numerator" | "Denominator" | "Rank" | "Out of" => column.as_str(),
                heading if heading.starts_with("Change") => "Change",
                counted if counted.ends_with(", number") || counted.ends_with("number and share") => "Numerator",
                _ => "figure",
            };
            let places = shown.split_once('.').map_or(0, |(_, rest)| rest.trim_end_matches('%').len());
            let (known, known_places) = *seen.entry((id.clone(), kind.to_owned())).or_insert((value, places));
            // An annex has a place more than the pages before it.
            let apart = 0.5 / 10f64.powi(places.min(known_places) as i32) + 1e-9;
            assert!((known - value).abs() <= apart || known == value, "{report}: {id} is {known} and {shown}");
        }
    }
}
