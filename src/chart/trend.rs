//! One measure over time: the authority, its neighbours, its region and England, each line named at its end.
//!
//! In: periods and series of figures. Out: lines that stop at gaps and breaks, symbols where a figure is missing.

use super::csv::{Cell, Plotted, Table};
use super::data::{Break, Context, Figure, Period, Role};
use super::frame::Frame;
use super::{Kind, footnotes, message, words};
use crate::reading::span;
use crate::shown;

mod draw;
mod names;

/// One line of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Whose it is, as written at its end.
    pub name: String,
    /// What it is to the chosen authority.
    pub role: Role,
    /// A figure for each period of the chart.
    pub figures: Vec<Figure>,
}

impl Series {
    /// Its name inside a sentence.
    pub(in crate::chart) fn within(&self) -> &str {
        if self.role == Role::Neighbour { "statistical neighbours" } else { &self.name }
    }
}

/// A measure over time.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendChart {
    /// Who, what and where from.
    pub context: Context,
    /// The periods, in order.
    pub periods: Vec<Period>,
    /// The lines; the chosen authority's has role `Subject`.
    pub series: Vec<Series>,
    /// Breaks in the series.
    pub breaks: Vec<Break>,
}

impl TrendChart {
    /// The chosen authority's line.
    pub fn subject(&self) -> Option<&Series> {
        self.of(Role::Subject)
    }

    /// The first line of a role.
    pub fn of(&self, role: Role) -> Option<&Series> {
        self.series.iter().find(|series| series.role == role)
    }

    /// Figures that can be drawn, with their place among the periods.
    pub(in crate::chart) fn points<'a>(
        &'a self,
        series: &'a Series,
    ) -> impl DoubleEndedIterator<Item = (usize, f64)> + 'a {
        let numbers = series.figures.iter().take(self.periods.len()).enumerate();
        numbers.filter_map(|(at, figure)| figure.number().map(|number| (at, number)))
    }

    /// Whether a line may run from one period to another: consecutive, and no break between.
    pub(in crate::chart) fn joined(&self, from: usize, to: usize) -> bool {
        let (from, to) = (self.periods[from].order, self.periods[to].order);
        to - from == 1 && !self.breaks.iter().any(|gap| from < gap.order && gap.order <= to)
    }
}

/// More other authorities than this are counted in the subtitle and not named.
const MOST_NAMED: usize = 3;
/// Lines beyond this many are named beneath the chart.
const MOST_LABELS: usize = 10;

impl Kind for TrendChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.periods.is_empty() || self.series.is_empty()
    }

    fn title(&self) -> String {
        message::trend::title(self)
    }

    fn alt(&self) -> String {
        message::trend::alt(self)
    }

    fn subtitle(&self) -> String {
        let others = self.series.iter().filter(|series| series.role == Role::Other).count();
        let named = self.series.iter().filter(|series| series.role != Role::Other || others <= MOST_NAMED);
        let mut names: Vec<String> = named.map(|series| series.within().to_owned()).collect();
        if others > MOST_NAMED {
            names.push(format!("{others} other authorities"));
        }
        let (measure, span) = (&self.context.measure, words::unbroken(&span(&self.periods)));
        format!("{}, {}, {}, {span}", measure.label, measure.unit.word(), shown::list(&names))
    }

    fn footnotes(&self) -> Vec<String> {
        let series = self.series.iter().map(|series| (series.name.as_str(), series.figures.as_slice()));
        let mut lines = footnotes::marked_periods(&self.periods, series);
        lines.extend(footnotes::breaks(&self.breaks));
        let drawn = self.series.iter().filter(|series| self.points(series).next().is_some());
        let unnamed: Vec<&str> = drawn.skip(MOST_LABELS).map(|series| series.name.as_str()).collect();
        if !unnamed.is_empty() {
            lines.push(format!("Lines without a name: {}.", shown::list(&unnamed)));
        }
        if self.subject().is_some_and(|series| series.figures.iter().any(|figure| figure.interval.is_some())) {
            lines.push(format!("Upright bars: 95% confidence intervals for {}.", self.context.subject));
        }
        let period = self.periods.last().map_or("", |period| period.prose.as_str());
        lines.extend(footnotes::ending(&self.context, period));
        lines
    }

    fn caption(&self) -> String {
        words::caption(&self.context.measure, &span(&self.periods))
    }

    fn notes(&self) -> Vec<String> {
        let subject = self.subject().map(|series| (series.name.as_str(), series.figures.as_slice()));
        let breaks = self.breaks.iter().map(|gap| {
            let from = self.periods.iter().find(|period| period.order >= gap.order);
            let from = from.map_or(String::new(), |period| format!(" from {}", period.label));
            format!("New way of counting{from}: {}", shown::stop(&gap.reason))
        });
        let gaps = footnotes::gaps(&self.periods, subject.into_iter());
        breaks.chain(gaps).chain(footnotes::new(&self.context)).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.lay_out(frame);
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        for series in &self.series {
            for (period, figure) in self.periods.iter().zip(&series.figures) {
                let cell = Cell { area: &series.name, role: series.role, series: "", period: &period.label };
                table.push(&self.context.measure, cell, figure);
            }
        }
        table.finish()
    }
}
