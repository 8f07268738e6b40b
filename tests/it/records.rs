//! Records in several tables: joined, picked, worked out and counted, against plain loops over the same invented values.

mod bad;
mod counted;
mod large;
mod layouts;
mod unmapped;

use std::fmt::Write as _;

use crate::harness::Bench;

/// A request with its assessment and the places of its plan; days since the first of January 2024.
pub struct Case {
    /// Born so many years before, on this month and day.
    pub born: (i32, u32, u32),
    pub sex: &'static str,
    pub received: i64,
    pub took: Option<i64>,
    pub exception: bool,
    pub mediation: bool,
    /// Rank, day of entry and word of each place.
    pub places: Vec<(u32, i64, &'static str)>,
}

/// Day number `number` of the year as the collection system writes it.
pub fn day(number: i64) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day") + chrono::Duration::days(number)
}

/// So many invented cases: every boundary is met.
pub fn cases() -> Vec<Case> {
    const SEXES: [&str; 4] = ["M", "F", "M", "U"];
    const WORDS: [&str; 3] = ["EHE", "OLA", "NEET"];
    const TOOK: [i64; 9] = [0, 41, 139, 140, 141, 200, 364, 365, -3];
    let case = |number: usize| Case {
        born: (2004 + (number % 17) as i32, 1 + (number % 12) as u32, 1 + (number % 28) as u32),
        sex: SEXES[number % 4],
        received: (number as i64 * 7) % 160 - 20,
        took: (number % 11 != 5).then(|| TOOK[number % 9]),
        exception: number.is_multiple_of(6),
        mediation: number.is_multiple_of(10),
        places: (0..number % 4)
            .map(|at| (1 + (at as u32 + number as u32) % 2, (number * (at + 3)) as i64 % 90, WORDS[(at + number) % 3]))
            .collect(),
    };
    (0..240).map(case).collect()
}

/// The modules of a return, as the collection system writes them; names begin with CANARY.
pub fn modules(cases: &[Case]) -> Vec<(&'static str, String)> {
    let written = |day: chrono::NaiveDate| day.format("%Y-%b-%d 00:00:00").to_string();
    let mut person = String::from("persontableid,surname,personbirthdate,sex,upn\n");
    let mut requests = String::from("requeststableid,persontableid,receiveddate,requestmediation\n");
    let mut assessment =
        String::from("assessmenttableid,requeststableid,assessmentoutcome,assessmentoutcomedate,week20\n");
    let mut places = String::from("placementdetailtableid,requeststableid,sensetting,placementrank,entrydate\n");
    for (number, case) in cases.iter().enumerate() {
        let (year, month, of_month) = case.born;
        let born = written(chrono::NaiveDate::from_ymd_opt(year, month, of_month).expect("a day"));
        let received = written(day(case.received));
        let ended = case.took.map_or_else(String::new, |took| written(day(case.received + took)));
        // Writing to a string cannot fail.
        let _ = writeln!(person, "{},CANARY{number},{born},{},Z999{number}", 1000 + number, case.sex);
        let _ = writeln!(requests, "{},{},{received},{}", 2000 + number, 1000 + number, case.mediation);
        let outcome = if number % 13 == 0 { "N" } else { "Y" };
        let _ =
            writeln!(assessment, "{},{},{outcome},{ended},{}", 3000 + number, 2000 + number, u8::from(case.exception));
        for (at, (rank, entry, word)) in case.places.iter().enumerate() {
            let _ = writeln!(
                places,
                "{},{}.0,{word},{rank},{}",
                4000 + number * 4 + at,
                2000 + number,
                written(day(*entry))
            );
        }
    }
    let head = "lea,year,referencedate\n381,2025,2025-Jan-16 00:00:00\n".to_owned();
    vec![
        ("sen2", head),
        ("person", person),
        ("requests", requests),
        ("assessment", assessment),
        ("placementdetail", places),
    ]
}

