//! How far apart authorities are on a measure, year by year.

use super::asked::Asked;
use super::print::{Cell, Sheet};
use super::said;
use super::view::View;
use crate::compare::Comparison;
use crate::finding::Error;
use crate::frame::Frame;
use crate::statistics::dispersion::spread;
use crate::statistics::quantile::percentile;
use crate::store::Found;

/// One row a period.
///
/// # Errors
/// No such period.
pub fn sheet(asked: &Asked<'_>, found: &Found<'_>, frame: &Frame, only: (String, String)) -> Result<Sheet, Error> {
    let context = asked.context(found, &only);
    let comparison = Comparison::of(frame, &context).map_err(said)?;
    let view = View::of(asked, found, frame, &comparison, &only)?;
    let places = found.measure.places;
    let names = ["Period", "Authorities", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest", "Range"];
    let more = [
        "Interquartile range",
        "Standard deviation",
        "Coefficient of variation, %",
        "Median distance from median",
        "Highest over lowest",
    ];
    let mut rows = Vec::new();
    for moment in &view.moments {
        let values: Vec<Option<f64>> =
            comparison.authorities().iter().map(|&code| comparison.figure(moment.group, code).value).collect();
        let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let Some(spread) = spread(&values) else { continue };
        let number = |value: Option<f64>| Cell::number(value, places);
        let at = |share: f64| number(percentile(&sorted, share));
        rows.push(vec![
            Cell::text(view.label(moment)),
            Cell::Number(spread.n as f64, 0),
            at(0.0),
            at(0.25),
            at(0.5),
            at(0.75),
            at(1.0),
            number(Some(spread.range)),
            number(Some(spread.iqr)),
            number(spread.sd_sample),
            Cell::number(spread.cv_percent, 1),
            number(Some(spread.mad)),
            Cell::number(spread.ratio, 2),
        ]);
    }
    Ok(Sheet {
        title: format!("{}: how far apart local authorities are", found.measure.label),
        subtitle: format!("{}, open authorities with a figure", found.measure.unit),
        columns: names.iter().chain(&more).map(|&name| name.to_owned()).collect(),
        rows,
        fixed: 1,
        notes: vec![
            "Quartiles are type 7; the standard deviation is of the sample; every authority counts as one.".to_owned(),
            format!("Source: {} ({}).", found.meta.source, found.meta.licence),
        ],
        ..Sheet::default()
    })
}
