//! A table of areas to a pipeline in the making: where its figures belong, what breaks them down, and what they are.

use std::collections::BTreeSet;

use toml::Value;

use super::across::across;
use super::columns::Columns;
use super::measures::{Drafted, key};
use super::place::Place;
use super::plan::Plan;
use super::profile::Profile;
use super::quotient::quotient;
use super::strangers::{Strangers, strangers};
use super::units::{self, Unit, unit};
use super::{said, usual};
use crate::area::{Register, without_order};
use crate::intake::arrival::Arrival;
use crate::intake::roles;
use crate::value::Symbols;

/// Fills in the plan of a table whose rows are areas.
pub fn fill(plan: &mut Plan, arrival: &Arrival, place: &Place, register: &Register) {
    let columns = &place.columns;
    if columns.ees {
        plan.set("format", Value::String("ees".to_owned()));
    }
    let across = if columns.period.is_none() { across(&columns.numbers) } else { Vec::new() };
    if !columns.ees {
        area(plan, place, register);
        let in_headers = across.iter().map(|group| group.names.len()).sum::<usize>() == columns.numbers.len();
        period(plan, arrival, place, in_headers && !across.is_empty());
    }
    breakdowns(plan, arrival, place);
    let mut named: Vec<(String, String)> = Vec::new();
    let mut taken = BTreeSet::new();
    for group in &across {
        let name = group.template.replace("{period}", " ").replace('*', "");
        let name = if name.trim().is_empty() { plan.title.clone() } else { name.trim().to_owned() };
        named.push((group.template.clone(), key(&name, &mut taken)));
    }
    let is_across = |name: &String| across.iter().any(|group| group.names.contains(name));
    let single: Vec<&String> = columns.numbers.iter().filter(|name| !is_across(name)).collect();
    named.extend(single.iter().map(|name| ((*name).clone(), key(name, &mut taken))));
    for (at, (column, key)) in named.iter().enumerate() {
        let sample = across.get(at).map_or(column, |group| &group.names[0]);
        measure(plan, arrival, place, (column, sample), key, &named);
    }
    if !columns.attributes.is_empty() {
        plan.notes.push(format!(
            "passed over, because rows are told apart without: {}",
            columns.attributes.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ));
    }
    if columns.numbers.is_empty() {
        plan.open.push("no column holds figures: nothing of this sheet can be compared; name another with `--sheet`, or count its rows as records (docs/pipelines.md)".to_owned());
    }
    marks(plan, columns);
    plan.list("ignore", columns.others.iter().map(|name| globset::escape(name)).collect());
}

/// One measure: its label, unit and counts, and its column in the block.
fn measure(
    plan: &mut Plan,
    arrival: &Arrival,
    place: &Place,
    (column, sample): (&str, &str),
    key: &str,
    named: &[(String, String)],
) {
    let words = column.replace("{period}", "").replace('*', "");
    let words = if words.trim().is_empty() { plan.title.clone() } else { words.trim().to_owned() };
    let label =
        if column == sample { units::label(column, &arrival.meta) } else { units::label(&words, &arrival.meta) };
    let (constant_label, constant_unit) = constants(place);
    let generic = is_generic(column) && place.columns.numbers.len() == 1;
    let label = constant_label.filter(|_| generic).unwrap_or(label);
    let mut found = unit(&place.table, sample, &arrival.meta);
    if generic && constant_unit {
        found = Unit { word: "percent", ..found };
    }
    if let Some(scale) = found.scale {
        plan.put_in("scale", key, Value::Float(scale));
        plan.notes.push(format!("the figures of `{sample}` lie between 0 and 1: `scale` makes percentages of them"));
    }
    let multiplier = match found.word {
        "rate per 1,000" => 1_000.0,
        "rate per 10,000" => 10_000.0,
        "rate per 100,000" => 100_000.0,
        _ => 100.0,
    };
    let is_quotient = found.scale.is_none() && (found.word != "number" || words.to_lowercase().contains("rate"));
    let counts: Vec<&str> = place.columns.numbers.iter().filter(|name| *name != sample).map(String::as_str).collect();
    let parts =
        if is_quotient && column == sample { quotient(&place.table, sample, &counts, multiplier) } else { None };
    let key_of = |name: &str| named.iter().find(|(column, _)| column == name).map(|(_, key)| key.clone());
    let parts = parts.and_then(|(above, below)| Some((key_of(&above)?, key_of(&below)?)));
    if parts.is_some() && found.word == "number" {
        found.word = "percent";
    }
    if found.word == "percent" {
        plan.checks.shares.extend(all_shares(place, sample, found.scale.unwrap_or(1.0)).then(|| key.to_owned()));
    }
    plan.put_in("columns", key, Value::String(column.to_owned()));
    plan.measures.push(Drafted { key: key.to_owned(), label, unit: found, counts: parts, more: Vec::new() });
}

