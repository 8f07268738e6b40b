//! The rows of a table to keys: which area, period and breakdown each is about, in the order of the published table.

mod unopened;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use polars_arrow::array::Utf8ViewArray;

use super::assemble::{Block, Measured, Rows};
use super::breakdown::Breakdowns;
use super::cells::{Figures, Reader};
use super::geography::{Geography, Outcome, Place, Words, Wrong};
use super::map::{Group, Map, RowFilter, Where};
use super::nothing::fits_nothing;
use super::periods::Periods;
use super::rate::{Disagreement, disagreements};
use super::room::too_many;
use super::{Account, Input, Shared, said};
use crate::area::{ELSEWHERE, Level, Register};
use crate::finding::Finding;
use crate::grid::TextTable;
use crate::pipeline::{Accept, Pipeline};
use crate::quarantine::Refusals;

/// The text of a cell, by index.
pub(super) struct Cells<'a>(Vec<Option<&'a Utf8ViewArray>>);

impl<'a> Cells<'a> {
    pub fn of(table: &'a TextTable) -> Cells<'a> {
        Cells(
            table
                .frame
                .columns()
                .iter()
                .map(|column| column.str().ok().and_then(|text| text.downcast_iter().next()))
                .collect(),
        )
    }

    /// The trimmed text of a cell.
    pub fn text(&self, row: usize, column: usize) -> &'a str {
        self.0.get(column).copied().flatten().map_or("", |array| array.value(row).trim())
    }

    /// What tells the cells of a row from those of another.
    pub fn mark(&self, row: usize) -> u64 {
        let mut hasher = DefaultHasher::default();
        (0..self.0.len()).for_each(|column| self.text(row, column).hash(&mut hasher));
        hasher.finish()
    }

    /// Whether two rows say the same in every column.
    fn same(&self, one: usize, other: usize) -> bool {
        (0..self.0.len()).all(|column| self.text(one, column) == self.text(other, column))
    }

    /// The cells of a row as published, for a reader who looks for it.
    fn whole(&self, row: usize) -> String {
        (0..self.0.len()).map(|column| self.text(row, column)).collect::<Vec<_>>().join(" | ")
    }

    /// The first of `columns` whose cell in `row` says `text`.
    pub fn saying(&self, text: &str, row: usize, columns: impl IntoIterator<Item = Option<usize>>) -> Option<usize> {
        columns.into_iter().flatten().find(|&column| self.text(row, column) == text)
    }

    /// What tells a row below the authority apart: its id, else the last of the standard codes and names it has.
    fn below(&self, row: usize, place: &Where) -> &'a str {
        let own = self.optional(row, place.id);
        let texts = place.below.iter().rev().map(|&column| self.optional(row, Some(column)));
        if own.is_empty() { texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default() } else { own }
    }

    /// The name of the area that a row is about, as the file has it: its own, else that of its region, else its code.
    fn area(&self, row: usize, place: &Where) -> &'a str {
        if Level::from_publisher(self.optional(row, place.level)) == Some(Level::Country) {
            return "England";
        }
        let texts = [place.name, place.region_name, place.ons, place.code, place.level]
            .map(|column| self.optional(row, column));
        texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The trimmed text of a cell of an optional column; marks for "not applicable" count as empty.
    fn optional(&self, row: usize, column: Option<usize>) -> &'a str {
        match column.map_or("", |column| self.text(row, column)) {
            "z" | "x" | "[z]" | "[x]" | "NULL" => "",
            text => text,
        }
    }
}

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

/// The cell of row `row` that says `text` about area or period.
fn place_of(text: &str, row: usize, cells: &Cells<'_>, table: &TextTable, place: &Where) -> crate::finding::Place {
    let columns = [place.name, place.code, place.ons, place.region_name, place.region_code, place.level, place.period];
    table.place(Some(row), cells.saying(text, row, columns))
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Unseen,
    Loaded,
    LeftOut(&'static str),
    Refused,
}

struct Keys<'a> {
    accepts: &'a [Accept],
    register: &'a Register,
    geography: Geography<'a>,
    breakdowns: Breakdowns<'a>,
    periods: Periods<'a>,
    authority: &'a str,
    cells: &'a Cells<'a>,
    map: &'a Map,
    table: &'a TextTable,
    fate: Vec<Fate>,
    refused: Refusals,
}

