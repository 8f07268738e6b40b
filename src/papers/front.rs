//! `outputs/index.html`: the front page of a build: what was loaded, what was found, reports, charts, every measure.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::durable::Batch;
use crate::finding::Error;
use crate::home;
use crate::pipeline::Pipeline;
use crate::publish::document::{Block, Cell, Column, Document, Section, Table};
use crate::publish::{page, read_findings, read_quarantine};
use crate::quarantine::Refused;
use crate::shown::whole;
use crate::store::Catalogue;

/// Writes the front page of the outputs folder that `batch` is for, with what `catalogue` has and what the batch brings.
///
/// # Errors
/// The page cannot be written.
pub fn write(batch: &Batch, catalogue: &Catalogue, pipelines: &[Pipeline]) -> Result<(), Error> {
    let mut document =
        Document { title: "Comparative statistics of local authorities".to_owned(), ..Document::default() };
    document.illustrative = catalogue.tables().iter().any(|(_, meta)| meta.illustrative);
    let tables = [
        ("Reports", reports(batch)),
        ("Findings", findings(batch)),
        ("Rows refused", refused(batch)),
        ("What was loaded", loaded(catalogue)),
        ("Measures", measures(catalogue, pipelines)),
        ("Charts", charts(batch)),
    ];
    for (number, (heading, table)) in tables.into_iter().enumerate() {
        let id = format!("section-{}", number + 1);
        let block = if table.rows.is_empty() {
            let text = if heading == "Rows refused" { "None." } else { "None yet." };
            Block::Paragraph { text: text.to_owned() }
        } else {
            Block::Table(Table { id: format!("{id}-table"), ..table })
        };
        document.sections.push(Section { id, heading: heading.to_owned(), blocks: vec![block], ..Section::default() });
    }
    let html = page::page(&document)?;
    batch.write(&batch.root().join("index.html"), &mut |file| file.write_all(html.as_bytes()))
}

fn table(title: &str, columns: &[&str]) -> Table {
    Table {
        title: title.to_owned(),
        columns: columns.iter().map(|column| Column::words(*column)).collect(),
        ..Table::default()
    }
}

/// The files that will stand in a folder of the outputs with the ending, in order; folders below it too.
fn files(batch: &Batch, folder: &str, ending: &str) -> BTreeSet<PathBuf> {
    let mut found: BTreeSet<PathBuf> =
        batch.below(&format!("{folder}/")).iter().map(|path| batch.root().join(path)).collect();
    let mut open = vec![batch.root().join(folder)];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path);
            }
        }
    }
    found.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    found
}

/// A path as a link from the front page.
fn link(out: &Path, path: &Path) -> String {
    let shown = home::shown(path.strip_prefix(out).unwrap_or(path));
    shown.replace('%', "%25").replace(' ', "%20").replace('#', "%23").replace('?', "%3F")
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn reports(batch: &Batch) -> Table {
    let mut made = table("Reports made", &["Report", "Workbook"]);
    for path in files(batch, "reports", "html") {
        let workbook = path.with_extension("xlsx");
        let is_there = workbook.is_file() || batch.has(&workbook);
        let beside = if is_there { stem(&workbook) + ".xlsx" } else { String::new() };
        made.rows.push(vec![Cell::link(stem(&path), link(batch.root(), &path)), Cell::words(beside)]);
    }
    made
}

fn charts(batch: &Batch) -> Table {
    let mut drawn = table("Charts drawn", &["Chart", "Of"]);
    for path in files(batch, "charts", "svg") {
        let folder = path.parent().map(stem).unwrap_or_default();
        drawn.rows.push(vec![Cell::link(stem(&path), link(batch.root(), &path)), Cell::words(folder)]);
    }
    drawn
}

fn findings(batch: &Batch) -> Table {
    let mut all =
        table("What to look at before figures go to a board", &["Table", "Severity", "Finding", "Place", "What to do"]);
    for finding in read_findings(&batch.coming(&batch.root().join("findings.csv"))) {
        all.rows.push(
            [
                finding.table,
                finding.severity.word().to_owned(),
                finding.message,
                finding.place.to_string(),
                finding.help,
            ]
            .map(Cell::words)
            .into(),
        );
    }
    all
}

/// How many rows of which file a rule refused; each stands in `quarantine.csv`.
fn refused(batch: &Batch) -> Table {
    let mut counts: BTreeMap<[String; 4], (String, usize)> = BTreeMap::new();
    for Refused { finding, rows, .. } in read_quarantine(&batch.coming(&batch.root().join("quarantine.csv"))) {
        let key = [finding.table, finding.release, finding.place.file, finding.code];
        counts.entry(key).or_insert((finding.help, 0)).1 += rows;
    }
    let all: usize = counts.values().map(|(_, rows)| rows).sum();
    let title =
        format!("{} rows refused, listed in quarantine.csv; their tables are those of an earlier run", whole(all));
    let mut refused = table(&title, &["Table", "Release", "File", "Rule", "What to do"]);
    refused.columns.push(Column::figures("Rows"));
    for (words, (help, rows)) in counts {
        let mut row: Vec<Cell> = words.map(Cell::words).into();
        row.push(Cell::words(help));
        row.push(Cell::number(rows as f64, 0));
        refused.rows.push(row);
    }
    refused
}

fn loaded(catalogue: &Catalogue) -> Table {
    let mut loaded = table("Releases, oldest first", &["Table", "Release", "File"]);
    loaded.columns.extend(["Rows", "Rows loaded", "Figures"].map(Column::figures));
    for (_, meta) in catalogue.tables() {
        for account in &meta.accounts {
            let mut row: Vec<Cell> = [meta.title.as_str(), &account.release, &account.file].map(Cell::words).into();
            row.extend([account.rows, account.loaded, account.observations].map(|count| Cell::number(count as f64, 0)));
            loaded.rows.push(row);
        }
    }
    loaded
}

/// Every measure with its definition, source and the date of its newest release.
fn measures(catalogue: &Catalogue, pipelines: &[Pipeline]) -> Table {
    let mut all =
        table("Every measure", &["Measure", "Unit", "Good is", "Definition", "Source", "Newest release", "Name"]);
    for (name, meta) in catalogue.tables() {
        let page =
            pipelines.iter().find(|pipeline| pipeline.name == *name).map_or("", |pipeline| &pipeline.source.page);
        let release = meta.accounts.last().map_or("", |account| account.release.as_str());
        for (measure, what) in &meta.measures {
            let source = if page.is_empty() { meta.source.clone() } else { format!("{}, {page}", meta.source) };
            let good = if what.polarity == "none" { "neither way" } else { &what.polarity };
            let full = format!("{name}/{measure}");
            all.rows.push(
                [&what.label, &what.unit, good, &what.definition, &source, release, &full].map(Cell::words).into(),
            );
        }
    }
    all
}
