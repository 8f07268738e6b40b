//! Many measures of the authority and its neighbours: as a map of all figures, as a picture, or as a table.
//!
//! In: a build, an address. Out: the page. A cell has its figure, the shape of its verdict and the word for who hears it; colour
//! comes last, and worse is darker than better, so that a grey print can be read.

mod colour;
mod controls;
mod file;
mod views;

use rayon::prelude::*;
use serde::Serialize;

use super::address::{Address, Against, Columns, HeatPage, HeatView, MeasurePage, Rows};
use super::build::{Build, broken};
use super::lists;
use super::picker;
use super::picture::{self, Shown};
use super::request::Response;
use super::shell::{Frame, Link};
use super::take::{Taken, offer};
use super::verdict::Verdict;
use super::wrong::Wrong;
use crate::area::LaCode;
use crate::comparator::{Average, Comparator, Members};
use crate::finding::Error;
use crate::reading::{Other, Reading, Whom, words};
use crate::report::ChartKind;
use crate::shown::{counted, sentence, small};
use crate::statistics::Polarity;
use crate::store::{Compared, Found};
use colour::Total;
use controls::Controls;
use views::Turned;

/// The most rows and the most columns that can be read.
const ROWS: usize = 40;
const COLUMNS: usize = 31;

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    title: String,
    lede: String,
    places: Vec<Link>,
    topics: Vec<Topic>,
    totals: Vec<Total>,
    controls: Controls,
    /// The map with the places as its rows.
    turned: Option<Turned>,
    /// What stands in place of the map.
    picture: Option<Shown>,
    /// What would fit, where the view does not.
    remedy: Option<Link>,
    /// The map of quarters, as files.
    files: Vec<(String, String)>,
    is_plain: bool,
    has_quarters: bool,
    chance: String,
    sources: Vec<String>,
    /// The form that saves the measures as a list.
    save: Option<lists::Save>,
}

#[derive(Serialize)]
struct Topic {
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    label: String,
    address: String,
    about: String,
    /// Table and measure.
    #[serde(skip)]
    name: String,
    england: String,
    cells: Vec<Cell>,
    #[serde(skip)]
    topic: String,
    #[serde(skip)]
    readings: Vec<Reading>,
    #[serde(skip)]
    source: String,
    #[serde(skip)]
    ids: Vec<String>,
    #[serde(skip)]
    england_value: Option<f64>,
}

#[derive(Clone, Serialize)]
struct Cell {
    shown: String,
    is_word: bool,
    address: String,
    verdict: Verdict,
}

/// The page of the heat map; or what is wrong with how much was asked for.
///
/// # Errors
/// A table cannot be read.
pub fn page(build: &Build, page: &HeatPage) -> Result<Result<Response, Wrong>, Error> {
    let Some(own) = page.area.or(build.home) else {
        return super::home::ask_for(build, &|code| Address::Heat(HeatPage { area: Some(code), ..page.clone() }))
            .map(Ok);
    };
    let (places, rows) = match cells(build, page, own)? {
        Ok(cells) => cells,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let mut frame = Frame::of("Heat map", "heat", Some(own), build);
    frame.beside = format!(
        "{}, the latest period of each measure",
        picker::beside(&page.beside, own, Average::Mean, &build.register)?
    );
    frame.picker = Some(picker::picker(&Address::Heat(page.clone()), Some(own), build));
    frame.offer = Some(offer(build, &Address::Heat(page.clone()))?);
    let mut filled = filled(build, page, &places, rows, &frame.who);
    filled.save = lists::save(build, Some(own), &measures(build, page)?)?;
    build.shell.page(build, "heat.html", &frame, &filled).map(Ok)
}

/// The heat map as a table to keep.
///
/// # Errors
/// A table cannot be read.
pub fn taken(build: &Build, page: &HeatPage) -> Result<Result<Taken, Wrong>, Error> {
    let Some(own) = page.area.or(build.home) else {
        let wrong = Wrong::value("the address does not say for whom", "add `area=` and a code");
        return Ok(Err(wrong.link("the heat map", Address::Heat(page.clone()))));
    };
    let (places, rows) = match cells(build, page, own)? {
        Ok(cells) => cells,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let filled = filled(build, page, &places, rows, build.register.newest(own).map_or("", |known| known.name.as_str()));
    Ok(Ok(file::taken(build, filled)))
}

/// The places and the rows of the map.
type Cells = (Vec<LaCode>, Vec<Row>);

/// The places and the rows in their order; or what is wrong with how much was asked for.
fn cells(build: &Build, page: &HeatPage, own: LaCode) -> Result<Result<Cells, Wrong>, Error> {
    let measures = measures(build, page)?;
    let places = places(build, page, own)?;
    let headlines = Address::Heat(HeatPage::of(Some(own)));
    for (count, most, what) in [(measures.len(), ROWS, "measures"), (places.len(), COLUMNS, "places")] {
        if count > most {
            let message = format!("{count} {what} are more than a heat map can be read with");
            let wrong = Wrong::value(message, format!("choose up to {most}"));
            return Ok(Err(wrong.link("the headline measures beside the neighbours", headlines)));
        }
    }
    let mut rows = measures
        .par_iter()
        .filter_map(|found| row(build, found, &places, page).transpose())
        .collect::<Result<Vec<Row>, Error>>()?;
    let places = ordered(page, places, &mut rows);
    Ok(Ok((places, rows)))
}

/// The measures asked for; the headlines that are compared where none are.
///
/// # Errors
/// A name that is no measure.
pub fn measures<'b>(build: &'b Build, page: &HeatPage) -> Result<Vec<Found<'b>>, Error> {
    let is_amount = |found: &Found<'_>| crate::store::measure(found, "").is_amount();
    let mut all: Vec<Found<'b>> = match page.measures.is_empty() {
        true => build.measures().filter(|found| found.measure.headline && !is_amount(found)).collect(),
        false => build.catalogue.measures(&page.measures)?,
    };
    all.retain(|found| !found.meta.own && !found.meta.neighbours);
    Ok(all)
}

