//! LAIT's quartile bands, A best to D, and whether a band is certain.
//!
//! In: the latest values of all open authorities. Out: five bounds, a band an area.
//! Why: bands are what readers know from the Local Authority Interactive Tool. The bounds are type 7; ties go by
//! polarity (a value on a bound falls on its lower side), so mirrored measures agree except exactly on a bound.
//! Source: DfE LAIT `fn_analysis.R`. Never round before banding.

use super::quantile::percentile;
use super::rank_interval::RankInterval;
use super::{Polarity, sorted_present};

/// A quartile band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Band {
    /// Best quarter.
    A,
    /// Second quarter.
    B,
    /// Third quarter.
    C,
    /// Worst quarter.
    D,
}

/// What LAIT prints in the band column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Banding {
    /// A band.
    Band(Band),
    /// No polarity, so no band: printed as a dash.
    Unranked,
    /// No value.
    Missing,
    /// Outside the bounds, or a needed bound is missing.
    Error,
}

impl Banding {
    /// The text LAIT prints; `None` where the value is missing.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Band(Band::A) => Some("A"),
            Self::Band(Band::B) => Some("B"),
            Self::Band(Band::C) => Some("C"),
            Self::Band(Band::D) => Some("D"),
            Self::Unranked => Some("-"),
            Self::Missing => None,
            Self::Error => Some("Error"),
        }
    }
}

/// Minimum, lower quartile, median, upper quartile and maximum (type 7), missing left out; all `None` for no values.
pub fn quartile_bounds(values: &[Option<f64>]) -> [Option<f64>; 5] {
    let sorted = sorted_present(values);
    [0.0, 0.25, 0.5, 0.75, 1.0].map(|f| percentile(&sorted, f))
}

/// The band of one value: [min, Q1], (Q1, Q2], (Q2, Q3], (Q3, max], A to D for low polarity, D to A for high.
pub fn quartile_band(value: Option<f64>, bounds: &[Option<f64>; 5], polarity: Polarity) -> Banding {
    if polarity == Polarity::None {
        return Banding::Unranked;
    }
    let Some(value) = value else {
        return Banding::Missing;
    };
    let above = |k: usize| bounds[k].is_some_and(|b| if k == 0 { value >= b } else { value > b });
    let within = |k: usize| above(k) && bounds[k + 1].is_some_and(|b| value <= b);
    (0..4).find(|&k| within(k)).map_or(Banding::Error, |k| Banding::Band(band_at(k, polarity)))
}

fn band_at(quarter: usize, polarity: Polarity) -> Band {
    let from_best = if polarity == Polarity::High { 3 - quarter.min(3) } else { quarter };
    match from_best {
        0 => Band::A,
        1 => Band::B,
        2 => Band::C,
        _ => Band::D,
    }
}

/// The band that a rank falls in among `of` areas without ties; `None` without polarity or for a rank out of range.
pub fn band_of_rank(rank: usize, of: usize, polarity: Polarity) -> Option<Band> {
    if polarity == Polarity::None || rank == 0 || rank > of {
        return None;
    }
    let ascending = if polarity == Polarity::High { of - rank } else { rank - 1 };
    let quarter = (0..4).find(|k| 4 * ascending <= (k + 1) * (of - 1)).unwrap_or(3);
    Some(band_at(quarter, polarity))
}

/// Whether every rank in the area's rank interval falls in the same band.
pub fn band_is_certain(interval: RankInterval, of: usize, polarity: Polarity) -> bool {
    let band = |rank: usize| band_of_rank(rank, of, polarity);
    band(interval.low).is_some() && band(interval.low) == band(interval.high)
}