impl Keys<'_> {
    /// Refuses row `row` once, whichever rule comes first.
    fn refuse(&mut self, row: usize, finding: Finding, text: &str) {
        if self.fate[row] != Fate::Refused {
            self.fate[row] = Fate::Refused;
            self.refused.row(finding, text);
        }
    }

    /// Refuses row `row` for what is wrong with its area or period.
    fn refuse_for(&mut self, row: usize, wrong: &Wrong) {
        if self.fate[row] != Fate::Refused {
            let place = place_of(&wrong.text, row, self.cells, self.table, &self.map.place);
            self.refuse(row, wrong.finding.clone().at(place), &wrong.text);
        }
    }

    /// Settles what becomes of row `row`; one that was refused stays so.
    fn settle(&mut self, row: usize, fate: Fate) {
        if self.fate[row] != Fate::Refused {
            self.fate[row] = fate;
        }
    }
}

/// One row in one variant, keyed.
struct Keyed {
    sort: u128,
    row: u32,
    variant: u32,
    period: u32,
    place: Place,
    topic: u32,
    breakdown: u32,
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

/// The figures of every measure of the group, in the order of the keyed rows.
fn figures(
    input: &Input<'_>,
    group: &Group,
    keyed: &[Keyed],
    keys: &mut Keys<'_>,
    shared: &mut Shared,
    findings: &mut Vec<Finding>,
) -> Vec<Measured> {
    let map = keys.map;
    let variants = group.variants.len() as u32;
    let by_variant: Vec<Vec<u32>> = (0..variants)
        .map(|variant| keyed.iter().filter(|key| key.variant == variant).map(|key| key.row).collect())
        .collect();
    let mut readers: Vec<Reader<'_>> =
        by_variant.iter().map(|rows| Reader::new(&input.table, map, rows, keys.register)).collect();
    let mut all = Vec::new();
    for columns in &group.measures {
        let Some(measure) = map.measures.get(&columns.name) else { continue };
        let parts: Vec<Figures> = readers
            .iter_mut()
            .enumerate()
            .map(|(variant, reader)| reader.figures(columns, measure, variant, shared))
            .collect();
        let measure_code = shared.measure.code(&columns.name);
        let unit = shared.unit.code(measure.unit.word());
        let (positions, mut figures) = interleave(parts, keyed);
        for (at, key) in keyed.iter().enumerate().filter(|(at, _)| figures.values[*at].is_finite()) {
            if let Some(status) = key.place.outside {
                figures.statuses[at] = status as u8;
            }
        }
        all.push(Measured { measure: measure_code, unit, positions, figures });
    }
    let mut blanks = 0;
    let mut differing: Vec<Disagreement> = Vec::new();
    for reader in readers {
        blanks += reader.blanks;
        findings.extend(reader.findings);
        // A row with several such cells is refused for its first.
        let mut unreadable = reader.unreadable;
        unreadable.sort_by_key(|cell| (cell.row, cell.column));
        for cell in unreadable {
            let place = input.table.place(Some(cell.row as usize), Some(cell.column));
            let finding = (*cell.finding).clone().at(place);
            keys.refuse(cell.row as usize, finding, keys.cells.text(cell.row as usize, cell.column));
        }
        differing.extend(reader.disagreements);
    }
    let accepted = take_accepted(&mut differing, input.release.as_str(), keyed, keys, shared);
    let name = |row: u32| {
        let period = keyed.iter().find(|key| key.row == row).map(|key| shared.periods[key.period as usize].label());
        format!("{}, {}", keys.cells.area(row as usize, &map.place), period.unwrap_or_default())
    };
    findings.extend(disagreements(differing, &input.table, &name));
    findings.extend(accepted.into_iter().flat_map(|(reason, one)| {
        disagreements(vec![one], &input.table, &name).into_iter().map(move |finding| finding.accepted(&reason))
    }));
    if blanks > 0 {
        let help =
            "declare what an empty cell means under `symbols` (`\"\" = \"not_applicable\"`), if the publisher says";
        findings.push(
            Finding::note("empty-cells", format!("{blanks} empty cells are taken as not available"), help)
                .at(input.table.place(None, None)),
        );
    }
    all
}

/// Takes out the rates that a person has accepted though their counts give another, each with the reason.
fn take_accepted(
    differing: &mut Vec<Disagreement>,
    release: &str,
    keyed: &[Keyed],
    keys: &Keys<'_>,
    shared: &mut Shared,
) -> Vec<(String, Disagreement)> {
    let mut taken = Vec::new();
    for (at, accept) in keys.accepts.iter().enumerate() {
        let fits = |row: u32, measure: &str| {
            let Some(key) = keyed.iter().find(|key| key.row == row) else { return false };
            let period = &shared.periods[key.period as usize];
            let (code, name) = (shared.la.word(key.place.la), shared.name.word(key.place.name));
            accept.is_about(release, (&period.code, &period.identifier), measure)
                && accept.area.as_deref().is_none_or(|wanted| keys.geography.register().means(wanted, code, name))
        };
        let before = taken.len();
        taken.extend(differing.iter_mut().filter_map(|one| one.take(&fits)).map(|one| (accept.reason.clone(), one)));
        if taken.len() > before {
            shared.accepted.push(at);
        }
    }
    differing.retain(|one| !one.cells.is_empty());
    taken
}

/// The figures of the variants in the order of the keyed rows, with the column of each.
fn interleave(mut parts: Vec<Figures>, keyed: &[Keyed]) -> (Vec<u16>, Figures) {
    if parts.len() == 1 {
        let only = parts.remove(0);
        return (vec![only.column], only);
    }
    let mut next = vec![0usize; parts.len()];
    let order: Vec<(usize, usize)> = keyed
        .iter()
        .map(|key| {
            let variant = key.variant as usize;
            let at = next[variant];
            next[variant] += 1;
            (variant, at)
        })
        .collect();
    let gather = |pick: &dyn Fn(&Figures) -> Option<&Vec<f64>>| -> Vec<f64> {
        order.iter().map(|&(variant, at)| pick(&parts[variant]).map_or(f64::NAN, |numbers| numbers[at])).collect()
    };
    let any = |pick: fn(&Figures) -> bool| parts.iter().any(pick);
    let figures = Figures {
        values: gather(&|part| Some(&part.values)),
        numerators: any(|part| part.numerators.is_some()).then(|| gather(&|part| part.numerators.as_ref())),
        denominators: any(|part| part.denominators.is_some()).then(|| gather(&|part| part.denominators.as_ref())),
        statuses: order.iter().map(|&(variant, at)| parts[variant].statuses[at]).collect(),
        raws: order.iter().map(|&(variant, at)| parts[variant].raws[at]).collect(),
        column: 0,
    };
    (order.iter().map(|&(variant, _)| parts[variant].column).collect(), figures)
}

/// The key of one row in one variant, or none where it is left out or refused.
fn key(
    row: u32,
    variant: u32,
    period: Option<&str>,
    breakdown: Option<&str>,
    keys: &mut Keys<'_>,
    shared: &mut Shared,
) -> Option<Keyed> {
    let index = row as usize;
    let place = &keys.map.place;
    let cells = keys.cells;
    let period = match keys.periods.of(cells, index, place.period, place.identifier, period, shared) {
        Ok(period) => period,
        Err(reason) => {
            let wrong = keys.periods.found[reason].clone();
            keys.refuse_for(index, &wrong);
            return None;
        }
    };
    let words = Words {
        level: cells.optional(index, place.level),
        code: cells.optional(index, place.code),
        ons: cells.optional(index, place.ons),
        name: if keys.authority.is_empty() { cells.optional(index, place.name) } else { keys.authority },
        region_code: cells.optional(index, place.region_code),
        region_name: cells.optional(index, place.region_name),
        id: cells.below(index, place),
    };
    let outcome = {
        // The period is cloned once for each area, not once for each row.
        let known = shared.periods[period].clone();
        keys.geography.of(words, &known, period, row, shared)
    };
    let place = match outcome {
        Outcome::At(place) => place,
        Outcome::LeftOut(rule) => {
            if keys.fate[index] == Fate::Unseen {
                keys.fate[index] = Fate::LeftOut(rule);
            }
            return None;
        }
        Outcome::Refused(reason) => {
            let wrong = keys.geography.reasons[reason].clone();
            keys.refuse_for(index, &wrong);
            return None;
        }
    };
    let (topic, breakdown) = keys.breakdowns.of(&|column| cells.text(index, column), breakdown, shared);
    // Whether there is a figure of an authority that was not open is seen when all its rows are known.
    if place.outside.is_none() {
        keys.settle(index, Fate::Loaded);
    }
    Some(Keyed { sort: 0, row, variant, period: period as u32, place, topic, breakdown })
}

/// Puts the rows in the order of the published table: period, level, area, breakdown.
fn order(keyed: &mut [Keyed], shared: &Shared) {
    let la = shared.la.ordered().ranks;
    let ons = shared.ons.ordered().ranks;
    let name = shared.name.ordered().ranks;
    let topic = shared.topic.ordered().ranks;
    let breakdown = shared.breakdown.ordered().ranks;
    let mut periods: Vec<usize> = (0..shared.periods.len()).collect();
    periods.sort_by_key(|&index| shared.periods[index].key());
    let mut period = vec![0u32; periods.len()];
    for (rank, &index) in periods.iter().enumerate() {
        period[index] = rank as u32;
    }
    for key in keyed.iter_mut() {
        let parts = [
            (u128::from(period[key.period as usize]), 16),
            (key.place.level as u128, 4),
            (u128::from(la[key.place.la as usize]), 12),
            (u128::from(ons[key.place.ons as usize]), 16),
            (u128::from(name[key.place.name as usize]), 24),
            (u128::from(topic[key.topic as usize]), 20),
            (u128::from(breakdown[key.breakdown as usize]), 24),
        ];
        key.sort = parts.into_iter().fold(0, |sort, (part, bits)| (sort << bits) | part);
    }
    keyed.sort_by_key(|key| (key.sort, key.place.stale, key.row));
}

/// Rows with one key: one under a code that had ended gives way; any other is an error that names both rows.
fn distinct(
    input: &Input<'_>,
    keyed: Vec<Keyed>,
    keys: &mut Keys<'_>,
    shared: &Shared,
    findings: &mut Vec<Finding>,
) -> Vec<Keyed> {
    let mut kept: Vec<Keyed> = Vec::with_capacity(keyed.len());
    let mut duplicates = 0;
    let mut regressed: BTreeMap<u32, (u32, Vec<u32>)> = BTreeMap::new();
    for key in keyed {
        match kept.last() {
            Some(last) if last.sort == key.sort && key.place.stale && !last.place.stale => {
                keys.settle(key.row as usize, Fate::LeftOut("code that had ended, beside the valid one"));
                continue;
            }
            Some(last) if last.sort == key.sort && keys.cells.same(last.row as usize, key.row as usize) => {
                keys.settle(key.row as usize, Fate::LeftOut("row that stands twice, word for word"));
                continue;
            }
            Some(last) if last.sort == key.sort => {
                duplicates += 1;
                let finding = duplicate(input, last, &key, shared);
                if duplicates <= 3 {
                    findings.push(finding.clone());
                }
                let text = keys.cells.whole(key.row as usize);
                keys.refuse(key.row as usize, finding, &text);
                continue;
            }
            _ => {}
        }
        if key.place.stale {
            let (_, periods) = regressed.entry(key.place.la).or_insert((key.row, Vec::new()));
            if !periods.contains(&key.period) {
                periods.push(key.period);
            }
        }
        kept.push(key);
    }
    if duplicates > 3 {
        findings.push(
            Finding::error(
                "duplicate-key",
                format!("{} more rows have the key of another", duplicates - 3),
                "see the rows named above",
            )
            .at(input.table.place(None, None)),
        );
    }
    if let Some(finding) = regressed_codes(input, &regressed, keys, shared) {
        push_once(findings, finding);
    }
    kept
}

/// One finding for all authorities whose code had ended by then.
fn regressed_codes(
    input: &Input<'_>,
    regressed: &BTreeMap<u32, (u32, Vec<u32>)>,
    keys: &Keys<'_>,
    shared: &Shared,
) -> Option<Finding> {
    let (first, _) = regressed.values().next()?;
    let words = regressed.values().map(|(row, periods)| {
        let ons = keys.cells.optional(*row as usize, keys.map.place.ons);
        let name = keys.cells.optional(*row as usize, keys.map.place.name);
        let periods: Vec<String> = periods.iter().map(|&period| shared.periods[period as usize].label()).collect();
        format!("{name} carries the code {ons} in {}", periods.join(", "))
    });
    let ended = if regressed.len() == 1 { "that code had ended" } else { "those codes had ended" };
    let message = format!("{}, when {ended}", words.collect::<Vec<_>>().join("; "));
    let help = "the 3-digit code decides and the register's code is published; tell the publisher";
    let place = input.table.place(Some(*first as usize), keys.map.place.ons);
    Some(Finding::warning("code-regressed", message, help).at(place))
}

/// That two rows have one key.
fn duplicate(input: &Input<'_>, first: &Keyed, second: &Keyed, shared: &Shared) -> Finding {
    let message = format!(
        "rows {} and {} have one key: {}, {}, {} / {}",
        input.table.row_name(first.row as usize),
        input.table.row_name(second.row as usize),
        shared.name.word(second.place.name),
        shared.periods[second.period as usize],
        shared.topic.word(second.topic),
        shared.breakdown.word(second.breakdown)
    );
    let help = "a column that tells them apart is missing under `filters` or `breakdown`; if the rows are one too many, leave one out with `drop`";
    Finding::error("duplicate-key", message, help).at(input.table.place(Some(second.row as usize), None))
}

/// Adds a finding unless the same was said before: groups of measures share their rows.
fn push_once(findings: &mut Vec<Finding>, finding: Finding) {
    if !findings.iter().any(|known| known.code == finding.code && known.message == finding.message) {
        findings.push(finding);
    }
}
