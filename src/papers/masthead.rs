//! What stands over a paper: for whom, of when, about what, compared with what.

use crate::area::Authority;
use crate::comparator::Comparator;
use crate::publish::document::Document;
use crate::report::Report;
use crate::shown::{list, sentence};

use super::item::Item;

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
    match comparator.year() {
        Some(_) => "similar authorities".to_owned(),
        None => crate::shown::within(&name),
    }
}

/// The periods that most figures are of, at most two: `Figures for 2024 and January 2025`.
fn dated(items: &[Item<'_>]) -> String {
    let mut counts: Vec<(usize, &str)> = Vec::new();
    for item in items.iter().filter(|item| item.is_news()) {
        let prose = item.reading.period.prose.as_str();
        match counts.iter_mut().find(|(_, known)| *known == prose) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, prose)),
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let most: Vec<&str> = counts.iter().take(2).map(|(_, prose)| *prose).collect();
    match (most.as_slice(), counts.len()) {
        ([], _) => String::new(),
        (few, 0..=2) => format!("Figures for {}", list(few)),
        (few, _) => sentence(&format!("figures for {}, some older", list(few))),
    }
}
