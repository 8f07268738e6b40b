//! The dictionaries beside a return: the measures of a long file, taken from the list that comes with it.
//!
//! In: a pipeline with `[dictionary]`, the folder of returns. Out: the pipeline with a measure and a layout for each line, the
//! files that were read, what was found. A newer release's words take the place of an older one's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;

use crate::declaration::{Kind, Mention};
use crate::finding::{Finding, Place, likely};
use crate::grid::{Layout, TextTable};
use crate::home;
use crate::load;
use crate::pipeline::{Dictionary, Entry, Measure, Pipeline, Release};
use crate::shown::counted;

use super::plan::{matching, releases};

/// What taking in the dictionaries of a pipeline gave.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// The files, as paths below the returns and whole.
    pub files: Vec<(String, PathBuf)>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Takes the measures of the dictionaries below `returns` into the pipeline; nothing where it names none.
pub(crate) fn take_in(pipeline: &mut Pipeline, returns: &Path) -> Read {
    let mut read = Read::default();
    let Some(dictionary) = pipeline.dictionary.clone() else { return read };
    let mut measures = BTreeMap::new();
    for (release, files) in releases(&returns.join(&pipeline.return_name)) {
        for path in matching(&files, dictionary.file.get_ref()) {
            let shown = home::shown(path.strip_prefix(returns).unwrap_or(&path));
            read.files.push((shown.clone(), path.clone()));
            let of = |finding: Finding| finding.of(&pipeline.name, release.as_str());
            match table(&dictionary, &path, &shown) {
                Ok(table) => {
                    let (new, found) = measured(&dictionary, &table, pipeline, &release);
                    measures.extend(new);
                    read.findings.extend(found.into_iter().map(of));
                }
                Err(finding) => read.findings.push(of(finding)),
            }
        }
    }
    pipeline.describe(measures);
    if !read.files.is_empty() {
        read.findings.extend(nameless(pipeline));
    }
    read
}

/// The names of measures in the pipeline's file that neither it nor a dictionary describes.
fn nameless(pipeline: &Pipeline) -> Vec<Finding> {
    let unknown = pipeline.mentions(Kind::Measure).filter(|mention| !pipeline.measures.contains_key(&mention.word));
    let finding = |mention: &Mention| {
        let message = format!("`{}` is no measure of the table or of its dictionary", mention.word);
        let help = match likely(&mention.word, pipeline.measures.keys().map(String::as_str)) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "`abreast list measures` prints what there is".to_owned(),
        };
        let place = pipeline.place(mention.span.clone());
        Finding::error("pipeline-declaration", message, help).of(&pipeline.name, "").at(place)
    };
    unknown.map(finding).collect()
}

/// The table of a dictionary.
fn table(dictionary: &Dictionary, path: &Path, shown: &str) -> Result<TextTable, Finding> {
    let glob = dictionary.sheet.as_ref().and_then(|sheet| GlobBuilder::new(sheet).case_insensitive(true).build().ok());
    let glob = glob.map(|glob| glob.compile_matcher());
    let wanted = |name: &str| glob.as_ref().is_none_or(|glob| glob.is_match(name));
    let opened = load::open_parts(load::read_parts(path, shown)?, path, shown, &wanted)?;
    let fitting = opened.sheets.iter().find(|(name, _)| name.is_empty() || wanted(name));
    let (name, grid) = fitting.ok_or_else(|| {
        let sheet = dictionary.sheet.as_deref().unwrap_or_default();
        let message = format!("no sheet fits `{sheet}`, which `[dictionary]` names");
        Finding::error("no-sheet", message, "correct `sheet` under `[dictionary]`").at(Place::file(shown))
    })?;
    TextTable::cut(shown, name, grid, &Layout::default())
}

