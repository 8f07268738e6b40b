//! The message of a trend: where the authority has come to, and how that compares.
//!
//! In: a `TrendChart`. Out: its title and its alt text. A change is named only from one period to the very next, and
//! never across a break.

use super::{choose, polarity, relations, titles};
use crate::chart::data::{Figure, Role, Standing};
use crate::chart::trend::{Series, TrendChart};
use crate::chart::words;

/// The title.
pub fn title(chart: &TrendChart) -> String {
    let context = &chart.context;
    let (subject, measure) = (&context.subject, &context.measure);
    let span = words::span(&chart.periods);
    let Some(series) = chart.subject().filter(|series| chart.points(series).next().is_some()) else {
        return words::sentence(&format!("{subject} has no figures for {}, {span}", measure.short));
    };
    let last = chart.periods.len() - 1;
    let period = &chart.periods[last].prose;
    let figure = &series.figures[last.min(series.figures.len() - 1)];
    let Some(value) = latest(chart, series) else {
        let before = chart.points(series).next_back();
        let before = before
            .map(|(at, value)| format!(", after {} in {}", words::value(value, measure), chart.periods[at].prose));
        return format!("{subject} has no figure for {period} ({}){}", figure.reason(), before.unwrap_or_default());
    };
    let core = format!("{} {}", verb(chart, series), words::value(value, measure));
    let relations = relations(context, Some(value), latest_of(chart, Role::England), latest_of(chart, Role::Neighbour));
    let mut all = titles(context, &core, period, &relations);
    if context.flags.small_cohort.is_some() {
        all = titles(context, &format!("{core} on small numbers"), period, &relations);
    }
    choose(context, &all)
}

/// The alt text.
pub fn alt(chart: &TrendChart) -> String {
    let context = &chart.context;
    let measure = &context.measure;
    let names: Vec<&str> = chart.series.iter().map(Series::within).collect();
    let opening = super::opening("Line chart", measure);
    let mut text = format!("{opening}, {}, {}.", words::list(&names), words::span(&chart.periods));
    text.push_str(polarity(measure));
    match chart.subject().filter(|series| chart.points(series).next().is_some()) {
        None => text.push_str(&format!(" {} has no figures in these periods.", context.subject)),
        Some(series) => {
            text.push_str(&stands(chart, series));
            text.push_str(&range(chart, series));
            text.push_str(&compares(chart, series));
            text.push_str(&gaps(chart, series));
        }
    }
    for gap in &chart.breaks {
        let at = chart.periods.iter().find(|period| period.order >= gap.order);
        let at = at.map_or(String::new(), |period| format!(" at {}", period.prose));
        text.push_str(&format!(" The series has a break{at}: {}", words::stop(&gap.reason)));
    }
    text.push_str(&super::cautions(context));
    text
}

fn latest(chart: &TrendChart, series: &Series) -> Option<f64> {
    series.figures.get(chart.periods.len() - 1).and_then(Figure::number)
}

fn latest_of(chart: &TrendChart, role: Role) -> Option<f64> {
    chart.of(role).and_then(|series| latest(chart, series))
}

/// The figure of the very period before, where the two may be compared.
fn before(chart: &TrendChart, series: &Series) -> Option<f64> {
    let last = chart.periods.len() - 1;
    let at = last.checked_sub(1).filter(|at| chart.joined(*at, last))?;
    series.figures.get(at).and_then(Figure::number)
}

fn verb(chart: &TrendChart, series: &Series) -> &'static str {
    let measure = &chart.context.measure;
    let written = |value| words::value(value, measure);
    match (chart.context.flags.change, before(chart, series), latest(chart, series)) {
        (_, None, _) | (_, _, None) => "stood at",
        (_, Some(old), Some(new)) if written(old) == written(new) => "stayed at",
        (Standing::Higher, Some(old), Some(new)) if new > old => "rose to",
        (Standing::Lower, Some(old), Some(new)) if new < old => "fell to",
        (Standing::Similar, ..) => "showed no clear change, at",
        _ => "stood at",
    }
}

/// Where it stands now, and where it stood the period before.
fn stands(chart: &TrendChart, series: &Series) -> String {
    let measure = &chart.context.measure;
    let period = &chart.periods[chart.periods.len() - 1].prose;
    let Some(value) = latest(chart, series) else {
        let last = series.figures.get(chart.periods.len() - 1);
        let why = last.map_or("not available", Figure::reason);
        return format!(" {} has no figure for {period}: {why}.", series.name);
    };
    let (name, now) = (&series.name, words::value(value, measure));
    let old = before(chart, series).map(|old| words::value(old, measure)).filter(|old| *old != now);
    let Some(old) = old else {
        return format!(" In {period} {name} {} {now}.", verb(chart, series));
    };
    let then = &chart.periods[chart.periods.len() - 2].prose;
    match verb(chart, series) {
        "rose to" => format!(" {name} rose from {old} ({then}) to {now} ({period})."),
        "fell to" => format!(" {name} fell from {old} ({then}) to {now} ({period})."),
        verb => format!(" In {period} {name} {verb} {now}, compared with {old} in {then}."),
    }
}

/// Lowest and highest since the last break, and the trend.
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
    let trend = match chart.context.flags.trend {
        Standing::Untested => "",
        Standing::Similar => " There is no clear trend over the latest five years.",
        Standing::Higher => " Over the latest five years the trend is upward.",
        Standing::Lower => " Over the latest five years the trend is downward.",
    };
    if points.len() < 3 || words::value(low.1, measure) == words::value(high.1, measure) {
        return trend.into();
    }
    let at = |point: &(usize, f64)| format!("{} in {}", words::value(point.1, measure), chart.periods[point.0].prose);
    let since = if since > chart.periods[0].order { " since the break" } else { "" };
    format!(" Its lowest{since} was {}, its highest {}.{trend}", at(low), at(high))
}

fn compares(chart: &TrendChart, series: &Series) -> String {
    let period = &chart.periods[chart.periods.len() - 1].prose;
    let Some(value) = latest(chart, series) else {
        return String::new();
    };
    let relations =
        relations(&chart.context, Some(value), latest_of(chart, Role::England), latest_of(chart, Role::Neighbour));
    let (tested, plain): (Vec<_>, Vec<_>) = relations.into_iter().partition(|relation| !relation.words.is_empty());
    let mut text = String::new();
    if !tested.is_empty() {
        let words: Vec<String> = tested.iter().map(super::Relation::full).collect();
        text.push_str(&format!(" It was {}.", words.join(" and ")));
    }
    if !plain.is_empty() {
        let words: Vec<String> = plain.iter().map(super::Relation::short).collect();
        text.push_str(&format!(" In {period} {}.", words.join(" and ")).replace(" at ", " stood at "));
    }
    text
}

fn gaps(chart: &TrendChart, series: &Series) -> String {
    let last = chart.periods.len() - 1;
    let earlier = chart.periods.iter().zip(&series.figures).take(last);
    let missing: Vec<String> = earlier
        .filter(|(_, figure)| figure.number().is_none())
        .map(|(period, figure)| format!("{} ({})", period.prose, figure.reason()))
        .collect();
    if missing.is_empty() { String::new() } else { format!(" There is no figure for {}.", words::list(&missing)) }
}
