//! What a build says of itself: findings, and the rows that were refused.

use super::address::{Address, FilePage, Kind, RecordsPage};
use super::build::Build;
use super::measures::{Hit, Page, Part};
use super::request::Response;
use super::shell::{Frame, Link};
use super::sources;
use super::take::offer;
use crate::finding::{Error, Finding, Place, Severity};
use crate::publish::read_quarantine;
use crate::shown::{counted, sentence, whole};

/// The most refused rows that are listed.
const MOST: usize = 500;

/// The page that is asked for.
///
/// # Errors
/// A table of this build or of the one before cannot be read.
pub fn page(build: &Build, page: &RecordsPage) -> Result<Response, Error> {
    match (page.kind, build.catalogue.table(&page.table)) {
        (Kind::Findings, _) => findings(build, page),
        (Kind::Changes, _) => super::changes::page(build, page),
        (Kind::Refused, _) => refused(build, page),
        (Kind::Sources, Some(meta)) => sources::table(build, page, meta),
        (Kind::Sources, None) => sources::all(build, page),
    }
}

fn listed(build: &Build, page: &RecordsPage, tab: &'static str, content: &Page) -> Result<Response, Error> {
    let mut frame = Frame::of(&content.title, tab, page.area.or(build.home), build);
    let has_lines = content.parts.iter().any(|part| !part.hits.is_empty());
    if has_lines && page.kind == Kind::Findings {
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
    let refused = RecordsPage { kind: Kind::Refused, severity: None, ..page.clone() };
    let refused = Link::to("Refused rows", Address::Records(refused));
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
        links: links
            .chain(severities.map(|severity| link(Some(severity), words(severity))))
            .chain(std::iter::once(refused))
            .collect(),
        parts: shown.map(part).filter(|part| !part.hits.is_empty()).collect(),
    };
    listed(build, page, "findings", &content)
}

/// A finding: what, where, what to do; it leads to its table.
fn found(build: &Build, page: &RecordsPage, finding: &Finding) -> Hit {
    let known = build.catalogue.table(&finding.table);
    let table = known.map_or_else(String::new, |_| finding.table.clone());
    let at = RecordsPage { table, ..RecordsPage::of(Kind::Sources, page.area) };
    Hit {
        name: known.map_or("All tables", |meta| meta.title.as_str()).to_owned(),
        address: Address::Records(at).to_string(),
        words: sentence(&finding.message),
        at: cell(build, &finding.place),
        more: if finding.help.is_empty() { String::new() } else { format!("To do: {}", finding.help) },
    }
}

/// The rows that were refused, table by table.
fn refused(build: &Build, page: &RecordsPage) -> Result<Response, Error> {
    let mut all = read_quarantine(&build.options.out.folder.join("quarantine.csv"));
    all.retain(|one| page.table.is_empty() || one.finding.table == page.table);
    let rows: usize = all.iter().map(|one| one.rows).sum();
    let mut parts: Vec<Part> = Vec::new();
    for one in all.iter().take(MOST) {
        let text = if one.text.is_empty() { String::new() } else { format!(": `{}`", one.text) };
        let several = if one.rows > 1 { format!(" ({} rows)", whole(one.rows)) } else { String::new() };
        let hit = Hit {
            words: format!("{}{text}{several}", sentence(&one.finding.message)),
            ..found(build, page, &one.finding)
        };
        match parts.iter_mut().find(|part| part.id == one.finding.table) {
            Some(part) => part.hits.push(hit),
            None => parts.push(Part {
                id: one.finding.table.clone(),
                title: hit.name.clone(),
                source: String::new(),
                hits: vec![hit],
            }),
        }
    }
    let more = all.len().saturating_sub(MOST);
    let shown = if more == 0 { String::new() } else { format!(" {} more lines stand in quarantine.csv.", whole(more)) };
    let content = Page {
        title: "Refused rows".to_owned(),
        lede: match rows {
            0 => "No row was refused: every row of the files is in a table or left out by a rule that is named."
                .to_owned(),
            some => format!(
                "{}: no table has them until the file or the pipeline is put right.{shown}",
                sentence(&counted(some, "row was refused", "rows were refused"))
            ),
        },
        links: vec![Link::to("Findings", Address::Records(RecordsPage { kind: Kind::Findings, ..page.clone() }))],
        parts,
    };
    listed(build, page, "findings", &content)
}

/// A cell with the address of the sheet round it; without an address where no table was made of the file.
pub(super) fn cell(build: &Build, place: &Place) -> Link {
    let known = build.catalogue.tables().iter().flat_map(|(_, meta)| &meta.accounts);
    let is_known = known.map(|account| &account.file).any(|file| *file == place.file);
    match is_known {
        true => Link::to(place.to_string(), Address::File(FilePage::at(place))),
        false => Link::to(place.to_string(), ""),
    }
}
