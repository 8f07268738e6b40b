//! Charts of one period: all authorities in order, the distribution, and neighbours side by side.

use super::slice::{Ask, Slice};
use crate::area::LaCode;
use crate::chart::Chart;
use crate::chart::bars::BarsChart;
use crate::chart::data::{Figure, Place, Role};
use crate::chart::neighbours::{NeighboursChart, Order};
use crate::chart::ordered::OrderedChart;
use crate::chart::strip::StripChart;
use crate::series::Beside;
use crate::statistics::quartile::quartile_bounds;

/// Fewer figures than this have no quartiles worth shading.
const QUARTILES: usize = 8;

/// All authorities in order.
pub fn ordered(slice: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let when = slice.when(ask)?;
    let context = slice.context_of_each(ask, &[when]);
    let (places, england) = (slice.places(ask, when), slice.england(ask, when));
    Some(OrderedChart { context, period: slice.period(when), places, england }.into())
}

/// The distribution over all authorities.
pub fn strip(slice: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let when = slice.when(ask)?;
    let context = slice.context_of_each(ask, &[when]);
    let (places, england) = (slice.places(ask, when), slice.england(ask, when));
    let quartiles = bounds(&places).map(|[_, low, middle, high, _]| [low, middle, high]);
    Some(StripChart { context, period: slice.period(when), places, quartiles, england }.into())
}

/// The authority and its neighbours side by side.
pub fn neighbours(slice: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let when = slice.when(ask)?;
    let context = slice.context(ask, &[when]);
    let places = rows(slice, ask).into_iter();
    let places = places.map(|(code, role)| Place::new(&ask.name(code), role, slice.figure(ask, when, code))).collect();
    let mean = slice.beside(ask, when, Beside::Neighbours).map(|(_, figure)| figure);
    let chart = NeighboursChart {
        context,
        period: slice.period(when),
        places,
        england: slice.england(ask, when).filter(|_| ask.comparators.england),
        neighbours: mean.filter(|_| ask.comparators.neighbours),
        order: Order::Value,
    };
    Some(chart.into())
}

/// The authority beside the figures it is compared with.
pub fn bars(slice: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let when = slice.when(ask)?;
    // Beside averages, which have none, an interval would say that the eye should rank.
    let plain = |code| Figure { interval: None, ..slice.figure(ask, when, code) };
    let mut places = vec![Place::new(&ask.subject(), Role::Subject, plain(ask.authority))];
    let others = ask.comparators.others.iter().filter(|&&code| code != ask.authority);
    places.extend(others.map(|&code| Place::new(&ask.name(code), Role::Other, plain(code))));
    let averages = slice.averages(ask, &[when]);
    places.extend(
        averages
            .into_iter()
            .filter_map(|(name, role, figures)| Some(Place::new(&name, role, figures.into_iter().next()?))),
    );
    Some(BarsChart { context: slice.context(ask, &[when]), period: slice.period(when), places }.into())
}

/// The chosen authority, its neighbours, and others named, each once.
pub fn rows(slice: &Slice<'_>, ask: &Ask<'_>) -> Vec<(LaCode, Role)> {
    let neighbours = if ask.comparators.neighbours { slice.neighbours(ask) } else { Vec::new() };
    let mut rows = vec![(ask.authority, Role::Subject)];
    let all = neighbours.iter().map(|&code| (code, Role::Neighbour));
    let others = ask.comparators.each(ask.authority, ask.register);
    for (code, role) in all.chain(others.into_iter().map(|code| (code, Role::Other))) {
        if !rows.iter().any(|(known, _)| *known == code) {
            rows.push((code, role));
        }
    }
    rows
}

/// Lowest, quartiles and highest of the places' figures; nothing where too few have one.
pub fn bounds(places: &[Place]) -> Option<[f64; 5]> {
    bounds_of(&places.iter().map(|place| place.figure.number()).collect::<Vec<_>>())
}

/// The same of numbers.
pub fn bounds_of(values: &[Option<f64>]) -> Option<[f64; 5]> {
    if values.iter().flatten().count() < QUARTILES {
        return None;
    }
    let bounds = quartile_bounds(values);
    Some([bounds[0]?, bounds[1]?, bounds[2]?, bounds[3]?, bounds[4]?])
}
