//! Blocks of rows times measures to the long frame of a table, measure by measure in the order of the rows.

use chrono::NaiveDate;
use polars::prelude::Column;

use super::Shared;
use super::cells::Figures;
use super::newest::newest;
use crate::area::Level;
use crate::finding::Finding;
use crate::frame::{Codes, Declared, Frame, Ordered, Words, kind};
use crate::period::{Period, days};
use crate::schema::column;
use crate::value::Status;

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
    /// The file of each row, or one for all.
    pub file: Vec<u32>,
    /// The sheet of each row, or one for all.
    pub sheet: Vec<u32>,
    pub rows: Rows,
    pub measured: Vec<Measured>,
    /// Whether the rows are counts of records, so that what has no row was counted to nothing.
    pub counted: bool,
}

impl Block {
    fn height(&self) -> usize {
        self.rows.row.len() * self.measured.len()
    }

    /// The codes of the file and the sheet of the row `at`.
    pub fn source(&self, at: usize) -> (u32, u32) {
        let of = |codes: &[u32]| if let [only] = codes { *only } else { codes.get(at).copied().unwrap_or_default() };
        (of(&self.file), of(&self.sheet))
    }
}

/// A column of words.
trait Worded: Declared<Kind = kind::Words> {}
impl<C: Declared<Kind = kind::Words>> Worded for C {}

/// Puts the blocks of a table together.
pub(super) fn frame(table: &str, shared: &Shared, blocks: &[Block]) -> Result<Frame, Finding> {
    let height = blocks.iter().map(Block::height).sum();
    let [period, identifier, length] = period_words(shared);
    let levels = fixed_words(&Level::ALL.map(Level::word));
    Frame::new(vec![
        constant(column::Table, table, height)?,
        each_block(column::Release, &shared.release.ordered(), blocks, |block| block.release)?,
        column::Latest.holding(&newest(shared, blocks, height))?,
        each_row(column::Period, &period, blocks, |rows| &rows.period)?,
        each_row(column::PeriodIdentifier, &identifier, blocks, |rows| &rows.period)?,
        period_days(column::PeriodStart, shared, blocks, height, |period| period.start)?,
        period_days(column::PeriodEnd, shared, blocks, height, |period| period.end)?,
        each_row(column::PeriodLength, &length, blocks, |rows| &rows.period)?,
        each_row(column::Level, &levels, blocks, |rows| &rows.level)?,
        each_row(column::LaCode, &shared.la.ordered(), blocks, |rows| &rows.la)?,
        each_row(column::OnsCode, &shared.ons.ordered(), blocks, |rows| &rows.ons)?,
        each_row(column::AreaName, &shared.name.ordered(), blocks, |rows| &rows.name)?,
        each_row(column::BreakdownTopic, &shared.topic.ordered(), blocks, |rows| &rows.topic)?,
        each_row(column::Breakdown, &shared.breakdown.ordered(), blocks, |rows| &rows.breakdown)?,
        each_measure(column::Measure, &shared.measure.ordered(), blocks, |measured| measured.measure)?,
        numbers(column::Value, blocks, height, |figures| Some(&figures.values))?,
        numbers(column::Numerator, blocks, height, |figures| figures.numerators.as_ref())?,
        numbers(column::Denominator, blocks, height, |figures| figures.denominators.as_ref())?,
        each_measure(column::Unit, &shared.unit.ordered(), blocks, |measured| measured.unit)?,
        statuses(blocks, height)?,
        raws(shared, blocks, height)?,
        each_source(column::File, &shared.file.ordered(), blocks, |block| &block.file)?,
        each_source(column::Sheet, &shared.sheet.ordered(), blocks, |block| &block.sheet)?,
        source_rows(blocks, height)?,
        source_columns(blocks, height)?,
    ])
}

/// Room for all rows of `blocks`.
fn room(words: &Ordered, blocks: &[Block]) -> Codes {
    Codes::with_capacity(words.words.len(), blocks.iter().map(Block::height).sum())
}

/// What differs from row to row of a block.
fn each_row(
    column: impl Worded,
    words: &Ordered,
    blocks: &[Block],
    pick: fn(&Rows) -> &Vec<u32>,
) -> Result<Column, Finding> {
    let mut codes = room(words, blocks);
    for block in blocks {
        let rows: Vec<u32> = pick(&block.rows).iter().map(|&code| words.ranks[code as usize]).collect();
        codes.tile(&rows, block.measured.len());
    }
    column.holding((codes, &words.words))
}

/// What is the same throughout a block.
fn each_block(
    column: impl Worded,
    words: &Ordered,
    blocks: &[Block],
    pick: fn(&Block) -> u32,
) -> Result<Column, Finding> {
    let mut codes = room(words, blocks);
    for block in blocks {
        codes.fill(words.ranks[pick(block) as usize], block.height());
    }
    column.holding((codes, &words.words))
}

/// What is the same throughout a block, or differs from row to row.
fn each_source(
    column: impl Worded,
    words: &Ordered,
    blocks: &[Block],
    pick: fn(&Block) -> &Vec<u32>,
) -> Result<Column, Finding> {
    let mut codes = room(words, blocks);
    for block in blocks {
        match pick(block).as_slice() {
            [only] => codes.fill(words.ranks[*only as usize], block.height()),
            each => {
                let rows: Vec<u32> = each.iter().map(|&code| words.ranks[code as usize]).collect();
                codes.tile(&rows, block.measured.len());
            }
        }
    }
    column.holding((codes, &words.words))
}

/// What is the same for all rows of a measure.
fn each_measure(
    column: impl Worded,
    words: &Ordered,
    blocks: &[Block],
    pick: fn(&Measured) -> u32,
) -> Result<Column, Finding> {
    let mut codes = room(words, blocks);
    for block in blocks {
        for measured in &block.measured {
            codes.fill(words.ranks[pick(measured) as usize], block.rows.row.len());
        }
    }
    column.holding((codes, &words.words))
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

fn constant(column: impl Worded, word: &str, height: usize) -> Result<Column, Finding> {
    let mut codes = Codes::with_capacity(1, height);
    codes.fill(0, height);
    column.holding((codes, &[word.to_owned()]))
}

fn period_days(
    column: impl Declared<Kind = kind::Days>,
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
    column.holding(all)
}

fn numbers(
    column: impl Declared<Kind = kind::Numbers>,
    blocks: &[Block],
    height: usize,
    pick: fn(&Figures) -> Option<&Vec<f64>>,
) -> Result<Column, Finding> {
    let mut all = Vec::with_capacity(height);
    for block in blocks {
        for Measured { figures, .. } in &block.measured {
            match pick(figures) {
                Some(numbers) => all.extend_from_slice(numbers),
                None => all.extend(std::iter::repeat_n(f64::NAN, block.rows.row.len())),
            }
        }
    }
    column.holding(all)
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
    column::Status.holding((codes, &words.words))
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
    column::Raw.holding((codes, &words.words))
}

fn source_rows(blocks: &[Block], height: usize) -> Result<Column, Finding> {
    let mut all = Vec::with_capacity(height);
    for block in blocks {
        for _ in &block.measured {
            all.extend_from_slice(&block.rows.row);
        }
    }
    column::Row.holding(all)
}

fn source_columns(blocks: &[Block], height: usize) -> Result<Column, Finding> {
    let mut all = Vec::with_capacity(height);
    for block in blocks {
        for Measured { positions, .. } in &block.measured {
            match positions.as_slice() {
                [only] => all.extend(std::iter::repeat_n(*only, block.rows.row.len())),
                each => all.extend_from_slice(each),
            }
        }
    }
    column::Column.holding(all)
}
