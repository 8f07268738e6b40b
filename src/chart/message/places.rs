//! The message of charts that show many places in one period.
//!
//! In: the chart. Out: its title and its alt text: where the authority stands, and the exception worth noticing.

use super::standing::{Standing, authorities, extent};
use super::{polarity, relations};
use crate::chart::data::Figure;
use crate::chart::neighbours::NeighboursChart;
use crate::chart::ordered::OrderedChart;
use crate::chart::strip::StripChart;
use crate::chart::words;

/// The title of all authorities in order.
pub fn ordered_title(chart: &OrderedChart) -> String {
    ordered(chart).title()
}

/// The alt text of all authorities in order.
pub fn ordered_alt(chart: &OrderedChart) -> String {
    let context = &chart.context;
    let sorted: Vec<(&str, f64)> = chart.sorted().iter().map(|(place, value)| (place.name.as_str(), *value)).collect();
    let without = chart.places.len() - sorted.len();
    let without = match without {
        0 => String::new(),
        1 => " One without a figure is listed beneath.".into(),
        many => format!(" {many} without a figure are listed beneath."),
    };
    format!(
        "{}, {} in {}, highest first.{}{}{}{without}",
        super::opening("Bar chart", &context.measure),
        authorities(sorted.len()),
        chart.period.prose,
        polarity(&context.measure),
        extent(context, &sorted),
        ordered(chart).sentences(),
    )
}

fn ordered(chart: &OrderedChart) -> Standing<'_> {
    let value = chart.subject().and_then(|place| place.figure.number());
    Standing {
        context: &chart.context,
        period: &chart.period,
        figure: chart.subject().map(|place| &place.figure),
        relations: relations(&chart.context, value, chart.england(), None),
    }
}

/// The title of neighbours side by side.
pub fn neighbours_title(chart: &NeighboursChart) -> String {
    neighbours(chart).title()
}

/// The alt text of neighbours side by side.
pub fn neighbours_alt(chart: &NeighboursChart) -> String {
    let context = &chart.context;
    let mut sorted: Vec<(&str, f64)> =
        chart.places.iter().filter_map(|place| Some((place.name.as_str(), place.figure.number()?))).collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1));
    let gone = chart.places.len() - sorted.len();
    let gone = if gone > 0 { format!(" No figure: {gone} of {}.", chart.places.len()) } else { String::new() };
    format!(
        "{}, {} and its statistical neighbours in {}.{}{}{}{gone}",
        super::opening("Bar chart", &context.measure),
        context.subject,
        chart.period.prose,
        polarity(&context.measure),
        extent(context, &sorted),
        neighbours(chart).sentences(),
    )
}

fn neighbours(chart: &NeighboursChart) -> Standing<'_> {
    let number = |figure: &Option<Figure>| figure.as_ref().and_then(Figure::number);
    let figure = chart.subject().map(|place| &place.figure);
    let own = figure.and_then(Figure::number);
    let mut relations = relations(&chart.context, own, number(&chart.england), number(&chart.neighbours));
    // Here the neighbours are the matter: they come first.
    relations.reverse();
    Standing { context: &chart.context, period: &chart.period, figure, relations }
}

/// The title of a distribution strip.
pub fn strip_title(chart: &StripChart) -> String {
    strip(chart).title()
}

/// The alt text of a distribution strip.
pub fn strip_alt(chart: &StripChart) -> String {
    let context = &chart.context;
    let say = |value| words::value(value, &context.measure);
    let sorted: Vec<(&str, f64)> = chart.sorted().iter().map(|(place, value)| (place.name.as_str(), *value)).collect();
    let middle = chart.quartiles.map_or(String::new(), |[low, middle, high]| {
        format!(" The middle half lies between {} and {}, the median is {}.", say(low), say(high), say(middle))
    });
    format!(
        "{}, {} in {}.{}{}{middle}{}",
        super::opening("Strip of dots", &context.measure),
        authorities(sorted.len()),
        chart.period.prose,
        polarity(&context.measure),
        extent(context, &sorted),
        strip(chart).sentences(),
    )
}

fn strip(chart: &StripChart) -> Standing<'_> {
    let figure = chart.subject().map(|place| &place.figure);
    let relations = relations(&chart.context, figure.and_then(Figure::number), chart.england(), None);
    Standing { context: &chart.context, period: &chart.period, figure, relations }
}
