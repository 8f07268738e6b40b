//! What to look at first in a build: the worst findings, a screenful of them, and how many rows were refused.
//!
//! In: `findings.csv` and `quarantine.csv` as they will stand. Out: one entry for each kind of finding, the most serious first.

use std::collections::BTreeMap;

use crate::durable::Batch;
use crate::finding::{Finding, Severity};
use crate::publish::front::{Line, Urgent};
use crate::publish::{read_findings, read_quarantine};
use crate::quarantine::Refused;
use crate::shown::{counted, list, sentence, whole};

/// How many kinds of finding make a screenful.
const SCREENFUL: usize = 8;

/// The findings to look at first, and what more there is in which file.
pub fn urgent(batch: &Batch) -> (Vec<Urgent>, Vec<Line>) {
    let findings = read_findings(&batch.coming(&batch.root().join("findings.csv")));
    let refused = read_quarantine(&batch.coming(&batch.root().join("quarantine.csv")));
    let mut kinds: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity > Severity::Note) {
        kinds.entry((&finding.code, &finding.help)).or_default().push(finding);
    }
    let mut kinds: Vec<Vec<&Finding>> = kinds.into_values().collect();
    kinds.sort_by_key(|alike| (std::cmp::Reverse(alike[0].severity), std::cmp::Reverse(alike.len())));
    let first = kinds.iter().take(SCREENFUL).map(|alike| entry(alike)).collect();
    let mut more = Vec::new();
    if !findings.is_empty() {
        let of = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let counts = [
            (of(Severity::Error), "error", "errors"),
            (of(Severity::Warning), "warning", "warnings"),
            (of(Severity::Note), "note", "notes"),
        ];
        let counts: Vec<String> = counts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| counted(count, one, many))
            .collect();
        let text = format!("{} in all, each with its place:", list(&counts));
        more.push(Line { text: sentence(&text), name: "all findings".to_owned(), link: "findings.csv".to_owned() });
    }
    more.extend(rows(&refused));
    (first, more)
}

/// One kind of finding, told by the first of it.
fn entry(alike: &[&Finding]) -> Urgent {
    let first = alike[0];
    let others = alike.len() - 1;
    Urgent {
        severity: sentence(first.severity.word()),
        message: short(&first.message),
        place: first.place.to_string(),
        help: first.help.clone(),
        others: if others == 0 { String::new() } else { format!("{} more like it", whole(others)) },
    }
}

/// A message that is no longer than a few lines; the whole of it is in the file of all findings.
fn short(message: &str) -> String {
    const LETTERS: usize = 280;
    let Some((end, _)) = message.char_indices().nth(LETTERS) else { return message.to_owned() };
    let end = message[..end].rfind(' ').unwrap_or(end);
    format!("{} …", message[..end].trim_end_matches([',', ';', ':']))
}

/// How many rows a rule refused, and which rules.
fn rows(refused: &[Refused]) -> Option<Line> {
    let all: usize = refused.iter().map(|refused| refused.rows).sum();
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for one in refused {
        *rules.entry(&one.finding.code).or_default() += one.rows;
    }
    let rules: Vec<String> = rules.iter().map(|(code, rows)| format!("{code} {}", whole(*rows))).collect();
    (all > 0).then(|| Line {
        text: format!(
            "{} refused ({}); their tables are those of an earlier run:",
            counted(all, "row", "rows"),
            rules.join(", ")
        ),
        name: "the rows refused".to_owned(),
        link: "quarantine.csv".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_ends_at_a_word_and_says_that_it_goes_on() {
        assert_eq!(short("as it is"), "as it is");
        let long = "Norfolk, 2024; ".repeat(40);
        let cut = short(&long);
        assert!(cut.ends_with("2024 …") || cut.ends_with("Norfolk …"), "{cut}");
        assert!(cut.chars().count() <= 282);
        assert_eq!(short(&"é".repeat(400)).chars().count(), 282, "a message without a blank");
    }
}
