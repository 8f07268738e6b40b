//! `cargo bench --bench compare`: all authorities, 8 periods, 6 comparators, with rank intervals, funnels and
//! alternatives, for 20 to 120 measures. The budget is 1 s for 60 measures on two cores; cost is linear in measures.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use abreast::area::Register;
use abreast::comparator::Comparator;
use abreast::compare::{Comparison, Context, Depth, Subject};
use abreast::frame::{Declared, Frame, Words, kind};
use abreast::pipeline::Unit;
use abreast::schema::column;
use abreast::statistics::Polarity;
use chrono::NaiveDate;
use polars::prelude::Column;
use rayon::prelude::*;

const PERIODS: i32 = 8;

/// Counts that look like a return's: sizes over two orders of magnitude, shares between 20 and 80 percent.
fn figure(measure: usize, place: usize, year: i32) -> (f64, f64) {
    let mut state = (measure * 7_919 + place * 104_729 + year as usize * 1_299_709) as u64 | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 31)
    };
    let bottom = (60.0 * 80.0_f64.powf(next())).floor();
    ((bottom * (0.2 + 0.6 * next())).floor(), bottom)
}

fn worded<C: Declared<Kind = kind::Words>>(column: C, texts: Vec<String>) -> Column {
    let (codes, words) = Words::coded(texts.iter().map(String::as_str));
    column.holding((codes, &words)).expect("a column")
}

/// The observations of a table with `measures` measures: every open authority, its region and England.
fn table(register: &Register, from: usize, measures: usize) -> Frame {
    let open = register.open_on(NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day"));
    let mut areas: Vec<(&str, String, String, String)> = open
        .iter()
        .map(|authority| ("authority", authority.code.to_string(), authority.ons_code.clone(), authority.name.clone()))
        .collect();
    areas.extend(register.regions().iter().map(|region| {
        let level = if region.is_country() { "country" } else { "region" };
        (level, String::new(), region.code.clone(), region.name.clone())
    }));
    let mut rows = Vec::new();
    for measure in from..from + measures {
        for year in 0..PERIODS {
            rows.extend((0..areas.len()).map(|place| (measure, place, year)));
        }
    }
    let text = |of: &dyn Fn(&(usize, usize, i32)) -> String| rows.iter().map(of).collect::<Vec<String>>();
    let number = |of: &dyn Fn(f64, f64) -> f64| {
        rows.iter()
            .map(|&(measure, place, year)| figure(measure, place, year))
            .map(|(x, n)| of(x, n))
            .collect::<Vec<f64>>()
    };
    let end = |year: i32| 17_531 + (f64::from(year) * 365.25).round() as i32;
    Frame::new(vec![
        worded(column::Table, text(&|_| "bench".to_owned())),
        worded(column::Level, text(&|row| areas[row.1].0.to_owned())),
        worded(column::Measure, text(&|row| format!("measure_{:03}", row.0))),
        worded(column::LaCode, text(&|row| areas[row.1].1.clone())),
        worded(column::OnsCode, text(&|row| areas[row.1].2.clone())),
        worded(column::AreaName, text(&|row| areas[row.1].3.clone())),
        worded(column::Period, text(&|row| (2017 + row.2).to_string())),
        worded(column::PeriodIdentifier, text(&|_| "Calendar year".to_owned())),
        column::PeriodEnd.holding(rows.iter().map(|row| end(row.2)).collect()).expect("days"),
        worded(column::BreakdownTopic, text(&|_| "Total".to_owned())),
        worded(column::Breakdown, text(&|_| "Total".to_owned())),
        worded(column::Status, text(&|_| "number".to_owned())),
        column::Latest.holding(&vec![true; rows.len()]).expect("a column"),
        column::Value.holding(number(&|x, n| 100.0 * x / n)).expect("a column"),
        column::Numerator.holding(number(&|x, _| x)).expect("a column"),
        column::Denominator.holding(number(&|_, n| n)).expect("a column"),
    ])
    .expect("a frame")
}

/// Compares a table in full; answers the number of rows.
fn compare(register: &Register, frame: &Frame, measures: usize) -> usize {
    let comparators = [
        Comparator::England,
        Comparator::Region,
        Comparator::Neighbours(2025),
        Comparator::NeighboursOf(2021),
        Comparator::Group("core-cities".to_owned()),
        Comparator::Group("outer-london".to_owned()),
    ];
    let subject = Subject { unit: Unit::Percent, polarity: Polarity::High, minimum: 30.0, ..Subject::default() };
    let context = Context {
        register,
        measures: (0..measures).map(|measure| (format!("measure_{measure:03}"), subject)).collect::<BTreeMap<_, _>>(),
        stand_ins: BTreeMap::new(),
        breaks: &[],
        comparators: &comparators,
        depth: Depth::Full,
        rank_minimum: None,
        average: Default::default(),
        ranked: true,
        only: None,
    };
    let comparison = Comparison::of(frame, &context).expect("comparisons");
    let slices = comparison.slices(50_000);
    slices.into_par_iter().map(|slice| comparison.frame(slice).expect("rows").height()).sum()
}

fn main() {
    let (register, _) = abreast::home::register().expect("the register");
    for measures in [20, 40, 60, 120] {
        let frame = table(&register, 0, measures);
        let mut rows = 0;
        let best = (0..10)
            .map(|_| {
                let start = Instant::now();
                rows = black_box(compare(&register, &frame, measures));
                start.elapsed()
            })
            .min()
            .unwrap_or_default();
        println!("{measures:>4} measures, {rows:>7} comparisons: {:>6.3} s, the best of ten", best.as_secs_f64());
    }
}
