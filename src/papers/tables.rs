//! Series to tables: one function a kind of table. Every figure becomes a cell once, and every writer uses that cell.

use crate::publish::MeasureMeta;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::Missing;
use crate::report::Section;
use crate::schema::TOTAL;
use crate::series::{Line, Point, Series, When};
use crate::shown;

use super::choose::Chosen;
use super::own_tables::{counted, cross_foot};
use super::view::{View, cell, count};

/// The unit behind a column's or table's heading.
pub fn unit(unit: &str) -> String {
    match unit {
        "percent" => " (%)".to_owned(),
        "pounds" => " (£)".to_owned(),
        "number" | "code" | "ratio" => String::new(),
        other => format!(" ({other})"),
    }
}

/// A measure's label with its unit, where the label does not say it.
pub fn titled(measure: &MeasureMeta) -> String {
    if measure.label.contains(&measure.unit) {
        return measure.label.clone();
    }
    format!("{}{}", measure.label, unit(&measure.unit))
}

impl<'a> View<'a> {
    /// A row an area, a column a period.
    pub fn years(&self, chosen: &Chosen<'a>) -> Option<Table> {
        let own = self.whole(chosen);
        let last = own.points.last()?;
        let shown = self.periods(chosen, &own);
        let shown = &shown[shown.len().saturating_sub(self.years)..];
        let places = chosen.measure.places;
        let mut table =
            Table { title: titled(chosen.measure), columns: vec![Column::words("Area")], ..Table::default() };
        table.columns.extend(shown.iter().map(|when| Column::figures(when.label())));
        table.columns.push(Column::figures("Change on year before"));
        for (index, line) in self.lines(chosen, &own).iter().enumerate() {
            let mut row = vec![Cell::words(line.name.clone())];
            let id = |when: When<'_>| self.id(chosen, (TOTAL, TOTAL), when, index);
            row.extend(shown.iter().map(|&when| at(line, when, places).figure(id(when))));
            row.push(match (index, last.broken()) {
                (0, _) => change(last, places),
                // The break stops the change of every line.
                (_, Some(_)) => no_change(last),
                (_, None) => moved(line, last.when, places),
            });
            table.rows.push(row);
        }
        let without: Vec<String> =
            shown.iter().filter(|when| own.at(**when).is_none()).map(|when| when.label()).collect();
        if !without.is_empty() {
            table.notes.push(format!("[x] {}, {}: {}.", self.who, without.join(", "), Missing::Absent.reason()));
        }
        for point in &own.points {
            let note = point.broken().map(|note| format!("{}: break in the series. {note}.", point.when.label()));
            table.notes.extend(note.filter(|note| !table.notes.contains(note)));
        }
        Some(table)
    }

    /// A row a breakdown of the topic, a column an area, of the latest period.
    pub fn breakdown(&self, chosen: &Chosen<'a>, section: &Section) -> Option<Table> {
        let parts = Part::all(self.parts(chosen, &section.topic));
        let last = latest(&parts)?;
        let mut table = Table::default();
        for part in wanted(&parts, section) {
            let Some(point) = part.at(last) else { continue };
            let lines = self.lines(chosen, &Series { points: vec![point.clone()], ..part.series });
            if table.columns.is_empty() {
                let unit = unit(&chosen.measure.unit);
                let when = point.when.label();
                table.title = format!("{}{unit} by {}, {when}", chosen.measure.label, section.topic);
                table.columns.push(Column::words(section.topic.clone()));
                table.columns.extend(lines.iter().map(|line| Column::figures(line.name.clone())));
                table.columns.extend(["Numerator", "Denominator"].map(Column::figures));
            }
            let mut row = vec![Cell::words(part.name)];
            let id = |index| self.id(chosen, part.series.about, point.when, index);
            let figures = lines.iter().map(|line| at(line, point.when, chosen.measure.places));
            row.extend(figures.enumerate().map(|(index, cell)| cell.figure(id(index))));
            row.extend([count(point.figure.above), count(point.figure.below)].map(|cell| cell.figure(id(0))));
            table.rows.push(row);
        }
        table.notes.extend(self.without(chosen, section, &table, last));
        (!table.rows.is_empty()).then_some(table)
    }

