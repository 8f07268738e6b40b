//! One authority's profile as one file to keep and to send: the page of its area, and behind each measure its page.
//!
//! In: a build, an authority, measures. Out: the text of a page that needs no server, no script and no other file. What it says
//! is what the pages say, made by the same functions and templates: `still` takes out what only a server can do and puts the
//! pictures in, `within` turns links to pages into links within the file, `cells` says as text where each figure stands.

mod cells;
mod packed;
mod still;
mod within;

use rayon::prelude::*;
use serde::Serialize;

use super::build::Build;
use super::picker;
use super::request::{HTML, Response};
use super::shell::{LICENCE, Link, STYLE};
use super::{area, measure};
use crate::area::{Authority, LaCode};
use crate::comparator::Average;
use crate::draw::file_name;
use crate::finding::Error;
use crate::shown::{counted, sentence};
use crate::store::{self, Found};
use still::Pictures;
use within::Within;

/// The most bytes that a file to send should have: above them the pictures for narrow windows are left out.
const MOST: usize = 3_000_000;

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    style: &'static str,
    title: String,
    who: String,
    beside: String,
    dated: String,
    illustrative: bool,
    area: String,
    measures: Vec<Link>,
    sections: Vec<Section>,
    cells: Vec<cells::Cells>,
    foot: Vec<String>,
}

/// A measure's part of the file.
#[derive(Serialize)]
struct Section {
    id: String,
    html: String,
}

/// The page of a measure with its pictures, before it is put into the file.
struct Part<'f, 'b> {
    found: &'f Found<'b>,
    label: String,
    main: String,
    pictures: Pictures,
}

/// The file of an authority, with the measures that names and globs say; empty for the headlines.
///
/// # Errors
/// No measure is called so, or a table cannot be read.
pub fn copy(build: &Build, code: LaCode, measures: &str) -> Result<String, Error> {
    let Some(authority) = build.register.newest(code) else {
        return Err(Error::usage(format!("there is no authority {code}"), "choose one from the list"));
    };
    let wanted: Vec<Found<'_>> = match measures.is_empty() {
        true => build.measures().filter(|found| found.measure.headline).collect(),
        false => build.catalogue.measures(measures)?,
    };
    let area = area::main(build, authority, &wanted)?;
    let mut parts = wanted
        .par_iter()
        .map(|found| {
            let main = measure::main(build, found, code)?;
            Ok(Part { found, label: store::measure(found, "").label, pictures: Pictures::of(&main, build), main })
        })
        .collect::<Result<Vec<Part<'_, '_>>, Error>>()?;
    // The measures come in the order in which the page of the area has them.
    let order = within::order(&area, build);
    parts.sort_by_key(|part| order.iter().position(|name| *name == within::name(part.found)));
    let whole = put_together(build, authority, &area, &parts, true)?;
    if whole.len() <= MOST { Ok(whole) } else { put_together(build, authority, &area, &parts, false) }
}

fn put_together(
    build: &Build,
    authority: &Authority,
    area: &str,
    parts: &[Part<'_, '_>],
    narrow: bool,
) -> Result<String, Error> {
    let mut within = Within::new(build, authority.code, parts.iter().map(|part| part.found));
    let area = within.linked(&still::area(area));
    let section = |(at, part): (usize, &Part<'_, '_>)| {
        let html = still::measure(&part.main, &part.label, &part.pictures, narrow);
        Section { id: within::anchor(at), html: within.linked(&html) }
    };
    let sections: Vec<Section> = parts.iter().enumerate().map(section).collect();
    let dated = build.dated();
    let usual = super::address::USUAL.map(str::to_owned);
    let page = Page {
        style: STYLE,
        title: format!("{}: figures as of {dated}", authority.name),
        who: authority.name.clone(),
        beside: sentence(&picker::beside(&usual, authority.code, Average::Mean, &build.register)?),
        illustrative: parts.iter().any(|part| part.found.meta.illustrative),
        measures: parts
            .iter()
            .enumerate()
            .map(|(at, part)| Link::to(&part.label, format!("#{}", within::anchor(at))))
            .collect(),
        cells: cells::cells(build, authority.code, parts.iter().map(|part| part.found), within.figures())?,
        foot: foot(build, parts.len()),
        dated,
        area,
        sections,
    };
    build.shell.whole("copy.html", &page)
}

/// What it is a copy of.
fn foot(build: &Build, measures: usize) -> Vec<String> {
    vec![
        format!(
            "A copy of {} from the tables made on {}: it stays as it is when newer figures come.",
            counted(measures, "measure", "measures"),
            build.dated()
        ),
        LICENCE.to_owned(),
    ]
}

/// The file as an answer, to be kept.
///
/// # Errors
/// As [`copy`].
pub fn file(build: &Build, code: LaCode, measures: &str) -> Result<Response, Error> {
    let text = copy(build, code, measures)?;
    let who = build.register.newest(code).map_or("", |authority| authority.name.as_str());
    let name = Some(format!("{}.html", file_name(&format!("{who} profile"))));
    Ok(Response { name, ..Response::found(HTML, text.into_bytes()) })
}
