//! Who stands beside the chosen authority in a chart: `--with england,region,neighbours,core-cities,Solihull`.

use crate::area::{LaCode, Register};
use crate::comparator::Comparator;
use crate::finding::Error;
use crate::report::ChartKind;

/// The company of the chosen authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// England as published.
    pub england: bool,
    /// Its region as published.
    pub region: bool,
    /// Its statistical neighbours.
    pub neighbours: bool,
    /// Authorities by name, and the members of groups.
    pub others: Vec<LaCode>,
}

impl Default for Company {
    fn default() -> Self {
        Company { england: true, region: true, neighbours: true, others: Vec::new() }
    }
}

impl Company {
    /// Reads the words of `--with`; the default where there are none.
    ///
    /// # Errors
    /// A word that is no comparator, or a set of neighbours that the run did not compare with.
    pub fn read(words: &[String], register: &Register) -> Result<Company, Error> {
        if words.is_empty() {
            return Ok(Company::default());
        }
        let mut company = Company { england: false, region: false, neighbours: false, others: Vec::new() };
        for comparator in Comparator::read_all(words, register)? {
            match comparator {
                Comparator::England => company.england = true,
                Comparator::Region => company.region = true,
                Comparator::Neighbours(_) => company.neighbours = true,
                Comparator::NeighboursOf(year) => {
                    return Err(Error::usage(
                        format!("a chart shows the newest set of neighbours, not that of {year}"),
                        format!("write `neighbours`; `abreast compare --with neighbours-{year}` has the older set"),
                    ));
                }
                Comparator::Authority(code) => company.others.push(code),
                Comparator::Group(key) => {
                    let group = register.groups().iter().find(|group| group.key == key);
                    company.others.extend(group.into_iter().flat_map(|group| group.members.iter().copied()));
                }
            }
        }
        Ok(company)
    }

    /// Whether a chart of this kind shows all that was asked for with `words`; an option is never taken without effect.
    ///
    /// # Errors
    /// What it does not show, and which kind does.
    pub fn fits(&self, kind: ChartKind, words: &[String]) -> Result<(), Error> {
        let (region, neighbours, others) = match kind {
            ChartKind::Trend | ChartKind::Dumbbell | ChartKind::Stacked => (true, true, true),
            ChartKind::Neighbours => (false, true, true),
            ChartKind::Ordered | ChartKind::Strip | ChartKind::Funnel => (false, true, false),
            ChartKind::Spine | ChartKind::Scorecard => (false, false, false),
        };
        let lost = [
            (self.region && !region, "the region"),
            (self.neighbours && !neighbours, "the average of the neighbours"),
            (!self.others.is_empty() && !others, "other authorities by name"),
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
