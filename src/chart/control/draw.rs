//! Drawing a council's months: the usual range behind, average and target across, the line with its rings before.
//!
//! In: a `ControlChart` and a frame with its head drawn. Out: marks, and the frame's `y` below them.

use super::ControlChart;
use crate::chart::axis::{self, Plot, Scale, Ticks, Zero};
use crate::chart::data::Role;
use crate::chart::frame::Frame;
use crate::chart::scene::{Font, Shape};
use crate::chart::theme::Colour;
use crate::chart::{beside, series, text};
use crate::statistics::control_chart::XmrLimits;

/// The months' usual range.
pub(super) const BAND: Colour = Colour(0xE6, 0xEA, 0xED);
/// The room for the labels of months below the plot, in hundredths of the em.
const BELOW: i32 = 175;

impl ControlChart {
    pub(super) fn lay_out(&self, frame: &mut Frame<'_>) {
        let (em, measure) = (frame.em(), &self.context.measure);
        let ends = self.usual.iter().flat_map(|usual| [usual.limits.lower, usual.limits.upper]);
        let values = self.points().into_iter().map(|(_, value)| value).chain(ends).chain(self.target);
        let ticks = Ticks::around(values, measure, Zero::IfNear, 4);
        let labels = self.labels(frame);
        let wide = labels.iter().map(|(words, _, font)| text::width(words, font.weight, em)).max().unwrap_or(0);
        let top = axis::title(frame, (frame.left, frame.y), &axis::words(&ticks, measure));
        let top = if self.breaks.is_empty() { top } else { top + em * 5 / 4 };
        let titled = frame.size.has_axis_title();
        let warned = if titled { 0 } else { axis::warning_height(frame, &ticks, measure) };
        let spent = top - frame.y + BELOW * em / 100 + warned;
        let height = frame.plot_height(em * 14, em * 8, spent) - spent;
        let left = frame.left + axis::value_room(frame, &ticks, measure);
        let plot = Plot { left, top, right: frame.right - wide - em * 3 / 4, bottom: top + height.max(em * 4) };
        let across = self.across(plot, em);
        let up = Scale::new(ticks.low, ticks.high, plot.bottom, plot.top);
        self.draw_usual(frame, plot, &across, up);
        axis::upright(frame, plot, &ticks, measure);
        let at = axis::periods(frame, plot, &self.months);
        axis::breaks(frame, plot, (&self.months, &at), &self.breaks);
        self.draw_lines(frame, plot, &at, up);
        beside::draw(frame, plot, up, &labels);
        frame.y = plot.bottom + BELOW * em / 100;
        if !titled {
            axis::warning(frame, plot, &ticks, measure);
        }
    }

    /// Where a month stands, before its axis is drawn.
    fn across(&self, plot: Plot, em: i32) -> Vec<i32> {
        axis::across(plot, em, &self.months)
    }

    fn draw_usual(&self, frame: &mut Frame<'_>, plot: Plot, at: &[i32], up: Scale) {
        let reach = frame.em() / 2;
        for usual in &self.usual {
            let XmrLimits { mean, lower, upper } = usual.limits;
            let (Some(&from), Some(&to)) = (at.get(usual.from), at.get(usual.to)) else { continue };
            let last = usual.to + 1 == at.len();
            let (from, to) = (from - reach, if last { plot.right } else { to + reach });
            frame.scene.rect((from, up.at(upper)), (to, up.at(lower)), BAND);
            frame.scene.line((from, up.at(mean)), (to, up.at(mean)), frame.palette.secondary, 4);
        }
    }

    fn draw_lines(&self, frame: &mut Frame<'_>, plot: Plot, at: &[i32], up: Scale) {
        let em = frame.em();
        if let Some(target) = self.target {
            let y = up.at(target);
            frame.scene.path(vec![(plot.left, y), (plot.right, y)], frame.palette.text, 6, &[26, 14]);
        }
        let look = series::line(Role::Subject, 0, frame.palette);
        let points = self.points();
        let joined = |a: usize, b: usize| {
            let (from, to) = (self.months[a].order, self.months[b].order);
            to - from == 1 && !self.breaks.iter().any(|gap| from < gap.order && gap.order <= to)
        };
        for run in points.chunk_by(|a, b| joined(a.0, b.0)) {
            let path = run.iter().map(|(month, value)| (at[*month], up.at(*value))).collect();
            frame.scene.path(path, look.colour, (em * look.width / 100).max(2) as u32, &[]);
        }
        for (month, value) in points {
            let unusual = self.unusual.contains(&month);
            let (shape, radius) = if unusual { (Shape::Ring, 30) } else { (Shape::Disc, 22) };
            frame.scene.marker((at[month], up.at(value)), em * radius / 100, shape, look.colour);
        }
    }

    /// Latest figure, average and target, each with the value that it stands at.
    fn labels(&self, frame: &Frame<'_>) -> Vec<(String, f64, Font)> {
        let measure = &self.context.measure;
        let last = self.figures.last().and_then(|figure| figure.number());
        let own = Font { colour: frame.palette.subject, ..frame.bold() };
        let latest = last.map(|value| (measure.shown(value), value, own));
        let mean = self.latest().map(|usual| usual.limits.mean);
        let mean = mean.map(|mean| (format!("Average {}", measure.shown(mean)), mean, frame.quiet()));
        let target = self.target.map(|target| (format!("Target {}", measure.shown(target)), target, frame.plain()));
        latest.into_iter().chain(mean).chain(target).collect()
    }
}
