//! School inspection outcomes at 31 March 2024: a workbook in the layout of the framework of 2019 to 2024.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use crate::Outcome;
use crate::dates::Day;
use crate::ofsted::{self, AS_AT, AS_AT_ISO};
use crate::population::{Children, england};
use crate::random::Stream;
use crate::register::{Authority, Register};

/// The file's name, as Ofsted would give it.
pub const FILE: &str = "Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_March_2024.xlsx";

const SCHOOL_COLUMNS: [&str; 17] = [
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
];
const UNGRADED_COLUMNS: [&str; 12] = [
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
];
const LATEST_COLUMNS: [&str; 21] = [
    "Inspection number of latest full inspection",
    "Inspection type",
    "Inspection type grouping",
    "Event type grouping",
    "Inspection start date",
    "Inspection end date",
    "Publication date",
    "Does the latest full inspection relate to the URN of the current school?",
    "URN at time of latest full inspection",
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
];
const PREVIOUS_COLUMNS: [&str; 18] = [
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

/// About so many schools in all.
const SCHOOLS: f64 = 3_500.0;
const FIRST_URN: u32 = 900_000;
/// A converted academy's number less that of the school it was.
const CONVERTED: u32 = 100_000;
/// The framework of these columns began in September 2019; older inspections have no such judgements.
const FRAMEWORK_FROM: Day = Day::new(2019, 9, 1);

/// A phase: how Ofsted and the school's name spell it, its schools in 1,000, and its pupils a school.
struct Phase {
    label: &'static str,
    word: &'static str,
    per_thousand: f64,
    pupils: f64,
}

const PHASES: [Phase; 5] = [
    Phase { label: "Nursery", word: "Nursery", per_thousand: 17.0, pupils: 95.0 },
    Phase { label: "Primary", word: "Primary", per_thousand: 765.0, pupils: 270.0 },
    Phase { label: "Secondary", word: "Secondary", per_thousand: 156.0, pupils: 1_020.0 },
    Phase { label: "Special", word: "Special", per_thousand: 47.0, pupils: 140.0 },
    Phase { label: "PRU", word: "Alternative Provision", per_thousand: 15.0, pupils: 40.0 },
];

/// One cell of the sheet.
enum Cell {
    Null,
    Text(String),
    Number(u32),
    Date(Day),
}

/// An invented school.
struct School<'a> {
    urn: u32,
    laestab: u32,
    name: String,
    phase: &'static Phase,
    kind: &'static str,
    sixth_form: bool,
    /// Converted since it was last inspected: the judgement is that of the school it was before.
    converted: bool,
    authority: &'a Authority,
    pupils: u32,
}

/// One full inspection of a school.
struct Full {
    number: u32,
    start: Day,
    overall: u8,
    judged: bool,
    parts: [u8; 4],
}

/// The workbook's bytes.
///
/// # Errors
/// The workbook cannot be written.
pub fn workbook(register: &Register, children: &Children) -> Outcome<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2024, 4, 30)?;
    let title = "Management information: simulated schools (illustrative data)";
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let cover = [
        "Management information - state-funded schools - as at 31 March 2024",
        "Illustrative data: simulated schools and judgements, no real ones",
        "Coverage: England",
    ];
    let notes = [
        "Notes",
        "1 outstanding, 2 good, 3 requires improvement, 4 inadequate, 9 not applicable",
        "NULL: no such inspection, or no such judgement under the framework of the day",
        "Category of concern: SM special measures, SWK serious weaknesses",
    ];
    write_lines(workbook.add_worksheet(), "Cover", &cover)?;
    write_lines(workbook.add_worksheet(), "Notes", &notes)?;
    write_schools(workbook.add_worksheet(), &schools(register, children))?;
    Ok(workbook.save_to_buffer()?)
}

fn write_lines(sheet: &mut Worksheet, name: &str, lines: &[&str]) -> Outcome<()> {
    sheet.set_name(name)?;
    for (row, line) in (0..).zip(lines) {
        sheet.write_string(row, 0, *line)?;
    }
    Ok(())
}

/// A title on row 1, the header on row 2, a school a row.
fn write_schools(sheet: &mut Worksheet, schools: &[School]) -> Outcome<()> {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.set_name("Most recent inspections")?;
    sheet.write_string(0, 0, "Most recent inspections as at 31 March 2024 (illustrative data)")?;
    let header = [&SCHOOL_COLUMNS[..], &UNGRADED_COLUMNS, &LATEST_COLUMNS, &PREVIOUS_COLUMNS].concat();
    for (column, name) in (0..).zip(header) {
        sheet.write_string(1, column, name)?;
    }
    for (row, school) in (2..).zip(schools) {
        for (column, cell) in (0..).zip(row_of(school)) {
            match cell {
                Cell::Null => sheet.write_string(row, column, "NULL")?,
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Number(number) => sheet.write_number(row, column, number)?,
                Cell::Date(day) => {
                    let serial = f64::from(day.0 - Day::new(1899, 12, 30).0);
                    sheet.write_number_with_format(row, column, serial, &date)?
                }
            };
        }
    }
    Ok(())
}

