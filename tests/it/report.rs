//! Reports made from the sample with the program itself, and read back from the page and the workbook.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use calamine::{Data, Reader, open_workbook_auto};

mod age;
mod gaps;
mod group;
mod hostile;
mod ids;
mod mistakes;
mod opening;
mod own;
mod paper;
mod periods;
mod position;
mod scorecard;
mod seeds;
mod word;

pub(super) fn abreast() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_abreast"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// The outputs of one run on the sample, with every report of the seeds' councils.
pub(super) fn outputs() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let out = tempfile::tempdir().expect("a folder").keep();
        let sample = ["--returns", "data/sample", "--out"];
        abreast().args(["run", "-q"]).args(sample).arg(&out).output().expect("a run");
        abreast().args(["report", "--all"]).args(sample).arg(&out).assert().success();
        out
    })
}

/// The tables of a page: caption, then rows of cells, the heading row first.
pub(super) fn page_tables(html: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let html = &without_pictures(html);
    let tables = html.split("<table").skip(1).map(|part| part.split("</table>").next().unwrap_or_default());
    tables
        .map(|table| {
            let caption = between(table, "<caption", "</caption>").split_once('>').map_or("", |(_, inside)| inside);
            let caption = caption.split("<span").next().unwrap_or_default();
            let rows = table.split("<tr>").skip(1).map(|row| {
                let row = row.split("</tr>").next().unwrap_or_default();
                row.split("<t").skip(1).map(|cell| plain(cell.split_once('>').map_or("", |(_, rest)| rest))).collect()
            });
            (plain(caption), rows.collect())
        })
        .collect()
}

/// A page without its pictures, whose letters are decoration.
pub(super) fn without_pictures(html: &str) -> String {
    let mut parts = html.split("<svg");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once("</svg>").map_or("", |(_, rest)| rest))
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(inside, _)| inside)
}

fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    escapes.iter().fold(text, |text, (from, to)| text.replace(from, to)).trim().to_owned()
}

/// The page of a report.
pub(super) fn page(name: &str) -> String {
    std::fs::read_to_string(outputs().join("reports").join(format!("{name}.html"))).expect("a page")
}

/// The row of a page's table that starts with `first`, in the first table whose caption has `caption`.
pub(super) fn row(html: &str, caption: &str, first: &str) -> Vec<String> {
    let tables = page_tables(html);
    let table = tables.iter().find(|(title, _)| title.contains(caption)).expect("a table of that title");
    table.1.iter().find(|row| row.first().is_some_and(|cell| cell == first)).expect("a row of that name").clone()
}

/// The row that starts with `first` in the first table whose caption has `caption` and that has such a row.
pub(super) fn starting(html: &str, caption: &str, first: &str) -> Vec<String> {
    let tables = page_tables(html);
    let tables = tables.iter().filter(|(title, _)| title.contains(caption));
    let mut rows = tables.flat_map(|(_, table)| table.iter().skip(1));
    rows.find(|row| row.first().is_some_and(|cell| cell.starts_with(first)))
        .unwrap_or_else(|| panic!("no row {first} under {caption}"))
        .clone()
}

/// What stands under the heading that starts with `heading`, in the row of the same; a column that few rows fill stands apart, a row
/// a figure.
pub(super) fn under(html: &str, caption: &str, first: &str, heading: &str) -> String {
    let row = starting(html, caption, first);
    let tables = page_tables(html);
    let table =
        tables.iter().find(|(title, table)| title.contains(caption) && table.contains(&row)).expect("the table");
    if let Some(at) = table.1[0].iter().position(|cell| cell.starts_with(heading)) {
        return row[at].clone();
    }
    let apart = tables.iter().filter(|(title, _)| title.contains(caption) && title.ends_with("continued"));
    let rows: Vec<&Vec<String>> = apart
        .flat_map(|(_, table)| table.iter().skip(1))
        .filter(|row| row.get(1).is_some_and(|what| what.starts_with(heading)))
        .collect();
    assert!(!rows.is_empty(), "no {heading}");
    rows.iter().find(|row| row[0].starts_with(first)).map_or_else(String::new, |row| row[2].clone())
}

