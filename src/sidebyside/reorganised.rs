//! Reorganisations: successors' counts summed into the old area, and a parent's line as context. Rates are never shared out.

use super::view::{Line, View};
use crate::area::LaCode;
use crate::pipeline::Unit;
use crate::reading::{Missing, Seen};
use crate::value::Status;

/// The extra lines of `code` that were asked for.
pub fn lines(view: &View<'_>, code: LaCode) -> Vec<Line> {
    let mut lines = Vec::new();
    if view.asked.options.with_successors {
        lines.extend(successors(view, code));
    }
    if view.asked.options.with_predecessors {
        let all = view.asked.register.authorities().iter();
        let parents = all.filter(|authority| authority.code != code && authority.successors.contains(&code));
        lines.extend(parents.map(|parent| {
            let mut line = view.line(parent.code, None);
            line.name = format!("{} (the area it was part of: context, not its history)", parent.name);
            line
        }));
    }
    lines
}

/// The old area after its end: the sum of its successors where a sum means something and all of them have a figure.
fn successors(view: &View<'_>, code: LaCode) -> Option<Line> {
    let authority = view.asked.register.newest(code)?;
    let successors: Vec<LaCode> = authority.successors.iter().copied().filter(|&successor| successor != code).collect();
    if successors.is_empty() {
        return None;
    }
    let figures = view.moments.iter().map(|moment| {
        let own = view.comparison.figure(moment.group, code);
        // What is left of it beside its successors is no figure of the area.
        if own.value.is_some() && own.mark != Some(Status::Residual) {
            return own;
        }
        let parts: Vec<Seen> =
            successors.iter().map(|&successor| view.comparison.figure(moment.group, successor)).collect();
        sum(view.unit, &parts)
    });
    let names: Vec<&str> = successors.iter().map(|&successor| view.asked.name(successor)).collect();
    Some(Line {
        number: "-".to_owned(),
        name: format!("{} area (counts of {} summed)", authority.name, names.join(" and ")),
        figures: figures.collect(),
        code: None,
        against: None,
        ranged: "",
    })
}

/// The sum of counts, or the rate of summed counts; none where a part is missing.
fn sum(unit: Unit, parts: &[Seen]) -> Seen {
    let none = Seen::missing(Missing::Unpublished);
    let add = |pick: &dyn Fn(&Seen) -> Option<f64>| parts.iter().map(pick).sum::<Option<f64>>();
    if unit == Unit::Number {
        return Seen { value: add(&|part| part.value), ..none };
    }
    let whole = parts.iter().all(|part| part.value.is_some());
    let top = add(&|part| part.counts().map(|counts| counts.0));
    let bottom = add(&|part| part.counts().map(|counts| counts.1));
    match (top.zip(bottom), unit.multiplier()) {
        (Some((top, bottom)), Some(multiplier)) if whole && bottom > 0.0 => {
            Seen { value: Some(top / bottom * multiplier), ..none.counted(top, bottom) }
        }
        _ => none,
    }
}
