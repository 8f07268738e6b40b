//! From a row's inputs to our answer, a function a file.

use super::row::{Got, Row};
use abreast::statistics::average;
use abreast::statistics::benchmark::{ComparedValue, Comparer, Outcome, Wording, compare};
use abreast::statistics::cochran_armitage::cochran_armitage;
use abreast::statistics::control_chart;
use abreast::statistics::count;
use abreast::statistics::difference::{self, Ratio};
use abreast::statistics::dispersion;
use abreast::statistics::funnel::{self, CountFunnel, FunnelKind, FunnelLimits};
use abreast::statistics::kendall::kendall;
use abreast::statistics::mean::mean_interval;
use abreast::statistics::neighbours;
use abreast::statistics::overdispersion::{self, Scale};
use abreast::statistics::proportion::proportion;
use abreast::statistics::quantile;
use abreast::statistics::quartile;
use abreast::statistics::rank::{Ties, rank};
use abreast::statistics::rank_distribution::rank_distribution;
use abreast::statistics::rank_interval::{self, Correction};
use abreast::statistics::rounding;
use abreast::statistics::suppression::{self, Published, SmallNumbers};
use abreast::statistics::trend::{self, Marker, TrendPoint};
use abreast::statistics::{Confidence, Estimate, InputError, Interval, Polarity};
use abreast::value::{Cell, Status, Symbols};
use serde_json::{Value, json};
use std::collections::HashMap;