/// The first word of what stands there: the figure without its range or counts.
pub(super) fn figure(html: &str, caption: &str, first: &str, heading: &str) -> String {
    under(html, caption, first, heading).split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn the_page_and_the_workbook_say_the_same() {
    for name in [
        "send-profile-birmingham",
        "ofsted-position-birmingham",
        "monthly-scorecard-birmingham",
        "trust-performance-sandwell",
    ] {
        let mut book = open_workbook_auto(outputs().join("reports").join(format!("{name}.xlsx"))).expect("a workbook");
        let names = book.sheet_names();
        assert_eq!((names[0].as_str(), names[names.len() - 1].as_str()), ("At a glance", "Figure ids"));
        let page: std::collections::BTreeMap<String, Vec<String>> =
            ids::ids(name).into_iter().fold(std::collections::BTreeMap::new(), |mut page, [_, shown, id]| {
                page.entry(id).or_insert_with(Vec::new).push(shown);
                page
            });
        let list = book.worksheet_range("Figure ids").expect("a sheet");
        let mut compared = 0;
        for row in list.rows().skip(2) {
            let [sheet, cell, id] = [&row[0], &row[1], &row[3]].map(Data::to_string);
            let value = at(&book.worksheet_range(&sheet).expect("the sheet named"), &cell);
            if let (Some(shown), Some(Data::Float(value))) = (page.get(&id), value) {
                assert!(
                    shown.iter().any(|shown| ids::is_shown(value, shown)),
                    "{name}: {sheet}!{cell} {value}, {shown:?}"
                );
                compared += 1;
            }
        }
        assert!(compared > 20, "{name}: {compared} numbers compared");
    }
}

/// The cell of a sheet as Excel calls it: `B12`.
pub(super) fn at(range: &calamine::Range<Data>, cell: &str) -> Option<Data> {
    let letters = cell.chars().take_while(|letter| letter.is_ascii_alphabetic());
    let column = letters.fold(0, |column, letter| column * 26 + (letter as u32 - 'A' as u32) + 1) - 1;
    let line: u32 = cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().expect("a row");
    range.get_value((line - 1, column)).cloned()
}

/// The tables, and each read down as well: a page turns a chart's data where it has more columns than rows.
fn either_way(tables: Vec<(String, Vec<Vec<String>>)>) -> Vec<(String, Vec<Vec<String>>)> {
    let turned = |(caption, rows): &(String, Vec<Vec<String>>)| {
        let columns = rows.first().map_or(0, Vec::len);
        let whole = rows.iter().filter(|row| row.len() == columns);
        let column = |index: usize| whole.clone().map(|row| row[index].clone()).collect();
        (caption.clone(), (0..columns).map(column).collect())
    };
    let more: Vec<_> = tables.iter().map(turned).collect();
    tables.into_iter().chain(more).collect()
}

/// The rows of a chart's CSV: area, heading (series, else period) and value, in order; small charts have both.
fn charted(path: &Path, several: bool) -> Vec<[String; 3]> {
    let mut reader = csv::Reader::from_path(path).expect("a file");
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        if several {
            return [format!("{}: {}", &row[2], &row[0]), row[5].to_owned(), row[6].to_owned()];
        }
        let heading = if row[4].is_empty() { &row[5] } else { &row[4] };
        [row[2].to_owned(), heading.to_owned(), row[6].to_owned()]
    });
    rows.collect()
}

