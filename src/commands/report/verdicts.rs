//! Results against targets: achieved, within tolerance, missed or not judged, and where a paper printed otherwise.

use crate::publish::document::{Cell, Column, Table, written};
use crate::statistics::Polarity;
use crate::statistics::target::{Target, TargetStatus, Travel, judge, travel};
use crate::targets::{aim, aim_words, kind, number, target};

use super::choose::Chosen;
use super::facts::cell;
use super::local::{Locals, is_local, last, polarity};
use super::own_tables::OwnView;
use super::tables::{View, titled};
use crate::observations::TOTAL;

/// A figure and what it may be judged against.
pub struct Result {
    /// The measure's name.
    pub name: String,
    pub label: String,
    /// The period's label.
    pub period: String,
    pub places: u8,
    pub polarity: Polarity,
    pub value: Option<f64>,
    pub previous: Option<f64>,
    pub england: Option<f64>,
    pub region: Option<f64>,
    pub neighbours: Option<f64>,
}

/// What is said of a result.
pub struct Told {
    pub aim: String,
    pub target: String,
    pub verdict: &'static str,
    /// Blue, red, amber or green.
    pub colour: &'static str,
    pub travel: &'static str,
}

/// Judges a result against `[target, aim, tolerance]` as written; `own_aim` counts where the target names none.
pub fn judged(result: &Result, words: &[String; 3], own_aim: &str) -> Told {
    let [asked, aimed, tolerance] = words;
    let aim = aim(if aimed.is_empty() { own_aim } else { aimed }, result.polarity);
    let benchmark = |word: &str| match word {
        "neighbour" => result.neighbours,
        "region" => result.region,
        _ => result.england,
    };
    let read = target(asked, &benchmark);
    let asks = read.unwrap_or(Target::ToBeConfirmed);
    let judged = |value: Option<f64>| judge(value, asks, aim, number(tolerance).unwrap_or(0.0));
    let verdict = judged(result.value);
    let travel = match travel(result.value, result.previous, asks, aim) {
        Travel::Improving => "improving",
        Travel::Worsening => "worsening",
        Travel::Unchanged => "unchanged",
        Travel::Unknown => "no earlier figure",
    };
    let target = match (asked.is_empty(), read) {
        (true, _) => "none set".to_owned(),
        (_, None) => format!("{asked} (not understood)"),
        (_, Some(Target::Benchmark(Some(value)))) if !asked.contains("currently") => {
            format!("{asked} ({})", written(value, result.places))
        }
        (_, Some(_)) => asked.clone(),
    };
    let verdict = if asked.is_empty() { TargetStatus::NotJudged } else { verdict };
    let colour = verdict.colour(judged(result.previous));
    Told { aim: aim_words(aim), target, verdict: verdict.label(), colour, travel }
}

/// The mark of a verdict.
pub fn mark(verdict: &str) -> &'static str {
    match verdict {
        "achieved" => "good",
        "missed" => "bad",
        _ => "",
    }
}

