//! A file with a row a school, a provider or a person to a pipeline that counts them: by which words, and what is
//! added up.

use std::collections::BTreeSet;

use toml::Value;

use super::columns::in_order;
use super::measures::{Drafted, key};
use super::place::Place;
use super::plan::Plan;
use super::profile::Profile;
use super::table;
use super::units::{Unit, label, unit};
use crate::intake::arrival::Arrival;
use crate::intake::roles;
use crate::intake::written::quoted;

/// The most words of a column that records are counted by.
const MOST_WORDS: usize = 15;
/// The most columns that records are counted by.
const MOST_GROUPS: usize = 5;
/// Judgements of Ofsted, the good ones first.
const JUDGEMENTS: [&str; 7] = [
    "Outstanding",
    "Good",
    "Requires improvement to be good",
    "Requires improvement",
    "Inadequate",
    "Adequate",
    "Satisfactory",
];

/// Fills in the plan of a file whose rows are records.
pub fn fill(plan: &mut Plan, arrival: &Arrival, place: &Place) {
    let columns = &place.columns;
    // Where no column numbers the rows, each is one by its area.
    let area = [&columns.name, &columns.code, &columns.ons].into_iter().flatten().next();
    let Some(id) = columns.id.as_ref().or(area) else { return };
    let mut taken = BTreeSet::new();
    let id_key = key(id, &mut taken);
    plan.head.push("shape  = \"records\"".to_owned());
    let mut area = roles::area(columns);
    area.remove("level");
    plan.set("area", Value::Table(area));
    period(plan, arrival, place);
    plan.put_in("columns", &id_key, Value::String(id.clone()));
    let count = format!("count = {{ {id_key} = [\"*\"] }}");
    let what = what(place);
    if let Some(record) = record(what, id) {
        plan.head.push(format!("record = {}", quoted(record)));
        plan.notes.push(format!("`{id}` is the number of {what}, so a row is no person and every count is printed: without `record` counts from 1 to 5 are hidden"));
    }
    let all = key(what, &mut taken);
    let all_label = format!("{}{}", what[..1].to_uppercase(), &what[1..]);
    plan.measures.push(drafted(&all, &all_label, "number", vec![count.clone()]));
    let mut mapped: BTreeSet<&String> = BTreeSet::from([id]);
    let (assessed, groups) = groups(place);
    for name in &assessed {
        let field = key(name, &mut taken);
        plan.put_in("columns", &field, Value::String((*name).clone()));
        mapped.insert(name);
        judgement(plan, name, &field, &mut taken);
    }
    let mut by = Vec::new();
    for name in &groups {
        let field = key(name, &mut taken);
        plan.put_in("columns", &field, Value::String((*name).clone()));
        mapped.insert(name);
        by.push(format!("[{}]", quoted(&field)));
    }
    if !by.is_empty() {
        plan.head.push(format!("by     = [{}]", by.join(", ")));
    }
    for name in &columns.numbers {
        let unit = unit(&place.table, name, &arrival.meta);
        if unit.word != "number" && unit.word != "pounds" {
            plan.notes.push(format!("`{name}` is a rate of each record and cannot be added up: it is left out"));
            continue;
        }
        let field = key(name, &mut taken);
        plan.put_in("columns", &field, Value::String(name.clone()));
        mapped.insert(name);
        let more = vec![count.clone(), format!("sum = {}", quoted(&field))];
        plan.measures.push(drafted(&field, &label(name, &arrival.meta), unit.word, more));
    }
    table::marks(plan, columns);
    rest(plan, place, &mapped);
    plan.checks.every_authority = false;
    plan.notes
        .push(format!("each row is one of the {what}, known by `{id}`: they are counted, and their figures added up"));
}

fn drafted(key: &str, label: &str, unit: &'static str, more: Vec<String>) -> Drafted {
    let unit = Unit { word: unit, scale: None, places: None };
    Drafted { key: key.to_owned(), label: label.to_owned(), unit, counts: None, more }
}

