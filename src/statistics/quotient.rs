//! A figure that is one count over another: a share of a whole, or a rate per so many. One rule for the interval of
//! such a figure and one for the difference of two, for every command that says how certain something is.
//!
//! In: counts above and below the line. Out: intervals and differences in the unit of the figure (points, per 10,000).
//! Methods: Wilson and Newcombe's hybrid score for shares; exact or Byar's limits and square-and-add for rates.

use super::difference::{Ratio, rate_difference, two_proportions};
use super::{Confidence, Estimate, Interval, count, proportion};

/// What a figure is a quotient of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Quotient {
    /// A part of a whole, times 100 for per cent.
    Share(f64),
    /// Events per so many.
    Rate(f64),
}

impl Quotient {
    /// The 95% interval of a figure made of `counts`; none where they cannot be one.
    pub fn interval(self, counts: Ratio) -> Option<Interval> {
        match self {
            Quotient::Share(whole) => {
                proportion::wilson(counts.x, counts.n, Confidence::P95.z()).map(|share| share.scaled(whole))
            }
            Quotient::Rate(per) => {
                let rate = count::rate(Some(counts.x), Some(counts.n), Confidence::P95, per);
                rate.ok().flatten().map(|(estimate, _)| estimate.interval)
            }
        }
    }

    /// The first figure less the second, with its 95% interval; none where the counts cannot be such a figure.
    pub fn difference(self, first: Ratio, second: Ratio) -> Option<Estimate> {
        let (found, times) = match self {
            Quotient::Share(whole) => (two_proportions(first, second, Confidence::P95)?.difference, whole),
            Quotient::Rate(per) => (rate_difference(first, second, Confidence::P95)?, per),
        };
        Some(Estimate { value: found.value * times, interval: found.interval.scaled(times) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_has_the_unit_of_its_figures() {
        let (now, before) = (Ratio { x: 56.0, n: 70.0 }, Ratio { x: 48.0, n: 80.0 });
        // Newcombe 1998, table II, example a, method 10: 0.0524 to 0.3339.
        let points = Quotient::Share(100.0).difference(now, before).expect("proportions");
        assert!((points.value - 20.0).abs() < 1e-9);
        assert!((points.interval.lower - 5.24).abs() < 0.005 && (points.interval.upper - 33.39).abs() < 0.005);
        let rate = Quotient::Rate(1_000.0).difference(now, before).expect("rates");
        assert!((rate.value - 200.0).abs() < 1e-9 && rate.interval.contains(rate.value));
        assert_eq!(Quotient::Share(100.0).difference(Ratio { x: 3.0, n: 2.0 }, before), None);
        assert_eq!(Quotient::Rate(1.0).interval(Ratio { x: 3.0, n: 0.0 }), None);
    }
}
