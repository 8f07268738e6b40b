//! What stands beside a figure of an area's page: of the published comparisons where they have it, else compared at once.

use serde::Serialize;

use super::row::{Context, Shown};
use super::shown;
use crate::browse::verdict::{Verdict, against};
use crate::comparator::{Average, Comparator};
use crate::figure::beside;
use crate::finding::Error;
use crate::reading::{Reading, words};
use crate::series::Beside;
use crate::sidebyside::{Compare, SideBySide, side_by_side};
use crate::store::Found;

/// What stands beside a figure.
#[derive(Serialize)]
pub struct ComparatorFigure {
    pub verdict: Verdict,
    figure: Shown,
    /// Its figure, where there is one that can stand beside the other.
    #[serde(skip)]
    pub value: Option<f64>,
    /// The id of its figure.
    #[serde(skip)]
    pub id: String,
}

impl Context<'_> {
    /// What stands beside the figure of a measure in a period, in the order asked for.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn sides_of(
        &self,
        found: &Found<'_>,
        reading: &Reading,
        id: &str,
        period: &str,
    ) -> Result<Vec<ComparatorFigure>, Error> {
        let is_published =
            |one: &Comparator| Beside::of(one).is_some() && (self.average == Average::Mean || one.is_published());
        let told = match self.beside.iter().all(is_published) {
            true => None,
            false => self.told(found, period)?,
        };
        let side = |one: &Comparator| match &told {
            _ if is_published(one) => published(one, reading, id),
            Some(told) => compared(one, told, reading),
            None => ComparatorFigure::nothing(),
        };
        Ok(self.beside.iter().map(side).collect())
    }

    /// The figures compared at once; none where the measure has none in that period.
    fn told(&self, found: &Found<'_>, period: &str) -> Result<Option<SideBySide>, Error> {
        let options = Compare {
            with: self.beside.iter().map(Comparator::key).collect(),
            average: self.average,
            period: Some(period.to_owned()).filter(|period| !period.is_empty()),
            ..Compare::of(found, self.code)
        };
        let frame = self.build.observed(found)?;
        Ok(side_by_side(&options, found, &frame, &self.build.catalogue, &self.build.register).ok())
    }
}

impl ComparatorFigure {
    fn nothing() -> ComparatorFigure {
        let verdict = words::Tag { word: "Not compared", shape: words::Shape::Dash }.into();
        ComparatorFigure { verdict, figure: Shown::default(), value: None, id: String::new() }
    }
}

/// What the published comparisons have of it.
fn published(one: &Comparator, reading: &Reading, id: &str) -> ComparatorFigure {
    let Some(against) = against(one, reading) else { return ComparatorFigure::nothing() };
    // The average of grades is no grade.
    let stands = reading.measure.grades.is_empty() && (words::may_stand(against) || reading.measure.is_amount());
    let id = beside(id, &one.key());
    let value = against.value;
    let figure = value.filter(|_| stands).map_or_else(Shown::default, |value| shown(reading.measure.shown(value), &id));
    ComparatorFigure { verdict: words::tag(against.verdict).into(), figure, value, id }
}

/// What was compared at once.
fn compared(one: &Comparator, told: &SideBySide, reading: &Reading) -> ComparatorFigure {
    let line = told.lines.iter().find(|line| line.comparator.as_ref() == Some(one));
    let Some((line, (seen, id))) = line.and_then(|line| Some((line, line.figures.last()?))) else {
        return ComparatorFigure::nothing();
    };
    let stands = one.is_published() || reading.measure.grades.is_empty();
    let figure = match seen.value.filter(|_| stands) {
        Some(value) => shown(reading.measure.shown(value), id),
        None if one.is_published() => shown(seen.missing.word(), ""),
        None => Shown::default(),
    };
    let verdict =
        line.verdict.map_or_else(|| ComparatorFigure::nothing().verdict, |verdict| words::tag(verdict).into());
    ComparatorFigure { verdict, figure, value: seen.value, id: id.clone() }
}
