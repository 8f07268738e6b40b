//! One measure over the years, with its region, its neighbours, England and any authorities named.

use super::slice::{Ask, Slice};
use crate::chart::Chart;
use crate::chart::data::Role;
use crate::chart::trend::{Series, TrendChart};

/// The trend up to the period asked for; nothing where the authority has no row at all.
pub fn trend(slice: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let last = slice.when(ask)?;
    let periods = slice.until(ask, last);
    if periods.iter().all(|&when| !slice.has(when, ask.authority)) {
        return None;
    }
    let figures = periods.iter().map(|&when| slice.figure(ask, when, ask.authority)).collect();
    let mut series = vec![Series { name: ask.subject(), role: Role::Subject, figures }];
    let averages = slice.averages(ask, &periods);
    series.extend(averages.into_iter().map(|(name, role, figures)| Series { name, role, figures }));
    series.extend(ask.comparators.others.iter().filter(|&&code| code != ask.authority).map(|&code| {
        let figures = periods.iter().map(|&when| slice.figure(ask, when, code)).collect();
        Series { name: ask.name(code), role: Role::Other, figures }
    }));
    let mut context = slice.context(ask, &periods);
    if !series.iter().any(|series| series.role == Role::Neighbour) {
        context.neighbours = None;
    }
    let breaks = slice.breaks(ask, &periods);
    let periods = periods.iter().map(|&when| slice.period(when)).collect();
    Some(TrendChart { context, periods, series, breaks }.into())
}
