//! The list of measures by topic.

use serde::Serialize;

use super::address::Address;
use super::build::Build;
use super::request::Response;
use super::shell::{Frame, Link};
use super::take::offer;
use crate::area::{LaCode, fold};
use crate::finding::Error;
use crate::reading::words;
use crate::shown::{counted, sentence};
use crate::store::{Found, measure};

/// What the template is filled with.
#[derive(Default, Serialize)]
pub struct Page {
    pub title: String,
    pub lede: String,
    pub links: Vec<Link>,
    pub parts: Vec<Part>,
}

/// Measures or places under a heading.
#[derive(Serialize)]
pub struct Part {
    pub id: String,
    pub title: String,
    pub source: String,
    pub hits: Vec<Hit>,
}

/// A measure or a place.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Hit {
    pub name: String,
    pub address: String,
    pub words: String,
    pub more: String,
    /// Where it stands.
    pub at: Link,
}

/// All measures, or those of a topic.
///
/// # Errors
/// A mistake in a template.
pub fn page(build: &Build, topic: &str, area: Option<LaCode>) -> Result<Response, Error> {
    let area = area.or(build.home);
    let mut parts: Vec<(&str, Part)> = Vec::new();
    for found in build.measures().filter(|found| topic.is_empty() || found.meta.topic == topic) {
        match parts.last_mut().filter(|(table, _)| *table == found.table) {
            Some((_, part)) => part.hits.push(hit(&found, area)),
            None => parts.push((found.table, part(&found, area))),
        }
    }
    let count: usize = parts.iter().map(|(_, part)| part.hits.len()).sum();
    let page = Page {
        title: if topic.is_empty() { "Measures".to_owned() } else { topic.to_owned() },
        lede: format!(
            "{} in {}.",
            sentence(&counted(count, "measure", "measures")),
            counted(parts.len(), "table", "tables")
        ),
        links: topics(build, topic, area),
        parts: parts.into_iter().map(|(_, part)| part).collect(),
    };
    let mut frame = Frame::of(&page.title, "measures", area, build);
    frame.offer = Some(offer(build, &Address::Measures { topic: topic.to_owned(), area })?);
    build.shell.page(build, "measures.html", &frame, &page)
}

/// The topics to choose from, the one called `chosen` marked.
pub fn topics(build: &Build, chosen: &str, area: Option<LaCode>) -> Vec<Link> {
    let mut topics: Vec<&str> = build.measures().map(|found| found.meta.topic.as_str()).collect();
    topics.sort_unstable();
    topics.dedup();
    let link = |topic: &str| {
        Link::to(if topic.is_empty() { "All" } else { topic }, Address::Measures { topic: topic.to_owned(), area })
    };
    let all = std::iter::once("").chain(topics.into_iter().filter(|topic| !topic.is_empty()));
    all.map(|topic| link(topic).here(topic == chosen)).collect()
}

fn part(found: &Found<'_>, area: Option<LaCode>) -> Part {
    Part {
        id: fold(found.table).replace(' ', "-"),
        title: found.meta.title.clone(),
        source: found.meta.source.clone(),
        hits: vec![hit(found, area)],
    }
}

/// A measure with its unit, which way is good, and its definition.
pub fn hit(found: &Found<'_>, area: Option<LaCode>) -> Hit {
    let way = words::direction(&measure(found, ""));
    Hit {
        name: found.measure.label.clone(),
        address: Address::measure(found.table, found.name, area).to_string(),
        words: format!("{}. {way}", sentence(&found.measure.unit)).trim().to_owned(),
        more: found.measure.definition.clone(),
        at: Link::default(),
    }
}
