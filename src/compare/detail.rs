//! The second layer of a group: intervals, rank intervals, bands, places in the funnel and trends, by place.
//!
//! Every method is in `statistics`; here they are given the right authorities.

use super::change::Changes;
use super::groups::Groups;
use super::ranking::{Ranking, interval};
use super::{Subject, words};
use crate::pipeline::Unit;
use crate::statistics::benchmark::Outcome;
use crate::statistics::quantile::percentile;
use crate::statistics::quartile::{self, Band, Banding};
use crate::statistics::rank_interval::{Correction, rank_intervals};
use crate::statistics::trend::{Marker, TREND_POINTS, TrendPoint, proportion_trend, weighted_trend};
use crate::statistics::unusual::Funnel;
use crate::statistics::{Confidence, Interval, benchmark, cohort};

/// The intervals of every figure of the groups that are worked out in full.
pub(super) struct Intervals {
    slots: Vec<Option<u32>>,
    width: usize,
    all: Vec<Option<Interval>>,
}

impl Intervals {
    /// The intervals of the groups for which `wanted` says so.
    pub fn of(groups: &Groups<'_>, wanted: impl Fn(usize) -> bool) -> Intervals {
        let width = groups.authorities.len();
        let mut intervals = Intervals { slots: vec![None; groups.keys.len()], width, all: Vec::new() };
        for group in (0..groups.keys.len()).filter(|&group| wanted(group)) {
            let subject = groups.subject(group);
            intervals.slots[group] = u32::try_from(intervals.all.len() / width.max(1)).ok();
            intervals.all.extend(groups.rows(group).iter().map(|&row| interval(subject, groups.counts(row))));
        }
        intervals
    }

    /// The intervals of `group`, by place; none where they were not wanted.
    pub fn group(&self, group: usize) -> &[Option<Interval>] {
        match self.slots[group] {
            Some(slot) => &self.all[slot as usize * self.width..(slot as usize + 1) * self.width],
            None => &[],
        }
    }
}

/// The second layer of one group, by place; codes as in `words`.
#[derive(Default)]
pub(super) struct Detail {
    pub counts: Vec<Option<(f64, f64)>>,
    /// The smallest difference that matters.
    pub matters: f64,
    pub rank_lower: Vec<u16>,
    pub rank_upper: Vec<u16>,
    pub bands: Vec<u8>,
    pub certain: Vec<u8>,
    pub unusual: Vec<u8>,
    pub trends: Vec<u8>,
}

impl Detail {
    /// Works out the detail of `group`.
    pub fn work_out(
        &mut self,
        groups: &Groups<'_>,
        group: usize,
        judged: &Ranking,
        intervals: &Intervals,
        changes: &Changes,
    ) {
        let subject = groups.subject(group);
        self.counts.clear();
        self.counts.extend(groups.rows(group).iter().map(|&row| groups.counts(row)));
        self.rank_and_band(subject, judged, intervals.group(group));
        let funnel = match subject.unit {
            Unit::Percent | Unit::Per100 => Funnel::of_proportions(&self.counts),
            Unit::RatePer1000 | Unit::RatePer10000 | Unit::RatePer100000 => Funnel::of_rates(&self.counts),
            _ => None,
        };
        let place = |counts: &Option<(f64, f64)>| {
            words::unusual(funnel.as_ref().zip(*counts).and_then(|(funnel, (top, bottom))| funnel.place(top, bottom)))
        };
        self.unusual.clear();
        self.unusual.extend(self.counts.iter().map(place));
        self.find_trends(groups, group, intervals, changes);
    }

    fn rank_and_band(&mut self, subject: Subject, judged: &Ranking, intervals: &[Option<Interval>]) {
        let values: Vec<Option<f64>> =
            judged.ranked.iter().map(|&value| Some(value).filter(|value| value.is_finite())).collect();
        let ranks = ranges(&values, intervals, subject);
        let bounds = quartile::quartile_bounds(&values);
        self.matters = smallest(subject, &judged.values);
        let of = usize::from(judged.of);
        for buffer in [&mut self.rank_lower, &mut self.rank_upper] {
            buffer.clear();
        }
        self.bands.clear();
        self.certain.clear();
        for (place, (value, interval)) in values.iter().zip(&ranks).enumerate() {
            self.rank_lower.push(interval.map_or(0, |interval| interval.low as u16));
            self.rank_upper.push(interval.map_or(0, |interval| interval.high as u16));
            self.bands.push(match quartile::quartile_band(*value, &bounds, subject.polarity) {
                // Whoever shares the first place is in the best quarter, however many they are.
                Banding::Band(_) if judged.ranks[place] == 1 => 1,
                Banding::Band(Band::A) => 1,
                Banding::Band(Band::B) => 2,
                Banding::Band(Band::C) => 3,
                Banding::Band(Band::D) => 4,
                _ => 0,
            });
            let certain = interval.map(|interval| quartile::band_is_certain(interval, of, subject.polarity));
            self.certain.push(certain.map_or(0, |certain| 1 + u8::from(certain)));
        }
    }

