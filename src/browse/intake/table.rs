//! A table that reads the file: old names beside new ones, new columns, marks, and the block that is written.

use serde::Serialize;

use super::read::{NONE, OPEN, field};
use crate::browse::shell::Choice;
use crate::intake::waiting::{Line, Sure, TableSeen};
use crate::intake::{Sampled, UNITS};
use crate::shown::{counted, whole};
use crate::value::Status;

/// A table, as it is filled in.
#[derive(Serialize)]
pub struct Table {
    pub name: String,
    pub title: String,
    pub lede: String,
    pub summary: String,
    pub asks: bool,
    /// The hidden field that says that the box was there, and the box.
    pub here: String,
    pub left_field: String,
    pub left: bool,
    pub columns: Vec<Row>,
    pub labels: Vec<Row>,
    pub new_labels: Vec<String>,
    pub new: Vec<New>,
    pub marks: Vec<Select>,
    pub period: Option<Input>,
    pub notes: Vec<String>,
    pub block: String,
    pub block_words: String,
    pub tried: String,
    pub findings: Vec<[String; 3]>,
    pub sample: Vec<[String; 5]>,
    pub from: String,
}

/// An old name with what it may be now.
#[derive(Serialize)]
pub struct Row {
    pub old: String,
    pub about: String,
    pub select: Select,
    pub radios: bool,
    pub class: &'static str,
    pub cert: &'static str,
    pub cert_class: &'static str,
    pub chose: bool,
    pub why: String,
    pub words: String,
    pub share: Option<u32>,
}

/// A field with words to choose from.
#[derive(Serialize)]
pub struct Select {
    pub field: String,
    pub label: String,
    pub options: Vec<Choice>,
    pub words: Vec<String>,
}

/// A field to write into.
#[derive(Serialize)]
pub struct Input {
    pub field: String,
    pub value: String,
}

/// A new column, and the measure that may be made of it.
#[derive(Serialize)]
pub struct New {
    pub name: String,
    pub words: String,
    pub what: Select,
    pub measure: Option<Measure>,
}

/// What a measure is called and how it is read.
#[derive(Serialize)]
pub struct Measure {
    pub label: Input,
    pub unit: Select,
    pub better: Select,
}

/// The table of a file.
pub fn table(seen: &TableSeen, release: &str) -> Table {
    let lines = seen.columns.iter().chain(&seen.labels);
    let open = lines.clone().filter(|line| line.is_open()).count();
    let likely = lines.filter(|line| line.sure == Sure::Likely && !line.by_hand).count();
    let row = |kind: &str, line: &Line| self::row(kind, seen, line, release);
    Table {
        name: seen.table.clone(),
        title: seen.title.clone(),
        lede: match seen.holds {
            true => format!("The block from {} reads it as it is: nothing is to be written.", seen.from),
            false => format!("Held against the block from {}; {}.", seen.from, seen.evidence),
        },
        summary: summary(seen, open, likely),
        asks: open > 0 || likely > 0,
        here: field(&["here", &seen.table]),
        left_field: field(&["left", &seen.table]),
        left: seen.left,
        columns: seen.columns.iter().map(|line| row("column", line)).collect(),
        labels: seen.labels.iter().map(|line| row("label", line)).collect(),
        new_labels: seen.new_labels.iter().map(|(column, label)| format!("`{label}` in `{column}`")).collect(),
        new: seen.new.iter().map(|new| self::new(&seen.table, new)).collect(),
        marks: seen
            .marks
            .iter()
            .map(|(mark, means)| self::mark(field(&["mark", &seen.table, mark]), mark, means))
            .collect(),
        period: seen
            .asks_period
            .then(|| Input { field: field(&["period", &seen.table]), value: seen.period.clone().unwrap_or_default() }),
        notes: seen.notes.clone(),
        block: seen.block.clone(),
        block_words: match (seen.holds, &seen.instead) {
            (true, _) => format!("The block in {}", seen.path),
            (false, None) => format!("The same in the pipeline file {} (written for you, kept as text)", seen.path),
            (false, Some(from)) => {
                format!("The same in the pipeline file {}, in the place of the block from {from}", seen.path)
            }
        },
        tried: tried(seen.rows, seen.observations),
        findings: findings(&seen.findings),
        sample: sample(&seen.sample),
        from: seen.from.clone(),
    }
}

fn summary(seen: &TableSeen, open: usize, likely: usize) -> String {
    let renamed = |lines: &[Line]| lines.iter().filter(|line| line.sure != Sure::Gone).count();
    let gone = seen.columns.iter().filter(|line| line.sure == Sure::Gone).count();
    let head = match (open, likely) {
        (0, 0) => "Nothing is left to choose.".to_owned(),
        (0, likely) => format!("{} to look at, filled in.", counted(likely, "name", "names")),
        (open, 0) => {
            format!("{} yours.", if open == 1 { "One choice is".to_owned() } else { format!("{open} choices are") })
        }
        (open, likely) => format!("{} to choose, {} to look at.", counted(open, "name", "names"), whole(likely)),
    };
    format!(
        "{head} {} and {} have new names, {} new, {} missing. What is sure is filled in; where two fit, nothing is until you choose.",
        counted(renamed(&seen.columns), "column", "columns"),
        counted(renamed(&seen.labels), "label", "labels"),
        counted(seen.new.len(), "column is", "columns are"),
        if gone == 0 { "none is".to_owned() } else { counted(gone, "is", "are") },
    )
}

