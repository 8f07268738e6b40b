//! A request to a response: which page an address is, and what is said where it is none.

use serde::Serialize;

use super::address::Address;
use super::build::Build;
use super::raw::Raw;
use super::request::{Method, Request, Response};
use super::shell::{Frame, ICON, Link, SCRIPT, STYLE};
use super::wrong::{REBUILT, Wrong};
use super::{
    area, copy, figure, file, find, heat, home, intake, lists, measure, measures, papers, picker, picture, post,
    published, records, region, take, work,
};
use crate::finding::Error;

/// The answer to a request that may pass the door.
pub fn answer(build: &Build, request: &Request) -> Response {
    let raw = match Raw::parse(&request.target) {
        Ok(raw) => raw,
        Err(wrong) => return said(build, &wrong),
    };
    if request.method == Method::Post {
        return done(build, post::answer(build, &raw, request));
    }
    // Boxes that are ticked stand in an address several times: this page alone takes that.
    if raw.path.first().is_some_and(|word| word == "choose") && raw.path.len() == 1 {
        return done(build, picker::choose(build, &raw));
    }
    let address = match Address::parse(&raw, build.names()) {
        Ok(address) => address,
        Err(wrong) => return said(build, &wrong),
    };
    // A state has one address: names become codes, what is the default goes.
    let written = address.to_string();
    if written != request.target {
        return Response::elsewhere(written);
    }
    done(build, shown(build, &address))
}

fn shown(build: &Build, address: &Address) -> Result<Result<Response, Wrong>, Error> {
    match address {
        Address::Home => home::page(build),
        Address::Style => Ok(Response::found("text/css; charset=utf-8", STYLE.as_bytes())),
        Address::Script => Ok(Response::found("text/javascript; charset=utf-8", SCRIPT.as_bytes())),
        Address::Icon => Ok(Response::found("image/svg+xml", ICON.as_bytes())),
        Address::Area(page) => area::page(build, page),
        Address::Measures { topic, area } => measures::page(build, topic, *area),
        Address::Measure(page) => return measure::page(build, page),
        Address::RegionMeasure { table, measure, region } => region::one(build, (table, measure), region),
        Address::Heat(page) => return heat::page(build, page),
        Address::Intake { number: None } => intake::list(build),
        Address::Intake { number: Some(number) } => return intake::page(build, *number),
        Address::Foreseen { number } => return intake::changes(build, *number),
        Address::Copy { area, measures } => copy::file(build, *area, measures),
        Address::Take(take) => return take::file(build, take),
        Address::Work { number, on } => return work::page(build, *number, *on),
        Address::Records(page) => records::page(build, page),
        Address::Figure { id } => figure::page(build, id),
        Address::Table(page) => return published::page(build, page),
        Address::File(page) => return file::page(build, page),
        Address::Chart(file) => picture::file(build, file),
        Address::Papers { area } => papers::page(build, *area),
        Address::Paper { name } => return papers::file(build, name),
        Address::AddTo(page) => return papers::add_page(build, page),
        Address::Lists { area } => lists::page(build, *area),
        Address::Find { words, area } => find::page(build, words, *area),
    }
    .map(Ok)
}

fn done(build: &Build, made: Result<Result<Response, Wrong>, Error>) -> Response {
    match made {
        Ok(Ok(response)) => response,
        Ok(Err(wrong)) => said(build, &wrong),
        Err(error) => said(build, &Wrong::said(&error)),
    }
}

/// What the page of a mistake is filled with.
#[derive(Serialize)]
struct Page {
    heading: &'static str,
    message: String,
    help: String,
    links: Vec<Link>,
}

/// The page that says what is wrong and what works.
pub fn said(build: &Build, wrong: &Wrong) -> Response {
    let page = Page {
        heading: match wrong.status {
            404 => "There is no such page",
            409 => "This is not done now",
            400 => "This address does not say one thing",
            500 => "This page could not be made",
            REBUILT => "The tables are being rebuilt",
            _ => "This is not done here",
        },
        message: crate::shown::stop(&crate::shown::sentence(&wrong.message)),
        help: crate::shown::stop(&crate::shown::sentence(&wrong.help)),
        links: wrong.links.iter().map(|(name, address)| Link::to(name, address)).collect(),
    };
    let frame = Frame::of(page.heading, "", build.home, build);
    match build.shell.page(build, "wrong.html", &frame, &page) {
        Ok(response) => Response { status: wrong.status, ..response },
        Err(_) => Response::plain(wrong),
    }
}
