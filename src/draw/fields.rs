//! Several measures of many authorities at once: two against each other, and the quarters of all.

use super::one_period::bounds;
use super::slice::{Ask, Slice};
use crate::area::LaCode;
use crate::chart::Chart;
use crate::chart::data::{Context, Figure, Measure, Place, Polarity, Role, Unit};
use crate::chart::heat::{Column, HeatChart};
use crate::chart::scatter::ScatterChart;
use crate::series::When;
use crate::store::measure;

/// The second measure upright, the first along the foot, in the latest period that both have.
pub fn scatter(first: &Slice<'_>, second: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let both = |when: &When<'_>| first.data.periods().iter().any(|other| other.key == when.key);
    let asked = |when: &&When<'_>| ask.period.is_none_or(|wanted| when.is(wanted));
    let when = *second.data.periods().iter().filter(asked).rfind(|when| both(when))?;
    let foot = *first.data.periods().iter().find(|other| other.key == when.key)?;
    let mut context = second.context_of_each(ask, &[when]);
    let other = first.context_of_each(ask, &[foot]);
    if !context.source.contains(&other.source) {
        context.source = format!("{}; {}", context.source, other.source);
    }
    context.reading = None;
    context.neighbours = None;
    context.notes.clear();
    let places = second.places(ask, when);
    let codes = first.places(ask, foot);
    let figure = |place: &Place| codes.iter().find(|other| other.name == place.name).map(|other| other.figure.clone());
    let feet = places.iter().map(|place| figure(place).unwrap_or_default()).collect();
    let across = other.measure;
    Some(ScatterChart { context, across, period: second.period(when), places, feet }.into())
}

/// A column a measure, a row the authority and each of its neighbours, and who else is asked for.
pub fn heat(slices: &[Slice<'_>], ask: &Ask<'_>) -> Option<Chart> {
    let dated: Vec<(&Slice<'_>, When<'_>)> =
        slices.iter().filter_map(|slice| Some((slice, slice.when(ask)?))).collect();
    let (first, _) = dated.first()?;
    let rows = super::one_period::rows(first, ask);
    let columns = dated.iter().map(|(slice, when)| column(slice, *when, &rows, ask)).collect();
    let places = rows.iter().map(|(code, role)| (ask.name(*code), *role)).collect();
    let label = format!("{} measures", dated.len());
    let mut sources: Vec<String> = Vec::new();
    for (slice, when) in &dated {
        let source = slice.context(ask, &[*when]).source;
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let named = Measure::new(&label, &label, Unit::Score, 0, Polarity::None);
    let mut context = Context::new(&ask.subject(), named, &sources.join("; "));
    context.illustrative = dated.iter().any(|(slice, _)| slice.found().meta.illustrative);
    Some(HeatChart { context, places, columns }.into())
}

fn column(slice: &Slice<'_>, when: When<'_>, rows: &[(LaCode, Role)], ask: &Ask<'_>) -> Column {
    let measure = measure(slice.found(), &slice.breakdown);
    let bounds = bounds(&slice.places(ask, when));
    let cell = |(code, _): &(LaCode, Role)| {
        let figure = slice.figure(ask, when, *code);
        let quarter = figure.number().zip(bounds).map(|(value, bounds)| quarter(value, bounds, measure.polarity));
        (figure, quarter)
    };
    let cells: Vec<(Figure, Option<u8>)> = rows.iter().map(cell).collect();
    Column { cells, period: slice.period(when).label, measure }
}

/// The quarter of `all` that a figure lies in, as a map of quarters has it; none where too few have a figure.
pub fn quarter_among(value: f64, all: &[Option<f64>], polarity: Polarity) -> Option<u8> {
    Some(quarter(value, super::one_period::bounds_of(all)?, polarity))
}

/// The quarter that a figure lies in: 1 the best, or the highest where neither way is good.
fn quarter(value: f64, [_, lower, middle, upper, _]: [f64; 5], polarity: Polarity) -> u8 {
    let from_lowest = 1 + [lower, middle, upper].into_iter().filter(|bound| value > *bound).count() as u8;
    if polarity == Polarity::Low { from_lowest } else { 5 - from_lowest }
}

#[cfg(test)]
mod tests {
    use super::quarter;
    use crate::statistics::Polarity;

    #[test]
    fn the_first_quarter_is_the_best_or_the_highest() {
        let of = |value, polarity| quarter(value, [0.0, 25.0, 50.0, 75.0, 100.0], polarity);
        assert_eq!([10.0, 25.0, 26.0, 60.0, 99.0].map(|value| of(value, Polarity::Low)), [1, 1, 2, 3, 4]);
        assert_eq!([10.0, 25.0, 26.0, 60.0, 99.0].map(|value| of(value, Polarity::High)), [4, 4, 3, 2, 1]);
        assert_eq!(of(99.0, Polarity::None), 1);
    }
}
