//! The cells of a measure to numbers and reasons.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Shared;
use super::map::{Map, MeasureColumns, Source};
use super::rate::{Counted, Disagreement};
use super::said::{self, Unreadable};
use crate::area::Register;
use crate::finding::Finding;
use crate::grid::TextTable;
use crate::pipeline::{Measure, Unit};
use crate::value::{Cell, Status, Symbols};

/// The figures of one measure in one variant: a number (NaN where there is none), its status and its text.
pub(super) struct Figures {
    pub values: Vec<f64>,
    pub numerators: Option<Vec<f64>>,
    pub denominators: Option<Vec<f64>>,
    pub statuses: Vec<u8>,
    pub raws: Vec<u32>,
    /// The column of the figure, as Excel counts it.
    pub column: u16,
}

impl Figures {
    /// Takes away figures that are given as numbers and are none, such as a share of a denominator below 0 or a sum
    /// beyond all numbers; answers the first such row of `rows` and how many there are.
    fn without_number(&mut self, rows: &[u32]) -> Option<(u32, usize)> {
        let mut found: Option<(u32, usize)> = None;
        for (at, status) in self.statuses.iter_mut().enumerate() {
            if *status == Status::Number as u8 && !self.values[at].is_finite() {
                *status = Status::NotAvailable as u8;
                self.values[at] = f64::NAN;
                found = Some(found.map_or((rows[at], 1), |(row, times)| (row.min(rows[at]), times + 1)));
            }
        }
        for counts in [&mut self.numerators, &mut self.denominators].into_iter().flatten() {
            counts.iter_mut().filter(|count| count.is_infinite()).for_each(|count| *count = f64::NAN);
        }
        found
    }
}

/// One source column read.
#[derive(Clone, Default)]
pub(super) struct Parsed {
    pub numbers: Vec<f64>,
    pub statuses: Vec<u8>,
    pub raws: Vec<u32>,
    /// The places of numbers that carry a percent sign.
    percents: Vec<usize>,
}

impl Parsed {
    /// Brings the numbers to the unit: by `scale`, but for those that say themselves that they are out of 100.
    fn scaled(mut self, scale: f64, of_percent: Option<f64>) -> Parsed {
        let signed: Vec<(usize, f64)> = match of_percent {
            Some(factor) => self.percents.iter().map(|&at| (at, self.numbers[at] * factor)).collect(),
            None => Vec::new(),
        };
        if scale != 1.0 {
            self.numbers.iter_mut().for_each(|number| *number *= scale);
        }
        for (at, number) in signed {
            self.numbers[at] = number;
        }
        self
    }
}

/// Columns added up, row by row.
fn summed(parts: Vec<Rc<Parsed>>) -> Parsed {
    let mut parts = parts.into_iter();
    let Some(first) = parts.next() else { return Parsed::default() };
    let mut sum = Rc::unwrap_or_clone(first);
    for part in parts {
        for row in 0..sum.numbers.len() {
            if sum.statuses[row] == Status::Number as u8 {
                sum.numbers[row] += part.numbers[row];
                sum.statuses[row] = part.statuses[row];
                sum.raws[row] = part.raws[row];
            }
        }
    }
    sum
}

/// Whether every cell of a column is a number, a mark or empty, and one at least a number or a mark.
pub(super) fn all_cells_are_numbers(table: &TextTable, column: usize, symbols: &Symbols) -> bool {
    let Ok(text) = table.frame.columns()[column].str() else { return false };
    let mut any = false;
    let all = text.iter().all(|cell| match symbols.read(cell.unwrap_or_default()) {
        Cell::Number(_) | Cell::Dressed(_) | Cell::Mark(_) => {
            any = true;
            true
        }
        Cell::Empty => true,
        Cell::Unknown => false,
    });
    all && any
}

