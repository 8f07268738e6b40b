//! Drawing a trend: lines with gaps and breaks, intervals, and the symbols of missing figures.
//!
//! In: a `TrendChart` and a frame with its head drawn. Out: marks, and the frame's `y` below them.

use super::names::{self, Label};
use super::{Series, TrendChart};
use crate::chart::axis::{self, Plot, Scale, Ticks, Zero};
use crate::chart::data::Role;
use crate::chart::frame::Frame;
use crate::chart::scene::Anchor;
use crate::chart::series::{self, Look};
use crate::chart::text;
use crate::chart::theme::Palette;

/// The room for period labels below the plot, in hundredths of the em.
const BELOW: i32 = 175;

impl TrendChart {
    pub(super) fn lay_out(&self, frame: &mut Frame<'_>) {
        let (em, measure) = (frame.em(), &self.context.measure);
        let ticks = self.ticks(if frame.size.is_bare() { 4 } else { 5 }, frame.size.is_bare());
        let room = if frame.ems() < 30 { 7 } else { 10 };
        let labels = self.labels(frame, em * room);
        let plot = self.plot(frame, &ticks, &labels);
        let row = if self.has_marked_subject() && !frame.size.is_bare() { em * 5 / 4 } else { 0 };
        let above = Plot { bottom: plot.bottom - row, ..plot };
        let scale = axis::upright(frame, above, &ticks, measure);
        let at = axis::periods(frame, plot, &self.periods);
        axis::breaks(frame, plot, (&self.periods, &at), &self.breaks);
        self.draw_labels(frame, plot, scale, &at, &labels);
        // The chosen authority last: on top of all others.
        let mut looks = self.looks(frame.palette);
        looks.sort_by_key(|(series, _)| std::cmp::Reverse(series.role));
        for (series, look) in looks {
            self.draw_line(frame, series, look, &at, scale);
        }
        if !frame.size.is_bare() {
            self.draw_marks(frame, plot, &at);
        }
        frame.y = plot.bottom + BELOW * em / 100;
        if !frame.size.has_axis_title() {
            axis::warning(frame, plot, &ticks, measure);
        }
    }

    /// The axis title, and the room for lines that the names at their ends leave.
    fn plot(&self, frame: &mut Frame<'_>, ticks: &Ticks, labels: &[Label]) -> Plot {
        let (em, measure) = (frame.em(), &self.context.measure);
        let stacked = names::height(labels, em);
        let mut top = axis::title(frame, (frame.left, frame.y), &axis::words(ticks, measure));
        if !self.breaks.is_empty() {
            top += em * 5 / 4;
        }
        let preferred = em * if frame.ems() < 22 { 13 } else { 15 };
        let titled = frame.size.has_axis_title();
        let warned = if titled { 0 } else { axis::warning_height(frame, ticks, measure) };
        let spent = top - frame.y + BELOW * em / 100 + warned;
        let height = frame.plot_height(preferred, em * 5, spent).max(stacked);
        let bottom = top + (height - spent).max(stacked - em).max(em * 4);
        let left = frame.left + axis::value_room(frame, ticks, measure);
        let gap = if frame.size.is_bare() { em } else { em * 6 / 5 };
        Plot { left, top, right: frame.right - names::width(labels) - gap, bottom }
    }

    /// Each series with its look; other authorities are told apart by their order.
    pub(super) fn looks(&self, palette: &Palette) -> Vec<(&Series, Look)> {
        let mut others = 0;
        let looks = self.series.iter().map(|series| {
            let nth = others;
            others += usize::from(series.role == Role::Other);
            (series, series::line(series.role, nth, palette))
        });
        looks.collect()
    }

    /// Around the figures, and the intervals where they are drawn.
    fn ticks(&self, count: i32, bare: bool) -> Ticks {
        let figures = self.series.iter().flat_map(|series| &series.figures);
        let values = figures.flat_map(|figure| {
            let (low, high) = figure.interval.filter(|_| !bare).unzip();
            [figure.number(), low, high].into_iter().flatten()
        });
        Ticks::around(values, &self.context.measure, Zero::IfNear, count)
    }

    fn draw_line(&self, frame: &mut Frame<'_>, series: &Series, look: Look, at: &[i32], scale: Scale) {
        let em = frame.em();
        let width = (em * look.width / 100).max(2) as u32;
        let points: Vec<(usize, f64)> = self.points(series).collect();
        let runs = points.chunk_by(|a, b| self.joined(a.0, b.0));
        for run in runs {
            let path = run.iter().map(|(period, value)| (at[*period], scale.at(*value))).collect();
            frame.scene.path(path, look.colour, width, look.dash);
        }
        if series.role == Role::Subject && !frame.size.is_bare() {
            self.draw_intervals(frame, series, look, at, scale);
        }
        let marker = |frame: &mut Frame<'_>, (period, value): (usize, f64)| {
            frame.scene.marker((at[period], scale.at(value)), em * look.radius / 100, look.shape, look.colour);
        };
        // Each figure of the chosen authority has its marker; of the others those that end a line or stand alone.
        for run in points.chunk_by(|a, b| self.joined(a.0, b.0)) {
            let all = series.role == Role::Subject || run.len() == 1;
            run.iter().filter(|_| all).for_each(|&point| marker(frame, point));
        }
        points.last().into_iter().for_each(|&point| marker(frame, point));
        for (period, value) in points {
            let name = format!("{}, {}", series.name, self.periods[period].label);
            let Some(figure) = series.figures.get(period) else { continue };
            frame.scene.spot_at((at[period], scale.at(value)), em / 2, name, figure, &self.context.measure);
        }
    }

    fn draw_intervals(&self, frame: &mut Frame<'_>, series: &Series, look: Look, at: &[i32], scale: Scale) {
        let cap = frame.em() / 5;
        for (figure, x) in series.figures.iter().zip(at) {
            let Some((low, high)) = figure.interval.filter(|_| figure.number().is_some()) else {
                continue;
            };
            let (low, high) = (scale.at(low), scale.at(high));
            frame.scene.line((*x, low), (*x, high), look.colour, 4);
            frame.scene.line((x - cap, low), (x + cap, low), look.colour, 4);
            frame.scene.line((x - cap, high), (x + cap, high), look.colour, 4);
        }
    }

    /// The symbols of the chosen authority's missing and marked figures, in a row of their own at the foot of the plot.
    fn draw_marks(&self, frame: &mut Frame<'_>, plot: Plot, at: &[i32]) {
        let font = frame.bold();
        let mut free = i32::MIN;
        for (figure, x) in self.subject().into_iter().flat_map(|series| &series.figures).zip(at) {
            if figure.is_marked() {
                let symbol = figure.symbol();
                let half = text::width(&symbol, font.weight, font.em) / 2;
                if x - half > free {
                    frame.scene.text((*x, plot.bottom - font.em / 4), Anchor::Middle, font, symbol);
                    free = x + half;
                }
            }
        }
    }

    fn has_marked_subject(&self) -> bool {
        self.subject().is_some_and(|series| series.figures.iter().any(|figure| figure.is_marked()))
    }
}
