//! A native chart over the figures that it draws, by the rules of the pictures: a missing figure is a gap, a new way of counting
//! begins a line of its own, percent ends at 100, the authority is told from everybody else.
//!
//! In: a figure of the document. Out: its cells on the sheet, and the chart above them.

mod bars;
mod lines;
mod panels;
mod points;

use rust_xlsxwriter::{
    Chart, ChartAxis, ChartAxisLabelPosition, ChartEmptyCells, ChartFont, ChartFormat, ChartLine, XlsxError,
};

use super::grid::{ALT_LIMIT, grid};
use super::sheet::{Sheet, line};
use crate::publish::document::{Cell, Figure, Plot, Role, Shape, Table};

/// Excel's limit of letters in a chart's title.
const TITLE_LIMIT: usize = 255;
/// Pixels of a row.
const ROW: u32 = 20;
/// A chart's width in pixels, and the height of one over time.
const WIDTH: u32 = 760;
/// The height of a chart over time.
const HEIGHT: u32 = 380;
/// The highest share from which on the axis ends at 100.
const NEAR: f64 = 75.0;
/// Quiet lines and letters.
const QUIET: &str = "#505A5F";

/// A chart's cells on their sheet.
struct Cells<'a> {
    sheet: &'a str,
    /// The row of the headings.
    head: u32,
    data: &'a Table,
}

impl Cells<'_> {
    /// The headings of the figures, as a range.
    fn headings(&self) -> (&str, u32, u16, u32, u16) {
        (self.sheet, self.head, 1, self.head, self.last())
    }

    /// The figures of one row.
    fn row(&self, index: usize) -> (&str, u32, u16, u32, u16) {
        let row = self.head + 1 + index as u32;
        (self.sheet, row, 1, row, self.last())
    }

    /// One column over all rows: the names are column 0.
    fn column(&self, index: usize) -> (&str, u32, u16, u32, u16) {
        let last = self.head + self.data.rows.len() as u32;
        (self.sheet, self.head + 1, index as u16, last, index as u16)
    }

    fn last(&self) -> u16 {
        self.data.columns.len().saturating_sub(1) as u16
    }
}

/// Writes the figures of `figure`, and its chart above them; a table alone where there is nothing to draw.
pub fn draw(sheet: &mut Sheet<'_>, figure: &Figure) -> Result<(), XlsxError> {
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
fn finish(chart: &mut Chart, figure: &Figure, lie: bool) {
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

/// Title, and words for those who cannot see it; a missing figure is a gap.
fn head(chart: &mut Chart, title: &str, alt: &str, points: f64) {
    let mut bold = font(points);
    bold.set_bold();
    chart.title().set_name(line(title, TITLE_LIMIT).as_str()).set_font(&bold);
    chart.set_alt_text(line(alt, ALT_LIMIT)).show_empty_cells_as(ChartEmptyCells::Gaps);
}

fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(size);
    font
}

/// The axis of the figures: from 0, percent to 100.
struct Scale {
    low: f64,
    high: f64,
    /// Whether the figures have decimals.
    has_places: bool,
    percent: bool,
    stacked: bool,
}

impl Scale {
    fn of(figure: &Figure) -> Scale {
        let Plot { percent, shape, .. } = figure.plot;
        Scale::around(figure.data.rows.iter().flatten(), percent, shape == Shape::Stacked)
    }

    fn around<'c>(cells: impl Iterator<Item = &'c Cell>, percent: bool, stacked: bool) -> Scale {
        let start = Scale { low: 0.0, high: 0.0, has_places: false, percent, stacked };
        cells.filter_map(|cell| Some((cell.number?, cell.places))).fold(start, |scale, (value, places)| Scale {
            low: scale.low.min(value),
            high: scale.high.max(value),
            has_places: scale.has_places || places > 0,
            ..scale
        })
    }

    fn onto<'a>(&self, axis: &'a mut ChartAxis) -> &'a mut ChartAxis {
        axis.set_major_gridlines(true).set_major_gridlines_line(ChartLine::new().set_color("#D9D9D9").set_width(0.75));
        axis.set_format(ChartLine::new().set_hidden(true));
        if self.low >= 0.0 {
            axis.set_min(0);
        }
        if self.stacked {
            // Bars of full length are drawn of shares, which Excel counts to 1.
            axis.set_num_format("0%").set_max(1);
        } else if self.percent {
            axis.set_num_format("0\"%\"");
            if self.high > NEAR && self.high <= 100.0 {
                axis.set_max(100);
            }
        } else {
            axis.set_num_format(if self.high < 10.0 && self.has_places { "0.0" } else { "#,##0" });
        }
        axis
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

/// The colour of whose figures these are.
fn colour(role: Role) -> &'static str {
    match role {
        Role::Own => "#12436D",
        Role::England => QUIET,
        Role::Neighbours => "#28A197",
        Role::Region => "#801650",
        Role::Other => "#8E979C",
    }
}

/// Whose the figures of a row are.
fn role(roles: &[Role], row: usize) -> Role {
    roles.get(row).copied().unwrap_or_default()
}

/// A filled shape of one colour.
fn filled(colour: &str) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour));
    format
}
