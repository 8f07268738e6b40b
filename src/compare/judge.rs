//! What is said of the authorities of one group: rank with its interval, band, interval of the figure, place in the
//! funnel. Every method is in `statistics`; here they are given the right authorities.

use super::Depth;
use super::groups::{Groups, Kind};
use crate::pipeline::Unit;
use crate::statistics::quartile::{self, Banding};
use crate::statistics::rank::{Ties, rank};
use crate::statistics::rank_interval::{Correction, RankInterval, rank_intervals};
use crate::statistics::trend::{Marker, TrendPoint, proportion_trend, weighted_trend};
use crate::statistics::unusual::{Funnel, Place};
use crate::statistics::{Confidence, Interval, Polarity, benchmark, cohort, count, proportion};

/// Everything about a group that does not depend on the comparator; one entry an authority, by place.
pub(super) struct Judged {
    /// Rank, 0 for none.
    pub ranks: Vec<u16>,
    /// How many were ranked.
    pub of: u16,
    pub intervals: Vec<Option<Interval>>,
    pub rank_intervals: Vec<Option<RankInterval>>,
    /// `A` to `D`, or empty.
    pub bands: Vec<&'static str>,
    /// Whether every rank of the interval is in the band; none where there is no interval.
    pub certain: Vec<Option<bool>>,
    pub places: Vec<Option<Place>>,
}

/// The interval of a figure: Wilson for a percentage, exact or Byar's for a rate; none without counts.
pub(super) fn interval(kind: Kind, counts: Option<(f64, f64)>) -> Option<Interval> {
    let (top, bottom) = counts?;
    let multiplier = kind.multiplier?;
    match kind.unit {
        Unit::Percent => proportion::proportion(Some(top), Some(bottom), Confidence::P95, multiplier)
            .ok()
            .flatten()
            .map(|estimate| estimate.interval),
        Unit::RatePer1000 | Unit::RatePer10000 | Unit::RatePer100000 => {
            count::rate(Some(top), Some(bottom), Confidence::P95, multiplier)
                .ok()
                .flatten()
                .map(|(estimate, _)| estimate.interval)
        }
        _ => None,
    }
}

/// Judges the authorities of `group`.
pub(super) fn judge(groups: &Groups<'_>, group: usize, depth: Depth) -> Judged {
    let kind = groups.kind(group);
    let rows = groups.rows(group);
    let values: Vec<Option<f64>> =
        rows.iter().map(|&row| Some(groups.value(row)).filter(|value| value.is_finite())).collect();
    let ranked = rank(&values, kind.polarity, Ties::Min);
    let mut judged = Judged {
        ranks: ranked.ranks.iter().map(|rank| rank.map_or(0, |rank| rank as u16)).collect(),
        of: u16::try_from(ranked.of).unwrap_or(u16::MAX),
        intervals: Vec::new(),
        rank_intervals: Vec::new(),
        bands: Vec::new(),
        certain: Vec::new(),
        places: Vec::new(),
    };
    if depth == Depth::Full {
        add_detail(&mut judged, groups, group, kind, &values);
    }
    judged
}

fn add_detail(judged: &mut Judged, groups: &Groups<'_>, group: usize, kind: Kind, values: &[Option<f64>]) {
    let counts: Vec<Option<(f64, f64)>> = groups.rows(group).iter().map(|&row| groups.counts(row)).collect();
    judged.intervals = counts.iter().map(|counts| interval(kind, *counts)).collect();
    let errors: Vec<Option<f64>> = judged
        .intervals
        .iter()
        .map(|interval| interval.map(|interval| interval.standard_error(Confidence::P95)))
        .collect();
    judged.rank_intervals = if errors.iter().any(Option::is_some) {
        rank_intervals(values, &errors, Confidence::P95, Correction::Holm, kind.polarity)
    } else {
        vec![None; values.len()]
    };
    let bounds = quartile::quartile_bounds(values);
    judged.bands = values
        .iter()
        .map(|value| match quartile::quartile_band(*value, &bounds, kind.polarity) {
            banding @ Banding::Band(_) => banding.label().unwrap_or_default(),
            _ => "",
        })
        .collect();
    let of = usize::from(judged.of);
    judged.certain = judged
        .rank_intervals
        .iter()
        .map(|interval| interval.map(|interval| quartile::band_is_certain(interval, of, kind.polarity)))
        .collect();
    let funnel = match kind.unit {
        Unit::Percent => Funnel::of_proportions(&counts),
        Unit::RatePer1000 | Unit::RatePer10000 | Unit::RatePer100000 => Funnel::of_rates(&counts),
        _ => None,
    };
    judged.places = counts
        .iter()
        .map(|counts| funnel.as_ref().zip(*counts).and_then(|(funnel, (top, bottom))| funnel.place(top, bottom)))
        .collect();
}

/// The word for an area's interval against a comparator's value: beyond chance, or similar; empty where it cannot be said.
pub(super) fn beyond_chance(
    kind: Kind,
    value: f64,
    interval: Option<Interval>,
    counts: Option<(f64, f64)>,
    comparator: f64,
) -> &'static str {
    if interval.is_none() || !comparator.is_finite() || !value.is_finite() {
        return "";
    }
    let area = benchmark::Figure { value: Some(value), p95: interval, ..Default::default() };
    let against = benchmark::Figure { value: Some(comparator), ..Default::default() };
    let wording = cohort::wording(counts.map(|(_, bottom)| bottom), kind.minimum, kind.polarity);
    match benchmark::compare(benchmark::Comparer::SingleInterval, &area, &against, wording) {
        benchmark::Outcome::None => "small cohort",
        outcome => outcome.label(),
    }
}

/// The word for a place in the funnel.
pub(super) fn unusual(place: Option<Place>) -> &'static str {
    match place {
        None => "",
        Some(Place::FarBelow) => "far below",
        Some(Place::Below) => "below",
        Some(Place::Within) => "within",
        Some(Place::Above) => "above",
        Some(Place::FarAbove) => "far above",
    }
}

/// The trend of an authority's unbroken years, in words by polarity; empty below five years.
pub(super) fn trend(groups: &Groups<'_>, series: &[usize], place: usize, polarity: Polarity) -> String {
    if series.len() < 5 {
        return String::new();
    }
    let points: Vec<TrendPoint> = series[series.len() - 5..]
        .iter()
        .zip(0..)
        .map(|(&group, year)| {
            let row = groups.rows(group)[place];
            let counts = groups.counts(row);
            TrendPoint {
                year,
                value: Some(groups.value(row)).filter(|value| value.is_finite()),
                p95: interval(groups.kind(group), counts),
                count: counts.map(|counts| counts.0),
                denominator: counts.map(|counts| counts.1),
            }
        })
        .collect();
    let percent = series.last().is_some_and(|&group| groups.kind(group).unit == Unit::Percent);
    let trend = if percent { proportion_trend(&points) } else { weighted_trend(&points) };
    match trend.marker {
        Marker::CannotBeCalculated => String::new(),
        marker => marker.worded(polarity),
    }
}
