//! Takes what is hidden out of the frame, and rounds what is shown.

use polars::prelude::Column;

use crate::finding::Finding;
use crate::frame::{Declared, Frame, Words};
use crate::pipeline::{Pipeline, Unit};
use crate::schema::column;
use crate::statistics::rounding::round_to_nearest;
use crate::value::Status;

/// The observations without number, counts and text in the rows that are `gone`.
///
/// # Errors
/// A column is not there: a mistake in the program, said as a finding.
pub(super) fn hide(frame: &Frame, gone: &[bool], pipeline: &Pipeline) -> Result<Frame, Finding> {
    let base = pipeline.small_numbers.base.max(1) as f64;
    let measure = frame.get(column::Measure)?;
    let (values, numerators, denominators) =
        (frame.get(column::Value)?, frame.get(column::Numerator)?, frame.get(column::Denominator)?);
    let round = |count: f64| if base > 1.0 && count.is_finite() { round_to_nearest(count, base) } else { count };
    let kept = |cells: Vec<f64>| -> Vec<f64> {
        cells.into_iter().zip(gone).map(|(cell, gone)| if *gone { f64::NAN } else { cell }).collect()
    };
    let figure = |row: usize| {
        let unit = pipeline.measures.get(measure.word(row)).map_or(Unit::Number, |measure| measure.unit);
        match (unit, unit.multiplier()) {
            (Unit::Number, _) => round(values[row]),
            (_, Some(multiplier)) if base > 1.0 && denominators[row] > 0.0 => {
                round(numerators[row]) / round(denominators[row]) * multiplier
            }
            _ => values[row],
        }
    };
    let words = |read: &dyn Fn(usize) -> String| {
        let all: Vec<String> = (0..gone.len()).map(read).collect();
        Words::coded(all.iter().map(String::as_str))
    };
    let (status, raw) = (frame.get(column::Status)?, frame.get(column::Raw)?);
    let (codes, known) = words(&|row| if gone[row] { Status::Protected.word() } else { status.word(row) }.to_owned());
    let (raws, texts) = words(&|row| if gone[row] || base > 1.0 { "" } else { raw.word(row) }.to_owned());
    let mut changed: Vec<Column> = vec![
        column::Value.holding(kept((0..gone.len()).map(figure).collect()))?,
        column::Numerator.holding(kept(numerators.iter().map(|&count| round(count)).collect()))?,
        column::Denominator.holding(kept(denominators.iter().map(|&count| round(count)).collect()))?,
        column::Status.holding((codes, &known))?,
        column::Raw.holding((raws, &texts))?,
    ];
    let columns =
        frame.polars().columns().iter().map(|old| match changed.iter().position(|new| new.name() == old.name()) {
            Some(at) => changed.swap_remove(at),
            None => old.clone(),
        });
    Frame::new(columns.collect())
}
