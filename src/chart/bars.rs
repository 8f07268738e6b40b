//! One measure of one period: the chosen authority beside what it is compared with, a level bar each.
//!
//! In: the authority and its comparators. Out: bars from zero with the figure behind each; a missing one says so.

use super::axis::Scale;
use super::csv::{Plotted, Table};
use super::data::{Context, Period, Place, Role};
use super::frame::Frame;
use super::{Kind, footnotes, message, rows, text, words};
use crate::shown;

/// One measure against its comparators.
#[derive(Clone, Debug, PartialEq)]
pub struct BarsChart {
    /// Who, what and where from.
    pub context: Context,
    /// The one period shown.
    pub period: Period,
    /// The chosen authority (`Subject`) and what it is compared with, in the order of the rows.
    pub places: Vec<Place>,
}

impl Kind for BarsChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.places.iter().all(|place| place.figure.number().is_none())
    }

    fn title(&self) -> String {
        message::one_period::bars_title(self)
    }

    fn alt(&self) -> String {
        message::one_period::bars_alt(self)
    }

    fn subtitle(&self) -> String {
        let (measure, period) = (&self.context.measure, words::unbroken(&self.period.prose));
        let names: Vec<&str> = self.places.iter().map(|place| place.name.as_str()).collect();
        format!("{}, {}, {}, {period}", measure.label, measure.unit.word(), shown::list(&names))
    }

    fn caption(&self) -> String {
        words::caption(&self.context.measure, &self.period.prose)
    }

    fn footnotes(&self) -> Vec<String> {
        let mut lines = footnotes::marked_places(&self.places);
        lines.extend(footnotes::ending(&self.context, &self.period.prose));
        lines
    }

    fn notes(&self) -> Vec<String> {
        footnotes::without(&self.places).into_iter().chain(footnotes::new(&self.context)).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let (em, measure) = (frame.em(), &self.context.measure);
        let bare = frame.size.is_bare();
        let name = |place: &Place| {
            let short = bare && place.role == Role::Neighbour;
            (if short { "Neighbours".to_owned() } else { place.name.clone() }, place.role)
        };
        let layout = rows::lay(frame, frame.y, self.places.iter().map(name));
        let figures = || self.places.iter().filter_map(|place| place.figure.number());
        let room = figures().map(|value| text::width(&measure.shown(value), frame.bold().weight, em)).max();
        let (low, high) = figures().fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(v), high.max(v)));
        let right = (frame.right - room.unwrap_or(em * 2) - em / 2).max(layout.left + em);
        let scale = Scale::new(low, if high > low { high } else { low + 1.0 }, layout.left, right);
        let zero = scale.at(0.0);
        frame.scene.line((zero, frame.y), (zero, layout.bottom), frame.palette.secondary, 3);
        rows::draw(frame, &layout);
        for (row, place) in layout.rows.iter().zip(&self.places) {
            rows::bar(frame, row, place, measure, scale);
        }
        frame.y = layout.bottom + em / 4;
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        table.places(&self.context.measure, &self.period.label, &self.places);
        table.finish()
    }
}
