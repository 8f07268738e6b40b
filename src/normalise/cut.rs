//! Rows of authorities that a declared range leaves out: next year's table is longer, and the range is last year's.

use super::Input;
use crate::area::{LaCode, Register};
use crate::finding::{Finding, Place};
use crate::pipeline::Pipeline;

/// Says that authorities stand below the range of the block, right under its last row.
pub(super) fn off(pipeline: &Pipeline, input: &Input<'_>, register: &Register) -> Option<Finding> {
    let range = input.block.range.as_ref()?;
    let around = &input.table.around;
    let rows: Vec<u32> = around
        .below
        .iter()
        .filter(|(_, cells)| is_of_an_authority(cells, input, register))
        .map(|(row, _)| *row)
        .collect();
    let (first, last) = (rows.first()?, rows.last()?);
    let rows = if first == last { format!("row {first}") } else { format!("rows {first} to {last}") };
    let message = format!("the range `{}` leaves out {rows}, where authorities have figures", range.get_ref());
    let help = format!(
        "correct `range` in {} ({}); if it must hold for the older releases as it is, copy the block with this release as `from`",
        pipeline.path,
        pipeline.place(range.span())
    );
    let place = Place { row: Some(*first), column: Some(around.first_column), ..input.table.place(None, None) };
    Some(Finding::warning("range-cut", message, help).at(place))
}

/// Whether one cell of a row is the name or the 9-character code of an authority, or its 3-digit code where the block says
/// that the column holds it, and another is a number.
fn is_of_an_authority(cells: &[String], input: &Input<'_>, register: &Register) -> bool {
    let table = &input.table;
    let column = |name: &Option<String>| {
        let position = table.position(name.as_deref()?)?;
        usize::from(table.positions[position]).checked_sub(table.around.first_column as usize)
    };
    let code = column(&input.block.area.code);
    let is_area = |(at, cell): (usize, &String)| {
        let by_code = || code == Some(at) && cell.parse().is_ok_and(|code| register.newest(code).is_some());
        // Elsewhere three digits are a figure.
        let by_name = || cell.parse::<LaCode>().is_err() && register.known(cell).is_some();
        register.by_ons(cell).is_some() || by_code() || by_name()
    };
    let is_number = |(at, cell): (usize, &String)| {
        code != Some(at) && cell.replace([',', '%', '£'], "").trim().parse::<f64>().is_ok()
    };
    cells.iter().enumerate().any(is_area) && cells.iter().enumerate().any(is_number)
}
