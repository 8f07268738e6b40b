//! Cells to observations: figures of authorities, regions and England, and which records each counts.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::areas::AreaKey;
use super::gauge::{Gauge, Kind};
use super::machine::Known;
use super::tally::{Cell, CellKey, Tally};
use crate::area::{Level, Register};
use crate::counted::{Counted, CountedCell, Set};
use crate::normalise::assemble::{Block, Measured, Rows};
use crate::normalise::cells::Figures;
use crate::normalise::input::{Input, Shared};
use crate::pipeline::{Pipeline, topic_of};
use crate::schema::TOTAL;
use crate::statistics::quantile::percentile_of_counts;
use crate::value::Status;

/// The counts of one area and breakdown of a period, with their words.
struct Line {
    key: AreaKey,
    region: Option<AreaKey>,
    list: usize,
    words: Vec<String>,
    topic: u32,
    breakdown: u32,
    cell: Cell,
}

/// Counts by area, number of the list of fields and codes of those fields, each with the region of an authority.
type Summed = FxHashMap<(AreaKey, u32, Box<[u32]>), (Option<AreaKey>, Cell)>;

/// All that observations are made of.
pub(super) struct Observed<'o, 'a> {
    pub pipeline: &'o Pipeline,
    pub input: &'o Input<'a>,
    pub register: &'o Register,
    pub gauges: &'o [Gauge<'o>],
    /// The areas met, by number.
    pub areas: &'o [AreaKey],
    /// Whether all records are of one authority.
    pub is_one: bool,
    /// The nodes of each list of fields.
    pub lists: &'o [Option<Vec<usize>>],
    pub known: Known<'o, 'a>,
    /// By measure, the column of the first field that it counts by.
    pub columns: &'o [u16],
    /// Where the records stood that an engine counted.
    pub records: Option<&'o str>,
}

impl Observed<'_, '_> {
    /// The blocks of the periods met, and of records about people which of them each count counts.
    pub fn blocks(&self, mut tally: Tally, shared: &mut Shared) -> Vec<Block> {
        tally.settle();
        let mut by_period: BTreeMap<u32, Vec<(CellKey, Cell)>> = BTreeMap::new();
        for (key, cell) in tally.cells.drain() {
            by_period.entry(key.1).or_default().push((key, cell));
        }
        let mut blocks = Vec::new();
        for (period, cells) in by_period {
            let lines = self.lines(period, cells, shared);
            if self.pipeline.protects() {
                let counted = self.counted(&lines, period, &tally, shared);
                shared.counted.push((period as usize, counted));
            }
            blocks.push(self.block(period, &lines, shared));
        }
        blocks
    }

    /// The counts of a period with their words, those of regions and England among them, in order.
    fn lines(&self, period: u32, cells: Vec<(CellKey, Cell)>, shared: &mut Shared) -> Vec<Line> {
        let day = shared.periods[period as usize].end;
        let mut regions: FxHashMap<u32, Option<AreaKey>> = FxHashMap::default();
        let country = self.country(shared).filter(|_| !self.is_one);
        let mut all: Summed = FxHashMap::default();
        for ((area, _, list, codes), cell) in cells {
            let own = self.areas[area as usize];
            let region = *regions.entry(area).or_insert_with(|| self.region(shared, own.1, day));
            let region = region.filter(|_| !self.is_one);
            for above in [region, country].into_iter().flatten() {
                let key = (above, list, codes.clone());
                all.entry(key).and_modify(|(_, sum)| sum.add(&cell)).or_insert_with(|| (None, cell.clone()));
            }
            all.insert((own, list, codes), (region, cell));
        }
        for (at, gauge) in self.gauges.iter().enumerate().filter(|(_, gauge)| !gauge.measure.over.is_empty()) {
            self.share_over(at, &gauge.measure.over, &mut all);
        }
        let mut lines: Vec<Line> = all
            .into_iter()
            .map(|((key, list, codes), (region, cell))| self.line(key, region, (list as usize, &codes), cell, shared))
            .collect();
        lines.sort_by_cached_key(|line| {
            let (level, la, ons, _) = line.key;
            let words = [shared.la.word(la), shared.ons.word(ons), shared.topic.word(line.topic)];
            (level, words.map(str::to_owned), shared.breakdown.word(line.breakdown).to_owned())
        });
        lines
    }

