//! Where in a file its table is: the sheet that has areas, periods and figures, and the rows of its header.

use std::collections::BTreeSet;

use super::columns::{Columns, columns};
use super::header::{header, headers};
use crate::area::Register;
use crate::grid::TextTable;
use crate::intake::arrival::Arrival;
use crate::pipeline::Header;

/// A table in a file.
pub struct Place {
    /// The sheet, by number.
    pub sheet: usize,
    /// Its header.
    pub header: Header,
    /// Its cells.
    pub table: TextTable,
    /// What its columns are.
    pub columns: Columns,
    /// Other sheets that have as much.
    pub rivals: Vec<String>,
    /// The one period of the file, where somebody said it.
    pub period: Option<String>,
    /// Names in the place of an area whose rows somebody left out.
    pub left_out: BTreeSet<String>,
}

/// How much of a table a sheet has: areas, figures, periods, then authorities and cells.
type Worth = (bool, bool, bool, usize, usize);

/// The table of the sheet that has most of one; only sheets that `wanted` accepts are looked at.
pub fn place(arrival: &Arrival, wanted: &dyn Fn(&str) -> bool, register: &Register) -> Option<Place> {
    let all = arrival.filled().filter(|&sheet| arrival.sheet(sheet).0.is_empty() || wanted(arrival.sheet(sheet).0));
    // A hidden sheet is a working copy, unless nothing else is there or asked for.
    let (hidden, shown): (Vec<usize>, Vec<usize>) = all.partition(|&sheet| arrival.opened.is_hidden(sheet));
    let sheets = if shown.is_empty() { hidden } else { shown };
    let mut found: Vec<(Worth, Place)> = sheets
        .into_iter()
        .filter_map(|sheet| of_sheet(arrival, sheet, register))
        .map(|place| (worth(&place), place))
        .collect();
    let best = found.iter().map(|(worth, _)| *worth).max()?;
    let at = found.iter().position(|(worth, _)| *worth == best)?;
    let (_, mut place) = found.swap_remove(at);
    let as_good = |worth: &Worth| (worth.0, worth.1, worth.2) == (best.0, best.1, best.2) && worth.3 * 10 >= best.3 * 9;
    let rivals = found.iter().filter(|(worth, _)| as_good(worth));
    place.rivals = rivals.map(|(_, other)| arrival.sheet(other.sheet).0.to_owned()).collect();
    Some(place)
}

fn worth(place: &Place) -> Worth {
    let Columns { numbers, period, authorities, rows, .. } = &place.columns;
    let has_figures = !numbers.is_empty() || place.columns.is_records();
    (place.columns.has_area(), has_figures, period.is_some(), *authorities, numbers.len() * rows)
}

/// The table of one sheet, its header in one row or, where that tells more, in several.
fn of_sheet(arrival: &Arrival, sheet: usize, register: &Register) -> Option<Place> {
    let grid = arrival.sheet(sheet).1;
    let of = |header: Header| {
        let table = arrival.table(sheet, header.clone()).ok()?;
        let columns = columns(&table, &arrival.meta, register);
        Some(Place { sheet, header, table, columns, rivals: Vec::new(), period: None, left_out: BTreeSet::new() })
    };
    let single = of(Header::Row(header(grid)));
    match headers(grid) {
        Header::Row(_) => single,
        several => {
            let joined = of(several);
            let has_area = |place: &Option<Place>| place.as_ref().is_some_and(|place| place.columns.has_area());
            if has_area(&joined) || !has_area(&single) { joined.or(single) } else { single }
        }
    }
}
