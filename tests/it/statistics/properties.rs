//! Properties: what must hold whatever the figures are.

use abreast::statistics::average::{mean_of, median_of, pooled};
use abreast::statistics::benchmark::{ComparedValue, Comparer, Outcome, Wording, compare};
use abreast::statistics::confidence::{normal_cdf, two_sided_p};
use abreast::statistics::count::rate;
use abreast::statistics::difference::{Ratio, two_proportions, two_rates};
use abreast::statistics::mean::mean_interval;
use abreast::statistics::proportion::proportion;
use abreast::statistics::quantile::phe_quantiles;
use abreast::statistics::quartile::{Band, Banding, quartile_band, quartile_bounds};
use abreast::statistics::rank::{Ties, rank};
use abreast::statistics::rank_distribution::rank_distribution;
use abreast::statistics::rank_interval::{Correction, RankInterval, rank_intervals, rejections};
use abreast::statistics::unusual::Funnel;
use abreast::statistics::{Confidence, Interval, Polarity};
use proptest::prelude::*;

type Values = Vec<Option<f64>>;

/// Values to one decimal, so that ties are common, some missing.
fn values() -> impl Strategy<Value = Values> {
    prop::collection::vec(prop::option::weighted(0.85, (-300..900_i32).prop_map(|v| f64::from(v) / 10.0)), 1..40)
}

/// Values with standard errors, in a shuffled order given as keys.
fn shuffled() -> impl Strategy<Value = (Values, Values, Vec<usize>)> {
    values().prop_flat_map(|v| {
        let n = v.len();
        let errors = prop::collection::vec(0.1..8.0_f64, n).prop_map(|e| e.into_iter().map(Some).collect());
        (Just(v), errors, Just((0..n).collect::<Vec<_>>()).prop_shuffle())
    })
}

fn polarity() -> impl Strategy<Value = Polarity> {
    prop_oneof![Just(Polarity::High), Just(Polarity::Low)]
}

fn confidence() -> impl Strategy<Value = Confidence> {
    prop_oneof![Just(Confidence::P95), Just(Confidence::P998)]
}

fn reordered<T: Clone>(items: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|i| items[*i].clone()).collect()
}

fn bands(values: &[Option<f64>], polarity: Polarity) -> Vec<Banding> {
    let bounds = quartile_bounds(values);
    values.iter().map(|v| quartile_band(*v, &bounds, polarity)).collect()
}

fn intervals(values: &[Option<f64>], errors: &[Option<f64>], polarity: Polarity) -> Vec<Option<RankInterval>> {
    rank_intervals(values, errors, Confidence::P95, Correction::Holm, polarity)
}

/// The plain definition of a rank: one more than the number strictly better.
fn plain_ranks(values: &[Option<f64>], polarity: Polarity) -> Vec<Option<f64>> {
    let better = |a: f64, b: f64| {
        if polarity == Polarity::High { a > b } else { a < b }
    };
    let of = |v: f64| 1.0 + values.iter().flatten().filter(|o| better(**o, v)).count() as f64;
    values.iter().map(|v| v.map(of)).collect()
}

