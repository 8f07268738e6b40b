//! `timeliness_20_week.csv`: EHC plans issued in a calendar year and how long they took, in total and by sex.

use std::collections::HashMap;

use crate::ees::{Answer, Layout, Order, Place, Table, percent};
use crate::population::{Children, england};
use crate::random::{Stream, calibrate, growth, share_of};
use crate::register::{Authority, Register};
use crate::sen2::{Edition, correct};

const HEADER: &str = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,\
                      new_la_code,old_la_code,la_name,breakdown_topic,breakdown,plans_issued_den,plans_issued_den_ex,\
                      plans_issued_within_20_weeks,plans_issued_20_weeks_ex,pc_plans_issued_within_20_weeks,\
                      PC_plans_issued_20_weeks_ex,plans_issued_gt20weeks_ltYear,plans_issued_gt20weeks_ltYear_ex,\
                      pc_plans_issued_gt20weeks_ltYear,PC_plans_issued_gt20weeks_ltYear_ex,plans_issued_gt_1_year,\
                      plans_issued_gt_1_year_ex,pc_plans_issued_gt_1_year,PC_plans_issued_gt_1_year_ex";

/// England in one year: plans issued, the share of them without exceptions, and of those the share within 20 weeks.
struct Year {
    year: i32,
    plans: f64,
    without_exceptions: f64,
    within_20_weeks: f64,
}

const YEARS: [Year; 6] = [
    Year { year: 2019, plans: 53_300.0, without_exceptions: 0.929, within_20_weeks: 0.604 },
    Year { year: 2020, plans: 59_100.0, without_exceptions: 0.917, within_20_weeks: 0.580 },
    Year { year: 2021, plans: 61_300.0, without_exceptions: 0.934, within_20_weeks: 0.599 },
    Year { year: 2022, plans: 65_500.0, without_exceptions: 0.948, within_20_weeks: 0.492 },
    Year { year: 2023, plans: 80_900.0, without_exceptions: 0.945, within_20_weeks: 0.503 },
    Year { year: 2024, plans: 90_400.0, without_exceptions: 0.939, within_20_weeks: 0.464 },
];

/// The first year of the person-level collection: only from then on are lateness and sex known.
const PERSON_LEVEL: i32 = 2023;

/// Counts kept of one group of plans: within 20 weeks, within a year, later; without exceptions, then with.
const COUNTS: usize = 6;

/// Builds one edition's file.
pub fn table(register: &Register, children: &Children, edition: &Edition) -> Table {
    let layout = Layout { header: HEADER, bom: true, line_end: "\r\n", inner_and_outer: false, order: Order::LaCode };
    let mut table = Table::new(layout);
    let demand = children.lasting(register, "plans issued", 0.2);
    for year in YEARS.iter().filter(|year| year.year <= edition.last_year) {
        let answers = answers(register, children, &demand, year, edition);
        for (place, counts) in table.roll_up(answers) {
            push_place(&mut table, year.year, &place, counts.as_deref());
        }
    }
    table
}

fn answers<'a>(
    register: &'a Register,
    children: &Children,
    demand: &HashMap<String, f64>,
    year: &Year,
    edition: &Edition,
) -> Vec<Answer<'a>> {
    let day = format!("{}-12-31", year.year);
    let drawn: Vec<(&'a Authority, u32, f64)> =
        register.open_on(&day).map(|a| (a, issued(a, children, demand, year), growth(pace(a, year.year)))).collect();
    let groups: Vec<(f64, f64)> = drawn.iter().map(|(_, plans, odds)| (f64::from(*plans), *odds)).collect();
    let factor = calibrate(year.within_20_weeks, &groups);
    let present = drawn.into_iter().filter(|(a, ..)| !edition.omits_plans(&a.la_code, year.year));
    let answer = |(authority, plans, odds): (&'a Authority, u32, f64)| {
        let hidden = edition.hides_plans(&authority.la_code, year.year);
        let mut counts = split(authority, year, plans, share_of(factor * odds));
        if edition.restates(&authority.la_code, year.year) {
            correct(&mut counts, COUNTS + 1, COUNTS, 40);
        }
        Answer { authority, counts: (!hidden).then_some(counts) }
    };
    present.map(answer).collect()
}