/// A row a measure: aim, result, target, verdict, direction of travel, what the paper printed, comment.
pub fn results(chosen: &[Chosen<'_>], view: &View<'_>, own: &OwnView<'_>, heading: &str) -> Option<Table> {
    let mut table = Table { title: format!("{heading}: results against targets"), ..Table::default() };
    table.columns = vec![Column::words("Measure"), Column::words("Aim"), Column::figures("Result")];
    table.columns.extend(
        ["Target", "Verdict", "BRAG", "Direction of travel", "As printed", "Owner", "Comment"].map(Column::words),
    );
    for measure in chosen {
        let Some(found) = found(measure, view, own) else { continue };
        let Found { id, result, words, printed, owner, comment } = found;
        if words[0].is_empty() && !is_local(measure) {
            continue;
        }
        let told = judged(&result, &words, "");
        if !printed.is_empty() && printed != told.verdict {
            table.notes.push(format!(
                "{}: the paper says {printed}; by its own aim ({}), result and target it is {}.",
                result.label, told.aim, told.verdict
            ));
        }
        table.rows.push(vec![
            Cell::words(titled(measure.measure)),
            Cell::words(told.aim),
            cell(result.value.unwrap_or(f64::NAN), "not_available", result.places).figure(id),
            Cell::words(told.target),
            Cell::words(told.verdict).marked(mark(told.verdict)),
            Cell::words(told.colour),
            Cell::words(told.travel),
            Cell::words(if printed.is_empty() { "[z]" } else { &printed }),
            Cell::words(owner),
            Cell::words(comment),
        ]);
    }
    table.notes.push(BRAG.into());
    (!table.rows.is_empty()).then_some(table)
}

const BRAG: &str =
    "BRAG: blue, met in this period and the one before; green, met; amber, within tolerance; red, missed.";

struct Found {
    id: String,
    result: Result,
    words: [String; 3],
    printed: String,
    owner: String,
    comment: String,
}

fn found(chosen: &Chosen<'_>, view: &View<'_>, own: &OwnView<'_>) -> Option<Found> {
    let locals = own.locals;
    if is_local(chosen) {
        let figures = locals.figures(chosen, own.authority);
        let now = last(&figures, own.period)?;
        let says = |column: &str| locals.says(now, column);
        let result = own.result(chosen, &figures, now);
        let mut words = [says("target"), says("aim"), says("tolerance")];
        let mut owner = says("owner");
        if words[0].is_empty()
            && let Some(row) = locals.target(own.who, (chosen.name, &result.label), &result.period)
        {
            words = [row.target.clone(), row.aim.clone(), row.tolerance.clone()];
            owner.clone_from(&row.owner);
        }
        let id = now.id.clone();
        return Some(Found { id, result, words, printed: says("printed"), owner, comment: says("comment") });
    }
    let facts = view.facts(chosen, TOTAL);
    let newest = facts.iter().max_by_key(|fact| fact.end)?;
    let against = |key: &str| {
        let found = facts.iter().find(|fact| fact.end == newest.end && fact.comparator == key);
        found.map(|fact| fact.against).filter(|value| value.is_finite())
    };
    let value = Some(newest.value).filter(|value| value.is_finite());
    let result = Result {
        name: chosen.name.to_owned(),
        label: chosen.measure.label.clone(),
        period: newest.label(),
        places: chosen.measure.places,
        polarity: polarity(&chosen.measure.polarity),
        value,
        previous: value.filter(|_| newest.change.is_finite()).map(|value| value - newest.change),
        england: against("england"),
        region: against("region"),
        neighbours: against("neighbours"),
    };
    let row = locals.target(own.who, (chosen.name, &result.label), &result.period);
    let words = row.map_or_else(Default::default, |row| [row.target.clone(), row.aim.clone(), row.tolerance.clone()]);
    let owner = row.map_or_else(String::new, |row| row.owner.clone());
    let id = view.id(chosen, (TOTAL, TOTAL), (newest.end, newest.identifier), 0);
    Some(Found { id, result, words, printed: String::new(), owner, comment: String::new() })
}

/// The targets file as a table: every target with what kind it is.
pub fn plan(locals: &Locals, who: &str) -> Option<Table> {
    let mut table = Table { title: format!("Targets of {who}"), ..Table::default() };
    table.columns = ["Measure", "Number", "Target", "Kind", "Aim", "Frequency", "Owner"].map(Column::words).into();
    for row in locals.targets(who) {
        let read = target(&row.target, &|_| None);
        let aimed = if row.aim.to_lowercase().starts_with("trend") {
            "trend only".to_owned()
        } else {
            aim_words(aim(&row.aim, Polarity::None))
        };
        table.rows.push(
            [row.measure.as_str(), &row.reference, &row.target, kind(read), &aimed, &row.frequency, &row.owner]
                .map(Cell::words)
                .into(),
        );
    }
    (!table.rows.is_empty()).then_some(table)
}
