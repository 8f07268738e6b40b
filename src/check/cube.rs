//! Where every figure of a table stands: by measure and breakdown, period, release and area.
//!
//! In: the frame of observations. Out: a `Cube`, from which every unasked check reads. A file says the same areas, periods
//! and breakdowns once more for each of its measures; so the places of its rows are found once and serve them all.

use rustc_hash::FxHashMap;

use crate::area::Level;
use crate::finding::Finding;
use crate::frame::{Coded, Frame};
use crate::period::{Cadence, Length, PeriodKey};
use crate::pipeline::{Release, Unit};
use crate::schema::{Periods, column};
use crate::value::Status;

/// No row.
pub(super) const NONE: u32 = u32::MAX;

/// The place of England in every cube.
pub(super) const ENGLAND: usize = 0;

/// The areas of a table: England, then regions, then authorities, each with a number.
pub(super) struct Places {
    /// By place, the code of the region or authority in its column.
    codes: Vec<usize>,
    by_ons: Vec<usize>,
    by_la: Vec<usize>,
    /// The first place of an authority.
    pub first_authority: usize,
}

const NOWHERE: usize = usize::MAX;

impl Places {
    fn of(ons: &Coded<'_>, la: &Coded<'_>) -> Places {
        let mut places = Places {
            codes: vec![NOWHERE],
            by_ons: vec![NOWHERE; ons.words.len()],
            by_la: vec![NOWHERE; la.words.len()],
            first_authority: 0,
        };
        for (code, word) in ons.words.iter().enumerate() {
            if word.starts_with("E12") || word.starts_with("E13") {
                places.by_ons[code] = places.codes.len();
                places.codes.push(code);
            }
        }
        places.first_authority = places.codes.len();
        for (code, word) in la.words.iter().enumerate() {
            if !word.is_empty() {
                places.by_la[code] = places.codes.len();
                places.codes.push(code);
            }
        }
        places
    }

    /// Whether England is the only area, so that its breakdowns are what is compared.
    pub fn is_national(&self) -> bool {
        self.codes.len() == 1
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// The places of regions.
    pub fn regions(&self) -> std::ops::Range<usize> {
        1..self.first_authority
    }

    /// The places of authorities.
    pub fn authorities(&self) -> std::ops::Range<usize> {
        self.first_authority..self.codes.len()
    }
}

/// The rows of one release's file, in the order of one measure: which cell each is.
struct Pattern {
    /// Period, identifier, topic and breakdown of each group of cells.
    keys: Vec<[usize; 4]>,
    /// By group and place, the row within the pattern.
    cells: Vec<u32>,
    /// The period of each group.
    periods: Vec<PeriodKey>,
}

/// The figures of one measure, breakdown, period and release.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub measure: usize,
    pub topic: usize,
    pub breakdown: usize,
    /// What its periods have in common with those of its series, by number.
    pub cadence: usize,
    pub key: PeriodKey,
    pub end: i32,
    pub period: usize,
    pub identifier: usize,
    /// The number of the release, in order of releases.
    pub release: usize,
    first: u32,
    pattern: u32,
    local: u32,
}

impl Group {
    /// What a series is: measure, topic, breakdown and cadence.
    pub fn line(&self) -> [usize; 4] {
        [self.measure, self.topic, self.breakdown, self.cadence]
    }
}

/// The coded columns that checks read.
pub(super) struct Words<'a> {
    pub measure: Coded<'a>,
    pub topic: Coded<'a>,
    pub breakdown: Coded<'a>,
    pub period: Coded<'a>,
    pub identifier: Coded<'a>,
    pub release: Coded<'a>,
    pub unit: Coded<'a>,
    pub level: Coded<'a>,
    pub la: Coded<'a>,
    pub ons: Coded<'a>,
    pub name: Coded<'a>,
    pub status: Coded<'a>,
}

