//! One measure about one breakdown: its periods, and every authority that has a row in them.

use rustc_hash::FxHashMap;

use super::Found;
use super::columns::{Columns, Rows};
use crate::area::{LaCode, Level};
use crate::comparator::Comparator;
use crate::figure::{Key, beside};
use crate::period::PeriodKey;
use crate::reading::{Link, Seen};
use crate::schema::TOTAL;
use crate::series::{Against, Beside, Point, Series, Standing, When};
use crate::statistics::Interval;

/// One measure about one breakdown.
pub struct Slice<'a> {
    /// Which measure of which table.
    pub found: Found<'a>,
    /// Topic and breakdown as published; empty where nothing was.
    pub about: (&'a str, &'a str),
    columns: &'a Columns<'a>,
    rows: Option<&'a Rows>,
    periods: Vec<When<'a>>,
}

impl Found<'_> {
    /// The id of an authority's figure about a topic and breakdown in a period; empty for a group, whose figures stand in no
    /// table.
    pub fn id(&self, who: LaCode, period: PeriodKey, about: (&str, &str)) -> String {
        if who.is_group() {
            return String::new();
        }
        let key = Key {
            table: self.table,
            measure: self.name,
            period,
            area: &who.to_string(),
            level: Level::Authority.word(),
            below: "",
            topic: about.0,
            breakdown: about.1,
        };
        key.id()
    }
}

