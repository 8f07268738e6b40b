//! Two tables side by side, whatever their columns are called: the rows that both have, and how far a column of one
//! says what a column of the other says.
//!
//! A row is the same one where area, period and every column of words say the same. Areas and periods are held against
//! each other by what they mean, so that a code here and a name there are one.

use std::collections::{BTreeSet, HashSet};

use rustc_hash::FxHashMap;

use super::new_pipeline::{Columns, distinct};
use crate::area::Register;
use crate::grid::TextTable;
use crate::period::Period;

/// A table and what its columns are.
#[derive(Clone, Copy)]
pub(super) struct View<'t> {
    /// The cells.
    pub table: &'t TextTable,
    /// What stands in which column.
    pub columns: &'t Columns,
}

/// The rows that two tables have in common.
pub(super) struct Common<'t> {
    old: &'t TextTable,
    new: &'t TextTable,
    /// Columns of words that say which row it is, old and new.
    pub keys: Vec<(usize, usize)>,
    rows: Vec<(usize, usize)>,
    /// Whether both tables say of which period a row is: only then can equal figures be expected.
    pub dated: bool,
}

/// How far two columns agree in the rows that both tables have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Agreement {
    /// Cells that say the same.
    pub agree: usize,
    /// Rows in which one of them says anything.
    pub shared: usize,
    /// How many different things they agree in; a column of noughts agrees with any other.
    pub telling: usize,
    /// What the old figures are multiplied by to give the new ones.
    pub factor: f64,
}

impl Agreement {
    /// The share of shared cells that agree, 0 where there are none.
    pub fn share(self) -> f64 {
        if self.shared == 0 { 0.0 } else { self.agree as f64 / self.shared as f64 }
    }

    /// Whether the figures alone say that it is the same column; of a few rows all must agree, each in another figure.
    pub fn is_telling(self) -> bool {
        let all = self.agree == self.shared && self.agree >= 3 && self.telling == self.agree;
        all || (self.share() >= 0.9 && self.agree >= 10 && self.telling >= 5)
    }
}

/// A column as it is compared: a number with its decimals, or words.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Said<'t> {
    Nothing,
    Number(f64, i32),
    Words(&'t str),
}

/// Factors by which a publisher may restate a whole column.
const FACTORS: [f64; 6] = [100.0, 0.01, 1_000.0, 0.001, 1_000_000.0, 0.000_001];

impl<'t> Common<'t> {
    /// The rows that `old` and `new` have in common.
    pub fn of(old: View<'t>, new: View<'t>, register: &Register) -> Common<'t> {
        let keys = keys(old, new);
        let dated = old.columns.period.is_some() && new.columns.period.is_some();
        let mark = |known: View<'t>, is_old: bool| {
            let columns = keys.iter().map(|pair| if is_old { pair.0 } else { pair.1 }).collect::<Vec<usize>>();
            marks(known, &columns, dated, register)
        };
        let (were, are) = (mark(old, true), mark(new, false));
        // A mark that stands twice tells nothing.
        let mut known: FxHashMap<&str, Option<usize>> = FxHashMap::default();
        for (row, text) in were.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            known.entry(text).and_modify(|row| *row = None).or_insert(Some(row));
        }
        let mut seen = HashSet::new();
        let mut rows = Vec::new();
        for (row, text) in are.iter().enumerate() {
            if let Some(Some(earlier)) = known.get(text.as_str())
                && seen.insert(text)
            {
                rows.push((*earlier, row));
            }
        }
        Common { old: old.table, new: new.table, keys, rows, dated }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// How far column `old` of the one says what column `new` of the other says.
    pub fn agreement(&self, old: usize, new: usize) -> Agreement {
        let (were, are) = (texts(self.old, old), texts(self.new, new));
        let pairs: Vec<(Said<'_>, Said<'_>)> = self
            .rows
            .iter()
            .map(|&(one, other)| (said(were[one]), said(are[other])))
            .filter(|pair| *pair != (Said::Nothing, Said::Nothing))
            .collect();
        let plain = agreement(&pairs, 1.0);
        if plain.share() >= 0.5 {
            return plain;
        }
        let scaled = FACTORS.iter().map(|&factor| agreement(&pairs, factor)).filter(|scaled| scaled.is_telling());
        scaled.max_by(|a, b| a.share().total_cmp(&b.share())).unwrap_or(plain)
    }
}

