//! Drawing years so far, planned and ahead: the fan behind, the plan's line and the years before it.
//!
//! In: a `FanChart` and a frame with its head drawn. Out: marks, and the frame's `y` below them.

use super::{FanChart, Point};
use crate::chart::axis::{self, Plot, Scale, Ticks, Zero};
use crate::chart::data::Role;
use crate::chart::frame::Frame;
use crate::chart::scene::{Anchor, Font, Shape, rise};
use crate::chart::theme::{Colour, WHITE};
use crate::chart::{beside, series, text};

/// What the years ahead may bring.
pub(super) const BAND: Colour = Colour(0xD6, 0xDF, 0xE9);
/// The room for the labels of years below the plot, in hundredths of the em.
const BELOW: i32 = 175;
/// Dashes of the years ahead, and of the plan.
const AHEAD: &[i32] = &[16, 12];
const PLAN: &[i32] = &[6, 10];

impl FanChart {
    pub(super) fn lay_out(&self, frame: &mut Frame<'_>) {
        let (em, measure) = (frame.em(), &self.context.measure);
        let ticks = Ticks::around(self.values().into_iter(), measure, Zero::IfNear, 4);
        let labels = self.labels(frame);
        let wide = labels.iter().map(|(words, _, font)| text::width(words, font.weight, em)).max().unwrap_or(0);
        let mut top = axis::title(frame, (frame.left, frame.y), &axis::words(&ticks, measure));
        top += if self.breaks.is_empty() { em / 2 } else { em * 5 / 4 };
        let titled = frame.size.has_axis_title();
        let warned = if titled { 0 } else { axis::warning_height(frame, &ticks, measure) };
        let spent = top - frame.y + BELOW * em / 100 + warned;
        let height = frame.plot_height(em * 14, em * 8, spent) - spent;
        let left = frame.left + axis::value_room(frame, &ticks, measure);
        let plot = Plot { left, top, right: frame.right - wide - em, bottom: top + height.max(em * 4) };
        let up = Scale::new(ticks.low, ticks.high, plot.bottom, plot.top);
        let across = axis::across(plot, em, &self.periods);
        self.draw_fan(frame, &across, up);
        axis::upright(frame, plot, &ticks, measure);
        let at = axis::periods(frame, plot, &self.periods);
        axis::breaks(frame, plot, (&self.periods, &at), &self.breaks);
        self.draw_lines(frame, &at, up);
        beside::draw(frame, plot, up, &labels);
        frame.y = plot.bottom + BELOW * em / 100;
        if !titled {
            axis::warning(frame, plot, &ticks, measure);
        }
    }

    /// All that has to have room.
    fn values(&self) -> Vec<f64> {
        let beside = self.beside.iter().flat_map(|(.., line)| line);
        let lines = self.figures.iter().chain(&self.plan).chain(&self.ahead).chain(beside).flatten();
        lines
            .flat_map(|figure| {
                let (low, high) = figure.interval.unzip();
                [figure.number(), low, high].into_iter().flatten()
            })
            .collect()
    }

    /// The shaded range from the last year so far on.
    fn draw_fan(&self, frame: &mut Frame<'_>, at: &[i32], up: Scale) {
        let Some((from, value)) = self.last() else { return };
        let ends = self.ahead.iter().enumerate().filter_map(|(year, figure)| Some((year, figure.as_ref()?.interval?)));
        let ends: Vec<(usize, (f64, f64))> = ends.collect();
        if ends.is_empty() {
            return;
        }
        let mut corners = vec![(at[from], up.at(value))];
        corners.extend(ends.iter().map(|(year, (low, _))| (at[*year], up.at(*low))));
        corners.extend(ends.iter().rev().map(|(year, (_, high))| (at[*year], up.at(*high))));
        frame.scene.polygon(corners, BAND);
    }

    fn draw_lines(&self, frame: &mut Frame<'_>, at: &[i32], up: Scale) {
        let em = frame.em();
        let look = series::line(Role::Subject, 0, frame.palette);
        let width = (em * look.width / 100).max(2) as u32;
        let place = |(year, value): &Point| (at[*year], up.at(*value));
        for (_, role, line) in &self.beside {
            let look = series::line(*role, 0, frame.palette);
            let points = FanChart::points(line);
            for run in points.chunk_by(|one, next| self.joined(one.0, next.0)) {
                frame.scene.path(run.iter().map(place).collect(), look.colour, width / 2, look.dash);
            }
            points.last().iter().for_each(|end| frame.scene.marker(place(end), em * 2 / 10, look.shape, look.colour));
        }
        let plan = FanChart::points(&self.plan);
        let grey = frame.palette.secondary;
        frame.scene.path(plan.iter().map(place).collect(), grey, width * 2 / 3, PLAN);
        plan.iter().for_each(|point| frame.scene.marker(place(point), em * 2 / 10, Shape::Diamond, grey));
        let ahead: Vec<Point> = self.last().into_iter().chain(FanChart::points(&self.ahead)).collect();
        if ahead.len() > 1 {
            frame.scene.path(ahead.iter().map(place).collect(), look.colour, width * 2 / 3, AHEAD);
            for point in &ahead[1..] {
                frame.scene.marker(place(point), em * 2 / 10, Shape::Ring, look.colour);
            }
        }
        let own = FanChart::points(&self.figures);
        for run in own.chunk_by(|one, next| self.joined(one.0, next.0)) {
            frame.scene.path(run.iter().map(place).collect(), look.colour, width, &[]);
        }
        own.iter().for_each(|point| frame.scene.marker(place(point), em * look.radius / 100, Shape::Disc, look.colour));
        self.name_last(frame, at, up);
    }

    /// Whether a line may run from one year to another: consecutive, and no break between.
    fn joined(&self, from: usize, to: usize) -> bool {
        let (from, to) = (self.periods[from].order, self.periods[to].order);
        to - from == 1 && !self.breaks.iter().any(|gap| from < gap.order && gap.order <= to)
    }

    /// The figure of the last year so far over its mark, where years follow that the names at the end are of.
    fn name_last(&self, frame: &mut Frame<'_>, at: &[i32], up: Scale) {
        let Some((year, value)) = self.last().filter(|(year, _)| year + 1 < self.periods.len()) else { return };
        let (em, font) = (frame.em(), Font { colour: frame.palette.subject, ..frame.bold() });
        let words = self.context.measure.shown(value);
        let (x, y) = (at[year], up.at(value) - em / 2);
        let half = text::width(&words, font.weight, em) / 2;
        frame.scene.rect((x - half, y - rise(em)), (x + half, y + em / 8), WHITE);
        frame.scene.text((x, y), Anchor::Middle, font, words);
    }

    /// What stands at the ends of the lines.
    fn labels(&self, frame: &Frame<'_>) -> Vec<beside::Label> {
        let measure = &self.context.measure;
        let own = Font { colour: frame.palette.subject, ..frame.bold() };
        let is_last = |year: usize| year + 1 == self.periods.len();
        let last = self.last().filter(|(year, _)| is_last(*year)).map(|(_, value)| (measure.shown(value), value, own));
        let ahead = self.end().and_then(|(_, figure)| {
            let value = figure.number()?;
            Some((format!("About {}", measure.shown(value)), value, Font { weight: frame.plain().weight, ..own }))
        });
        let plan = FanChart::points(&self.plan).pop();
        let plan = plan.map(|(_, value)| (format!("Planned {}", measure.shown(value)), value, frame.quiet()));
        last.into_iter().chain(ahead).chain(plan).collect()
    }
}
