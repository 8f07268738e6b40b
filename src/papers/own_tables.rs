//! A council's own figures to tables: latest, scorecard, areas, judgements with a cross-foot check.
//!
//! Such figures are provisional: set beside England's where the return has them, never ranked.

use crate::area::LaCode;
use crate::figure;
use crate::pipeline::Unit;
use crate::publish::MeasureMeta;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::{Change, Evidence, Link, Past, When as Spoken};
use crate::report::Section;
use crate::schema::TOTAL;
use crate::shown;
use crate::statistics::cohort::{MINIMUM_DENOMINATOR, points_per_person};
use crate::statistics::target::TargetStatus;
use crate::store::measure;

use super::choose::Chosen;
use super::local::{Locals, Own, SIX_MONTHS, SixMonths, before, last, six_months};
use super::tables::titled;
use super::verdicts::{Asked, Result, judged};
use super::view::{cell, count, number};

/// What became of a figure since the one before, by the test that published figures have.
fn change(chosen: &Chosen<'_>, before: &Own, now: &Own) -> Change {
    let past = |own: &Own, link| Past { when: Spoken::new(own.when.end_day(), &own.period), seen: own.figure, link };
    let mut evidence = Evidence::new(measure(&chosen.found(), ""), "", Spoken::default(), now.figure);
    evidence.past = vec![past(before, Link::First), past(now, Link::Joined)];
    evidence.reading().change
}

/// A note under every table of a council's own figures.
pub(super) const PROVISIONAL: &str = "Provisional: the council's own return, not published figures; not ranked.";

/// What every table of one section and authority needs.
pub struct OwnView<'a> {
    /// The figures and files.
    pub locals: &'a Locals,
    /// The authority.
    pub authority: LaCode,
    /// Its name.
    pub who: &'a str,
    /// The period, where it is not the latest.
    pub period: Option<String>,
}

