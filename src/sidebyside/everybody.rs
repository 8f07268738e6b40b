//! One measure of all authorities, regions and England in LAIT's columns: a row each, as the sheets of the authorities have it.

use std::path::Path;

use super::asked::{Asked, only};
use super::options::{Compare, Format};
use super::print::Sheet;
use super::table;
use crate::finding::Error;
use crate::home;
use crate::store::Catalogue;

/// The sheet of `measure` (`table/measure`) in the build in `out`.
///
/// # Errors
/// No such measure, or the tables cannot be read.
pub fn everybody(out: &Path, measure: &str) -> Result<Sheet, Error> {
    let (register, _) = home::register()?;
    let catalogue = Catalogue::open_whole(out)?;
    let register = catalogue.with_neighbours(&register)?;
    let found = catalogue.measure(measure)?;
    let first = register.authorities().first().map(|authority| authority.code);
    let code =
        first.ok_or_else(|| Error::usage("the register has no authority", "restore data/reference/authorities.csv"))?;
    let options = Compare {
        authority: vec!["all".to_owned()],
        with: ["region", "england"].map(str::to_owned).to_vec(),
        format: Some(Format::Csv),
        out: crate::home::PublishedTables { folder: out.to_owned() },
        ..Compare::of(&found, code)
    };
    let asked = Asked::read(&options, &catalogue, &register)?;
    let frame = catalogue.observations(&found)?;
    let only = only(&options, &found, &frame)?;
    let sheets = table::sheets(&asked, &found, &frame, &only)?;
    let mut whole = sheets.first().cloned().unwrap_or_default();
    let width = whole.blocks.first().map_or(whole.columns.len(), |lait| lait.end);
    whole.columns.truncate(width);
    whole.notes.retain(|note| sheets.iter().all(|sheet| sheet.notes.contains(note)));
    let part = if only.0 == only.1 { String::new() } else { format!(", {}: {}", only.0, only.1) };
    whole.title = format!("{}{part}", found.measure.label);
    whole.rows = sheets.iter().filter_map(|sheet| sheet.rows.first().cloned()).collect();
    // The regions and England, each once, behind the authorities.
    for row in sheets.iter().flat_map(|sheet| sheet.rows.iter().skip(1)) {
        if !whole.rows.iter().any(|known| known.get(1) == row.get(1)) {
            whole.rows.push(row.clone());
        }
    }
    whole.rows.iter_mut().for_each(|row| row.truncate(width));
    Ok(whole)
}
