//! From a figure of a series to what may be said of it: its years, its comparators, its place, the spread of authorities.

use rustc_hash::FxHashMap;

use super::series::{Against, Beside, Point};
use super::slice::Slice;
use super::{Found, When};
use crate::area::{LaCode, Register};
use crate::period::is_a_year_before;
use crate::pipeline::Unit;
use crate::reading::{
    Caveat, Evidence, Flips, Link, Measure, Missing, Other, Past, Placed, Seen, When as Spoken, Whom,
};
use crate::shown::within;
use crate::statistics::quartile::quartile_bounds;
use crate::statistics::trend::Marker;
use crate::statistics::unusual;
use crate::statistics::{Polarity, cohort};

/// A measure as words have it; `part` is the breakdown that the figure is about, empty for the whole.
pub fn measure(found: &Found<'_>, part: &str) -> Measure {
    let meta = found.measure;
    // The unit stands after the label wherever it is written.
    let label = meta.label.strip_suffix(&format!(", {}", meta.unit)).unwrap_or(&meta.label);
    let label = if part.is_empty() { label.to_owned() } else { format!("{label}, {part}") };
    let noun = match meta.short.as_str() {
        "" => within(meta.label.split([',', ':']).next().unwrap_or(&meta.label)),
        short => short.to_owned(),
    };
    let polarity = match meta.polarity.as_str() {
        "high" => Polarity::High,
        "low" => Polarity::Low,
        _ => Polarity::None,
    };
    Measure {
        whole: within(&meta.denominator),
        part: within(part),
        minimum: meta.minimum.unwrap_or(cohort::MINIMUM_DENOMINATOR),
        independent: !meta.dependent,
        matters: meta.matters,
        ..Measure::new(&label, &noun, Unit::from_word(&meta.unit).unwrap_or(Unit::Score), meta.places, polarity)
    }
}

impl When<'_> {
    /// The period as it is spoken of.
    pub fn spoken(&self) -> Spoken {
        Spoken::new(self.end, &self.label())
    }
}

/// All authorities in one period: what each one's figure is held against.
pub struct Field {
    values: Vec<Option<f64>>,
    /// How many authorities have which rank.
    ranks: FxHashMap<u16, u32>,
    spread: Option<f64>,
    is_total: bool,
}

impl<'a> Slice<'a> {
    /// All authorities in a period.
    pub fn field(&self, when: When<'_>) -> Field {
        let values: Vec<Option<f64>> = self.at(when).iter().map(|(.., seen)| seen.value).collect();
        let bounds = quartile_bounds(&values);
        Field {
            ranks: self.ranks(when),
            spread: bounds[3].zip(bounds[1]).map(|(upper, lower)| upper - lower),
            is_total: self.is_total(when),
            values,
        }
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
        let mut evidence = Evidence::new(measure, &name, when.spoken(), absent);
        evidence.spread = field.spread;
        let years = self.years(when);
        evidence.past = years.iter().map(|(year, link)| self.past(who, *year, link.clone(), absent)).collect();
        evidence.caveats.extend(self.created(who, register));
        let Some(point) = self.point(who, when) else { return evidence };
        let before = years.split_last().and_then(|((_, link), earlier)| {
            earlier.last().filter(|_| *link == Link::Joined).and_then(|(before, _)| self.point(who, *before))
        });
        evidence.others = others(&point, before.as_ref(), field.is_total, register);
        evidence.trend = Marker::side_of(point.place.trend);
        evidence.unusual = unusual::Place::from_word(point.place.unusual);
        evidence.placed = placed(&point, before.as_ref(), &evidence.measure, field);
        evidence.cells = vec![self.id(who, when)];
        evidence
    }