/// Whether every figure of a column lies between 0 and 100.
fn all_shares(place: &Place, name: &str, scale: f64) -> bool {
    let Some(column) = place.table.position(name) else { return false };
    let profile = Profile::of(&place.table, column, name);
    profile.share(|text| match Symbols::none().read(text) {
        crate::value::Cell::Number(number) => (0.0..=100.0).contains(&(number * scale)),
        _ => true,
    }) == 1.0
}

/// Whether a header says only that figures stand below it.
fn is_generic(name: &str) -> bool {
    ["value", "observation", "figure", "figures", "amount", "data", "result", "indicator_value", "obs_value"]
        .contains(&name.to_lowercase().as_str())
}

/// What a column of one word says of all the figures: what they are called, and whether they are percentages.
fn constants(place: &Place) -> (Option<String>, bool) {
    let mut label = None;
    let mut percent = false;
    for name in &place.columns.others {
        let Some(column) = place.table.position(name) else { continue };
        let profile = Profile::of(&place.table, column, name);
        let Some(word) = profile.cells.keys().next().filter(|_| profile.is_constant()) else { continue };
        match profile.lower.as_str() {
            "indicator" | "indicator_name" | "metric" | "statistic" => label = Some((*word).to_owned()),
            "unit" | "units" | "measure" => percent |= *word == "%" || units::is_share(&word.to_lowercase()),
            _ => {}
        }
    }
    (label, percent)
}

/// The columns of the area, the rows of areas that are none here, and the spellings that are asked about.
fn area(plan: &mut Plan, place: &Place, register: &Register) {
    let columns = &place.columns;
    let mut area = roles::area(columns);
    let Strangers { spellings, read, ambiguous, without_figures, others, by_region } =
        strangers(&place.table, columns, register);
    plan.notes.extend(read_as(&read));
    if by_region && let Some(region) = &columns.region {
        area.insert("region".to_owned(), Value::String(region.clone()));
    } else {
        plan.list("ignore", columns.region.iter().map(|name| globset::escape(name)).collect());
    }
    if area.is_empty() {
        plan.open.push("no column names a local authority by name or code: write `area` into the block".to_owned());
    }
    plan.set("area", Value::Table(area));
    if let Some(ons) = columns.ons.as_ref().filter(|_| !columns.foreign.is_empty()) {
        let kept = ["E92", "E12", "E06", "E08", "E09", "E10"].map(|code| Value::String(format!("{code}??????")));
        plan.put_in("where", ons, Value::Array(kept.to_vec()));
        let out: Vec<String> = columns.foreign.iter().map(|(code, count)| format!("{code} ({count} rows)")).collect();
        plan.notes.push(format!(
            "left out by `where`: codes that are no English authority, region or country: {}",
            out.join(", ")
        ));
        return;
    }
    let stays = |text: &String| !place.left_out.contains(text);
    for (text, names) in ambiguous.iter().filter(|(text, _)| stays(text)) {
        plan.open
            .push(format!("`{text}` may be {}: add a line for it to data/reference/aliases.csv", names.join(" or ")));
    }
    for (text, name) in spellings.iter().filter(|(text, _)| stays(text)) {
        plan.open.push(format!(
            "`{text}` is likely {name}: add `{text},{}` to data/reference/aliases.csv",
            register.known(name).map_or(String::new(), |authority| authority.code.to_string())
        ));
    }
    let shown = columns.name.as_ref().or(columns.code.as_ref()).or(columns.ons.as_ref());
    let chosen = ambiguous.iter().map(|(text, _)| text).chain(spellings.iter().map(|(text, _)| text));
    let chosen = chosen.filter(|text| !stays(text));
    let out: Vec<String> =
        without_figures.iter().chain(&others).chain(chosen).map(|text| globset::escape(text)).collect();
    if let Some(name) = shown.filter(|_| !out.is_empty()) {
        plan.put_in("drop", name, Value::Array(out.into_iter().map(Value::String).collect()));
        if !others.is_empty() {
            plan.notes.push(format!(
                "left out by `drop`, with figures, because they are of no known area: {}",
                others.join(", ")
            ));
        }
    }
}

