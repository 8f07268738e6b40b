//! Folders of the returns whose names say no release: passed over, or taken for a release of their own, in silence.

use std::collections::BTreeSet;
use std::path::Path;

use super::plan::{entries, reading, releases};
use crate::finding::{Finding, Place};
use crate::home;
use crate::period::Period;
use crate::pipeline::{Pipeline, Release};

/// A warning for each folder of a return whose name is unlike a release's; of the `wanted` returns, or of all.
pub(super) fn odd(folder: &Path, pipelines: &[Pipeline], wanted: Option<&BTreeSet<String>>) -> Vec<Finding> {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let returns = entries(folder).into_iter().filter(|path| path.is_dir());
    let returns = returns.filter(|path| wanted.is_none_or(|wanted| wanted.contains(&name(path))));
    returns.flat_map(|path| of_return(&path, &name(&path), pipelines)).collect()
}

fn of_return(folder: &Path, of: &str, pipelines: &[Pipeline]) -> Vec<Finding> {
    let readers: Vec<&Pipeline> = pipelines.iter().filter(|pipeline| pipeline.return_name == of).collect();
    let declared: Vec<&str> =
        readers.iter().flat_map(|reader| &reader.releases).map(|block| block.from.get_ref().as_str()).collect();
    // Where the tables themselves name releases otherwise, names are that return's own.
    if declared.is_empty() || !declared.iter().all(|from| has_year(from)) {
        return Vec::new();
    }
    let all = releases(folder);
    let names: Vec<&str> = all.keys().map(Release::as_str).filter(|name| *name != of).collect();
    let mut findings = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let others = names.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, name)| *name);
        let release = Release::new(*name);
        let is_of_a_habit = others.chain(declared.iter().copied()).any(|other| shape(other) == shape(name));
        if is_usual(name) || (has_year(name) && is_of_a_habit) {
            continue;
        }
        let is_read = readers.iter().any(|reader| {
            all.get(&release)
                .and_then(|files| reading(reader, &release, files))
                .is_some_and(|(_, found)| !found.is_empty())
        });
        findings.push(unlike(folder, of, name, is_read, at.checked_sub(1).map(|before| names[before])));
    }
    findings
}

fn unlike(folder: &Path, of: &str, name: &str, is_read: bool, before: Option<&str>) -> Finding {
    let after = before.map_or_else(String::new, |before| format!(", after `{before}`"));
    let message = match is_read {
        true => format!("the folder `{of}/{name}` is read as a release of its own{after}"),
        false => format!("no table reads the folder `{of}/{name}`: its name is that of no release"),
    };
    let help = match (Release::new(name).year(), name.parse::<u32>()) {
        (Some(year), _) => {
            format!("if it is release {year}, put its files into `{of}/{year}`; else take it out of the returns")
        }
        (None, Ok(short @ 0..=99)) => format!("if it is release {}, call it so", 2000 + short),
        (None, _) => "call it by the year of its release, such as `2025`, or take it out of the returns".to_owned(),
    };
    Finding::warning("release-folder", message, help).at(Place::file(home::shown(&folder.join(name))))
}

/// Whether a name is a year, or a period, and nothing else: `2025`, `2024-25`, `2025-q1`, `2025 autumn`.
fn is_usual(name: &str) -> bool {
    let numbers = name.chars().all(|letter| letter.is_ascii_digit() || "-_. ".contains(letter));
    has_year(name) && (numbers || period(name).is_some_and(|period| period.marks.is_empty()))
}

/// Whether a year of our time stands in a name.
fn has_year(name: &str) -> bool {
    Release::new(name).year().is_some() || period(name).is_some()
}

/// The period that a name is.
fn period(name: &str) -> Option<Period> {
    Period::parse(&name.replace('_', " "), "", None).ok()
}

/// A name with its digits alike: two of one shape are of one habit.
fn shape(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_digit() { '9' } else { letter.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_usual, shape};

    #[test]
    fn years_and_periods_are_usual_and_other_words_are_not() {
        for name in ["2025", "2024-25", "202425", "2025-03", "2024_25", "2025-03-31"] {
            assert!(is_usual(name), "{name}");
        }
        for name in ["25", "2025 final", "2025-copy", "2025 (1)", "latest", "new", "2025 v2"] {
            assert!(!is_usual(name), "{name}");
        }
        assert_eq!(shape("2025-Q1"), shape("2024-q4"));
    }
}
