//! The message of charts with several figures a place: two to compare, or the parts of a whole.

use super::{about, behind, direction, told};
use crate::chart::data::Reading;
use crate::chart::dumbbell::{DumbbellChart, Pair};
use crate::chart::groups::{Group, GroupsChart, Of};
use crate::chart::spread::SpreadChart;
use crate::chart::stacked::{StackedChart, Whole, percent};
use crate::reading::words;
use crate::shown::{self, counted, list};

/// The title of a dumbbell chart.
pub fn dumbbell_title(chart: &DumbbellChart) -> String {
    if chart.context.reading.is_some() {
        return told(&chart.context, words::two_times);
    }
    let measure = &chart.context.measure;
    let head = format!("{} in {}", measure.heading(), chart.context.subject);
    let Some(pair) = chart.subject() else { return format!("{head}: not in these data") };
    format!("{head}: {} ({}), {} ({})", pair.from.shown(measure), chart.from, pair.to.shown(measure), chart.to)
}

/// The alt text of a dumbbell chart.
pub fn dumbbell_alt(chart: &DumbbellChart) -> String {
    let context = &chart.context;
    let both = |pair: &&Pair| Some((pair.from.number()?, pair.to.number()?));
    let pairs: Vec<(f64, f64)> = chart.pairs.iter().filter_map(|pair| both(&pair)).collect();
    let up = pairs.iter().filter(|(from, to)| to > from).count();
    let down = pairs.iter().filter(|(from, to)| to < from).count();
    let gone = match chart.pairs.len() - pairs.len() {
        0 => String::new(),
        1 => " One lacks one of the two.".into(),
        many => format!(" {many} lack one of the two."),
    };
    let places = |number| counted(number, "place", "places");
    let said = about(context);
    let said = if said.is_empty() { behind(&format!("{}.", dumbbell_title(chart))) } else { said };
    format!(
        "{}, {}, {}.{}{said} The figure for {} is higher than for {} in {} and lower in {}.{gone}",
        words::opening("Dumbbell chart", &context.measure),
        places(chart.pairs.len()),
        chart.span,
        direction(&context.measure),
        chart.to,
        chart.from,
        places(up),
        places(down),
    )
}

/// The title of a stacked chart: the largest part.
pub fn stacked_title(chart: &StackedChart) -> String {
    let (subject, when, measure) = (&chart.context.subject, chart.period.at(), &chart.context.measure);
    let Some((whole, shares)) = own_shares(chart) else {
        let lacks = chart.subject().map(|whole| whole.parts.iter().find(|part| part.number().is_none()));
        let why = match lacks {
            None => "not in these data",
            Some(Some(part)) => part.reason(),
            Some(None) => return format!("No {} in {subject} {when}", measure.noun),
        };
        let head = measure.heading();
        let candidates = [
            format!("{head} in {subject}: not every part has a figure {when} ({why})"),
            format!("{head} in {subject}: not every part has a figure ({why})"),
            format!("{head}: not every part has a figure"),
        ];
        return words::fitting(subject, &candidates);
    };
    let names = chart.drawn();
    // What was folded into `All other` is no category of its own.
    let real = names.len().min(if chart.categories.len() > names.len() { 3 } else { names.len() });
    let most = shares.iter().take(real).copied().fold(0.0, f64::max);
    let largest: Vec<&str> = names
        .iter()
        .zip(&shares)
        .take(real)
        .filter(|(_, share)| percent(**share) == percent(most))
        .map(|(name, _)| name.as_str())
        .collect();
    let (named, share, name) = (list(&largest), percent(most), &whole.name);
    let (head, share) = match largest.len() {
        0 | 1 => (format!("Largest share of {} in {name}", measure.noun), share),
        _ => (format!("Largest shares of {} in {name}", measure.noun), format!("each {share}")),
    };
    words::fitting(subject, &[format!("{head} {when}: {named}, {share}"), format!("{head}: {named}, {share}")])
}

fn own_shares(chart: &StackedChart) -> Option<(&Whole, Vec<f64>)> {
    let whole = chart.subject()?;
    Some((whole, chart.shares(whole)?))
}

/// The alt text of a stacked chart.
pub fn stacked_alt(chart: &StackedChart) -> String {
    let context = &chart.context;
    let names = chart.drawn();
    let own = own_shares(chart).map_or_else(
        || format!(" {}.", stacked_title(chart)),
        |(whole, shares)| {
            let parts: Vec<String> =
                names.iter().zip(&shares).map(|(name, share)| format!("{name} {}", percent(*share))).collect();
            format!(" In {}: {}.", whole.name, list(&parts))
        },
    );
    let gone = chart.wholes.iter().filter(|whole| chart.shares(whole).is_none()).count();
    let gone =
        if gone > 0 { format!(" Without full figures: {gone} of {}.", chart.wholes.len()) } else { String::new() };
    format!(
        "Stacked bars. {}, {}, shares of the whole, {}.{own}{gone}",
        context.measure.label,
        chart.period.prose,
        counted(chart.wholes.len(), "place", "places"),
    )
}

