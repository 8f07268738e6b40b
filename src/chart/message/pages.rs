//! The message of pages of many measures: how many are better, how many worse, and what each of them says.

use crate::chart::data::{Polarity, Reading, Role};
use crate::chart::heat::HeatChart;
use crate::chart::multiples::MultiplesChart;
use crate::chart::scorecard::ScorecardChart;
use crate::chart::spine::SpineChart;
use crate::reading::words;
use crate::shown::{counted, list, small, within};

/// What the readings come to: `Sandwell is better than England on 2 of 8 measures, worse on 3`.
fn title(subject: &str, readings: &[&Reading]) -> String {
    match (words::standing(readings), readings) {
        (Some(_), [only]) => words::over_time(only),
        (Some(standing), _) => format!("{subject} is {standing}"),
        (None, _) => format!("{subject} beside England on {}", counted(readings.len(), "measure", "measures")),
    }
}

/// The title of a spine chart.
pub fn spine_title(chart: &SpineChart) -> String {
    title(&chart.context.subject, &chart.readings())
}

/// The alt text of a spine chart.
pub fn spine_alt(chart: &SpineChart) -> String {
    let measures = counted(chart.rows.len(), "measure", "measures");
    let mut text = format!("Spine chart of {measures}. {}.", spine_title(chart));
    for word in ["Better", "Worse", "Higher", "Lower", "Similar", "Not compared", "No figure"] {
        let rows = chart.rows.iter().filter(|row| words::against_england(&row.reading) == word);
        let rows: Vec<String> = rows
            .map(|row| {
                let measure = &row.reading.measure;
                let (own, england) = (row.figure.shown(measure), row.benchmark.shown(measure));
                format!("{} ({own}; England {england})", measure.label)
            })
            .collect();
        if !rows.is_empty() {
            text.push_str(&format!(" {word}: {}.", list(&rows)));
        }
    }
    text
}

/// The title of a scorecard.
pub fn scorecard_title(chart: &ScorecardChart) -> String {
    let (subject, readings) = (&chart.context.subject, chart.readings());
    match (words::targets_met(&readings), words::worse(&readings)) {
        (Some(met), Some(worse)) => format!("{subject} {met}; {worse}"),
        (Some(met), None) => format!("{subject} {met}"),
        (None, _) => title(subject, &readings),
    }
}

/// The alt text of a scorecard.
pub fn scorecard_alt(chart: &ScorecardChart) -> String {
    let measures = counted(chart.rows.len(), "measure", "measures");
    let mut text = format!("Scorecard of {measures}. {}.", scorecard_title(chart));
    for reading in chart.readings() {
        text.push_str(&format!(" {}: {}.", reading.measure.label, words::line(reading)));
    }
    text
}

/// The title of small charts: what they have in common, and since when.
pub fn multiples_title(chart: &MultiplesChart) -> String {
    let periods = || chart.panels.iter().flat_map(|panel| &panel.trend.periods);
    let ends = periods().min_by_key(|period| period.order).zip(periods().max_by_key(|period| period.order));
    let since = match ends {
        Some((first, last)) if first.order < last.order => format!(": change from {} to {}", first.prose, last.prose),
        _ => String::new(),
    };
    let head = match chart.context.measure.heading() {
        empty if empty.is_empty() => counted(chart.panels.len(), "measure", "measures"),
        heading => heading,
    };
    words::fitting(
        &chart.context.subject,
        &[format!("{head} in {}{since}", chart.context.subject), format!("{head}{since}")],
    )
}

/// The alt text of small charts.
pub fn multiples_alt(chart: &MultiplesChart) -> String {
    let mut text = format!(
        "{}. {}.",
        counted(chart.panels.len(), "small line chart", "small line charts"),
        multiples_title(chart)
    );
    for panel in &chart.panels {
        let measure = &panel.trend.context.measure;
        let last = |role| {
            let series = panel.trend.of(role)?;
            let (at, value) = panel.trend.points(series).next_back()?;
            Some((measure.shown(value), panel.trend.periods[at].at()))
        };
        let Some((own, when)) = last(Role::Subject) else { continue };
        let england = last(Role::England).map_or_else(String::new, |(value, _)| format!(" (England {value})"));
        let fragment = if panel.fragment.is_empty() { String::new() } else { format!("; {}", within(&panel.fragment)) };
        text.push_str(&format!(" {}: {own}{england} {when}{fragment}.", panel.heading));
    }
    text
}

/// The title of a map of quarters: how many measures lie in the best quarter, and how many in the worst.
pub fn heat_title(chart: &HeatChart) -> String {
    let judged: Vec<u8> = chart
        .own()
        .filter(|(column, ..)| column.measure.polarity != Polarity::None)
        .filter_map(|(.., quarter)| quarter)
        .collect();
    let (subject, of) = (&chart.context.subject, judged.len());
    let many = |wanted: u8| small(judged.iter().filter(|quarter| **quarter == wanted).count());
    if of == 0 {
        return format!("{} in {subject} and its neighbours", counted(chart.columns.len(), "measure", "measures"));
    }
    let measures = if of == 1 { "measure" } else { "measures" };
    format!("{subject}: {} of {} {measures} in the worst quarter, {} in the best", many(4), small(of), many(1))
}

/// The alt text of a map of quarters.
pub fn heat_alt(chart: &HeatChart) -> String {
    let (measures, places) =
        (counted(chart.columns.len(), "measure", "measures"), counted(chart.places.len(), "place", "places"));
    let mut text = format!("Map of quarters, {measures}, {places}. {}.", heat_title(chart));
    for (column, figure, quarter) in chart.own() {
        let quarter = quarter.map_or_else(String::new, |quarter| format!(", quarter {quarter} of 4"));
        let value = figure.number().map_or_else(|| figure.reason().to_owned(), |value| column.measure.shown(value));
        text.push_str(&format!(" {}: {value}{quarter}.", column.measure.heading()));
    }
    text
}
