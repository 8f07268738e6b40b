//! Shares of many groups, such as single years of age: a bar each, side by side, with England's as a mark across it.
//!
//! In: a `GroupsChart` and a frame with its key drawn. Out: marks, and the frame's `y` below them.

use super::GroupsChart;
use crate::chart::axis::{self, Plot, Ticks, Zero};
use crate::chart::data::{Figure, Role};
use crate::chart::frame::Frame;
use crate::chart::scene::{Anchor, Font, Shape};
use crate::chart::theme::WHITE;
use crate::chart::{series, text};

/// The most lines of a name beneath its bar.
const LINES: usize = 2;

impl GroupsChart {
    pub(super) fn draw_upright(&self, frame: &mut Frame<'_>, top: i32) {
        let (em, measure) = (frame.em(), &self.context.measure);
        let figures = self.groups.iter().flat_map(|group| std::iter::once(&group.own).chain(&group.england));
        let ticks = Ticks::around(figures.filter_map(Figure::number), measure, Zero::Always, 4);
        let left = frame.left + axis::value_room(frame, &ticks, measure);
        let slot = ((frame.right - left) / self.groups.len() as i32).max(1);
        let names = self.names(frame, slot);
        let below = em * 2 / 5 + names.iter().map(Vec::len).max().unwrap_or(0) as i32 * em * 6 / 5;
        let top = axis::title(frame, (frame.left, top), &axis::words(&ticks, measure));
        let spent = top - frame.y + below;
        let height = frame.plot_height(em * 12, em * 8, spent) - spent;
        let plot = Plot { left, top, right: left + slot * self.groups.len() as i32, bottom: top + height.max(em * 5) };
        let up = axis::upright(frame, plot, &ticks, measure);
        let own = series::bar(Role::Subject, frame.palette);
        for (at, group) in self.groups.iter().enumerate() {
            let (from, to) = (left + slot * at as i32 + slot / 6, left + slot * (at as i32 + 1) - slot / 6);
            let middle = (from + to) / 2;
            match group.own.number() {
                Some(value) => frame.scene.rect((from, up.at(value)), (to, up.at(0.0)), own),
                None => {
                    let font = frame.quiet();
                    frame.scene.text((middle, up.at(0.0) - em / 4), Anchor::Middle, font, "\u{2013}");
                }
            }
            if let Some(value) = group.england.as_ref().and_then(Figure::number) {
                let (y, reach) = (up.at(value), slot / 8);
                let line = frame.palette.england;
                frame.scene.line((from - reach, y), (to + reach, y), WHITE, 12);
                frame.scene.line((from - reach, y), (to + reach, y), line, 6);
                frame.scene.marker((middle, y), em * 15 / 100, Shape::Square, line);
            }
            let mut baseline = plot.bottom + em * 5 / 4;
            for line in &names[at] {
                frame.scene.text((middle, baseline), Anchor::Middle, frame.plain(), line.as_str());
                baseline += em * 6 / 5;
            }
        }
        frame.y = plot.bottom + below + em / 4;
    }

    /// The names beneath the bars, without the word that all begin with; one that does not fit stands by its first word, which
    /// the figures beside the chart have in full.
    fn names(&self, frame: &Frame<'_>, slot: i32) -> Vec<Vec<String>> {
        let Font { weight, em, .. } = frame.plain();
        let first =
            self.groups.first().and_then(|group| group.name.split_once(' ')).map(|(word, _)| format!("{word} "));
        let shared = first.filter(|word| self.groups.iter().all(|group| group.name.starts_with(word.as_str())));
        let short =
            |name: &str| shared.as_ref().and_then(|word| name.strip_prefix(word.as_str())).unwrap_or(name).to_owned();
        let lines = |name: String| {
            let wrapped = text::wrap(&name, weight, em, slot);
            let fits = wrapped.len() <= LINES && wrapped.iter().all(|line| text::width(line, weight, em) <= slot);
            if fits { wrapped } else { name.split(' ').next().map(str::to_owned).into_iter().collect() }
        };
        self.groups.iter().map(|group| lines(short(&group.name))).collect()
    }
}
