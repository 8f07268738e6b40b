//! What the charts of a workbook share: where their cells stand, colours, fonts and the ends of an axis.

use super::super::grid::ALT_LIMIT;
use super::super::sheet::line;
use crate::publish::document::Cell;
use crate::publish::document::PaperChart;
use crate::publish::document::Plot;
use crate::publish::document::Role;
use crate::publish::document::Shape;
use crate::publish::document::Table;
use rust_xlsxwriter::Chart;
use rust_xlsxwriter::ChartAxis;
use rust_xlsxwriter::ChartEmptyCells;
use rust_xlsxwriter::ChartFont;
use rust_xlsxwriter::ChartFormat;
use rust_xlsxwriter::ChartLine;

/// Excel's limit of letters in a chart's title.
const TITLE_LIMIT: usize = 255;

/// The highest share from which on the axis ends at 100.
const NEAR: f64 = 75.0;
/// Pixels of a row.
pub(super) const ROW: u32 = 20;

/// A chart's width in pixels, and the height of one over time.
pub(super) const WIDTH: u32 = 760;

/// Quiet lines and letters.
pub(super) const QUIET: &str = "#505A5F";

/// A chart's cells on their sheet.
pub(super) struct Cells<'a> {
    pub(super) sheet: &'a str,
    /// The row of the headings.
    pub(super) head: u32,
    pub(super) data: &'a Table,
}

impl Cells<'_> {
    /// The headings of the figures, as a range.
    pub(super) fn headings(&self) -> (&str, u32, u16, u32, u16) {
        (self.sheet, self.head, 1, self.head, self.last())
    }

    /// The figures of one row.
    pub(super) fn row(&self, index: usize) -> (&str, u32, u16, u32, u16) {
        let row = self.head + 1 + index as u32;
        (self.sheet, row, 1, row, self.last())
    }

    /// One column over all rows: the names are column 0.
    pub(super) fn column(&self, index: usize) -> (&str, u32, u16, u32, u16) {
        let last = self.head + self.data.rows.len() as u32;
        (self.sheet, self.head + 1, index as u16, last, index as u16)
    }

    fn last(&self) -> u16 {
        self.data.columns.len().saturating_sub(1) as u16
    }
}

/// Title, and words for those who cannot see it; a missing figure is a gap.
pub(super) fn head(chart: &mut Chart, title: &str, alt: &str, points: f64) {
    let mut bold = font(points);
    bold.set_bold();
    chart.title().set_name(line(title, TITLE_LIMIT).as_str()).set_font(&bold);
    chart.set_alt_text(line(alt, ALT_LIMIT)).show_empty_cells_as(ChartEmptyCells::Gaps);
}

pub(super) fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(size);
    font
}

/// The axis of the figures: from 0, percent to 100.
pub(super) struct Scale {
    low: f64,
    high: f64,
    /// Whether the figures have decimals.
    has_places: bool,
    percent: bool,
    stacked: bool,
}

impl Scale {
    pub(super) fn of(figure: &PaperChart) -> Scale {
        let Plot { percent, shape, .. } = figure.plot;
        Scale::around(figure.data.rows.iter().flatten(), percent, shape == Shape::Stacked)
    }

    pub(super) fn around<'c>(cells: impl Iterator<Item = &'c Cell>, percent: bool, stacked: bool) -> Scale {
        let start = Scale { low: 0.0, high: 0.0, has_places: false, percent, stacked };
        cells.filter_map(|cell| Some((cell.number?, cell.places))).fold(start, |scale, (value, places)| Scale {
            low: scale.low.min(value),
            high: scale.high.max(value),
            has_places: scale.has_places || places > 0,
            ..scale
        })
    }

    pub(super) fn onto<'a>(&self, axis: &'a mut ChartAxis) -> &'a mut ChartAxis {
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

/// The colour of whose figures these are.
pub(super) fn colour(role: Role) -> &'static str {
    match role {
        Role::Own => "#12436D",
        Role::England => QUIET,
        Role::Neighbours => "#28A197",
        Role::Region => "#801650",
        Role::Other => "#8E979C",
    }
}

/// Whose the figures of a row are.
pub(super) fn role(roles: &[Role], row: usize) -> Role {
    roles.get(row).copied().unwrap_or_default()
}

/// A filled shape of one colour.
pub(super) fn filled(colour: &str) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour));
    format
}
