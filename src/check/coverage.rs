//! Every authority open in a period is present or declared absent. Counting rows cannot find a missing authority.

use std::collections::{BTreeMap, BTreeSet};

use crate::area::{LaCode, Level, Register};
use crate::finding::{Finding, Place};
use crate::frame::Frame;
use crate::period::{PeriodKey, label, means};
use crate::pipeline::{Areas, Pipeline};
use crate::schema::{Periods, column};

/// The authorities without a row, by period, and declarations of absence that are no longer true.
pub(super) fn absent(pipeline: &Pipeline, frame: &Frame, register: &Register) -> Result<Vec<Finding>, Finding> {
    if pipeline.checks.areas == Areas::Some {
        return Ok(Vec::new());
    }
    let mut findings = Vec::new();
    let periods = present(frame)?;
    // A national excerpt has no authorities to miss.
    if periods.values().all(|period| period.authorities.is_empty()) {
        return Ok(findings);
    }
    for (key, Present { code, identifier, authorities: present }) in periods {
        let here = |text: &String| means(text, (&code, &identifier), key, pipeline.period_ends);
        let declared = pipeline.checks.absent.iter().filter(|(text, _)| here(text)).flat_map(|(_, codes)| codes);
        let declared: BTreeSet<LaCode> = declared.filter_map(|code| code.parse().ok()).collect();
        let open: BTreeSet<LaCode> = register.open_on(key.end()).iter().map(|authority| authority.code).collect();
        let missing: Vec<LaCode> = open.difference(&present).copied().filter(|code| !declared.contains(code)).collect();
        let name = |code: &LaCode| {
            register.newest(*code).map_or_else(|| code.to_string(), |authority| format!("{} ({code})", authority.name))
        };
        let period = label(&code, &identifier);
        if !missing.is_empty() {
            let names: Vec<String> = missing.iter().take(NAMED).map(name).collect();
            let more =
                if missing.len() > NAMED { format!(" and {} more", missing.len() - NAMED) } else { String::new() };
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

/// Authorities that a finding names.
const NAMED: usize = 40;

/// A period as published, and the authorities with a row in it.
struct Present {
    code: String,
    identifier: String,
    authorities: BTreeSet<LaCode>,
}

/// The authorities with a row, by period.
fn present(frame: &Frame) -> Result<BTreeMap<PeriodKey, Present>, Finding> {
    let (level, la, periods) = (frame.get(column::Level)?, frame.get(column::LaCode)?, Periods::of(frame)?);
    let latest = frame.get(column::Latest)?;
    let authority = level.code(Level::Authority.word());
    let width = la.words.len().max(1);
    let mut seen: BTreeMap<PeriodKey, (usize, Vec<bool>)> = BTreeMap::new();
    let mut last: Option<(PeriodKey, usize)> = None;
    for row in 0..frame.height() {
        let here = (periods.key(row), la.codes.get(row));
        if !latest.get_bit(row) || last == Some(here) {
            continue;
        }
        last = Some(here);
        let slot = seen.entry(here.0).or_insert_with(|| (row, vec![false; width]));
        if Some(level.codes.get(row)) == authority {
            slot.1[here.1] = true;
        }
    }
    let present = |(key, (row, codes)): (PeriodKey, (usize, Vec<bool>))| {
        let there = codes.iter().enumerate().filter(|(_, present)| **present);
        let authorities = there.filter_map(|(code, _)| la.words[code].parse().ok()).collect();
        let (code, identifier) = periods.words(row);
        (key, Present { code: code.to_owned(), identifier: identifier.to_owned(), authorities })
    };
    Ok(seen.into_iter().map(present).collect())
}