/// The pipeline of the return; `more` stands at the end of its head.
pub fn pipeline(more: &str) -> String {
    format!("{HEAD}{more}{RULES}")
}

const HEAD: &str = r#"
title  = "Plans issued, from the council's own return"
return = "own"
shape  = "records"
rows   = "assessment"
provisional = true
period = { calendar_year = "year" }
area   = { code = "head.lea" }
by     = [["sex"], ["age"], ["where"], ["sex", "where"]]
where  = { "assessment.outcome" = ["y"], "assessment.day" = { in = "year" } }
join   = [{ from = "request.person", to = "person.id" }, { from = "assessment.request", to = "request.id" }, { from = "place.request", to = "request.id" }]
"#;

const RULES: &str = r#"
[pick.main]
of    = "request"
from  = "place"
where = { "place.entry" = { to = "may" } }
order = ["place.rank", "-place.entry"]

[day]
census = { read = "head.reference" }
year   = { calendar_year_before = "census" }
may    = { fixed = "2024-03-15" }

[field]
took  = { days_between = ["request.received", "assessment.day"], backward = "missing" }
weeks = { weeks_between = ["request.received", "assessment.day"], backward = "missing" }
years = { age_at = ["person.born", "request.received"] }
age   = { band = "years", up_to = { 5 = "5 and under" }, each = "aged {}", from = { 16 = "16 and over" } }
sex   = { first = ["person.sex"], labels = { M = "Male", F = "Female" }, other = "Unknown" }
where = { when = [{ if = { "main.word" = ["N*"] }, is = "none" }, { if = { "main.word" = ["*"] }, is = "place {main.word}" }], missing = "not recorded" }

[measures.plans]
label = "Plans"
unit  = "number"

[measures.within]
label = "Within 20 weeks"
unit  = "percent"
count = { took = { to = 140 }, none = { "assessment.exception" = ["yes"] } }
of    = { "assessment.exception" = ["no"] }

[measures.late]
label = "Late, or after mediation"
unit  = "number"
count = { some = [{ took = { over = 140, under = 365 } }, { "request.mediation" = ["yes"] }] }

[measures.mean_weeks]
label = "Mean weeks"
unit  = "weeks"
mean  = "weeks"

[measures.days]
label = "Days"
unit  = "number"
sum   = "took"

[measures.median_days]
label  = "Median days"
unit   = "days"
median = "took"
count  = { "assessment.exception" = ["no"] }

[measures.ninety]
label = "Days within which nine in ten are issued"
unit  = "days"
percentile = { of = "took", at = 90 }

[[release]]
from = 2025
[release.table]
head       = { file = "*_sen2.csv", columns = { lea = "lea", reference = "referencedate" }, days = ["reference"], ignore = ["*"] }
person     = { file = "*_person.csv", key = "id", columns = { id = "persontableid", born = "personbirthdate", sex = "sex" }, days = ["born"], ignore = ["*"] }
request    = { file = "*_requests.csv", key = "id", columns = { id = "requeststableid", person = "persontableid", received = "receiveddate", mediation = "requestmediation" }, days = ["received"], yes_no = ["mediation"], ignore = ["*"] }
assessment = { file = "*_assessment.csv", key = "id", columns = { id = "assessmenttableid", request = "requeststableid", outcome = "assessmentoutcome", day = "assessmentoutcomedate", exception = "week20" }, days = ["day"], yes_no = ["exception"], ignore = ["*"] }
place      = { file = "*_placementdetail.csv", columns = { request = "requeststableid", word = "sensetting", rank = "placementrank", entry = "entrydate" }, days = ["entry"], ignore = ["*"] }

[checks]
areas = "some"
"#;

/// A bench with the pipeline `toml` and the modules.
pub fn bench(toml: &str, modules: &[(&'static str, String)]) -> Bench {
    let bench = Bench::new();
    bench.pipeline("own_plans", toml);
    for (module, text) in modules {
        bench.returns(&format!("own/2025/Blade-Export_04-03-2025_{module}.csv"), text);
    }
    bench
}