    /// Makes what measure number `at` is out of the records of all words of the fields `over`; broken down by none of them it is
    /// of nothing.
    fn share_over(&self, at: usize, over: &[String], all: &mut Summed) {
        let is_over = |list: u32| -> Vec<bool> {
            let fields = (list as usize).checked_sub(1).map_or(&[][..], |list| &self.pipeline.by[list]);
            fields.iter().map(|field| over.contains(field)).collect()
        };
        let rest = |list: u32, codes: &[u32]| -> Box<[u32]> {
            codes.iter().zip(is_over(list)).filter(|(_, over)| !over).map(|(code, _)| *code).collect()
        };
        let mut wholes: FxHashMap<(AreaKey, u32, Box<[u32]>), Set> = FxHashMap::default();
        for ((area, list, codes), (_, cell)) in &*all {
            let whole = wholes.entry((*area, *list, rest(*list, codes))).or_default();
            *whole = whole.and(cell.sides[at * 2 + 1]);
        }
        for ((area, list, codes), (_, cell)) in all {
            let is_broken_down = is_over(*list).contains(&true);
            let whole = wholes.get(&(*area, *list, rest(*list, codes))).filter(|_| is_broken_down);
            cell.sides[at * 2 + 1] = whole.copied().unwrap_or_default();
            if whole.is_none() {
                cell.sides[at * 2] = Set::default();
            }
        }
    }

    fn line(
        &self,
        key: AreaKey,
        region: Option<AreaKey>,
        (list, codes): (usize, &[u32]),
        cell: Cell,
        shared: &mut Shared,
    ) -> Line {
        let nodes = list.checked_sub(1).and_then(|list| self.lists[list].as_deref()).unwrap_or_default();
        let words: Vec<String> = nodes.iter().zip(codes).map(|(&node, &code)| self.known.word(node, code)).collect();
        let (topic, breakdown) = match list.checked_sub(1) {
            None => (TOTAL.to_owned(), TOTAL.to_owned()),
            Some(list) => (topic_of(&self.pipeline.by[list]), words.join(", ")),
        };
        let (topic, breakdown) = (shared.topic.code(&topic), shared.breakdown.code(&breakdown));
        Line { key, region, list, words, topic, breakdown, cell }
    }

    fn region(&self, shared: &mut Shared, la: u32, day: chrono::NaiveDate) -> Option<AreaKey> {
        let code = shared.la.word(la).parse().ok()?;
        let region = self.register.region(&self.register.at(code, day)?.region)?;
        Some((Level::Region, shared.la.code(""), shared.ons.code(&region.code), shared.name.code(&region.name)))
    }

    fn country(&self, shared: &mut Shared) -> Option<AreaKey> {
        let england = self.register.region("England")?;
        Some((Level::Country, shared.la.code(""), shared.ons.code(&england.code), shared.name.code(&england.name)))
    }

    /// The lines as rows and figures. A count has no single cell: its row is 0 and its column the first field counted.
    fn block(&self, period: u32, lines: &[Line], shared: &mut Shared) -> Block {
        let measured = (self.gauges.iter().enumerate())
            .map(|(at, gauge)| Measured {
                measure: shared.measure.code(gauge.name),
                unit: shared.unit.code(gauge.measure.unit.word()),
                positions: vec![self.columns[at]],
                figures: self.figures(at, gauge, lines),
            })
            .collect();
        let column = |pick: fn(&Line) -> u32| lines.iter().map(pick).collect::<Vec<u32>>();
        Block {
            release: shared.release.code(self.input.release.as_str()),
            file: vec![shared.file.code(&self.input.table.file)],
            sheet: vec![shared.sheet.code(&self.input.table.sheet)],
            rows: Rows {
                period: vec![period; lines.len()],
                level: column(|line| line.key.0 as u32),
                la: column(|line| line.key.1),
                ons: column(|line| line.key.2),
                name: column(|line| line.key.3),
                topic: column(|line| line.topic),
                breakdown: column(|line| line.breakdown),
                row: vec![0; lines.len()],
            },
            measured,
            counted: true,
        }
    }

