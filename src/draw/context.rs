//! What every chart of one measure carries: names, source, notes, and what may be said of the authority's figure.

use super::slice::{Ask, Slice};
use crate::chart::data::{Break, Context, NeighbourSet};
use crate::reading::{Evidence, Reading, Whom, span};
use crate::series::{Point, When};
use crate::shown::{list, within};
use crate::store::measure;

impl Slice<'_> {
    /// The context of a chart over `periods`, the last of which the reading is about.
    pub fn context(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Context {
        let subject = ask.subject();
        let spoken: Vec<_> = periods.iter().map(|&when| self.period(when)).collect();
        let codes: Vec<&str> = periods.iter().map(|when| when.code).collect();
        let source = self.releases.source(self.found().meta, ask.authority, &span(&spoken), &codes);
        let mut context = Context::new(&subject, measure(self.found(), &self.breakdown), &source);
        context.illustrative = self.found().meta.illustrative;
        let Some(&last) = periods.last() else { return context };
        let reading = self.reading(ask, last);
        context.measure.places = reading.measure.places;
        context.reading = Some(reading);
        context.neighbours = self.neighbour_set(ask, last);
        context.notes = self.notes(ask, periods);
        context
    }

    /// All that is known of the chosen authority's figure.
    pub fn evidence(&self, ask: &Ask<'_>, when: When<'_>) -> Evidence {
        self.data.evidence(ask.authority, when, &self.breakdown, ask.register)
    }

    /// What may be said of the chosen authority's figure beside those who stand beside it.
    pub fn reading(&self, ask: &Ask<'_>, when: When<'_>) -> Reading {
        let mut evidence = self.evidence(ask, when);
        // The average of grades is no grade.
        let averages = self.found().measure.grades.is_empty();
        evidence.others.retain(|other| match other.whom {
            _ if !averages => false,
            Whom::England => ask.comparators.england,
            _ => ask.comparators.neighbours,
        });
        if ask.prose { evidence.reading().in_prose() } else { evidence.reading() }
    }

    /// What may be said of the chosen authority's figure beside all that it was compared with.
    pub fn whole_reading(&self, ask: &Ask<'_>, when: When<'_>) -> Reading {
        let reading = self.evidence(ask, when).reading();
        if ask.prose { reading.in_prose() } else { reading }
    }

    fn neighbour_set(&self, ask: &Ask<'_>, when: When<'_>) -> Option<NeighbourSet> {
        let point = self.point(ask, when)?;
        let against = point.neighbours().filter(|against| against.members > 0)?;
        let year = ask.register.neighbours().newest()?;
        Some(NeighbourSet {
            name: format!("{year} statistical neighbours"),
            each: false,
            size: u32::from(against.members),
            with_data: u32::from(against.used),
        })
    }

    /// Closed neighbours, and comparators that are left out.
    fn notes(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Vec<String> {
        let Some(&when) = periods.last() else { return Vec::new() };
        if self.found().meta.own {
            return vec!["The council's own figures, provisional: not ranked".to_owned()];
        }
        let mut notes = Vec::new();
        let closed = self.neighbours(ask).into_iter().filter(|&code| !self.open(ask, code, when));
        let closed: Vec<String> = closed.map(|code| ask.name(code)).collect();
        if !closed.is_empty() {
            notes.push(format!("Not open {}, so without data: {}", self.period(when).at(), list(&closed)));
        }
        notes.extend(self.left_out(ask, periods));
        notes
    }

    /// The context of a chart that shows neighbours one by one and not their mean.
    pub fn context_of_each(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Context {
        let mut context = self.context(ask, periods);
        if let Some(set) = &mut context.neighbours {
            set.each = true;
        }
        // Whoever sees no average reads nothing about one.
        if let Some(reading) = &mut context.reading {
            reading.against.retain(|against| against.whom == Whom::England);
        }
        context
    }

    /// Breaks in the series among the periods, each with its reason.
    pub fn breaks(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Vec<Break> {
        let mut breaks: Vec<Break> = Vec::new();
        for &when in periods {
            if let Some(reason) = self.point(ask, when).as_ref().and_then(Point::broken) {
                breaks.push(Break { order: self.order(when), reason: within(reason) });
            }
        }
        breaks
    }
}
