//! Charts of a report: drawn by the chart room, with their data as a table for the page and the workbook.

use crate::area::LaCode;
use crate::chart::data::Unit;
use crate::chart::theme::{Palette, Size};
use crate::chart::{ChartError, Formats, Plotted, control, data, render_as};
use crate::draw::{self, Company, Drawn, Releases, Wanted};
use crate::finding::Error;
use crate::publish::document::{Cell, Column, Figure, Plot, Role, Shape, Table};
use crate::publish::page::inline;
use crate::reading::Missing;
use crate::report::{ChartKind, Report, Section};
use crate::shown;
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
    /// The number asked for.
    pub target: Option<f64>,
    /// What the council says of the figure; empty for nothing.
    pub comment: &'a str,
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
        company: company(view),
        period: view.period.as_deref(),
        prose: true,
        breakdown: parts.then_some(section.topic.as_str()),
    };
    let releases = measures.iter().map(|one| stock.releases.get(&(one.table, one.name)));
    let Some(releases) = releases.collect::<Option<Vec<&Releases>>>() else { return Ok(None) };
    let chart = match draw::chart_of(&asked, view.compared, &releases, stock.catalogue, stock.register)? {
        Drawn::Chart(chart) => chart.targeted(target),
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
    let data = data(&plotted, measures, kind, &id);
    let svg = inline(&drawn.svg, &id);
    let small = phone.and_then(|size| render_as(&chart, size, palette, Formats::Svg).ok());
    let phone = small.map_or_else(String::new, |small| inline(&small.svg, &format!("{id}-phone")));
    let said = (!comment.is_empty()).then(|| format!("The council says: {}", shown::stop(comment)));
    Ok(Some(Figure {
        id,
        title: drawn.title,
        shows: kind.shows(),
        subtitle: drawn.subtitle,
        key: keys(&drawn.key),
        notes: drawn.notes.into_iter().chain(said).collect(),
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
    let plotted = chart.data();
    let data = data(&plotted, &[chosen], ChartKind::Trend, &id);
    let plot = plot(ChartKind::Trend, &[chosen], view, &plotted, &data);
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

/// How a spreadsheet draws the same data, whose rows are whose `roles` say.
fn plot(kind: ChartKind, measures: &[&Chosen<'_>], view: &View<'_>, plotted: &[Plotted], data: &Table) -> Plot {
    let shape = shape(kind);
    let broken: Vec<String> = match shape {
        Shape::Lines | Shape::Panels => measures.iter().flat_map(|chosen| broken(chosen, view)).collect(),
        _ => Vec::new(),
    };
    let titles = data.columns.iter().enumerate().skip(1);
    let breaks = titles.filter(|(_, column)| broken.contains(&column.title)).map(|(at, _)| at).collect();
    let role = |row: &Vec<Cell>| {
        let is_of = |one: &&Plotted| row[0].text == row_of(kind, one);
        plotted.iter().find(is_of).map_or(Role::Other, |one| role(one, plotted))
    };
    Plot {
        shape,
        percent: plotted.first().is_some_and(|one| one.measure.unit == Unit::Percent),
        breaks,
        roles: data.rows.iter().map(role).collect(),
    }
}

/// What stands for a figure where a spreadsheet draws a chart of this kind.
fn shape(kind: ChartKind) -> Shape {
    match kind {
        ChartKind::Trend | ChartKind::Control => Shape::Lines,
        ChartKind::Stacked => Shape::Stacked,
        ChartKind::Groups | ChartKind::Ages => Shape::Groups,
        ChartKind::Multiples => Shape::Panels,
        ChartKind::Scatter => Shape::Points,
        ChartKind::Heat | ChartKind::Spine | ChartKind::Scorecard => Shape::Nothing,
        _ => Shape::Bars,
    }
}

/// The periods from which on a measure is counted in a new way.
fn broken(chosen: &Chosen<'_>, view: &View<'_>) -> Vec<String> {
    let series = view.whole(chosen);
    let slice = view.slice(chosen, series.about.0, series.about.1);
    let broken = series.points.iter().filter(|point| point.broken().is_some());
    broken.map(|point| slice.spoken(point.when).label).collect()
}

/// Whose a plotted figure is: of many neighbours none is told from the other authorities.
fn role(one: &Plotted, plotted: &[Plotted]) -> Role {
    match one.role {
        // An average or a target is the authority's, but not what it did.
        data::Role::Subject if [control::AVERAGE, control::TARGET].contains(&one.series.as_str()) => Role::Other,
        data::Role::Subject => Role::Own,
        data::Role::England => Role::England,
        data::Role::Region => Role::Region,
        data::Role::Neighbour => {
            let many = plotted.iter().any(|other| other.role == one.role && other.area != one.area);
            if many { Role::Other } else { Role::Neighbours }
        }
        data::Role::Group | data::Role::Other => Role::Other,
    }
}

/// The name of the row that a plotted figure stands in: its area's, and its measure's where each has periods of its own.
fn row_of(kind: ChartKind, one: &Plotted) -> String {
    match shape(kind) {
        Shape::Panels => format!("{}: {}", one.area, one.measure.label),
        _ if matches!(kind, ChartKind::Spine | ChartKind::Scorecard) => format!("{}: {}", one.area, one.measure.label),
        _ if kind == ChartKind::Control && !one.series.is_empty() => shown::sentence(&one.series),
        _ => one.area.clone(),
    }
}

/// The heading of the column that it stands in.
fn column_of(kind: ChartKind, one: &Plotted) -> String {
    match kind {
        ChartKind::Heat | ChartKind::Scatter => one.measure.heading(),
        ChartKind::Multiples | ChartKind::Control => one.period.clone(),
        _ if one.series.is_empty() => one.period.clone(),
        _ => one.series.clone(),
    }
}

/// The plotted figures: a row an area, a column a period, or a column a part where there are parts.
fn data(plotted: &[Plotted], measures: &[&Chosen<'_>], kind: ChartKind, id: &str) -> Table {
    let mut table = Table {
        id: format!("{id}-data"),
        title: measures.first().map(|chosen| titled(chosen.measure)).unwrap_or_default(),
        columns: vec![Column::words("Area")],
        ..Table::default()
    };
    for one in plotted {
        let (heading, name) = (column_of(kind, one), row_of(kind, one));
        let column = table.columns.iter().skip(1).position(|column| column.title == heading).map(|at| at + 1);
        let column = column.unwrap_or_else(|| {
            table.columns.push(Column::figures(heading));
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
        cells[column] = cell(&one.figure, places(one, measures)).figure(&one.figure.id);
    }
    let width = table.columns.len();
    for row in &mut table.rows {
        row.resize(width, Cell::missing("none", "not available"));
    }
    table
}

/// The places of a plotted figure: those of its measure; one of a share that the chart made of counts.
fn places(one: &Plotted, measures: &[&Chosen<'_>]) -> u8 {
    let named = measures.iter().find(|chosen| one.measure.label.starts_with(&chosen.measure.label));
    match named.or(measures.first()).map(|chosen| &chosen.measure) {
        Some(measure) if one.measure.unit.word() == measure.unit => measure.places,
        Some(_) => 1,
        None => one.measure.places,
    }
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
