//! The years so far beside what was planned for them, and what comes if they go on as they have.
//!
//! In: a figure for each year so far, planned ones, projected ones with their intervals. Out: a line that stops at gaps and
//! breaks, a dashed one ahead within a shaded fan, the plan's line, each named at its end.

use super::csv::{Cell, Plotted, Table};
use super::data::{Break, Context, Figure, Period, Role};
use super::frame::Frame;
use super::theme::Palette;
use super::{Key, Kind, Sign, footnotes, message, series, words};
use crate::reading::span;
use crate::shown;

mod draw;

/// What the plotted call a planned figure.
pub const PLANNED: &str = "planned";
/// What they call a projected one.
pub const PROJECTED: &str = "projected";

/// Years so far, planned and ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct FanChart {
    /// Who, what and where from.
    pub context: Context,
    /// All years, in order.
    pub periods: Vec<Period>,
    /// The figure of each year so far; nothing for those that only others are of.
    pub figures: Vec<Option<Figure>>,
    /// What was planned for each year; empty where nothing was.
    pub plan: Vec<Option<Figure>>,
    /// What each year ahead may bring, with its interval; empty where nothing is projected.
    pub ahead: Vec<Option<Figure>>,
    /// Who stands beside it: name, what it is, a figure for each year so far.
    pub beside: Vec<(String, Role, Vec<Option<Figure>>)>,
    /// Breaks in the series.
    pub breaks: Vec<Break>,
}

/// A year's place and its figure.
pub(super) type Point = (usize, f64);

impl FanChart {
    /// Figures that can be drawn, each with its place among the years.
    pub(super) fn points(line: &[Option<Figure>]) -> Vec<Point> {
        let numbers = line.iter().enumerate();
        numbers.filter_map(|(at, figure)| Some((at, figure.as_ref()?.number()?))).collect()
    }

    /// The last year so far.
    pub(super) fn last(&self) -> Option<Point> {
        Self::points(&self.figures).pop()
    }

    /// The last year that is projected, with its interval.
    pub(super) fn end(&self) -> Option<(usize, &Figure)> {
        let at =
            self.ahead.iter().rposition(|figure| figure.as_ref().is_some_and(|figure| figure.number().is_some()))?;
        Some((at, self.ahead[at].as_ref()?))
    }

    /// The last year that has a figure and a planned one: its place, the figure, the planned.
    pub(super) fn met(&self) -> Option<(usize, f64, f64)> {
        let planned = Self::points(&self.plan);
        let own = Self::points(&self.figures);
        own.into_iter().rev().find_map(|(at, value)| {
            planned.iter().find(|(other, _)| *other == at).map(|(_, planned)| (at, value, *planned))
        })
    }

    /// The figures of the years so far alone.
    fn known(&self) -> (Vec<Period>, Vec<Figure>) {
        let known = self.periods.iter().zip(&self.figures);
        known.filter_map(|(period, figure)| Some((period.clone(), figure.clone()?))).unzip()
    }

    /// What is shaded.
    fn explained(&self) -> Option<String> {
        let (at, end) = self.end()?;
        let (low, high) = end.interval?;
        let [low, high] = [low, high].map(|value| self.context.measure.shown(value));
        Some(format!(
            "Dashed: if things go on as they have; shaded: anything from {low} to {high} {} would be no surprise.",
            self.periods[at].at()
        ))
    }
}

impl Kind for FanChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.last().is_none()
    }

    fn title(&self) -> String {
        message::fan::title(self)
    }

    fn alt(&self) -> String {
        message::fan::alt(self)
    }

    fn subtitle(&self) -> String {
        self.caption()
    }

    fn caption(&self) -> String {
        words::caption(&self.context.measure, &span(&self.periods))
    }

    fn footnotes(&self) -> Vec<String> {
        let (periods, figures) = self.known();
        let own = (self.context.subject.as_str(), figures.as_slice());
        let mut lines: Vec<String> = self.explained().into_iter().collect();
        lines.extend(footnotes::marked_periods(&periods, std::iter::once(own)));
        lines.extend(footnotes::breaks(&self.breaks));
        lines.extend(footnotes::ending(&self.context, ""));
        lines
    }

    fn notes(&self) -> Vec<String> {
        let (periods, figures) = self.known();
        let own = (self.context.subject.as_str(), figures.as_slice());
        let breaks = self.breaks.iter().map(|gap| format!("New way of counting: {}", shown::stop(&gap.reason)));
        let all = self.explained().into_iter().chain(breaks).chain(footnotes::gaps(&periods, std::iter::once(own)));
        all.chain(footnotes::new(&self.context)).collect()
    }

    fn key(&self, palette: &Palette) -> Vec<Key> {
        let shaded = self.end().and_then(|(_, figure)| figure.interval);
        let shaded = shaded.map(|_| Key::new("95% range", Sign::Patch(draw::BAND)));
        let beside = self.beside.iter().map(|(name, role, _)| {
            let look = series::line(*role, 0, palette);
            Key::new(name, Sign::Line(look.colour, look.dash, look.shape))
        });
        shaded.into_iter().chain(beside).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.lay_out(frame);
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        for (line, series) in [(&self.figures, ""), (&self.plan, PLANNED), (&self.ahead, PROJECTED)] {
            for (period, figure) in self.periods.iter().zip(line) {
                let cell = Cell { area: &self.context.subject, role: Role::Subject, series, period: &period.label };
                figure.iter().for_each(|figure| table.push(&self.context.measure, cell, figure));
            }
        }
        for (name, role, line) in &self.beside {
            for (period, figure) in self.periods.iter().zip(line) {
                let cell = Cell { area: name, role: *role, series: "", period: &period.label };
                figure.iter().for_each(|figure| table.push(&self.context.measure, cell, figure));
            }
        }
        table.finish()
    }
}
