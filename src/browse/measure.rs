//! The page of a measure: the answer before any picture, two pictures, the table side by side, and where to look closer.
//!
//! In: a build, an address. Out: the page. Figures and verdicts are those of `compare`, pictures those of `chart`.

mod answer;
mod closer;
mod file;
mod table;

use serde::Serialize;

use super::address::{Address, Kind, MeasurePage, VIEWS, View};
use super::build::Build;
use super::measures::{Hit, Page as List, Part};
use super::picker;
use super::picture::{self, Shown};
use super::request::Response;
use super::shell::{Choice, Frame, Link};
use super::take::{Taken, offer};
use super::wrong::Wrong;
use crate::area::LaCode;
use crate::chart::Picture;
use crate::finding::Error;
use crate::reading::words;
use crate::report::ChartKind;
use crate::schema::TOTAL;
use crate::sidebyside::{self, Compare, SideBySide, side_by_side};
use crate::store::{Found, measure};

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    crumbs: Vec<Link>,
    label: String,
    definition: String,
    action: String,
    kept: Vec<(&'static str, String)>,
    periods: Vec<Choice>,
    groups: Vec<Groups>,
    views: Vec<Choice>,
    answer: answer::Answer,
    pictures: Vec<Shown>,
    walk: Option<closer::Walk>,
    table: table::MeasureTable,
    best: Vec<closer::Best>,
    best_of: String,
    others: Vec<Link>,
    topics: Vec<Link>,
    notes: Vec<String>,
    /// What was found in the files of its table.
    found: Vec<String>,
    found_in: Link,
    /// The way to what changed in its table; none where there is no build before this one.
    changed: Option<Link>,
}

/// The groups of a topic.
#[derive(Serialize)]
struct Groups {
    title: String,
    parts: Vec<Choice>,
}

/// The page of a measure; or what is wrong with the period or the group that was asked for.
///
/// # Errors
/// A table cannot be read.
pub fn page(build: &Build, page: &MeasurePage) -> Result<Result<Response, Wrong>, Error> {
    let found = build.catalogue.measure(&format!("{}/{}", page.table, page.measure))?;
    let Some(code) = page.area.or(build.home) else { return super::home::ask(build, page).map(Ok) };
    let frame = build.observed(&found)?;
    let groups = sidebyside::breakdowns(&frame)?;
    let told = match side_by_side(&options(page, &found, code), &found, &frame, &build.catalogue, &build.register) {
        Ok(told) => told,
        Err(_) if page.breakdown.is_empty() && !groups.is_empty() && has_no_whole(&groups, &found) => {
            return which(build, page, code, &found, &groups).map(Ok);
        }
        Err(error) => return Ok(Err(astray(page, &groups, Wrong::said(&error)))),
    };
    let filled = filled(build, page, code, &found, &groups, told);
    let mut shell = Frame::of(&found.measure.label, "measures", Some(code), build);
    shell.beside = picker::beside(&page.beside, code, page.average, &build.register)?;
    shell.offer = Some(offer(build, &Address::Measure(MeasurePage { area: Some(code), ..page.clone() }))?);
    shell.chips = picker::chips(page, code, build);
    shell.picker = Some(picker::picker(&Address::Measure(page.clone()), Some(code), build));
    build.shell.page(build, "measure.html", &shell, &filled).map(Ok)
}

/// What the page of a measure as a whole says between head and foot, or why it cannot be said.
///
/// # Errors
/// A table cannot be read.
pub fn main(build: &Build, found: &Found<'_>, code: LaCode) -> Result<String, Error> {
    let page = MeasurePage { area: Some(code), ..MeasurePage::of(found.table, found.name) };
    let frame = build.observed(found)?;
    let groups = sidebyside::breakdowns(&frame)?;
    let shell = Frame::of(&found.measure.label, "measures", Some(code), build);
    let lede = match side_by_side(&options(&page, found, code), found, &frame, &build.catalogue, &build.register) {
        Ok(told) => {
            let filled = filled(build, &page, code, found, &groups, told);
            return build.shell.main("measure.html", &shell, &filled);
        }
        Err(_) if has_no_whole(&groups, found) => "The publisher gives this measure by group alone.".to_owned(),
        Err(error) => crate::shown::stop(&crate::shown::sentence(&Wrong::said(&error).message)),
    };
    let title = found.measure.label.clone();
    build.shell.main("measures.html", &shell, &List { title, lede, links: Vec::new(), parts: Vec::new() })
}

