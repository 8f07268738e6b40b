//! One measure over the years, with its region, its neighbours, England and any authorities named.

use super::slice::{Ask, Slice};
use crate::chart::Chart;
use crate::chart::data::{Figure, Role};
use crate::chart::trend::{Series, TrendChart};
use crate::series::{Beside, When};

/// The trend up to the period asked for; nothing where the authority has no row at all.
pub fn trend(slice: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let last = slice.when(ask)?;
    let periods = slice.until(ask, last);
    if periods.iter().all(|&when| !slice.has(when, ask.authority)) {
        return None;
    }
    let figures = periods.iter().map(|&when| slice.figure(ask, when, ask.authority)).collect();
    let mut series = vec![Series { name: ask.subject(), role: Role::Subject, figures }];
    series.extend(comparators(slice, ask, last, &periods));
    series.extend(ask.company.others.iter().filter(|&&code| code != ask.authority).map(|&code| {
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

/// The lines of the comparators asked for; one without any figure is left out.
fn comparators(slice: &Slice<'_>, ask: &Ask<'_>, last: When<'_>, periods: &[When<'_>]) -> Vec<Series> {
    let total = slice.is_total(last);
    let wanted = [
        (Beside::Neighbours, Role::Neighbour, ask.company.neighbours),
        (Beside::Region, Role::Region, ask.company.region && !total),
        (Beside::England, Role::England, ask.company.england && !total),
    ];
    let mut series = Vec::new();
    for (comparator, role, _) in wanted.into_iter().filter(|(.., wanted)| *wanted) {
        let beside: Vec<Option<(String, Figure)>> =
            periods.iter().map(|&when| slice.beside(ask, when, comparator)).collect();
        let Some((name, _)) = beside.iter().flatten().next() else { continue };
        let name = if role == Role::Neighbour { "Statistical neighbours".to_owned() } else { name.clone() };
        let figures: Vec<Figure> =
            beside.into_iter().map(|found| found.map(|(_, figure)| figure).unwrap_or_default()).collect();
        if figures.iter().any(|figure| figure.number().is_some()) {
            series.push(Series { name, role, figures });
        }
    }
    series
}
