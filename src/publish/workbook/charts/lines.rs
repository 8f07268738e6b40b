//! Lines over time: one for each area, and one on each side of a new way of counting.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLayout, ChartLegendPosition, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartType,
};

use super::{Cells, colour, filled, role};
use crate::publish::document::{Cell, Plot, Role, Shape, Table};

/// Names of lines that end nearer to each other than this share of the highest figure would overlap.
const NEAR: f64 = 0.05;
/// More lines than this have a legend, not names at their ends.
const NAMED: usize = 5;

/// The figures with a row on each side of every new way of counting, and whose each row is; nothing where there is none.
pub fn split(data: &Table, plot: &Plot) -> Option<(Table, Vec<Role>)> {
    let inner: Vec<usize> = plot.breaks.iter().copied().filter(|at| *at > 1 && *at < data.columns.len()).collect();
    if !matches!(plot.shape, Shape::Lines | Shape::Panels) || inner.is_empty() {
        return None;
    }
    let ends = inner.iter().copied().chain([data.columns.len()]);
    let spans: Vec<(usize, usize)> = std::iter::once(1).chain(inner.iter().copied()).zip(ends).collect();
    let mut made = Table { rows: Vec::new(), ..data.clone() };
    let mut roles = Vec::new();
    for (index, row) in data.rows.iter().enumerate() {
        for (from, to) in &spans {
            if !row[*from..*to].iter().any(|cell| cell.number.is_some()) {
                continue;
            }
            let side = |at: usize| data.columns[at].title.as_str();
            let name = match *from {
                1 => format!("{}, to {}", row[0].text, side(to - 1)),
                from => format!("{}, from {}", row[0].text, side(from)),
            };
            let cell = |(at, cell): (usize, &Cell)| {
                if at >= *from && at < *to { cell.clone() } else { Cell::default() }
            };
            made.rows
                .push(std::iter::once(Cell::words(name)).chain(row.iter().enumerate().skip(1).map(cell)).collect());
            roles.push(role(&plot.roles, index));
        }
    }
    made.notes.push(format!(
        "A new way of counting from {}: the line is not drawn across.",
        inner.iter().map(|at| data.columns[*at].title.as_str()).collect::<Vec<_>>().join(" and ")
    ));
    Some((made, roles))
}

/// A line for each row, its name at its end.
pub fn chart(cells: &Cells<'_>, roles: &[Role]) -> Chart {
    let all: Vec<usize> = (0..cells.data.rows.len()).collect();
    of(cells, roles, &all)
}

/// A line for each of some rows.
pub fn of(cells: &Cells<'_>, roles: &[Role], shown: &[usize]) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    let rows: Vec<&[Cell]> = shown.iter().map(|row| cells.data.rows[*row].as_slice()).collect();
    let ends: Vec<bool> = rows.iter().map(|row| is_last(&rows, row)).collect();
    let named = ends.iter().filter(|end| **end).count() <= NAMED && !crowded(&rows, &ends);
    for ((index, row), is_end) in shown.iter().zip(&rows).zip(&ends) {
        let role = role(roles, *index);
        let series = chart.add_series();
        series.set_name((cells.sheet, cells.head + 1 + *index as u32, 0));
        series.set_categories(cells.headings()).set_values(cells.row(*index)).set_format(&mut stroke(role));
        series.set_marker(&marker(role));
        if named && *is_end {
            series.set_data_label(&end(role)).set_custom_data_labels(&at_the_end(row, role));
        }
    }
    // The legend has each area once, by the line that ends.
    let before: Vec<usize> = (0..rows.len()).filter(|index| !ends[*index]).collect();
    if named {
        chart.legend().set_hidden();
        // Names stand to the right of the lines.
        chart.plot_area().set_layout(&ChartLayout::new().set_offset(0.08, 0.17).set_dimensions(0.68, 0.70));
    } else {
        chart.legend().set_position(ChartLegendPosition::Bottom).delete_entries(&before);
    }
    chart
}

/// Whether two lines end so near each other that their names would stand on one another.
fn crowded(rows: &[&[Cell]], ends: &[bool]) -> bool {
    let high = rows.iter().flat_map(|row| row.iter()).filter_map(|cell| cell.number).fold(0.0, f64::max);
    let last = |row: &&[Cell]| row.iter().rev().find_map(|cell| cell.number);
    let mut heights: Vec<f64> =
        rows.iter().zip(ends).filter(|(_, end)| **end).filter_map(|(row, _)| last(row)).collect();
    heights.sort_by(f64::total_cmp);
    heights.windows(2).any(|pair| pair[1] - pair[0] < high * NEAR)
}

/// Whether a row's line is the last of its area: it has a figure in the last part of the axis that any has.
fn is_last(rows: &[&[Cell]], row: &[Cell]) -> bool {
    let name = |row: &[Cell]| row.first().map_or("", |cell| area(&cell.text)).to_owned();
    let end = |row: &[Cell]| row.iter().rposition(|cell| cell.number.is_some()).unwrap_or(0);
    let same = rows.iter().filter(|other| name(other) == name(row));
    same.map(|other| end(other)).max() == Some(end(row))
}

/// Whose a line is, without its measure and without the years where a new way of counting parts it.
fn area(name: &str) -> &str {
    let name = name.split_once(": ").map_or(name, |(area, _)| area);
    name.rsplit_once(", from ").or_else(|| name.rsplit_once(", to ")).map_or(name, |(area, _)| area)
}

fn stroke(role: Role) -> ChartFormat {
    let (width, dash) = match role {
        Role::Own => (3.0, ChartLineDashType::Solid),
        Role::England => (2.0, ChartLineDashType::Dash),
        Role::Neighbours => (2.0, ChartLineDashType::RoundDot),
        Role::Region => (2.0, ChartLineDashType::LongDash),
        Role::Other => (1.5, ChartLineDashType::Solid),
    };
    let mut format = ChartFormat::new();
    format.set_line(ChartLine::new().set_color(colour(role)).set_width(width).set_dash_type(dash));
    format
}

/// Circles for the authority, squares for England, diamonds for the neighbours.
fn marker(role: Role) -> ChartMarker {
    let shape = match role {
        Role::Own => ChartMarkerType::Circle,
        Role::England => ChartMarkerType::Square,
        Role::Neighbours => ChartMarkerType::Diamond,
        _ => ChartMarkerType::Triangle,
    };
    let mut marker = ChartMarker::new();
    marker.set_type(shape).set_size(6).set_format(&mut filled(colour(role)));
    marker
}

fn end(role: Role) -> ChartDataLabel {
    let mut font = ChartFont::new();
    // The green of the neighbours' line is too pale for letters.
    let letters = if role == Role::Neighbours { "#14665F" } else { colour(role) };
    font.set_name("Arial").set_size(9.5).set_color(letters);
    if role == Role::Own {
        font.set_bold();
    }
    let mut label = ChartDataLabel::new();
    label.show_value().set_position(ChartDataLabelPosition::Right).set_font(&font);
    label
}

/// No label but at the last figure: whose line it is, and the figure.
fn at_the_end(row: &[Cell], role: Role) -> Vec<ChartDataLabel> {
    let last = row.iter().skip(1).rposition(|cell| cell.number.is_some()).unwrap_or(0);
    let label = |(at, cell): (usize, &Cell)| {
        if at != last {
            return ChartDataLabel::new().set_hidden().to_custom();
        }
        let area = row.first().map_or("", |cell| area(&cell.text));
        end(role).set_value(&format!("{area} {}", cell.text)).to_custom()
    };
    row.iter().skip(1).enumerate().map(label).collect()
}
