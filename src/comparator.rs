//! Whom an authority is compared with: from a word to the members, their name, their year and how they are averaged.
//!
//! `england`, `region`, `neighbours`, `neighbours-2021`, the key of a group (published, or a list of one's own), or the
//! name or code of an authority. Runs, comparisons, charts, papers, tracing and differences ask here and nowhere else.

use clap::ValueEnum;

use crate::area::{Group, LaCode, Register};
use crate::finding::{Error, likely};
use crate::saved::is_key;

/// What an authority is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// England as published.
    England,
    /// The authority's own region as published (Inner or Outer London where the release has no London).
    Region,
    /// The plain mean of its statistical neighbours of the newest set, which is that year's, itself left out.
    Neighbours(u16),
    /// The same of the set of that year, named with its year.
    NeighboursOf(u16),
    /// The plain mean of the other members of a group, by key.
    Group(String),
    /// One authority as published.
    Authority(LaCode),
}

/// How the figure of several places together is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Average {
    /// The plain mean of their figures
    #[default]
    Mean,
    /// The median of their figures
    Median,
    /// Their counts taken together
    Pooled,
}

impl Average {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Average::Mean => "mean",
            Average::Median => "median",
            Average::Pooled => "pooled",
        }
    }
}

/// The word for the best, the middle and the worst local authority of a period, where figures stand side by side.
pub const RANGE: &str = "range";

/// How the figure of a comparator is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Averaging {
    /// One that a publisher prints.
    Published,
    /// The plain mean of the members that have a figure.
    Mean,
}

/// Who a comparator is for one authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Members {
    /// England.
    England,
    /// The codes of regions, the first that the table has counts.
    Region(Vec<String>),
    /// One authority.
    Authority(LaCode),
    /// Authorities, the closest first where they are neighbours.
    List(Vec<LaCode>),
    /// The authority has no such comparator.
    Nobody,
}

impl Members {
    /// The authorities of a list; none of anything else.
    pub fn list(&self) -> &[LaCode] {
        match self {
            Members::List(codes) => codes,
            _ => &[],
        }
    }
}

impl Comparator {
    /// The comparator that `word` means.
    ///
    /// # Errors
    /// Nothing is called so; the help has the likely word.
    pub fn parse(word: &str, register: &Register) -> Result<Comparator, Error> {
        let word = word.trim();
        let key = word.to_lowercase();
        if let Some(found) = named(&key, register) {
            return Ok(found);
        }
        if let Some(year) = key.strip_prefix("neighbours-") {
            return set_of(year, word, register);
        }
        register.find(word).map(|authority| Comparator::Authority(authority.code)).map_err(|_| unknown(word, register))
    }

    /// The comparators that `words` mean, each once, in the order given.
    ///
    /// # Errors
    /// As [`Comparator::parse`].
    pub fn parse_all(words: &[String], register: &Register) -> Result<Vec<Comparator>, Error> {
        let mut found: Vec<Comparator> = Vec::new();
        for word in whole_names(words, register) {
            let comparator = Comparator::parse(&word, register)?;
            if !found.contains(&comparator) {
                found.push(comparator);
            }
        }
        Ok(found)
    }

    /// The same, where [`RANGE`] may be among the words: whether it is, and the others.
    ///
    /// # Errors
    /// As [`Comparator::parse`].
    pub fn read_ranged(words: &[String], register: &Register) -> Result<(Vec<Comparator>, bool), Error> {
        let is_range = |word: &String| word.trim().eq_ignore_ascii_case(RANGE);
        let (range, others): (Vec<String>, Vec<String>) = words.iter().cloned().partition(is_range);
        Ok((Comparator::parse_all(&others, register)?, !range.is_empty()))
    }

    /// The word on the command line and in the tables.
    pub fn key(&self) -> String {
        match self {
            Comparator::England => "england".to_owned(),
            Comparator::Region => "region".to_owned(),
            Comparator::Neighbours(_) => "neighbours".to_owned(),
            Comparator::NeighboursOf(year) => format!("neighbours-{year}"),
            Comparator::Group(key) => key.clone(),
            Comparator::Authority(code) => code.to_string(),
        }
    }

    /// The year of the set of neighbours.
    pub fn year(&self) -> Option<u16> {
        match self {
            Comparator::Neighbours(year) | Comparator::NeighboursOf(year) => Some(*year),
            _ => None,
        }
    }

    /// How its figure is made.
    pub fn averaging(&self) -> Averaging {
        match self {
            Comparator::England | Comparator::Region | Comparator::Authority(_) => Averaging::Published,
            Comparator::Neighbours(_) | Comparator::NeighboursOf(_) | Comparator::Group(_) => Averaging::Mean,
        }
    }

    /// Whether it is a list that somebody saved.
    pub fn is_saved(&self) -> bool {
        matches!(self, Comparator::Group(key) if is_key(key))
    }

    /// Whether its figure is one that a publisher prints, not one made of several.
    pub fn is_published(&self) -> bool {
        self.averaging() == Averaging::Published
    }

