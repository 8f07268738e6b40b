//! The message of a chart, by rule: the title in about twelve words, the alt text in a few sentences.
//!
//! In: figures and what the statistics say of them. Out: English that a councillor would write, never stronger than
//! the flags allow: where nobody tested, the words give both figures and no judgement; where two figures cannot be
//! told apart, they are "similar"; better and worse only where the measure has a polarity.

pub mod funnel;
pub mod pages;
pub mod parts;
pub mod places;
mod standing;
pub mod trend;

use super::data::{Context, Measure, Polarity, Rank, Standing};
use super::words;

/// The words a title aims at; a long authority name may take more.
const BUDGET: usize = 12;

/// How the chosen authority's figure stands to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// `worse than`, `similar to`; empty where nobody tested.
    pub words: String,
    /// `England`, `its statistical neighbours`.
    pub who: String,
    /// The other figure as written.
    pub value: String,
}

impl Relation {
    /// As the end of a title: `worse than England`, or `England at 46.4%` where nobody tested.
    pub fn short(&self) -> String {
        if self.words.is_empty() {
            format!("{} at {}", self.who, self.value)
        } else {
            format!("{} {}", self.words, self.who)
        }
    }

    /// As part of a sentence, with the figure: `worse than England (46.4%)`.
    pub fn full(&self) -> String {
        if self.words.is_empty() { self.short() } else { format!("{} {} ({})", self.words, self.who, self.value) }
    }
}

/// The word for a tested difference.
pub(super) fn compared(standing: Standing, polarity: Polarity) -> &'static str {
    match (standing, polarity) {
        (Standing::Untested, _) => "",
        (Standing::Similar, _) => "similar to",
        (Standing::Higher, Polarity::High) | (Standing::Lower, Polarity::Low) => "better than",
        (Standing::Lower, Polarity::High) | (Standing::Higher, Polarity::Low) => "worse than",
        (Standing::Higher, Polarity::None) => "higher than",
        (Standing::Lower, Polarity::None) => "lower than",
    }
}

/// The relations that can be stated: to England and to the neighbours, where both figures are there.
///
/// A flag that the plotted figures contradict (another average was tested) is not repeated.
pub(super) fn relations(
    context: &Context,
    own: Option<f64>,
    england: Option<f64>,
    neighbours: Option<f64>,
) -> Vec<Relation> {
    let (flags, measure) = (&context.flags, &context.measure);
    let Some(own) = own else { return Vec::new() };
    let relation = |standing, who: &str, other: Option<f64>| {
        let other = other?;
        let standing = agreed(standing, own, other);
        let unusual = flags.unusual && who == "England";
        let words = match standing {
            Standing::Higher if unusual => "unusually high beside",
            Standing::Lower if unusual => "unusually low beside",
            _ => compared(standing, measure.polarity),
        };
        Some(Relation { words: words.into(), who: who.into(), value: words::value(other, measure) })
    };
    let both = [
        relation(flags.england, "England", england),
        relation(flags.neighbours, "its statistical neighbours", neighbours),
    ];
    both.into_iter().flatten().collect()
}

/// The tested difference, unless the figures shown contradict it.
pub(super) fn agreed(standing: Standing, own: f64, other: f64) -> Standing {
    match standing {
        Standing::Higher if own <= other => Standing::Untested,
        Standing::Lower if own >= other => Standing::Untested,
        other => other,
    }
}

/// Relations joined for a title: one word for both where both are alike.
pub(super) fn joined(relations: &[Relation]) -> String {
    match relations {
        [a, b] if a.words == b.words && !a.words.is_empty() => {
            format!("{} {} and {}", a.words, a.who, b.who)
        }
        all => all.iter().map(Relation::short).collect::<Vec<_>>().join(", "),
    }
}

/// The first candidate within the budget of words, else the shortest. A long authority name counts as one word.
pub(super) fn choose(context: &Context, candidates: &[String]) -> String {
    let name = context.subject.split_whitespace().count().saturating_sub(1);
    let fits = |title: &&String| title.split_whitespace().count() <= BUDGET + name;
    let shortest = || candidates.iter().min_by_key(|title| title.split_whitespace().count());
    let title = candidates.iter().find(fits).or_else(shortest);
    words::sentence(title.map_or("", |title| title.trim()))
}

/// Titles of several makings, fullest first: what stood where, then how it compares.
pub(super) fn titles(context: &Context, core: &str, when: &str, relations: &[Relation]) -> Vec<String> {
    let (subject, measure) = (&context.subject, &context.measure.short);
    let own = possessive(subject);
    let both = ending(&joined(relations));
    let one = ending(&relations.first().map(Relation::short).unwrap_or_default());
    let when = if when.is_empty() { String::new() } else { format!(" in {when}") };
    vec![
        format!("{measure} in {subject} {core}{when}{both}"),
        format!("{measure} in {subject} {core}{both}"),
        format!("{measure} in {subject} {core}{when}{one}"),
        format!("{measure} in {subject} {core}{one}"),
        format!("{own} figure {core}{when}{both}"),
        format!("{own} figure {core}{when}{one}"),
        format!("{own} figure {core}{one}"),
        format!("{own} figure {core}{when}"),
    ]
}

/// `Birmingham's`, `St Helens'`.
pub(super) fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

fn ending(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(", {words}") }
}

/// `131st of 148`, `joint 1st of 148`, `between 120th and 140th of 148` where the interval is that wide.
pub(super) fn rank(rank: Rank) -> String {
    let joint = if rank.tied > 0 { "joint " } else { "" };
    match rank.interval {
        Some((low, high)) if low != high => {
            format!("between {} and {} of {}", words::ordinal(low), words::ordinal(high), rank.out_of)
        }
        _ => format!("{joint}{} of {}", words::ordinal(rank.rank), rank.out_of),
    }
}

/// How an alt text opens: `Line chart. EHC plans issued within 20 weeks, percent`.
pub(super) fn opening(kind: &str, measure: &Measure) -> String {
    format!("{kind}. {}, {}", measure.label, words::unit(&measure.unit))
}

/// Which way is good, as a sentence for the alt text; nothing without polarity.
pub(super) fn polarity(measure: &Measure) -> &'static str {
    match measure.polarity {
        Polarity::High => " A higher figure is better.",
        Polarity::Low => " A lower figure is better.",
        Polarity::None => "",
    }
}

/// What every alt text ends with: the caution for small numbers, and the neighbours that had data.
pub(super) fn cautions(context: &Context) -> String {
    let mut text = String::new();
    if let Some(set) = &context.neighbours {
        let had = match set.with_data {
            0 => format!("None of its {} statistical neighbours had data", set.size),
            all if all == set.size => {
                format!("All of its {} statistical neighbours had data", set.size)
            }
            some => format!("Of its {} statistical neighbours {some} had data", set.size),
        };
        text.push_str(&format!(" {had}."));
    }
    if let Some(cases) = context.flags.small_cohort {
        let cases = words::counted(cases as usize, "case", "cases");
        text.push_str(&format!(" With only {cases}, {} figure can move by chance.", possessive(&context.subject)));
    }
    text
}
