//! Whose findings are printed where `--authority` names somebody: those that name the authority, its region or England,
//! and those that name no area at all.
//!
//! In: the register and the authorities asked for. Out: whether a finding concerns them.

use std::collections::BTreeSet;

use crate::area::{LaCode, Register};
use crate::finding::Finding;

/// The names of the areas that were asked for, and of all others.
pub(super) struct Concerned {
    asked: BTreeSet<String>,
    others: BTreeSet<String>,
}

impl Concerned {
    /// What concerns `asked`; everything where nobody is asked for.
    pub fn of(asked: &[LaCode], register: &Register) -> Concerned {
        let mut concerned = Concerned { asked: BTreeSet::new(), others: BTreeSet::new() };
        for authority in asked.iter().flat_map(|code| register.spans(*code)) {
            let regions = [&authority.region, &authority.london].into_iter().filter_map(|code| register.region(code));
            concerned.asked.extend(regions.map(|region| region.name.clone()));
            concerned.asked.insert(authority.name.clone());
            concerned.asked.insert("England".to_owned());
        }
        let authorities = register.authorities().iter().map(|authority| &authority.name);
        let names = authorities.chain(register.regions().iter().map(|region| &region.name));
        concerned.others = names.filter(|name| !concerned.asked.contains(*name)).cloned().collect();
        concerned
    }

    /// Whether `finding` is printed. What stops a table concerns everybody.
    pub fn shows(&self, finding: &Finding) -> bool {
        let names = |areas: &BTreeSet<String>| areas.iter().any(|name| finding.message.contains(name.as_str()));
        self.asked.is_empty() || finding.is_error() || names(&self.asked) || !names(&self.others)
    }
}
