//! The published observations of a table: every figure of every release, with the cell it was read from.

use crate::figure::Figures;
use crate::finding::{Finding, Place};
use crate::frame::Frame;
use crate::reading::Seen;
use crate::schema::view;

view! {
    /// The figures and where they stand in their sources.
    struct Cells {
        release: Words Release,
        latest: Truths Latest,
        value: Numbers Value,
        numerator: Numbers Numerator,
        denominator: Numbers Denominator,
        status: Words Status,
        raw: Words Raw,
        file: Words File,
        sheet: Words Sheet,
        row: Wholes Row,
        column: Smalls Column,
    }
}

/// Observations, row by row.
pub struct Observed<'a> {
    /// What each row is about.
    pub figures: Figures<'a>,
    cells: Cells<'a>,
}

impl<'a> Observed<'a> {
    /// The columns of a frame of observations.
    ///
    /// # Errors
    /// A column is not there: a mistake in the program, said as a finding.
    pub fn of(frame: &'a Frame) -> Result<Observed<'a>, Finding> {
        Ok(Observed { figures: Figures::of(frame)?, cells: Cells::of(frame)? })
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.cells.value.len()
    }

    /// The rows of the newest release that has the figure.
    pub fn latest(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.height()).filter(|&row| self.is_latest(row))
    }

    /// Whether no newer release has the figure.
    pub fn is_latest(&self, row: usize) -> bool {
        self.cells.latest.get_bit(row)
    }

    /// The figure of a row.
    pub fn seen(&self, row: usize) -> Seen {
        let at = &self.cells;
        Seen::read(at.value[row], at.status.word(row)).counted(at.numerator[row], at.denominator[row])
    }

    /// The word of the figure's status.
    pub fn status(&self, row: usize) -> &'a str {
        self.cells.status.word(row)
    }

    /// The release that a row came in.
    pub fn release(&self, row: usize) -> &'a str {
        self.cells.release.word(row)
    }

    /// The text of the cell where it is no plain number.
    pub fn raw(&self, row: usize) -> &'a str {
        self.cells.raw.word(row)
    }

    /// The file that a row came in.
    pub fn file(&self, row: usize) -> &'a str {
        self.cells.file.word(row)
    }

    /// The sheet that a row came in; empty where the file has none.
    pub fn sheet(&self, row: usize) -> &'a str {
        self.cells.sheet.word(row)
    }

    /// The row and column of the cell; 0 where a figure is made of many.
    pub fn cell(&self, row: usize) -> (u32, u16) {
        (self.cells.row[row], self.cells.column[row])
    }

    /// Where the cell is.
    pub fn place(&self, row: usize) -> Place {
        let (at, column) = self.cell(row);
        Place {
            file: self.file(row).to_owned(),
            sheet: self.sheet(row).to_owned(),
            row: Some(at).filter(|at| *at > 0),
            column: Some(u32::from(column)).filter(|column| *column > 0),
        }
    }
}
