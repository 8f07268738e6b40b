//! Several readings counted: how many are better, worse, improved, worsened. Neutral measures are never in it.

use super::super::{Against, Moved, Reading, Said};
use crate::shown::{sentence, small};
use crate::statistics::Polarity;

/// How many of several readings have which verdict against England and which movement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    judged: usize,
    higher: usize,
    lower: usize,
    better: usize,
    worse: usize,
    improved: usize,
    worsened: usize,
}

fn count(readings: &[&Reading]) -> Count {
    let mut count = Count::default();
    for against in readings.iter().filter_map(|reading| reading.england()) {
        count.higher += usize::from(said(against) == Said::Higher);
        count.lower += usize::from(said(against) == Said::Lower);
    }
    for reading in readings.iter().filter(|reading| reading.measure.polarity != Polarity::None) {
        count.judged += 1;
        match reading.england().map(said) {
            Some(Said::Better) => count.better += 1,
            Some(Said::Worse) => count.worse += 1,
            _ => {}
        }
        match reading.change.movement().map(|movement| movement.moved()) {
            Some(Moved::Improved) => count.improved += 1,
            Some(Moved::Worsened) => count.worsened += 1,
            _ => {}
        }
    }
    count
}

fn said(against: &Against) -> Said {
    against.verdict.said()
}

/// The caption of a table of readings; empty where none has a direction that is good.
///
/// `Five of six performance measures are worse than England. In a year three worsened and none improved.`
pub fn tally(readings: &[&Reading]) -> String {
    let Count { judged, better, worse, improved, worsened, .. } = count(readings);
    if judged == 0 {
        return String::new();
    }
    let measures = if judged == 1 { "performance measure" } else { "performance measures" };
    let is = |number: usize| if number == 1 { "is" } else { "are" };
    let of = small(judged);
    let against = match (better, worse) {
        (0, 0) => format!("none of {of} {measures} is clearly better or worse than England"),
        (0, worse) => format!("{} of {of} {measures} {} worse than England", small(worse), is(worse)),
        (better, 0) => format!("{} of {of} {measures} {} better than England", small(better), is(better)),
        (better, worse) => {
            format!("{} of {of} {measures} {} worse than England, {} better", small(worse), is(worse), small(better))
        }
    };
    format!("{}. In a year {} worsened and {} improved.", sentence(&against), small(worsened), small(improved))
}

/// The same as the end of a chart's title: `better than England on 2 of 8 measures, worse on 3`; none where nothing is
/// compared.
pub fn standing(readings: &[&Reading]) -> Option<String> {
    counted_against(readings, "on", "measures")
}

/// The same of the groups of one measure: `better than England in 2 of 8 groups, worse in 3`.
pub fn standing_of_groups(readings: &[&Reading]) -> Option<String> {
    counted_against(readings, "in", "groups")
}

fn counted_against(readings: &[&Reading], on: &str, what: &str) -> Option<String> {
    let (found, of) = (count(readings), readings.len());
    let pair = |more: &str, less: &str, (a, b): (usize, usize)| match (a, b) {
        (a, 0) => format!("{more} than England {on} {a} of {of} {what}, {less} {on} none"),
        (0, b) => format!("{less} than England {on} {b} of {of} {what}, {more} {on} none"),
        (a, b) => format!("{more} than England {on} {a} of {of} {what}, {less} {on} {b}"),
    };
    if !readings.iter().filter_map(|reading| reading.england()).any(|england| england.verdict.is_tested()) {
        return None;
    }
    Some(match (found.better, found.worse) {
        (0, 0) if found.judged == 0 => pair("higher", "lower", (found.higher, found.lower)),
        (0, 0) if of == 1 => "not clearly better or worse than England".into(),
        (0, 0) => format!("clearly better or worse than England {on} none of {of} {what}"),
        found => pair("better", "worse", found),
    })
}

/// On how many measures the authority is worse than England; none where it is on none.
pub fn worse(readings: &[&Reading]) -> Option<String> {
    let worse = count(readings).worse;
    (worse > 0).then(|| format!("worse than England on {worse}"))
}

/// Sentences 51 and 52: what a paper says where nothing is better, or nothing worse; none where it judges no measure.
pub fn best_and_worst(readings: &[&Reading]) -> Option<&'static str> {
    let Count { judged, better, worse, .. } = count(readings);
    match (judged, better, worse) {
        (0, ..) => None,
        (_, 0, 0) => Some("No measure in this paper is clearly better or worse than in England."),
        (_, 0, _) => Some("No measure in this paper is better than in England."),
        (_, _, 0) => Some("No measure in this paper is worse than in England."),
        _ => None,
    }
}
