//! `la_inspection_outcomes_31_march_2024.ods`: judgements of children's services, in the sheets Ofsted publishes.

use crate::Outcome;
use crate::dates::Day;
use crate::ods::{self, Cell, Sheet};
use crate::ofsted::{self, AS_AT, AS_AT_ISO};
use crate::random::Stream;
use crate::register::{Authority, Register};

const LATEST: [&str; 9] = [
    "Web link",
    "Local authority name",
    "Ofsted region",
    "Inspection date",
    "Overall effectiveness",
    "Impact of leaders",
    "Experiences and progress of children who need help and protection",
    "Experiences and progress of children in care",
    "Experiences and progress of care leavers",
];
const IN_YEAR: [&str; 11] = [
    "Web link",
    "Local authority name",
    "Region",
    "Inspection/Visit date",
    "Inspection/Visit type",
    "Overall effectiveness",
    "Impact of leaders",
    "Experiences and progress of children who need help and protection",
    "Experiences and progress of children in care",
    "Experiences and progress of care leavers",
    "Visit Theme",
];
/// The columns of one inspection in the history sheet, after "First ILACS " or "Second ILACS ".
const HISTORY: [&str; 7] = [
    "publication date",
    "inspection type",
    "overall effectiveness",
    "impact of leaders",
    "experiences and progress of children who need help and protection",
    "experiences and progress of children in care",
    "experiences and progress of care leavers",
];
/// The same for authorities that no longer exist, after "ILACS framework ".
const FORMER: [&str; 6] = [
    "publication date",
    "inspection type",
    "overall effectiveness",
    "impact of leaders",
    "experiences and progress of children who need help and protection",
    "experiences and progress of children in care and care leavers",
];
const JUDGEMENTS: [&str; 4] = ["Outstanding", "Good", "Requires improvement to be good", "Inadequate"];
const THEMES: [&str; 4] = ["Front door", "Children in care", "Care leavers", "Children in need/subject to a plan"];
const ILLUSTRATIVE: &str = "Illustrative data: simulated, no real inspection";
/// From this day the experiences of care leavers are judged by themselves.
const CARE_LEAVERS_FROM: Day = Day::new(2023, 1, 1);
const YEAR_START: Day = Day::new(2023, 4, 1);

/// One simulated inspection: judgements of the whole, leaders, protection, care, and care leavers where judged.
struct Inspection {
    day: Day,
    short: bool,
    grades: Vec<u8>,
}

/// The workbook's bytes.
///
/// # Errors
/// The archive cannot be written.
pub fn workbook(register: &Register) -> Outcome<Vec<u8>> {
    let mut authorities: Vec<&Authority> = register.open_on(AS_AT_ISO).collect();
    authorities.sort_by_key(|authority| ofsted::name(authority));
    let new = |authority: &Authority| register.took_over_after(authority, "2023-03-31");
    let inspections = |authority| {
        if new(authority) { Vec::new() } else { inspections(authority) }
    };
    let inspected: Vec<(&Authority, Vec<Inspection>)> =
        authorities.into_iter().map(|authority| (authority, inspections(authority))).collect();
    let mut sheets = front_sheets();
    sheets.push(Sheet { name: "Inspections_31_March_2024", rows: latest(&inspected) });
    sheets.push(Sheet { name: "Inspections_in_year_2023-24", rows: in_year(&inspected) });
    sheets.push(Sheet { name: "ILACS_inspections_2018-2024", rows: history(register, &inspected) });
    ods::workbook(&sheets)
}

/// One or two inspections since 2018, oldest first.
fn inspections(authority: &Authority) -> Vec<Inspection> {
    let mut stream = Stream::new(&["children's services", &authority.la_code]);
    let quality = 0.7 * stream.normal();
    let first = Day::new(2018, 4, 1).plus(stream.between(0, 1_500)).monday();
    let second = first.plus(stream.between(1_000, 1_500)).monday();
    let days = [first, second].into_iter().filter(|day| *day < AS_AT);
    days.map(|day| inspection(&mut stream, day, quality)).collect()
}

