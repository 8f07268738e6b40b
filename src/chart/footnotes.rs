//! The lines beneath a chart: what each symbol means and whom it hides, neighbours, breaks, notes, source.
//!
//! In: context and figures. Out: paragraphs, always in the same order.

use super::data::{Break, Context, Figure, Period, Place, Role};
use super::theme::Palette;
use super::{Key, Sign, series};
use crate::reading::words;
use crate::shown::{self, small};
use std::collections::BTreeMap;

/// How many names a line of missing figures holds before it says how many more there are.
const NAMES: usize = 40;

/// Who has no figure, or one to be used with care, by symbol and reason: `[x] not available: Leicester and Isle of Wight.`
pub fn marked<'a>(figures: impl Iterator<Item = (String, &'a Figure)>) -> Vec<String> {
    let mut groups: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for (name, figure) in figures.filter(|(_, figure)| figure.is_marked()) {
        groups.entry((figure.symbol(), figure.reason())).or_default().push(name);
    }
    let lines = groups.into_iter().map(|((symbol, reason), mut names)| {
        if names.len() > NAMES {
            let more = names.len() - NAMES + 1;
            names.truncate(NAMES - 1);
            names.push(format!("{more} more, named in the data beside this chart"));
        }
        format!("{symbol} {reason}: {}.", shown::list(&names))
    });
    lines.collect()
}

/// The places without a figure, or with a marked one.
pub fn marked_places<'a>(places: impl IntoIterator<Item = &'a Place>) -> Vec<String> {
    marked(places.into_iter().map(|place| (place.name.clone(), &place.figure)))
}

/// What each series lacks or marks, period by period: `Birmingham 2021 and 2022`.
pub fn marked_periods<'a>(periods: &[Period], series: impl Iterator<Item = (&'a str, &'a [Figure])>) -> Vec<String> {
    let mut groups: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for (name, figures) in series {
        let mut own: BTreeMap<(String, &str), Vec<&str>> = BTreeMap::new();
        for (period, figure) in periods.iter().zip(figures).filter(|(_, figure)| figure.is_marked()) {
            own.entry((figure.symbol(), figure.reason())).or_default().push(&period.label);
        }
        for (key, labels) in own {
            let all = labels.len() == periods.len() && labels.len() > 2;
            let when = if all { "all periods".into() } else { shown::list(&labels) };
            groups.entry(key).or_default().push(format!("{name} ({when})"));
        }
    }
    groups.into_iter().map(|((symbol, reason), names)| format!("{symbol} {reason}: {}.", shown::list(&names))).collect()
}

/// `[b] Break in the series: person-level collection from 2023.`
pub fn breaks(breaks: &[Break]) -> Vec<String> {
    breaks.iter().map(|gap| format!("[b] Break in the series: {}", shown::stop(&gap.reason))).collect()
}

/// Neighbour set, small numbers, what to know of the figure, notes and source: the paragraphs that every chart ends with.
pub fn ending(context: &Context, period: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(set) = &context.neighbours {
        let when = if period.is_empty() { String::new() } else { format!(" in {period}") };
        let (used, of) = (set.with_data as usize, set.size as usize);
        let how = match (set.each, used == of) {
            (true, true) => "each shown by itself".to_owned(),
            (true, false) => format!("each shown by itself, {} of {} with a figure{when}", small(used), small(of)),
            (false, true) => words::averaged(used, of),
            (false, false) => format!("{}{when}", words::averaged(used, of)),
        };
        lines.push(format!("Neighbours: {}, {how}.", set.name));
    }
    lines.extend(context.reading.as_ref().map(words::few).filter(|few| !few.is_empty()));
    lines.extend(context.reading.iter().flat_map(words::cautions));
    lines.extend(context.notes.iter().map(|note| shown::stop(note)));
    if !context.source.is_empty() {
        lines.push(format!("Source: {}", shown::stop(&context.source)));
    }
    lines
}

/// More places without a figure than this are counted and not named beside a chart.
const NAMED: usize = 6;

/// Who has no figure, in a reader's words: `No figure for Leicester and Isle of Wight (not available).`
pub fn without(places: &[Place]) -> Vec<String> {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for place in places.iter().filter(|place| place.figure.number().is_none()) {
        groups.entry(place.figure.reason()).or_default().push(&place.name);
    }
    let who = |names: Vec<&str>| match names.len() {
        many if many > NAMED => format!("{many} authorities"),
        _ => shown::list(&names),
    };
    groups.into_iter().map(|(reason, names)| format!("No figure for {} ({reason}).", who(names))).collect()
}

/// What each line lacks from its first figure on, in a reader's words: `No figure for Sandwell for 2019 and 2020 (not
/// available).`
pub fn gaps<'a>(periods: &[Period], series: impl Iterator<Item = (&'a str, &'a [Figure])>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, figures) in series {
        let Some(first) = figures.iter().position(|figure| figure.number().is_some()) else { continue };
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, figure) in figures.iter().enumerate().take(periods.len()).skip(first) {
            if figure.number().is_none() {
                groups.entry(figure.reason()).or_default().push(at);
            }
        }
        let line = |(reason, at): (&str, Vec<usize>)| {
            format!("No figure for {name} for {} ({reason}).", shown::list(&spans(periods, &at)))
        };
        lines.extend(groups.into_iter().map(line));
    }
    lines
}

/// The periods at these places; of three and more in a row the first and the last.
fn spans(periods: &[Period], at: &[usize]) -> Vec<String> {
    let label = |at: usize| periods[at].label.clone();
    let runs = at.chunk_by(|one, next| next - one == 1);
    let words = |run: &[usize]| match run {
        [first, .., last] if run.len() > 2 => vec![format!("{} to {}", label(*first), label(*last))],
        run => run.iter().map(|at| label(*at)).collect(),
    };
    runs.flat_map(words).collect()
}

/// What is new in the notes of a chart: averages of which members lack a figure, cautions, and what the chart leaves out.
pub fn new(context: &Context) -> Vec<String> {
    let reading = context.reading.as_ref();
    let shows_average = context.neighbours.as_ref().is_some_and(|set| !set.each);
    let members = reading.filter(|_| shows_average).into_iter().flat_map(|reading| &reading.against);
    let members = members.filter_map(words::members);
    let cautions = reading.into_iter().flat_map(words::cautions);
    members.chain(cautions).chain(context.notes.iter().map(|note| shown::stop(note))).collect()
}

/// What discs, diamonds and rings stand for where each is an authority.
pub fn key_of_points(context: &Context, places: &[Place], palette: &Palette) -> Vec<Key> {
    let there = |role| places.iter().any(|place| place.role == role && place.figure.number().is_some());
    let entry = |role, name: &str| {
        let (colour, shape) = series::point(role, palette);
        there(role).then(|| Key::new(name, Sign::Mark(colour, shape)))
    };
    let entries = [
        entry(Role::Subject, &context.subject),
        entry(Role::Neighbour, "Statistical neighbours"),
        entry(Role::Other, "Other local authorities"),
    ];
    entries.into_iter().flatten().collect()
}
