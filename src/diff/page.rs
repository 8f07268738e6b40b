//! Differences as one HTML page that stands alone. Every text from a return is escaped by the template, and marks that turn
//! the direction of reading are shown instead of obeyed.

use minijinja::{Environment, Value, context};

use super::report::{Report, moved, told, turned};
use crate::finding::Error;
use crate::text::printable;

const TEMPLATE: &str = include_str!("page.html");

/// The page of what lies between the builds called `old` and `new`.
///
/// # Errors
/// A mistake in the template, which a test would have found.
pub fn page(old: &str, new: &str, reports: &[Report], unchanged: usize) -> Result<String, Error> {
    let tables: Vec<Value> = reports.iter().map(table).collect();
    let mut environment = Environment::new();
    // The name's ending is what turns escaping on.
    let added = environment.add_template("page.html", TEMPLATE);
    let made = added
        .and_then(|()| environment.get_template("page.html")?.render(context! { old, new, unchanged, tables }))
        .map_err(|error| {
            Error::usage(format!("the page could not be made: {error:#}"), "tell the makers of Abreast")
        })?;
    Ok(printable(&made).into_owned() + "\n")
}

/// What the template shows of one table.
fn table(report: &Report) -> Value {
    let changed = &report.changed;
    let count = |kind| changed.counts.get(&kind).copied().unwrap_or_default();
    let largest: Vec<Value> =
        changed.largest.iter().map(|line| context! { told => told(line), id => line.id.to_string() }).collect();
    let areas: Vec<String> = changed.authorities.iter().map(|(name, count)| format!("{name}: {count}")).collect();
    context! {
        name => &report.table,
        title => &report.title,
        counts => super::Kind::ALL.into_iter().map(count).chain([changed.moved[0]]).collect::<Vec<_>>(),
        schema => &report.schema,
        coverage => &report.coverage,
        figures => report.counts(),
        largest,
        areas,
        comparisons => report.has_moved().then(|| report.moved()),
        moved => changed.most.iter().map(moved).collect::<Vec<_>>(),
        turned => changed.flags.iter().map(turned).collect::<Vec<_>>(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Changed, Report};
    use super::page;

    #[test]
    fn text_from_a_return_stays_text() {
        let report = Report {
            table: "t".to_owned(),
            title: "<b>".to_owned(),
            coverage: vec!["2024: <script>alert(1)</script> has come".to_owned()],
            changed: Changed::default(),
            ..Report::default()
        };
        let html = page("a", "b", &[report], 0).expect("a page");
        assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
    }
}