type Answer = Vec<(&'static str, Got)>;

/// Our answers to all rows of a file; `None` for a file we have no method for.
pub fn answer(name: &str, rows: &[Row]) -> Option<Vec<Answer>> {
    if name == "quantile_phe" {
        return Some(quantile_phe(rows));
    }
    let method = method(name)?;
    Some(rows.iter().map(method).collect())
}

fn method(name: &str) -> Option<fn(&Row) -> Answer> {
    Some(match name {
        "wilson_ci" => wilson_ci,
        "byars_limits" => byars_limits,
        "poisson_exact_limits" => poisson_exact_limits,
        "rate_ci" => rate_ci,
        "mean_ci" => mean_ci,
        "diff_two_proportions" => diff_two_proportions,
        "diff_two_rates" => diff_two_rates,
        "benchmark_compare" => benchmark_compare,
        "funnel_limits_proportion" => funnel_limits_proportion,
        "funnel_limits_count" => funnel_limits_count,
        "funnel_limits_binomial_exact" => funnel_limits_binomial_exact,
        "funnel_significance" => funnel_significance,
        "funnel_od_phi" => funnel_od_phi,
        "funnel_od_limits" => funnel_od_limits,
        "funnel_outlier_flag" => funnel_outlier_flag,
        "percentile_type7" => percentile_type7,
        "fingertips_quantile_category" => fingertips_quantile_category,
        "lait_quartile_band" => lait_quartile_band,
        "ranks" => ranks,
        "rank_distribution" => distribution_of_rank,
        "rank_ci_pairwise" => rank_ci_pairwise,
        "holm_rejections" => holm_rejections,
        "trend_fingertips" => trend_fingertips,
        "trend_cochran_armitage" => trend_cochran_armitage,
        "trend_kendall" => trend_kendall,
        "trend_polarity" => trend_polarity,
        "trend_two_points" => trend_two_points,
        "spc_xmr_limits" => spc_xmr_limits,
        "spc_xmr_labels" => spc_xmr_labels,
        "spc_rule_units" => spc_rule_units,
        "group_average" => group_average,
        "neighbours" => nearest_neighbours,
        "dispersion" => spread,
        "rounding_half_up" => rounding_half_up,
        "suppression" => suppressed,
        "symbols" => symbols,
        _ => return None,
    })
}

// Shapes that many files share.

fn number(value: impl Into<Option<f64>>) -> Got {
    Got::Number(value.into())
}

fn text(value: &str) -> Got {
    Got::Text(Some(value.to_owned()))
}

fn polarity(row: &Row) -> Polarity {
    match row.text("polarity") {
        "high_is_good" | "High" => Polarity::High,
        "low_is_good" | "Low" => Polarity::Low,
        _ => Polarity::None,
    }
}

fn confidence(row: &Row) -> Result<Confidence, InputError> {
    Confidence::new(row.given("confidence"))
}

fn sure(row: &Row) -> Confidence {
    confidence(row).unwrap_or_else(|e| panic!("{}: {e}", row.id()))
}

fn interval(row: &Row, lower: &str, upper: &str) -> Option<Interval> {
    Some(Interval { lower: row.number(lower)?, upper: row.number(upper)? })
}

fn bounds(lower: &'static str, upper: &'static str, interval: Option<Interval>) -> Answer {
    vec![(lower, number(interval.map(|i| i.lower))), (upper, number(interval.map(|i| i.upper)))]
}

fn funnel_bounds(limits: Option<FunnelLimits>) -> Answer {
    let mut answer = bounds("exp_lower_95", "exp_upper_95", limits.map(|l| l.p95));
    answer.extend(bounds("exp_lower_998", "exp_upper_998", limits.map(|l| l.p998)));
    answer
}

fn estimate(result: &Result<Option<Estimate>, InputError>) -> Answer {
    let found = result.as_ref().ok().copied().flatten();
    let status = match result {
        Err(_) => "error",
        Ok(None) => "null",
        Ok(Some(_)) => "ok",
    };
    let mut answer = bounds("exp_lower", "exp_upper", found.map(|e| e.interval));
    answer.extend([("exp_status", text(status)), ("exp_value", number(found.map(|e| e.value)))]);
    answer
}

// Intervals and differences.

fn wilson_ci(row: &Row) -> Answer {
    let result = confidence(row).and_then(|c| proportion(row.number("x"), row.number("n"), c, row.given("multiplier")));
    estimate(&result)
}

fn byars_limits(row: &Row) -> Answer {
    let limits = count::byars(row.given("x"), sure(row));
    vec![("exp_lower", number(limits.and_then(|l| l.0))), ("exp_upper", number(limits.map(|l| l.1)))]
}

fn poisson_exact_limits(row: &Row) -> Answer {
    bounds("exp_lower", "exp_upper", count::exact_poisson(row.given("x"), sure(row)))
}

fn rate_ci(row: &Row) -> Answer {
    let result =
        confidence(row).and_then(|c| count::rate(row.number("x"), row.number("n"), c, row.given("multiplier")));
    let mut answer = estimate(&result.map(|r| r.map(|(e, _)| e)));
    let method = result.ok().flatten().map(|(_, m)| m.as_str().to_owned());
    answer.push(("exp_method", Got::Text(method)));
    answer
}

fn mean_ci(row: &Row) -> Answer {
    let found = mean_interval(&row.numbers("values"), sure(row));
    let mut answer = bounds("exp_lower", "exp_upper", found.and_then(|m| m.interval));
    answer.extend([
        ("exp_n", number(found.map(|m| m.n as f64))),
        ("exp_mean", number(found.map(|m| m.mean))),
        ("exp_sd", number(found.and_then(|m| m.sd))),
    ]);
    answer
}

fn two_ratios(row: &Row) -> (Ratio, Ratio) {
    let ratio = |x, n| Ratio { x: row.given(x), n: row.given(n) };
    (ratio("x1", "n1"), ratio("x2", "n2"))
}

fn diff_two_proportions(row: &Row) -> Answer {
    let (a, b) = two_ratios(row);
    let found = difference::two_proportions(a, b, sure(row));
    let mut answer = bounds("exp_lower", "exp_upper", found.map(|d| d.difference.interval));
    answer.extend([
        ("exp_diff", number(found.map(|d| d.difference.value))),
        ("exp_z", number(found.and_then(|d| d.z))),
        ("exp_p", number(found.and_then(|d| d.p))),
    ]);
    answer
}

fn diff_two_rates(row: &Row) -> Answer {
    let (a, b) = two_ratios(row);
    let found = difference::two_rates(a, b, sure(row));
    let ratio = found.and_then(|d| d.ratio);
    let mut answer = bounds("exp_diff_lower", "exp_diff_upper", found.map(|d| d.difference.interval));
    answer.extend(bounds("exp_ratio_lower", "exp_ratio_upper", ratio.map(|r| r.interval)));
    answer.extend([
        ("exp_diff", number(found.map(|d| d.difference.value))),
        ("exp_ratio", number(ratio.map(|r| r.value))),
        ("exp_p_exact_cond", number(found.and_then(|d| d.p_exact))),
    ]);
    answer
}

// Benchmarks and funnels.

fn benchmark_compare(row: &Row) -> Answer {
    let area = ComparedValue {
        value: row.number("value"),
        p95: interval(row, "lci95", "uci95"),
        p998: interval(row, "lci998", "uci998"),
        denominator: row.number("denominator"),
    };
    let benchmark = ComparedValue {
        value: row.number("bm_value"),
        p95: interval(row, "bm_lci95", "bm_uci95"),
        ..ComparedValue::default()
    };
    let wording = if row.text("polarity") == "not_applicable" { Wording::Silent } else { Wording::By(polarity(row)) };
    let outcome = comparer(row).map_or(Outcome::None, |c| compare(c, &area, &benchmark, wording));
    vec![("exp_outcome", text(outcome.as_str()))]
}

fn comparer(row: &Row) -> Option<Comparer> {
    let (lower, upper) = (row.number("target_lower"), row.number("target_upper"));
    Some(match row.text("comparer") {
        "single_ci_95" => Comparer::SingleInterval,
        "single_ci_two_level" => Comparer::SingleIntervalTwoLevels,
        "double_ci_overlap" => Comparer::DoubleOverlap,
        "spc_proportion" => Comparer::ControlProportion { unit: row.given("unit"), z: row.given("z_or_p") },
        "spc_dsr" => Comparer::ControlRate { unit: row.given("unit"), tail: row.given("z_or_p") },
        "range_target" => Comparer::RangeTarget { lower: lower?, upper: upper? },
        "percentile_target" => Comparer::PercentileTarget { lower: lower?, upper: upper? },
        "single_target_value" => Comparer::TargetValue { target: lower? },
        "single_target_ci" => Comparer::TargetInterval { target: lower? },
        other => panic!("{}: unknown comparer {other}", row.id()),
    })
}

fn funnel_limits_proportion(row: &Row) -> Answer {
    funnel_bounds(funnel::proportion_limits(row.given("population"), row.given("average"), row.given("multiplier")))
}

fn funnel_limits_count(row: &Row) -> Answer {
    let expected = |c| CountFunnel::new(row.given("observed"), c);
    let (p95, p998) = (expected(Confidence::P95), expected(Confidence::P998));
    vec![
        ("exact_expected_lower_95", number(p95.map(|e| e.high))),
        ("exact_expected_upper_95", number(p95.map(|e| e.low))),
        ("exact_expected_lower_998", number(p998.map(|e| e.high))),
        ("exact_expected_upper_998", number(p998.map(|e| e.low))),
    ]
}

fn funnel_limits_binomial_exact(row: &Row) -> Answer {
    funnel_bounds(funnel::binomial_limits(row.given("n") as u64, row.given("target")))
}

fn funnel_significance(row: &Row) -> Answer {
    let kind = match row.text("kind") {
        "proportion" => FunnelKind::Proportion,
        "ratio" => FunnelKind::Ratio,
        "crude_rate" => FunnelKind::CrudeRate,
        _ => FunnelKind::StandardisedRate,
    };
    let label = row.number("numerator").zip(row.number("denominator"));
    let label = label.and_then(|(x, n)| funnel::significance(kind, x, n, row.given("reference")));
    vec![("exp_significance", Got::Text(label.map(|l| l.as_str().to_owned())))]
}

fn scale(row: &Row) -> Scale {
    match (row.text("data_type"), row.text("sr_method")) {
        ("SR", "SHMI") => Scale::RatioLog,
        ("SR", _) => Scale::RatioRoot,
        ("PR", _) => Scale::Proportion,
        _ => Scale::CountRatio,
    }
}

fn funnel_od_phi(row: &Row) -> Answer {
    let (x, n) = (row.numbers("numerators"), row.numbers("denominators"));
    let found = overdispersion::dispersion(&x, &n, scale(row), row.given("trim_by"));
    vec![
        ("exp_n", number(found.map(|d| d.n as f64))),
        ("exp_phi", number(found.map(|d| d.phi))),
        ("exp_tau2", number(found.map(|d| d.tau2))),
    ]
}

fn funnel_od_limits(row: &Row) -> Answer {
    let (n, multiplier) = (row.given("denominator"), row.given("multiplier"));
    funnel_bounds(match row.text("kind") {
        "overdispersed" => {
            overdispersion::adjusted_limits(scale(row), n, row.given("tau2"), row.given("target"), multiplier)
        }
        _ => overdispersion::unadjusted_ratio_limits(n, multiplier),
    })
}

fn funnel_outlier_flag(row: &Row) -> Answer {
    let limits = interval(row, "lower", "upper");
    let flag = limits.map(|l| overdispersion::is_outlier(row.given("ratio"), row.given("multiplier"), &l));
    vec![("exp_outlier", number(flag.map(|f| f64::from(u8::from(f)))))]
}

// Quantiles, bands and ranks.

fn quantile_phe(rows: &[Row]) -> Vec<Answer> {
    let mut sets: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, row) in rows.iter().enumerate() {
        sets.entry(row.text("set_id")).or_default().push(i);
    }
    let mut answers: Vec<Answer> = rows.iter().map(|_| Vec::new()).collect();
    for members in sets.values() {
        let values: Vec<Option<f64>> = members.iter().map(|i| rows[*i].number("value")).collect();
        let first = &rows[members[0]];
        let groups = first.given("n_quantiles") as usize;
        let found = quantile::phe_quantiles(&values, groups, first.text("invert") == "true");
        for (i, group) in members.iter().zip(found) {
            answers[*i].push(("exp_quantile", number(group.map(|g| g as f64))));
        }
    }
    answers
}

