//! The fields of the form of a file, by name, and what they say put among the choices.
//!
//! A field's name is a word, or a list of words as JSON: names of columns may hold any sign.

use crate::browse::post::Form;
use crate::intake::waiting::Seen;
use crate::intake::{Choices, Named};

/// What stands in a field that was not answered.
pub const OPEN: &str = "?";
/// What stands in a field that was answered with "none".
pub const NONE: &str = "-";

/// The name of a field.
pub fn field(words: &[&str]) -> String {
    // Texts as JSON cannot fail.
    serde_json::to_string(words).unwrap_or_default()
}

/// The choices with what a form says in the place of what was chosen before.
pub fn choices(form: &Form, before: &Choices, seen: &Seen) -> Choices {
    let mut choices = before.clone();
    let place = seen.place.clone().unwrap_or_default();
    let is_told = |told: &str, value: &str| value == told;
    let text = |name: &str| form.value(name).map(str::trim).map(str::to_owned);
    let some = |name: &str| text(name).filter(|value| !value.is_empty());
    if form.value("release").is_some() {
        // What the page told is no choice, so that it is told anew when something else changes.
        let said = |slot: &Option<String>, told: &str, value: Option<String>| {
            value.filter(|value| slot.is_some() || !is_told(told, value))
        };
        choices.release = said(&before.release, &place.release, some("release"));
        choices.return_name = said(&before.return_name, &place.return_name, some("return"));
        choices.sheet = some("sheet").filter(|sheet| sheet != OPEN);
        choices.url = some("url");
        choices.published = some("published");
        choices.replace = form.value("replace").is_some();
    }
    for (name, value) in &form.fields {
        let Ok(words) = serde_json::from_str::<Vec<String>>(name) else { continue };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if value != OPEN {
            put(&mut choices, &words, if value == NONE { "" } else { value.trim_end_matches(['\r', '\n']) });
        }
    }
    // A box that is not ticked sends nothing.
    for table in &seen.tables {
        if form.values(&field(&["here", &table.table])).next().is_some() {
            let left = form.value(&field(&["left", &table.table])).is_some();
            choices.tables.entry(table.table.clone()).or_default().left = left;
        }
    }
    choices
}

/// Puts the answer of one field among the choices.
fn put(choices: &mut Choices, words: &[&str], value: &str) {
    let owned = value.to_owned();
    match words {
        ["column", table, key, old] => {
            let columns = &mut choices.tables.entry((*table).to_owned()).or_default().columns;
            columns.entry((*key).to_owned()).or_default().insert((*old).to_owned(), owned);
        }
        ["label", table, column, old] => {
            let labels = &mut choices.tables.entry((*table).to_owned()).or_default().labels;
            labels.entry((*column).to_owned()).or_default().insert((*old).to_owned(), owned);
        }
        ["new", table, name, what] => {
            let measures = &mut choices.tables.entry((*table).to_owned()).or_default().measures;
            match (*what, value) {
                ("as", "measure") => drop(measures.entry((*name).to_owned()).or_insert_with(|| fresh(name))),
                ("as", _) => drop(measures.remove(*name)),
                (what, _) => measures.get_mut(*name).into_iter().for_each(|named| call(named, what, value)),
            }
        }
        ["mark", table, mark] => {
            let marks = &mut choices.tables.entry((*table).to_owned()).or_default().marks;
            marks.insert((*mark).to_owned(), owned);
        }
        ["period", table] => {
            let period = Some(owned).filter(|period| !period.trim().is_empty());
            choices.tables.entry((*table).to_owned()).or_default().period = period;
        }
        ["area", name] => drop(choices.areas.insert((*name).to_owned(), owned)),
        ["own", what] => {
            let slot = match *what {
                "title" => &mut choices.own.title,
                "period" => &mut choices.own.period,
                "ends" => &mut choices.own.period_ends,
                _ => return,
            };
            *slot = Some(owned).filter(|text| !text.trim().is_empty());
        }
        ["own-role", role] => drop(choices.own.roles.insert((*role).to_owned(), owned)),
        ["own-column", name] => drop(choices.own.columns.insert((*name).to_owned(), owned)),
        ["own-measure", name, what] => {
            call(choices.own.measures.entry((*name).to_owned()).or_default(), what, value);
        }
        ["own-mark", mark] => drop(choices.own.marks.insert((*mark).to_owned(), owned)),
        _ => {}
    }
}

/// A measure that is made of a new column, until it is called otherwise.
fn fresh(name: &str) -> Named {
    Named { label: name.replace('_', " "), unit: "number".to_owned(), better: String::new() }
}

fn call(named: &mut Named, what: &str, value: &str) {
    let slot = match what {
        "label" => &mut named.label,
        "unit" => &mut named.unit,
        "better" => &mut named.better,
        _ => return,
    };
    value.clone_into(slot);
}
