//! What a block says of one release alone: its period, where that is written out, and the range of its cells. Neither
//! is ever copied: both are read again from the new file, or left to be written.

use chrono::Datelike;
use toml::Value;

use super::arrival::Arrival;
use super::new_pipeline::{kind_of, one, said};
use super::proposal::{Compared, Proposal};
use super::release_of::KnownRelease;
use crate::area::Register;
use crate::period::Period;
use crate::pipeline::Release;

/// Puts the new file's own period and range into a proposal.
pub(super) fn renew(
    proposal: &mut Proposal,
    compared: &Compared<'_>,
    known: &KnownRelease,
    arrival: &Arrival,
    register: &Register,
) {
    let block = compared.candidate.block;
    // The release that the block was written for keeps what it says.
    if block.from.get_ref().as_str() == known.release && known.is_known {
        return;
    }
    let ends = compared.candidate.pipeline.period_ends;
    let is_of_it = |period: &str| {
        let year = Period::parse(period, "", ends).ok().map(|period| period.end.year());
        known.is_known && year.is_some() && year == Release::new(known.release.as_str()).year()
    };
    let written = block.period.as_ref().map(|period| period.get_ref());
    if let Some(period) = written.filter(|period| !period.contains("{release}") && !is_of_it(period)) {
        period_of(proposal, period, compared, arrival);
    }
    if let Some(range) = &block.range {
        range_of(proposal, range.get_ref(), compared, register);
    }
}

fn period_of(proposal: &mut Proposal, period: &str, compared: &Compared<'_>, arrival: &Arrival) {
    let table = compared.new.table;
    let (title, grid) = arrival.sheet(compared.candidate.sheet);
    let first = compared.candidate.block.header.rows().first().copied().unwrap_or(1).min(table.header_row);
    let all = said(grid, first, title, &arrival.name);
    match one(&all, kind_of(period)) {
        Some(found) => {
            proposal.draft.set("period", Value::String(found.period.clone()));
            proposal.notes.push(format!("period `{period}` -> `{}`: {} says so", found.period, found.place));
        }
        None => {
            proposal.draft.unset("period");
            proposal.notes.push(format!(
                "period `{period}` is that of another release, and this file does not say its own: write `period` into the block"
            ));
            proposal.open = true;
        }
    }
}

/// The range with its last row where the authorities of this file end, and as much below as it had before.
fn range_of(proposal: &mut Proposal, range: &str, compared: &Compared<'_>, register: &Register) {
    let Some((from, to)) = range.split_once(':') else { return };
    let row_of = |cell: &str| cell.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    let (Some(first), Some(last)) = (row_of(from), row_of(to)) else { return };
    let ends = |table: &crate::grid::TextTable, columns: &super::new_pipeline::Columns, until: u32| -> Option<u32> {
        let name = [&columns.name, &columns.code, &columns.ons].into_iter().flatten().next()?;
        let cells = super::common::texts(table, table.position(name)?);
        let authority = |row: &usize| register.known(cells[*row].trim()).is_some() && table.rows[*row] <= until;
        (0..table.rows.len()).rev().find(authority).map(|row| table.rows[row])
    };
    let below = compared
        .before
        .and_then(|before| ends(&before.table, before.columns(register), last))
        .map_or(0, |ended| last.saturating_sub(ended));
    let Some(ended) = ends(compared.new.table, compared.new.columns, u32::MAX) else { return };
    let header = compared.new.table.header_row;
    let first = if compared.candidate.moved_to.is_some() { header } else { first };
    let letters = |cell: &str| cell.chars().take_while(char::is_ascii_alphabetic).collect::<String>();
    let renewed = format!("{}{first}:{}{}", letters(from), letters(to), ended + below);
    if renewed != range {
        proposal.draft.set("range", Value::String(renewed.clone()));
        proposal.notes.push(format!("range `{range}` -> `{renewed}`: the authorities end in row {ended}"));
    }
}
