//! The data beside each chart: tidy rows, and the same as CSV, safe to open in a spreadsheet.
//!
//! In: places, periods and figures. Out: a row a figure, and CSV text with one header row, for every kind of chart the
//! same.

use super::data::{Figure, Measure, Place, Role};

const HEADER: &str = "measure,unit,area,role,series,period,value,numerator,denominator,lower_95,upper_95,status,reason";

/// A plotted figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Plotted {
    /// What is measured.
    pub measure: Measure,
    /// Whose figure it is.
    pub area: String,
    /// What it is to the chosen authority.
    pub role: Role,
    /// Category, limit or side; empty where the chart has one series an area.
    pub series: String,
    /// The period's label.
    pub period: String,
    /// The figure.
    pub figure: Figure,
}

/// Where among the plotted a figure belongs.
#[derive(Clone, Copy)]
pub struct Cell<'a> {
    /// Whose figure it is.
    pub area: &'a str,
    /// What it is to the chosen authority.
    pub role: Role,
    /// Category, limit or side; empty where the chart has one series an area.
    pub series: &'a str,
    /// The period's label.
    pub period: &'a str,
}

/// The plotted figures, collected.
#[derive(Default)]
pub struct Table(Vec<Plotted>);

impl Table {
    /// One figure.
    pub fn push(&mut self, measure: &Measure, cell: Cell<'_>, figure: &Figure) {
        self.0.push(Plotted {
            measure: measure.clone(),
            area: cell.area.to_owned(),
            role: cell.role,
            series: cell.series.to_owned(),
            period: cell.period.to_owned(),
            figure: figure.clone(),
        });
    }

    /// Places of one period.
    pub fn places(&mut self, measure: &Measure, period: &str, places: &[Place]) {
        for place in places {
            self.push(measure, Cell { area: &place.name, role: place.role, series: "", period }, &place.figure);
        }
    }

    /// All of them.
    pub fn finish(self) -> Vec<Plotted> {
        self.0
    }
}

/// The plotted figures as CSV.
pub fn csv(plotted: &[Plotted]) -> String {
    let mut out = format!("{HEADER}\n");
    for one in plotted {
        line(&mut out, one);
    }
    out
}

fn line(out: &mut String, plotted: &Plotted) {
    let figure = &plotted.figure;
    let (lower, upper) = figure.interval.unzip();
    let mark = figure.mark.as_ref();
    let status = mark.map_or(if figure.number().is_some() { "" } else { "x" }, |m| m.symbol.as_str());
    let reason = mark.map_or(if figure.number().is_some() { "" } else { figure.reason() }, |m| m.reason.as_str());
    let unit = plotted.measure.unit.word();
    let texts: [&str; 6] =
        [&plotted.measure.label, unit, &plotted.area, role(plotted.role), &plotted.series, &plotted.period];
    let numbers = [figure.number(), figure.numerator, figure.denominator, lower, upper];
    for cell in texts {
        text(out, cell);
        out.push(',');
    }
    for number in numbers {
        if let Some(number) = number.filter(|n| n.is_finite()) {
            out.push_str(&number.to_string());
        }
        out.push(',');
    }
    text(out, status);
    out.push(',');
    text(out, reason);
    out.push('\n');
}

fn text(out: &mut String, cell: &str) {
    let cell = crate::text::cell(cell);
    if cell.contains(['"', ',', '\n']) {
        out.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
    } else {
        out.push_str(&cell);
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Subject => "chosen authority",
        Role::Neighbour => "statistical neighbours",
        Role::Region => "region",
        Role::England => "England",
        Role::Group => "group",
        Role::Other => "other authority",
    }
}
