//! What every page shares: head, links, what is shown, foot; and the templates that pages are filled into.
//!
//! In: a page's own content as a value. Out: the text of the page. Every word is escaped by the template, but for our own SVG.

use chrono::{DateTime, Utc};
use minijinja::value::Serde;
use minijinja::{Environment, Output, Value, context};
use serde::Serialize;

use super::address::{Address, AreaPage, HeatPage, Kind, RecordsPage, Who};
use super::build::Build;
use super::request::{HTML, Response};
use super::take::Offer;
use crate::area::LaCode;
use crate::finding::Error;
use crate::text::{escaped, printable};

/// The style of all pages.
pub const STYLE: &str = include_str!("style.css");
/// The script of all pages.
pub const SCRIPT: &str = include_str!("script.js");

/// The sign in the tab of the window: three bars abreast.
pub const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path d=\"M1 9h4v6H1zM6 1h4v14H6zM11 5h4v10h-4z\" fill=\"#12436D\"/></svg>";

const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("templates/base.html")),
    ("parts.html", include_str!("templates/parts.html")),
    ("find.html", include_str!("templates/find.html")),
    ("home.html", include_str!("templates/home.html")),
    ("area.html", include_str!("templates/area.html")),
    ("measures.html", include_str!("templates/measures.html")),
    ("measure.html", include_str!("templates/measure.html")),
    ("heat.html", include_str!("templates/heat.html")),
    ("rows.html", include_str!("templates/rows.html")),
    ("sources.html", include_str!("templates/sources.html")),
    ("changes.html", include_str!("templates/changes.html")),
    ("region.html", include_str!("templates/region.html")),
    ("region_measure.html", include_str!("templates/region_measure.html")),
    ("table.html", include_str!("templates/table.html")),
    ("file.html", include_str!("templates/file.html")),
    ("figure.html", include_str!("templates/figure.html")),
    ("papers.html", include_str!("templates/papers.html")),
    ("add.html", include_str!("templates/add.html")),
    ("lists.html", include_str!("templates/lists.html")),
    ("choose.html", include_str!("templates/choose.html")),
    ("intake.html", include_str!("templates/intake.html")),
    ("waiting.html", include_str!("templates/waiting.html")),
    ("copy.html", include_str!("templates/copy.html")),
    ("work.html", include_str!("templates/work.html")),
    ("wrong.html", include_str!("templates/wrong.html")),
];

/// Under what the publishers' figures may be shown.
pub const LICENCE: &str = "Contains public sector information licensed under the Open Government Licence v3.0.";

/// The templates.
pub struct Shell(Environment<'static>);

/// A link with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its words.
    pub name: String,
    /// Where it leads.
    pub address: String,
    /// Whether one is there.
    pub here: bool,
}

impl Link {
    /// A link to an address.
    pub fn to(name: impl Into<String>, address: impl ToString) -> Link {
        Link { name: name.into(), address: address.to_string(), here: false }
    }

    /// The same, where one may be there already.
    pub fn here(self, here: bool) -> Link {
        Link { here, ..self }
    }
}

/// Something to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What it is called.
    pub name: String,
    /// How an address has it.
    pub word: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What can be chosen in the bar under the links.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Picker {
    /// The address that the choice is made in.
    pub back: String,
    /// The page with every place to choose from.
    pub list: String,
    /// What may stand beside, each with a box to tick.
    pub boxes: Vec<Choice>,
    /// The other places, with commas between them.
    pub more: String,
    /// How the figures of several places can be made; nothing where the page has no average.
    pub averages: Vec<Choice>,
    /// Whether each neighbour may have a row; nothing where none can.
    pub each: Vec<Choice>,
    /// The denominator below which nobody is ranked, where the page ranks.
    pub minimum: Option<String>,
}

/// What the head, the bar and the foot of a page say.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// The title of the window.
    pub title: String,
    /// Which of the links one is on.
    pub tab: &'static str,
    /// The authority whose page it is.
    pub area: Option<String>,
    /// Its name; empty where the page is about nobody.
    pub who: String,
    /// Beside whom, in words.
    pub beside: String,
    /// What stands beside, each with the address without it.
    pub chips: Vec<Link>,
    /// What can be chosen.
    pub picker: Option<Picker>,
    /// Whether the strips of the page need their marks explained.
    pub has_strips: bool,
    /// What was looked for.
    pub query: String,
    /// What can be taken away.
    pub offer: Option<Offer>,
}

impl Frame {
    /// The frame of a page that is about an authority, or about nobody.
    pub fn of(title: &str, tab: &'static str, area: Option<LaCode>, build: &Build) -> Frame {
        let known = area.and_then(|code| build.register.newest(code));
        Frame {
            title: title.to_owned(),
            tab,
            area: known.map(|authority| authority.code.to_string()),
            who: known.map_or_else(String::new, |authority| authority.name.clone()),
            ..Frame::default()
        }
    }
}

impl Shell {
    /// The templates, read.
    ///
    /// # Errors
    /// A mistake in one, which a test would have found.
    pub fn new() -> Result<Shell, Error> {
        let mut environment = Environment::new();
        environment.add_filter("ticks", |text: String| Value::from_safe_string(ticks(&text)));
        // A text whose lines stay as they are when those of the page are tidied.
        environment.add_filter("lines", |text: String| Value::from_safe_string(escaped(&text).replace('\n', "&#10;")));
        environment.set_formatter(|out, _, value| written(out, value));
        for &(name, text) in TEMPLATES {
            environment.add_template(name, text).map_err(|error| wrong(&error))?;
        }
        Ok(Shell(environment))
    }

