//! Who stands beside the chosen authority in a chart: `--with england,region,neighbours,core-cities,Solihull`.

use crate::area::{LaCode, Register};
use crate::finding::{Error, likely};

/// The company of the chosen authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// England as published.
    pub england: bool,
    /// Its region as published.
    pub region: bool,
    /// Its statistical neighbours.
    pub neighbours: bool,
    /// Authorities by name, and the members of groups.
    pub others: Vec<LaCode>,
}

impl Default for Company {
    fn default() -> Self {
        Company { england: true, region: true, neighbours: true, others: Vec::new() }
    }
}

impl Company {
    /// Reads the words of `--with`; the default where there are none.
    ///
    /// # Errors
    /// A word that is neither a comparator, a group nor an authority.
    pub fn read(words: &[String], register: &Register) -> Result<Company, Error> {
        if words.is_empty() {
            return Ok(Company::default());
        }
        let mut company = Company { england: false, region: false, neighbours: false, others: Vec::new() };
        for word in &whole(words, register) {
            match word.to_lowercase().as_str() {
                "england" => company.england = true,
                "region" => company.region = true,
                "neighbours" => company.neighbours = true,
                other => company.others.extend(members(other, word, register)?),
            }
        }
        Ok(company)
    }
}

/// The words with names put together again that have a comma of their own: `Bournemouth, Christchurch and Poole`.
fn whole(words: &[String], register: &Register) -> Vec<String> {
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

/// The members of the group, or the one authority of that name.
fn members(key: &str, word: &str, register: &Register) -> Result<Vec<LaCode>, Error> {
    if let Some(group) = register.groups().iter().find(|group| group.key == key) {
        return Ok(group.members.clone());
    }
    register.find(word).map(|authority| vec![authority.code]).map_err(|unknown| {
        let keys = register.groups().iter().map(|group| group.key.as_str()).chain(["england", "region", "neighbours"]);
        match likely(key, keys) {
            Some(likely) => Error::usage(
                format!("`{word}` is neither a group nor a local authority"),
                format!("did you mean `{likely}`? groups and authorities are in `abreast list authorities`"),
            ),
            None => unknown,
        }
    })
}
