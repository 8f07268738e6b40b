//! The page of a file that waits: what is in it, what changed in it, what it will change, and the buttons.

use serde::Serialize;

use super::effect::{Effect, effect};
use super::own::{Own, own};
use super::read::{NONE, OPEN, field};
use super::table::{Select, Table, table};
use super::{room, size};
use crate::browse::address::Address;
use crate::browse::build::Build;
use crate::browse::request::Response;
use crate::browse::shell::{Choice, Frame, Link};
use crate::browse::wrong::Wrong;
use crate::finding::Error;
use crate::intake::waiting::{Destination, Seen, Stranger, Waiting};
use crate::shown::{sentence, stop};

/// What the page is filled with.
#[derive(Serialize)]
struct Page {
    once: String,
    read_only: bool,
    address: String,
    title: String,
    lede: String,
    steps: Vec<Step>,
    facts: Vec<(String, String)>,
    refused: Option<(String, String)>,
    returns: Vec<String>,
    return_name: String,
    release: String,
    why: String,
    sheet: Option<Select>,
    notes: Vec<String>,
    open: Vec<(String, String)>,
    perhaps: Vec<(String, String, String)>,
    own_wanted: bool,
    tables: Vec<Table>,
    own: Option<Own>,
    strangers: Vec<Select>,
    asks_replace: bool,
    replace: bool,
    effect: Option<Effect>,
    csv: String,
    place: Option<Writes>,
    url: String,
    published: String,
    list: Link,
}

/// One of the four steps.
#[derive(Serialize)]
struct Step {
    number: usize,
    name: &'static str,
    class: &'static str,
}

/// What filing writes.
#[derive(Serialize)]
struct Writes {
    path: String,
    release: String,
    others: Vec<String>,
}

/// The page of a file.
///
/// # Errors
/// The reference files cannot be read.
pub fn page(build: &Build, number: usize) -> Result<Result<Response, Wrong>, Error> {
    let room = room(build);
    let Ok(waiting) = room.waiting(number) else { return Ok(Err(gone(number))) };
    let seen = room.look(&waiting)?;
    let foresaw = room.foresaw(&waiting, &seen)?;
    let csv = Address::Foreseen { number }.to_string();
    let effect = foresaw.map(|foresaw| effect(build, &room, &waiting, foresaw)).transpose()?;
    let page = filled(build, &waiting, seen, effect, csv)?;
    let frame = Frame::of(&page.title, "intake", build.home, build);
    build.shell.page(build, "waiting.html", &frame, &page).map(Ok)
}

/// Every change that filing would make, as `diff` writes it.
///
/// # Errors
/// The file cannot be read.
pub fn changes(build: &Build, number: usize) -> Result<Result<Response, Wrong>, Error> {
    let room = room(build);
    let Ok(waiting) = room.waiting(number) else { return Ok(Err(gone(number))) };
    let Ok(bytes) = std::fs::read(room.changes(&waiting)?) else {
        let wrong = Wrong::gone("what it will change is not worked out yet", "try the file first");
        return Ok(Err(wrong.link("the file", Address::Intake { number: Some(number) })));
    };
    let name = Some(format!("changes-{number}.csv"));
    Ok(Ok(Response { name, ..Response::found("text/csv; charset=utf-8", bytes) }))
}

fn gone(number: usize) -> Wrong {
    let wrong = Wrong::gone(format!("no file of the number {number} is waiting"), "it was filed or thrown away");
    wrong.link("what waits", Address::Intake { number: None })
}

fn filled(build: &Build, waiting: &Waiting, seen: Seen, effect: Option<Effect>, csv: String) -> Result<Page, Error> {
    let choices = &waiting.choices;
    let place = seen.place.clone().unwrap_or_default();
    let release = choices.release.clone().unwrap_or_else(|| place.release.clone());
    let is_ready = seen.refused.is_none() && seen.open.is_empty();
    let sentences = |(one, other): &(String, String)| (stop(&sentence(one)), stop(&sentence(other)));
    let address = Address::Intake { number: Some(waiting.number) }.to_string();
    let mut facts = vec![("size".to_owned(), size(waiting))];
    facts.extend(seen.facts.iter().cloned());
    let can_file = is_ready && effect.as_ref().is_some_and(|effect| !effect.has_errors);
    Ok(Page {
        once: build.desk.slips.give()?,
        read_only: build.options.read_only,
        address,
        title: waiting.original.clone(),
        lede: lede(&seen),
        steps: steps(is_ready, effect.is_some()),
        facts: facts.into_iter().map(|(head, words)| (sentence(&head), words)).collect(),
        refused: seen.refused.as_ref().map(sentences),
        return_name: choices.return_name.clone().unwrap_or_else(|| place.return_name.clone()),
        why: if place.why.is_empty() { String::new() } else { format!("told so: {}", place.why) },
        sheet: sheet(&seen, choices.sheet.as_deref()),
        notes: seen.notes.iter().map(|note| stop(&sentence(note))).collect(),
        open: seen.open.iter().map(sentences).collect(),
        perhaps: seen.perhaps.clone(),
        own_wanted: choices.own.wanted,
        tables: seen.tables.iter().map(|one| table(one, &release)).collect(),
        own: seen.own.as_ref().map(own),
        strangers: seen.strangers.iter().map(|one| stranger(one, build)).collect(),
        asks_replace: choices.replace || seen.open.iter().any(|(message, _)| message.contains("is there already")),
        replace: choices.replace,
        place: seen.place.as_ref().filter(|_| can_file).map(writes),
        effect,
        csv,
        release,
        returns: seen.returns,
        url: choices.url.clone().unwrap_or_default(),
        published: choices.published.clone().unwrap_or_default(),
        list: Link::to("What waits", Address::Intake { number: None }),
    })
}

