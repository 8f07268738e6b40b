//! The first page of a paper about a council's own figures: messages, the scorecard as its table, what was not received.
//!
//! In: the items of a paper, and the page as the published figures make it. Out: the page with what the return says of them: first,
//! where the report says so or all its figures are the council's own; else after the published ones.

use crate::actions::ActionRow;
use crate::publish::document::{Block, Document, Remark, Section, Table};
use crate::publish::page::{FIRST_PAGE, first_page_height};
use crate::reading::{Age, Change, Reading};
use crate::report::{First, Report};
use crate::shown::{list, within};

use super::item::Item;
use super::messages::{FEWEST, MOST};
use super::own_messages::told;
use super::own_tables::{Row, main_period, returned};
use super::view::View;
use super::{actions_table, scorecard};

/// The fewest rows that the first page keeps.
const ROWS: usize = 4;

/// Puts the council's own figures onto the first page; whether its table is their scorecard.
pub fn onto<'a>(
    document: &mut Document,
    report: &Report,
    items: &[Item<'a>],
    lead: &dyn Fn(&Item<'a>) -> bool,
    view: &View<'a>,
) -> bool {
    let rows = returned(items);
    let published = items.iter().any(|item| item.own.is_none() && item.is_news());
    let first = match report.first {
        Some(first) => first == First::Scorecard,
        None => !published,
    };
    let own = told(&rows, lead);
    document.remarks.extend(not_received(&rows));
    document.remarks.extend(old(&rows, view));
    if rows.is_empty() || !first {
        let most = if own.items.is_empty() { FEWEST } else { MOST };
        let room = most.saturating_sub(document.messages.len());
        document.messages.extend(own.messages.into_iter().take(room));
        return false;
    }
    let others = std::mem::take(&mut document.messages);
    document.messages = own.messages.into_iter().chain(others).take(MOST).collect();
    if report.subtitle.is_empty() {
        document.subtitle = subtitle(&rows);
    }
    // What the first page has is not said again.
    for section in &mut document.sections {
        section.blocks.retain(|block| !matches!(block, Block::Table(table) if table.id == scorecard::ID));
    }
    document.sections.retain(|section| !section.blocks.is_empty());
    fit(document, &scorecard::ordered(rows, &own.items));
    true
}

/// Fills the table of the first page with as many rows as it has room for; the others go to a section of their own.
fn fit(document: &mut Document, rows: &[Row<'_, '_>]) {
    let mut shown = rows.len();
    loop {
        document.glance = scorecard::table(&rows[..shown]);
        if first_page_height(document) <= FIRST_PAGE || document.close && shown <= ROWS {
            break;
        }
        if document.close {
            shown -= 1;
        }
        document.close = true;
    }
    // The columns of a scorecard are not those of the published figures: the workbook has the table itself.
    document.standing.clear();
    let rest: Vec<Row<'_, '_>> = rows[shown..].iter().copied().filter(|(item, _)| !is_shown(document, item)).collect();
    if let Some(rest) = scorecard::table(&rest) {
        let rest = Table { title: format!("{}, continued", rest.title), ..rest };
        let heading = "What else does the scorecard hold?".to_owned();
        let rest = Section { heading, blocks: vec![Block::Table(rest)], ..Section::default() };
        document.sections.insert(0, rest);
    }
}

/// Whether a table of a section has the figure.
fn is_shown(document: &Document, item: &Item<'_>) -> bool {
    let id = super::view::id_of(&item.reading);
    let tables = document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.flat_map(|table| &table.rows).flatten().any(|cell| cell.id == id)
}

/// Puts what became of the actions of a plan before all other messages.
pub fn actions(document: &mut Document, rows: &[&ActionRow]) {
    if let Some(message) = actions_table::message(rows) {
        document.messages.insert(0, message);
        document.messages.truncate(MOST);
    }
}

/// `The council's own figures for May 2025, against targets and the year before.`
fn subtitle(rows: &[Row<'_, '_>]) -> String {
    let readings: Vec<&Reading> = rows.iter().map(|(item, _)| &item.reading).collect();
    let judged = readings.iter().any(|reading| reading.target.rating().is_some());
    let before = rows.iter().any(|(_, own)| own.before.is_known());
    let year = readings.iter().any(|reading| !matches!(reading.change, Change::None(_)));
    let mut against = Vec::new();
    against.extend(judged.then_some("targets"));
    against.extend(before.then_some("the six months before"));
    against.extend(year.then_some("the year before"));
    let against = if against.is_empty() { String::new() } else { format!(", against {}", list(&against)) };
    format!("The council\u{2019}s own figures for {}{against}.", main_period(&readings))
}

/// Measures of months that have no figure of the newest month.
fn not_received(rows: &[Row<'_, '_>]) -> Option<Remark> {
    let monthly = || rows.iter().filter(|(_, own)| own.is_monthly());
    let newest = monthly().max_by_key(|(_, own)| own.now.when)?.1.now;
    let late: Vec<String> = monthly()
        .filter(|(item, own)| own.now.when < newest.when || item.reading.level.value().is_none())
        .map(|(item, _)| within(&item.reading.measure.heading()))
        .collect();
    let text = format!("{} ({}).", list(&late), newest.period);
    (!late.is_empty()).then(|| Remark { label: "Not received".to_owned(), text })
}

/// That the council's own figures are older than the published ones by years.
fn old(rows: &[Row<'_, '_>], view: &View<'_>) -> Option<Remark> {
    let newest = rows.iter().map(|(_, own)| own.now).max_by_key(|own| own.when)?;
    let published = view.newest?;
    let is_old = Age::of(newest.when.end(), Some(published)) == Age::Stale;
    is_old.then(|| Remark {
        label: "Old".to_owned(),
        text: format!(
            "the council\u{2019}s own figures are for {}; the newest published ones go to {}.",
            newest.period,
            published.format("%B %Y")
        ),
    })
}
