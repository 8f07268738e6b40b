//! Groups, sets and judgements to the frame of comparisons, slice by slice so that memory stays flat.

use std::ops::Range;

use super::against::{Against, Alternatives};
use super::change::{Changes, changes};
use super::detail::{Detail, Intervals, beyond_chance};
use super::groups::{Groups, NONE};
use super::ranking::Ranking;
use super::rows::{Rows, Sources, tile};
use super::sets::{Set, Sets};
use super::words::Vocabulary;
use super::{Context, Depth};
use crate::finding::Finding;
use crate::frame::Frame;
use crate::value::Status;

/// The comparisons of one table, ready to be put out.
pub struct Comparison<'a> {
    pub(super) sources: Sources<'a>,
    pub(super) groups: Groups<'a>,
    sets: Sets,
    pub(super) changes: Changes,
    pub(super) context: &'a Context<'a>,
    pub(super) intervals: Intervals,
    vocabulary: Vocabulary,
    /// The groups in the order they are put out, those in full first, and how many those are.
    pub(super) order: Vec<u32>,
    full: usize,
}

/// Buffers that are used for group after group.
#[derive(Default)]
struct Work {
    judged: Ranking,
    detail: Detail,
    before: Vec<f64>,
    present: Vec<f64>,
    /// The rows of the observations of the authorities that have one.
    own: Vec<u32>,
    against: Vec<Against>,
    numbers: Vec<f64>,
    codes: Vec<u32>,
    small: Vec<u16>,
}