fn percentile_type7(row: &Row) -> Answer {
    vec![("exp_percentile", number(quantile::fingertips_percentile(&row.list("values"), row.given("fraction"))))]
}

fn fingertips_quantile_category(row: &Row) -> Answer {
    let categories = row.given("n_categories") as usize;
    let found = quantile::fingertips_category(row.number("value"), &row.list("values"), categories, polarity(row));
    vec![("exp_category", number(found as f64))]
}

fn lait_quartile_band(row: &Row) -> Answer {
    let bounds: [Option<f64>; 5] = row.list("bounds").try_into().unwrap_or([None; 5]);
    let band = quartile::quartile_band(row.number("value"), &bounds, polarity(row));
    vec![("exp_band", Got::Text(band.as_str().map(str::to_owned)))]
}

fn ranks(row: &Row) -> Answer {
    let ties = match row.text("ties") {
        "max" => Ties::Max,
        "average" => Ties::Average,
        "dense" => Ties::Dense,
        _ => Ties::Min,
    };
    vec![("exp_ranks", Got::Json(json!(rank(&row.list("values"), polarity(row), ties).ranks)))]
}

fn distribution_of_rank(row: &Row) -> Answer {
    let (estimates, errors) = (row.numbers("estimates"), row.numbers("std_errors"));
    let found = rank_distribution(&estimates, &errors, row.given("index") as usize, polarity(row));
    let quantile = |p: f64| number(found.as_ref().map(|d| d.quantile(p) as f64));
    vec![
        ("exp_mean_rank", number(found.as_ref().map(|d| d.mean()))),
        ("exp_p_first", number(found.as_ref().map(|d| d.first()))),
        ("exp_p_last", number(found.as_ref().map(|d| d.last()))),
        ("exp_rank_q025", quantile(0.025)),
        ("exp_rank_q500", quantile(0.5)),
        ("exp_rank_q975", quantile(0.975)),
    ]
}

