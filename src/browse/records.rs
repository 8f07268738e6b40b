//! What a build says of itself: findings, and the files that its tables were made of.

use serde::Serialize;

use super::address::{Address, Kind, RecordsPage};
use super::build::Build;
use super::measures::{Hit, Page, Part, hit};
use super::request::Response;
use super::shell::{Frame, Link};
use super::take::offer;
use crate::finding::{Error, Finding, Severity};
use crate::publish::{AccountMeta, MeasureMeta, TableMeta};
use crate::shown::{counted, sentence, whole};
use crate::store::Found;

/// The page that is asked for.
///
/// # Errors
/// A table of this build or of the one before cannot be read.
pub fn page(build: &Build, page: &RecordsPage) -> Result<Response, Error> {
    match (page.kind, build.catalogue.table(&page.table)) {
        (Kind::Findings, _) => findings(build, page),
        (Kind::Changes, _) => super::changes::page(build, page),
        (Kind::Sources, Some(meta)) => table(build, page, meta),
        (Kind::Sources, None) => sources(build, page),
    }
}

fn listed(build: &Build, page: &RecordsPage, tab: &'static str, content: &Page) -> Result<Response, Error> {
    let mut frame = Frame::of(&content.title, tab, page.area.or(build.home), build);
    let has_lines = content.parts.iter().any(|part| !part.hits.is_empty());
    if has_lines && page.kind != Kind::Sources {
        frame.offer = Some(offer(build, &Address::Records(page.clone()))?);
    }
    build.shell.page(build, "measures.html", &frame, content)
}

/// What was found when the tables were made, the worst first.
fn findings(build: &Build, page: &RecordsPage) -> Result<Response, Error> {
    let mut all = build.findings.clone();
    all.retain(|finding| page.table.is_empty() || finding.table == page.table);
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let count = |severity| all.iter().filter(|finding| finding.severity == severity).count();
    let link = |severity: Option<Severity>, name: String| {
        let other = RecordsPage { severity, ..page.clone() };
        Link::to(name, Address::Records(other)).here(severity == page.severity)
    };
    let words = |severity: Severity| format!("{} ({})", sentence(severity.word()), count(severity));
    let links = std::iter::once(link(None, format!("All ({})", all.len())));
    let part = |severity: Severity| {
        let of = all.iter().filter(|finding| finding.severity == severity);
        let hits: Vec<Hit> = of.map(|finding| found(build, page, finding)).collect();
        let title = match severity {
            Severity::Error => "Errors: the table was not made anew",
            Severity::Warning => "Warnings: look before the figures go to a board",
            Severity::Note => "Notes",
        };
        Part { id: severity.word().to_owned(), title: title.to_owned(), source: String::new(), hits }
    };
    let shown = severities.into_iter().filter(|severity| page.severity.is_none_or(|wanted| wanted == *severity));
    let content = Page {
        title: "Findings".to_owned(),
        lede: match all.is_empty() {
            true => "Nothing was found: every declared check holds.".to_owned(),
            false => format!("{} when the tables were made.", sentence(&counted(all.len(), "finding", "findings"))),
        },
        links: links.chain(severities.map(|severity| link(Some(severity), words(severity)))).collect(),
        parts: shown.map(part).filter(|part| !part.hits.is_empty()).collect(),
    };
    listed(build, page, "findings", &content)
}

/// A finding: what, where, what to do; it leads to its table.
fn found(build: &Build, page: &RecordsPage, finding: &Finding) -> Hit {
    let known = build.catalogue.table(&finding.table);
    let table = known.map_or_else(String::new, |_| finding.table.clone());
    let at = RecordsPage { table, ..RecordsPage::of(Kind::Sources, page.area) };
    let place = finding.place.to_string();
    Hit {
        name: known.map_or("All tables", |meta| meta.title.as_str()).to_owned(),
        address: Address::Records(at).to_string(),
        words: format!(
            "{}{}",
            sentence(&finding.message),
            if place.is_empty() { String::new() } else { format!(" ({place})") }
        ),
        more: if finding.help.is_empty() { String::new() } else { format!("To do: {}", finding.help) },
    }
}

/// Every table with its releases, by topic.
fn sources(build: &Build, page: &RecordsPage) -> Result<Response, Error> {
    let mut parts: Vec<Part> = Vec::new();
    for (name, meta) in build.catalogue.tables() {
        let title = if meta.topic.is_empty() { "Other tables" } else { meta.topic.as_str() };
        let newest = meta.accounts.last().map_or("", |account| account.release.as_str());
        let observations: usize = meta.accounts.iter().map(|account| account.observations).sum();
        let hit = Hit {
            name: meta.title.clone(),
            address: Address::Records(RecordsPage { table: name.clone(), ..page.clone() }).to_string(),
            words: format!(
                "{}, the newest {newest}; {} figures",
                counted(meta.accounts.len(), "release", "releases"),
                whole(observations)
            ),
            more: meta.source.clone(),
        };
        match parts.iter_mut().find(|part| part.title == title) {
            Some(part) => part.hits.push(hit),
            None => parts.push(Part {
                id: crate::area::fold(title).replace(' ', "-"),
                title: title.to_owned(),
                source: String::new(),
                hits: vec![hit],
            }),
        }
    }
    let tables = build.catalogue.tables().len();
    let lede = format!("{}, each with its releases, files and hashes.", sentence(&counted(tables, "table", "tables")));
    listed(build, page, "sources", &Page { title: "Sources".to_owned(), lede, links: Vec::new(), parts })
}

/// What the page of a table is filled with.
#[derive(Serialize)]
struct Table {
    title: String,
    lede: String,
    releases: Vec<Release>,
    breaks: Vec<String>,
    findings: Vec<String>,
    hits: Vec<Hit>,
}

/// A file that the table was made of.
#[derive(Serialize)]
struct Release {
    release: String,
    file: String,
    rows: String,
    loaded: String,
    left_out: Vec<String>,
    refused: String,
    hash: String,
}

/// One table: its files, its breaks, what was found, its measures.
fn table(build: &Build, page: &RecordsPage, meta: &TableMeta) -> Result<Response, Error> {
    let area = page.area.or(build.home);
    let release = |account: &AccountMeta| Release {
        release: account.release.clone(),
        file: account.file.clone(),
        rows: whole(account.rows),
        loaded: whole(account.loaded),
        left_out: account.left_out.iter().map(|(rule, rows)| format!("{rule}: {}", whole(*rows))).collect(),
        refused: whole(account.refused),
        hash: meta.inputs.get(&account.file).cloned().unwrap_or_default(),
    };
    let measure =
        |(name, measure): (&String, &MeasureMeta)| hit(&Found { table: &page.table, meta, name, measure }, area);
    let content = Table {
        title: meta.title.clone(),
        lede: format!("{} ({}).", meta.source, meta.licence),
        releases: meta.accounts.iter().rev().map(release).collect(),
        breaks: meta.breaks.iter().map(|one| format!("From {}: {}.", one.period, one.note)).collect(),
        findings: meta
            .findings
            .iter()
            .map(|one| format!("{}: {}", sentence(one.severity.word()), one.message))
            .collect(),
        hits: meta.measures.iter().map(measure).collect(),
    };
    build.shell.page(build, "table.html", &Frame::of(&content.title, "sources", area, build), &content)
}
