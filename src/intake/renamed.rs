//! A file whose columns all have new names is known by its figures: those of the areas and periods that it has in
//! common with a release that is filed.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::answer::{Asked, Kin, is_wanted};
use super::arrival::Arrival;
use super::candidates::of_place;
use super::common::{Common, View, texts};
use super::new_pipeline;
use super::same_table::Evidence;
use super::shelf::{Before, Shelf};
use crate::grid::TextTable;
use crate::normalise::is_template;
use crate::pipeline::{Pipeline, Release, Shape};

/// How many shared cells a column must agree in before it counts.
const ENOUGH: usize = 20;

/// The tables that half of the mapped columns of a file say the same as, most columns first.
pub(super) fn by_figures<'p>(
    arrival: &Arrival,
    asked: &Asked,
    pipelines: &[&'p Pipeline],
    shelf: &Shelf<'_>,
) -> Vec<Kin<'p>> {
    let Some(place) = new_pipeline::place(arrival, &|title| is_wanted(asked, title), shelf.register) else {
        return Vec::new();
    };
    let view = Rc::new((place.table, place.columns));
    if view.1.period.is_none() || !view.1.has_area() {
        return Vec::new();
    }
    let release = asked.release.as_ref().map(|release| Release::new(release.as_str()));
    let known = figures(&view.0, view.1.numbers.iter().filter_map(|name| view.0.position(name)), usize::MAX);
    let mut found: Vec<(usize, Kin<'p>)> = Vec::new();
    for pipeline in pipelines.iter().filter(|pipeline| pipeline.shape == Shape::Areas) {
        let Some(before) = shelf.before(pipeline, release.as_ref(), &arrival.path) else { continue };
        let seen = View { table: &view.0, columns: &view.1 };
        if !has_figures_of(&before, &known) {
            continue;
        }
        let Some((count, figures)) = agreeing(&before, seen, shelf) else { continue };
        let row = view.0.header_row;
        let moved_to = (before.block.header.rows() != [row]).then_some(row);
        let Some(candidate) = of_place(arrival, pipeline, before.block, place.sheet, moved_to, true) else { continue };
        let evidence =
            Evidence { release: Some(before.release.to_string()), figures, dated: true, ..Evidence::default() };
        found.push((count, Kin { candidate, evidence, before: Some(before), view: Rc::clone(&view) }));
    }
    let most = found.iter().map(|(count, _)| *count).max().unwrap_or(0);
    // A table that shares one column with another, such as a population, is not that other.
    found.retain(|(count, _)| count * 2 > most);
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    found.into_iter().map(|(_, kin)| kin).collect()
}

/// The columns of a release that its block takes figures from.
fn mapped(before: &Before<'_>) -> Vec<usize> {
    let names =
        before.block.columns.values().flat_map(|columns| &columns.get_ref().0).filter(|name| !is_template(name));
    let mut mapped: Vec<usize> = names.filter_map(|name| before.table.position(name)).collect();
    mapped.sort_unstable();
    mapped.dedup();
    mapped
}

/// The figures of some columns that are worth looking for: of three digits or more. At most `most` a column.
fn figures(table: &TextTable, columns: impl Iterator<Item = usize>, most: usize) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    for column in columns {
        let cells = texts(table, column).into_iter().map(|text| text.trim().replace(',', ""));
        let telling = cells.filter(|text| text.bytes().filter(u8::is_ascii_digit).count() > 2);
        found.extend(telling.take(most));
    }
    found
}

/// Whether the figures of a release stand anywhere in the file, before it is looked where.
fn has_figures_of(before: &Before<'_>, known: &FxHashSet<String>) -> bool {
    let sought = figures(&before.table, mapped(before).into_iter(), 200);
    let there = sought.iter().filter(|text| known.contains(*text)).count();
    there * 3 > sought.len()
}

/// How many of the columns that the block maps another column agrees with, and in how many cells; none where that is
/// less than half of them.
fn agreeing(before: &Before<'_>, new: View<'_>, shelf: &Shelf<'_>) -> Option<(usize, (usize, usize))> {
    let old = before.view(shelf.register);
    let common = Common::of(old, new, shelf.register);
    if !common.dated || common.len() < 10 {
        return None;
    }
    let mapped = mapped(before);
    let candidates: Vec<usize> = new.columns.numbers.iter().filter_map(|name| new.table.position(name)).collect();
    let (mut count, mut cells) = (0, (0, 0));
    for &column in &mapped {
        let all = candidates.iter().map(|&other| common.agreement(column, other));
        let best = all
            .filter(|found| found.is_telling() && found.agree >= ENOUGH)
            .max_by(|a, b| a.share().total_cmp(&b.share()));
        if let Some(best) = best {
            count += 1;
            cells = (cells.0 + best.agree, cells.1 + best.shared);
        }
    }
    (count > 0 && count * 2 >= mapped.len()).then_some((count, cells))
}
