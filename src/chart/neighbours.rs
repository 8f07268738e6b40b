//! The chosen authority and its neighbours side by side: level bars from zero, with intervals.
//!
//! In: places, closest first. Out: one row a place in that order or by value, England and the neighbour figure as
//! labelled upright lines; a place without a figure keeps its row and shows its symbol.

use super::axis::{self, Plot, Scale, Ticks, Zero};
use super::banner::{self, Flag};
use super::csv::{Plotted, Table};
use super::data::{self, Context, Figure, Period, Place, Role};
use super::frame::Frame;
use super::rows::{self, MOST};
use super::scene::Font;
use super::{Kind, footnotes, message, series, text, words};
use crate::shown;

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The chosen authority, then its neighbours as given, closest first.
    #[default]
    Closest,
    /// Best first, or highest first where neither way is good; those without a figure last.
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
            let ordered = |a: &&Place, b: &&Place| match (a.figure.number(), b.figure.number()) {
                (Some(a), Some(b)) => data::order(&self.context.measure, a, b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            };
            places.sort_by(ordered);
        }
        places
    }

    /// England and the average of the neighbours: name, figure and role.
    fn lines(&self, bare: bool) -> Vec<(&'static str, f64, Role)> {
        let number = |figure: &Option<Figure>| figure.as_ref().and_then(Figure::number);
        let england = number(&self.england).map(|value| ("England", value, Role::England));
        let name = if bare { "Neighbours" } else { "Statistical neighbours" };
        let neighbours = number(&self.neighbours).map(|value| (name, value, Role::Neighbour));
        england.into_iter().chain(neighbours).collect()
    }

    fn flags(&self, frame: &Frame<'_>, plot: Plot, scale: Scale) -> Vec<Flag> {
        let flag = |(name, value, role): (&str, f64, Role)| {
            let look = series::line(role, 0, frame.palette);
            Flag {
                words: format!("{name} {}", self.context.measure.shown(value)),
                font: Font { colour: series::words(role, frame.palette), ..frame.plain() },
                foot: Some((scale.at(value), plot.bottom)),
                line: (look.colour, look.dash),
            }
        };
        self.lines(frame.size.is_bare()).into_iter().map(flag).collect()
    }

    fn whiskers(&self) -> bool {
        self.places.iter().any(|place| place.figure.interval.is_some())
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
        message::one_period::neighbours_title(self)
    }

    fn alt(&self) -> String {
        message::one_period::neighbours_alt(self)
    }

    fn subtitle(&self) -> String {
        let (measure, subject) = (&self.context.measure, &self.context.subject);
        let unit = measure.unit.word();
        let period = words::unbroken(&self.period.prose);
        format!("{}, {unit}, {subject} and its statistical neighbours, {period}", measure.label)
    }

    fn footnotes(&self) -> Vec<String> {
        let order = match self.order {
            Order::Closest => "Closest neighbour first.",
            Order::Value => &format!("{}.", shown::sentence(data::order_words(&self.context.measure))),
        };
        let mut lines = vec![order.to_owned()];
        if self.whiskers() {
            lines[0].push_str(" Thin lines: 95% confidence intervals.");
        }
        if self.places.len() > MOST {
            lines.push(format!("{} of {} places shown; all are in the data.", MOST, self.places.len()));
        }
        lines.extend(footnotes::marked_places(&self.places));
        lines.extend(footnotes::ending(&self.context, &self.period.prose));
        lines
    }

    fn caption(&self) -> String {
        words::caption(&self.context.measure, &self.period.prose)
    }

    fn notes(&self) -> Vec<String> {
        let whiskers = self.whiskers().then(|| "Thin lines: what chance alone could explain.".to_owned());
        whiskers.into_iter().chain(footnotes::without(&self.places)).chain(footnotes::new(&self.context)).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let measure = &self.context.measure;
        let (shown, lines) = (self.shown(), self.lines(false));
        let values = shown.iter().flat_map(|place| {
            let (low, high) = place.figure.interval.unzip();
            [place.figure.number(), low, high]
        });
        let values = values.flatten().chain(lines.iter().map(|line| line.1));
        let ticks = Ticks::around(values, measure, Zero::Always, 4);
        let head = frame.y + banner::height(frame, &self.flags(frame, Plot::default(), Scale::new(0.0, 1.0, 0, 1)));
        let names = shown.iter().map(|place| (place.name.clone(), place.role));
        let layout = rows::lay(frame, head, names);
        let written = shown.iter().filter_map(|place| place.figure.number()).map(|value| measure.shown(value));
        let room = written.map(|words| text::width(&words, frame.bold().weight, em)).max().unwrap_or(em * 2);
        let plot = Plot { left: layout.left, top: head, right: frame.right - room - em / 2, bottom: layout.bottom };
        let scale = axis::level(frame, plot, &ticks, measure);
        let flags = self.flags(frame, plot, scale);
        banner::draw(frame, flags);
        rows::draw(frame, &layout);
        for (row, place) in layout.rows.iter().zip(&shown) {
            rows::bar(frame, row, place, measure, scale);
            let sides = [frame.left, row.top, frame.right, row.bottom];
            frame.scene.spot(sides, place.name.as_str(), &place.figure, measure);
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