/// Reads source columns once each, whatever number of measures they are part of.
pub(super) struct Reader<'a> {
    table: &'a TextTable,
    symbols: &'a Symbols,
    rows: &'a [u32],
    rounded_to: f64,
    /// Where the figures are neighbours: who they can be.
    neighbours: Option<&'a Register>,
    known: FxHashMap<(usize, bool), Rc<Parsed>>,
    /// Cells that are neither number nor mark.
    pub findings: Vec<Finding>,
    /// Those cells, one by one.
    pub unreadable: Vec<Unreadable>,
    /// Published rates that their counts do not give.
    pub disagreements: Vec<Disagreement>,
    /// Empty cells without a declared meaning.
    pub blanks: usize,
}

impl<'a> Reader<'a> {
    /// A reader of the `rows` (indices) of `table`, as `map` says; where the figures are neighbours `register` says who
    /// they can be.
    pub fn new(table: &'a TextTable, map: &'a Map, rows: &'a [u32], register: &'a Register) -> Reader<'a> {
        Reader {
            table,
            symbols: &map.symbols,
            rows,
            rounded_to: map.rounded_to,
            neighbours: map.feeds_neighbours.then_some(register),
            known: FxHashMap::default(),
            findings: Vec::new(),
            unreadable: Vec::new(),
            disagreements: Vec::new(),
            blanks: 0,
        }
    }

    /// The figures of `measure` in the variant with number `variant`.
    pub fn figures(
        &mut self,
        columns: &MeasureColumns,
        measure: &Measure,
        variant: usize,
        shared: &mut Shared,
    ) -> Figures {
        let part = |sources: &Option<Vec<Source>>| {
            sources
                .as_ref()
                .and_then(|sources| sources.get(variant))
                .filter(|source| !source.columns.is_empty())
                .cloned()
        };
        let (value, numerator, denominator) =
            (part(&columns.value), part(&columns.numerator), part(&columns.denominator));
        let first =
            [&value, &numerator, &denominator].into_iter().flatten().next().and_then(|source| source.columns.first());
        let column = first.and_then(|&column| self.table.positions.get(column)).copied().unwrap_or(0);
        let value = value.map(|source| self.source(&source, measure, Some(measure.unit), shared));
        let numerator = numerator.map(|source| self.source(&source, measure, None, shared));
        let denominator = denominator.map(|source| self.source(&source, measure, None, shared));
        let mut figures = self.combined(columns, measure, column, (value, numerator, denominator), shared);
        if let Some(row) = figures.without_number(self.rows) {
            let column = self.table.positions.iter().position(|&position| position == column);
            self.findings.push(said::no_number(self.table, &measure.label, row, column));
        }
        figures
    }

    /// The figures of a measure from its published column, its counts, or both.
    fn combined(
        &mut self,
        columns: &MeasureColumns,
        measure: &Measure,
        column: u16,
        parts: (Option<Parsed>, Option<Parsed>, Option<Parsed>),
        shared: &mut Shared,
    ) -> Figures {
        match parts {
            (value, Some(numerator), Some(denominator)) => {
                let name = &columns.name;
                let counted =
                    Counted { name, measure, value, numerator, denominator, rounded_to: self.rounded_to, column };
                let (figures, disagreement) = counted.figures(self.rows, &mut shared.raw);
                self.disagreements.extend(disagreement);
                figures
            }
            (Some(value), numerator, denominator) => Figures {
                values: value.numbers,
                statuses: value.statuses,
                raws: value.raws,
                numerators: numerator.map(|part| part.numbers),
                denominators: denominator.map(|part| part.numbers),
                column,
            },
            (None, numerator, denominator) => {
                let rows = self.rows.len();
                Figures {
                    values: vec![f64::NAN; rows],
                    statuses: vec![Status::NotAvailable as u8; rows],
                    raws: vec![0; rows],
                    numerators: numerator.map(|part| part.numbers),
                    denominators: denominator.map(|part| part.numbers),
                    column,
                }
            }
        }
    }

    /// One column, or several added up: a sum with a part missing is missing for that part's reason. `unit` is that of a
    /// figure; counts have none.
    fn source(&mut self, source: &Source, measure: &Measure, unit: Option<Unit>, shared: &mut Shared) -> Parsed {
        let of_percent = unit.and_then(Unit::of_percent);
        let mut parts: Vec<Rc<Parsed>> = Vec::with_capacity(source.columns.len());
        for &column in &source.columns {
            let part = self.column(column, measure, shared);
            if let (None, Some(&at)) = (of_percent, part.percents.first()) {
                self.findings.push(said::percent_sign(self.table, self.rows[at] as usize, column, measure));
            }
            parts.push(part);
        }
        // What is out of 100 by its own sign is not touched by `scale`, what stands beside it in the sum is.
        let mixed = of_percent.is_some() && parts.iter().any(|part| !part.percents.is_empty());
        if mixed {
            parts = parts.iter().map(|part| Rc::new((**part).clone().scaled(source.scale, of_percent))).collect();
        }
        let sum = summed(parts);
        if mixed { sum } else { sum.scaled(source.scale, None) }
    }

    /// Reads a column: numbers, marks, and words that the measure says are numbers.
    fn column(&mut self, column: usize, measure: &Measure, shared: &mut Shared) -> Rc<Parsed> {
        let key = (column, measure.values.is_empty());
        if measure.values.is_empty()
            && let Some(parsed) = self.known.get(&key)
        {
            return parsed.clone();
        }
        let count = self.rows.len();
        let mut parsed = Parsed {
            numbers: Vec::with_capacity(count),
            statuses: Vec::with_capacity(count),
            raws: Vec::with_capacity(count),
            percents: Vec::new(),
        };
        let mut unknown: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        let mut marked: Vec<u32> = Vec::new();
        if let Ok(cells) = self.table.frame.columns()[column].str()
            && let Some(array) = cells.downcast_iter().next()
        {
            for &row in self.rows {
                let text = array.value(row as usize);
                let cell = word_value(measure, text).unwrap_or_else(|| self.symbols.read(text));
                let cell = self.neighbours.map_or(cell, |register| neighbour(cell, text, register));
                let mut plain = measure.values.is_empty();
                let (number, status) = match cell {
                    Cell::Number(number) => (number, Status::Number),
                    Cell::Dressed(dressed) => {
                        if dressed.percent {
                            parsed.percents.push(parsed.numbers.len());
                        }
                        if dressed.marked {
                            plain = false;
                            marked.push(row);
                        }
                        (dressed.number, Status::Number)
                    }
                    Cell::Mark(status) => (f64::NAN, status),
                    Cell::Empty => {
                        self.blanks += 1;
                        (f64::NAN, Status::NotAvailable)
                    }
                    Cell::Unknown => {
                        unknown.entry(text).or_default().push(row);
                        (f64::NAN, Status::NotAvailable)
                    }
                };
                plain &= status == Status::Number;
                parsed.raws.push(if plain { 0 } else { shared.raw.code(text.trim()) });
                parsed.numbers.push(number);
                parsed.statuses.push(status as u8);
            }
        }
        self.findings.extend(said::marked(self.table, column, &marked));
        let (findings, unreadable) = said::unknown(self.table, self.symbols, self.neighbours, column, unknown);
        self.findings.extend(findings);
        self.unreadable.extend(unreadable);
        let parsed = Rc::new(parsed);
        self.known.insert(key, parsed.clone());
        parsed
    }
}

/// A neighbour by its 3-digit code, its 9-character code or its name, as the number of its code; marks stay marks.
fn neighbour(cell: Cell, text: &str, register: &Register) -> Cell {
    match cell {
        Cell::Mark(_) | Cell::Empty => cell,
        _ => register.find(text).map_or(Cell::Unknown, |authority| Cell::Number(f64::from(authority.code.0))),
    }
}

/// The number a word stands for in this measure, such as a judgement.
fn word_value(measure: &Measure, text: &str) -> Option<Cell> {
    if measure.values.is_empty() {
        return None;
    }
    let text = text.trim();
    measure.values.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, number)| Cell::Number(*number))
}
