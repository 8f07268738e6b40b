//! What stands over a paper: for whom, of when, about what, compared with what.

use crate::area::Authority;
use crate::comparator::Comparator;
use crate::publish::document::Document;
use crate::report::Report;
use crate::shown::list;

use super::item::{Item, periods};

/// The head of the report about one authority, without what it says.
pub fn head(report: &Report, authority: &Authority, items: &[Item<'_>], beside: &[String]) -> Document {
    Document {
        kind: report.kind.clone(),
        audience: report.audience.clone(),
        dated: dated(items),
        title: titled(&report.title, &authority.name),
        subtitle: subtitle(report, &authority.name, beside),
        authority: authority.name.clone(),
        illustrative: items.iter().any(|item| item.chosen.meta.illustrative),
        ..Document::default()
    }
}

/// The title with its place.
fn titled(title: &str, name: &str) -> String {
    if title.contains("{authority}") { title.replace("{authority}", name) } else { format!("{title} in {name}") }
}

/// What is compared with what, as the report says it or as its comparators do.
fn subtitle(report: &Report, name: &str, beside: &[String]) -> String {
    if !report.subtitle.is_empty() {
        return report.subtitle.replace("{authority}", name);
    }
    if beside.is_empty() { String::new() } else { format!("{name} compared with {}.", list(beside)) }
}

/// A comparator as a subtitle calls it.
pub fn spoken(comparator: &Comparator, name: String) -> String {
    match comparator {
        Comparator::Neighbours(_) | Comparator::NeighboursOf(_) => "similar authorities".to_owned(),
        Comparator::Group(_) => crate::shown::within(&name),
        Comparator::England | Comparator::Region | Comparator::Authority(_) => name,
    }
}

/// The periods that most figures are of, at most two: `Figures for 2024 and January 2025`.
fn dated(items: &[Item<'_>]) -> String {
    let periods = periods(items.iter().filter(|item| item.is_news()).map(|item| &item.reading));
    match periods.as_slice() {
        [] => String::new(),
        [first, second, _, ..] => format!("Figures for {first}, {second} and other periods"),
        few => format!("Figures for {}", list(few)),
    }
}
