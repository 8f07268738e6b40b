//! The department's template form of the person-level return: one sheet, the tables under one another, long headings with line
//! breaks. The headings are real, everybody in it is invented.

use crate::harness::Bench;

const PERSON: &str = "Person ID\n\n(This must match the relevant ID in the Person record table)";
const REQUEST: &str = "Requests record ID\n\n(This must match the relevant ID in the Requests table)";

/// How many plans of the template are in force on census day, and how many were issued within 20 weeks of how many on the clock.
const PEOPLE: usize = 48;

type Tables = Vec<(&'static str, Vec<&'static str>, Vec<Vec<String>>)>;

/// Person `n` asked on 1 February, has a plan from `20 weeks and n days` later on, and is in a setting by turns.
fn tables() -> Tables {
    let text = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let (mut people, mut requests, mut assessments, mut plans, mut active, mut places, mut needs) =
        (vec![], vec![], vec![], vec![], vec![], vec![], vec![]);
    for n in 0..PEOPLE {
        let (person, request) = (format!("{}", 500 + n), format!("{}", 900 + n));
        // The first 30 plans are dated day 140, the others day 141: 2024 is a leap year.
        let issued = if n < 30 { "2024-06-20" } else { "2024-06-21" };
        let born = if n % 2 == 0 { "2014-08-31" } else { "2014-09-01" };
        let ceased = if n % 8 == 7 { "2025-01-15" } else { "" };
        people.push(text(&[
            &person,
            "CANARYNAME",
            "Canary",
            born,
            if n % 3 == 0 { "F" } else { "M" },
            "WBRI",
            "Z999X",
        ]));
        requests.push(text(&[&request, &person, "2024-02-01", "1", "0", "2024-03-01", "Y", "0", "0", ""]));
        assessments.push(text(&[&person, &request, "Y", issued, "0", "0", "0", "0", "0"]));
        plans.push(text(&[&person, &request, issued, "0", "0", ceased, if ceased.is_empty() { "" } else { "9" }]));
        active.push(text(&[&person, &request, "", "", "", "", "", ""]));
        let setting = ["EHE", "NEET", "OLA"][n % 3];
        places.push(text(&[&person, &request, "", "", setting, "1", issued, "", "0", "0", "", ""]));
        needs.push(text(&[&person, &request, ["ASD", "semh"][n % 2], "1"]));
    }
    let year = text(&["SEN2", "2025", "2025-01-16", "L", "857"]);
    vec![
        ("Header Record", vec!["Collection Name", "Year", "Reference Date", "Source Level", "LA Number"], vec![year]),
        (
            "Person Record",
            vec![
                "Person ID\n\n(This must be a unique ID for each Person record)",
                "Surname",
                "Forename",
                "Date of Birth \n(ccyy-mm-dd)",
                "Sex",
                "Ethnicity",
                "UPN - Unique Pupil Number",
            ],
            people,
        ),
        (
            "Requests Records",
            vec![
                "Requests record ID\n\n(This must be a unique ID for each Requests record)",
                PERSON,
                "Date request was received",
                "Source of request for an EHC needs assessment",
                "Initial Request Whilst In RYA",
                "Request Outcome Date",
                "Request Outcome",
                "Request Mediation",
                "Request Tribunal",
                "Exported - Child or young person moves out of LA before assessment is completed",
            ],
            requests,
        ),
        (
            "Assessments Records",
            vec![
                PERSON,
                REQUEST,
                "Assessment Outcome - Decision to issue EHC plan",
                "Assessment Outcome Date",
                "Assessment Mediation",
                "Assessment Tribunal",
                "Other Mediation",
                "Other Tribunal",
                "Twenty week time limit exceptions apply",
            ],
            assessments,
        ),
        (
            "Named Plan Records",
            vec![
                PERSON,
                REQUEST,
                "EHC Plan Start Date",
                "Personal Budget taken up",
                "Personal Budget - Organised Arrangements",
                "Date EHC plan ceased",
                "Reason EHC plan ceased",
            ],
            plans,
        ),
        (
            "Active Plan Records",
            vec![
                PERSON,
                REQUEST,
                "EHC Plan transferred in from another LA during calendar year",
                "Annual Review Meeting Date",
                "Annual Review Decision",
                "Phase transfer review - due date for any amended plan",
                "Phase transfer review - final plan date",
                "EHC Plan Review Decisions Date",
            ],
            active,
        ),
        (
            "Placement Detail Records",
            vec![
                PERSON,
                REQUEST,
                "URN - Unique Reference Number",
                "UKPRN - UK Provider Reference Number",
                "SEN Setting – Establishment type",
                "Placement Rank (1=Primary, 2=Secondary)",
                "Placement Start Date",
                "Placement Leaving Date",
                "SEN Unit Indicator",
                "Resourced Provision Indicator",
                "Residential Settings",
                "Work Based Learning Activity",
            ],
            places,
        ),
        (
            "SEN Need Records",
            vec![PERSON, REQUEST, "SEN Type of Need", "SEN Type of Need rank  (1=Primary, 2=Secondary)"],
            needs,
        ),
    ]
}

