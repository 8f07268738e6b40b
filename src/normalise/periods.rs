//! A row's period, from its column, its header or its file; one that cannot be read is found once for each text.

use super::geography::Wrong;
use super::rows::Cells;
use super::{Input, Shared};
use crate::finding::Finding;
use crate::period::Period;
use crate::pipeline::{Pipeline, Release, ReleaseBlock};

/// A period's code and identifier, the header's, and its number; where it is none the number of what was found.
type Known<'a> = (&'a str, &'a str, Option<String>, Result<usize, usize>);

/// Reads the periods of rows; equal texts are read once.
pub(super) struct Periods<'a> {
    pipeline: &'a Pipeline,
    block: &'a ReleaseBlock,
    release: &'a Release,
    fixed: Option<String>,
    known: Vec<Known<'a>>,
    last: usize,
    /// What was found, once for each text.
    pub found: Vec<Wrong>,
}

impl<'a> Periods<'a> {
    pub fn new(pipeline: &'a Pipeline, input: &Input<'a>) -> Periods<'a> {
        let fixed =
            input.block.period.as_ref().map(|period| period.get_ref().replace("{release}", input.release.as_str()));
        Periods {
            pipeline,
            block: input.block,
            release: input.release,
            fixed,
            known: Vec::new(),
            last: 0,
            found: Vec::new(),
        }
    }

    /// The number of a row's period: of its column, of its header, or of the whole file.
    ///
    /// # Errors
    /// The number of what was found, where it is no period.
    pub fn of(
        &mut self,
        cells: &Cells<'a>,
        row: usize,
        column: Option<usize>,
        identifier: Option<usize>,
        header: Option<&str>,
        shared: &mut Shared,
    ) -> Result<usize, usize> {
        let code = column.map_or("", |column| cells.text(row, column));
        let identifier = identifier.map_or("", |column| cells.text(row, column));
        let same = |known: &Known<'_>| known.0 == code && known.1 == identifier && known.2.as_deref() == header;
        if let Some(known) = self.known.get(self.last).filter(|known| same(known)) {
            return known.3;
        }
        if let Some(index) = self.known.iter().position(same) {
            self.last = index;
            return self.known[index].3;
        }
        let written = header.or(self.fixed.as_deref()).unwrap_or(code);
        let identifier_here = self.block.period_identifier.as_deref().unwrap_or(identifier);
        let index = match Period::read(written, identifier_here, self.pipeline.period_ends) {
            Ok(period) => Ok(shared.period_index(&period, self.release)),
            Err(message) => {
                let help = if written.is_empty() {
                    "say `period` or `period_column` in the block"
                } else {
                    "leave such rows out with `drop`, or correct the block's period"
                };
                let finding = Finding::error("unknown-period", message, help);
                self.found.push(Wrong { finding, text: written.to_owned(), row: row as u32 });
                Err(self.found.len() - 1)
            }
        };
        self.known.push((code, identifier, header.map(str::to_owned), index));
        self.last = self.known.len() - 1;
        index
    }
}
