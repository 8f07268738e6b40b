//! The chosen authority and its neighbours side by side: level bars from zero, with intervals.
//!
//! In: places, closest first. Out: one row a place in that order or by value, England and the neighbour figure as
//! labelled upright lines; a place without a figure keeps its row and shows its symbol.

use super::axis::{self, Plot, Scale, Ticks, Zero};
use super::banner::{self, Flag};
use super::csv::{Plotted, Table};
use super::data::{Context, Figure, Period, Place, Role};
use super::frame::Frame;
use super::rows::{self, MOST, Row};
use super::scene::{Anchor, Point};
use super::theme::WHITE;
use super::{Kind, foot, grid, message, text, words};

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The chosen authority, then its neighbours as given, closest first.
    #[default]
    Closest,
    /// Highest first; those without a figure last.
    Value,
}

/// Neighbours side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct NeighboursChart {
    /// Who, what and where from.
    pub context: Context,
    /// The one period shown.
    pub period: Period,
    /// The chosen authority (`Subject`) and its neighbours, closest first.
    pub places: Vec<Place>,
    /// England's figure.
    pub england: Option<Figure>,
    /// The neighbour figure, by the rule that the context names.
    pub neighbours: Option<Figure>,
    /// The order of the rows.
    pub order: Order,
}

impl NeighboursChart {
    /// The chosen authority's place.
    pub fn subject(&self) -> Option<&Place> {
        self.places.iter().find(|place| place.role == Role::Subject)
    }

    /// The rows in their order, as many as are shown.
    pub(super) fn shown(&self) -> Vec<&Place> {
        let mut places: Vec<&Place> = self.places.iter().collect();
        places.sort_by_key(|place| place.role != Role::Subject);
        places.truncate(MOST);
        if self.order == Order::Value {
            let key = |place: &&Place| place.figure.number().unwrap_or(f64::NEG_INFINITY);
            places.sort_by(|a, b| key(b).total_cmp(&key(a)));
        }
        places
    }

    fn lines(&self) -> Vec<(&'static str, f64, &'static [i32], usize)> {
        let number = |figure: &Option<Figure>| figure.as_ref().and_then(Figure::number);
        let england = number(&self.england).map(|value| ("England", value, &[36, 12, 8, 12][..], 3));
        let neighbours = number(&self.neighbours).map(|value| ("Statistical neighbours", value, &[28, 14][..], 1));
        england.into_iter().chain(neighbours).collect()
    }

    fn flags(&self, frame: &Frame<'_>, plot: Plot, scale: Scale) -> Vec<Flag> {
        let flag = |(name, value, dash, colour): (&str, f64, &'static [i32], usize)| Flag {
            words: format!("{name} {}", self.context.measure.shown(value)),
            font: frame.plain(),
            foot: Some((scale.at(value), plot.bottom)),
            line: (frame.palette.categories[colour], dash),
        };
        self.lines().into_iter().map(flag).collect()
    }

    fn draw_row(&self, frame: &mut Frame<'_>, row: &Row, place: &Place, scale: Scale) {
        let em = frame.em();
        let (zero, baseline) = (scale.at(0.0), rows::baseline(frame, row.middle()));
        let Some(value) = place.figure.number() else {
            let (font, symbol) = (frame.bold(), place.figure.symbol());
            frame.scene.text((zero + em / 3, baseline), Anchor::Start, font, symbol);
            return;
        };
        let half = (em * 2 / 5).min((row.bottom - row.top) / 2 - 2);
        let (top, bottom, end) = (row.middle() - half, row.middle() + half, scale.at(value));
        let fill = match place.role {
            Role::Subject => frame.palette.subject,
            _ => frame.palette.neighbours,
        };
        frame.scene.rect((zero, top), (end, bottom), fill);
        let mut right = end.max(zero);
        if let Some((low, high)) = place.figure.interval {
            interval(frame, (scale.at(low), row.middle()), scale.at(high), em / 5);
            right = right.max(scale.at(high));
        }
        let font = if place.role == Role::Subject { frame.bold() } else { frame.plain() };
        let words = self.context.measure.shown(value);
        let wide = text::width(&words, font.weight, font.em);
        frame.scene.rect((right + 6, top), (right + em / 3 + wide, bottom), WHITE);
        frame.scene.text((right + em / 3, baseline), Anchor::Start, font, words);
    }
}

