//! Scales and axes: round ticks, light level gridlines, level labels that never touch.
//!
//! In: the values and the room. Out: a `Scale` from values to pixels, and marks in the frame.

use super::data::{Break, Measure, Period, Polarity, Unit};
use super::frame::Frame;
use super::scene::{Anchor, Point, drop, rise};
use super::text::{self, Weight};
use super::words;
use crate::shown;

/// The rectangle in which data are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plot {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

/// Round values along an axis, and the range they span.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// The lowest value on the axis.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// The distance between two ticks.
    pub step: f64,
}

/// Whether an axis must show zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    /// Bars: always.
    Always,
    /// Lines and dots: where it is not far off.
    IfNear,
}

impl Ticks {
    /// Round ticks, about `count` of them, around all finite values. Percentages never run past 0 or 100 unless
    /// the values do.
    pub fn around(values: impl Iterator<Item = f64>, measure: &Measure, zero: Zero, count: i32) -> Self {
        let grades = measure.grades.iter().map(|(grade, _)| *grade);
        if let (Some(low), Some(high)) = (grades.clone().min_by(f64::total_cmp), grades.max_by(f64::total_cmp)) {
            return Self { low, high, step: 1.0 };
        }
        let start = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) = values.filter(|v| v.is_finite()).fold(start, |(l, h), v| (l.min(v), h.max(v)));
        let (mut low, mut high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let inside = measure.unit == Unit::Percent && low >= 0.0 && high <= 100.0;
        let near = low > 0.0 && low < high * 0.6 || high < 0.0 && high > low * 0.6;
        if zero == Zero::Always || near {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if high - low < f64::EPSILON.max(high.abs() * 1e-9) {
            let room = if high == 0.0 { 1.0 } else { high.abs() * 0.2 };
            (low, high) = (if low == 0.0 || zero == Zero::Always { low.min(0.0) } else { low - room }, high + room);
        }
        let step = round_step((high - low) / f64::from(count.max(2)), measure);
        let (mut from, mut to) = ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step);
        if inside {
            (from, to) = (from.max(0.0), to.min(100.0));
        }
        Self { low: from, high: to, step }
    }

    /// Whether zero lies outside the range.
    pub fn is_off_zero(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    /// The values at which ticks stand, all within the range.
    pub fn values(&self) -> Vec<f64> {
        let first = (self.low / self.step - 1e-9).ceil() as i64;
        let last = (self.high / self.step + 1e-9).floor() as i64;
        (first..=last).map(|at| at as f64 * self.step).collect()
    }
}

/// 1, 2 or 5 times a power of ten, or 25 and its tens; whole numbers for counts.
fn round_step(rough: f64, measure: &Measure) -> f64 {
    let power = 10_f64.powf(rough.max(1e-12).log10().floor());
    let share = rough / power;
    let factor = if share <= 1.0 {
        1.0
    } else if share <= 2.0 {
        2.0
    } else if share <= 2.5 && power >= 10.0 {
        2.5
    } else if share <= 5.0 {
        5.0
    } else {
        10.0
    };
    let step: f64 = factor * power;
    if measure.unit == Unit::Number && measure.places == 0 { step.max(1.0) } else { step }
}

/// From values to pixels, along one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    from: i32,
    to: i32,
}

impl Scale {
    /// Maps `low` to pixel `from` and `high` to pixel `to`.
    pub fn new(low: f64, high: f64, from: i32, to: i32) -> Self {
        Self { low, high, from, to }
    }

    /// The pixel of a value, held within the scale.
    pub fn at(&self, value: f64) -> i32 {
        let share = if self.high > self.low { (value - self.low) / (self.high - self.low) } else { 0.5 };
        self.from + (share.clamp(0.0, 1.0) * f64::from(self.to - self.from)).round() as i32
    }
}

/// A tick's label; a grade of several words on several lines.
fn tick_lines(em: i32, label: &str) -> Vec<String> {
    text::wrap(label, Weight::Regular, em, text::longest_word(label, Weight::Regular, em).max(em * 6))
}

