//! A council's own figure and the published ones of its name, one beneath the other: two periods, both named, and no rank
//! across them.

use super::asked::{Asked, breakdowns};
use super::print::Sheet;
use super::said;
use super::view::{View, moments};
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

/// What a council's own return has of a measure.
struct Own<'o> {
    found: &'o Found<'o>,
    comparison: &'o Comparison<'o>,
    moments: Vec<BreakdownPeriod<'o>>,
    only: &'o (String, String),
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
    beside_own(asked, own, frame, only, |view, own| {
        let sheet = |&code: &LaCode| {
            let mut sheet = view.sheet(code);
            sheet.title = format!("Published last. {}", sheet.title);
            let latest = own.latest(code);
            let stand = latest.as_ref().and_then(|latest| standing(view, code, latest));
            let note = latest.map(|latest| own.note(&latest));
            sheet.notes.splice(0..0, note.into_iter().chain(stand));
            sheet
        };
        asked.authorities.iter().map(sheet).collect()
    })
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
    beside_own(asked, own, frame, only, |view, own| {
        let Some(last) = view.moments.last() else { return Vec::new() };
        let (of, when) = (measure(view.found, ""), view.label(last));
        let lines = view.lines(code);
        let figures: Vec<String> = lines
            .iter()
            .filter_map(|line| Some(format!("{} {}", line.name, of.said(line.figures.last()?.value?))))
            .collect();
        let published = match figures.is_empty() {
            true => format!("Of the same measure nothing is published for {when}."),
            false => format!("Published last of the same measure, for {when}: {}.", figures.join("; ")),
        };
        let stand = own.latest(code).and_then(|latest| standing(view, code, &latest));
        std::iter::once(published).chain(stand).collect()
    })
}

/// What a council's own return holds of a published measure, for the notes of each of `codes`.
///
/// # Errors
/// A table of the council's own cannot be read.
pub fn own(
    asked: &Asked<'_>,
    published: &Found<'_>,
    only: &(String, String),
    codes: &[LaCode],
) -> Result<Vec<Vec<String>>, Error> {
    let mut notes = vec![Vec::new(); codes.len()];
    for found in &asked.catalogue.own_of(published) {
        let frame = asked.catalogue.observations(found)?;
        if !breakdowns(&frame)?.contains(only) {
            continue;
        }
        let context = asked.context(found, only);
        let comparison = Comparison::of(&frame, &context).map_err(said)?;
        let own = Own { found, comparison: &comparison, moments: moments(&comparison, None)?, only };
        for (notes, &code) in notes.iter_mut().zip(codes) {
            notes.extend(own.latest(code).map(|latest| own.note(&latest)));
        }
    }
    Ok(notes)
}

/// What is made of a council's own measure and the published one it stands beside; nothing where there is none, or none of
/// that breakdown.
fn beside_own<T: Default>(
    asked: &Asked<'_>,
    own: &Found<'_>,
    frame: &Frame,
    only: &(String, String),
    make: impl FnOnce(&View<'_>, &Own<'_>) -> T,
) -> Result<T, Error> {
    let Some(published) = asked.catalogue.published_of(own) else { return Ok(T::default()) };
    let others = asked.catalogue.observations(&published)?;
    if !breakdowns(&others)?.contains(only) {
        return Ok(T::default());
    }
    let contexts = [asked.context(&published, only), asked.context(own, only)];
    let theirs = Comparison::of(&others, &contexts[0]).map_err(said)?;
    let ours = Comparison::of(frame, &contexts[1]).map_err(said)?;
    let own = Own { found: own, comparison: &ours, moments: moments(&ours, None)?, only };
    Ok(make(&View::of(asked, &published, &others, &theirs, only)?, &own))
}

impl Own<'_> {
    /// The last figure of an authority, or the reason there is none; nothing where the table knows nothing of it.
    fn latest(&self, code: LaCode) -> Option<Latest> {
        self.moments.iter().rev().find_map(|moment| {
            self.comparison.row(moment.group, code)?;
            Some(Latest { seen: self.comparison.figure(moment.group, code), when: moment.when.label() })
        })
    }

    /// `The council's own return has 54.9% (225 of 410) for 2024: provisional, not published (own_sen2_timeliness/timeliness_20_weeks)`.
    fn note(&self, latest: &Latest) -> String {
        let part = if self.only.0 == self.only.1 { "" } else { self.only.1.as_str() };
        let of = measure(self.found, part);
        let name = format!("{}/{}", self.found.table, self.found.name);
        let Latest { seen, when } = latest;
        let Some(value) = seen.value else {
            let reason = seen.missing.reason();
            return format!("The council's own return has no figure to show for {when}: {reason} (`{name}`).");
        };
        let counts = match seen.above.zip(seen.below) {
            Some((top, bottom)) if of.quotient().is_some() => {
                format!(" ({} of {})", number(top, 0), number(bottom, 0))
            }
            _ => String::new(),
        };
        let said = of.said(value);
        format!("The council's own return has {said}{counts} for {when}: provisional, not published (`{name}`).")
    }
}

/// Where the own figure would have stood among the others of the last published period; nothing once its own period is
/// published, for there it has a rank.
fn standing(view: &View<'_>, code: LaCode, own: &Latest) -> Option<String> {
    let last = view.moments.last()?;
    let value = own.seen.value.filter(|_| last.when.label() != own.when && view.only.0 == view.only.1)?;
    let day = last.when.day();
    let others: Vec<f64> = view
        .comparison
        .authorities()
        .iter()
        .filter(|&&other| other != code && view.asked.register.at(other, day).is_some())
        .filter_map(|&other| view.comparison.figure(last.group, other).value)
        .collect();
    let stand = would_stand(value, &others, subject(view.found.measure).polarity)?;
    Some(words::would_stand(&stand, &last.when.label()))
}
