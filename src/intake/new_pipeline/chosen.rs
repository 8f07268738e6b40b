//! What somebody chose about a table of its own, put in the place of what was told from its cells: what each column is, the
//! period, and what measures and marks are called.

use toml::Value;

use super::columns::Columns;
use super::place::Place;
use super::plan::Plan;
use crate::intake::choices::{Choices, Own, UNITS};

/// The place with its columns as they were chosen.
pub fn apply(mut place: Place, choices: &Choices) -> Place {
    let own = &choices.own;
    place.period.clone_from(&own.period);
    place.left_out = choices.left_out().into_iter().map(str::to_owned).collect();
    let names: Vec<String> = place.table.names().map(str::to_owned).collect();
    for (role, name) in &own.roles {
        if name.is_empty() || names.contains(name) {
            take_role(&mut place.columns, role, name);
        }
    }
    if own.period.is_some() {
        take_role(&mut place.columns, "period", "");
    }
    let roles = [&place.columns.period, &place.columns.code, &place.columns.ons, &place.columns.name];
    let has_role: Vec<String> = roles.into_iter().flatten().cloned().collect();
    let free = |name: &String| names.contains(name) && !has_role.contains(name);
    for (name, what) in own.columns.iter().filter(|(name, _)| free(name)) {
        sort_in(&mut place.columns, name, what);
    }
    place
}

/// A column has a role, and the one that had it is passed over.
fn take_role(columns: &mut Columns, role: &str, name: &str) {
    let slot = match role {
        "period" => &mut columns.period,
        "code" => &mut columns.code,
        "ons" => &mut columns.ons,
        "name" => &mut columns.name,
        _ => return,
    };
    let wanted = (!name.is_empty()).then(|| name.to_owned());
    if *slot == wanted {
        return;
    }
    let before = std::mem::replace(slot, wanted);
    columns.others.extend(before);
    if !name.is_empty() {
        let leave = |list: &mut Vec<String>| list.retain(|known| known != name);
        leave(&mut columns.others);
        leave(&mut columns.numbers);
        leave(&mut columns.filters);
    }
}

/// A column is a measure, breaks figures down, or is passed over.
fn sort_in(columns: &mut Columns, name: &str, what: &str) {
    let has = |list: &[String]| list.iter().any(|known| known == name);
    let is_as_it_was = match what {
        "measure" => has(&columns.numbers),
        "filter" => has(&columns.filters),
        _ => has(&columns.others),
    };
    if is_as_it_was {
        return;
    }
    for list in [&mut columns.numbers, &mut columns.filters, &mut columns.others] {
        list.retain(|known| known != name);
    }
    let list = match what {
        "measure" => &mut columns.numbers,
        "filter" => &mut columns.filters,
        _ => &mut columns.others,
    };
    list.push(name.to_owned());
}

/// Puts the names and meanings that were chosen into a plan.
pub fn name(plan: &mut Plan, own: &Own) {
    if let Some(title) = &own.title {
        plan.title.clone_from(title);
    }
    let mapped: Vec<(String, String)> = plan
        .block
        .get("columns")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
        .filter_map(|(key, column)| Some((column.as_str()?.to_owned(), key.clone())))
        .collect();
    for (column, named) in &own.measures {
        let Some((_, key)) = mapped.iter().find(|(known, _)| known == column) else { continue };
        let Some(measure) = plan.measures.iter_mut().find(|measure| measure.key == *key) else { continue };
        if !named.label.is_empty() {
            measure.label.clone_from(&named.label);
        }
        if let Some(unit) = UNITS.iter().find(|unit| **unit == named.unit && **unit != measure.unit.word) {
            measure.unit.word = unit;
            // A share lies between 0 and 100 and has its counts; another unit need not.
            measure.counts = None;
            plan.checks.shares.retain(|share| share != key);
        }
        if ["high", "low"].contains(&named.better.as_str()) {
            measure.more.push(format!("better = \"{}\"", named.better));
        }
    }
    if let Some(Value::Table(symbols)) = plan.block.get_mut("symbols") {
        for (mark, means) in own.marks.iter().filter(|(mark, _)| symbols.contains_key(*mark)).collect::<Vec<_>>() {
            symbols.insert(mark.clone(), Value::String(means.clone()));
        }
    }
}
