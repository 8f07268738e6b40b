//! A document as one self-contained HTML page: no network, no script, prints on A4.
//!
//! In: a `Document`. Out: the text of the page. Every word is escaped by the template; pictures are our own SVG, whose
//! text the chart room escaped.

mod fit;
mod laid;

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use super::columns;
use super::document::Document;
use crate::finding::Error;
use crate::text::printable;
pub use fit::{FIRST_PAGE, first_page_height};

const PAPER: &str = include_str!("page/paper.html");
const STYLE: &str = include_str!("page/paper.css");

/// The page of `document`.
///
/// # Errors
/// A mistake in the template, which a test would have found.
pub fn page(document: &Document) -> Result<String, Error> {
    let title = document.full_title();
    let foot = if document.illustrative { format!("{title}: illustrative data") } else { title.clone() };
    let annex = &document.annex;
    let has_annex = annex.table.is_some()
        || !annex.returned.is_empty()
        || [&annex.absent, &annex.since, &annex.sources].iter().any(|list| !list.is_empty())
        || !annex.words.is_empty();
    rendered(
        PAPER,
        context! {
            title, has_annex,
            illustrative => fit::ILLUSTRATIVE,
            of => columns::OF,
            document => Value::from(Serde(document)),
            layouts => Value::from(Serde(&laid::layouts(document))),
            breaks => document.tiles.is_empty() && (!document.messages.is_empty() || document.glance.is_some()),
            style => STYLE.replace("TITLE", &css_string(&foot)),
            version => env!("CARGO_PKG_VERSION"),
        },
    )
}

/// A template filled, without its blank lines.
///
/// # Errors
/// A mistake in the template.
pub(super) fn rendered(template: &str, values: Value) -> Result<String, Error> {
    let mut environment = Environment::new();
    let wrong = |error: minijinja::Error| {
        Error::usage(format!("the page could not be made: {error:#}"), "tell the makers of Abreast")
    };
    // The name's ending is what turns escaping on.
    environment.add_template("page.html", template).map_err(wrong)?;
    let page = environment.get_template("page.html").map_err(wrong)?.render(values).map_err(wrong)?;
    // The template escaped every word; what no file may hold is taken care of in the whole.
    let page = printable(&page);
    Ok(page.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n") + "\n")
}

/// Words inside a CSS string within a page: what could end either is written by its number.
fn css_string(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '<' | '>' | '&' | '\n' | '\r' => escaped.push_str(&format!("\\{:x} ", u32::from(letter))),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// The picture with ids of its own, so that many stand on one page, and without a fixed width.
pub fn inline(svg: &str, id: &str) -> String {
    svg.replacen("aria-labelledby=\"title desc\"", &format!("aria-labelledby=\"{id}-title {id}-desc\""), 1)
        .replacen("<title id=\"title\">", &format!("<title id=\"{id}-title\">"), 1)
        .replacen("<desc id=\"desc\">", &format!("<desc id=\"{id}-desc\">"), 1)
}
