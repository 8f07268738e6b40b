//! Areas and teams of a council's own return side by side: a figure that misses the target by more than the tolerance is marked.
//!
//! In: items of a return. Out: tables of measures by team, the authority's own column last, and the sentence that answers where
//! teams differ.

use crate::publish::document::{Cell, Column, Table};
use crate::reading::{Caveat, Evidence, Judgement, Level, Rating, Reading, Seen, When, words};
use crate::shown::{list, sentence, small as few};

use super::choose::Chosen;
use super::item::Item;
use super::judge::{JudgedFigure, judgement};
use super::local::{Own, SIX_MONTHS, last};
use super::own_item::Returned;
use super::own_tables::{OwnView, Row, exact};
use super::{small, tidy};
use crate::schema::TOTAL;

/// The most columns of a table.
const WIDEST: usize = 9;
/// Areas of a return that are no part of the authority.
const OUTSIDE: [&str; 6] =
    ["England", "Region", "Statistical neighbours", "Core cities", "National average", "Regional average"];

/// Whether an area is a part of the authority, not somebody that it is set beside.
fn is_part(own: &Own) -> bool {
    own.area != TOTAL && own.area != SIX_MONTHS && !OUTSIDE.iter().any(|name| name.eq_ignore_ascii_case(&own.area))
}

/// What may be said of an area's figure against the target of the whole.
fn reading(item: &Item<'_>, own: &Own) -> Reading {
    let measure = crate::reading::Measure { places: item.reading.measure.places, ..item.reading.measure.clone() };
    let quotient = measure.quotient();
    let ratio = own.figure.counts().map(|(x, n)| crate::statistics::difference::Ratio { x, n });
    let range = quotient.zip(ratio).and_then(|(quotient, ratio)| quotient.interval(ratio));
    let when = When::new(own.when.end_day(), &own.period);
    let mut evidence = Evidence::new(measure, &own.area, when, Seen { range, ..own.figure });
    if let Some(judged) = target_of(item) {
        evidence.target = judgement(&JudgedFigure::new(&item.chosen, &own.figure).beside(judged), &item.asked);
    }
    let mut reading = evidence.reading();
    if matches!(reading.level, Level::Few(_)) {
        reading.caveats.push(Caveat::SmallTeam);
    }
    reading
}

/// The rating of a target that holds for each part as it does for the whole: that of a share or a rate, or none at all; what a
/// whole council may count at most is no target of one of its teams.
fn shared(item: &Item<'_>) -> Option<Rating> {
    let none = matches!(item.reading.target, Judgement::Judged(judged) if judged.number == Some(0.0));
    item.reading.target.rating().filter(|_| none || !item.reading.measure.is_amount())
}

/// The averages that the target of the whole was held against; none where it was not judged.
fn target_of(item: &Item<'_>) -> Option<super::judge::Beside> {
    shared(item)?;
    let of = |area: &str| {
        let own = item.own.as_ref()?;
        let same = |one: &&&Own| one.area == area && one.when == own.now.when;
        own.figures.iter().find(same).and_then(|one| one.figure.value)
    };
    Some(super::judge::Beside {
        england: of("England"),
        region: of("Region"),
        neighbours: of("Statistical neighbours"),
    })
}

/// Whether a figure misses the target by more than the tolerance, of cases enough to say so.
fn misses(reading: &Reading) -> bool {
    reading.target.rating() == Some(Rating::Red) && reading.level.is_compared()
}

/// The areas of the item's period that are parts of the authority.
fn parts<'o>(own: &Returned<'o>) -> impl Iterator<Item = &'o Own> {
    let when = own.now.when;
    own.figures.clone().into_iter().filter(move |one| one.when == when && is_part(one))
}

/// How many areas miss the target of a measure by more than the tolerance, and of how many; none where there are no areas or
/// there is no target.
pub fn missing(item: &Item<'_>, own: &Returned<'_>) -> Option<(usize, usize)> {
    shared(item)?;
    let all: Vec<Reading> = parts(own).map(|one| reading(item, one)).collect();
    let missed = all.iter().filter(|reading| misses(reading)).count();
    (!all.is_empty()).then_some((missed, all.len()))
}

