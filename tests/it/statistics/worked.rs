//! Worked values: published ones with their reference, or ones that can be done on paper.

use abreast::statistics::average::{choice_flips, mean_of, median_of, pooled};
use abreast::statistics::benchmark::{ComparedValue, Comparer, Outcome, Wording, compare};
use abreast::statistics::cochran_armitage::cochran_armitage;
use abreast::statistics::cohort::{MINIMUM_DENOMINATOR, is_comparable, points_per_person, wording};
use abreast::statistics::confidence::{chi_squared_quantile, t_quantile};
use abreast::statistics::control_chart::{PointLabel, xmr_labels, xmr_limits};
use abreast::statistics::count::{CountMethod, count_limits, exact_poisson, rate};
use abreast::statistics::difference::{Ratio, two_proportions, two_rates};
use abreast::statistics::dispersion::spread;
use abreast::statistics::funnel::proportion_limits;
use abreast::statistics::kendall::kendall;
use abreast::statistics::neighbours::distances;
use abreast::statistics::overdispersion::{Scale, dispersion};
use abreast::statistics::proportion::{proportion, wilson};
use abreast::statistics::quantile::{percentile, phe_quantiles};
use abreast::statistics::quartile::{Band, Banding, band_is_certain, band_of_rank, quartile_band, quartile_bounds};
use abreast::statistics::quotient::Quotient;
use abreast::statistics::rank::{Ties, rank};
use abreast::statistics::rank_distribution::rank_distribution;
use abreast::statistics::rank_interval::{Correction, RankInterval, rank_intervals, rejections};
use abreast::statistics::rounding::{round_half_up, round_to_nearest};
use abreast::statistics::target::{Aim, Target, TargetStatus, Travel, judge, travel};
use abreast::statistics::trend::{Marker, TrendPoint, proportion_trend, two_points, weighted_trend};
use abreast::statistics::unusual::{Funnel, Place};
use abreast::statistics::{Confidence, InputError, Interval, Polarity};

const P95: Confidence = Confidence::P95;

fn near(got: f64, expected: f64, tolerance: f64) {
    assert!((got - expected).abs() <= tolerance, "expected {expected}, got {got}");
}

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

#[test]
fn the_fixed_confidence_levels_are_the_computed_ones() {
    for (fixed, level) in [(Confidence::P95, 0.95), (Confidence::P998, 99.8)] {
        near(Confidence::new(level).expect("valid").z(), fixed.z(), 1e-13);
    }
    assert_eq!(Confidence::new(50.0), Err(InputError::Confidence(50.0)));
    assert!(Confidence::new(0.5).is_err() && Confidence::new(f64::NAN).is_err() && Confidence::new(100.1).is_err());
}

#[test]
fn quantiles_of_printed_tables() {
    // Pearson & Hartley, Biometrika Tables for Statisticians.
    near(chi_squared_quantile(0.95, 1.0).expect("defined"), 3.841_46, 1e-5);
    near(chi_squared_quantile(0.025, 10.0).expect("defined"), 3.246_97, 1e-5);
    near(t_quantile(P95, 9.0).expect("defined"), 2.262_16, 1e-5);
    assert_eq!(chi_squared_quantile(0.5, 0.0), Some(0.0));
    assert_eq!(chi_squared_quantile(1.5, 2.0), None);
}

#[test]
fn wilson_intervals_of_newcombe_1998_table_i() {
    for (x, n, lower, upper) in [
        (81.0, 263.0, 0.2553, 0.3662),
        (15.0, 148.0, 0.0624, 0.1605),
        (0.0, 20.0, 0.0, 0.1611),
        (1.0, 29.0, 0.0061, 0.1718),
    ] {
        let i = wilson(x, n, P95.z()).expect("a proportion");
        near(i.lower, lower, 5e-5);
        near(i.upper, upper, 5e-5);
    }
}