fn agreement(pairs: &[(Said<'_>, Said<'_>)], factor: f64) -> Agreement {
    let mut agree = 0;
    let mut telling: HashSet<u64> = HashSet::new();
    let mut words: HashSet<&str> = HashSet::new();
    for (one, other) in pairs {
        match (one, other) {
            (Said::Number(a, a_places), Said::Number(b, b_places)) => {
                let places = if factor == 1.0 { (*a_places).min(*b_places) } else { *b_places };
                if (a * factor - b).abs() <= 0.5 * 10f64.powi(-places) + 1e-9 * b.abs() {
                    agree += 1;
                    if *b != 0.0 {
                        telling.insert(b.to_bits());
                    }
                }
            }
            (Said::Words(a), Said::Words(b)) if a.eq_ignore_ascii_case(b) => {
                agree += 1;
                words.insert(a);
            }
            _ => {}
        }
    }
    // A few words that return in every row, such as marks and judgements, tell less than figures do.
    let telling = telling.len() + words.len();
    Agreement { agree, shared: pairs.len(), telling, factor }
}

fn said(text: &str) -> Said<'_> {
    let text = text.trim();
    if text.is_empty() {
        return Said::Nothing;
    }
    let plain = text.trim_end_matches('%').trim_start_matches('£');
    let number = if plain.contains(',') { plain.replace(',', "").parse::<f64>() } else { plain.parse::<f64>() };
    match number {
        Ok(number) if number.is_finite() => {
            let places = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(9));
            Said::Number(number, i32::try_from(places).unwrap_or(9))
        }
        _ => Said::Words(text),
    }
}

/// The texts of a column.
pub(super) fn texts(table: &TextTable, column: usize) -> Vec<&str> {
    let cells = table.frame.columns().get(column).and_then(|cells| cells.str().ok());
    cells.map_or_else(|| vec![""; table.rows.len()], |cells| cells.iter().map(Option::unwrap_or_default).collect())
}

/// The columns of words that both tables have: by their name, and else by what stands in them.
fn keys(old: View<'_>, new: View<'_>) -> Vec<(usize, usize)> {
    let named = |known: View<'_>| -> Vec<usize> {
        let columns = known.columns;
        let words: Vec<&String> = if columns.is_records() {
            // A record is known by its number; what is said of it may change.
            columns.id.iter().collect()
        } else {
            let is_key = |name: &&String| !columns.attributes.contains(name);
            columns.filters.iter().chain(columns.others.iter().filter(is_key)).chain(&columns.level).collect()
        };
        words.into_iter().filter_map(|name| known.table.position(name)).collect()
    };
    let (were, are) = (named(old), named(new));
    let mut keys: Vec<(usize, usize)> = Vec::new();
    let names: Vec<&str> = old.table.names().collect();
    for &column in &were {
        if let Some(other) = new.table.position(names[column]).filter(|other| are.contains(other)) {
            keys.push((column, other));
        }
    }
    for &column in &were {
        if keys.iter().any(|key| key.0 == column) {
            continue;
        }
        let words = distinct(old.table, column);
        let free = are.iter().filter(|other| keys.iter().all(|key| key.1 != **other));
        let likest = free.map(|&other| (overlap(&words, &distinct(new.table, other)), other));
        if let Some((_, other)) = likest.filter(|(share, _)| *share >= 0.6).max_by(|a, b| a.0.total_cmp(&b.0)) {
            keys.push((column, other));
        }
    }
    keys
}