fn correction(row: &Row) -> Correction {
    match row.text("correction") {
        "bonferroni" => Correction::Bonferroni,
        "holm" => Correction::Holm,
        _ => Correction::None,
    }
}

fn rank_ci_pairwise(row: &Row) -> Answer {
    let (estimates, errors) = (row.list("estimates"), row.list("std_errors"));
    let found = rank_interval::rank_intervals(&estimates, &errors, sure(row), correction(row), polarity(row));
    let pairs: Vec<Option<[usize; 2]>> = found.iter().map(|i| i.map(|i| [i.low, i.high])).collect();
    vec![("exp_intervals", Got::Json(json!(pairs)))]
}

fn holm_rejections(row: &Row) -> Answer {
    let found = rank_interval::rejections(&row.numbers("p_values"), row.given("alpha"), correction(row));
    vec![("exp_reject", Got::Json(json!(found)))]
}

// Trends and control charts.

fn trend_fingertips(row: &Row) -> Answer {
    let column = |name: &str, i: usize| row.list(name).get(i).copied().flatten();
    let point = |(i, year): (usize, &f64)| TrendPoint {
        year: *year as i32,
        value: column("values", i),
        p95: column("lci95", i).zip(column("uci95", i)).map(|(lower, upper)| Interval { lower, upper }),
        count: column("counts", i),
        denominator: column("denominators", i),
    };
    let points: Vec<TrendPoint> = row.numbers("years").iter().enumerate().map(point).collect();
    let proportions = row.text("method") == "proportion";
    let found = if proportions { trend::proportion_trend(&points) } else { trend::weighted_trend(&points) };
    vec![("exp_chi2", number(found.chi_squared)), ("exp_marker", text(found.marker.as_str()))]
}

