//! Records (one row a school, child or provider) counted into observations by the declared aggregates.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::{Block, Measured, Rows};
use super::breakdown::Vocabulary;
use super::cells::Figures;
use super::counting::Counting;
use super::geography::{Geography, OUTSIDE_LIFE, Outcome, Words, Wrong};
use super::map;
use super::predecessor::{Ancestors, Tally};
use super::rows::Cells;
use super::{Account, Input, Shared, said};
use crate::area::{ELSEWHERE, Level, Register};
use crate::finding::{Finding, Place, likely};
use crate::grid::TextTable;
use crate::period::Period;
use crate::pipeline::records::{Condition, Presence, Test};
use crate::pipeline::{Measure, Pipeline, topic_of};
use crate::schema::TOTAL;
use crate::value::{Status, Symbols};

/// The fields a block maps, with the words of every record.
struct Fields<'a> {
    cells: Cells<'a>,
    columns: BTreeMap<&'a str, usize>,
    vocabulary: Vocabulary,
    /// The words that the record at hand takes from the one before it.
    taken: BTreeMap<String, String>,
}

impl<'a> Fields<'a> {
    /// The word of a field in row `row`, in the pipeline's vocabulary.
    fn word(&self, row: usize, field: &str) -> &str {
        if let Some(word) = self.taken.get(field) {
            return word;
        }
        self.mapped(row, field).unwrap_or_default()
    }

    /// What the file itself says; none where the block maps no such field.
    fn mapped(&self, row: usize, field: &str) -> Option<&str> {
        self.columns.get(field).map(|&column| self.vocabulary.label(field, self.cells.text(row, column)))
    }

    /// Whether the condition holds of the row; `*` is any word but none, `""` is none.
    fn fits(&self, row: usize, condition: &Condition) -> bool {
        let passes = |(field, test): (&String, &Test)| {
            let found = self.word(row, field);
            match test {
                Test::Words(words) => words
                    .iter()
                    .any(|word| if word == "*" { !found.is_empty() } else { word.eq_ignore_ascii_case(found) }),
                Test::Presence(Presence::Known) => !found.is_empty(),
                Test::Presence(Presence::Missing) => found.is_empty(),
                Test::Range(_) => false,
            }
        };
        condition.fields.iter().all(passes)
            && !condition.none.iter().any(|inner| self.fits(row, inner))
            && (condition.some.is_empty() || condition.some.iter().any(|inner| self.fits(row, inner)))
    }
}

/// The area a record counts towards: level and numbers of its words.
pub(super) type AreaKey = (Level, u32, u32, u32);

/// Sums of one area and breakdown, by measure: numerator and denominator.
type Sums = BTreeMap<(AreaKey, u32, u32), Vec<(f64, f64)>>;

/// The whole, or a breakdown: topic and word by number, which list of fields it is of, and their words.
pub(super) struct Broken {
    pub topic: u32,
    pub breakdown: u32,
    pub by: usize,
    pub words: Vec<String>,
}