impl<'a> Words<'a> {
    fn of(frame: &'a Frame) -> Result<Words<'a>, Finding> {
        Ok(Words {
            measure: frame.get(column::Measure)?,
            topic: frame.get(column::BreakdownTopic)?,
            breakdown: frame.get(column::Breakdown)?,
            period: frame.get(column::Period)?,
            identifier: frame.get(column::PeriodIdentifier)?,
            release: frame.get(column::Release)?,
            unit: frame.get(column::Unit)?,
            level: frame.get(column::Level)?,
            la: frame.get(column::LaCode)?,
            ons: frame.get(column::OnsCode)?,
            name: frame.get(column::AreaName)?,
            status: frame.get(column::Status)?,
        })
    }
}

/// Every figure of a table by its place.
pub(super) struct Cube<'a> {
    pub frame: &'a Frame,
    pub words: Words<'a>,
    pub values: &'a [f64],
    pub places: Places,
    /// In order of line, end and release.
    pub groups: Vec<Group>,
    patterns: Vec<Pattern>,
    /// The releases, oldest first, by number; each the code of its word.
    pub releases: Vec<usize>,
}

impl<'a> Cube<'a> {
    /// Finds the place of every row of England, a region or an authority.
    ///
    /// # Errors
    /// A frame that lacks a column: a mistake in the program, said as a finding.
    pub fn of(frame: &'a Frame) -> Result<Cube<'a>, Finding> {
        let words = Words::of(frame)?;
        let releases = in_order(&words.release);
        let mut cube = Cube {
            frame,
            values: frame.get(column::Value)?,
            places: Places::of(&words.ons, &words.la),
            words,
            groups: Vec::new(),
            patterns: Vec::new(),
            releases,
        };
        let periods = Periods::of(frame)?;
        let mut cadences: Vec<Cadence> = Vec::new();
        let mut before: Option<(usize, usize)> = None;
        for (from, to) in segments(&cube.words) {
            let same = before.is_some_and(|before| cube.words.repeat(before, (from, to)));
            if !same {
                let pattern = pattern(&cube.words, &cube.places, &periods, from, to);
                cube.patterns.push(pattern);
                before = Some((from, to));
            }
            cube.add(from, &mut cadences);
        }
        let key = |group: &Group| (group.line(), group.end, group.release);
        cube.groups.sort_by_key(key);
        Ok(cube)
    }

    /// The groups of the newest pattern for the measure whose rows begin at `from`.
    fn add(&mut self, from: usize, cadences: &mut Vec<Cadence>) {
        let Some(pattern) = self.patterns.last() else { return };
        let release = self.words.release.codes.get(from);
        let number = self.releases.iter().position(|&code| code == release).unwrap_or_default();
        let measure = self.words.measure.codes.get(from);
        let which = self.patterns.len() as u32 - 1;
        for (local, (&[period, identifier, topic, breakdown], &key)) in
            pattern.keys.iter().zip(&pattern.periods).enumerate()
        {
            let series = series(key);
            let cadence = cadences.iter().position(|known| *known == series).unwrap_or(cadences.len());
            if cadence == cadences.len() {
                cadences.push(series);
            }
            self.groups.push(Group {
                measure,
                topic,
                breakdown,
                cadence,
                key,
                end: key.end_day(),
                period,
                identifier,
                release: number,
                first: from as u32,
                pattern: which,
                local: local as u32,
            });
        }
    }

    /// The row of `place` in `group`.
    pub fn row(&self, group: &Group, place: usize) -> Option<usize> {
        let width = self.places.len();
        let cell = self.patterns[group.pattern as usize].cells[group.local as usize * width + place];
        (cell != NONE).then(|| (group.first + cell) as usize)
    }

    /// By code of the status, whether the figure is of an authority that was not open.
    pub fn outside(&self) -> Vec<bool> {
        let words = self.words.status.words.iter();
        words.map(|word| Status::from_word(word).is_some_and(Status::is_outside)).collect()
    }

    /// The place of the authority with the 3-digit `code`.
    pub fn authority(&self, code: &str) -> Option<usize> {
        let place = self.places.by_la[self.words.la.code(code)?];
        (place != NOWHERE).then_some(place)
    }

    /// The place of the region with the 9-character `code`.
    pub fn region(&self, code: &str) -> Option<usize> {
        let place = self.places.by_ons[self.words.ons.code(code)?];
        (place != NOWHERE).then_some(place)
    }

    /// A row of `group`, whatever its place.
    pub fn any_row(&self, group: &Group) -> Option<usize> {
        (0..self.places.len()).find_map(|place| self.row(group, place))
    }

    /// The name of the area with number `place`, from its newest row.
    pub fn name(&self, place: usize) -> &'a str {
        let row = self.groups.iter().rev().find_map(|group| self.row(group, place));
        row.map_or("", |row| self.words.name.word(row))
    }

