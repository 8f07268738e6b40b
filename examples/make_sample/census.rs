//! `sen_phase_type_.csv`: pupils by phase of school and SEN provision, in the long layout of 2025/26.

use std::collections::HashMap;

use crate::ees::{Answer, Layout, Order, Place, Table};
use crate::population::Children;
use crate::random::{Stream, calibrate, share_of};
use crate::register::{Authority, Register};

const HEADER: &str = "time_period,time_identifier,geographic_level,country_code,country_name,region_name,region_code,\
                      old_la_code,la_name,new_la_code,pcon_code,pcon_name,phase_type_grouping,establishment_type,\
                      hospital_school,sen_provision,pupil_count,pupil_percent";

/// England in one January: pupils, and the shares with a plan and with SEN support.
struct January {
    year: i32,
    pupils: f64,
    plan: f64,
    support: f64,
}

const JANUARIES: [January; 5] = [
    January { year: 2026, pupils: 8_920_000.0, plan: 0.0604, support: 0.1480 },
    January { year: 2025, pupils: 9_030_000.0, plan: 0.0534, support: 0.1422 },
    January { year: 2024, pupils: 9_090_000.0, plan: 0.0478, support: 0.1363 },
    January { year: 2023, pupils: 9_070_000.0, plan: 0.0429, support: 0.1304 },
    January { year: 2022, pupils: 9_000_000.0, plan: 0.0395, support: 0.1255 },
];

/// One phase: its share of England's pupils in 1,000, and the odds there of a plan and of SEN support.
struct Phase {
    label: &'static str,
    share: f64,
    plan_odds: f64,
    support_odds: f64,
    /// Whether even the smallest authorities have it.
    everywhere: bool,
}

const fn phase(label: &'static str, share: f64, plan_odds: f64, support_odds: f64, everywhere: bool) -> Phase {
    Phase { label, share, plan_odds, support_odds, everywhere }
}

const PHASES: [Phase; 7] = [
    phase("Independent school", 65.0, 0.075, 0.18, true),
    phase("Non-maintained special school", 0.4, 60.0, 0.5, false),
    phase("State-funded AP school", 1.7, 0.42, 1.4, false),
    phase("State-funded nursery", 4.1, 0.02, 0.18, false),
    phase("State-funded primary", 499.0, 0.043, 0.18, true),
    phase("State-funded secondary", 411.0, 0.038, 0.16, true),
    phase("State-funded special school", 18.8, 60.0, 0.5, false),
];

/// The labels of `sen_provision`, in the order of the counts kept for each phase.
const PROVISIONS: [&str; 3] = ["Total", "Education, health and care plan", "SEN support / SEN without an EHC plan"];

/// An authority without a return: 3-digit code and January.
const NOT_AVAILABLE: (&str, i32) = ("894", 2023);

/// Builds the file: newest January first.
pub fn table(register: &Register, children: &Children) -> Table {
    let layout = Layout { header: HEADER, bom: false, line_end: "\n", inner_and_outer: false, order: Order::LaCode };
    let mut table = Table::new(layout);
    let plans = children.lasting(register, "census plans", 0.2);
    let support = children.lasting(register, "census support", 0.13);
    for january in &JANUARIES {
        let day = format!("{}-01-31", january.year);
        let drawn: Vec<(&Authority, Vec<u32>)> =
            register.open_on(&day).map(|a| (a, pupils(a, children, january))).collect();
        let plan_odds = january_odds(&drawn, january.plan, &plans, |phase| phase.plan_odds);
        // SEN support is drawn among those without a plan
        let support_share = january.support / (1.0 - january.plan);
        let support_odds = january_odds(&drawn, support_share, &support, |phase| phase.support_odds);
        let answers =
            drawn.iter().zip(plan_odds.iter().zip(&support_odds)).map(|((authority, pupils), (plan, support))| {
                let counts = provisions(authority, january.year, pupils, plan, support);
                let missing = NOT_AVAILABLE == (authority.la_code.as_str(), january.year);
                Answer { authority, counts: (!missing).then_some(counts) }
            });
        for (place, counts) in table.roll_up(answers.collect()) {
            push_place(&mut table, january.year, &place, counts.as_deref());
        }
    }
    table
}

