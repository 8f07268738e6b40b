//! Where to look closer: the walk over all authorities, the best of the neighbours and since when, the other measures of the table.

use serde::Serialize;

use crate::area::LaCode;
use crate::browse::address::{Address, Kind, MeasurePage, RecordsPage};
use crate::browse::build::Build;
use crate::browse::shell::Link;
use crate::chart::data::order;
use crate::comparator::Comparator;
use crate::finding::{Finding, Severity};
use crate::pipeline::Polarity;
use crate::schema::TOTAL;
use crate::shown::{sentence, small, whole};
use crate::sidebyside::{Line, SideBySide};
use crate::store::{Compared, Found, subject};

/// The most of the best that are named.
const BEST: usize = 3;
/// The most findings that are told on the page of a measure.
const FINDINGS: usize = 3;
/// The most other measures that are named.
const OTHERS: usize = 8;

/// One authority of all, with those before and after it.
#[derive(Serialize)]
pub struct Walk {
    before: Option<Link>,
    name: String,
    after: Option<Link>,
}

/// One of the best, and when it was first.
#[derive(Serialize)]
pub struct Best {
    name: String,
    address: String,
    words: String,
}

/// The walk over all authorities in the order of the picture.
pub fn walk(build: &Build, page: &MeasurePage, own: LaCode, found: &Found<'_>, told: &SideBySide) -> Option<Walk> {
    if told.about.0 != TOTAL {
        return None;
    }
    let frame = build.compared(found).ok()?;
    let compared = Compared::of(&frame).ok()?;
    let slice = compared.whole(*found);
    let shown = told.periods.last()?;
    let when = slice.periods().iter().rfind(|when| when.label() == *shown)?;
    let open = |code: LaCode| build.register.at(code, when.day()).is_some();
    let mut all: Vec<(LaCode, &str, f64)> = slice
        .at(*when)
        .into_iter()
        .filter(|(code, _, seen)| open(*code) && !seen.is_doubted())
        .filter_map(|(code, name, seen)| Some((code, name, seen.value?)))
        .collect();
    all.sort_by(|one, other| order(&told.reading.measure, one.2, other.2).then(one.1.cmp(other.1)));
    let focus = page.focus.unwrap_or(own);
    let at = all.iter().position(|(code, ..)| *code == focus)?;
    let words = |at: usize| {
        let (code, name, value) = all.get(at)?;
        let name = build.register.newest(*code).map_or(*name, |authority| authority.name.as_str());
        Some((*code, format!("{}. {name} {}", whole(at + 1), told.reading.measure.shown(*value))))
    };
    let link = |at: Option<usize>| {
        let (code, words) = words(at?)?;
        let focus = Some(code).filter(|code| *code != own);
        Some(Link::to(words, Address::Measure(MeasurePage { focus, ..page.clone() })))
    };
    Some(Walk { before: link(at.checked_sub(1)), name: words(at)?.1, after: link(Some(at + 1)) })
}

/// The best of the neighbours in the latest period, and since when each is first; with the heading.
pub fn best(told: &SideBySide, found: &Found<'_>) -> (Vec<Best>, String) {
    let polarity = subject(found.measure).polarity;
    let named = |line: &&Line| line.ranged.is_empty() && matches!(line.comparator, Some(Comparator::Authority(_)));
    let lines: Vec<&Line> = told.lines.iter().filter(named).collect();
    let value =
        |line: &Line, at: usize| line.figures.get(at).and_then(|(seen, _)| seen.value.filter(|_| !seen.is_doubted()));
    let Some(last) = told.periods.len().checked_sub(1).filter(|_| polarity != Polarity::None && lines.len() > 1) else {
        return (Vec::new(), String::new());
    };
    let better =
        |one: f64, other: f64| if polarity == Polarity::High { other.total_cmp(&one) } else { one.total_cmp(&other) };
    let first = |at: usize| {
        let known = lines.iter().filter_map(|line| Some((line.code, value(line, at)?)));
        known.min_by(|one, other| better(one.1, other.1)).and_then(|(code, _)| code)
    };
    let mut sorted: Vec<(&&Line, f64)> = lines.iter().filter_map(|line| Some((line, value(line, last)?))).collect();
    sorted.sort_by(|one, other| better(one.1, other.1));
    let one = |(line, latest): &(&&Line, f64)| {
        let since = (0..=last).rev().take_while(|at| first(*at) == line.code).last();
        let shown = told.reading.measure.shown(*latest);
        let words = match since {
            Some(0) => format!("{shown}, first in every period shown"),
            Some(at) if at < last => format!("{shown}, first since {}", told.periods[at]),
            Some(_) => format!("{shown}, first in {}", told.periods[last]),
            None => shown,
        };
        let address = line.code.map(|code| Address::measure(found.table, found.name, Some(code)).to_string());
        Best { name: line.name.clone(), address: address.unwrap_or_default(), words }
    };
    (
        sorted.iter().take(BEST).map(one).collect(),
        format!("Best of the {} beside it, and since when", small(lines.len())),
    )
}

/// The other measures of the table, those of the same matter first.
pub fn others(found: &Found<'_>, own: LaCode) -> Vec<Link> {
    let mut others: Vec<_> = found.meta.measures.iter().filter(|(name, _)| *name != found.name).collect();
    others.sort_by_key(|(_, measure)| measure.topic != found.measure.topic);
    let link = |(name, measure): (&String, &crate::publish::MeasureMeta)| {
        Link::to(&measure.label, Address::measure(found.table, name, Some(own)))
    };
    others.into_iter().take(OTHERS).map(link).collect()
}

/// The first of what was found in the files of a measure's table, the worst first.
pub fn findings(found: &Found<'_>) -> Vec<String> {
    let mut all: Vec<&Finding> = found.meta.findings.iter().collect();
    all.sort_by_key(|finding| match finding.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    });
    let line = |finding: &&Finding| format!("{}: {}", sentence(finding.severity.word()), finding.message);
    all.iter().take(FINDINGS).map(line).collect()
}

/// The way to what a build says of a measure's table.
pub fn records(kind: Kind, words: &str, found: &Found<'_>, code: LaCode) -> Link {
    let page = RecordsPage { table: found.table.to_owned(), ..RecordsPage::of(kind, Some(code)) };
    Link::to(words, Address::Records(page))
}
