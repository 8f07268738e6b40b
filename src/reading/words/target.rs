//! A target in words: sentences 63 to 69. Targets are arithmetic; that chance alone could explain a miss is said beside.

use super::super::{Change, Judged, Judgement, NoTarget, Rating, Reading, Whose};
use super::change;
use crate::shown::{number, within};

/// The word beside the tile.
pub fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::Blue => "Met again",
        Rating::Green => "Met",
        Rating::Amber => "Just missed",
        Rating::Red => "Missed",
    }
}

/// The colour of a rating, as the word beside its tile.
pub fn colour(judgement: &Judgement) -> &'static str {
    match judgement.rating() {
        Some(Rating::Blue) => "Blue",
        Some(Rating::Green) => "Green",
        Some(Rating::Amber) => "Amber",
        Some(Rating::Red) => "Red",
        None => "Not judged",
    }
}

/// What is asked, in a cell: `85%`, `England's average (46%)`, `to improve`, `none`.
pub fn asked(reading: &Reading) -> String {
    match reading.target {
        Judgement::Judged(Judged { number: Some(number), whose, .. }) => {
            let shown = reading.measure.shown(number);
            whose.map_or(shown.clone(), |whose| format!("{} ({shown})", average(whose)))
        }
        Judgement::Judged(Judged { number: None, .. }) => "above none".to_owned(),
        Judgement::None(NoTarget::ToImprove) => "to improve".to_owned(),
        Judgement::None(NoTarget::NotUnderstood) => "not readable".to_owned(),
        Judgement::None(NoTarget::Contrary) => "unclear".to_owned(),
        Judgement::None(NoTarget::NoBenchmark) => "an average".to_owned(),
        Judgement::None(NoTarget::NotSet | NoTarget::NoFigure | NoTarget::Doubted) => "none".to_owned(),
    }
}

/// Whose average a target is.
fn average(whose: Whose) -> &'static str {
    match whose {
        Whose::England => "England's average",
        Whose::Region => "the region's average",
        Whose::Neighbours => "the neighbours' average",
    }
}

/// What became of the target.
pub fn target(reading: &Reading) -> String {
    match reading.target {
        Judgement::Judged(judged) => told(reading, &judged),
        Judgement::None(NoTarget::NotSet) => "Not judged: no target has been set.".to_owned(),
        Judgement::None(NoTarget::ToImprove) => {
            let so_far = match &reading.change {
                Change::Tested { movement, .. } if movement.way().is_none() => " No clear change so far.".to_owned(),
                _ => change::change(reading)
                    .or_else(|| change::counted(reading))
                    .map_or_else(String::new, |text| format!(" {text}")),
            };
            format!("Target: to improve.{so_far}")
        }
        Judgement::None(NoTarget::NotUnderstood) => "Not judged: the words of the target cannot be read.".to_owned(),
        Judgement::None(NoTarget::NoFigure) => "Not judged: there is no figure.".to_owned(),
        Judgement::None(NoTarget::Contrary) => {
            "Not judged: the aim and the words of the target ask for opposite sides.".to_owned()
        }
        Judgement::None(NoTarget::NoBenchmark) => {
            "Not judged: the average that is the target is not to hand.".to_owned()
        }
        Judgement::None(NoTarget::Doubted) => "Not judged: a check doubts the figure.".to_owned(),
    }
}

fn told(reading: &Reading, judged: &Judged) -> String {
    let word = rating(judged.rating);
    let (Some(value), Some(asked)) = (reading.level.value(), judged.number) else { return format!("{word}.") };
    let measure = &reading.measure;
    let (own, asked_shown) = measure.apart(value, asked);
    if judged.within_chance {
        let counts = reading.level.amount().and_then(|amount| amount.counts);
        let counts = counts.map_or_else(String::new, |(x, n)| format!(" ({} of {})", number(x, 0), number(n, 0)));
        return format!("{word}, by no more than chance could explain{counts}.");
    }
    if let Some(whose) = judged.whose {
        let off = matches!(judged.rating, Rating::Amber | Rating::Red);
        let off = if off { format!("{word} by {}", measure.distance(value - asked)) } else { word.to_owned() };
        return format!("Target: {} ({asked_shown}). {off}.", average(whose));
    }
    match judged.rating {
        Rating::Amber => {
            let tolerance = measure.distance(judged.tolerance);
            format!("{word}: {own} against {asked_shown}, within the tolerance of {tolerance}.")
        }
        Rating::Blue => format!("{word}: {own} against {asked_shown}."),
        Rating::Green | Rating::Red => format!("{word}: {own} against a target of {asked_shown}."),
    }
}

/// The target in a cell: `60%: just missed`, `none`.
pub fn target_cell(reading: &Reading) -> String {
    match reading.target {
        Judgement::Judged(Judged { number, rating: found, .. }) => {
            let word = within(rating(found));
            number.map_or_else(|| word.clone(), |number| format!("{}: {word}", reading.measure.shown(number)))
        }
        Judgement::None(NoTarget::ToImprove) => "to improve".to_owned(),
        Judgement::None(_) => "none".to_owned(),
    }
}

/// How many targets were met: `met 2 of 3 targets`; none where none was judged.
pub fn targets_met(readings: &[&Reading]) -> Option<String> {
    let judged = readings.iter().filter_map(|reading| match reading.target {
        Judgement::Judged(judged) => Some(matches!(judged.rating, Rating::Blue | Rating::Green)),
        Judgement::None(_) => None,
    });
    let judged: Vec<bool> = judged.collect();
    let met = judged.iter().filter(|met| **met).count();
    match (met, judged.len()) {
        (_, 0) => None,
        (1, 1) => Some("met its one target".to_owned()),
        (0, 1) => Some("did not meet its one target".to_owned()),
        (met, of) => Some(format!("met {met} of {of} targets")),
    }
}
