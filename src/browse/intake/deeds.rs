//! What the forms of intake do: take a file in, keep what was chosen, work out the effect, file, keep waiting, throw away.

use super::read::choices;
use super::room;
use crate::browse::address::Address;
use crate::browse::build::Build;
use crate::browse::post::{Deeds, Done, Form, made};
use crate::browse::request::Response;
use crate::browse::shell::Link;
use crate::browse::wrong::Wrong;
use crate::finding::Error;
use crate::intake::waiting::Waiting;

/// Takes copies of the files that were sent.
///
/// # Errors
/// There is no room for them.
pub fn bring(build: &Build, form: &Form) -> Deeds {
    let files: Vec<_> = form.files.iter().map(|file| (file.name.clone(), file.path().to_owned())).collect();
    if files.is_empty() {
        let wrong = Wrong::value("no file was chosen", "choose a file, then bring it in");
        return Ok(Err(wrong.link("bring in a file", Address::Intake { number: None })));
    }
    let _right = match build.desk.take("a file is being brought in") {
        Ok(right) => right,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let numbers = room(build).take_in(&files)?;
    let number = Some(numbers).filter(|numbers| numbers.len() == 1).and_then(|mut numbers| numbers.pop());
    Ok(Ok(Response::elsewhere(Address::Intake { number })))
}

/// Does what a button of the form of a file says, with what the form chose.
///
/// # Errors
/// What was chosen cannot be kept.
pub fn decide(build: &Build, number: &str, form: &Form) -> Deeds {
    let room = room(build);
    let waiting = match number.parse().map_err(|_| ()).and_then(|number| room.waiting(number).map_err(|_| ())) {
        Ok(waiting) => waiting,
        Err(()) => {
            let wrong = Wrong::gone(format!("no file of the number {number} is waiting"), "see what waits");
            return Ok(Err(wrong.link("what waits", Address::Intake { number: None })));
        }
    };
    let own = Address::Intake { number: Some(waiting.number) };
    let right = match build.desk.take("what was chosen is being kept") {
        Ok(right) => right,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let word = form.value("do").unwrap_or_default();
    if word == "drop" {
        room.throw_away(waiting.number)?;
        return Ok(Ok(Response::elsewhere(Address::Intake { number: None })));
    }
    let mut chosen = choices(form, &waiting.choices, &room.look(&waiting)?);
    match word {
        "own" => chosen.own.wanted = true,
        "known" => chosen.own.wanted = false,
        word => {
            if let Some(table) = word.strip_prefix("table:") {
                chosen.table = Some(table.to_owned());
            }
        }
    }
    room.choose(&waiting, &chosen)?;
    let waiting = Waiting { choices: chosen, ..waiting };
    let seen = room.look(&waiting)?;
    drop(right);
    let is_open = seen.refused.is_some() || !seen.open.is_empty();
    match word {
        "wait" => Ok(Ok(Response::elsewhere(Address::Intake { number: None }))),
        "try" if !is_open => Ok(tried(build, waiting)),
        "file" if !is_open && room.foresaw(&waiting, &seen)?.is_some() => Ok(filed(build, waiting)),
        _ => Ok(Ok(Response::elsewhere(own))),
    }
}

/// Works out what filing would change.
fn tried(build: &Build, waiting: Waiting) -> Result<Response, Wrong> {
    let room = room(build);
    let title = format!("What {} will change", waiting.original);
    let number = build.desk.start(&title, move |progress| {
        room.foresee(&waiting, progress)?;
        let own = Address::Intake { number: Some(waiting.number) };
        let link = Link::to("What it will change", format!("{own}#effect"));
        Ok(Done {
            words: vec!["What filing the file will change is worked out.".to_owned()],
            next: Some(link.address.clone()),
            links: vec![link],
        })
    })?;
    Ok(Response::elsewhere(Address::Work { number, on: true }))
}

/// Files a file and makes the tables.
fn filed(build: &Build, waiting: Waiting) -> Result<Response, Wrong> {
    let room = room(build);
    let options = build.options.clone();
    let title = format!("Filing {}", waiting.original);
    let number = build.desk.start(&title, move |progress| {
        progress.begin("filing the file");
        let path = room.file(&waiting)?;
        let said = |error: Error| {
            Error::usage(
                format!("{path} is filed, but the tables were not made: {error}"),
                "make the tables from the page \"Bring in a file\", or say `abreast run`",
            )
        };
        let mut done = made(&options, progress).map_err(said)?;
        done.words.insert(0, format!("{path} is filed."));
        Ok(done)
    })?;
    Ok(Response::elsewhere(Address::Work { number, on: true }))
}
