//! What every page shares: head, links, what is shown, foot; and the templates that pages are filled into.
//!
//! In: a page's own content as a value. Out: the text of the page. Every word is escaped by the template, but for our own SVG.

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

const TEMPLATES: [(&str, &str); 13] = [
    ("base.html", include_str!("templates/base.html")),
    ("parts.html", include_str!("templates/parts.html")),
    ("find.html", include_str!("templates/find.html")),
    ("home.html", include_str!("templates/home.html")),
    ("area.html", include_str!("templates/area.html")),
    ("measures.html", include_str!("templates/measures.html")),
    ("measure.html", include_str!("templates/measure.html")),
    ("heat.html", include_str!("templates/heat.html")),
    ("table.html", include_str!("templates/table.html")),
    ("figure.html", include_str!("templates/figure.html")),
    ("choose.html", include_str!("templates/choose.html")),
    ("work.html", include_str!("templates/work.html")),
    ("wrong.html", include_str!("templates/wrong.html")),
];

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
    /// Whether other places may be added.
    pub takes_more: bool,
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
        environment.set_formatter(|out, _, value| written(out, value));
        for (name, text) in TEMPLATES {
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
            illustrative => build.is_illustrative(),
            page => Value::from(Serde(content)),
        };
        let page = self
            .0
            .get_template(template)
            .and_then(|template| template.render(values))
            .map_err(|error| wrong(&error))?;
        let page = printable(&page);
        let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        Ok(Response::found(HTML, lines.join("\n").into_bytes()))
    }
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
    ];
    all.into_iter().map(|(tab, name, address)| Link::to(name, address).here(tab == frame.tab)).collect()
}

/// What the build is, in a sentence or two.
fn foot(build: &Build) -> Vec<String> {
    let tables = build.catalogue.tables();
    let measures: usize = tables.iter().map(|(_, meta)| meta.measures.len()).sum();
    let mut foot = Vec::new();
    if build.is_newer {
        foot.push(format!("These tables were made anew while you were looking: {}.", build.dated()));
    }
    foot.push(format!(
        "{} tables with {} measures, made on {}. This page comes from your own computer; nothing leaves it.",
        tables.len(),
        crate::shown::whole(measures),
        build.dated(),
    ));
    foot.push("Contains public sector information licensed under the Open Government Licence v3.0.".to_owned());
    foot
}
