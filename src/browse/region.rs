//! The page of a region or of England: its figures where they are published, and between which figures its authorities lie.
//!
//! In: a build, the code of a region. Out: the page of all headline measures, or of one measure with every authority of it. No
//! verdict stands here: a region's figure is tested against nothing, and it has no rank.

mod figures;

use rayon::prelude::*;
use serde::Serialize;

use super::address::{Address, AreaPage, Show, Who};
use super::area::Shown;
use super::build::{Build, broken};
use super::request::Response;
use super::shell::{Frame, Link};
use crate::area::{Authority, LaCode, Region};
use crate::finding::Error;
use crate::shown::{counted, sentence};
use crate::store::{Compared, Found, measure};
use figures::Seat;

/// What the template of all measures is filled with.
#[derive(Serialize)]
struct Page {
    name: String,
    lede: String,
    is_country: bool,
    topics: Vec<Topic>,
    areas: Vec<Link>,
    empty: String,
}

#[derive(Serialize)]
struct Topic {
    id: String,
    title: String,
    rows: Vec<Row>,
}

/// One measure.
#[derive(Serialize)]
struct Row {
    label: String,
    address: String,
    period: String,
    own: Shown,
    england: Shown,
    strip: Option<String>,
    strip_words: String,
    range: String,
    years: Option<String>,
    years_words: String,
    moved: String,
    #[serde(skip)]
    topic: String,
}

/// What the template of one measure is filled with.
#[derive(Serialize)]
struct One {
    crumbs: Vec<Link>,
    label: String,
    definition: String,
    name: String,
    own: Shown,
    period: String,
    england: Shown,
    is_country: bool,
    range: String,
    strip: Option<String>,
    strip_words: String,
    periods: Vec<String>,
    rows: Vec<Line>,
    source: String,
}

/// A place of the table.
#[derive(Serialize)]
struct Line {
    name: Link,
    is_own: bool,
    cells: Vec<Shown>,
}

/// A region of the build with its authorities.
pub struct Place<'b> {
    build: &'b Build,
    region: &'b Region,
}

impl<'b> Place<'b> {
    /// The region or country with a code.
    ///
    /// # Errors
    /// There is none.
    pub fn of(build: &'b Build, code: &str) -> Result<Place<'b>, Error> {
        let unknown = || Error::usage(format!("there is no region `{code}`"), "choose one from the list");
        Ok(Place { build, region: build.register.region(code).ok_or_else(unknown)? })
    }

    /// Whether an authority is of it.
    fn has(&self, authority: &Authority) -> bool {
        self.region.is_country() || authority.region == self.region.code || authority.london == self.region.code
    }

    /// Its authorities that are open, by name.
    fn members(&self) -> Vec<&'b Authority> {
        let open = self.build.register.authorities().iter().filter(|authority| authority.closed.is_none());
        let mut members: Vec<&Authority> = open.filter(|authority| self.has(authority)).collect();
        members.sort_by(|one, other| one.name.cmp(&other.name));
        members
    }
}

/// The page of a region: every headline measure by topic, and its authorities.
///
/// # Errors
/// A table cannot be read.
pub fn page(build: &Build, code: &str, show: Show, topic: &str) -> Result<Response, Error> {
    let place = Place::of(build, code)?;
    let wanted: Vec<Found<'_>> = build
        .measures()
        .filter(|found| (show == Show::All && !topic.is_empty()) || found.measure.headline)
        .filter(|found| topic.is_empty() || found.meta.topic == topic)
        .collect();
    let rows = wanted.par_iter().map(|found| row(&place, found)).collect::<Result<Vec<Option<Row>>, Error>>()?;
    let mut topics: Vec<Topic> = Vec::new();
    for row in rows.into_iter().flatten() {
        let title = if row.topic.is_empty() { "Other measures".to_owned() } else { row.topic.clone() };
        match topics.iter_mut().find(|topic| topic.title == title) {
            Some(topic) => topic.rows.push(row),
            None => topics.push(Topic { id: crate::area::fold(&title).replace(' ', "-"), title, rows: vec![row] }),
        }
    }
    topics.sort_by_key(|topic| std::cmp::Reverse(topic.rows.len()));
    let members = place.members();
    let is_country = place.region.is_country();
    let count = counted(members.len(), "local authority", "local authorities");
    let page = Page {
        name: place.region.name.clone(),
        lede: format!(
            "{} with {count}. Its figures as published, and between which figures its authorities lie; nothing is tested here.",
            if is_country { "The country" } else { "A region of England" }
        ),
        is_country,
        empty: if topics.is_empty() { "No headline measure has a figure of it.".to_owned() } else { String::new() },
        topics,
        areas: members.iter().map(|authority| Link::to(&authority.name, Address::area(authority.code))).collect(),
    };
    build.shell.page(build, "region.html", &frame(&place, &page.name), &page)
}