/// The share of the words of two columns that both have, of those that either has; 0 where one has a single word.
fn overlap<T>(one: &std::collections::BTreeMap<&str, T>, other: &std::collections::BTreeMap<&str, T>) -> f64 {
    if one.len() < 2 || other.len() < 2 {
        return 0.0;
    }
    let both = one.keys().filter(|word| other.contains_key(**word)).count();
    both as f64 / (one.len() + other.len() - both) as f64
}

/// What tells each row apart: its area and period by what they mean, and the words of the key columns.
fn marks<'t>(known: View<'t>, keys: &[usize], dated: bool, register: &Register) -> Vec<String> {
    let View { table, columns } = known;
    let column = |name: &Option<String>| name.as_ref().and_then(|name| table.position(name)).map(|at| texts(table, at));
    let areas = [column(&columns.code), column(&columns.ons), column(&columns.name)];
    let region = |name: &str| table.position(name).filter(|_| columns.ees).map(|at| texts(table, at));
    let regions = [region("region_code"), region("country_code")];
    let (period, identifier) = (column(&columns.period).filter(|_| dated), column(&columns.identifier));
    let words: Vec<Vec<&str>> = keys.iter().map(|&key| texts(table, key)).collect();
    let mut ends: FxHashMap<(&str, &str), String> = FxHashMap::default();
    let mut places: FxHashMap<Vec<&str>, String> = FxHashMap::default();
    let mut mark = |row: usize| {
        let cell = |cells: &Option<Vec<&'t str>>| cells.as_ref().map_or("", |cells| cells[row].trim());
        let place_texts: Vec<&str> = areas.iter().chain(&regions).map(cell).collect();
        let mut mark = places.entry(place_texts).or_insert_with_key(|texts| place(texts, register)).clone();
        if mark.is_empty() {
            return mark;
        }
        if period.is_some() {
            let (code, kind) = (cell(&period), cell(&identifier));
            let end =
                || Period::parse(code, kind, None).map_or_else(|_| code.to_owned(), |period| period.end.to_string());
            mark.push('\u{1f}');
            mark.push_str(ends.entry((code, kind)).or_insert_with(end));
        }
        for word in &words {
            mark.push('\u{1f}');
            mark.push_str(&word[row].trim().to_lowercase());
        }
        mark
    };
    (0..table.rows.len()).map(&mut mark).collect()
}

/// The area that the first three texts mean, a code, an ONS code or a name, else the region or country that any means;
/// empty where none is known.
fn place(texts: &[&str], register: &Register) -> String {
    let own = texts.iter().take(3).filter(|text| !text.is_empty()).find_map(|text| register.known(text));
    let region = || texts.iter().filter(|text| !text.is_empty()).find_map(|text| register.region(text));
    own.map(|found| found.code.to_string()).or_else(|| region().map(|region| region.code.clone())).unwrap_or_default()
}

/// The words of two columns of one name that neither area nor period explains: whether any is in both.
pub(super) fn share_words(old: View<'_>, new: View<'_>) -> Option<f64> {
    let constant = |known: View<'_>| -> Vec<String> {
        known.columns.filters.iter().chain(&known.columns.others).cloned().collect()
    };
    let mut least: Option<f64> = None;
    let names: BTreeSet<String> = constant(new).into_iter().collect();
    for name in constant(old).into_iter().filter(|name| names.contains(name)) {
        let (Some(one), Some(other)) = (old.table.position(&name), new.table.position(&name)) else { continue };
        let (one, other) = (distinct(old.table, one), distinct(new.table, other));
        if one.is_empty() || other.is_empty() || one.len() > 60 || other.len() > 60 {
            continue;
        }
        let both = one.keys().filter(|word| other.keys().any(|known| known.eq_ignore_ascii_case(word))).count();
        let share = both as f64 / one.len().min(other.len()) as f64;
        least = Some(least.map_or(share, |known| known.min(share)));
    }
    least
}