    /// The period and those of its kind a year or more before it, oldest first, each with its link to the one before.
    fn years(&self, when: When<'_>) -> Vec<(When<'a>, Link)> {
        let alike: Vec<When<'a>> = self.periods().iter().copied().filter(|other| other.is_alike(&when)).collect();
        let mut years: Vec<(When<'a>, Link)> = Vec::new();
        let mut at = alike.iter().position(|other| *other == when);
        while let Some(index) = at {
            let (this, earlier) = (alike[index], &alike[..index]);
            let same = |other: &&When<'_>| is_a_year_before(other.day(), this.day());
            let broken = self.broken(this);
            at = earlier.iter().rposition(|other| same(&other));
            let link = match (at, broken, earlier.is_empty()) {
                (_, Some(note), false) => Link::Break(note),
                (Some(_), None, _) => Link::Joined,
                (.., true) => Link::First,
                (None, None, false) => Link::Gap,
            };
            // Over a gap, or a break that lies in one, the series goes on with the latest period before it.
            at = at.or_else(|| earlier.len().checked_sub(1).filter(|_| this.is_year()));
            years.push((this, link));
        }
        years.reverse();
        years
    }

    /// What changed, where a period is not comparable with the one a year before.
    fn broken(&self, when: When<'_>) -> Option<String> {
        match self.note(when).map(Link::read) {
            Some(Link::Break(what)) => Some(what),
            _ => None,
        }
    }

    fn past(&self, who: LaCode, when: When<'_>, link: Link, absent: Seen) -> Past {
        Past { when: when.spoken(), seen: self.figure(who, when).unwrap_or(absent), link }
    }

    /// Whether the authority is newer than the measure, and whose figures the earlier ones are.
    fn created(&self, who: LaCode, register: &Register) -> Option<Caveat> {
        let opened = register.newest(who)?.opened?;
        let first = self.periods().iter().map(When::day).min()?;
        let before = register.authorities().iter().filter(|authority| authority.successors.contains(&who));
        let created = opened.format("%B %Y").to_string();
        let predecessors = before.map(|authority| authority.name.clone()).collect();
        (first < opened).then_some(Caveat::New { created, predecessors })
    }
}

/// England and the neighbours, each with the result of the test of the figure against it.
fn others(point: &Point<'_>, before: Option<&Point<'_>>, is_total: bool, register: &Register) -> Vec<Other> {
    let newest = register.neighbours().newest();
    let other = |beside: Beside, whom: Whom| {
        let against: &Against<'_> = point.beside(beside)?;
        let value = against.figure.value;
        Some(Other {
            used: (u32::from(against.used), u32::from(against.members)),
            is_total: is_total && beside == Beside::England,
            flips: Flips { average: against.flips.contains("average"), set: against.flips.contains("set") },
            median: against.median,
            before: before.and_then(|before| before.beside(beside)).and_then(|before| before.figure.value),
            ..Other::new(whom, value, point.figure.against(value))
        })
    };
    let mut others: Vec<Other> = other(Beside::England, Whom::England).into_iter().collect();
    others.extend(other(Beside::Neighbours, Whom::Neighbours(newest)).filter(|other| other.used.1 > 0));
    others
}

/// The rank as compared; where neither way is good, the place counted from the highest figure.
fn placed(point: &Point<'_>, before: Option<&Point<'_>>, measure: &Measure, field: &Field) -> Option<Placed> {
    let place = &point.place;
    if place.rank > 0 {
        let range = (u32::from(place.range.0), u32::from(place.range.1));
        return Some(Placed {
            rank: u32::from(place.rank),
            of: u32::from(place.out_of),
            range: Some(range).filter(|range| range.0 > 0),
            joint: field.ranks.get(&place.rank).copied().unwrap_or_default().saturating_sub(1),
            before: before.map(|before| u32::from(before.place.rank)).filter(|rank| *rank > 0),
        });
    }
    // How large a place is says nothing of how it does; a rate or a share may be placed.
    let own = point.figure.value.filter(|_| measure.polarity == Polarity::None && !measure.is_amount())?;
    let known = || field.values.iter().flatten();
    let above = known().filter(|value| **value > own).count() as u32;
    let joint = (known().filter(|value| **value == own).count() as u32).saturating_sub(1);
    Some(Placed { rank: above + 1, of: known().count() as u32, range: None, joint, before: None })
}
