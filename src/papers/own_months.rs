//! A council's own figures over time: a table a measure, a row an area, months or terms from left to right.

use crate::publish::document::{Cell, Column, Table};
use crate::schema::TOTAL;

use super::choose::Chosen;
use super::local::{Own, SIX_MONTHS, last};
use super::own_tables::{OwnView, PROVISIONAL, shown};
use super::tables::titled;

impl OwnView<'_> {
    /// The last `periods` periods of the same kind as the latest, up to the one asked for.
    pub fn months(&self, chosen: &Chosen<'_>, periods: usize) -> Option<Table> {
        let all = self.own(chosen);
        let now = last(&all, self.period.as_deref())?;
        let own: Vec<&Own> =
            all.iter().copied().filter(|own| own.when <= now.when && own.when.length() == now.when.length()).collect();
        let mut ends: Vec<_> = own.iter().map(|own| own.when).collect();
        ends.sort_unstable();
        ends.dedup();
        let ends = &ends[ends.len().saturating_sub(periods)..];
        let mut table =
            Table { title: titled(chosen.measure), columns: vec![Column::words("Area")], ..Table::default() };
        for end in ends {
            let label = own.iter().find(|own| own.when == *end).map_or("", |own| own.period.as_str());
            table.columns.push(Column::figures(label));
        }
        for (area, name) in self.areas_of(&own) {
            let mut row = vec![Cell::words(name)];
            row.extend(ends.iter().map(|end| {
                let found = own.iter().find(|own| own.when == *end && own.area == area);
                found.map_or_else(|| Cell::missing("[z]", "not in the return"), |own| shown(own, chosen.measure.places))
            }));
            table.rows.push(row);
        }
        table.notes.push(PROVISIONAL.into());
        Some(table)
    }

    /// The areas and what they are called: the whole under the council's name first, the others as the return has them.
    fn areas_of<'o>(&self, own: &[&'o Own]) -> Vec<(&'o str, String)> {
        let mut others: Vec<(u32, &str)> = Vec::new();
        for own in own.iter().filter(|own| own.area != TOTAL && own.area != SIX_MONTHS) {
            match others.iter_mut().find(|(_, area)| *area == own.area) {
                Some((first, _)) => *first = own.row.min(*first),
                None => others.push((own.row, &own.area)),
            }
        }
        others.sort_unstable();
        let whole = own.iter().any(|own| own.area == TOTAL).then(|| (TOTAL, self.who.to_owned()));
        whole.into_iter().chain(others.into_iter().map(|(_, area)| (area, area.to_owned()))).collect()
    }
}
