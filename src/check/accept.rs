//! What a person has said is true: an `[[accept]]` takes a doubt away, and one that takes none away is a finding.

use super::cube::Cube;
use crate::area::Register;
use crate::finding::{Finding, Place};
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
    /// `used` are the acceptances that were used before, by their place in the pipeline.
    pub fn of(pipeline: &'a Pipeline, register: &'a Register, used: &[usize]) -> Accepted<'a> {
        let count = |at: usize| used.iter().filter(|&&other| other == at).count();
        Accepted { pipeline, register, used: (0..pipeline.accepts.len()).map(count).collect() }
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

    /// A note for what was accepted, and for what is of a release that is not there; a warning for what matches nothing.
    pub fn findings(&self, releases: &[&str]) -> Vec<Finding> {
        let each = self.pipeline.accepts.iter().zip(&self.used);
        each.filter_map(|(accept, &used)| self.finding(accept, used, releases)).collect()
    }

    fn finding(&self, accept: &Accept, used: usize, releases: &[&str]) -> Option<Finding> {
        let what = accept.words();
        let place = Place::file(&self.pipeline.path);
        if used > 0 {
            let times = if used == 1 { "once".to_owned() } else { format!("{used} times") };
            let message = format!("accepted as true, {times}: {what}: {}", accept.reason);
            return Some(Finding::note("accepted", message, "nothing to do").at(place));
        }
        let help =
            "correct its release, area, period or measure, or take it out: the publisher may have put the figure right";
        if releases.contains(&accept.release.as_str()) {
            let message = format!("an `[[accept]]` of {what} matches no doubt");
            return Some(Finding::warning("accept-unused", message, help).at(place));
        }
        let message = format!("an `[[accept]]` is about release {}; there are {}", accept.release, releases.join(", "));
        Some(Finding::note("accept-unused", message, help).at(place))
    }
}

fn fits(accept: &Accept, about: About<'_>, register: &Register) -> bool {
    let (code, name) = about.area;
    accept.is_about(about.release, about.period, about.measure)
        && accept.area.as_deref().is_none_or(|wanted| register.means(wanted, code, name))
}
