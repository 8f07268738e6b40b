//! What an average hides: where the figures of a group lie on one scale, and which share of the group is past a mark.
//!
//! In: several statistics of one group, such as quartiles and mean, and shares of it. Out: a dot a statistic on a common scale, and
//! under them a bar for each share of the whole.

use super::axis::{self, Plot, Ticks, Zero};
use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Measure, Period, Role};
use super::frame::Frame;
use super::scene::{Anchor, Font};
use super::theme::SHADE;
use super::{Kind, footnotes, message, rows, series, text, words};
use crate::shown;

/// Where the figures of a group lie.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadChart {
    /// Who, what and where from; its measure is the first statistic.
    pub context: Context,
    /// The one period shown.
    pub period: Period,
    /// The statistics, in order.
    pub marks: Vec<(Measure, Figure)>,
    /// The shares.
    pub shares: Vec<(Measure, Figure)>,
}

impl SpreadChart {
    /// All that is shown, in order.
    fn all(&self) -> impl Iterator<Item = &(Measure, Figure)> {
        self.marks.iter().chain(&self.shares)
    }

    fn missing(&self) -> impl Iterator<Item = (String, &Figure)> {
        self.all().map(|(measure, figure)| (measure.heading(), figure))
    }

    fn draw_marks(&self, frame: &mut Frame<'_>, layout: &rows::Rows, plot: Plot, ticks: &Ticks) {
        let (em, colour) = (frame.em(), frame.palette.subject);
        let level = axis::level(frame, plot, ticks, &self.context.measure);
        rows::draw(frame, layout);
        let (_, shape) = series::point(Role::Subject, frame.palette);
        for (row, (measure, figure)) in layout.rows.iter().zip(&self.marks) {
            let baseline = rows::baseline(frame, row.middle());
            let font = Font { colour, ..frame.bold() };
            match figure.number() {
                Some(value) => {
                    let x = level.at(value);
                    frame.scene.line((level.at(0.0), row.middle()), (x, row.middle()), colour.light(), 8);
                    frame.scene.marker((x, row.middle()), em * 3 / 10, shape, colour);
                    frame.scene.text((x + em * 3 / 5, baseline), Anchor::Start, font, measure.shown(value));
                }
                None => frame.scene.text((plot.left + em / 2, baseline), Anchor::Start, frame.quiet(), "none"),
            }
        }
    }

    /// The shares as parts of a bar that is the whole.
    fn draw_shares(&self, frame: &mut Frame<'_>, layout: &rows::Rows, (left, right): (i32, i32)) {
        let em = frame.em();
        rows::draw(frame, layout);
        for (row, (measure, figure)) in layout.rows.iter().zip(&self.shares) {
            let (top, bottom) = (row.middle() - em * 2 / 5, row.middle() + em * 2 / 5);
            let baseline = rows::baseline(frame, row.middle());
            frame.scene.rect((left, top), (right, bottom), SHADE);
            let words = figure.number().map_or_else(|| "none".to_owned(), |value| measure.shown(value));
            if let Some(value) = figure.number() {
                let end = left + (f64::from(right - left) * value.clamp(0.0, 100.0) / 100.0).round() as i32;
                frame.scene.rect((left, top), (end, bottom), frame.palette.subject);
            }
            let font = Font { colour: frame.palette.subject, ..frame.bold() };
            frame.scene.text((right + em / 3, baseline), Anchor::Start, font, words);
        }
    }
}

impl Kind for SpreadChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.marks.iter().filter(|(_, figure)| figure.number().is_some()).count() < 2
    }

    fn title(&self) -> String {
        message::parts::spread_title(self)
    }

    fn alt(&self) -> String {
        message::parts::spread_alt(self)
    }

    fn subtitle(&self) -> String {
        self.caption()
    }

    fn caption(&self) -> String {
        words::caption(&self.context.measure, &format!("and how it is spread, {}", self.period.prose))
    }

    fn footnotes(&self) -> Vec<String> {
        let mut lines = footnotes::marked(self.missing());
        lines.extend(footnotes::ending(&self.context, &self.period.prose));
        lines
    }

    fn notes(&self) -> Vec<String> {
        let gone = self.missing().filter(|(_, figure)| figure.number().is_none());
        let gone: Vec<String> =
            gone.map(|(name, figure)| format!("{} ({})", shown::within(&name), figure.reason())).collect();
        let gone = (!gone.is_empty()).then(|| format!("No figure for {}.", shown::list(&gone)));
        gone.into_iter().chain(footnotes::new(&self.context)).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let top = frame.y + em / 2;
        let lay = |frame: &Frame<'_>, top: i32, of: &[(Measure, Figure)]| {
            let names = of.iter().map(|(measure, _)| (measure.heading(), Role::Other));
            rows::lay_tall(frame, top, names, |_| em * 8 / 5)
        };
        let mut upper = lay(frame, top, &self.marks);
        let mut lower = lay(frame, upper.bottom + em * 9 / 4, &self.shares);
        upper.left = upper.left.max(lower.left);
        lower.left = upper.left;
        let values = || self.all().filter_map(|(measure, figure)| Some(measure.shown(figure.number()?)));
        let wide = values().map(|words| text::width(&words, frame.bold().weight, em)).max().unwrap_or(0);
        let plot = Plot { left: upper.left, top, right: frame.right - wide - em, bottom: upper.bottom };
        let numbers = self.marks.iter().filter_map(|(_, figure)| figure.number());
        let ticks = Ticks::around(numbers, &self.context.measure, Zero::Always, 4);
        self.draw_marks(frame, &upper, plot, &ticks);
        self.draw_shares(frame, &lower, (plot.left, plot.right));
        frame.y = if self.shares.is_empty() { upper.bottom + em * 2 } else { lower.bottom + em / 4 };
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        let cell =
            Cell { area: &self.context.subject, role: Role::Subject, series: "", period: self.period.label.as_str() };
        self.all().for_each(|(measure, figure)| table.push(measure, cell, figure));
        table.finish()
    }
}
