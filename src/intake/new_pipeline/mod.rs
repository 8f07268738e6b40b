//! A file that no pipeline knows: what its columns are, and a whole pipeline made of that and tried.

mod across;
mod chosen;
mod columns;
mod header;
mod long;
mod measures;
mod place;
mod plan;
mod profile;
mod quotient;
mod records;
mod said;
mod strangers;
mod table;
mod telling;
mod units;

use toml::Value;

use super::answer::{Asked, is_wanted};
use super::arrival::Arrival;
use super::shelf::Shelf;
use super::trial::{self, Trial};
use super::written;
use crate::area::{Level, Register, without_order};
use crate::finding::{Error, Finding};
use crate::grid::TextTable;
use crate::manifest::today;
use crate::period::Period;
use crate::pipeline::{Declared, Header};
use crate::refresh::names::pattern_of;
use crate::value::Status;
use plan::Checks;
pub(super) use plan::Plan;

pub(super) use columns::{Columns, columns};
pub(super) use header::header;
pub(super) use measures::key;
pub(super) use place::place;
pub(super) use profile::distinct;
pub(super) use said::{kind_of, one, said};
pub(super) use strangers::{Strangers, strangers};

/// A pipeline of its own for a file, tried.
pub(super) struct NewPipeline {
    /// The name that its table is given.
    pub name: String,
    /// The pipeline.
    pub text: String,
    /// The plan it was written from.
    pub plan: Plan,
    /// Its cells.
    pub table: TextTable,
    /// What the columns of the file are.
    pub columns: Columns,
    /// Other sheets that have as much.
    pub rivals: Vec<String>,
    /// What must be decided before it can be used.
    pub open: Vec<String>,
    /// What to do with it where it is a list of authorities and holds no figure.
    pub list: Option<String>,
    /// What came of trying it.
    pub trial: Trial,
}

/// Makes a pipeline for a file, under a name that is not among those `taken`.
///
/// # Errors
/// No sheet holds a table, or the reference files cannot be read.
pub(super) fn of(arrival: &Arrival, asked: &Asked, shelf: &Shelf<'_>, taken: &[&str]) -> Result<NewPipeline, Error> {
    let Some(place) = place(arrival, &|title| is_wanted(asked, title), shelf.register) else {
        return Err(Error::usage(
            format!("no sheet of `{}` holds a table", arrival.shown),
            "look at it in Excel: a table has a row of names and figures below it",
        ));
    };
    let own = &asked.choices.own;
    let place = chosen::apply(place, &asked.choices);
    let mut plan = begin(arrival, asked, &place, taken);
    if place.columns.is_records() {
        records::fill(&mut plan, arrival, &place);
    } else {
        table::fill(&mut plan, arrival, &place, shelf.register);
        if let Some(column) = long::measure_column(&place) {
            long::fill(&mut plan, &place, &column);
        }
    }
    chosen::name(&mut plan, own);
    let release = asked.release.clone().or_else(|| year_of(&plan, &place)).unwrap_or_else(this_year);
    plan.set("from", written::release(&release));
    match &own.period_ends {
        Some(day) => plan.head.push(format!("period_ends = {}", written::quoted(day))),
        None => period_ends(&mut plan, arrival, &place),
    }
    let trial = settle_checks(&mut plan, &release, arrival, has_whole(&place, shelf.register), shelf)?;
    let list = list(arrival, &place);
    Ok(NewPipeline {
        name: plan.name.clone(),
        text: plan.text(),
        open: plan.open.clone(),
        table: place.table,
        plan,
        columns: place.columns,
        rivals: place.rivals,
        list,
        trial,
    })
}

