//! The message of years so far, planned and ahead: figures beside each other, and no word of what they mean.

use super::{behind, direction};
use crate::chart::fan::FanChart;
use crate::reading::{span, words};

/// The title: what may come, else the figure beside the planned one.
pub fn title(chart: &FanChart) -> String {
    let (measure, subject) = (&chart.context.measure, &chart.context.subject);
    let head = measure.heading();
    let at = |at: usize| chart.periods[at].at();
    let ahead = chart.end().and_then(|(year, figure)| {
        Some(format!("about {} {} if things go on as they have", measure.shown(figure.number()?), at(year)))
    });
    let met = chart.met().map(|(year, value, planned)| {
        format!("{} {}, {} planned", measure.shown(value), at(year), measure.shown(planned))
    });
    let last = chart.last().map(|(year, value)| format!("{} {}", measure.shown(value), at(year)));
    let Some(said) = ahead.or(met).or(last) else { return head };
    words::fitting(subject, &[format!("{head} in {subject}: {said}"), format!("{head}: {said}")])
}

/// The alt text.
pub fn alt(chart: &FanChart) -> String {
    let measure = &chart.context.measure;
    let said = |(at, value): &(usize, f64)| format!("{} {}", measure.shown(*value), chart.periods[*at].at());
    let own = FanChart::points(&chart.figures);
    let ends = match own.as_slice() {
        [] => String::new(),
        [only] => format!("{}.", said(only)),
        [first, .., last] => format!("From {} to {}.", said(first), said(last)),
    };
    let plan: Vec<String> = FanChart::points(&chart.plan).iter().map(said).collect();
    let plan = if plan.is_empty() { String::new() } else { format!("Planned: {}.", plan.join(", ")) };
    let ahead = chart.end().and_then(|(at, figure)| {
        let (low, high) = figure.interval?;
        let [low, high] = [low, high].map(|value| measure.shown(value));
        Some(format!("Ahead: {}, anything from {low} to {high}.", said(&(at, figure.number()?))))
    });
    let opening = words::opening("Line chart", measure);
    let all = [ends, plan, ahead.unwrap_or_default()].map(|text| behind(&text)).concat();
    format!("{opening}, {}, {}.{}{all}", chart.context.subject, span(&chart.periods), direction(measure))
}
