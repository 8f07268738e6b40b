//! S1 from school records: LA-maintained schools and academies apart, predecessors' judgements, and who is left out.
//! The schools are invented; the header is Ofsted's of 2019 to 2024. The answers are worked out by hand beside the rows.

use rust_xlsxwriter::Workbook;

use super::{page_tables, row};
use crate::harness::{Bench, own_pipeline};

const HEADER: [&str; 68] = [
    "Web link",
    "URN",
    "LAESTAB",
    "School name",
    "Ofsted phase",
    "Type of education",
    "School open date",
    "Admissions policy",
    "Sixth form",
    "Designated religious character",
    "Religious ethos",
    "Faith grouping",
    "Ofsted region",
    "Local authority",
    "Parliamentary constituency",
    "The income deprivation affecting children index (IDACI) quintile",
    "Total number of pupils",
    "Latest section 8 inspection number since last full inspection",
    "Does the section 8 inspection relate to the URN of the current school?",
    "URN at time of the section 8 inspection",
    "LAESTAB at time of the section 8 inspection",
    "School name at time of the latest section 8 inspection",
    "School type at time of the latest section 8 inspection",
    "Number of section 8 inspections since the last full inspection",
    "Number of other section 8 inspections since last full inspection",
    "Date of latest section 8 inspection",
    "Section 8 inspection publication date",
    "Did the latest section 8 inspection convert to a full inspection?",
    "Section 8 inspection overall outcome",
    "Inspection number of latest full inspection",
    "Inspection type",
    "Inspection type grouping",
    "Event type grouping",
    "Inspection start date",
    "Inspection end date",
    "Publication date",
    RELATES,
    BEFORE,
    "LAESTAB at time of latest full inspection",
    "School name at time of latest full inspection",
    "School type at time of latest full inspection",
    "Overall effectiveness",
    "Category of concern",
    "Quality of education",
    "Behaviour and attitudes",
    "Personal development",
    "Effectiveness of leadership and management",
    "Safeguarding is effective?",
    "Early years provision (where applicable)",
    "Sixth form provision (where applicable)",
    "Previous full inspection number",
    "Previous inspection start date",
    "Previous inspection end date",
    "Previous publication date",
    "Does the previous full inspection relate to the URN of the current school?",
    "URN at time of previous full inspection",
    "LAESTAB at time of previous full inspection",
    "School name at time of previous full inspection",
    "School type at time of previous full inspection",
    "Previous full inspection overall effectiveness",
    "Previous category of concern",
    "Previous quality of education",
    "Previous behaviour and attitudes",
    "Previous personal development",
    "Previous effectiveness of leadership and management",
    "Previous safeguarding is effective?",
    "Previous early years provision (where applicable)",
    "Previous sixth form provision (where applicable)",
];
const RELATES: &str = "Does the latest full inspection relate to the URN of the current school?";
const BEFORE: &str = "URN at time of latest full inspection";