/// Pairwise intervals from p-values, one area at a time, sharing no code with the counting in the library.
fn plain_intervals(values: &[f64], errors: &[f64], correction: Correction) -> Vec<RankInterval> {
    let n = values.len();
    let z = |i: usize, j: usize| (values[j] - values[i]) / errors[i].hypot(errors[j]);
    let one = |i: usize| {
        let others: Vec<usize> = (0..n).filter(|j| *j != i).collect();
        let p: Vec<f64> = others.iter().map(|j| two_sided_p(z(i, *j))).collect();
        let rejected = rejections(&p, 0.05, correction);
        let count = |sign: f64| others.iter().zip(&rejected).filter(|(j, r)| **r && z(i, **j) * sign > 0.0).count();
        RankInterval { low: 1 + count(1.0), high: n - count(-1.0) }
    };
    (0..n).map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn ranks_are_the_plain_ones(values in values(), polarity in polarity()) {
        prop_assert_eq!(rank(&values, polarity, Ties::Min).ranks, plain_ranks(&values, polarity));
    }

    #[test]
    fn phe_groups_are_the_plain_ones(values in values(), groups in 1..11_usize) {
        let n = values.iter().flatten().count();
        let ranks = plain_ranks(&values, Polarity::High);
        // (q + 1) - ceil((N + 1 - r) q / N), the ceiling counted out.
        let of = |r: f64| groups + 1 - (0..groups).filter(|k| k * n < (n + 1 - r as usize) * groups).count();
        let expected: Vec<Option<usize>> = ranks.iter().map(|r| r.filter(|_| n >= groups).map(of)).collect();
        prop_assert_eq!(phe_quantiles(&values, groups, true), expected);
    }

    #[test]
    fn an_area_without_data_changes_nobody((values, errors, _) in shuffled(), polarity in polarity(), at in 0..40_usize) {
        let at = at.min(values.len());
        let (mut more, mut more_errors) = (values.clone(), errors.clone());
        more.insert(at, None);
        more_errors.insert(at, None);
        let without = |mut ranks: Vec<Option<f64>>| { ranks.remove(at); ranks };
        prop_assert_eq!(without(rank(&more, polarity, Ties::Min).ranks), rank(&values, polarity, Ties::Min).ranks);
        prop_assert_eq!(rank(&more, polarity, Ties::Min).of, rank(&values, polarity, Ties::Min).of);
        prop_assert_eq!(quartile_bounds(&more), quartile_bounds(&values));
        let mut found = intervals(&more, &more_errors, polarity);
        found.remove(at);
        prop_assert_eq!(found, intervals(&values, &errors, polarity));
        let mut groups = phe_quantiles(&more, 4, true);
        groups.remove(at);
        prop_assert_eq!(groups, phe_quantiles(&values, 4, true));
    }

    #[test]
    fn relabelling_permutes_and_order_never_matters((values, errors, order) in shuffled(), polarity in polarity()) {
        let (mixed, mixed_errors) = (reordered(&values, &order), reordered(&errors, &order));
        prop_assert_eq!(rank(&mixed, polarity, Ties::Min).ranks, reordered(&rank(&values, polarity, Ties::Min).ranks, &order));
        prop_assert_eq!(bands(&mixed, polarity), reordered(&bands(&values, polarity), &order));
        prop_assert_eq!(phe_quantiles(&mixed, 5, true), reordered(&phe_quantiles(&values, 5, true), &order));
        let found = intervals(&mixed, &mixed_errors, polarity);
        prop_assert_eq!(found, reordered(&intervals(&values, &errors, polarity), &order));
        prop_assert_eq!(mean_of(&mixed), mean_of(&values));
        prop_assert_eq!(median_of(&mixed), median_of(&values));
    }

    #[test]
    fn counts_pool_the_same_in_any_order(pairs in prop::collection::vec((0..500_u32, 500..5000_u32), 2..30)) {
        let numbers = |pairs: &[(u32, u32)]| -> (Values, Values) {
            pairs.iter().map(|(x, n)| (Some(f64::from(*x)), Some(f64::from(*n)))).unzip()
        };
        let mut back = pairs.clone();
        back.reverse();
        let ((x, n), (y, m)) = (numbers(&pairs), numbers(&back));
        prop_assert_eq!(pooled(&x, &n, 100.0), pooled(&y, &m, 100.0));
        let areas = |x: &Values, n: &Values| x.iter().zip(n).map(|(x, n)| x.zip(*n)).collect::<Vec<_>>();
        let (a, b) = (Funnel::of_proportions(&areas(&x, &n)), Funnel::of_proportions(&areas(&y, &m)));
        let (a, b) = (a.expect("a set"), b.expect("a set"));
        prop_assert!((a.dispersion.phi - b.dispersion.phi).abs() <= 1e-9 * a.dispersion.phi.max(1.0));
        prop_assert!(a.limits(100.0).expect("limits").p95.contains(a.average));
    }

    #[test]
    fn mirrored_polarity_mirrors_ranks_intervals_and_bands((values, errors, _) in shuffled(), polarity in polarity()) {
        let minus: Values = values.iter().map(|v| v.map(|v| -v)).collect();
        let other = polarity.mirrored();
        prop_assert_eq!(rank(&values, polarity, Ties::Min), rank(&minus, other, Ties::Min));
        prop_assert_eq!(intervals(&values, &errors, polarity), intervals(&minus, &errors, other));
        let bounds = quartile_bounds(&values);
        for (i, (a, b)) in bands(&values, polarity).into_iter().zip(bands(&minus, other)).enumerate() {
            let on_a_bound = values[i].is_some_and(|v| bounds.iter().flatten().any(|b| (v - b).abs() < 1e-9));
            prop_assert!(a == b || on_a_bound, "{:?} {:?} {:?}", values[i], a, b);
        }
        let flipped = |b| match b {
            Banding::Band(Band::A) => Banding::Band(Band::D),
            Banding::Band(Band::B) => Banding::Band(Band::C),
            Banding::Band(Band::C) => Banding::Band(Band::B),
            Banding::Band(Band::D) => Banding::Band(Band::A),
            other => other,
        };
        let turned: Vec<Banding> = bands(&values, other).into_iter().map(flipped).collect();
        prop_assert_eq!(bands(&values, polarity), turned);
    }

    #[test]
    fn mirrored_polarity_mirrors_words(value in 0.0..100.0_f64, half in 0.1..20.0_f64, england in 0.0..100.0_f64) {
        let figure = ComparedValue { value: Some(value), p95: Some(Interval { lower: value - half, upper: value + half }), ..ComparedValue::default() };
        let benchmark = ComparedValue { value: Some(england), ..ComparedValue::default() };
        let said = |p| compare(Comparer::SingleInterval, &figure, &benchmark, Wording::By(p));
        let pair = (said(Polarity::High), said(Polarity::Low), said(Polarity::None));
        let consistent = [
            (Outcome::Better, Outcome::Worse, Outcome::Higher),
            (Outcome::Worse, Outcome::Better, Outcome::Lower),
            (Outcome::Similar, Outcome::Similar, Outcome::Similar),
        ];
        prop_assert!(consistent.contains(&pair), "{:?}", pair);
    }

    #[test]
    fn intervals_contain_the_estimate(x in 0..2000_u32, extra in 0..3000_u32, y in 0..2000_u32, more in 0..3000_u32, c in confidence()) {
        let (x, n) = (f64::from(x), f64::from(x + extra.max(1)));
        let (y, m) = (f64::from(y), f64::from(y + more.max(1)));
        let p = proportion(Some(x), Some(n), c, 100.0).expect("valid").expect("present");
        prop_assert!(p.interval.contains(p.value) && p.interval.lower >= 0.0 && p.interval.upper <= 100.0);
        let (r, _) = rate(Some(x), Some(n), c, 1000.0).expect("valid").expect("present");
        prop_assert!(r.interval.contains(r.value) && r.interval.standard_error(c) > 0.0);
        let (a, b) = (Ratio { x, n }, Ratio { x: y, n: m });
        let d = two_proportions(a, b, c).expect("proportions").difference;
        prop_assert!(d.interval.contains(d.value) && d.interval.lower >= -1.0 - 1e-12 && d.interval.upper <= 1.0 + 1e-12);
        let rates = two_rates(a, b, c).expect("rates");
        prop_assert!(rates.difference.interval.contains(rates.difference.value));
        prop_assert!(rates.ratio.is_none_or(|r| r.interval.contains(r.value)));
        prop_assert!(rates.p_exact.is_some_and(|p| (0.0..=1.0).contains(&p)));
    }

    #[test]
    fn a_mean_lies_in_its_interval(values in prop::collection::vec(-50.0..50.0_f64, 2..30), c in confidence()) {
        let m = mean_interval(&values, c).expect("values");
        prop_assert!(m.interval.expect("two values").contains(m.mean));
    }

    #[test]
    fn wider_confidence_is_a_wider_interval(x in 0..400_u32, rest in 1..400_u32) {
        let (x, n) = (f64::from(x), f64::from(x + rest));
        let at = |c| proportion(Some(x), Some(n), c, 1.0).expect("valid").expect("present").interval;
        let (narrow, wide) = (at(Confidence::P95), at(Confidence::P998));
        prop_assert!(wide.lower <= narrow.lower && narrow.upper <= wide.upper);
    }

    #[test]
    fn rank_intervals_are_the_plain_ones((values, errors, _) in shuffled()) {
        let (values, errors): (Vec<f64>, Vec<f64>) = values.iter().zip(&errors).filter_map(|(v, e)| v.zip(*e)).unzip();
        let given = |v: &[f64]| v.iter().copied().map(Some).collect::<Values>();
        for correction in [Correction::None, Correction::Bonferroni, Correction::Holm] {
            let found = rank_intervals(&given(&values), &given(&errors), Confidence::P95, correction, Polarity::High);
            let found: Vec<RankInterval> = found.into_iter().flatten().collect();
            prop_assert_eq!(found, plain_intervals(&values, &errors, correction));
        }
    }

    #[test]
    fn rank_intervals_contain_the_rank((values, errors, _) in shuffled(), polarity in polarity()) {
        let ranks = rank(&values, polarity, Ties::Min);
        for (interval, rank) in intervals(&values, &errors, polarity).into_iter().zip(&ranks.ranks) {
            let fits = match (interval, rank) {
                (Some(i), Some(r)) => i.low as f64 <= *r && *r <= i.high as f64 && i.high <= ranks.of,
                (None, None) => true,
                _ => false,
            };
            prop_assert!(fits, "{:?} {:?}", interval, rank);
        }
    }

    #[test]
    fn expected_ranks_are_sums_of_pairwise_chances(areas in prop::collection::vec((0.0..100.0_f64, 0.05..15.0_f64), 2..12)) {
        let (estimates, errors): (Vec<f64>, Vec<f64>) = areas.iter().copied().unzip();
        for i in 0..areas.len() {
            let better = |j: usize| normal_cdf((estimates[j] - estimates[i]) / errors[i].hypot(errors[j]));
            let expected = 1.0 + (0..areas.len()).filter(|j| *j != i).map(better).sum::<f64>();
            let found = rank_distribution(&estimates, &errors, i, Polarity::High).expect("defined");
            prop_assert!((found.mean() - expected).abs() < 1e-6, "{} {}", found.mean(), expected);
        }
    }
}
