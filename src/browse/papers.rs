//! Papers: every report file with what it is for and when it was made for the authority, its files, and a button that makes it.
//!
//! In: report files, the outputs of papers. Out: the page; a file of a paper, looked up among those that were written; a paper
//! made anew by the engine that `abreast report` calls.

mod add;

use serde::Serialize;

use super::address::Address;
use super::build::Build;
use super::post::{Deeds, Done, Form};
use super::request::{HTML, Response};
use super::shell::{Frame, Link};
use super::wrong::Wrong;
use crate::area::{Authority, LaCode};
use crate::finding::Error;
use crate::papers::extend::reports;
use crate::papers::{Papers, Shelf, make as made};
use crate::report::Report;
use crate::shown::{sentence, stop};
pub use add::{add, page as add_page, to_add};

/// What a paper's page may do: its style stands in it and its pictures are drawn in it; no script, no network, no form, no frame.
/// Its style is in attributes as well (columns as wide as what they hold), which no hash can name.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the page is filled with.
#[derive(Serialize)]
struct Page {
    who: String,
    area: String,
    papers: Vec<Paper>,
    others: Vec<Link>,
    /// The slip of the forms; empty where nothing is changed here.
    once: String,
}

/// A report file.
#[derive(Serialize)]
struct Paper {
    name: String,
    title: String,
    about: String,
    questions: Vec<String>,
    path: String,
    /// What is wrong with the file.
    wrong: String,
    made: String,
    files: Vec<Link>,
}

/// The page of the papers.
///
/// # Errors
/// The report files cannot be read, or the system gives no random numbers.
pub fn page(build: &Build, area: Option<LaCode>) -> Result<Response, Error> {
    let Some(authority) = area.or(build.home).and_then(|code| build.register.newest(code)) else {
        return super::home::ask_for(build, &|code| Address::Papers { area: Some(code) });
    };
    let shelf = Shelf::of(&build.options.out.folder);
    let papers: Vec<Paper> = reports(build.options.pipelines.folder.as_deref())?
        .into_iter()
        .map(|(file, report)| paper(&shelf, authority, (file.name, file.path), report))
        .collect();
    let known = |name: &String| papers.iter().flat_map(|paper| &paper.files).any(|link| link.address.ends_with(name));
    let others = shelf.pages().into_iter().filter(|name| !known(name));
    let page = Page {
        who: authority.name.clone(),
        area: authority.code.to_string(),
        others: others
            .map(|name| Link::to(name.trim_end_matches(".html"), Address::Paper { name: name.clone() }))
            .collect(),
        papers,
        once: super::lists::slip(build)?,
    };
    build.shell.page(build, "papers.html", &Frame::of("Papers", "papers", Some(authority.code), build), &page)
}

fn paper(
    shelf: &Shelf,
    authority: &Authority,
    (name, path): (String, String),
    report: Result<Report, String>,
) -> Paper {
    let kept = shelf.paper(&name, &authority.name);
    let made = kept.as_ref().and_then(|(_, made)| *made).map(super::build::dated).unwrap_or_default();
    let files = kept.map_or_else(Vec::new, |(files, _)| files);
    let files = files.into_iter().map(|kept| Link::to(kept.called, Address::Paper { name: kept.name })).collect();
    let mut paper = Paper {
        title: name.clone(),
        name,
        about: String::new(),
        questions: Vec::new(),
        path,
        wrong: String::new(),
        made,
        files,
    };
    match report {
        Ok(report) => {
            paper.title = report.title.replace("{authority}", &authority.name);
            let audience = if report.audience.is_empty() { String::new() } else { format!(" for {}", report.audience) };
            paper.about = stop(&sentence(&format!("{}{audience}", report.kind)));
            paper.questions = report.sections.into_iter().map(|section| section.heading).collect();
        }
        Err(wrong) => paper.wrong = wrong,
    }
    paper
}

/// A file of a paper.
///
/// # Errors
/// It cannot be read, or is not as it was written.
pub fn file(build: &Build, name: &str) -> Result<Result<Response, Wrong>, Error> {
    let Some((bytes, ending)) = Shelf::of(&build.options.out.folder).file(name)? else {
        let wrong = Wrong::gone(format!("no paper has the file `{name}`"), "open one from the list, or make it");
        return Ok(Err(wrong.link("the papers", Address::Papers { area: None })));
    };
    let kept = |kind| Response::kept(name.to_owned(), kind, bytes.clone());
    Ok(Ok(match ending.as_str() {
        "html" => Response { policy: Some(POLICY), ..Response::found(HTML, bytes) },
        "pdf" => Response::found("application/pdf", bytes),
        "docx" => kept("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        _ => kept("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }))
}

/// Makes a paper, on a thread of its own.
pub fn make(build: &Build, form: &Form) -> Deeds {
    let name = form.value("report").unwrap_or_default().to_owned();
    let Some(authority) = form.value("area").and_then(|area| build.register.known(area)) else {
        let wrong = Wrong::value("the form does not say for whom the paper is", "make it from the page of papers");
        return Ok(Err(wrong.link("the papers", Address::Papers { area: None })));
    };
    let (code, who) = (authority.code, authority.name.clone());
    if !reports(build.options.pipelines.folder.as_deref())?.iter().any(|(file, _)| file.name == name) {
        let wrong = Wrong::gone(format!("there is no report `{name}`"), "choose one from the list");
        return Ok(Err(wrong.link("the papers", Address::Papers { area: Some(code) })));
    }
    let options = Papers {
        new: None,
        names: vec![name.clone()],
        all: false,
        authority: vec![code.to_string()],
        out: build.options.out.folder.clone(),
        since: None,
        returns: build.options.returns.folder.clone(),
        pipelines: build.options.pipelines.folder.clone(),
        no_charts: false,
        ods: false,
        pdf: form.value("pdf").is_some(),
        browser: None,
        // A page that waits for a command in another window would not say so: it is refused with the holder's name.
        if_locked: crate::home::IfLocked { no_wait: true },
    };
    let title = format!("Making the paper {name} for {who}");
    Ok(build
        .desk
        .start(&title, move |progress| {
            progress.more(1);
            progress.begin(&name);
            let made = made(&options)?;
            progress.step(0);
            let mut words = vec![format!("The paper is made: {}.", made.pages.join(", "))];
            words.extend(
                made.findings
                    .iter()
                    .map(|finding| format!("{}: {}.", sentence(finding.severity.word()), finding.message)),
            );
            let list = Address::Papers { area: Some(code) };
            let next = made.findings.is_empty().then(|| format!("{list}#{name}"));
            Ok(Done { words, links: vec![Link::to("The papers", list)], next })
        })
        .map(|number| Response::elsewhere(format!("/work/{number}?on=1"))))
}
