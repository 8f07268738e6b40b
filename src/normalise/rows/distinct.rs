//! Rows that share a key: which of them stays, and what is said of the others.

use std::collections::BTreeMap;

use super::key::{Fate, Keyed, Keys};
use crate::finding::Finding;
use crate::normalise::{Input, Shared};

/// Rows with one key: one under a code that had ended gives way; any other is an error that names both rows.
pub(super) fn distinct(
    input: &Input<'_>,
    keyed: Vec<Keyed>,
    keys: &mut Keys<'_>,
    shared: &Shared,
    findings: &mut Vec<Finding>,
) -> Vec<Keyed> {
    let mut kept: Vec<Keyed> = Vec::with_capacity(keyed.len());
    let mut duplicates = 0;
    let mut regressed: BTreeMap<u32, (u32, Vec<u32>)> = BTreeMap::new();
    for key in keyed {
        match kept.last() {
            Some(last) if last.sort == key.sort && key.place.stale && !last.place.stale => {
                keys.settle(key.row as usize, Fate::LeftOut("code that had ended, beside the valid one"));
                continue;
            }
            Some(last) if last.sort == key.sort && keys.cells.same(last.row as usize, key.row as usize) => {
                keys.settle(key.row as usize, Fate::LeftOut("row that stands twice, word for word"));
                continue;
            }
            Some(last) if last.sort == key.sort => {
                duplicates += 1;
                let finding = duplicate(input, last, &key, shared);
                if duplicates <= 3 {
                    findings.push(finding.clone());
                }
                let text = keys.cells.whole(key.row as usize);
                keys.refuse(key.row as usize, finding, &text);
                continue;
            }
            _ => {}
        }
        if key.place.stale {
            let (_, periods) = regressed.entry(key.place.la).or_insert((key.row, Vec::new()));
            if !periods.contains(&key.period) {
                periods.push(key.period);
            }
        }
        kept.push(key);
    }
    if duplicates > 3 {
        findings.push(
            Finding::error(
                "duplicate-key",
                format!("{} more rows have the key of another", duplicates - 3),
                "see the rows named above",
            )
            .at(input.table.place(None, None)),
        );
    }
    if let Some(finding) = regressed_codes(input, &regressed, keys, shared) {
        push_once(findings, finding);
    }
    kept
}

/// One finding for all authorities whose code had ended by then.
fn regressed_codes(
    input: &Input<'_>,
    regressed: &BTreeMap<u32, (u32, Vec<u32>)>,
    keys: &Keys<'_>,
    shared: &Shared,
) -> Option<Finding> {
    let (first, _) = regressed.values().next()?;
    let words = regressed.values().map(|(row, periods)| {
        let ons = keys.cells.optional(*row as usize, keys.map.place.ons);
        let name = keys.cells.optional(*row as usize, keys.map.place.name);
        let periods: Vec<String> = periods.iter().map(|&period| shared.periods[period as usize].label()).collect();
        format!("{name} carries the code {ons} in {}", periods.join(", "))
    });
    let ended = if regressed.len() == 1 { "that code had ended" } else { "those codes had ended" };
    let message = format!("{}, when {ended}", words.collect::<Vec<_>>().join("; "));
    let help = "the 3-digit code decides and the register's code is published; tell the publisher";
    let place = input.table.place(Some(*first as usize), keys.map.place.ons);
    Some(Finding::warning("code-regressed", message, help).at(place))
}

/// That two rows have one key.
fn duplicate(input: &Input<'_>, first: &Keyed, second: &Keyed, shared: &Shared) -> Finding {
    let message = format!(
        "rows {} and {} have one key: {}, {}, {} / {}",
        input.table.row_name(first.row as usize),
        input.table.row_name(second.row as usize),
        shared.name.word(second.place.name),
        shared.periods[second.period as usize],
        shared.topic.word(second.topic),
        shared.breakdown.word(second.breakdown)
    );
    let help = "a column that tells them apart is missing under `filters` or `breakdown`; if the rows are one too many, leave one out with `drop`";
    Finding::error("duplicate-key", message, help).at(input.table.place(Some(second.row as usize), None))
}

/// Adds a finding unless the same was said before: groups of measures share their rows.
fn push_once(findings: &mut Vec<Finding>, finding: Finding) {
    if !findings.iter().any(|known| known.code == finding.code && known.message == finding.message) {
        findings.push(finding);
    }
}
