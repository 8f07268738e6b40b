//! Charts of a report: drawn by the chart room, with their data as a table for the page and the workbook.

use crate::area::LaCode;
use crate::chart::theme::{Palette, Size};
use crate::chart::{ChartError, Formats, Plotted, data, render_as};
use crate::draw::{self, Company, Drawn, Releases, Wanted};
use crate::finding::Error;
use crate::publish::document::{Cell, Column, Figure, Plot, Role, Table};
use crate::publish::page::inline;
use crate::reading::Missing;
use crate::report::{ChartKind, Report, Section};
use crate::value::Status;

use super::Stock;
use super::choose::Chosen;
use super::keys::keys;
use super::tables::titled;
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
}

/// How many charts of a kind fit beside each other.
pub fn width(kind: ChartKind) -> u8 {
    match kind {
        ChartKind::Trend | ChartKind::Neighbours | ChartKind::Dumbbell | ChartKind::Bars | ChartKind::Control => 2,
        _ => 1,
    }
}

/// Whether a chart of this kind holds several measures.
pub fn is_of_several(kind: ChartKind) -> bool {
    matches!(
        kind,
        ChartKind::Multiples | ChartKind::Heat | ChartKind::Scatter | ChartKind::Spine | ChartKind::Scorecard
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
) -> Result<Option<Figure>, Error> {
    let Frame { section, view, authority, palette } = *frame;
    let Some(chosen) = measures.first() else { return Ok(None) };
    let parts = matches!(kind, ChartKind::Stacked | ChartKind::Groups | ChartKind::Ages);
    if parts && section.topic.is_empty() {
        return Ok(None);
    }
    let asked = Wanted {
        kind,
        measures: measures.iter().map(|one| one.found()).collect(),
        authority,
        company: company(view),
        period: view.period.as_deref(),
        prose: true,
        breakdown: parts.then_some(section.topic.as_str()),
    };
    let releases = measures.iter().map(|one| stock.releases.get(&(one.table, one.name)));
    let Some(releases) = releases.collect::<Option<Vec<&Releases>>>() else { return Ok(None) };
    let chart = match draw::chart_of(&asked, view.compared, &releases, stock.catalogue, stock.register)? {
        Drawn::Chart(chart) => chart,
        Drawn::Nothing(_) => return Ok(None),
    };
    let formats = if stock.png { Formats::Both } else { Formats::Svg };
    let (size, phone) = if width(kind) == 2 { (Size::Pair, None) } else { (Size::Paper, Some(Size::Phone)) };
    let drawn = match render_as(&chart, size, palette, formats) {
        Ok(drawn) => drawn,
        Err(ChartError::Empty { .. }) => return Ok(None),
        Err(error) => return Err(draw::not_drawn(&error)),
    };
    let id = drawn_as(chosen, kind);
    let plotted = chart.data();
    let data = data(&plotted, chosen, kind, &id);
    let svg = inline(&drawn.svg, &id);
    let small = phone.and_then(|size| render_as(&chart, size, palette, Formats::Svg).ok());
    let phone = small.map_or_else(String::new, |small| inline(&small.svg, &format!("{id}-phone")));
    Ok(Some(Figure {
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
        plot: plot(kind, chosen, view, &data),
        data,
    }))
}

/// A measure over all its years for the workbook, which draws it itself; none where there is no figure.
///
/// # Errors
/// The table cannot be read.
pub fn by_year(chosen: &Chosen<'_>, view: &View<'_>, stock: &Stock<'_>) -> Result<Option<Figure>, Error> {
    let asked = Wanted {
        kind: ChartKind::Trend,
        measures: vec![chosen.found()],
        authority: view.authority,
        company: Company::of(view.beside.clone()),
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
    let data = data(&chart.data(), chosen, ChartKind::Trend, &id);
    let plot = plot(ChartKind::Trend, chosen, view, &data);
    Ok(Some(Figure { id, title: chart.title(), alt: chart.alt(), plot, data, ..Figure::default() }))
}

/// The id of a measure's chart of a kind.
pub fn drawn_as(chosen: &Chosen<'_>, kind: ChartKind) -> String {
    super::slug(&format!("{} {} {}", chosen.table, chosen.name, kind.word()))
}

/// Whom the charts of a section show beside the authority: as asked, but the region, which the annex has, where England and
/// neighbours are asked for.
fn company(view: &View<'_>) -> Company {
    let mut company = Company::of(view.beside.clone());
    company.region &= !(company.england && company.neighbours);
    company
}

/// How a spreadsheet draws the same data.
fn plot(kind: ChartKind, chosen: &Chosen<'_>, view: &View<'_>, data: &Table) -> Plot {
    let series = view.whole(chosen);
    let slice = view.slice(chosen, series.about.0, series.about.1);
    let broken = series.points.iter().filter(|point| point.broken().is_some());
    let broken: Vec<String> = broken.map(|point| slice.spoken(point.when).label).collect();
    let titles = data.columns.iter().enumerate().skip(1);
    let breaks = titles.filter(|(_, column)| broken.contains(&column.title)).map(|(at, _)| at).collect();
    let region = view.register.newest(view.authority).and_then(|one| view.register.region(&one.region));
    let role = |name: &str| match name {
        own if own == view.who => Role::Own,
        "England" => Role::England,
        name if region.is_some_and(|region| region.name == name) => Role::Region,
        name if name.starts_with("Statistical neighbours") => Role::Neighbours,
        _ => Role::Other,
    };
    Plot {
        line: kind == ChartKind::Trend,
        stacked: kind == ChartKind::Stacked,
        percent: chosen.measure.unit == "percent",
        breaks: if kind == ChartKind::Trend { breaks } else { Vec::new() },
        roles: data.rows.iter().map(|row| role(&row[0].text)).collect(),
    }
}

/// The plotted figures: a row an area, a column a period, or a column a part where there are parts.
fn data(plotted: &[Plotted], chosen: &Chosen<'_>, kind: ChartKind, id: &str) -> Table {
    let mut table = Table {
        id: format!("{id}-data"),
        title: titled(chosen.measure),
        columns: vec![Column::words("Area")],
        ..Table::default()
    };
    for one in plotted {
        // Small charts have the periods of several measures: a row a measure.
        let several = kind == ChartKind::Multiples;
        let heading = if one.series.is_empty() || several { &one.period } else { &one.series };
        let name = if several { format!("{}: {}", one.area, one.measure.label) } else { one.area.clone() };
        let column = table.columns.iter().skip(1).position(|column| column.title == *heading).map(|at| at + 1);
        let column = column.unwrap_or_else(|| {
            table.columns.push(Column::figures(heading.clone()));
            table.columns.len() - 1
        });
        let row = table.rows.iter().position(|row| row[0].text == name).unwrap_or_else(|| {
            table.rows.push(vec![Cell::words(name)]);
            table.rows.len() - 1
        });
        let cells = &mut table.rows[row];
        while cells.len() <= column {
            cells.push(Cell::missing("none", "not available"));
        }
        cells[column] = cell(&one.figure, chosen.measure.places).figure(&one.figure.id);
    }
    let width = table.columns.len();
    for row in &mut table.rows {
        row.resize(width, Cell::missing("none", "not available"));
    }
    table
}

/// A plotted figure as a cell: the number, or the word for what it lacks; what a symbol says on the chart is its note.
fn cell(figure: &data::Figure, places: u8) -> Cell {
    match figure.number() {
        Some(value) if figure.is_marked() => Cell::number(value, places).noted(figure.reason()),
        Some(value) => Cell::number(value, places),
        None => {
            let symbol = figure.symbol();
            let status = Status::ALL.into_iter().find(|status| status.symbol() == symbol);
            let word = Missing::of(status.unwrap_or(Status::NotAvailable)).word();
            Cell::missing(word, figure.reason())
        }
    }
}