    /// Its name beside the authority `own`; empty where it has no such comparator.
    pub fn name(&self, own: LaCode, register: &Register) -> String {
        match self {
            Comparator::England => "England".to_owned(),
            Comparator::Region => {
                let region = register.newest(own).and_then(|authority| register.region(&authority.region));
                region.map_or(String::new(), |region| region.name.clone())
            }
            Comparator::Neighbours(year) | Comparator::NeighboursOf(year) => format!("Statistical neighbours ({year})"),
            Comparator::Group(key) => group(key, register).map_or_else(|| key.clone(), |group| group.label.clone()),
            Comparator::Authority(code) => {
                register.newest(*code).map_or(String::new(), |authority| authority.name.clone())
            }
        }
    }

    /// Who it is for the authority `own`, which is never its own comparator in a list.
    pub fn members(&self, own: LaCode, register: &Register) -> Members {
        let list = |codes: &[LaCode]| {
            let others: Vec<LaCode> = codes.iter().copied().filter(|&code| code != own).collect();
            if others.is_empty() { Members::Nobody } else { Members::List(others) }
        };
        match self {
            Comparator::England => Members::England,
            Comparator::Region => regions(own, register),
            Comparator::Neighbours(year) | Comparator::NeighboursOf(year) => list(register.neighbours().of(*year, own)),
            Comparator::Group(key) => group(key, register).map_or(Members::Nobody, |group| list(&group.members)),
            Comparator::Authority(code) => Members::Authority(*code),
        }
    }
}

/// The comparators that have a word of their own, but for those of a year.
fn named(key: &str, register: &Register) -> Option<Comparator> {
    match key {
        "england" => Some(Comparator::England),
        "region" => Some(Comparator::Region),
        "neighbours" => register.neighbours().newest().map(Comparator::Neighbours),
        saved if is_key(saved) => {
            group(&crate::saved::key(saved), register).map(|group| Comparator::Group(group.key.clone()))
        }
        _ => group(key, register).map(|group| Comparator::Group(group.key.clone())),
    }
}

fn set_of(year: &str, word: &str, register: &Register) -> Result<Comparator, Error> {
    let years = register.neighbours().years();
    match year.parse().ok().filter(|year| years.contains(year)) {
        Some(year) => Ok(Comparator::NeighboursOf(year)),
        None => {
            let known: Vec<String> = years.iter().map(|year| format!("`neighbours-{year}`")).collect();
            let message = format!("there is no neighbour set `{word}`");
            Err(Error::usage(message, format!("there are {}", known.join(", "))))
        }
    }
}

fn group<'r>(key: &str, register: &'r Register) -> Option<&'r Group> {
    register.groups().iter().find(|group| group.key == key)
}

/// The region of an authority, then Inner or Outer London.
fn regions(own: LaCode, register: &Register) -> Members {
    let Some(authority) = register.newest(own) else { return Members::Nobody };
    let london = register.region(&authority.london).map(|region| region.code.clone());
    Members::Region(std::iter::once(authority.region.clone()).chain(london).collect())
}

/// The words with names put together again that have a comma of their own: `Bournemouth, Christchurch and Poole`.
fn whole_names(words: &[String], register: &Register) -> Vec<String> {
    let words: Vec<&str> = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect();
    let mut whole = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let pair = words.get(at..at + 2).map(|pair| pair.join(", ")).filter(|pair| register.find(pair).is_ok());
        at += if pair.is_some() { 2 } else { 1 };
        whole.push(pair.unwrap_or_else(|| words[at - 1].to_owned()));
    }
    whole
}

fn unknown(word: &str, register: &Register) -> Error {
    if is_key(word) {
        let saved = register.groups().iter().map(|group| group.key.as_str()).filter(|key| is_key(key));
        let saved: Vec<&str> = saved.collect();
        let help = match saved.as_slice() {
            [] => "no list of places is saved: save one on the page of lists of `abreast browse`".to_owned(),
            some => format!("there are {}", some.join(", ")),
        };
        return Error::usage(format!("there is no saved list of places `{word}`"), help);
    }
    if word.eq_ignore_ascii_case(RANGE) {
        let message = "the best, the middle and the worst authority are others for each measure and period";
        return Error::usage(message, "ask `abreast compare MEASURE --with range`, or the page of a measure");
    }
    let keys = || register.groups().iter().map(|group| group.key.as_str());
    let names = register.authorities().iter().map(|authority| authority.name.as_str());
    let own = ["england", "region", "neighbours"];
    let help = match likely(word, keys().chain(own).chain(names)) {
        Some(likely) => format!("did you mean `{likely}`? groups and authorities are in `abreast list authorities`"),
        None => {
            let keys: Vec<&str> = keys().collect();
            format!("use england, region, neighbours, the name of an authority, or one of: {}", keys.join(", "))
        }
    };
    Error::usage(format!("there is nothing called `{word}` to compare with"), help)
}
