//! From a figure of a series to what may be said of it: its years, its comparators, its place, the spread of authorities.

use rustc_hash::FxHashMap;

use super::Found;
use super::slice::Slice;
use crate::area::{LaCode, Register};
use crate::compare::Subject;
use crate::pipeline::Unit;
use crate::publish::MeasureMeta;
use crate::reading::{
    Age, Caveat, Evidence, Link, Measure, Missing, Other, Past, Phrases, Placed, Seen, When as Spoken,
};
use crate::series::{Beside, Point, When};
use crate::shown::within;
use crate::statistics::quartile::quartile_bounds;
use crate::statistics::rank_interval::{Correction, from_the_highest};
use crate::statistics::{Confidence, Interval, Polarity, cohort};

/// A measure as words have it; `part` is the breakdown that the figure is about, empty for the whole.
pub fn measure(found: &Found<'_>, part: &str) -> Measure {
    let meta = found.measure;
    // The unit stands after the label wherever it is written.
    let label = meta.label.strip_suffix(&format!(", {}", meta.unit)).unwrap_or(&meta.label);
    let label = if part.is_empty() { label.to_owned() } else { format!("{label}, {part}") };
    let declared = [&meta.noun, &meta.short].into_iter().find(|words| !words.is_empty());
    let first = || within(meta.label.split([',', ':']).next().unwrap_or(&meta.label));
    let noun = declared.cloned().unwrap_or_else(first);
    Measure {
        whole: if meta.whole.is_empty() { within(&meta.denominator) } else { meta.whole.clone() },
        // A declared sentence is about the whole and would not name the part.
        phrases: if part.is_empty() { meta.phrases.clone() } else { Phrases::default() },
        reads: meta.reads.clone(),
        grades: meta.grades.clone(),
        topic: if meta.topic.is_empty() { found.table.to_owned() } else { meta.topic.clone() },
        importance: meta.importance.unwrap_or(if meta.headline { 2 } else { 1 }),
        step: meta.step,
        prose: meta.prose,
        part: within(part),
        minimum: meta.minimum.unwrap_or(cohort::MINIMUM_DENOMINATOR),
        independent: !meta.dependent,
        matters: meta.matters,
        ..Measure::new(&label, &noun, Unit::from_word(&meta.unit).unwrap_or(Unit::Score), meta.places, meta.polarity())
    }
}

/// What comparing it needs.
pub fn subject(meta: &MeasureMeta) -> Subject {
    Subject {
        unit: Unit::from_word(&meta.unit).unwrap_or(Unit::Number),
        polarity: meta.polarity(),
        minimum: meta.minimum.unwrap_or(cohort::MINIMUM_DENOMINATOR),
        independent: !meta.dependent,
        matters: meta.matters,
    }
}

/// All authorities in one period: what each one's figure is held against.
pub struct Field {
    figures: Vec<(LaCode, Seen)>,
    /// How many authorities have which rank.
    ranks: FxHashMap<u16, usize>,
    spread: Option<f64>,
    is_total: bool,
}

impl<'a> Slice<'a> {
    /// All authorities in a period.
    pub fn field(&self, when: When<'_>) -> Field {
        // A group is none of the authorities that its members are.
        let others = self.at(when).into_iter().filter(|(code, ..)| !code.is_group());
        let figures: Vec<(LaCode, Seen)> = others.map(|(code, _, seen)| (code, seen)).collect();
        let values: Vec<Option<f64>> = figures.iter().map(|(_, seen)| seen.value).collect();
        let bounds = quartile_bounds(&values);
        Field {
            ranks: self.ranks(when),
            spread: bounds[3].zip(bounds[1]).map(|(upper, lower)| upper - lower),
            is_total: self.is_total(when),
            figures,
        }
    }

    /// Whether newer figures than that of an authority in a period have probably been published: it has none to hand, and the newest
    /// published figures of the build are years newer. What a council returns itself is as new as it is.
    fn age(&self, who: LaCode, when: When<'_>) -> Age {
        let age = Age::of(when.day(), self.found.meta.newest_of_all);
        let newer = || self.periods().iter().filter(|other| other.day() > when.day());
        let known = |other: &When<'_>| self.figure(who, *other).is_some_and(|seen| seen.value.is_some());
        if self.found.meta.own || age == Age::Fresh || newer().any(known) { Age::Fresh } else { age }
    }

    /// All that is known of an authority's figure in a period; `part` is the breakdown's name, empty for the whole.
    pub fn evidence(&self, who: LaCode, when: When<'_>, part: &str, register: &Register) -> Evidence {
        self.evidence_in(&self.field(when), (who, when), part, register)
    }

