//! A measure's years so far to the years ahead, with intervals and the method's own error, or why there are none.

use crate::period::{Breaks, Known, PeriodKey, years_later};
use crate::publish::document::{Block, Cell, Column, Table};
use crate::report::Section;
use crate::schema::TOTAL;
use crate::shown;
use crate::statistics::projection::{Ahead, FEWEST, Projection, damped_trend};
use crate::statistics::{Confidence, Interval};

use super::choose::Chosen;
use super::local::{Own, is_local, last};
use super::own_tables::OwnView;
use super::tables::titled;
use super::view::{View, cell};
use crate::reading::Seen;

/// One year of a series.
struct Year {
    when: PeriodKey,
    label: String,
    figure: Seen,
    id: String,
    /// Whether it is not comparable with the year before.
    broken: bool,
}

/// A table for each measure that can be projected, and a sentence for each that cannot.
pub fn projections<'a>(chosen: &[Chosen<'a>], view: &View<'a>, own: &OwnView<'_>, section: &Section) -> Vec<Block> {
    let (mut blocks, mut refused) = (Vec::new(), Vec::new());
    for measure in chosen {
        let years = if is_local(measure) { local(measure, own) } else { published(measure, view) };
        let years = in_a_row(years, section.across_breaks);
        let values: Vec<f64> = years.iter().map(|year| year.figure.value.unwrap_or(f64::NAN)).collect();
        match damped_trend(&values, section.ahead, Confidence::P95) {
            Some(projection) => blocks.push(Block::Table(table(measure, &years, &projection))),
            None => refused.push(format!("{} ({})", measure.measure.label, lacking(&years))),
        }
    }
    if !refused.is_empty() {
        let text = format!(
            "No projection of {}. It needs {FEWEST} years in a row, with figures that differ and no break in the series.",
            refused.join("; ")
        );
        blocks.push(Block::Paragraph { text });
    }
    blocks
}

/// The published years of the authority, oldest first.
fn published<'a>(chosen: &Chosen<'a>, view: &View<'a>) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for point in view.whole(chosen).points {
        let (when, broken) = (point.when.key, point.broken().is_some());
        match years.iter_mut().find(|year| year.when == when) {
            Some(known) => known.broken |= broken,
            None => years.push(Year {
                when,
                label: point.when.label(),
                figure: point.figure,
                id: view.id(chosen, (TOTAL, TOTAL), point.when, 0),
                broken,
            }),
        }
    }
    years
}

/// The years of the council's own return: the last period and those of its kind, for a month and a term may end on one
/// day.
fn local(chosen: &Chosen<'_>, view: &OwnView<'_>) -> Vec<Year> {
    let figures = view.locals.figures(chosen, view.authority);
    let Some(newest) = last(&figures, None) else { return Vec::new() };
    let alike: Vec<&&Own> =
        figures.iter().filter(|own| own.area == TOTAL && own.when.length() == newest.when.length()).collect();
    let known: Vec<Known<'_>> = alike.iter().map(|own| ((own.period.as_str(), ""), own.when)).collect();
    let breaks = Breaks::of(&chosen.meta.breaks, &known, None);
    let broken =
        |when: PeriodKey| breaks.between(chosen.name, when.a_year_before().end_day(), when.end_day()).is_some();
    let mut years: Vec<Year> = alike
        .iter()
        .map(|own| Year {
            when: own.when,
            label: own.period.clone(),
            figure: own.figure,
            id: own.id.clone(),
            broken: broken(own.when),
        })
        .collect();
    years.sort_by_key(|year| year.when);
    years
}

/// The last years that follow one another without a gap, nor a break unless that is asked for.
fn in_a_row(years: Vec<Year>, across_breaks: bool) -> Vec<Year> {
    let mut row: Vec<Year> = Vec::new();
    for year in years.into_iter().rev() {
        let Some(later) = row.last() else {
            row.push(year);
            continue;
        };
        if later.broken && !across_breaks {
            break;
        }
        if year.when.is_a_year_before(later.when) {
            if year.figure.value.is_none() {
                break;
            }
            row.push(year);
        }
    }
    row.reverse();
    row
}

/// Why the years do not do, in words.
fn lacking(years: &[Year]) -> String {
    match years {
        [] => "no figure".to_owned(),
        [.., last] if last.figure.value.is_none() => format!("no figure in {}", last.label),
        [only] => format!("one year, {}", only.label),
        [first, .., last] if years.len() >= FEWEST => format!("the same from {} to {}", first.label, last.label),
        [first, .., last] if first.broken => {
            format!("{} years since the break in {}, to {}", years.len(), first.label, last.label)
        }
        [first, .., last] => format!("{} years, {} to {}", years.len(), first.label, last.label),
    }
}

fn table(chosen: &Chosen<'_>, years: &[Year], projection: &Projection) -> Table {
    let places = chosen.measure.places;
    let mut table = Table { title: format!("{}: projection", titled(chosen.measure)), ..Table::default() };
    table.columns = ["Period", "Figure is"].map(Column::words).into();
    table.columns.extend(["Figure", "Lower 95%", "Upper 95%"].map(Column::figures));
    let none = || Cell::missing("[z]", "not applicable");
    let kind = if is_local(chosen) { "the council's own" } else { "published" };
    for year in years {
        let figure = cell(&year.figure, places).figure(&year.id);
        table.rows.push(vec![Cell::words(&year.label), Cell::words(kind), figure, none(), none()]);
    }
    let newest = years.last().map_or("", |year| year.label.as_str());
    // What the series itself has shown to be possible stays possible.
    let negative = years.iter().any(|year| year.figure.value.is_some_and(|value| value < 0.0));
    let over = chosen.measure.unit != "percent"
        || years.iter().any(|year| year.figure.value.is_some_and(|value| value > 100.0));
    let (lowest, highest) = (if negative { f64::NEG_INFINITY } else { 0.0 }, if over { f64::INFINITY } else { 100.0 });
    for (step, ahead) in (1..).zip(&projection.ahead) {
        let ahead = possible(ahead, lowest, highest);
        let figures = [ahead.value, ahead.interval.lower, ahead.interval.upper];
        let mut row = vec![Cell::words(years_later(newest, step)), Cell::words("projected")];
        row.extend(figures.map(|value| Cell::number(value, places)));
        table.rows.push(row);
    }
    table.notes = notes(projection, years, places);
    table
}

/// No share below 0% or above 100%, no count or sum below nothing, where the series has none.
fn possible(ahead: &Ahead, lowest: f64, highest: f64) -> Ahead {
    let kept = |value: f64| value.clamp(lowest, highest);
    let interval = Interval { lower: kept(ahead.interval.lower), upper: kept(ahead.interval.upper) };
    Ahead { value: kept(ahead.value), interval }
}

fn notes(projection: &Projection, years: &[Year], places: u8) -> Vec<String> {
    let test = &projection.back_test;
    let mut notes = vec![
        format!(
            "Damped trend over {} years: what comes if the series goes on as it has. It knows nothing of plans, policy or population.",
            years.len()
        ),
        format!(
            "Tried on its own past {} times, one year ahead, it was off by {} on average; taking the last figure for the next was off by {}.",
            test.tried,
            shown::number(test.error, places.max(1)),
            shown::number(test.unchanged, places.max(1))
        ),
    ];
    for year in years.iter().skip(1).filter(|year| year.broken) {
        notes.push(format!("Reads across the break in the series in {}, as the report file asks.", year.label));
    }
    if test.error >= test.unchanged {
        notes.push("So far it has been no better than taking the last figure for the next: do not plan on it.".into());
    }
    notes
}
