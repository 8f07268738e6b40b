//! The keys of an address, taken one by one; what is left over, or there twice, is an error.

use crate::area::{LaCode, Register};
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;
use crate::comparator::{Comparator, RANGE};

/// The most that may stand beside an area.
const MOST: usize = 30;
/// How many places the range of all is: the best, the middle and the worst.
const RANGED: usize = 3;
/// What says that nothing stands beside.
const NOBODY: &str = "none";

/// The keys that nobody has taken yet.
pub struct Keys<'r> {
    raw: &'r Raw,
    left: Vec<&'r (String, String)>,
}

impl<'r> Keys<'r> {
    /// The keys of an address.
    ///
    /// # Errors
    /// A key is there twice.
    pub fn of(raw: &'r Raw) -> Result<Keys<'r>, Wrong> {
        let twice =
            raw.query.iter().enumerate().find(|(at, (key, _))| raw.query[..*at].iter().any(|pair| pair.0 == *key));
        match twice {
            Some((at, (key, _))) => {
                let help = "which of the two is meant is not guessed: keep one";
                Err(Wrong::value(format!("`{key}` stands twice in the address"), help)
                    .link("the first of the two", without(raw, at)))
            }
            None => Ok(Keys { raw, left: raw.query.iter().collect() }),
        }
    }

    /// The value of a key; none where the key is not there or nothing stands behind it.
    pub fn take(&mut self, key: &str) -> Option<String> {
        let at = self.left.iter().position(|(known, _)| known == key)?;
        Some(self.left.remove(at).1.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// One of the words that a key may have; the first of them where it is not there.
    ///
    /// # Errors
    /// Another word.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Result<T, Wrong> {
        let Some(wanted) = self.take(key) else { return Ok(choices[0].1) };
        let found = choices.iter().find(|(word, _)| *word == wanted).map(|(_, choice)| *choice);
        found.ok_or_else(|| {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).filter(|word| !word.is_empty()).collect();
            let help = format!("it may be {}", words.join(", "));
            self.wrong(key, format!("`{key}` is `{wanted}` in the address, which there is none of"), help)
        })
    }

    /// The authority that a key names, by name, code or old name.
    ///
    /// # Errors
    /// Nobody is called so.
    pub fn authority(&mut self, key: &str, register: &Register) -> Result<Option<LaCode>, Wrong> {
        let Some(name) = self.take(key) else { return Ok(None) };
        match register.known(&name) {
            Some(authority) => Ok(Some(authority.code)),
            None => Err(nobody(&name, register).link("the same without it", self.without(key))),
        }
    }

    /// What stands beside the area; `usual` where nothing is said.
    ///
    /// # Errors
    /// A word that is no comparator, or more of them than fit.
    pub fn beside(&mut self, register: &Register, usual: &[&str]) -> Result<Vec<String>, Wrong> {
        let beside = self.beside_ranged(register, usual)?;
        match beside.iter().any(|word| word == RANGE) {
            true => {
                let message = "the best, the middle and the worst authority stand beside one measure alone";
                Err(self.wrong("with", message, "leave `range` out, or ask for it on the page of a measure"))
            }
            false => Ok(beside),
        }
    }

    /// The same, where the range of all may be among them.
    ///
    /// # Errors
    /// As [`Keys::beside`].
    pub fn beside_ranged(&mut self, register: &Register, usual: &[&str]) -> Result<Vec<String>, Wrong> {
        let words: Vec<String> = match self.take("with") {
            Some(text) if text == NOBODY => return Ok(Vec::new()),
            Some(text) => text.split(',').map(str::to_owned).collect(),
            None => return Ok(owned(usual)),
        };
        let (found, range) = Comparator::read_ranged(&words, register)
            .map_err(|error| Wrong::said(&error).link("beside the usual", self.without("with")))?;
        let count = found.len() + if range { RANGED } else { 0 };
        if count > MOST {
            let message = format!("{count} places to compare with are more than fit");
            return Err(self.wrong("with", message, format!("name up to {MOST}")));
        }
        Ok(found.iter().map(Comparator::key).chain(range.then(|| RANGE.to_owned())).collect())
    }

    /// What is wrong with the value of a key, with the address that leaves it out.
    pub fn wrong(&self, key: &str, message: impl Into<String>, help: impl Into<String>) -> Wrong {
        Wrong::value(message, help).link("the same without it", self.without(key))
    }

    /// # Errors
    /// A key is left that the page does not have.
    pub fn end(self) -> Result<(), Wrong> {
        match self.left.first() {
            Some((key, _)) => {
                let help = "the page has no such choice: leave it out";
                Err(self.wrong(key, format!("the address has the key `{key}`, which this page does not know"), help))
            }
            None => Ok(()),
        }
    }

    /// The address without a key.
    pub fn without(&self, key: &str) -> Raw {
        let query = self.raw.query.iter().filter(|(known, _)| known != key).cloned().collect();
        Raw { path: self.raw.path.clone(), query }
    }
}

/// The words of comparators as they are written; nothing where they are the usual ones.
pub fn written(beside: &[String], usual: &[&str]) -> String {
    match beside.is_empty() {
        true => NOBODY.to_owned(),
        false if beside == usual => String::new(),
        false => beside.join(","),
    }
}

/// The usual words as one has them.
pub fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Nobody is called so, with those that it may mean.
pub fn nobody(name: &str, register: &Register) -> Wrong {
    let wrong = Wrong::gone(
        format!("no local authority and no region is called `{name}`"),
        "choose one from the list, or use the find box",
    );
    match register.likely_name(name).and_then(|likely| register.known(likely)) {
        Some(likely) => wrong.link(&likely.name, format!("/area/{}", likely.code)),
        None => wrong,
    }
}

/// The address without the key at a place.
fn without(raw: &Raw, at: usize) -> Raw {
    let mut raw = raw.clone();
    raw.query.remove(at);
    raw
}
