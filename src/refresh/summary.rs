//! What a run prints at its end: findings with place and help, tables with their rows, stages with time and memory.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::finding::{Finding, Severity};
use crate::home;
use crate::quarantine::Refused;
use crate::screen;
use crate::shown::whole;

use super::table::{Outcome, Stages};

/// Prints findings on stderr, errors last so that they are seen; a screen has room for twenty notes
/// and two hundred of each other kind.
pub fn print_findings(findings: &[Finding]) {
    for severity in [Severity::Note, Severity::Warning, Severity::Error] {
        let most = if severity == Severity::Note { 20 } else { 200 };
        for (shown, finding) in findings.iter().filter(|finding| finding.severity == severity).enumerate() {
            if shown == most {
                let more = findings.iter().filter(|finding| finding.severity == severity).count() - shown;
                screen::note(format_args!("{more} more {}s are in findings.csv\n", severity.word()));
                break;
            }
            let text = finding.to_string();
            let colour = match severity {
                Severity::Note => 36,
                Severity::Warning => 33,
                Severity::Error => 31,
            };
            let head = text.split(':').next().unwrap_or_default().len();
            screen::coloured(colour, &text[..head], &format!("{}\n", &text[head..]));
        }
    }
}

/// The table of tables: rows in are rows loaded, left out by rule and refused.
pub fn tables(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    let width = outcomes.iter().map(|outcome| outcome.name.len()).max().unwrap_or(5).max(5);
    let _ = writeln!(
        text,
        "{:width$}  {:>9} {:>9} {:>9} {:>8} {:>12}  state",
        "table", "rows in", "loaded", "left out", "refused", "observations"
    );
    for outcome in outcomes {
        let sum =
            |pick: fn(&crate::publish::AccountMeta) -> usize| outcome.meta.accounts.iter().map(pick).sum::<usize>();
        let left_out = sum(|account| account.left_out.values().sum());
        let state = match (outcome.unchanged, outcome.written) {
            (true, _) => "unchanged, left alone",
            (false, true) => "written",
            (false, false) => "NOT written, see its errors",
        };
        let _ = writeln!(
            text,
            "{:width$}  {:>9} {:>9} {:>9} {:>8} {:>12}  {state}",
            outcome.name,
            whole(sum(|account| account.rows)),
            whole(sum(|account| account.loaded)),
            whole(left_out),
            whole(sum(|account| account.refused)),
            whole(outcome.observations),
        );
    }
    for (rule, count) in rules(outcomes) {
        let _ = writeln!(text, "  left out by rule `{rule}`: {}", whole(count));
    }
    text
}

fn rules(outcomes: &[Outcome]) -> BTreeMap<&str, usize> {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for (rule, count) in
        outcomes.iter().flat_map(|outcome| &outcome.meta.accounts).flat_map(|account| &account.left_out)
    {
        *rules.entry(rule).or_default() += count;
    }
    rules
}

/// How many rows were refused by which rule and where they are listed; nothing where none was.
pub fn quarantine(refused: &[Refused], out: Option<&Path>) -> String {
    let rows: usize = refused.iter().map(|line| line.rows).sum();
    if rows == 0 {
        return String::new();
    }
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for line in refused {
        *rules.entry(&line.finding.code).or_default() += line.rows;
    }
    let rules: Vec<String> = rules.iter().map(|(rule, rows)| format!("{rule} {}", whole(*rows))).collect();
    let listed = out.map_or(String::new(), |out| format!(": see {}", home::shown(&out.join("quarantine.csv"))));
    format!("{} rows refused ({}){listed}\n", whole(rows), rules.join(", "))
}

/// Time (added up over cores) and memory of each stage.
pub fn stages(stages: &Stages) -> String {
    let mut text = String::new();
    for (name, time, memory) in stages.lines() {
        let _ = writeln!(text, "  {name:10} {:>7.2} s  {:>6} MB", time.as_secs_f64(), memory / 1_048_576);
    }
    text
}