#[test]
fn birmingham_2024_within_20_weeks() {
    let e = proportion(Some(344.0), Some(1290.0), P95, 100.0).expect("valid").expect("present");
    assert_eq!(round_half_up(e.value, 1), 26.7);
    assert!(e.interval.lower > 24.2 && e.interval.upper < 29.2);
}

#[test]
fn proportions_that_are_missing_or_impossible() {
    assert_eq!(proportion(None, Some(10.0), P95, 1.0), Ok(None));
    assert_eq!(proportion(Some(11.0), Some(10.0), P95, 1.0), Err(InputError::AboveWhole(11.0, 10.0)));
    assert_eq!(proportion(Some(0.0), Some(0.0), P95, 1.0), Err(InputError::Denominator(0.0)));
    assert_eq!(proportion(Some(-1.0), Some(5.0), P95, 1.0), Err(InputError::Numerator(-1.0)));
    assert!(proportion(Some(f64::NAN), Some(5.0), P95, 1.0).is_err());
    let none = wilson(0.0, 12.0, P95.z()).expect("a proportion");
    let all = wilson(12.0, 12.0, P95.z()).expect("a proportion");
    assert_eq!((none.lower, all.upper), (0.0, 1.0));
}

#[test]
fn garwood_limits_and_the_switch_at_ten() {
    // Garwood 1936; Breslow & Day 1987, table 2.11.
    for (count, lower, upper) in [(0.0, 0.0, 3.689), (1.0, 0.0253, 5.572), (5.0, 1.623, 11.668), (9.0, 4.115, 17.085)] {
        let i = exact_poisson(count, P95).expect("a count");
        near(i.lower, lower, 5e-4);
        near(i.upper, upper, 5e-4);
    }
    assert_eq!(count_limits(9.999, P95).map(|l| l.1), Some(CountMethod::Exact));
    let (ten, method) = count_limits(10.0, P95).expect("a count");
    assert_eq!(method, CountMethod::Byars);
    near(ten.lower, 4.7874, 5e-5);
    // 11 (1 - 1/99 + 1.959964 / (3 sqrt 11))^3
    near(ten.upper, 18.3915, 5e-5);
    let (more, _) = rate(Some(250.0), Some(220.0), P95, 1000.0).expect("valid").expect("present");
    near(more.value, 1136.364, 1e-3);
}

#[test]
fn newcombe_differences() {
    // Newcombe 1998, Stat Med 17:873, table II, method 10.
    for (a, b, lower, upper) in [
        ((56.0, 70.0), (48.0, 80.0), 0.0524, 0.3339),
        ((9.0, 10.0), (3.0, 10.0), 0.1705, 0.8090),
        ((10.0, 10.0), (0.0, 20.0), 0.6791, 1.0),
    ] {
        let d = two_proportions(Ratio { x: a.0, n: a.1 }, Ratio { x: b.0, n: b.1 }, P95).expect("proportions");
        near(d.difference.interval.lower, lower, 5e-5);
        near(d.difference.interval.upper, upper, 5e-5);
    }
    let gap =
        Quotient::Share(100.0).difference(Ratio { x: 30.0, n: 40.0 }, Ratio { x: 10.0, n: 40.0 }).expect("proportions");
    near(gap.value, 50.0, 1e-12);
    assert!(gap.interval.contains(50.0) && !gap.interval.contains(0.0));
}

#[test]
fn two_equal_rates_do_not_differ() {
    let r = Ratio { x: 10.0, n: 600.0 };
    let d = two_rates(r, r, P95).expect("rates");
    assert_eq!((d.difference.value, d.p_exact), (0.0, Some(1.0)));
    assert_eq!(two_rates(Ratio { x: 0.0, n: 10.0 }, r, P95).expect("rates").ratio, None);
}

#[test]
fn funnel_conventions_differ_and_are_named() {
    let phe = proportion_limits(1000.0, 0.05, 100.0).expect("limits").p95;
    near(phe.lower, 3.649, 5e-4);
    near(phe.upper, 6.351, 5e-4);
    let fingertips = wilson(50.0, 1000.0, 1.96).expect("limits").scaled(100.0);
    near(fingertips.lower, 3.813, 5e-4);
    near(fingertips.upper, 6.531, 5e-4);
}

