//! The words of a chart: its title is the reading's; its alternative text adds what the picture shows.
//!
//! In: the chart. Out: text. No figure is judged here: what is said of the chosen authority is said by its reading.

pub mod control;
pub mod fan;
pub mod funnel;
pub mod one_period;
pub mod pages;
pub mod parts;
pub mod trend;

use super::data::{Context, Measure, Reading};
use crate::reading::words;
use crate::shown::counted;

/// The title that `words` gives to the reading; the measure's name where there is none.
fn told(context: &Context, words: fn(&Reading) -> String) -> String {
    context.reading.as_ref().map_or_else(|| context.measure.heading(), words)
}

/// The sentences about the chosen authority, behind a space.
fn about(context: &Context) -> String {
    context.reading.as_ref().map_or_else(String::new, |reading| behind(&words::about(reading)))
}

/// Which way is good, behind a space.
fn direction(measure: &Measure) -> String {
    behind(words::direction(measure))
}

/// A sentence behind a space; nothing for nothing.
fn behind(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

/// `148 local authorities`.
fn authorities(number: usize) -> String {
    counted(number, "local authority", "local authorities")
}

/// Lowest and highest with their names: `Figures run from 3.1% (A) to 96.0% (B).`
fn extent(measure: &Measure, sorted: &[(&str, f64)]) -> String {
    let by_value = |a: &&(&str, f64), b: &&(&str, f64)| a.1.total_cmp(&b.1);
    let (Some(high), Some(low)) = (sorted.iter().max_by(by_value), sorted.iter().min_by(by_value)) else {
        return " Nobody has a figure.".into();
    };
    let say = |value| measure.shown(value);
    if sorted.len() == 1 {
        return String::new();
    }
    if say(low.1) == say(high.1) {
        return format!(" All {} have the same figure, {}.", sorted.len(), say(low.1));
    }
    let who = |end: (&str, f64)| match sorted.iter().filter(|(_, value)| say(*value) == say(end.1)).count() {
        0 | 1 => end.0.to_owned(),
        many => authorities(many),
    };
    format!(" Figures run from {} ({}) to {} ({}).", say(low.1), who(*low), say(high.1), who(*high))
}