    fn find_trends(&mut self, groups: &Groups<'_>, group: usize, intervals: &Intervals, changes: &Changes) {
        self.trends.clear();
        self.trends.resize(self.counts.len(), 0);
        let mut years: Vec<usize> = changes.back(group).take(TREND_POINTS).collect();
        years.reverse();
        let subject = groups.subject(group);
        if years.len() < TREND_POINTS || subject.unit.multiplier().is_none() {
            return;
        }
        for place in 0..self.counts.len() {
            let marker = trend(groups, &years, intervals, place);
            self.trends[place] = words::trend(marker, subject.polarity);
        }
    }
}

/// The places that chance alone could explain, among all that are ranked. Of a figure without an interval no test can tell
/// any other apart: it counts among them, and has no range of its own.
fn ranges(
    values: &[Option<f64>],
    intervals: &[Option<Interval>],
    subject: Subject,
) -> Vec<Option<crate::statistics::rank_interval::RankInterval>> {
    let known = |place: usize| intervals.get(place).copied().flatten();
    let error = |place: usize| known(place).map_or(f64::INFINITY, |known| known.standard_error(Confidence::P95));
    let errors: Vec<Option<f64>> =
        values.iter().enumerate().map(|(place, value)| value.map(|_| error(place))).collect();
    let mut ranges = rank_intervals(values, &errors, Confidence::P95, Correction::Holm, subject.polarity);
    for (place, range) in ranges.iter_mut().enumerate() {
        *range = range.filter(|_| known(place).is_some());
    }
    ranges
}

/// The smallest difference that matters: as declared, else a tenth of the distance between the quartiles of the
/// authorities' `values`, NaN for none.
pub(super) fn smallest(subject: Subject, values: &[f64]) -> f64 {
    if let Some(declared) = subject.matters {
        return declared;
    }
    let mut present: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    present.sort_unstable_by(f64::total_cmp);
    let quartile = |share: f64| percentile(&present, share);
    let spread = quartile(0.75).zip(quartile(0.25)).map(|(upper, lower)| upper - lower);
    benchmark::smallest(None, spread).unwrap_or(0.0)
}

/// The trend of an authority over five years.
fn trend(groups: &Groups<'_>, years: &[usize], intervals: &Intervals, place: usize) -> Marker {
    let mut points = [TrendPoint::default(); TREND_POINTS];
    for ((point, &group), year) in points.iter_mut().zip(years).zip(0..) {
        let row = groups.rows(group)[place];
        let (value, counts) = (groups.value(row), groups.counts(row));
        if !value.is_finite() {
            return Marker::CannotBeCalculated;
        }
        *point = TrendPoint {
            year,
            value: Some(value),
            p95: intervals.group(group).get(place).copied().flatten(),
            count: counts.map(|counts| counts.0),
            denominator: counts.map(|counts| counts.1),
        };
    }
    let percent = years.last().is_some_and(|&group| groups.subject(group).unit.is_share());
    if percent { proportion_trend(&points).marker } else { weighted_trend(&points).marker }
}

/// The code of an area's interval against a comparator's value: beyond chance, or similar; 0 where it cannot be said.
/// A difference below `matters` is similar however certain it is.
pub(super) fn beyond_chance(
    subject: Subject,
    matters: f64,
    value: f64,
    interval: Option<Interval>,
    counts: Option<(f64, f64)>,
    comparator: f64,
) -> u8 {
    if interval.is_none() || !comparator.is_finite() || !value.is_finite() {
        return 0;
    }
    let area = benchmark::ComparedValue { value: Some(value), p95: interval, ..Default::default() };
    let against = benchmark::ComparedValue { value: Some(comparator), ..Default::default() };
    let wording = cohort::wording(counts.map(|(_, bottom)| bottom), subject.minimum, subject.polarity);
    let outcome = benchmark::compare(benchmark::Comparer::SingleInterval, &area, &against, wording);
    match outcome {
        Outcome::None => words::beyond(outcome),
        _ if (value - comparator).abs() < matters => words::beyond(Outcome::Similar),
        _ => words::beyond(outcome),
    }
}
