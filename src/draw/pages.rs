//! Many measures on one page: the spine centred on England, and the scorecard.

use super::one_period::bounds;
use super::slice::{Ask, Slice};
use crate::chart::Chart;
use crate::chart::data::{Context, Measure, Period, Polarity, Unit};
use crate::chart::scorecard::{ScoreRow, ScorecardChart};
use crate::chart::spine::{SpineChart, SpineRow};
use crate::series::When;
use crate::shown;

/// A row a measure, centred on England; measures whose figure for England is a total are named and left out.
pub fn spine(slices: &[Slice<'_>], ask: &Ask<'_>) -> Option<Chart> {
    let mut context = page(slices, ask)?;
    let mut rows = Vec::new();
    let mut totals = Vec::new();
    for (slice, when) in dated(slices, ask) {
        if slice.is_total(when) {
            totals.push(slice.found().measure.label.clone());
        } else {
            rows.push(spine_row(slice, ask, when));
        }
    }
    if !totals.is_empty() {
        context.notes.push(format!("Left out, because England's figure is a total: {}", shown::list(&totals)));
    }
    Some(SpineChart { context, rows }.into())
}

fn spine_row(slice: &Slice<'_>, ask: &Ask<'_>, when: When<'_>) -> SpineRow {
    let bounds = bounds(&slice.places(ask, when));
    SpineRow {
        reading: slice.whole_reading(ask, when),
        figure: slice.figure(ask, when, ask.authority),
        benchmark: slice.england(ask, when).unwrap_or_default(),
        extent: bounds.map(|bounds| (bounds[0], bounds[4])),
        quartiles: bounds.map(|bounds| (bounds[1], bounds[3])),
    }
}

/// A row a measure with sparkline, change, rank and what is worth a remark.
pub fn scorecard(slices: &[Slice<'_>], ask: &Ask<'_>) -> Option<Chart> {
    let context = page(slices, ask)?;
    let rows = dated(slices, ask).map(|(slice, when)| score_row(slice, ask, when)).collect();
    Some(ScorecardChart { context, rows }.into())
}

fn score_row(slice: &Slice<'_>, ask: &Ask<'_>, when: When<'_>) -> ScoreRow {
    let periods = slice.until(ask, when);
    ScoreRow {
        reading: slice.whole_reading(ask, when),
        figures: periods.iter().map(|&when| slice.figure(ask, when, ask.authority)).collect(),
        periods: periods.iter().map(|&when| slice.period(when)).collect::<Vec<Period>>(),
    }
}

/// The slices that have a period to show.
fn dated<'s, 'a>(slices: &'s [Slice<'a>], ask: &'s Ask<'_>) -> impl Iterator<Item = (&'s Slice<'a>, When<'a>)> {
    slices.iter().filter_map(|slice| Some((slice, slice.when(ask)?)))
}

/// The context of a page: named for its table, or for how many measures it has; every source once.
fn page(slices: &[Slice<'_>], ask: &Ask<'_>) -> Option<Context> {
    let shown: Vec<(&Slice<'_>, When<'_>)> = dated(slices, ask).collect();
    let (first, _) = shown.first()?;
    let one_table = shown.iter().all(|(slice, _)| slice.found().table == first.found().table);
    let label = match (shown.len(), one_table) {
        (1, _) => first.found().measure.label.clone(),
        (_, true) => first.found().meta.title.clone(),
        (many, false) => format!("{many} measures"),
    };
    let measure = Measure::new(&label, &label, Unit::Number, 0, Polarity::None);
    let mut context = Context::new(&ask.subject(), measure, &sources(&shown, ask));
    context.illustrative = shown.iter().any(|(slice, _)| slice.found().meta.illustrative);
    Some(context)
}

/// Each publication once with its periods, releases and files.
fn sources(shown: &[(&Slice<'_>, When<'_>)], ask: &Ask<'_>) -> String {
    let mut sources: Vec<(String, Vec<String>)> = Vec::new();
    for (slice, when) in shown {
        let used = slice.releases.used(slice.found().meta, ask.authority, &[when.code]);
        for (release, file) in used {
            let head = format!("{}, {}, release {release}", slice.found().meta.source, slice.period(*when).prose);
            match sources.iter_mut().find(|(known, _)| *known == head) {
                Some((_, files)) if files.iter().any(|known| known == file) => {}
                Some((_, files)) => files.push(file.to_owned()),
                None => sources.push((head, vec![file.to_owned()])),
            }
        }
    }
    let written: Vec<String> = sources.iter().map(|(head, files)| format!("{head} ({})", shown::list(files))).collect();
    written.join("; ")
}
