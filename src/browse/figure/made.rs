//! How a figure was made of its cells: the formula, what the row says of itself, each rule, how sure it is.

use serde::Serialize;

use crate::normalise::About;
use crate::pipeline::Unit;
use crate::reading::words;
use crate::shown::{sentence, trimmed};
use crate::trace::{Explanation, Role};

/// What stands under "How it was made".
#[derive(Serialize)]
pub struct Made {
    /// The formula, each part with the name of its mark.
    formula: Vec<(&'static str, String)>,
    /// What the row says of itself, and what that means.
    lines: Vec<(&'static str, String)>,
    /// Where the columns are declared.
    layout: String,
    /// The block as it stands there.
    declared: String,
    rules: Vec<String>,
    check: String,
    sure: String,
}

impl Made {
    /// How the figure was made.
    pub fn of(found: &Explanation) -> Made {
        let mut rules = found.source_cells.rules.iter().map(|rule| sentence(rule));
        let layout = rules.next().unwrap_or_default();
        Made {
            formula: formula(found),
            lines: lines(found),
            layout,
            declared: found.source_cells.declared.clone(),
            rules: rules.collect(),
            check: found.source_cells.agrees.map_or_else(String::new, |agrees| sentence(&found.agreement(agrees))),
            sure: sure(found),
        }
    }
}

/// `103 / 378 x 100 = 27.2487 -> 27.2%`, or the figure as it was published.
fn formula(found: &Explanation) -> Vec<(&'static str, String)> {
    let shown = ("shown", found.figure.shown.clone());
    let Some(value) = found.figure.value else { return Vec::new() };
    let multiplier = Unit::from_word(&found.unit).and_then(Unit::multiplier);
    match found.figure.counts.zip(multiplier) {
        Some(((top, bottom), multiplier)) if (top / bottom * multiplier - value).abs() <= 1e-9 * value.abs() => {
            let times = if multiplier == 1.0 { String::new() } else { format!(" \u{d7} {}", trimmed(multiplier, 0)) };
            vec![
                ("numerator", trimmed(top, 4)),
                ("", "\u{f7}".to_owned()),
                ("denominator", trimmed(bottom, 4)),
                ("", format!("{times} = {} \u{2192}", trimmed(value, 4))),
                shown,
            ]
        }
        _ => vec![("value", trimmed(value, 6)), ("", "\u{2192}".to_owned()), shown],
    }
}

/// What the columns of the row say that tell whose figure it is, when and of whom.
fn lines(found: &Explanation) -> Vec<(&'static str, String)> {
    let Some(piece) = &found.source_cells.piece else { return Vec::new() };
    let Some(own) = piece.rows.iter().find(|row| row.is_own) else { return Vec::new() };
    let area = match found.figure.code.is_empty() {
        true => found.figure.area.clone(),
        false => format!("{} ({})", found.figure.area, found.figure.code),
    };
    let means = [
        (About::Area, "Area", area),
        (About::Period, "Period", found.period.clone()),
        (About::Group, "Group", found.breakdown.clone()),
    ];
    let line = |(about, name, means): (About, &'static str, String)| {
        let said = piece.columns.iter().zip(&own.cells).filter(|(head, _)| head.role == Role::Says(about));
        let said: Vec<String> =
            said.map(|(head, text)| format!("`{}` is `{}`", head.header.trim(), text.trim())).collect();
        (!said.is_empty()).then(|| (name, format!("{}: {means}", said.join(", "))))
    };
    means.into_iter().filter_map(line).collect()
}

/// Interval, rank and funnel in a sentence or two.
fn sure(found: &Explanation) -> String {
    let Some(reading) = &found.reading else { return String::new() };
    let range = reading.level.amount().and_then(|amount| amount.range).map(|range| {
        let shown = |value| reading.measure.shown(value);
        format!("95% interval {} to {}", shown(range.lower), shown(range.upper))
    });
    let place = Some(words::short_place(reading)).filter(|place| !place.is_empty());
    let place = place.map(|place| format!("Rank {place}"));
    let unusual = reading.unusual.and_then(|_| words::remark(reading)).map(sentence);
    let all: Vec<String> = [range, place, unusual].into_iter().flatten().collect();
    if all.is_empty() { String::new() } else { format!("{}.", all.join(". ")) }
}