    /// The code of the unit of the measure of `group`.
    pub fn unit_code(&self, group: &Group) -> usize {
        self.words.unit.codes.get(group.first as usize)
    }

    /// The unit of the measure of `group`.
    pub fn unit(&self, group: &Group) -> Unit {
        Unit::from_word(self.words.unit.words[self.unit_code(group)]).unwrap_or(Unit::Number)
    }
}

impl Words<'_> {
    /// Whether two runs of rows are about the same cells, one by one.
    fn repeat(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let columns = [
            &self.period,
            &self.identifier,
            &self.level,
            &self.la,
            &self.ons,
            &self.topic,
            &self.breakdown,
            &self.release,
        ];
        one.1 - one.0 == other.1 - other.0
            && columns.iter().all(|column| column.codes.repeats(one.0, other.0, one.1 - one.0))
    }
}

/// What the periods of one series have in common: those of years and terms are a year apart, months and weeks follow each
/// other.
fn series(key: PeriodKey) -> Cadence {
    match key.length() {
        Length::Months(_) | Length::Days(_) => Cadence { place: 0, ..key.cadence() },
        Length::Term | Length::TwoTerms => key.cadence(),
    }
}

/// The releases by their order.
fn in_order(release: &Coded<'_>) -> Vec<usize> {
    let mut codes: Vec<usize> = (0..release.words.len()).collect();
    codes.sort_by_cached_key(|&code| Release::new(release.words[code]));
    codes
}

/// Runs of rows of one release and measure.
fn segments(words: &Words<'_>) -> Vec<(usize, usize)> {
    let height = words.measure.codes.len();
    let key = |row: usize| (words.measure.codes.get(row), words.release.codes.get(row));
    let mut found = Vec::new();
    let mut from = 0;
    for row in 1..=height {
        if row == height || key(row) != key(from) {
            found.push((from, row));
            from = row;
        }
    }
    if height == 0 { Vec::new() } else { found }
}

/// The cells of the rows from `from` to before `to`.
fn pattern(words: &Words<'_>, places: &Places, periods: &Periods<'_>, from: usize, to: usize) -> Pattern {
    let [country, region, authority] =
        [Level::Country, Level::Region, Level::Authority].map(|level| words.level.code(level.word()));
    let mut pattern = Pattern { keys: Vec::new(), cells: Vec::new(), periods: Vec::new() };
    let mut index: FxHashMap<[usize; 4], usize> = FxHashMap::default();
    let mut last: Option<([usize; 4], usize)> = None;
    for row in from..to {
        let level = Some(words.level.codes.get(row));
        let place = if level == authority {
            places.by_la[words.la.codes.get(row)]
        } else if level == region {
            places.by_ons[words.ons.codes.get(row)]
        } else if level == country {
            ENGLAND
        } else {
            NOWHERE
        };
        if place == NOWHERE {
            continue;
        }
        let key =
            [&words.period, &words.identifier, &words.topic, &words.breakdown].map(|column| column.codes.get(row));
        let local = match last {
            Some((known, local)) if known == key => local,
            _ => *index.entry(key).or_insert_with(|| {
                pattern.keys.push(key);
                pattern.periods.push(periods.key(row));
                pattern.cells.resize(pattern.cells.len() + places.len(), NONE);
                pattern.keys.len() - 1
            }),
        };
        last = Some((key, local));
        pattern.cells[local * places.len() + place] = (row - from) as u32;
    }
    pattern
}
