//! What stands beside an authority's figures in a chart of lines or bars: neighbours, groups, region and England.
//!
//! In: a slice, who is asked for, periods. Out: a name, a role and a figure a period for each that has any; what is
//! asked for and has none is said in the notes.

use super::slice::{Ask, Slice, drawn};
use crate::chart::data::{Figure, Role};
use crate::comparator::Comparator;
use crate::series::{Beside, When};

/// A comparator's name, what it is, and its figure in each period.
type Average = (String, Role, Vec<Figure>);

impl Slice<'_> {
    /// The comparators asked for that have a figure in any of `periods`; England and the region not where they are totals.
    pub fn averages(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Vec<Average> {
        // The average of grades is no grade.
        if !self.found().measure.grades.is_empty() {
            return Vec::new();
        }
        let total = periods.last().is_some_and(|&last| self.is_total(last));
        let published =
            |beside, role, wanted: bool| self.published_beside(ask, periods, beside, role).filter(|_| wanted);
        let neighbours = published(Beside::Neighbours, Role::Neighbour, ask.comparators.neighbours);
        let groups = ask.comparators.groups.iter().map(|group| self.mean_of_group(ask, periods, group));
        let region = published(Beside::Region, Role::Region, ask.comparators.region && !total);
        let england = published(Beside::England, Role::England, ask.comparators.england && !total);
        let all = neighbours.into_iter().chain(groups).chain(region).chain(england);
        all.filter(|(.., figures)| figures.iter().any(|figure| figure.number().is_some())).collect()
    }

    fn published_beside(&self, ask: &Ask<'_>, periods: &[When<'_>], beside: Beside, role: Role) -> Option<Average> {
        let found: Vec<Option<(String, Figure)>> = periods.iter().map(|&when| self.beside(ask, when, beside)).collect();
        let name = match role {
            Role::Neighbour => "Statistical neighbours".to_owned(),
            _ => found.iter().flatten().next()?.0.clone(),
        };
        let figures = found.into_iter().map(|found| found.map(|(_, figure)| figure).unwrap_or_default()).collect();
        Some((name, role, figures))
    }

    /// The plain mean of the members that have a figure, as tables have it.
    fn mean_of_group(&self, ask: &Ask<'_>, periods: &[When<'_>], group: &Comparator) -> Average {
        let line = self.data.line(&self.data.series(ask.authority), group, ask.register);
        let figure = |&when: &When<'_>| {
            let figure = line.at(when).map(|seen| drawn(&seen)).unwrap_or_default();
            figure.known_as(self.data.id_beside(ask.authority, when, group))
        };
        (group.name(ask.authority, ask.register), Role::Group, periods.iter().map(figure).collect())
    }

    /// What is asked for and not shown, and why.
    pub fn left_out(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Vec<String> {
        let Some(&last) = periods.last() else { return Vec::new() };
        if !self.found().measure.grades.is_empty() {
            return vec!["No average is shown: the average of grades is no grade".to_owned()];
        }
        let wanted = [(ask.comparators.england, "England"), (ask.comparators.region, "the region")];
        let wanted: Vec<&str> = wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, name)| name).collect();
        match (self.is_total(last), wanted.as_slice()) {
            (true, [name]) => vec![format!("{} is not shown: its figure is a total", crate::shown::sentence(name))],
            (true, [_, _]) => vec!["England and the region are not shown: their figures are totals".to_owned()],
            _ => self.without_figures(ask, periods),
        }
    }

    /// Comparators asked for of which no figure was published in any of the periods.
    fn without_figures(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Vec<String> {
        let shown: Vec<Role> = self.averages(ask, periods).into_iter().map(|(_, role, _)| role).collect();
        let asked = [
            (ask.comparators.england, Role::England, Comparator::England),
            (ask.comparators.region, Role::Region, Comparator::Region),
        ];
        let gone = asked.into_iter().filter(|(wanted, role, _)| *wanted && !shown.contains(role));
        let names = gone.map(|(.., comparator)| comparator.name(ask.authority, ask.register));
        names.filter(|name| !name.is_empty()).map(|name| format!("No figure was published for {name}")).collect()
    }
}
