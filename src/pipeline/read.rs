//! Text of a pipeline file to `Pipeline`, with every mistake at its line and the likely answer.

use std::collections::BTreeMap;

use toml::Spanned;

use super::schema::place_in;
use super::{Columns, Measure, Pipeline, ReleaseBlock, Shape};
use crate::finding::{Finding, likely};
use crate::manifest::is_inside;
use crate::value::Status;

/// A pipeline file as found: where it stands and what it says.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The path shown in messages.
    pub path: String,
    /// The file's stem.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Reads one pipeline file.
///
/// # Errors
/// The findings, each of severity error and with its line in the file.
pub fn read(declared: Declared) -> Result<Pipeline, Vec<Finding>> {
    let Declared { path, name, text } = declared;
    let mut pipeline: Pipeline = match toml::from_str(&text) {
        Ok(pipeline) => pipeline,
        Err(error) => return Err(vec![syntax(&path, &name, &text, &error, "docs/pipelines.md")]),
    };
    pipeline.name = name;
    pipeline.path = path;
    pipeline.text = text;
    let findings = validate(&pipeline);
    expand(&mut pipeline);
    if findings.is_empty() { Ok(pipeline) } else { Err(findings) }
}

/// What `columns` maps where a column names the measure.
const PARTS: [&str; 3] = ["value", "numerator", "denominator"];

/// A block whose rows name their measure becomes one block a measure, which keeps that measure's rows.
fn expand(pipeline: &mut Pipeline) {
    let measures = pipeline.measures.clone();
    for block in &mut pipeline.releases {
        let Some(column) = block.measure_column.clone() else { continue };
        let plain = ReleaseBlock { columns: BTreeMap::new(), ..block.clone() };
        block.parts =
            measures.iter().map(|(name, measure)| part(&plain, &block.columns, &column, name, measure)).collect();
    }
}

/// The block of one measure: the rows that carry its label or its name.
fn part(
    plain: &ReleaseBlock,
    columns: &BTreeMap<String, Spanned<Columns>>,
    column: &Spanned<String>,
    name: &str,
    measure: &Measure,
) -> ReleaseBlock {
    let mut part = plain.clone();
    let words = vec![globset::escape(&measure.label), globset::escape(name)];
    part.keep.insert(column.get_ref().clone(), Spanned::new(column.span(), words));
    let keys = [Some(name), measure.numerator.as_deref(), measure.denominator.as_deref()];
    for (role, key) in PARTS.iter().zip(keys) {
        let Some(source) = columns.get(*role) else { continue };
        match key {
            Some(key) => {
                part.columns.insert(key.to_owned(), source.clone());
            }
            None => part
                .ignore
                .extend(source.get_ref().0.iter().map(|column| Spanned::new(source.span(), globset::escape(column)))),
        }
    }
    part
}

/// The message of the TOML reader at its line; an unknown key gets the nearest known one.
///
/// `manual` is the page that lists every key of such a file.
pub fn syntax(path: &str, name: &str, text: &str, error: &toml::de::Error, manual: &str) -> Finding {
    let place = place_in(path, text, error.span().unwrap_or(0..0));
    let message = error.message();
    let mut quoted = message.split('`').skip(1).step_by(2);
    let (message, help) = match (message.starts_with("unknown "), quoted.next()) {
        (true, Some(word)) => match likely(word, quoted) {
            // The likely word says more than the list of all of them.
            Some(key) => (
                message.split(", expected").next().unwrap_or(message),
                format!("did you mean `{key}`? {manual} lists every key and its words"),
            ),
            None => (message, format!("{manual} lists every key and its words")),
        },
        _ => (message, format!("correct the line; {manual} shows every key with an example")),
    };
    Finding::error("pipeline-syntax", message, help).of(name, "").at(place)
}

/// What the types cannot say.
fn validate(pipeline: &Pipeline) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |span: std::ops::Range<usize>, message: String, help: String| {
        findings.push(
            Finding::error("pipeline-declaration", message, help).of(&pipeline.name, "").at(pipeline.place(span)),
        );
    };
    if !is_inside(&pipeline.return_name) {
        let at = pipeline.text.find("\nreturn").map_or(0, |at| at + 1);
        let message = format!("`return` leads out of the returns folder: `{}`", pipeline.return_name);
        say(at..at, message, "write the name of a folder in the returns folder, such as `sen2`".into());
    }
    if pipeline.releases.is_empty() {
        say(
            0..0,
            "there is no `[[release]]` block".into(),
            "add one; `abreast inspect FILE` prints it ready made".into(),
        );
    }
    for (span, message, help) in pipeline.source.mistakes() {
        say(span, message, help);
    }
    if let Some(predecessor) = pipeline.predecessor.as_ref().filter(|known| known.take.get_ref().is_empty()) {
        let help = "name the fields that a record takes, first the one that decides whether it needs any";
        say(predecessor.take.span(), "`take` names no field".into(), help.into());
    }
    let keys = pipeline.keys();
    for block in &pipeline.releases {
        if block.measure_column.is_some() {
            for (key, columns) in block.columns.iter().filter(|(key, _)| !PARTS.contains(&key.as_str())) {
                let help = format!("the keys of such a block are {}", PARTS.join(", "));
                say(columns.span(), format!("`{key}` is not a key of a block with `measure_column`"), help);
            }
        } else if pipeline.shape == Shape::Areas {
            for (key, columns) in &block.columns {
                if !keys.contains(&key.as_str()) {
                    let help = match pipeline.likely_key(key) {
                        Some(likely) => format!("did you mean `{likely}`? Or declare `[measures.{key}]`"),
                        None => format!("declare `[measures.{key}]`, or take the line out"),
                    };
                    say(
                        columns.span(),
                        format!("`{key}` is neither a measure nor a numerator or denominator of one"),
                        help,
                    );
                }
            }
        }
        if !block.breakdown.is_empty() && block.breakdown.len() != 2 {
            let span = block.breakdown[0].span();
            say(
                span,
                "`breakdown` takes two columns, the topic and the breakdown".into(),
                "use `filters` for columns that each are a topic".into(),
            );
        }
    }
    let open = pipeline.releases.iter().any(|block| block.indicators.is_some());
    for (word, message, help) in pipeline.checks.mistakes(&pipeline.measures, open) {
        // Checks are kept without their places: the word is looked for from `[checks]` on.
        let from = pipeline.text.find("[checks").unwrap_or_default();
        let at = from + pipeline.text[from..].find(&word).unwrap_or_default();
        say(at..at, message, help);
    }
    for (mark, word) in pipeline.symbols.iter().chain(pipeline.releases.iter().flat_map(|block| &block.symbols)) {
        let statuses = Status::MARKS.map(Status::word);
        if !statuses.contains(&word.as_str()) {
            let help = match likely(word, statuses) {
                Some(likely) => format!("did you mean `{likely}`?"),
                None => format!("statuses are {}", statuses[1..].join(", ")),
            };
            // Marks are kept without their places; the word stands in quotes wherever it was written.
            let at = pipeline.text.find(&format!("\"{word}\"")).unwrap_or_default();
            say(at..at, format!("symbol `{mark}` has the unknown status `{word}`"), help);
        }
    }
    findings
}
