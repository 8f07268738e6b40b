//! Results against targets: achieved, within tolerance, missed or not judged, and where a paper printed otherwise.

use crate::area::LaCode;
use crate::period::PeriodKey;
use crate::pipeline::Unit;
use crate::publish::document::{Cell, Column, Table};
use crate::schema::TOTAL;
use crate::shown;
use crate::statistics::Polarity;
use crate::statistics::target::{Aim, Target, TargetStatus, Travel, judge, travel};
use crate::targets::{TargetRow, aim, aim_words, kind, target, tolerance};

use super::choose::Chosen;
use super::local::{Locals, is_local, last, polarity};
use super::own_tables::OwnView;
use super::tables::titled;
use super::view::{View, number};
use crate::series::{Beside, Point};

/// A figure and what it may be judged against.
pub struct Result {
    /// The measure's name.
    pub name: String,
    pub label: String,
    /// The period's label.
    pub period: String,
    /// What makes it the same period as another.
    pub when: PeriodKey,
    pub places: u8,
    pub unit: Option<Unit>,
    pub polarity: Polarity,
    pub value: Option<f64>,
    /// Whether a check doubts the figure, which is then not judged.
    pub doubted: bool,
    /// The figure one period before.
    pub previous: Option<f64>,
    /// Whether a test finds no clear change on the figure before.
    pub unclear: bool,
    /// The council's own average of the six months before, where no single earlier figure is there.
    pub average: Option<f64>,
    pub england: Option<f64>,
    pub region: Option<f64>,
    pub neighbours: Option<f64>,
}

/// What is asked of a figure, in the council's words; empty where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub target: String,
    pub aim: String,
    pub tolerance: String,
    pub owner: String,
}

impl Asked {
    /// A row of the targets file.
    pub fn of(row: &TargetRow) -> Asked {
        let (target, aim) = (row.target.clone(), row.aim.clone());
        Asked { target, aim, tolerance: row.tolerance.clone(), owner: row.owner.clone() }
    }
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

impl Result {
    /// Which way is good; none where the target asks for the other side than the aim.
    fn aim(&self, asked: &Asked) -> Option<Aim> {
        aim(&asked.aim, &asked.target, self.polarity)
    }

    /// The target as read; none where its words are not understood.
    fn target(&self, asked: &Asked) -> Option<Target> {
        target(&asked.target, self.unit, &|word: &str| match word {
            "neighbour" => self.neighbours,
            "region" => self.region,
            _ => self.england,
        })
    }

