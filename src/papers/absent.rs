//! What a paper does not hold, and why: measures without a figure, and returns that have not been loaded.

use crate::publish::document::Remark;
use crate::shown::{list, within};

use super::choose::Lacking;

/// What is not in a paper.
#[derive(Default)]
pub struct Absent {
    /// Each with its reason.
    things: Vec<(String, String)>,
}

/// How many things the first page names.
const NAMED: usize = 3;

impl Absent {
    /// Something that is not there, once.
    pub fn add(&mut self, what: &str, why: &str) {
        let what = what.to_owned();
        if !self.things.iter().any(|(known, _)| *known == what) {
            self.things.push((what, why.to_owned()));
        }
    }

    /// Measures of a return that has not been loaded.
    pub fn lacking(&mut self, lacking: &[Lacking]) {
        for lack in lacking {
            let name = if lack.publication.is_empty() { &lack.return_name } else { &lack.publication };
            self.add(&lack.label, &format!("{name} has not been loaded"));
        }
    }

    /// The line of the first page; none where nothing is absent.
    pub fn remark(&self) -> Option<Remark> {
        let mut names: Vec<String> = self.things.iter().take(NAMED).map(|(what, _)| within(what)).collect();
        let more = self.things.len().saturating_sub(NAMED);
        if more > 0 {
            names.push(format!("{} more", crate::shown::small(more)));
        }
        let text = format!("{} (see annex).", list(&names));
        (!self.things.is_empty()).then(|| Remark { label: "Not included".to_owned(), text })
    }

    /// The lines of the annex: the things of one reason together.
    pub fn lines(&self) -> Vec<String> {
        let mut reasons: Vec<&str> = Vec::new();
        for (_, why) in &self.things {
            if !reasons.contains(&why.as_str()) {
                reasons.push(why);
            }
        }
        let line = |why: &str| {
            let of: Vec<&str> =
                self.things.iter().filter(|(_, one)| one == why).map(|(what, _)| what.as_str()).collect();
            format!("{} ({why}).", crate::shown::sentence(&of.join("; ")))
        };
        reasons.into_iter().map(line).collect()
    }
}
