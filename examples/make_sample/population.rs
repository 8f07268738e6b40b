//! Children aged 0 to 17: the size of every simulated authority, and the mid-year estimates made of it.

use std::collections::HashMap;

use crate::ees::{Answer, Layout, Order, Table};
use crate::random::Stream;
use crate::register::{Authority, Register};

const HEADER: &str = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,\
                      old_la_code,new_la_code,la_name,age_group,population_estimate";

/// England in thousands, mid-2012 to mid-2024.
const ENGLAND: [f64; 13] = [
    11_400., 11_470., 11_540., 11_590., 11_670., 11_720., 11_760., 11_790., 11_790., 11_760., 11_890., 12_000., 12_180.,
];
const FIRST_YEAR: i32 = 2012;
const LAST_YEAR: i32 = 2023;
const BASE_YEAR: i32 = 2023;

/// Authorities whose size is part of what they are, in children.
const KNOWN_SIZES: [(&str, f64); 4] = [("201", 700.0), ("420", 350.0), ("857", 7_500.0), ("330", 290_000.0)];

/// How many children live where, by 3-digit code.
pub struct Children {
    base: HashMap<String, f64>,
    heirs: HashMap<String, Vec<(String, f64)>>,
    region: HashMap<String, String>,
}

impl Children {
    /// Draws a size for every authority that stands today; the abolished ones are what their successors hold.
    pub fn new(register: &Register) -> Self {
        let known: HashMap<&str, f64> = KNOWN_SIZES.into_iter().collect();
        let drawn: f64 = register.today().filter(|a| !known.contains_key(a.la_code.as_str())).map(draw_size).sum();
        let scale = (england(BASE_YEAR) - known.values().sum::<f64>()) / drawn;
        let size = |authority: &Authority| {
            let known = known.get(authority.la_code.as_str()).copied();
            (authority.la_code.clone(), known.unwrap_or_else(|| draw_size(authority) * scale))
        };
        Self {
            base: register.today().map(size).collect(),
            heirs: register.abolished().map(|a| (a.la_code.clone(), register.heirs(a))).collect(),
            region: register.today().map(|a| (a.la_code.clone(), a.region_code.clone())).collect(),
        }
    }

    /// Children of an authority in the middle of a year.
    pub fn of(&self, la_code: &str, year: i32) -> f64 {
        match self.heirs.get(la_code) {
            Some(heirs) => heirs.iter().map(|(heir, share)| share * self.standing(heir, year)).sum(),
            None => self.standing(la_code, year),
        }
    }

    fn standing(&self, la_code: &str, year: i32) -> f64 {
        let base = self.base.get(la_code).copied().unwrap_or_default();
        let region = self.region.get(la_code).map_or("", String::as_str);
        let drift =
            0.002 * Stream::new(&["drift", region]).normal() + 0.003 * Stream::new(&["drift", la_code]).normal();
        let wobble = 0.002 * Stream::new(&["population", la_code, &year.to_string()]).normal();
        let change = england(year) / england(BASE_YEAR) * (1.0 + drift * f64::from(year - BASE_YEAR) + wobble);
        (base * change).round()
    }

    /// A lasting multiplier for each authority, 1 on average over England's children: need, demand, recording.
    pub fn lasting(&self, register: &Register, label: &str, spread: f64) -> HashMap<String, f64> {
        let raw = |a: &Authority| {
            let region = Stream::new(&[label, &a.region_code]).around_one(spread / 3.0);
            region * Stream::new(&[label, &a.la_code]).around_one(spread)
        };
        let weighted: f64 = register.today().map(|a| raw(a) * self.of(&a.la_code, BASE_YEAR)).sum();
        let mean = weighted / england(BASE_YEAR);
        let standing = register.today().map(|a| (a.la_code.clone(), raw(a) / mean));
        standing.chain(register.abolished().map(|a| (a.la_code.clone(), raw(a) / mean))).collect()
    }
}

/// Children in England in the middle of a year.
pub fn england(year: i32) -> f64 {
    let place = usize::try_from(year - FIRST_YEAR).unwrap_or_default();
    ENGLAND.get(place).or(ENGLAND.last()).copied().unwrap_or_default() * 1_000.0
}

fn draw_size(authority: &Authority) -> f64 {
    let typical = match authority.kind.as_str() {
        "Counties" => 140_000.0,
        "Metropolitan Districts" => 72_000.0,
        "London Boroughs" => 57_000.0,
        _ => 46_000.0,
    };
    typical * Stream::new(&["size", &authority.la_code]).around_one(0.36)
}

/// `mye_0_to_17_2012_to_2023.csv`: newest year first.
pub fn table(register: &Register, children: &Children) -> Table {
    let layout = Layout { header: HEADER, bom: true, line_end: "\r\n", inner_and_outer: true, order: Order::Name };
    let mut table = Table::new(layout);
    for year in (FIRST_YEAR..=LAST_YEAR).rev() {
        let day = format!("{year}-06-30");
        let answers = register
            .open_on(&day)
            .map(|authority| Answer { authority, counts: Some(vec![children.of(&authority.la_code, year) as u32]) });
        for (place, counts) in table.roll_up(answers.collect()) {
            let estimate = counts.map_or("x".to_owned(), |counts| counts[0].to_string());
            let cells = ["Children aged 0 to 17 years".to_owned(), estimate];
            table.push(&year.to_string(), "Reporting year", &place, &cells);
        }
    }
    table
}