/// The authority and those beside it, each once.
fn places(build: &Build, page: &HeatPage, own: LaCode) -> Result<Vec<LaCode>, Error> {
    let mut places = vec![own];
    for comparator in Comparator::parse_all(&page.beside, &build.register)? {
        let members = match comparator.members(own, &build.register) {
            Members::Authority(code) => vec![code],
            Members::List(codes) => codes,
            _ => Vec::new(),
        };
        places.extend(members);
    }
    let mut seen = Vec::new();
    places.retain(|code| {
        let fresh = !seen.contains(code);
        seen.push(*code);
        fresh
    });
    Ok(places)
}

/// The row of a measure; none where nobody has a figure of it.
fn row(build: &Build, found: &Found<'_>, places: &[LaCode], page: &HeatPage) -> Result<Option<Row>, Error> {
    let frame = build.compared(found)?;
    let compared = Compared::of(&frame).map_err(broken)?;
    let slice = compared.whole(*found);
    let latest = |code: &LaCode| slice.series(*code).points.last().map(|point| point.when);
    let Some(when) = places.first().and_then(latest).or_else(|| slice.periods().last().copied()) else {
        return Ok(None);
    };
    let field = slice.field(when);
    let first = places.first().and_then(|own| slice.figure(*own, when)).and_then(|seen| seen.value);
    let reading = |code: &LaCode| {
        let mut evidence = slice.evidence_in(&field, (*code, when), slice.part(), &build.register);
        if page.against == Against::Own {
            let side = slice.figure(*code, when).and_then(|seen| seen.against(first));
            evidence.others.push(Other::new(Whom::Authority(String::new()), first, side));
        }
        evidence.reading()
    };
    let readings: Vec<Reading> = places.iter().map(reading).collect();
    let own = &readings[0];
    let england = slice.england(when).and_then(|seen| seen.value).filter(|_| !slice.is_total(when));
    let all: Vec<Option<f64>> = match page.against {
        Against::Quarter => slice.at(when).into_iter().map(|(_, _, seen)| seen.value).collect(),
        _ => Vec::new(),
    };
    let quarter = |reading: &Reading| {
        reading.level.value().and_then(|value| crate::draw::quarter_among(value, &all, reading.measure.polarity))
    };
    let ids: Vec<String> = places.iter().map(|code| slice.id(*code, when)).collect();
    let cell = |(at, (code, reading)): (usize, (&LaCode, &Reading))| Cell {
        shown: match reading.level.value() {
            Some(value) => own.measure.shown(value),
            None => words::number(reading),
        },
        is_word: !own.measure.grades.is_empty() || reading.level.value().is_none(),
        address: match page.view {
            HeatView::Table if !ids[at].is_empty() => Address::figure(&ids[at]),
            _ => Address::Measure(MeasurePage { area: Some(*code), ..MeasurePage::of(found.table, found.name) }),
        }
        .to_string(),
        verdict: colour::verdict(page.against, reading, quarter(reading), at == 0),
    };
    let way = match own.measure.polarity {
        Polarity::High => "high is good",
        Polarity::Low => "low is good",
        Polarity::None => "neither",
    };
    Ok(Some(Row {
        label: sentence(&own.measure.heading()),
        name: format!("{}/{}", found.table, found.name),
        address: Address::measure(found.table, found.name, places.first().copied()).to_string(),
        about: format!("{} \u{b7} {} \u{b7} {way}", found.measure.unit, own.period.label),
        england: england.map_or_else(String::new, |value| own.measure.shown(value)),
        cells: places.iter().zip(&readings).enumerate().map(cell).collect(),
        topic: found.meta.topic.clone(),
        source: found.meta.source.clone(),
        england_value: england,
        ids,
        readings,
    }))
}

