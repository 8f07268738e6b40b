//! The message of a funnel plot: between the limits, or outside which.

use super::{about, authorities, direction};
use crate::chart::data::Role;
use crate::chart::funnel::FunnelChart;
use crate::reading::words;
use crate::shown::{list, number};

/// The title of a funnel plot: inside the limits, or outside which.
pub fn title(chart: &FunnelChart) -> String {
    let reading = chart.context.reading.as_ref();
    reading.map_or_else(|| chart.context.measure.heading(), |reading| words::in_funnel(reading, chart.over_dispersed))
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
            format!(" {many} lie outside the 99.8% limits, among them {}.", list(&names))
        }
        many => format!(" Outside the 99.8% limits: {many}, {}.", list(&names)),
    };
    let points = chart.points();
    let own = points.iter().find(|(place, ..)| place.role == Role::Subject);
    let size = own.map_or(String::new(), |(_, denominator, _)| {
        format!(" Its number of {} is {}.", chart.counted, number(*denominator, 0))
    });
    format!(
        "{}, by number of {}, {} {}.{}{}{size} {}: {}.{outside}",
        words::opening("Funnel plot", &context.measure),
        chart.counted,
        authorities(points.len()),
        chart.period.at(),
        direction(&context.measure),
        about(context),
        if chart.is_england() {
            "The limits lie around England"
        } else {
            "The limits lie around all authorities drawn"
        },
        context.measure.shown(chart.benchmark),
    )
}
