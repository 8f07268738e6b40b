//! Drawing a funnel: limits and benchmark named at their right ends, points, and names where there is room.
//!
//! In: a `FunnelChart` and a frame with its head drawn. Out: marks, and the frame's `y` below them.

use super::{FunnelChart, Limit};
use crate::chart::axis::{self, Plot, Scale, Ticks, Zero};
use crate::chart::data::{self, Measure, Polarity, Role, Unit};
use crate::chart::frame::Frame;
use crate::chart::label::{self, Taken};
use crate::chart::scene::{Anchor, Point, drop, rise};
use crate::chart::theme::WHITE;
use crate::chart::{series, text};

impl FunnelChart {
    pub(super) fn lay_out(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let (measure, points) = (&self.context.measure, self.points());
        let values = points.iter().map(|point| point.2).chain([self.benchmark]);
        // Limits flare at the left: those of the smallest place bound the axis, not those at zero.
        let smallest = points.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
        let inside = self.limits.iter().filter(|limit| limit.denominator >= smallest);
        let bounded = measure.unit == Unit::Percent && values.clone().all(|value| (0.0..=100.0).contains(&value));
        let hold = |value: f64| {
            if bounded { value.clamp(0.0, 100.0) } else { value }
        };
        let values = values.chain(inside.flat_map(|limit| [hold(limit.outer.0), hold(limit.outer.1)]));
        let ticks = Ticks::around(values, measure, Zero::IfNear, 5);
        let counts = Measure::new(&self.counted, &self.counted, Unit::Number, 0, Polarity::None);
        let sizes = points.iter().map(|point| point.1).chain(self.limits.iter().map(|limit| limit.denominator));
        let below = Ticks::around(sizes, &counts, Zero::Always, 4);
        let top = axis::title(frame, (frame.left, frame.y), &axis::words(&ticks, measure));
        let left = frame.left + axis::value_room(frame, &ticks, measure);
        let titled = frame.size.has_axis_title();
        let warned = if titled { 0 } else { axis::warning_height(frame, &ticks, measure) };
        let spent = top - frame.y + em * if titled { 7 } else { 4 } / 2 + warned;
        let height = frame.plot_height(em * 16, em * 9, spent) - spent;
        let right = frame.right - em * 9 / 2 - em / 3;
        let plot = Plot { left, top, right, bottom: top + height.max(em * 9) };
        let up = axis::upright(frame, plot, &ticks, measure);
        let across = axis::level(frame, plot, &below, &counts);
        let mut taken = Taken::default();
        self.draw_limits(frame, plot, across, up, &mut taken);
        self.draw_points(frame, plot, across, up, &mut taken);
        frame.y = plot.bottom + em * 3 / 2;
        if titled {
            let font = frame.quiet();
            let words = format!("Number of {}", self.counted);
            let lines = text::wrap(&words, font.weight, em, frame.right - frame.left);
            frame.paragraph(font, lines);
        } else {
            axis::warning(frame, plot, &ticks, measure);
        }
        frame.y += drop(em);
    }

