//! A council's own months: the usual range of each unbroken run, and which months are unusual.

use super::slice::{Ask, Slice};
use crate::chart::Chart;
use crate::chart::control::{ControlChart, Usual};
use crate::chart::data::{Break, Figure, Period, Unit};
use crate::period::Length;
use crate::reading::Month;
use crate::statistics::control_chart::{PointLabel, XmrLimits, xmr_labels, xmr_limits};

/// The most months shown.
const MONTHS: usize = 36;

/// The months up to the one asked for; nothing where the measure has none.
pub fn control(slice: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let last = slice.when(ask).filter(|when| when.key.length() == Length::MONTH)?;
    let mut whens = slice.until(ask, last);
    whens.drain(..whens.len().saturating_sub(MONTHS));
    let figures: Vec<Figure> = whens.iter().map(|&when| slice.figure(ask, when, ask.authority)).collect();
    let (months, breaks) =
        (whens.iter().map(|&when| slice.period(when)).collect::<Vec<_>>(), slice.breaks(ask, &whens));
    let runs = runs(&months, &figures, &breaks);
    let mut context = slice.context(ask, &whens);
    context.neighbours = None;
    if let Some(reading) = &mut context.reading {
        // The latest run alone says what is usual now; it ends with the latest month or there is none.
        let values = runs.last().filter(|run| run.0 + run.1.len() == months.len()).map(|run| run.1.as_slice());
        reading.month = Some(Month::of(values.unwrap_or_default(), context.measure.polarity));
        reading.against.clear();
    }
    let (mut usual, unusual) = judged(&runs);
    let most = if context.measure.unit == Unit::Percent { 100.0 } else { f64::INFINITY };
    usual.iter_mut().for_each(|usual| hold(&mut usual.limits, &figures, most));
    Some(ControlChart { context, months, figures, usual, unusual, target: None, breaks }.into())
}

/// Limits do not leave what is possible: no share is under none or over all, and no count is under none.
fn hold(limits: &mut XmrLimits, figures: &[Figure], most: f64) {
    if figures.iter().filter_map(Figure::number).all(|value| (0.0..=most).contains(&value)) {
        (limits.lower, limits.upper) = (limits.lower.max(0.0), limits.upper.min(most));
    }
}

/// The runs of months without a gap or a declared change: the place of the first, and the figures.
fn runs(months: &[Period], figures: &[Figure], breaks: &[Break]) -> Vec<(usize, Vec<f64>)> {
    let mut runs: Vec<(usize, Vec<f64>)> = Vec::new();
    let mut before: Option<i32> = None;
    for (at, (month, figure)) in months.iter().zip(figures).enumerate() {
        let Some(value) = figure.number() else {
            before = None;
            continue;
        };
        let joined = before.is_some_and(|before| {
            month.order - before == 1 && !breaks.iter().any(|gap| before < gap.order && gap.order <= month.order)
        });
        match runs.last_mut() {
            Some(run) if joined => run.1.push(value),
            _ => runs.push((at, vec![value])),
        }
        before = Some(month.order);
    }
    runs
}

/// The usual range of each run that is long enough, and the places of the months that are unusual in it.
fn judged(runs: &[(usize, Vec<f64>)]) -> (Vec<Usual>, Vec<usize>) {
    let (mut usual, mut unusual) = (Vec::new(), Vec::new());
    for (from, values) in runs.iter().filter(|(_, values)| values.len() >= Month::FEWEST) {
        let Some(limits) = xmr_limits(values, true) else { continue };
        usual.push(Usual { from: *from, to: from + values.len() - 1, limits });
        let labels = xmr_labels(values).into_iter().enumerate();
        unusual.extend(labels.filter(|(_, label)| *label != PointLabel::CommonCause).map(|(at, _)| from + at));
    }
    (usual, unusual)
}

#[cfg(test)]
mod tests {
    use super::{judged, runs};
    use crate::chart::data::{Break, Figure, Period};

    #[test]
    fn a_gap_and_a_declared_change_begin_a_new_run_and_a_new_range() {
        let months: Vec<Period> = (0..26).map(|order| Period::new(order, &format!("month {order}"))).collect();
        let mut figures: Vec<Figure> =
            (0..26).map(|at| Figure::of(if at < 13 { 10.0 } else { 20.0 } + f64::from(at % 2))).collect();
        let changed = [Break { order: 13, reason: "counted anew".into() }];
        let lengths = |figures: &[Figure], breaks: &[Break]| {
            runs(&months, figures, breaks).iter().map(|run| run.1.len()).collect::<Vec<_>>()
        };
        assert_eq!(lengths(&figures, &[]), [26]);
        assert_eq!(lengths(&figures, &changed), [13, 13]);
        let (usual, unusual) = judged(&runs(&months, &figures, &changed));
        // Each step is 1, so the limits lie 2.66 from the mean of 10 and 11 in turn.
        assert_eq!(usual.len(), 2);
        assert!((usual[0].limits.mean - 136.0 / 13.0).abs() < 1e-9, "{:?}", usual[0]);
        assert!((usual[1].limits.upper - usual[1].limits.mean - 2.66).abs() < 1e-9, "{:?}", usual[1]);
        assert!(unusual.is_empty(), "{unusual:?}");
        figures[20] = Figure::missing("x", "not available");
        assert_eq!(lengths(&figures, &changed), [13, 7, 5]);
    }
}
