//! Charts of a report: drawn by the chart room, with their data as a table for the page and the workbook.

use crate::area::LaCode;
use crate::chart::theme::{Palette, Size};
use crate::chart::{Chart, ChartError, Formats, render_as};
use crate::draw::{self, Comparators, Drawn, Releases, Wanted};
use crate::finding::Error;
use crate::publish::document::PaperChart;
use crate::publish::page::inline;
use crate::report::{ChartKind, Report, Section};
use crate::shown;

use super::Stock;
use super::choose::Chosen;
use super::keys::keys;
use super::plots::{data, plot};
use super::view::View;

/// The colours of the report.
///
/// # Errors
/// A colour that cannot be read or seen.
pub fn palette(report: &Report) -> Result<Palette, Error> {
    if report.colours.is_empty() {
        return Ok(Palette::default());
    }
    Palette::council(&report.colours).map_err(|error| {
        let place = crate::finding::Place::file(&report.path);
        Error::declaration(place, error.to_string(), "correct `colours`: up to four, dark enough to be seen on white")
    })
}

/// What all charts of a section share.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its period and comparators.
    pub view: &'a View<'a>,
    /// The authority.
    pub authority: LaCode,
    /// The colours.
    pub palette: &'a Palette,
    /// The number asked for.
    pub target: Option<f64>,
    /// What the council says of the figure; empty for nothing.
    pub comment: &'a str,
}

/// How many charts of a kind fit beside each other.
pub fn width(kind: ChartKind) -> u8 {
    match kind {
        ChartKind::Trend
        | ChartKind::Neighbours
        | ChartKind::Dumbbell
        | ChartKind::Bars
        | ChartKind::Control
        | ChartKind::Plan => 2,
        _ => 1,
    }
}

/// Whether a chart of this kind holds several measures.
pub fn is_of_several(kind: ChartKind) -> bool {
    matches!(
        kind,
        ChartKind::Multiples
            | ChartKind::Heat
            | ChartKind::Scatter
            | ChartKind::Spine
            | ChartKind::Scorecard
            | ChartKind::Plan
            | ChartKind::Spread
    )
}

/// Whether a chart of this kind sets places beside each other, where a number of things says how large each is: the rate per head
/// is drawn where there is one.
pub fn is_beside(kind: ChartKind) -> bool {
    matches!(
        kind,
        ChartKind::Ordered
            | ChartKind::Neighbours
            | ChartKind::Strip
            | ChartKind::Bars
            | ChartKind::Scatter
            | ChartKind::Heat
    )
}

/// The chart of one measure, or of several, for one authority; none where it has no figure, or none that this kind can show.
///
/// # Errors
/// The table cannot be read, or the chart room refuses.
pub fn picture(
    kind: ChartKind,
    measures: &[&Chosen<'_>],
    frame: &Frame<'_>,
    stock: &Stock<'_>,
) -> Result<Option<PaperChart>, Error> {
    let Frame { section, view, authority, palette, target, comment } = *frame;
    let Some(chosen) = measures.first() else { return Ok(None) };
    let parts = matches!(kind, ChartKind::Stacked | ChartKind::Groups | ChartKind::Ages);
    if parts && section.topic.is_empty() {
        return Ok(None);
    }
    let asked = Wanted {
        kind,
        measures: measures.iter().map(|one| one.found()).collect(),
        authority,
        comparators: comparators(view),
        period: view.period.as_deref(),
        prose: true,
        breakdown: parts.then_some(section.topic.as_str()),
    };
    let releases = measures.iter().map(|one| stock.releases.get(&(one.table, one.name)));
    let Some(releases) = releases.collect::<Option<Vec<&Releases>>>() else { return Ok(None) };
    let compared = chosen.rate.map_or(view.compared, |(_, compared)| compared);
    let chart = match draw::chart_of(&asked, compared, &releases, stock.catalogue, stock.register)? {
        Drawn::Chart(chart) => chart.targeted(target),
        Drawn::Nothing(_) => return Ok(None),
    };
    let said = (!comment.is_empty()).then(|| format!("The council says: {}", shown::stop(comment)));
    let figure = finished(&chart, kind, (measures, view), Paint { palette, png: stock.png })?;
    Ok(figure.map(|figure| PaperChart { notes: figure.notes.into_iter().chain(said).collect(), ..figure }))
}

/// With which colours charts are drawn, and whether for Word too.
#[derive(Clone, Copy)]
pub struct Paint<'a> {
    /// The colours.
    pub palette: &'a Palette,
    /// Whether pictures for Word and slides are made.
    pub png: bool,
}

