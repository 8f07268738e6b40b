//! The cells of a measure to numbers and reasons.

use rustc_hash::FxHashMap;

use super::Shared;
use super::map::{MeasureColumns, Source};
use super::rate::{Counted, Disagreement};
use crate::finding::Finding;
use crate::grid::TextTable;
use crate::pipeline::Measure;
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

/// A cell that is neither number nor mark.
pub(super) struct Unreadable {
    /// Its row, an index of the table.
    pub row: u32,
    /// Its column, an index of the table.
    pub column: usize,
    pub finding: std::rc::Rc<Finding>,
}

/// One source column read.
#[derive(Clone)]
pub(super) struct Parsed {
    pub numbers: Vec<f64>,
    pub statuses: Vec<u8>,
    pub raws: Vec<u32>,
}

/// Whether every cell of a column is a number, a mark or empty, and one at least a number or a mark.
pub(super) fn all_cells_are_numbers(table: &TextTable, column: usize, symbols: &Symbols) -> bool {
    let Ok(text) = table.frame.columns()[column].str() else { return false };
    let mut any = false;
    let all = text.iter().all(|cell| match symbols.read(cell.unwrap_or_default()) {
        Cell::Number(_) | Cell::Mark(_) => {
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
    known: FxHashMap<(usize, bool), std::rc::Rc<Parsed>>,
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
    /// A reader of the `rows` (indices) of `table`, whose counts are rounded to `rounded_to` (0 for not at all).
    pub fn new(table: &'a TextTable, symbols: &'a Symbols, rows: &'a [u32], rounded_to: f64) -> Reader<'a> {
        let known = FxHashMap::default();
        Reader {
            table,
            symbols,
            rows,
            rounded_to,
            known,
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
        let value = value.map(|source| self.source(&source, measure, shared));
        let numerator = numerator.map(|source| self.source(&source, measure, shared));
        let denominator = denominator.map(|source| self.source(&source, measure, shared));
        match (value, numerator, denominator) {
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

    /// One column, or several added up: a sum with a part missing is missing for that part's reason.
    fn source(&mut self, source: &Source, measure: &Measure, shared: &mut Shared) -> Parsed {
        let mut parts = source.columns.iter();
        let Some(&first) = parts.next() else {
            return Parsed { numbers: Vec::new(), statuses: Vec::new(), raws: Vec::new() };
        };
        let mut sum = (*self.column(first, measure, shared)).clone();
        for &column in parts {
            let part = self.column(column, measure, shared);
            for row in 0..sum.numbers.len() {
                if sum.statuses[row] == Status::Number as u8 {
                    sum.numbers[row] += part.numbers[row];
                    sum.statuses[row] = part.statuses[row];
                    sum.raws[row] = part.raws[row];
                }
            }
        }
        if source.scale != 1.0 {
            sum.numbers.iter_mut().for_each(|number| *number *= source.scale);
        }
        sum
    }

    /// Reads a column: numbers, marks, and words that the measure says are numbers.
    fn column(&mut self, column: usize, measure: &Measure, shared: &mut Shared) -> std::rc::Rc<Parsed> {
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
        };
        let mut unknown: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        if let Ok(cells) = self.table.frame.columns()[column].str()
            && let Some(array) = cells.downcast_iter().next()
        {
            for &row in self.rows {
                let text = array.value(row as usize);
                let cell = word_value(measure, text).unwrap_or_else(|| self.symbols.read(text));
                let (number, status) = match cell {
                    Cell::Number(number) => (number, Status::Number),
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
                let plain = matches!(cell, Cell::Number(_)) && measure.values.is_empty();
                parsed.raws.push(if plain { 0 } else { shared.raw.code(text.trim()) });
                parsed.numbers.push(number);
                parsed.statuses.push(status as u8);
            }
        }
        self.say_unknown(column, unknown);
        let parsed = std::rc::Rc::new(parsed);
        self.known.insert(key, parsed.clone());
        parsed
    }

    /// Says the texts of a column that are neither number nor mark, each with the `rows` it stands in.
    fn say_unknown(&mut self, column: usize, unknown: FxHashMap<&str, Vec<u32>>) {
        let mut texts: Vec<_> = unknown.into_iter().collect();
        texts.sort_by_key(|(_, rows)| rows.first().copied());
        let name = self.table.names().nth(column).unwrap_or_default().to_owned();
        let marks = self.symbols.marks();
        let declared = if marks.is_empty() {
            "no marks are declared".to_owned()
        } else {
            format!("declared marks are {}", marks.join(" "))
        };
        let help =
            format!("find out from the publisher's notes what it means and declare it under `symbols`; {declared}");
        for (at, (text, rows)) in texts.iter().enumerate() {
            let message =
                format!("`{}` in column `{name}` is neither a number nor a declared mark", text.escape_debug());
            if at < 5 {
                let times = if rows.len() > 1 { format!(", {} times", rows.len()) } else { String::new() };
                self.findings.push(
                    Finding::error("unknown-symbol", format!("{message}{times}"), &help)
                        .at(self.table.place(rows.first().map(|&row| row as usize), Some(column))),
                );
            }
            let finding = std::rc::Rc::new(Finding::error("unknown-symbol", message, &help));
            let each = rows.iter().map(|&row| Unreadable { row, column, finding: finding.clone() });
            self.unreadable.extend(each);
        }
        if texts.len() > 5 {
            let more = texts.len() - 5;
            self.findings.push(
                Finding::error(
                    "unknown-symbol",
                    format!("{more} more texts in column `{name}` are no numbers either"),
                    "if the column holds words, list it under `filters` or `ignore`",
                )
                .at(self.table.place(None, Some(column))),
            );
        }
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