impl OwnView<'_> {
    /// The figures of a measure.
    pub(super) fn own(&self, chosen: &Chosen<'_>) -> Vec<&Own> {
        self.locals.figures(chosen, self.authority)
    }

    /// A row a measure: the latest figure, its counts, England where the return has it, and the comment.
    pub fn latest(&self, chosen: &[Chosen<'_>], heading: &str) -> Option<Table> {
        let mut table = Table { title: format!("{heading}: the council's own figures"), ..Table::default() };
        table.columns = vec![Column::words("Measure"), Column::words("Period"), Column::figures(self.who)];
        table.columns.extend(["Numerator", "Denominator", "England"].map(Column::figures));
        table.columns.push(Column::words("Comment"));
        let (mut small, mut without) = (Vec::new(), Vec::new());
        for measure in chosen {
            let own = self.own(measure);
            let Some(now) = last(&own, self.period.as_deref()) else {
                without.push(measure.measure.label.as_str());
                continue;
            };
            let places = measure.measure.places;
            let mut row = vec![title(measure), Cell::words(now.period.clone()), shown(now, places)];
            row.extend(counts(now));
            row.push(of_area(&own, now, "England", places));
            row.push(Cell::words(self.locals.says(now, "comment")));
            table.rows.push(row);
            small.extend(small_cohort(measure, now));
        }
        table.notes.push(PROVISIONAL.into());
        table.notes.extend(small);
        table.notes.extend(not_there(&without));
        (!table.rows.is_empty()).then_some(table)
    }

    /// A row a measure: six months before, this month, target, rating, direction, comment.
    pub fn scorecard(&self, chosen: &[Chosen<'_>], heading: &str) -> Option<Table> {
        let mut table = Table { title: format!("{heading}: scorecard"), ..Table::default() };
        let mut lacking = Vec::new();
        table.columns = vec![Column::words("Measure"), Column::words("Period"), Column::figures(SIX_MONTHS)];
        table.columns.extend(["This period", "Numerator", "Denominator", "England"].map(Column::figures));
        table.columns.extend(["Target", "Rating", "Direction of travel", "Comment"].map(Column::words));
        let (mut small, mut without) = (Vec::new(), Vec::new());
        for measure in chosen {
            let own = self.own(measure);
            let Some(now) = last(&own, self.period.as_deref()) else {
                without.push(measure.measure.label.as_str());
                continue;
            };
            let places = measure.measure.places;
            let result = self.result(measure, &own, now);
            let asked = self.asked(&result, now);
            let (mean, lacks) = before_now(&own, now, measure.measure);
            lacking.extend(lacks.map(|lacks| format!("{}: {lacks}", measure.measure.label)));
            let mut row = vec![title(measure), Cell::words(now.period.clone()), mean];
            row.push(shown(now, places));
            row.extend(counts(now));
            row.push(of_area(&own, now, "England", places));
            let told = judged(&result, &asked, self.before(measure, &own, now));
            row.extend([Cell::words(told.target), Cell::words(told.verdict)]);
            row.extend([Cell::words(told.travel), Cell::words(self.locals.says(now, "comment"))]);
            table.rows.push(row);
            small.extend(small_cohort(measure, now));
        }
        table.notes.push(PROVISIONAL.into());
        table.notes.extend(small);
        table.notes.extend(not_there(&without));
        table.notes.push("Previous six months: pooled from the months where all six are in the return, else the council's own average.".into());
        table.notes.extend(lacking);
        (!table.rows.is_empty()).then_some(table)
    }

    /// The figure of one measure with what it is judged against.
    pub fn result(&self, chosen: &Chosen<'_>, own: &[&Own], now: &Own) -> Result {
        let beside = |area: &str| {
            let found = own.iter().find(|own| own.area == area && own.when == now.when);
            found.and_then(|own| own.figure.value)
        };
        let earlier = before(own, now);
        Result {
            name: chosen.name.to_owned(),
            period: now.period.clone(),
            when: now.when,
            label: chosen.measure.label.clone(),
            places: chosen.measure.places,
            unit: Unit::from_word(&chosen.measure.unit),
            polarity: super::local::polarity(&chosen.measure.polarity),
            value: now.figure.value,
            doubted: now.figure.is_doubted(),
            previous: earlier.and_then(|own| own.figure.value),
            unclear: earlier.is_some_and(|earlier| change(chosen, earlier, now).is_unclear()),
            average: beside(SIX_MONTHS),
            england: beside("England"),
            region: beside("Region"),
            neighbours: beside("Statistical neighbours"),
        }
    }

    /// What is asked of a figure: in its own row, else in the targets file.
    pub fn asked(&self, result: &Result, now: &Own) -> Asked {
        let says = |column: &str| self.locals.says(now, column);
        let own =
            Asked { target: says("target"), aim: says("aim"), tolerance: says("tolerance"), owner: says("owner") };
        if !own.target.is_empty() {
            return own;
        }
        let Some(row) =
            self.locals.target(self.authority, (&result.name, &result.label), (&result.period, result.when))
        else {
            return own;
        };
        let mut asked = Asked::of(row);
        if asked.aim.is_empty() {
            asked.aim = own.aim;
        }
        asked
    }

    /// How the figure one period before stood against the target of its own period.
    pub fn before(&self, chosen: &Chosen<'_>, own: &[&Own], now: &Own) -> TargetStatus {
        let Some(earlier) = before(own, now) else { return TargetStatus::NotJudged };
        let result = self.result(chosen, own, earlier);
        result.status(&self.asked(&result, earlier))
    }

    /// A row a measure, a column an area or team.
    pub fn areas(&self, chosen: &[Chosen<'_>], heading: &str) -> Option<Table> {
        let mut table = Table { title: format!("{heading}: areas and teams"), ..Table::default() };
        let mut areas: Vec<(u32, String)> = Vec::new();
        let mut all = Vec::new();
        for measure in chosen {
            let own = self.own(measure);
            let Some(newest) = own.iter().map(|own| own.when).max() else { continue };
            let now = last(&own, self.period.as_deref()).map_or(newest, |now| now.when);
            for own in own.iter().filter(|own| own.when == now && own.area != TOTAL && own.area != SIX_MONTHS) {
                match areas.iter_mut().find(|(_, area)| *area == own.area) {
                    Some(known) => known.0 = known.0.min(own.row),
                    None => areas.push((own.row, own.area.clone())),
                }
            }
            all.push((measure, own, now));
        }
        if areas.is_empty() {
            return None;
        }
        // As the council's own file has them.
        areas.sort();
        table.columns = vec![Column::words("Measure"), Column::figures(self.who)];
        table.columns.extend(areas.iter().map(|(_, area)| Column::figures(area.clone())));
        for (measure, own, now) in all {
            let figure = |area: &str| {
                let found = own.iter().find(|own| own.when == now && own.area == area);
                found.map_or_else(|| Cell::missing("[z]", "not applicable"), |own| shown(own, measure.measure.places))
            };
            let mut row = vec![title(measure), figure(TOTAL)];
            row.extend(areas.iter().map(|(_, area)| figure(area)));
            table.rows.push(row);
        }
        table.notes.push(PROVISIONAL.into());
        Some(table)
    }

    /// A row a breakdown of the topic, a count and a share for each measure, with a check that the parts add up.
    pub fn cross(&self, chosen: &[Chosen<'_>], section: &Section) -> Option<Table> {
        let all: Vec<(&Chosen<'_>, Vec<&Own>)> = chosen
            .iter()
            .map(|measure| (measure, self.own(measure).into_iter().filter(|own| own.topic == section.topic).collect()))
            .collect();
        let wanted = |own: &&&Own| self.period.as_deref().is_none_or(|period| own.is_of(period));
        let newest = all.iter().flat_map(|(_, own)| own).filter(wanted).max_by_key(|own| own.when)?;
        let mut rows: Vec<(u32, String)> = Vec::new();
        for own in all.iter().flat_map(|(_, own)| own).filter(|own| own.when == newest.when) {
            if !rows.iter().any(|(_, area)| *area == own.area) {
                rows.push((own.row, own.area.clone()));
            }
        }
        rows.sort();
        let mut table = Table {
            title: format!("{}, {}", section.heading, newest.period),
            columns: vec![Column::words(section.topic.clone())],
            ..Table::default()
        };
        for (measure, _) in &all {
            if measure.measure.unit == "percent" {
                table.columns.push(Column::figures(format!("{}, number", measure.measure.label)));
            }
            table.columns.push(Column::figures(titled(measure.measure)));
        }
        for (_, area) in &rows {
            let mut row = vec![Cell::words(area.clone())];
            for (measure, own) in &all {
                let own = own.iter().find(|own| own.when == newest.when && own.area == *area);
                row.extend(pair(own.copied(), measure));
            }
            table.rows.push(row);
        }
        table.notes.push(PROVISIONAL.into());
        let counted = counted(&all.iter().map(|(measure, _)| *measure).collect::<Vec<_>>());
        table.notes.extend(cross_foot(&table, &|at| counted[at]));
        Some(table)
    }
}

/// `May 2024 is`, `May 2024, June 2024 are`.
fn are(months: &[String]) -> String {
    format!("{} {}", months.join(", "), if months.len() == 1 { "is" } else { "are" })
}

/// Which columns of a cross table are counts or sums: its first holds words, and a percentage has its count before it.
pub fn counted(chosen: &[&Chosen<'_>]) -> Vec<bool> {
    let columns = |measure: &&Chosen<'_>| match measure.measure.unit.as_str() {
        "percent" => vec![true, false],
        unit => vec![matches!(unit, "number" | "pounds")],
    };
    std::iter::once(false).chain(chosen.iter().flat_map(columns)).collect()
}

/// Where the rows do not add up to the row that calls itself the total, in the columns that are counts or sums.
pub fn cross_foot(table: &Table, adds_up: &dyn Fn(usize) -> bool) -> Vec<String> {
    let is_total =
        |row: &[Cell]| row[0].text == TOTAL || row[0].text.starts_with("All ") && !row[0].text.ends_with("through");
    let Some(total) = table.rows.iter().find(|row| is_total(row)) else { return Vec::new() };
    let mut notes = Vec::new();
    for (at, column) in table.columns.iter().enumerate().skip(1).filter(|(at, _)| adds_up(*at)) {
        let Some(whole) = total[at].number else { continue };
        let parts: Vec<Option<f64>> =
            table.rows.iter().filter(|row| !is_total(row)).map(|row| row[at].number).collect();
        let (sum, all) = (parts.iter().flatten().sum::<f64>(), parts.iter().all(Option::is_some));
        // With a part withheld, only more than the whole is wrong.
        let wrong = if all { (sum - whole).abs() > 0.5 } else { sum > whole + 0.5 };
        if wrong && !parts.is_empty() {
            notes.push(format!(
                "Does not add up: {} of the rows make {}, the row `{}` says {}.",
                column.title,
                shown::number(sum, 0),
                total[0].text,
                shown::number(whole, 0)
            ));
        }
    }
    notes
}

fn pair(own: Option<&Own>, chosen: &Chosen<'_>) -> Vec<Cell> {
    let percent = chosen.measure.unit == "percent";
    let Some(own) = own else {
        let none = Cell::missing("[z]", "not applicable");
        return if percent { vec![none.clone(), none] } else { vec![none] };
    };
    if !percent {
        return vec![shown(own, chosen.measure.places)];
    }
    let (top, bottom) = (own.figure.above, own.figure.below);
    let none = top == Some(0.0) || bottom == Some(0.0);
    let share = if none { Cell::words("-").figure(&own.id) } else { shown(own, chosen.measure.places) };
    vec![count(top).figure(&own.id), share]
}

/// What is asked for and not in the return.
fn not_there(without: &[&str]) -> Option<String> {
    (!without.is_empty()).then(|| format!("Not in the council's return: {}.", without.join("; ")))
}

/// A warning where one person more or less moves a percentage by several points.
fn small_cohort(chosen: &Chosen<'_>, own: &Own) -> Option<String> {
    let bottom = own.figure.below?;
    let small = chosen.measure.unit == "percent" && bottom < MINIMUM_DENOMINATOR;
    let points = points_per_person(bottom).filter(|_| small)?;
    Some(format!(
        "{}: a small cohort of {}; one more or less moves it by {} points.",
        chosen.measure.label,
        shown::number(bottom, 0),
        shown::number(points, 1)
    ))
}

/// A figure with its id.
pub(super) fn shown(own: &Own, places: u8) -> Cell {
    cell(&own.figure, places).figure(&own.id)
}

/// Numerator and denominator.
fn counts(own: &Own) -> [Cell; 2] {
    [own.figure.above, own.figure.below].map(|value| count(value).figure(&own.id))
}

/// The average of the six months before, and which of them are not in the return.
fn before_now(own: &[&Own], now: &Own, measure: &MeasureMeta) -> (Cell, Option<String>) {
    let places = measure.places;
    match six_months(own, now, &measure.unit) {
        SixMonths::Known(mean) => {
            (number(Some(mean), places).figure(format!("{}~{}", now.id, figure::SIX_MONTHS)), None)
        }
        SixMonths::Told(own) => (shown(own, places), None),
        SixMonths::Absent => (number(None, places), None),
        SixMonths::NotMonthly => (Cell::missing("[z]", "not a monthly figure"), None),
        SixMonths::Lacking(months) => {
            let lacks = format!("no average of six months, {} not in the return.", are(&months));
            (number(None, places), Some(lacks))
        }
    }
}

fn title(chosen: &Chosen<'_>) -> Cell {
    Cell::words(titled(chosen.measure))
}

fn of_area(own: &[&Own], now: &Own, area: &str, places: u8) -> Cell {
    let found = own.iter().find(|own| own.when == now.when && own.area == area);
    found.map_or_else(|| Cell::missing("[z]", "not in the return"), |own| shown(own, places))
}
