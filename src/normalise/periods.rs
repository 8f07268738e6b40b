//! A row's period, from its column, its header or its file; one that cannot be read is found once for each text.

use chrono::Datelike;

use super::breakdown::Vocabulary;
use super::geography::Wrong;
use super::rows::Cells;
use super::{Input, Shared};
use crate::finding::Finding;
use crate::period::Period;
use crate::pipeline::{Pipeline, Release, ReleaseBlock};
use crate::text::is_raised;

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
    vocabulary: Vocabulary,
    /// The names of the file's columns.
    columns: Vec<String>,
    /// The first and the last year in which a period may end.
    years: (i32, i32),
    /// What was found, once for each text.
    pub found: Vec<Wrong>,
    /// What is to be known, once for each text.
    pub noted: Vec<Wrong>,
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
            vocabulary: Vocabulary::of(pipeline, input.block),
            columns: input.table.names().map(str::to_owned).collect(),
            years: pipeline.years.unwrap_or_else(|| usual_years(input.release)),
            found: Vec::new(),
            noted: Vec::new(),
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
        let written = header.or(self.fixed.as_deref()).unwrap_or(code).trim_end_matches(is_raised);
        let identifier_here = self.block.period_identifier.as_deref().unwrap_or(identifier);
        let index = match self.read(written, identifier_here, column) {
            Ok(period) => {
                if !period.marks.is_empty() {
                    let finding = marked(written, &period);
                    self.noted.push(Wrong { finding, text: written.to_owned(), row: row as u32 });
                }
                Ok(shared.period_index(&period, self.release))
            }
            Err(finding) => {
                self.found.push(Wrong { finding, text: written.to_owned(), row: row as u32 });
                Err(self.found.len() - 1)
            }
        };
        self.known.push((code, identifier, header.map(str::to_owned), index));
        self.last = self.known.len() - 1;
        index
    }

    /// The period of a text, in the words that `labels` has for it, where the years allow for it.
    fn read(&self, written: &str, identifier: &str, column: Option<usize>) -> Result<Period, Finding> {
        let named = column.and_then(|column| self.columns.get(column));
        let called = self.vocabulary.label("period", written);
        let called = named.map_or(called, |name| self.vocabulary.label(name, called));
        let period = Period::parse(called, identifier, self.pipeline.period_ends).map_err(|message| {
            let help = match written {
                "" => "say `period` or `period_column` in the block".to_owned(),
                _ => format!(
                    "say in {} what it means, `labels = {{ period = {{ \"{}\" = \"March 2024\" }} }}`, or leave such rows out with `drop`",
                    self.pipeline.path,
                    written.escape_debug()
                ),
            };
            Finding::error("unknown-period", message, help)
        })?;
        let (first, last) = self.years;
        if (first..=last).contains(&period.end.year()) {
            return Ok(period);
        }
        let message =
            format!("`{written}` ends in {}; release {} may have {first} to {last}", period.end.year(), self.release);
        let help = format!(
            "correct a slip with a `[[correction]]`; if the return does reach so far, write `years = [{}, {}]` at the top of {}",
            first.min(period.end.year()),
            last.max(period.end.year()),
            self.pipeline.path
        );
        Err(Finding::error("period-out-of-range", message, help))
    }
}

/// The years in which the periods of a release may end, where the pipeline says nothing: no return goes further back, and
/// few look further ahead than a plan for eight years.
fn usual_years(release: &Release) -> (i32, i32) {
    (1980, release.year().map_or(2099, |year| year + 8))
}

/// That a period stands in its cell with a mark.
fn marked(written: &str, period: &Period) -> Finding {
    let message = format!("`{written}` is read as {}; `{}` behind it is a mark", period.label(), period.marks);
    let help =
        "nothing to do; look into the publisher's notes for what the mark says of the figures, such as provisional";
    Finding::note("period-marked", message, help)
}
