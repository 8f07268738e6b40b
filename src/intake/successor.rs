//! A column or label that is gone: what it is called now, with how sure that is by name and by figures.

use super::common::Agreement;
use crate::area::fold;

/// A column or label that may be the one meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Its name in the new file.
    pub name: String,
    /// How like the names are, 0 to 1.
    pub likeness: f64,
    /// How many of the figures that both releases have agree, and how many there are.
    pub agree: Option<(usize, usize)>,
    /// Whether the figures alone say that it is the same.
    pub telling: bool,
    /// What the old figures are multiplied by to give the new ones.
    pub factor: f64,
    /// Whether the figures are of the same periods, so that they should agree.
    pub dated: bool,
    /// Whether it is known by what stands in it: codes, names of areas, periods.
    pub by_content: bool,
}

impl Match {
    /// A match by name alone, or with figures.
    pub(super) fn new(name: &str, likeness: f64, found: Option<Agreement>) -> Match {
        let agree = found.map(|found| (found.agree, found.shared));
        let (telling, factor) = found.map_or((false, 1.0), |found| (found.is_telling(), found.factor));
        Match { name: name.to_owned(), likeness, agree, telling, factor, dated: true, by_content: false }
    }

    /// A column that is known by what stands in it.
    pub(super) fn by_content(name: &str, likeness: f64) -> Match {
        Match { by_content: true, ..Match::new(name, likeness, None) }
    }

    /// A match whose figures are of other periods, or of none, where they agree in part.
    pub(super) fn undated(self) -> Match {
        Match { dated: false, telling: false, ..self }
    }

    /// Name and values together, 0 to 1.
    fn score(&self) -> f64 {
        match self.agree.filter(|(_, shared)| *shared >= 10 || self.telling) {
            Some((agree, shared)) => {
                let name = if self.dated { 0.3 } else { 0.6 };
                name * self.likeness + (1.0 - name) * agree as f64 / shared as f64
            }
            None => self.likeness,
        }
    }

    /// What a match must score: a rename that only the name speaks for must be a close one, and one that the figures
    /// alone speak for needs no name.
    fn enough(&self) -> f64 {
        match self.agree {
            _ if self.telling => 0.62,
            Some((_, shared)) if shared >= 10 => 0.7,
            _ => 0.85,
        }
    }

    /// Nearly every shared cell agrees, or the name is all but the same.
    pub fn is_sure(&self) -> bool {
        match self.agree.filter(|(_, shared)| *shared >= 10 && self.dated) {
            Some((agree, shared)) => agree * 20 >= shared * 19,
            None => self.by_content || self.likeness >= 0.97,
        }
    }

    fn words(&self) -> String {
        format!("`{}` ({})", self.name, self.evidence())
    }

    /// What speaks for it.
    pub(super) fn evidence(&self) -> String {
        let agree = match self.agree {
            _ if self.by_content => "by what stands in it".to_owned(),
            Some((agree, shared)) if shared > 0 => format!("{agree} of {shared} shared cells agree"),
            _ => "no shared cells to compare".to_owned(),
        };
        let factor = if self.factor == 1.0 { String::new() } else { format!(", times {}", self.factor) };
        format!("name {:.2}, {agree}{factor}", self.likeness)
    }

    /// Why it is not sure.
    pub(super) fn doubt(&self) -> String {
        match self.agree {
            Some((agree, shared)) if shared >= 10 && self.dated => {
                let others = crate::shown::counted(shared - agree, "shared figure differs", "shared figures differ");
                format!("{others}: the publisher may have revised them, or it is another column")
            }
            Some(_) if !self.dated => "the figures are of other periods, so that only names can be compared".to_owned(),
            _ => "too few figures stand in both files: only the names can be compared".to_owned(),
        }
    }
}

/// What became of a column that the block names.
#[derive(Clone, Debug, PartialEq)]
pub enum Successor {
    /// It is this one now.
    Renamed(Match),
    /// Several fit alike.
    Unsure(Vec<Match>),
    /// None fits.
    Gone,
}

impl Successor {
    /// What became of it, in words; `gone` is said where none fits.
    pub fn words(&self, gone: &str) -> String {
        match self {
            Successor::Renamed(option) => {
                let sure = if option.is_sure() { "sure" } else { "likely" };
                format!("{}: {sure}", option.words())
            }
            Successor::Unsure(options) => {
                let words: Vec<String> = options.iter().map(Match::words).collect();
                format!("TWO FIT, say which: {}", words.join(" or "))
            }
            Successor::Gone => gone.to_owned(),
        }
    }
}

/// The one of `options` that fits, or those that fit alike.
pub fn choose(mut options: Vec<Match>) -> Successor {
    options.retain(|option| option.score() >= 0.6);
    options.sort_by(|a, b| b.score().total_cmp(&a.score()));
    let best = options.first().map(Match::score);
    options.retain(|option| option.score() >= option.enough() && best.is_some_and(|best| best - option.score() < 0.03));
    match options.len() {
        0 => Successor::Gone,
        1 => Successor::Renamed(options.remove(0)),
        _ => Successor::Unsure(options),
    }
}

/// How like two names are: spelling, or the words they are made of in any order.
pub fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| {
        let folded = fold(&text.replace('_', " "));
        let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (a, b) = (words(one), words(other));
    let common = a.iter().filter(|word| b.contains(word)).count();
    let all = a.len() + b.len() - common;
    let spelling = strsim::jaro_winkler(&one.to_lowercase(), &other.to_lowercase());
    spelling.max(common as f64 / all.max(1) as f64)
}
