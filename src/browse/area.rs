//! The page of an area: every headline measure by topic, what to look at first on top.
//!
//! In: a build, an address. Out: the page. Figures, verdicts and words are those of readings; the order of what to look at
//! first is the score by which papers choose their messages.

mod drawn;
mod file;
mod row;
mod side;
mod summary;

use rayon::prelude::*;
use serde::Serialize;

use super::address::{Address, AreaPage, Order, Show, Who};
use super::build::Build;
use super::picker;
use super::request::Response;
use super::shell::{Frame, Link};
use super::take::{Taken, offer};
use super::verdict::Verdict;
use super::wrong::Wrong;
use crate::area::{Authority, LaCode};
use crate::comparator::{Average, Comparator};
use crate::finding::Error;
use crate::reading::words;
use crate::shown::{counted, whole};
use crate::store::Found;
pub(super) use row::Shown;
use row::{Context, Row};
use summary::{Say, Tile};

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    name: String,
    lede: String,
    /// Those who took over its area.
    after: Vec<Link>,
    /// Those whose area it took over.
    before: Vec<Link>,
    sides: Vec<String>,
    large_sides: Vec<String>,
    count: String,
    tiles: Vec<Tile>,
    tested: String,
    first: Vec<Say>,
    well: Vec<Say>,
    orders: Vec<Link>,
    shows: Vec<Link>,
    topics: Vec<Topic>,
    large: Vec<Row>,
    empty: String,
    by_topic: Vec<Link>,
    whole: String,
    how: Vec<String>,
    copy: String,
}

#[derive(Serialize)]
struct Topic {
    id: String,
    title: String,
    rows: Vec<Row>,
}

/// The page of an area.
///
/// # Errors
/// A table cannot be read.
pub fn page(build: &Build, address: &AreaPage) -> Result<Response, Error> {
    match &address.who {
        Who::Authority(code) => authority(build, address, *code),
        Who::Region(code) => super::region::page(build, code, address.show, &address.topic),
    }
}

/// The rows of the page as a table to keep, in the order of the page.
///
/// # Errors
/// A table cannot be read.
pub fn taken(build: &Build, address: &AreaPage) -> Result<Result<Taken, Wrong>, Error> {
    let Who::Authority(code) = address.who else {
        let wrong = Wrong::gone("a region's page has no table", "open the page of an authority");
        return Ok(Err(wrong.link("the region", Address::Area(address.clone()))));
    };
    let beside = Comparator::parse_all(&address.beside, &build.register)?;
    let context = Context { build, code, beside: &beside, average: address.average };
    let (large, judged): (Vec<Row>, Vec<Row>) = rows(build, address, &context)?.into_iter().partition(Row::is_amount);
    let large = large.into_iter().filter(|_| is_plain(address));
    let shown = judged.into_iter().filter(|row| row.shows(address.show)).collect();
    let rows: Vec<Row> = topics(shown, address.order).into_iter().flat_map(|topic| topic.rows).chain(large).collect();
    let who = build.register.newest(code).map_or("", |authority| authority.name.as_str());
    let title = format!("{who}: measures with their latest figures");
    Ok(Ok(Taken {
        about: format!("{who} measures {}", address.topic),
        said: format!("shown: {} of {} measures", whole(rows.len()), whole(build.measures().count())),
        notes: std::iter::once(VERDICTS.to_owned())
            .chain(context.neighbours_words())
            .chain(sources(build, address))
            .collect(),
        tables: vec![file::table(&title, &context.sides(), &rows)],
        title,
    }))
}

/// Where the figures of the page were published, each publication once.
fn sources(build: &Build, address: &AreaPage) -> Vec<String> {
    let mut sources: Vec<String> = measures(build, address).iter().map(|found| found.meta.source.clone()).collect();
    sources.sort();
    sources.dedup();
    sources
}

/// The measures that the page may show.
pub fn measures<'b>(build: &'b Build, address: &AreaPage) -> Vec<Found<'b>> {
    build
        .measures()
        .filter(|found| (address.show == Show::All && !address.topic.is_empty()) || found.measure.headline)
        .filter(|found| address.topic.is_empty() || found.meta.topic == address.topic)
        .collect()
}

/// The latest figure of a measure and what it is beside England's, for a list.
#[derive(Serialize)]
pub struct Latest {
    period: String,
    figure: Shown,
    /// What it lacks, or what it is beside England's.
    verdict: Option<Verdict>,
}

