//! The data beside each chart: tidy rows, safe to open in a spreadsheet.
//!
//! In: rows of places, periods and figures. Out: CSV text with one header row, for every kind of chart the same.

use super::data::{Figure, Measure, Place, Role};

const HEADER: &str = "measure,unit,area,role,series,period,value,numerator,denominator,lower_95,upper_95,status,reason";

/// The table under construction.
pub struct Table {
    out: String,
}

/// Where in the table a figure belongs.
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

impl Table {
    /// A table with only its header.
    pub fn new() -> Self {
        Self { out: format!("{HEADER}\n") }
    }

    /// One figure.
    pub fn push(&mut self, measure: &Measure, cell: Cell<'_>, figure: &Figure) {
        let (lower, upper) = figure.interval.unzip();
        let missing = figure.missing.as_ref();
        let status = missing.map_or(if figure.number().is_some() { "" } else { "x" }, |m| m.symbol.as_str());
        let reason =
            missing.map_or(if figure.number().is_some() { "" } else { figure.reason() }, |m| m.reason.as_str());
        let unit = measure.unit.word();
        let texts = [&measure.label, unit, cell.area, role(cell.role), cell.series, cell.period];
        let numbers = [figure.number(), figure.numerator, figure.denominator, lower, upper];
        for cell in texts {
            self.text(cell);
            self.out.push(',');
        }
        for number in numbers {
            if let Some(number) = number.filter(|n| n.is_finite()) {
                self.out.push_str(&number.to_string());
            }
            self.out.push(',');
        }
        self.text(status);
        self.out.push(',');
        self.text(reason);
        self.out.push('\n');
    }

    /// Places of one period.
    pub fn places(&mut self, measure: &Measure, period: &str, places: &[Place]) {
        for place in places {
            self.push(measure, Cell { area: &place.name, role: place.role, series: "", period }, &place.figure);
        }
    }

    /// The finished text.
    pub fn finish(self) -> String {
        self.out
    }

    fn text(&mut self, cell: &str) {
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        if cell.contains(['"', ',', '\n', '\r']) {
            self.out.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
        } else {
            self.out.push_str(guard);
            self.out.push_str(cell);
        }
    }
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Subject => "chosen authority",
        Role::Neighbour => "statistical neighbours",
        Role::Region => "region",
        Role::England => "England",
        Role::Other => "other authority",
    }
}
