//! A measure's years so far to the years ahead, with intervals and the method's own error, or why there are none.

use crate::chart::Chart;
use crate::chart::data::{Break, Context, Figure as Drawn, Role};
use crate::chart::fan::FanChart;
use crate::comparator::Comparator;
use crate::finding::Error;
use crate::period::{Breaks, Known, PeriodKey, years_later};
use crate::pipeline::Unit;
use crate::publish::document::{Block, Cell, Charts, Column, PaperChart, Table};
use crate::report::{ChartKind, Section};
use crate::schema::TOTAL;
use crate::series::Line;
use crate::shown;
use crate::statistics::projection::{Ahead, FEWEST, Projection, damped_trend};
use crate::statistics::{Confidence, Interval};

use super::choose::Chosen;
use super::local::{Own, is_local, last};
use super::own_tables::OwnView;
use super::pictures::{Paint, finished};
use super::tables::titled;
use super::view::{View, cell};
use crate::reading::{Seen, When as Spoken, words};
use crate::store::measure;

/// One year of a series.
struct Year {
    when: PeriodKey,
    label: String,
    figure: Seen,
    id: String,
    /// What changed where it is not comparable with the year before.
    broken: Option<String>,
}

/// For each measure that can be projected a sentence, a chart and a table; for each that cannot, why not.
///
/// # Errors
/// The chart room refuses.
pub fn projections<'a>(
    chosen: &[Chosen<'a>],
    (view, own, paint): (&View<'a>, &OwnView<'_>, Paint<'_>),
    section: &Section,
) -> Result<Vec<Block>, Error> {
    let (mut blocks, mut refused): (Vec<Block>, Vec<(String, Vec<String>)>) = (Vec::new(), Vec::new());
    let mut figures: Vec<PaperChart> = Vec::new();
    for chosen in chosen {
        let years = if is_local(chosen) { local(chosen, own) } else { published(chosen, view) };
        let years = in_a_row(years, section.across_breaks);
        match projected(chosen, &years, section.ahead) {
            Ok(projection) => {
                blocks.extend(sentence_of(chosen, &years, &projection).map(|text| Block::Paragraph { text }));
                let chart = fan(chosen, view, &years, &projection);
                let figure = finished(&chart, ChartKind::Plan, (&[chosen], view), paint)?;
                figures.extend(figure);
                blocks.push(Block::Table(ahead(chosen, &years, &projection)));
                blocks.push(Block::Table(so_far(chosen, &years)));
            }
            Err(why) => match refused.iter_mut().find(|(known, _)| *known == why) {
                Some((_, measures)) => measures.push(chosen.measure.label.clone()),
                None => refused.push((why, vec![chosen.measure.label.clone()])),
            },
        }
    }
    blocks.extend(
        refused
            .into_iter()
            .map(|(why, measures)| Block::Paragraph { text: format!("{}. {why}", shown::list(&measures)) }),
    );
    let charts = (!figures.is_empty()).then_some(Block::Charts(Charts { across: 2, figures }));
    Ok(charts.into_iter().chain(blocks).collect())
}

/// The years so far and those ahead as a chart.
fn fan<'a>(chosen: &Chosen<'a>, view: &View<'a>, years: &[Year], projection: &Projection) -> Chart {
    let mut measure = measure(&chosen.found(), "");
    measure.places = measure.prose_places(None, years.last().and_then(|year| year.figure.value));
    let newest = years.last().map_or("", |year| year.label.as_str());
    let ahead = (1..).zip(&projection.ahead).map(|(step, _)| years_later(newest, step));
    let labels = years.iter().map(|year| year.label.clone()).chain(ahead);
    let periods: Vec<Spoken> = (0..).zip(labels).map(|(order, label)| Spoken::new(order, &label)).collect();
    let known = years.iter().map(|year| year.figure.value.map(|value| Drawn::of(value).known_as(year.id.clone())));
    let may = |ahead: &Ahead| Drawn::of(ahead.value).interval(ahead.interval.lower, ahead.interval.upper);
    let breaks =
        (0..).zip(years).skip(1).filter_map(|(order, year)| Some(Break { order, reason: year.broken.clone()? }));
    FanChart {
        context: Context::new(view.who, measure, &chosen.meta.source),
        figures: known.collect(),
        plan: Vec::new(),
        ahead: years.iter().map(|_| None).chain(projection.ahead.iter().map(|ahead| Some(may(ahead)))).collect(),
        beside: beside(chosen, view, years),
        breaks: breaks.collect(),
        periods,
    }
    .into()
}