/// Room that the labels of an upright value axis need, gap to the plot included.
pub fn value_room(frame: &Frame<'_>, ticks: &Ticks, measure: &Measure) -> i32 {
    let em = frame.em();
    let labels = ticks.values().into_iter().map(|value| words::tick(value, ticks.step, measure));
    labels.map(|label| text::widest(&tick_lines(em, &label), Weight::Regular, em)).max().unwrap_or(0) + em / 2
}

/// Level gridlines with their values left of the plot; zero, where it is on the axis, is drawn darker.
pub fn upright(frame: &mut Frame<'_>, plot: Plot, ticks: &Ticks, measure: &Measure) -> Scale {
    // Of grades the best stands at the top, whichever number it has.
    let turned = !measure.grades.is_empty() && measure.polarity == Polarity::Low;
    let (from, to) = if turned { (plot.top, plot.bottom) } else { (plot.bottom, plot.top) };
    let scale = Scale::new(ticks.low, ticks.high, from, to);
    let (font, grid, dark) = (frame.plain(), frame.palette.grid, frame.palette.secondary);
    let mut free = i32::MAX;
    for value in ticks.values() {
        let y = scale.at(value);
        let zero = value.abs() < ticks.step * 1e-6;
        frame.scene.line((plot.left, y), (plot.right, y), if zero { dark } else { grid }, 3);
        let baseline = y + (rise(font.em) - drop(font.em)) / 2;
        if turned || baseline + drop(font.em) < free {
            let lines = tick_lines(font.em, &words::tick(value, ticks.step, measure));
            let mut baseline = baseline - (lines.len() as i32 - 1) * font.em * 11 / 20;
            for line in lines {
                frame.scene.text((plot.left - font.em / 3, baseline), Anchor::End, font, line);
                baseline += font.em * 11 / 10;
            }
            free = y - font.em / 2;
        }
    }
    scale
}

/// A value axis along the foot of the plot: light upright gridlines, labels below. Returns its scale.
pub fn level(frame: &mut Frame<'_>, plot: Plot, ticks: &Ticks, measure: &Measure) -> Scale {
    let scale = Scale::new(ticks.low, ticks.high, plot.left, plot.right);
    let (font, grid, dark) = (frame.plain(), frame.palette.grid, frame.palette.secondary);
    let mut free = i32::MIN;
    for value in ticks.values() {
        let x = scale.at(value);
        let zero = value.abs() < ticks.step * 1e-6;
        frame.scene.line((x, plot.top), (x, plot.bottom), if zero { dark } else { grid }, 3);
        let label = words::tick(value, ticks.step, measure);
        let half = text::width(&label, font.weight, font.em) / 2 + 1;
        let middle = x.max(frame.left + half).min(frame.right - half);
        if middle - half > free {
            frame.scene.text((middle, plot.bottom + font.em * 5 / 4), Anchor::Middle, font, label);
            free = middle + half + font.em / 2;
        }
    }
    scale
}

/// The pixel of each period, in the order of time.
pub fn across(plot: Plot, em: i32, periods: &[Period]) -> Vec<i32> {
    let orders = || periods.iter().map(|period| period.order);
    let (first, last) = (orders().min().unwrap_or(0), orders().max().unwrap_or(0));
    let inset = em.min((plot.right - plot.left) / 8);
    let scale = Scale::new(f64::from(first), f64::from(last), plot.left + inset, plot.right - inset);
    periods.iter().map(|period| scale.at(f64::from(period.order))).collect()
}

/// What stands above a break where no note with its symbol stands beneath.
const NEW_COUNTING: &str = "New way of counting";

/// Breaks as dashed upright lines with their words above the plot, or the symbol of the note beneath the picture.
pub fn breaks(frame: &mut Frame<'_>, plot: Plot, (periods, at): (&[Period], &[i32]), breaks: &[Break]) {
    let (font, words) = if frame.size.is_bare() { (frame.quiet(), NEW_COUNTING) } else { (frame.bold(), "[b]") };
    let half = text::width(words, font.weight, font.em) / 2 + 1;
    let mut free = i32::MIN;
    for gap in breaks {
        let Some(after) = periods.iter().position(|period| period.order >= gap.order).filter(|i| *i > 0) else {
            continue;
        };
        let x = (at[after - 1] + at[after]) / 2;
        let colour = frame.palette.secondary;
        frame.scene.path(vec![(x, plot.top), (x, plot.bottom)], colour, 4, &[18, 12]);
        let middle = x.min(frame.right - half).max(frame.left + half);
        if middle - half > free {
            frame.scene.text((middle, plot.top - font.em / 2), Anchor::Middle, font, words);
            free = middle + half;
        }
    }
}