/// What to do with a list of authorities: one in each row, and no figure.
fn list(arrival: &Arrival, place: &place::Place) -> Option<String> {
    let Columns { numbers, filters, period, authorities, rows, strangers, .. } = &place.columns;
    let is_list = numbers.is_empty() && filters.is_empty() && period.is_none() && strangers.is_empty();
    let stem = arrival.name.rsplit_once('.').map_or(arrival.name.as_str(), |(stem, _)| stem);
    let name = crate::manifest::safe_name(stem).to_lowercase().replace('_', "-");
    (is_list && *authorities > 1 && authorities == rows)
        .then(|| format!("to compare with them copy it to data/reference/lists/{name}.csv, and say `--with {name}`"))
}

/// The year in which the last period begins: a block from then on reads the file whichever later release it is. The
/// period stands in a column, in the headers or once in the block.
fn year_of(plan: &Plan, place: &place::Place) -> Option<String> {
    use chrono::Datelike;
    let text = match (plan.block.get("period").and_then(Value::as_str), &place.columns.periods) {
        (Some(period), _) => vec![period.to_owned()],
        (None, Some((_, last))) => vec![last.clone()],
        (None, None) => {
            let columns = plan.block.get("columns").and_then(Value::as_table).into_iter().flatten();
            let templates = columns.filter_map(|(_, column)| column.as_str()).filter(|name| name.contains("{period}"));
            templates.flat_map(|template| crate::normalise::periods_in(template, place.table.names())).collect()
        }
    };
    let years = text.iter().filter_map(|text| Period::parse(text, "", None).ok()).map(|period| period.start.year());
    years.max().map(|year| year.to_string())
}

fn this_year() -> String {
    use chrono::Datelike;
    today().year().to_string()
}

/// The head of a pipeline, and the lines of its block that say where the table is.
fn begin(arrival: &Arrival, asked: &Asked, place: &place::Place, taken: &[&str]) -> Plan {
    let stem = arrival.name.rsplit_once('.').map_or(arrival.name.as_str(), |(stem, _)| stem);
    let pattern = pattern_of(&crate::manifest::safe_name(&arrival.name));
    let plain = pattern.rsplit_once('.').map_or(pattern.as_str(), |(stem, _)| stem).replace('*', " ");
    // A pipeline of a name that is there would take its place.
    let name = measures::key(&plain, &mut taken.iter().map(|name| (*name).to_owned()).collect());
    let mut plan = Plan {
        title: units::label(stem, &crate::normalise::Meta::default()).replace('-', " "),
        return_name: asked.return_name.clone().unwrap_or_else(|| name.clone()),
        name,
        head: Vec::new(),
        measures: Vec::new(),
        tables: Vec::new(),
        block: toml::Table::new(),
        order: place.table.names().map(str::to_owned).collect(),
        checks: Checks { every_authority: true, total: None, shares: Vec::new() },
        notes: Vec::new(),
        open: Vec::new(),
    };
    plan.set("file", Value::String(pattern));
    if !place.table.sheet.is_empty() {
        plan.set("sheet", Value::String(globset::escape(&place.table.sheet)));
    }
    match &place.header {
        Header::Row(1) => {}
        Header::Row(row) => plan.set("header", Value::Integer(i64::from(*row))),
        Header::Rows(rows) => {
            plan.set("header", Value::Array(rows.iter().map(|row| Value::Integer(i64::from(*row))).collect()));
        }
    }
    plan
}

