//! Several measures, or the parts of one, as small charts of the years: three across, one scale a row.
//!
//! In: a trend for each. Out: panels with a heading of their own, the chosen authority beside England.

use super::csv::Plotted;
use super::data::{Context, Figure, Role};
use super::frame::Frame;
use super::theme::Palette;
use super::trend::TrendChart;
use super::{Key, Kind, Sign, footnotes, message, series, words};
use crate::shown;

mod draw;

/// One small chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Its heading.
    pub heading: String,
    /// What became of the figure, in a few words.
    pub fragment: String,
    /// The years.
    pub trend: TrendChart,
}

/// Several small charts. The context's measure names what they have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct MultiplesChart {
    /// Who, what they have in common, where from.
    pub context: Context,
    /// The small charts in their order.
    pub panels: Vec<Panel>,
}

impl MultiplesChart {
    /// The panels that share a scale: three by three, and only what is counted alike.
    fn in_rows(&self) -> Vec<&[Panel]> {
        let unit = |panel: &Panel| panel.trend.context.measure.unit;
        let alike = self.panels.chunk_by(|a, b| unit(a) == unit(b));
        alike.flat_map(|panels| panels.chunks(draw::ACROSS)).collect()
    }

    /// Each panel's heading and years.
    fn own(&self) -> impl Iterator<Item = (&str, &TrendChart)> {
        self.panels.iter().map(|panel| (panel.heading.as_str(), &panel.trend))
    }

    fn has_england(&self) -> bool {
        self.panels.iter().any(|panel| panel.trend.of(Role::England).is_some())
    }

    fn has_breaks(&self) -> bool {
        self.panels.iter().any(|panel| !panel.trend.breaks.is_empty())
    }

    /// How lines and breaks are drawn, and how far each row reaches.
    fn scales(&self) -> String {
        let rows = self.in_rows();
        let tops = rows.iter().map(|row| draw::top_words(row)).collect::<Vec<String>>();
        let reach = match tops.as_slice() {
            [] => String::new(),
            [one] => format!("Up to {one}"),
            many if many.iter().all(|top| *top == many[0]) => format!("All rows up to {}", many[0]),
            many => {
                let row = |(at, top): (usize, &String)| format!("row {} up to {top}", at + 1);
                shown::sentence(&many.iter().enumerate().map(row).collect::<Vec<_>>().join(", "))
            }
        };
        let breaks = if self.has_breaks() { "; upright: new way of counting" } else { "" };
        let england = if self.has_england() { "; dashed: England" } else { "" };
        format!("Solid: {}{england}{breaks}. {reach}", self.context.subject)
    }
}

/// The chosen authority's figures.
fn figures_of(trend: &TrendChart) -> &[Figure] {
    trend.subject().map_or(&[], |series| series.figures.as_slice())
}

impl Kind for MultiplesChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.panels.is_empty()
    }

    fn title(&self) -> String {
        message::pages::multiples_title(self)
    }

    fn alt(&self) -> String {
        message::pages::multiples_alt(self)
    }

    fn subtitle(&self) -> String {
        self.caption()
    }

    fn caption(&self) -> String {
        let label = words::in_unit(&self.context.measure);
        if label.is_empty() { format!("{}.", self.scales()) } else { format!("{label}. {}.", self.scales()) }
    }

    fn footnotes(&self) -> Vec<String> {
        let mut lines = self.notes();
        lines.retain(|line| !line.starts_with("No figure for "));
        for (name, trend) in self.own() {
            lines.extend(footnotes::marked_periods(&trend.periods, std::iter::once((name, figures_of(trend)))));
        }
        if !self.context.source.is_empty() {
            lines.push(format!("Source: {}", shown::stop(&self.context.source)));
        }
        lines
    }

    fn notes(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for gap in self.panels.iter().flat_map(|panel| &panel.trend.breaks) {
            let line = format!("New way of counting: {}", shown::stop(&gap.reason));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        for (name, trend) in self.own() {
            lines.extend(footnotes::gaps(&trend.periods, std::iter::once((name, figures_of(trend)))));
        }
        lines.extend(footnotes::new(&self.context));
        lines
    }

    fn key(&self, palette: &Palette) -> Vec<Key> {
        let entry = |role, name: &str| {
            let look = series::line(role, 0, palette);
            Key::new(name, Sign::Line(look.colour, look.dash, look.shape))
        };
        let england = self.has_england().then(|| entry(Role::England, "England"));
        std::iter::once(entry(Role::Subject, &self.context.subject)).chain(england).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.lay_out(frame);
    }

    fn data(&self) -> Vec<Plotted> {
        self.panels.iter().flat_map(|panel| panel.trend.data()).collect()
    }
}
