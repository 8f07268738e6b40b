//! What changed since the build before, measure by measure, for the end of a paper.

use crate::area::LaCode;
use crate::reading::words;
use crate::store::Compared;

use super::item::Item;

/// How many of the latest periods are looked at for figures that were revised.
const PERIODS: usize = 3;

/// What is newer, revised or moved since `before`, a sentence each; that nothing changed where nothing did.
pub fn lines(items: &[Item<'_>], authority: LaCode, before: &Compared<'_>) -> Vec<String> {
    let published = items.iter().filter(|item| item.chosen.rate.is_none());
    let mut lines: Vec<String> = published.flat_map(|item| changes(item, authority, before)).collect();
    if lines.is_empty() {
        lines.push("No figure of this paper has changed since the paper before.".to_owned());
    }
    lines
}

fn changes(item: &Item<'_>, authority: LaCode, before: &Compared<'_>) -> Vec<String> {
    let (topic, breakdown) = item.series.about;
    let slice = before.slice(item.chosen.found(), topic, breakdown);
    let old = slice.series(authority).until(item.when);
    let Some(last) = old.points.last() else { return Vec::new() };
    let mut lines = Vec::new();
    if last.when != item.when {
        lines.extend(
            last.figure.value.and_then(|value| words::newer(&item.reading, (&slice.spoken(last.when).prose, value))),
        );
    }
    for point in item.series.points.iter().rev().take(PERIODS) {
        let was = old.at(point.when).and_then(|old| old.figure.value);
        if let Some(values) = was.zip(point.figure.value) {
            lines.extend(words::revised(&item.reading, &slice.spoken(point.when).prose, values));
        }
    }
    let now = item.series.at(item.when);
    if let (true, Some(rank), Some(now)) = (last.when == item.when, last.standing.rank, now) {
        lines.extend(words::place_moved(&item.reading, u32::from(rank), last.figure.value != now.figure.value));
    }
    lines
}