    fn draw_limits(&self, frame: &mut Frame<'_>, plot: Plot, across: Scale, up: Scale, taken: &mut Taken) {
        let (em, secondary) = (frame.em(), frame.palette.secondary);
        type Side = fn(&Limit) -> f64;
        let sides: [(Side, &'static [i32], &str); 4] = [
            (|limit| limit.outer.1, &[], "99.8%"),
            (|limit| limit.inner.1, &[16, 12], "95%"),
            (|limit| limit.inner.0, &[16, 12], "95%"),
            (|limit| limit.outer.0, &[], "99.8%"),
        ];
        for (side, dash, _) in sides {
            let path: Vec<Point> =
                self.limits.iter().map(|limit| (across.at(limit.denominator), up.at(side(limit)))).collect();
            for pair in path.windows(2) {
                let (low, high) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
                taken.mark([pair[0].0, low - 4, pair[1].0, high + 4]);
            }
            frame.scene.path(path, secondary, 4, dash);
        }
        let y = up.at(self.benchmark);
        taken.mark([plot.left, y - 4, plot.right, y + 4]);
        frame.scene.line((plot.left, y), (plot.right, y), frame.palette.england, 6);
        let Some(last) = self.limits.last() else {
            return;
        };
        let mut wanted: Vec<(String, f64)> =
            sides.iter().map(|(side, _, name)| ((*name).to_owned(), side(last))).collect();
        wanted.insert(2, (format!("{} {}", self.centre, self.context.measure.shown(self.benchmark)), self.benchmark));
        let room = frame.right - plot.right - em / 3;
        let font = frame.quiet();
        let mut blocks: Vec<(Vec<String>, f64)> = Vec::new();
        for (words, value) in wanted {
            blocks.push((text::wrap(&words, font.weight, em, room), value));
        }
        let sizes: Vec<(f64, f64)> = blocks
            .iter()
            .map(|(lines, value)| (f64::from(up.at(*value)), f64::from(lines.len() as i32 * em * 6 / 5)))
            .collect();
        let middles = label::spread(&sizes, f64::from(plot.top - em / 2), f64::from(plot.bottom + em / 4));
        for (((lines, _), middle), (_, height)) in blocks.iter().zip(middles).zip(&sizes) {
            let mut baseline = (middle - height / 2.0).round() as i32 + rise(em) + em / 5;
            for line in lines {
                let at = (plot.right + em / 3, baseline);
                frame.scene.text(at, Anchor::Start, font, line.as_str());
                baseline += em * 6 / 5;
            }
        }
    }

    /// Names a point where there is room near it; names of others are left out rather than laid over each other.
    fn name(&self, frame: &mut Frame<'_>, plot: Plot, (words, at): (&str, Point), own: bool, taken: &mut Taken) {
        let em = frame.em();
        let font = if own { frame.bold() } else { frame.plain() };
        let room = ((plot.right - plot.left) / 2).max(text::longest_word(words, font.weight, em));
        let lines = text::balance(words, font.weight, em, room);
        let wide = text::widest(&lines, font.weight, em);
        let high = lines.len() as i32 * em * 6 / 5;
        let bounds = [plot.left, plot.top, plot.right, plot.bottom - 4];
        let beside = taken.place(at, (wide, high), em / 2, bounds, false);
        // The chosen authority may cover other marks where there is no room beside them: the chart is about it.
        let Some(sides) = beside.or_else(|| taken.place(at, (wide, high), em / 2, bounds, own)) else {
            return;
        };
        let (x, y) = ((sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2);
        let near = (at.0.clamp(sides[0], sides[2]), at.1.clamp(sides[1], sides[3]));
        let far = (near.0 - at.0).abs().max((near.1 - at.1).abs());
        if far > em * 4 && !own {
            return;
        }
        if far > em {
            frame.scene.line(at, near, frame.palette.secondary, 3);
        }
        let mut baseline = y - high / 2 + rise(em) + em / 5;
        for line in &lines {
            let half = text::width(line, font.weight, em) / 2;
            frame.scene.rect((x - half, baseline - rise(em)), (x + half, baseline + em / 10), WHITE);
            frame.scene.text((x, baseline), Anchor::Middle, font, line.as_str());
            baseline += em * 6 / 5;
        }
    }

    fn draw_points(&self, frame: &mut Frame<'_>, plot: Plot, across: Scale, up: Scale, taken: &mut Taken) {
        let em = frame.em();
        let mut points = self.points();
        points.sort_by_key(|(place, ..)| std::cmp::Reverse(place.role));
        for (place, denominator, value) in &points {
            let at = (across.at(*denominator), up.at(*value));
            let (colour, shape) = series::point(place.role, frame.palette);
            let radius = if place.role == Role::Subject { em * 3 / 10 } else { em * 17 / 100 };
            frame.scene.marker(at, radius, shape, colour);
            taken.mark([at.0 - radius, at.1 - radius, at.0 + radius, at.1 + radius]);
        }
        for (place, value) in data::in_order(&self.places, &self.context.measure) {
            let Some(size) = place.figure.denominator.filter(|size| size.is_finite()) else { continue };
            let at = (across.at(size), up.at(value));
            frame.scene.spot_at(at, em / 4, place.name.as_str(), &place.figure, &self.context.measure);
        }
        if let Some((place, denominator, value)) = points.iter().find(|(place, ..)| place.role == Role::Subject) {
            let words = format!("{} {}", place.name, self.context.measure.shown(*value));
            let at = (across.at(*denominator), up.at(*value));
            self.name(frame, plot, (&words, at), true, taken);
        }
        let mut far = self.outside();
        far.retain(|(place, ..)| place.role != Role::Subject);
        far.sort_by(|a, b| (b.2 - self.benchmark).abs().total_cmp(&(a.2 - self.benchmark).abs()));
        for (place, denominator, value) in far.into_iter().take(6) {
            let at = (across.at(denominator), up.at(value));
            self.name(frame, plot, (&place.name, at), false, taken);
        }
    }
}
