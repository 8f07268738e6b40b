//! Suppression of small numbers in what we publish.
//!
//! In: whole counts. Out: which of them are hidden. Why: a published 1 to 5 can name a child, and a hidden count that a
//! total gives back was never hidden. [`protect_linked`] is our default: any counts with any sums that readers can form,
//! totals included, safe against subtraction and bounds; totals may be hidden too. [`dfe_rule`] is the department's
//! published rule for lists with its cap of 20, which can leave a count recoverable. A published 0 is a true 0 and stays.

mod attack;
mod linked;

use schemars::JsonSchema;
use serde::Deserialize;

use super::rounding::round_to_nearest;

pub use attack::{Known, given_away};
pub use linked::{Linked, Standing, Sum, protect_linked};

/// A published figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Published {
    /// Shown, rounded if a base was asked for.
    Shown(u64),
    /// Hidden, printed as `c`; null in arithmetic, and so is every figure derived from it.
    Hidden,
}

/// Which counts are hidden, and to what the others are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SmallNumbers {
    /// Smallest count hidden (1: zeros are shown; our own tables show them in any case).
    pub from: u64,
    /// Largest count hidden.
    pub to: u64,
    /// Shown counts are rounded to the nearest multiple of this; 1 leaves them.
    #[serde(rename = "round")]
    #[schemars(range(min = 1))]
    pub base: u64,
}

impl Default for SmallNumbers {
    /// 1 to 5 hidden, the rest as counted.
    fn default() -> Self {
        Self { from: 1, to: 5, base: 1 }
    }
}

impl SmallNumbers {
    /// Whether a count is hidden for its own sake.
    pub fn hides(&self, count: u64) -> bool {
        (self.from..=self.to).contains(&count)
    }

    fn show(&self, count: u64) -> Published {
        Published::Shown(round_to_nearest(count as f64, self.base as f64) as u64)
    }
}

/// The DfE's rule (Hansard, 8 January 2008, 174305): hide `from` to `to`; if exactly one figure is hidden, hide the
/// next smallest above it too, but only if it is below `cap` (20). Zeros stay. For lists without a published total.
pub fn dfe_rule(counts: &[u64], small: SmallNumbers, cap: u64) -> Vec<Published> {
    let mut hidden: Vec<bool> = counts.iter().map(|c| small.hides(*c)).collect();
    if hidden.iter().filter(|h| **h).count() == 1 {
        let next = (0..counts.len()).filter(|i| counts[*i] > small.to && counts[*i] < cap).min_by_key(|i| counts[*i]);
        if let Some(next) = next {
            hidden[next] = true;
        }
    }
    counts.iter().zip(hidden).map(|(c, h)| if h { Published::Hidden } else { small.show(*c) }).collect()
}
