//! The charts of a run: trend and order of every headline measure for every authority asked for.

use std::path::Path;

use rayon::prelude::*;

use super::comparators::Comparators;
use super::releases::Releases;
use super::slice::{Ask, Slice};
use super::{file_name, not_drawn, one_period, save, trend};
use crate::area::{LaCode, Register};
use crate::chart::theme::{Palette, Size};
use crate::chart::{Chart, ChartError, render};
use crate::durable::Batch;
use crate::finding::{Error, Finding};
use crate::schema::TOTAL;
use crate::store::{Catalogue, Compared, Found};

/// Draws the headline measures of `tables` in the catalogue for the authorities, into the folder of charts of `batch`;
/// answers how many charts.
///
/// # Errors
/// The tables cannot be read, or a chart cannot be written.
pub fn headlines(
    catalogue: &Catalogue,
    batch: &Batch,
    register: &Register,
    authorities: &[LaCode],
    tables: &[&str],
) -> Result<usize, Error> {
    let mut wanted: Vec<Found<'_>> = Vec::new();
    for (table, meta) in catalogue.tables().iter().filter(|(table, _)| tables.contains(&table.as_str())) {
        let headlines = meta.measures.iter().filter(|(_, measure)| measure.headline);
        wanted.extend(headlines.map(|(name, measure)| Found { table, meta, name, measure }));
    }
    let register = catalogue.with_neighbours(register)?;
    let drawn = wanted
        .par_iter()
        .map(|found| headline(catalogue, batch, &register, authorities, *found))
        .collect::<Result<Vec<usize>, Error>>()?;
    Ok(drawn.into_iter().sum())
}

fn headline(
    catalogue: &Catalogue,
    batch: &Batch,
    register: &Register,
    authorities: &[LaCode],
    found: Found<'_>,
) -> Result<usize, Error> {
    let stand_in = found.measure.stand_in().map(|(topic, _)| topic.to_owned());
    let topics: Vec<String> = stand_in.into_iter().chain([TOTAL.to_owned()]).collect();
    let frame = catalogue.comparisons(&[found], &topics)?;
    let internal = |finding: Finding| Error::usage(finding.message, finding.help);
    let compared = Compared::of(&frame).map_err(internal)?;
    let releases = Releases::of(catalogue, &found, authorities)?;
    let slice = Slice::of(found, &compared, &releases, compared.whole_is(&found));
    let comparators = Comparators::default();
    let mut count = 0;
    for &authority in authorities {
        let ask = Ask { register, authority, period: None, comparators: &comparators, prose: false };
        // One period makes no trend.
        let trend = if slice.data.periods().len() > 1 { trend::trend(&slice, &ask) } else { None };
        let charts = [("trend", trend), ("ordered", one_period::ordered(&slice, &ask))];
        for (kind, chart) in charts.into_iter().filter_map(|(kind, chart)| Some((kind, chart?))) {
            let folder = batch.root().join("charts").join(file_name(&ask.subject()));
            let name = format!("{}-{}-{kind}", file_name(found.table), file_name(found.name));
            count += usize::from(draw(&chart, batch, &folder, &name)?);
        }
    }
    Ok(count)
}

/// Writes one chart; answers whether there was anything to draw.
fn draw(chart: &Chart, batch: &Batch, folder: &Path, name: &str) -> Result<bool, Error> {
    match render(chart, Size::Column, &Palette::default()) {
        Ok(picture) => save(batch, folder, name, &picture).map(|()| true),
        Err(ChartError::Empty { .. }) => Ok(false),
        Err(error) => Err(not_drawn(&error)),
    }
}
