//! Children looked after and child protection plans, in the layouts of the DfE's social care releases.

use std::collections::HashMap;

use crate::ees::{Answer, Layout, Order, Place, Table, tenths};
use crate::population::{Children, england};
use crate::random::Stream;
use crate::register::Register;

const LOOKED_AFTER: &str = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,\
                            region_name,old_la_code,la_name,new_la_code,population_type,population_estimate,\
                            children_count,rate_per_10000";
const PROTECTION: &str = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,\
                          region_name,old_la_code,new_la_code,la_name,category,CPP_start,CPP_start_rate,\
                          CPP_child_start,CPP_child_start_rate,CPP_end,CPP_end_rate,CPP_child_end,CPP_child_end_rate,\
                          CPP_anypoint,CPP_anypoint_rate,CPP_child_anypoint,CPP_child_anypoint_rate,CPP_At31,CPP_At31_rate";

/// Labels of `population_type`, with England's numbers from 2021 to 2025.
const EPISODES: [(&str, [f64; 5]); 3] = [
    ("Children ceasing to be looked after each year", [28_100., 30_200., 31_900., 33_800., 34_400.]),
    ("Children looked after on 31 March each year", [80_800., 82_100., 83_700., 83_500., 81_800.]),
    ("Children starting to be looked after each year", [28_500., 31_100., 33_100., 33_100., 32_300.]),
];
const LOOKED_AFTER_YEARS: [i32; 5] = [2021, 2022, 2023, 2024, 2025];

/// Plans in England at 31 March, in thousands, 2012 to 2024.
const AT_31_MARCH: [f64; 13] = [42.9, 43.2, 48.3, 49.7, 50.3, 51.1, 53.8, 52.3, 51.5, 50.0, 50.9, 50.8, 49.9];
/// Plans in England that ended in the year to 31 March, in thousands, 2012 to 2024.
const ENDED: [f64; 13] = [51.0, 52.1, 54.0, 60.2, 62.8, 65.0, 66.4, 68.0, 66.0, 65.2, 63.1, 63.9, 62.9];
const PROTECTION_BEFORE: i32 = 2012;
const PROTECTION_LAST: i32 = 2024;

/// Child protection returns the publisher marks instead of printing: 3-digit code, year, symbol.
const MARKED: [(&str, i32, &str); 2] = [("885", 2024, "u"), ("311", 2021, "x")];

/// `cla_number_and_rate_per_10k_children.csv`: newest year first, the three counts under each other.
pub fn looked_after(register: &Register, children: &Children) -> Table {
    let layout =
        Layout { header: LOOKED_AFTER, bom: true, line_end: "\n", inner_and_outer: true, order: Order::OnsCode };
    let mut table = Table::new(layout);
    let level = children.lasting(register, "looked after", 0.3);
    for (number, year) in LOOKED_AFTER_YEARS.into_iter().enumerate().rev() {
        let day = format!("{year}-03-31");
        let open = register.open_on(&day).map(|authority| {
            let population = children.of(&authority.la_code, year - 1);
            let lasting = level.get(&authority.la_code).copied().unwrap_or(1.0);
            let count = |(label, england_counts): &(&str, [f64; 5])| {
                let noise = Stream::new(&[label, &authority.la_code, &year.to_string()]).around_one(0.06);
                (population * lasting * noise * england_counts[number] / england(year - 1)).round() as u32
            };
            let counts = std::iter::once(population as u32).chain(EPISODES.iter().map(count)).collect();
            Answer { authority, counts: Some(counts) }
        });
        let answers = open.chain(unborn_or_abolished(register, &day)).collect();
        for (place, counts) in table.roll_up(answers) {
            push_episodes(&mut table, year, &place, counts.as_deref());
        }
    }
    table
}

/// Predecessors and successors that did not exist on the day: this publisher prints rows for them, without figures.
fn unborn_or_abolished<'a>(register: &'a Register, day: &str) -> Vec<Answer<'a>> {
    let [first, .., last] = LOOKED_AFTER_YEARS.map(|year| format!("{year}-03-31"));
    let closed = register.abolished().filter(|a| a.open_on(&first) && !a.open_on(day));
    let unborn = register.today().filter(|a| a.open_on(&last) && register.took_over_after(a, day));
    closed.chain(unborn).map(|authority| Answer { authority, counts: None }).collect()
}

