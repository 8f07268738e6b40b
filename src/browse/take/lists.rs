//! The lists of the explorer as tables: measures, findings, changes.

use super::Taken;
use crate::browse::address::{Kind, RecordsPage};
use crate::browse::build::Build;
use crate::diff::{Lines, reports};
use crate::finding::Error;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::words;
use crate::shown::{sentence, whole};
use crate::store::{Found, measure};

/// The list of measures, or those of a topic.
pub fn measures(build: &Build, topic: &str) -> Taken {
    let all: Vec<Found<'_>> = build.measures().collect();
    let shown = all.iter().filter(|found| topic.is_empty() || found.meta.topic == topic);
    let row = |found: &Found<'_>| {
        let about = measure(found, "");
        let name = format!("{}/{}", found.table, found.name);
        let (way, headline) = (words::direction(&about), if found.measure.headline { "yes" } else { "" });
        [
            &found.meta.topic,
            &found.meta.title,
            &found.measure.label,
            &name,
            &found.measure.unit,
            way,
            headline,
            &found.measure.definition,
            &found.meta.source,
        ]
        .map(Cell::words)
        .into()
    };
    let columns =
        ["Topic", "Table", "Measure", "Name", "Unit", "Which way is good", "Headline", "Definition", "Source"];
    let table = listed("Measures", &columns, shown.map(row).collect());
    Taken {
        about: format!("measures {topic}"),
        title: if topic.is_empty() { "Measures".to_owned() } else { format!("Measures: {topic}") },
        said: format!("shown: {} of {} measures", whole(table.rows.len()), whole(all.len())),
        notes: vec!["The name is what the commands take".to_owned()],
        tables: vec![table],
    }
}

/// What a build says of itself, as a page of it is chosen, or all of it.
///
/// # Errors
/// A table of this build or of the one before cannot be read.
pub fn records(build: &Build, page: &RecordsPage, all: bool) -> Result<Taken, Error> {
    match page.kind {
        Kind::Changes => changes(build, page, all),
        _ => Ok(findings(build, page, all)),
    }
}

fn findings(build: &Build, page: &RecordsPage, all: bool) -> Taken {
    let found = &build.findings;
    let fits = |table: &str| page.table.is_empty() || page.table == table;
    let wanted = found
        .iter()
        .filter(|one| all || (fits(&one.table) && page.severity.is_none_or(|severity| severity == one.severity)));
    let number = |number: Option<u32>| {
        number.map_or_else(Cell::default, |number| Cell::shown(f64::from(number), 0, number.to_string()))
    };
    let rows = wanted.map(|one| {
        let place = &one.place;
        let words = [one.severity.word(), &one.code, &one.table, &one.release, &one.message, &one.help];
        let mut cells: Vec<Cell> = words.map(Cell::words).into();
        cells.extend([&place.file, &place.sheet].map(|words| Cell::words(words.as_str())));
        cells.extend([number(place.row), number(place.column)]);
        cells
    });
    let columns =
        ["Severity", "Kind", "Table", "Release", "What was found", "What to do", "File", "Sheet", "Row", "Column"];
    let table = listed("Findings", &columns, rows.collect());
    Taken {
        about: format!("findings {}", page.table),
        title: "Findings".to_owned(),
        said: said(all, table.rows.len(), found.len(), "findings"),
        notes: vec!["Found when the tables were made; row and column as Excel counts them".to_owned()],
        tables: vec![table],
    }
}

fn changes(build: &Build, page: &RecordsPage, all: bool) -> Result<Taken, Error> {
    let old = build.options.out.folder.join("previous");
    let mut lines = Lines::new(true)?;
    if old.join("tables").is_dir() {
        reports(&old, &build.options.out.folder, &[], &mut lines)?;
    }
    let mut reader = csv::Reader::from_reader(lines.finish()?);
    let heads: Vec<String> = reader.headers().map_err(failed)?.iter().map(head).collect();
    let at = |name: &str| heads.iter().position(|head| head == name);
    let (table_at, code_at, id_at, change_at) = (at("Table"), at("Code"), at("Id"), at("Change"));
    let code = page.area.map(|area| area.to_string());
    let (mut rows, mut count) = (Vec::new(), 0_usize);
    for record in reader.records() {
        let record = record.map_err(failed)?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        count += 1;
        let fits = (page.table.is_empty() || page.table == cell(table_at))
            && code.as_deref().is_none_or(|code| code == cell(code_at))
            && page.class.is_none_or(|class| class.change() == cell(change_at));
        if all || fits {
            let id = cell(id_at);
            let others = record.iter().enumerate().filter(|(at, _)| Some(*at) != id_at).map(|(_, words)| value(words));
            let mut cells: Vec<Cell> = others.collect();
            if let Some(first) = cells.first_mut().filter(|_| !id.is_empty()) {
                *first = first.clone().figure(id);
            }
            rows.push(cells);
        }
    }
    let columns: Vec<&str> = heads.iter().map(String::as_str).filter(|head| *head != "Id").collect();
    let table = listed("What changed since the build before", &columns, rows);
    Ok(Taken {
        about: format!("changes {} {}", page.table, code.unwrap_or_default()),
        title: table.title.clone(),
        said: said(all, table.rows.len(), count, "changes"),
        notes: vec!["A figure, a rank or a flag a line; the size of a change is in standard deviations".to_owned()],
        tables: vec![table],
    })
}

fn failed(error: csv::Error) -> Error {
    Error::reading(std::io::Error::other(error))
}

/// `old_release` as `Old release`.
fn head(name: &str) -> String {
    sentence(&name.trim_start_matches('\u{feff}').replace('_', " "))
}

/// A number as one, anything else as words.
fn value(words: &str) -> Cell {
    match words.parse::<f64>() {
        Ok(number) if number.is_finite() => {
            let places = words.split_once('.').map_or(0, |(_, rest)| rest.len().min(6) as u8);
            Cell::shown(number, places, crate::shown::number(number, places))
        }
        _ => Cell::words(words.strip_prefix('\'').unwrap_or(words)),
    }
}

fn said(all: bool, shown: usize, of: usize, what: &str) -> String {
    if all { format!("all: {} {what}", whole(of)) } else { format!("shown: {} of {} {what}", whole(shown), whole(of)) }
}

fn listed(title: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    let columns = columns.iter().map(|title| Column::words(*title)).collect();
    Table { title: title.to_owned(), columns, rows, ..Table::default() }
}