/// How many plans an authority issued.
fn issued(authority: &Authority, children: &Children, demand: &HashMap<String, f64>, year: &Year) -> u32 {
    let la_code = &authority.la_code;
    let lasting = demand.get(la_code).copied().unwrap_or(1.0);
    let noise = Stream::new(&["plans issued", la_code, &year.year.to_string()]).around_one(0.12);
    let rate = year.plans / england(year.year);
    (children.of(la_code, year.year) * rate * lasting * noise).round() as u32
}

/// How fast an authority is in a year, as the logarithm of its odds: half of it lasts, half of it walks.
fn pace(authority: &Authority, year: i32) -> f64 {
    let mut stream = Stream::new(&["pace", &authority.la_code]);
    let region = 0.3 * Stream::new(&["pace", &authority.region_code]).normal();
    let lasting = 0.8 * stream.normal();
    let mut walk = 0.7 * stream.normal();
    for _ in YEARS[0].year..year {
        walk = 0.8 * walk + 0.7 * stream.normal();
    }
    region + lasting + walk
}

/// Girls' counts, then boys'.
fn split(authority: &Authority, year: &Year, plans: u32, within_20_weeks: f64) -> Vec<u32> {
    let mut stream = Stream::new(&["timeliness", &authority.la_code, &year.year.to_string()]);
    let exceptions = (1.0 - year.without_exceptions) * stream.around_one(0.6);
    let over_a_year = 0.12 * stream.around_one(0.5);
    let with = stream.binomial(plans, exceptions.min(0.5));
    let late = 1.0 - within_20_weeks;
    let shares = [within_20_weeks, late * (1.0 - over_a_year), late * over_a_year];
    let mut all = stream.divide(plans - with, &shares);
    all.extend(stream.divide(with, &[0.38, 0.56, 0.06]));
    let girls: Vec<u32> = all.iter().map(|count| stream.binomial(*count, 0.31)).collect();
    let boys: Vec<u32> = all.iter().zip(&girls).map(|(count, girls)| count - girls).collect();
    [girls, boys].concat()
}

fn push_place(table: &mut Table, year: i32, place: &Place, counts: Option<&[u32]>) {
    let sexes = counts.map(|counts| counts.split_at(COUNTS));
    let all: Option<Vec<u32>> = sexes.map(|(girls, boys)| girls.iter().zip(boys).map(|(g, b)| g + b).collect());
    push_row(table, year, place, ["All EHC plans issued", "All EHC plans issued"], all.as_deref());
    if year >= PERSON_LEVEL {
        push_row(table, year, place, ["Sex", "Female"], sexes.map(|(girls, _)| girls));
        push_row(table, year, place, ["Sex", "Male"], sexes.map(|(_, boys)| boys));
    }
}

fn push_row(table: &mut Table, year: i32, place: &Place, breakdown: [&str; 2], counts: Option<&[u32]>) {
    let mut cells: Vec<String> = breakdown.map(str::to_owned).to_vec();
    match counts {
        Some(counts) => cells.extend(indicators(counts, year >= PERSON_LEVEL)),
        None => cells.resize(table.columns().count(), "x".to_owned()),
    }
    table.push(&year.to_string(), "Calendar year", place, &cells);
}

/// The fourteen indicators of one group of plans.
fn indicators(counts: &[u32], lateness_known: bool) -> Vec<String> {
    let without: u32 = counts[..3].iter().sum();
    let plans: u32 = counts.iter().sum();
    let mut cells = vec![plans.to_string(), without.to_string()];
    for (place, known) in [(0, true), (1, lateness_known), (2, lateness_known)] {
        let (all, without_exceptions) = (counts[place] + counts[place + 3], counts[place]);
        let group = [
            all.to_string(),
            without_exceptions.to_string(),
            percent(all, plans),
            percent(without_exceptions, without),
        ];
        cells.extend(group.map(|cell| if known { cell } else { "x".to_owned() }));
    }
    cells
}
