//! What a scorecard says: the message of a month that misses its target or is out of the usual, and the ratings counted.
//!
//! In: readings of a council's own months, each with its target and what its months show. Out: the bold sentence and its figures.

use std::cmp::Ordering;

use super::super::{Change, Judged, Judgement, Measure, Month, Moved, NoChange, Rating, Reading};
use super::message::MOST;
use super::{closed, join, length, months, target};
use crate::shown::{list, number, sentence, small, within};
use crate::statistics::quotient::Quotient;

/// A bold sentence and the figures that carry it.
pub type Spoken = (String, String);

/// The message of one measure; `areas` says how many of its areas or teams miss the target, and of how many.
pub fn scored(reading: &Reading, areas: Option<(usize, usize)>) -> Spoken {
    let told = [moving, from_a_year_before, out_of_the_usual, missed].iter().find_map(|one| one(reading));
    let (bold, tells) = told.unwrap_or_else(|| (level(reading), Tells::Nothing));
    let mut rest = evidence(reading, tells == Tells::Target);
    let mut more = Vec::new();
    if tells != Tells::Month && reading.month.is_some_and(|month| !matches!(month, Month::Usual | Month::Short(_))) {
        more.extend(reading.month.map(months::month));
    }
    more.extend(areas.and_then(|(missed, of)| teams(reading, missed, of)));
    for one in more {
        if length(&bold) + length(&rest) + length(&one) <= MOST {
            rest = join([rest, one]);
        }
    }
    (bold, rest)
}

/// What the bold sentence has told already.
#[derive(PartialEq, Eq)]
enum Tells {
    /// What the months show.
    Month,
    /// The target.
    Target,
    /// The figure.
    Nothing,
}

/// Seven months one way: `Assessments on time fell for seven months, to 77%.`
fn moving(reading: &Reading) -> Option<(String, Tells)> {
    let Month::Moving { up } = reading.month? else { return None };
    let verb = if up { "rose" } else { "fell" };
    let value = reading.measure.said(reading.level.value()?);
    Some((format!("{} {verb} for seven months, to {value}.", reading.measure.heading()), Tells::Month))
}

/// Out of the usual, and so against the year before: `More children are in care: 72, from 65 a year before.`
fn from_a_year_before(reading: &Reading) -> Option<(String, Tells)> {
    let high = match reading.month? {
        Month::Outside { high, .. } => high,
        Month::Apart { above } => above,
        _ => return None,
    };
    let (_, before) = reading.change.from()?;
    let value = reading.level.value()?;
    if (value > before) != high {
        return None;
    }
    let phrase = if high { &reading.measure.phrases.more } else { &reading.measure.phrases.less };
    let lead = if phrase.is_empty() { reading.measure.heading() } else { phrase.clone() };
    let (now, then) = reading.measure.apart(value, before);
    Some((format!("{lead}: {now}, from {then} a year before."), Tells::Nothing))
}

/// Out of the usual without a year before: `Agency social workers: 14%, unusually low.`
fn out_of_the_usual(reading: &Reading) -> Option<(String, Tells)> {
    super::unusual(reading)?;
    let words = within(months::month(reading.month?).trim_end_matches('.'));
    let value = reading.measure.said(reading.level.value()?);
    Some((format!("{}: {value}, {}.", reading.measure.heading(), words.replace(": ", ", ")), Tells::Month))
}

/// The target missed: `Re-referrals within 12 months missed the target: 29% against 24%.`
fn missed(reading: &Reading) -> Option<(String, Tells)> {
    let Judgement::Judged(Judged { number: Some(asked), rating, .. }) = reading.target else { return None };
    let word = match rating {
        Rating::Red => "missed",
        Rating::Amber => "just missed",
        Rating::Green | Rating::Blue => "met",
    };
    let (now, asked) = reading.measure.apart(reading.level.value()?, asked);
    Some((format!("{} {word} the target: {now} against {asked}.", reading.measure.heading()), Tells::Target))
}