/// The neighbours' average and England's figure of each year so far, as the section asks; a total stands beside nobody.
fn beside<'a>(chosen: &Chosen<'a>, view: &View<'a>, years: &[Year]) -> Vec<(String, Role, Vec<Option<Drawn>>)> {
    if is_local(chosen) {
        return Vec::new();
    }
    let own = view.whole(chosen);
    let slice = view.slice(chosen, own.about.0, own.about.1);
    let is_total = own.points.last().is_some_and(|point| slice.is_total(point.when));
    let lines = view.lines(chosen, &own);
    let named = lines.iter().skip(1).zip(&view.beside).filter_map(|(line, comparator)| match comparator {
        Comparator::England if !is_total => Some((line, "England", Role::England)),
        Comparator::Neighbours(_) => Some((line, "Statistical neighbours", Role::Neighbour)),
        _ => None,
    });
    let figure = |line: &Line<'_>, year: &Year| {
        let when = own.points.iter().map(|point| point.when).find(|when| when.key == year.when)?;
        line.at(when)?.value.map(Drawn::of)
    };
    let drawn = named.map(|(line, name, role)| {
        (name.to_owned(), role, years.iter().map(|year| figure(line, year)).collect::<Vec<_>>())
    });
    drawn.filter(|(.., line)| line.iter().any(Option::is_some)).collect()
}

/// The years ahead that say something, or why there are none, as a sentence.
fn projected(chosen: &Chosen<'_>, years: &[Year], ahead: usize) -> Result<Projection, String> {
    let values: Vec<f64> = years.iter().map(|year| year.figure.value.unwrap_or(f64::NAN)).collect();
    let Some(mut projection) = damped_trend(&values, ahead, Confidence::P95) else { return Err(lacking(years)) };
    if projection.back_test.error >= projection.back_test.unchanged {
        return Err(words::no_better().to_owned());
    }
    let bounds = bounds(chosen, years);
    projection.ahead = projection.ahead.iter().map(|ahead| possible(ahead, bounds)).collect();
    let says = projection.ahead.iter().take_while(|ahead| is_narrow(chosen, ahead)).count();
    projection.ahead.truncate(says);
    if projection.ahead.is_empty() { Err(TOO_WIDE.to_owned()) } else { Ok(projection) }
}

const TOO_WIDE: &str = "No projection: the range would be so wide that it says nothing.";

/// Whether the interval spans at most half of its scale: of a hundred for a share, of twice the figure for anything else.
fn is_narrow(chosen: &Chosen<'_>, ahead: &Ahead) -> bool {
    let scale = if chosen.measure.unit == "percent" { 100.0 } else { 2.0 * ahead.value.abs() };
    ahead.interval.upper - ahead.interval.lower <= scale / 2.0
}

/// What the last year ahead may bring, in words.
fn sentence_of(chosen: &Chosen<'_>, years: &[Year], projection: &Projection) -> Option<String> {
    let newest = years.last()?;
    let last = projection.ahead.last()?;
    let step = i32::try_from(projection.ahead.len()).ok()?;
    let mut measure = measure(&chosen.found(), "");
    measure.places = measure.prose_places(None, Some(last.value));
    let when = Spoken::new(0, &years_later(&newest.label, step)).at();
    let said = words::projected(&measure, &when, last.value, last.interval);
    Some(format!("{}: {}", measure.heading(), shown::within(&said)))
}