/// Where teams differ, in one to two sentences; empty where no target is set by which to tell.
pub fn answer(rows: &[Row<'_, '_>]) -> String {
    let mut teams: Vec<(String, usize, usize)> = Vec::new();
    for (item, own) in rows.iter().filter(|(item, _)| shared(item).is_some()) {
        for one in parts(own) {
            let missed = usize::from(misses(&reading(item, one)));
            match teams.iter_mut().find(|(name, ..)| *name == one.area) {
                Some((_, known, of)) => (*known, *of) = (*known + missed, *of + 1),
                None => teams.push((one.area.clone(), missed, 1)),
            }
        }
    }
    if teams.len() < 2 {
        return String::new();
    }
    [misses_most(&teams), beyond_chance(rows)].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `East misses three of seven targets by more than the tolerance; each other team misses one.`
fn misses_most(teams: &[(String, usize, usize)]) -> String {
    let most = teams.iter().map(|(_, missed, _)| *missed).max().unwrap_or_default();
    if most == 0 {
        return "No team misses a target by more than the tolerance.".to_owned();
    }
    let top: Vec<&(String, usize, usize)> = teams.iter().filter(|(_, missed, _)| *missed == most).collect();
    let others: Vec<usize> = teams.iter().map(|(_, missed, _)| *missed).filter(|missed| *missed != most).collect();
    let of = top.iter().map(|(.., of)| *of).max().unwrap_or_default();
    let names: Vec<&str> = top.iter().map(|(name, ..)| name.as_str()).collect();
    let targets = if of == 1 { "the target".to_owned() } else { format!("{} of {} targets", few(most), few(of)) };
    let verb = if names.len() == 1 { "misses" } else { "miss" };
    let rest = match others.split_first() {
        None => String::new(),
        Some((first, rest)) if rest.iter().all(|one| one == first) => match (first, rest.len()) {
            (0, _) => "; no other team does".to_owned(),
            (one, _) => format!("; each other team misses {}", few(*one)),
        },
        Some(_) => "; the others miss fewer".to_owned(),
    };
    let each = if names.len() > 1 && of > 1 { " each" } else { "" };
    format!("{}{each} {verb} {targets} by more than the tolerance{rest}.", list(&names))
}

/// `Chance alone would not explain assessments in East and South.`
fn beyond_chance(rows: &[Row<'_, '_>]) -> String {
    let mut told = Vec::new();
    for (item, own) in rows {
        let teams: Vec<&str> = parts(own)
            .filter(|one| {
                let reading = reading(item, one);
                let sure = matches!(reading.target, Judgement::Judged(judged) if !judged.within_chance);
                misses(&reading) && sure && reading.level.amount().is_some_and(|amount| amount.range.is_some())
            })
            .map(|one| one.area.as_str())
            .collect();
        if !teams.is_empty() {
            told.push(format!("{} in {}", item.reading.measure.noun, list(&teams)));
        }
    }
    match told.len() {
        0 => String::new(),
        1..=2 => format!("Chance alone would not explain {}.", told.join(", or ")),
        _ => String::new(),
    }
}

/// Areas or teams, each with its first row in the return.
type Areas = Vec<(u32, String)>;

impl OwnView<'_> {
    /// A row a measure, a column an area or team; measures of other areas in a table of their own.
    pub fn teams(&self, items: &[Row<'_, '_>], chosen: &[Chosen<'_>]) -> Vec<Table> {
        let mut groups: Vec<(Areas, Vec<&Chosen<'_>>)> = Vec::new();
        for measure in chosen {
            let areas = self.areas(measure);
            if areas.is_empty() {
                continue;
            }
            let shares =
                |known: &[(u32, String)]| known.iter().any(|(_, one)| areas.iter().any(|(_, area)| area == one));
            match groups.iter_mut().find(|(known, _)| shares(known)) {
                Some((known, measures)) => {
                    for (row, area) in areas {
                        if !known.iter().any(|(_, one)| *one == area) {
                            known.push((row, area));
                        }
                    }
                    measures.push(measure);
                }
                None => groups.push((areas, vec![measure])),
            }
        }
        groups.into_iter().flat_map(|(areas, measures)| self.group(items, &areas, &measures)).collect()
    }

    /// The areas of the last period of a measure, as the council's own file has them.
    fn areas(&self, chosen: &Chosen<'_>) -> Vec<(u32, String)> {
        let own = self.own(chosen);
        let Some(when) = self.when(&own) else { return Vec::new() };
        let mut areas: Vec<(u32, String)> = own
            .iter()
            .filter(|own| own.when == when && own.area != TOTAL && own.area != SIX_MONTHS)
            .map(|own| (own.row, own.area.clone()))
            .collect();
        areas.sort();
        let mut known: Vec<(u32, String)> = Vec::new();
        for area in areas {
            if !known.iter().any(|(_, name)| *name == area.1) {
                known.push(area);
            }
        }
        known
    }

    /// The period that areas are shown of: that of the whole, or the newest where there is no whole.
    fn when(&self, own: &[&Own]) -> Option<crate::period::PeriodKey> {
        let wanted = |own: &&&Own| self.period.as_deref().is_none_or(|period| own.is_of(period));
        let newest = || own.iter().filter(wanted).map(|own| own.when).max();
        last(own, self.period.as_deref()).map(|own| own.when).or_else(newest)
    }

    /// The tables of measures that share areas: as many as it takes to keep each narrow.
    fn group(&self, items: &[Row<'_, '_>], areas: &[(u32, String)], measures: &[&Chosen<'_>]) -> Vec<Table> {
        let names: Vec<&str> = areas.iter().map(|(_, area)| area.as_str()).collect();
        let judged = |measure: &Chosen<'_>| items.iter().any(|(item, _)| item.is(measure) && shared(item).is_some());
        let target = measures.iter().any(|measure| judged(measure));
        let whole = measures.iter().any(|measure| self.own(measure).iter().any(|own| own.area == TOTAL));
        let room = WIDEST - 1 - usize::from(target) - usize::from(whole);
        names.chunks(room).map(|names| self.table(items, names, measures)).collect()
    }

    fn table(&self, items: &[Row<'_, '_>], names: &[&str], measures: &[&Chosen<'_>]) -> Table {
        let of = |measure: &Chosen<'_>| items.iter().find(|(item, _)| item.is(measure)).copied();
        let mut table =
            Table { columns: vec![Column::words("Measure"), Column::figures("Target")], ..Table::default() };
        table.columns.extend(names.iter().map(|name| Column::figures(*name)));
        table.columns.push(Column::own("Whole authority"));
        let (mut periods, mut marked, mut few_cases) = (Vec::new(), false, false);
        for measure in measures {
            let own = self.own(measure);
            let Some(when) = self.when(&own) else { continue };
            let item = of(measure).map(|(item, _)| item);
            let figure = |area: &str| own.iter().find(|own| own.when == when && own.area == area).copied();
            periods.extend(own.iter().find(|own| own.when == when).map(|own| own.period.clone()));
            let judged = item.filter(|item| shared(item).is_some());
            let target = judged.map(|item| words::asked(&item.reading)).unwrap_or_default();
            let mut row = vec![Cell::words(label(item, measure)), Cell::words(target)];
            for name in names {
                let Some(own) = figure(name) else {
                    row.push(Cell::default());
                    continue;
                };
                let (cell, misses, few) = part(item, own, measure);
                marked |= misses;
                few_cases |= few;
                row.push(cell);
            }
            row.push(figure(TOTAL).map_or_else(Cell::default, |own| whole(item, own, measure)));
            table.rows.push(row);
        }
        table.title = title(&periods, &table, names);
        if marked {
            table.caption = "A diamond marks a figure that misses the target by more than the tolerance".to_owned();
        }
        if few_cases {
            table.notes.push(
                "Figures from fewer than 30 cases are shown but not marked: one case more or less moves them by over 3 points."
                    .to_owned(),
            );
        }
        tidy::drop_empty(&mut table);
        table
    }
}

/// The measure as its item calls it, else its label.
fn label(item: Option<&Item<'_>>, chosen: &Chosen<'_>) -> String {
    item.map_or_else(|| super::tables::titled(chosen.measure), |item| item.reading.measure.heading())
}

/// `May 2025 by area or team`; of one measure with its name.
fn title(periods: &[String], table: &Table, names: &[&str]) -> String {
    let mut known: Vec<&str> = periods.iter().map(String::as_str).collect();
    known.dedup();
    let when = sentence(&list(&known));
    let parts = names.iter().all(|name| OUTSIDE.iter().any(|outside| outside.eq_ignore_ascii_case(name)));
    let by = if parts { "side by side" } else { "by area or team" };
    match table.rows.as_slice() {
        [row] => format!("{}, {when}, {by}", row[0].text),
        _ => format!("{when} {by}"),
    }
}

/// The figure of an area: whether it misses the target, and whether its cases are few.
fn part(item: Option<&Item<'_>>, own: &Own, chosen: &Chosen<'_>) -> (Cell, bool, bool) {
    let Some(item) = item else { return (exact(own, chosen), false, false) };
    let reading = reading(item, own);
    let few = matches!(reading.level, Level::Few(_));
    let cell = super::own_tables::of_own(own, &reading);
    let cell = match (few, words::of_how_many(&reading)) {
        (true, Some(_)) => cell.with(words::caveat(&Caveat::SmallTeam, &reading)),
        (_, counts) => cell.with(counts.unwrap_or_default()),
    };
    let misses = is_part(own) && misses(&reading);
    let cell = if misses { cell.bold().noted("misses the target by more than the tolerance") } else { cell };
    match small::mark(words::Shape::Diamond).filter(|_| misses) {
        Some(mark) => (cell.marked(mark), misses, few),
        None => (cell, misses, few),
    }
}

/// The figure of the whole authority.
fn whole(item: Option<&Item<'_>>, own: &Own, chosen: &Chosen<'_>) -> Cell {
    match item {
        Some(item) => super::own_tables::of_own(own, &item.reading).bold(),
        None => exact(own, chosen),
    }
}