/// The title of groups: how they stand against England, or the largest share.
pub fn groups_title(chart: &GroupsChart) -> String {
    let (context, subject) = (&chart.context, &chart.context.subject);
    if let Some(title) = half_of_shares(chart) {
        return title;
    }
    let head = groups_head(chart);
    let readings: Vec<&Reading> = chart.groups.iter().filter_map(|group| group.reading.as_ref()).collect();
    let standing = words::standing_of_groups(&readings);
    if let Some(standing) = standing.filter(|_| chart.of == Of::Figures) {
        return words::fitting(subject, &[format!("{head} in {subject}: {standing}"), format!("{head}: {standing}")]);
    }
    let known = chart.groups.iter().filter_map(|group| Some((group, group.own.number()?)));
    let Some((largest, value)) = known.max_by(|a, b| a.1.total_cmp(&b.1)) else { return head };
    let end = format!("{} {}", largest.name, context.measure.shown(value));
    let what = if chart.of == Of::Shares { "largest share" } else { "highest" };
    words::fitting(subject, &[format!("{head} in {subject}: {what} {end}"), format!("{head}: {what} {end}")])
}

/// `EHC plans by age`: shares have it in their measure's name.
fn groups_head(chart: &GroupsChart) -> String {
    let heading = chart.context.measure.heading();
    if chart.of == Of::Shares { heading } else { format!("{heading} by {}", chart.topic) }
}

/// The title of shares by single years: up to which of them half lie, here and in England.
fn half_of_shares(chart: &GroupsChart) -> Option<String> {
    let years: Option<Vec<u32>> = chart.groups.iter().map(|group| only_number(&group.name)).collect();
    let years = years.filter(|years| chart.of == Of::Shares && years.len() > 2)?;
    let figures = |own: fn(&Group) -> Option<f64>| chart.groups.iter().map(own).collect::<Vec<_>>();
    let own = years[middle(&figures(|group| group.own.number()))?];
    let england = middle(&figures(|group| group.england.as_ref()?.number())).map(|at| years[at]);
    let (head, subject) = (groups_head(chart), &chart.context.subject);
    let england = match england {
        Some(england) if england == own => ", as in England".to_owned(),
        Some(england) => format!(", in England {england} or younger"),
        None => String::new(),
    };
    let said = format!("half are {own} or younger{england}");
    Some(words::fitting(subject, &[format!("{head} in {subject}: {said}"), format!("{head}: {said}")]))
}

/// The one number in a name: `Aged 13`, `Aged 2 and under`.
fn only_number(name: &str) -> Option<u32> {
    let mut numbers = name.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
    let number = numbers.next()?.parse().ok()?;
    numbers.next().is_none().then_some(number)
}

/// The place of the share that takes their sum to half of the whole; none where it hangs on those that are not known.
fn middle(shares: &[Option<f64>]) -> Option<usize> {
    const HALF: f64 = 50.0;
    let known: f64 = shares.iter().flatten().sum();
    let reached = |unknown_at: Option<usize>| {
        let mut sum = 0.0;
        shares.iter().enumerate().position(|(at, share)| {
            sum += share.unwrap_or(0.0) + if unknown_at == Some(at) { 100.0 - known } else { 0.0 };
            sum >= HALF
        })
    };
    let gone = |share: &Option<f64>| share.is_none();
    let ends = (reached(shares.iter().position(gone)), reached(shares.iter().rposition(gone)));
    ends.0.filter(|_| ends.0 == ends.1)
}

/// The alt text of groups.
pub fn groups_alt(chart: &GroupsChart) -> String {
    let context = &chart.context;
    let measure = &context.measure;
    let each: Vec<String> = chart
        .groups
        .iter()
        .map(|group| {
            let england = group.england.as_ref().and_then(|england| england.number());
            let england = england.map_or_else(String::new, |value| format!("; England {}", measure.shown(value)));
            let own = group.own.number().map_or_else(|| group.own.reason().to_owned(), |value| measure.shown(value));
            format!("{} ({own}{england})", group.name)
        })
        .collect();
    let (opening, subject) = (words::opening("Bar chart", measure), &context.subject);
    format!(
        "{opening}, by {}, {subject} and England, {}.{} {}.",
        chart.topic,
        chart.period.prose,
        direction(measure),
        list(&each)
    )
}

/// The title of a spread: the first statistic, and the first share.
pub fn spread_title(chart: &SpreadChart) -> String {
    let subject = &chart.context.subject;
    let first = chart.marks.iter().find_map(|(measure, figure)| Some((measure, figure.number()?)));
    let Some((measure, value)) = first else { return chart.context.measure.heading() };
    let share = chart.shares.iter().find_map(|(measure, figure)| {
        Some(format!("; {}: {}", shown::within(&measure.heading()), measure.shown(figure.number()?)))
    });
    let (head, said) = (measure.heading(), format!("{}{}", measure.shown(value), share.unwrap_or_default()));
    words::fitting(subject, &[format!("{head} in {subject}: {said}"), format!("{head}: {said}")])
}

/// The alt text of a spread.
pub fn spread_alt(chart: &SpreadChart) -> String {
    let said = |(measure, figure): &(crate::chart::data::Measure, crate::chart::data::Figure)| {
        let value = figure.number().map_or_else(|| figure.reason().to_owned(), |value| measure.shown(value));
        format!("{}: {value}.", measure.heading())
    };
    let each: Vec<String> = chart.marks.iter().chain(&chart.shares).map(said).collect();
    format!("Dots on one scale, {}, {}. {}", chart.context.subject, chart.period.prose, each.join(" "))
}