#[test]
fn dispersion_of_two_areas_on_paper() {
    let z = 20.0 * (0.4_f64.sqrt().asin() - 0.5_f64.sqrt().asin());
    let d = dispersion(&[40.0, 60.0], &[100.0, 100.0], Scale::Proportion, 0.0).expect("a set");
    near(d.phi, z * z, 1e-9);
    // w = 400 each: (2 phi - 1) / (800 - 320000 / 800)
    near(d.tau2, (2.0 * z * z - 1.0) / 400.0, 1e-9);
}

#[test]
fn the_funnel_of_two_areas_on_paper() {
    // Winsorising two z-scores -z and z at the tenth pulls them in to -0.8 z and 0.8 z.
    let z = 20.0 * (0.6_f64.sqrt().asin() - 0.5_f64.sqrt().asin());
    let funnel = Funnel::of_proportions(&[Some((40.0, 100.0)), Some((60.0, 100.0))]).expect("a set");
    near(funnel.dispersion.phi, 0.64 * z * z, 1e-9);
    let half = P95.z() * (1.0 / 400.0 + (1.28 * z * z - 1.0) / 400.0).sqrt();
    let limits = funnel.limits(100.0).expect("limits").p95;
    near(limits.upper, 0.5 + 0.5 * (2.0 * half).sin(), 1e-9);
    near(limits.lower, 0.5 - 0.5 * (2.0 * half).sin(), 1e-9);
    // Rates 0.1 on average, no spread: limits (1 -/+ z / (2 sqrt 100))^2 of 0.1 at 100 expected events.
    let rates = Funnel::of_rates(&[Some((100.0, 1000.0)), Some((200.0, 2000.0))]).expect("a set");
    let limits = rates.limits(1000.0).expect("limits").p95;
    near(limits.upper, 0.1 * (1.0 + P95.z() / 20.0).powi(2), 1e-12);
    near(limits.lower, 0.1 * (1.0 - P95.z() / 20.0).powi(2), 1e-12);
}

#[test]
fn overdispersed_funnels_call_fewer_areas_unusual() {
    let shares = [0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.98];
    let areas: Vec<Option<(f64, f64)>> = shares.iter().map(|s| Some((s * 1000.0, 1000.0))).chain([None]).collect();
    let funnel = Funnel::of_proportions(&areas).expect("a set");
    assert!(funnel.is_overdispersed() && funnel.dispersion.n == 11);
    assert_eq!(funnel.place(300.0, 1000.0), Some(Place::Within));
    assert_eq!(funnel.place(200.0, 1000.0), Some(Place::Below));
    assert_eq!(funnel.place(980.0, 1000.0), Some(Place::FarAbove));
    let plain = proportion_limits(1000.0, funnel.average, 1.0).expect("limits").p998;
    assert!(!plain.contains(0.4), "chance alone would call even 40% unusual");
    let same = Funnel::of_rates(&[Some((50.0, 1000.0)), Some((101.0, 2000.0)), Some((49.0, 1000.0))]).expect("a set");
    assert!(!same.is_overdispersed());
    assert_eq!(same.place(50.0, 1000.0), Some(Place::Within));
    assert_eq!(same.place(0.0, 1000.0), Some(Place::FarBelow));
}

#[test]
fn type_7_and_lait_bands() {
    let ten: Vec<f64> = (1..=10).map(f64::from).collect();
    near(percentile(&ten, 0.25).expect("values"), 3.25, 1e-12);
    let bounds = quartile_bounds(&some(&ten));
    assert_eq!(quartile_band(Some(3.0), &bounds, Polarity::Low), Banding::Band(Band::A));
    assert_eq!(quartile_band(Some(3.0), &bounds, Polarity::High), Banding::Band(Band::D));
    assert_eq!(quartile_band(Some(11.0), &bounds, Polarity::High), Banding::Error);
    assert_eq!(quartile_band(None, &bounds, Polarity::High), Banding::Missing);
    assert_eq!(quartile_band(Some(3.0), &bounds, Polarity::None), Banding::Unranked);
}