/// Counts the records of `input`.
pub(super) fn count(
    pipeline: &Pipeline,
    input: &Input<'_>,
    ancestors: &Ancestors<'_>,
    register: &Register,
    shared: &mut Shared,
    account: &mut Account,
    findings: &mut Vec<Finding>,
) -> Option<Block> {
    let table = &input.table;
    let (mut fields, period) = match ready(pipeline, input, findings) {
        Ok(ready) => ready,
        Err(wrong) => {
            account.refused.file(&wrong[0], account.rows);
            findings.extend(wrong);
            return None;
        }
    };
    let index = shared.period_index(&period, input.release);
    let measures: Vec<(&String, &Measure)> =
        pipeline.measures.iter().filter(|(_, measure)| measured(measure, &fields, ancestors)).collect();
    let symbols = map::symbols(pipeline, input.block, &input.table);
    let area = area_columns(input);
    let filters = row_filters(input);
    let mut geography = Geography::new(register);
    let sets = pipeline.protects().then(|| Counting::of(pipeline, input, &period, &measures));
    let mut sums =
        Summing { measures: &measures, symbols: &symbols, sums: Sums::new(), sets, unsummed: BTreeMap::new() };
    let mut tally = Tally::default();
    for row in 0..table.rows.len() {
        if let Some(rule) = filtered(&filters, &fields, row) {
            *account.left_out.entry(rule.to_owned()).or_default() += 1;
            continue;
        }
        let words = words_of(&fields.cells, row, area);
        let place = match geography.of(words, &period, index, row as u32, shared) {
            Outcome::At(place) if place.outside.is_none() => place,
            Outcome::Refused(reason) => {
                let Wrong { finding, text, .. } = &geography.reasons[reason];
                let column = fields.cells.saying(text, row, area);
                account.refused.row(finding.clone().at(table.place(Some(row), column)), text);
                continue;
            }
            left_out => {
                let rule = if let Outcome::LeftOut(rule) = left_out { rule } else { OUTSIDE_LIFE };
                *account.left_out.entry(rule.to_owned()).or_default() += 1;
                continue;
            }
        };
        account.loaded += 1;
        fields.taken.clear();
        fields.taken = ancestors.taken(input.release, |field| fields.mapped(row, field), &mut tally);
        let areas = [
            Some((place.level, place.la, place.ons, place.name)),
            region_of(register, shared, place.la, &period),
            country(register, shared),
        ];
        sums.record(pipeline, &fields, row, &areas, shared);
    }
    findings
        .extend(ELSEWHERE.iter().filter_map(|rule| Some(said::elsewhere(table, rule, *account.left_out.get(*rule)?))));
    findings.extend(ancestors.note(input.release, &tally).map(|note| note.at(table.place(None, None))));
    let Summing { sums, sets, unsummed, .. } = sums;
    findings.extend(at_rows(table, &fields, area, unsummed, geography.found));
    if let Some(sets) = sets {
        let counted = sets.finish(shared);
        shared.counted.push((index, counted));
    }
    Some(block(input, shared, index, &measures, &sums, &fields))
}

/// The fields of a file and the period of its records; what is to be said of the fields goes to `findings`.
fn ready<'i>(
    pipeline: &'i Pipeline,
    input: &'i Input<'_>,
    findings: &mut Vec<Finding>,
) -> Result<(Fields<'i>, Period), Vec<Finding>> {
    let (fields, found) = fields(pipeline, input)?;
    findings.extend(found);
    Ok((fields, period_of(pipeline, input).map_err(|finding| vec![finding])?))
}

/// The period that the block says for its records.
fn period_of(pipeline: &Pipeline, input: &Input<'_>) -> Result<Period, Finding> {
    let release = input.release.as_str();
    let period = input.block.period.as_ref();
    let written = period.map_or_else(String::new, |period| period.get_ref().replace("{release}", release));
    let identifier = input.block.period_identifier.as_deref().unwrap_or_default();
    Period::parse(&written, identifier, pipeline.period_ends).map_err(|message| {
        let help = "records need `period` in their block, such as `31 March 2024`";
        Finding::error("unknown-period", message, help).at(Place::file(&pipeline.path))
    })
}

/// The rule that leaves a row out.
fn filtered<'f>(filters: &'f Filters, fields: &Fields<'_>, row: usize) -> Option<&'f str> {
    let leaves_out = |(column, globs, keep, _): &&(usize, Vec<map::Pattern>, bool, String)| {
        globs.iter().any(|glob| glob.is_match(fields.cells.text(row, *column))) != *keep
    };
    filters.iter().find(leaves_out).map(|(.., rule)| rule.as_str())
}

/// The words of a record's area.
fn words_of<'f>(cells: &'f Cells<'_>, row: usize, [code, ons, name]: [Option<usize>; 3]) -> Words<'f> {
    let text = |column: Option<usize>| column.map_or("", |column| cells.text(row, column));
    Words { level: "Local authority", code: text(code), ons: text(ons), name: text(name), ..Words::default() }
}

/// What the records add up to.
struct Summing<'m> {
    measures: &'m [(&'m String, &'m Measure)],
    symbols: &'m Symbols,
    sums: Sums,
    /// Of records about people, which of them each count counts.
    sets: Option<Counting>,
    /// By field, the records in which it is no number though it should be, and the first of them.
    unsummed: BTreeMap<&'m str, (usize, usize)>,
}

