//! What a whole is made of: the breakdowns of one topic, or several measures, as parts.
//!
//! Parts that overlap (a kind of school beside all schools) would draw a picture of nothing, so their sum is held
//! against the whole first.

use super::one_period::rows;
use super::slice::{Ask, Slice};
use crate::chart::Chart;
use crate::chart::data::{Context, Figure, Role};
use crate::chart::stacked::{StackedChart, Whole};
use crate::finding::Error;
use crate::series::{Beside, When};
use crate::shown;

/// How far from the whole the parts may sum, in percent: rounding.
const SLACK: f64 = 1.0;
/// What the parts must make up of the whole at least, in percent: a bar drawn to its full length says "all of it".
const NEARLY_ALL: f64 = 90.0;

/// The parts, and the whole they are parts of where there is one.
pub struct Parts<'s, 'a> {
    /// A slice a part.
    pub parts: &'s [Slice<'a>],
    /// The name of each part.
    pub names: Vec<String>,
    /// The same measure about the whole.
    pub whole: Option<&'s Slice<'a>>,
    /// What the parts are by: `kind of placement`; empty for several measures.
    pub topic: String,
}

/// The parts that the latest period has: publishers regroup them over the years.
pub fn of_one_period<'a>(names: Vec<String>, parts: Vec<Slice<'a>>, ask: &Ask<'_>) -> (Vec<String>, Vec<Slice<'a>>) {
    let Some(when) = parts.iter().filter_map(|part| part.when(ask)).max() else { return (names, parts) };
    names.into_iter().zip(parts).filter(|(_, part)| part.data.periods().contains(&when)).unzip()
}

/// The composition of one period.
///
/// # Errors
/// Parts that overlap, or that are not counted so that they add up.
pub fn stacked(given: &Parts<'_, '_>, ask: &Ask<'_>) -> Result<Option<Chart>, Error> {
    let Some(first) = given.parts.first() else { return Ok(None) };
    let dated = given.parts.iter().filter_map(|part| part.when(ask)).max();
    let Some(when) = dated else { return Ok(None) };
    let unit = first.found().measure.unit.as_str();
    if !matches!(unit, "percent" | "number" | "pounds")
        || given.parts.iter().any(|part| part.found().measure.unit != unit)
    {
        return Err(Error::usage(
            format!("`{}` is in {unit}: its parts do not add up to a whole", first.found().name),
            "a stacked chart takes counts, pounds or percentages, all of one unit",
        ));
    }
    let mut context = first.context_of_each(ask, &[when]);
    name(given, &mut context);
    if let Some(note) = add_up(given, when)? {
        context.notes.push(note);
    }
    // England's totals are parts of a whole like any other here.
    context.notes.retain(|note| !note.ends_with("a total") && !note.ends_with("are totals"));
    let order = by_size(given, when);
    let wholes = wholes(given, ask, when, &order);
    let categories = order.iter().map(|&at| given.names[at].clone()).collect();
    Ok(Some(StackedChart { context, period: first.period(when), categories, wholes }.into()))
}

fn name(given: &Parts<'_, '_>, context: &mut Context) {
    let Some(first) = given.parts.first() else { return };
    // What is drawn is the whole with its parts, and not the first of them.
    context.measure.part.clear();
    context.reading = None;
    if given.topic.is_empty() {
        let labels: Vec<String> = given.parts.iter().map(|part| part.found().measure.label.clone()).collect();
        context.measure.label = shared_label(&labels).unwrap_or_else(|| first.found().meta.title.clone());
        context.measure.noun = shown::within(&context.measure.label);
    } else {
        let topic = shown::within(&given.topic);
        context.measure.label = format!("{} by {topic}", first.found().measure.label);
        context.measure.noun = format!("{} by {topic}", context.measure.noun);
    }
}

/// The parts by England's figure, largest first; those that are nothing in particular last.
fn by_size(given: &Parts<'_, '_>, when: When<'_>) -> Vec<usize> {
    let size = |at: usize| given.parts[at].data.england(when).and_then(|england| england.value).unwrap_or(0.0);
    let vague = |at: usize| {
        let name = given.names[at].to_lowercase();
        ["other", "unknown", "not recorded", "not known"].iter().any(|word| name.starts_with(word))
    };
    let mut order: Vec<usize> = (0..given.parts.len()).collect();
    order.sort_by(|&a, &b| vague(a).cmp(&vague(b)).then(size(b).total_cmp(&size(a))));
    order
}

