//! The files that tables were made of: all tables by release, and a table with its files, blocks, checks and breaks.
//!
//! In: a build, an address. Out: the page. Rows are those of the footers; whether a file is still the one that was read is found
//! by its hash, worked out once as long as the file stays as it is.

mod checks;

use rayon::prelude::*;
use serde::Serialize;

use super::address::{Address, FilePage, Kind, RecordsPage, TablePage};
use super::build::Build;
use super::measures::{Hit, hit};
use super::request::Response;
use super::shell::{Frame, Link};
use crate::finding::Error;
use crate::home;
use crate::pipeline::{Pipeline, Release};
use crate::publish::{AccountMeta, MeasureMeta, TableMeta};
use crate::reading::Age;
use crate::shown::{counted, sentence, whole};
use crate::store::Found;
use crate::trace::{declared, pipeline_of};
use checks::Check;

/// The most releases beside each other.
const MOST: usize = 10;

/// What the page of all tables is filled with.
#[derive(Serialize)]
struct All {
    title: String,
    lede: String,
    refused: Link,
    topics: Vec<Topic>,
}

/// The tables of a topic.
#[derive(Serialize)]
struct Topic {
    id: String,
    title: String,
    releases: Vec<String>,
    has_earlier: bool,
    tables: Vec<Line>,
}

/// A table.
#[derive(Serialize)]
struct Line {
    name: String,
    address: String,
    newest: String,
    is_old: bool,
    earlier: String,
    cells: Vec<Option<Cell>>,
}

/// A table's rows in a release.
#[derive(Serialize)]
struct Cell {
    rows: String,
    agrees: bool,
    address: String,
}

/// Every table with its releases, by topic.
///
/// # Errors
/// A mistake in a template.
pub fn all(build: &Build, page: &RecordsPage) -> Result<Response, Error> {
    let agrees = Agreeing::of(build);
    let mut topics: Vec<(&str, Vec<(&String, &TableMeta)>)> = Vec::new();
    for (name, meta) in build.catalogue.tables() {
        let title = if meta.topic.is_empty() { "Other tables" } else { meta.topic.as_str() };
        match topics.iter_mut().find(|(known, _)| *known == title) {
            Some((_, tables)) => tables.push((name, meta)),
            None => topics.push((title, vec![(name, meta)])),
        }
    }
    let tables = build.catalogue.tables().len();
    let refused = crate::publish::read_quarantine(&build.options.out.folder.join("quarantine.csv"));
    let rows: usize = refused.iter().map(|one| one.rows).sum();
    let content = All {
        title: "Sources".to_owned(),
        lede: format!(
            "{} by release: rows of each file, ticked where the file is byte for byte the one that was read.",
            sentence(&counted(tables, "table", "tables"))
        ),
        refused: Link::to(
            counted(rows, "row was refused", "rows were refused"),
            Address::Records(RecordsPage::of(Kind::Refused, page.area)),
        ),
        topics: topics.into_iter().map(|(title, tables)| topic(title, &tables, page, &agrees)).collect(),
    };
    build.shell.page(build, "sources.html", &Frame::of("Sources", "sources", page.area.or(build.home), build), &content)
}

fn topic(title: &str, tables: &[(&String, &TableMeta)], page: &RecordsPage, agrees: &Agreeing) -> Topic {
    let mut releases: Vec<Release> = Vec::new();
    for account in tables.iter().flat_map(|(_, meta)| &meta.accounts) {
        let release = Release::new(&account.release);
        if !releases.contains(&release) {
            releases.push(release);
        }
    }
    releases.sort();
    let shown = releases.split_off(releases.len().saturating_sub(MOST));
    Topic {
        id: crate::area::fold(title).replace(' ', "-"),
        title: title.to_owned(),
        has_earlier: !releases.is_empty(),
        tables: tables.iter().map(|(name, meta)| line(name, meta, &shown, page, agrees)).collect(),
        releases: shown.iter().map(|release| release.as_str().to_owned()).collect(),
    }
}

fn line(name: &str, meta: &TableMeta, shown: &[Release], page: &RecordsPage, agrees: &Agreeing) -> Line {
    let of = |release: &Release| {
        let accounts: Vec<&AccountMeta> =
            meta.accounts.iter().filter(|account| account.release == release.as_str()).collect();
        let first = accounts.first()?;
        Some(Cell {
            rows: whole(accounts.iter().map(|account| account.rows).sum()),
            agrees: accounts.iter().all(|account| agrees.is(meta, account)),
            address: Address::File(FilePage { file: first.file.clone(), row: 1, ..FilePage::default() }).to_string(),
        })
    };
    let earlier =
        meta.accounts.iter().filter(|account| !shown.iter().any(|one| one.as_str() == account.release)).count();
    let newest = chrono::NaiveDate::parse_from_str(&meta.newest, "%Y-%m-%d").ok();
    let is_old = newest.is_some_and(|day| Age::of(day, meta.newest_of_all) == Age::Stale);
    Line {
        name: meta.title.clone(),
        address: Address::Records(RecordsPage { table: name.to_owned(), ..page.clone() }).to_string(),
        newest: newest.map_or_else(String::new, |day| day.format("%-d %B %Y").to_string()),
        is_old,
        earlier: if earlier == 0 { String::new() } else { whole(earlier) },
        cells: shown.iter().map(of).collect(),
    }
}

/// The hashes of the files as they are now.
struct Agreeing(Vec<(String, String)>);

