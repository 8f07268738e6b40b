//! A council's own measures take what they are called from the published table that they stand beside: one measure, one name.

use super::schema::{MANUAL, SCHEMA};
use super::{Measure, Pipeline};
use crate::declaration::{self, Declared, Document, Mistake, Step};
use crate::form;

/// Adds to the measures of `pipeline` what they do not say themselves and the published measures of their names do; answers
/// the file of the published table, and what is wrong.
pub(super) fn inherit(pipeline: &mut Pipeline, declared: &Declared) -> (Option<Declared>, Vec<Mistake>) {
    let document = Document::of(&declared.text);
    let place = |way: &[Step]| document.find(way);
    let mut mistakes = Vec::new();
    let mut published = None;
    if let Some(table) = &pipeline.beside {
        let span = place(&[Step::from("beside")]).unwrap_or(0..0);
        let found = declared.others.iter().find(|other| other.name == *table && other.name != declared.name);
        let read = found.and_then(|file| {
            let read = declaration::read::<Pipeline>(&file.text, &SCHEMA, MANUAL, form::mistake).ok();
            read.map(|(pipeline, _)| (file.clone(), pipeline.measures))
        });
        match (found, read) {
            (_, Some(read)) => published = Some(read),
            (Some(file), None) => {
                let message = format!("`{table}` cannot be read");
                mistakes.push(Mistake::new(span, message, format!("correct {} first", file.path)));
            }
            (None, None) => {
                let known =
                    declared.others.iter().map(|other| other.name.as_str()).filter(|name| *name != declared.name);
                let help = match crate::finding::likely(table, known) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => "name the pipeline of the published table, which stands in the same folder".to_owned(),
                };
                mistakes.push(Mistake::new(span, format!("there is no table `{table}` to stand beside"), help));
            }
        }
    }
    let is_unread = pipeline.beside.is_some() && published.is_none();
    for (name, measure) in &mut pipeline.measures {
        let way = |key: &str| [Step::from("measures"), Step::from(name.as_str()), Step::from(key)];
        let says = |key: &str| place(&way(key)).is_some();
        let other = published.as_ref().and_then(|(_, measures)| measures.get(name));
        if let Some(other) = other {
            if says("unit") && measure.unit != other.unit {
                let (own, theirs) = (measure.unit.word(), other.unit.word());
                let message = format!("`{name}` is in {own}, and the published measure of that name in {theirs}");
                let span = place(&way("unit")).unwrap_or(0..0);
                mistakes.push(Mistake::new(span, message, "give it a name of its own, or take `unit` out"));
            }
            take(measure, other, &says);
        }
        for key in ["label", "unit"].into_iter().filter(|key| other.is_none() && !is_unread && !says(key)) {
            let span = place(&[Step::from("measures"), Step::from(name.as_str())]).unwrap_or(0..0);
            let message = format!("the measure `{name}` says no `{key}`");
            let help = match &pipeline.beside {
                Some(table) => format!("write it, or give the measure the name that it has in `{table}`"),
                None => format!("write `{key}`; {MANUAL} says what may stand there"),
            };
            mistakes.push(Mistake::new(span, message, help));
        }
    }
    (published.map(|(file, _)| file), mistakes)
}

/// Takes from `other` what `measure` does not say.
fn take(measure: &mut Measure, other: &Measure, says: &dyn Fn(&str) -> bool) {
    macro_rules! taken {
        ($($key:literal $field:ident),+) => {
            $(if !says($key) { measure.$field = other.$field.clone(); })+
        };
    }
    taken!(
        "label" label, "unit" unit, "better" better, "places" places, "definition" definition, "short" short, "noun" noun,
        "whole" whole, "topic" topic, "importance" importance, "prose" prose, "reads" reads, "step" step, "phrases" phrases,
        "minimum_denominator" minimum_denominator, "independent" independent, "matters" matters
    );
}