fn frame(place: &Place<'_>, title: &str) -> Frame {
    let mut frame = Frame::of(title, "area", None, place.build);
    frame.who.clone_from(&place.region.name);
    frame.beside = "and its authorities".to_owned();
    frame
}

fn row(place: &Place<'_>, found: &Found<'_>) -> Result<Option<Row>, Error> {
    let frame = place.build.compared(found)?;
    let compared = Compared::of(&frame).map_err(broken)?;
    let slice = compared.whole(*found);
    let Some(seat) = Seat::of(place, &slice) else { return Ok(None) };
    let about = measure(found, slice.part());
    let (strip, strip_words) = seat.strip(&about);
    let (years, years_words) = seat.years(&about);
    Ok(Some(Row {
        label: about.label.clone(),
        address: Address::RegionMeasure {
            table: found.table.to_owned(),
            measure: found.name.to_owned(),
            region: place.region.code.clone(),
        }
        .to_string(),
        period: seat.when.label(),
        own: seat.own(&about),
        england: seat.england(&about),
        strip,
        strip_words,
        range: seat.range(&about),
        years,
        years_words,
        moved: seat.moved(&about),
        topic: found.meta.topic.clone(),
    }))
}

/// The page of a measure for a region: its figure, and every authority of it in order.
///
/// # Errors
/// A table cannot be read.
pub fn one(build: &Build, (table, name): (&str, &str), code: &str) -> Result<Response, Error> {
    let place = Place::of(build, code)?;
    let found = build.catalogue.measure(&format!("{table}/{name}"))?;
    let frame_of = build.compared(&found)?;
    let compared = Compared::of(&frame_of).map_err(broken)?;
    let slice = compared.whole(found);
    let about = measure(&found, slice.part());
    let area = Address::Area(AreaPage::of(Who::Region(place.region.code.clone())));
    let mut page = One {
        crumbs: vec![Link::to(&place.region.name, area)],
        label: about.label.clone(),
        definition: crate::shown::stop(&sentence(&found.measure.definition)),
        name: place.region.name.clone(),
        own: Shown { shown: "no figure".to_owned(), ..Shown::default() },
        period: String::new(),
        england: Shown::default(),
        is_country: place.region.is_country(),
        range: "No authority of it has a figure of the whole.".to_owned(),
        strip: None,
        strip_words: String::new(),
        periods: Vec::new(),
        rows: Vec::new(),
        source: found.meta.source.clone(),
    };
    if let Some(seat) = Seat::of(&place, &slice) {
        page.own = seat.own(&about);
        page.period = seat.when.label();
        page.england = seat.england(&about);
        page.range = seat.range(&about);
        (page.strip, page.strip_words) = seat.strip(&about);
        page.periods = seat.periods();
        let link = |code: LaCode, name: &str| Link::to(name, Address::measure(table, found.name, Some(code)));
        let mut rows = vec![Line { name: Link::to(&place.region.name, ""), is_own: true, cells: seat.past(&about) }];
        rows.extend(seat.ordered(&about).into_iter().map(|(code, name, cells)| Line {
            name: link(code, &name),
            is_own: false,
            cells,
        }));
        page.rows = rows;
    }
    build.shell.page(build, "region_measure.html", &frame(&place, &page.label), &page)
}