#[test]
fn bands_of_ranks_agree_with_bands_of_values() {
    for n in 1..40_usize {
        let values: Vec<Option<f64>> = (0..n).map(|i| Some(i as f64)).collect();
        let bounds = quartile_bounds(&values);
        for polarity in [Polarity::High, Polarity::Low] {
            let ranks = rank(&values, polarity, Ties::Min).ranks;
            for (value, rank) in values.iter().zip(ranks) {
                let by_rank = band_of_rank(rank.expect("ranked") as usize, n, polarity).expect("a band");
                assert_eq!(quartile_band(*value, &bounds, polarity), Banding::Band(by_rank), "{value:?} of {n}");
            }
        }
    }
    assert!(band_is_certain(RankInterval { low: 1, high: 20 }, 100, Polarity::High));
    assert!(!band_is_certain(RankInterval { low: 20, high: 30 }, 100, Polarity::High));
}

#[test]
fn phe_quantiles_in_whole_numbers() {
    // N = 28, q = 20: the eighth highest is in group 6; floating point upstream says 5.
    let values: Vec<Option<f64>> = (0..28).map(|i| Some(f64::from(28 - i))).collect();
    assert_eq!(phe_quantiles(&values, 20, true)[7], Some(6));
    assert_eq!(phe_quantiles(&some(&[1.0, 2.0]), 4, true), [None, None]);
    assert_eq!(phe_quantiles(&[Some(5.0), None, Some(5.0), Some(5.0), Some(5.0)], 4, true)[1], None);
}

#[test]
fn ranks_share_the_lowest_number_and_skip_the_missing() {
    let values = [Some(10.0), None, Some(20.0), Some(20.0), Some(5.0)];
    let ranks = rank(&values, Polarity::High, Ties::Min);
    assert_eq!(ranks.ranks, [Some(3.0), None, Some(1.0), Some(1.0), Some(4.0)]);
    assert_eq!(ranks.of, 4);
    assert!(rank(&values, Polarity::None, Ties::Min).ranks.iter().all(Option::is_none));
    let zeros = rank(&some(&[0.0, -0.0, 1.0]), Polarity::High, Ties::Min);
    assert_eq!(zeros.ranks, some(&[2.0, 2.0, 1.0]));
}

/// The Fingertips rules at their boundaries: touching is similar, targets are met by meeting them.
#[test]
fn comparers_at_their_boundaries() {
    let interval = |lower, upper| Some(Interval { lower, upper });
    let area =
        ComparedValue { value: Some(12.0), p95: interval(11.0, 13.0), p998: interval(10.0, 14.0), denominator: None };
    let against = |value: f64| ComparedValue {
        value: Some(value),
        p95: interval(value - 1.0, value + 1.0),
        ..ComparedValue::default()
    };
    let range = Comparer::RangeTarget { lower: 10.0, upper: 12.0 };
    let target = |target| Comparer::TargetValue { target };
    let whole = |target| Comparer::TargetInterval { target };
    for (comparer, benchmark, high, low) in [
        (Comparer::DoubleOverlap, 10.0, Outcome::Similar, Outcome::Similar),
        (Comparer::DoubleOverlap, 9.9, Outcome::Better, Outcome::Worse),
        (Comparer::DoubleOverlap, 14.0, Outcome::Similar, Outcome::Similar),
        (Comparer::DoubleOverlap, 14.1, Outcome::Worse, Outcome::Better),
        (Comparer::SingleInterval, 11.0, Outcome::Similar, Outcome::Similar),
        (Comparer::SingleInterval, 10.9, Outcome::Better, Outcome::Worse),
        (Comparer::SingleIntervalTwoLevels, 10.0, Outcome::Better, Outcome::Worse),
        (Comparer::SingleIntervalTwoLevels, 9.9, Outcome::Best, Outcome::Worst),
        (Comparer::SingleIntervalTwoLevels, 14.1, Outcome::Worst, Outcome::Best),
        (range, 0.0, Outcome::Better, Outcome::Worse),
        (target(12.0), 0.0, Outcome::Better, Outcome::Better),
        (target(12.1), 0.0, Outcome::Worse, Outcome::Better),
        (whole(11.0), 0.0, Outcome::Better, Outcome::Worse),
        (whole(13.0), 0.0, Outcome::Similar, Outcome::Similar),
        (whole(13.1), 0.0, Outcome::Worse, Outcome::Better),
    ] {
        let said = |polarity| compare(comparer, &area, &against(benchmark), Wording::By(polarity));
        assert_eq!((said(Polarity::High), said(Polarity::Low)), (high, low), "{comparer:?} {benchmark}");
    }
    let nothing = ComparedValue::default();
    assert_eq!(compare(Comparer::SingleInterval, &nothing, &against(1.0), Wording::By(Polarity::High)), Outcome::None);
    assert_eq!(compare(Comparer::DoubleOverlap, &area, &against(1.0), Wording::Silent), Outcome::None);
}

