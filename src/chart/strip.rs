//! Where each authority lies: one dot each along one axis, stacked where they are alike, the middle half shaded.
//!
//! In: places, quartiles by the statistics' own rule. Out: a strip of dots; the chosen one and England named.

use super::axis::{self, Plot, Scale, Ticks, Zero};
use super::banner::{self, Flag};
use super::csv::{Cell, Plotted, Table};
use super::data::{self, Context, Figure, Period, Place, Role};
use super::frame::Frame;
use super::scene::{Font, drop};
use super::theme::Palette;
use super::{Key, Kind, footnotes, grades, message, series, words};

/// The distribution of one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct StripChart {
    /// Who, what and where from.
    pub context: Context,
    /// The one period shown.
    pub period: Period,
    /// The places.
    pub places: Vec<Place>,
    /// Lower quartile, median, upper quartile; nothing where too few have a figure.
    pub quartiles: Option<[f64; 3]>,
    /// England's figure.
    pub england: Option<Figure>,
}

impl StripChart {
    /// The chosen authority's place.
    pub fn subject(&self) -> Option<&Place> {
        self.places.iter().find(|place| place.role == Role::Subject)
    }

    /// Places with a figure, best first, or highest first where neither way is good.
    pub(super) fn sorted(&self) -> Vec<(&Place, f64)> {
        data::in_order(&self.places, &self.context.measure)
    }

    pub(super) fn england(&self) -> Option<f64> {
        self.england.as_ref().and_then(Figure::number)
    }

    /// How many dots stand above each other at each pixel column, and how large a dot may then be.
    fn columns(&self, scale: Scale, em: i32, height: i32) -> (i32, Vec<(&Place, i32, i32)>) {
        let mut radius = em * 22 / 100;
        loop {
            let pitch = radius * 2 + 2;
            let mut heights: std::collections::BTreeMap<i32, i32> = std::collections::BTreeMap::new();
            let mut sorted = self.sorted();
            // The chosen authority and its neighbours at the foot of their columns, where they are seen first.
            sorted.sort_by_key(|(place, _)| place.role);
            let dots: Vec<(&Place, i32, i32)> = sorted
                .into_iter()
                .map(|(place, value)| {
                    let column = scale.at(value).div_euclid(pitch);
                    let level = heights.entry(column).or_default();
                    *level += 1;
                    // The chosen one exactly where its figure is; all others in the middle of their column.
                    let exact = place.role == Role::Subject;
                    let x = if exact { scale.at(value) } else { column * pitch + pitch / 2 };
                    (place, x, *level - 1)
                })
                .collect();
            let tallest = heights.values().copied().max().unwrap_or(0);
            if tallest * pitch <= height || radius <= 3 {
                return (radius, dots);
            }
            radius -= 1;
        }
    }

    /// England and the chosen authority, named above the strip.
    fn flags(&self, frame: &Frame<'_>, plot: Plot, scale: Scale, own: Option<(i32, i32)>) -> Vec<Flag> {
        let (palette, measure) = (frame.palette, &self.context.measure);
        let flag = |role, name: &str, value: String, foot| {
            let (look, font) =
                (series::line(role, 0, palette), if role == Role::Subject { frame.bold() } else { frame.plain() });
            let font = Font { colour: series::words(role, palette), ..font };
            Flag { words: format!("{name} {value}"), font, foot, line: (look.colour, look.dash) }
        };
        let england = self
            .england()
            .map(|value| flag(Role::England, "England", measure.shown(value), Some((scale.at(value), plot.bottom))));
        let value = self.subject().map_or_else(|| "[x]".into(), |place| place.figure.shown(measure));
        england.into_iter().chain([flag(Role::Subject, &self.context.subject, value, own)]).collect()
    }
}