/// The figure and its month.
fn level(reading: &Reading) -> String {
    let value = reading.level.value().map(|value| reading.measure.said(value)).unwrap_or_default();
    closed(&format!("{}: {value} {}", reading.measure.heading(), reading.period.at()))
}

/// `312 of 405 in May 2025; target 85%.`
fn evidence(reading: &Reading, target_told: bool) -> String {
    let counts = counted(reading).map(|counts| format!("{counts} {}", reading.period.at()));
    let aim = match reading.target {
        Judgement::Judged(judged) if judged.within_chance => return within_chance(reading, counts),
        Judgement::Judged(_) if !target_told => Some(format!("target {}", target::asked(reading))),
        Judgement::Judged(_) => None,
        Judgement::None(_) if super::unusual(reading).is_some() => Some("no target is set".to_owned()),
        Judgement::None(_) => None,
    };
    let parts: Vec<String> = counts.into_iter().chain(aim).collect();
    if parts.is_empty() { String::new() } else { closed(&parts.join("; ")) }
}

/// That chance alone could explain a miss stands beside the rating, not instead of it.
fn within_chance(reading: &Reading, counts: Option<String>) -> String {
    let counts = counts.map(|counts| closed(&counts)).unwrap_or_default();
    let miss = format!("The target is {}; chance alone could explain the miss.", target::asked(reading));
    join([counts, miss])
}

/// `312 of 405` of a share, `566 in all` of a rate; none where the figure is the count itself.
pub fn counted(reading: &Reading) -> Option<String> {
    let (top, bottom) = reading.level.amount()?.counts?;
    match reading.measure.unit.quotient()? {
        Quotient::Share(_) => Some(format!("{} of {}", number(top, 0), number(bottom, 0))),
        Quotient::Rate(_) => Some(format!("{} in all", number(top, 0))),
    }
}

/// `All four teams miss the target.`
fn teams(reading: &Reading, missed: usize, of: usize) -> Option<String> {
    reading.target.rating()?;
    match (missed, of) {
        (_, 0 | 1) | (0, _) => None,
        (missed, of) if missed == of => Some(format!("All {} teams miss the target.", small(of))),
        (1, of) => Some(format!("One of {} teams misses the target by more than the tolerance.", small(of))),
        (missed, of) => Some(format!(
            "{} of {} teams miss the target by more than the tolerance.",
            sentence(&small(missed)),
            small(of)
        )),
    }
}

/// Several measures of one rating in one message, after `told` of the same: `Three measures just miss their targets; none has
/// changed unusually.`
pub fn together(readings: &[&Reading], rating: Rating, told: usize) -> Option<Spoken> {
    let many = sentence(&small(readings.len()));
    let verb = match rating {
        Rating::Red => "miss",
        Rating::Amber => "just miss",
        Rating::Green | Rating::Blue => "meet",
    };
    let what = format!("{}measures {verb} their targets", if told > 0 { "more " } else { "" });
    let bold = match readings {
        [] => return None,
        [one] => return Some(scored(one, None)),
        _ if readings.iter().all(|reading| reading.month == Some(Month::Usual)) => {
            format!("{many} {what}; none has changed unusually.")
        }
        _ => format!("{many} {what}."),
    };
    let rest = named(readings, MOST.saturating_sub(length(&bold)));
    Some((bold, rest))
}

/// The measures with their figures, as many as `room` words take: `Protection visits (94%), average caseload (16.6).`
fn named(readings: &[&Reading], room: usize) -> String {
    let one = |reading: &&Reading| {
        let value = reading.level.value().map(|value| reading.measure.shown(value)).unwrap_or_default();
        format!("{} ({value})", reading.measure.noun)
    };
    shortened(readings.iter().map(one).collect(), room)
}

/// As many names as `room` words take, and how many more there are.
fn shortened(mut names: Vec<String>, room: usize) -> String {
    let mut left = 0;
    while names.len() > 1 && length(&names.join(" ")) + 3 > room {
        names.pop();
        left += 1;
    }
    if left > 0 {
        names.push(format!("{} more", small(left)));
    }
    closed(&list(&names))
}