#[test]
fn control_limits_round_the_expected_count() {
    let figure = |value, n| ComparedValue { value: Some(value), denominator: Some(n), ..ComparedValue::default() };
    let england = ComparedValue { value: Some(5.0), ..ComparedValue::default() };
    let proportion = Comparer::ControlProportion { unit: 100.0, z: 1.96 };
    let said = |comparer, value, n| compare(comparer, &figure(value, n), &england, Wording::By(Polarity::High));
    // Of 1,000 with 5% expected: 3.813 to 6.531.
    assert_eq!(said(proportion, 6.53, 1000.0), Outcome::Similar);
    assert_eq!(said(proportion, 6.54, 1000.0), Outcome::Better);
    assert_eq!(said(proportion, 3.81, 1000.0), Outcome::Worse);
    assert_eq!(said(proportion, 3.81, 0.0), Outcome::None);
    // Five expected events: 1.623 to 11.668 (Garwood).
    let rate = Comparer::ControlRate { unit: 1.0, tail: 0.025 };
    assert_eq!((said(rate, 11.6, 1.0), said(rate, 11.7, 1.0)), (Outcome::Similar, Outcome::Better));
    assert_eq!((said(rate, 1.63, 1.0), said(rate, 1.62, 1.0)), (Outcome::Similar, Outcome::Worse));
}

#[test]
fn two_areas_rank_as_their_difference_says() {
    // P(first) = Phi(1 / sqrt(0.6^2 + 0.8^2)) = Phi(1) = 0.841345.
    let d = rank_distribution(&[11.0, 10.0], &[0.6, 0.8], 0, Polarity::High).expect("defined");
    near(d.first(), 0.841_344_746, 1e-9);
    let same = rank_distribution(&[5.0; 3], &[1.0, 1.0, 1.0], 1, Polarity::Low).expect("defined");
    same.probabilities.iter().for_each(|p| near(*p, 1.0 / 3.0, 1e-9));
    assert_eq!(same.quantile(0.5), 2);
    assert_eq!(rank_distribution(&[1.0, 2.0], &[1.0, 0.0], 0, Polarity::High), None);
}

#[test]
fn a_precise_area_among_vague_ones_is_integrated_finely() {
    let estimates = [50.0, 50.0 + 1e-4, 60.0];
    let d = rank_distribution(&estimates, &[10.0, 1e-5, 1e-6], 0, Polarity::High).expect("defined");
    near(d.first(), 0.158_655_25, 1e-6);
    near(d.last(), 0.5 + 1e-5 * 0.398_942, 1e-8);
}

