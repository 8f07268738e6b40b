//! A council's own figure as an item of a paper: its months, what it is judged against, and what may be said of it.
//!
//! In: the rows of the return, the series that the run made of them, the targets. Out: an `Item` like any other, never ranked,
//! with what only a return holds beside it.

use crate::period::PeriodKey;
use crate::reading::{Age, Caveat, Evidence, Month, Other, Seen, Whom};

use super::choose::Chosen;
use super::item::Item;
use super::judge::{Beside, JudgedFigure, judgement};
use super::local::{Own, SixMonths, before, last, months_to, six_months};
use super::own_tables::OwnView;
use super::view::View;

/// How many months a line shows.
pub const MONTHS: usize = 13;
/// How many months tell what is usual: as many as a control chart shows.
const READ: usize = 36;

/// What a return holds beside the figure of the whole authority.
pub struct Returned<'a> {
    /// The figure.
    pub now: &'a Own,
    /// All figures of the measure.
    pub figures: Vec<&'a Own>,
    /// The last months up to the figure, oldest first, none where one is missing or lies before a break; nothing where the figure
    /// is not of a month.
    pub months: Vec<Option<&'a Own>>,
    /// The six months before.
    pub before: SixMonths<'a>,
    /// What the council says of it.
    pub comment: String,
    /// The verdict that the council printed; empty where it printed none.
    pub printed: String,
}

impl Returned<'_> {
    /// The months up to the figure without a gap, oldest first.
    pub fn unbroken(&self) -> Vec<f64> {
        let known = |own: &Option<&Own>| own.and_then(|own| own.figure.value);
        let mut values: Vec<f64> = self.months.iter().rev().map_while(known).collect();
        values.reverse();
        values
    }

    /// Whether the return has it month by month.
    pub fn is_monthly(&self) -> bool {
        self.months.iter().flatten().count() > 2
    }

    /// The figure that the return sets beside the whole in a period, under the name of an area.
    fn beside(&self, area: &str, when: PeriodKey) -> Option<f64> {
        let same = |own: &&&Own| own.area == area && own.when == when;
        self.figures.iter().find(same).and_then(|own| own.figure.value)
    }
}

impl<'a> View<'a> {
    /// A measure of the council's own return with its reading in the last period wanted; none where the return has no figure of
    /// the whole authority.
    pub fn own_item(&self, chosen: &Chosen<'a>, own: &OwnView<'a>) -> Option<Item<'a>> {
        let figures = own.own(chosen);
        let now = last(&figures, own.period.as_deref())?;
        let (series, when, mut evidence) = self.evidence(chosen)?;
        evidence.age = Age::of(now.when.end(), own.newest);
        let broken = |earlier: PeriodKey| own.is_broken(chosen, earlier, now.when);
        let months = months_to(&figures, now, READ);
        let returned = Returned {
            months: months.into_iter().map(|month| month.filter(|month| !broken(month.when))).collect(),
            before: six_months(&figures, now, &chosen.measure.unit),
            comment: own.locals.says(now, "comment"),
            printed: own.locals.says(now, "printed"),
            figures,
            now,
        };
        let asked = own.asked(chosen, now);
        tell(&mut evidence, &returned);
        evidence.target = judgement(&figure(chosen, own, &returned), &asked);
        let mut reading = evidence.reading();
        let exact = reading.measure.places;
        reading = reading.in_prose();
        reading.measure.places = reading.measure.places.min(exact);
        Some(Item { chosen: *chosen, series, when, reading, exact, newest: false, asked, own: Some(returned) })
    }
}

/// What a return adds to the evidence.
fn tell(evidence: &mut Evidence, returned: &Returned<'_>) {
    evidence.caveats.push(Caveat::Provisional);
    if let SixMonths::Lacking(missing) = &returned.before {
        evidence.caveats.push(Caveat::MonthsMissing { of: 6, missing: missing.clone() });
    }
    if returned.now.is_month() && returned.now.figure.value.is_some() {
        evidence.month = Some(Month::of(&returned.unbroken(), evidence.measure.polarity));
    }
    evidence.cells = vec![returned.now.id.clone()];
    let mut seen = returned.now.figure;
    if let Some(past) = evidence.past.last_mut() {
        seen = Seen { range: past.seen.range, ..seen };
        past.seen = seen;
    }
    for (area, whom) in [("England", Whom::England), ("Statistical neighbours", Whom::Neighbours(None))] {
        let Some(value) = returned.beside(area, returned.now.when) else { continue };
        evidence.others.retain(|other| other.whom != whom);
        evidence.others.push(Other::new(whom, Some(value), seen.against(Some(value))));
    }
}

/// The figure with what it may be judged against and how the one before stood.
fn figure(chosen: &Chosen<'_>, own: &OwnView<'_>, returned: &Returned<'_>) -> JudgedFigure {
    let of = |now: &Own| {
        let beside = |area: &str| returned.beside(area, now.when);
        JudgedFigure::new(chosen, &now.figure).beside(Beside {
            england: beside("England"),
            region: beside("Region"),
            neighbours: beside("Statistical neighbours"),
        })
    };
    let earlier = before(&returned.figures, returned.now);
    let before = earlier.map(|earlier| of(earlier).status(&own.asked(chosen, earlier))).unwrap_or_default();
    of(returned.now).after(before)
}
