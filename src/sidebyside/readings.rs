//! What may be said of a line of the table: the same reading as in charts and papers, from the comparison at hand.

use super::view::{Line, View};
use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::reading::{Evidence, Link, Missing, Past, Reading, Seen, When};
use crate::statistics::quartile::quartile_bounds;
use crate::store::measure;

impl View<'_> {
    /// What may be said of an authority beside all it is compared with, in the order in which that was asked.
    pub fn reading(&self, code: LaCode) -> Reading {
        self.beside(code, self.asked.beside(self.found))
    }

    /// What may be said of an authority beside `comparators`.
    pub fn beside(&self, code: LaCode, comparators: &[Comparator]) -> Reading {
        let mut evidence = self.evidence(&self.line(code, None));
        let Some(last) = self.moments.last() else { return evidence.reading() };
        let own = self.comparison.figure(last.group, code);
        let other = |one| self.comparison.against(last.group, code, one).other(own, self.asked.register);
        evidence.others = comparators.iter().map(other).collect();
        let standing = self.standing(code);
        let sharing = self.standings.iter().filter(|other| other.rank == standing.rank).count();
        standing.tell(&mut evidence, sharing);
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
                None => Link::parse(&self.comparison.change_note(moment.group)),
            };
            let seen = line.figures.get(index).copied().unwrap_or(Seen::missing(Missing::Absent));
            past.push(Past { when: moment.when.dated(&self.found.meta.dated), seen, link });
            // Over a gap or a break a series of years goes on with the year before it.
            at = self.moments[..index].iter().rposition(|other| match before {
                Some(group) => other.group == group,
                None => moment.when.key.length().is_years() && other.when.is_alike(&moment.when),
            });
        }
        past.reverse();
        past
    }
}