#[test]
fn holm_steps_down() {
    // Holm 1979; the usual four-test example.
    let p = [0.01, 0.04, 0.03, 0.005];
    assert_eq!(rejections(&p, 0.05, Correction::Holm), [true, false, false, true]);
    assert_eq!(rejections(&p, 0.05, Correction::None), [true; 4]);
    assert_eq!(rejections(&p, 0.05, Correction::Bonferroni), [true, false, false, true]);
}

#[test]
fn rank_intervals_leave_out_areas_without_data() {
    let found = rank_intervals(
        &[Some(10.0), None, Some(30.0)],
        &[Some(0.5), Some(0.5), Some(0.5)],
        P95,
        Correction::Holm,
        Polarity::High,
    );
    assert_eq!(found, [Some(RankInterval { low: 2, high: 2 }), None, Some(RankInterval { low: 1, high: 1 })]);
}

#[test]
fn cochran_armitage_of_the_smokers() {
    // R, ?prop.trend.test: X-squared = 8.2249, p-value = 0.004132.
    let test = cochran_armitage(&[83.0, 90.0, 129.0, 70.0], &[86.0, 93.0, 136.0, 82.0], &[1.0, 2.0, 3.0, 4.0]);
    let test = test.expect("defined");
    near(test.chi_squared, 8.2249, 5e-5);
    near(test.p, 0.004132, 5e-7);
    assert_eq!(cochran_armitage(&[0.0, 0.0], &[5.0, 5.0], &[1.0, 2.0]), None);
}

fn share(year: i32, x: f64, n: f64) -> TrendPoint {
    let p95 = wilson(x, n, P95.z()).map(|i| i.scaled(100.0));
    TrendPoint { year, value: Some(100.0 * x / n), p95, count: Some(x), denominator: Some(n) }
}

#[test]
fn trends_need_five_years_in_a_row() {
    let rising: Vec<TrendPoint> = (0..7).map(|i| share(2018 + i, 100.0 + 25.0 * f64::from(i), 1000.0)).collect();
    assert_eq!(proportion_trend(&rising).marker, Marker::Increasing);
    assert_eq!(weighted_trend(&rising).marker, Marker::Increasing);
    assert_eq!(Marker::Increasing.worded(Polarity::Low), "increasing_getting_worse");
    let mut falling = rising.clone();
    falling.iter_mut().zip(rising.iter().rev()).for_each(|(f, r)| *f = TrendPoint { year: f.year, ..*r });
    assert_eq!(proportion_trend(&falling).marker, Marker::Decreasing);
    let gap = [&rising[..4], &rising[5..]].concat();
    assert_eq!(weighted_trend(&gap).marker, Marker::CannotBeCalculated);
    assert_eq!(proportion_trend(&rising[..4]).marker, Marker::CannotBeCalculated);
    let mut hidden = rising.clone();
    hidden[4] = TrendPoint { year: 2022, ..TrendPoint::default() };
    assert_eq!(proportion_trend(&hidden).marker, Marker::CannotBeCalculated);
    let mut full = rising;
    full[6] = share(2024, 1000.0, 1000.0);
    assert_eq!(proportion_trend(&full).marker, Marker::CannotBeCalculated);
}

#[test]
fn one_year_does_not_make_a_trend() {
    let counts = [100.0, 101.0, 99.0, 100.0, 200.0];
    let spike: Vec<TrendPoint> = counts.iter().zip(2020..).map(|(x, y)| share(y, *x, 1000.0)).collect();
    let found = proportion_trend(&spike);
    assert!(found.chi_squared.expect("defined") > 9.55 && found.marker == Marker::NoChange);
}

#[test]
fn touching_intervals_are_no_change() {
    let at = |value: f64, half: f64| Some((value, Interval { lower: value - half, upper: value + half }));
    assert_eq!(two_points(at(2.0, 0.5), at(1.0, 0.5)), Marker::NoChange);
    assert_eq!(two_points(at(2.0, 0.4), at(1.0, 0.5)), Marker::Increasing);
    assert_eq!(two_points(None, at(1.0, 0.5)), Marker::CannotBeCalculated);
}

