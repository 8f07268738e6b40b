//! The text of an address: path and query to their parts and back.
//!
//! In: what stands in the first line of a request. Out: the decoded parts, in their order, or what is wrong with the text.
//! Printing them writes each letter in one way only, so that what was printed reads back as itself.

use std::fmt::{self, Write as _};

use super::wrong::Wrong;

/// The longest address that is read.
pub const LONGEST: usize = 4096;

/// The parts of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw {
    /// The words between the slashes.
    pub path: Vec<String>,
    /// Keys and values, in their order.
    pub query: Vec<(String, String)>,
}

impl Raw {
    /// Reads `/path/words?key=value&key=value`.
    ///
    /// # Errors
    /// It is too long, does not begin with `/`, or a `%` stands before what is no letter.
    pub fn parse(text: &str) -> Result<Raw, Wrong> {
        if text.len() > LONGEST {
            return Err(Wrong::address(format!("the address has {} letters, {LONGEST} is the most", text.len())));
        }
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let Some(path) = path.strip_prefix('/') else {
            return Err(Wrong::address("the address does not begin with `/`"));
        };
        let words = path.split('/').filter(|word| !word.is_empty());
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((written(key, true)?, written(value, true)?))
        };
        Ok(Raw {
            path: words.map(|word| written(word, false)).collect::<Result<_, Wrong>>()?,
            query: pairs.map(pair).collect::<Result<_, Wrong>>()?,
        })
    }

    /// A path without a query.
    pub fn path<'w>(words: impl IntoIterator<Item = &'w str>) -> Raw {
        Raw { path: words.into_iter().map(str::to_owned).collect(), query: Vec::new() }
    }

    /// The same with a key more, unless its value is empty.
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Raw {
        let value = value.into();
        if !value.is_empty() {
            self.query.push((key.to_owned(), value));
        }
        self
    }
}

impl fmt::Display for Raw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for word in &self.path {
            out.write_char('/')?;
            encode(out, word, b"-._~")?;
        }
        if self.path.is_empty() {
            out.write_char('/')?;
        }
        for (at, (key, value)) in self.query.iter().enumerate() {
            out.write_char(if at == 0 { '?' } else { '&' })?;
            encode(out, key, b"-._~")?;
            out.write_char('=')?;
            encode(out, value, b"-._~,:=/*()")?;
        }
        Ok(())
    }
}

/// The text with every `%41` as its letter; in a query a plus is a blank.
fn decoded(text: &str, plus: bool) -> Result<String, Wrong> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match byte {
            b'%' => match (digit(rest.next()), digit(rest.next())) {
                (Some(high), Some(low)) => bytes.push((high * 16 + low) as u8),
                _ => return Err(Wrong::address("a `%` stands before what is no number")),
            },
            b'+' if plus => bytes.push(b' '),
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).map_err(|_| Wrong::address("it is no text in UTF-8"))
}

/// The same for an address, in which no sign stands that cannot be written.
fn written(text: &str, plus: bool) -> Result<String, Wrong> {
    let text = decoded(text, plus)?;
    match text.contains(char::is_control) {
        true => Err(Wrong::address("a sign in the address is none that can be written")),
        false => Ok(text),
    }
}

/// The names and values of `name=value&name=value`, in their order; a value may have several lines.
///
/// # Errors
/// A `%` stands before what is no number, or what they say is no text.
pub fn pairs(text: &str) -> Result<Vec<(String, String)>, Wrong> {
    let pair = |pair: &str| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        Ok((decoded(key, true)?, decoded(value, true)?))
    };
    text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

fn encode(out: &mut fmt::Formatter<'_>, text: &str, plain: &[u8]) -> fmt::Result {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            out.write_char(char::from(byte))?;
        } else {
            write!(out, "%{byte:02X}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Raw;

    #[test]
    fn an_address_reads_back_as_it_was_printed() {
        let raw = Raw::path(["measure", "a b", "c/d"]).with("breakdown", "Sex=Not known & other").with("period", "");
        assert_eq!(raw.to_string(), "/measure/a%20b/c%2Fd?breakdown=Sex=Not%20known%20%26%20other");
        assert_eq!(Raw::parse(&raw.to_string()), Ok(raw));
        assert_eq!(Raw::parse("/find?q=a+b").map(|raw| raw.to_string()), Ok("/find?q=a%20b".to_owned()));
        assert_eq!(Raw::parse("/").map(|raw| raw.to_string()), Ok("/".to_owned()));
    }

    #[test]
    fn what_is_no_address_is_said() {
        for text in ["area/333", "/a%2", "/a%zz", "/a%ff", "/a%00"] {
            assert_eq!(Raw::parse(text).map_err(|wrong| wrong.status), Err(400), "{text}");
        }
        assert!(Raw::parse(&format!("/find?q={}", "a".repeat(5000))).is_err());
    }
}