    /// Whether the target is met; not judged where there is none or its words are not understood.
    pub fn status(&self, asked: &Asked) -> TargetStatus {
        match (self.target(asked), self.aim(asked), tolerance(&asked.tolerance)) {
            (Some(target), Some(aim), Some(tolerance)) if !self.doubted => judge(self.value, target, aim, tolerance),
            _ => TargetStatus::NotJudged,
        }
    }
}

/// Judges a result; `before` is how the figure one period before stood against the target of its own period.
pub fn judged(result: &Result, asked: &Asked, before: TargetStatus) -> Told {
    let read = result.target(asked);
    let (aim, contrary) = match result.aim(asked) {
        Some(aim) => (aim, false),
        None => (Aim::from_polarity(result.polarity), true),
    };
    let asks = read.unwrap_or(Target::ToBeConfirmed);
    let earlier = result.previous.or(result.average);
    let travel = match travel(result.value, earlier, asks, aim) {
        _ if result.unclear => "no clear change",
        Travel::Improving => "improving",
        Travel::Worsening => "worsening",
        Travel::Unchanged => "unchanged",
        Travel::Unknown if result.value.is_some() && earlier.is_some() => "neither good nor bad",
        Travel::Unknown => "no earlier figure",
    };
    let words = &asked.target;
    let target = match (words.is_empty(), read) {
        (true, _) => "none set".to_owned(),
        (_, None) => format!("{words} (not understood)"),
        _ if contrary => format!("{words} (the aim says the opposite)"),
        _ if tolerance(&asked.tolerance).is_none() => {
            format!("{words} (tolerance {} not understood)", asked.tolerance)
        }
        (_, Some(Target::Benchmark(Some(value)))) if !words.contains("currently") => {
            format!("{words} ({})", shown::number(value, result.places))
        }
        (_, Some(_)) => words.clone(),
    };
    let verdict = result.status(asked);
    Told { aim: aim_words(aim), target, verdict: verdict.label(), colour: verdict.colour(before), travel }
}

/// A row a measure: aim, result, target, verdict, direction of travel, what the paper printed, comment.
pub fn results<'a>(chosen: &[Chosen<'a>], view: &View<'a>, own: &OwnView<'_>, heading: &str) -> Option<Table> {
    let mut table = Table { title: format!("{heading}: results against targets"), ..Table::default() };
    table.columns = vec![Column::words("Measure"), Column::words("Aim"), Column::figures("Result")];
    table.columns.extend(
        ["Target", "Verdict", "BRAG", "Direction of travel", "As printed", "Owner", "Comment"].map(Column::words),
    );
    for measure in chosen {
        let asked = own.locals.asked_at_all(own.authority, (measure.name, &measure.measure.label));
        let found = if is_local(measure) { of_own(measure, own) } else { of_published(measure, view, own) };
        let Some(Found { id, result, asked, before, printed, comment }) = found else {
            if asked {
                table.notes.push(format!("{}: a target is set and there is no figure.", measure.measure.label));
            }
            continue;
        };
        if asked.target.is_empty() && !is_local(measure) {
            continue;
        }
        let told = judged(&result, &asked, before);
        if !printed.is_empty() && printed != told.verdict {
            table.notes.push(format!(
                "{}: the paper says {printed}; by its own aim ({}), result and target it is {}.",
                result.label, told.aim, told.verdict
            ));
        }
        table.rows.push(vec![
            Cell::words(titled(measure.measure)),
            Cell::words(told.aim),
            number(result.value, result.places).figure(id),
            Cell::words(told.target),
            Cell::words(told.verdict),
            Cell::words(told.colour),
            Cell::words(told.travel),
            Cell::words(if printed.is_empty() { "[z]" } else { &printed }),
            Cell::words(asked.owner),
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
    asked: Asked,
    before: TargetStatus,
    printed: String,
    comment: String,
}

/// The latest figure of the council's own return.
fn of_own(chosen: &Chosen<'_>, own: &OwnView<'_>) -> Option<Found> {
    let figures = own.locals.figures(chosen, own.authority);
    let now = last(&figures, own.period.as_deref())?;
    let result = own.result(chosen, &figures, now);
    let asked = own.asked(&result, now);
    let before = own.before(chosen, &figures, now);
    let says = |column: &str| own.locals.says(now, column);
    Some(Found { id: now.id.clone(), result, asked, before, printed: says("printed"), comment: says("comment") })
}

/// The latest published figure.
fn of_published<'a>(chosen: &Chosen<'a>, view: &View<'a>, own: &OwnView<'_>) -> Option<Found> {
    let series = view.whole(chosen);
    let (newest, earlier) = series.points.split_last()?;
    let previous = newest.figure.value.zip(newest.change).map(|(value, change)| value - change);
    let unclear = view.reading(chosen, newest.when).change.is_unclear();
    let result = Result { unclear, ..at(chosen, newest, previous) };
    let asked = |result: &Result| {
        let row = own.locals.target(own.authority, (chosen.name, &result.label), (&result.period, result.when));
        row.map_or_else(Asked::default, Asked::of)
    };
    // A change is told only from the figure a year before without a break between.
    let before = earlier.last().filter(|_| previous.is_some()).map(|point| at(chosen, point, None));
    let before = before.map_or(TargetStatus::NotJudged, |result| result.status(&asked(&result)));
    let id = view.id(chosen, (TOTAL, TOTAL), newest.when, 0);
    let asked = asked(&result);
    Some(Found { id, result, asked, before, printed: String::new(), comment: String::new() })
}

/// The figure of one period with what it was compared with.
fn at(chosen: &Chosen<'_>, point: &Point<'_>, previous: Option<f64>) -> Result {
    let against = |beside: Beside| point.beside(beside).and_then(|against| against.figure.value);
    Result {
        name: chosen.name.to_owned(),
        label: chosen.measure.label.clone(),
        period: point.when.label(),
        when: point.when.key,
        places: chosen.measure.places,
        unit: Unit::from_word(&chosen.measure.unit),
        polarity: polarity(&chosen.measure.polarity),
        value: point.figure.value,
        doubted: point.figure.is_doubted(),
        previous,
        unclear: false,
        average: None,
        england: against(Beside::England),
        region: against(Beside::Region),
        neighbours: against(Beside::Neighbours),
    }
}

/// The targets file as a table: every target with what kind it is.
pub fn plan(locals: &Locals, la: LaCode, who: &str) -> Option<Table> {
    let mut table = Table { title: format!("Targets of {who}"), ..Table::default() };
    table.columns = ["Measure", "Number", "Period", "Target", "Tolerance", "Kind", "Aim", "Frequency", "Owner"]
        .map(Column::words)
        .into();
    for row in locals.targets(la) {
        let read = target(&row.target, None, &|_| None);
        let aimed = if row.aim.to_lowercase().starts_with("trend") {
            "trend only".to_owned()
        } else {
            let aim = aim(&row.aim, &row.target, Polarity::None);
            aim.map_or_else(|| "the target says the opposite".to_owned(), aim_words)
        };
        let period = if row.period.is_empty() { "any" } else { row.period.as_str() };
        let words = [&row.measure, &row.reference, period, &row.target, &row.tolerance, kind(read), &aimed];
        table.rows.push(words.into_iter().chain([row.frequency.as_str(), &row.owner]).map(Cell::words).collect());
    }
    (!table.rows.is_empty()).then_some(table)
}
