//! All authorities of one period side by side, best first: the chosen one named, England as a labelled line.
//!
//! In: a place for every authority. Out: thin bars from zero; who has no figure is listed beneath with the reason.

use super::axis::{self, Plot, Scale, Ticks, Zero};
use super::csv::{Plotted, Table};
use super::data::{self, Context, Figure, Period, Place, Role};
use super::frame::Frame;
use super::scene::{Anchor, Font, Shape, drop, rise};
use super::theme::{Palette, Size};
use super::{Key, Kind, Sign, footnotes, grades, message, series, text, words};
use crate::reading;
use crate::shown;

/// All authorities in order.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderedChart {
    /// Who, what and where from.
    pub context: Context,
    /// The one period shown.
    pub period: Period,
    /// Every authority, in any order; the chosen one has role `Subject`, its neighbours `Neighbour`.
    pub places: Vec<Place>,
    /// England's figure, where there is one.
    pub england: Option<Figure>,
}

impl OrderedChart {
    /// The chosen authority's place.
    pub fn subject(&self) -> Option<&Place> {
        self.places.iter().find(|place| place.role == Role::Subject)
    }

    /// Those with a figure, best first, or highest first where neither way is good; ties by name.
    pub(super) fn sorted(&self) -> Vec<(&Place, f64)> {
        data::in_order(&self.places, &self.context.measure)
    }

    pub(super) fn england(&self) -> Option<f64> {
        self.england.as_ref().and_then(Figure::number)
    }

    fn has_neighbours(&self) -> bool {
        self.places.iter().any(|place| place.role == Role::Neighbour && place.figure.number().is_some())
    }

    /// Answers the end of the chosen one's bar.
    fn draw_bars(&self, frame: &mut Frame<'_>, plot: Plot, scale: Scale, bars: &[(&Place, f64)]) -> Option<(i32, i32)> {
        let room = f64::from(plot.right - plot.left);
        let pitch = (room / bars.len().max(1) as f64).min(f64::from(frame.em() * 2));
        let (zero, em) = (scale.at(0.0), frame.em());
        let start = f64::from(plot.left) + (room - pitch * bars.len() as f64) / 2.0;
        let gap = (pitch * 0.25).clamp(1.0, 12.0);
        let mut chosen = None;
        for (at, (place, value)) in bars.iter().enumerate() {
            let left = (start + pitch * at as f64 + gap / 2.0).round() as i32;
            let right = ((start + pitch * (at + 1) as f64 - gap / 2.0).round() as i32).max(left + 2);
            let end = scale.at(*value);
            let (palette, middle) = (frame.palette, (left + right) / 2);
            // The whole column of its bar: a bar of two pixels is hard to point at.
            let ends = [start + pitch * at as f64, start + pitch * (at + 1) as f64].map(|end| end.round() as i32);
            let sides = [ends[0], plot.top, ends[1], plot.bottom];
            frame.scene.spot(sides, place.name.as_str(), &place.figure, &self.context.measure);
            match place.role {
                Role::Subject => {
                    frame.scene.rect((left, zero), (right, end), palette.subject);
                    chosen = Some((middle, end));
                }
                Role::Neighbour => {
                    frame.scene.rect((left, zero), (right, end), palette.neighbours);
                    frame.scene.marker((middle, plot.bottom + em / 3), em / 8, Shape::Triangle, palette.neighbours);
                }
                Role::Region | Role::England | Role::Group | Role::Other => {
                    frame.scene.rect((left, zero), (right, end), palette.rest);
                    // The light grey alone has too little contrast: a dark edge carries the value.
                    frame.scene.rect((left, end - 2), (right, end + 2), palette.secondary);
                }
            }
        }
        chosen
    }

    /// England's name and figure, a word a line where it is long.
    fn england_name(&self, frame: &Frame<'_>) -> Vec<String> {
        let Some(value) = self.england() else { return Vec::new() };
        let (font, words) = (frame.plain(), format!("England {}", self.context.measure.shown(value)));
        let most = if frame.ems() < 30 { frame.em() * 5 } else { frame.em() * 8 };
        text::balance(&words, font.weight, font.em, most.max(text::longest_word(&words, font.weight, font.em)))
    }

    /// England's line over the bars, named right of the plot, where the name covers none.
    fn draw_england(&self, frame: &mut Frame<'_>, plot: Plot, scale: Scale, name: &[String]) {
        let Some(value) = self.england() else { return };
        let look = series::line(Role::England, 0, frame.palette);
        let font = Font { colour: series::words(Role::England, frame.palette), ..frame.plain() };
        let (em, y) = (font.em, scale.at(value));
        frame.scene.path(vec![(plot.left, y), (plot.right + em / 4, y)], look.colour, 6, look.dash);
        let mut baseline = y - name.len() as i32 * em * 23 / 40 + rise(em) + em / 8;
        for line in name {
            frame.scene.text((plot.right + em / 2, baseline), Anchor::Start, font, line.as_str());
            baseline += em * 23 / 20;
        }
    }