/// The latest figure of an authority.
///
/// # Errors
/// The table cannot be read.
pub fn latest(build: &Build, found: &Found<'_>, code: LaCode) -> Result<Latest, Error> {
    let row = Context { build, code, beside: &[], average: Average::default() }.row(found)?;
    let told = row.reading.level.value().and_then(|_| row.reading.england());
    let verdict = told.map(|england| words::tag(england.verdict).into());
    Ok(Latest { period: row.period, figure: row.own, verdict })
}

/// Whether the page also says how large the place is.
fn is_plain(address: &AreaPage) -> bool {
    matches!(address.show, Show::Headline | Show::All)
}

/// The rows of the measures that the page may show, in their order.
fn rows(build: &Build, address: &AreaPage, context: &Context<'_>) -> Result<Vec<Row>, Error> {
    rows_of(&measures(build, address), context)
}

/// The rows of measures, in their order.
fn rows_of(wanted: &[Found<'_>], context: &Context<'_>) -> Result<Vec<Row>, Error> {
    let mut rows = wanted.par_iter().map(|found| context.row(found)).collect::<Result<Vec<Row>, Error>>()?;
    rows.sort_by_key(Row::declared);
    Ok(rows)
}

fn authority(build: &Build, address: &AreaPage, code: LaCode) -> Result<Response, Error> {
    let Some(authority) = build.register.newest(code) else {
        return Err(Error::usage(format!("there is no authority {code}"), "choose one from the list"));
    };
    let beside = Comparator::parse_all(&address.beside, &build.register)?;
    let context = Context { build, code, beside: &beside, average: address.average };
    let rows = rows(build, address, &context)?;
    let page = filled(address, authority, &context, rows, build);
    let mut frame = Frame::of(&authority.name, "area", Some(code), build);
    frame.beside = picker::beside(&address.beside, code, address.average, &build.register)?;
    frame.has_strips = true;
    frame.offer = Some(offer(build, &Address::Area(address.clone()))?);
    frame.picker = Some(picker::picker(&Address::Area(address.clone()), Some(code), build));
    build.shell.page(build, "area.html", &frame, &page)
}

/// What the page says of these measures between head and foot.
///
/// # Errors
/// A table cannot be read.
pub fn main(build: &Build, authority: &Authority, measures: &[Found<'_>]) -> Result<String, Error> {
    let address = AreaPage::of(Who::Authority(authority.code));
    let beside = Comparator::parse_all(&address.beside, &build.register)?;
    let context = Context { build, code: authority.code, beside: &beside, average: address.average };
    let page = filled(&address, authority, &context, rows_of(measures, &context)?, build);
    build.shell.main("area.html", &Frame::of(&authority.name, "area", Some(authority.code), build), &page)
}

fn filled(address: &AreaPage, authority: &Authority, context: &Context<'_>, rows: Vec<Row>, build: &Build) -> Page {
    let (large, judged): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(Row::is_amount);
    let (tiles, tested) = summary::tiles(&judged, address);
    let (first, well) = summary::first(&judged);
    let count = counted(judged.len(), "measure", "measures");
    let shown: Vec<Row> = judged.into_iter().filter(|row| row.shows(address.show)).collect();
    // Hundreds of measures on one page are read by nobody: all of them are shown topic by topic.
    let by_topic =
        if address.show == Show::All && address.topic.is_empty() { by_topic(build, address) } else { Vec::new() };
    let empty = match (shown.is_empty(), by_topic.is_empty()) {
        (_, false) => "All measures are shown topic by topic.",
        (true, _) => "No measure is of this kind.",
        (false, _) => "",
    };
    let topics = if by_topic.is_empty() { topics(shown, address.order) } else { Vec::new() };
    Page {
        name: authority.name.clone(),
        lede: lede(authority, build),
        after: after(authority, build),
        before: before(authority, build),
        sides: context.sides(),
        large_sides: context.sides().iter().map(|side| crate::shown::sentence(side)).collect(),
        count,
        tiles,
        tested,
        first,
        well,
        orders: orders(address),
        shows: shows(address),
        topics,
        empty: empty.to_owned(),
        large: if is_plain(address) && by_topic.is_empty() { large } else { Vec::new() },
        by_topic,
        whole: Address::Area(AreaPage { topic: String::new(), ..address.showing(Show::Headline) }).to_string(),
        how: how(context),
        copy: Address::Copy { area: authority.code, measures: String::new() }.to_string(),
    }
}

/// Rows by topic: the topics that matter most first, and those of no topic last.
fn topics(rows: Vec<Row>, order: Order) -> Vec<Topic> {
    let mut topics: Vec<(u32, String, Vec<Row>)> = Vec::new();
    for row in rows {
        let title = if row.topic.is_empty() { "Other measures" } else { row.topic.as_str() };
        match topics.iter_mut().find(|(_, known, _)| known == title) {
            Some((weight, _, rows)) => {
                *weight += u32::from(row.importance());
                rows.push(row);
            }
            None => topics.push((u32::from(row.importance()), title.to_owned(), vec![row])),
        }
    }
    topics.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let topic = |(_, title, mut rows): (u32, String, Vec<Row>)| {
        match order {
            Order::Declared => {}
            Order::Worst => rows.sort_by(|one, other| one.standing().total_cmp(&other.standing())),
            Order::Change => rows.sort_by(|one, other| other.moved_far().total_cmp(&one.moved_far())),
        }
        Topic { id: crate::area::fold(&title).replace(' ', "-"), title, rows }
    };
    topics.into_iter().map(topic).collect()
}

/// Who it is, in a sentence or two.
fn lede(authority: &Authority, build: &Build) -> String {
    let region = build.register.region(&authority.region).map_or("", |region| region.name.as_str());
    let mut lede = format!("Local authority {}, {}", authority.code, region);
    if !authority.kind.is_empty() {
        lede = format!("{lede} ({})", authority.kind.to_lowercase());
    }
    lede.push('.');
    if let Some(opened) = authority.opened {
        lede = format!("{lede} Opened on {}.", opened.format("%-d %B %Y"));
    }
    if let Some(closed) = authority.closed {
        lede = format!("{lede} Closed on {}: its figures end there.", closed.format("%-d %B %Y"));
    }
    lede
}

/// Those who took over its area.
fn after(authority: &Authority, build: &Build) -> Vec<Link> {
    authority.successors.iter().filter_map(|code| place(build, *code)).collect()
}

/// Those whose area it took over.
fn before(authority: &Authority, build: &Build) -> Vec<Link> {
    let before = build.register.authorities().iter().filter(|other| other.successors.contains(&authority.code));
    before.filter_map(|other| place(build, other.code)).collect()
}

fn place(build: &Build, code: LaCode) -> Option<Link> {
    build.register.newest(code).map(|other| Link::to(&other.name, Address::area(code)))
}

/// The topics with all their measures.
fn by_topic(build: &Build, address: &AreaPage) -> Vec<Link> {
    let mut topics: Vec<(&str, usize)> = Vec::new();
    for topic in build.measures().map(|found| found.meta.topic.as_str()).filter(|topic| !topic.is_empty()) {
        match topics.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, count)) => *count += 1,
            None => topics.push((topic, 1)),
        }
    }
    topics.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let link = |(topic, count): (&str, usize)| {
        let page = AreaPage { topic: topic.to_owned(), ..address.clone() };
        Link::to(format!("{topic} ({})", counted(count, "measure", "measures")), Address::Area(page))
    };
    topics.into_iter().map(link).collect()
}