fn inspection(stream: &mut Stream, day: Day, quality: f64) -> Inspection {
    let whole = ofsted::grade(stream, [0.20, 0.41, 0.28, 0.11], quality);
    let parts = if day < CARE_LEAVERS_FROM { 3 } else { 4 };
    let short = whole <= 2 && stream.chance(0.4);
    let mut grades = vec![whole];
    grades.extend((0..parts).map(|_| ofsted::part(stream, whole)));
    Inspection { day, short, grades }
}

impl Inspection {
    fn kind(&self) -> &'static str {
        if self.short { "ILACS Short Inspection" } else { "ILACS Standard Inspection" }
    }

    /// The five judgements; care leavers empty where they were not judged.
    fn judgements(&self) -> Vec<Cell> {
        let mut cells: Vec<Cell> = self.grades.iter().map(|grade| Cell::text(judgement(*grade))).collect();
        cells.resize(5, Cell::Empty);
        cells
    }

    /// Reports appear some six weeks after the inspection.
    fn published(&self) -> Day {
        self.day.plus(42)
    }
}

fn judgement(grade: u8) -> &'static str {
    JUDGEMENTS[usize::from(grade.clamp(1, 4)) - 1]
}

fn texts(texts: &[&str]) -> Vec<Cell> {
    texts.iter().map(|text| Cell::text(text)).collect()
}

/// Web link, name and region: how every row begins.
fn lead(authority: &Authority) -> Vec<Cell> {
    let address = format!("https://example.invalid/provider/44/{}", authority.la_code);
    let link = Cell::Link(address, "Ofsted Local Authority Webpage");
    vec![link, Cell::text(ofsted::name(authority)), Cell::text(ofsted::region(authority))]
}

fn latest(inspected: &[(&Authority, Vec<Inspection>)]) -> Vec<Vec<Cell>> {
    let mut rows = vec![
        texts(&["Local authority inspection judgements as at 31 March 2024 (illustrative data)"]),
        texts(&["This worksheet contains one table with no blank rows or columns. This table begins in cell A3."]),
        texts(&LATEST),
    ];
    for (authority, inspections) in inspected {
        let mut row = lead(authority);
        if let Some(inspection) = inspections.last() {
            row.push(Cell::Date(inspection.day));
            row.extend(inspection.judgements());
        }
        rows.push(row);
    }
    rows
}

/// Inspections of the year to March 2024, and visits, by date.
fn in_year(inspected: &[(&Authority, Vec<Inspection>)]) -> Vec<Vec<Cell>> {
    let mut dated: Vec<(Day, Vec<Cell>)> = Vec::new();
    for (authority, inspections) in inspected {
        let this_year = inspections.iter().filter(|inspection| inspection.day >= YEAR_START);
        dated.extend(this_year.map(|inspection| {
            let kind = [Cell::Date(inspection.day), Cell::text(inspection.kind())];
            (inspection.day, [lead(authority), kind.to_vec(), inspection.judgements()].concat())
        }));
        dated.extend(visit(authority, inspections));
    }
    dated.sort_by_key(|(day, _)| *day);
    let title = [
        texts(&["Local authority in year inspection activity 2023-24 (illustrative data)"]),
        texts(&["This worksheet contains one table with no blank rows or columns. This table begins in cell A3."]),
        texts(&IN_YEAR),
    ];
    title.into_iter().chain(dated.into_iter().map(|(_, row)| row)).collect()
}

