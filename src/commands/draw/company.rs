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
        for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
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
