//! What answers a question about several figures.

use super::super::Reading;
use super::against::{addition, answer};
use super::join;

/// The most words of an answer.
const ANSWER: usize = 60;

/// What answers a question about several figures, the one that says most first: its sentence, its figures, and a sentence
/// each of the next two where there is room.
pub fn answered(readings: &[&Reading]) -> String {
    let Some((first, others)) = readings.split_first() else { return String::new() };
    let message = super::message(first);
    let said = answer(first);
    let plain = first.measure.phrases.more.is_empty() || said.starts_with(message.bold.trim_end_matches('.'));
    let mut text = if plain { said } else { join([message.bold, said]) };
    for other in others.iter().take(2) {
        let more = addition(other);
        if super::length(&text) + super::length(&more) <= ANSWER {
            text = join([text, more]);
        }
    }
    text
}
