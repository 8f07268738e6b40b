//! Results against targets, in the plan's own order and priorities: result, target, rating, direction, owner, comment; and where a
//! paper printed otherwise.

use crate::area::LaCode;
use crate::publish::document::{Cell, Column, Group, Table};
use crate::reading::{Change, Evidence, Judgement, Link, NoTarget, Past, Reading, When as Spoken, words};
use crate::series::Beside as Whom;
use crate::shown::sentence;
use crate::statistics::Polarity;
use crate::statistics::target::TargetStatus;
use crate::store::measure;
use crate::targets::{aim, aim_words, kind, target};

use super::choose::Chosen;
use super::item::Item;
use super::judge::{Asked, Beside, JudgedFigure, judgement};
use super::local::{Locals, SixMonths, before};
use super::own_messages::contradicts;
use super::own_tables::{OwnView, figure, main_period, named};
use super::scorecard::rating;
use super::tidy;
use super::view::View;

/// A row a measure: result, target, rating, direction of travel, owner, comment.
pub fn results(items: &[&Item<'_>], chosen: &[Chosen<'_>], own: &OwnView<'_>) -> Option<Table> {
    let mut rows: Vec<&Item<'_>> =
        items.iter().copied().filter(|item| item.own.is_some() || !item.asked.target.is_empty()).collect();
    rows.sort_by_key(|item| item.asked.order);
    let mut priorities: Vec<&str> = Vec::new();
    for item in &rows {
        if !priorities.contains(&item.asked.priority.as_str()) {
            priorities.push(&item.asked.priority);
        }
    }
    rows.sort_by_key(|item| priorities.iter().position(|one| *one == item.asked.priority));
    let readings: Vec<&Reading> = rows.iter().map(|item| &item.reading).collect();
    let main = main_period(&readings);
    let mut table =
        Table { title: "Results against targets".into(), caption: words::ratings(&readings), ..Table::default() };
    table.columns = vec![Column::words("Measure"), Column::own("Result").with(main.clone())];
    table.columns.extend(["Target", "Rating", "Direction of travel", "Owner", "Comment"].map(Column::words));
    table.rows = rows.iter().map(|item| row(item, &main)).collect();
    table.groups = groups(&rows);
    table.notes = notes(&rows, chosen, items, own);
    one_owner(&mut table, &rows);
    tidy::drop_empty(&mut table);
    (!table.rows.is_empty()).then_some(table)
}

/// Headings over the priorities, where the plan has any.
fn groups(rows: &[&Item<'_>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (first, item) in rows.iter().enumerate() {
        let heading = &item.asked.priority;
        if !heading.is_empty() && groups.last().is_none_or(|group| group.heading != *heading) {
            groups.push(Group { first, heading: heading.clone(), note: String::new() });
        }
    }
    groups
}