impl Summing<'_> {
    /// Adds a record to the sums of its areas (its own, its region, the country) and breakdowns.
    fn record(
        &mut self,
        pipeline: &Pipeline,
        fields: &Fields<'_>,
        row: usize,
        areas: &[Option<AreaKey>; 3],
        shared: &mut Shared,
    ) {
        let each = || self.measures.iter().map(|(_, measure)| *measure);
        let amounts: Vec<(f64, f64)> = each().map(|measure| amount(measure, fields, row, self.symbols)).collect();
        let lacking: BTreeSet<&str> = each().filter_map(|measure| unsaid(measure, fields, row, self.symbols)).collect();
        for field in lacking {
            self.unsummed.entry(field).or_insert((0, row)).0 += 1;
        }
        if let Some(sets) = &mut self.sets {
            sets.record(row, |at| sides(self.measures[at].1, fields, row));
        }
        for broken in breakdowns(pipeline, fields, row, shared) {
            for area in areas.iter().flatten() {
                let key = (*area, broken.topic, broken.breakdown);
                if let Some(sets) = &mut self.sets {
                    sets.add(key, &broken, areas[1].filter(|_| area.0 == Level::Authority));
                }
                let slot = self.sums.entry(key).or_insert_with(|| vec![(0.0, 0.0); amounts.len()]);
                for (sum, amount) in slot.iter_mut().zip(&amounts) {
                    sum.0 += amount.0;
                    sum.1 += amount.1;
                }
            }
        }
    }
}

/// What is said of single records: of sums that are too low, and of their areas.
fn at_rows(
    table: &TextTable,
    fields: &Fields<'_>,
    area: [Option<usize>; 3],
    unsummed: BTreeMap<&str, (usize, usize)>,
    found: Vec<Wrong>,
) -> Vec<Finding> {
    let sums = unsummed.into_iter().map(|(field, lacks)| sum_incomplete(table, fields, field, lacks));
    let areas = found.into_iter().map(|Wrong { finding, text, row }| {
        finding.at(table.place(Some(row as usize), fields.cells.saying(&text, row as usize, area)))
    });
    sums.chain(areas).collect()
}

/// That a field is no number in some records, so many times and first in that row.
fn sum_incomplete(table: &TextTable, fields: &Fields<'_>, field: &str, (times, row): (usize, usize)) -> Finding {
    let message =
        format!("`{field}` is no number in {times} records that it is added up of: the sums are too low by them");
    let help = "nothing to do if they have none of it; else ask the publisher, or leave the records out with `drop`";
    let place = table.place(Some(row), fields.columns.get(field).copied());
    Finding::warning("sum-incomplete", message, help).at(place)
}

