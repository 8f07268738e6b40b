//! A table of its own: what each column is, what its measures and marks are called, and the pipeline that is written.

use serde::Serialize;

use super::read::{NONE, field};
use super::table::{Input, Measure, Select, findings, mark, measure, sample, tried};
use crate::browse::shell::Choice;
use crate::intake::waiting::{OwnColumn, Owned};

/// A table of its own, as it is filled in.
#[derive(Serialize)]
pub struct Own {
    pub table: String,
    pub title: Input,
    pub roles: Vec<Select>,
    pub period: Input,
    pub ends: Select,
    pub columns: Vec<Column>,
    pub marks: Vec<Select>,
    pub notes: Vec<String>,
    pub block: String,
    pub tried: String,
    pub findings: Vec<[String; 3]>,
    pub sample: Vec<[String; 5]>,
}

/// A column that is none of where and when.
#[derive(Serialize)]
pub struct Column {
    pub name: String,
    pub words: String,
    pub what: Select,
    pub measure: Option<Measure>,
}

/// What a role of a column is called.
fn role(word: &str) -> &'static str {
    match word {
        "period" => "Periods are in",
        "code" => "3-digit codes of authorities are in",
        "ons" => "9-character codes are in",
        _ => "Names of areas are in",
    }
}

/// The table of a file that none reads.
pub fn own(seen: &Owned) -> Own {
    let names: Vec<&str> = seen.columns.iter().map(|column| column.name.as_str()).collect();
    let roles = seen.roles.iter().map(|(word, column)| {
        let none = Choice { name: "no column".to_owned(), word: NONE.to_owned(), chosen: column.is_none() };
        let all = names.iter().map(|name| Choice {
            name: (*name).to_owned(),
            word: (*name).to_owned(),
            chosen: column.as_deref() == Some(*name),
        });
        Select {
            field: field(&["own-role", word]),
            label: role(word).to_owned(),
            options: std::iter::once(none).chain(all).collect(),
            words: Vec::new(),
        }
    });
    let free = seen.columns.iter().filter(|column| ["measure", "filter", "leave"].contains(&column.what.as_str()));
    Own {
        table: seen.table.clone(),
        title: Input { field: field(&["own", "title"]), value: seen.title.clone() },
        roles: roles.collect(),
        period: Input { field: field(&["own", "period"]), value: seen.period.clone().unwrap_or_default() },
        ends: ends(seen),
        columns: free.map(column).collect(),
        marks: seen.marks.iter().map(|(sign, means)| mark(field(&["own-mark", sign]), sign, means)).collect(),
        notes: seen.notes.clone(),
        block: seen.text.clone(),
        tried: tried(seen.rows, seen.observations),
        findings: findings(&seen.findings),
        sample: sample(&seen.sample),
    }
}

fn ends(seen: &Owned) -> Select {
    let chosen = seen.period_ends.as_deref().unwrap_or_default();
    let days = ["", "31 March", "30 June", "31 August"].map(|day| Choice {
        name: if day.is_empty() { "31 December".to_owned() } else { day.to_owned() },
        word: day.to_owned(),
        chosen: day == chosen,
    });
    Select {
        field: field(&["own", "ends"]),
        label: "A plain year ends on".to_owned(),
        options: days.to_vec(),
        words: Vec::new(),
    }
}

fn column(column: &OwnColumn) -> Column {
    let name = |what: &str| field(&["own-measure", &column.name, what]);
    let whats = [
        ("figures: a measure", "measure"),
        ("words that break figures down", "filter"),
        ("leave it out, by name", "leave"),
    ];
    let whats = whats.map(|(words, word)| Choice {
        name: words.to_owned(),
        word: word.to_owned(),
        chosen: word == column.what,
    });
    Column {
        name: column.name.clone(),
        words: column.words.clone(),
        what: Select {
            field: field(&["own-column", &column.name]),
            label: format!("What {} is", column.name),
            options: whats.to_vec(),
            words: Vec::new(),
        },
        measure: (column.what == "measure").then(|| measure(&column.named, &name, &column.name)),
    }
}
