//! The cells of many figures at once, without reading them again.
//!
//! In: the ids of figures of one measure, its observations. Out: what each is of and where it stands.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::figure;
use crate::finding::Place;
use crate::store::Observed;

/// Where a figure stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The area.
    pub area: String,
    /// The period as a reader sees it.
    pub period: String,
    /// The release.
    pub release: String,
    /// File, sheet, row and column.
    pub place: Place,
}

/// Where the figures of `table` stand that `ids` names; those that no row has are not in it.
pub fn placed<'i>(
    ids: impl Iterator<Item = &'i str>,
    table: &str,
    observed: &Observed<'_>,
) -> FxHashMap<&'i str, Placed> {
    let ids: FxHashSet<&str> = ids.collect();
    let about = |id: &&'i str| figure::parts(id).map(|parts| (parts.area, parts.end));
    let about: FxHashSet<(&str, NaiveDate)> = ids.iter().filter_map(about).collect();
    let figures = &observed.figures;
    let mut found = FxHashMap::default();
    for row in observed.latest() {
        if !about.contains(&(figures.area(row), figures.periods.key(row).end())) {
            continue;
        }
        if let Some(id) = ids.get(figures.id(table, row).as_str()) {
            let placed = Placed {
                area: figures.name.word(row).to_owned(),
                period: figures.periods.label(row),
                release: observed.release(row).to_owned(),
                place: observed.place(row),
            };
            found.entry(*id).or_insert(placed);
        }
    }
    found
}