/// The columns in the order asked for, those of the rows with them; the authority's own stays the first.
fn ordered(page: &HeatPage, places: Vec<LaCode>, rows: &mut [Row]) -> Vec<LaCode> {
    let worse = |at: usize| rows.iter().filter(|row| row.readings[at].is_worse()).count();
    let mut order: Vec<usize> = (1..places.len()).collect();
    match page.columns {
        Columns::Closest => {}
        Columns::Name => {
            let name = |at: usize| rows.first().map_or_else(String::new, |row| row.readings[at].who.clone());
            order.sort_by_key(|at| name(*at));
        }
        Columns::Worse => order.sort_by_key(|at| std::cmp::Reverse(worse(*at))),
    }
    order.insert(0, 0);
    for row in rows.iter_mut() {
        row.cells = order.iter().map(|at| row.cells[*at].clone()).collect();
        row.readings = order.iter().map(|at| row.readings[*at].clone()).collect();
        row.ids = order.iter().map(|at| row.ids[*at].clone()).collect();
    }
    order.iter().map(|at| places[*at]).collect()
}

fn filled(build: &Build, page: &HeatPage, places: &[LaCode], mut rows: Vec<Row>, who: &str) -> Page {
    let rank = |row: &Row| {
        let ranked = row.readings[0].place.ranked().filter(|ranked| ranked.is_judged());
        ranked.map_or(f64::INFINITY, |ranked| -f64::from(ranked.rank()) / f64::from(ranked.of()))
    };
    let count = rows.len();
    let place = |code: &LaCode| {
        let name = build.register.newest(*code).map_or_else(String::new, |authority| authority.name.clone());
        Link::to(name, Address::area(*code))
    };
    let places: Vec<Link> = places.iter().map(place).collect();
    let names: Vec<String> = places.iter().map(|place| place.name.clone()).collect();
    let totals = colour::totals(page.against, &rows, places.len(), who);
    let lede = colour::lede(page.against, &totals, who, &names);
    let chance = colour::chance(page.against, &rows, who);
    let mut sources: Vec<String> = rows.iter().map(|row| row.source.clone()).collect();
    sources.sort();
    sources.dedup();
    let title = format!("{}, {who} and {}", sentence(&counted(count, "measure", "measures")), beside(places.len() - 1));
    let topics = match page.rows {
        Rows::Worst => {
            rows.sort_by(|one, other| rank(one).total_cmp(&rank(other)));
            vec![Topic { title: "The worst first".to_owned(), rows }]
        }
        Rows::Topic => by_topic(rows),
    };
    let own = page.area.or(build.home);
    let (picture, remedy) = own.map_or((None, None), |own| views::drawn(build, page, own, &topics));
    Page {
        title,
        lede,
        turned: (page.turned && picture.is_none()).then(|| views::turned(&places, &topics)),
        places,
        totals,
        controls: controls::controls(build, page, &page.beside_word(), count),
        picture,
        remedy,
        files: own.map_or_else(Vec::new, |own| {
            picture::files(
                ChartKind::Heat,
                own,
                &views::named(page, &topics),
                &views::comparators(page, ChartKind::Heat),
            )
        }),
        is_plain: page.view == HeatView::Table,
        has_quarters: page.against == Against::Quarter,
        topics,
        chance,
        sources,
        save: None,
    }
}

fn beside(others: usize) -> String {
    if others == 1 { "one other".to_owned() } else { format!("{} others", small(others)) }
}

fn by_topic(rows: Vec<Row>) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for row in rows {
        let title = if row.topic.is_empty() { "Other measures".to_owned() } else { row.topic.clone() };
        match topics.iter_mut().find(|topic| topic.title == title) {
            Some(topic) => topic.rows.push(row),
            None => topics.push(Topic { title, rows: vec![row] }),
        }
    }
    topics.sort_by_key(|topic| std::cmp::Reverse(topic.rows.len()));
    topics
}
