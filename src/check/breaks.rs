//! Declared breaks of a series, by the end of the first period after them. A change across one says nothing.

use crate::finding::Finding;
use crate::frame::Frame;
use crate::pipeline::Pipeline;
use crate::schema::column;

/// The breaks of a table.
///
/// The end of the first period after each, and by code of measure whether it is concerned.
pub(super) struct Breaks(Vec<(i32, Vec<bool>)>);

impl Breaks {
    /// # Errors
    /// A frame that lacks a column: a mistake in the program, said as a finding.
    pub fn of(pipeline: &Pipeline, frame: &Frame) -> Result<Breaks, Finding> {
        let (period, ends) = (frame.get(column::Period)?, frame.get(column::PeriodEnd)?);
        let measure = frame.get(column::Measure)?;
        let mut first: Vec<Option<i32>> = vec![None; period.words.len()];
        if !pipeline.breaks.is_empty() {
            for (row, &end) in ends.iter().enumerate() {
                first[period.codes.get(row)] = Some(end);
            }
        }
        let concerned = |names: &[String]| {
            let concerns = |word: &&str| names.is_empty() || names.iter().any(|name| name == word);
            measure.words.iter().map(concerns).collect()
        };
        let ends = pipeline.breaks.iter().filter_map(|known| {
            let end = period.code(&known.period).and_then(|code| first[code])?;
            Some((end, concerned(&known.measures)))
        });
        Ok(Breaks(ends.collect()))
    }

    /// Whether a break of the measure with that code lies after `earlier` and up to `later`.
    pub fn between(&self, measure: usize, earlier: i32, later: i32) -> bool {
        self.0.iter().any(|(end, concerned)| earlier < *end && *end <= later && concerned[measure])
    }
}
