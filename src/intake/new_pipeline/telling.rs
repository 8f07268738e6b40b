//! Which columns of words tell the rows of a table apart: only those break its figures down. What is the same in every row
//! of an area and period says something of the area, and what a row cannot be told from another without is no figure.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::columns::Columns;
use super::profile::{Profile, is_number};
use crate::area::Register;
use crate::grid::TextTable;
use crate::intake::common::texts;
use crate::normalise::{Meta, is_standard};

/// The most words of a column that is taken to tell rows apart.
const MOST_WORDS: usize = 500;

/// The rows that hold a figure, each by what says where and when it is, and the columns that may tell them apart.
struct Rows<'t> {
    table: &'t TextTable,
    rows: Vec<usize>,
    places: Vec<u64>,
}

/// Sorts the columns of words of a table of areas anew: filters are those that tell rows apart, and a code beside a
/// filter is no figure. What the `.meta.csv` says of a column stays.
pub fn settle(columns: &mut Columns, table: &TextTable, meta: &Meta, register: &Register) {
    if columns.is_records() || !columns.has_area() {
        return;
    }
    let rows = Rows::of(columns, table, register);
    if rows.rows.len() < 2 {
        return;
    }
    if rows.keys(&columns.filters) < rows.rows.len()
        && let Some(name) = rows.missing(columns)
    {
        columns.numbers.retain(|known| *known != name);
        columns.others.retain(|known| *known != name);
        columns.filters.push(name);
    }
    leave_attributes(columns, &rows, meta);
    leave_codes(columns, &rows, meta);
}

/// Filters without which as many rows are told apart are none.
fn leave_attributes(columns: &mut Columns, rows: &Rows<'_>, meta: &Meta) {
    let all = rows.keys(&columns.filters);
    let is_pair = |name: &str| columns.ees && ["breakdown_topic", "breakdown"].contains(&name);
    let mut candidates: Vec<String> =
        columns.filters.iter().filter(|name| !meta.is_filter(name) && !is_pair(name)).cloned().collect();
    // Of two that say one thing the code goes, else the later one.
    candidates.reverse();
    candidates.sort_by_key(|name| !rows.is_code(name));
    for name in candidates {
        let others: Vec<String> = columns.filters.iter().filter(|known| **known != name).cloned().collect();
        if rows.keys(&others) == all {
            columns.filters = others;
            columns.attributes.push(name.clone());
            columns.others.push(name);
        }
    }
}

/// Whole numbers that are one and the same wherever a filter says one word are its code and no figure.
fn leave_codes(columns: &mut Columns, rows: &Rows<'_>, meta: &Meta) {
    let is_its_code = |name: &String| {
        let filters = columns.filters.iter();
        rows.is_code(name) && !meta.is_indicator(name) && filters.clone().any(|filter| rows.is_told_by(name, filter))
    };
    let codes: Vec<String> = columns.numbers.iter().filter(|name| is_its_code(name)).cloned().collect();
    columns.numbers.retain(|name| !codes.contains(name));
    columns.others.extend(codes);
}

impl<'t> Rows<'t> {
    fn of(columns: &Columns, table: &'t TextTable, register: &Register) -> Rows<'t> {
        let cells = |name: &str| table.position(name).map(|at| texts(table, at));
        let numbers: Vec<Vec<&str>> = columns.numbers.iter().filter_map(|name| cells(name)).collect();
        let has_figure = |row: &usize| numbers.iter().any(|cells| is_number(cells[*row].trim()));
        let areas: Vec<Vec<&str>> =
            [&columns.code, &columns.ons, &columns.name].into_iter().flatten().filter_map(|name| cells(name)).collect();
        // Headings and footnotes, and areas that are none here, tell nothing.
        let is_area = |text: &str| register.known(text).is_some() || register.region(text).is_some();
        let mut known: FxHashMap<&str, bool> = FxHashMap::default();
        let mut has_area = |row: &usize| {
            let own = areas.iter().map(|cells| cells[*row].trim()).filter(|text| !text.is_empty());
            columns.ees || own.into_iter().any(|text| *known.entry(text).or_insert_with(|| is_area(text)))
        };
        let rows: Vec<usize> = (0..table.rows.len()).filter(has_figure).filter(|row| has_area(row)).collect();
        let own = [&columns.period, &columns.identifier, &columns.level, &columns.code, &columns.ons, &columns.name];
        let own = own.into_iter().chain([&columns.region]).flatten().map(String::as_str);
        let standard = table.names().filter(|name| columns.ees && is_standard(&name.to_lowercase()));
        let base: Vec<Vec<&str>> = own.chain(standard).filter_map(cells).collect();
        let places = rows.iter().map(|&row| hash_of(base.iter().map(|cells| cells[row].trim()))).collect();
        Rows { table, rows, places }
    }

    fn cells(&self, name: &str) -> Vec<&'t str> {
        let cells = self.table.position(name).map(|at| texts(self.table, at)).unwrap_or_default();
        self.rows.iter().map(|&row| cells.get(row).copied().unwrap_or_default().trim()).collect()
    }

    /// How many rows `filters` tell apart.
    fn keys(&self, filters: &[String]) -> usize {
        let cells: Vec<Vec<&str>> = filters.iter().map(|name| self.cells(name)).collect();
        let key = |at: usize| (self.places[at], hash_of(cells.iter().map(|cells| cells[at])));
        (0..self.rows.len()).map(key).collect::<FxHashSet<(u64, u64)>>().len()
    }

    /// The column that, beside the filters, tells every row apart: words before numbers, the fewest first.
    fn missing(&self, columns: &Columns) -> Option<String> {
        let tells = |name: &&String| {
            let with: Vec<String> = columns.filters.iter().chain([*name]).cloned().collect();
            self.words(name) <= MOST_WORDS.min(self.rows.len() / 2) && self.keys(&with) == self.rows.len()
        };
        let words = columns.others.iter().filter(tells).min_by_key(|name| self.words(name));
        let numbers = || columns.numbers.iter().filter(|name| self.is_code(name)).filter(tells);
        words.or_else(|| numbers().min_by_key(|name| self.words(name))).cloned()
    }

    fn words(&self, name: &str) -> usize {
        self.cells(name).into_iter().collect::<FxHashSet<&str>>().len()
    }

    /// Whether a column holds whole numbers or says that it is a code.
    fn is_code(&self, name: &str) -> bool {
        let Some(column) = self.table.position(name) else { return false };
        let profile = Profile::of(self.table, column, name);
        profile.is_identifier() || profile.share(|text| text.bytes().all(|byte| byte.is_ascii_digit())) == 1.0
    }

    /// Whether a column says one thing wherever `filter` says one word, of three words and more that each stand in many rows.
    fn is_told_by(&self, name: &str, filter: &str) -> bool {
        let pairs: FxHashSet<(&str, &str)> = self.cells(filter).into_iter().zip(self.cells(name)).collect();
        let (words, own) = (self.words(filter), self.words(name));
        pairs.len() == words && own >= 3 && self.rows.len() >= words * 5
    }
}

fn hash_of<'t>(texts: impl Iterator<Item = &'t str>) -> u64 {
    let mut hasher = FxHasher::default();
    for text in texts {
        text.hash(&mut hasher);
    }
    hasher.finish()
}
