//! "Add to a report": the lines that a measure's page is in a report file, and the form that appends them.
//!
//! In: the state of a measure's page, which its address is. Out: the lines to be seen before; the file with them at its end.

use serde::Serialize;

use crate::browse::address::{Address, MeasurePage, USUAL};
use crate::browse::build::Build;
use crate::browse::measure::kinds;
use crate::browse::post::{Deeds, Form};
use crate::browse::raw::Raw;
use crate::browse::request::Response;
use crate::browse::shell::Frame;
use crate::browse::wrong::Wrong;
use crate::comparator::{Average, Comparator};
use crate::durable;
use crate::finding::Error;
use crate::papers::extend::{Known, Wanted, appended, begun, reports};
use crate::schema::TOTAL;
use crate::shown::list;
use crate::store::measure;

/// What the page is filled with.
#[derive(Serialize)]
struct Page {
    label: String,
    back: String,
    lines: String,
    left_out: String,
    reports: Vec<(String, String)>,
    once: String,
}

/// Where the page of a measure leads to be added; none where nothing is changed here.
pub fn to_add(build: &Build, page: &MeasurePage) -> Option<String> {
    let back = Address::Measure(page.clone()).to_string();
    (!build.options.read_only).then(|| Raw::path(["papers", "add"]).with("back", back).to_string())
}

/// The page that asks to which report.
///
/// # Errors
/// The report files cannot be read, or the system gives no random numbers.
pub fn page(build: &Build, page: &MeasurePage) -> Result<Result<Response, Wrong>, Error> {
    if build.options.read_only {
        let help = "start `abreast browse` without `--read-only` to change something";
        let wrong = Wrong::refused(403, "this explorer was started with `--read-only` and changes nothing", help);
        return Ok(Err(wrong.link("the measure", Address::Measure(page.clone()))));
    }
    let (wanted, left_out) = wanted(build, page)?;
    let titled = |(file, report): Known| report.ok().map(|report| (file.name, report.title));
    let content = Page {
        label: wanted.heading.clone(),
        back: Address::Measure(page.clone()).to_string(),
        lines: wanted.lines(),
        left_out: if left_out.is_empty() {
            String::new()
        } else {
            format!("A report does not take {}: left out.", list(&left_out))
        },
        reports: reports(build.options.pipelines.folder.as_deref())?.into_iter().filter_map(titled).collect(),
        once: crate::browse::lists::slip(build)?,
    };
    let frame = Frame::of("Add to a report", "papers", page.area.or(build.home), build);
    build.shell.page(build, "add.html", &frame, &content).map(Ok)
}

/// What of the page a section can show, and what it cannot, in words.
fn wanted(build: &Build, page: &MeasurePage) -> Result<(Wanted, Vec<String>), Error> {
    let found = build.catalogue.measure(&format!("{}/{}", page.table, page.measure))?;
    let about = page.breakdown.split_once('=').filter(|(topic, _)| *topic != TOTAL);
    let mut left_out = Vec::new();
    let mut compare = Vec::new();
    for word in &page.beside {
        match Comparator::parse(word, &build.register) {
            Ok(Comparator::NeighboursOf(_)) | Err(_) => left_out.push(format!("`{word}`")),
            Ok(_) => compare.push(word.clone()),
        }
    }
    if page.average != Average::Mean {
        left_out.push(format!("the {} of neighbours (papers have their mean)", page.average.word()));
    }
    if !page.minimum.is_empty() {
        left_out.push(format!("a denominator of {} from which is ranked", page.minimum));
    }
    let wanted = Wanted {
        heading: measure(&found, "").label,
        measures: vec![format!("{}/{}", found.table, found.name)],
        about: about.map(|(topic, part)| (topic.to_owned(), part.to_owned())),
        charts: kinds(page.view).to_vec(),
        compare: if compare == USUAL { Vec::new() } else { compare },
        period: page.period.clone(),
    };
    Ok((wanted, left_out))
}

/// Appends the section to a report, or begins one with it.
pub fn add(build: &Build, form: &Form) -> Deeds {
    let back = form.value("back").unwrap_or_default();
    let address = Raw::parse(back).and_then(|raw| Address::parse(&raw, build.names()));
    let page = match address {
        Ok(Address::Measure(page)) => page,
        Ok(_) => return Ok(Err(Wrong::value("the form does not say what is to be added", "send it from its page"))),
        Err(wrong) => return Ok(Err(wrong)),
    };
    let lines = wanted(build, &page)?.0.lines();
    let area = page.area.or(build.home);
    let who = area.and_then(|code| build.register.newest(code)).map_or("", |authority| authority.name.as_str());
    let pipelines = build.options.pipelines.folder.as_deref();
    let made = match form.value("report").unwrap_or_default() {
        "" => begun(form.value("title").unwrap_or_default(), who, &lines, pipelines),
        name => appended(name, &lines, pipelines),
    };
    let (path, text) = match made {
        Ok(made) => made,
        Err(Error::Usage { message, help }) => {
            return Ok(Err(Wrong::value(message, help).link("the measure", Address::Measure(page))));
        }
        Err(error) => return Err(error),
    };
    durable::write(&path, &mut |out| out.write_all(text.as_bytes()))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Ok(Response::elsewhere(format!("{}#{name}", Address::Papers { area }))))
}