/// The columns of the block's fields, and the columns that are neither mapped nor ignored.
///
/// # Errors
/// The fields that are not in the file.
fn fields<'a>(pipeline: &'a Pipeline, input: &'a Input<'_>) -> Result<(Fields<'a>, Vec<Finding>), Vec<Finding>> {
    let table = &input.table;
    let mut columns = BTreeMap::new();
    let mut used = Vec::new();
    let mut missing = Vec::new();
    let mut look = |name: &str, span: Option<std::ops::Range<usize>>| {
        let found = table.position(name);
        match found {
            Some(column) => used.push(column),
            None => {
                let declared = span.map_or_else(String::new, |span| format!(" ({})", pipeline.place(span)));
                let help = match likely(name, table.names()) {
                    Some(other) => format!(
                        "the file has `{other}`: if that is the same, add a `[[release]]` block from this release on to {}",
                        pipeline.path
                    ),
                    None => format!(
                        "add a `[[release]]` block from this release on to {} for the new layout",
                        pipeline.path
                    ),
                };
                let place = Place { row: Some(table.header_row), ..table.place(None, None) };
                missing.push(
                    Finding::error("missing-column", format!("column `{name}`{declared} is not in the file"), help)
                        .at(place),
                );
            }
        }
        found
    };
    for (field, written) in &input.block.columns {
        for name in &written.get_ref().0 {
            if let Some(column) = look(name, Some(written.span())) {
                columns.insert(field.as_str(), column);
            }
        }
    }
    for name in input
        .block
        .area
        .columns()
        .chain(input.block.keep.keys().map(String::as_str))
        .chain(input.block.drop.keys().map(String::as_str))
    {
        look(name, None);
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut findings = Vec::new();
    let ignore: Vec<_> = input.block.ignore.iter().map(|name| map::glob(name.get_ref())).collect();
    for (column, name) in table.names().enumerate() {
        if !used.contains(&column) && !ignore.iter().any(|glob| glob.is_match(name)) {
            let help = format!("map it under `columns` or name it under `ignore` in {}", pipeline.path);
            let place = Place { row: Some(table.header_row), ..table.place(None, Some(column)) };
            findings.push(
                Finding::error("unmapped-column", format!("column `{name}` is neither mapped nor ignored"), help)
                    .at(place),
            );
        }
    }
    let vocabulary = Vocabulary::of(pipeline, input.block);
    Ok((Fields { cells: Cells::of(table), columns, vocabulary, taken: BTreeMap::new() }, findings))
}

/// A measure is made where every field it names is mapped or marked.
fn measured(measure: &Measure, fields: &Fields<'_>, ancestors: &Ancestors<'_>) -> bool {
    let of = measure.of.iter().flat_map(Condition::asked);
    let mut named = measure.count.asked().into_iter().chain(of).chain(measure.sum.as_deref());
    named.all(|field| fields.columns.contains_key(field) || ancestors.marks(field, &fields.columns))
}

fn area_columns(input: &Input<'_>) -> [Option<usize>; 3] {
    let area = &input.block.area;
    [&area.code, &area.ons, &area.name].map(|name| name.as_ref().and_then(|name| input.table.position(name)))
}

type Filters = Vec<(usize, Vec<map::Pattern>, bool, String)>;

fn row_filters(input: &Input<'_>) -> Filters {
    let rule = |keep: bool| {
        move |(name, globs): (&String, &toml::Spanned<Vec<String>>)| {
            let column = input.table.position(name)?;
            let rule = format!("{} {name}", if keep { "where" } else { "drop" });
            Some((column, globs.get_ref().iter().map(|text| map::glob(text)).collect(), keep, rule))
        }
    };
    input.block.keep.iter().filter_map(rule(true)).chain(input.block.drop.iter().filter_map(rule(false))).collect()
}

/// What a record adds to the numerator and the denominator of a measure.
fn amount(measure: &Measure, fields: &Fields<'_>, row: usize, symbols: &Symbols) -> (f64, f64) {
    let of = measure.of.as_ref().is_none_or(|of| fields.fits(row, of));
    let counts = of && fields.fits(row, &measure.count);
    let weight = match &measure.sum {
        Some(field) => symbols.read(fields.word(row, field)).number().unwrap_or(0.0),
        None => 1.0,
    };
    (if counts { weight } else { 0.0 }, if of { 1.0 } else { 0.0 })
}

/// Whether a record stands in the numerator (or is counted), and whether in the denominator.
fn sides(measure: &Measure, fields: &Fields<'_>, row: usize) -> [bool; 2] {
    let of = measure.of.as_ref().is_none_or(|of| fields.fits(row, of));
    [of && fields.fits(row, &measure.count), of && measure.of.is_some()]
}

/// The field that a record should add to a measure and that is no number there.
fn unsaid<'m>(measure: &'m Measure, fields: &Fields<'_>, row: usize, symbols: &Symbols) -> Option<&'m str> {
    let field = measure.sum.as_ref()?;
    let counts = measure.of.as_ref().is_none_or(|of| fields.fits(row, of)) && fields.fits(row, &measure.count);
    let number = symbols.read(fields.word(row, field)).number();
    (counts && number.is_none()).then_some(field)
}

/// The whole, and each breakdown of `by` whose fields the record has.
fn breakdowns(pipeline: &Pipeline, fields: &Fields<'_>, row: usize, shared: &mut Shared) -> Vec<Broken> {
    let whole = (shared.topic.code(TOTAL), shared.breakdown.code(TOTAL));
    let mut all = vec![Broken { topic: whole.0, breakdown: whole.1, by: 0, words: Vec::new() }];
    for (number, by) in pipeline.by.iter().enumerate() {
        let words: Vec<&str> = by.iter().map(|field| fields.word(row, field)).collect();
        if words.iter().all(|word| !word.is_empty()) {
            all.push(Broken {
                topic: shared.topic.code(&topic_of(by)),
                breakdown: shared.breakdown.code(&words.join(", ")),
                by: number + 1,
                words: words.into_iter().map(str::to_owned).collect(),
            });
        }
    }
    all
}

fn region_of(register: &Register, shared: &mut Shared, la: u32, period: &Period) -> Option<AreaKey> {
    let code = shared.la.word(la).parse().ok()?;
    let region = register.region(&register.at(code, period.end)?.region)?;
    Some((Level::Region, shared.la.code(""), shared.ons.code(&region.code), shared.name.code(&region.name)))
}

fn country(register: &Register, shared: &mut Shared) -> Option<AreaKey> {
    let england = register.region("England")?;
    Some((Level::Country, shared.la.code(""), shared.ons.code(&england.code), shared.name.code(&england.name)))
}

/// The sums as rows and figures. A count has no single cell: its row is 0 and its column the first field counted.
fn block(
    input: &Input<'_>,
    shared: &mut Shared,
    period: usize,
    measures: &[(&String, &Measure)],
    sums: &Sums,
    fields: &Fields<'_>,
) -> Block {
    let mut keys: Vec<&(AreaKey, u32, u32)> = sums.keys().collect();
    let text = |shared: &Shared, key: &(AreaKey, u32, u32)| {
        let ((level, la, ons, _), topic, breakdown) = *key;
        (
            level,
            shared.la.word(la).to_owned(),
            shared.ons.word(ons).to_owned(),
            shared.topic.word(topic).to_owned(),
            shared.breakdown.word(breakdown).to_owned(),
        )
    };
    keys.sort_by_cached_key(|key| text(shared, key));
    let measured = (measures.iter().enumerate())
        .map(|(index, (name, measure))| {
            let pairs: Vec<(f64, f64)> = keys.iter().map(|key| sums[*key][index]).collect();
            let figures = figures(input, measure, fields, &pairs);
            Measured {
                measure: shared.measure.code(name),
                unit: shared.unit.code(measure.unit.word()),
                positions: vec![figures.column],
                figures,
            }
        })
        .collect();
    let column = |pick: fn(&(AreaKey, u32, u32)) -> u32| keys.iter().map(|key| pick(key)).collect::<Vec<u32>>();
    Block {
        release: shared.release.code(input.release.as_str()),
        file: vec![shared.file.code(&input.table.file)],
        sheet: vec![shared.sheet.code(&input.table.sheet)],
        rows: Rows {
            period: vec![period as u32; keys.len()],
            level: column(|key| key.0.0 as u32),
            la: column(|key| key.0.1),
            ons: column(|key| key.0.2),
            name: column(|key| key.0.3),
            topic: column(|key| key.1),
            breakdown: column(|key| key.2),
            row: vec![0; keys.len()],
        },
        measured,
        counted: true,
    }
}

/// The figures of one measure from its sums, numerator and denominator.
fn figures(input: &Input<'_>, measure: &Measure, fields: &Fields<'_>, pairs: &[(f64, f64)]) -> Figures {
    let share = measure.of.is_some();
    let multiplier = measure.unit.multiplier().unwrap_or(1.0);
    let value = |&(top, bottom): &(f64, f64)| match (share, bottom > 0.0) {
        (false, _) => top,
        (true, true) => top / bottom * multiplier,
        (true, false) => f64::NAN,
    };
    let values: Vec<f64> = pairs.iter().map(value).collect();
    let first = measure.count.asked().into_iter().chain(measure.sum.as_deref()).next();
    let column = first
        .and_then(|field| fields.columns.get(field))
        .and_then(|&column| input.table.positions.get(column))
        .copied()
        .unwrap_or(0);
    Figures {
        statuses: values
            .iter()
            .map(|value| if value.is_nan() { Status::NotApplicable as u8 } else { Status::Number as u8 })
            .collect(),
        raws: vec![0; values.len()],
        numerators: share.then(|| pairs.iter().map(|pair| pair.0).collect()),
        denominators: share.then(|| pairs.iter().map(|pair| pair.1).collect()),
        values,
        column,
    }
}
