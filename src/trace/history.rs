//! A figure's series in every release that was filed: what each printed for each period, which counts, what was restated.

use super::filed::Filed;

use crate::period::PeriodKey;
use crate::shown::{number, signed};

use super::Traced;

impl Traced<'_> {
    /// The series of the figure of a row: its area, breakdown and measure in every period and release, the oldest first.
    pub(super) fn history(&self, row: usize) -> Vec<Filed> {
        let (figures, observed) = (self.figures, self.observed);
        let same = |other: &usize| {
            figures.area(*other) == figures.area(row)
                && figures.topic.codes.get(*other) == figures.topic.codes.get(row)
                && figures.breakdown.codes.get(*other) == figures.breakdown.codes.get(row)
                && figures.level.word(*other) == figures.level.word(row)
                && (!figures.below(row) || figures.name.word(*other) == figures.name.word(row))
        };
        let rows: Vec<usize> = (0..observed.height()).filter(same).collect();
        let counting = |key: PeriodKey| {
            let of = rows.iter().find(|&&other| observed.is_latest(other) && figures.periods.key(other) == key);
            of.and_then(|&other| observed.seen(other).value)
        };
        let filed = |&other: &usize| {
            let (seen, key, counts) = (observed.seen(other), figures.periods.key(other), observed.is_latest(other));
            let places = self.measure.places;
            let written = |value| number(value, places);
            let differs =
                counting(key).zip(seen.value).filter(|(now, then)| !counts && written(*now) != written(*then));
            let restated = differs.map(|(now, then)| now - then);
            Filed {
                release: observed.release(other).to_owned(),
                period: figures.periods.label(other),
                file: observed.file(other).to_owned(),
                value: seen.value,
                shown: match seen.value {
                    Some(_) => self.figure(other).shown,
                    None => seen.missing.symbol().to_owned(),
                },
                counts,
                difference: restated.map_or_else(String::new, |by| signed(by, places)),
                restated,
                key,
            }
        };
        let mut filed: Vec<Filed> = rows.iter().map(filed).collect();
        filed.sort_by(|one, other| (one.key, &one.release).cmp(&(other.key, &other.release)));
        filed
    }
}
