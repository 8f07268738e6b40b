//! The words of measures, folded once: which measures some words mean, the likeliest first.
//!
//! In: the measures of a build and `synonyms.csv`. Out: measures with why they fit. A word fits as it is, as the beginning of
//! another, by what it is short for, or with a slip of the pen.

use serde::Deserialize;

use crate::area::fold;
use crate::finding::{Error, Place};
use crate::home;
use crate::store::Found;

/// What a word that stands in the name costs, in its table's words, and what each weaker fit adds.
const IN_NAME: u32 = 0;
const ELSEWHERE: u32 = 3;
const BEGINNING: u32 = 1;
const SLIP: u32 = 8;
/// What it costs that a word is short for others.
const MEANT: u32 = 2;
/// From so many letters a word may have one slip, and two.
const SLIPS: (usize, usize) = (4, 8);

/// The words of one measure.
struct Entry {
    name: Vec<String>,
    about: Vec<String>,
}

/// The words of all measures of a build, in their order.
pub struct Index {
    entries: Vec<Entry>,
    synonyms: Vec<(Vec<String>, String)>,
}

/// A measure that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Its number among the measures of the build.
    pub at: usize,
    /// How badly it fits; none for exactly.
    pub cost: u32,
    /// What a word of the question is short for, where that is why it fits: `EHCP: EHC plan`.
    pub why: String,
}

#[derive(Deserialize)]
struct Synonym {
    term: String,
    means: String,
}

impl Index {
    /// The words of `measures`.
    ///
    /// # Errors
    /// `synonyms.csv` is no table of terms and what they mean.
    pub fn of<'a>(measures: impl Iterator<Item = Found<'a>>) -> Result<Index, Error> {
        let text = home::reference("synonyms.csv")?;
        let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize::<Synonym>();
        let rows = rows.collect::<Result<Vec<Synonym>, csv::Error>>().map_err(|error| {
            let place = Place::file("data/reference/synonyms.csv");
            Error::declaration(place, error.to_string(), "correct the line, or delete your own copy of the file")
        })?;
        let synonyms = rows.into_iter().map(|row| (words(&row.term), row.means)).filter(|(term, _)| !term.is_empty());
        Ok(Index { synonyms: synonyms.collect(), entries: measures.map(|found| entry(&found)).collect() })
    }

    /// The measures that a question means, the likeliest first; `slips` says whether words may be misspelt.
    pub fn fitting(&self, question: &str, slips: bool) -> Vec<Fit> {
        let variants = self.variants(&words(question));
        let fit = |(at, entry): (usize, &Entry)| {
            let costs = variants.iter().filter_map(|(words, why)| Some((cost(words, entry, slips)?, why)));
            let extra = |why: &String| if why.is_empty() { 0 } else { MEANT };
            costs.map(|(cost, why)| Fit { at, cost: cost + extra(why), why: why.clone() }).min_by_key(|fit| fit.cost)
        };
        let mut fits: Vec<Fit> = self.entries.iter().enumerate().filter_map(fit).collect();
        fits.sort_by_key(|fit| fit.cost);
        fits
    }

    /// The question as it stands, and with each of its terms as what that is short for.
    fn variants(&self, question: &[String]) -> Vec<(Vec<String>, String)> {
        let mut variants = vec![(question.to_vec(), String::new())];
        for (term, means) in &self.synonyms {
            let Some(at) = question.windows(term.len()).position(|window| window == term) else { continue };
            let mut other = question[..at].to_vec();
            other.extend(words(means));
            other.extend_from_slice(&question[at + term.len()..]);
            variants.push((other, format!("{}: {means}", term.join(" "))));
        }
        variants.retain(|(words, _)| !words.is_empty());
        variants
    }
}

/// The words of a text, folded; little ones that stand in every name say nothing.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let little = ["a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "with"];
    folded.split(' ').filter(|word| !word.is_empty() && !little.contains(word)).map(str::to_owned).collect()
}

fn entry(found: &Found<'_>) -> Entry {
    let measure = found.measure;
    let name = [measure.label.as_str(), &measure.short, &measure.noun, &found.name.replace('_', " ")].join(" ");
    let about = [
        measure.definition.as_str(),
        &found.meta.title,
        &found.meta.topic,
        &found.meta.source,
        &measure.topic,
        &measure.denominator,
    ];
    Entry { name: words(&name), about: words(&about.join(" ")) }
}

/// How badly words fit a measure; none where one of them does not.
fn cost(question: &[String], entry: &Entry, slips: bool) -> Option<u32> {
    let one = |word: &String| {
        let named = near(word, &entry.name, slips).map(|cost| cost + IN_NAME);
        named.into_iter().chain(near(word, &entry.about, slips).map(|cost| cost + ELSEWHERE)).min()
    };
    question.iter().map(one).sum()
}

/// How badly a word fits the nearest of others.
fn near(word: &str, others: &[String], slips: bool) -> Option<u32> {
    let allowed = match word.chars().count() {
        long if long >= SLIPS.1 => 2,
        middle if middle >= SLIPS.0 => 1,
        _ => 0,
    };
    let one = |other: &String| match other.strip_prefix(word) {
        Some("") => Some(0),
        // A plural is no other word.
        Some("s") => Some(0),
        Some(_) => Some(BEGINNING),
        None if word.strip_suffix('s') == Some(other.as_str()) => Some(0),
        None if slips && allowed > 0 => {
            let slips = strsim::osa_distance(word, other);
            (slips <= allowed).then(|| SLIP + slips as u32)
        }
        None => None,
    };
    others.iter().filter_map(one).min()
}