    /// A page.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn page(
        &self,
        build: &Build,
        template: &str,
        frame: &Frame,
        content: &impl Serialize,
    ) -> Result<Response, Error> {
        let values = context! {
            frame => Value::from(Serde(frame)),
            tabs => Value::from(Serde(&tabs(frame, build))),
            foot => Value::from(Serde(&foot(build))),
            newer => Value::from(Serde(&newer(frame, build))),
            illustrative => build.is_illustrative(),
            page => Value::from(Serde(content)),
        };
        let page = self.0.get_template(template).and_then(|template| template.render(values));
        Ok(Response::found(HTML, tidied(&page.map_err(|error| wrong(&error))?).into_bytes()))
    }

    /// What such a page says between head and foot.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn main(&self, template: &str, frame: &Frame, content: &impl Serialize) -> Result<String, Error> {
        let values = context! { frame => Value::from(Serde(frame)), page => Value::from(Serde(content)) };
        let rendered = self.0.get_template(template).and_then(|template| {
            let mut rendered = template.render_captured_to(values, std::io::sink())?;
            rendered.with_state_mut(|state| state.render_block("main"))
        });
        Ok(tidied(&rendered.map_err(|error| wrong(&error))?))
    }

    /// A template that is a page by itself.
    ///
    /// # Errors
    /// A mistake in the template.
    pub fn whole(&self, template: &str, content: &impl Serialize) -> Result<String, Error> {
        let values = context! { page => Value::from(Serde(content)) };
        let page = self.0.get_template(template).and_then(|template| template.render(values));
        Ok(tidied(&page.map_err(|error| wrong(&error))?))
    }
}

/// The lines of a page without those that are empty.
fn tidied(page: &str) -> String {
    let page = printable(page);
    let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// A text in which what stands between backticks is set as code.
fn ticks(text: &str) -> String {
    let escaped = escaped(text);
    let parts: Vec<&str> = escaped.split('`').collect();
    // One without its other stands for itself.
    if parts.len().is_multiple_of(2) {
        return escaped;
    }
    let part = |(at, part): (usize, &&str)| {
        if at.is_multiple_of(2) { (*part).to_owned() } else { format!("<code>{part}</code>") }
    };
    parts.iter().enumerate().map(part).collect()
}

/// A value as it stands in a page: escaped as everywhere here, which leaves slashes as they are; what is safe stays.
fn written(out: &mut Output<'_>, value: &Value) -> Result<(), minijinja::Error> {
    let done = match value.as_str() {
        _ if value.is_undefined() || value.is_none() => Ok(()),
        Some(text) if value.is_safe() => out.write_str(text),
        Some(text) => out.write_str(&escaped(text)),
        None => out.write_str(&escaped(&value.to_string())),
    };
    done.map_err(|_| minijinja::Error::new(minijinja::ErrorKind::WriteFailure, "no room for the page"))
}

fn wrong(error: &minijinja::Error) -> Error {
    Error::usage(format!("the page could not be made: {error:#}"), "tell the makers of Abreast")
}

/// The links of the head; each keeps the authority.
fn tabs(frame: &Frame, build: &Build) -> Vec<Link> {
    let area = frame.area.as_deref().and_then(|code| code.parse().ok()).or(build.home);
    let own = area.map_or(Address::Home, |code| Address::Area(AreaPage::of(Who::Authority(code))));
    let records = |kind| Address::Records(RecordsPage::of(kind, area));
    let all = [
        ("area", "Area", own),
        ("measures", "Measures", Address::Measures { topic: String::new(), area }),
        ("heat", "Heat map", Address::Heat(HeatPage::of(area))),
        ("changes", "Changes", records(Kind::Changes)),
        ("findings", "Findings", records(Kind::Findings)),
        ("sources", "Sources", records(Kind::Sources)),
        ("intake", "Bring in a file", Address::Intake { number: None }),
    ];
    all.into_iter().map(|(tab, name, address)| Link::to(name, address).here(tab == frame.tab)).collect()
}

/// That another build took the place of the one that was looked at, with the way to what differs.
fn newer(frame: &Frame, build: &Build) -> Option<Link> {
    let area = frame.area.as_deref().and_then(|code| code.parse().ok()).or(build.home);
    let made = build.made.map(DateTime::<Utc>::from).filter(|_| build.is_newer)?;
    let words = format!("These tables were rebuilt at {} (UTC)", made.format("%H:%M"));
    Some(Link::to(words, Address::Records(RecordsPage::of(Kind::Changes, area))))
}

/// What the build is, in a sentence or two.
fn foot(build: &Build) -> Vec<String> {
    let tables = build.catalogue.tables();
    let measures: usize = tables.iter().map(|(_, meta)| meta.measures.len()).sum();
    let mut foot = Vec::new();
    foot.push(format!(
        "{} tables with {} measures, made on {}. This page comes from your own computer; nothing leaves it.",
        tables.len(),
        crate::shown::whole(measures),
        build.dated(),
    ));
    foot.push(LICENCE.to_owned());
    foot
}
