//! The rows of a table to keys: which area, period and breakdown each is about, in the order of the published table.

mod distinct;
mod figures;
mod key;
mod texts;
mod unopened;

use std::collections::BTreeMap;

use super::assemble::{Block, Rows};
use super::breakdown::Breakdowns;
use super::geography::Geography;
use super::map::{Group, Map, RowFilter};
use super::nothing::fits_nothing;
use super::periods::Periods;
use super::room::too_many;
use super::{Account, Input, Shared, said};
use crate::area::{ELSEWHERE, Register};
use crate::finding::Finding;
use crate::grid::TextTable;
use crate::pipeline::Pipeline;
use crate::quarantine::Refusals;

use distinct::distinct;
use figures::figures;
use key::{Fate, Keyed, Keys, key, order, place_of};
pub(super) use texts::Cells;

/// Turns the rows of `input` into one block for each group of measures.
pub(super) fn blocks(
    pipeline: &Pipeline,
    input: &Input<'_>,
    map: &Map,
    register: &Register,
    shared: &mut Shared,
    account: &mut Account,
    findings: &mut Vec<Finding>,
) -> Vec<Block> {
    let table = &input.table;
    let cells = Cells::of(table);
    let kept = filtered(&cells, table.rows.len(), map, account);
    if let Some(finding) = too_many(&kept, input, map, shared) {
        account.refused.file(&finding, kept.len());
        findings.push(finding);
        return Vec::new();
    }
    if kept.is_empty() && input.block.measure_column.is_none() {
        let fits = |filter: &&RowFilter| (0..table.rows.len()).any(|row| matches(filter, &cells, row));
        let empty = map.keep.iter().filter(|filter| !fits(filter));
        findings.extend(empty.map(|filter| fits_nothing(&filter.rule, filter.column, &cells, table)));
    }
    let mut keys = Keys {
        register,
        geography: Geography::new(register),
        breakdowns: Breakdowns::new(pipeline, input.block, map, table),
        periods: Periods::new(pipeline, input),
        accepts: &pipeline.accepts,
        authority: input.block.area.authority.as_deref().unwrap_or_default(),
        cells: &cells,
        map,
        table,
        fate: vec![Fate::Unseen; table.rows.len()],
        refused: Refusals::default(),
    };
    let mut blocks = Vec::new();
    for group in &map.groups {
        blocks.extend(block(input, group, &kept, &mut keys, shared, findings));
    }
    let mut outside: BTreeMap<&'static str, usize> = BTreeMap::new();
    for &row in &kept {
        match keys.fate[row as usize] {
            Fate::Loaded => account.loaded += 1,
            Fate::LeftOut(rule) => *outside.entry(rule).or_default() += 1,
            Fate::Unseen => *outside.entry(UNMEASURED).or_default() += 1,
            Fate::Refused => {}
        }
    }
    for (rule, count) in outside {
        findings.extend(ELSEWHERE.contains(&rule).then(|| said::elsewhere(table, rule, count)));
        *account.left_out.entry(rule.to_owned()).or_default() += count;
    }
    let Keys { geography, periods, refused, .. } = keys;
    account.refused.extend(refused);
    for wrong in geography.found.into_iter().chain(periods.found).chain(periods.noted) {
        let place = place_of(&wrong.text, wrong.row as usize, &cells, table, &map.place);
        findings.push(wrong.finding.at(place));
    }
    blocks
}

/// The rule of rows in which no measure of the table stands.
const UNMEASURED: &str = "no measure of this table in the layout";

/// The rule of rows that the filter on `column` leaves out.
pub(super) fn left_out_by_where(column: &str) -> String {
    format!("where {column}")
}

/// Whether a row's cell is one that the filter names.
fn matches(filter: &RowFilter, cells: &Cells<'_>, row: usize) -> bool {
    let text = cells.text(row, filter.column);
    filter.globs.iter().any(|glob| glob.is_match(text))
}

/// The rows that the block's `where` and `drop` keep; the others are counted by rule.
fn filtered(cells: &Cells<'_>, rows: usize, map: &Map, account: &mut Account) -> Vec<u32> {
    let mut kept = Vec::with_capacity(rows);
    for row in 0..rows {
        let unkept = map.keep.iter().find(|filter| !matches(filter, cells, row));
        let dropped = map.drop.iter().find(|filter| matches(filter, cells, row));
        match unkept.or(dropped) {
            Some(filter) => *account.left_out.entry(filter.rule.clone()).or_default() += 1,
            None => kept.push(row as u32),
        }
    }
    kept
}

/// Keys the rows of one group of measures, orders them, refuses duplicates and reads the figures.
fn block(
    input: &Input<'_>,
    group: &Group,
    kept: &[u32],
    keys: &mut Keys<'_>,
    shared: &mut Shared,
    findings: &mut Vec<Finding>,
) -> Option<Block> {
    let mut keyed = Vec::with_capacity(kept.len() * group.variants.len());
    for (variant, parts) in group.variants.iter().enumerate() {
        for &row in kept {
            if let Some(key) =
                key(row, variant as u32, parts.period.as_deref(), parts.breakdown.as_deref(), keys, shared)
            {
                keyed.push(key);
            }
        }
    }
    keys.leave_out_unopened(&mut keyed, group);
    order(&mut keyed, shared);
    let keyed = distinct(input, keyed, keys, shared, findings);
    if keyed.is_empty() {
        return None;
    }
    let measured = figures(input, group, &keyed, keys, shared, findings);
    let column = |pick: fn(&Keyed) -> u32| keyed.iter().map(pick).collect::<Vec<u32>>();
    let (file, sheet) = sources(&input.table, &keyed, shared);
    Some(Block {
        release: shared.release.code(input.release.as_str()),
        file,
        sheet,
        rows: Rows {
            period: column(|key| key.period),
            level: column(|key| key.place.level as u32),
            la: column(|key| key.place.la),
            ons: column(|key| key.place.ons),
            name: column(|key| key.place.name),
            topic: column(|key| key.topic),
            breakdown: column(|key| key.breakdown),
            row: keyed.iter().map(|key| input.table.rows[key.row as usize]).collect(),
        },
        measured,
        counted: false,
    })
}

/// The codes of the file and the sheet of each row, or of all.
fn sources(table: &TextTable, keyed: &[Keyed], shared: &mut Shared) -> (Vec<u32>, Vec<u32>) {
    if table.origins.is_empty() {
        return (vec![shared.file.code(&table.file)], vec![shared.sheet.code(&table.sheet)]);
    }
    let known: Vec<(u32, u32)> =
        table.origins.iter().map(|origin| (shared.file.code(&origin.file), shared.sheet.code(&origin.sheet))).collect();
    let of = |key: &Keyed| {
        let at = table.origins.partition_point(|origin| origin.first <= key.row as usize);
        known[at.saturating_sub(1)]
    };
    keyed.iter().map(of).unzip()
}
