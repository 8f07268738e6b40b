//! Which rows count: of several releases that have a figure, the newest.
//!
//! It is decided for the full key, measure, level, area, breakdown and period. A release that repeats an old year for
//! England alone leaves the authorities of that year to the release that has them; a row that the newer release has
//! and marks as missing stays missing.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Shared;
use super::assemble::{Block, Rows};
use crate::area::Level;
use crate::observations::Words;
use crate::pipeline::Release;

/// Period, level, area and breakdown of a row, by number.
pub(super) type RowKey = [u32; 7];

/// Keys of rows that stay the same from release to release: the 3-digit code of an authority whatever its long code.
pub(super) struct Keying {
    no_la: Vec<bool>,
    no_ons: Vec<bool>,
}

impl Keying {
    pub fn of(shared: &Shared) -> Keying {
        let empty = |words: &Words| (0..words.len() as u32).map(|code| words.word(code).is_empty()).collect();
        Keying { no_la: empty(&shared.la), no_ons: empty(&shared.ons) }
    }

    /// The key of row `row`. Only its name tells a school from another, or a place that has no code.
    pub fn key(&self, rows: &Rows, row: usize) -> RowKey {
        let (la, ons, level) = (rows.la[row], rows.ons[row], rows.level[row]);
        let below = [Level::School, Level::Other].iter().any(|below| *below as u32 == level);
        let (no_la, no_ons) = (self.no_la[la as usize], self.no_ons[ons as usize]);
        [
            rows.period[row],
            level,
            la,
            if no_la { ons } else { u32::MAX },
            if below || (no_la && no_ons) { rows.name[row] } else { u32::MAX },
            rows.topic[row],
            rows.breakdown[row],
        ]
    }
}

/// What a block has: every key, or every period where its rows are counts.
struct Held {
    keys: FxHashSet<RowKey>,
    periods: FxHashSet<u32>,
    counted: bool,
}

impl Held {
    fn of(block: &Block, keying: &Keying) -> Held {
        let mut held = Held {
            keys: FxHashSet::default(),
            periods: block.rows.period.iter().copied().collect(),
            counted: block.counted,
        };
        if !block.counted {
            held.keys.extend((0..block.rows.row.len()).map(|row| keying.key(&block.rows, row)));
        }
        held
    }

    fn has(&self, key: &RowKey) -> bool {
        if self.counted { self.periods.contains(&key[0]) } else { self.keys.contains(key) }
    }
}

/// Whether each figure, block by block and measure by measure, is that of the newest release that has it.
pub(super) fn latest(shared: &Shared, blocks: &[Block], height: usize) -> Vec<bool> {
    let keying = Keying::of(shared);
    let releases: Vec<Release> = blocks.iter().map(|block| Release::new(shared.release.word(block.release))).collect();
    let periods: Vec<FxHashSet<u32>> =
        blocks.iter().map(|block| block.rows.period.iter().copied().collect()).collect();
    let mut held: BTreeMap<usize, Held> = BTreeMap::new();
    let mut all = Vec::with_capacity(height);
    for (index, block) in blocks.iter().enumerate() {
        let count = block.rows.row.len();
        // Measures that the same newer blocks have share their answer.
        let mut known: BTreeMap<Vec<usize>, Vec<bool>> = BTreeMap::new();
        for measured in &block.measured {
            let newer: Vec<usize> = (0..blocks.len())
                .filter(|&other| releases[other] > releases[index])
                .filter(|&other| blocks[other].measured.iter().any(|known| known.measure == measured.measure))
                .filter(|&other| !periods[other].is_disjoint(&periods[index]))
                .collect();
            for &other in &newer {
                held.entry(other).or_insert_with(|| Held::of(&blocks[other], &keying));
            }
            let answer = known.entry(newer).or_insert_with_key(|newer| {
                let sets: Vec<&Held> = newer.iter().filter_map(|other| held.get(other)).collect();
                let counts = |row| {
                    let key = keying.key(&block.rows, row);
                    !sets.iter().any(|set| set.has(&key))
                };
                (0..count).map(counts).collect()
            });
            all.extend_from_slice(answer);
        }
    }
    all
}
