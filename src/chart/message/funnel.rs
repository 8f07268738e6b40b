//! The message of a funnel plot: between the limits, or outside which.
//!
//! In: a `FunnelChart`. Out: its title and its alt text. Inside the limits a difference may be chance, and the words
//! say so.

use super::standing::{Standing, authorities};
use super::{cautions, choose, polarity, relations};
use crate::chart::data::{Figure, Place, Role};
use crate::chart::funnel::{FunnelChart, Zone};
use crate::chart::words;

/// The title of a funnel plot: inside the limits, or outside which.
pub fn title(chart: &FunnelChart) -> String {
    let context = &chart.context;
    let (subject, short) = (&context.subject, &context.measure.short);
    let Some((_, denominator, value)) = own(chart) else {
        return funnel(chart).title();
    };
    let written = words::value(value, &context.measure);
    let side = if value > chart.benchmark { "above" } else { "below" };
    let (words, limits) = match chart.zone(denominator, value) {
        Zone::Inside if chart.over_dispersed => ("is not unusual among local authorities", ""),
        Zone::Inside => ("is within the range expected by chance", ""),
        Zone::Inner => (side, " the 95% limits"),
        Zone::Outer => (side, " the 99.8% limits"),
        Zone::Unknown => return funnel(chart).title(),
    };
    let core = match words {
        "above" | "below" => format!("lies {words}{limits}, at {written}"),
        inside => format!("{inside}, at {written}"),
    };
    choose(context, &[format!("{subject} {core} for {short}"), format!("{subject} {core}")])
}

fn own(chart: &FunnelChart) -> Option<(&Place, f64, f64)> {
    chart.points().into_iter().find(|(place, ..)| place.role == Role::Subject)
}

/// The alt text of a funnel plot.
pub fn alt(chart: &FunnelChart) -> String {
    let context = &chart.context;
    let outside = chart.outside();
    let mut names: Vec<&str> = outside.iter().map(|(place, ..)| place.name.as_str()).collect();
    names.truncate(5);
    let outside = match outside.len() {
        0 => " No authority lies outside the 99.8% limits.".to_owned(),
        many if many > names.len() => {
            format!(" {many} lie outside the 99.8% limits, among them {}.", words::list(&names))
        }
        many => format!(" Outside the 99.8% limits: {many}, {}.", words::list(&names)),
    };
    let size = own(chart).map_or(String::new(), |(_, denominator, _)| {
        format!(" Its number of {} is {}.", chart.counted, words::count(denominator.round() as u64))
    });
    format!(
        "{}, by number of {}, {} in {}.{} {}.{size} {} at {}.{outside}{}",
        super::opening("Funnel plot", &context.measure),
        chart.counted,
        authorities(chart.points().len()),
        chart.period.prose,
        polarity(&context.measure),
        title(chart),
        if chart.is_england() { "England stands" } else { "All authorities drawn, taken together, stand" },
        words::value(chart.benchmark, &context.measure),
        cautions(context),
    )
}

fn funnel(chart: &FunnelChart) -> Standing<'_> {
    let figure = chart.subject().map(|place| &place.figure);
    let relations = relations(&chart.context, figure.and_then(Figure::number), Some(chart.benchmark), None);
    Standing { context: &chart.context, period: &chart.period, figure, relations }
}