/// The least and the most that a figure can be: what the series itself has shown to be possible stays possible.
fn bounds(chosen: &Chosen<'_>, years: &[Year]) -> (f64, f64) {
    let any = |test: fn(f64) -> bool| years.iter().filter_map(|year| year.figure.value).any(test);
    let negative = any(|value| value < 0.0);
    let over = chosen.measure.unit != "percent" || any(|value| value > 100.0);
    (if negative { f64::NEG_INFINITY } else { 0.0 }, if over { f64::INFINITY } else { 100.0 })
}

/// The published years of the authority, oldest first.
fn published<'a>(chosen: &Chosen<'a>, view: &View<'a>) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for point in view.whole(chosen).points {
        let (when, broken) = (point.when.key, point.broken().map(shown::within));
        match years.iter_mut().find(|year| year.when == when) {
            Some(known) => known.broken = known.broken.take().or(broken),
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
    let broken = |when: PeriodKey| {
        let declared = breaks.between(chosen.name, when.a_year_before().end_day(), when.end_day());
        declared.map(|declared| shown::within(&declared.note))
    };
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
        if later.broken.is_some() && !across_breaks {
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

/// Why the years do not do, as a sentence.
fn lacking(years: &[Year]) -> String {
    match years {
        [.., last] if last.figure.value.is_none() => format!("No projection: there is no figure for {}.", last.label),
        [first, .., last] if years.len() >= FEWEST => {
            format!("No projection: it is the same from {} to {}.", first.label, last.label)
        }
        years => words::too_short(FEWEST, years.len()),
    }
}

/// The years that the projection goes on from.
fn so_far(chosen: &Chosen<'_>, years: &[Year]) -> Table {
    let measure = measure(&chosen.found(), "");
    let kind = if is_local(chosen) { "the council\u{2019}s own" } else { "published" };
    let figure = |year: &Year| match (year.figure.value, measure.unit) {
        (Some(value), Unit::Pounds) => Cell::shown(value, measure.places, measure.shown(value)),
        _ => cell(&year.figure, measure.places),
    };
    let row = |year: &Year| vec![Cell::words(&year.label), figure(year).figure(&year.id)];
    Table {
        title: format!("{}: the years so far", titled(chosen.measure)),
        columns: vec![Column::words("Period"), Column::figures("Figure").with(kind)],
        rows: years.iter().map(row).collect(),
        ..Table::default()
    }
}

/// The years ahead, with their ranges.
fn ahead(chosen: &Chosen<'_>, years: &[Year], projection: &Projection) -> Table {
    let measure = measure(&chosen.found(), "");
    let mut table = Table { title: format!("{}: projection", titled(chosen.measure)), ..Table::default() };
    table.columns = ["Period", "Figure is"].map(Column::words).into();
    table.columns.extend(["Figure", "Lower 95%", "Upper 95%"].map(Column::figures));
    let written = |value: f64| match measure.unit {
        Unit::Pounds => Cell::shown(value, measure.places, measure.shown(value)),
        _ => Cell::number(value, measure.places),
    };
    let newest = years.last().map_or("", |year| year.label.as_str());
    for (step, ahead) in (1..).zip(&projection.ahead) {
        let figures = [ahead.value, ahead.interval.lower, ahead.interval.upper];
        let mut row = vec![Cell::words(years_later(newest, step)), Cell::words("projected")];
        row.extend(figures.map(written));
        table.rows.push(row);
    }
    table.notes = notes(projection, years, measure.places);
    table
}

/// No share below 0% or above 100%, no count or sum below nothing, where the series has none.
fn possible(ahead: &Ahead, (lowest, highest): (f64, f64)) -> Ahead {
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
    for year in years.iter().skip(1).filter(|year| year.broken.is_some()) {
        notes.push(format!("Reads across the break in the series in {}, as asked.", year.label));
    }
    notes
}
