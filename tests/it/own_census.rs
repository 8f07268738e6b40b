//! The school census pipelines: on invented pupils whose figures were worked out by hand, and on a file of any size whose
//! counts its maker tells. The maker is lent; without it that test says SKIPPED.

use std::collections::BTreeMap;
use std::process::Command;

use crate::harness::{Bench, lent};

/// Pupils that are alike: how many, phase, URN, sex, born, year group, status, free meals, ethnicity, provision, need, base.
type Alike = (usize, [&'static str; 11]);

/// On 31 August 2024 they were 8, 9, 10, 12, 16, 15 and 9; each has a birthday on one side of a boundary.
const PUPILS: [Alike; 7] = [
    (20, ["Primary", "100001", "F", "2015-09-01", "4", "C", "1", "WBRI", "N", "", "0"]),
    (10, ["Primary", "100001", "M", "2015-08-31", "5", "C", "0", "APKN", "K", "SLCN", "0"]),
    (8, ["Primary", "100001", "M", "2014-02-28", "6", "M", "0", "WENG", "E", "ASD", "1"]),
    (3, ["Secondary", "100002", "F", "2012-03-01", "8", "C", "1", "WBRI", "E", "SEMH", "0"]),
    (9, ["Secondary", "100002", "M", "2008-08-31", "12", "C", "0", "NOBT", "K", "MLD", "0"]),
    (7, ["Special", "100003", "M", "2008-09-01", "11", "C", "1", "BSOM", "E", "SLD", "0"]),
    (2, ["Primary", "100001", "M", "2015-08-31", "5", "S", "0", "APKN", "K", "SLCN", "0"]),
];

const HEAD: &str = "LA,Surname,UPN,Phase,URN,Sex,DOB,NCyearActual,EnrolStatus,FSMeligible,Ethnicity,SENprovision,PrimarySENtype,ResourcedProvisionIndicator,SENunitIndicator\n";

/// The pupils in one file; names begin with CANARY, UPNs with Z999.
fn one_file() -> String {
    let all = PUPILS.iter().flat_map(|(count, pupil)| std::iter::repeat_n(pupil, *count)).enumerate();
    let rows = all.map(|(number, pupil)| format!("381,CANARY{number},Z999{number:09},{},0\n", pupil.join(",")));
    HEAD.to_owned() + &rows.collect::<String>()
}

fn bench(files: &[(&str, String)]) -> Bench {
    let bench = Bench::new();
    for (name, text) in files {
        bench.returns(&format!("own_census/2025/{name}"), text);
    }
    bench
}

/// By authority, topic, breakdown and measure: numerator, denominator, value.
type Figures = BTreeMap<[String; 4], [String; 3]>;

/// The figures of `table` as they were counted.
fn exact(bench: &Bench, table: &str) -> Figures {
    if !bench.path("mine").is_dir() {
        let run = bench.abreast(&["run", "--returns", "returns", "--out", "out", "--exact", "mine"]);
        assert!(bench.path("mine").is_dir(), "{}", run.stderr);
    }
    let text = std::fs::read_to_string(bench.path(&format!("mine/NOT-FOR-PUBLICATION-{table}.csv"))).expect("a table");
    let mut csv = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = csv.headers().expect("a head").clone();
    let of = |row: csv::StringRecord| {
        let cell = |name: &str| row[head.iter().position(|known| known == name).expect("a column")].to_owned();
        (
            ["la_code", "breakdown_topic", "breakdown", "measure"].map(cell),
            ["numerator", "denominator", "value"].map(cell),
        )
    };
    csv.records().map(|row| of(row.expect("a line"))).collect()
}

fn figure<'f>(figures: &'f Figures, topic: &str, breakdown: &str, measure: &str) -> &'f [String; 3] {
    let key = ["381", topic, breakdown, measure].map(str::to_owned);
    figures.get(&key).unwrap_or_else(|| panic!("no {key:?}"))
}