/// Where everything has one owner, that is said once.
fn one_owner(table: &mut Table, rows: &[&Item<'_>]) {
    let Some((first, rest)) = rows.split_first() else { return };
    let owner = &first.asked.owner;
    let Some(at) = table.columns.iter().position(|column| column.title == "Owner") else { return };
    if !owner.is_empty() && rest.iter().all(|item| item.asked.owner == *owner) {
        table.notes.insert(0, format!("Owner of all: {owner}."));
        table.columns.remove(at);
        table.rows.iter_mut().for_each(|row| drop(row.remove(at)));
    }
}

fn row(item: &Item<'_>, main: &str) -> Vec<Cell> {
    let own = item.own.as_ref();
    let printed = own.map(|own| own.printed.as_str()).filter(|printed| contradicts(&item.reading, printed));
    let printed = printed.map_or_else(String::new, |printed| format!("printed: {printed}"));
    let mut name = named(item);
    if !item.asked.reference.is_empty() {
        name.second = format!("No. {}; {}", item.asked.reference, name.second);
    }
    vec![
        name,
        figure(item, main),
        Cell::words(asked(item)).with(tolerance(item)),
        rating(&item.reading).with(printed),
        Cell::words(travel(item).unwrap_or_else(|| NO_EARLIER.to_owned())),
        Cell::words(item.asked.owner.clone()),
        Cell::words(own.map_or_else(String::new, |own| own.comment.clone())),
    ]
}

/// What is asked, in the council's own words where they say more than a number.
fn asked(item: &Item<'_>) -> String {
    match item.reading.target {
        Judgement::Judged(_) => words::asked(&item.reading),
        Judgement::None(_) if item.asked.target.is_empty() => "none".to_owned(),
        Judgement::None(why) => match why {
            NoTarget::ToImprove | NoTarget::NotSet | NoTarget::NoFigure | NoTarget::Doubted => {
                item.asked.target.clone()
            }
            NoTarget::NotUnderstood => format!("{} (not understood)", item.asked.target),
            NoTarget::Contrary => format!("{} (the aim says the opposite)", item.asked.target),
            NoTarget::NoBenchmark => format!("{} (not to hand)", item.asked.target),
        },
    }
}

fn tolerance(item: &Item<'_>) -> String {
    match item.reading.target {
        Judgement::Judged(judged) if judged.tolerance > 0.0 => {
            format!("tolerance {}", item.reading.measure.distance(judged.tolerance))
        }
        _ => String::new(),
    }
}

/// What stands where there is no figure before.
pub const NO_EARLIER: &str = "No earlier figure";

/// What became of the figure since the one before, or since the average of the six months before; none where there is neither.
pub fn travel(item: &Item<'_>) -> Option<String> {
    let (change, six_months) = since(item)?;
    let words = words::travelled(&change, &item.reading.measure)?;
    Some(if six_months { format!("{words} (six months)") } else { words })
}

/// The same as a change, and whether it is one since the six months before.
pub fn since(item: &Item<'_>) -> Option<(Change, bool)> {
    let reading = &item.reading;
    let Some(own) = &item.own else { return Some((reading.change.clone(), false)) };
    let average = match &own.before {
        SixMonths::Told(told) => told.figure.value,
        SixMonths::Known(mean) => Some(*mean),
        _ => None,
    };
    let Some(earlier) = before(&own.figures, own.now) else {
        let (from, to) = average.zip(reading.level.value())?;
        return Some((Change::Seen { before: Spoken::default(), from, to }, true));
    };
    let past = |own: &super::local::Own, link| Past {
        when: Spoken::new(own.when.end_day(), &own.period),
        seen: own.figure,
        link,
    };
    let mut evidence = Evidence::new(measure(&item.chosen.found(), ""), "", Spoken::default(), own.now.figure);
    evidence.past = vec![past(earlier, Link::First), past(own.now, Link::Joined)];
    Some((evidence.reading().change, false))
}

/// The ratings in words, contradictions, and targets without a figure.
fn notes(rows: &[&Item<'_>], chosen: &[Chosen<'_>], items: &[&Item<'_>], own: &OwnView<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if rows.iter().any(|item| item.reading.target.rating().is_some()) {
        notes.push(BRAG.to_owned());
    }
    for item in rows {
        let Some(returned) = &item.own else { continue };
        if contradicts(&item.reading, &returned.printed) {
            notes.push(format!(
                "{}: the paper says {}; by its own aim ({}), result and target it is {}.",
                item.reading.measure.heading(),
                returned.printed,
                aim_words(item.asked.aim(item.reading.measure.polarity)),
                status(&item.reading)
            ));
        }
    }
    for measure in chosen.iter().filter(|measure| !items.iter().any(|item| item.is(measure))) {
        if own.locals.asked_at_all(own.authority, (measure.name, &measure.measure.label)) {
            notes.push(format!("{}: a target is set and there is no figure.", measure.measure.label));
        }
    }
    notes
}

/// What became of a target, by the word that councils print.
fn status(reading: &Reading) -> String {
    match reading.target {
        Judgement::Judged(_) => crate::shown::within(words::colour(&reading.target)),
        Judgement::None(_) => "not judged".to_owned(),
    }
}

const BRAG: &str =
    "Rating: blue, met in this period and the one before; green, met; amber, missed within the tolerance; red, missed.";

impl<'a> View<'a> {
    /// The same published measure judged against what the targets file asks of it.
    pub fn against_target(&self, item: Item<'a>, own: &OwnView<'_>) -> Item<'a> {
        let (points, chosen) = (&item.series.points, &item.chosen);
        let Some((newest, earlier)) = points.split_last() else { return item };
        let asked = |when: &crate::series::When<'_>| {
            let named = (chosen.name, chosen.measure.label.as_str());
            own.locals.target(own.authority, named, (&when.label(), when.key)).map(Asked::of)
        };
        let Some(now) = asked(&newest.when) else { return item };
        let of = |point: &crate::series::Point<'_>| {
            let whose = |whom: Whom| point.beside(whom).and_then(|against| against.figure.value);
            let beside = Beside {
                england: whose(Whom::England),
                region: whose(Whom::Region),
                neighbours: whose(Whom::Neighbours),
            };
            JudgedFigure::new(chosen, &point.figure).beside(beside)
        };
        // A target met before counts only where the figures may be compared.
        let joined = newest.change.is_some();
        let before = earlier.last().filter(|_| joined);
        let before = before.and_then(|point| Some(of(point).status(&asked(&point.when)?)));
        let target = judgement(&of(newest).after(before.unwrap_or(TargetStatus::NotJudged)), &now);
        Item { reading: Reading { target, ..item.reading }, asked: now, ..item }
    }
}

/// The targets file as a table: every target, in its own order, with what kind it is.
pub fn plan(locals: &Locals, la: LaCode, who: &str) -> Option<Table> {
    let mut table = Table { title: format!("Targets of {who}"), ..Table::default() };
    table.columns =
        ["Measure", "Target", "Kind of target", "Which way is good", "How often", "Owner"].map(Column::words).into();
    let mut priority = "";
    for (first, row) in locals.targets(la).into_iter().enumerate() {
        if !row.priority.is_empty() && row.priority != priority {
            priority = &row.priority;
            table.groups.push(Group { first, heading: row.priority.clone(), note: String::new() });
        }
        let read = target(&row.target, None, &|_| None);
        let aimed = if row.aim.to_lowercase().starts_with("trend") {
            "neither, watched".to_owned()
        } else {
            let aim = aim(&row.aim, &row.target, Polarity::None);
            aim.map_or_else(|| "the target says the opposite".to_owned(), aim_words)
        };
        let number = if row.reference.is_empty() { String::new() } else { format!("No. {}", row.reference) };
        let under: Vec<String> =
            [number, row.period.clone()].into_iter().filter(|text| !text.trim().is_empty()).collect();
        let tolerance = if row.tolerance.is_empty() { String::new() } else { format!("tolerance {}", row.tolerance) };
        table.rows.push(vec![
            Cell::words(sentence(&row.measure)).with(under.join("; ")),
            Cell::words(row.target.clone()).with(tolerance),
            Cell::words(kind(read)),
            Cell::words(aimed),
            Cell::words(row.frequency.clone()),
            Cell::words(row.owner.clone()),
        ]);
    }
    tidy::drop_empty(&mut table);
    (!table.rows.is_empty()).then_some(table)
}
