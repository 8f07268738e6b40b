//! A name and the last value at the end of each line of a trend, moved apart where lines end close together.
//!
//! In: the chart, its scale, where its periods stand. Out: text right of the plot, a thin line from each to its end.

use super::{MOST_LABELS, Series, TrendChart};
use crate::chart::axis::{Plot, Scale};
use crate::chart::data::Role;
use crate::chart::frame::Frame;
use crate::chart::scene::{Anchor, Font, rise};
use crate::chart::{label, series, text};

/// A series by its place, the lines of its name, and how they look.
pub(super) type Label = (usize, Vec<String>, Font);

/// The height of all names under each other.
pub(super) fn height(labels: &[Label], em: i32) -> i32 {
    labels.iter().map(|(_, lines, _)| block(lines, em)).sum()
}

/// The width of the widest name.
pub(super) fn width(labels: &[Label]) -> i32 {
    let widths = labels.iter().map(|(_, lines, font)| text::widest(lines, font.weight, font.em));
    widths.max().unwrap_or(0)
}

fn block(lines: &[String], em: i32) -> i32 {
    lines.len() as i32 * em * 6 / 5 + em / 4
}

impl TrendChart {
    /// What stands at the end of each line: its name and last value, or what its last value lacks.
    pub(super) fn labels(&self, frame: &Frame<'_>, room: i32) -> Vec<Label> {
        let em = frame.em();
        let named = self.series.iter().enumerate().filter(|(_, series)| self.points(series).next().is_some());
        let labels = named.map(|(at, series)| {
            let own = if series.role == Role::Subject { frame.bold() } else { frame.plain() };
            let font = Font { colour: series::words(series.role, frame.palette), ..own };
            let words = self.label(series, frame.size.is_bare());
            let room = room.max(text::longest_word(&words, font.weight, em).min(em * 10));
            (at, text::balance(&words, font.weight, font.em, room), font)
        });
        labels.take(MOST_LABELS).collect()
    }

    fn label(&self, series: &Series, bare: bool) -> String {
        let (last, measure) = (self.periods.len().saturating_sub(1), &self.context.measure);
        if !bare {
            let end = series.figures.get(last).map(|figure| figure.shown(measure));
            return format!("{} {}", series.name, end.unwrap_or_default());
        }
        let name = if series.role == Role::Neighbour { "Neighbours" } else { &series.name };
        match self.points(series).next_back() {
            Some((at, value)) if at == last => format!("{name} {}", measure.shown(value)),
            Some((at, value)) => format!("{name} {} ({})", measure.shown(value), self.periods[at].label),
            None => name.to_owned(),
        }
    }

    pub(super) fn draw_labels(&self, frame: &mut Frame<'_>, plot: Plot, scale: Scale, at: &[i32], labels: &[Label]) {
        let em = frame.em();
        let wanted: Vec<(f64, f64)> = labels
            .iter()
            .map(|(which, lines, _)| {
                let value = self.points(&self.series[*which]).next_back().map_or(0.0, |(_, value)| value);
                (f64::from(scale.at(value)), f64::from(block(lines, em)))
            })
            .collect();
        let middles = label::spread(&wanted, f64::from(plot.top - em / 2), f64::from(plot.bottom + em / 2));
        let looks = self.looks(frame.palette);
        for ((which, lines, font), (middle, (_, height))) in labels.iter().zip(middles.iter().zip(&wanted)) {
            let series = &self.series[*which];
            let look = looks[*which].1;
            let end = self.points(series).next_back();
            let Some((period, value)) = end else { continue };
            let elbow = plot.right + em * 3 / 10;
            let stem = plot.right + em * if frame.size.is_bare() { 7 } else { 9 } / 10;
            let (from, to) = ((at[period] + em * 2 / 5, scale.at(value)), middle.round() as i32);
            frame.scene.path(vec![from, (elbow.max(from.0), from.1), (stem, to)], look.colour, 3, &[]);
            let mut baseline = (middle - height / 2.0).round() as i32 + em / 8 + rise(em) + em / 10;
            for line in lines {
                frame.scene.text((stem + em / 4, baseline), Anchor::Start, *font, line.as_str());
                baseline += em * 6 / 5;
            }
        }
    }
}
