//! Groups, sets and judgements to the frame of comparisons, slice by slice so that memory stays flat.

use std::ops::Range;

use super::change::{Changes, Previous, changes};
use super::groups::{Groups, NONE};
use super::judge::{Judged, beyond_chance, judge, trend, unusual};
use super::sets::{Members, Set, Sets};
use super::{Comparator, Context, Depth};
use crate::finding::Finding;
use crate::observations::{Codes, Frame, Ordered, Words, dates, floats, smalls};
use crate::statistics::{Polarity, average, mean};
/// The comparisons of one table, ready to be put out.
pub struct Comparison<'a> {
    source: &'a Frame,
    groups: Groups<'a>,
    sets: Sets,
    changes: Changes,
    context: &'a Context<'a>,
    order: Vec<u32>,
}

impl<'a> Comparison<'a> {
    /// Groups the latest figures of `source` and finds each authority's comparators.
    ///
    /// # Errors
    /// A frame that lacks a column: a mistake in the program, said as a finding.
    pub fn of(source: &'a Frame, context: &'a Context<'a>) -> Result<Comparison<'a>, Finding> {
        let groups = Groups::of(source, context)?;
        let sets = Sets::of(&groups, context);
        let changes = changes(&groups, context);
        let mut order: Vec<u32> = (0..groups.keys.len() as u32).collect();
        order.sort_by_key(|&group| {
            let [measure, period, identifier, topic, breakdown] = groups.keys[group as usize];
            (measure, groups.ends[group as usize], period, identifier, topic, breakdown)
        });
        Ok(Comparison { source, groups, sets, changes, context, order })
    }

    /// Ranges of groups that make about `rows` rows each.
    pub fn slices(&self, rows: usize) -> Vec<Range<usize>> {
        let each = (self.groups.authorities.len() * self.sets.0.len()).max(1);
        let step = (rows / each).max(1);
        (0..self.order.len()).step_by(step).map(|from| from..(from + step).min(self.order.len())).collect()
    }

    /// The comparisons of the groups in `range`, in order of measure, period, breakdown, comparator and authority.
    ///
    /// # Errors
    /// As [`Comparison::of`].
    pub fn frame(&self, range: Range<usize>) -> Result<Frame, Finding> {
        let mut rows = Rows::default();
        for &group in &self.order[range] {
            let group = group as usize;
            let judged = judge(&self.groups, group, self.context.depth);
            for (number, set) in self.sets.0.iter().enumerate() {
                self.compare_group(group, number as u32, set, &judged, &mut rows);
            }
        }
        rows.frame(self)
    }

    fn compare_group(&self, group: usize, number: u32, set: &Set, judged: &Judged, rows: &mut Rows) {
        let groups = &self.groups;
        let own = groups.rows(group);
        let previous = match &self.changes.previous[group] {
            Previous::Group(earlier) => Some(groups.rows(*earlier)),
            _ => None,
        };
        let full = self.context.depth == Depth::Full;
        let mut values: Vec<f64> = Vec::new();
        for (place, &row) in own.iter().enumerate() {
            if row == NONE {
                continue;
            }
            let value = groups.value(row);
            let against = self.against(group, own, &set.members[place], &mut values);
            rows.row.push(row);
            rows.set.push(number);
            rows.place.push(place as u32);
            rows.group.push(group as u32);
            rows.comparator_value.push(against.value);
            rows.comparator_row.push(against.row);
            rows.used.push(against.used);
            rows.members.push(against.members);
            rows.rank.push(judged.ranks[place]);
            rows.out_of.push(if judged.ranks[place] == 0 { 0 } else { judged.of });
            rows.change.push(previous.map_or(f64::NAN, |previous| value - groups.value(previous[place])));
            if full {
                let kind = groups.kind(group);
                let interval = judged.intervals[place];
                rows.lower.push(interval.map_or(f64::NAN, |interval| interval.lower));
                rows.upper.push(interval.map_or(f64::NAN, |interval| interval.upper));
                rows.beyond.push(beyond_chance(kind, value, interval, groups.counts(row), against.value));
                rows.unusual.push(unusual(judged.places[place]));
                rows.rank_lower.push(judged.rank_intervals[place].map_or(0, |interval| interval.low as u16));
                rows.rank_upper.push(judged.rank_intervals[place].map_or(0, |interval| interval.high as u16));
                rows.band.push(judged.bands[place]);
                rows.certain.push(match judged.certain[place] {
                    Some(true) => "yes",
                    Some(false) => "no",
                    None => "",
                });
                rows.trend.push(rows.trends.code(&trend(groups, &self.changes.series[group], place, kind.polarity)));
                self.alternatives(group, place, set, value, &values, rows);
            }
        }
    }

    /// The comparator's figure for the authority at a place; `values` is left holding the members' values.
    fn against(&self, group: usize, own: &[u32], members: &Members, values: &mut Vec<f64>) -> Against {
        let groups = &self.groups;
        values.clear();
        match members {
            Members::England => Against::published(groups, groups.england[group]),
            Members::Region(codes) => {
                let row = codes.iter().map(|code| groups.region(code, group)).find(|&row| row != NONE).unwrap_or(NONE);
                Against::published(groups, row)
            }
            Members::List { places, size } => {
                values.extend(places.iter().map(|&place| groups.value(own[place])).filter(|value| value.is_finite()));
                Against {
                    value: mean::mean(values).unwrap_or(f64::NAN),
                    row: NONE,
                    used: values.len() as u16,
                    members: *size as u16,
                }
            }
            Members::Nobody => Against { value: f64::NAN, row: NONE, used: 0, members: 0 },
        }
    }

    /// Other averages of a list, the mean with one member left out, and whether the choice turns above into below.
    fn alternatives(&self, group: usize, place: usize, set: &Set, value: f64, values: &[f64], rows: &mut Rows) {
        let Members::List { places, .. } = &set.members[place] else {
            for column in [&mut rows.median, &mut rows.pooled, &mut rows.without_lower, &mut rows.without_upper] {
                column.push(f64::NAN);
            }
            rows.flips.push("");
            return;
        };
        let groups = &self.groups;
        let own = groups.rows(group);
        let present: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        let counts: Vec<Option<(f64, f64)>> = places.iter().map(|&place| groups.counts(own[place])).collect();
        let tops: Vec<Option<f64>> = counts.iter().map(|counts| counts.map(|counts| counts.0)).collect();
        let bottoms: Vec<Option<f64>> = counts.iter().map(|counts| counts.map(|counts| counts.1)).collect();
        let median = average::median_of(&present);
        let pooled = groups.kind(group).multiplier.and_then(|multiplier| average::pooled(&tops, &bottoms, multiplier));
        let without = average::leave_one_out(&present);
        let mean = average::mean_of(&present);
        rows.median.push(median.unwrap_or(f64::NAN));
        rows.pooled.push(pooled.unwrap_or(f64::NAN));
        rows.without_lower.push(without.map_or(f64::NAN, |interval| interval.lower));
        rows.without_upper.push(without.map_or(f64::NAN, |interval| interval.upper));
        let average_flips = value.is_finite() && average::choice_flips(value, &[mean, median, pooled]);
        let set_flips = value.is_finite()
            && self.other_sets(group, place, set).iter().any(|other| average::choice_flips(value, &[mean, *other]));
        rows.flips.push(match (average_flips, set_flips) {
            (true, true) => "average and set",
            (true, false) => "average",
            (false, true) => "set",
            (false, false) => "",
        });
    }

    /// The means of the authority's neighbours by the sets of other years.
    fn other_sets(&self, group: usize, place: usize, set: &Set) -> Vec<Option<f64>> {
        let Comparator::Neighbours(year) = set.comparator else { return Vec::new() };
        let sets = self.context.register.neighbours();
        let own = self.groups.rows(group);
        let others = sets.years().into_iter().filter(|other| *other != year);
        others
            .map(|other| {
                let neighbours = sets.of(other, self.groups.authorities[place]);
                let places = neighbours.iter().filter_map(|code| self.groups.authorities.binary_search(code).ok());
                let values: Vec<Option<f64>> =
                    places.map(|place| Some(self.groups.value(own[place])).filter(|value| value.is_finite())).collect();
                average::mean_of(&values)
            })
            .collect()
    }
}

/// A comparator's figure.
struct Against {
    value: f64,
    row: u32,
    used: u16,
    members: u16,
}

impl Against {
    fn published(groups: &Groups<'_>, row: u32) -> Against {
        let value = groups.value(row);
        Against { value, row, used: u16::from(value.is_finite()), members: 1 }
    }
}

/// The rows of a slice, column by column; the columns of the full depth stay empty without it.
#[derive(Default)]
struct Rows {
    row: Vec<u32>,
    set: Vec<u32>,
    place: Vec<u32>,
    group: Vec<u32>,
    comparator_value: Vec<f64>,
    comparator_row: Vec<u32>,
    used: Vec<u16>,
    members: Vec<u16>,
    rank: Vec<u16>,
    out_of: Vec<u16>,
    change: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    beyond: Vec<&'static str>,
    unusual: Vec<&'static str>,
    rank_lower: Vec<u16>,
    rank_upper: Vec<u16>,
    band: Vec<&'static str>,
    certain: Vec<&'static str>,
    trend: Vec<u32>,
    trends: Words,
    median: Vec<f64>,
    pooled: Vec<f64>,
    without_lower: Vec<f64>,
    without_upper: Vec<f64>,
    flips: Vec<&'static str>,
}

impl Rows {
    fn frame(self, comparison: &Comparison<'_>) -> Result<Frame, Finding> {
        let source = comparison.source;
        let groups = &comparison.groups;
        let by_group = |name: &str, part: usize| {
            let coded = source.coded(name)?;
            let words: Vec<String> = coded.words.iter().map(|word| (*word).to_owned()).collect();
            coded_column(name, &words, self.group.iter().map(|&group| groups.keys[group as usize][part]))
        };
        let by_row = |name: &str| {
            let coded = source.coded(name)?;
            let words: Vec<String> = coded.words.iter().map(|word| (*word).to_owned()).collect();
            coded_column(name, &words, self.row.iter().map(|&row| coded.codes.get(row as usize) as u32))
        };
        let status = source.coded("status")?;
        let number = groups_of_rows(source, "numerator", &self.row)?;
        let denominator = groups_of_rows(source, "denominator", &self.row)?;
        let sets = &comparison.sets.0;
        let mut names = Words::default();
        let name_codes: Vec<Vec<u32>> =
            sets.iter().map(|set| set.names.iter().map(|name| names.code(name)).collect()).collect();
        let names = names.ordered();
        let mut comparators = Words::default();
        let comparator_codes: Vec<u32> = sets.iter().map(|set| comparators.code(&set.comparator.key())).collect();
        let comparators = comparators.ordered();
        let mut averages = Words::default();
        let average_codes: Vec<u32> = sets
            .iter()
            .map(|set| {
                averages.code(if matches!(set.comparator, Comparator::England | Comparator::Region) {
                    "published"
                } else {
                    "mean"
                })
            })
            .collect();
        let averages = averages.ordered();
        let reasons: Vec<u32> = self
            .comparator_row
            .iter()
            .zip(&self.comparator_value)
            .map(|(&row, value)| {
                let word = if value.is_finite() { "number" } else { "not_available" };
                if row == NONE {
                    status.code(word).unwrap_or_default() as u32
                } else {
                    status.codes.get(row as usize) as u32
                }
            })
            .collect();
        let status_words: Vec<String> = status.words.iter().map(|word| (*word).to_owned()).collect();
        let mut notes = Words::default();
        let note_of: Vec<u32> =
            comparison.changes.previous.iter().map(|previous| notes.code(&note(previous))).collect();
        let lost = notes.code("no figure in this or the previous period");
        let note_codes: Vec<u32> = self
            .group
            .iter()
            .zip(&self.change)
            .map(|(&group, change)| {
                let known = matches!(comparison.changes.previous[group as usize], Previous::Group(_));
                if known && change.is_nan() { lost } else { note_of[group as usize] }
            })
            .collect();
        let notes = notes.ordered();
        let kinds: Vec<(&str, &str)> =
            groups.kinds.iter().map(|kind| (kind.unit.word(), polarity_word(kind.polarity))).collect();
        let kind_of = |group: u32| kinds[groups.keys[group as usize][0] as usize];
        let mut columns = vec![
            by_row("table")?,
            by_group("measure", 0)?,
            by_group("period", 1)?,
            by_group("period_identifier", 2)?,
            dates("period_end", self.group.iter().map(|&group| groups.ends[group as usize]).collect())?,
            by_group("breakdown_topic", 3)?,
            by_group("breakdown", 4)?,
            by_row("la_code")?,
            by_row("area_name")?,
            coded_column(
                "comparator",
                &comparators.words,
                self.set.iter().map(|&set| comparators.ranks[comparator_codes[set as usize] as usize]),
            )?,
            coded_column(
                "comparator_name",
                &names.words,
                self.set
                    .iter()
                    .zip(&self.place)
                    .map(|(&set, &place)| names.ranks[name_codes[set as usize][place as usize] as usize]),
            )?,
            floats("value", self.row.iter().map(|&row| groups.values[row as usize]).collect()),
            by_row("status")?,
            floats("numerator", number),
            floats("denominator", denominator),
            floats("comparator_value", self.comparator_value),
            coded_column("comparator_status", &status_words, reasons.into_iter())?,
            coded_column(
                "average",
                &averages.words,
                self.set.iter().map(|&set| averages.ranks[average_codes[set as usize] as usize]),
            )?,
            smalls("used", self.used),
            smalls("members", self.members),
            smalls("rank", self.rank),
            smalls("out_of", self.out_of),
            floats("change", self.change),
            coded_column("change_note", &notes.words, note_codes.iter().map(|&code| notes.ranks[code as usize]))?,
            words_column("unit", self.group.iter().map(|&group| kind_of(group).0))?,
            words_column("polarity", self.group.iter().map(|&group| kind_of(group).1))?,
        ];
        if comparison.context.depth == Depth::Full {
            let trends = self.trends.ordered();
            columns.extend([
                floats("lower", self.lower),
                floats("upper", self.upper),
                words_column("beyond_chance", self.beyond.into_iter())?,
                words_column("unusual", self.unusual.into_iter())?,
                smalls("rank_lower", self.rank_lower),
                smalls("rank_upper", self.rank_upper),
                words_column("band", self.band.into_iter())?,
                words_column("band_certain", self.certain.into_iter())?,
                coded_column("trend", &trends.words, self.trend.iter().map(|&code| trends.ranks[code as usize]))?,
                floats("median", self.median),
                floats("pooled", self.pooled),
                floats("without_one_lower", self.without_lower),
                floats("without_one_upper", self.without_upper),
                words_column("flips", self.flips.into_iter())?,
            ]);
        }
        Frame::new(columns)
    }
}

fn groups_of_rows(source: &Frame, name: &str, rows: &[u32]) -> Result<Vec<f64>, Finding> {
    let numbers = source.floats(name)?;
    Ok(rows.iter().map(|&row| numbers[row as usize]).collect())
}

fn coded_column(
    name: &str,
    words: &[String],
    codes: impl Iterator<Item = u32>,
) -> Result<polars::prelude::Column, Finding> {
    let rows: Vec<u32> = codes.collect();
    let mut column = Codes::with_capacity(words.len(), rows.len());
    column.tile(&rows, 1);
    column.column(name, words)
}

/// A column of a few different words.
fn words_column<'w>(name: &str, texts: impl Iterator<Item = &'w str>) -> Result<polars::prelude::Column, Finding> {
    let mut words = Words::default();
    let codes: Vec<u32> = texts.map(|text| words.code(text)).collect();
    let Ordered { words, ranks } = words.ordered();
    coded_column(name, &words, codes.iter().map(|&code| ranks[code as usize]))
}

/// Why there is no change; empty where there is one.
fn note(previous: &Previous) -> String {
    match previous {
        Previous::Group(_) => String::new(),
        Previous::First => "first period of the series".to_owned(),
        Previous::Gap => "no figure a year before: the series has a gap".to_owned(),
        Previous::Break(note) => format!("break in the series: {note}"),
    }
}

/// The word for a polarity.
fn polarity_word(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::High => "high",
        Polarity::Low => "low",
        Polarity::None => "none",
    }
}