#[test]
fn every_figure_is_what_was_worked_out_by_hand() {
    let bench = bench(&[("pupils.csv", one_file())]);
    let totals = exact(&bench, "own_census_totals");
    let known = [
        ("pupils", 59),
        ("ehc_plan", 18),
        ("sen_support", 21),
        ("female", 23),
        ("fsm", 30),
        ("aged_5_to_15", 50),
        ("ehc_plan_aged_5_to_15", 18),
        ("primary_need_asd", 8),
        ("ehc_plan_asd", 8),
        ("resourced", 8),
        ("unit", 0),
        ("subsidiary", 2),
    ];
    for (measure, count) in known {
        assert_eq!(figure(&totals, "Total", "Total", measure)[2], count.to_string(), "{measure}");
    }
    let counts = [
        ("own_census_pupils", "Total", "Total", "pupils", 57),
        ("own_census_pupils", "Year group", "Year 5", "pupils", 10),
        ("own_census_pupils", "Age", "Aged 16", "sen_support", 9),
        ("own_census_pupils", "Age", "Aged 15", "ehc_plan", 7),
        ("own_census_pupils", "Sex", "Female", "ehc_plan", 3),
        ("own_census_pupils", "Ethnicity", "White - White British", "pupils", 31),
        ("own_census_pupils", "Ethnicity", "Unclassified", "pupils", 9),
        ("own_census_pupils", "Free meals", "Eligible", "ehc_plan", 10),
        ("own_census_sen_by_phase", "Phase, SEN provision", "State-funded primary, SEN support", "pupils", 10),
        ("own_census_sen_by_phase", "Phase", "State-funded special school", "pupils", 7),
        ("own_census_needs", "Total", "Total", "pupils", 37),
        ("own_census_needs", "Year group, Primary need", "Year 8, Social, emotional and mental health", "pupils", 3),
    ];
    for (table, topic, breakdown, measure, count) in counts {
        assert_eq!(
            figure(&exact(&bench, table), topic, breakdown, measure)[2],
            count.to_string(),
            "{table} {breakdown}"
        );
    }
    let shares = [
        ("own_census_pupils", "Total", "Total", "ehc_plan_share", ["18", "57"]),
        ("own_census_sen_by_phase", "SEN provision", "EHC plan", "pupils_share", ["18", "57"]),
        (
            "own_census_sen_by_phase",
            "Phase, SEN provision",
            "State-funded primary, EHC plan",
            "pupils_share",
            ["8", "38"],
        ),
        ("own_census_needs", "Primary need", "Autistic spectrum disorder", "need_share", ["8", "37"]),
    ];
    for (table, topic, breakdown, measure, parts) in shares {
        assert_eq!(figure(&exact(&bench, table), topic, breakdown, measure)[..2], parts, "{table} {breakdown}");
    }
    // A council's own return makes no region and no England.
    assert!(totals.keys().all(|[authority, ..]| authority == "381"), "{:?}", totals.keys().next());
}

#[test]
fn needs_and_the_register_of_schools_may_lie_beside_the_pupils() {
    let whole = one_file();
    let (mut pupils, mut needs) = (String::new(), String::from("UPN,SENtypeRank,SENtype\n"));
    for line in whole.lines() {
        let mut cells: Vec<&str> = line.split(',').collect();
        if cells[12].len() > 1 && cells[0] == "381" {
            needs += &format!("{0},2,OTH\n{0},1,{1}\n", cells[2], cells[12]);
        }
        cells.remove(12);
        cells.remove(3);
        pupils += &(cells.join(",") + "\n");
    }
    let register = "URN,TypeOfEstablishment (code),PhaseOfEducation (code)\n100001,1,2\n100002,34,4\n100003,7,0\n";
    let apart = bench(&[("pupils.csv", pupils), ("needs.csv", needs), ("edubasealldata.csv", register.to_owned())]);
    let together = bench(&[("pupils.csv", whole)]);
    for table in ["own_census_needs", "own_census_sen_by_phase", "own_census_totals"] {
        assert_eq!(exact(&apart, table), exact(&together, table), "{table}");
    }
    let pupils = exact(&apart, "own_census_pupils");
    assert_eq!(figure(&pupils, "Type of school", "Academy", "pupils")[2], "12");
    assert!(exact(&together, "own_census_pupils").keys().all(|[_, topic, ..]| topic != "Type of school"));
}

