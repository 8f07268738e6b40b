//! Saved lists: the page that has them, each with its members, and the forms that save one and take one out.
//!
//! In: the lists of `data/lists.toml`, a form. Out: the page; the file with one more or one less. A member that closed stays and
//! is marked; a list that a reorganisation broke says which.

use serde::Serialize;

use super::address::{Address, AreaPage, HeatPage, Who};
use super::build::Build;
use super::post::{Deeds, Form};
use super::request::Response;
use super::shell::{Frame, Link};
use super::wrong::Wrong;
use crate::area::{Authority, LaCode};
use crate::comparator::{Comparator, Members};
use crate::durable;
use crate::finding::Error;
use crate::home;
use crate::saved::{Lists, Saved};
use crate::shown::{counted, list};
use crate::store::Found;

/// The most places of a list: as many as stand beside each other.
const PLACES: usize = 30;
/// The most measures of a list: as many as a heat map can be read with.
const MEASURES: usize = 40;

/// What the page is filled with.
#[derive(Serialize)]
struct Page {
    path: String,
    lists: Vec<Shown>,
    area: String,
    /// The slip of the forms; empty where nothing is changed here.
    once: String,
}

/// A list with its members.
#[derive(Serialize)]
struct Shown {
    name: String,
    key: String,
    id: String,
    words: String,
    of_places: bool,
    broken: String,
    members: Vec<Member>,
    links: Vec<Link>,
}

#[derive(Serialize)]
struct Member {
    name: String,
    address: String,
    mark: String,
}

/// The page of the lists.
///
/// # Errors
/// The file cannot be read, or the system gives no random numbers.
pub fn page(build: &Build, area: Option<LaCode>) -> Result<Response, Error> {
    let area = area.or(build.home);
    let path = home::saved_lists();
    let lists = Lists::read(&path)?;
    let frame = Frame::of("Saved lists", "", area, build);
    let page = Page {
        path: home::shown(&path),
        lists: lists.all.iter().map(|list| shown(build, list, area)).collect(),
        area: area.map_or_else(String::new, |code| code.to_string()),
        once: slip(build)?,
    };
    build.shell.page(build, "lists.html", &frame, &page)
}

/// The slip for a form that saves a list; empty where nothing is changed here.
///
/// # Errors
/// The system gives no random numbers.
pub fn slip(build: &Build) -> Result<String, Error> {
    if build.options.read_only { Ok(String::new()) } else { build.desk.slips.give() }
}

/// What the form that saves measures as a list is filled with.
#[derive(Serialize)]
pub struct Save {
    once: String,
    area: String,
    measures: String,
}

