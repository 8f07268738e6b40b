//! How many figures a table may have: counted before any is read, so that no file takes more memory than is stated.

use super::map::{Group, Map};
use super::{Input, Shared};
use crate::finding::Finding;
use crate::shown::whole;

/// The most figures of a table: with its text they stay below two gigabytes of memory.
const MOST_FIGURES: usize = 4_000_000;

/// The finding that the figures of this file, with those of the files before it, are more than a table may have.
pub(super) fn too_many(kept: &[u32], input: &Input<'_>, map: &Map, shared: &mut Shared) -> Option<Finding> {
    let of_group = |group: &Group| group.variants.len() * group.measures.len();
    let own = kept.len().saturating_mul(map.groups.iter().map(of_group).sum());
    shared.figures = shared.figures.saturating_add(own);
    if shared.figures <= MOST_FIGURES {
        return None;
    }
    let before = shared.figures - own;
    let others = if before > 0 { format!(" and {} of older releases", whole(before)) } else { String::new() };
    let message = format!(
        "the file has {} figures in {} rows{others}, and a table has at most {}",
        whole(own),
        whole(kept.len()),
        whole(MOST_FIGURES)
    );
    let help = "read only what is wanted of it, with `where` or `drop` and fewer `columns`, or split the table in two pipelines";
    Some(Finding::error("too-many-figures", message, help).at(input.table.place(None, None)))
}
