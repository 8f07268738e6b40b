//! Rates against the size of the group: the same funnel that fills the column `unusual`, drawn.

use super::slice::{Ask, Slice};
use crate::chart::Chart;
use crate::chart::data::{Place, Role, Unit};
use crate::chart::funnel::{FunnelChart, Limit};
use crate::pipeline;
use crate::shown::within;
use crate::statistics::Interval;
use crate::statistics::unusual::Funnel;

/// Points between the smallest and the largest denominator, besides those of the places themselves.
const POINTS: u32 = 40;

/// The funnel of one period; nothing where the measure has no counts to make limits from.
pub fn funnel(slice: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let when = slice.when(ask)?;
    let multiplier = pipeline::Unit::from_word(&slice.found().measure.unit)?.multiplier()?;
    let places = slice.places(ask, when);
    let mut context = slice.context_of_each(ask, &[when]);
    let counts: Vec<Option<(f64, f64)>> = places.iter().map(counts).collect();
    let funnel = match context.measure.unit {
        Unit::Percent | Unit::Per100 => Funnel::of_proportions(&counts),
        Unit::RatePer1000 | Unit::RatePer10000 | Unit::RatePer100000 => Funnel::of_rates(&counts),
        _ => None,
    }?;
    let benchmark = funnel.average * multiplier;
    let published = slice.england(ask, when).and_then(|figure| figure.number());
    let say = |value| context.measure.shown(value);
    let differing = published.filter(|published| say(*published) != say(benchmark));
    let centre = if differing.is_some() || published.is_none() { "All drawn" } else { "England" };
    if let Some(published) = differing {
        let note = format!(
            "The funnel lies around {}, the figure of all authorities drawn taken together; England as published is {}",
            say(benchmark),
            say(published)
        );
        context.notes.push(note);
    }
    let limits = limits(&funnel, &counts, multiplier);
    let own = places.iter().find(|place| place.role == Role::Subject).and_then(self::counts);
    if let (Some(reading), Some((x, n))) = (&mut context.reading, own) {
        // Of a breakdown the run tells no place; here it is drawn, and may be said.
        reading.unusual = reading.unusual.or_else(|| funnel.place(x, n)).filter(|_| reading.level.is_compared());
    }
    let chart = FunnelChart {
        context,
        period: slice.period(when),
        places,
        benchmark,
        centre: centre.to_owned(),
        limits,
        counted: within(&slice.found().measure.denominator),
        over_dispersed: funnel.is_overdispersed(),
    };
    Some(chart.into())
}

fn counts(place: &Place) -> Option<(f64, f64)> {
    place.figure.numerator.zip(place.figure.denominator)
}

/// The limits at every place's own denominator, so that each is judged exactly, and at points between for the line.
fn limits(funnel: &Funnel, counts: &[Option<(f64, f64)>], multiplier: f64) -> Vec<Limit> {
    let mut sizes: Vec<f64> = counts.iter().flatten().map(|(_, size)| *size).filter(|size| *size > 0.0).collect();
    let (least, most) =
        sizes.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), size| (low.min(*size), high.max(*size)));
    let (from, to) = (least.sqrt(), most.sqrt());
    sizes.extend((1..POINTS).map(|step| (from + (to - from) * f64::from(step) / f64::from(POINTS)).powi(2)));
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    let ends = |interval: Interval| (interval.lower * multiplier, interval.upper * multiplier);
    let at = |size: f64| {
        let limits = funnel.limits(size)?;
        Some(Limit { denominator: size, inner: ends(limits.p95), outer: ends(limits.p998) })
    };
    sizes.into_iter().filter_map(at).collect()
}
