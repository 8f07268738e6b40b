//! `caseload.csv`: children and young people with an EHC plan each January, by where they are placed, and by sex.

use std::collections::HashMap;

use crate::ees::{Answer, Layout, Order, Place, Table, percent};
use crate::population::{Children, england};
use crate::random::Stream;
use crate::register::{Authority, Register};
use crate::sen2::{Edition, correct};

const HEADER: &str = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,\
    new_la_code,old_la_code,la_name,breakdown_topic,breakdown,ehcplans,mainstream_la_maintained,\
    mainstream_la_maintained_resourced_provision,mainstream_la_maintained_senunit,mainstream_academy,\
    mainstream_academy_resourced_provision,mainstream_academy_senunit,mainstream_free_school,\
    mainstream_free_school_resourced_provision,mainstream_free_school_senunit,mainstream_independent,\
    mainstream_total,mainstream_total_pc,special_la_maintained,special_academy_free,special_independent,\
    special_non_maintained,special_total,special_total_pc,ap_pru_academy,ap_pru_free_school,ap_pru_la_maintained,\
    ap_pru_total,AP_PRU_total_pc,general_fe_tertiary_colleges,specialist_post_16_institutions,ukrlp_provider,\
    fe_total,fe_total_pc,elective_home_education,other_arrangements_la,other_arrangements_parents,online_provider,\
    w_settings,other_schools,other_placement_settings,neet,neet_ntci,neet_other,neet_other_csa,ed_elsewhere,\
    ed_elsewhere_pc,nm_early_years,nm_early_years_pc,placement_unknown,placement_unknown_pc,await_prov_2022,perm_ex_2022";

/// One kind of placement: the column that totals it, its share of England's plans in 10,000 at the first and the last
/// January, and the Januaries it was collected in.
struct Placement {
    column: &'static str,
    total: &'static str,
    first: f64,
    last: f64,
    from: i32,
    until: i32,
}

const fn placement(column: &'static str, total: &'static str, first: f64, last: f64) -> Placement {
    Placement { column, total, first, last, from: FIRST_JANUARY, until: LAST_JANUARY }
}

const fn since(from: i32, placement: Placement) -> Placement {
    Placement { from, ..placement }
}

const fn until(until: i32, placement: Placement) -> Placement {
    Placement { until, ..placement }
}

const FIRST_JANUARY: i32 = 2019;
const LAST_JANUARY: i32 = 2025;
/// The first January of the person-level collection: from then on sex is known.
const PERSON_LEVEL: i32 = 2024;

/// Plans in England, in thousands, January 2019 to January 2025.
const ENGLAND: [f64; 7] = [354.0, 390.0, 430.7, 473.3, 517.0, 576.5, 638.7];

const PLACEMENTS: [Placement; 35] = [
    placement("mainstream_la_maintained", "mainstream_total", 1820.0, 1500.0),
    placement("mainstream_la_maintained_resourced_provision", "mainstream_total", 175.0, 105.0),
    placement("mainstream_la_maintained_senunit", "mainstream_total", 100.0, 50.0),
    placement("mainstream_academy", "mainstream_total", 1445.0, 2215.0),
    placement("mainstream_academy_resourced_provision", "mainstream_total", 140.0, 135.0),
    placement("mainstream_academy_senunit", "mainstream_total", 85.0, 90.0),
    placement("mainstream_free_school", "mainstream_total", 50.0, 145.0),
    placement("mainstream_free_school_resourced_provision", "mainstream_total", 1.0, 3.0),
    placement("mainstream_free_school_senunit", "mainstream_total", 1.0, 1.0),
    placement("mainstream_independent", "mainstream_total", 100.0, 110.0),
    placement("special_la_maintained", "special_total", 2375.0, 1345.0),
    placement("special_academy_free", "special_total", 990.0, 1155.0),
    placement("special_independent", "special_total", 390.0, 465.0),
    placement("special_non_maintained", "special_total", 105.0, 70.0),
    placement("ap_pru_academy", "ap_pru_total", 20.0, 30.0),
    placement("ap_pru_free_school", "ap_pru_total", 4.0, 9.0),
    placement("ap_pru_la_maintained", "ap_pru_total", 53.0, 36.0),
    placement("general_fe_tertiary_colleges", "fe_total", 1475.0, 1110.0),
    placement("specialist_post_16_institutions", "fe_total", 140.0, 150.0),
    since(2023, placement("ukrlp_provider", "fe_total", 115.0, 115.0)),
    since(2020, placement("elective_home_education", "ed_elsewhere", 75.0, 110.0)),
    placement("other_arrangements_la", "ed_elsewhere", 85.0, 180.0),
    placement("other_arrangements_parents", "ed_elsewhere", 20.0, 16.0),
    since(2025, placement("online_provider", "ed_elsewhere", 2.0, 2.0)),
    since(2025, placement("w_settings", "ed_elsewhere", 6.0, 6.0)),
    since(2025, placement("other_schools", "ed_elsewhere", 3.0, 3.0)),
    placement("other_placement_settings", "ed_elsewhere", 55.0, 65.0),
    placement("neet", "ed_elsewhere", 165.0, 285.0),
    since(2023, placement("neet_ntci", "ed_elsewhere", 40.0, 30.0)),
    since(2023, placement("neet_other", "ed_elsewhere", 45.0, 45.0)),
    since(2023, placement("neet_other_csa", "ed_elsewhere", 30.0, 40.0)),
    placement("nm_early_years", "nm_early_years", 50.0, 70.0),
    since(2023, placement("placement_unknown", "placement_unknown", 200.0, 300.0)),
    until(2022, placement("await_prov_2022", "", 100.0, 135.0)),
    until(2022, placement("perm_ex_2022", "", 2.0, 2.0)),
];