#[test]
fn the_folder_of_charts_and_the_page_say_the_same() {
    let name = "send-profile-birmingham";
    let pages = either_way(page_tables(&page(name)));
    let (mut files, mut compared) = (0, 0);
    for entry in std::fs::read_dir(outputs().join("reports").join(name)).expect("a folder").flatten() {
        let path = entry.path();
        let beside = |ending: &str| path.with_extension(ending).is_file();
        assert!(beside("svg") && beside("png") && beside("txt") && beside("csv"), "{}", path.display());
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        files += 1;
        let several = path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("multiples"));
        let rows = charted(&path, several);
        let shown = |table: &[Vec<String>], [area, heading, value]: &[String; 3]| {
            let column = table[0].iter().position(|cell| cell == heading)?;
            let cell = table.iter().find(|row| row[0] == *area)?.get(column)?.clone();
            let places = cell.split_once('.').map_or(0, |(_, rest)| rest.len());
            let written = value.parse().ok().map(|value| abreast::shown::number(value, places as u8));
            Some(written.is_none_or(|written| written == cell))
        };
        let alike = pages.iter().find(|(_, table)| rows.iter().all(|row| shown(table, row) == Some(true)));
        assert!(alike.is_some(), "{}: no table of the page has these figures", path.display());
        compared += rows.len();
    }
    assert!(files >= 4 && compared > 100, "{files} charts, {compared} figures");
}

#[test]
fn pages_stand_alone_and_are_structured() {
    for entry in std::fs::read_dir(outputs().join("reports")).expect("reports") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "html") {
            continue;
        }
        let html = std::fs::read_to_string(&path).expect("a page");
        let shown = path.display();
        assert!(html.contains("<html lang=\"en-GB\">") && html.contains("class=\"skip\""), "{shown}");
        for outside in ["<script", "src=\"http", "href=\"http", "@import", "url(http"] {
            assert!(!html.contains(outside), "{shown} has {outside}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{shown}");
        assert_eq!(
            html.matches("<figure").count(),
            html.matches("<summary>Figures in this chart").count(),
            "{shown}: a table for each chart"
        );
        for folded in html.split("<details>").skip(1).filter_map(|rest| rest.split("</details>").next()) {
            assert!(!folded.contains(">["), "{shown}: a symbol in place of a word under a chart: {folded}");
        }
        assert!(!html.contains("<th>"), "{shown}");
        let headings = html.matches("<th ").count();
        assert_eq!(headings, html.matches("<th scope=\"").count(), "{shown}: a heading cell without a scope");
        let levels = html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
        let levels: Vec<u32> = levels.collect();
        assert!(levels.first() == Some(&1) && levels.windows(2).all(|two| two[1] <= two[0] + 1), "{shown}: {levels:?}");
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let different: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), different.len(), "{shown}: ids are different");
    }
}

#[test]
fn the_front_page_leads_to_every_paper_chart_and_measure() {
    let out = outputs();
    let html = std::fs::read_to_string(out.join("index.html")).expect("a front page").replace("&#x2f;", "/");
    let measures = std::fs::read_to_string(out.join("measures.html")).expect("a page of the measures");
    let links: std::collections::BTreeSet<&str> =
        html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for link in links.iter().filter(|link| !link.starts_with(['#', 'd'])) {
        assert!(out.join(link).is_file(), "{link} leads nowhere");
    }
    let mut papers = 0;
    for path in std::fs::read_dir(out.join("reports")).expect("reports").flatten().map(|entry| entry.path()) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(path.is_dir() || links.contains(format!("reports/{name}").as_str()), "{name} is not linked");
        if name.ends_with(".html") {
            papers += 1;
            let paper = std::fs::read_to_string(&path).expect("a page");
            let title = between(&paper, "<title>", "</title>");
            assert!(html.contains(&format!("reports/{name}\">{title}</a>")), "{name} is not called by its title");
        }
    }
    assert!(papers >= 13, "{papers} papers");
    for folder in std::fs::read_dir(out.join("charts")).expect("charts").flatten().map(|entry| entry.path()) {
        for path in std::fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.path()) {
            let shown = path.strip_prefix(out).expect("below").to_string_lossy().replace('\\', "/");
            let picture = format!("<a href=\"{shown}\"><img loading=\"lazy\" src=\"{shown}\" alt=\"");
            assert!(!shown.ends_with(".svg") || html.contains(&picture), "{shown} is no picture");
        }
    }
    assert!(plain(&html).contains("measures in") && html.contains("href=\"measures.html\""));
    for part in ["EHC plans issued within 20 weeks, excluding exceptions", "per 10,000", "higher is better"] {
        assert!(plain(&measures).contains(part), "{part}");
    }
}
