//! One table of the neighbours: the authority on top, then those most like it, then the averages; a column a measure.

use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::{Missing, Reading, Seen};
use crate::shown::small;

use super::glance::own;
use super::item::Item;
use super::view::{View, id_of};

/// The most measures that fit beside the names.
const MOST: usize = 7;

impl<'a> View<'a> {
    /// The authority and its neighbours on the measures of `items` that have a place or a rate; none where it has no neighbours.
    pub fn similar(&self, items: &[Item<'a>]) -> Option<Table> {
        let items: Vec<&Item<'a>> =
            items.iter().filter(|item| item.is_news() && !item.reading.measure.is_size()).take(MOST).collect();
        let year = self.beside.iter().find_map(Comparator::year)?;
        let neighbours = self.register.neighbours().of(year, self.authority);
        if items.is_empty() || neighbours.is_empty() {
            return None;
        }
        let many = small(neighbours.len());
        let mut table = Table {
            id: "neighbours".into(),
            title: format!("{} and its {many} statistical neighbours, most alike first", self.who),
            caption: caption(&items),
            ..Table::default()
        };
        table.columns.push(Column::words("Authority"));
        table.columns.extend(items.iter().map(|item| Column::figures(item.reading.measure.heading())));
        let mut first = vec![Cell::words(self.who).bold()];
        first.extend(items.iter().map(|item| own(item).bold()));
        table.rows.push(first);
        for &code in neighbours {
            let name = self.register.newest(code).map_or_else(|| code.to_string(), |one| one.name.clone());
            let mut row = vec![Cell::words(name)];
            row.extend(items.iter().map(|item| self.other(item, code)));
            table.rows.push(row);
        }
        table.rows.push(averages(
            &format!("Average of the {many}"),
            &items,
            |reading| reading.neighbours().and_then(|one| one.value),
            "neighbours",
        ));
        table.rows.push(averages("England", &items, |reading| reading.england().and_then(|one| one.value), "england"));
        super::tidy::drop_empty(&mut table);
        Some(table)
    }

    /// Another authority's figure in the period of an item.
    fn other(&self, item: &Item<'a>, code: LaCode) -> Cell {
        let slice = self.slice(&item.chosen, item.series.about.0, item.series.about.1);
        let seen = slice.figure(code, item.when);
        let id = if item.reading.cells.is_empty() { String::new() } else { slice.id(code, item.when) };
        shown(&item.reading, seen).figure(id)
    }
}

/// A figure as the pages write it, or the word for its being missing.
fn shown(reading: &Reading, seen: Option<Seen>) -> Cell {
    match seen {
        Some(Seen { value: Some(value), .. }) => {
            Cell::shown(value, reading.measure.places, reading.measure.shown(value))
        }
        Some(Seen { missing, .. }) => Cell::missing(missing.word(), missing.reason()),
        None => Cell::missing(Missing::Absent.word(), Missing::Absent.reason()),
    }
}

fn averages(name: &str, items: &[&Item<'_>], of: fn(&Reading) -> Option<f64>, word: &str) -> Vec<Cell> {
    let cell = |item: &&Item<'_>| match of(&item.reading) {
        Some(value) => Cell::shown(value, item.reading.measure.places, item.reading.measure.shown(value))
            .figure(crate::figure::beside(&id_of(&item.reading), word)),
        None => Cell::missing("none", "no figure to compare with"),
    };
    std::iter::once(Cell::words(name)).chain(items.iter().map(cell)).collect()
}

/// What the figures are of: one period, or each measure's own.
fn caption(items: &[&Item<'_>]) -> String {
    let mut periods: Vec<&str> = items.iter().map(|item| item.reading.period.prose.as_str()).collect();
    periods.dedup();
    match periods.as_slice() {
        [only] => format!("Figures for {only}"),
        [first, rest @ ..] => {
            let other: Vec<String> = items
                .iter()
                .filter(|item| {
                    rest.contains(&item.reading.period.prose.as_str()) && item.reading.period.prose != *first
                })
                .map(|item| format!("{}: {}", item.reading.measure.noun, item.reading.period.prose))
                .collect();
            format!("Figures for {first}; {}", other.join("; "))
        }
        [] => String::new(),
    }
}