    /// The same where the authorities of the period are at hand.
    pub fn evidence_in(
        &self,
        field: &Field,
        (who, when): (LaCode, When<'_>),
        part: &str,
        register: &Register,
    ) -> Evidence {
        let name = register.newest(who).map_or_else(|| who.to_string(), |authority| authority.name.clone());
        let measure = measure(&self.found, part);
        let open = register.at(who, when.day()).is_some();
        let absent = Seen::missing(if open { Missing::Absent } else { Missing::NotOpen });
        let mut evidence = Evidence::new(measure, &name, self.spoken(when), absent);
        evidence.spread = field.spread;
        evidence.age = self.age(who, when);
        let years = self.years(when);
        evidence.past = years.iter().map(|(year, link)| self.past(who, *year, link.clone(), absent)).collect();
        evidence.caveats.extend(self.created(who, register));
        let Some(point) = self.point(who, when) else { return evidence };
        let before = years.split_last().and_then(|((_, link), earlier)| {
            earlier.last().filter(|_| *link == Link::Joined).and_then(|(before, _)| self.point(who, *before))
        });
        evidence.others = others(&point, before.as_ref(), field.is_total, register);
        let sharing = point.standing.rank.and_then(|rank| field.ranks.get(&rank)).copied().unwrap_or_default();
        point.standing.tell(&mut evidence, sharing);
        match &mut evidence.placed {
            Some(placed) => placed.before = before.and_then(|before| before.standing.rank).map(u32::from),
            // A council's own figures are never ranked.
            none if !self.found.meta.own => *none = counted_from_the_highest(who, &point, &evidence.measure, field),
            _ => {}
        }
        evidence.cells = vec![self.id(who, when)];
        evidence
    }

    /// A period as it is spoken of.
    pub fn spoken(&self, when: When<'_>) -> Spoken {
        when.dated(&self.found.meta.dated)
    }

    /// The period and those of its kind a year or more before it, oldest first, each with its link to the one before.
    fn years(&self, when: When<'_>) -> Vec<(When<'a>, Link)> {
        let alike: Vec<When<'a>> = self.periods().iter().copied().filter(|other| other.is_alike(&when)).collect();
        let mut years: Vec<(When<'a>, Link)> = Vec::new();
        let mut at = alike.iter().position(|other| *other == when);
        while let Some(index) = at {
            let (this, earlier) = (alike[index], &alike[..index]);
            let same = |other: &&When<'_>| other.key.is_a_year_before(this.key);
            let broken = self.broken(this);
            at = earlier.iter().rposition(|other| same(&other));
            let link = match (at, broken, earlier.is_empty()) {
                (_, Some(note), false) => Link::Break(note),
                (Some(_), None, _) => Link::Joined,
                (.., true) => Link::First,
                (None, None, false) => Link::Gap,
            };
            // Over a gap, or a break that lies in one, the series goes on with the latest period before it.
            at = at.or_else(|| earlier.len().checked_sub(1).filter(|_| this.key.length().is_years()));
            years.push((this, link));
        }
        years.reverse();
        years
    }

    /// What changed, where a period is not comparable with the one a year before.
    fn broken(&self, when: When<'_>) -> Option<String> {
        match self.link(when) {
            Link::Break(what) => Some(what),
            _ => None,
        }
    }

    fn past(&self, who: LaCode, when: When<'_>, link: Link, absent: Seen) -> Past {
        Past { when: self.spoken(when), seen: self.figure(who, when).unwrap_or(absent), link }
    }

    /// Whether the authority is newer than the measure, and whose figures the earlier ones are. Whoever had its number
    /// before (another boundary, a county made unitary) is the same to those who publish.
    fn created(&self, who: LaCode, register: &Register) -> Option<Caveat> {
        let opened = register.spans(who).next()?.opened?;
        let first = self.periods().iter().map(When::day).min()?;
        let before = register.authorities().iter().filter(|authority| authority.successors.contains(&who));
        let created = opened.format("%B %Y").to_string();
        let predecessors = before.map(|authority| authority.name.clone()).collect();
        (first < opened).then_some(Caveat::New { created, predecessors })
    }
}

/// England and the neighbours, each with the result of the test of the figure against it.
fn others(point: &Point<'_>, before: Option<&Point<'_>>, is_total: bool, register: &Register) -> Vec<Other> {
    let other = |beside: Beside| {
        let earlier = before.and_then(|before| before.beside(beside)).and_then(|before| before.figure.value);
        Some(Other {
            is_total: is_total && beside == Beside::England,
            before: earlier,
            ..point.beside(beside)?.other(point.figure, register)
        })
    };
    let neighbours = other(Beside::Neighbours).filter(|other| other.used.1 > 0);
    other(Beside::England).into_iter().chain(neighbours).collect()
}

/// Where neither way is good, the place counted from the highest figure: how large a place is says nothing of how it
/// does, but a rate or a share may be placed.
fn counted_from_the_highest(who: LaCode, point: &Point<'_>, measure: &Measure, field: &Field) -> Option<Placed> {
    let own = point.figure.value.filter(|_| measure.polarity == Polarity::None && !measure.is_size())?;
    field.figures.iter().find(|(code, _)| *code == who)?;
    let known: Vec<(LaCode, f64, Option<Interval>)> =
        field.figures.iter().filter_map(|(code, seen)| Some((*code, seen.value?, seen.range))).collect();
    let above = known.iter().filter(|(_, value, _)| *value > own).count() as u32;
    let joint = (known.iter().filter(|(_, value, _)| *value == own).count() as u32).saturating_sub(1);
    let error = |range: Option<Interval>| range.map_or(f64::INFINITY, |range| range.standard_error(Confidence::P95));
    let estimates: Vec<(f64, f64)> = known.iter().map(|(_, value, range)| (*value, error(*range))).collect();
    let at = known.iter().position(|(code, ..)| *code == who);
    let range = at.and_then(|at| from_the_highest(at, &estimates, Confidence::P95, Correction::Holm));
    let range = range.filter(|_| measure.independent).map(|range| (range.low as u32, range.high as u32));
    Some(Placed { rank: above + 1, of: known.len() as u32, range, joint, before: None })
}
