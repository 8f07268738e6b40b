//! The groups within an authority beside England, and the ages that a whole is made of.

use super::slice::{Ask, Slice};
use super::stacked::{self, Parts};
use crate::chart::Chart;
use crate::chart::data::{Figure, Role, Unit};
use crate::chart::groups::{Group, GroupsChart, Of};
use crate::chart::spread::SpreadChart;
use crate::finding::Error;
use crate::shown::within;

/// A bar a breakdown of the topic: the figure that each has, with the verdict against England.
pub fn groups(slices: &[Slice<'_>], names: &[String], topic: &str, ask: &Ask<'_>) -> Option<Chart> {
    let when = slices.iter().filter_map(|slice| slice.when(ask)).max()?;
    let first = slices.first()?;
    let mut context = first.context_of_each(ask, &[when]);
    context.reading = None;
    context.neighbours = None;
    context.measure.part.clear();
    context.measure.label.clone_from(&first.found().measure.label);
    let group = |(slice, name): (&Slice<'_>, &String)| Group {
        name: name.clone(),
        own: Figure { interval: None, ..slice.figure(ask, when, ask.authority) },
        england: slice.england(ask, when).filter(|_| ask.comparators.england),
        reading: Some(slice.reading(ask, when)),
    };
    let groups = slices.iter().zip(names).map(group).collect();
    Some(GroupsChart { context, period: first.period(when), topic: within(topic), of: Of::Figures, groups }.into())
}

/// Statistics of one group in the last period of the first: those of its unit on one scale, those in percent as shares.
pub fn spread(slices: &[Slice<'_>], ask: &Ask<'_>) -> Option<Chart> {
    let first = slices.first()?;
    let when = first.when(ask)?;
    let mut context = first.context_of_each(ask, &[when]);
    context.reading = None;
    context.neighbours = None;
    let unit = context.measure.unit;
    let each = slices.iter().filter(|slice| slice.has(when, ask.authority)).map(|slice| {
        let measure = slice.context(ask, &[when]).measure;
        (measure, Figure { interval: None, ..slice.figure(ask, when, ask.authority) })
    });
    let (marks, rest): (Vec<_>, Vec<_>) = each.partition(|(measure, _)| measure.unit == unit);
    let shares = rest.into_iter().filter(|(measure, _)| measure.unit == Unit::Percent).collect();
    Some(SpreadChart { context, period: first.period(when), marks, shares }.into())
}

/// The shares of the parts of a whole, in the order of age, beside England's.
///
/// # Errors
/// Parts that overlap, or that are not counted so that they add up.
pub fn ages(given: &Parts<'_, '_>, ask: &Ask<'_>) -> Result<Option<Chart>, Error> {
    let Some(Chart::Stacked(whole)) = stacked::stacked(given, ask)? else { return Ok(None) };
    let when = given.parts.iter().filter_map(|part| part.when(ask)).max();
    let total = |role| {
        let (all, when) = given.whole.zip(when)?;
        match role {
            Role::Subject => all.figure(ask, when, ask.authority).number(),
            _ => all.published(ask, when)?.number(),
        }
    };
    let shares = |role| {
        let parts = whole.wholes.iter().find(|whole| whole.role == role).map(|whole| whole.parts.as_slice());
        parts.map(|parts| self::shares(parts, total(role))).unwrap_or_default()
    };
    let (own, england) = (shares(Role::Subject), shares(Role::England));
    let mut groups: Vec<Group> = whole
        .categories
        .iter()
        .enumerate()
        .map(|(at, name)| Group {
            name: name.clone(),
            own: own.get(at).cloned().unwrap_or_default(),
            england: england.get(at).cloned(),
            reading: None,
        })
        .collect();
    groups.sort_by_key(|group| youngest(&group.name));
    let mut context = whole.context;
    context.measure.unit = Unit::Percent;
    context.measure.places = 0;
    context.neighbours = None;
    let topic = if given.topic.is_empty() { "age".to_owned() } else { within(&given.topic) };
    Ok(Some(GroupsChart { context, period: whole.period, topic, of: Of::Shares, groups }.into()))
}

/// Each part in percent of the whole, which is their sum where nothing says it.
fn shares(parts: &[Figure], whole: Option<f64>) -> Vec<Figure> {
    let sum: Option<f64> = parts.iter().map(Figure::number).sum();
    let known: f64 = parts.iter().filter_map(Figure::number).sum();
    let total = sum.or(whole.filter(|whole| *whole >= known)).filter(|total| *total > 0.0);
    let share = |part: &Figure| match (total, part.number()) {
        (Some(total), Some(value)) => {
            Figure { interval: None, value: Some(value * 100.0 / total), ..part.clone() }.counts(value, total)
        }
        (_, None) => part.clone(),
        (None, Some(_)) => Figure::missing("z", "not every part has a figure"),
    };
    parts.iter().map(share).collect()
}

/// The age at which a band begins, in months; what has no age comes last.
fn youngest(name: &str) -> u32 {
    let lower = name.to_lowercase();
    let digits: String = lower.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let Ok(first) = digits.parse::<u32>() else { return u32::MAX };
    let under = ["under", "less", "below"].iter().any(|word| lower.split(' ').any(|part| part == *word));
    if under { (first * 12).saturating_sub(6) / 2 } else { first * 12 }
}

#[cfg(test)]
mod tests {
    use super::{shares, youngest};
    use crate::chart::data::Figure;

    #[test]
    fn ages_stand_in_the_order_of_age() {
        let mut names = ["20 to 25", "Not known", "Aged 5 to 10", "Aged under 5", "11 to 15", "16 to 19"];
        names.sort_by_key(|name| youngest(name));
        assert_eq!(names, ["Aged under 5", "Aged 5 to 10", "11 to 15", "16 to 19", "20 to 25", "Not known"]);
        let mut names = ["1 to 4 years", "Under 1 year", "10 to 15 years"];
        names.sort_by_key(|name| youngest(name));
        assert_eq!(names[0], "Under 1 year");
    }

    #[test]
    fn parts_become_shares_of_their_sum_or_of_the_whole_or_none_does() {
        let values = |parts: &[Figure], whole| shares(parts, whole).iter().map(Figure::number).collect::<Vec<_>>();
        let hidden = || Figure::missing("c", "confidential");
        assert_eq!(values(&[Figure::of(30.0), Figure::of(90.0)], None), [Some(25.0), Some(75.0)]);
        assert_eq!(values(&[Figure::of(30.0), Figure::of(90.0)], Some(125.0)), [Some(25.0), Some(75.0)]);
        assert_eq!(values(&[Figure::of(30.0), hidden()], None), [None, None]);
        assert_eq!(values(&[Figure::of(30.0), hidden()], Some(40.0)), [Some(75.0), None]);
        assert_eq!(values(&[Figure::of(30.0), hidden()], Some(20.0)), [None, None], "less than one of its parts");
    }
}
