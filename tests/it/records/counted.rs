//! Every figure of an invented return, worked out again in plain loops.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Case, bench, cases, day, modules, pipeline};

/// What is known of a plan that is counted.
struct Plan {
    sex: &'static str,
    age: String,
    place: String,
    took: Option<i64>,
    exception: bool,
    mediation: bool,
}

fn age(born: NaiveDate, on: NaiveDate) -> i32 {
    on.year() - born.year() - i32::from((on.month(), on.day()) < (born.month(), born.day()))
}

/// The place that counts: entered by 15 March, the best rank, then the latest entry, then the first.
fn place(case: &Case) -> String {
    let last = NaiveDate::from_ymd_opt(2024, 3, 15).expect("a day");
    let mut best: Option<(u32, i64, &str)> = None;
    for &(rank, entry, word) in case.places.iter().filter(|(_, entry, _)| day(*entry) <= last) {
        if best.is_none_or(|(known, since, _)| rank < known || rank == known && entry > since) {
            best = Some((rank, entry, word));
        }
    }
    match best {
        None => "not recorded".to_owned(),
        Some((_, _, "NEET")) => "none".to_owned(),
        Some((_, _, word)) => format!("place {word}"),
    }
}

/// The plans issued in 2024, in plain loops.
fn plans() -> Vec<Plan> {
    let mut plans = Vec::new();
    for (number, case) in cases().iter().enumerate() {
        let Some(took) = case.took.filter(|_| number % 13 != 0) else { continue };
        if day(case.received + took).year() != 2024 {
            continue;
        }
        let (year, month, of_month) = case.born;
        let born = NaiveDate::from_ymd_opt(year, month, of_month).expect("a day");
        let age = match age(born, day(case.received)) {
            ..=5 => "5 and under".to_owned(),
            years @ 6..16 => format!("aged {years}"),
            16.. => "16 and over".to_owned(),
        };
        let sex = match case.sex {
            "M" => "Male",
            "F" => "Female",
            _ => "Unknown",
        };
        let took = Some(took).filter(|took| *took >= 0);
        plans.push(Plan { sex, age, place: place(case), took, exception: case.exception, mediation: case.mediation });
    }
    plans
}

/// By measure what the plans come to: value, numerator, denominator.
fn figures(plans: &[&Plan]) -> BTreeMap<&'static str, f64> {
    let count = |test: &dyn Fn(&Plan) -> bool| plans.iter().filter(|plan| test(plan)).count() as f64;
    let took = |test: &dyn Fn(&Plan) -> bool| {
        let mut days: Vec<f64> =
            plans.iter().filter(|plan| test(plan)).filter_map(|plan| plan.took).map(|days| days as f64).collect();
        days.sort_by(f64::total_cmp);
        days
    };
    let part = |days: &[f64], of: f64| {
        let place = of * (days.len() as f64 - 1.0);
        let (low, high) = (days[place as usize], days[(place as usize + 1).min(days.len() - 1)]);
        low + (place - place.floor()) * (high - low)
    };
    let (all, plain) = (took(&|_| true), took(&|plan| !plan.exception));
    let share = count(&|plan| !plan.exception && plan.took.is_some_and(|took| took <= 140));
    let late = |plan: &Plan| plan.mediation || plan.took.is_some_and(|took| took > 140 && took < 365);
    let mut figures = BTreeMap::from([("plans", count(&|_| true)), ("late", count(&late)), ("days", all.iter().sum())]);
    let base = count(&|plan| !plan.exception);
    if base > 0.0 {
        figures.insert("within", share / base * 100.0);
    }
    if !all.is_empty() {
        figures.insert("mean_weeks", all.iter().sum::<f64>() / 7.0 / all.len() as f64);
        figures.insert("ninety", part(&all, 0.9));
    }
    if !plain.is_empty() {
        figures.insert("median_days", part(&plain, 0.5));
    }
    figures
}

#[test]
fn every_figure_is_what_plain_loops_come_to() {
    let modules = modules(&cases());
    let bench = bench(&pipeline("protect = false\n"), &modules);
    let run = bench.run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let table = bench.table("own_plans");
    let plans = plans();
    let mut cells: BTreeMap<(&str, String), Vec<&Plan>> = BTreeMap::new();
    for plan in &plans {
        let both = format!("{}, {}", plan.sex, plan.place);
        let of =
            [("Total", "Total"), ("Sex", plan.sex), ("Age", &plan.age), ("Where", &plan.place), ("Sex, Where", &both)];
        for (topic, breakdown) in of {
            cells.entry((topic, breakdown.to_owned())).or_default().push(plan);
        }
    }
    assert!(plans.len() > 150 && cells.len() > 25, "{} plans, {} cells", plans.len(), cells.len());
    let mut compared = 0;
    for ((topic, breakdown), plans) in &cells {
        for (measure, value) in figures(plans) {
            let (topic, breakdown) = (format!("breakdown_topic={topic}"), format!("breakdown={breakdown}"));
            let row = table.row(&[&topic, &breakdown, &format!("measure={measure}"), "la_code=381"]);
            assert!((row.value() - value).abs() < 1e-9, "{measure} {topic} {breakdown}: {} for {value}", row.value());
            compared += 1;
        }
    }
    // One authority is no region and no country.
    assert_eq!(table.words("level"), ["authority"]);
    assert_eq!(table.words("period"), ["2024"]);
    let there = table.all().iter().filter(|row| row["status"] == "number").count();
    assert_eq!(there, compared, "figures that nobody expects");
}

#[test]
fn what_names_a_person_is_in_no_output() {
    let modules = modules(&cases());
    let bench = bench(&pipeline(""), &modules);
    assert_eq!(bench.run().code, 0);
    for file in bench.files("out") {
        let bytes = std::fs::read(bench.path(&format!("out/{file}"))).or_else(|_| std::fs::read(bench.path(&file)));
        let text = String::from_utf8_lossy(&bytes.expect("a file")).into_owned();
        for word in ["CANARY", "Z999"] {
            assert!(!text.contains(word), "`{word}` in {file}");
        }
    }
}
