//! A council's own figure and the published ones of its name, one beneath the other: two periods, both named, and no rank
//! across them.

use super::asked::{Asked, breakdowns};
use super::print::Sheet;
use super::view::{View, moments};
use super::{said, table};
use crate::area::LaCode;
use crate::compare::{BreakdownPeriod, Comparison};
use crate::finding::Error;
use crate::frame::Frame;
use crate::reading::{Seen, words, would_stand};
use crate::shown::number;
use crate::store::{Found, measure, subject};

/// A figure with its period.
struct Latest {
    seen: Seen,
    when: String,
}

/// What belongs beneath the sheets of a measure: of a council's own, the sheets of the published one; nothing of another.
///
/// # Errors
/// The published table cannot be read.
pub fn published(
    asked: &Asked<'_>,
    own: &Found<'_>,
    frame: &Frame,
    only: &(String, String),
) -> Result<Vec<Sheet>, Error> {
    let Some(published) = asked.catalogue.published_of(own) else { return Ok(Vec::new()) };
    let others = asked.catalogue.observations(&published)?;
    if !breakdowns(&others)?.contains(only) {
        return Ok(Vec::new());
    }
    let mut sheets = table::sheets(asked, &published, &others, only)?;
    for (sheet, &code) in sheets.iter_mut().zip(&asked.authorities) {
        sheet.title = format!("Published last. {}", sheet.title);
        if let Some(latest) = latest(asked, own, frame, only, code)? {
            let stand = standing(asked, &published, &others, only, (code, &latest))?;
            sheet.notes.splice(0..0, own_note(own, only, &latest).into_iter().chain(stand));
        }
    }
    Ok(sheets)
}

/// What was published last of a council's own measure, in sentences; nothing of another.
///
/// # Errors
/// The published table cannot be read.
pub fn published_words(
    asked: &Asked<'_>,
    own: &Found<'_>,
    frame: &Frame,
    only: &(String, String),
    code: LaCode,
) -> Result<Vec<String>, Error> {
    let Some(published) = asked.catalogue.published_of(own) else { return Ok(Vec::new()) };
    let others = asked.catalogue.observations(&published)?;
    if !breakdowns(&others)?.contains(only) {
        return Ok(Vec::new());
    }
    let context = asked.context(&published, only);
    let comparison = Comparison::of(&others, &context).map_err(said)?;
    let view = View::of(asked, &published, &others, &comparison, only)?;
    let Some(last) = view.moments.last() else { return Ok(Vec::new()) };
    let of = measure(&published, "");
    let lines = view.lines(code);
    let figures = lines.iter().filter_map(|line| {
        let value = line.figures.last()?.value?;
        Some(format!("{} {}", line.name, of.said(value)))
    });
    let figures: Vec<String> = figures.collect();
    let when = view.label(last);
    let mut notes = match figures.is_empty() {
        true => vec![format!("Of the same measure nothing is published for {when}.")],
        false => vec![format!("Published last of the same measure, for {when}: {}.", figures.join("; "))],
    };
    if let Some(latest) = latest(asked, own, frame, only, code)? {
        notes.extend(standing(asked, &published, &others, only, (code, &latest))?);
    }
    Ok(notes)
}

/// What a council's own return holds of a published measure, for the notes of each sheet.
///
/// # Errors
/// A table of the council's own cannot be read.
pub fn own(
    asked: &Asked<'_>,
    published: &Found<'_>,
    only: &(String, String),
    code: LaCode,
) -> Result<Vec<String>, Error> {
    let mut notes = Vec::new();
    for own in asked.catalogue.own_of(published) {
        let frame = asked.catalogue.observations(&own)?;
        if !breakdowns(&frame)?.contains(only) {
            continue;
        }
        if let Some(latest) = latest(asked, &own, &frame, only, code)? {
            notes.extend(own_note(&own, only, &latest));
        }
    }
    Ok(notes)
}

/// The last figure of an authority, or the reason there is none; nothing where the table knows nothing of it.
fn latest(
    asked: &Asked<'_>,
    found: &Found<'_>,
    frame: &Frame,
    only: &(String, String),
    code: LaCode,
) -> Result<Option<Latest>, Error> {
    let context = asked.context(found, only);
    let comparison = Comparison::of(frame, &context).map_err(said)?;
    let moments = moments(&comparison, None)?;
    let of = |moment: &BreakdownPeriod<'_>| {
        let row = comparison.row(moment.group, code)?;
        Some((row, Latest { seen: comparison.figure(moment.group, code), when: moment.when.label() }))
    };
    Ok(moments.iter().rev().find_map(of).map(|(_, latest)| latest))
}

/// `The council's own return has 54.9% (225 of 410) for 2024: provisional, not published (own_sen2_timeliness/timeliness_20_weeks)`.
fn own_note(own: &Found<'_>, only: &(String, String), latest: &Latest) -> Option<String> {
    let part = if only.0 == only.1 { "" } else { only.1.as_str() };
    let of = measure(own, part);
    let name = format!("{}/{}", own.table, own.name);
    let Some(value) = latest.seen.value else {
        let reason = latest.seen.missing.reason();
        return Some(format!(
            "The council's own return has no figure to show for {}: {reason} (`{name}`).",
            latest.when
        ));
    };
    let counts = match latest.seen.above.zip(latest.seen.below) {
        Some((top, bottom)) if of.quotient().is_some() => format!(" ({} of {})", number(top, 0), number(bottom, 0)),
        _ => String::new(),
    };
    Some(format!(
        "The council's own return has {}{counts} for {}: provisional, not published (`{name}`).",
        of.said(value),
        latest.when
    ))
}

/// Where the own figure would have stood among the others of the last published period.
fn standing(
    asked: &Asked<'_>,
    published: &Found<'_>,
    frame: &Frame,
    only: &(String, String),
    (code, own): (LaCode, &Latest),
) -> Result<Option<String>, Error> {
    let context = asked.context(published, only);
    let comparison = Comparison::of(frame, &context).map_err(said)?;
    let moments = moments(&comparison, None)?;
    let (Some(last), Some(value)) = (moments.last(), own.seen.value) else { return Ok(None) };
    // Once its own period is published the figure has a rank there.
    if last.when.label() == own.when || only.0 != only.1 {
        return Ok(None);
    }
    let day = last.when.day();
    let others: Vec<f64> = comparison
        .authorities()
        .iter()
        .filter(|&&other| other != code && asked.register.at(other, day).is_some())
        .filter_map(|&other| comparison.figure(last.group, other).value)
        .collect();
    let stand = would_stand(value, &others, subject(published.measure).polarity);
    Ok(stand.map(|stand| words::would_stand(&stand, &last.when.label())))
}
