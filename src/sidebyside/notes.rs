//! The notes beneath a table side by side: which set and which average, who had no data and why, rank, breaks, source.

use std::collections::BTreeSet;

use super::side::{Line, View, missing};
use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::period::label;
use crate::pipeline::{Polarity, Unit};
use crate::reading::{Change, Reading, words};
use crate::schema::column;
use crate::shown::number;
use crate::statistics::{cohort, control_chart};

/// The notes of the sheet about `code`, whose rows are `lines`.
pub fn notes(view: &View<'_>, code: LaCode, lines: &[Line], reading: &Reading) -> Vec<String> {
    let mut notes = Vec::new();
    if view.found.meta.illustrative {
        notes.push("Illustrative data: the figures are simulated.".to_owned());
    }
    notes.extend(missing_figures(view, lines));
    notes.extend(averages(view, code, reading));
    notes.push(rank(view));
    notes.extend(change(reading));
    notes.extend(small(reading));
    notes.extend(monthly(view, code));
    notes.extend(breaks(view));
    notes.extend(source(view, code));
    notes
}

fn missing_figures(view: &View<'_>, lines: &[Line]) -> Vec<String> {
    let mut notes = Vec::new();
    for line in lines {
        for (moment, figure) in view.moments.iter().zip(&line.figures) {
            if figure.value.is_none() {
                let status = missing(figure);
                let closed = line.code.and_then(|code| closed(view, code, moment.end));
                let made = match (&line.against, line.code) {
                    (_, Some(_)) => "not in the release",
                    (Some((_, against)), None) if against.used.1 == 1 => "not in the release",
                    (Some(_), None) => "no member has a figure",
                    (None, None) => "a part has no figure",
                };
                let reason = match (closed, figure.row) {
                    (Some(closed), _) => closed,
                    (None, Some(_)) => status.reason().to_owned(),
                    (None, None) => made.to_owned(),
                };
                notes.push((line.name.clone(), status.symbol(), reason, view.label(moment)));
            }
        }
    }
    together(&notes)
}