    /// The breakdowns of a period that other authorities have and this one has not.
    fn without(&self, chosen: &Chosen<'a>, section: &Section, table: &Table, when: When<'_>) -> Option<String> {
        let shown = |other: &str| table.rows.iter().any(|row| row[0].text == other);
        let there = |name: &str| {
            let slice = self.slice(chosen, &section.topic, name);
            slice.periods().contains(&when)
        };
        let mut others = self.compared.breakdowns(&chosen.found(), &section.topic);
        others.retain(|other| section.breakdowns.is_empty() && !shown(other) && there(other));
        others.sort_by_key(|other| natural(other));
        let who = self.who;
        (!others.is_empty()).then(|| format!("{who} has no row of: {}; other authorities have.", others.join("; ")))
    }

    /// A row a breakdown of the topic, a count and a share for each measure; "-" for none, as boards print it.
    pub fn cross(&self, chosen: &[Chosen<'a>], section: &Section) -> Option<Table> {
        let topic = if section.topic.is_empty() { TOTAL } else { section.topic.as_str() };
        let all: Vec<(&Chosen<'a>, Vec<Part<'a>>)> =
            chosen.iter().map(|measure| (measure, self.of_cross(measure, topic, section))).collect();
        let last = all.iter().filter_map(|(_, parts)| latest(parts)).max()?;
        let every: Vec<Part<'a>> =
            all.iter().flat_map(|(_, parts)| parts).filter(|part| part.at(last).is_some()).cloned().collect();
        let by = topic.split_once(", ").filter(|_| !section.within.is_empty()).map_or(topic, |(first, _)| first);
        let mut table = Table {
            title: format!("{} by {}, {}", section.heading, by, every.first()?.at(last)?.when.label()),
            columns: vec![Column::words(by)],
            ..Table::default()
        };
        for (measure, _) in &all {
            if measure.measure.unit == "percent" {
                table.columns.push(Column::figures(format!("{}, number", measure.measure.label)));
            }
            table.columns.push(Column::figures(titled(measure.measure)));
        }
        for wanted in wanted(&every, section) {
            let mut row = vec![Cell::words(wanted.name)];
            for (measure, parts) in &all {
                let part = parts.iter().find(|part| part.name == wanted.name && part.at(last).is_some());
                let point = part.and_then(|part| part.at(last));
                let id = part.zip(point).map(|(part, point)| self.id(measure, part.series.about, point.when, 0));
                let id = id.unwrap_or_default();
                row.extend(pair(point, measure).into_iter().map(|cell| cell.figure(id.clone())));
            }
            table.rows.push(row);
        }
        let counted = counted(&all.iter().map(|(measure, _)| *measure).collect::<Vec<_>>());
        table.notes.extend(cross_foot(&table, &|at| counted[at]));
        table.notes.extend(self.noted.iter().filter_map(|measure| self.note(measure, section, last)));
        Some(table)
    }

    /// The rows of a cross table: the topic, or its part `within` and then that part as a whole.
    fn of_cross(&self, measure: &Chosen<'a>, topic: &str, section: &Section) -> Vec<Part<'a>> {
        let parts = Part::all(self.parts(measure, topic));
        if section.within.is_empty() {
            return parts;
        }
        let within = |part: Part<'a>| {
            let name = part.name.strip_suffix(section.within.as_str())?.strip_suffix(", ")?;
            Some(Part { name, ..part })
        };
        let whole = Part::all(self.parts(measure, section.whole())).into_iter();
        let whole = whole.filter(|part| part.name == section.within).map(|part| Part { name: TOTAL, ..part });
        parts.into_iter().filter_map(within).chain(whole).collect()
    }

    /// A count that the table leaves out, in words.
    fn note(&self, measure: &Chosen<'a>, section: &Section, when: When<'_>) -> Option<String> {
        let (topic, breakdown) =
            if section.within.is_empty() { (TOTAL, TOTAL) } else { (section.whole(), section.within.as_str()) };
        let parts = Part::all(self.parts(measure, topic));
        let point = parts.iter().find(|part| part.name == breakdown)?.at(when)?;
        let value = point.figure.value.unwrap_or(f64::NAN);
        Some(format!("{}: {}.", measure.measure.label, shown::number(value, measure.measure.places)))
    }
}

/// A breakdown of a topic under the name that a table shows, which may be shorter than the published one.
#[derive(Clone)]
struct Part<'a> {
    name: &'a str,
    series: Series<'a>,
}

