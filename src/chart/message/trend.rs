//! The message of a trend: what became of the figure, and what the lines show besides.

use super::{about, direction, told};
use crate::chart::data::Figure;
use crate::chart::trend::{Series, TrendChart};
use crate::reading::{span, words};
use crate::shown::{list, stop};

/// The title.
pub fn title(chart: &TrendChart) -> String {
    told(&chart.context, words::over_time)
}

/// The alt text.
pub fn alt(chart: &TrendChart) -> String {
    let context = &chart.context;
    let names: Vec<&str> = chart.series.iter().map(Series::within).collect();
    let opening = words::opening("Line chart", &context.measure);
    let mut text = format!("{opening}, {}, {}.", list(&names), span(&chart.periods));
    text.push_str(&direction(&context.measure));
    text.push_str(&about(context));
    if let Some(series) = chart.subject() {
        text.push_str(&range(chart, series));
        text.push_str(&gaps(chart, series));
    }
    for gap in &chart.breaks {
        let at = chart.periods.iter().find(|period| period.order >= gap.order);
        let at = at.map_or(String::new(), |period| format!(" {}", period.at()));
        text.push_str(&format!(" The series has a break{at}: {}", stop(&gap.reason)));
    }
    text
}

/// Lowest and highest since the last break.
fn range(chart: &TrendChart, series: &Series) -> String {
    let measure = &chart.context.measure;
    let since = chart.breaks.iter().map(|gap| gap.order).max().unwrap_or(i32::MIN);
    let comparable = |point: &(usize, f64)| chart.periods[point.0].order >= since;
    let points: Vec<(usize, f64)> = chart.points(series).filter(comparable).collect();
    let low = points.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let high = points.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let (Some(low), Some(high)) = (low, high) else {
        return String::new();
    };
    if points.len() < 3 || measure.shown(low.1) == measure.shown(high.1) {
        return String::new();
    }
    let at = |point: &(usize, f64)| format!("{} {}", measure.shown(point.1), chart.periods[point.0].at());
    let since = if since > chart.periods[0].order { " since the break" } else { "" };
    format!(" Its lowest{since} was {}, its highest {}.", at(low), at(high))
}

fn gaps(chart: &TrendChart, series: &Series) -> String {
    let last = chart.periods.len() - 1;
    let earlier = chart.periods.iter().zip(&series.figures).take(last);
    let missing: Vec<String> = earlier
        .filter(|(_, figure)| figure.number().is_none())
        .map(|(period, figure)| format!("{} ({})", period.prose, Figure::reason(figure)))
        .collect();
    if missing.is_empty() { String::new() } else { format!(" There is no figure for {}.", list(&missing)) }
}
