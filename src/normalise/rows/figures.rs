//! The figures of keyed rows: read from the columns of each variant, in the order of the rows, with what is wrong in them.

use super::key::{Keyed, Keys};
use crate::finding::Finding;
use crate::normalise::assemble::Measured;
use crate::normalise::cells::{Figures, Reader};
use crate::normalise::map::Group;
use crate::normalise::rate::{Disagreement, disagreements};
use crate::normalise::{Input, Shared};

/// The figures of every measure of the group, in the order of the keyed rows.
pub(super) fn figures(
    input: &Input<'_>,
    group: &Group,
    keyed: &[Keyed],
    keys: &mut Keys<'_>,
    shared: &mut Shared,
    findings: &mut Vec<Finding>,
) -> Vec<Measured> {
    let map = keys.map;
    let variants = group.variants.len() as u32;
    let by_variant: Vec<Vec<u32>> = (0..variants)
        .map(|variant| keyed.iter().filter(|key| key.variant == variant).map(|key| key.row).collect())
        .collect();
    let mut readers: Vec<Reader<'_>> =
        by_variant.iter().map(|rows| Reader::new(&input.table, map, rows, keys.register)).collect();
    let mut all = Vec::new();
    for columns in &group.measures {
        let Some(measure) = map.measures.get(&columns.name) else { continue };
        let parts: Vec<Figures> = readers
            .iter_mut()
            .enumerate()
            .map(|(variant, reader)| reader.figures(columns, measure, variant, shared))
            .collect();
        let measure_code = shared.measure.code(&columns.name);
        let unit = shared.unit.code(measure.unit.word());
        let (positions, mut figures) = interleave(parts, keyed);
        for (at, key) in keyed.iter().enumerate().filter(|(at, _)| figures.values[*at].is_finite()) {
            if let Some(status) = key.place.outside {
                figures.statuses[at] = status as u8;
            }
        }
        all.push(Measured { measure: measure_code, unit, positions, figures });
    }
    let mut blanks = 0;
    let mut differing: Vec<Disagreement> = Vec::new();
    for reader in readers {
        blanks += reader.blanks;
        findings.extend(reader.findings);
        // A row with several such cells is refused for its first.
        let mut unreadable = reader.unreadable;
        unreadable.sort_by_key(|cell| (cell.row, cell.column));
        for cell in unreadable {
            let place = input.table.place(Some(cell.row as usize), Some(cell.column));
            let finding = (*cell.finding).clone().at(place);
            keys.refuse(cell.row as usize, finding, keys.cells.text(cell.row as usize, cell.column));
        }
        differing.extend(reader.disagreements);
    }
    let accepted = take_accepted(&mut differing, input.release.as_str(), keyed, keys, shared);
    let name = |row: u32| {
        let period = keyed.iter().find(|key| key.row == row).map(|key| shared.periods[key.period as usize].label());
        format!("{}, {}", keys.cells.area(row as usize, &map.place), period.unwrap_or_default())
    };
    findings.extend(disagreements(differing, &input.table, &name));
    findings.extend(accepted.into_iter().flat_map(|(reason, one)| {
        disagreements(vec![one], &input.table, &name).into_iter().map(move |finding| finding.accepted(&reason))
    }));
    if blanks > 0 {
        let help =
            "declare what an empty cell means under `symbols` (`\"\" = \"not_applicable\"`), if the publisher says";
        findings.push(
            Finding::note("empty-cells", format!("{blanks} empty cells are taken as not available"), help)
                .at(input.table.place(None, None)),
        );
    }
    all
}

/// Takes out the rates that a person has accepted though their counts give another, each with the reason.
fn take_accepted(
    differing: &mut Vec<Disagreement>,
    release: &str,
    keyed: &[Keyed],
    keys: &Keys<'_>,
    shared: &mut Shared,
) -> Vec<(String, Disagreement)> {
    let mut taken = Vec::new();
    for (at, accept) in keys.accepts.iter().enumerate() {
        let fits = |row: u32, measure: &str| {
            let Some(key) = keyed.iter().find(|key| key.row == row) else { return false };
            let period = &shared.periods[key.period as usize];
            let (code, name) = (shared.la.word(key.place.la), shared.name.word(key.place.name));
            accept.is_about(release, (&period.code, &period.identifier), measure)
                && accept.area.as_deref().is_none_or(|wanted| keys.geography.register().means(wanted, code, name))
        };
        let before = taken.len();
        taken.extend(differing.iter_mut().filter_map(|one| one.take(&fits)).map(|one| (accept.reason.clone(), one)));
        if taken.len() > before {
            shared.accepted.push(at);
        }
    }
    differing.retain(|one| !one.cells.is_empty());
    taken
}

/// The figures of the variants in the order of the keyed rows, with the column of each.
fn interleave(mut parts: Vec<Figures>, keyed: &[Keyed]) -> (Vec<u16>, Figures) {
    if parts.len() == 1 {
        let only = parts.remove(0);
        return (vec![only.column], only);
    }
    let mut next = vec![0usize; parts.len()];
    let order: Vec<(usize, usize)> = keyed
        .iter()
        .map(|key| {
            let variant = key.variant as usize;
            let at = next[variant];
            next[variant] += 1;
            (variant, at)
        })
        .collect();
    let gather = |pick: &dyn Fn(&Figures) -> Option<&Vec<f64>>| -> Vec<f64> {
        order.iter().map(|&(variant, at)| pick(&parts[variant]).map_or(f64::NAN, |numbers| numbers[at])).collect()
    };
    let any = |pick: fn(&Figures) -> bool| parts.iter().any(pick);
    let figures = Figures {
        values: gather(&|part| Some(&part.values)),
        numerators: any(|part| part.numerators.is_some()).then(|| gather(&|part| part.numerators.as_ref())),
        denominators: any(|part| part.denominators.is_some()).then(|| gather(&|part| part.denominators.as_ref())),
        statuses: order.iter().map(|&(variant, at)| parts[variant].statuses[at]).collect(),
        raws: order.iter().map(|&(variant, at)| parts[variant].raws[at]).collect(),
        column: 0,
    };
    (order.iter().map(|&(variant, _)| parts[variant].column).collect(), figures)
}
