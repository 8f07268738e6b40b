//! What the rows of a measure can be chosen by: the areas, periods, groups and releases that it has.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Select;
use crate::browse::address::{Address, TablePage};
use crate::browse::shell::Choice;
use crate::browse::wrong::Wrong;
use crate::period::PeriodKey;
use crate::pipeline::Release;
use crate::publish::TableMeta;
use crate::store::Observed;

/// What there is to choose from.
pub struct Choices {
    /// Codes and names, by name.
    areas: Vec<(String, String)>,
    /// The newest first.
    periods: Vec<String>,
    /// As `Topic=part`.
    groups: Vec<String>,
    /// The newest first.
    pub releases: Vec<String>,
}

impl Choices {
    /// What the rows have.
    pub fn of(observed: &Observed<'_>) -> Choices {
        let figures = &observed.figures;
        let mut areas: FxHashMap<&str, &str> = FxHashMap::default();
        let mut periods: BTreeMap<(PeriodKey, &str), usize> = BTreeMap::new();
        let mut groups: FxHashSet<(&str, &str)> = FxHashSet::default();
        let mut releases: FxHashSet<&str> = FxHashSet::default();
        for row in 0..observed.height() {
            areas.insert(figures.area(row), figures.name.word(row));
            periods.entry((figures.periods.key(row), figures.periods.words(row).0)).or_insert(row);
            groups.insert((figures.topic.word(row), figures.breakdown.word(row)));
            releases.insert(observed.release(row));
        }
        let mut areas: Vec<(String, String)> =
            areas.into_iter().map(|(code, name)| (code.to_owned(), name.to_owned())).collect();
        areas.sort_by(|one, other| one.1.cmp(&other.1));
        let mut labels: Vec<String> = periods.into_values().rev().map(|row| figures.periods.label(row)).collect();
        labels.dedup();
        let mut groups: Vec<String> = groups.into_iter().map(|(topic, part)| format!("{topic}={part}")).collect();
        groups.sort_unstable();
        let mut releases: Vec<String> = releases.into_iter().map(str::to_owned).collect();
        releases.sort_by_cached_key(|name| Reverse(Release::new(name)));
        Choices { areas, periods: labels, groups, releases }
    }

    /// What is chosen that the rows do not have.
    pub fn wrong(&self, page: &TablePage) -> Option<Wrong> {
        let area = self.areas.iter().any(|(code, _)| *code == page.area);
        let has = |all: &[String], chosen: &String| chosen.is_empty() || all.contains(chosen);
        let (what, without) = if !page.area.is_empty() && !area {
            (format!("area `{}`", page.area), TablePage { area: String::new(), ..page.clone() })
        } else if !has(&self.periods, &page.period) {
            (format!("period `{}`", page.period), TablePage { period: String::new(), ..page.clone() })
        } else if !has(&self.groups, &page.breakdown) {
            (format!("breakdown `{}`", page.breakdown), TablePage { breakdown: String::new(), ..page.clone() })
        } else if !has(&self.releases, &page.release) {
            (format!("release `{}`", page.release), TablePage { release: String::new(), ..page.clone() })
        } else {
            return None;
        };
        let wrong = Wrong::gone(format!("the measure has no rows of {what}"), "choose from the lists of the page");
        Some(wrong.link("the same without it", Address::Table(TablePage { page: 1, ..without })))
    }

    /// The choices of the page.
    pub fn selects(&self, page: &TablePage, meta: &TableMeta) -> Vec<Select> {
        let usual = TablePage::usual(meta);
        let measures = meta.measures.iter().map(|(name, measure)| Choice {
            name: measure.label.clone(),
            word: if name == usual { String::new() } else { name.clone() },
            chosen: *name == page.measure || (page.measure.is_empty() && name == usual),
        });
        let areas = self.areas.iter().map(|(code, name)| (code.clone(), name.clone()));
        let same = |all: &[String]| all.iter().map(|word| (word.clone(), word.clone())).collect::<Vec<_>>();
        let groups = self.groups.iter().map(|word| (word.clone(), word.replacen('=', ": ", 1))).collect();
        vec![
            Select { key: "measure", label: "Measure", options: measures.collect() },
            select("area", "Area", &page.area, areas.collect()),
            select("period", "Period", &page.period, same(&self.periods)),
            select("breakdown", "Group", &page.breakdown, groups),
            select("release", "Release", &page.release, same(&self.releases)),
        ]
    }
}

/// A choice of which one is all.
fn select(key: &'static str, label: &'static str, chosen: &str, all: Vec<(String, String)>) -> Select {
    let every = Choice { name: "all".to_owned(), word: String::new(), chosen: chosen.is_empty() };
    let one = |(word, name): (String, String)| Choice { chosen: word == chosen, name, word };
    Select { key, label, options: std::iter::once(every).chain(all.into_iter().map(one)).collect() }
}
