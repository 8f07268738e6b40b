//! From which number on a count is small.

use super::super::rounding::round_to_nearest;
use schemars::JsonSchema;
use serde::Deserialize;

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

    pub(super) fn show(&self, count: u64) -> Published {
        Published::Shown(round_to_nearest(count as f64, self.base as f64) as u64)
    }
}

/// A published figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Published {
    /// Shown, rounded if a base was asked for.
    Shown(u64),
    /// Hidden, printed as `c`; null in arithmetic, and so is every figure derived from it.
    Hidden,
}
