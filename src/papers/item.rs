//! A measure of a paper about one authority: its series up to the last period wanted, and what may be said of the last figure.

use crate::reading::{Age, Caveat, Evidence, Judgement, Reading, words};
use crate::schema::TOTAL;
use crate::series::{Series, When};

use super::choose::Chosen;
use super::judge::Asked;
use super::messages::score;
use super::own_item::Returned;
use super::view::View;

/// A measure of a paper with its reading.
pub struct Item<'a> {
    /// Which measure.
    pub chosen: Chosen<'a>,
    /// The authority's figures, of the kind of the last: years, or the same month of each.
    pub series: Series<'a>,
    /// The last period.
    pub when: When<'a>,
    /// What may be said of its figure, as the pages write it.
    pub reading: Reading,
    /// Decimal places in the annex.
    pub exact: u8,
    /// What the council asks of it.
    pub asked: Asked,
    /// What the council's own return holds beside it; none of a published measure.
    pub own: Option<Returned<'a>>,
    /// Whether nothing newer stands in the paper, so that old figures are what it has to tell.
    pub newest: bool,
}

impl Item<'_> {
    /// The name of its figures: table and measure.
    pub fn is(&self, chosen: &Chosen<'_>) -> bool {
        (self.chosen.table, self.chosen.name, self.chosen.rate.is_some())
            == (chosen.table, chosen.name, chosen.rate.is_some())
    }

    /// The number that the council asks for.
    pub fn target(&self) -> Option<f64> {
        match &self.reading.target {
            Judgement::Judged(judged) => judged.number,
            Judgement::None(_) => None,
        }
    }

    /// What the council says of its own figure; empty for nothing.
    pub fn comment(&self) -> &str {
        self.own.as_ref().map_or("", |own| own.comment.as_str())
    }

    /// Whether a number may be said of it now: it is there and not of old.
    pub fn is_news(&self) -> bool {
        self.reading.level.value().is_some() && (self.newest || self.reading.age == Age::Fresh)
    }
}

impl<'a> View<'a> {
    /// The series of a measure up to the last period wanted, that period, and all that the run found out about its figure.
    pub fn evidence(&self, chosen: &Chosen<'a>) -> Option<(Series<'a>, When<'a>, Evidence)> {
        let series = self.whole(chosen);
        let when = series.points.last()?.when;
        let part = if series.about == (TOTAL, TOTAL) { "" } else { series.about.1 };
        let slice = self.slice(chosen, series.about.0, series.about.1);
        let evidence = slice.evidence(self.authority, when, part, self.register);
        Some((series, when, evidence))
    }

    /// A measure with its reading in the last period wanted; none where the authority has no figure of it.
    pub fn item(&self, chosen: &Chosen<'a>) -> Option<Item<'a>> {
        let (series, when, evidence) = self.evidence(chosen)?;
        Some(item_of(chosen, series, when, evidence))
    }

    /// The part of a measure by a topic of which most may be said for sure; none where the authority has no figure of any.
    pub fn telling_part(&self, chosen: &Chosen<'a>, topic: &str) -> Option<Item<'a>> {
        let part = |series: Series<'a>| {
            let when = series.points.last()?.when;
            let slice = self.slice(chosen, series.about.0, series.about.1);
            let evidence = slice.evidence(self.authority, when, series.about.1, self.register);
            Some(item_of(chosen, series, when, evidence)).filter(|item| item.reading.level.value().is_some())
        };
        let parts = self.parts(chosen, topic).into_iter().filter(|series| series.about.1 != TOTAL).filter_map(part);
        // Of parts that say as much the largest one speaks.
        let size =
            |item: &Item<'a>| item.reading.level.amount().and_then(|amount| amount.counts).map_or(0.0, |(_, of)| of);
        let weight = |item: &Item<'a>| (score(item), size(item));
        parts.reduce(|best, other| if weight(&other) > weight(&best) { other } else { best })
    }

    /// Whether newer figures than those of a period have probably been published: the newest of the build are years newer.
    pub fn age(&self, when: When<'_>) -> Age {
        if self.period.is_some() { Age::Fresh } else { Age::of(when.day(), self.newest) }
    }
}

/// A measure with what was found out about it, as the pages write it.
fn item_of<'a>(chosen: &Chosen<'a>, series: Series<'a>, when: When<'a>, mut evidence: Evidence) -> Item<'a> {
    evidence.caveats.extend(older(chosen, when));
    if chosen.rate.is_some() {
        // The id leads to the count, which stands in a row of its own.
        evidence.cells.clear();
    }
    let mut reading = evidence.reading();
    let exact = reading.measure.places;
    reading = reading.in_prose();
    let exact = exact.max(reading.measure.places);
    let (asked, own) = (Asked::default(), None);
    Item { chosen: *chosen, series, when, reading, exact, newest: false, asked, own }
}

/// Whether a rate's population is older than its count.
fn older(chosen: &Chosen<'_>, when: When<'_>) -> Option<Caveat> {
    let (rate, _) = chosen.rate?;
    let day = rate.older.get(&when.day())?;
    let counted = format!("{} of {}", rate.counted, when.dated(&chosen.meta.dated).prose);
    Some(Caveat::OldDenominator { counted, each: rate.each.clone(), of: day.format("mid-%Y").to_string() })
}

/// The periods of readings as they are spoken of, those that most have first; of as many the one that comes first.
pub fn periods<'r>(readings: impl Iterator<Item = &'r Reading>) -> Vec<&'r str> {
    let mut counts: Vec<(usize, &str)> = Vec::new();
    for reading in readings {
        let prose = reading.period.prose.as_str();
        match counts.iter_mut().find(|(_, known)| *known == prose) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, prose)),
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(_, prose)| prose).collect()
}

/// That figures are old, a sentence for each period.
pub fn old(items: &[&Item<'_>]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for item in items.iter().filter(|item| item.reading.age == Age::Stale) {
        let sentence = words::stale(&item.reading);
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    said
}
