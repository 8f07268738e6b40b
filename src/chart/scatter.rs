//! Two measures of all authorities, a mark each: where the chosen one lies among them. No line says that they go together.
//!
//! In: places with two figures. Out: marks between two axes, the chosen authority named.

use super::axis::{self, Plot, Ticks, Zero};
use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Measure, Period, Place, Role};
use super::frame::Frame;
use super::scene::{Anchor, Font, rise};
use super::theme::{Palette, WHITE};
use super::{Key, Kind, footnotes, message, series, text, words};

/// Two measures of all authorities. The context's measure is the upright one.
#[derive(Clone, Debug, PartialEq)]
pub struct ScatterChart {
    /// Who, what and where from.
    pub context: Context,
    /// The measure along the foot.
    pub across: Measure,
    /// The one period shown.
    pub period: Period,
    /// The places with the upright figure.
    pub places: Vec<Place>,
    /// The figure along the foot, for each place.
    pub feet: Vec<Figure>,
}

impl ScatterChart {
    /// Places that have both figures: along the foot, then upright.
    pub(super) fn points(&self) -> Vec<(&Place, f64, f64)> {
        let both = self.places.iter().zip(&self.feet);
        both.filter_map(|(place, foot)| Some((place, foot.number()?, place.figure.number()?))).collect()
    }

    /// The chosen authority's point.
    pub(super) fn own(&self) -> Option<(&Place, f64, f64)> {
        self.points().into_iter().find(|(place, ..)| place.role == Role::Subject)
    }

    /// How many are left out for want of one of their figures.
    fn lacking(&self) -> Option<String> {
        let without = self.places.len() - self.points().len();
        let who = crate::shown::counted(without, "authority", "authorities");
        (without > 0).then(|| format!("Not drawn: {who} without one of the two figures."))
    }
}

impl Kind for ScatterChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.points().is_empty()
    }

    fn title(&self) -> String {
        message::one_period::scatter_title(self)
    }

    fn alt(&self) -> String {
        message::one_period::scatter_alt(self)
    }

    fn subtitle(&self) -> String {
        self.caption()
    }

    fn caption(&self) -> String {
        let across = format!("upright, and {}, along the foot, {}", words::in_unit(&self.across), self.period.prose);
        words::caption(&self.context.measure, &across)
    }

    fn footnotes(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "Each mark is one local authority: disc {}, diamonds its statistical neighbours, rings all others.",
            self.context.subject
        )];
        lines.extend(self.lacking());
        lines.extend(footnotes::ending(&self.context, &self.period.prose));
        lines
    }

    fn notes(&self) -> Vec<String> {
        self.lacking().into_iter().chain(footnotes::new(&self.context)).collect()
    }

    fn key(&self, palette: &Palette) -> Vec<Key> {
        footnotes::key_of_points(&self.context, &self.places, palette)
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let (em, measure, points) = (frame.em(), &self.context.measure, self.points());
        let up = Ticks::around(points.iter().map(|point| point.2), measure, Zero::IfNear, 4);
        let along = Ticks::around(points.iter().map(|point| point.1), &self.across, Zero::IfNear, 4);
        let top = axis::title(frame, (frame.left, frame.y), &words::in_unit(measure));
        let spent = top - frame.y + em * 7 / 2;
        let height = frame.plot_height(em * 16, em * 9, spent) - spent;
        let left = frame.left + axis::value_room(frame, &up, measure);
        let plot = Plot { left, top, right: frame.right - em / 2, bottom: top + height.max(em * 6) };
        let upright = axis::upright(frame, plot, &up, measure);
        // A little lower, so that the first label along the foot keeps off the lowest upright one.
        let level = axis::level(frame, Plot { bottom: plot.bottom + em / 6, ..plot }, &along, &self.across);
        let mut sorted = points;
        sorted.sort_by_key(|(place, ..)| std::cmp::Reverse(place.role));
        for (place, x, y) in &sorted {
            let (colour, shape) = series::point(place.role, frame.palette);
            let radius = if place.role == Role::Subject { em * 3 / 10 } else { em * 17 / 100 };
            let at = (level.at(*x), upright.at(*y));
            frame.scene.marker(at, radius, shape, colour);
            let name = format!("{}, {} along the foot", place.name, self.across.shown(*x));
            frame.scene.spot_at(at, radius, name, &place.figure, measure);
        }
        if let Some((place, x, y)) = self.own() {
            let font = Font { colour: frame.palette.subject, ..frame.bold() };
            let (x, baseline) = (level.at(x), upright.at(y) + rise(em) / 2);
            let wide = text::width(&place.name, font.weight, em);
            let right = x + em * 3 / 5 + wide <= frame.right;
            let start = if right { x + em * 3 / 5 } else { (x - em * 3 / 5 - wide).max(plot.left + 4) };
            frame.scene.rect((start - 4, baseline - em * 4 / 5), (start + wide, baseline + em / 5), WHITE);
            frame.scene.text((start, baseline), Anchor::Start, font, place.name.as_str());
        }
        frame.y = plot.bottom + em * 7 / 4;
        let font = frame.quiet();
        let lines = text::wrap(&words::in_unit(&self.across), font.weight, em, frame.right - frame.left);
        if frame.size.has_axis_title() {
            frame.paragraph(font, lines);
        }
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        let period = self.period.label.as_str();
        for (place, foot) in self.places.iter().zip(&self.feet) {
            let cell = |series| Cell { area: &place.name, role: place.role, series, period };
            table.push(&self.context.measure, cell("upright"), &place.figure);
            table.push(&self.across, cell("along the foot"), foot);
        }
        table.finish()
    }
}