/// The sum of the parts in England against the whole: a note where some is left out.
fn add_up(given: &Parts<'_, '_>, when: When<'_>) -> Result<Option<String>, Error> {
    let number = |slice: &Slice<'_>| slice.data.england(when).and_then(|england| england.value);
    let sum: f64 = given.parts.iter().filter_map(number).sum();
    let percent = given.parts.first().is_some_and(|part| part.found().measure.unit == "percent");
    let whole = if percent { Some(100.0) } else { given.whole.and_then(number) };
    let written = |share: f64| shown::number(share, 0);
    let Some(share) = whole.filter(|whole| *whole > 0.0).map(|whole| sum * 100.0 / whole) else {
        return Ok(Some("Whether the parts make up the whole cannot be told: the source gives no total".to_owned()));
    };
    if share > 100.0 + SLACK {
        return Err(Error::usage(
            format!("the parts overlap: in England they add up to {}% of the whole", written(share)),
            "name parts that do not overlap, as `--breakdown \"TOPIC=A;B\"`; `*` stands for anything",
        ));
    }
    if share < NEARLY_ALL {
        return Err(Error::usage(
            format!("the parts are not the whole: in England they make up {}% of it", written(share)),
            "name all parts, or draw `ordered` or `dumbbell` charts of those that matter",
        ));
    }
    Ok((share < 100.0 - SLACK).then(|| format!("In England the parts shown make up {}% of the whole", written(share))))
}

fn wholes(given: &Parts<'_, '_>, ask: &Ask<'_>, when: When<'_>, order: &[usize]) -> Vec<Whole> {
    let Some(first) = given.parts.first() else { return Vec::new() };
    let mut wholes: Vec<Whole> = rows(first, ask)
        .into_iter()
        .map(|(code, role)| {
            let parts = order.iter().map(|&at| given.parts[at].figure(ask, when, code)).collect();
            Whole { name: ask.name(code), role, parts }
        })
        .collect();
    let region = |part: &Slice<'_>| part.beside(ask, when, Beside::Region);
    if ask.comparators.region
        && let Some((name, _)) = first.beside(ask, when, Beside::Region)
    {
        let figure = |at: &usize| region(&given.parts[*at]).map(|(_, figure)| figure).unwrap_or_default();
        let parts = order.iter().map(figure).collect();
        wholes.push(Whole { name, role: Role::Region, parts });
    }
    if ask.comparators.england {
        let parts: Vec<Figure> =
            order.iter().map(|&at| given.parts[at].published(ask, when).unwrap_or_default()).collect();
        wholes.push(Whole { name: "England".to_owned(), role: Role::England, parts });
    }
    wholes
}

/// `FE - total` as `FE`; the names of measures without what all of them begin with.
pub fn tidy(names: &[String]) -> Vec<String> {
    let plain: Vec<String> = names
        .iter()
        .map(|name| {
            let lower = name.to_lowercase();
            if lower.ends_with(" - total") { name[..name.len() - " - total".len()].to_owned() } else { name.clone() }
        })
        .collect();
    let start = shared_words(&plain);
    let rest = |name: &String| {
        let rest = name[start..].trim_start_matches("in ").trim_start_matches("with ").to_owned();
        shown::sentence(&rest)
    };
    plain.iter().map(rest).collect()
}

/// What all labels begin with; none where that is nothing.
pub fn shared_label(labels: &[String]) -> Option<String> {
    let shared = labels.first()?[..shared_words(labels)].trim_end_matches([' ', ':', ',']);
    let shared = shared.trim_end_matches(" in").trim_end_matches(" with");
    (!shared.is_empty()).then(|| shared.to_owned())
}

/// The bytes of the words that all names begin with, none of them whole.
fn shared_words(names: &[String]) -> usize {
    let Some((first, rest)) = names.split_first().filter(|(_, rest)| !rest.is_empty()) else { return 0 };
    let shared = |end: usize| rest.iter().all(|name| name.len() > end && name.starts_with(&first[..end]));
    // Before a number the words are needed: `Aged 5 to 10`.
    let worded = |end: usize| !names.iter().any(|name| name[end..].starts_with(|letter: char| letter.is_ascii_digit()));
    let mut ends = first.rmatch_indices(' ').map(|(at, _)| at + 1);
    ends.find(|&end| shared(end) && worded(end)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn names_of_parts_lose_what_they_share() {
        let names = ["EHC plans in special schools", "EHC plans in further education"].map(str::to_owned);
        assert_eq!(tidy(&names), ["Special schools", "Further education"]);
        let names = ["Aged 5 to 10", "Aged 11 to 15"].map(str::to_owned);
        assert_eq!(tidy(&names), names);
        let names = ["FE - total", "Mainstream - total"].map(str::to_owned);
        assert_eq!(tidy(&names), ["FE", "Mainstream"]);
    }
}
