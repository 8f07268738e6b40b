//! Who stands beside the chosen authority in a chart: `--with england,region,neighbours,core-cities,Solihull`.

use crate::area::{LaCode, Register};
use crate::comparator::Comparator;
use crate::finding::Error;
use crate::report::ChartKind;

/// Whom the chosen authority is drawn beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparators {
    /// England as published.
    pub england: bool,
    /// Its region as published.
    pub region: bool,
    /// Its statistical neighbours.
    pub neighbours: bool,
    /// Groups, and older sets of neighbours: their average in a chart of lines or bars, their members in one of rows.
    pub groups: Vec<Comparator>,
    /// Authorities by name.
    pub others: Vec<LaCode>,
}

impl Default for Comparators {
    fn default() -> Self {
        Comparators { england: true, region: true, neighbours: true, groups: Vec::new(), others: Vec::new() }
    }
}

impl Comparators {
    /// Reads the words of `--with`; the default where there are none.
    ///
    /// # Errors
    /// A word that is no comparator.
    pub fn parse(words: &[String], register: &Register) -> Result<Comparators, Error> {
        if words.is_empty() {
            return Ok(Comparators::default());
        }
        Ok(Comparators::of(Comparator::parse_all(words, register)?))
    }

    /// These comparators, each by what it is.
    pub fn of(comparators: Vec<Comparator>) -> Comparators {
        let mut sorted =
            Comparators { england: false, region: false, neighbours: false, groups: Vec::new(), others: Vec::new() };
        for comparator in comparators {
            match comparator {
                Comparator::England => sorted.england = true,
                Comparator::Region => sorted.region = true,
                Comparator::Neighbours(_) => sorted.neighbours = true,
                Comparator::NeighboursOf(_) | Comparator::Group(_) => sorted.groups.push(comparator),
                Comparator::Authority(code) => sorted.others.push(code),
            }
        }
        sorted
    }

    /// The authorities named, and the members of the groups, each once and without `own`.
    pub fn each(&self, own: LaCode, register: &Register) -> Vec<LaCode> {
        let members = self.groups.iter().map(|group| group.members(own, register));
        let members: Vec<LaCode> = members.flat_map(|members| members.list().to_vec()).collect();
        let mut all: Vec<LaCode> = Vec::new();
        for &code in self.others.iter().chain(&members).filter(|&&code| code != own) {
            if !all.contains(&code) {
                all.push(code);
            }
        }
        all
    }

    /// Whether a chart of this kind shows all that was asked for with `words`; an option is never taken without effect.
    ///
    /// # Errors
    /// What it does not show, and which kind does.
    pub fn fits(&self, kind: ChartKind, words: &[String]) -> Result<(), Error> {
        let (region, neighbours, others) = match kind {
            ChartKind::Trend | ChartKind::Bars | ChartKind::Dumbbell | ChartKind::Stacked => (true, true, true),
            ChartKind::Neighbours | ChartKind::Heat => (false, true, true),
            ChartKind::Ordered | ChartKind::Strip | ChartKind::Funnel | ChartKind::Scatter => (false, true, false),
            ChartKind::Spine
            | ChartKind::Plan
            | ChartKind::Spread
            | ChartKind::Scorecard
            | ChartKind::Control
            | ChartKind::Multiples
            | ChartKind::Groups
            | ChartKind::Ages => (false, false, false),
        };
        let named = !(self.others.is_empty() && self.groups.is_empty());
        let lost = [
            (self.region && !region, "the region"),
            (self.neighbours && !neighbours, "the average of the neighbours"),
            (named && !others, "other authorities by name"),
        ];
        let lost: Vec<&str> = lost.into_iter().filter(|(lost, _)| *lost).map(|(_, what)| what).collect();
        if words.is_empty() || lost.is_empty() {
            return Ok(());
        }
        Err(Error::usage(
            format!(
                "`--with {}`: a chart of kind `{}` does not show {}",
                words.join(","),
                kind.word(),
                lost.join(" and ")
            ),
            "leave `--with` out, or ask for `trend` or `neighbours`, which show them",
        ))
    }
}
