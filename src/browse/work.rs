//! The page of a deed that takes more than a moment: how far it is, a button that stops it, and what came of it.
//!
//! While it goes on the page loads itself again every second, without script; who waited is led on when it is done.

use serde::Serialize;

use super::address::Address;
use super::build::Build;
use super::post::{State, Work};
use super::request::Response;
use super::shell::{Frame, Link};
use super::wrong::Wrong;
use crate::finding::Error;
use crate::shown::{counted, sentence, stop as stopped, whole};

/// What the page is filled with.
#[derive(Serialize)]
struct Page {
    title: String,
    heading: String,
    words: Vec<String>,
    links: Vec<Link>,
    /// Steps done and all of them, where it goes on.
    steps: Option<(usize, usize)>,
    /// Where the button that stops it sends its form, and the slip.
    stop: Option<(String, String)>,
}

/// The page of a work; `on` leads who waited for it where it leads.
///
/// # Errors
/// The system gives no random numbers.
pub fn page(build: &Build, number: usize, on: bool) -> Result<Result<Response, Wrong>, Error> {
    let Some(work) = build.desk.work(number) else { return Ok(Err(unknown(&number.to_string()))) };
    let (mut page, refresh) = match work.state() {
        State::Running => (running(build, &work)?, Some("1".to_owned())),
        State::Done(done) => {
            if let Some(next) = done.next.filter(|_| on) {
                return Ok(Ok(Response::elsewhere(next)));
            }
            (over("Done", done.words, done.links), None)
        }
        State::Failed(wrong) => {
            let heading = if work.progress.is_stopped() { "Stopped" } else { "Not done" };
            let words = [&wrong.message, &wrong.help].map(|words| stopped(&sentence(words)));
            let links = wrong.links.iter().map(|(name, address)| Link::to(name, address)).collect();
            (over(heading, words.to_vec(), links), None)
        }
    };
    page.title.clone_from(&work.title);
    let frame = Frame::of(&page.title, "", build.home, build);
    let response = build.shell.page(build, "work.html", &frame, &page)?;
    Ok(Ok(Response { refresh, ..response }))
}

fn running(build: &Build, work: &Work) -> Result<Page, Error> {
    let stand = work.progress.stand();
    let mut words = vec![match (stand.of, stand.now.as_str()) {
        (0, "") => "It has begun.".to_owned(),
        (0, now) => format!("Now: {now}."),
        (of, now) => {
            format!(
                "{} of {}{}.",
                stand.done,
                counted(of, "table", "tables"),
                if now.is_empty() { String::new() } else { format!(", now {now}") }
            )
        }
    }];
    if stand.rows > 0 {
        words.push(format!("{} rows read.", whole(stand.rows as usize)));
    }
    words.push(format!(
        "It has taken {}. You may leave this page: it goes on.",
        counted(work.taken().as_secs() as usize, "second", "seconds")
    ));
    if work.progress.is_stopped() {
        words.push("It was asked to stop, and ends with the table in hand.".to_owned());
    }
    let slip = build.desk.slips.give()?;
    let stop = (!work.progress.is_stopped()).then(|| (format!("/work/{}/stop", work.number), slip));
    let steps = (stand.of > 0).then_some((stand.done, stand.of));
    Ok(Page { title: String::new(), heading: "Under way".to_owned(), words, links: Vec::new(), steps, stop })
}

fn over(heading: &str, words: Vec<String>, links: Vec<Link>) -> Page {
    Page { title: String::new(), heading: heading.to_owned(), words, links, steps: None, stop: None }
}

/// Asks a work to stop.
pub fn stop(build: &Build, number: &str) -> Result<Response, Wrong> {
    let work = number.parse().ok().and_then(|number| build.desk.work(number)).ok_or_else(|| unknown(number))?;
    work.progress.stop();
    Ok(Response::elsewhere(Address::Work { number: work.number, on: false }))
}

fn unknown(number: &str) -> Wrong {
    let message = format!("nothing with the number {number} was begun since the explorer was started");
    Wrong::gone(message, "start from one of the links").link("the first page", "/")
}