/// The day on which periods end, where the file speaks of one; a line that asks for it where years stand alone.
fn period_ends(plan: &mut Plan, arrival: &Arrival, place: &place::Place) {
    let grid = arrival.sheet(place.sheet).1;
    let header = place.header.rows().last().copied().unwrap_or(1);
    let above = grid.rows().iter().enumerate().take_while(|(_, number)| **number <= header);
    let mut words: String = above
        .flat_map(|(row, _)| (0..grid.width().min(100)).map(move |column| grid.text(row, column)))
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
        .replace(['_', '-'], " ");
    words += &format!(" {} {}", place.table.sheet, arrival.name).to_lowercase().replace(['_', '-'], " ");
    let days = [
        ("31 march", "31 March"),
        ("at31", "31 March"),
        ("31st march", "31 March"),
        ("mid ", "30 June"),
        ("30 june", "30 June"),
    ];
    let found = days.iter().find(|(word, _)| words.contains(word)).map(|(_, day)| *day);
    let is_year = |period: &str| period.len() == 4 && period.bytes().all(|byte| byte.is_ascii_digit());
    let years = place.columns.periods.as_ref().is_some_and(|(first, _)| is_year(first))
        || plan.block.get("period").and_then(Value::as_str).is_some_and(is_year)
        || plan.block.values().any(|value| value.to_string().contains("{period}"));
    match found {
        Some(day) if years => {
            plan.head.push(format!("period_ends = \"{day}\""));
            plan.notes.push(format!(
                "the file speaks of {day}: `period_ends` decides which authorities were open in a period"
            ));
        }
        None if years => plan.notes.push(
            "a plain year ends on 31 December: say `period_ends = \"31 March\"` where it is counted on another day"
                .to_owned(),
        ),
        _ => {}
    }
}

/// Whether the table has England and its regions, so that they can be held against each other.
fn has_whole(place: &place::Place, register: &Register) -> bool {
    let columns = &place.columns;
    let cells = [&columns.ons, &columns.name, &columns.region].into_iter().flatten();
    let mut words: Vec<&str> = cells
        .filter_map(|name| place.table.position(name))
        .flat_map(|at| distinct(&place.table, at).into_keys())
        .collect();
    words.extend(columns.levels.iter().map(String::as_str));
    let levels = columns.levels.iter().filter_map(|level| Level::from_publisher(level));
    let by_level = levels.filter(|level| [Level::Country, Level::Region].contains(level)).count() > 1;
    let regions = words.iter().filter_map(|word| register.region(without_order(word)));
    let (whole, parts): (Vec<_>, Vec<_>) = regions.partition(|region| region.is_country());
    by_level || (!whole.is_empty() && parts.len() > 2)
}

/// Tries the checks that would be of use and keeps those that hold; answers what came of the last trial.
fn settle_checks(
    plan: &mut Plan,
    release: &str,
    arrival: &Arrival,
    has_whole: bool,
    shelf: &Shelf<'_>,
) -> Result<Trial, Error> {
    let bases: &[Option<u32>] = if has_whole { &[Some(0), Some(5), Some(10), None] } else { &[None] };
    let mut trial = Trial::default();
    for base in bases {
        plan.checks.total = *base;
        trial = tried(plan, release, arrival, shelf)?;
        if plan.checks.every_authority && trial.warnings.iter().any(|finding| finding.code == "authority-absent") {
            plan.checks.every_authority = false;
            plan.notes.push("not every authority is in every period: `areas = \"some\"`".to_owned());
            trial = tried(plan, release, arrival, shelf)?;
        }
        let differs = |finding: &Finding| ["total-differs", "check-unknown"].contains(&finding.code.as_str());
        if !trial.errors.is_empty() || !trial.warnings.iter().any(differs) {
            break;
        }
    }
    Ok(trial)
}

fn tried(plan: &Plan, release: &str, arrival: &Arrival, shelf: &Shelf<'_>) -> Result<Trial, Error> {
    let path = format!("pipelines/{}.toml", plan.name);
    let declared = Declared { path, name: plan.name.clone(), text: plan.text(), ..Declared::default() };
    trial::tried(declared, release, &arrival.name, arrival, shelf)
}

/// What a mark means in government statistics, with or without brackets; not available where it is none of those.
fn usual(mark: &str) -> &'static str {
    let bare = mark.trim().trim_matches(['[', ']', '(', ')']).to_lowercase();
    let status = match bare.as_str() {
        "c" | "k" => Status::Confidential,
        "z" => Status::NotApplicable,
        "low" => Status::Low,
        "u" => Status::Unreliable,
        _ => Status::NotAvailable,
    };
    status.word()
}
