//! Blocks of rows times measures to the long frame of a table, measure by measure in the order of the rows.

use super::Shared;
use super::cells::Figures;
use super::newest::latest;
use crate::area::Level;
use crate::finding::Finding;
use crate::observations::{Codes, Frame, Ordered, Words, dates, floats, smalls, truths, wholes};
use crate::period::{Period, days};
use crate::value::Status;
use chrono::NaiveDate;
use polars::prelude::Column;

/// The keys of the rows of a block, in order.
pub(super) struct Rows {
    pub period: Vec<u32>,
    pub level: Vec<u32>,
    pub la: Vec<u32>,
    pub ons: Vec<u32>,
    pub name: Vec<u32>,
    pub topic: Vec<u32>,
    pub breakdown: Vec<u32>,
    /// The row in the source, 0 where a figure is counted from many.
    pub row: Vec<u32>,
}

/// The figures of one measure in the rows of a block.
pub(super) struct Measured {
    pub measure: u32,
    pub unit: u32,
    /// The column of each row, or one for all.
    pub positions: Vec<u16>,
    pub figures: Figures,
}

/// Rows of one release with the figures of measures.
pub(super) struct Block {
    pub release: u32,
    pub file: u32,
    pub sheet: u32,
    pub rows: Rows,
    pub measured: Vec<Measured>,
    /// Whether the rows are counts of records, so that what has no row was counted to nothing.
    pub counted: bool,
}

impl Block {
    fn height(&self) -> usize {
        self.rows.row.len() * self.measured.len()
    }
}

/// Puts the blocks of a table together.
pub(super) fn frame(table: &str, shared: &Shared, blocks: &[Block]) -> Result<Frame, Finding> {
    let height = blocks.iter().map(Block::height).sum();
    let each_row = |words: &Ordered, name: &str, pick: fn(&Rows) -> &Vec<u32>| {
        let mut codes = Codes::with_capacity(words.words.len(), height);
        for block in blocks {
            let rows: Vec<u32> = pick(&block.rows).iter().map(|&code| words.ranks[code as usize]).collect();
            codes.tile(&rows, block.measured.len());
        }
        codes.column(name, &words.words)
    };
    let each_block = |words: &Ordered, name: &str, pick: fn(&Block) -> u32| {
        let mut codes = Codes::with_capacity(words.words.len(), height);
        for block in blocks {
            codes.fill(words.ranks[pick(block) as usize], block.height());
        }
        codes.column(name, &words.words)
    };
    let each_measure = |words: &Ordered, name: &str, pick: fn(&Measured) -> u32| {
        let mut codes = Codes::with_capacity(words.words.len(), height);
        for block in blocks {
            for measured in &block.measured {
                codes.fill(words.ranks[pick(measured) as usize], block.rows.row.len());
            }
        }
        codes.column(name, &words.words)
    };
    let [period, identifier, length] = period_words(shared);
    Frame::new(vec![
        constant("table", table, height)?,
        each_block(&shared.release.ordered(), "release", |block| block.release)?,
        truths("latest", &latest(shared, blocks, height)),
        each_row(&period, "period", |rows| &rows.period)?,
        each_row(&identifier, "period_identifier", |rows| &rows.period)?,
        period_days("period_start", shared, blocks, height, |period| period.start)?,
        period_days("period_end", shared, blocks, height, |period| period.end)?,
        each_row(&length, "period_length", |rows| &rows.period)?,
        each_row(&fixed_words(&Level::ALL.map(Level::word)), "level", |rows| &rows.level)?,
        each_row(&shared.la.ordered(), "la_code", |rows| &rows.la)?,
        each_row(&shared.ons.ordered(), "ons_code", |rows| &rows.ons)?,
        each_row(&shared.name.ordered(), "area_name", |rows| &rows.name)?,
        each_row(&shared.topic.ordered(), "breakdown_topic", |rows| &rows.topic)?,
        each_row(&shared.breakdown.ordered(), "breakdown", |rows| &rows.breakdown)?,
        each_measure(&shared.measure.ordered(), "measure", |measured| measured.measure)?,
        numbers("value", blocks, height, |figures| Some(&figures.values)),
        numbers("numerator", blocks, height, |figures| figures.numerators.as_ref()),
        numbers("denominator", blocks, height, |figures| figures.denominators.as_ref()),
        each_measure(&shared.unit.ordered(), "unit", |measured| measured.unit)?,
        statuses(blocks, height)?,
        raws(shared, blocks, height)?,
        each_block(&shared.file.ordered(), "file", |block| block.file)?,
        each_block(&shared.sheet.ordered(), "sheet", |block| block.sheet)?,
        source_rows(blocks, height),
        source_columns(blocks, height),
    ])
}

