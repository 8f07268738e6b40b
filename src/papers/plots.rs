//! The figures that a chart draws, as a table for page and workbook, and how a spreadsheet draws them itself.

use crate::chart::data::{self as drawn, Unit};
use crate::chart::{Plotted, control, fan};
use crate::publish::document::{Cell, Column, Plot, Role, Shape, Table};
use crate::reading::Missing;
use crate::report::ChartKind;
use crate::shown;
use crate::value::Status;

use super::choose::Chosen;
use super::tables::titled;
use super::view::View;

/// How a spreadsheet draws the same data, whose rows are whose `roles` say.
pub fn plot(kind: ChartKind, measures: &[&Chosen<'_>], view: &View<'_>, plotted: &[Plotted], data: &Table) -> Plot {
    let shape = shape(kind);
    let broken: Vec<String> = match shape {
        Shape::Lines | Shape::Panels => measures.iter().flat_map(|chosen| broken(chosen, view)).collect(),
        _ => Vec::new(),
    };
    let titles = data.columns.iter().enumerate().skip(1);
    let breaks = titles.filter(|(_, column)| broken.contains(&column.title)).map(|(at, _)| at).collect();
    let role = |row: &Vec<Cell>| {
        let is_of = |one: &&Plotted| row[0].text == row_of(kind, one);
        plotted.iter().find(is_of).map_or(Role::Other, |one| role(one, plotted))
    };
    Plot {
        shape,
        percent: plotted.first().is_some_and(|one| one.measure.unit == Unit::Percent),
        breaks,
        roles: data.rows.iter().map(role).collect(),
    }
}

/// What stands for a figure where a spreadsheet draws a chart of this kind.
fn shape(kind: ChartKind) -> Shape {
    match kind {
        ChartKind::Trend | ChartKind::Control | ChartKind::Plan => Shape::Lines,
        ChartKind::Stacked => Shape::Stacked,
        ChartKind::Groups | ChartKind::Ages => Shape::Groups,
        ChartKind::Multiples => Shape::Panels,
        ChartKind::Scatter => Shape::Points,
        ChartKind::Heat | ChartKind::Spine | ChartKind::Scorecard | ChartKind::Spread => Shape::Nothing,
        _ => Shape::Bars,
    }
}

/// The periods from which on a measure is counted in a new way.
fn broken(chosen: &Chosen<'_>, view: &View<'_>) -> Vec<String> {
    let series = view.whole(chosen);
    let slice = view.slice(chosen, series.about.0, series.about.1);
    let broken = series.points.iter().filter(|point| point.broken().is_some());
    broken.map(|point| slice.spoken(point.when).label).collect()
}

/// What is drawn beside the authority's figures and is not one of them.
const BESIDE: [&str; 4] = [control::AVERAGE, control::TARGET, fan::PLANNED, fan::PROJECTED];

/// Whose a plotted figure is: of many neighbours none is told from the other authorities.
fn role(one: &Plotted, plotted: &[Plotted]) -> Role {
    match one.role {
        // An average or a target is the authority's, but not what it did.
        drawn::Role::Subject if BESIDE.contains(&one.series.as_str()) => Role::Other,
        drawn::Role::Subject => Role::Own,
        drawn::Role::England => Role::England,
        drawn::Role::Region => Role::Region,
        drawn::Role::Neighbour => {
            let many = plotted.iter().any(|other| other.role == one.role && other.area != one.area);
            if many { Role::Other } else { Role::Neighbours }
        }
        drawn::Role::Group | drawn::Role::Other => Role::Other,
    }
}

/// The name of the row that a plotted figure stands in: its area's, and its measure's where each has periods of its own.
fn row_of(kind: ChartKind, one: &Plotted) -> String {
    match shape(kind) {
        Shape::Panels => format!("{}: {}", one.area, one.measure.label),
        _ if matches!(kind, ChartKind::Spine | ChartKind::Scorecard) => format!("{}: {}", one.area, one.measure.label),
        _ if matches!(kind, ChartKind::Control | ChartKind::Plan) && !one.series.is_empty() => {
            shown::sentence(&one.series)
        }
        _ => one.area.clone(),
    }
}

/// The heading of the column that it stands in.
fn column_of(kind: ChartKind, one: &Plotted) -> String {
    match kind {
        ChartKind::Heat | ChartKind::Scatter | ChartKind::Spread => one.measure.heading(),
        ChartKind::Multiples | ChartKind::Control | ChartKind::Plan => one.period.clone(),
        _ if one.series.is_empty() => one.period.clone(),
        _ => one.series.clone(),
    }
}

/// The plotted figures: a row an area, a column a period, or a column a part where there are parts.
pub fn data(plotted: &[Plotted], measures: &[&Chosen<'_>], kind: ChartKind, id: &str) -> Table {
    let mut table = Table {
        id: format!("{id}-data"),
        title: measures.first().map(|chosen| titled(chosen.measure)).unwrap_or_default(),
        columns: vec![Column::words("Area")],
        ..Table::default()
    };
    for one in plotted {
        let (heading, name) = (column_of(kind, one), row_of(kind, one));
        let column = table.columns.iter().skip(1).position(|column| column.title == heading).map(|at| at + 1);
        let column = column.unwrap_or_else(|| {
            table.columns.push(Column::figures(heading));
            table.columns.len() - 1
        });
        let row = table.rows.iter().position(|row| row[0].text == name).unwrap_or_else(|| {
            table.rows.push(vec![Cell::words(name)]);
            table.rows.len() - 1
        });
        let cells = &mut table.rows[row];
        while cells.len() <= column {
            cells.push(Cell::missing("none", "not available"));
        }
        cells[column] = cell(&one.figure, places(one, measures)).figure(&one.figure.id);
    }
    let width = table.columns.len();
    for row in &mut table.rows {
        row.resize(width, Cell::missing("none", "not available"));
    }
    table
}

/// The places of a plotted figure: those of its measure; one of a share that the chart made of counts.
fn places(one: &Plotted, measures: &[&Chosen<'_>]) -> u8 {
    let named = measures.iter().find(|chosen| one.measure.label.starts_with(&chosen.measure.label));
    match named.or(measures.first()).map(|chosen| &chosen.measure) {
        Some(measure) if one.measure.unit.word() == measure.unit => measure.places,
        Some(_) => 1,
        None => one.measure.places,
    }
}

/// A plotted figure as a cell: the number, or the word for what it lacks; what a symbol says on the chart is its note.
fn cell(figure: &drawn::Figure, places: u8) -> Cell {
    match figure.number() {
        Some(value) if figure.is_marked() => Cell::number(value, places).noted(figure.reason()),
        Some(value) => Cell::number(value, places),
        None => {
            let symbol = figure.symbol();
            let status = Status::ALL.into_iter().find(|status| status.symbol() == symbol);
            let word = Missing::of(status.unwrap_or(Status::NotAvailable)).word();
            Cell::missing(word, figure.reason())
        }
    }
}
