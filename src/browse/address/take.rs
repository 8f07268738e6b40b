//! The address of what is taken away from a page: `/get/`, the page's own address, and an ending.

use super::{Address, Names};
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The table as text.
    Csv,
    /// The table as a workbook.
    Xlsx,
    /// The pictures.
    Zip,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 3] = [Shape::Csv, Shape::Xlsx, Shape::Zip];

    /// The ending of the file's name.
    pub fn word(self) -> &'static str {
        match self {
            Shape::Csv => "csv",
            Shape::Xlsx => "xlsx",
            Shape::Zip => "zip",
        }
    }
}

/// What is taken away from a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {
    /// The page, in its state.
    pub page: Box<Address>,
    /// As what.
    pub shape: Shape,
    /// Everything that is known, not only what the page shows.
    pub all: bool,
}

impl Take {
    /// What is taken from a page.
    pub fn of(page: Address, shape: Shape, all: bool) -> Take {
        Take { page: Box::new(page), shape, all }
    }

    /// Reads the address whose words behind `/get/` are `words`.
    ///
    /// # Errors
    /// No page is called so, it has nothing to take, or `all` is neither 1 nor left out.
    pub(super) fn read(words: &[&str], raw: &Raw, names: Names<'_>) -> Result<Take, Wrong> {
        let (file, before) = words.split_last().unwrap_or((&"", &[]));
        let ending = |shape: Shape| file.strip_suffix(shape.word())?.strip_suffix('.').map(|page| (page, shape));
        let Some((last, shape)) = Shape::ALL.into_iter().find_map(ending) else {
            let message = format!("`{file}` has no ending that a page can be taken away with");
            let help = "a table is there as .csv and .xlsx, the pictures of a page as .zip";
            return Err(Wrong::gone(message, help).link("the first page", "/"));
        };
        let (all, rest): (Vec<_>, Vec<_>) = raw.query.iter().cloned().partition(|(key, _)| key == "all");
        let path = before.iter().chain(std::iter::once(&last)).map(|word| (*word).to_owned()).collect();
        let page = Address::parse(&Raw { path, query: rest }, names)?;
        let all = match all.as_slice() {
            [] => false,
            [(_, word)] if word.is_empty() => false,
            [(_, word)] if word == "1" => true,
            _ => {
                let help = "write `all=1` for every period, place and group, or leave it out for what is shown";
                return Err(Wrong::value("`all` in the address is not 1", help).link("the page", page));
            }
        };
        if !page.has_tables() {
            return Err(Wrong::gone("this page has no table to keep", "go back to it").link("the page", page));
        }
        Ok(Take::of(page, shape, all))
    }

    pub(super) fn raw(&self) -> Raw {
        let mut raw = self.page.raw();
        raw.path.insert(0, "get".to_owned());
        if let Some(last) = raw.path.last_mut() {
            last.push('.');
            last.push_str(self.shape.word());
        }
        raw.with("all", if self.all { "1" } else { "" })
    }
}
