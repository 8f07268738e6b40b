//! Small charts of lines, three across: one for each measure, the authority beside England, each on a scale of its own.

use rust_xlsxwriter::{Chart, XlsxError};

use super::{Cells, ROW, Scale, WIDTH, font, grid, head, lines};
use crate::publish::document::{PaperChart, Role, Table};
use crate::publish::workbook::sheet::Sheet;

/// How many stand beside each other.
const ACROSS: usize = 3;
/// The height of each in pixels.
const HEIGHT: u32 = 240;
/// The space between two in pixels.
const GAP: u32 = 10;

/// Writes `data`, whose rows are named `area: measure`, and above it a chart for each measure.
pub fn draw(sheet: &mut Sheet<'_>, figure: &PaperChart, data: &Table, roles: &[Role]) -> Result<(), XlsxError> {
    let mut names: Vec<&str> = Vec::new();
    for row in &data.rows {
        let name = measure(&row[0].text);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let at = sheet.row;
    sheet.row += (names.len().div_ceil(ACROSS) as u32 * (HEIGHT + GAP)).div_ceil(ROW) + 1;
    let Some(first) = grid(sheet, data)? else { return Ok(()) };
    let sheet_name = sheet.name.clone();
    let cells = Cells { sheet: &sheet_name, head: first, data };
    for (place, name) in names.iter().enumerate() {
        let rows: Vec<usize> = (0..data.rows.len()).filter(|row| measure(&data.rows[*row][0].text) == *name).collect();
        let mut chart = lines::of(&cells, roles, &rows);
        dress(&mut chart, figure, &format!("{name}: {}", figure.title), name, (data, &rows));
        let (across, down) = ((place % ACROSS) as u32, (place / ACROSS) as u32);
        sheet.inner.insert_chart_with_offset(at, 0, &chart, across * (WIDTH / 2 + GAP), down * (HEIGHT + GAP))?;
    }
    Ok(())
}

/// Heading, words and axes of one.
fn dress(chart: &mut Chart, figure: &PaperChart, alt: &str, name: &str, (data, rows): (&Table, &[usize])) {
    let cells = rows.iter().flat_map(|row| &data.rows[*row]);
    head(chart, name, alt, 10.0);
    chart.x_axis().set_font(&font(8.0));
    Scale::around(cells, figure.plot.percent, false).onto(chart.y_axis()).set_font(&font(8.0));
    chart.set_width(WIDTH / 2).set_height(HEIGHT);
}

/// The measure in `area: measure`, without the years behind it where a new way of counting parts them.
fn measure(name: &str) -> &str {
    let name = name.split_once(": ").map_or(name, |(_, measure)| measure);
    let parted = name.rfind(", to ").or_else(|| name.rfind(", from "));
    parted.map_or(name, |at| &name[..at])
}