impl<'a> Comparison<'a> {
    /// Groups the latest figures of `source` and finds each authority's comparators.
    ///
    /// # Errors
    /// A frame that lacks a column: a mistake in the program, said as a finding.
    pub fn of(source: &'a Frame, context: &'a Context<'a>) -> Result<Comparison<'a>, Finding> {
        let sources = Sources::of(source)?;
        let groups = Groups::of(source, context)?;
        let sets = Sets::of(&groups, context);
        let changes = changes(&groups, context);
        let in_full = |group: usize| match context.depth {
            Depth::Figures => false,
            Depth::Whole => groups.is_whole(group),
            Depth::Full => true,
        };
        let intervals = Intervals::of(&groups, in_full);
        let vocabulary = Vocabulary::of(&groups, &sets, &changes, &sources.status);
        let mut order: Vec<u32> = (0..groups.keys.len() as u32).collect();
        order.sort_by_cached_key(|&group| {
            let [measure, period, identifier, topic, breakdown] = groups.keys[group as usize];
            let when = groups.when[group as usize];
            (!in_full(group as usize), measure, when, period, identifier, topic, breakdown)
        });
        let full = order.partition_point(|&group| in_full(group as usize));
        Ok(Comparison { sources, groups, sets, changes, context, intervals, vocabulary, order, full })
    }

    /// Ranges of groups that make about `rows` rows each, those in full and the others apart.
    pub fn slices(&self, rows: usize) -> Vec<Range<usize>> {
        self.cut(0..self.full, rows).chain(self.cut(self.full..self.order.len(), rows)).collect()
    }

    /// `range` in pieces that make about `rows` rows each.
    pub fn cut(&self, range: Range<usize>, rows: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        let each = (self.groups.authorities.len() * self.sets.0.len()).max(1);
        let (end, step) = (range.end, (rows / each).max(1));
        range.step_by(step).map(move |from| from..(from + step).min(end))
    }

    /// The comparisons of the groups in `range`, in order of measure, period, breakdown, comparator and authority;
    /// those of the second layer where the range is in full.
    ///
    /// # Errors
    /// As [`Comparison::of`].
    pub fn frame(&self, range: Range<usize>) -> Result<Frame, Finding> {
        let full = range.start < self.full;
        let room = range.len() * self.groups.authorities.len() * self.sets.0.len();
        let mut rows = Rows::new(&self.sources, &self.vocabulary, room, full);
        let mut work = Work::default();
        for &group in &self.order[range] {
            self.add_group(group as usize, &mut rows, &mut work);
        }
        rows.frame()
    }

    fn add_group(&self, group: usize, rows: &mut Rows, work: &mut Work) {
        work.judged.judge(&self.groups, group, self.context.rank_minimum, self.context.ranked);
        if rows.second.is_some() {
            work.detail.work_out(&self.groups, group, &work.judged, &self.intervals, &self.changes);
        }
        let times = self.sets.0.len();
        self.fill_keys(group, work.judged.here.len() * times, rows);
        self.tile_figures(group, times, rows, work);
        self.tile_change(group, times, rows, work);
        self.tile_second(group, times, rows, work);
        for (number, set) in self.sets.0.iter().enumerate() {
            self.add_set(group, number, set, rows, work);
        }
    }

    /// What is the same in every row of the group.
    fn fill_keys(&self, group: usize, count: usize, rows: &mut Rows) {
        let key = self.groups.keys[group];
        for (column, code) in rows.keys.iter_mut().zip(key) {
            column.fill(code, count);
        }
        rows.ends.resize(rows.ends.len() + count, self.groups.when[group].end_day());
        rows.length.fill(self.vocabulary.lengths.codes[group], count);
        rows.unit.fill(self.vocabulary.units.codes[key[0] as usize], count);
        rows.polarity.fill(self.vocabulary.polarities.codes[key[0] as usize], count);
    }

    /// What is the same for every comparator.
    fn tile_figures(&self, group: usize, times: usize, rows: &mut Rows, work: &mut Work) {
        let Work { judged, own, codes, numbers, small, .. } = work;
        let all = self.groups.rows(group);
        own.clear();
        own.extend(judged.here.iter().map(|&place| all[place as usize]));
        let sources = &self.sources;
        rows.table.gather(&sources.table.codes, own, times, codes);
        rows.la.gather(&sources.la.codes, own, times, codes);
        rows.name.gather(&sources.name.codes, own, times, codes);
        sources.status.codes.gather(own, codes);
        codes.iter_mut().for_each(|code| *code = self.vocabulary.status(*code as usize));
        rows.status.tile(codes, times);
        let columns = [self.groups.values, self.groups.numerators, self.groups.denominators];
        for (column, source) in rows.figures.iter_mut().zip(columns) {
            numbers.clear();
            numbers.extend(own.iter().map(|&row| source[row as usize]));
            tile(column, numbers, times);
        }
        small.clear();
        small.extend(judged.here.iter().map(|&place| judged.ranks[place as usize]));
        tile(&mut rows.rank, small, times);
        for rank in small.iter_mut() {
            *rank = if *rank == 0 { 0 } else { judged.of };
        }
        tile(&mut rows.out_of, small, times);
    }

    fn tile_change(&self, group: usize, times: usize, rows: &mut Rows, work: &mut Work) {
        let Work { judged, codes, numbers, before, .. } = work;
        let count = judged.here.len();
        let change = &mut rows.figures[3];
        let Some(earlier) = self.changes.before(group) else {
            change.resize(change.len() + count * times, f64::NAN);
            rows.change_note.fill(self.vocabulary.notes.codes[group], count * times);
            return;
        };
        self.groups.values_into(earlier, before);
        numbers.clear();
        numbers.extend(judged.here.iter().map(|&place| judged.values[place as usize] - before[place as usize]));
        tile(change, numbers, times);
        let (lost, none) = self.vocabulary.lost_and_none();
        codes.clear();
        codes.extend(numbers.iter().map(|change| if change.is_nan() { lost } else { none }));
        rows.change_note.tile(codes, times);
    }

    fn tile_second(&self, group: usize, times: usize, rows: &mut Rows, work: &mut Work) {
        let Some(second) = &mut rows.second else { return };
        let Work { judged, detail, codes, numbers, small, .. } = work;
        let intervals = self.intervals.group(group);
        for (column, upper) in second.limits.iter_mut().zip([false, true]) {
            numbers.clear();
            numbers.extend(judged.here.iter().map(|&place| {
                intervals[place as usize].map_or(f64::NAN, |limits| if upper { limits.upper } else { limits.lower })
            }));
            tile(column, numbers, times);
        }
        for (column, ranks) in second.rank_limits.iter_mut().zip([&detail.rank_lower, &detail.rank_upper]) {
            small.clear();
            small.extend(judged.here.iter().map(|&place| ranks[place as usize]));
            tile(column, small, times);
        }
        let coded = [
            (&mut second.unusual, &detail.unusual),
            (&mut second.band, &detail.bands),
            (&mut second.certain, &detail.certain),
            (&mut second.trend, &detail.trends),
        ];
        for (column, source) in coded {
            codes.clear();
            codes.extend(judged.here.iter().map(|&place| u32::from(source[place as usize])));
            column.tile(codes, times);
        }
    }

    /// What depends on the comparator.
    fn add_set(&self, group: usize, number: usize, set: &Set, rows: &mut Rows, work: &mut Work) {
        let Work { judged, detail, present, codes, against, .. } = work;
        let count = judged.here.len();
        rows.comparator.fill(self.vocabulary.comparators.codes[number], count);
        rows.average.fill(self.vocabulary.averages[number], count);
        let names = self.vocabulary.names_of(number);
        codes.clear();
        codes.extend(judged.here.iter().map(|&place| names[place as usize]));
        rows.comparator_name.tile(codes, 1);
        let subject = self.groups.subject(group);
        let intervals = self.intervals.group(group);
        against.clear();
        for &place in &judged.here {
            let place = place as usize;
            let members = &set.members[place];
            let found = Against::of(&self.groups, group, &judged.values, members, present);
            against.push(found);
            if let Some(second) = &mut rows.second {
                let (value, counts) = (judged.values[place], detail.counts[place]);
                let beyond = beyond_chance(subject, detail.matters, value, intervals[place], counts, found.value);
                let multiplier = subject.unit.multiplier();
                let other =
                    Alternatives::of(value, found.value, present, members, &judged.values, &detail.counts, multiplier);
                second.push(beyond, &other);
            }
        }
        rows.add(against);
        let [number, missing] = [Status::Number, Status::NotAvailable].map(|status| self.vocabulary.status_of(status));
        codes.clear();
        codes.extend(against.iter().map(|against| match against.row {
            NONE if against.value.is_finite() => number,
            NONE => missing,
            row => self.vocabulary.status(self.sources.status.codes.get(row as usize)),
        }));
        rows.comparator_status.tile(codes, 1);
    }
}
