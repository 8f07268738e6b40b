//! The charts of a run: trend and order of every headline measure for every authority asked for.

use std::path::Path;

use rayon::prelude::*;

use super::comparators::Comparators;
use super::releases::Releases;
use super::slice::{Ask, Slice, name_today};
use super::{file_name, not_drawn, one_period, save, trend};
use crate::area::{LaCode, Register};
use crate::chart::theme::{Palette, Size};
use crate::chart::{Chart, ChartError, render};
use crate::durable::Batch;
use crate::finding::{Error, Finding};
use crate::schema::TOTAL;
use crate::store::{Catalogue, Compared, Found};

/// Draws the headline measures of the catalogue that are `wanted`, which is asked with a measure's table and the paths that its
/// charts may have below the outputs, into the folder of charts of `batch`; answers how many charts.
///
/// # Errors
/// The tables cannot be read, or a chart cannot be written.
pub fn headlines(
    catalogue: &Catalogue,
    batch: &Batch,
    register: &Register,
    authorities: &[LaCode],
    wanted: &(dyn Fn(&str, &[String]) -> bool + Sync),
) -> Result<usize, Error> {
    let subjects: Vec<String> = authorities.iter().map(|&authority| name_today(register, authority)).collect();
    let is_wanted = |found: &Found<'_>| {
        let places = subjects.iter().flat_map(|subject| KINDS.map(|kind| place(found, subject, kind)));
        let paths: Vec<String> = places.map(|(folder, name)| format!("{folder}/{name}.svg")).collect();
        wanted(found.table, &paths)
    };
    let headlines = catalogue.tables().iter().flat_map(|(table, meta)| {
        let headlines = meta.measures.iter().filter(|(_, measure)| measure.headline);
        headlines.map(move |(name, measure)| Found { table, meta, name, measure })
    });
    let wanted: Vec<Found<'_>> = headlines.filter(is_wanted).collect();
    if wanted.is_empty() {
        return Ok(0);
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
        let charts = KINDS.into_iter().zip([trend, one_period::ordered(&slice, &ask)]);
        for (kind, chart) in charts.filter_map(|(kind, chart)| Some((kind, chart?))) {
            let (folder, name) = place(&found, &ask.subject(), kind);
            count += usize::from(draw(&chart, batch, &batch.root().join(folder), &name)?);
        }
    }
    Ok(count)
}

/// The kinds of charts that are drawn of a headline measure.
const KINDS: [&str; 2] = ["trend", "ordered"];

/// The folder of a chart below the outputs, and its name without an ending.
fn place(found: &Found<'_>, subject: &str, kind: &str) -> (String, String) {
    let folder = format!("charts/{}", file_name(subject));
    (folder, format!("{}-{}-{kind}", file_name(found.table), file_name(found.name)))
}

/// Writes one chart; answers whether there was anything to draw.
fn draw(chart: &Chart, batch: &Batch, folder: &Path, name: &str) -> Result<bool, Error> {
    match render(chart, Size::Column, &Palette::default()) {
        Ok(picture) => save(batch, folder, name, &picture).map(|()| true),
        Err(ChartError::Empty { .. }) => Ok(false),
        Err(error) => Err(not_drawn(&error)),
    }
}
