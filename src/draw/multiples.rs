//! Several measures, or the breakdowns of one, as small charts of the years beside England.

use super::comparators::Comparators;
use super::slice::{Ask, Slice};
use super::stacked::shared_label;
use super::trend;
use crate::chart::Chart;
use crate::chart::data::{Context, Measure, Polarity, Unit};
use crate::chart::multiples::{MultiplesChart, Panel};
use crate::chart::trend::{Series, TrendChart};
use crate::reading::words;
use crate::shown::{self, sentence};

/// A panel a slice; `names` are those of the parts by `topic`, empty where each slice is a measure of its own.
pub fn multiples(slices: &[Slice<'_>], names: &[String], topic: &str, ask: &Ask<'_>) -> Option<Chart> {
    let comparators = Comparators { england: ask.comparators.england, ..Comparators::of(Vec::new()) };
    let alone = Ask { comparators: &comparators, period: ask.period, ..*ask };
    let mut panels = Vec::new();
    let mut contexts: Vec<Context> = Vec::new();
    for (at, slice) in slices.iter().enumerate() {
        let Some(Chart::Trend(trend)) = trend::trend(slice, &alone) else { continue };
        let trend = begun(trend);
        let reading = trend.context.reading.as_ref();
        let fragment = reading.filter(|reading| reading.level.value().is_some()).map(fragment).unwrap_or_default();
        let heading = names.get(at).map_or_else(|| trend.context.measure.heading(), |name| sentence(name));
        contexts.push(trend.context.clone());
        panels.push(Panel { heading, fragment, trend });
    }
    let first = contexts.first()?;
    if contexts.iter().all(|context| context.measure.unit == first.measure.unit) {
        // What reaches equally far stands in one row, where one scale serves.
        panels.sort_by(|a, b| reach(b).total_cmp(&reach(a)));
    }
    let mut context = Context::new(&first.subject, common(slices, names, topic, first), &sources(&contexts));
    context.illustrative = contexts.iter().any(|context| context.illustrative);
    Some(MultiplesChart { context, panels }.into())
}

/// The same years without those before the first figure of any line.
fn begun(mut trend: TrendChart) -> TrendChart {
    let first = |series: &Series| series.figures.iter().position(|figure| figure.number().is_some());
    let empty = trend.series.iter().filter_map(first).min().unwrap_or(0);
    trend.periods.drain(..empty.min(trend.periods.len()));
    for series in &mut trend.series {
        series.figures.drain(..empty.min(series.figures.len()));
    }
    trend
}

/// The highest figure of a panel.
fn reach(panel: &Panel) -> f64 {
    let figures = panel.trend.series.iter().flat_map(|series| &series.figures);
    figures.filter_map(|figure| figure.number()).fold(f64::NEG_INFINITY, f64::max)
}

/// `Fell by 4 points in a year`.
fn fragment(reading: &crate::reading::Reading) -> String {
    let moved = words::moved(reading);
    if reading.change.movement().is_some() && !moved.is_empty() { format!("{moved} in a year") } else { moved }
}

/// What the panels have in common: the measure whose parts they are, or nothing.
fn common(slices: &[Slice<'_>], names: &[String], topic: &str, first: &Context) -> Measure {
    if names.is_empty() {
        let labels: Vec<String> = slices.iter().map(|slice| slice.found().measure.label.clone()).collect();
        let one_table = slices.iter().all(|slice| slice.found().table == slices[0].found().table);
        let title = || slices[0].found().meta.title.split([',', ':']).next().unwrap_or_default().to_owned();
        let label = shared_label(&labels).or_else(|| one_table.then(title)).unwrap_or_default();
        return Measure::new(&label, &shown::within(&label), Unit::Score, 0, Polarity::None);
    }
    let mut measure = first.measure.clone();
    let label = slices.first().map_or("", |slice| slice.found().measure.label.as_str());
    measure.label = format!("{label} by {}", shown::within(topic));
    measure.noun = format!("{} by {}", measure.noun, shown::within(topic));
    measure.part.clear();
    measure
}

/// Each source once.
fn sources(contexts: &[Context]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for context in contexts {
        if !all.contains(&context.source.as_str()) {
            all.push(&context.source);
        }
    }
    all.join("; ")
}