fn trend_cochran_armitage(row: &Row) -> Answer {
    let found = cochran_armitage(&row.numbers("counts"), &row.numbers("denominators"), &row.numbers("scores"));
    vec![("exp_chi2", number(found.map(|t| t.chi_squared))), ("exp_p", number(found.map(|t| t.p)))]
}

fn trend_kendall(row: &Row) -> Answer {
    let found = kendall(&row.numbers("values"));
    vec![("exp_tau", number(found.map(|k| k.tau))), ("exp_p_exact", number(found.and_then(|k| k.p_exact)))]
}

fn trend_polarity(row: &Row) -> Answer {
    let markers = [Marker::Increasing, Marker::Decreasing, Marker::NoChange, Marker::CannotBeCalculated];
    let marker = markers.into_iter().find(|m| m.as_str() == row.text("marker"));
    vec![("exp", Got::Text(marker.map(|m| m.worded(polarity(row)))))]
}

fn trend_two_points(row: &Row) -> Answer {
    let point = |value, lower, upper| row.number(value).zip(interval(row, lower, upper));
    let latest = point("latest_value", "latest_lci", "latest_uci");
    let previous = point("previous_value", "previous_lci", "previous_uci");
    vec![("exp", text(trend::two_points(latest, previous).as_str()))]
}

fn spc_xmr_limits(row: &Row) -> Answer {
    let found = control_chart::xmr_limits(&row.numbers("values"), row.text("screen_outliers") == "true");
    vec![
        ("exp_mean", number(found.map(|l| l.mean))),
        ("exp_lower", number(found.map(|l| l.lower))),
        ("exp_upper", number(found.map(|l| l.upper))),
    ]
}

fn spc_xmr_labels(row: &Row) -> Answer {
    let labels: Vec<&str> = control_chart::xmr_labels(&row.numbers("values")).iter().map(|l| l.as_str()).collect();
    vec![("exp_labels", Got::Json(json!(labels)))]
}

fn spc_rule_units(row: &Row) -> Answer {
    let input = row.numbers("input");
    let marks = || input.iter().map(|v| *v as i8).collect::<Vec<i8>>();
    let flags = |marked: Vec<bool>| marked.into_iter().map(i8::from).collect::<Vec<i8>>();
    let found = match row.text("rule") {
        "run7_end_flag" => control_chart::run_ends(&marks()),
        "spread_back7" => flags(control_chart::spread_back(&marks())),
        "trend7_end_flag" => control_chart::trend_ends(&input),
        "two_in_three" => {
            let near: Vec<bool> = input.iter().map(|v| *v == 1.0).collect();
            let side: Vec<i8> = row.numbers("input2").iter().map(|v| *v as i8).collect();
            flags(control_chart::two_in_three(&near, &side))
        }
        other => panic!("{}: unknown rule {other}", row.id()),
    };
    vec![("exp", Got::Json(json!(found)))]
}

