//! An old name beside what it is now, as somebody who chooses sees it.

use crate::intake::apart::Apart;
use crate::intake::successor::{Match, Successor};
use crate::normalise::Missing;

/// How sure it is what an old name is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// Name and figures say so.
    Sure,
    /// It is filled in, with a reason to look.
    Likely,
    /// Several fit: nothing is filled in.
    Several,
    /// None fits.
    Gone,
}

/// A new name that is offered for an old one.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The new name.
    pub name: String,
    /// What speaks for it.
    pub words: String,
    /// The share of the figures that agree, 0 to 1; none where there are none.
    pub agree: Option<f64>,
}

/// An old name and what it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is the name of: a measure or role, or the column of a label.
    pub key: String,
    /// The old name.
    pub old: String,
    /// How sure it is.
    pub sure: Sure,
    /// What was found.
    pub offers: Vec<Offer>,
    /// Why it is not sure, or what tells those apart that fit.
    pub why: String,
    /// What holds: a new name, empty for none any more; nothing while it is open.
    pub chosen: Option<String>,
    /// Whether somebody chose it.
    pub by_hand: bool,
    /// Other names that it may be.
    pub others: Vec<String>,
}

impl Line {
    /// A line of what was found and what was chosen; `asks` where a name that is gone must be answered.
    pub(super) fn of(
        (missing, found): &(Missing, Successor),
        chosen: Option<&String>,
        others: &[String],
        apart: &[Apart],
        asks: bool,
    ) -> Line {
        let options: &[Match] = match found {
            Successor::Renamed(option) => std::slice::from_ref(option),
            Successor::Unsure(options) => options,
            Successor::Gone => &[],
        };
        let sure = match found {
            Successor::Renamed(option) if option.is_sure() => Sure::Sure,
            Successor::Renamed(_) => Sure::Likely,
            Successor::Unsure(_) => Sure::Several,
            Successor::Gone => Sure::Gone,
        };
        let own = apart.iter().find(|apart| apart.of == (missing.key.clone(), missing.name.clone()));
        let why = match found {
            Successor::Renamed(option) if sure == Sure::Likely => option.doubt(),
            Successor::Unsure(_) => {
                own.map_or_else(|| "name and figures do not tell them apart".to_owned(), Apart::words)
            }
            Successor::Gone => "nothing in the file is like it".to_owned(),
            Successor::Renamed(_) => String::new(),
        };
        let proposed = match found {
            Successor::Renamed(option) => Some(option.name.clone()),
            Successor::Gone if !asks => Some(String::new()),
            Successor::Gone | Successor::Unsure(_) => None,
        };
        let offered = |name: &&String| options.iter().all(|option| option.name != **name);
        let by_hand = chosen.is_some_and(|chosen| proposed.as_ref() != Some(chosen));
        Line {
            key: missing.key.clone(),
            old: missing.name.clone(),
            sure,
            why,
            chosen: chosen.cloned().or(proposed),
            by_hand,
            others: others.iter().filter(offered).cloned().collect(),
            offers: options.iter().map(Offer::of).collect(),
        }
    }

    /// Whether it waits for an answer.
    pub fn is_open(&self) -> bool {
        self.chosen.is_none()
    }
}

impl Offer {
    fn of(option: &Match) -> Offer {
        let agree = option.agree.filter(|(_, shared)| *shared > 0);
        Offer {
            name: option.name.clone(),
            words: option.evidence(),
            agree: agree.map(|(agree, shared)| agree as f64 / shared as f64),
        }
    }
}
