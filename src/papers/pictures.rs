//! Charts of a report: drawn by the chart room, with their data as a table for the page and the workbook.

use crate::area::{LaCode, Level};
use crate::chart::theme::{Palette, Size};
use crate::chart::{ChartError, Formats, render_as};
use crate::draw::{self, Wanted};
use crate::figure::Key;
use crate::finding::Error;
use crate::publish::document::{Cell, Column, Figure, Table};
use crate::publish::page::inline;
use crate::report::{ChartKind, Report, Section};
use crate::schema::TOTAL;

use super::Stock;
use super::choose::Chosen;
use super::tables::titled;

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

/// The chart of one measure for one authority; none where it has no figure, or none that this kind can show.
///
/// # Errors
/// The table cannot be read, or the chart room refuses.
pub fn picture(
    kind: ChartKind,
    chosen: &Chosen<'_>,
    authority: &str,
    section: (&Section, Option<&str>),
    palette: &Palette,
    stock: &Stock<'_>,
) -> Result<Option<Figure>, Error> {
    let (section, period) = section;
    let parts = kind == ChartKind::Stacked && !section.topic.is_empty();
    let asked = Wanted {
        kind,
        measure: format!("{}/{}", chosen.table, chosen.name),
        authority: authority.to_owned(),
        with: Vec::new(),
        period: period.map(str::to_owned),
        breakdown: parts.then(|| section.topic.clone()),
    };
    // Names were looked up before: what is wrong now is that there is nothing to show.
    let chart = match draw::chart(&asked, stock.catalogue, stock.register) {
        Ok(chart) => chart,
        Err(Error::Usage { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let formats = if stock.png { Formats::Both } else { Formats::Svg };
    let drawn = match render_as(&chart, Size::Column, palette, formats) {
        Ok(drawn) => drawn,
        Err(ChartError::Empty { .. }) => return Ok(None),
        Err(error) => return Err(draw::not_drawn(&error)),
    };
    let id = super::slug(&format!("{} {} {}", chosen.table, chosen.name, kind.word()));
    let plotted = Plotted { chosen, authority, topic: if parts { &section.topic } else { TOTAL }, stock };
    let data = plotted.data(&drawn.csv, &id);
    let svg = inline(&drawn.svg, &id);
    Ok(Some(Figure {
        id,
        title: drawn.title,
        alt: drawn.alt,
        svg,
        png: drawn.png,
        csv: drawn.csv,
        data,
        line: kind == ChartKind::Trend,
    }))
}

/// What the plotted figures are about.
struct Plotted<'a> {
    chosen: &'a Chosen<'a>,
    authority: &'a str,
    topic: &'a str,
    stock: &'a Stock<'a>,
}

impl Plotted<'_> {
    /// The plotted data: a row an area, a column a period, or a column a part where there are parts.
    fn data(&self, csv: &str, id: &str) -> Table {
        let mut table = Table {
            id: format!("{id}-data"),
            title: titled(self.chosen.measure),
            columns: vec![Column::words("Area")],
            ..Table::default()
        };
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        for record in reader.records().flatten() {
            let field = |at: usize| record.get(at).unwrap_or_default();
            let heading = if field(4).is_empty() { field(5) } else { field(4) };
            let found = match field(6).parse::<f64>().ok() {
                Some(value) => Cell::number(value, self.chosen.measure.places),
                None => Cell::missing(&format!("[{}]", field(11)), field(12)),
            };
            let column = table.columns.iter().skip(1).position(|column| column.title == heading).map(|at| at + 1);
            let column = column.unwrap_or_else(|| {
                table.columns.push(Column::figures(heading));
                table.columns.len() - 1
            });
            let row = table.rows.iter().position(|row| row[0].text == field(2)).unwrap_or_else(|| {
                table.rows.push(vec![Cell::words(field(2))]);
                table.rows.len() - 1
            });
            let cells = &mut table.rows[row];
            while cells.len() <= column {
                cells.push(Cell::missing("[x]", "not available"));
            }
            cells[column] = found.figure(self.id(field(2), field(4), field(5)).unwrap_or_default());
        }
        let width = table.columns.len();
        for row in &mut table.rows {
            row.resize(width, Cell::missing("[x]", "not available"));
        }
        table
    }

    /// The id of the figure of an area, or of what is compared with the authority, in a period by its label.
    fn id(&self, area: &str, part: &str, period: &str) -> Option<String> {
        let own: LaCode = self.authority.parse().ok()?;
        let other = self.stock.register.find(area).ok().map(|authority| authority.code);
        let breakdown = if self.topic == TOTAL { TOTAL } else { part };
        let facts = self.stock.facts.about(self.chosen.table, self.chosen.name, other.unwrap_or(own), self.topic);
        let mut facts = facts.into_iter().filter(|fact| fact.breakdown == breakdown && fact.label() == period);
        let (fact, word) = match other {
            Some(_) => (facts.next()?, ""),
            None => facts.find(|fact| fact.comparator_name == area).map(|fact| (fact, fact.comparator))?,
        };
        let key = Key {
            table: self.chosen.table,
            measure: self.chosen.name,
            end: fact.end,
            identifier: fact.identifier,
            period: fact.period,
            area: &other.unwrap_or(own).to_string(),
            level: Level::Authority.word(),
            below: "",
            topic: self.topic,
            breakdown,
        };
        Some(if word.is_empty() { key.id() } else { format!("{}~{word}", key.id()) })
    }
}
