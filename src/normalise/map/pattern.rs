//! A text to match in any case, or a glob.

use std::borrow::Cow;

use globset::{GlobBuilder, GlobMatcher};

use crate::text::lowered;

/// A text to match in any case: itself, or as a glob.
#[derive(Clone, Debug)]
pub(in crate::normalise) struct Pattern {
    exact: String,
    glob: Option<GlobMatcher>,
}

impl Pattern {
    /// The text, as it is declared.
    pub fn text(&self) -> &str {
        &self.exact
    }

    /// Whether `text` fits, as it is or with its footnotes on the line.
    pub fn is_match(&self, text: &str) -> bool {
        let fits = |text: &str| {
            self.exact.eq_ignore_ascii_case(text) || self.glob.as_ref().is_some_and(|glob| glob.is_match(text))
        };
        fits(text) || matches!(lowered(text), Cow::Owned(plain) if fits(&plain))
    }
}

/// The pattern that `text` writes; a text that is no glob matches itself alone.
pub(in crate::normalise) fn glob(text: &str) -> Pattern {
    let glob = GlobBuilder::new(text).case_insensitive(true).literal_separator(false).build().ok();
    Pattern { exact: text.to_owned(), glob: glob.map(|glob| glob.compile_matcher()) }
}