fn lede(seen: &Seen) -> String {
    let names: Vec<String> = seen.tables.iter().map(|table| format!("{} ({})", table.title, table.table)).collect();
    let head = match (&seen.refused, names.as_slice(), &seen.own) {
        (Some(_), ..) => "It cannot be read.".to_owned(),
        (None, [], Some(_)) => "No table reads it: it becomes a table of its own.".to_owned(),
        (None, names, _) if seen.tables.iter().all(|table| table.holds) => {
            format!("It is read by {}.", names.join(" and "))
        }
        (None, names, _) => format!("Looks like {}, with names that changed.", names.join(" and ")),
    };
    format!("{head} Nothing is filed yet.")
}

fn steps(is_ready: bool, is_tried: bool) -> Vec<Step> {
    let now = match (is_ready, is_tried) {
        (false, _) => 2,
        (true, false) => 3,
        (true, true) => 4,
    };
    let names = ["The file", "What changed in it", "What it will change", "File it"];
    let step = |(at, name): (usize, &'static str)| Step {
        number: at + 1,
        name,
        class: match (at + 1).cmp(&now) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "",
        },
    };
    names.into_iter().enumerate().map(step).collect()
}

/// The sheets to choose from, where there are several.
fn sheet(seen: &Seen, chosen: Option<&str>) -> Option<Select> {
    if seen.sheets.len() < 2 {
        return None;
    }
    let told =
        Choice { name: "the one that has the table".to_owned(), word: OPEN.to_owned(), chosen: chosen.is_none() };
    let all = seen.sheets.iter().map(|sheet| Choice {
        name: sheet.clone(),
        word: sheet.clone(),
        chosen: chosen == Some(sheet.as_str()),
    });
    let options = std::iter::once(told).chain(all).collect();
    Some(Select { field: "sheet".to_owned(), label: "Sheet".to_owned(), options, words: Vec::new() })
}

/// A name that is no known area: the nearest first, then all others, then none.
fn stranger(stranger: &Stranger, build: &Build) -> Select {
    let chosen = stranger.chosen.as_deref();
    let choice = |name: String, word: &str| Choice {
        name,
        word: word.to_owned(),
        chosen: chosen == Some(if word == NONE { "" } else { word }),
    };
    let mut options: Vec<Choice> = Vec::new();
    if chosen.is_none() {
        options.push(Choice { name: "choose".to_owned(), word: OPEN.to_owned(), chosen: true });
    }
    options.extend(stranger.nearest.iter().map(|(code, name)| choice(format!("{name} (near)"), code)));
    options.push(choice("no area here: leave its rows out".to_owned(), NONE));
    let mut others: Vec<(String, String)> = Vec::new();
    for authority in build.register.authorities() {
        let code = authority.code.to_string();
        let is_told = |(known, _): &(String, String)| *known == code;
        if !stranger.nearest.iter().any(is_told) && !others.iter().any(is_told) {
            others.push((code, authority.name.clone()));
        }
    }
    others.sort_by(|a, b| a.1.cmp(&b.1));
    options.extend(others.into_iter().map(|(code, name)| choice(name, &code)));
    Select { field: field(&["area", &stranger.name]), label: stranger.name.clone(), options, words: Vec::new() }
}

fn writes(place: &Destination) -> Writes {
    let mut others: Vec<String> = place.pipelines.iter().map(|path| format!("writes the block to `{path}`")).collect();
    others.extend(place.aliases.iter().map(|path| format!("adds the names of authorities to `{path}`")));
    others.push(format!("notes it in `{}`", place.manifest));
    Writes { path: place.path.clone(), release: place.release.clone(), others }
}
