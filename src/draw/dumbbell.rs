//! Two figures a place: the period before against the latest, or two measures of one period.

use super::one_period::rows;
use super::slice::{Ask, Slice};
use crate::chart::Chart;
use crate::chart::data::{Context, Figure, Role};
use crate::chart::dumbbell::{DumbbellChart, Pair};
use crate::finding::Error;
use crate::series::{Beside, When};

/// One measure, the period before and the latest; nothing where there is no period before.
pub fn over_time(slice: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let to = slice.when(ask)?;
    let from = slice.before(to)?;
    let mut context = slice.context_of_each(ask, &[from, to]);
    for gap in slice.breaks(ask, &[to]) {
        context.notes.push(format!("[b] Break in the series, so the two may not be alike: {}", gap.reason));
    }
    let (old, new) = (slice.period(from), slice.period(to));
    // A reading is of a year's change: where the step is another, the two figures are told and no more.
    let step = context.reading.as_ref().and_then(|reading| reading.change.from());
    if step.is_some_and(|(before, _)| before.label != old.label) {
        context.reading = None;
    }
    let span = format!("{} and {}", old.prose, new.prose);
    Some(chart(ask, context, (&old.label, (slice, from)), (&new.label, (slice, to)), span).into())
}

/// Two measures of one period.
///
/// # Errors
/// Measures that are not counted alike.
pub fn two_measures(first: &Slice<'_>, second: &Slice<'_>, ask: &Ask<'_>) -> Result<Option<Chart>, Error> {
    let (one, other) = (first.found().measure, second.found().measure);
    if one.unit != other.unit {
        return Err(Error::usage(
            format!("`{}` is in {} and `{}` in {}", first.found().name, one.unit, second.found().name, other.unit),
            "a dumbbell chart sets two measures of one unit side by side",
        ));
    }
    let Some(to) = second.when(ask) else { return Ok(None) };
    let Some(from) = first.alike_of(to) else { return Ok(None) };
    let mut context = second.context_of_each(ask, &[to]);
    let (start, _) = common(&one.label, &other.label);
    let names = [&one.label, &other.label].map(|label| label[start..].trim_start_matches([',', ' ']).to_owned());
    let shared = one.label[..start].trim_end_matches([',', ' ']).to_owned();
    if !shared.is_empty() {
        context.measure.label = shared;
    }
    // Two measures of the same cases are no change that a test of two samples could speak of.
    context.reading = None;
    let span = second.period(to).prose;
    Ok(Some(chart(ask, context, (&names[0], (first, from)), (&names[1], (second, to)), span).into()))
}

/// Where the labels part, at the start of a word; zero where either would be left with nothing.
fn common(one: &str, other: &str) -> (usize, bool) {
    let alike =
        one.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b).map(|((at, a), _)| at + a.len_utf8());
    let end = alike.last().unwrap_or(0);
    let start = one[..end].rfind([' ', ',']).map_or(0, |at| at + 1);
    let both = start < one.len() && start < other.len();
    (if both { start } else { 0 }, both)
}

type End<'s, 'a> = (&'s str, (&'s Slice<'a>, When<'a>));

fn chart(ask: &Ask<'_>, context: Context, from: End<'_, '_>, to: End<'_, '_>, span: String) -> DumbbellChart {
    let (latest, when) = to.1;
    let figure = |(slice, when): (&Slice<'_>, When<'_>), code| slice.figure(ask, when, code);
    let mut pairs: Vec<Pair> = rows(latest, ask)
        .into_iter()
        .map(|(code, role)| Pair { name: ask.name(code), role, from: figure(from.1, code), to: figure(to.1, code) })
        .collect();
    let total = latest.is_total(when);
    let published = [
        (Beside::Region, Role::Region, ask.comparators.region),
        (Beside::England, Role::England, ask.comparators.england),
    ];
    for (comparator, role, _) in published.into_iter().filter(|(.., wanted)| *wanted && !total) {
        let beside = |(slice, when): (&Slice<'_>, When<'_>)| slice.beside(ask, when, comparator);
        let Some((name, latest)) = beside(to.1) else { continue };
        let earlier = beside(from.1).map_or_else(|| Figure::missing("x", "not available"), |(_, figure)| figure);
        pairs.push(Pair { name, role, from: earlier, to: latest });
    }
    DumbbellChart { context, from: from.0.to_owned(), to: to.0.to_owned(), span, pairs }
}

impl<'a> Slice<'a> {
    /// This slice's period that is the same as `when` of another slice.
    fn alike_of(&self, when: When<'_>) -> Option<When<'a>> {
        self.alike(when).find(|own| own.key == when.key)
    }
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn labels_part_at_a_word() {
        let (one, other) =
            ("Plans issued within 20 weeks, excluding exceptions", "Plans issued within 20 weeks, all plans");
        let (start, _) = common(one, other);
        assert_eq!((&one[start..], &other[start..]), ("excluding exceptions", "all plans"));
        assert_eq!(common("Plans", "Plans").0, 0);
    }
}