impl Agreeing {
    /// Those of all files that tables were made of.
    fn of(build: &Build) -> Agreeing {
        let mut files: Vec<&str> = build
            .catalogue
            .tables()
            .iter()
            .flat_map(|(_, meta)| meta.accounts.iter().map(|account| account.file.as_str()))
            .collect();
        files.sort_unstable();
        files.dedup();
        let Ok(returns) = home::returns(build.options.returns.folder.as_deref()) else {
            return Agreeing(Vec::new());
        };
        let hashed = |file: &&str| Some(((*file).to_owned(), build.hash(&returns.folder, file)?));
        Agreeing(files.par_iter().filter_map(hashed).collect())
    }

    /// Whether the file of an account is the one that was read.
    fn is(&self, meta: &TableMeta, account: &AccountMeta) -> bool {
        let now = self.0.binary_search_by(|(file, _)| file.as_str().cmp(&account.file)).ok();
        now.is_some_and(|at| meta.inputs.get(&account.file) == Some(&self.0[at].1))
    }
}

/// What the page of a table is filled with.
#[derive(Serialize)]
struct Table {
    crumbs: Vec<Link>,
    title: String,
    lede: String,
    rows: Link,
    releases: Vec<Filed>,
    breaks: Vec<String>,
    checks: Vec<Check>,
    findings: Vec<Noted>,
    blocks: Vec<Block>,
    hits: Vec<Hit>,
}

/// A file that the table was made of.
#[derive(Serialize)]
struct Filed {
    release: String,
    file: Link,
    rows: String,
    loaded: String,
    left_out: Vec<String>,
    refused: String,
    hash: String,
    agrees: bool,
}

/// A finding of the table with its cell.
#[derive(Serialize)]
struct Noted {
    words: String,
    at: Link,
    help: String,
}

/// A block of the pipeline with the releases that it reads.
#[derive(Serialize)]
struct Block {
    from: String,
    releases: String,
    text: String,
}

/// One table: its files, its blocks, what was checked, its breaks, its measures.
///
/// # Errors
/// A mistake in a template.
pub fn table(build: &Build, page: &RecordsPage, meta: &TableMeta) -> Result<Response, Error> {
    let area = page.area.or(build.home);
    let folder = home::returns(build.options.returns.folder.as_deref()).map(|returns| returns.folder).ok();
    let filed = |account: &AccountMeta| {
        let hash = meta.inputs.get(&account.file).cloned().unwrap_or_default();
        let now = folder.as_ref().and_then(|folder| build.hash(folder, &account.file));
        Filed {
            release: account.release.clone(),
            file: Link::to(
                &account.file,
                Address::File(FilePage { file: account.file.clone(), row: 1, ..FilePage::default() }),
            ),
            rows: whole(account.rows),
            loaded: whole(account.loaded),
            left_out: account.left_out.iter().map(|(rule, rows)| format!("{rule}: {}", whole(*rows))).collect(),
            refused: whole(account.refused),
            agrees: now.is_some_and(|now| now == hash),
            hash,
        }
    };
    let measure =
        |(name, measure): (&String, &MeasureMeta)| hit(&Found { table: &page.table, meta, name, measure }, area);
    let pipeline = pipeline_of(&page.table, build.options.pipelines.folder.as_deref());
    let content = Table {
        crumbs: vec![Link::to("Sources", Address::Records(RecordsPage::of(Kind::Sources, page.area)))],
        title: meta.title.clone(),
        lede: format!("{} ({}).", meta.source, meta.licence),
        rows: Link::to("Look at its rows", Address::Table(TablePage::of(&page.table))),
        releases: meta.accounts.iter().rev().map(filed).collect(),
        breaks: meta.breaks.iter().map(|one| format!("From {}: {}.", one.period, one.note)).collect(),
        checks: checks::checks(pipeline.as_ref(), meta),
        findings: meta
            .findings
            .iter()
            .map(|one| Noted {
                words: format!("{}: {}", sentence(one.severity.word()), one.message),
                at: super::records::cell(build, &one.place),
                help: one.help.clone(),
            })
            .collect(),
        blocks: pipeline.as_ref().map_or_else(Vec::new, |pipeline| blocks(pipeline, meta)),
        hits: meta.measures.iter().map(measure).collect(),
    };
    build.shell.page(build, "table.html", &Frame::of(&content.title, "sources", area, build), &content)
}

/// The blocks of a pipeline, the newest first, each with the releases that it holds for.
fn blocks(pipeline: &Pipeline, meta: &TableMeta) -> Vec<Block> {
    let mut all: Vec<_> = pipeline.releases.iter().collect();
    all.sort_by(|one, other| one.from.get_ref().cmp(other.from.get_ref()));
    let block = |(at, block): (usize, &&crate::pipeline::ReleaseBlock)| {
        let next = all[at + 1..].iter().map(|other| other.from.get_ref()).find(|from| *from > block.from.get_ref());
        let fits = |release: &Release| release >= block.from.get_ref() && next.is_none_or(|next| release < next);
        let mut of: Vec<Release> = meta.accounts.iter().map(|one| Release::new(&one.release)).filter(fits).collect();
        of.sort();
        of.dedup();
        let names: Vec<&str> = of.iter().map(Release::as_str).collect();
        Block { from: block.from.get_ref().to_string(), releases: names.join(", "), text: declared(pipeline, block) }
    };
    let mut blocks: Vec<Block> = all.iter().enumerate().map(block).collect();
    blocks.reverse();
    blocks
}
