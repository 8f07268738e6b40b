//! A native chart over the figures that it draws, by the rules of the pictures: a missing figure is a gap, a new way of counting
//! begins a line of its own, percent ends at 100, the authority is told from everybody else.
//!
//! In: a figure of the document. Out: its cells on the sheet, and the chart above them.

mod bars;
mod cells;
mod lines;
mod panels;
mod points;

use cells::{Cells, QUIET, ROW, Scale, WIDTH, colour, filled, font, head, role};

use rust_xlsxwriter::{Chart, ChartAxisLabelPosition, XlsxError};

use super::grid::grid;
use super::sheet::Sheet;
use crate::publish::document::{PaperChart, Shape, Table};

/// The height of a chart over time.
const HEIGHT: u32 = 380;

/// Writes the figures of `figure`, and its chart above them; a table alone where there is nothing to draw.
pub fn draw(sheet: &mut Sheet<'_>, figure: &PaperChart) -> Result<(), XlsxError> {
    let plot = &figure.plot;
    let figures = blanked(&figure.data);
    let made = lines::split(&figures, plot)
        .or_else(|| bars::beside_england(&figures, plot))
        .or_else(|| points::own_first(&figures, plot));
    let (data, roles) = made.as_ref().map_or((&figures, &plot.roles), |(data, roles)| (data, roles));
    let is_bare = data.rows.iter().flatten().all(|cell| cell.number.is_none());
    if is_bare || data.columns.len() < 2 || plot.shape == Shape::Nothing {
        return grid(sheet, data).map(drop);
    }
    if plot.shape == Shape::Panels {
        return panels::draw(sheet, figure, data, roles);
    }
    let height = match plot.shape {
        Shape::Bars | Shape::Stacked => bars::height(data.rows.len()),
        Shape::Groups => bars::height(data.rows.len() * (data.columns.len() - 1)),
        _ => HEIGHT,
    };
    let at = sheet.row;
    // The figures stand beneath the chart and a blank row.
    sheet.row += height.div_ceil(ROW) + 1;
    let Some(head) = grid(sheet, data)? else { return Ok(()) };
    let name = sheet.name.clone();
    let cells = Cells { sheet: &name, head, data };
    let mut chart = match plot.shape {
        Shape::Lines => lines::chart(&cells, roles),
        Shape::Stacked => bars::stacked(&cells, roles),
        Shape::Groups => bars::groups(&cells, roles),
        Shape::Points => points::chart(&cells),
        _ => bars::chart(&cells, roles),
    };
    let lies = matches!(plot.shape, Shape::Bars | Shape::Stacked) && bars::lie(data.rows.len())
        || plot.shape == Shape::Groups && bars::lie(data.rows.len() * (data.columns.len() - 1));
    finish(&mut chart, figure, lies);
    if plot.shape == Shape::Points {
        points::axes(&mut chart, figure);
    }
    chart.set_width(WIDTH).set_height(height);
    sheet.inner.insert_chart(at, 0, &chart)?;
    Ok(())
}

/// Title, words for those who cannot see it, axes: those of bars that `lie` have changed places.
fn finish(chart: &mut Chart, figure: &PaperChart, lie: bool) {
    let scale = Scale::of(figure);
    head(chart, &figure.title, &figure.alt, 12.0);
    let small = font(9.5);
    if lie {
        chart.y_axis().set_font(&small).set_reverse().set_major_gridlines(false);
        scale.onto(chart.x_axis()).set_font(&small).set_label_position(ChartAxisLabelPosition::High);
    } else {
        chart.x_axis().set_font(&small);
        scale.onto(chart.y_axis()).set_font(&small);
    }
}

/// The figures alone: where none is, the cell is blank, and its reason stands behind the row.
fn blanked(data: &Table) -> Table {
    let mut made = data.clone();
    for cell in made.rows.iter_mut().flat_map(|row| row.iter_mut().skip(1)).filter(|cell| cell.number.is_none()) {
        let word = std::mem::take(&mut cell.text);
        if cell.reason.is_empty() {
            cell.reason = word;
        }
        cell.id.clear();
    }
    made
}