fn row(kind: &str, seen: &TableSeen, line: &Line, release: &str) -> Row {
    let name = field(&[kind, &seen.table, &line.key, &line.old]);
    let chosen = line.chosen.as_deref();
    let option = |name: &str, word: &str, words: &str| {
        (
            Choice {
                name: name.to_owned(),
                word: word.to_owned(),
                chosen: chosen == Some(if word == NONE { "" } else { word }),
            },
            words.to_owned(),
        )
    };
    let radios = line.sure == Sure::Several;
    let none = if kind == "label" {
        "none: it ended".to_owned()
    } else {
        format!("none: no figures of this from {release} on")
    };
    let mut all: Vec<(Choice, String)> = Vec::new();
    if line.is_open() && !radios {
        all.push((Choice { name: "choose".to_owned(), word: OPEN.to_owned(), chosen: true }, String::new()));
    }
    all.extend(line.offers.iter().map(|offer| option(&offer.name, &offer.name, &offer.words)));
    if !radios {
        all.extend(line.others.iter().map(|other| option(other, other, "")));
    }
    all.push(option(&none, NONE, ""));
    let (options, words) = all.into_iter().unzip();
    let (class, cert, cert_class) = match line.sure {
        Sure::Sure => ("", "Sure", "sure"),
        Sure::Likely => ("look", "Likely", "likely"),
        Sure::Several => ("ask", "Two fit", "two"),
        Sure::Gone if kind == "label" => ("", "Gone", "likely"),
        Sure::Gone => ("ask", "Gone", "two"),
    };
    let best = line.offers.first();
    Row {
        old: line.old.clone(),
        about: if kind == "label" { format!("in {}", line.key) } else { line.key.replace('_', " ") },
        select: Select { label: format!("What {} is now", line.old), field: name, options, words },
        radios,
        class,
        cert,
        cert_class,
        chose: line.by_hand,
        why: crate::shown::sentence(&line.why),
        words: if radios { String::new() } else { best.map_or_else(String::new, |offer| offer.words.clone()) },
        share: best.and_then(|offer| offer.agree).map(|share| (share * 100.0).round() as u32),
    }
}

fn new(table: &str, new: &crate::intake::waiting::NewColumn) -> New {
    let name = |what: &str| field(&["new", table, &new.name, what]);
    let choice =
        |words: &str, word: &str, chosen: bool| Choice { name: words.to_owned(), word: word.to_owned(), chosen };
    let is_made = new.made.is_some();
    New {
        name: new.name.clone(),
        words: new.words.clone(),
        what: Select {
            field: name("as"),
            label: new.name.clone(),
            options: vec![
                choice("leave it out, by name", "leave", !is_made),
                choice("make it a measure", "measure", is_made),
            ],
            words: Vec::new(),
        },
        measure: new.made.as_ref().map(|named| measure(named, &name, &new.name)),
    }
}

/// The fields of a measure.
pub fn measure(named: &crate::intake::Named, name: &dyn Fn(&str) -> String, column: &str) -> Measure {
    let units = UNITS.iter().map(|unit| Choice {
        name: (*unit).to_owned(),
        word: (*unit).to_owned(),
        chosen: *unit == named.unit,
    });
    let ways = [("neither way is good", NONE), ("high is good", "high"), ("low is good", "low")];
    let ways = ways.map(|(words, word)| Choice {
        name: words.to_owned(),
        word: word.to_owned(),
        chosen: word == named.better || (word == NONE && named.better.is_empty()),
    });
    Measure {
        label: Input { field: name("label"), value: named.label.clone() },
        unit: Select {
            field: name("unit"),
            label: format!("Unit of {column}"),
            options: units.collect(),
            words: Vec::new(),
        },
        better: Select {
            field: name("better"),
            label: format!("Which way is good for {column}"),
            options: ways.to_vec(),
            words: Vec::new(),
        },
    }
}

/// What a mark means, to choose.
pub fn mark(name: String, mark: &str, means: &str) -> Select {
    let choose = Choice { name: "choose what it means".to_owned(), word: OPEN.to_owned(), chosen: means.is_empty() };
    let all = Status::MARKS.iter().map(|status| Choice {
        name: match status {
            Status::Number => "the number before it holds".to_owned(),
            other => other.word().replace('_', " "),
        },
        word: status.word().to_owned(),
        chosen: status.word() == means,
    });
    Select {
        field: name,
        label: mark.to_owned(),
        options: std::iter::once(choose).filter(|choose| choose.chosen).chain(all).collect(),
        words: Vec::new(),
    }
}

/// What came of trying a file, in a sentence.
pub fn tried(rows: usize, observations: usize) -> String {
    format!("Tried: {} give {}.", counted(rows, "row", "rows"), counted(observations, "figure", "figures"))
}

/// What was found: how bad, what and where, what to do.
pub fn findings(all: &[crate::finding::Finding]) -> Vec<[String; 3]> {
    let told = all.iter().map(|finding| {
        let place = finding.place.to_string();
        let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
        [
            finding.severity.word().to_owned(),
            format!("{}{place}", crate::shown::sentence(&finding.message)),
            finding.help.clone(),
        ]
    });
    told.collect()
}

/// A few figures: place, measure, period, of what, figure.
pub fn sample(all: &[Sampled]) -> Vec<[String; 5]> {
    let row = |one: &Sampled| {
        let code = if one.code.is_empty() { String::new() } else { format!(" ({})", one.code) };
        [format!("{}{code}", one.area), one.measure.clone(), one.period.clone(), one.part.clone(), one.value.clone()]
    };
    all.iter().map(row).collect()
}