#[test]
fn five_rising_points_have_p_one_in_sixty() {
    let k = kendall(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("defined");
    near(k.tau, 1.0, 1e-12);
    near(k.p_exact.expect("no ties"), 1.0 / 60.0, 1e-12);
    assert_eq!(kendall(&[4.0, 4.0]), None);
    assert_eq!(kendall(&[1.0, 1.0, 2.0]).and_then(|k| k.p_exact), None);
}

#[test]
fn control_chart_limits_and_labels() {
    // Moving ranges 2, 1, 2, 1: mean 1.5, limits 11.2 -/+ 3.99.
    let limits = xmr_limits(&[10.0, 12.0, 11.0, 13.0, 12.0], true).expect("limits");
    near(limits.mean, 11.6, 1e-12);
    near(limits.upper, 11.6 + 2.66 * 1.5, 1e-12);
    let labels = xmr_labels(&[5.0, 5.1, 5.0, 5.1, 5.0, 5.1, 5.0, 9.0, 5.0, 5.1]);
    assert_eq!(labels[7], PointLabel::AboveUpper);
    // Eight ranges of 1 and two of 20: mean 4.8, so 20 is screened out and the mean is 1.
    let spike = [10.0, 11.0, 10.0, 11.0, 10.0, 30.0, 10.0, 11.0, 10.0, 11.0, 10.0];
    let width = |screen| xmr_limits(&spike, screen).map(|l| l.upper - l.mean).expect("limits");
    near(width(true), 2.66, 1e-12);
    near(width(false), 2.66 * 4.8, 1e-12);
    assert_eq!(xmr_labels(&[1.0]), [PointLabel::CommonCause]);
    assert_eq!(xmr_limits(&[1.0], true), None);
}

#[test]
fn averages_differ_and_say_where_it_matters() {
    let values = [Some(10.0), Some(20.0), Some(60.0), None];
    assert_eq!((mean_of(&values), median_of(&values)), (Some(30.0), Some(20.0)));
    assert_eq!(pooled(&some(&[8.0, 32.0]), &some(&[4.0, 8.0]), 1.0), Some(40.0 / 12.0));
    assert_eq!(pooled(&[Some(8.0), None], &some(&[4.0, 8.0]), 1.0), None, "one member is no group");
    assert!(choice_flips(25.0, &[mean_of(&values), median_of(&values)]));
    assert!(!choice_flips(65.0, &[mean_of(&values), median_of(&values), None]));
}

#[test]
fn spread_of_four_values() {
    let s = spread(&[Some(0.0), Some(10.0), Some(20.0), Some(30.0), None]).expect("values");
    assert_eq!((s.n, s.range, s.ratio, s.iqr, s.mad), (4, 30.0, None, 15.0, 10.0));
    near(s.sd_population, 125_f64.sqrt(), 1e-12);
}

#[test]
fn neighbours_on_a_line() {
    let matrix = vec![vec![0.0, 7.0], vec![1.0, 7.0], vec![4.0, 7.0]];
    let found = distances(&matrix, None, 0, 0).expect("fits");
    assert_eq!(found.nearest(0, 10), [1, 2]);
    near(found.rebased[1], 0.25, 1e-12);
    // Population sd of 0, 1, 4 is sqrt(26) / 3, the sample's sqrt(13 / 3); weights go on the squares.
    near(found.distances[2], 12.0 / 26_f64.sqrt(), 1e-12);
    near(distances(&matrix, None, 1, 0).expect("fits").distances[2], 4.0 / (13.0_f64 / 3.0).sqrt(), 1e-12);
    near(distances(&matrix, Some(&[4.0, 1.0]), 0, 0).expect("fits").distances[2], 24.0 / 26_f64.sqrt(), 1e-12);
    assert_eq!(distances(&matrix, Some(&[1.0]), 0, 0), None);
}

#[test]
fn halves_go_away_from_zero() {
    for (value, places, expected) in [
        (0.5, 0, 1.0),
        (2.5, 0, 3.0),
        (1.25, 1, 1.3),
        (2.675, 2, 2.68),
        (1.005, 2, 1.01),
        (-2.5, 0, -3.0),
        (15.0, -1, 20.0),
        (14.9, -1, 10.0),
        (-0.4, 0, 0.0),
    ] {
        near(round_half_up(value, places), expected, 1e-12);
    }
    assert!(round_half_up(-0.4, 0).is_sign_positive());
    assert_eq!(round_to_nearest(12.5, 5.0), 15.0);
    assert!(round_half_up(f64::NAN, 1).is_nan());
}

#[test]
fn small_cohorts_are_shown_without_a_word() {
    let figure = ComparedValue {
        value: Some(10.0),
        p95: Some(Interval { lower: 8.0, upper: 12.0 }),
        ..ComparedValue::default()
    };
    let england = ComparedValue { value: Some(20.0), ..ComparedValue::default() };
    let said =
        |n| compare(Comparer::SingleInterval, &figure, &england, wording(Some(n), MINIMUM_DENOMINATOR, Polarity::High));
    assert_eq!((said(29.0), said(30.0)), (Outcome::None, Outcome::Worse));
    assert!(!is_comparable(None, 1.0));
    assert_eq!(points_per_person(12.5), Some(8.0));
}

#[test]
fn targets_of_every_kind() {
    use TargetStatus::{Achieved, Missed, NotJudged, WithinTolerance};
    for (value, target, aim, expected) in [
        (60.0, Target::Number(60.0), Aim::Bigger, Achieved),
        (58.5, Target::Number(60.0), Aim::Bigger, WithinTolerance),
        (57.9, Target::Number(60.0), Aim::Bigger, Missed),
        (61.0, Target::Number(60.0), Aim::Smaller, WithinTolerance),
        (63.0, Target::Number(60.0), Aim::Plan, Missed),
        (60.0, Target::Number(60.0), Aim::Plan, Achieved),
        (0.0, Target::Zero, Aim::Smaller, Achieved),
        (1.0, Target::Zero, Aim::Smaller, WithinTolerance),
        (0.0, Target::AboveZero, Aim::Bigger, Missed),
        (0.1, Target::AboveZero, Aim::Bigger, Achieved),
        (50.0, Target::Benchmark(Some(46.4)), Aim::Bigger, Achieved),
        (50.0, Target::Benchmark(None), Aim::Bigger, NotJudged),
        (50.0, Target::TrendOnly, Aim::Bigger, NotJudged),
        (50.0, Target::ToBeConfirmed, Aim::Bigger, NotJudged),
    ] {
        assert_eq!(judge(Some(value), target, aim, 2.0), expected, "{value} {target:?} {aim:?}");
    }
    assert_eq!(judge(None, Target::Zero, Aim::Smaller, 0.0), NotJudged);
    assert_eq!(judge(Some(0.1 + 0.2), Target::Number(0.3), Aim::Smaller, 0.0), Achieved);
}

#[test]
fn travel_follows_the_aim() {
    let number = Target::Number(50.0);
    assert_eq!(travel(Some(60.0), Some(55.0), number, Aim::Bigger), Travel::Improving);
    assert_eq!(travel(Some(60.0), Some(55.0), number, Aim::Smaller), Travel::Worsening);
    assert_eq!(travel(Some(60.0), Some(55.0), number, Aim::Plan), Travel::Worsening);
    assert_eq!(travel(Some(60.0), Some(60.0), number, Aim::Bigger), Travel::Unchanged);
    assert_eq!(travel(Some(60.0), None, number, Aim::Bigger), Travel::Unknown);
    assert_eq!(travel(Some(6.0), Some(5.0), Target::TrendOnly, Aim::Plan), Travel::Unknown);
    assert_eq!([Aim::Bigger.arrow(), Aim::Smaller.arrow()], ['▲', '▼']);
}
