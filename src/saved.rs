//! Lists that people saved, each under a name of their own: places to compare with, or measures.
//!
//! In: `data/lists.toml`. Out: its lists, by the word that means them (`list:ten-of-2021`); and the file with one more or one
//! less, comments and order kept. Members stand by code and by full name of a measure, so that next year's figures fit.

use std::path::Path;

use serde::Deserialize;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use crate::area::fold;
use crate::declaration::place_in;
use crate::finding::{Error, Place};

/// What the word for a saved list begins with.
pub const PREFIX: &str = "list:";
/// The most letters of a name.
const LONGEST: usize = 60;

/// A saved list: places, or measures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// Its name, as its owner wrote it.
    pub name: String,
    /// Local authorities, by code.
    #[serde(default)]
    pub places: Vec<String>,
    /// Measures, as `table/measure`.
    #[serde(default)]
    pub measures: Vec<String>,
}

impl Saved {
    /// The word that means it in addresses and options: `list:ten-of-2021`.
    pub fn key(&self) -> String {
        key(&self.name)
    }
}

/// The word for the list called `name`, with or without what such words begin with.
pub fn key(name: &str) -> String {
    let name = name.trim();
    let bare =
        name.get(..PREFIX.len()).filter(|start| start.eq_ignore_ascii_case(PREFIX)).map(|_| &name[PREFIX.len()..]);
    format!("{PREFIX}{}", fold(bare.unwrap_or(name)).replace(' ', "-"))
}

/// Whether a word means a saved list.
pub fn is_key(word: &str) -> bool {
    word.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    list: Vec<Saved>,
}

/// The lists of a file.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    text: String,
    /// In the order of the file.
    pub all: Vec<Saved>,
}

impl Lists {
    /// Reads the file at `path`; one that is not there has no lists.
    ///
    /// # Errors
    /// It cannot be read, is no TOML of lists, or has two lists under one word.
    pub fn read(path: &Path) -> Result<Lists, Error> {
        let text = match fs_err::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Error::reading(error)),
        };
        let shown = path.to_string_lossy().replace('\\', "/");
        let wrong = |place: Place, message: String| {
            let help = "a list is `[[list]]` with `name` and either `places` (codes) or `measures` (`table/measure`)";
            Error::declaration(place, message, help)
        };
        let file: File = toml::from_str(&text).map_err(|error| {
            let place = error.span().map_or_else(|| Place::file(&shown), |span| place_in(&shown, &text, span));
            wrong(place, error.message().to_owned())
        })?;
        for (at, list) in file.list.iter().enumerate() {
            if file.list[..at].iter().any(|other| other.key() == list.key()) || list.key() == PREFIX {
                return Err(wrong(Place::file(&shown), format!("`{}` is the name of no list or of two", list.name)));
            }
        }
        Ok(Lists { text, all: file.list })
    }

    /// The list that a word means.
    pub fn get(&self, word: &str) -> Option<&Saved> {
        let key = key(word);
        self.all.iter().find(|list| list.key() == key)
    }

    /// The text of the file with a list more, at its end.
    ///
    /// # Errors
    /// It has no name or the name of another, or nothing is in it.
    pub fn with(&self, list: &Saved) -> Result<String, Error> {
        let name = list.name.trim();
        if name.chars().count() > LONGEST || key(name) == PREFIX {
            let message = format!("`{name}` cannot be the name of a list");
            return Err(Error::usage(message, format!("write letters or digits, {LONGEST} at most")));
        }
        if let Some(known) = self.get(name) {
            let message = format!("there is a list `{}` already", known.name);
            return Err(Error::usage(message, "choose another name, or take that one out first"));
        }
        if list.places.is_empty() && list.measures.is_empty() {
            return Err(Error::usage("a list of nothing is not kept", "choose places or measures first"));
        }
        let mut table = Table::new();
        table.insert("name", value(name));
        for (key, members) in [("places", &list.places), ("measures", &list.measures)] {
            if !members.is_empty() {
                table.insert(key, value(members.iter().collect::<Array>()));
            }
        }
        self.changed(|lists| lists.push(table))
    }

    /// The text of the file with a list less.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn without(&self, word: &str) -> Result<String, Error> {
        let wanted = key(word);
        match self.all.iter().position(|list| list.key() == wanted) {
            Some(at) => self.changed(|lists| {
                lists.remove(at);
            }),
            None => Err(Error::usage(format!("there is no list `{word}`"), "look at the lists anew")),
        }
    }

    fn changed(&self, change: impl FnOnce(&mut ArrayOfTables)) -> Result<String, Error> {
        let broken = || {
            let help = "write each list as `[[list]]` with `name` and `places` or `measures`";
            Error::usage("the file of saved lists cannot be added to", help)
        };
        let mut document: DocumentMut = self.text.parse().map_err(|_| broken())?;
        let lists = document.entry("list").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        change(lists.as_array_of_tables_mut().ok_or_else(broken)?);
        Ok(document.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{Lists, Saved, is_key, key};

    #[test]
    fn a_list_is_added_and_taken_out_and_the_rest_of_the_file_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lists.toml");
        assert!(Lists::read(&path).expect("none").all.is_empty());
        let list = |name: &str, places: &[&str]| Saved {
            name: name.to_owned(),
            places: places.iter().map(|code| (*code).to_owned()).collect(),
            ..Saved::default()
        };
        let put = |text: String| std::fs::write(&path, text).expect("written");
        put("# ours\n[[list]]\nname = \"A\" # the first\nplaces = [\"333\"]\n".to_owned());
        put(Lists::read(&path).and_then(|lists| lists.with(&list("Ten of 2021", &["333", "335"]))).expect("added"));
        put(Lists::read(&path).and_then(|lists| lists.with(&list("B", &["330"]))).expect("added"));
        let lists = Lists::read(&path).expect("three");
        assert_eq!(lists.get("list:TEN-of 2021").map(|list| list.places.len()), Some(2));
        assert!(lists.with(&list("ten, of 2021", &["330"])).is_err(), "one word for two lists");
        assert!(lists.with(&list("--", &["330"])).is_err() && lists.with(&list("C", &[])).is_err());
        let text = lists.without("Ten of 2021").expect("taken out");
        assert!(
            text.starts_with("# ours\n[[list]]\nname = \"A\" # the first\n") && text.contains("name = \"B\""),
            "{text}"
        );
        assert!(!text.contains("Ten"), "{text}");
        put(text);
        assert!(Lists::read(&path).expect("two").without("Ten of 2021").is_err());
    }

    #[test]
    fn what_is_no_file_of_lists_is_said_with_its_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lists.toml");
        for (text, line) in
            [("[[list]]\nname = \"a\"\nplace = [\"333\"]\n", 3), ("[[list]]\nname = 1\n", 2), ("list = [", 1)]
        {
            std::fs::write(&path, text).expect("written");
            let error = Lists::read(&path).expect_err("no lists").to_string();
            assert!(error.contains(&format!("line {line},")), "{error}");
        }
        assert_eq!(key(" list:Ten  of-2021 "), "list:ten-of-2021");
        assert!(is_key("LIST:x") && !is_key("lists"));
    }
}