impl<'a> Slice<'a> {
    pub(super) fn new(
        found: Found<'a>,
        about: (&'a str, &'a str),
        columns: &'a Columns<'a>,
        rows: Option<&'a Rows>,
    ) -> Slice<'a> {
        let periods = rows.map_or_else(Vec::new, |rows| rows.periods(columns));
        Slice { found, about, columns, rows, periods }
    }

    /// Its periods in order of time.
    pub fn periods(&self) -> &[When<'a>] {
        &self.periods
    }

    /// The figures of an authority over time, beside its comparators.
    pub fn series(&self, who: LaCode) -> Series<'a> {
        let rows = self.rows_of(who);
        let mut points: Vec<Point<'a>> = Vec::new();
        for &row in rows {
            let (row, when) = (row as usize, self.when(row as usize));
            match points.iter_mut().find(|point| point.when == when) {
                Some(point) => point.against.push(self.against(row)),
                None => points.push(self.point_of(row, when)),
            }
        }
        points.sort_by_key(|point| point.when);
        Series { who, about: self.about, points }
    }

    /// Every authority with a row in a period, by code: its name and figure.
    pub fn at(&self, when: When<'_>) -> Vec<(LaCode, &'a str, Seen)> {
        let first = |(la, rows): (&usize, &Vec<u32>)| {
            let row = rows.iter().map(|&row| row as usize).find(|&row| self.when(row) == when)?;
            Some((self.columns.la.words[*la].parse().ok()?, self.columns.area.word(row), self.own(row)))
        };
        let mut all: Vec<(LaCode, &'a str, Seen)> =
            self.rows.into_iter().flat_map(|rows| &rows.by).filter_map(first).collect();
        all.sort_by_key(|(code, ..)| *code);
        all
    }

    /// The figure of an authority in a period, beside its comparators.
    pub fn point(&self, who: LaCode, when: When<'_>) -> Option<Point<'a>> {
        let mut rows = self.rows_of(who).iter().map(|&row| row as usize).filter(|&row| self.when(row) == when);
        let first = rows.next()?;
        let mut point = self.point_of(first, self.when(first));
        point.against.extend(rows.map(|row| self.against(row)));
        Some(point)
    }

    /// The figure of an authority in a period.
    pub fn figure(&self, who: LaCode, when: When<'_>) -> Option<Seen> {
        let mut rows = self.rows_of(who).iter().map(|&row| row as usize);
        rows.find(|&row| self.when(row) == when).map(|row| self.own(row))
    }

    /// How many authorities have which rank in a period.
    pub(super) fn ranks(&self, when: When<'_>) -> FxHashMap<u16, usize> {
        let mut ranks = FxHashMap::default();
        for rows in self.rows.into_iter().flat_map(|rows| rows.by.values()) {
            let row = rows.iter().map(|&row| row as usize).find(|&row| self.when(row) == when);
            if let Some(rank) = row.map(|row| self.columns.rank[row]).filter(|rank| *rank > 0) {
                *ranks.entry(rank).or_default() += 1;
            }
        }
        ranks
    }

    /// How a period is linked to the one a year before, whichever authority's.
    pub(super) fn link(&self, when: When<'_>) -> Link {
        let mut all = self.rows.into_iter().flat_map(|rows| rows.by.values().flatten()).map(|&row| row as usize);
        all.find(|&row| self.when(row) == when)
            .map_or(Link::First, |row| Link::parse(self.columns.change_note.word(row)))
    }

    /// England's figure in a period, beside whichever authority.
    pub fn england(&self, when: When<'_>) -> Option<Seen> {
        let england = self.columns.comparator.code(Beside::England.key())?;
        let mut all = self.rows.into_iter().flat_map(|rows| rows.by.values().flatten()).map(|&row| row as usize);
        let row = all.find(|&row| self.columns.comparator.codes.get(row) == england && self.when(row) == when)?;
        Some(self.beside(row))
    }

    /// Whether England's figure of a period is the sum of the authorities' and not an average: a number of things or of
    /// pounds that is more than any authority has.
    pub fn is_total(&self, when: When<'_>) -> bool {
        if !matches!(self.found.measure.unit.as_str(), "number" | "pounds") {
            return false;
        }
        let each = self.at(when).into_iter().filter(|(code, ..)| !code.is_group());
        let most = each.filter_map(|(.., seen)| seen.value).fold(f64::NEG_INFINITY, f64::max);
        self.england(when).and_then(|england| england.value).is_some_and(|england| england > most)
    }

    /// The name of the part that the figures are about; empty for the whole.
    pub fn part(&self) -> &'a str {
        if self.about.0 == TOTAL { "" } else { self.about.1 }
    }

    /// The id of an authority's figure in a period; empty for a group, whose figures stand in no table.
    pub fn id(&self, who: LaCode, when: When<'_>) -> String {
        // What no row has leads nowhere, and so does what stands beside it.
        self.figure(who, when).map_or_else(String::new, |_| self.found.id(who, when.key, self.about))
    }

    /// The id of what stands beside an authority's figure: of the other authority's own, or of the figure and a word.
    pub fn id_beside(&self, who: LaCode, when: When<'_>, comparator: &Comparator) -> String {
        match comparator {
            Comparator::Authority(other) => self.id(*other, when),
            _ => beside(&self.id(who, when), &comparator.key()),
        }
    }

    fn rows_of(&self, who: LaCode) -> &'a [u32] {
        let code = self.columns.la.code(&who.to_string());
        code.zip(self.rows).and_then(|(code, rows)| rows.by.get(&code)).map_or(&[], Vec::as_slice)
    }

    fn when(&self, row: usize) -> When<'a> {
        self.columns.when(row)
    }

    fn point_of(&self, row: usize, when: When<'a>) -> Point<'a> {
        let at = self.columns;
        Point {
            when,
            area: at.area.word(row),
            figure: self.own(row),
            standing: Standing {
                rank: Some(at.rank[row]).filter(|rank| *rank > 0),
                out_of: at.out_of[row],
                range: Some((at.rank_lower[row], at.rank_upper[row])).filter(|(best, _)| *best > 0),
                band: at.band.word(row),
                certain: at.certain.word(row),
                unusual: at.unusual.word(row),
                trend: at.trend.word(row),
            },
            link: Link::parse(at.change_note.word(row)),
            change: Some(at.change[row]).filter(|change| change.is_finite()),
            against: vec![self.against(row)],
        }
    }

    fn against(&self, row: usize) -> Against<'a> {
        let at = self.columns;
        let known = |number: f64| Some(number).filter(|number| number.is_finite());
        Against {
            comparator: at.comparator.word(row).into(),
            name: at.comparator_name.word(row).into(),
            figure: self.beside(row),
            average: at.average.word(row),
            used: at.used[row],
            members: at.members[row],
            beyond: at.beyond.word(row),
            median: known(at.median[row]),
            pooled: known(at.pooled[row]),
            without_one: known(at.without_lower[row]).zip(known(at.without_upper[row])),
            flips: at.flips.word(row),
        }
    }

    /// The authority's figure in a row.
    fn own(&self, row: usize) -> Seen {
        let at = self.columns;
        let range = Interval { lower: at.lower[row], upper: at.upper[row] };
        Seen {
            range: Some(range).filter(|range| range.lower.is_finite() && range.upper.is_finite()),
            ..Seen::read(at.value[row], at.status.word(row)).counted(at.numerator[row], at.denominator[row])
        }
    }

    /// The comparator's figure in a row.
    fn beside(&self, row: usize) -> Seen {
        Seen::read(self.columns.comparator_value[row], self.columns.comparator_status.word(row))
    }
}
