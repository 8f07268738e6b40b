//! A council's own months: which of them deserve a question, and which wobble as months do.
//!
//! In: months, the limits of each unbroken run of them, a target. Out: a line with the usual range shaded, the average and the
//! target named at its end, rings at the months that are unusual; a new range after a declared change.

use super::csv::{Cell, Plotted, Table};
use super::data::{Break, Context, Figure, Period, Role};
use super::frame::Frame;
use super::theme::Palette;
use super::{Key, Kind, Sign, footnotes, message, words};
use crate::reading::span;
use crate::shown;
use crate::statistics::control_chart::XmrLimits;

mod draw;

/// What the plotted call the average of a run of months, whose interval is the usual range.
pub const AVERAGE: &str = "average and usual range";
/// What they call the number asked for.
pub const TARGET: &str = "target";

/// The usual range of a run of months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// The place of its first month among those of the chart.
    pub from: usize,
    /// The place of its last.
    pub to: usize,
    /// Average and limits.
    pub limits: XmrLimits,
}

/// A council's own months.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlChart {
    /// Who, what and where from; its reading has what the latest months show.
    pub context: Context,
    /// The months, in order.
    pub months: Vec<Period>,
    /// A figure for each.
    pub figures: Vec<Figure>,
    /// The usual range of each run that is long enough.
    pub usual: Vec<Usual>,
    /// Which months are unusual.
    pub unusual: Vec<usize>,
    /// The number asked for.
    pub target: Option<f64>,
    /// Declared changes.
    pub breaks: Vec<Break>,
}

impl ControlChart {
    /// The range that the latest month is held against.
    pub(in crate::chart) fn latest(&self) -> Option<&Usual> {
        self.usual.iter().find(|usual| usual.to + 1 == self.months.len())
    }

    /// Months with a figure, by their place.
    fn points(&self) -> Vec<(usize, f64)> {
        let numbers = self.figures.iter().take(self.months.len()).enumerate();
        numbers.filter_map(|(at, figure)| Some((at, figure.number()?))).collect()
    }

    /// What is shaded and ringed.
    fn explained(&self) -> String {
        let measure = &self.context.measure;
        match self.latest() {
            Some(Usual { limits, .. }) => format!(
                "Shaded: the months' usual range, {} to {}; ring: a month that is unusual.",
                measure.shown(limits.lower),
                measure.shown(limits.upper)
            ),
            None => String::new(),
        }
    }
}

impl Kind for ControlChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.points().is_empty()
    }

    fn title(&self) -> String {
        message::control::title(self)
    }

    fn alt(&self) -> String {
        message::control::alt(self)
    }

    fn subtitle(&self) -> String {
        self.caption()
    }

    fn caption(&self) -> String {
        words::caption(&self.context.measure, &span(&self.months))
    }

    fn footnotes(&self) -> Vec<String> {
        let mut lines = vec![self.explained()];
        let own = (self.context.subject.as_str(), self.figures.as_slice());
        lines.extend(footnotes::marked_periods(&self.months, std::iter::once(own)));
        lines.extend(footnotes::breaks(&self.breaks));
        lines.extend(message::control::short(self));
        lines.extend(footnotes::ending(&self.context, ""));
        lines
    }

    fn notes(&self) -> Vec<String> {
        let own = (self.context.subject.as_str(), self.figures.as_slice());
        let breaks = self.breaks.iter().map(|gap| format!("New way of counting: {}", shown::stop(&gap.reason)));
        let all = std::iter::once(self.explained()).chain(breaks).chain(message::control::short(self));
        let all = all.chain(footnotes::gaps(&self.months, std::iter::once(own))).chain(footnotes::new(&self.context));
        all.filter(|note| !note.is_empty()).collect()
    }

    fn key(&self, _palette: &Palette) -> Vec<Key> {
        if self.usual.is_empty() { Vec::new() } else { vec![Key::new("Usual range", Sign::Patch(draw::BAND))] }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.lay_out(frame);
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        let cell = |series, period| Cell { area: &self.context.subject, role: Role::Subject, series, period };
        for (month, figure) in self.months.iter().zip(&self.figures) {
            table.push(&self.context.measure, cell("", &month.label), figure);
        }
        for Usual { from, to, limits } in &self.usual {
            let average = Figure::of(limits.mean).interval(limits.lower, limits.upper);
            for month in self.months.get(*from..=*to).unwrap_or_default() {
                table.push(&self.context.measure, cell(AVERAGE, &month.label), &average);
            }
        }
        if let Some(target) = self.target {
            for month in &self.months {
                table.push(&self.context.measure, cell(TARGET, &month.label), &Figure::of(target));
            }
        }
        table.finish()
    }
}
