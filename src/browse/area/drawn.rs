//! The pictures of one row of an area's page, each with the words for who does not see it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::row::Context;
use crate::area::LaCode;
use crate::chart::row::{self as picture, Spread, Strip};
use crate::chart::theme::Palette;
use crate::reading::{Reading, Seen};
use crate::series::{Series, When};
use crate::statistics::Polarity;
use crate::store::Slice;

/// The strip of a row with the words of its ends.
#[derive(Serialize)]
pub struct Edges {
    svg: String,
    left: String,
    right: String,
    words: String,
}

impl Context<'_> {
    /// Where all authorities lie; the grades of all, where a figure is a grade.
    pub fn strip(&self, slice: &Slice<'_>, when: When<'_>, reading: &Reading) -> Option<Edges> {
        let register = &self.build.register;
        let open = |code: LaCode| register.at(code, when.day()).is_some();
        let all: Vec<(LaCode, f64)> = slice
            .at(when)
            .into_iter()
            .filter(|(code, _, seen)| open(*code) && !seen.is_doubted())
            .filter_map(|(code, _, seen)| Some((code, seen.value?)))
            .collect();
        if !reading.measure.grades.is_empty() {
            return grades(&all, reading);
        }
        let near: BTreeSet<LaCode> = register
            .neighbours()
            .newest()
            .map(|year| register.neighbours().of(year, self.code).iter().copied().collect())
            .unwrap_or_default();
        let england = slice.england(when).and_then(|seen| seen.value).filter(|_| !slice.is_total(when));
        let spread = Spread {
            neighbours: all.iter().filter(|(code, _)| near.contains(code)).map(|(_, value)| *value).collect(),
            all: all.into_iter().map(|(_, value)| value).collect(),
            england,
            own: reading.level.value(),
            turned: reading.measure.polarity == Polarity::Low,
        };
        let drawn = picture::strip(&spread, &Palette::default())?;
        Some(edges(drawn, &spread, reading))
    }
}

/// The strip with the words of its ends, and of the whole for those who do not see it.
fn edges(drawn: Strip, spread: &Spread, reading: &Reading) -> Edges {
    let measure = &reading.measure;
    let end = |end: picture::End| match end.beyond {
        0 => measure.shown(end.value),
        beyond => format!("{} ({beyond} beyond)", measure.shown(end.value)),
    };
    let (low, high) = drawn.middle;
    let [left, right] = drawn.ends;
    let words = format!(
        "{} local authorities from {} to {}; middle half {} to {}",
        spread.all.len(),
        measure.shown(left.value),
        measure.shown(right.value),
        measure.shown(low),
        measure.shown(high)
    );
    Edges { left: end(left), right: end(right), svg: drawn.svg, words }
}

/// How many authorities have each grade.
fn grades(all: &[(LaCode, f64)], reading: &Reading) -> Option<Edges> {
    let mut grades = reading.measure.grades.clone();
    grades.sort_by(|one, other| one.0.total_cmp(&other.0));
    if reading.measure.polarity == Polarity::Low {
        grades.reverse();
    }
    let counts: Vec<usize> =
        grades.iter().map(|(grade, _)| all.iter().filter(|(_, value)| value == grade).count()).collect();
    let own = reading.level.value().and_then(|own| grades.iter().position(|(grade, _)| *grade == own));
    let svg = picture::grades(&counts, own, &Palette::default())?;
    let each: Vec<String> = grades.iter().zip(&counts).map(|((_, word), count)| format!("{word} {count}")).collect();
    let word = |at: Option<&(f64, String)>| at.map(|(_, word)| word.clone()).unwrap_or_default();
    Some(Edges {
        svg,
        left: word(grades.first()),
        right: word(grades.last()),
        words: format!("{} local authorities: {}", all.len(), crate::shown::list(&each)),
    })
}

/// The years as a small line, with the first and the last figure in words.
pub fn years(series: &Series<'_>, reading: &Reading) -> (Option<String>, String) {
    let seen = |seen: Seen| seen.value.filter(|_| !seen.is_doubted());
    let england = |point: &crate::series::Point<'_>| point.england().and_then(|england| england.figure.value);
    let total = reading.measure.is_amount();
    let years = picture::Years {
        when: series.points.iter().map(|point| point.when.key.end_day()).collect(),
        own: series.points.iter().map(|point| seen(point.figure)).collect(),
        england: series.points.iter().map(|point| england(point).filter(|_| !total)).collect(),
        breaks: (0..series.points.len()).filter(|at| series.points[*at].broken().is_some()).collect(),
    };
    let known: Vec<(String, f64)> =
        series.points.iter().filter_map(|point| Some((point.when.label(), seen(point.figure)?))).collect();
    let words = match (known.first(), known.last()) {
        (Some((from, first)), Some((to, last))) if from != to => {
            let broken = if years.breaks.is_empty() { "" } else { "; the series has a break" };
            format!("{from}: {}, {to}: {}{broken}", reading.measure.shown(*first), reading.measure.shown(*last))
        }
        _ => String::new(),
    };
    (picture::years(&years, &Palette::default()), words)
}
