//! The notes beneath a table side by side: which set and which average, who had no data and why, rank, breaks, source.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::range;
use super::view::{Line, View};
use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::period::{Break, Breaks, Known};
use crate::pipeline::{Polarity, Unit};
use crate::reading::{Change, Missing, Reading, Seen, words};
use crate::schema::column;
use crate::shown::number;
use crate::statistics::{cohort, control_chart};
use crate::value::Status;

/// The notes of the sheet about `code`, whose rows are `lines`.
pub fn notes(view: &View<'_>, code: LaCode, lines: &[Line], reading: &Reading) -> Vec<String> {
    let mut notes = Vec::new();
    if view.found.meta.illustrative {
        notes.push("Illustrative data: the figures are simulated.".to_owned());
    }
    if !reading.measure.reads.is_empty() {
        notes.push(format!("{}.", reading.measure.reads.trim_end_matches('.')));
    }
    notes.extend(marked_figures(view, lines));
    notes.extend(published(view, lines));
    notes.extend(averages(view, code, reading));
    notes.extend(range::note(view));
    notes.push(rank(view));
    notes.extend(change(reading));
    notes.extend(small(reading));
    notes.extend(monthly(view, code));
    notes.extend(breaks(view));
    notes.extend(source(view, code));
    notes
}

/// Figures that are missing, with the reason, and those that are not simply the publisher's.
fn marked_figures(view: &View<'_>, lines: &[Line]) -> Vec<String> {
    let mut notes = Vec::new();
    for line in lines {
        for (moment, figure) in view.moments.iter().zip(&line.figures) {
            if let Some(status) = figure.mark {
                notes.push((line.name.clone(), status.symbol(), status.reason().to_owned(), view.label(moment)));
            }
            if figure.value.is_none() {
                let closed = line.code.and_then(|code| closed(view, code, moment.when.day()));
                let made = match (&line.against, line.code) {
                    (_, Some(_)) => "not in the release",
                    (Some(against), None) if against.members == 1 => "not in the release",
                    (Some(_), None) => "no member has a figure",
                    (None, None) => "a part has no figure",
                };
                let published =
                    line.code.is_some() || line.against.as_ref().is_some_and(|against| against.members == 1);
                let reason = match (closed, figure.missing) {
                    (Some(closed), _) => closed,
                    (None, missing) if published && missing != Missing::Absent => missing.reason().to_owned(),
                    (None, _) => made.to_owned(),
                };
                notes.push((line.name.clone(), figure.missing.symbol(), reason, view.label(moment)));
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
fn closed(view: &View<'_>, code: LaCode, day: NaiveDate) -> Option<String> {
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

/// Whose the figures are: the publisher's, but for those that are worked out from their counts.
fn published(view: &View<'_>, lines: &[Line]) -> Option<String> {
    let ours = |figure: &Seen| matches!(figure.mark, Some(Status::WorkedOut | Status::Differs));
    let whose = match lines.iter().flat_map(|line| &line.figures).any(ours) {
        true => {
            "England, regions and authorities: as published, but for figures marked [w], worked out from their counts"
        }
        false => "England, regions and authorities are as published",
    };
    let is_said = view.asked.beside(view.found).iter().any(Comparator::is_published);
    is_said.then(|| format!("{whose}; an authority is part of its region and of England."))
}

fn averages(view: &View<'_>, code: LaCode, reading: &Reading) -> Vec<String> {
    let Some(last) = view.moments.last() else { return Vec::new() };
    let mut notes = Vec::new();
    let comparators = view.asked.beside(view.found);
    let lists = comparators.iter().enumerate().filter(|(_, comparator)| !comparator.is_published());
    for (index, comparator) in lists {
        let against = view.comparison.against(last.group, code, comparator);
        let wanted = comparator.members(code, view.asked.register);
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
                let reason = closed(view, member, last.when.day()).unwrap_or_else(|| match figure.missing {
                    Missing::Absent => "not in the release".to_owned(),
                    missing => missing.reason().to_owned(),
                });
                format!("{} ({reason})", view.asked.name(member))
            })
            .collect();
        let (used, of) = (usize::from(against.used), usize::from(against.members));
        let (how, who) = (words::averaged_as(view.asked.options.average, used, of), view.asked.name(code));
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
    if view.found.meta.own {
        let beneath = match view.asked.catalogue.published_of(view.found) {
            Some(_) => "; what was published last stands with them",
            None => "",
        };
        return format!("The council's own figures, provisional: not ranked, and compared with nobody{beneath}.");
    }
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
    if last.when.key.length().is_years() {
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
                notes.push(format!("  {}: {}", view.label(moment), label.as_str()));
            }
        }
    }
    notes
}

fn breaks(view: &View<'_>) -> Vec<String> {
    let known: Vec<Known<'_>> = view.moments.iter().map(|moment| moment.when.known()).collect();
    let breaks = Breaks::of(&view.found.meta.breaks, &known, None);
    let note = |(end, declared): (i32, &Break)| {
        let at = view.moments.iter().position(|moment| moment.when.key.end_day() >= end)?;
        let moment = &view.moments[at];
        // A break before the first period that is shown is of no concern here.
        let shown = at > 0 || moment.when.key.end_day() == end;
        shown.then(|| format!("[b] Break in the series at {}: {}.", view.label(moment), declared.note))
    };
    breaks.concerning(view.found.name).filter_map(note).collect()
}

fn source(view: &View<'_>, code: LaCode) -> Vec<String> {
    let mut files = BTreeSet::new();
    if let (Ok(release), Ok(file)) = (view.frame.get(column::Release), view.frame.get(column::File)) {
        let all = view.comparison.authorities().iter().copied();
        let row = view
            .moments
            .last()
            .and_then(|last| std::iter::once(code).chain(all).find_map(|code| view.comparison.row(last.group, code)));
        files.extend(row.map(|row| format!("release {}, {}", release.word(row), file.word(row))));
    }
    let files: Vec<String> = files.into_iter().collect();
    vec![format!("Source: {}; {} ({}).", view.found.meta.source, files.join("; "), view.found.meta.licence)]
}