    fn callout(&self, size: Size) -> String {
        let name = &self.context.subject;
        match self.subject().map(|place| &place.figure) {
            None => format!("{name} [x] not in these data"),
            Some(figure) => match figure.number() {
                None => format!("{name} {} {}", figure.symbol(), figure.reason()),
                Some(value) => {
                    let value = self.context.measure.shown(value);
                    let rank = self.context.reading.as_ref().map(reading::words::short_place);
                    let rank =
                        rank.filter(|rank| !rank.is_empty() && size != Size::Half).map(|rank| format!(", {rank}"));
                    format!("{name} {value}{}", rank.unwrap_or_default())
                }
            },
        }
    }
}

impl Kind for OrderedChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.places.is_empty()
    }

    fn title(&self) -> String {
        message::one_period::ordered_title(self)
    }

    fn alt(&self) -> String {
        message::one_period::ordered_alt(self)
    }

    fn subtitle(&self) -> String {
        let measure = &self.context.measure;
        format!("{}, {}, local authorities in England, {}", measure.label, measure.unit.word(), self.period.prose)
    }

    fn footnotes(&self) -> Vec<String> {
        let drawn = self.places.iter().filter(|place| place.figure.number().is_some()).count();
        let mut lines = vec![format!(
            "Each bar is one local authority: {drawn} with a figure, {}.",
            data::order_words(&self.context.measure)
        )];
        if grades::are_grades(&self.context) {
            lines[0] = format!("{drawn} authorities have a grade; the best grade stands first.");
        } else if self.has_neighbours() {
            lines[0].push_str(&format!(" Triangles below bars: statistical neighbours of {}.", self.context.subject));
        }
        lines.extend(footnotes::marked_places(&self.places));
        lines.extend(footnotes::ending(&self.context, &self.period.prose));
        lines
    }

    fn caption(&self) -> String {
        let order = data::order_words(&self.context.measure);
        words::caption(&self.context.measure, &format!("{}, {order}", self.period.prose))
    }

    fn notes(&self) -> Vec<String> {
        footnotes::without(&self.places).into_iter().chain(footnotes::new(&self.context)).collect()
    }

    fn key(&self, palette: &Palette) -> Vec<Key> {
        if grades::are_grades(&self.context) {
            return Vec::new();
        }
        let entry = |name: &str, colour| Key::new(name, Sign::Patch(colour));
        let neighbours = self.has_neighbours().then(|| entry("Statistical neighbours", palette.neighbours));
        neighbours.into_iter().chain([entry("Other local authorities", palette.rest)]).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        if grades::are_grades(&self.context) {
            return grades::draw(frame, &self.context, &self.places);
        }
        let em = frame.em();
        let bars = self.sorted();
        let values = bars.iter().map(|(_, value)| *value).chain(self.england());
        let ticks = Ticks::around(values, &self.context.measure, Zero::Always, 5);
        let unit = shown::sentence(self.context.measure.unit.word());
        let top = axis::title(frame, (frame.left, frame.y), &unit);
        let left = frame.left + axis::value_room(frame, &ticks, &self.context.measure);
        let name = self.england_name(frame);
        let room = if name.is_empty() { 0 } else { text::widest(&name, frame.plain().weight, em) + em / 2 };
        let font = Font { colour: frame.palette.subject, ..frame.bold() };
        let lines = text::balance(&self.callout(frame.size), font.weight, font.em, frame.right - left);
        // The name stands above all bars, so that it covers none; a thin line leads down to its bar.
        let head = lines.len() as i32 * em * 6 / 5 + em / 2;
        let spent = top - frame.y + head + em;
        let height = frame.plot_height(em * 14, em * 8, spent) - spent;
        let bottom = top + head + height.max(em * 5);
        let plot = Plot { left, top: top + head, right: frame.right - room, bottom };
        let scale = axis::upright(frame, plot, &ticks, &self.context.measure);
        let chosen = self.draw_bars(frame, plot, scale, &bars);
        let half = text::widest(&lines, font.weight, font.em) / 2 + 1;
        let middle = chosen.map_or(plot.right - half, |(x, _)| x).min(frame.right - half).max(frame.left + half);
        let mut baseline = top;
        for line in &lines {
            baseline += em * 6 / 5;
            frame.scene.text((middle, baseline - drop(em)), Anchor::Middle, font, line.as_str());
        }
        if let Some((x, end)) = chosen {
            let end = end.min(scale.at(0.0)) - 6;
            frame.scene.line((x, baseline + em / 8), (x, end), frame.palette.subject, 4);
        }
        self.draw_england(frame, plot, scale, &name);
        frame.y = plot.bottom + em;
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        let mut places: Vec<Place> = self.sorted().into_iter().map(|(place, _)| place.clone()).collect();
        places.extend(self.places.iter().filter(|place| place.figure.number().is_none()).cloned());
        places.extend(self.england.iter().map(|figure| Place::new("England", Role::England, figure.clone())));
        table.places(&self.context.measure, &self.period.label, &places);
        table.finish()
    }
}