/// A chart drawn for every file of a paper; none where it has nothing to show.
///
/// # Errors
/// The chart room refuses.
pub fn finished(
    chart: &Chart,
    kind: ChartKind,
    (measures, view): (&[&Chosen<'_>], &View<'_>),
    paint: Paint<'_>,
) -> Result<Option<PaperChart>, Error> {
    let Some(chosen) = measures.first() else { return Ok(None) };
    let formats = if paint.png { Formats::Both } else { Formats::Svg };
    let (size, phone) = if width(kind) == 2 { (Size::Pair, None) } else { (Size::Paper, Some(Size::Phone)) };
    let drawn = match render_as(chart, size, paint.palette, formats) {
        Ok(drawn) => drawn,
        Err(ChartError::Empty { .. }) => return Ok(None),
        Err(error) => return Err(draw::not_drawn(&error)),
    };
    let id = drawn_as(chosen, kind);
    let plotted = chart.data();
    let data = data(&plotted, measures, kind, &id);
    let svg = inline(&drawn.svg, &id);
    let small = phone.and_then(|size| render_as(chart, size, paint.palette, Formats::Svg).ok());
    let phone = small.map_or_else(String::new, |small| inline(&small.svg, &format!("{id}-phone")));
    Ok(Some(PaperChart {
        id,
        title: drawn.title,
        shows: kind.shows(),
        subtitle: drawn.subtitle,
        key: keys(&drawn.key),
        notes: drawn.notes,
        alt: drawn.alt,
        svg,
        phone,
        png: drawn.png,
        csv: drawn.csv,
        plot: plot(kind, measures, view, &plotted, &data),
        data,
    }))
}

/// A measure over all its years for the workbook, which draws it itself; none where there is no figure.
///
/// # Errors
/// The table cannot be read.
pub fn by_year(chosen: &Chosen<'_>, view: &View<'_>, stock: &Stock<'_>) -> Result<Option<PaperChart>, Error> {
    let asked = Wanted {
        kind: ChartKind::Trend,
        measures: vec![chosen.found()],
        authority: view.authority,
        comparators: Comparators::of(view.beside.clone()),
        period: None,
        prose: true,
        breakdown: None,
    };
    let Some(releases) = stock.releases.get(&(chosen.table, chosen.name)) else { return Ok(None) };
    let chart = match draw::chart_of(&asked, view.compared, &[releases], stock.catalogue, stock.register)? {
        Drawn::Chart(chart) => chart,
        Drawn::Nothing(_) => return Ok(None),
    };
    let id = drawn_as(chosen, ChartKind::Trend);
    let plotted = chart.data();
    let data = data(&plotted, &[chosen], ChartKind::Trend, &id);
    let plot = plot(ChartKind::Trend, &[chosen], view, &plotted, &data);
    Ok(Some(PaperChart { id, title: chart.title(), alt: chart.alt(), plot, data, ..PaperChart::default() }))
}

/// The id of a measure's chart of a kind.
pub fn drawn_as(chosen: &Chosen<'_>, kind: ChartKind) -> String {
    super::slug(&format!("{} {} {}", chosen.table, chosen.name, kind.word()))
}

/// Whom the charts of a section show beside the authority: as asked, but the region, which the annex has, where England and
/// neighbours are asked for.
fn comparators(view: &View<'_>) -> Comparators {
    let mut comparators = Comparators::of(view.beside.clone());
    comparators.region &= !(comparators.england && comparators.neighbours);
    comparators
}
