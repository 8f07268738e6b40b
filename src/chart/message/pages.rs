//! The message of pages of many measures: how many are better, how many worse.
//!
//! In: the chart. Out: its title and its alt text. Counts of better and worse come from tested differences only.

use super::choose;
use crate::chart::data::Figure;
use crate::chart::scorecard::{Outcome, ScorecardChart};
use crate::chart::spine::SpineChart;
use crate::chart::theme::Palette;
use crate::chart::words;

/// `better than England on 2 of 8 measures, worse on 3`.
fn tally(better: usize, worse: usize, of: usize) -> String {
    match (better, worse) {
        (0, 0) if of == 1 => "not clearly better or worse than England".into(),
        (0, 0) => format!("clearly better or worse than England on none of {of} measures"),
        (_, 0) => format!("better than England on {better} of {of} measures, worse on none"),
        (0, _) => format!("worse than England on {worse} of {of} measures, better on none"),
        _ => format!("better than England on {better} of {of} measures, worse on {worse}"),
    }
}

fn verdicts(chart: &SpineChart, word: &str) -> Vec<String> {
    let palette = Palette::default();
    let rows = chart.rows.iter().filter(|row| row.verdict(&palette).0 == word);
    rows.map(|row| {
        let own = words::figure(&row.figure, &row.measure);
        format!("{} ({own}; England {})", row.measure.label, words::figure(&row.benchmark, &row.measure))
    })
    .collect()
}

/// The title of a spine chart.
pub fn spine_title(chart: &SpineChart) -> String {
    let (better, worse) = (verdicts(chart, "Better").len(), verdicts(chart, "Worse").len());
    let subject = &chart.context.subject;
    if better + worse == 0 && verdicts(chart, "Not tested").len() == chart.rows.len() {
        return format!("{subject} beside England on {} measures, differences not tested", chart.rows.len());
    }
    if let [row] = chart.rows.as_slice() {
        let word = super::compared(row.tested(), row.measure.polarity);
        if !word.is_empty() && row.figure.number().is_some() {
            return choose(&chart.context, &[format!("{subject} is {word} England on {}", row.measure.short)]);
        }
    }
    format!("{subject} is {}", tally(better, worse, chart.rows.len()))
}

/// The alt text of a spine chart.
pub fn spine_alt(chart: &SpineChart) -> String {
    let measures = words::counted(chart.rows.len(), "measure", "measures");
    let mut text = format!("Spine chart of {measures}. {}.", spine_title(chart));
    for word in ["Better", "Worse", "Higher", "Lower", "Similar", "Not tested", "No figure"] {
        let rows = verdicts(chart, word);
        if !rows.is_empty() {
            text.push_str(&format!(" {word}: {}.", words::list(&rows)));
        }
    }
    text + &super::cautions(&chart.context)
}

/// The title of a scorecard.
pub fn scorecard_title(chart: &ScorecardChart) -> String {
    let subject = &chart.context.subject;
    let targets: Vec<Outcome> = chart.rows.iter().filter_map(|row| row.target.as_ref()).map(|t| t.outcome).collect();
    let set = targets.iter().filter(|outcome| **outcome != Outcome::Open).count();
    let met = targets.iter().filter(|outcome| **outcome == Outcome::Achieved).count();
    let compared = |word: &str| {
        let words = chart.rows.iter().map(|row| super::compared(row.england, row.measure.polarity));
        words.filter(|found| *found == word).count()
    };
    let against = tally(compared("better than"), compared("worse than"), chart.rows.len());
    if set == 0 {
        return format!("{subject} is {against}");
    }
    let worse = match compared("worse than") {
        1 => "1 measure".to_owned(),
        many => format!("{many} measures"),
    };
    let targets = match (met, set) {
        (1, 1) => "met its one target".to_owned(),
        (0, 1) => "did not meet its one target".to_owned(),
        _ => format!("met {met} of {set} targets"),
    };
    match compared("worse than") {
        0 => format!("{subject} {targets}"),
        _ => format!("{subject} {targets}; worse than England on {worse}"),
    }
}

/// The alt text of a scorecard.
pub fn scorecard_alt(chart: &ScorecardChart) -> String {
    let measures = words::counted(chart.rows.len(), "measure", "measures");
    let mut text = format!("Scorecard of {measures}. {}.", scorecard_title(chart));
    for row in &chart.rows {
        let period = row.periods.last().map_or("", |period| period.prose.as_str());
        let Some(figure) = row.latest().filter(|figure| figure.number().is_some()) else {
            let why = row.latest().map_or("not available", Figure::reason);
            text.push_str(&format!(" {}: no figure for {period}, {why}.", row.measure.label));
            continue;
        };
        text.push_str(&format!(
            " {}: {} in {period}, {}",
            row.measure.label,
            words::figure(figure, &row.measure),
            row.change()
        ));
        let word = super::compared(row.england, row.measure.polarity);
        if !word.is_empty() {
            text.push_str(&format!(", {word} England"));
        }
        if let Some(rank) = row.rank {
            text.push_str(&format!(", {}", super::rank(rank)));
        }
        text.push('.');
    }
    text + &super::cautions(&chart.context)
}