/// A monitoring visit to an inadequate authority, or now and then a focused visit: a theme, no judgements.
fn visit(authority: &Authority, inspections: &[Inspection]) -> Option<(Day, Vec<Cell>)> {
    let mut stream = Stream::new(&["visit", &authority.la_code]);
    let inadequate = inspections.last()?.grades[0] == 4;
    if !inadequate && !stream.chance(0.25) {
        return None;
    }
    let day = YEAR_START.plus(stream.between(0, 360)).monday().plus(1);
    let kind = if inadequate { "LA Monitoring visit" } else { "ILACS Focused Visit" };
    let theme = stream.pick(&THEMES.map(|theme| (theme, 1.0)))?;
    let mut row = lead(authority);
    row.extend([Cell::Date(day), Cell::text(kind)]);
    row.resize(IN_YEAR.len() - 1, Cell::Empty);
    row.push(Cell::text(theme));
    Some((day, row))
}

/// First and second inspections, and below them a second table of authorities that no longer exist.
fn history(register: &Register, inspected: &[(&Authority, Vec<Inspection>)]) -> Vec<Vec<Cell>> {
    let named = |ordinal: &str| HISTORY.map(|column| Cell::Text(format!("{ordinal} ILACS {column}"))).to_vec();
    let mut rows = vec![
        texts(&["ILACS inspections 2018-2024 (illustrative data)"]),
        texts(&["This worksheet contains two tables, the second of local authorities that no longer exist."]),
        texts(&["Column A includes a link to a page for each local authority."]),
        [texts(&["Web link", "Local authority name", "LA region"]), named("First"), named("Second")].concat(),
    ];
    rows.extend(inspected.iter().map(|(authority, inspections)| {
        let told = inspections.iter().flat_map(|inspection| {
            let kind = [Cell::Date(inspection.published()), Cell::text(inspection.kind())];
            [kind.to_vec(), inspection.judgements()].concat()
        });
        lead(authority).into_iter().chain(told).collect()
    }));
    rows.push(texts(&["ILACS inspections of local authorities that existed before the restructure"]));
    let former = FORMER.map(|column| Cell::Text(format!("ILACS framework {column}")));
    rows.push([texts(&["Web link", "Local authority name", "LA region"]), former.to_vec()].concat());
    rows.extend(register.abolished().map(former_row));
    rows
}

fn former_row(authority: &Authority) -> Vec<Cell> {
    let mut stream = Stream::new(&["children's services", &authority.la_code]);
    let day = Day::new(2018, 5, 1).plus(stream.between(0, 200)).monday();
    let inspection = inspection(&mut stream, day, 0.0);
    let kind = [Cell::Date(inspection.published()), Cell::text(inspection.kind())];
    let judged = inspection.judgements().into_iter().take(FORMER.len() - kind.len());
    lead(authority).into_iter().chain(kind.iter().cloned()).chain(judged).collect()
}

/// Cover, contents and notes.
fn front_sheets() -> Vec<Sheet> {
    let pair = |label: &str, detail: &str| texts(&[label, detail]);
    let cover = vec![
        texts(&["Local authority inspection outcomes as at 31 March 2024"]),
        pair("Section", "Detail"),
        pair("Policy area:", "Local Authority Inspection Outcomes"),
        vec![Cell::text("Published on:"), Cell::Date(Day::new(2024, 8, 30))],
        pair("Coverage:", "England"),
        pair("Status:", ILLUSTRATIVE),
    ];
    let contents = vec![
        texts(&["Contents"]),
        pair("Worksheet title and link", "Description of contents of worksheet"),
        pair("Notes", "Notes about the document"),
        pair("Inspections 31 March 2024", "Most recent judgements of every local authority"),
        pair("Inspections in year 2023-24", "Inspections and visits of the year"),
        pair("ILACS inspections 2018-2024", "Inspection history since 2018"),
    ];
    let notes = vec![
        texts(&["Notes"]),
        texts(&["Data"]),
        texts(&[ILLUSTRATIVE]),
        texts(&["Change in sub-judgements"]),
        texts(&["The experiences and progress of care leavers are judged by themselves from 1 January 2023."]),
    ];
    let sheets = [("Cover", cover), ("Contents", contents), ("Notes", notes)];
    sheets.into_iter().map(|(name, rows)| Sheet { name, rows }).collect()
}