/// The table of the page as `compare` writes it, in the order of the page.
///
/// # Errors
/// A table cannot be read.
pub fn taken(build: &Build, page: &MeasurePage) -> Result<Result<Taken, Wrong>, Error> {
    let (found, code) = match asked(build, page)? {
        Ok(asked) => asked,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let frame = build.observed(&found)?;
    match sidebyside::kept(&options(page, &found, code), &found, &frame, &build.catalogue, &build.register) {
        Ok((told, sheet)) => file::taken(build, code, &found, &frame, (told, sheet)).map(Ok),
        Err(error) => Ok(Err(astray(page, &sidebyside::breakdowns(&frame)?, Wrong::said(&error)))),
    }
}

/// What is said of pictures, and each with its kind; or why there is none.
type Pictures = (Taken, Vec<(&'static str, Result<Picture, Error>)>);

/// The pictures of the page as their files are, each with its kind, and what is said of them; those of every view, where `all`.
///
/// # Errors
/// A table cannot be read.
pub fn drawn(build: &Build, page: &MeasurePage, all: bool) -> Result<Result<Pictures, Wrong>, Error> {
    let taken = match taken(build, page)? {
        Ok(taken) => taken,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let Some(code) = page.area.or(build.home) else { return Ok(Ok((taken, Vec::new()))) };
    let found = build.catalogue.measure(&format!("{}/{}", page.table, page.measure))?;
    let groups = sidebyside::breakdowns(&*build.observed(&found)?)?;
    let mut pictures = Vec::new();
    for (_, view) in VIEWS.into_iter().filter(|(_, view)| all || *view == page.view) {
        let topics: Vec<&str> =
            groups.iter().map(|(topic, _)| topic.as_str()).filter(|topic| *topic != TOTAL).collect();
        let breakdown = match view {
            View::Groups if page.breakdown.is_empty() => topics.first().copied().unwrap_or_default(),
            View::Groups => page.breakdown.split('=').next().unwrap_or_default(),
            _ => &page.breakdown,
        };
        let made = |&kind: &ChartKind| (kind.word(), picture::kept(build, page, code, kind, breakdown));
        pictures.extend(kinds(view).iter().map(made));
    }
    Ok(Ok((taken, pictures)))
}

/// The measure and the authority of a page.
fn asked<'b>(build: &'b Build, page: &MeasurePage) -> Result<Result<(Found<'b>, LaCode), Wrong>, Error> {
    let found = build.catalogue.measure(&format!("{}/{}", page.table, page.measure))?;
    Ok(page.area.or(build.home).map(|code| (found, code)).ok_or_else(|| {
        let wrong = Wrong::value("the address does not say for whom", "add `area=` and a code");
        wrong.link("the measure", Address::Measure(page.clone()))
    }))
}

/// What `compare` is asked for.
fn options(page: &MeasurePage, found: &Found<'_>, code: LaCode) -> Compare {
    let text = |text: &String| (!text.is_empty()).then(|| text.clone());
    Compare {
        with: page.beside.clone(),
        average: page.average,
        each: page.each,
        counts: true,
        period: text(&page.period),
        breakdown: text(&page.breakdown),
        minimum_denominator: page.least(),
        ..Compare::of(found, code)
    }
}

/// Whether a measure is given by group alone, and no group is declared to stand for it.
fn has_no_whole(groups: &[(String, String)], found: &Found<'_>) -> bool {
    found.measure.breakdown.is_empty() && groups.len() > 1 && !groups.iter().any(|(topic, _)| topic == TOTAL)
}

/// The groups of a measure that is given by group alone.
fn which(
    build: &Build,
    page: &MeasurePage,
    code: LaCode,
    found: &Found<'_>,
    groups: &[(String, String)],
) -> Result<Response, Error> {
    let mut parts: Vec<Part> = Vec::new();
    for group in groups {
        let address = MeasurePage { breakdown: written(group), area: Some(code), ..page.clone() };
        let hit = Hit { name: group.1.clone(), address: Address::Measure(address).to_string(), ..Hit::default() };
        match parts.iter_mut().find(|part| part.title == group.0) {
            Some(part) => part.hits.push(hit),
            None => parts.push(Part {
                id: crate::area::fold(&group.0).replace(' ', "-"),
                title: group.0.clone(),
                source: String::new(),
                hits: vec![hit],
            }),
        }
    }
    let page = List {
        title: found.measure.label.clone(),
        lede: "The publisher gives this measure by group alone: choose one.".to_owned(),
        links: Vec::new(),
        parts,
    };
    build.shell.page(build, "measures.html", &Frame::of(&page.title, "measures", Some(code), build), &page)
}

/// The nearest addresses that work where a period or a group does not exist.
fn astray(page: &MeasurePage, groups: &[(String, String)], wrong: Wrong) -> Wrong {
    let plain = MeasurePage { period: String::new(), breakdown: String::new(), ..page.clone() };
    let known = |text: &str| groups.iter().any(|group| written(group) == text);
    let mut wrong = wrong;
    if known(&page.breakdown) {
        let latest = MeasurePage { period: String::new(), ..page.clone() };
        wrong = wrong.link("the latest period of this group", Address::Measure(latest));
    }
    if known(&format!("{TOTAL}={TOTAL}")) {
        return wrong.link("the measure as a whole", Address::Measure(plain));
    }
    groups.iter().take(8).fold(wrong, |wrong, group| {
        let address = MeasurePage { breakdown: written(group), ..plain.clone() };
        wrong.link(format!("{}: {}", group.0, group.1), Address::Measure(address))
    })
}

/// A topic and breakdown as an address has them.
fn written((topic, part): &(String, String)) -> String {
    format!("{topic}={part}")
}

fn filled(
    build: &Build,
    page: &MeasurePage,
    code: LaCode,
    found: &Found<'_>,
    groups: &[(String, String)],
    told: SideBySide,
) -> Page {
    let who = build.register.newest(code).map_or("", |authority| authority.name.as_str());
    let topics = topics(groups, &told);
    let (best, best_of) = closer::best(&told, found);
    Page {
        crumbs: crumbs(page, code, who, found),
        label: told.reading.measure.label.clone(),
        definition: definition(found),
        action: Address::measure(&page.table, &page.measure, None).to_string(),
        kept: super::address::kept(&MeasurePage { area: Some(code), ..page.clone() }),
        periods: periods(page, &told),
        groups: choices(page, groups, &told),
        views: VIEWS
            .map(|(word, view)| Choice {
                word: word.to_owned(),
                name: view_name(view).to_owned(),
                chosen: view == page.view,
            })
            .into(),
        pictures: pictures(build, page, code, &told, &topics),
        walk: closer::walk(build, page, code, found, &told),
        answer: answer::answer(&told, who, page.average),
        table: table::side(&told, page, code),
        best,
        best_of,
        others: closer::others(found, code),
        topics: topics
            .iter()
            .map(|topic| {
                let address = MeasurePage {
                    view: View::Groups,
                    breakdown: first_of(groups, topic),
                    area: Some(code),
                    ..MeasurePage::of(&page.table, &page.measure)
                };
                Link::to(format!("By {}", crate::shown::within(topic)), Address::Measure(address))
            })
            .collect(),
        notes: told.notes,
        found: closer::findings(found),
        found_in: closer::records(Kind::Findings, "All findings of this table", found, code),
        changed: super::changes::before(build)
            .map(|_| closer::records(Kind::Changes, "What changed in this table since the build before", found, code)),
    }
}

/// The topics that figures are broken down by.
fn topics(groups: &[(String, String)], told: &SideBySide) -> Vec<String> {
    let mut topics: Vec<String> = Vec::new();
    for (topic, _) in groups.iter().filter(|(topic, _)| topic != TOTAL && *topic != told.about.1) {
        if !topics.contains(topic) {
            topics.push(topic.clone());
        }
    }
    topics
}

fn first_of(groups: &[(String, String)], topic: &str) -> String {
    groups.iter().find(|(known, _)| known == topic).map(written).unwrap_or_default()
}

fn crumbs(page: &MeasurePage, code: LaCode, who: &str, found: &Found<'_>) -> Vec<Link> {
    let mut crumbs = vec![Link::to(who, Address::area(code))];
    if !found.meta.topic.is_empty() {
        let topic = Address::Measures { topic: found.meta.topic.clone(), area: Some(code) };
        crumbs.push(Link::to(&found.meta.topic, topic));
    }
    if page.period.is_empty() && page.breakdown.is_empty() {
        return crumbs;
    }
    crumbs.push(Link::to("the latest of all", Address::measure(&page.table, &page.measure, Some(code))));
    crumbs
}

/// What it is and which way is good.
fn definition(found: &Found<'_>) -> String {
    let text = if found.measure.definition.is_empty() { &found.measure.label } else { &found.measure.definition };
    format!("{} {}", crate::shown::stop(text), words::direction(&measure(found, ""))).trim().to_owned()
}

/// The periods to choose from, the newest first and the default.
fn periods(page: &MeasurePage, told: &SideBySide) -> Vec<Choice> {
    let shown = told.periods.last();
    let one = |(at, label): (usize, &String)| match at {
        0 => Choice { word: String::new(), name: format!("{label} (latest)"), chosen: page.period.is_empty() },
        _ => {
            let chosen = !page.period.is_empty() && Some(label) == shown;
            Choice { word: label.clone(), name: label.clone(), chosen }
        }
    };
    told.known.iter().rev().enumerate().map(one).collect()
}

/// The groups to choose from, by topic.
fn choices(page: &MeasurePage, groups: &[(String, String)], told: &SideBySide) -> Vec<Groups> {
    let mut topics: Vec<Groups> = Vec::new();
    for group in groups {
        let chosen = *group == told.about;
        let word = if chosen && page.breakdown.is_empty() { String::new() } else { written(group) };
        let name = if group.0 == TOTAL { "All".to_owned() } else { group.1.clone() };
        let one = Choice { name, word, chosen };
        match topics.iter_mut().find(|topic| topic.title == group.0) {
            Some(topic) => topic.parts.push(one),
            None => topics.push(Groups { title: group.0.clone(), parts: vec![one] }),
        }
    }
    // The whole comes first, and stands for nothing picked.
    topics.sort_by_key(|topic| topic.title != TOTAL);
    topics
}

fn view_name(view: View) -> &'static str {
    match view {
        View::Years => "Years and all authorities",
        View::Neighbours => "Neighbours side by side",
        View::Funnel => "Funnel",
        View::Spread => "Spread",
        View::Change => "This period and the one before",
        View::Groups => "Groups within the authority",
        View::Table => "Table only",
    }
}

/// The pictures of the view.
fn pictures(build: &Build, page: &MeasurePage, code: LaCode, told: &SideBySide, topics: &[String]) -> Vec<Shown> {
    let topic = if told.about.0 == TOTAL { topics.first().cloned() } else { Some(told.about.0.clone()) };
    let breakdown = match page.view {
        View::Groups => topic.unwrap_or_default(),
        _ => page.breakdown.clone(),
    };
    kinds(page.view).iter().map(|&kind| picture::shown(build, page, code, kind, &breakdown)).collect()
}

/// The kinds of chart of a view.
pub fn kinds(view: View) -> &'static [ChartKind] {
    match view {
        View::Years => &[ChartKind::Trend, ChartKind::Ordered],
        View::Neighbours => &[ChartKind::Neighbours],
        View::Funnel => &[ChartKind::Funnel],
        View::Spread => &[ChartKind::Strip],
        View::Change => &[ChartKind::Dumbbell],
        View::Groups => &[ChartKind::Groups],
        View::Table => &[],
    }
}