/// URN, phase, type, authority, whether the inspection is of this URN, URN at the time, grade, category of concern.
type School = [&'static str; 8];

/// Birmingham and one school of Coventry at 31 March 2024.
const NOW: [School; 16] = [
    ["100001", "Primary", "Community School", "Birmingham", "Yes", "100001", "2", "NULL"],
    ["100002", "Primary", "Community School", "Birmingham", "Yes", "100002", "1", "NULL"],
    ["100003", "Primary", "Voluntary Aided School", "Birmingham", "Yes", "100003", "3", "NULL"],
    ["100004", "Nursery", "LA Nursery School", "Birmingham", "Yes", "100004", "1", "NULL"],
    ["100005", "Special", "Community Special School", "Birmingham", "Yes", "100005", "4", "SM"],
    // Not inspected: left out.
    ["100006", "Secondary", "Foundation School", "Birmingham", "NULL", "NULL", "NULL", "NULL"],
    // Ofsted itself carried the predecessor's judgement over.
    ["200001", "Primary", "Academy Converter", "Birmingham", "No", "100101", "2", "NULL"],
    // The predecessor is in the release before: outstanding.
    ["200002", "Primary", "Academy Converter", "Birmingham", "NULL", "100102", "NULL", "NULL"],
    // The predecessor is another row of this file: requires improvement.
    ["200003", "Secondary", "Academy Sponsor Led", "Birmingham", "NULL", "200103", "NULL", "NULL"],
    ["200103", "Secondary", "Academy Sponsor Led", "Coventry", "Yes", "200103", "3", "NULL"],
    // A free school without a predecessor: left out.
    ["200004", "Primary", "Free School", "Birmingham", "NULL", "NULL", "NULL", "NULL"],
    ["200005", "Secondary", "Academy Converter", "Birmingham", "Yes", "200005", "1", "NULL"],
    // A predecessor that no release has: left out.
    ["200006", "Secondary", "Academy Converter", "Birmingham", "NULL", "100106", "NULL", "NULL"],
    // Two schools became one, judged good and requires improvement: left out.
    ["200007", "Secondary", "Academy Converter", "Birmingham", "NULL", "100107, 100108", "NULL", "NULL"],
    // The predecessor was not inspected either, but the one before it was: good.
    ["200008", "Special", "Academy Special Converter", "Birmingham", "NULL", "100110", "NULL", "NULL"],
    // Inspected without an overall judgement: left out.
    ["200009", "Primary", "Academy Converter", "Birmingham", "Yes", "200009", "Not judged", "NULL"],
];

/// Birmingham at 31 March 2023.
const BEFORE_THAT: [School; 5] = [
    ["100102", "Primary", "Community School", "Birmingham", "Yes", "100102", "1", "NULL"],
    ["100107", "Secondary", "Community School", "Birmingham", "Yes", "100107", "2", "NULL"],
    ["100108", "Secondary", "Community School", "Birmingham", "Yes", "100108", "3", "NULL"],
    ["100110", "Special", "Community Special School", "Birmingham", "NULL", "100111", "NULL", "NULL"],
    ["100111", "Special", "Community Special School", "Birmingham", "Yes", "100111", "2", "NULL"],
];

const FIELDS: [&str; 8] = [
    "URN",
    "Ofsted phase",
    "Type of education",
    "Local authority",
    RELATES,
    BEFORE,
    "Overall effectiveness",
    "Category of concern",
];

/// The workbook in Ofsted's layout: a title, the header on row 2, a school a row, `NULL` for what is not said.
fn workbook(schools: &[School]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Most recent inspections").expect("a name");
    sheet.write_string(0, 0, "Most recent inspections (invented schools)").expect("a cell");
    for (column, name) in (0..).zip(HEADER) {
        sheet.write_string(1, column, name).expect("a cell");
        for (row, school) in (2..).zip(schools) {
            let text = FIELDS.iter().position(|field| *field == name).map_or("NULL", |field| school[field]);
            sheet.write_string(row, column, text).expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// The bench after a run; only two authorities are there.
fn bench() -> Bench {
    let bench = Bench::new();
    let some = own_pipeline("ofsted_schools").replace("[checks]\n", "[checks]\nareas = \"some\"\n");
    bench
        .pipeline("ofsted_schools", &some)
        .own("local_ofsted")
        .own("ofsted_school_ratings")
        .own("reports/ofsted_position");
    bench.returns("ofsted/2023/latest_inspections_2023.xlsx", workbook(&BEFORE_THAT));
    bench.returns("ofsted/2024/latest_inspections_2024.xlsx", workbook(&NOW));
    bench
}

#[test]
fn s1_from_school_records() {
    let bench = bench();
    let ran = bench.run().well();
    let said: Vec<&str> = ran
        .findings
        .iter()
        .filter(|finding| finding.code == "predecessor")
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "1 without `overall` took that of the school before them (1 from this release); of the others 0 name one that is in no release, 0 name several that differ or are not all known, 0 name none",
            "3 without `overall` took that of the school before them (2 from release 2023, 1 from this release); of the others 1 name one that is in no release, 1 name several that differ or are not all known, 2 name none",
        ]
    );
    let report = bench.abreast(&[
        "report",
        "ofsted_position",
        "--authority",
        "Birmingham",
        "--out",
        "out",
        "--pipelines",
        "pipelines",
        "--returns",
        "returns",
        "--no-charts",
    ]);
    assert_eq!(report.code, 0, "{}", report.stderr);
    let html = std::fs::read_to_string(bench.path("out/reports/ofsted-position-birmingham.html")).expect("a page");
    // Judged, then outstanding, good, requires improvement, inadequate, good or better, special measures: number and %.
    let maintained = [
        ("Nursery", "1 1 100.0% 0 - 0 - 0 - 1 100.0% 0 -"),
        ("Primary", "3 1 33.3% 1 33.3% 1 33.3% 0 - 2 66.7% 0 -"),
        ("Secondary", "0 0 - 0 - 0 - 0 - 0 - 0 -"),
        ("Special", "1 0 - 0 - 0 - 1 100.0% 0 - 1 100.0%"),
        ("Total", "5 2 40.0% 1 20.0% 1 20.0% 1 20.0% 3 60.0% 1 20.0%"),
    ];
    for (phase, figures) in maintained {
        assert_eq!(row(&html, "maintained schools judged, by Ofsted", phase)[1..].join(" "), figures, "{phase}");
    }
    let academies = [
        ("Primary", "2 1 50.0% 1 50.0% 0 - 0 - 2 100.0% 0 -"),
        ("Secondary", "2 1 50.0% 0 - 1 50.0% 0 - 1 50.0% 0 -"),
        ("Special", "1 0 - 1 100.0% 0 - 0 - 1 100.0% 0 -"),
        ("Total", "5 2 40.0% 2 40.0% 1 20.0% 0 - 4 80.0% 0 -"),
    ];
    for (phase, figures) in academies {
        assert_eq!(row(&html, "academies and free schools judged", phase)[1..].join(" "), figures, "{phase}");
    }
    let tables = page_tables(&html);
    let rows = |caption: &str| tables.iter().find(|(title, _)| title.contains(caption)).map(|(_, rows)| rows.len());
    assert_eq!(
        (rows("maintained schools judged, by Ofsted"), rows("academies and free schools judged")),
        (Some(6), Some(5))
    );
    for note in [
        "Schools with the judgement of the school they were before: 4.",
        "Schools not inspected yet, left out of the shares: 1.",
        "Schools not inspected yet, left out of the shares: 3.",
        "Free schools among the schools not inspected yet: 1.",
        "Schools inspected without an overall judgement, left out of the shares: 1.",
    ] {
        assert!(html.contains(note), "{note}");
    }
    assert!(!html.contains("Does not add up"), "the phases make the total");
}

#[test]
fn both_readings_stand_beside_each_other() {
    let bench = bench();
    bench.run().well();
    let table = bench.table("ofsted_schools");
    let figure = |measure: &str, topic: &str, breakdown: &str| {
        let row = table.row(&[
            &format!("measure={measure}"),
            "la_code=330",
            "period=31 March 2024",
            &format!("breakdown_topic={topic}"),
            &format!("breakdown={breakdown}"),
        ]);
        (row.number("numerator"), row.number("denominator"))
    };
    assert_eq!(figure("good_or_better", "Total", "Total"), (7.0, 10.0));
    assert_eq!(figure("good_or_better_own", "Total", "Total"), (4.0, 6.0));
    assert_eq!(figure("good_or_better", "Inspected as", "this school"), (4.0, 6.0));
    assert_eq!(figure("good_or_better", "Inspected as", "its predecessor"), (3.0, 4.0));
}

#[test]
fn a_count_over_two_releases_is_explained_from_both() {
    let bench = bench();
    bench.run().well();
    let ran = bench.abreast(&[
        "explain",
        "ofsted_schools/outstanding",
        "--authority",
        "Birmingham",
        "--out",
        "out",
        "--pipelines",
        "pipelines",
        "--returns",
        "returns",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("`overall` is empty it is that of the record that `predecessor` names"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("the cells give the published figure"), "{}", ran.stdout);
}

#[test]
fn a_layout_without_a_column_for_it_says_whose_judgement_it_is() {
    let bench = Bench::new();
    let toml = own_pipeline("ofsted_schools").replace("[checks]\n", "[checks]\nareas = \"some\"\n");
    let toml = toml.replace(&format!("inspected_as = \"{RELATES}\", "), "");
    bench.pipeline("ofsted_schools", &toml);
    bench.returns("ofsted/2023/latest_inspections_2023.xlsx", workbook(&BEFORE_THAT));
    bench.returns("ofsted/2024/latest_inspections_2024.xlsx", workbook(&NOW));
    bench.run().well();
    let table = bench.table("ofsted_schools");
    let count = |words: &str| {
        table
            .row(&[
                "measure=schools_judged",
                "la_code=330",
                "period=31 March 2024",
                "breakdown_topic=Inspected as",
                &format!("breakdown={words}"),
            ])
            .value()
    };
    // The one that Ofsted carried over is not told apart here: seven have a judgement in their own row.
    assert_eq!((count("this school"), count("its predecessor")), (7.0, 3.0));
}

#[test]
fn two_steps_back_where_they_differ_nothing_is_taken() {
    let earlier: [School; 3] = [
        ["100200", "Primary", "Community School", "Birmingham", "NULL", "100198, 100199", "NULL", "NULL"],
        ["100198", "Primary", "Community School", "Birmingham", "Yes", "100198", "2", "NULL"],
        ["100199", "Primary", "Community School", "Birmingham", "Yes", "100199", "4", "NULL"],
    ];
    let now: [School; 2] = [
        ["200200", "Primary", "Academy Converter", "Birmingham", "NULL", "100200", "NULL", "NULL"],
        ["200201", "Primary", "Academy Converter", "Birmingham", "Yes", "200201", "2", "NULL"],
    ];
    let bench = Bench::new();
    let some = own_pipeline("ofsted_schools").replace("[checks]\n", "[checks]\nareas = \"some\"\n");
    bench.pipeline("ofsted_schools", &some);
    bench.returns("ofsted/2023/latest_inspections_2023.xlsx", workbook(&earlier));
    bench.returns("ofsted/2024/latest_inspections_2024.xlsx", workbook(&now));
    bench.run().well();
    let table = bench.table("ofsted_schools");
    let row = table.row(&["measure=good_or_better", "la_code=330", "period=31 March 2024", "breakdown_topic=Total"]);
    // Only 200201, inspected itself: 200200 came from a school that came from a good and an inadequate one.
    assert_eq!((row.number("numerator"), row.number("denominator")), (1.0, 1.0));
}

#[test]
fn schools_that_do_not_say_how_many_pupils_they_have_are_counted_and_said() {
    // The invented workbooks have `NULL` for every school's pupils: 16 schools now, 5 the year before.
    let ran = bench().run().well();
    for records in [5, 16] {
        let said = format!("`pupils` is no number in {records} records that it is added up of");
        assert!(ran.stderr.contains(&said), "{}", ran.stderr);
    }
}