/// A whisker that can be seen on a bar and beside it: dark with a white edge.
pub(super) fn interval(frame: &mut Frame<'_>, (from, y): Point, to: i32, cap: i32) {
    for (colour, width) in [(WHITE, 10), (frame.palette.text, 4)] {
        frame.scene.line((from, y), (to, y), colour, width);
        for x in [from, to] {
            frame.scene.line((x, y - cap), (x, y + cap), colour, width);
        }
    }
}

impl Kind for NeighboursChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.places.is_empty()
    }

    fn title(&self) -> String {
        message::places::neighbours_title(self)
    }

    fn alt(&self) -> String {
        message::places::neighbours_alt(self)
    }

    fn subtitle(&self) -> String {
        let (measure, subject) = (&self.context.measure, &self.context.subject);
        let unit = measure.unit.word();
        let period = words::unbroken(&self.period.prose);
        format!("{}, {unit}, {subject} and its statistical neighbours, {period}", measure.label)
    }

    fn foot(&self) -> Vec<String> {
        let order = match self.order {
            Order::Closest => "Closest neighbour first.",
            Order::Value => "Highest figure first.",
        };
        let mut lines = vec![order.to_owned()];
        if self.places.iter().any(|place| place.figure.interval.is_some()) {
            lines[0].push_str(" Thin lines: 95% confidence intervals.");
        }
        if self.places.len() > MOST {
            lines.push(format!("{} of {} places shown; all are in the data.", MOST, self.places.len()));
        }
        lines.extend(foot::marked_places(&self.places));
        lines.extend(foot::ending(&self.context, &self.period.prose));
        lines
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let measure = &self.context.measure;
        let (shown, lines) = (self.shown(), self.lines());
        let values = shown.iter().flat_map(|place| {
            let (low, high) = place.figure.interval.unzip();
            [place.figure.number(), low, high]
        });
        let values = values.flatten().chain(lines.iter().map(|line| line.1));
        let ticks = Ticks::around(values, measure, Zero::Always, 4);
        let named = lines.iter().map(|line| (format!("{} {}", line.0, measure.shown(line.1)), frame.plain()));
        let head = frame.y + banner::height(frame, &named.collect::<Vec<_>>());
        let names = shown.iter().map(|place| (place.name.clone(), place.role));
        let layout = rows::lay(frame, head, names, grid::narrow(frame));
        let written = shown.iter().filter_map(|place| place.figure.number()).map(|value| measure.shown(value));
        let room = written.map(|words| text::width(&words, frame.bold().weight, em)).max().unwrap_or(em * 2);
        let plot = Plot { left: layout.left, top: head, right: frame.right - room - em / 2, bottom: layout.bottom };
        let scale = axis::level(frame, plot, &ticks, measure);
        let flags = self.flags(frame, plot, scale);
        banner::draw(frame, flags);
        rows::draw(frame, &layout);
        for (row, place) in layout.rows.iter().zip(&shown) {
            self.draw_row(frame, row, place, scale);
        }
        frame.y = plot.bottom + em * 3 / 2;
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        table.places(&self.context.measure, &self.period.label, &self.places);
        let line = |name, role, figure: &Option<Figure>| figure.clone().map(|figure| Place::new(name, role, figure));
        let lines = [
            line("Statistical neighbours", Role::Neighbour, &self.neighbours),
            line("England", Role::England, &self.england),
        ];
        table.places(&self.context.measure, &self.period.label, &lines.into_iter().flatten().collect::<Vec<_>>());
        table.finish()
    }
}
