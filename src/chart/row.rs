//! The pictures of one row of a page: where every authority lies on one line, and the years as a small line.
//!
//! In: figures. Out: SVG of one size, without text or ids, so that many stand on a page: the words stand beside it. Drawn as
//! few long paths and not mark by mark, because a page has forty of them.

use std::fmt::Write as _;

use super::theme::{Palette, WHITE};
use crate::statistics::quartile::quartile_bounds;

/// Figures further than so many widths of the middle half beyond it stand at the edge.
const FAR: f64 = 2.2;
/// Left and right end of the line of authorities.
const ENDS: (f64, f64) = (8.0, 292.0);

/// Where every authority lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// The figures of all.
    pub all: Vec<f64>,
    /// Those of the neighbours.
    pub neighbours: Vec<f64>,
    /// England's.
    pub england: Option<f64>,
    /// The chosen authority's.
    pub own: Option<f64>,
    /// Whether low is good, so that the lowest stands at the right.
    pub turned: bool,
}

/// One end of the line: its figure, and how many lie beyond it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The figure that stands at the end.
    pub value: f64,
    /// How many are further out.
    pub beyond: usize,
}

/// The line drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// The picture.
    pub svg: String,
    /// Its left and its right end.
    pub ends: [End; 2],
    /// Lower and upper end of the middle half.
    pub middle: (f64, f64),
}

/// All authorities on one line; none where under two have a figure.
pub fn strip(spread: &Spread, palette: &Palette) -> Option<Strip> {
    let some: Vec<Option<f64>> = spread.all.iter().copied().map(Some).collect();
    let [Some(lowest), Some(lower), _, Some(upper), Some(highest)] = quartile_bounds(&some) else { return None };
    let reach = FAR * (upper - lower);
    let (from, to) =
        if reach > 0.0 { (lowest.max(lower - reach), highest.min(upper + reach)) } else { (lowest, highest) };
    if spread.all.len() < 2 || to <= from {
        return None;
    }
    let at = |value: f64| {
        let share = ((value - from) / (to - from)).clamp(0.0, 1.0);
        ENDS.0 + if spread.turned { 1.0 - share } else { share } * (ENDS.1 - ENDS.0)
    };
    let mut svg = opened(300, 34);
    let (left, right) = (at(lower).min(at(upper)), at(lower).max(at(upper)));
    let _ = write!(svg, "<path d=\"M{left:.1} 3h{:.1}v22h-{0:.1}Z\" fill=\"#E3E8EE\"/>", right - left);
    let _ = write!(svg, "<path d=\"{}\" stroke=\"#7D868C\" stroke-width=\"1.5\"/>", ticks(&spread.all, &at));
    if let Some(england) = spread.england {
        let _ = write!(svg, "<path d=\"M{:.1} 0v28\" stroke=\"{}\" stroke-width=\"3\"/>", at(england), palette.text);
    }
    let triangles: String = spread.neighbours.iter().map(|&value| format!("M{:.1} 24l4 7h-8Z", at(value))).collect();
    let _ = write!(svg, "<path d=\"{triangles}\" fill=\"{}\"/>", palette.neighbours);
    if let Some(own) = spread.own {
        let (x, fill) = (at(own), palette.subject);
        let _ = write!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"14\" r=\"6.5\" fill=\"{fill}\" stroke=\"{WHITE}\" stroke-width=\"2\"/>"
        );
    }
    svg.push_str("</svg>");
    let beyond = |out: &dyn Fn(f64) -> bool| spread.all.iter().filter(|value| out(**value)).count();
    let low = End { value: from, beyond: beyond(&|value| value < from) };
    let high = End { value: to, beyond: beyond(&|value| value > to) };
    Some(Strip { svg, ends: if spread.turned { [high, low] } else { [low, high] }, middle: (lower, upper) })
}

