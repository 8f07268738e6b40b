//! The figures that differ, in words: what became of each, both sides, and how large the change is.

use rustc_hash::FxHashMap;

use super::values::{Change, Kind};
use crate::figure::Figures;
use crate::finding::Finding;
use crate::frame::{Coded, Frame};
use crate::schema::column;
use crate::shown::trimmed;
use crate::value::Status;

/// A figure that differs, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What became of it.
    pub kind: Kind,
    /// The measure, by name.
    pub measure: String,
    /// The period as a reader sees it.
    pub period: String,
    /// The area's name.
    pub area: String,
    /// Its 3-digit code, else its 9-character code.
    pub code: String,
    /// Topic and breakdown.
    pub breakdown: (String, String),
    /// The old number or the word for why there was none; empty where there was no row.
    pub old: BuildFigure,
    /// The new one.
    pub new: BuildFigure,
    /// How large the change is: in standard deviations of the figures of that measure and breakdown.
    pub size: f64,
    /// The figure's id, for `abreast explain`.
    pub id: String,
    /// Whether it is of a school or another part of the area whose code it has.
    pub below: bool,
}

/// One side of a change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BuildFigure {
    /// The number.
    pub value: Option<f64>,
    /// The status, empty where there is no row.
    pub status: String,
    /// The release it stands in.
    pub release: String,
}

/// What stands for an old number that is hidden now.
const HIDDEN_NOW: &str = "a number, not shown because it is withheld now";

impl BuildFigure {
    /// The figure as it may be told beside the new one: a number that is now withheld to protect people is not printed again.
    fn beside(self, after: &BuildFigure) -> BuildFigure {
        let withheld = after.value.is_none() && Status::from_word(&after.status).is_some_and(Status::is_withheld);
        match self.value {
            Some(_) if withheld => BuildFigure { value: None, status: HIDDEN_NOW.to_owned(), ..self },
            _ => self,
        }
    }

    /// The number, else the status.
    pub fn words(&self) -> String {
        match self.value {
            Some(value) => trimmed(value, 4),
            None if self.status.is_empty() => "no row".to_owned(),
            None => self.status.replace('_', " "),
        }
    }
}

/// How far figures of a measure, level, topic and breakdown are spread.
pub type Size = FxHashMap<[usize; 4], f64>;

/// The standard deviation of the latest figures by measure, level, topic and breakdown (their codes in `frame`).
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn sizes(frame: &Frame) -> Result<Size, Finding> {
    let figures = Figures::of(frame)?;
    let (values, latest) = (frame.get(column::Value)?, frame.get(column::Latest)?);
    let mut sums: FxHashMap<[usize; 4], (f64, f64, f64)> = FxHashMap::default();
    for row in (0..values.len()).filter(|&row| latest.get_bit(row) && values[row].is_finite()) {
        let (count, mean, squares) = sums.entry(key(&figures, row)).or_insert((0.0, 0.0, 0.0));
        *count += 1.0;
        let gap = values[row] - *mean;
        *mean += gap / *count;
        *squares += gap * (values[row] - *mean);
    }
    Ok(sums.into_iter().map(|(key, (count, _, squares))| (key, (squares / count).sqrt())).collect())
}

fn key(figures: &Figures<'_>, row: usize) -> [usize; 4] {
    [&figures.measure, &figures.level, &figures.topic, &figures.breakdown].map(|coded| coded.codes.get(row))
}

/// The changes in words.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn lines(table: &str, changes: &[Change], old: &Frame, new: &Frame, sizes: &Size) -> Result<Vec<Line>, Finding> {
    let (old, new) = (BuildColumns::of(old)?, BuildColumns::of(new)?);
    let line = |change: &Change| {
        let (side, row) = match (change.new, change.old) {
            (Some(row), _) => (&new, row),
            (None, Some(row)) => (&old, row),
            (None, None) => return None,
        };
        let figures = &side.figures;
        let after = change.new.map(|row| new.figure(row)).unwrap_or_default();
        let before = change.old.map(|row| old.figure(row)).unwrap_or_default().beside(&after);
        let gap = before.value.zip(after.value).map_or(0.0, |(one, other)| (other - one).abs());
        let spread = change.new.and_then(|row| sizes.get(&key(&new.figures, row)).copied()).filter(|size| *size > 0.0);
        Some(Line {
            kind: change.kind,
            measure: figures.measure.word(row).to_owned(),
            period: figures.periods.label(row),
            area: figures.name.word(row).to_owned(),
            code: figures.area(row).to_owned(),
            breakdown: (figures.topic.word(row).to_owned(), figures.breakdown.word(row).to_owned()),
            old: before,
            new: after,
            size: gap / spread.unwrap_or(1.0),
            id: figures.id(table, row),
            below: figures.below(row),
        })
    };
    Ok(changes.iter().filter_map(line).collect())
}

struct BuildColumns<'a> {
    figures: Figures<'a>,
    values: &'a [f64],
    status: Coded<'a>,
    release: Coded<'a>,
}

impl<'a> BuildColumns<'a> {
    fn of(frame: &'a Frame) -> Result<BuildColumns<'a>, Finding> {
        Ok(BuildColumns {
            figures: Figures::of(frame)?,
            values: frame.get(column::Value)?,
            status: frame.get(column::Status)?,
            release: frame.get(column::Release)?,
        })
    }

    fn figure(&self, row: usize) -> BuildFigure {
        BuildFigure {
            value: Some(self.values[row]).filter(|value| value.is_finite()),
            status: self.status.word(row).to_owned(),
            release: self.release.word(row).to_owned(),
        }
    }
}
