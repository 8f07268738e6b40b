//! The message of charts with several figures a place: two to compare, or the parts of a whole.
//!
//! In: the chart. Out: its title and its alt text.

use super::choose;
use crate::chart::data::{Figure, Standing};
use crate::chart::dumbbell::{DumbbellChart, Pair};
use crate::chart::stacked::{StackedChart, Whole, percent};
use crate::chart::words;

/// The title of a dumbbell chart.
pub fn dumbbell_title(chart: &DumbbellChart) -> String {
    let context = &chart.context;
    let (subject, short) = (&context.subject, &context.measure.short);
    let own = super::possessive(subject);
    let say = |figure: &Figure| words::figure(figure, &context.measure);
    let (Some(pair), from, to) = (chart.subject(), &chart.from, &chart.to) else {
        return format!("{subject} is not in these data on {short}");
    };
    match (pair.from.number(), pair.to.number()) {
        (Some(_), Some(_)) if say(&pair.from) == say(&pair.to) => choose(
            context,
            &[
                format!("{short} in {subject} stood at {} in both {from} and {to}", say(&pair.to)),
                format!("{own} figure is the same for {from} and {to}, {}", say(&pair.to)),
            ],
        ),
        (Some(old), Some(new)) => {
            let verb = match context.flags.change {
                Standing::Higher if new > old => "rose",
                Standing::Lower if new < old => "fell",
                Standing::Similar => "showed no clear change",
                _ => "stood at",
            };
            let core = if verb.starts_with("showed") {
                format!("{verb}: {} ({from}), {} ({to})", say(&pair.from), say(&pair.to))
            } else if verb == "stood at" {
                format!("stood at {} ({from}) and {} ({to})", say(&pair.from), say(&pair.to))
            } else {
                format!("{verb} from {} ({from}) to {} ({to})", say(&pair.from), say(&pair.to))
            };
            choose(context, &[format!("{short} in {subject} {core}"), format!("{own} figure {core}")])
        }
        (None, None) => format!("{subject} has no figures for {short}, {from} or {to}"),
        (None, Some(_)) => format!("{subject} stood at {} ({to}); no figure for {from}", say(&pair.to)),
        (Some(_), None) => format!("{subject} has no figure for {to}, after {} ({from})", say(&pair.from)),
    }
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
    let places = |number| words::counted(number, "place", "places");
    format!(
        "{}, {}, {}.{} {}. The figure for {} is higher than for {} in {} and lower in {}.{gone}{}",
        super::opening("Dumbbell chart", &context.measure),
        places(chart.pairs.len()),
        chart.span,
        super::polarity(&context.measure),
        dumbbell_title(chart),
        chart.to,
        chart.from,
        places(up),
        places(down),
        super::cautions(context),
    )
}

/// The title of a stacked chart: the largest part.
pub fn stacked_title(chart: &StackedChart) -> String {
    let context = &chart.context;
    let (subject, when) = (&context.subject, &chart.period.prose);
    let Some((whole, shares)) = own_shares(chart) else {
        let why = chart.subject().map_or("not in these data", |whole| {
            whole.parts.iter().find(|part| part.number().is_none()).map_or("no parts to share out", Figure::reason)
        });
        let short = &context.measure.short;
        return choose(
            context,
            &[
                format!("{subject} has no full figures for {short} in {when} ({why})"),
                format!("{subject} has no full figures for {short} ({why})"),
            ],
        );
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
    let (named, share, name) = (words::list(&largest), percent(most), &whole.name);
    if largest.len() > 1 {
        return choose(
            context,
            &[
                format!("Largest shares in {name} in {when}: {named}, each {share}"),
                format!("Largest shares in {name}: {named}, each {share}"),
            ],
        );
    }
    choose(
        context,
        &[
            format!("Largest share of {} in {name} in {when}: {named}, {share}", context.measure.short),
            format!("Largest share in {name} in {when}: {named}, {share}"),
            format!("Largest share in {name}: {named}, {share}"),
        ],
    )
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
            format!(" In {}: {}.", whole.name, words::list(&parts))
        },
    );
    let gone = chart.wholes.iter().filter(|whole| chart.shares(whole).is_none()).count();
    let gone =
        if gone > 0 { format!(" Without full figures: {gone} of {}.", chart.wholes.len()) } else { String::new() };
    format!(
        "Stacked bars. {}, {}, shares of the whole, {}.{own}{gone}{}",
        context.measure.label,
        chart.period.prose,
        words::counted(chart.wholes.len(), "place", "places"),
        super::cautions(context),
    )
}
