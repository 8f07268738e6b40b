//! The best, the middle and the worst local authority of the latest period: between what figures lie.
//!
//! In: a comparison. Out: up to three lines. Of an even number the better of the two in the middle stands there; where neither
//! high nor low is good they are the highest, the middle and the lowest.

use super::view::{Line, View};
use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::pipeline::Polarity;
use crate::shown::list;

/// The lines of the best, the middle and the worst; none where they were not asked for.
pub fn lines(view: &View<'_>, own: LaCode) -> Vec<Line> {
    let Some(last) = view.moments.last().filter(|_| view.asked.range) else { return Vec::new() };
    let line = |(code, word): (LaCode, &'static str)| {
        let against = (code != own).then(|| view.comparison.against(last.group, own, &Comparator::Authority(code)));
        let line = view.line(code, against);
        Line { name: format!("{} ({word})", line.name), ranged: word, ..line }
    };
    chosen(view).into_iter().map(line).collect()
}

/// Who they are, as a note.
pub fn note(view: &View<'_>) -> Option<String> {
    let last = view.moments.last().filter(|_| view.asked.range)?;
    let names: Vec<String> =
        chosen(view).iter().map(|(code, word)| format!("{} ({word})", view.asked.name(*code))).collect();
    let of = ordered(view).len();
    (!names.is_empty())
        .then(|| format!("Of the {of} local authorities with a figure in {}: {}.", view.label(last), list(&names)))
}

fn chosen(view: &View<'_>) -> Vec<(LaCode, &'static str)> {
    let ordered = ordered(view);
    let Some(last) = ordered.len().checked_sub(1) else { return Vec::new() };
    let words = match view.polarity {
        Polarity::None => ["highest", "middle", "lowest"],
        _ => ["best", "middle", "worst"],
    };
    let mut chosen: Vec<(LaCode, &'static str)> = Vec::new();
    for (at, word) in [0, last / 2, last].into_iter().zip(words) {
        if chosen.iter().all(|(code, _)| *code != ordered[at]) {
            chosen.push((ordered[at], word));
        }
    }
    chosen
}

/// The authorities that were open at the end of the latest period and have a figure that nobody doubts, the best first.
fn ordered(view: &View<'_>) -> Vec<LaCode> {
    let Some(last) = view.moments.last() else { return Vec::new() };
    let open = |code: &LaCode| view.asked.register.at(*code, last.when.day()).is_some();
    let figure = |code: LaCode| {
        let seen = view.comparison.figure(last.group, code);
        Some((code, seen.value.filter(|_| !seen.is_doubted())?))
    };
    let authorities = view.comparison.authorities().iter().copied();
    let mut all: Vec<(LaCode, f64)> = authorities.filter(open).filter_map(figure).collect();
    all.sort_by(|one, other| match view.polarity {
        Polarity::Low => one.1.total_cmp(&other.1).then(one.0.cmp(&other.0)),
        _ => other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)),
    });
    all.into_iter().map(|(code, _)| code).collect()
}