/// A mark for each place of the line that has a figure, the longer the more authorities share it.
fn ticks(all: &[f64], at: &dyn Fn(f64) -> f64) -> String {
    let mut places: Vec<i32> = all.iter().map(|&value| (at(value) / 2.0).round() as i32).collect();
    places.sort_unstable();
    let mark = |alike: &[i32]| {
        let half = (3.5 + 1.5 * (alike.len() - 1) as f64).min(11.0);
        format!("M{} {:.1}v{:.1}", alike[0] * 2, 14.0 - half, half * 2.0)
    };
    places.chunk_by(|one, other| one == other).map(mark).collect()
}

/// The years of one measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Years {
    /// The place of each period on the axis of time.
    pub when: Vec<i32>,
    /// The chosen authority's figures.
    pub own: Vec<Option<f64>>,
    /// England's.
    pub england: Vec<Option<f64>>,
    /// The periods, by their number, before which the series is broken.
    pub breaks: Vec<usize>,
}

/// The years as a small line on a scale of their own, England's dashed, the last figure marked; none of one period alone.
pub fn years(years: &Years, palette: &Palette) -> Option<String> {
    let known = || years.own.iter().chain(&years.england).flatten().copied();
    let (low, high) =
        known().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let (first, last) = (*years.when.first()?, *years.when.last()?);
    if first == last || years.own.iter().flatten().count() < 2 {
        return None;
    }
    let across = |at: usize| 4.0 + 92.0 * f64::from(years.when[at] - first) / f64::from(last - first);
    let up = |value: f64| if high > low { 26.0 - 22.0 * (value - low) / (high - low) } else { 15.0 };
    let path = |figures: &[Option<f64>]| {
        let mut path = String::new();
        for (at, value) in figures.iter().enumerate() {
            let Some(value) = value else { continue };
            let joined = at > 0 && figures[at - 1].is_some() && !years.breaks.contains(&at);
            let _ = write!(path, "{}{:.1} {:.1}", if joined { 'L' } else { 'M' }, across(at), up(*value));
        }
        path
    };
    let mut svg = opened(100, 30);
    for &at in years.breaks.iter().filter(|at| **at > 0) {
        let x = f64::midpoint(across(at - 1), across(at));
        let _ = write!(svg, "<path d=\"M{x:.1} 1v28\" stroke=\"{}\" stroke-dasharray=\"2 2\"/>", palette.secondary);
    }
    let england = path(&years.england);
    let _ = write!(
        svg,
        "<path d=\"{england}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" stroke-dasharray=\"4 2\"/>",
        palette.england
    );
    let own = path(&years.own);
    let _ = write!(svg, "<path d=\"{own}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.2\"/>", palette.subject);
    let latest = years.own.iter().enumerate().rev().find_map(|(at, value)| Some((at, (*value)?)));
    if let Some((at, value)) = latest {
        let (x, y, fill) = (across(at), up(value), palette.subject);
        let _ = write!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.6\" fill=\"{fill}\"/>");
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// The parts of a bar of counts, in order: how many have each grade, and which is the chosen authority's.
pub fn grades(counts: &[usize], own: Option<usize>, palette: &Palette) -> Option<String> {
    let all: usize = counts.iter().sum();
    if all == 0 {
        return None;
    }
    let mut svg = opened(300, 34);
    let mut left = ENDS.0;
    for (at, count) in counts.iter().enumerate() {
        let wide = (ENDS.1 - ENDS.0) * *count as f64 / all as f64;
        let fill = if own == Some(at) { palette.subject } else { palette.rest };
        let _ = write!(svg, "<path d=\"M{left:.1} 5h{:.1}v18h-{0:.1}Z\" fill=\"{fill}\"/>", (wide - 1.5).max(0.5));
        left += wide;
    }
    svg.push_str("</svg>");
    Some(svg)
}

fn opened(width: u32, height: u32) -> String {
    format!("<svg viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\" focusable=\"false\">")
}