fn template() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Data Entry Template").expect("a name");
    let mut row = 1;
    for (name, heads, rows) in tables() {
        sheet.write_string(row, 0, name).expect("a cell");
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        for (at, cells) in std::iter::once(&heads).chain(&rows).enumerate() {
            let kind = if at == 0 { "Record Type" } else { name };
            let row = row + 1 + at as u32;
            sheet.write_string(row, 0, kind).expect("a cell");
            for (column, cell) in (1u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(row, column, cell).expect("a cell");
            }
        }
        row += rows.len() as u32 + 4;
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn the_departments_template_gives_the_figures_of_its_tables() {
    let bench = Bench::new();
    bench.returns("own_sen2/2025/SEN2 return.xlsx", template());
    bench.returns("own_sen2/2025/establishments.csv", "URN,UKPRN,TypeOfEstablishment (code)\n900001,90000001,1\n");
    let run = bench.abreast(&["run", "--returns", "returns", "--out", "out", "--exact", "mine"]);
    let read = |table: &str| {
        let path = bench.path(&format!("mine/NOT-FOR-PUBLICATION-own_sen2_{table}.csv"));
        std::fs::read_to_string(path).unwrap_or_else(|_| panic!("no exact figures of {table}: {}", run.stderr))
    };
    let figure = |text: &str, breakdown: &str, measure: &str| {
        let mut csv = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let head = csv.headers().expect("a head").clone();
        let at = |name: &str| head.iter().position(|known| known == name).expect("a column");
        let rows: Vec<csv::StringRecord> = csv.records().map(|row| row.expect("a line")).collect();
        let row = rows.iter().find(|row| &row[at("breakdown")] == breakdown && &row[at("measure")] == measure);
        row.map(|row| ["numerator", "denominator", "value", "la_code", "period"].map(|name| row[at(name)].to_owned()))
    };
    let timeliness = read("timeliness");
    let on_time = figure(&timeliness, "Total", "timeliness_20_weeks").expect("the share");
    assert_eq!(on_time, ["30", "48", "62.5", "857", "2024"].map(str::to_owned));
    // Of 48 plans every eighth ended the day before census day; born on 31 August 2014 is ten on that day, born the day after nine.
    let caseload = read("caseload");
    let value = |text: &str, breakdown: &str, measure: &str| figure(text, breakdown, measure).map(|row| row[2].clone());
    assert_eq!(value(&caseload, "Total", "plans").as_deref(), Some("42"));
    assert_eq!(value(&caseload, "Aged 10", "plans").as_deref(), Some("24"));
    assert_eq!(value(&caseload, "Aged 9", "plans").as_deref(), Some("18"));
    assert_eq!(value(&caseload, "Total", "elsewhere").as_deref(), Some("42"));
    let needs = read("needs");
    assert_eq!(value(&needs, "Autistic spectrum disorder", "plans_by_need").as_deref(), Some("24"));
    assert_eq!(value(&needs, "Social, emotional and mental health", "plans_by_need").as_deref(), Some("18"));
    for text in [timeliness, caseload, needs] {
        assert!(!text.contains("CANARY") && !text.contains("Z999"));
    }
}

#[test]
fn a_code_of_another_years_return_is_said_to_be_one() {
    let said = |reference: &str, sex: &str, need: &str| {
        let bench = Bench::new();
        let files = [
            ("sen2", format!("lea,referencedate\n381,{reference}\n")),
            ("person", format!("persontableid,personbirthdate,sex,ethnicity\n1,2015-05-01,{sex},WBRI\n")),
            ("requests", "requeststableid,persontableid,receiveddate,requestoutcome,requestoutcomedate,rya,requestmediation,requesttribunal,exported,requestsource\n2,1,2022-05-01,H,,0,0,0,,1\n".to_owned()),
            ("activeplans", "activeplanstableid,requeststableid,transferla,lastreview,res,wbp,reviewmeeting,reviewoutcome,phasetransferduedate,phasetransferfinaldate\n3,2,,,,,,,,\n".to_owned()),
            ("senneed", format!("activeplanstableid,sentype,sentyperank\n3,{need},1\n")),
        ];
        for (module, text) in &files {
            bench.returns(&format!("own_sen2/{}/x_{module}.csv", &reference[..4]), text);
        }
        let run = bench.abreast(&["run", "--returns", "returns", "--out", "out", "--figures-only", "--quiet"]);
        let is_it = |message: &str| message.contains("is a code of");
        let found = run.findings.iter().filter(|finding| is_it(&finding.message));
        let place = |finding: &abreast::finding::Finding| (finding.place.row, finding.place.column);
        found.map(|finding| (finding.message.clone(), place(finding))).collect::<Vec<_>>()
    };
    assert_eq!(said("2025-01-16", "M", "DS"), []);
    assert_eq!(said("2023-01-19", "2", "ASD"), []);
    let later = said("2025-01-16", "2", "ASD");
    assert!(
        matches!(&later[..], [(message, (Some(2), Some(3)))] if message.contains("the return of 2023")),
        "{later:?}"
    );
    let earlier = said("2023-01-19", "M", "DS");
    assert_eq!(earlier.len(), 2, "{earlier:?}");
    assert!(earlier.iter().any(|(message, at)| message.contains("`DS`") && *at == (Some(2), Some(2))), "{earlier:?}");
}