// Groups of areas.

fn group_average(row: &Row) -> Answer {
    let (values, x, n) = (row.list("values"), row.list("numerators"), row.list("denominators"));
    let multiplier = row.number("multiplier").unwrap_or(1.0);
    let found = match row.text("kind") {
        "pooled" => average::pooled(&x, &n, multiplier),
        "ratio_of_sums" => average::ratio_of_sums(&x, &n, multiplier),
        "mean" => average::mean_of(&values),
        "median" => average::median_of(&values),
        "weighted" => average::weighted_mean(&values, &row.list("weights")),
        "sum" => average::sum_of(&values),
        other => panic!("{}: unknown average {other}", row.id()),
    };
    vec![("exp_value", number(found))]
}

fn nearest_neighbours(row: &Row) -> Answer {
    let matrix: Vec<Vec<f64>> = serde_json::from_value(row.json("matrix")).unwrap_or_default();
    let weights = Some(row.numbers("weights")).filter(|w| !w.is_empty());
    let target = row.given("target") as usize;
    let found = neighbours::distances(&matrix, weights.as_deref(), row.given("sd_ddof") as usize, target);
    let Some(found) = found else {
        return vec![("exp_distances", Got::Json(Value::Null))];
    };
    vec![
        ("exp_nearest", Got::Json(json!(found.nearest(target, 10)))),
        ("exp_distances", Got::Json(json!(found.distances))),
        ("exp_rebased", Got::Json(json!(found.rebased))),
    ]
}

fn spread(row: &Row) -> Answer {
    let found = dispersion::spread(&row.list("values"));
    vec![
        ("exp_range", number(found.map(|s| s.range))),
        ("exp_ratio_max_min", number(found.and_then(|s| s.ratio))),
        ("exp_iqr", number(found.map(|s| s.iqr))),
        ("exp_sd_sample", number(found.and_then(|s| s.sd_sample))),
        ("exp_sd_population", number(found.map(|s| s.sd_population))),
        ("exp_cv_percent", number(found.and_then(|s| s.cv_percent))),
        ("exp_mad", number(found.map(|s| s.mad))),
    ]
}

// What is printed.

fn rounding_half_up(row: &Row) -> Answer {
    let value = row.given("value");
    let found = match row.text("dp").strip_prefix('n') {
        Some(base) => base.parse().ok().map(|base| rounding::round_to_nearest(value, base)),
        None => row.number("dp").map(|places| rounding::round_half_up(value, places as i32)),
    };
    vec![("exp", number(found))]
}

fn suppressed(row: &Row) -> Answer {
    let counts: Vec<u64> = row.numbers("counts").iter().map(|c| *c as u64).collect();
    let small = SmallNumbers { from: row.given("suppress_min") as u64, to: row.given("suppress_max") as u64, base: 1 };
    let cap = row.number("secondary_cap").map_or(u64::MAX, |c| c as u64);
    let printed = |p: &Published| match p {
        Published::Shown(count) => json!(count),
        Published::Hidden => json!("c"),
    };
    let published: Vec<Value> = suppression::dfe_rule(&counts, small, cap).iter().map(printed).collect();
    vec![("exp_published", Got::Json(json!(published)))]
}

/// The department's marks and the older ones these rows use; a pipeline would declare the latter.
fn symbols(row: &Row) -> Answer {
    let mut marks = Symbols::ees();
    for mark in ["..", ":", "NA", "n/a", "null", ""] {
        marks.declare(mark, Status::NotAvailable);
    }
    marks.declare("~", Status::Low);
    let (value, reason) = match marks.read(row.text("raw")) {
        cell if cell.number().is_some() => (cell.number(), "value"),
        Cell::Mark(status) => (None, reason(status)),
        Cell::Empty => (None, "not_available"),
        _ => (None, "unknown"),
    };
    vec![("exp_number", number(value)), ("exp_reason", text(reason))]
}

fn reason(status: Status) -> &'static str {
    match status {
        Status::Low => "low_rounds_to_zero",
        Status::Unreliable => "low_reliability",
        other => other.word(),
    }
}
