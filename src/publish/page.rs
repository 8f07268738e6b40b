//! A document as one self-contained HTML page: no network, no script, prints on A4.
//!
//! In: a `Document`. Out: the text of the page. Every word is escaped by the template; pictures are our own SVG, whose
//! text the chart room escaped.

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use super::document::Document;
use crate::finding::Error;
use crate::text::printable;

const TEMPLATE: &str = include_str!("page/report.html");
const STYLE: &str = include_str!("page/style.css");

/// The page of `document`.
///
/// # Errors
/// A mistake in the template, which a test would have found.
pub fn page(document: &Document) -> Result<String, Error> {
    let mut environment = Environment::new();
    let wrong = |error: minijinja::Error| {
        Error::usage(format!("the page could not be made: {error:#}"), "tell the makers of Abreast")
    };
    // The name's ending is what turns escaping on.
    environment.add_template("report.html", TEMPLATE).map_err(wrong)?;
    let template = environment.get_template("report.html").map_err(wrong)?;
    let document = Value::from(Serde(document));
    let page =
        template.render(context! { document, style => STYLE, version => env!("CARGO_PKG_VERSION") }).map_err(wrong)?;
    // The template escaped every word; what no file may hold is taken care of in the whole.
    let page = printable(&page);
    Ok(page.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n") + "\n")
}

/// The picture with ids of its own, so that many stand on one page, and without a fixed width.
pub fn inline(svg: &str, id: &str) -> String {
    svg.replacen("aria-labelledby=\"title desc\"", &format!("aria-labelledby=\"{id}-title {id}-desc\""), 1)
        .replacen("<title id=\"title\">", &format!("<title id=\"{id}-title\">"), 1)
        .replacen("<desc id=\"desc\">", &format!("<desc id=\"{id}-desc\">"), 1)
}
