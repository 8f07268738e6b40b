//! Bars: areas in order, parts of a whole, two figures an area. The authority's own are in a colour that nobody else's have.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartPoint, ChartType,
};

use super::{Cells, QUIET, colour, filled, role};
use crate::publish::document::{Cell, Column, Plot, Role, Shape, Table};

/// As many areas have bars that lie, with their names in full; more have upright ones.
const LYING: usize = 25;
/// The parts of a whole, in order.
const PARTS: [&str; 8] = ["#12436D", "#2073BC", "#6BACE6", "#801650", "#B1B4B6", "#28A197", "#F46A25", "#3D3D3D"];
/// The figures of others, the newest first.
const OTHERS: [&str; 3] = ["#B1B9C1", "#D5DADE", "#E8EBED"];
/// The authority's own, the newest first.
const OWN: [&str; 3] = ["#12436D", "#6E8CA8", "#B4C3D1"];

/// How tall a chart of so many bars is, in pixels.
pub fn height(rows: usize) -> u32 {
    if rows > LYING { 400 } else { 110 + 24 * rows.max(3) as u32 }
}

/// Whether bars of so many rows lie.
pub fn lie(rows: usize) -> bool {
    rows <= LYING
}

fn open(rows: usize, lying: ChartType, upright: ChartType) -> Chart {
    Chart::new(if lie(rows) { lying } else { upright })
}

/// A bar for each row; where there are several columns, one for each.
pub fn chart(cells: &Cells<'_>, roles: &[Role]) -> Chart {
    let rows = cells.data.rows.len();
    let mut chart = open(rows, ChartType::Bar, ChartType::Column);
    // Behind a single column of so many stands England's for its line.
    let with_line = !lie(rows) && cells.data.columns.len() == 3 && cells.data.columns[2].title == "England";
    let last = if with_line { 2 } else { cells.data.columns.len() };
    // A column that most rows have no figure in, such as the quartiles of all, is no bar.
    let count = |column: usize| cells.data.rows.iter().filter(|row| row[column].number.is_some()).count();
    let mut columns: Vec<usize> = (1..last).filter(|column| 2 * count(*column) > rows).collect();
    if columns.is_empty() {
        // Excel takes no chart without a series.
        columns.extend((1..last).max_by_key(|column| count(*column)));
    }
    for (at, column) in columns.iter().copied().enumerate() {
        // The last column is the newest.
        let shade = (columns.len() - 1 - at).min(OTHERS.len() - 1);
        let point = |row: usize| match role(roles, row) {
            Role::Own => OWN[shade],
            Role::Other => OTHERS[shade],
            _ if shade > 0 => OTHERS[shade],
            known => colour(known),
        };
        let points: Vec<ChartPoint> =
            (0..rows).map(|row| ChartPoint::new().set_format(&mut filled(point(row)))).collect();
        let series = chart.add_series();
        series.set_name((cells.sheet, cells.head, column as u16)).set_categories(cells.column(0));
        series.set_values(cells.column(column)).set_format(&mut filled(OTHERS[shade])).set_points(&points).set_gap(40);
    }
    if columns.len() == 1 {
        chart.legend().set_hidden();
    }
    if with_line {
        chart.combine(&england(cells, 2));
    }
    chart
}

/// A bar for each row, cut into its parts; the authority's in full colours, those of others paler.
pub fn stacked(cells: &Cells<'_>, roles: &[Role]) -> Chart {
    let rows = cells.data.rows.len();
    let mut chart = open(rows, ChartType::BarPercentStacked, ChartType::ColumnPercentStacked);
    for column in 1..cells.data.columns.len() {
        let full = PARTS[(column - 1) % PARTS.len()];
        let pale = paler(full);
        let own: Vec<ChartPoint> = (0..rows)
            .map(|row| {
                let colour = if role(roles, row) == Role::Own { full } else { pale.as_str() };
                ChartPoint::new().set_format(&mut filled(colour))
            })
            .collect();
        let series = chart.add_series();
        series.set_name((cells.sheet, cells.head, column as u16)).set_categories(cells.column(0));
        series.set_values(cells.column(column)).set_format(&mut filled(&pale)).set_points(&own).set_gap(40);
        series.set_overlap(100);
    }
    chart
}

/// Bars for each column, one for each row.
pub fn groups(cells: &Cells<'_>, roles: &[Role]) -> Chart {
    let (rows, columns) = (cells.data.rows.len(), cells.data.columns.len() - 1);
    let mut chart = open(rows * columns, ChartType::Bar, ChartType::Column);
    for row in 0..rows {
        let series = chart.add_series();
        series.set_name((cells.sheet, cells.head + 1 + row as u32, 0)).set_categories(cells.headings());
        series.set_values(cells.row(row)).set_format(&mut filled(colour(role(roles, row)))).set_gap(40);
    }
    chart.legend().set_position(ChartLegendPosition::Top);
    chart
}

/// A colour on its way to white.
fn paler(colour: &str) -> String {
    let channel = |from: usize| {
        let value = u32::from_str_radix(colour.get(from..from + 2).unwrap_or("80"), 16).unwrap_or(128);
        (value * 6 + 255 * 4) / 10
    };
    format!("#{:02X}{:02X}{:02X}", channel(1), channel(3), channel(5))
}

/// The figures of so many areas that their bars stand upright, with England's beside each for its line; nothing for others.
pub fn beside_england(data: &Table, plot: &Plot) -> Option<(Table, Vec<Role>)> {
    if plot.shape != Shape::Bars || data.columns.len() != 2 || lie(data.rows.len()) {
        return None;
    }
    let at = plot.roles.iter().position(|role| *role == Role::England)?;
    let figure = data.rows.get(at)?.get(1).filter(|cell| cell.number.is_some())?;
    let figure = Cell { id: String::new(), ..figure.clone() };
    let mut made = data.clone();
    made.columns.push(Column::figures("England"));
    made.rows.iter_mut().for_each(|row| row.push(figure.clone()));
    Some((made, plot.roles.clone()))
}

/// England as a dashed line over upright bars.
fn england(cells: &Cells<'_>, column: usize) -> Chart {
    let mut line = Chart::new(ChartType::Line);
    let mut format = ChartFormat::new();
    format.set_line(ChartLine::new().set_color(QUIET).set_width(2.0).set_dash_type(ChartLineDashType::Dash));
    let series = line.add_series();
    series.set_name((cells.sheet, cells.head, column as u16)).set_categories(cells.column(0));
    series.set_values(cells.column(column)).set_format(&mut format).set_marker(ChartMarker::new().set_none());
    line
}
