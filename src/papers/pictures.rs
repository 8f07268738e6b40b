//! Charts of a report: drawn by the chart room, with their data as a table for the page and the workbook.

use crate::area::LaCode;
use crate::chart::theme::{Palette, Size};
use crate::chart::trend::TrendChart;
use crate::chart::{Chart, ChartError, Formats, Plotted, data, render_as};
use crate::draw::{self, Company, Drawn, Wanted};
use crate::finding::Error;
use crate::pipeline::Unit;
use crate::publish::document::{Cell, Column, Figure, Plot, Role, Table};
use crate::publish::page::inline;
use crate::report::{ChartKind, Report, Section};

use super::Stock;
use super::choose::Chosen;
use super::tables::titled;
use super::view::View;

/// The colours of the report.
///
/// # Errors
/// A colour that cannot be read or seen.
pub fn palette(report: &Report) -> Result<Palette, Error> {
    if report.colours.is_empty() {
        return Ok(Palette::default());
    }
    Palette::council(&report.colours).map_err(|error| {
        let place = crate::finding::Place::file(&report.path);
        Error::declaration(place, error.to_string(), "correct `colours`: up to four, dark enough to be seen on white")
    })
}

/// What all charts of a section share.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its period and comparators.
    pub view: &'a View<'a>,
    /// The authority.
    pub authority: LaCode,
    /// The colours.
    pub palette: &'a Palette,
}

/// How many charts of a kind fit beside each other.
pub fn width(kind: ChartKind) -> u8 {
    match kind {
        ChartKind::Trend | ChartKind::Neighbours | ChartKind::Dumbbell => 2,
        _ => 1,
    }
}

/// The chart of one measure for one authority; none where it has no figure, or none that this kind can show.
///
/// # Errors
/// The table cannot be read, or the chart room refuses.
pub fn picture(
    kind: ChartKind,
    chosen: &Chosen<'_>,
    frame: &Frame<'_>,
    stock: &Stock<'_>,
) -> Result<Option<Figure>, Error> {
    let Frame { section, view, authority, palette } = *frame;
    let parts = kind == ChartKind::Stacked;
    if parts && section.topic.is_empty() {
        return Ok(None);
    }
    let asked = Wanted {
        kind,
        measures: vec![chosen.found()],
        authority,
        company: Company::default(),
        period: view.period.as_deref(),
        breakdown: parts.then_some(section.topic.as_str()),
    };
    let chart = match draw::chart(&asked, stock.catalogue, stock.register)? {
        Drawn::Chart(chart) => chart,
        Drawn::Nothing(_) => return Ok(None),
    };
    let formats = if stock.png { Formats::Both } else { Formats::Svg };
    let drawn = match render_as(&chart, Size::Column, palette, formats) {
        Ok(drawn) => drawn,
        Err(ChartError::Empty { .. }) => return Ok(None),
        Err(error) => return Err(draw::not_drawn(&error)),
    };
    let id = super::slug(&format!("{} {} {}", chosen.table, chosen.name, kind.word()));
    let data = data(&chart.data(), chosen, &id);
    let plot = plot(&chart, &data, chosen);
    let svg = inline(&drawn.svg, &id);
    Ok(Some(Figure {
        id,
        title: drawn.title,
        alt: drawn.alt,
        svg,
        png: drawn.png,
        csv: drawn.csv,
        data,
        plot,
        ..Figure::default()
    }))
}

/// How a spreadsheet draws the same figures.
fn plot(chart: &Chart, data: &Table, chosen: &Chosen<'_>) -> Plot {
    let plotted = chart.data();
    let whose = |row: &Vec<Cell>| {
        let of = plotted.iter().find(|one| one.area == row[0].text);
        of.map_or(Role::Other, |one| match one.role {
            data::Role::Subject => Role::Own,
            data::Role::England => Role::England,
            data::Role::Region => Role::Region,
            // Where the figure is one neighbour's, it is one of many.
            data::Role::Neighbour if matches!(chart, Chart::Trend(_)) => Role::Neighbours,
            data::Role::Neighbour | data::Role::Other | data::Role::Group => Role::Other,
        })
    };
    let breaks = |trend: &TrendChart| {
        let since = |order| trend.periods.iter().find(|period| period.order >= order);
        let column = |label: &str| data.columns.iter().position(|column| column.title == label);
        trend.breaks.iter().filter_map(|gap| column(&since(gap.order)?.label)).collect()
    };
    Plot {
        line: matches!(chart, Chart::Trend(_)),
        stacked: matches!(chart, Chart::Stacked(_)),
        percent: chosen.measure.unit == Unit::Percent.word(),
        breaks: if let Chart::Trend(trend) = chart { breaks(trend) } else { Vec::new() },
        roles: data.rows.iter().map(whose).collect(),
    }
}

/// The plotted figures: a row an area, a column a period, or a column a part where there are parts.
fn data(plotted: &[Plotted], chosen: &Chosen<'_>, id: &str) -> Table {
    let mut table = Table {
        id: format!("{id}-data"),
        title: titled(chosen.measure),
        columns: vec![Column::words("Area")],
        ..Table::default()
    };
    for one in plotted {
        let heading = if one.series.is_empty() { &one.period } else { &one.series };
        let column = table.columns.iter().skip(1).position(|column| column.title == *heading).map(|at| at + 1);
        let column = column.unwrap_or_else(|| {
            table.columns.push(Column::figures(heading.clone()));
            table.columns.len() - 1
        });
        let row = table.rows.iter().position(|row| row[0].text == one.area).unwrap_or_else(|| {
            table.rows.push(vec![Cell::words(one.area.clone())]);
            table.rows.len() - 1
        });
        let cells = &mut table.rows[row];
        while cells.len() <= column {
            cells.push(Cell::missing("none", "not available"));
        }
        cells[column] = cell(&one.figure, chosen.measure.places).figure(&one.figure.id);
    }
    let width = table.columns.len();
    for row in &mut table.rows {
        row.resize(width, Cell::missing("none", "not available"));
    }
    table
}

/// A plotted figure as a cell.
fn cell(figure: &data::Figure, places: u8) -> Cell {
    match figure.number() {
        Some(value) if figure.is_marked() => Cell::number(value, places).qualified(&figure.symbol(), figure.reason()),
        Some(value) => Cell::number(value, places),
        None => Cell::missing(&figure.symbol(), figure.reason()),
    }
}