impl Kind for StripChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.places.is_empty()
    }

    fn title(&self) -> String {
        message::one_period::strip_title(self)
    }

    fn alt(&self) -> String {
        message::one_period::strip_alt(self)
    }

    fn subtitle(&self) -> String {
        let measure = &self.context.measure;
        let (unit, period) = (measure.unit.word(), words::unbroken(&self.period.prose));
        format!("{}, {unit}, local authorities in England, {period}", measure.label)
    }

    fn footnotes(&self) -> Vec<String> {
        let measure = &self.context.measure;
        let drawn = self.sorted().len();
        let mut lines = vec![format!(
            "Each mark is one local authority ({drawn} with a figure): disc {}, diamonds its statistical neighbours, \
             rings all others.",
            self.context.subject
        )];
        if grades::are_grades(&self.context) {
            lines = vec![format!("{drawn} authorities have a grade; the best grade stands first.")];
        } else if let Some([low, middle, high]) = self.quartiles {
            let [low, middle, high] = [low, middle, high].map(|value| measure.shown(value));
            lines.push(format!(
                "Shaded: the middle half of authorities, {low} to {high}; upright line within: median {middle}."
            ));
        }
        lines.extend(footnotes::marked_places(&self.places));
        lines.extend(footnotes::ending(&self.context, &self.period.prose));
        lines
    }

    fn caption(&self) -> String {
        words::caption(&self.context.measure, &self.period.prose)
    }

    fn notes(&self) -> Vec<String> {
        let measure = &self.context.measure;
        let shaded = self.quartiles.filter(|_| !grades::are_grades(&self.context));
        let middle = shaded.map(|[low, middle, high]| {
            let [low, middle, high] = [low, middle, high].map(|value| measure.shown(value));
            format!("Shaded: the middle half of authorities, {low} to {high}; the middle one has {middle}.")
        });
        middle.into_iter().chain(footnotes::without(&self.places)).chain(footnotes::new(&self.context)).collect()
    }

    fn key(&self, palette: &Palette) -> Vec<Key> {
        if grades::are_grades(&self.context) {
            return Vec::new();
        }
        footnotes::key_of_points(&self.context, &self.places, palette)
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        if grades::are_grades(&self.context) {
            return grades::draw(frame, &self.context, &self.places);
        }
        let em = frame.em();
        let measure = &self.context.measure;
        let values = self
            .sorted()
            .into_iter()
            .map(|(_, value)| value)
            .chain(self.england())
            .chain(self.quartiles.into_iter().flatten());
        let ticks = Ticks::around(values, measure, Zero::IfNear, 5);
        let top =
            frame.y + banner::height(frame, &self.flags(frame, Plot::default(), Scale::new(0.0, 1.0, 0, 1), None));
        let spent = top - frame.y + em * 2 + axis::warning_height(frame, &ticks, measure);
        let height = (frame.plot_height(em * 12, em * 6, spent) - spent).max(em * 4);
        let plot = Plot { left: frame.left + em, top, right: frame.right - em, bottom: top + height };
        let scale = Scale::new(ticks.low, ticks.high, plot.left, plot.right);
        if let Some([low, middle, high]) = self.quartiles {
            frame.scene.rect((scale.at(low), plot.top), (scale.at(high), plot.bottom), super::theme::SHADE);
            let x = scale.at(middle);
            frame.scene.line((x, plot.top), (x, plot.bottom), frame.palette.secondary, 6);
        }
        axis::level(frame, plot, &ticks, measure);
        frame.scene.line((plot.left, plot.bottom), (plot.right, plot.bottom), frame.palette.secondary, 3);
        let (radius, dots) = self.columns(scale, em, height - em / 2);
        let place = |column: i32, level: i32| (column, plot.bottom - radius - 6 - level * (radius * 2 + 2));
        let subject = dots.iter().find(|(place, ..)| place.role == Role::Subject).map(|dot| place(dot.1, dot.2));
        let flags = self.flags(frame, plot, scale, subject);
        banner::draw(frame, flags);
        for (of, column, level) in dots.iter().rev() {
            let (colour, shape) = series::point(of.role, frame.palette);
            let larger = if of.role == Role::Subject { radius * 5 / 4 } else { radius };
            frame.scene.marker(place(*column, *level), larger, shape, colour);
        }
        for (of, _) in self.sorted() {
            let dot = dots.iter().find(|(known, ..)| known.name == of.name);
            let at = dot.map(|(_, column, level)| place(*column, *level));
            at.into_iter().for_each(|at| frame.scene.spot_at(at, radius, of.name.as_str(), &of.figure, measure));
        }
        frame.y = plot.bottom + em * 3 / 2 + drop(em);
        axis::warning(frame, plot, &ticks, measure);
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        let (measure, period) = (&self.context.measure, self.period.label.as_str());
        table.places(measure, period, &self.places);
        let england = self.england.iter().map(|figure| ("", figure.clone()));
        let names = ["lower quartile", "median", "upper quartile"];
        let quartiles = names.into_iter().zip(self.quartiles.into_iter().flatten());
        for (series, figure) in england.chain(quartiles.map(|(name, value)| (name, Figure::of(value)))) {
            table.push(measure, Cell { area: "England", role: Role::England, series, period }, &figure);
        }
        table.finish()
    }
}