/// Period labels under the plot, thinned from the latest backwards until none touch. Returns the pixel of each.
pub fn periods(frame: &mut Frame<'_>, plot: Plot, periods: &[Period]) -> Vec<i32> {
    let font = frame.plain();
    let at = across(plot, font.em, periods);
    frame.scene.line((plot.left, plot.bottom), (plot.right, plot.bottom), frame.palette.secondary, 3);
    let mut free = i32::MAX;
    for (period, x) in periods.iter().zip(&at).rev() {
        frame.scene.line((*x, plot.bottom), (*x, plot.bottom + font.em / 4), frame.palette.secondary, 3);
        let half = text::width(&period.label, font.weight, font.em) / 2 + 1;
        let middle = (*x).min(frame.right - half).max(frame.left + half);
        if middle + half < free {
            frame.scene.text((middle, plot.bottom + font.em * 3 / 2), Anchor::Middle, font, period.label.as_str());
            free = middle - half - font.em / 2;
        }
    }
    at
}

/// The unit as an axis title, with a warning where the axis leaves zero out.
pub fn words(ticks: &Ticks, measure: &Measure) -> String {
    let unit = shown::sentence(measure.unit.word());
    match off_zero(ticks, measure) {
        Some(warning) => format!("{unit} ({warning})"),
        None => unit,
    }
}

/// `axis starts at 40%, not at zero`, where that is so.
pub fn off_zero(ticks: &Ticks, measure: &Measure) -> Option<String> {
    let nearest = if ticks.low > 0.0 { ticks.low } else { ticks.high };
    (ticks.is_off_zero() && measure.grades.is_empty())
        .then(|| format!("axis starts at {}, not at zero", words::tick(nearest, ticks.step, measure)))
}

/// The axis title, level, above the axis at the left; wrapped where it must be. Returns the pixel below it. Where the
/// words stand beside the picture there is none: the subtitle has the unit.
pub fn title(frame: &mut Frame<'_>, at: Point, words: &str) -> i32 {
    let font = frame.quiet();
    if !frame.size.has_axis_title() {
        return at.1 + font.em * 3 / 5;
    }
    let mut y = at.1;
    for line in text::wrap(words, font.weight, font.em, frame.right - at.0) {
        y += font.em * 5 / 4;
        frame.scene.text((at.0, y - drop(font.em)), Anchor::Start, font, line);
    }
    y + font.em * 3 / 4
}

/// What `warning` says.
fn warning_lines(frame: &Frame<'_>, left: i32, ticks: &Ticks, measure: &Measure) -> Vec<String> {
    let Some(words) = off_zero(ticks, measure) else { return Vec::new() };
    let brief = "Axis does not start at zero".to_owned();
    let words = if frame.size.has_axis_title() { shown::sentence(&shown::stop(&words)) } else { brief };
    let font = frame.quiet();
    text::wrap(&words, font.weight, font.em, frame.right - left)
}

/// The height that `warning` takes.
pub fn warning_height(frame: &Frame<'_>, ticks: &Ticks, measure: &Measure) -> i32 {
    warning_lines(frame, frame.left, ticks, measure).len() as i32 * frame.em() * 5 / 4
}

/// Says beneath the plot, from `frame.y` on, that the axis leaves zero out, where no axis title says it.
pub fn warning(frame: &mut Frame<'_>, plot: Plot, ticks: &Ticks, measure: &Measure) {
    let (font, margin) = (frame.quiet(), frame.left);
    let left = if frame.size.is_bare() { plot.left } else { margin };
    let lines = warning_lines(frame, left, ticks, measure);
    frame.left = left;
    frame.paragraph(font, lines);
    frame.left = margin;
}
