//! From what the statistics left of a figure to what a reading of it is made of.

use super::{Against, Standing};
use crate::area::Register;
use crate::comparator::Comparator;
use crate::reading::{Evidence, Flips, Other, Placed, Seen, Whom};
use crate::statistics::trend::Marker;
use crate::statistics::unusual;

impl Against<'_> {
    /// Who it is.
    fn whom(&self, register: &Register) -> Whom {
        let name = || self.name.to_string();
        match Comparator::parse(&self.comparator, register) {
            Ok(Comparator::England) => Whom::England,
            Ok(Comparator::Region) => Whom::Region(name()),
            Ok(Comparator::Neighbours(year) | Comparator::NeighboursOf(year)) => Whom::Neighbours(Some(year)),
            Ok(Comparator::Authority(_)) => Whom::Authority(name()),
            Ok(Comparator::Group(_)) | Err(_) => Whom::Group(name()),
        }
    }

    /// What a reading takes of it, with the result of the test of `own` against it.
    pub fn other(&self, own: Seen, register: &Register) -> Other {
        let value = self.figure.value;
        Other {
            used: (u32::from(self.used), u32::from(self.members)),
            flips: Flips { average: self.flips.contains("average"), set: self.flips.contains("set") },
            median: self.median,
            ..Other::new(self.whom(register), value, own.against(value))
        }
    }
}

impl Standing<'_> {
    /// Its rank, which `sharing` authorities have, the one itself among them.
    fn placed(&self, sharing: usize) -> Option<Placed> {
        self.rank.map(|rank| Placed {
            rank: u32::from(rank),
            of: u32::from(self.out_of),
            range: self.range.map(|(best, worst)| (u32::from(best), u32::from(worst))),
            joint: (sharing as u32).saturating_sub(1),
            before: None,
        })
    }

    /// Tells a reading of it; `sharing` is how many authorities have its rank.
    pub fn tell(&self, evidence: &mut Evidence, sharing: usize) {
        evidence.trend = Marker::side_of(self.trend);
        evidence.unusual = unusual::Place::from_word(self.unusual);
        evidence.placed = self.placed(sharing);
    }
}
