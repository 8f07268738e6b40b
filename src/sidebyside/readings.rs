//! What may be said of a line of the table: the same reading as in charts and papers, from the comparison at hand.

use super::side::{Line, View};
use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::compare::{Against, Figure};
use crate::reading::{Evidence, Flips, Link, Missing, Other, Past, Placed, Reading, Seen, When, Whom};
use crate::statistics::quartile::quartile_bounds;
use crate::statistics::trend::Marker;
use crate::statistics::unusual;
use crate::store::measure;

impl View<'_> {
    /// What may be said of an authority beside all it is compared with, in the order in which that was asked.
    pub fn reading(&self, code: LaCode) -> Reading {
        self.beside(code, &self.asked.comparators)
    }

    /// What may be said of an authority beside `comparators`.
    pub fn beside(&self, code: LaCode, comparators: &[Comparator]) -> Reading {
        let mut evidence = self.evidence(&self.line(code, None));
        let Some(last) = self.moments.last() else { return evidence.reading() };
        let standing = self.standing(code);
        let own = evidence.past.last().map(|past| past.seen);
        let against = |comparator: &Comparator| self.comparison.against(last.group, code, comparator);
        evidence.others = comparators.iter().map(|one| other(one, &against(one), own)).collect();
        evidence.trend = Marker::side_of(standing.trend);
        evidence.unusual = unusual::Place::from_word(standing.unusual);
        evidence.placed = standing.rank.map(|rank| Placed {
            rank: u32::from(rank),
            of: u32::from(standing.of),
            range: standing.ranks.map(|(first, last)| (u32::from(first), u32::from(last))),
            joint: (self.standings.iter().filter(|other| other.rank == Some(rank)).count() as u32).saturating_sub(1),
            before: None,
        });
        evidence.reading()
    }

    /// What is known of a line by itself: its years, and how far authorities lie apart.
    pub fn evidence(&self, line: &Line) -> Evidence {
        let part = if self.only.0 == self.only.1 { "" } else { &self.only.1 };
        let measure = measure(self.found, part);
        let mut evidence = Evidence::new(measure, &line.name, When::default(), Seen::missing(Missing::Absent));
        let Some(last) = self.moments.last() else { return evidence };
        let authorities = self.comparison.authorities();
        let values: Vec<Option<f64>> =
            authorities.iter().map(|&code| self.comparison.figure(last.group, code).value).collect();
        let bounds = quartile_bounds(&values);
        evidence.spread = bounds[3].zip(bounds[1]).map(|(upper, lower)| upper - lower);
        evidence.past = self.past(line);
        evidence
    }

    /// The years of a line back from the latest, oldest first; each period is linked to the one a year before it.
    fn past(&self, line: &Line) -> Vec<Past> {
        let mut past = Vec::new();
        let mut at = self.moments.len().checked_sub(1);
        while let Some(index) = at {
            let moment = &self.moments[index];
            let before = self.comparison.before(moment.group);
            let link = match before {
                Some(_) => Link::Joined,
                None => Link::read(&self.comparison.change_note(moment.group)),
            };
            let when = When::new(moment.end, &self.label(moment));
            past.push(Past { when, seen: line.figures.get(index).map_or(Seen::missing(Missing::Absent), seen), link });
            // Over a gap or a break the series goes on with the period before it.
            let earlier =
                self.moments[..index].iter().rposition(|other| before.is_none_or(|group| other.group == group));
            at = earlier;
        }
        past.reverse();
        past
    }
}

/// A comparator as a reading takes it, with the result of the test of `own` against it.
fn other(comparator: &Comparator, against: &Against, own: Option<Seen>) -> Other {
    let name = || against.name.clone();
    let whom = match comparator {
        Comparator::England => Whom::England,
        Comparator::Region => Whom::Region(name()),
        Comparator::Neighbours(year) | Comparator::NeighboursOf(year) => Whom::Neighbours(Some(*year)),
        Comparator::Group(_) => Whom::Group(name()),
        Comparator::Authority(_) => Whom::Authority(name()),
    };
    let value = against.figure.value;
    Other {
        used: (u32::from(against.used.0), u32::from(against.used.1)),
        flips: Flips { average: against.flips.contains("average"), set: against.flips.contains("set") },
        median: against.median,
        ..Other::new(whom, value, own.and_then(|own| own.against(value)))
    }
}

/// A figure of the comparison as a reading takes it.
fn seen(figure: &Figure) -> Seen {
    let missing = if figure.row.is_some() { Missing::of(figure.status) } else { Missing::Absent };
    let (above, below) = figure.counts.unzip();
    Seen { value: figure.value, missing, above, below, range: figure.interval }
}
