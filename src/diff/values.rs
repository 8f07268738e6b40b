//! The figures of two builds side by side.

use rustc_hash::FxHashMap;

use crate::area::Level;
use crate::figure::Figures;
use crate::finding::Finding;
use crate::frame::{Coded, Frame, Words};
use crate::period::PeriodKey;
use crate::schema::column;

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Not there before.
    New,
    /// One number, now another.
    Revised,
    /// A number, now a mark.
    Withdrawn,
    /// A mark, now a number.
    Reinstated,
    /// A mark, now another.
    Recoded,
    /// There before, now without a row.
    Gone,
}

impl Kind {
    /// All kinds, in the order they are told.
    pub const ALL: [Kind; 6] = [Kind::New, Kind::Revised, Kind::Withdrawn, Kind::Reinstated, Kind::Recoded, Kind::Gone];

    /// The word in texts and tables.
    pub fn word(self) -> &'static str {
        match self {
            Kind::New => "new",
            Kind::Revised => "revised",
            Kind::Withdrawn => "withdrawn",
            Kind::Reinstated => "reinstated",
            Kind::Recoded => "re-coded",
            Kind::Gone => "gone",
        }
    }
}

/// One figure that differs, with its row in each build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub kind: Kind,
    /// Its row in the old build.
    pub old: Option<usize>,
    /// Its row in the new build.
    pub new: Option<usize>,
}

/// Period; measure, level, authority, area, topic and breakdown.
type Key = (PeriodKey, [u32; 6]);

/// The figures that differ, those of the new build first and in its order; and how many are the same.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn changes(old: &Frame, new: &Frame) -> Result<(Vec<Change>, usize), Finding> {
    let mut words = Words::default();
    let (before, after) = (Keys::of(old, &mut words)?, Keys::of(new, &mut words)?);
    let (old_rows, new_rows) = (before.latest(), after.latest());
    let (old_values, old_status) = (old.get(column::Value)?, old.get(column::Status)?);
    let (new_values, new_status) = (new.get(column::Value)?, new.get(column::Status)?);
    let (mut changes, mut same) = (Vec::new(), 0);
    let mut judge = |earlier: usize, row: usize| {
        let kind = match (old_values[earlier].is_finite(), new_values[row].is_finite()) {
            (true, true) if equal(old_values[earlier], new_values[row]) => None,
            (true, true) => Some(Kind::Revised),
            (true, false) => Some(Kind::Withdrawn),
            (false, true) => Some(Kind::Reinstated),
            (false, false) if old_status.word(earlier) == new_status.word(row) => None,
            (false, false) => Some(Kind::Recoded),
        };
        same += usize::from(kind.is_none());
        kind.map(|kind| Change { kind, old: Some(earlier), new: Some(row) })
    };
    // Where only numbers were revised both have the same rows in the same order: what comes before the first that is another
    // needs no looking up.
    let pairs = old_rows.iter().zip(&new_rows);
    let alike = pairs.take_while(|&(&was, &is)| before.key(was) == after.key(is)).count();
    changes.extend(old_rows.iter().zip(&new_rows[..alike]).filter_map(|(&was, &is)| judge(was, is)));
    let mut waiting = Waiting::of(&before, &old_rows[alike..]);
    for &row in &new_rows[alike..] {
        match waiting.take(&after.key(row)) {
            Some(earlier) => changes.extend(judge(earlier, row)),
            None => changes.push(Change { kind: Kind::New, old: None, new: Some(row) }),
        }
    }
    changes.extend(waiting.left().map(|row| Change { kind: Kind::Gone, old: Some(row), new: None }));
    Ok((changes, same))
}

/// Rows of the old build that wait for theirs in the new one: of those with one key the first goes first.
struct Waiting<'r> {
    rows: &'r [usize],
    /// By key the place of the first row that waits.
    first: FxHashMap<Key, usize>,
    /// By place, that of the next row with the same key; past the end for none.
    next: Vec<usize>,
    taken: Vec<bool>,
}

impl<'r> Waiting<'r> {
    fn of(keys: &Keys<'_>, rows: &'r [usize]) -> Waiting<'r> {
        let mut first = FxHashMap::with_capacity_and_hasher(rows.len(), Default::default());
        let mut next = vec![rows.len(); rows.len()];
        for (at, &row) in rows.iter().enumerate().rev() {
            if let Some(later) = first.insert(keys.key(row), at) {
                next[at] = later;
            }
        }
        Waiting { rows, first, next, taken: vec![false; rows.len()] }
    }

    fn take(&mut self, key: &Key) -> Option<usize> {
        let first = self.first.get_mut(key)?;
        let row = *self.rows.get(*first)?;
        self.taken[*first] = true;
        *first = self.next[*first];
        Some(row)
    }

    fn left(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(row, _)| *row)
    }
}

/// Equal but for the last bits of a division.
fn equal(one: f64, other: f64) -> bool {
    one == other || (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}

/// The columns of a frame as numbers of words that two builds share.
struct Keys<'a> {
    figures: Figures<'a>,
    latest: polars_arrow::bitmap::Bitmap,
    measure: Vec<u32>,
    level: Vec<u32>,
    la: Vec<u32>,
    ons: Vec<u32>,
    name: Vec<u32>,
    topic: Vec<u32>,
    breakdown: Vec<u32>,
}

impl<'a> Keys<'a> {
    fn of(frame: &'a Frame, words: &mut Words) -> Result<Keys<'a>, Finding> {
        let figures = Figures::of(frame)?;
        let mut numbers = |coded: &Coded<'_>| coded.words.iter().map(|word| words.code(word)).collect::<Vec<u32>>();
        let (measure, level) = (numbers(&figures.measure), numbers(&figures.level));
        let (la, ons, name) = (numbers(&figures.la), numbers(&figures.ons), numbers(&figures.name));
        let (topic, breakdown) = (numbers(&figures.topic), numbers(&figures.breakdown));
        let latest = frame.get(column::Latest)?;
        Ok(Keys { figures, latest, measure, level, la, ons, name, topic, breakdown })
    }

    /// The rows of the latest figures, in order.
    fn latest(&self) -> Vec<usize> {
        (0..self.figures.periods.ends.len()).filter(|&row| self.latest.get_bit(row)).collect()
    }

    /// What tells the figure of a row from others.
    fn key(&self, row: usize) -> Key {
        let figures = &self.figures;
        let place = if figures.below(row) {
            self.name[figures.name.codes.get(row)]
        } else if figures.level.word(row) == Level::Region.word() {
            self.ons[figures.ons.codes.get(row)]
        } else {
            0
        };
        let rest = [
            self.measure[figures.measure.codes.get(row)],
            self.level[figures.level.codes.get(row)],
            self.la[figures.la.codes.get(row)],
            place,
            self.topic[figures.topic.codes.get(row)],
            self.breakdown[figures.breakdown.codes.get(row)],
        ];
        (figures.periods.key(row), rest)
    }
}