/// Pupils of an authority by phase.
fn pupils(authority: &Authority, children: &Children, january: &January) -> Vec<u32> {
    let la_code = &authority.la_code;
    let young = children.of(la_code, january.year.min(2025) - 1);
    let england = crate::population::england(january.year.min(2025) - 1);
    let small = young < 2_000.0;
    let count = |phase: &Phase| {
        if small && !phase.everywhere {
            return 0;
        }
        let spread = if phase.share > 100.0 { 0.05 } else { 0.5 };
        let lasting = Stream::new(&["pupils", la_code, phase.label]).around_one(spread);
        let noise = Stream::new(&["pupils", la_code, phase.label, &january.year.to_string()]).around_one(0.01);
        (young * january.pupils / england * phase.share / 1_000.0 * lasting * noise).round() as u32
    };
    PHASES.iter().map(count).collect()
}

/// For every authority its odds by phase, brought to England's share.
fn january_odds(
    drawn: &[(&Authority, Vec<u32>)],
    share: f64,
    lasting: &HashMap<String, f64>,
    odds: impl Fn(&Phase) -> f64,
) -> Vec<Vec<f64>> {
    let raw = |authority: &Authority| -> Vec<f64> {
        let own = lasting.get(&authority.la_code).copied().unwrap_or(1.0);
        PHASES.iter().map(|phase| own * odds(phase)).collect()
    };
    let raw: Vec<Vec<f64>> = drawn.iter().map(|(authority, _)| raw(authority)).collect();
    let groups: Vec<(f64, f64)> = drawn
        .iter()
        .zip(&raw)
        .flat_map(|((_, pupils), odds)| pupils.iter().map(|count| f64::from(*count)).zip(odds.iter().copied()))
        .collect();
    let factor = calibrate(share, &groups);
    raw.into_iter().map(|odds| odds.into_iter().map(|own| factor * own).collect()).collect()
}

/// For each phase all pupils, those with a plan, those with SEN support.
fn provisions(authority: &Authority, year: i32, pupils: &[u32], plan: &[f64], support: &[f64]) -> Vec<u32> {
    let mut stream = Stream::new(&["provision", &authority.la_code, &year.to_string()]);
    let mut counts = Vec::with_capacity(PHASES.len() * PROVISIONS.len());
    for ((pupils, plan), support) in pupils.iter().zip(plan).zip(support) {
        let plans = stream.binomial(*pupils, share_of(*plan));
        let supported = stream.binomial(pupils - plans, share_of(*support));
        counts.extend([*pupils, plans, supported]);
    }
    counts
}

fn push_place(table: &mut Table, year: i32, place: &Place, counts: Option<&[u32]>) {
    let all: Option<Vec<u32>> = counts.map(|counts| {
        let sum = |provision| counts.iter().skip(provision).step_by(PROVISIONS.len()).sum();
        (0..PROVISIONS.len()).map(sum).collect()
    });
    push_phase(table, year, place, "Total", all.as_deref());
    for (number, phase) in PHASES.iter().enumerate() {
        let start = number * PROVISIONS.len();
        push_phase(table, year, place, phase.label, counts.map(|counts| &counts[start..start + PROVISIONS.len()]));
    }
}

fn push_phase(table: &mut Table, year: i32, place: &Place, phase: &str, counts: Option<&[u32]>) {
    let period = format!("{}{:02}", year - 1, year % 100);
    for (number, provision) in PROVISIONS.iter().enumerate() {
        let [count, percent] = match counts {
            Some(counts) => [counts[number].to_string(), long_percent(counts[number], counts[0])],
            None => ["x", "x"].map(str::to_owned),
        };
        let filters = [phase, "Total", "Total", provision].map(str::to_owned);
        let cells = [filters.as_slice(), &[count, percent]].concat();
        table.push(&period, "Academic year", place, &cells);
    }
}

/// Percent with eleven places, as this file prints it; `z` where there are no pupils at all.
fn long_percent(part: u32, whole: u32) -> String {
    const PLACES: u128 = 100_000_000_000;
    if whole == 0 {
        return "z".to_owned();
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let scaled = (part * 200 * PLACES + whole) / (2 * whole);
    let (units, rest) = (scaled / PLACES, scaled % PLACES);
    if rest == 0 { units.to_string() } else { format!("{units}.{rest:011}") }
}