impl<'a> Part<'a> {
    fn all(series: Vec<Series<'a>>) -> Vec<Part<'a>> {
        series.into_iter().map(|series| Part { name: series.about.1, series }).collect()
    }

    fn at(&self, when: When<'_>) -> Option<&Point<'a>> {
        self.series.at(when)
    }
}

/// The count and the share of one cell of a cross table.
fn pair(point: Option<&Point<'_>>, chosen: &Chosen<'_>) -> Vec<Cell> {
    let places = chosen.measure.places;
    let percent = chosen.measure.unit == "percent";
    let Some(figure) = point.map(|point| point.figure) else {
        let none = Cell::missing("[z]", "not applicable");
        return if percent { vec![none.clone(), none] } else { vec![none] };
    };
    if !percent {
        return vec![cell(&figure, places)];
    }
    let top = figure.above;
    let share = if top == Some(0.0) { Cell::words("-") } else { cell(&figure, places) };
    vec![count(top), share]
}

/// The breakdowns wanted that are there, else all that are there, each once.
fn wanted<'p, 'a>(parts: &'p [Part<'a>], section: &Section) -> Vec<&'p Part<'a>> {
    let mut there: Vec<&Part<'a>> = Vec::new();
    for part in parts {
        if !there.iter().any(|known| known.name == part.name) {
            there.push(part);
        }
    }
    if section.breakdowns.is_empty() {
        there.sort_by_key(|part| natural(part.name));
        return there;
    }
    section.breakdowns.iter().filter_map(|wanted| there.iter().find(|part| part.name == wanted).copied()).collect()
}

/// A key that sorts `Aged 9` before `Aged 10`: words and numbers by turns, a total last.
fn natural(text: &str) -> (bool, Vec<(String, u64)>) {
    let mut key = vec![(String::new(), 0)];
    let mut number = String::new();
    for letter in text.to_lowercase().chars().chain(std::iter::once(' ')) {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        if let Some(last) = key.last_mut().filter(|_| !number.is_empty()) {
            last.1 = number.parse().unwrap_or(u64::MAX);
            number.clear();
            key.push((String::new(), 0));
        }
        if let Some(last) = key.last_mut() {
            last.0.push(letter);
        }
    }
    (text == TOTAL, key)
}

/// The latest period that any of the parts has.
fn latest<'a>(parts: &[Part<'a>]) -> Option<When<'a>> {
    parts.iter().filter_map(|part| part.series.points.last()).map(|point| point.when).max()
}

fn at(line: &Line<'_>, when: When<'_>, places: u8) -> Cell {
    line.at(when).map_or_else(|| Cell::missing("[x]", "not available"), |seen| cell(&seen, places))
}

/// The step from the period a year before the last one; none over a gap.
fn moved(line: &Line<'_>, last: When<'_>, places: u8) -> Cell {
    let before = line.figures.iter().find(|(when, _)| when.key.is_a_year_before(last.key));
    match (line.at(last).and_then(|seen| seen.value), before.and_then(|(_, seen)| seen.value)) {
        (Some(now), Some(before)) => Cell::number(now - before, places),
        _ => Cell::missing("[x]", "no figure a year before"),
    }
}

/// The authority's change as compared.
fn change(point: &Point<'_>, places: u8) -> Cell {
    point.change.map_or_else(|| no_change(point), |change| Cell::number(change, places))
}

fn no_change(point: &Point<'_>) -> Cell {
    Cell::missing("[x]", &point.why_no_change())
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_in_words_sort_as_numbers() {
        let mut ages = ["Aged 10", "Total", "Aged 9", "Aged 3", "Unknown", "Aged 16 to 19", "Aged 5 to 10"];
        ages.sort_by_key(|age| natural(age));
        assert_eq!(ages, ["Aged 3", "Aged 5 to 10", "Aged 9", "Aged 10", "Aged 16 to 19", "Unknown", "Total"]);
    }
}