/// Every authority's schools in proportion to its children, one at least.
fn schools<'a>(register: &'a Register, children: &Children) -> Vec<School<'a>> {
    let mut authorities: Vec<&Authority> = register.open_on(AS_AT_ISO).collect();
    authorities.sort_by_key(|authority| &authority.la_code);
    let mut schools = Vec::new();
    for authority in authorities {
        let share = children.of(&authority.la_code, 2023) / england(2023);
        let count = (share * SCHOOLS).round().max(1.0) as u32;
        for place in 0..count {
            let number = schools.len() as u32;
            schools.extend(school(authority, place, number));
        }
    }
    schools
}

fn school(authority: &Authority, place: u32, number: u32) -> Option<School<'_>> {
    let mut stream = Stream::new(&["school", &number.to_string()]);
    let phases: Vec<(&'static Phase, f64)> = PHASES.iter().map(|phase| (phase, phase.per_thousand)).collect();
    let phase = stream.pick(&phases)?;
    let academy = stream.chance(if phase.label == "Secondary" { 0.8 } else { 0.42 });
    let kind = match (phase.label, academy) {
        ("Nursery", _) => "LA Nursery School",
        ("Special", false) => "Community Special School",
        ("Special", true) => "Academy Special Converter",
        ("PRU", false) => "Pupil Referral Unit",
        ("PRU", true) => "Academy Alternative Provision Converter",
        (_, true) => "Academy Converter",
        (_, false) => "Community School",
    };
    // Drawn apart, so that every other school stays as it is drawn.
    let mut fate = Stream::new(&["fate", &number.to_string()]);
    let converted = kind.contains("Converter") && fate.chance(0.2);
    let kind = if kind == "Academy Converter" && !converted && fate.chance(0.12) { "Free School" } else { kind };
    let la_code: u32 = authority.la_code.parse().ok()?;
    Some(School {
        urn: FIRST_URN + number,
        laestab: la_code * 10_000 + 2_000 + place,
        name: format!("Sample {} School {number:04}", phase.word),
        phase,
        kind,
        converted,
        sixth_form: phase.label == "Secondary" && stream.chance(0.6),
        authority,
        pupils: (phase.pupils * stream.around_one(0.35)).round() as u32,
    })
}

/// The row in the order of the header.
fn row_of(school: &School) -> Vec<Cell> {
    let mut stream = Stream::new(&["inspections", &school.urn.to_string()]);
    let quality = 0.5 * Stream::new(&["schools", &school.authority.la_code]).normal();
    let days = [stream.between(1_100, 3_200), stream.between(60, 1_900)].map(|age| AS_AT.plus(-age).monday().plus(1));
    let new = school.kind == "Free School" && Stream::new(&["new", &school.urn.to_string()]).chance(0.4);
    let inspected = !stream.chance(0.04) && !new;
    let latest = inspected.then(|| full(&mut stream, days[1], quality));
    let previous = (inspected && days[0] < days[1]).then(|| full(&mut stream, days[0], quality));
    let ungraded = latest.as_ref().and_then(|latest| ungraded(&mut stream, latest));
    let mut cells = about(school, &mut stream);
    cells.extend(ungraded_cells(school, ungraded));
    cells.extend(latest_cells(school, latest.as_ref()));
    cells.extend(previous_cells(school, previous.as_ref()));
    cells
}

fn full(stream: &mut Stream, start: Day, quality: f64) -> Full {
    let overall = ofsted::grade(stream, [0.13, 0.76, 0.09, 0.02], quality);
    let parts = std::array::from_fn(|_| ofsted::part(stream, overall));
    let number = 10_000_000 + stream.between(0, 899_999).unsigned_abs();
    Full { number, start, overall, judged: !stream.chance(0.008), parts }
}