#[test]
fn what_is_published_hides_small_counts_and_names_nobody() {
    let bench = bench(&[("pupils.csv", one_file())]);
    let run = bench.abreast(&["run", "--returns", "returns", "--out", "out", "--authority", "381"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let table = bench.table("own_census_sen_by_phase");
    let small = table.row(&["breakdown=State-funded secondary, EHC plan", "measure=pupils"]);
    assert_eq!((small.text("status"), small.text("value")), ("protected", ""));
    // 59 rows less 57 pupils are two registrations that nobody may know of: one of the two is hidden.
    let whole = bench.table("own_census_totals");
    let of = |table: &crate::harness::Table| {
        table.row(&["breakdown_topic=Total", "measure=pupils"]).text("value").to_owned()
    };
    let totals = [of(&whole), of(&table)];
    assert!(totals.contains(&String::new()) && totals != ["", ""], "{totals:?}");
    for path in bench.files("out").into_iter().filter(|path| !path.ends_with(".png")) {
        let bytes = std::fs::read(bench.path(&path)).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        assert!(["CANARY", "Z999"].iter().all(|name| !text.contains(name) && !run.stderr.contains(name)), "{path}");
    }
}

/// What is wrong with a pupil, as the message says it, and the column of the cell it stands in; the pupil's cells.
const WRONG: [(&str, u32, &str); 14] = [
    (
        "one UPN stands on several registrations that are the only or the main one",
        3,
        "381,CANARY,Z999000000001,Primary,1,F,2015-09-01,4,C,1,WBRI,N,,0,0",
    ),
    ("there is no UPN", 3, "381,CANARY,,Primary,1,F,2015-09-01,4,C,1,WBRI,N,,0,0"),
    ("there is no date of birth", 7, "381,CANARY,Z999A,Primary,1,F,,4,C,1,WBRI,N,,0,0"),
    ("the date of birth lies after census day", 7, "381,CANARY,Z999B,Primary,1,F,2025-01-17,N1,C,1,WBRI,N,,0,0"),
    ("the year group is more than a year off the age", 8, "381,CANARY,Z999C,Primary,1,F,2015-09-01,6,C,1,WBRI,N,,0,0"),
    ("the enrolment status is missing or no code", 9, "381,CANARY,Z999D,Primary,1,F,2015-09-01,4,Q,1,WBRI,N,,0,0"),
    ("the SEN provision is missing or no code", 12, "381,CANARY,Z999E,Primary,1,F,2015-09-01,4,C,1,WBRI,Z,,0,0"),
    (
        "the SEN provision is a code of the censuses before 2015",
        12,
        "381,CANARY,Z999K,Primary,1,F,2015-09-01,4,C,1,WBRI,P,,0,0",
    ),
    (
        "the primary need is a code of the censuses before 2015",
        13,
        "381,CANARY,Z999L,Primary,1,F,2015-09-01,4,C,1,WBRI,K,BESD,0,0",
    ),
    (
        "the pupil has SEN provision and no primary need",
        12,
        "381,CANARY,Z999F,Primary,1,F,2015-09-01,4,C,1,WBRI,E,,0,0",
    ),
    ("the pupil has a need and no SEN provision", 12, "381,CANARY,Z999G,Primary,1,F,2015-09-01,4,C,1,WBRI,N,ASD,0,0"),
    ("the primary need is no code", 13, "381,CANARY,Z999H,Primary,1,F,2015-09-01,4,C,1,WBRI,K,QQQ,0,0"),
    ("the ethnicity is missing or no code", 11, "381,CANARY,Z999I,Primary,1,F,2015-09-01,4,C,1,WHITE,N,,0,0"),
    ("the phase of the school is not known", 4, "381,CANARY,Z999J,Upper,1,F,2015-09-01,4,C,1,WBRI,N,,0,0"),
];

#[test]
fn what_a_council_should_look_at_before_it_sends_the_census_is_said_with_its_cell() {
    let wrong: String = WRONG.iter().map(|(_, _, row)| format!("{row}\n")).collect();
    let bench = bench(&[("pupils.csv", one_file() + &wrong)]);
    let run = bench.abreast(&["run", "--returns", "returns", "--out", "out", "--figures-only", "--quiet"]);
    for (at, (message, column, _)) in WRONG.iter().enumerate() {
        let found: Vec<_> = run.findings.iter().filter(|finding| finding.message.contains(message)).collect();
        let place = found.last().unwrap_or_else(|| panic!("{message}: {}", run.stderr)).place.clone();
        assert_eq!((place.row, place.column), (Some(61 + at as u32), Some(*column)), "{message}");
        // Of a UPN that stands twice both rows are said.
        assert_eq!(found.len(), 1 + usize::from(at == 0), "{message}");
    }
}

#[test]
fn the_counts_that_the_maker_of_a_pupil_file_tells_come_out() {
    let Some(folder) = lent("ABREAST_OWN_RETURNS", "own_returns") else { return };
    let bench = bench(&[("pupils.csv", String::new())]);
    let register = crate::harness::root().join("data/reference/authorities.csv");
    let made = Command::new("python3")
        .arg(folder.join("scale/make_pupils.py"))
        .arg("20000")
        .arg(bench.path("returns/own_census/2025/pupils.csv"))
        .arg("--authorities")
        .arg(register)
        .output();
    let Ok(made) = made else {
        println!("SKIPPED: the maker of the file needs python3");
        return;
    };
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let totals = exact(&bench, "own_census_totals");
    let mut expected = csv::Reader::from_reader(made.stdout.as_slice());
    let head = expected.headers().expect("a head").clone();
    let mut compared = 0;
    for row in expected.records().map(|row| row.expect("a line")).filter(|row| &row[0] != "all" && &row[1] != "0") {
        for (measure, count) in head.iter().zip(&row).skip(1) {
            let key = [&row[0], "Total", "Total", measure].map(str::to_owned);
            assert_eq!(totals.get(&key).map(|[_, _, value]| value.as_str()), Some(count), "{key:?}");
            compared += 1;
        }
    }
    assert!(compared > 1500, "only {compared} counts");
}
