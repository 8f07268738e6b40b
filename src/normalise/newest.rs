//! Which rows count: of several releases that have a figure, the newest.
//!
//! It is decided for the full key, measure, level, area, breakdown and period. A release that repeats an old year for
//! England alone leaves the authorities of that year to the release that has them; a row that the newer release has
//! and marks as missing stays missing. Only a label that the newer release never uses, in a topic that it breaks the
//! year down by again, is gone: its figures are in others there, and would be counted twice.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Shared;
use super::assemble::{Block, Rows};
use crate::area::Level;
use crate::frame::Words;
use crate::pipeline::Release;

/// Period, level, area and breakdown of a row, by number.
pub(super) type RowKey = [u32; 7];

/// No word: what a key does not tell apart.
const ANY: u32 = u32::MAX;

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
        let ons = if no_la { ons } else { ANY };
        let name = if below || (no_la && no_ons) { rows.name[row] } else { ANY };
        [rows.period[row], level, la, ons, name, rows.topic[row], rows.breakdown[row]]
    }
}

/// The topic of a row in its period and area, whatever the breakdown.
fn topic(key: &RowKey) -> RowKey {
    let mut topic = *key;
    topic[6] = ANY;
    topic
}

/// What a release has of a measure: its rows, its topics by period and area, and the labels it uses at all.
#[derive(Default)]
struct Held {
    keys: FxHashSet<RowKey>,
    labels: FxHashSet<(u32, u32)>,
    /// Periods in which its rows are counts, so that what has no row was counted to nothing.
    counted: FxHashSet<u32>,
}

impl Held {
    fn add(&mut self, block: &Block, keying: &Keying) {
        if block.counted {
            self.counted.extend(&block.rows.period);
            return;
        }
        for row in 0..block.rows.row.len() {
            let key = keying.key(&block.rows, row);
            self.keys.insert(topic(&key));
            self.keys.insert(key);
            self.labels.insert((key[5], key[6]));
        }
    }

    /// Whether the release has the figure of this row, or has put it into others.
    fn has(&self, key: &RowKey) -> bool {
        let regrouped = || !self.labels.contains(&(key[5], key[6])) && self.keys.contains(&topic(key));
        self.counted.contains(&key[0]) || self.keys.contains(key) || regrouped()
    }
}

/// The blocks of the table by release, and which of them have which measures.
struct Releases<'b> {
    blocks: &'b [Block],
    /// Oldest first, with the number of each release's word.
    order: Vec<(Release, u32)>,
    periods: FxHashMap<u32, FxHashSet<u32>>,
}

impl<'b> Releases<'b> {
    fn of(shared: &Shared, blocks: &'b [Block]) -> Releases<'b> {
        let mut periods: FxHashMap<u32, FxHashSet<u32>> = FxHashMap::default();
        for block in blocks {
            periods.entry(block.release).or_default().extend(&block.rows.period);
        }
        let mut order: Vec<(Release, u32)> =
            periods.keys().map(|&code| (Release::new(shared.release.word(code)), code)).collect();
        order.sort_by(|a, b| a.0.cmp(&b.0));
        Releases { blocks, order, periods }
    }

    /// The blocks with `measure` of the releases after that of `block` that share a period with it, by release.
    fn newer(&self, block: &Block, measure: u32) -> Vec<Vec<usize>> {
        let after = self.order.iter().skip_while(|(_, code)| *code != block.release).skip(1);
        let shares = |code: &u32| !self.periods[code].is_disjoint(&self.periods[&block.release]);
        let has = |block: &Block| block.measured.iter().any(|known| known.measure == measure);
        let of = |code: u32| {
            let blocks = self.blocks.iter().enumerate();
            blocks.filter(|(_, other)| other.release == code && has(other)).map(|(at, _)| at).collect::<Vec<usize>>()
        };
        after.map(|(_, code)| *code).filter(shares).map(of).filter(|blocks| !blocks.is_empty()).collect()
    }
}

/// Whether each figure, block by block and measure by measure, is that of the newest release that has it.
pub(super) fn newest(shared: &Shared, blocks: &[Block], height: usize) -> Vec<bool> {
    let keying = Keying::of(shared);
    let releases = Releases::of(shared, blocks);
    let mut held: BTreeMap<Vec<usize>, Held> = BTreeMap::new();
    let mut all = Vec::with_capacity(height);
    for block in blocks {
        // Measures that the same newer blocks have share their answer.
        let mut known: BTreeMap<Vec<Vec<usize>>, Vec<bool>> = BTreeMap::new();
        for measured in &block.measured {
            let newer = releases.newer(block, measured.measure);
            for group in &newer {
                held.entry(group.clone()).or_insert_with_key(|group| {
                    let mut held = Held::default();
                    group.iter().for_each(|&at| held.add(&blocks[at], &keying));
                    held
                });
            }
            let answer = known.entry(newer).or_insert_with_key(|newer| {
                let sets: Vec<&Held> = newer.iter().filter_map(|group| held.get(group)).collect();
                let is_newest = |row| {
                    let key = keying.key(&block.rows, row);
                    !sets.iter().any(|set| set.has(&key))
                };
                (0..block.rows.row.len()).map(is_newest).collect()
            });
            all.extend_from_slice(answer);
        }
    }
    all
}