fn push_episodes(table: &mut Table, year: i32, place: &Place, counts: Option<&[u32]>) {
    for (number, (label, _)) in EPISODES.iter().enumerate() {
        let cells = match counts {
            None => ["z", "z", "z"].map(str::to_owned),
            Some(counts) => {
                let (population, count) = (counts[0], counts[number + 1]);
                let rate = (u64::from(count) * 20_000 + u64::from(population)) / (u64::from(population) * 2);
                let [count, rate] = match count {
                    0 => ["z", "z"].map(str::to_owned),
                    1..=5 => ["c", "c"].map(str::to_owned),
                    _ => [count.to_string(), rate.to_string()],
                };
                [population.to_string(), count, rate]
            }
        };
        let cells = [&[(*label).to_owned()], cells.as_slice()].concat();
        table.push(&year.to_string(), "Reporting year", place, &cells);
    }
}

/// `d1_child_protection_plans_2013_to_2024.csv`: newest year first.
pub fn child_protection(register: &Register, children: &Children) -> Table {
    let layout = Layout { header: PROTECTION, bom: false, line_end: "\r\n", inner_and_outer: true, order: Order::Name };
    let mut table = Table::new(layout);
    let level = children.lasting(register, "child protection", 0.3);
    for year in (PROTECTION_BEFORE + 1..=PROTECTION_LAST).rev() {
        let day = format!("{year}-03-31");
        let answers = register.open_on(&day).map(|authority| {
            let counts = protection_counts(&authority.la_code, year, children, &level);
            let marked = mark(&authority.la_code, year).is_some();
            Answer { authority, counts: (!marked).then_some(counts) }
        });
        for (place, counts) in table.roll_up(answers.collect()) {
            push_protection(&mut table, year, &place, counts.as_deref());
        }
    }
    table
}

fn mark(la_code: &str, year: i32) -> Option<&'static str> {
    MARKED.iter().find(|(code, when, _)| (*code, *when) == (la_code, year)).map(|(_, _, symbol)| *symbol)
}

/// Children, then plans (and children with plans) that started, ended, stood at any point, and stood on 31 March.
fn protection_counts(la_code: &str, year: i32, children: &Children, level: &HashMap<String, f64>) -> Vec<u32> {
    let drawn = |label: &str, thousands: &[f64; 13], year: i32| {
        let place = usize::try_from(year - PROTECTION_BEFORE).unwrap_or_default();
        let lasting = level.get(la_code).copied().unwrap_or(1.0);
        let noise = Stream::new(&[label, la_code, &year.to_string()]).around_one(0.1);
        let mid_year = (year - 1).max(PROTECTION_BEFORE);
        let rate = thousands[place] * 1_000.0 / england(mid_year);
        (children.of(la_code, mid_year) * rate * lasting * noise).round() as u32
    };
    let before = drawn("plans at 31 March", &AT_31_MARCH, year - 1);
    let after = drawn("plans at 31 March", &AT_31_MARCH, year);
    let started = (after + drawn("plans ended", &ENDED, year)).saturating_sub(before);
    let any_point = before + started;
    let mut stream = Stream::new(&["protected twice", la_code, &year.to_string()]);
    let mut counts = vec![children.of(la_code, year - 1) as u32];
    for (plans, once) in [(started, 0.997), (any_point - after, 0.996), (any_point, 0.988)] {
        counts.extend([plans, stream.binomial(plans, once)]);
    }
    counts.push(after);
    counts
}

fn push_protection(table: &mut Table, year: i32, place: &Place, counts: Option<&[u32]>) {
    let mut cells = vec!["Child Protection Plans".to_owned()];
    match (counts, place) {
        (Some(counts), _) => cells.extend(counts[1..].iter().flat_map(|count| protected(*count, counts[0]))),
        (None, Place::Authority { authority, .. }) => {
            let symbol = mark(&authority.la_code, year).unwrap_or("x");
            cells.resize(table.columns().count(), symbol.to_owned());
        }
        (None, _) => cells.resize(table.columns().count(), "x".to_owned()),
    }
    table.push(&year.to_string(), "Reporting year", place, &cells);
}

/// A count and its rate per 10,000 children; `c` where it is small enough to point at a child.
fn protected(count: u32, children: u32) -> [String; 2] {
    match count {
        1..=5 => ["c", "c"].map(str::to_owned),
        _ => {
            let rate = tenths(u64::from(count) * 10_000, u64::from(children));
            [count.to_string(), rate.unwrap_or_else(|| "x".to_owned())]
        }
    }
}
