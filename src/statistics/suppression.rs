//! Suppression of small numbers in what we publish.
//!
//! In: whole counts. Out: which of them are hidden. Why: a published 1 to 5 can name a child, and a hidden count that a
//! total gives back was never hidden. [`protect_linked`] is our default: any counts with any sums that readers can form,
//! totals included, safe against subtraction and bounds; totals may be hidden too. [`dfe_rule`] is the department's
//! published rule for lists with its cap of 20, which can leave a count recoverable. A published 0 is a true 0 and stays.

mod attack;
mod linked;
mod small_numbers;
mod sum;

pub use small_numbers::{Published, SmallNumbers};

pub use attack::{Known, given_away};
pub use linked::{Linked, Standing, protect_linked};
pub use sum::Sum;

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
