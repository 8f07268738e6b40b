//! The message of charts that show many places in one period: where the authority stands, and how far all reach.

use super::{about, authorities, direction, extent, told};
use crate::chart::bars::BarsChart;
use crate::chart::data::{Measure, order, order_words};
use crate::chart::neighbours::NeighboursChart;
use crate::chart::ordered::OrderedChart;
use crate::chart::scatter::ScatterChart;
use crate::chart::strip::StripChart;
use crate::reading::words;
use crate::shown::{list, within};

/// The title of all authorities in order.
pub fn ordered_title(chart: &OrderedChart) -> String {
    told(&chart.context, words::among)
}

/// The alt text of all authorities in order.
pub fn ordered_alt(chart: &OrderedChart) -> String {
    let context = &chart.context;
    let sorted: Vec<(&str, f64)> = chart.sorted().iter().map(|(place, value)| (place.name.as_str(), *value)).collect();
    let without = match chart.places.len() - sorted.len() {
        0 => String::new(),
        1 => " One without a figure is listed beneath.".into(),
        many => format!(" {many} without a figure are listed beneath."),
    };
    format!(
        "{}, {} {}, {}.{}{}{}{without}",
        words::opening("Bar chart", &context.measure),
        authorities(sorted.len()),
        chart.period.at(),
        order_words(&context.measure),
        direction(&context.measure),
        extent(&context.measure, &sorted),
        about(context),
    )
}

/// The title of neighbours side by side.
pub fn neighbours_title(chart: &NeighboursChart) -> String {
    told(&chart.context, words::beside_neighbours)
}

/// The alt text of neighbours side by side.
pub fn neighbours_alt(chart: &NeighboursChart) -> String {
    let context = &chart.context;
    let mut sorted: Vec<(&str, f64)> =
        chart.places.iter().filter_map(|place| Some((place.name.as_str(), place.figure.number()?))).collect();
    sorted.sort_by(|a, b| order(&context.measure, a.1, b.1));
    let gone = chart.places.len() - sorted.len();
    let gone = if gone > 0 { format!(" No figure: {gone} of {}.", chart.places.len()) } else { String::new() };
    format!(
        "{}, {} and its statistical neighbours {}.{}{}{}{gone}",
        words::opening("Bar chart", &context.measure),
        context.subject,
        chart.period.at(),
        direction(&context.measure),
        extent(&context.measure, &sorted),
        about(context),
    )
}

/// The title of one measure against its comparators.
pub fn bars_title(chart: &BarsChart) -> String {
    told(&chart.context, words::in_one_period)
}

/// The alt text of one measure against its comparators.
pub fn bars_alt(chart: &BarsChart) -> String {
    let context = &chart.context;
    let names: Vec<&str> = chart.places.iter().map(|place| place.name.as_str()).collect();
    format!(
        "{}, {} {}.{}{}",
        words::opening("Bar chart", &context.measure),
        list(&names),
        chart.period.at(),
        direction(&context.measure),
        about(context),
    )
}

/// The title of a distribution strip.
pub fn strip_title(chart: &StripChart) -> String {
    told(&chart.context, words::among)
}

/// The alt text of a distribution strip.
pub fn strip_alt(chart: &StripChart) -> String {
    let context = &chart.context;
    let say = |value| context.measure.shown(value);
    let sorted: Vec<(&str, f64)> = chart.sorted().iter().map(|(place, value)| (place.name.as_str(), *value)).collect();
    let middle = chart.quartiles.map_or(String::new(), |[low, middle, high]| {
        format!(" The middle half lies between {} and {}, the median is {}.", say(low), say(high), say(middle))
    });
    format!(
        "{}, {} {}.{}{}{middle}{}",
        words::opening("Strip of dots", &context.measure),
        authorities(sorted.len()),
        chart.period.at(),
        direction(&context.measure),
        extent(&context.measure, &sorted),
        about(context),
    )
}

/// The title of two measures: the chosen authority's two figures, and no more.
pub fn scatter_title(chart: &ScatterChart) -> String {
    let (measure, across) = (&chart.context.measure, &chart.across);
    let subject = &chart.context.subject;
    let head = format!("{} and {}", measure.heading(), within(&across.heading()));
    match chart.own() {
        Some((_, x, y)) => {
            let both = format!("{} and {}", measure.shown(y), across.shown(x));
            words::fitting(subject, &[format!("{head} in {subject}: {both}"), format!("{head}: {both}")])
        }
        None => format!("{head} in {subject}: not both have a figure"),
    }
}

/// The alt text of two measures.
pub fn scatter_alt(chart: &ScatterChart) -> String {
    let (measure, across, points) = (&chart.context.measure, &chart.across, chart.points());
    let count = authorities(points.len());
    let range = |values: Vec<f64>, measure: &Measure| {
        let ends = (
            values.iter().copied().fold(f64::INFINITY, f64::min),
            values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        );
        format!("from {} to {}", measure.shown(ends.0), measure.shown(ends.1))
    };
    let (up, along) = (points.iter().map(|p| p.2).collect(), points.iter().map(|p| p.1).collect());
    format!(
        "{}, upright, {}, and {}, {}, along the foot: {count} {}. {}.",
        words::opening("Scatter plot", measure),
        range(up, measure),
        across.label,
        range(along, across),
        chart.period.at(),
        scatter_title(chart),
    )
}