/// The ratings of a scorecard: `Ten measures: four blue, one green, three amber, one red, one not judged.`
pub fn ratings(readings: &[&Reading]) -> String {
    let count = |wanted: Option<Rating>| readings.iter().filter(|one| one.target.rating() == wanted).count();
    let kinds = [
        (Some(Rating::Blue), "blue"),
        (Some(Rating::Green), "green"),
        (Some(Rating::Amber), "amber"),
        (Some(Rating::Red), "red"),
        (None, "not judged"),
    ];
    let told = kinds.map(|(kind, word)| (count(kind), word));
    let told: Vec<String> =
        told.iter().filter(|(many, _)| *many > 0).map(|(many, word)| format!("{} {word}", small(*many))).collect();
    let noun = if readings.len() == 1 { "measure" } else { "measures" };
    let all = sentence(&small(readings.len()));
    if count(None) == readings.len() {
        return format!("{all} {noun}, none of them judged: no target is set.");
    }
    format!("{all} {noun}: {}.", told.join(", "))
}

/// What became of a figure since the one before, in a cell: `Up from 71%`, `No clear change`; none where there is none before.
pub fn travelled(change: &Change, measure: &Measure) -> Option<String> {
    let from = |word: &str, from: f64, to: f64| format!("{word} from {}", measure.apart(from, to).0);
    Some(match change {
        Change::Tested { from: old, to, movement, .. } => match movement.moved() {
            Moved::Improved => from("Improved", *old, *to),
            Moved::Worsened => from("Worsened", *old, *to),
            Moved::Rose => from("Up", *old, *to),
            Moved::Fell => from("Down", *old, *to),
            Moved::Unclear | Moved::Level => "No clear change".to_owned(),
        },
        Change::Counted { from: old, to, .. } | Change::Seen { from: old, to, .. } => match to.partial_cmp(old) {
            Some(Ordering::Greater) => from("Up", *old, *to),
            Some(Ordering::Less) => from("Down", *old, *to),
            _ => "The same as before".to_owned(),
        },
        Change::None(NoChange::Few) => "Too few cases".to_owned(),
        Change::None(_) => return None,
    })
}

/// What became of several figures since those before: `Two of five measures have moved.`, and from what;
/// none where fewer than two have a figure before.
pub fn movements(told: &[(&Reading, Change)]) -> Option<Spoken> {
    let known: Vec<(&Reading, String, bool)> = told
        .iter()
        .filter_map(|(reading, change)| Some((*reading, travelled(change, &reading.measure)?, has_moved(change))))
        .collect();
    if known.len() < 2 {
        return None;
    }
    let moved: Vec<&(&Reading, String, bool)> = known.iter().filter(|(_, _, moved)| *moved).collect();
    let of = small(known.len());
    let bold = match moved.len() {
        0 => format!("None of {of} measures has clearly moved."),
        1 => format!("One of {of} measures has moved."),
        many => format!("{} of {of} measures have moved.", sentence(&small(many))),
    };
    let room = MOST.saturating_sub(length(&bold));
    if moved.is_empty() {
        let readings: Vec<&Reading> = known.iter().map(|(reading, ..)| *reading).collect();
        return Some((bold, named(&readings, room)));
    }
    let one = |(reading, words, _): &&(&Reading, String, bool)| {
        let value = reading.level.value().map(|value| reading.measure.shown(value)).unwrap_or_default();
        format!("{} ({value}, {})", reading.measure.noun, within(words))
    };
    Some((bold, shortened(moved.iter().map(one).collect(), room)))
}

/// Whether a figure is another than the one before, as far as anybody can tell.
fn has_moved(change: &Change) -> bool {
    match change {
        Change::Tested { movement, .. } => !matches!(movement.moved(), Moved::Unclear | Moved::Level),
        Change::Counted { from, to, .. } | Change::Seen { from, to, .. } => from != to,
        Change::None(_) => false,
    }
}
