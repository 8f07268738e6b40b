//! Charts of a report: drawn by the chart room, with their data as a table for the page and the workbook.

use crate::area::LaCode;
use crate::chart::theme::{Palette, Size};
use crate::chart::{ChartError, Formats, render_as};
use crate::finding::Error;
use crate::publish::document::{Cell, Column, Figure, Table};
use crate::publish::page::inline;
use crate::report::{ChartKind, Report};

use super::super::draw::{Subject, not_drawn, ordered, trend};
use super::Stock;
use super::choose::Chosen;
use super::tables::unit;

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

/// The chart of one measure for one authority; none where it has no figure.
///
/// # Errors
/// The chart room refuses.
pub fn picture(
    kind: ChartKind,
    chosen: &Chosen<'_>,
    authority: LaCode,
    period: Option<&str>,
    palette: &Palette,
    stock: &Stock<'_>,
) -> Result<Option<Figure>, Error> {
    let subject =
        Subject { table: chosen.table, meta: chosen.meta, name: chosen.name, measure: chosen.measure, authority };
    let rows = stock.comparisons.rows(chosen.table, chosen.name);
    let chart = match kind {
        ChartKind::Trend => trend(&stock.comparisons, &rows, &subject, period),
        ChartKind::Ordered => ordered(&stock.comparisons, &rows, &subject, period, stock.register),
    };
    let Some(chart) = chart else { return Ok(None) };
    let formats = if stock.png { Formats::Both } else { Formats::Svg };
    let drawn = match render_as(&chart, Size::Column, palette, formats) {
        Ok(drawn) => drawn,
        Err(ChartError::Empty { .. }) => return Ok(None),
        Err(error) => return Err(not_drawn(&error)),
    };
    let id = super::slug(&format!("{} {} {}", chosen.table, chosen.name, kind.word()));
    let data = data(&drawn.csv, kind, chosen, &id);
    let svg = inline(&drawn.svg, &id);
    Ok(Some(Figure {
        id,
        title: drawn.title,
        alt: drawn.alt,
        svg,
        png: drawn.png,
        csv: drawn.csv,
        data,
        line: kind == ChartKind::Trend,
    }))
}

/// The plotted data: areas down and periods across for lines, a row an area for bars.
fn data(csv: &str, kind: ChartKind, chosen: &Chosen<'_>, id: &str) -> Table {
    let mut table = Table {
        id: format!("{id}-data"),
        title: format!("{}{}", chosen.measure.label, unit(&chosen.measure.unit)),
        columns: vec![Column::words("Area")],
        ..Table::default()
    };
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for record in reader.records().flatten() {
        let field = |at: usize| record.get(at).unwrap_or_default();
        let (area, period) = (field(2), field(5));
        let value = field(6).parse::<f64>().ok();
        let found = match value {
            Some(value) => Cell::number(value, chosen.measure.places),
            None => Cell::missing(&format!("[{}]", field(11)), field(12)),
        };
        let column = match kind {
            ChartKind::Trend => table.columns.iter().position(|column| column.title == period),
            ChartKind::Ordered => (table.columns.len() > 1).then_some(1),
        };
        let column = column.unwrap_or_else(|| {
            table.columns.push(Column::figures(period));
            table.columns.len() - 1
        });
        let row = table.rows.iter().position(|row| row[0].text == area).unwrap_or_else(|| {
            table.rows.push(vec![Cell::words(area)]);
            table.rows.len() - 1
        });
        let cells = &mut table.rows[row];
        while cells.len() <= column {
            cells.push(Cell::missing("[x]", "not available"));
        }
        cells[column] = found;
    }
    let width = table.columns.len();
    for row in &mut table.rows {
        row.resize(width, Cell::missing("[x]", "not available"));
    }
    table
}
