//! Drawing small charts: heading and fragment, a small scale, lines with gaps and breaks, the last figures named.
//!
//! In: a `MultiplesChart` and a frame with its head drawn. Out: panels, each a group of marks, and the frame's `y` below.

use super::{MultiplesChart, Panel};
use crate::chart::axis::{Plot, Ticks, Zero};
use crate::chart::data::{Figure, Role};
use crate::chart::frame::Frame;
use crate::chart::scene::{Anchor, Font, rise};
use crate::chart::{axis, label, series, text, words};

/// How many stand beside each other where there is room.
pub(super) const ACROSS: usize = 3;
/// The height of the small plot in hundredths of the em.
const HEIGHT: i32 = 450;

/// The scale that the panels of a row share.
fn ticks(row: &[Panel]) -> Option<Ticks> {
    let measure = &row.first()?.trend.context.measure;
    let figures = row.iter().flat_map(|panel| panel.trend.series.iter().flat_map(|series| &series.figures));
    Some(Ticks::around(figures.filter_map(Figure::number), measure, Zero::Always, 3))
}

/// The upper end of a row's scale, as written.
pub(super) fn top_words(row: &[Panel]) -> String {
    let measure = row.first().map(|panel| &panel.trend.context.measure);
    measure.zip(ticks(row)).map_or_else(String::new, |(measure, ticks)| words::tick(ticks.high, ticks.step, measure))
}

impl MultiplesChart {
    pub(super) fn lay_out(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let across = ((frame.ems() / 15) as usize).clamp(1, ACROSS);
        let gap = em;
        let wide = (frame.right - frame.left - gap * (across as i32 - 1)) / across as i32;
        // What shares a scale where three stand beside each other shares it in a narrow picture too.
        let rows = self.in_rows().into_iter().filter_map(|alike| Some((alike, ticks(alike)?)));
        for (row, ticks) in rows.flat_map(|(alike, ticks)| alike.chunks(across).map(move |row| (row, ticks.clone()))) {
            let heads: Vec<Vec<(String, Font)>> = row.iter().map(|panel| head(frame, panel, wide)).collect();
            let tall = heads.iter().map(Vec::len).max().unwrap_or(0) as i32 * em * 6 / 5;
            for ((at, panel), head) in row.iter().enumerate().zip(&heads) {
                let left = frame.left + (wide + gap) * at as i32;
                let begin = frame.scene.marks.len();
                let mut baseline = frame.y + rise(em);
                for (line, font) in head {
                    frame.scene.text((left, baseline), Anchor::Start, *font, line.as_str());
                    baseline += em * 6 / 5;
                }
                let top = frame.y + tall + em / 2;
                let box_ = Plot { left, top, right: left + wide, bottom: top + HEIGHT * em / 100 };
                draw_panel(frame, panel, box_, &ticks);
                frame.scene.panels.push((begin, frame.scene.marks.len()));
            }
            frame.y += tall + HEIGHT * em / 100 + em * 3;
        }
    }
}

/// Heading and fragment on as many lines as they need.
fn head(frame: &Frame<'_>, panel: &Panel, room: i32) -> Vec<(String, Font)> {
    let lines = |words: &str, font: Font| {
        let wrapped = text::wrap(words, font.weight, font.em, room);
        wrapped.into_iter().map(move |line| (line, font)).collect::<Vec<_>>()
    };
    let fragment = if panel.fragment.is_empty() { Vec::new() } else { lines(&panel.fragment, frame.quiet()) };
    [lines(&panel.heading, frame.bold()), fragment].concat()
}

fn draw_panel(frame: &mut Frame<'_>, panel: &Panel, room: Plot, ticks: &Ticks) {
    let (em, trend) = (frame.em(), &panel.trend);
    let ends = ends(frame, panel);
    let name_room = ends.iter().map(|(words, _, font)| text::width(words, font.weight, em)).max().unwrap_or(0);
    let left = room.left + axis::value_room(frame, ticks, &trend.context.measure);
    let plot = Plot { left, right: (room.right - name_room - em / 2).max(left + em), ..room };
    let scale = axis::upright(frame, plot, ticks, &trend.context.measure);
    let at = axis::across(plot, em / 2, &trend.periods);
    frame.scene.line((plot.left, plot.bottom), (plot.right, plot.bottom), frame.palette.secondary, 3);
    for gap in &trend.breaks {
        let after = trend.periods.iter().position(|period| period.order >= gap.order).filter(|at| *at > 0);
        if let Some(after) = after {
            let x = (at[after - 1] + at[after]) / 2;
            frame.scene.path(vec![(x, plot.top), (x, plot.bottom)], frame.palette.secondary, 4, &[12, 10]);
        }
    }
    for series in trend.series.iter().rev() {
        let look = series::line(series.role, 0, frame.palette);
        let points: Vec<(usize, f64)> = trend.points(series).collect();
        for run in points.chunk_by(|a, b| trend.joined(a.0, b.0)) {
            let path = run.iter().map(|(period, value)| (at[*period], scale.at(*value))).collect();
            frame.scene.path(path, look.colour, (em * look.width * 3 / 400).max(2) as u32, look.dash);
            let all = series.role == Role::Subject || run.len() == 1;
            for (period, value) in run.iter().filter(|_| all) {
                frame.scene.marker((at[*period], scale.at(*value)), em * 15 / 100, look.shape, look.colour);
            }
        }
        if let Some((period, value)) = points.last() {
            frame.scene.marker((at[*period], scale.at(*value)), em * 22 / 100, look.shape, look.colour);
        }
    }
    first_and_last(frame, panel, plot, &at);
    let wanted: Vec<(f64, f64)> =
        ends.iter().map(|(_, value, _)| (f64::from(scale.at(*value)), f64::from(em * 23 / 20))).collect();
    let middles = label::spread(&wanted, f64::from(plot.top - em / 2), f64::from(plot.bottom + em / 2));
    for ((words, _, font), middle) in ends.iter().zip(middles) {
        let baseline = middle.round() as i32 + rise(em) / 2 - em / 20;
        frame.scene.text((plot.right + em / 3, baseline), Anchor::Start, *font, words.as_str());
    }
}

/// The latest figure of each line, in its colour.
fn ends(frame: &Frame<'_>, panel: &Panel) -> Vec<(String, f64, Font)> {
    let trend = &panel.trend;
    let end = |series: &crate::chart::trend::Series| {
        let (_, value) = trend.points(series).next_back()?;
        let font = if series.role == Role::Subject { frame.bold() } else { frame.plain() };
        let font = Font { colour: series::words(series.role, frame.palette), ..font };
        Some((trend.context.measure.shown(value), value, font))
    };
    trend.series.iter().filter_map(end).collect()
}

/// The first and the last period under the plot, the first where both have room.
fn first_and_last(frame: &mut Frame<'_>, panel: &Panel, plot: Plot, at: &[i32]) {
    let (em, font) = (frame.em(), frame.quiet());
    let periods = &panel.trend.periods;
    let mut free = i32::MAX;
    let ends = [periods.len().checked_sub(1), (periods.len() > 1).then_some(0)];
    for index in ends.into_iter().flatten() {
        let words = &periods[index].label;
        let half = text::width(words, font.weight, em) / 2 + 1;
        let middle = at[index].max(plot.left - em * 2 + half).min(frame.right - half);
        if middle + half < free {
            frame.scene.text((middle, plot.bottom + em * 8 / 5), Anchor::Middle, font, words.as_str());
            free = middle - half - em / 3;
        }
    }
}