/// The measures of a dictionary, and what was found in it.
fn measured(
    dictionary: &Dictionary,
    table: &TextTable,
    pipeline: &Pipeline,
    release: &Release,
) -> (BTreeMap<String, Measure>, Vec<Finding>) {
    let (entries, mut findings) = entries(dictionary, table, pipeline);
    let mut measures: BTreeMap<String, Measure> = BTreeMap::new();
    for (row, entry) in &entries {
        let place = table.place(Some(*row), table.position(&dictionary.unit));
        match dictionary.measure(entry) {
            Ok((name, measure)) => match measures.get(&name) {
                Some(other) => {
                    let message = format!("`{}` and `{}` would both be the measure `{name}`", other.word, entry.word);
                    let help = "ask the publisher for names that differ in more than signs";
                    findings.push(Finding::error("dictionary-twice", message, help).at(table.place(Some(*row), None)));
                }
                None => drop(measures.insert(name, measure)),
            },
            Err(units) => {
                let what = if units.is_empty() {
                    "no unit".to_owned()
                } else {
                    format!("several units ({})", units.join(", "))
                };
                let message =
                    format!("`{}`, the unit of `{}`, fits {what} of `[dictionary.units]`", entry.unit, entry.word);
                let help = format!("add it to one of them in {}", pipeline.path);
                findings.push(Finding::error("dictionary-unit", message, help).at(place));
            }
        }
    }
    let declared = dictionary.first_hand.keys().filter(|word| entries.iter().all(|(_, entry)| entry.word != **word));
    findings.extend(declared.map(|word| {
        let message = format!("`[dictionary.first_hand]` names `{word}`, which the dictionary of {release} has not");
        let help = format!("correct it in {}, or take it out", pipeline.path);
        Finding::note("dictionary-unknown", message, help).at(Place::file(&table.file))
    }));
    (measures, findings)
}

/// The lines of a dictionary, each measure once, with the index of its row.
fn entries(dictionary: &Dictionary, table: &TextTable, pipeline: &Pipeline) -> (Vec<(usize, Entry)>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut column = |name: Option<&String>| {
        let name = name?;
        let position = table.position(name);
        if position.is_none() {
            let message = format!("`[dictionary]` names the column `{name}`, which is not in the dictionary");
            let help =
                format!("correct it in {}; it has {}", pipeline.path, table.names().collect::<Vec<_>>().join(", "));
            findings.push(Finding::error("dictionary-column", message, help).at(Place::file(&table.file)));
        }
        position
    };
    let Dictionary { name, label, definition, topic, unit, better, places, period_identifier, .. } = dictionary;
    let columns = [Some(name), label.as_ref(), definition.as_ref(), topic.as_ref(), Some(unit)];
    let columns = columns.into_iter().chain([better.as_ref(), places.as_ref(), period_identifier.as_ref()]);
    let columns: Vec<Option<usize>> = columns.map(&mut column).collect();
    let text = |row: usize, at: usize| {
        let cells = columns[at].and_then(|column| table.frame.columns()[column].str().ok());
        dictionary.said(cells.and_then(|cells| cells.get(row)).unwrap_or_default())
    };
    let mut entries: Vec<(usize, Entry)> = Vec::new();
    let mut again: Vec<(usize, String)> = Vec::new();
    for row in 0..table.rows.len() {
        let [word, label, definition, topic, unit, better, places, identifier] =
            [0, 1, 2, 3, 4, 5, 6, 7].map(|at| text(row, at));
        let entry = Entry { word, label, definition, topic, unit, better, places, identifier };
        match entries.iter_mut().find(|(_, known)| known.word == entry.word) {
            _ if entry.word.is_empty() => {}
            Some((_, known)) => {
                again.push((row, entry.word.clone()));
                known.join(entry);
            }
            None => entries.push((row, entry)),
        }
    }
    findings.extend(again.first().map(|(row, _)| twice(&again, table.place(Some(*row), None))));
    (entries, findings)
}

/// That some measures have a second line.
fn twice(again: &[(usize, String)], place: Place) -> Finding {
    let words: Vec<String> = again.iter().map(|(_, word)| format!("`{word}`")).collect();
    let lines = counted(again.len(), "line of the dictionary is", "lines of the dictionary are");
    let message = format!("{lines} about a measure that has one already: {}", words.join(", "));
    let help = "nothing to do: the first line holds, and what it does not say is taken from the other";
    Finding::note("dictionary-twice", message, help).at(place)
}