/// The words of an enum that is known beforehand.
fn fixed_words(words: &[&str]) -> Ordered {
    let mut known = Words::default();
    for word in words {
        known.code(word);
    }
    known.ordered()
}

/// The codes, identifiers and lengths of the periods, by place of the period.
fn period_words(shared: &Shared) -> [Ordered; 3] {
    let by_period = |text: fn(&Period) -> String| {
        let mut words = Words::default();
        let codes: Vec<u32> = shared.periods.iter().map(|period| words.code(&text(period))).collect();
        let ordered = words.ordered();
        Ordered { ranks: codes.iter().map(|&code| ordered.ranks[code as usize]).collect(), words: ordered.words }
    };
    [
        by_period(|period| period.code.clone()),
        by_period(|period| period.identifier.clone()),
        by_period(|period| period.length.to_string()),
    ]
}

fn constant(name: &str, word: &str, height: usize) -> Result<Column, Finding> {
    let mut codes = Codes::with_capacity(1, height);
    codes.fill(0, height);
    codes.column(name, &[word.to_owned()])
}

fn period_days(
    name: &str,
    shared: &Shared,
    blocks: &[Block],
    height: usize,
    pick: fn(&Period) -> NaiveDate,
) -> Result<Column, Finding> {
    let by_period: Vec<i32> = shared.periods.iter().map(|period| days(pick(period))).collect();
    let mut all = Vec::with_capacity(height);
    for block in blocks {
        let from = all.len();
        all.extend(block.rows.period.iter().map(|&period| by_period[period as usize]));
        for _ in 1..block.measured.len() {
            all.extend_from_within(from..from + block.rows.row.len());
        }
    }
    dates(name, all)
}

fn numbers(name: &str, blocks: &[Block], height: usize, pick: fn(&Figures) -> Option<&Vec<f64>>) -> Column {
    let mut all = Vec::with_capacity(height);
    for block in blocks {
        for Measured { figures, .. } in &block.measured {
            match pick(figures) {
                Some(numbers) => all.extend_from_slice(numbers),
                None => all.extend(std::iter::repeat_n(f64::NAN, block.rows.row.len())),
            }
        }
    }
    floats(name, all)
}

fn statuses(blocks: &[Block], height: usize) -> Result<Column, Finding> {
    let words = fixed_words(&Status::ALL.map(Status::word));
    let mut codes = Codes::with_capacity(words.words.len(), height);
    for block in blocks {
        for Measured { figures, .. } in &block.measured {
            let rows: Vec<u32> = figures.statuses.iter().map(|&status| words.ranks[usize::from(status)]).collect();
            codes.tile(&rows, 1);
        }
    }
    codes.column("status", &words.words)
}

fn raws(shared: &Shared, blocks: &[Block], height: usize) -> Result<Column, Finding> {
    let words = shared.raw.ordered();
    let mut codes = Codes::with_capacity(words.words.len(), height);
    for block in blocks {
        for Measured { figures, .. } in &block.measured {
            let rows: Vec<u32> = figures.raws.iter().map(|&raw| words.ranks[raw as usize]).collect();
            codes.tile(&rows, 1);
        }
    }
    codes.column("raw", &words.words)
}

fn source_rows(blocks: &[Block], height: usize) -> Column {
    let mut all = Vec::with_capacity(height);
    for block in blocks {
        for _ in &block.measured {
            all.extend_from_slice(&block.rows.row);
        }
    }
    wholes("row", all)
}

fn source_columns(blocks: &[Block], height: usize) -> Column {
    let mut all = Vec::with_capacity(height);
    for block in blocks {
        for Measured { positions, .. } in &block.measured {
            match positions.as_slice() {
                [only] => all.extend(std::iter::repeat_n(*only, block.rows.row.len())),
                each => all.extend_from_slice(each),
            }
        }
    }
    smalls("column", all)
}