    /// The figures of one measure: values, and where it is a share or a mean what they are made of.
    fn figures(&self, at: usize, gauge: &Gauge<'_>, lines: &[Line]) -> Figures {
        let pairs: Vec<(f64, f64)> = lines.iter().map(|line| self.pair(at, gauge, &line.cell)).collect();
        let multiplier = gauge.measure.unit.multiplier().unwrap_or(1.0);
        let values: Vec<f64> = (lines.iter().zip(&pairs))
            .map(|(line, &(top, bottom))| match gauge.kind {
                Kind::Percentile(part) => self.percentile(at, gauge, &line.cell, part),
                Kind::Mean if bottom > 0.0 => top / bottom,
                Kind::Count | Kind::Sum if !gauge.is_share() => top,
                Kind::Count | Kind::Sum if bottom > 0.0 => top / bottom * multiplier,
                _ => f64::NAN,
            })
            .collect();
        let is_there = |value: &f64| if value.is_nan() { Status::NotApplicable as u8 } else { Status::Number as u8 };
        let (share, spread) = (gauge.is_share(), gauge.is_spread());
        Figures {
            statuses: values.iter().map(is_there).collect(),
            raws: vec![0; values.len()],
            numerators: (share && !spread).then(|| pairs.iter().map(|pair| pair.0).collect()),
            denominators: share.then(|| pairs.iter().map(|pair| pair.1).collect()),
            values,
            column: self.columns[at],
        }
    }

    /// Numerator and denominator of a measure in a cell.
    fn pair(&self, at: usize, gauge: &Gauge<'_>, cell: &Cell) -> (f64, f64) {
        let [top, bottom] = [cell.sides[at * 2], cell.sides[at * 2 + 1]].map(|set| set.size as f64);
        match gauge.number {
            Some(node) => (cell.sums[at] / self.known.divisor(node), bottom),
            None => (top, bottom),
        }
    }

    fn percentile(&self, at: usize, gauge: &Gauge<'_>, cell: &Cell, part: f64) -> f64 {
        let Some(node) = gauge.number else { return f64::NAN };
        let place = self.gauges[..at].iter().filter(|gauge| gauge.is_spread() && gauge.number.is_some()).count();
        let number = |(&code, &times): (&u32, &u64)| Some((self.known.number(node, code)?, times));
        let mut numbers: Vec<(f64, u64)> = cell.spread[place].iter().filter_map(number).collect();
        numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
        percentile_of_counts(&numbers, part / 100.0).map_or(f64::NAN, |value| value / self.known.divisor(node))
    }

    /// Which records each count counts.
    fn counted(&self, lines: &[Line], period: u32, tally: &Tally, shared: &Shared) -> Counted {
        let word = |key: AreaKey| [key.0.word(), shared.la.word(key.1), shared.ons.word(key.2)].map(str::to_owned);
        let cell = |line: &Line| CountedCell {
            area: word(line.key),
            region: line.region.map_or_else(String::new, |region| shared.ons.word(region.2).to_owned()),
            breakdown: [shared.topic.word(line.topic), shared.breakdown.word(line.breakdown)].map(str::to_owned),
            by: line.list,
            words: line.words.clone(),
            sets: line.cell.sides.chunks(2).map(|sides| [sides[0], sides[1]]).collect(),
        };
        let table = &self.input.table;
        Counted {
            release: self.input.release.to_string(),
            records: self.records.map_or_else(|| format!("{} {}", table.file, table.sheet), str::to_owned),
            by_query: self.records.is_some(),
            period: shared.periods[period as usize].key(),
            by: std::iter::once(Vec::new()).chain(self.pipeline.by.iter().cloned()).collect(),
            measures: self.gauges.iter().map(|gauge| gauge.name.to_owned()).collect(),
            apart: tally.apart.clone(),
            meets: tally.meets.clone(),
            cells: lines.iter().map(cell).collect(),
        }
    }
}
