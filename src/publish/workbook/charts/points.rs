//! Points between two axes: the authority's own in its colour, everybody else's in one.

use rust_xlsxwriter::{Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartType};

use super::{Cells, Scale, colour, filled, font};
use crate::publish::document::{PaperChart, Plot, Role, Shape, Table};

/// The figures with the authority's own row first, so that the others are one range; nothing for other shapes.
pub fn own_first(data: &Table, plot: &Plot) -> Option<(Table, Vec<Role>)> {
    if plot.shape != Shape::Points || data.columns.len() < 3 {
        return None;
    }
    let own = plot.roles.iter().position(|role| *role == Role::Own)?;
    let (mut made, mut roles) = (data.clone(), plot.roles.clone());
    made.rows.get_mut(..=own)?.rotate_right(1);
    roles.get_mut(..=own)?.rotate_right(1);
    Some((made, roles))
}

/// A mark for each row: the first column upright, the second along the foot.
pub fn chart(cells: &Cells<'_>) -> Chart {
    let mut chart = Chart::new(ChartType::Scatter);
    let last = cells.data.rows.len() as u32;
    let range = |column: u16, from: u32, to: u32| (cells.sheet, cells.head + from, column, cells.head + to, column);
    let kinds = [("Other local authorities", Role::Other, 2, last, 5), ("", Role::Own, 1, 1, 9)];
    for (name, role, from, to, size) in kinds.into_iter().filter(|(_, _, from, to, _)| from <= to) {
        let mut marker = ChartMarker::new();
        marker.set_type(ChartMarkerType::Circle).set_size(size).set_format(&mut filled(colour(role)));
        let series = chart.add_series();
        if name.is_empty() {
            series.set_name((cells.sheet, cells.head + 1, 0));
        } else {
            series.set_name(name);
        }
        series.set_categories(range(2, from, to)).set_values(range(1, from, to)).set_marker(&marker);
        series.set_format(ChartFormat::new().set_line(ChartLine::new().set_hidden(true)));
    }
    chart.legend().set_position(ChartLegendPosition::Top);
    chart
}

/// What each axis measures.
pub fn axes(chart: &mut Chart, figure: &PaperChart) {
    let title = |at: usize| figure.data.columns.get(at).map_or("", |column| column.title.as_str());
    chart.y_axis().set_name(title(1)).set_name_font(&font(9.5));
    let foot = figure.data.rows.iter().filter_map(|row| row.get(2));
    Scale::around(foot, false, false).onto(chart.x_axis()).set_name(title(2)).set_name_font(&font(9.5));
}
