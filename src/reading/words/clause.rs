//! Small pieces of sentences that every sentence about a figure may need.

use super::super::against::{Against, Whom};
use super::super::verdict::Said;
use super::super::{Level, Reading};
use crate::shown::{number as digits, sentence};

/// `(103 of 378)` behind a space; nothing where the counts are not known or say nothing more.
pub(super) fn counts(reading: &Reading) -> String {
    match reading.level.amount().and_then(|amount| amount.counts) {
        Some((top, bottom)) if reading.measure.quotient().is_some() => {
            format!(" ({} of {})", digits(top, 0), digits(bottom, 0))
        }
        _ => String::new(),
    }
}

/// The figure as a sentence without its stop: `4% met the 20-week legal deadline`; by the noun where none is declared.
pub(super) fn says(reading: &Reading) -> Option<String> {
    let value = reading.measure.said(reading.level.value()?);
    let pattern = &reading.measure.phrases.says;
    Some(if pattern.is_empty() {
        format!("{}: {value}", reading.measure.heading())
    } else {
        pattern.replacen("{}", &value, 1)
    })
}

/// How many words a text has.
pub fn length(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Sentences joined by a space, the empty ones left out.
pub(super) fn join(sentences: impl IntoIterator<Item = String>) -> String {
    let all: Vec<String> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    all.join(" ")
}

/// A clause as a sentence of its own.
pub(super) fn closed(clause: &str) -> String {
    crate::shown::stop(&sentence(clause))
}

/// Why a figure is compared with nothing where its number itself is in doubt, as a few words; none where it is not.
pub fn aside(reading: &Reading) -> Option<&'static str> {
    match reading.level {
        Level::Doubted(_, why) => Some(super::missing::aside(why)),
        _ => None,
    }
}

/// Why a figure that is there is compared with nothing, as a clause; none where it is compared.
pub(super) fn alone(reading: &Reading) -> Option<&'static str> {
    match reading.level {
        Level::Few(_) => Some("too few cases to compare"),
        Level::Doubted(_, why) => Some(super::missing::aside(why)),
        Level::Figure(_) | Level::Zero(_) | Level::Missing(_) => None,
    }
}

/// `worse than England`; none where nothing was tested.
pub(super) fn tested(against: &Against) -> Option<String> {
    Some(format!("{} {}", than(against)?, whom(&against.whom)))
}

/// Who a comparator is, inside a sentence.
pub(super) fn whom(whom: &Whom) -> String {
    match whom {
        Whom::England => "England".to_owned(),
        Whom::Neighbours(_) => "its statistical neighbours".to_owned(),
        Whom::Region(name) | Whom::Authority(name) | Whom::Group(name) => name.clone(),
    }
}

/// The words for a tested difference; none where nothing was tested.
pub(super) fn than(against: &Against) -> Option<&'static str> {
    Some(match (against.verdict.said(), against.size) {
        (Said::Similar, _) => "similar to",
        (Said::Better, _) => "better than",
        (Said::Worse, _) => "worse than",
        (Said::Higher, _) => "higher than",
        (Said::Lower, _) => "lower than",
        (Said::Untested(_), _) => return None,
    })
}
