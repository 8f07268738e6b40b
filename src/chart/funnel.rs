//! Rates against the size of the group: who differs by more than chance would have it.
//!
//! In: places with rate and denominator, and the 95% and 99.8% limits as points. Out: a funnel around the benchmark,
//! the chosen authority and those outside the outer limits named.

use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Period, Place, Role};
use super::frame::Frame;
use super::theme::Palette;
use super::{Key, Kind, footnotes, message, words};
use crate::shown;

mod draw;

/// The control limits at one denominator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// The denominator.
    pub denominator: f64,
    /// Lower and upper 95% limit.
    pub inner: (f64, f64),
    /// Lower and upper 99.8% limit.
    pub outer: (f64, f64),
}

/// Where among the limits a place lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Between the 95% limits.
    Inside,
    /// Between the 95% and the 99.8% limits.
    Inner,
    /// Beyond the 99.8% limits.
    Outer,
    /// There are no limits.
    Unknown,
}

/// A funnel plot.
#[derive(Clone, Debug, PartialEq)]
pub struct FunnelChart {
    /// Who, what and where from.
    pub context: Context,
    /// The one period shown.
    pub period: Period,
    /// The places; a figure needs its denominator to be drawn.
    pub places: Vec<Place>,
    /// The figure around which the funnel lies.
    pub benchmark: f64,
    /// Whose figure that is: `England`, or `All drawn` where it differs from what is published for England.
    pub centre: String,
    /// The limits, by rising denominator; lines are drawn through them.
    pub limits: Vec<Limit>,
    /// What the denominator counts: `EHC plans issued`.
    pub counted: String,
    /// Whether the limits allow for over-dispersion.
    pub over_dispersed: bool,
}

impl FunnelChart {
    /// The chosen authority's place.
    pub fn subject(&self) -> Option<&Place> {
        self.places.iter().find(|place| place.role == Role::Subject)
    }

    /// Places that can be drawn, with denominator and value.
    pub(super) fn points(&self) -> Vec<(&Place, f64, f64)> {
        let sized = |place: &Place| place.figure.denominator.filter(|size| size.is_finite() && *size >= 0.0);
        self.places.iter().filter_map(|place| Some((place, sized(place)?, place.figure.number()?))).collect()
    }

    /// Where among the limits a place lies; between the points given, limits run straight.
    pub(super) fn zone(&self, denominator: f64, value: f64) -> Zone {
        let after = self.limits.iter().position(|limit| limit.denominator >= denominator);
        let pair = match after {
            None => self.limits.last().map(|last| (last, last)),
            Some(0) => self.limits.first().map(|first| (first, first)),
            Some(at) => Some((&self.limits[at - 1], &self.limits[at])),
        };
        let Some((a, b)) = pair else {
            return Zone::Unknown;
        };
        let span = b.denominator - a.denominator;
        let share = if span > 0.0 { (denominator - a.denominator) / span } else { 0.0 };
        let outside =
            |x: (f64, f64), y: (f64, f64)| value < x.0 + (y.0 - x.0) * share || value > x.1 + (y.1 - x.1) * share;
        match (outside(a.outer, b.outer), outside(a.inner, b.inner)) {
            (true, _) => Zone::Outer,
            (false, true) => Zone::Inner,
            (false, false) => Zone::Inside,
        }
    }

    /// Whether the funnel lies around England as published.
    pub(super) fn is_england(&self) -> bool {
        self.centre == "England"
    }

    /// What the lines are, and what it means to lie between them.
    fn limits_mean(&self) -> String {
        let (spread, between) = if self.over_dispersed {
            (", widened because authorities vary by more than chance", "an authority is not unusual")
        } else {
            ("", "a difference may be chance")
        };
        let around = if self.is_england() { "England" } else { "pooled" };
        format!(
            "Lines: 95% (dashed) and 99.8% limits around the {around} figure{spread}. Between the limits {between}."
        )
    }

    /// Who has a figure and no size, and so no place.
    fn sizeless(&self) -> Option<String> {
        let sizeless = self.places.iter().filter(|p| p.figure.number().is_some() && p.figure.denominator.is_none());
        let sizeless: Vec<&str> = sizeless.map(|place| place.name.as_str()).collect();
        let named = || format!("number of {} is not known: {}", self.counted, shown::list(&sizeless));
        (!sizeless.is_empty()).then(|| format!("Not drawn, because the {}.", named()))
    }

    /// Those outside the 99.8% limits.
    pub(super) fn outside(&self) -> Vec<(&Place, f64, f64)> {
        let mut points = self.points();
        points.retain(|(_, denominator, value)| self.zone(*denominator, *value) == Zone::Outer);
        points
    }
}

impl Kind for FunnelChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.places.is_empty()
    }

    fn title(&self) -> String {
        message::funnel::title(self)
    }

    fn alt(&self) -> String {
        message::funnel::alt(self)
    }

    fn subtitle(&self) -> String {
        let measure = &self.context.measure;
        let (unit, period) = (measure.unit.word(), words::unbroken(&self.period.prose));
        format!("{}, {unit}, by number of {}, local authorities in England, {period}", measure.label, self.counted)
    }

    fn caption(&self) -> String {
        let when = format!("by number of {}, {}", self.counted, self.period.prose);
        words::caption(&self.context.measure, &when)
    }

    fn notes(&self) -> Vec<String> {
        let limits = [self.limits_mean(), self.sizeless().unwrap_or_default()];
        let limits = limits.into_iter().filter(|line| !line.is_empty());
        limits.chain(footnotes::without(&self.places)).chain(footnotes::new(&self.context)).collect()
    }

    fn key(&self, palette: &Palette) -> Vec<Key> {
        footnotes::key_of_points(&self.context, &self.places, palette)
    }

    fn footnotes(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "Disc: {}; diamonds: its statistical neighbours; rings: other local authorities. {}",
            self.context.subject,
            self.limits_mean()
        )];
        lines.extend(footnotes::marked_places(&self.places));
        lines.extend(self.sizeless());
        lines.extend(footnotes::ending(&self.context, &self.period.prose));
        lines
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.lay_out(frame);
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        table.places(&self.context.measure, &self.period.label, &self.places);
        for limit in &self.limits {
            let ends = [("95% limit", limit.inner), ("99.8% limit", limit.outer)];
            for (series, (low, high)) in ends {
                let cell = Cell { area: &self.centre, role: Role::England, series, period: &self.period.label };
                let mut figure = Figure::of(self.benchmark).interval(low, high);
                figure.denominator = Some(limit.denominator);
                table.push(&self.context.measure, cell, &figure);
            }
        }
        table.finish()
    }
}