/// The form that saves measures as a list; none where nothing is changed here.
///
/// # Errors
/// The system gives no random numbers.
pub fn save(build: &Build, area: Option<LaCode>, measures: &[Found<'_>]) -> Result<Option<Save>, Error> {
    let once = slip(build)?;
    let names: Vec<String> = measures.iter().map(|found| format!("{}/{}", found.table, found.name)).collect();
    let area = area.map_or_else(String::new, |code| code.to_string());
    Ok((!once.is_empty()).then(|| Save { once, area, measures: names.join(",") }))
}

fn shown(build: &Build, saved: &Saved, area: Option<LaCode>) -> Shown {
    let places: Vec<&Authority> = saved.places.iter().filter_map(|place| build.register.find(place).ok()).collect();
    let closed: Vec<String> = places.iter().filter_map(|place| ended(build, place)).collect();
    let members: Vec<Member> = match saved.measures.is_empty() {
        true => places.iter().map(|place| place_of(place)).collect(),
        false => saved.measures.iter().map(|name| measure_of(build, name, area)).collect(),
    };
    let count = counted(members.len(), "measure", "measures");
    let count = if saved.measures.is_empty() { counted(members.len(), "place", "places") } else { count };
    let gone = members.iter().filter(|member| member.address.is_empty()).count();
    let broken = match (closed.is_empty(), gone) {
        (false, _) => format!("A reorganisation broke this list: {}.", closed.join("; ")),
        (true, 0) => String::new(),
        (true, gone) => {
            let verb = if gone == 1 { "is" } else { "are" };
            format!("{} of it {verb} in no published table any more.", counted(gone, "measure", "measures"))
        }
    };
    Shown {
        name: saved.name.clone(),
        id: saved.key().replace(':', "-"),
        words: count,
        of_places: saved.measures.is_empty(),
        broken,
        members,
        links: links(saved, area),
        key: saved.key(),
    }
}

/// What became of a place that closed: when, and who has its area now.
fn ended(build: &Build, place: &Authority) -> Option<String> {
    let closed = place.closed?;
    let name = |code: &LaCode| build.register.newest(*code).map(|after| after.name.clone());
    let after: Vec<String> = place.successors.iter().filter_map(name).collect();
    let now = if after.is_empty() { String::new() } else { format!(", its area is now {}", list(&after)) };
    Some(format!("{} closed on {}{now}", place.name, closed.format("%-d %B %Y")))
}

fn place_of(place: &Authority) -> Member {
    let mark = place.closed.map_or_else(String::new, |closed| format!("closed on {}", closed.format("%-d %B %Y")));
    Member { name: place.name.clone(), address: Address::area(place.code).to_string(), mark }
}

fn measure_of(build: &Build, name: &str, area: Option<LaCode>) -> Member {
    match build.catalogue.measure(name) {
        Ok(found) => Member {
            name: found.measure.label.clone(),
            address: Address::measure(found.table, found.name, area).to_string(),
            mark: String::new(),
        },
        Err(_) => Member { name: name.to_owned(), address: String::new(), mark: "in no published table".to_owned() },
    }
}

/// Where a list is used.
fn links(saved: &Saved, area: Option<LaCode>) -> Vec<Link> {
    if !saved.measures.is_empty() {
        let heat = HeatPage { measures: saved.key(), ..HeatPage::of(area) };
        return vec![Link::to("As a heat map", Address::Heat(heat))];
    }
    let beside = vec!["england".to_owned(), saved.key()];
    let of = |code| AreaPage { beside, ..AreaPage::of(Who::Authority(code)) };
    let heat = HeatPage { beside: vec![saved.key()], ..HeatPage::of(area) };
    let own = area.map(|code| Link::to("Every headline measure beside it", Address::Area(of(code))));
    own.into_iter().chain([Link::to("As a heat map", Address::Heat(heat))]).collect()
}

/// Saves a list.
pub fn add(build: &Build, form: &Form) -> Deeds {
    let saved = match read(build, form) {
        Ok(saved) => saved,
        Err(wrong) => return Ok(Err(back(wrong, form))),
    };
    let done = Lists::read(&home::saved_lists()).and_then(|lists| lists.with(&saved)).and_then(write);
    Ok(after(done, form, &saved.key()))
}

/// Takes a list out.
pub fn remove(_: &Build, form: &Form) -> Deeds {
    let name = form.value("list").unwrap_or_default();
    let done = Lists::read(&home::saved_lists()).and_then(|lists| lists.without(name)).and_then(write);
    Ok(after(done, form, ""))
}

/// Puts the text in the place of the file.
fn write(text: String) -> Result<(), Error> {
    durable::write(&home::saved_lists(), &mut |out| out.write_all(text.as_bytes())).map(drop)
}

fn after(done: Result<(), Error>, form: &Form, key: &str) -> Result<Response, Wrong> {
    match done {
        Ok(()) => {
            let at = if key.is_empty() { String::new() } else { format!("#{}", key.replace(':', "-")) };
            Ok(Response::elsewhere(format!("{}{at}", page_of(form))))
        }
        Err(Error::Usage { message, help }) => Err(back(Wrong::value(message, help), form)),
        Err(error) => Err(back(Wrong::said(&error), form)),
    }
}

/// The page of the lists, for whom the form is.
fn page_of(form: &Form) -> String {
    let area = form.value("area").and_then(|area| area.parse().ok());
    Address::Lists { area }.to_string()
}

fn back(wrong: Wrong, form: &Form) -> Wrong {
    wrong.link("the saved lists", page_of(form))
}

/// The list that a form describes.
fn read(build: &Build, form: &Form) -> Result<Saved, Wrong> {
    let text = |name: &str| form.value(name).unwrap_or_default().trim().to_owned();
    let words: Vec<String> = form
        .values("with")
        .chain(form.values("places"))
        .flat_map(|words| words.split([',', ';', '\n']))
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let area = form.value("area").and_then(|area| build.register.known(area)).map(|area| area.code);
    let places = places(build, &words, area)?;
    let measures = match text("measures").replace(['\n', '\r', ';'], ",") {
        none if none.trim_matches([',', ' ']).is_empty() => Vec::new(),
        names => {
            let found = build.catalogue.measures(&names).map_err(|error| Wrong::said(&error))?;
            found.iter().map(|found| format!("{}/{}", found.table, found.name)).collect()
        }
    };
    if !places.is_empty() && !measures.is_empty() {
        return Err(Wrong::value("a list is of places or of measures", "save two lists, each under its name"));
    }
    for (count, most, what) in [(places.len(), PLACES, "places"), (measures.len(), MEASURES, "measures")] {
        if count > most {
            return Err(Wrong::value(
                format!("{count} {what} are more than a list has"),
                format!("choose up to {most}"),
            ));
        }
    }
    Ok(Saved { name: text("name"), places: places.iter().map(LaCode::to_string).collect(), measures })
}

/// The authorities that words mean, groups and neighbours by their members.
fn places(build: &Build, words: &[String], area: Option<LaCode>) -> Result<Vec<LaCode>, Wrong> {
    let (all, range) = Comparator::read_ranged(words, &build.register).map_err(|error| Wrong::said(&error))?;
    let mut places: Vec<LaCode> = Vec::new();
    for one in &all {
        let codes = match (one, area) {
            (Comparator::Authority(code), _) => vec![*code],
            (Comparator::Group(key), _) => {
                let group = build.register.groups().iter().find(|group| group.key == *key);
                group.map_or_else(Vec::new, |group| group.members.clone())
            }
            (other, Some(own)) => match other.members(own, &build.register) {
                Members::List(codes) => codes,
                _ => Vec::new(),
            },
            (_, None) => Vec::new(),
        };
        // England and the region stand beside a figure whether or not a list has them.
        places.extend(codes);
    }
    let mut seen = Vec::new();
    places.retain(|code| {
        !seen.contains(code) && {
            seen.push(*code);
            true
        }
    });
    match range && places.is_empty() {
        true => Err(Wrong::value("the range of all is no list", "it is another for each measure and period")),
        false => Ok(places),
    }
}
