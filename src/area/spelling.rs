//! One rule from a name to the authorities that bear it: as it is spelt, else bared of what says the kind of council.

use rustc_hash::FxHashMap;

use super::LaCode;
use super::names::{bare, fold};
use crate::finding::MOST_OF_A_WORD;

/// The names of authorities: of the register, and of `aliases.csv`.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings {
    spelt: FxHashMap<String, Vec<LaCode>>,
    bare: FxHashMap<String, Vec<LaCode>>,
}

impl Spellings {
    /// Adds a name. `is_region` says of a bare name that a region bears it: "City of London" is not "London".
    pub fn add(&mut self, name: &str, code: LaCode, is_region: &dyn Fn(&str) -> bool) {
        put(&mut self.spelt, fold(name), code);
        let bare = bare(name);
        if !is_region(&bare) {
            put(&mut self.bare, bare, code);
        }
    }

    /// The codes of all that bear the name, in the order of the register; empty where nobody does.
    pub fn codes(&self, name: &str) -> &[LaCode] {
        if name.len() > MOST_OF_A_WORD {
            return &[];
        }
        self.spelt.get(&fold(name)).or_else(|| self.bare.get(&bare(name))).map_or(&[], Vec::as_slice)
    }

    /// Whether somebody bears the name as it stands, not only bared of what says the kind of council.
    pub fn has(&self, name: &str) -> bool {
        self.spelt.contains_key(&fold(name))
    }

    /// The bare name nearest to `name`, and whom it means: at most a letter in five is another, or it is the beginning of
    /// one name alone.
    pub fn near(&self, name: &str) -> Option<LaCode> {
        if name.len() > MOST_OF_A_WORD {
            return None;
        }
        let wanted = bare(name);
        let most = (wanted.chars().count() / 5).clamp(1, 3);
        let near = self.bare.iter().map(|(known, codes)| (strsim::osa_distance(&wanted, known), known, codes));
        let nearest = near.filter(|(distance, ..)| *distance <= most).min_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        if let Some((_, _, codes)) = nearest {
            return codes.last().copied();
        }
        let mut begun =
            self.bare.iter().filter(|(known, _)| known.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with(' ')));
        match (begun.next(), begun.next()) {
            (Some((_, codes)), None) if wanted.len() > 3 => codes.last().copied(),
            _ => None,
        }
    }
}

fn put(names: &mut FxHashMap<String, Vec<LaCode>>, name: String, code: LaCode) {
    let codes = names.entry(name).or_default();
    if !codes.contains(&code) {
        codes.push(code);
    }
}