/// Names that a line tells; the others are counted.
const NAMED: usize = 8;

/// What says which names are read as an authority's though they are not spelt as it is.
fn read_as(read: &[(String, String)]) -> Option<String> {
    let named: Vec<String> = read.iter().take(NAMED).map(|(text, name)| format!("`{text}` as {name}")).collect();
    let more = if read.len() > NAMED { format!(" and {} more", read.len() - NAMED) } else { String::new() };
    (!read.is_empty())
        .then(|| format!("names are read without what they say of the kind of council: {}{more}", named.join(", ")))
}

/// A word of a column that is called otherwise here.
fn labelled(plan: &mut Plan, column: &str, word: &str, label: &str) {
    let outer = plan.block.entry("labels").or_insert_with(|| Value::Table(toml::Table::new()));
    if let Value::Table(outer) = outer
        && let Value::Table(inner) = outer.entry(column).or_insert_with(|| Value::Table(toml::Table::new()))
    {
        inner.insert(word.to_owned(), Value::String(label.to_owned()));
    }
}

/// Where the period of a row is: in a column, in the headers, or said once for the whole file.
pub fn period(plan: &mut Plan, arrival: &Arrival, place: &Place, is_across: bool) {
    if let Some(period) = &place.columns.period {
        plan.set("period_column", Value::String(period.clone()));
        return;
    }
    if let Some(period) = &place.period {
        plan.set("period", Value::String(period.clone()));
        return;
    }
    if is_across {
        return;
    }
    let (title, grid) = arrival.sheet(place.sheet);
    let all = said::said(grid, place.header.rows().first().copied().unwrap_or(1), title, &arrival.name);
    match said::one(&all, None) {
        Some(found) => {
            plan.set("period", Value::String(found.period.clone()));
            plan.notes.push(format!("the period is `{}` because {} says so: look whether it is", found.period, found.place));
        }
        None if place.columns.numbers.is_empty() && !place.columns.is_records() => {}
        None => plan.open.push(
            "no column, header or title says of which period the figures are: write `period` or `period_column` into the block".to_owned(),
        ),
    }
}

/// The columns of words that break figures down, their letters of order taken off.
fn breakdowns(plan: &mut Plan, arrival: &Arrival, place: &Place) {
    let columns = &place.columns;
    let pair = ["breakdown_topic", "breakdown"];
    let is_pair = columns.ees && pair.iter().all(|name| columns.filters.iter().any(|filter| filter == name));
    if is_pair {
        plan.list("breakdown", pair.map(str::to_owned).to_vec());
    }
    let filters: Vec<String> =
        columns.filters.iter().filter(|name| !is_pair || !pair.contains(&name.as_str())).cloned().collect();
    for name in &filters {
        let label = units::label(name, &arrival.meta);
        if label != *name && !arrival.meta.knows(name) {
            plan.put_in("topics", name, Value::String(label));
        }
        let cells = place.table.position(name).map(|at| super::distinct(&place.table, at)).unwrap_or_default();
        for word in cells.keys().filter(|word| without_order(word) != **word) {
            labelled(plan, name, word, without_order(word));
        }
    }
    plan.list("filters", filters);
}

/// The marks among the figures, with what they usually mean.
pub fn marks(plan: &mut Plan, columns: &Columns) {
    let known = if columns.ees { Symbols::ees() } else { Symbols::none() };
    let is_new = |mark: &&String| matches!(known.read(mark), crate::value::Cell::Unknown);
    let marks: Vec<String> = columns.short_marks().filter(is_new).cloned().collect();
    for mark in &marks {
        plan.put_in("symbols", mark, Value::String(usual(mark).to_owned()));
    }
    if !marks.is_empty() {
        plan.notes.push(format!("find out from the publisher's notes what these marks mean: {}", marks.join(" ")));
    }
}
