//! All authorities of one period side by side, highest first: the chosen one named, England as a labelled line.
//!
//! In: a place for every authority. Out: thin bars from zero; who has no figure is listed beneath with the reason.

use super::axis::{self, Plot, Scale, Ticks, Zero};
use super::csv::{Plotted, Table};
use super::data::{Context, Figure, Period, Place, Role};
use super::frame::Frame;
use super::scene::{Anchor, Shape, drop, overlap, rise};
use super::theme::WHITE;
use super::{Kind, foot, message, text};
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

/// The bars as drawn: the end of the chosen one, and the box of each.
#[derive(Default)]
struct Drawn {
    chosen: Option<(i32, i32)>,
    boxes: Vec<[i32; 4]>,
}

impl OrderedChart {
    /// The chosen authority's place.
    pub fn subject(&self) -> Option<&Place> {
        self.places.iter().find(|place| place.role == Role::Subject)
    }

    /// Those with a figure, highest first, ties by name.
    pub(super) fn sorted(&self) -> Vec<(&Place, f64)> {
        let mut drawn: Vec<(&Place, f64)> =
            self.places.iter().filter_map(|place| place.figure.number().map(|value| (place, value))).collect();
        drawn.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
        drawn
    }

    pub(super) fn england(&self) -> Option<f64> {
        self.england.as_ref().and_then(Figure::number)
    }

    fn has_neighbours(&self) -> bool {
        self.places.iter().any(|place| place.role == Role::Neighbour && place.figure.number().is_some())
    }

    fn draw_bars(&self, frame: &mut Frame<'_>, plot: Plot, scale: Scale, bars: &[(&Place, f64)]) -> Drawn {
        let room = f64::from(plot.right - plot.left);
        let pitch = (room / bars.len().max(1) as f64).min(f64::from(frame.em() * 2));
        let (zero, em) = (scale.at(0.0), frame.em());
        let start = f64::from(plot.left) + (room - pitch * bars.len() as f64) / 2.0;
        let gap = (pitch * 0.25).clamp(1.0, 12.0);
        let mut drawn = Drawn::default();
        for (at, (place, value)) in bars.iter().enumerate() {
            let left = (start + pitch * at as f64 + gap / 2.0).round() as i32;
            let right = ((start + pitch * (at + 1) as f64 - gap / 2.0).round() as i32).max(left + 2);
            let end = scale.at(*value);
            let (palette, middle) = (frame.palette, (left + right) / 2);
            drawn.boxes.push([left, zero.min(end), right, zero.max(end)]);
            match place.role {
                Role::Subject => {
                    frame.scene.rect((left, zero), (right, end), palette.subject);
                    drawn.chosen = Some((middle, end));
                }
                Role::Neighbour => {
                    frame.scene.rect((left, zero), (right, end), palette.neighbours);
                    frame.scene.marker((middle, plot.bottom + em / 3), em / 8, Shape::Triangle, palette.neighbours);
                }
                Role::Region | Role::England | Role::Other => {
                    frame.scene.rect((left, zero), (right, end), palette.rest);
                    // The light grey alone has too little contrast: a dark edge carries the value.
                    frame.scene.rect((left, end - 2), (right, end + 2), palette.secondary);
                }
            }
        }
        drawn
    }

    /// England's line, named where the name covers no bar: right or left, above or below the line.
    fn draw_england(&self, frame: &mut Frame<'_>, plot: Plot, scale: Scale, bars: &[[i32; 4]]) {
        let Some(value) = self.england() else { return };
        let (font, y) = (frame.plain(), scale.at(value));
        let colour = frame.palette.categories[3];
        frame.scene.path(vec![(plot.left, y), (plot.right, y)], colour, 6, &[36, 12, 8, 12]);
        let (em, words) = (font.em, format!("England {}", self.context.measure.shown(value)));
        let lines = text::wrap(&words, font.weight, em, plot.right - plot.left);
        let (wide, tall) = (text::widest(&lines, font.weight, em), lines.len() as i32 * em * 23 / 20);
        let (above, below) = (y - tall - em / 8, y + em / 8);
        let (start, end) = (plot.left, plot.right - wide);
        let inner = (1..6).map(|step| (end - (end - start) * step / 10, above));
        let mut places = [(end, above), (start, below), (end, below), (start, above)].into_iter().chain(inner);
        let free = |(left, top): &(i32, i32)| {
            let sides = [*left, *top, left + wide, top + tall];
            *top >= plot.top && sides[3] <= plot.bottom && !bars.iter().any(|bar| overlap(bar, &sides))
        };
        let crowded = (plot.right - wide, if above < plot.top { below } else { above });
        let (left, top) = places.find(free).unwrap_or(crowded);
        frame.scene.rect((left, top), (left + wide, top + tall), WHITE);
        for (nth, line) in lines.iter().enumerate() {
            let baseline = top + nth as i32 * em * 23 / 20 + rise(em) + em / 10;
            frame.scene.text((left, baseline), Anchor::Start, font, line.as_str());
        }
    }

