//! How far a figure is from England where neither way is good.

use super::super::{Reading, Said};
use crate::statistics::Polarity;

/// Sentences 3 and 8: told apart from England.
pub(super) fn apart(reading: &Reading) -> Option<String> {
    let england = reading.england().filter(|england| england.verdict.is_tested())?;
    let more = match (england.verdict.said(), reading.measure.polarity) {
        (Said::Higher, _) | (Said::Better, Polarity::High) | (Said::Worse, Polarity::Low) => true,
        (Said::Lower, _) | (Said::Worse, Polarity::High) | (Said::Better, Polarity::Low) => false,
        _ => return None,
    };
    let phrase = if more { &reading.measure.phrases.more } else { &reading.measure.phrases.less };
    if phrase.is_empty() {
        let word = super::verdict_word(england.verdict);
        return Some(format!("{}: {word} than in England.", reading.measure.heading()));
    }
    Some(format!("{phrase} than in England."))
}

/// Sentence 8: told apart from England where neither way is good, with both figures.
pub(super) fn apart_with(reading: &Reading) -> Option<String> {
    let phrases = &reading.measure.phrases;
    let value = reading.england().filter(|_| reading.measure.polarity == Polarity::None)?.value?;
    let (own, value) = reading.measure.apart(reading.level.value()?, value);
    let than = apart(reading)?;
    let declared =
        [&phrases.more, &phrases.less].iter().any(|phrase| !phrase.is_empty() && than.starts_with(phrase.as_str()));
    declared.then(|| format!("{}: {own} and {value}.", than.trim_end_matches('.')))
}
