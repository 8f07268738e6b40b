//! Population by single year of age, mid-2022, as the workbook of mid-year estimates has it: every authority of April
//! 2023, its region and England.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::Outcome;
use crate::population::Children;
use crate::random::Stream;
use crate::register::{Authority, Register};

/// The workbook's name.
pub const FILE: &str = "mye22final.xlsx";
const YEAR: i32 = 2022;
/// Ages 0 to 89, and 90 and over.
const AGES: usize = 91;
/// People aged 18 to 24 and from 25 on, for each child.
const YOUNG: f64 = 0.405;
const OLDER: f64 = 3.4;

/// An area of the workbook.
struct Area {
    code: String,
    name: String,
    kind: String,
    people: Vec<u32>,
}

impl Area {
    fn of(authority: &Authority, people: Vec<u32>) -> Area {
        Area { code: authority.ons_code.clone(), name: authority.name.clone(), kind: authority.kind.clone(), people }
    }
}

/// The workbook's bytes.
///
/// # Errors
/// The workbook cannot be written.
pub fn workbook(register: &Register, children: &Children) -> Outcome<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2024, 3, 26)?;
    let title = "Population by age: simulated (illustrative data)";
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    write_persons(workbook.add_worksheet(), register, children)?;
    Ok(workbook.save_to_buffer()?)
}

/// Seven rows of title and links, the header on row 8, an area a row.
fn write_persons(sheet: &mut Worksheet, register: &Register, children: &Children) -> Outcome<()> {
    sheet.set_name("MYE2 - Persons")?;
    sheet.write_string(0, 0, "MYE2: Persons by single year of age, mid-2022 (illustrative data, no real figures)")?;
    let ages = (0..AGES).map(|age| if age + 1 == AGES { format!("{age}+") } else { age.to_string() });
    let header = ["Code", "Name", "Geography", "All ages"].map(str::to_owned).into_iter().chain(ages);
    for (column, name) in (0..).zip(header) {
        sheet.write_string(7, column, name)?;
    }
    for (row, Area { code, name, kind, people }) in (8..).zip(areas(register, children)) {
        for (column, text) in (0..).zip([code, name, kind]) {
            sheet.write_string(row, column, text)?;
        }
        sheet.write_number(row, 3, f64::from(people.iter().sum::<u32>()))?;
        for (column, count) in (4..).zip(people) {
            sheet.write_number(row, column, f64::from(count))?;
        }
    }
    Ok(())
}

/// England, then each region with its authorities.
fn areas(register: &Register, children: &Children) -> Vec<Area> {
    let mut regions: BTreeMap<(&str, &str), Vec<Area>> = BTreeMap::new();
    for authority in register.today() {
        let region = (authority.region_code.as_str(), authority.region_name.as_str());
        regions.entry(region).or_default().push(Area::of(authority, people(authority, children)));
    }
    let whole = |code: &str, name: &str, kind: &str, parts: &mut dyn Iterator<Item = &Area>| Area {
        code: code.to_owned(),
        name: name.to_uppercase(),
        kind: kind.to_owned(),
        people: parts.fold(vec![0; AGES], |sum, part| sum.iter().zip(&part.people).map(|(sum, n)| sum + n).collect()),
    };
    let mut areas = vec![whole("E92000001", "England", "Country", &mut regions.values().flatten())];
    for ((code, name), authorities) in regions {
        areas.push(whole(code, name, "Region", &mut authorities.iter()));
        areas.extend(authorities);
    }
    areas
}

/// The people of an authority by age: its children as the other estimates have them, and adults in proportion.
fn people(authority: &Authority, children: &Children) -> Vec<u32> {
    let mut stream = Stream::new(&["ages", &authority.la_code]);
    let young = children.of(&authority.la_code, YEAR);
    let total = |share: f64, stream: &mut Stream| (young * share * stream.around_one(0.08)).round() as u32;
    let (students, older) = (total(YOUNG, &mut stream), total(OLDER, &mut stream));
    let falling: Vec<f64> = (25..AGES).map(|age| if age < 60 { 1.0 } else { 1.6 - age as f64 / 100.0 }).collect();
    let mut people = stream.divide(young as u32, &[1.0; 18]);
    people.extend(stream.divide(students, &[1.0; 7]));
    people.extend(stream.divide(older, &falling));
    people
}