    fn callout(&self) -> String {
        let name = &self.context.subject;
        match self.subject().map(|place| &place.figure) {
            None => format!("{name} [x] not in these data"),
            Some(figure) => match figure.number() {
                None => format!("{name} {} {}", figure.symbol(), figure.reason()),
                Some(value) => {
                    let value = self.context.measure.shown(value);
                    let rank = self.context.reading.as_ref().map(reading::words::short_place);
                    let rank = rank.filter(|rank| !rank.is_empty()).map(|rank| format!(", {rank}"));
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
        message::places::ordered_title(self)
    }

    fn alt(&self) -> String {
        message::places::ordered_alt(self)
    }

    fn subtitle(&self) -> String {
        let measure = &self.context.measure;
        format!("{}, {}, local authorities in England, {}", measure.label, measure.unit.word(), self.period.prose)
    }

    fn foot(&self) -> Vec<String> {
        let drawn = self.places.iter().filter(|place| place.figure.number().is_some()).count();
        let mut lines = vec![format!("Each bar is one local authority: {drawn} with a figure, highest first.")];
        if self.has_neighbours() {
            lines[0].push_str(&format!(" Triangles below bars: statistical neighbours of {}.", self.context.subject));
        }
        lines.extend(foot::marked_places(&self.places));
        lines.extend(foot::ending(&self.context, &self.period.prose));
        lines
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let bars = self.sorted();
        let values = bars.iter().map(|(_, value)| *value).chain(self.england());
        let ticks = Ticks::around(values, &self.context.measure, Zero::Always, 5);
        let unit = shown::sentence(self.context.measure.unit.word());
        let top = axis::title(frame, (frame.left, frame.y), &unit);
        let left = frame.left + axis::value_room(frame, &ticks, &self.context.measure);
        let font = frame.bold();
        let lines = text::balance(&self.callout(), font.weight, font.em, (frame.right - left) * 3 / 4);
        // The name stands above all bars, so that it covers none; a thin line leads down to its bar.
        let head = lines.len() as i32 * em * 6 / 5 + em / 2;
        let height = frame.plot_height(em * 14, em * 8) - (top - frame.y);
        let plot =
            Plot { left, top: top + head, right: frame.right, bottom: (top + height - em).max(top + head + em * 5) };
        let scale = axis::upright(frame, plot, &ticks, &self.context.measure);
        let Drawn { chosen, mut boxes } = self.draw_bars(frame, plot, scale, &bars);
        let half = text::widest(&lines, font.weight, font.em) / 2 + 1;
        let middle = chosen.map_or(plot.right - half, |(x, _)| x).max(plot.left + half).min(plot.right - half);
        let mut baseline = top;
        for line in &lines {
            baseline += em * 6 / 5;
            frame.scene.text((middle, baseline - drop(em)), Anchor::Middle, font, line.as_str());
        }
        if let Some((x, end)) = chosen {
            let end = end.min(scale.at(0.0)) - 6;
            frame.scene.line((x, baseline + em / 8), (x, end), frame.palette.subject, 4);
            boxes.push([x - em / 4, baseline, x + em / 4, end]);
        }
        // After the line to the chosen bar, so that a name that must cross it stays legible.
        self.draw_england(frame, plot, scale, &boxes);
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
