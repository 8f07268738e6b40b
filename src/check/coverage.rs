//! Every authority open in a period is present or declared absent. Counting rows cannot find a missing authority.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::area::{LaCode, Level, Register};
use crate::finding::{Finding, Place};
use crate::frame::Frame;
use crate::period::{day, label};
use crate::pipeline::{Areas, Pipeline};
use crate::schema::column;

/// The authorities without a row, by period, and declarations of absence that are no longer true.
pub(super) fn absent(pipeline: &Pipeline, frame: &Frame, register: &Register) -> Result<Vec<Finding>, Finding> {
    if pipeline.checks.areas == Areas::Some {
        return Ok(Vec::new());
    }
    let mut findings = Vec::new();
    for ((_, code, identifier), (end, present)) in present(frame)? {
        if present.is_empty() {
            // A national excerpt has no authorities to miss.
            continue;
        }
        let declared: BTreeSet<LaCode> =
            pipeline.checks.absent.get(&code).into_iter().flatten().filter_map(|code| code.parse().ok()).collect();
        let open: BTreeSet<LaCode> = register.open_on(end).iter().map(|authority| authority.code).collect();
        let missing: Vec<LaCode> = open.difference(&present).copied().filter(|code| !declared.contains(code)).collect();
        let name = |code: &LaCode| {
            register.newest(*code).map_or_else(|| code.to_string(), |authority| format!("{} ({code})", authority.name))
        };
        let period = label(&code, &identifier);
        if !missing.is_empty() {
            let names: Vec<String> = missing.iter().take(12).map(name).collect();
            let more = if missing.len() > 12 { format!(" and {} more", missing.len() - 12) } else { String::new() };
            findings.push(
                Finding::warning(
                    "authority-absent",
                    format!(
                        "{period}: {} of {} authorities have no row: {}{more}",
                        missing.len(),
                        open.len(),
                        names.join(", ")
                    ),
                    format!(
                        "if the publisher has none, declare it under `[checks] absent` in {}: `\"{code}\" = [...]`",
                        pipeline.path
                    ),
                )
                .at(Place::file(&pipeline.path)),
            );
        }
        let back: Vec<String> = declared.intersection(&present).map(name).collect();
        if !back.is_empty() {
            let message = format!("{period}: declared absent but present: {}", back.join(", "));
            findings.push(
                Finding::note("authority-returned", message, "take it out of `[checks] absent`")
                    .at(Place::file(&pipeline.path)),
            );
        }
    }
    Ok(findings)
}

type Present = BTreeMap<(NaiveDate, String, String), (NaiveDate, BTreeSet<LaCode>)>;

/// The authorities with a row, by period.
fn present(frame: &Frame) -> Result<Present, Finding> {
    let (level, la) = (frame.get(column::Level)?, frame.get(column::LaCode)?);
    let (period, identifier) = (frame.get(column::Period)?, frame.get(column::PeriodIdentifier)?);
    let (ends, latest) = (frame.get(column::PeriodEnd)?, frame.get(column::Latest)?);
    let authority = level.code(Level::Authority.word());
    let width = la.words.len().max(1);
    let mut seen: BTreeMap<(usize, usize), (i32, Vec<bool>)> = BTreeMap::new();
    let mut last: Option<((usize, usize), usize)> = None;
    for row in 0..frame.height() {
        let key = (period.codes.get(row), identifier.codes.get(row));
        let code = la.codes.get(row);
        if !latest.get_bit(row) || last == Some((key, code)) {
            continue;
        }
        last = Some((key, code));
        let slot = seen.entry(key).or_insert_with(|| (ends[row], vec![false; width]));
        if Some(level.codes.get(row)) == authority {
            slot.1[code] = true;
        }
    }
    Ok(seen
        .into_iter()
        .map(|((code, kind), (end, codes))| {
            let codes = codes
                .iter()
                .enumerate()
                .filter(|(_, present)| **present)
                .filter_map(|(code, _)| la.words[code].parse().ok())
                .collect();
            ((day(end), period.words[code].to_owned(), identifier.words[kind].to_owned()), (day(end), codes))
        })
        .collect())
}