/// One line for each symbol, reason and set of periods, with all the areas it holds for.
fn together(notes: &[(String, &'static str, String, String)]) -> Vec<String> {
    let mut areas: Vec<(&str, &str, &str, Vec<&str>)> = Vec::new();
    for (name, symbol, reason, period) in notes {
        match areas.iter_mut().find(|known| (known.0, known.1, known.2) == (name, symbol, reason)) {
            Some(known) => known.3.push(period),
            None => areas.push((name, symbol, reason, vec![period])),
        }
    }
    let mut lines: Vec<(&str, &str, Vec<&str>, Vec<&str>)> = Vec::new();
    for (name, symbol, reason, periods) in areas {
        match lines.iter_mut().find(|known| (known.0, known.1, &known.3) == (symbol, reason, &periods)) {
            Some(known) => known.2.push(name),
            None => lines.push((symbol, reason, vec![name], periods)),
        }
    }
    let line = |(symbol, reason, names, periods): (&str, &str, Vec<&str>, Vec<&str>)| {
        format!("{symbol} {}: {reason} ({})", names.join(", "), periods.join(", "))
    };
    lines.into_iter().map(line).collect()
}

/// Why an authority was not there on a day.
fn closed(view: &View<'_>, code: LaCode, end: i32) -> Option<String> {
    let day = crate::period::day(end);
    if view.asked.register.at(code, day).is_some() {
        return None;
    }
    let authority = view.asked.register.newest(code)?;
    match (authority.closed, authority.opened) {
        (Some(closed), _) if closed < day => Some(format!("closed on {}", closed.format("%-d %B %Y"))),
        (_, Some(opened)) if day < opened => Some(format!("opened on {}", opened.format("%-d %B %Y"))),
        _ => None,
    }
}

fn averages(view: &View<'_>, code: LaCode, reading: &Reading) -> Vec<String> {
    let Some(last) = view.moments.last() else { return Vec::new() };
    let mut notes = Vec::new();
    if view.asked.comparators.iter().any(Comparator::is_published) {
        notes.push(
            "England, regions and authorities are as published; an authority is part of its region and of England."
                .to_owned(),
        );
    }
    let lists = view.asked.comparators.iter().enumerate().filter(|(_, comparator)| !comparator.is_published());
    for (index, comparator) in lists {
        let against = view.comparison.against(last.group, code, comparator);
        let wanted = comparator.members(code, &view.asked.register);
        let wanted = wanted.list();
        if wanted.is_empty() {
            notes.push(format!("{} has no {}.", view.asked.name(code), against.name));
            continue;
        }
        let without: Vec<String> = wanted
            .iter()
            .map(|&member| (member, view.comparison.figure(last.group, member)))
            .filter(|(_, figure)| figure.value.is_none())
            .map(|(member, figure)| {
                let reason = closed(view, member, last.end).unwrap_or_else(|| match figure.row {
                    Some(_) => missing(&figure).reason().to_owned(),
                    None => "not in the release".to_owned(),
                });
                format!("{} ({reason})", view.asked.name(member))
            })
            .collect();
        let (used, of) = (usize::from(against.used.0), usize::from(against.used.1));
        let (how, who) = (words::averaged(used, of), view.asked.name(code));
        let mut note = format!("{}: {how} in {}, {who} itself left out", against.name, view.label(last));
        if !without.is_empty() {
            note.push_str(&format!("; not {}", without.join(", ")));
        }
        note.push('.');
        let told = reading.against.get(index).and_then(words::turned);
        note.extend(told.map(|told| format!(" {told}")));
        notes.push(note);
    }
    notes
}

fn rank(view: &View<'_>) -> String {
    match view.polarity {
        Polarity::None => "No rank and no band: neither high nor low is good.".to_owned(),
        polarity => {
            let good = if polarity == Polarity::High { "highest" } else { "lowest" };
            let minimum = view.asked.options.minimum_denominator;
            let who = minimum.map_or(String::new(), |minimum| format!(" with a denominator of {minimum} or more"));
            format!(
                "Rank 1 is the {good} among authorities open at the end of the period with a figure{who}; ties share the lowest number. \
                 Rank lower and upper: pairwise tests at 95%, Holm. Band A is the best quarter (type 7 quartiles)."
            )
        }
    }
}

/// Why there is no change on the year before; nothing where there is one.
fn change(reading: &Reading) -> Option<String> {
    matches!(reading.change, Change::None(_)).then(|| words::fragment(reading)).filter(|note| !note.is_empty())
}

/// A figure of few cases, and how far one of them moves it.
fn small(reading: &Reading) -> Option<String> {
    let points = cohort::points_per_person(reading.level.few()?).filter(|_| reading.measure.unit == Unit::Percent);
    let points = points.map_or_else(String::new, |points| {
        format!(" One more or less moves it by {}.", reading.measure.distance(points))
    });
    Some(format!("{}{points}", words::few(reading)))
}

/// The labels of a control chart for series that are not yearly.
fn monthly(view: &View<'_>, code: LaCode) -> Vec<String> {
    let Some(last) = view.moments.last() else { return Vec::new() };
    if crate::period::cadence(&last.identifier).is_empty() {
        return Vec::new();
    }
    let figures: Vec<_> = view.moments.iter().map(|moment| view.comparison.figure(moment.group, code).value).collect();
    // The chart needs a series without gaps: the latest run of figures.
    let run = figures.iter().rev().take_while(|value| value.is_some()).count();
    let from = figures.len() - run;
    let values: Vec<f64> = figures[from..].iter().flatten().copied().collect();
    let mut notes = Vec::new();
    if let Some(limits) = control_chart::xmr_limits(&values, true) {
        let few = if run < control_chart::FEW_POINTS { "; few points, so the limits are shaky" } else { "" };
        notes.push(format!(
            "Control chart (XmR) of the latest {run} periods: mean {}, limits {} to {}{few}.",
            number(limits.mean, 1),
            number(limits.lower, 1),
            number(limits.upper, 1)
        ));
        let labels = control_chart::xmr_labels(&values);
        for (label, moment) in labels.iter().zip(&view.moments[from..]) {
            if *label != control_chart::PointLabel::CommonCause {
                notes.push(format!("  {}: {}", view.label(moment), label.label()));
            }
        }
    }
    notes
}

fn breaks(view: &View<'_>) -> Vec<String> {
    let concerns = |measures: &[String]| measures.is_empty() || measures.iter().any(|name| name == view.found.name);
    view.found
        .meta
        .breaks
        .iter()
        .filter(|declared| concerns(&declared.measures))
        .filter_map(|declared| {
            let moment = view.moments.iter().find(|moment| moment.period == declared.period)?;
            Some(format!(
                "[b] Break in the series at {}: {}.",
                label(&moment.period, &moment.identifier),
                declared.note
            ))
        })
        .collect()
}

fn source(view: &View<'_>, code: LaCode) -> Vec<String> {
    let mut files = BTreeSet::new();
    if let (Ok(release), Ok(file)) = (view.frame.get(column::Release), view.frame.get(column::File)) {
        let all = view.comparison.authorities().iter().copied();
        let row = view.moments.last().and_then(|last| {
            std::iter::once(code).chain(all).find_map(|code| view.comparison.figure(last.group, code).row)
        });
        files.extend(row.map(|row| format!("release {}, {}", release.word(row), file.word(row))));
    }
    let files: Vec<String> = files.into_iter().collect();
    vec![format!("Source: {}; {} ({}).", view.found.meta.source, files.join("; "), view.found.meta.licence)]
}
