//! What the rules of records mean together: one verb a field, one way a day, nothing that is told from itself.

use std::collections::BTreeMap;

use super::records::{Backward, DayRule, FieldRule, Join, Pick};
use crate::declaration::{Document, Mistake, Step};

/// The rules of one file.
pub(super) struct Parts<'p> {
    pub joins: &'p [Join],
    pub pick: &'p BTreeMap<String, Pick>,
    pub day: &'p BTreeMap<String, DayRule>,
    pub field: &'p BTreeMap<String, FieldRule>,
}

/// The verbs of a worked-out field, for messages.
const VERBS: &str = "`days_between`, `weeks_between`, `working_days_between`, `years_between`, `calendar_years_between`, `age_at`, `any`, `first`, `band`, `when`";

impl Parts<'_> {
    /// Everything that is wrong with how the rules stand together; `document` is the file that they stand in.
    pub fn mistakes(&self, document: &Document<'_>) -> Vec<Mistake> {
        let at = |way: &[&str]| {
            let steps: Vec<Step> = way.iter().map(|key| Step::from(*key)).collect();
            document.find(&steps).unwrap_or(0..0)
        };
        let mut found = Vec::new();
        for (name, rule) in self.day {
            if let Some((message, help)) = unfit_day(name, rule) {
                found.push(Mistake::new(at(&["day", name]), message, help));
            }
        }
        for (name, rule) in self.field {
            if let Some((message, help)) = unfit_field(name, rule) {
                found.push(Mistake::new(at(&["field", name]), message, help));
            }
        }
        for (number, join) in self.joins.iter().enumerate() {
            let fits = |field: &str| field.contains('.');
            if !fits(&join.from) || !fits(&join.to) {
                let way = [Step::from("join"), Step::from(number)];
                let message = "a join leads from a field of one table to one of another";
                let help = "write `from` and `to` as `TABLE.FIELD`";
                found.push(Mistake::new(document.find(&way).unwrap_or(0..0), message, help));
            }
        }
        let days = self.day.iter().map(|(name, rule)| (name.as_str(), rule.told_from().collect()));
        found.extend(circle(days.collect()).map(|name| told_from_itself(at(&["day", name]), name)));
        let fields = self.field.iter().map(|(name, rule)| (name.as_str(), rule.made_of()));
        found.extend(circle(fields.collect()).map(|name| told_from_itself(at(&["field", name]), name)));
        let picks = self.pick.iter().map(|(name, pick)| (name.as_str(), vec![pick.of.as_str()]));
        let picks = picks.filter(|(name, of)| of != &[*name]).collect();
        found.extend(circle(picks).map(|name| told_from_itself(at(&["pick", name]), name)));
        found
    }
}

fn told_from_itself(span: std::ops::Range<usize>, name: &str) -> Mistake {
    Mistake::new(span, format!("`{name}` is told from itself, in a circle"), "tell it from another one")
}

/// The first name that is told from itself.
fn circle<'n>(told: BTreeMap<&'n str, Vec<&'n str>>) -> Option<&'n str> {
    let leads_back = |start: &str| {
        let (mut seen, mut new) = (Vec::new(), vec![start]);
        while let Some(name) = new.pop() {
            for &other in told.get(name).into_iter().flatten() {
                if other == start {
                    return true;
                }
                if !seen.contains(&other) {
                    seen.push(other);
                    new.push(other);
                }
            }
        }
        false
    };
    told.keys().copied().find(|name| leads_back(name))
}

fn unfit_day(name: &str, rule: &DayRule) -> Option<(String, &'static str)> {
    let ways = rule.ways();
    let help = "write `read`, `fixed`, `release`, `last` with `before`, `next` with `after`, `year_to` with `before`, `calendar_year`, `calendar_year_before`, or `from` with `to`";
    let [way] = ways.as_slice() else {
        let told = if ways.is_empty() { "no way".to_owned() } else { ways.join(" and ") };
        return Some((format!("`{name}` is told in one way, and has {told}"), help));
    };
    let (before, after) = (matches!(*way, "last" | "year_to"), *way == "next");
    let lacks =
        before != rule.before.is_some() || after != rule.after.is_some() || rule.from.is_some() != rule.to.is_some();
    lacks.then(|| (format!("`{name}` says `{way}` without what it needs, or with what it does not"), help))
}

fn unfit_field(name: &str, rule: &FieldRule) -> Option<(String, String)> {
    let verbs = rule.verbs();
    let [verb] = verbs.as_slice() else {
        let told = if verbs.is_empty() { "none".to_owned() } else { verbs.join(" and ") };
        return Some((format!("`{name}` is worked out by one verb, and has {told}"), format!("write one of {VERBS}")));
    };
    let (spans, bands) = (rule.spans().count() > 0, spans_or_band(verb));
    if rule.is_banded() && !bands {
        let message = format!("`up_to`, `each` and `from` make words of numbers, and `{verb}` of `{name}` gives words");
        return Some((message, "use `labels`, or band a number".to_owned()));
    }
    if rule.backward != Backward::default() && !spans {
        let message = format!("`backward` is about a duration, and `{verb}` of `{name}` gives none");
        return Some((message, "take it out".to_owned()));
    }
    None
}

/// Whether a verb gives a number of which words can be made.
fn spans_or_band(verb: &str) -> bool {
    !matches!(verb, "any" | "first" | "when")
}