/// A good or outstanding school's ungraded inspection since: its day, and whether the school stays as it was.
fn ungraded(stream: &mut Stream, latest: &Full) -> Option<(Day, String)> {
    let day = latest.start.plus(stream.between(700, 1_500));
    let grade = ["Outstanding", "Good"].get(usize::from(latest.overall) - 1)?;
    let doubt = if stream.chance(0.08) { " (Concerns) - S5 Next" } else { "" };
    (day < AS_AT.plus(-60)).then(|| (day.monday().plus(1), format!("School remains {grade}{doubt}")))
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn yes_or_no(yes: bool, [affirmed, denied]: [&str; 2]) -> Cell {
    text(if yes { affirmed } else { denied })
}

fn about(school: &School, stream: &mut Stream) -> Vec<Cell> {
    let secondary = school.phase.label == "Secondary";
    let faiths = [("None", 0.66), ("Church of England", 0.22), ("Roman Catholic", 0.10), ("Muslim", 0.02)];
    let faith = stream.pick(&faiths).unwrap_or("None");
    let grouping = match faith {
        "None" => "Non-faith",
        "Muslim" => "Muslim",
        _ => "Christian",
    };
    let quintile = stream.between(1, 5).unsigned_abs();
    let opened = AS_AT.plus(-stream.between(4_000, 20_000));
    let constituency = format!("Sample constituency {:03}", school.laestab % 543);
    vec![
        Cell::Text(format!("https://example.invalid/provider/21/{}", school.urn)),
        Cell::Number(school.urn),
        Cell::Number(school.laestab),
        text(&school.name),
        text(school.phase.label),
        text(school.kind),
        if stream.chance(0.5) { Cell::Null } else { Cell::Date(opened) },
        text(if secondary { "Non-selective" } else { "Not applicable" }),
        yes_or_no(school.sixth_form, ["Has a sixth form", "Does not have a sixth form"]),
        text(faith),
        text(faith),
        text(grouping),
        text(ofsted::region(school.authority)),
        text(ofsted::name(school.authority)),
        Cell::Text(constituency),
        Cell::Number(quintile),
        Cell::Number(school.pupils),
    ]
}

/// Whether the inspection was of this very school, and the school as it was then.
fn as_it_was(school: &School) -> [Cell; 5] {
    if school.converted {
        let kind = match school.phase.label {
            "Special" => "Community Special School",
            "PRU" => "Pupil Referral Unit",
            _ => "Community School",
        };
        let name = Cell::Text(format!("Former {}", school.name));
        return [text("No"), Cell::Number(school.urn - CONVERTED), Cell::Number(school.laestab), name, text(kind)];
    }
    [text("Yes"), Cell::Number(school.urn), Cell::Number(school.laestab), text(&school.name), text(school.kind)]
}

fn nulls(count: usize) -> Vec<Cell> {
    (0..count).map(|_| Cell::Null).collect()
}

fn ungraded_cells(school: &School, inspection: Option<(Day, String)>) -> Vec<Cell> {
    let Some((day, outcome)) = inspection else {
        return nulls(UNGRADED_COLUMNS.len());
    };
    let mut cells = vec![Cell::Number(10_900_000 + school.urn - FIRST_URN)];
    cells.extend(as_it_was(school));
    cells.extend([
        Cell::Number(1),
        Cell::Number(0),
        Cell::Date(day),
        Cell::Date(day.plus(38)),
        text("No"),
        Cell::Text(outcome),
    ]);
    cells
}

fn latest_cells(school: &School, inspection: Option<&Full>) -> Vec<Cell> {
    let Some(inspection) = inspection else {
        return nulls(LATEST_COLUMNS.len());
    };
    let mut cells = vec![
        Cell::Number(inspection.number),
        text("S5 Inspection"),
        text("Schools - S5"),
        text("Schools - S5"),
        Cell::Date(inspection.start),
        Cell::Date(inspection.start.plus(1)),
        Cell::Date(inspection.start.plus(45)),
    ];
    cells.extend(as_it_was(school));
    cells.extend(judgement_cells(school, inspection));
    cells
}

fn previous_cells(school: &School, inspection: Option<&Full>) -> Vec<Cell> {
    let Some(inspection) = inspection else {
        return nulls(PREVIOUS_COLUMNS.len());
    };
    let mut cells = vec![
        Cell::Number(inspection.number),
        Cell::Date(inspection.start),
        Cell::Date(inspection.start.plus(1)),
        Cell::Date(inspection.start.plus(45)),
    ];
    cells.extend(as_it_was(school));
    cells.extend(judgement_cells(school, inspection));
    cells
}

/// From overall effectiveness to the sixth form; 9 where a school has no such provision.
fn judgement_cells(school: &School, inspection: &Full) -> Vec<Cell> {
    let [quality, behaviour, development, leadership] = inspection.parts.map(|part| Cell::Number(u32::from(part)));
    let overall = if inspection.judged { Cell::Number(u32::from(inspection.overall)) } else { text("Not judged") };
    let concern = match (inspection.overall, inspection.number % 3) {
        (4, 0) => text("SWK"),
        (4, _) => text("SM"),
        _ => Cell::Null,
    };
    let current = inspection.start >= FRAMEWORK_FROM;
    let framed = |cell| if current { cell } else { Cell::Null };
    let provision = |has: bool| Cell::Number(if has { u32::from(inspection.overall) } else { 9 });
    let young = matches!(school.phase.label, "Nursery" | "Primary");
    vec![
        overall,
        concern,
        framed(quality),
        framed(behaviour),
        framed(development),
        leadership,
        yes_or_no(inspection.overall < 4, ["Yes", "No"]),
        provision(young),
        provision(school.sixth_form),
    ]
}
