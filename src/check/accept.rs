//! What a person has said is true: an `[[accept]]` takes a doubt away, and one that takes none away is a finding.

use super::cube::Cube;
use crate::area::Register;
use crate::finding::{Finding, Place};
use crate::period::label;
use crate::pipeline::{Accept, Pipeline};

/// The acceptances of a pipeline and how often each was used.
pub(super) struct Accepted<'a> {
    pipeline: &'a Pipeline,
    register: &'a Register,
    used: Vec<usize>,
}

/// What a doubt is about: words that an acceptance may name. Empty where it is about all of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct About<'w> {
    pub release: &'w str,
    /// The code of the authority or region, and its name.
    pub area: (&'w str, &'w str),
    /// As the publisher writes it, and its identifier.
    pub period: (&'w str, &'w str),
    pub measure: &'w str,
}

impl<'a> Accepted<'a> {
    pub fn of(pipeline: &'a Pipeline, register: &'a Register) -> Accepted<'a> {
        Accepted { pipeline, register, used: vec![0; pipeline.accepts.len()] }
    }

    /// Whether the figure in `row` is accepted.
    pub fn holds(&mut self, cube: &Cube<'_>, row: usize) -> bool {
        if self.pipeline.accepts.is_empty() {
            return false;
        }
        let words = &cube.words;
        let code = if words.la.word(row).is_empty() { words.ons.word(row) } else { words.la.word(row) };
        self.takes(About {
            release: words.release.word(row),
            area: (code, words.name.word(row)),
            period: (words.period.word(row), words.identifier.word(row)),
            measure: words.measure.word(row),
        })
    }

    /// Whether something is accepted.
    pub fn takes(&mut self, about: About<'_>) -> bool {
        let mut taken = false;
        for (accept, used) in self.pipeline.accepts.iter().zip(&mut self.used) {
            if fits(accept, about, self.register) {
                *used += 1;
                taken = true;
            }
        }
        taken
    }

    /// A note for what was accepted, an error for what is accepted and not there, where its release is.
    pub fn findings(&self, releases: &[&str]) -> Vec<Finding> {
        let each = self.pipeline.accepts.iter().zip(&self.used);
        each.filter_map(|(accept, &used)| self.finding(accept, used, releases)).collect()
    }

    fn finding(&self, accept: &Accept, used: usize, releases: &[&str]) -> Option<Finding> {
        let what = accept.words();
        let place = Place::file(&self.pipeline.path);
        if used > 0 {
            let message = format!("accepted as true, {used} times: {what}: {}", accept.reason);
            return Some(Finding::note("accepted", message, "nothing to do").at(place));
        }
        let message = if releases.contains(&accept.release.as_str()) {
            format!("an `[[accept]]` of {what} matches no doubt")
        } else {
            format!("an `[[accept]]` is about release {}; there are {}", accept.release, releases.join(", "))
        };
        let help =
            "correct its release, area, period or measure, or take it out: the publisher may have put the figure right";
        Some(Finding::error("accept-unused", message, help).at(place))
    }
}

fn fits(accept: &Accept, about: About<'_>, register: &Register) -> bool {
    let period = |wanted: &str| wanted == about.period.0 || wanted == label(about.period.0, about.period.1);
    accept.release.as_str() == about.release
        && accept.area.as_deref().is_none_or(|wanted| is_area(wanted, about.area, register))
        && accept.period.as_deref().is_none_or(period)
        && accept.measure.as_deref().is_none_or(|wanted| wanted == about.measure)
}

fn is_area(wanted: &str, (code, name): (&str, &str), register: &Register) -> bool {
    wanted == code
        || wanted.eq_ignore_ascii_case(name)
        || code.parse().is_ok_and(|code| register.is_name_of(wanted, code) == Some(true))
        || register.region(wanted).is_some_and(|region| region.code == code)
}
