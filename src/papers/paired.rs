//! A council's own figures beside the published measures of the same name: what was published last, for it, England, neighbours.
//!
//! In: the items of a return. Out: a section of one table. Nothing is claimed of where the own figure would stand.

use crate::publish::document::{Block, Cell, Column, Section, Table};
use crate::reading::{Against, Caveat, Reading, words};
use crate::store::{Catalogue, Found};

use super::choose::Chosen;
use super::item::{Item, old};
use super::local::is_local;
use super::own_tables::{Row, figure, main_period, named, returned};
use super::view::View;
use super::{Stock, tidy};

/// The published measure that an own one stands beside; none where none is loaded.
pub fn pair<'a>(chosen: &Chosen<'_>, catalogue: &'a Catalogue) -> Option<Chosen<'a>> {
    let own = chosen.found();
    let Found { table, meta, name, measure } = catalogue.published_of(&own).filter(|_| is_local(chosen))?;
    Some(Chosen { table, meta, name, measure, pipeline: None, rate: None })
}

/// The own figures that have a published pair, with it.
pub fn section<'a>(items: &[Item<'a>], stock: &'a Stock<'a>, view: &View<'a>) -> Option<Section> {
    let rows = returned(items).into_iter().filter_map(|row| {
        let published = view.item(&pair(&row.0.chosen, stock.catalogue)?)?;
        published.reading.level.value().map(|_| (row, published))
    });
    let rows: Vec<(Row<'_, 'a>, Item<'a>)> = rows.collect();
    let table = table(&rows)?;
    Some(Section {
        heading: "How do these compare with what was published last?".to_owned(),
        blocks: vec![Block::Table(table)],
        ..Section::default()
    })
}

fn table(rows: &[(Row<'_, '_>, Item<'_>)]) -> Option<Table> {
    if rows.is_empty() {
        return None;
    }
    let own: Vec<&Reading> = rows.iter().map(|((item, _), _)| &item.reading).collect();
    let published: Vec<&Reading> = rows.iter().map(|(_, item)| &item.reading).collect();
    let (now, last) = (main_period(&own), main_period(&published));
    let mut table = Table { title: "Own and published figures".into(), ..Table::default() };
    table.columns = vec![
        Column::words("Measure"),
        Column::own("Own count").with(now.clone()),
        Column::figures("Published").with(last.clone()),
        Column::figures("England"),
        Column::figures("Neighbours"),
    ];
    for ((item, _), published) in rows {
        let beside = |against: Option<&Against>| {
            let value = against.filter(|against| words::may_stand(against)).and_then(|against| against.value);
            value.map_or_else(Cell::default, |value| {
                Cell::shown(value, published.reading.measure.places, published.reading.measure.shown(value))
            })
        };
        table.rows.push(vec![
            named(item),
            figure(item, &now),
            figure(published, &last),
            beside(published.reading.england()),
            beside(published.reading.neighbours()),
        ]);
        table.notes.extend(differs(item, published));
    }
    table.notes.extend(old(&rows.iter().map(|(_, item)| item).collect::<Vec<_>>()));
    table.notes.push(
        "The own count is provisional and of another period: it does not tell where the council stands among others."
            .into(),
    );
    tidy::drop_empty(&mut table);
    Some(table)
}

/// That the council and the publisher count differently, where both have a figure for one period.
fn differs(item: &Item<'_>, published: &Item<'_>) -> Option<String> {
    if item.when != published.when {
        return None;
    }
    let (own, other) = (item.reading.level.value()?, published.reading.level.value()?);
    let measure = &item.reading.measure;
    if measure.shown_at(own, item.exact) == measure.shown_at(other, item.exact) {
        return None;
    }
    let publisher = published.chosen.meta.source.split(',').next().unwrap_or_default();
    let publisher = if publisher.starts_with("Department") { "the Department" } else { publisher }.to_owned();
    let said = words::caveat(&Caveat::Differs { own, published: other, publisher }, &item.reading);
    // Both stand in this table: which of them the paper uses is no question here.
    let counts = said.split(". ").next().unwrap_or_default();
    Some(format!("{}: {}.", measure.heading(), crate::shown::within(counts.trim_end_matches('.'))))
}