fn orders(address: &AreaPage) -> Vec<Link> {
    let all =
        [(Order::Declared, "as declared"), (Order::Worst, "worst first"), (Order::Change, "largest change first")];
    let link = |(order, name): (Order, &str)| {
        Link::to(name, Address::Area(address.ordered(order))).here(order == address.order)
    };
    all.into_iter().map(link).collect()
}

fn shows(address: &AreaPage) -> Vec<Link> {
    let all =
        [(Show::Headline, "headline measures"), (Show::All, "all"), (Show::Differs, "only what differs from England")];
    let link =
        |(show, name): (Show, &str)| Link::to(name, Address::Area(address.showing(show))).here(show == address.show);
    all.into_iter().map(link).collect()
}

/// How verdicts are read.
const VERDICTS: &str = "Better, worse, higher and lower only where the difference is beyond chance (95%). Not compared: the publisher gives \
    the rate without the counts it is made of, the cases are too few, or a check doubts the figure.";

/// How strips, lines and words are read.
fn how(context: &Context<'_>) -> Vec<String> {
    let mut how = vec![
        "Each strip has every local authority that was open at the end of the period, longer where several share a figure, with the \
         better side to the right; where neither is better, higher is to the right. Figures beyond 2.2 times the width of the \
         middle half are drawn at the edge and counted."
            .to_owned(),
        "Small lines have each their own scale: the authority solid, England dashed; an upright dashed line is a break in the \
         series, and nothing is joined across it."
            .to_owned(),
        VERDICTS.to_owned(),
    ];
    how.extend(context.neighbours_words());
    how
}

/// What a figure is shown as, with where it leads.
pub(super) fn shown(text: impl Into<String>, id: &str) -> Shown {
    let address = if id.is_empty() { String::new() } else { Address::figure(id).to_string() };
    Shown { shown: text.into(), address }
}