/// Columns that nothing is taken from.
fn rest(plan: &mut Plan, place: &Place, mapped: &BTreeSet<&String>) {
    let columns = &place.columns;
    let area = [&columns.code, &columns.ons, &columns.name].into_iter().flatten();
    let used: BTreeSet<&str> = area.chain(mapped.iter().copied()).map(String::as_str).collect();
    let left = place.table.names().filter(|name| !used.contains(name));
    plan.list("ignore", left.map(globset::escape).collect());
}

/// The share of records that are assessed good or better.
fn judgement(plan: &mut Plan, name: &str, field: &str, taken: &mut BTreeSet<String>) {
    let good = format!("count = {{ {field} = [\"Outstanding\", \"Good\"] }}");
    let all: Vec<String> = JUDGEMENTS.iter().map(|word| quoted(word)).collect();
    let of = format!("of    = {{ {field} = [{}] }}", all.join(", "));
    let key = key(&format!("{field}_good_or_better"), taken);
    plan.measures.push(drafted(&key, &format!("{name}: good or better"), "percent", vec![good, of]));
}

/// The columns of judgements, and those that records are counted by: few words, more than one, none of a place.
fn groups(place: &Place) -> (Vec<&String>, Vec<&String>) {
    let (mut assessed, mut groups) = (Vec::new(), Vec::new());
    for name in &place.columns.filters {
        let Some(column) = place.table.position(name) else { continue };
        let profile = Profile::of(&place.table, column, name);
        let is_place = ["region", "county", "town", "constituency", "ward", "postcode", "address"]
            .iter()
            .any(|word| profile.lower.contains(word));
        if profile.share(|text| JUDGEMENTS.iter().any(|word| word.eq_ignore_ascii_case(text))) > 0.8 {
            assessed.push(name);
        } else if !is_place && !profile.is_about_time() && (2..=MOST_WORDS).contains(&profile.cells.len()) {
            groups.push(name);
        }
    }
    groups.truncate(MOST_GROUPS);
    (assessed, groups)
}

/// What the rows are called: schools, providers, children, or records where nothing says so.
fn what(place: &Place) -> &'static str {
    let names: Vec<String> = place.table.names().map(str::to_lowercase).collect();
    let any = |words: &[&str]| names.iter().any(|name| words.iter().any(|word| name.contains(word)));
    if any(&["upn", "pupil number", "child_id", "child id", "date of birth", "dob", "person"]) {
        "children"
    } else if any(&["school", "laestab"]) {
        "schools"
    } else if any(&["provider", "provision"]) {
        "providers"
    } else {
        "records"
    }
}

/// What a record is, where its number is that of a school or provider; anything else may be a person.
fn record(what: &str, id: &str) -> Option<&'static str> {
    let id = id.to_lowercase();
    let is_of_setting = ["urn", "laestab", "ukprn"].iter().any(|number| id.split(' ').any(|word| word == *number));
    match what {
        "schools" if is_of_setting => Some("school"),
        "providers" if is_of_setting => Some("provider"),
        _ => None,
    }
}

/// The period of all records: the one that a column of periods holds, or the one that the file says.
fn period(plan: &mut Plan, arrival: &Arrival, place: &Place) {
    let column = place.columns.period.as_ref().and_then(|name| place.table.position(name).map(|at| (name, at)));
    let Some((name, at)) = column else {
        let plain = Place {
            columns: super::Columns { period: None, ..place.columns.clone() },
            header: place.header.clone(),
            table: place.table.clone(),
            rivals: Vec::new(),
            sheet: place.sheet,
            period: place.period.clone(),
            left_out: place.left_out.clone(),
        };
        table::period(plan, arrival, &plain, false);
        return;
    };
    let cells = super::distinct(&place.table, at);
    let periods = in_order(cells.keys().copied());
    let Some(last) = periods.last() else { return };
    plan.set("period", Value::String((*last).to_owned()));
    if cells.len() > 1 {
        plan.put_in("where", name, Value::Array(vec![Value::String(globset::escape(last))]));
        plan.notes.push(format!("the file has several periods: `{last}` is taken, a block can read one"));
    }
}
