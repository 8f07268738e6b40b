//! What a run prints at its end: findings with place and help, tables with their rows, stages with time and memory.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::finding::{Finding, Severity};
use crate::home;
use crate::quarantine::Refused;
use crate::screen;
use crate::shown::whole;

use super::outcome::Outcome;
use super::stages::Stages;

/// Lines that a screen has for findings.
const SCREEN: usize = 40;

/// Letters of a line that tells one of many.
const WIDTH: usize = 180;

/// Findings that are told of a kind, where there is no room for all of them.
const EACH: usize = 3;

/// Prints all findings on stderr, whole, the most serious first.
pub fn print_findings(findings: &[Finding]) {
    for severity in SEVERITIES {
        findings.iter().filter(|finding| finding.severity == severity).for_each(whole_finding);
    }
}

/// From the most serious to the least.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// Prints on stderr a screen of the findings that `listed` holds: each whole where they fit, else by what to do, with the
/// first of each kind. `shown` says which are printed at all.
pub fn print_screen(findings: &[Finding], shown: &dyn Fn(&Finding) -> bool, listed: &Path) {
    let mut room = SCREEN;
    let (mut others, mut cut) = (0, false);
    for severity in SEVERITIES {
        let all = findings.iter().filter(|finding| finding.severity == severity);
        let (mine, rest): (Vec<&Finding>, Vec<&Finding>) = all.partition(|finding| shown(finding));
        others += rest.len();
        let lines: usize = mine.iter().map(|finding| finding.to_string().lines().count() + 1).sum();
        if lines <= room {
            mine.iter().for_each(|finding| whole_finding(finding));
            room -= lines;
        } else if severity == Severity::Note {
            cut = true;
            screen::note(summed(&mine));
        } else {
            cut = true;
            room = room.saturating_sub(kinds(&mine, severity));
        }
    }
    let listed = home::shown(listed);
    if others > 0 {
        screen::note(format_args!("{others} findings about other areas are in {listed}"));
    }
    if cut {
        screen::note(format_args!("all {} findings are in {listed}", findings.len()));
    }
}

fn whole_finding(finding: &Finding) {
    let text = finding.to_string();
    let head = text.split(':').next().unwrap_or_default().len();
    screen::coloured(colour(finding.severity), &text[..head], &format!("{}\n", &text[head..]));
}

fn colour(severity: Severity) -> u8 {
    match severity {
        Severity::Note => 36,
        Severity::Warning => 33,
        Severity::Error => 31,
    }
}

/// A paragraph for each kind of finding: how many, the first of them on a line each, and what to do; answers its lines.
fn kinds(findings: &[&Finding], severity: Severity) -> usize {
    let mut kinds: Vec<(&str, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        match kinds.iter_mut().find(|(code, _)| *code == finding.code) {
            Some((_, list)) => list.push(finding),
            None => kinds.push((&finding.code, vec![finding])),
        }
    }
    let each = (SCREEN / kinds.len().max(1)).saturating_sub(3).clamp(1, EACH);
    let mut lines = 0;
    for (code, list) in &kinds {
        let mut text = String::new();
        for finding in list.iter().take(each) {
            let _ = writeln!(text, "  {}", first_words(finding));
        }
        if list.len() > each {
            let _ = writeln!(text, "  and {} more", list.len() - each);
        }
        let help = list.first().map_or("", |finding| finding.help.as_str());
        let _ = writeln!(text, "  help: {help}");
        let head = format!("{}[{code}]", severity.word());
        let count = if list.len() == 1 { String::new() } else { format!(" {} findings", list.len()) };
        lines += text.lines().count() + 1;
        screen::coloured(colour(severity), &head, &format!("{count}\n{text}"));
    }
    lines
}

/// The table, release and message of a finding, cut to a line.
fn first_words(finding: &Finding) -> String {
    let release = if finding.release.is_empty() { String::new() } else { format!(" release {}", finding.release) };
    let text = format!("{}{release}: {}", finding.table, finding.message);
    match text.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{} ...", &text[..end]),
        None => text,
    }
}

/// How many notes there are of each kind, in one line.
fn summed(notes: &[&Finding]) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for note in notes {
        *kinds.entry(&note.code).or_default() += 1;
    }
    let kinds: Vec<String> = kinds.iter().map(|(code, count)| format!("{code} {count}")).collect();
    format!("{} notes ({})", notes.len(), kinds.join(", "))
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
