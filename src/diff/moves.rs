//! What the revisions did to comparisons: ranks, bands and flags that moved, and whose revision moved them.
//!
//! A rank is worked out once more with only the authority's own figure changed: the step from the old rank to that one
//! is its own doing, the step from there to the new rank is that others were revised, came or went.

use rustc_hash::FxHashMap;

use super::compared::Compared;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::period::PeriodKey;

/// The comparator whose rows say who ranks where: the ranks are the same in those of every other.
pub(super) const RANKED_BESIDE: &str = "england";

/// An authority whose rank, band or flag is another.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The measure.
    pub measure: String,
    /// The period as a reader sees it.
    pub period: String,
    /// Topic and breakdown.
    pub breakdown: (String, String),
    /// The 3-digit code.
    pub code: String,
    /// The name.
    pub area: String,
    /// Rank in the old and new build, 0 for none.
    pub ranks: (u16, u16),
    /// How many were ranked.
    pub out_of: (u16, u16),
    /// Places lost (above 0) or won (below 0) by its own figure; none where it was or is not ranked.
    pub own: Option<i32>,
    /// Places lost or won because others were revised, came or went.
    pub others: Option<i32>,
    /// Quartile bands.
    pub bands: (String, String),
    /// Places in the funnel.
    pub flags: (String, String),
}

impl Move {
    /// Whether the rank is another.
    pub fn rank_moved(&self) -> bool {
        self.ranks.0 != self.ranks.1
    }

    /// How far the rank moved.
    pub fn distance(&self) -> u32 {
        u32::from(self.ranks.0.abs_diff(self.ranks.1))
    }
}

/// One authority in one group.
#[derive(Clone, Copy)]
struct Standing {
    value: f64,
    rank: u16,
    row: usize,
}

/// Measure, period, topic and breakdown of a group.
type Group = (String, PeriodKey, String, String);

/// The authorities whose rank, band or flag moved in periods and breakdowns that both builds have.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn moves(old: &Frame, new: &Frame) -> Result<Vec<Move>, Finding> {
    let (before, after) = (Standings::of(old)?, Standings::of(new)?);
    let mut moves = Vec::new();
    let mut groups: Vec<&Group> = after.groups.keys().filter(|group| before.groups.contains_key(*group)).collect();
    groups.sort();
    for group in groups {
        let (was, is) = (&before.groups[group], &after.groups[group]);
        let mut codes: Vec<&str> = is.keys().filter(|code| was.contains_key(*code)).copied().collect();
        codes.sort_unstable();
        for code in codes {
            let (one, other) = (was[code], is[code]);
            let bands = (before.band(one.row), after.band(other.row));
            let flags = (before.flag(one.row), after.flag(other.row));
            if one.rank == other.rank && bands.0 == bands.1 && flags.0 == flags.1 {
                continue;
            }
            let own = (one.rank > 0 && other.rank > 0 && other.value.is_finite()).then(|| {
                let high = before.high(one.row);
                i32::from(rank_with(was, code, other.value, high)) - i32::from(one.rank)
            });
            let others = own.map(|own| i32::from(other.rank) - i32::from(one.rank) - own);
            moves.push(Move {
                measure: group.0.clone(),
                period: after.label(other.row),
                breakdown: (group.2.clone(), group.3.clone()),
                code: code.to_owned(),
                area: after.area(other.row),
                ranks: (one.rank, other.rank),
                out_of: (before.frame.out_of[one.row], after.frame.out_of[other.row]),
                own,
                others,
                bands,
                flags,
            });
        }
    }
    Ok(moves)
}

/// The rank among the ranked of the old build that `code` would have with `value`: ties share the lowest number.
fn rank_with(group: &FxHashMap<&str, Standing>, code: &str, value: f64, high: bool) -> u16 {
    let better = |other: f64| if high { other > value } else { other < value };
    let ahead = group.iter().filter(|(name, other)| **name != code && other.rank > 0 && better(other.value)).count();
    u16::try_from(ahead + 1).unwrap_or(u16::MAX)
}

/// The standings of a build. They are the same for every comparator, so one is enough.
struct Standings<'a> {
    frame: Compared<'a>,
    groups: FxHashMap<Group, FxHashMap<&'a str, Standing>>,
}

impl<'a> Standings<'a> {
    fn of(frame: &'a Frame) -> Result<Standings<'a>, Finding> {
        let columns = Compared::of(frame)?;
        let mut groups: FxHashMap<Group, FxHashMap<&str, Standing>> = FxHashMap::default();
        let mut last: Option<([usize; 3], PeriodKey, Group)> = None;
        for row in 0..frame.height() {
            if columns.comparator.word(row) != RANKED_BESIDE {
                continue;
            }
            let of = [&columns.measure, &columns.topic, &columns.breakdown];
            let (codes, period) = (of.map(|column| column.codes.get(row)), columns.periods.key(row));
            if last.as_ref().is_none_or(|(known, when, _)| *known != codes || *when != period) {
                let [measure, topic, breakdown] = of.map(|column| column.word(row).to_owned());
                last = Some((codes, period, (measure, period, topic, breakdown)));
            }
            let Some((_, _, group)) = &last else { continue };
            let standing = Standing { value: columns.values[row], rank: columns.ranks[row], row };
            match groups.get_mut(group) {
                Some(standings) => {
                    standings.insert(columns.la.word(row), standing);
                }
                None => {
                    groups.insert(group.clone(), FxHashMap::from_iter([(columns.la.word(row), standing)]));
                }
            }
        }
        Ok(Standings { frame: columns, groups })
    }

    fn band(&self, row: usize) -> String {
        self.frame.band.word(row).to_owned()
    }

    fn flag(&self, row: usize) -> String {
        self.frame.unusual.word(row).to_owned()
    }

    fn area(&self, row: usize) -> String {
        self.frame.area.word(row).to_owned()
    }

    fn high(&self, row: usize) -> bool {
        self.frame.polarity.word(row) == "high"
    }

    fn label(&self, row: usize) -> String {
        self.frame.periods.label(row)
    }
}