impl Placement {
    fn collected(&self, january: i32) -> bool {
        (self.from..=self.until).contains(&january)
    }

    /// Its share of England's plans in a January: a straight line from the first to the last.
    fn share(&self, january: i32) -> f64 {
        let way = f64::from(january - FIRST_JANUARY) / f64::from(LAST_JANUARY - FIRST_JANUARY);
        if self.collected(january) { self.first + way * (self.last - self.first) } else { 0.0 }
    }
}

/// Builds one edition's file.
pub fn table(register: &Register, children: &Children, edition: &Edition) -> Table {
    let layout = Layout { header: HEADER, bom: true, line_end: "\r\n", inner_and_outer: false, order: Order::LaCode };
    let mut table = Table::new(layout);
    let need = children.lasting(register, "caseload", 0.2);
    for (january, thousands) in (FIRST_JANUARY..=edition.last_january).zip(ENGLAND) {
        let rate = thousands * 1_000.0 / england(january - 1);
        let day = format!("{january}-01-31");
        let answers = register.open_on(&day).map(|authority| {
            let lasting = need.get(&authority.la_code).copied().unwrap_or(1.0);
            let expected = children.of(&authority.la_code, january - 1) * rate * lasting;
            let hidden = edition.hides_caseload(&authority.la_code, january);
            let counts = counts(authority, january, expected, edition.restates(&authority.la_code, january));
            Answer { authority, counts: (!hidden).then_some(counts) }
        });
        for (place, counts) in table.roll_up(answers.collect()) {
            push_place(&mut table, january, &place, counts.as_deref());
        }
    }
    table
}

/// Girls by placement, then boys by placement.
fn counts(authority: &Authority, january: i32, expected: f64, restated: bool) -> Vec<u32> {
    let la_code = &authority.la_code;
    let mut stream = Stream::new(&["caseload", la_code, &january.to_string()]);
    let plans = (expected * stream.around_one(0.03)).round() as u32;
    let weights: Vec<f64> = PLACEMENTS.iter().map(|kind| kind.share(january) * habit(la_code, kind)).collect();
    let mut all = stream.divide(plans, &weights);
    if restated {
        correct(&mut all, 0, 3, 50);
        correct(&mut all, 10, 11, 100);
    }
    let girls: Vec<u32> = all.iter().map(|count| stream.binomial(*count, 0.29)).collect();
    let boys: Vec<u32> = all.iter().zip(&girls).map(|(count, girls)| count - girls).collect();
    [girls, boys].concat()
}

/// How much more or less than England an authority uses a kind of placement; some hardly use the rare ones at all.
fn habit(la_code: &str, kind: &Placement) -> f64 {
    let usual = Stream::new(&["placement", la_code, kind.column]).around_one(0.3);
    let rare = matches!(kind.total, "ap_pru_total" | "nm_early_years");
    let hardly = rare && Stream::new(&["hardly", la_code, kind.total]).chance(0.1);
    if hardly { usual * 0.05 } else { usual }
}

fn push_place(table: &mut Table, january: i32, place: &Place, counts: Option<&[u32]>) {
    let sexes = counts.map(|counts| counts.split_at(PLACEMENTS.len()));
    let all: Option<Vec<u32>> = sexes.map(|(girls, boys)| girls.iter().zip(boys).map(|(g, b)| g + b).collect());
    push_row(table, january, place, ["All EHC plans", "All EHC plans"], all.as_deref());
    if january >= PERSON_LEVEL {
        push_row(table, january, place, ["Sex", "Female"], sexes.map(|(girls, _)| girls));
        push_row(table, january, place, ["Sex", "Male"], sexes.map(|(_, boys)| boys));
    }
}

fn push_row(table: &mut Table, january: i32, place: &Place, breakdown: [&str; 2], counts: Option<&[u32]>) {
    let figures = counts.map(|counts| figures(counts, january));
    let indicators = table.columns().skip(2).map(|column| match &figures {
        Some(figures) => indicator(column, figures),
        None => "x".to_owned(),
    });
    let cells: Vec<String> = breakdown.map(str::to_owned).into_iter().chain(indicators).collect();
    let period = format!("{}{:02}", january - 1, january % 100);
    table.push(&period, "Academic year", place, &cells);
}

/// Every count and total that was collected, by column.
fn figures(counts: &[u32], january: i32) -> HashMap<&'static str, u32> {
    let mut figures = HashMap::from([("ehcplans", counts.iter().sum())]);
    for (placement, count) in PLACEMENTS.iter().zip(counts).filter(|(placement, _)| placement.collected(january)) {
        figures.insert(placement.column, *count);
        if placement.total != placement.column {
            *figures.entry(placement.total).or_default() += count;
        }
    }
    figures
}

/// One cell: a count, a percentage of all plans, `low` where it rounds to 0, or `x` where nothing was collected.
fn indicator(column: &str, figures: &HashMap<&'static str, u32>) -> String {
    let plans = figures.get("ehcplans").copied().unwrap_or_default();
    let count = match column.strip_suffix("_pc") {
        None => figures.get(column).map(u32::to_string),
        Some(total) => figures.get(total.to_lowercase().as_str()).map(|count| match percent(*count, plans) {
            zero if zero == "0" && *count > 0 => "low".to_owned(),
            percent => percent,
        }),
    };
    count.unwrap_or_else(|| "x".to_owned())
}
