//! Series to tables: one function a kind of table. Every figure becomes a cell once, and every writer uses that cell.

use crate::publish::MeasureMeta;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::{Age, Missing, words};
use crate::report::Section;
use crate::schema::TOTAL;
use crate::series::{Line, Point, Series, When};
use crate::shown::{self, sentence, within};

use super::choose::Chosen;
use super::own_tables::cross_foot;
use super::view::{View, cell};

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
        // One year is no series.
        if shown.len() < 2 {
            return None;
        }
        let places = chosen.measure.places;
        let mut table =
            Table { title: titled(chosen.measure), columns: vec![Column::words("Area")], ..Table::default() };
        let label = |when: &When<'a>| self.slice(chosen, own.about.0, own.about.1).spoken(*when).label;
        table.columns.extend(shown.iter().map(|when| Column::figures(label(when))));
        table.columns.push(Column::figures("Change in a year"));
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
        let without: Vec<String> = shown.iter().filter(|when| own.at(**when).is_none()).map(label).collect();
        if !without.is_empty() {
            table.notes.push(format!("{}, {}: no figure was published.", self.who, without.join(", ")));
        }
        for point in &own.points {
            let note = point.broken().map(|note| format!("{}: new way of counting. {note}.", label(&point.when)));
            table.notes.extend(note.filter(|note| !table.notes.contains(note)));
        }
        Some(table)
    }

    /// A row a breakdown of the topic, a column an area, of the latest period; of a number of things the shares of the whole.
    pub fn breakdown(&self, chosen: &Chosen<'a>, section: &Section) -> Option<Table> {
        let parts = Part::all(self.parts(chosen, &section.topic));
        let last = latest(&parts)?;
        let there = wanted(&parts, section).into_iter().filter_map(|part| Some((part, part.at(last)?)));
        let (there, missing): (Vec<_>, Vec<_>) = there.partition(|(_, point)| point.figure.value.is_some());
        let when = there.first()?.1.when;
        let spoken = self.slice(chosen, TOTAL, TOTAL).spoken(when).prose;
        let mut table =
            Table { title: by_topic(chosen, &section.topic), caption: sentence(&spoken), ..Table::default() };
        let whole = self.slice(chosen, TOTAL, TOTAL).point(self.authority, when);
        match whole.filter(|_| chosen.measure.unit == "number") {
            Some(whole) => self.shares(chosen, section, (&there, &whole), &mut table),
            None => self.side_by_side(chosen, section, &there, &mut table),
        }
        table.notes.extend(self.old(when, &spoken));
        table.notes.extend(left_out(&missing));
        table.notes.extend(self.without(chosen, section, &table, &missing, last));
        Some(table)
    }

    /// That the figures of a table are old; none where they are not.
    fn old(&self, when: When<'_>, spoken: &str) -> Option<String> {
        (self.age(when) == Age::Stale).then(|| words::latest_to_hand(spoken))
    }

    /// A row a part: the figure of the authority and of each that stands beside it.
    fn side_by_side(
        &self,
        chosen: &Chosen<'a>,
        section: &Section,
        there: &[(&Part<'a>, &Point<'a>)],
        table: &mut Table,
    ) {
        for (part, point) in there {
            let lines = self.lines(chosen, &Series { points: vec![(*point).clone()], ..part.series });
            if table.columns.is_empty() {
                table.columns.push(Column::words(sentence(&section.topic)));
                let names = lines.iter().map(|line| line.name.clone());
                table
                    .columns
                    .extend(names.enumerate().map(|(at, name)| Column { own: at == 0, ..Column::figures(name) }));
            }
            let id = |index| self.id(chosen, part.series.about, point.when, index);
            let figures = lines.iter().map(|line| at(line, point.when, chosen.measure.places));
            let mut row = vec![Cell::words(part.name)];
            row.extend(figures.enumerate().map(|(index, cell)| cell.figure(id(index))));
            table.rows.push(row);
        }
    }

    /// A row a part: how many, and which share of the whole that is, here and in England.
    fn shares(
        &self,
        chosen: &Chosen<'a>,
        section: &Section,
        (there, whole): (&[(&Part<'a>, &Point<'a>)], &Point<'a>),
        table: &mut Table,
    ) {
        let england = |point: &Point<'a>| point.england().and_then(|england| england.figure.value);
        table.columns = vec![
            Column::words(sentence(&section.topic)),
            Column::own(self.who),
            Column::figures(format!("Share in {}", self.who)),
            Column::figures("Share in England"),
        ];
        for (part, point) in there {
            let id = self.id(chosen, part.series.about, point.when, 0);
            let own = point.figure.value.map_or_else(Cell::default, |value| Cell::number(value, 0).bold().figure(id));
            let row = [
                Cell::words(part.name),
                own,
                share(point.figure.value, whole.figure.value),
                share(england(point), england(whole)),
            ];
            table.rows.push(row.into());
        }
    }

    /// The breakdowns of a period that other authorities have and this one has not.
    fn without(
        &self,
        chosen: &Chosen<'a>,
        section: &Section,
        table: &Table,
        missing: &[(&Part<'a>, &Point<'a>)],
        when: When<'_>,
    ) -> Option<String> {
        let said = |other: &str| missing.iter().any(|(part, _)| part.name == other);
        let shown = |other: &str| said(other) || table.rows.iter().any(|row| row[0].text == other);
        let there = |name: &str| {
            let slice = self.slice(chosen, &section.topic, name);
            slice.periods().contains(&when)
        };
        let mut others = self.compared.breakdowns(&chosen.found(), &section.topic);
        others.retain(|other| section.breakdowns.is_empty() && !shown(other) && there(other));
        others.sort_by_key(|other| natural(other));
        let who = self.who;
        (!others.is_empty())
            .then(|| format!("No figure was published of {who}, and is of other authorities: {}.", others.join("; ")))
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
            title: format!(
                "{} by {}, {}",
                section.heading.trim_end_matches('?'),
                within(by),
                every.first()?.at(last)?.when.label()
            ),
            columns: vec![Column::words(by)],
            ..Table::default()
        };
        for (measure, _) in &all {
            let second = if measure.measure.unit == "percent" { "number and share" } else { "" };
            table.columns.push(Column::figures(measure.measure.label.clone()).with(second));
        }
        for wanted in wanted(&every, section) {
            let mut row = vec![Cell::words(wanted.name)];
            for (measure, parts) in &all {
                let part = parts.iter().find(|part| part.name == wanted.name && part.at(last).is_some());
                let point = part.and_then(|part| part.at(last));
                let id = part.zip(point).map(|(part, point)| self.id(measure, part.series.about, point.when, 0));
                let id = id.unwrap_or_default();
                row.push(pair(point, measure).figure(id));
            }
            table.rows.push(row);
        }
        let units: Vec<&str> = all.iter().map(|(measure, _)| measure.measure.unit.as_str()).collect();
        let adds_up = |at: usize| at > 0 && matches!(units[at - 1], "percent" | "number" | "pounds");
        table.notes.extend(cross_foot(&table, &adds_up));
        table.notes.extend(self.noted.iter().filter_map(|measure| self.note(measure, section, last)));
        table.notes.extend(self.old(last, &last.label()));
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

/// One cell of a cross table: the count with its share beneath, "-" for a share of none as boards print it.
fn pair(point: Option<&Point<'_>>, chosen: &Chosen<'_>) -> Cell {
    let places = chosen.measure.places;
    let Some(figure) = point.map(|point| point.figure) else {
        return Cell::missing("none", "not applicable");
    };
    match figure.above.filter(|_| chosen.measure.unit == "percent") {
        None => cell(&figure, places),
        Some(0.0) => Cell::number(0.0, 0).with("-"),
        Some(top) => {
            let share = cell(&figure, places);
            let sign = if share.number.is_some() { "%" } else { "" };
            Cell::number(top, 0).with(format!("{}{sign}", share.text))
        }
    }
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
    let absent = Missing::Absent;
    line.at(when).map_or_else(|| Cell::missing(absent.word(), absent.reason()), |seen| cell(&seen, places))
}

/// The step from the period a year before the last one; none over a gap.
fn moved(line: &Line<'_>, last: When<'_>, places: u8) -> Cell {
    let before = line.figures.iter().find(|(when, _)| when.key.is_a_year_before(last.key));
    match (line.at(last).and_then(|seen| seen.value), before.and_then(|(_, seen)| seen.value)) {
        (Some(now), Some(before)) => Cell::change(now - before, places),
        _ => Cell::missing("none", "no figure a year before"),
    }
}

/// The authority's change as compared.
fn change(point: &Point<'_>, places: u8) -> Cell {
    point.change.map_or_else(|| no_change(point), |change| Cell::change(change, places))
}

fn no_change(point: &Point<'_>) -> Cell {
    Cell::missing("none", &point.why_no_change())
}

/// A measure's label with what it is broken down by, said once.
fn by_topic(chosen: &Chosen<'_>, topic: &str) -> String {
    let (label, topic) = (titled(chosen.measure), within(topic));
    let known = label.to_lowercase().contains(&format!("by {}", topic.to_lowercase()));
    if known { label } else { format!("{label} by {topic}") }
}

/// A part of a whole as a share.
fn share(part: Option<f64>, whole: Option<f64>) -> Cell {
    match part.zip(whole.filter(|whole| *whole > 0.0)) {
        Some((part, whole)) => {
            let share = part / whole * 100.0;
            Cell::shown(share, 1, format!("{}%", shown::number(share, 1)))
        }
        None => Cell::missing("none", "no figure of the whole"),
    }
}

/// The parts without a figure, those of one reason in one sentence.
fn left_out(missing: &[(&Part<'_>, &Point<'_>)]) -> Vec<String> {
    let mut reasons: Vec<Missing> = Vec::new();
    for (_, point) in missing {
        if !reasons.contains(&point.figure.missing) {
            reasons.push(point.figure.missing);
        }
    }
    let line = |why: Missing| {
        let of: Vec<&str> =
            missing.iter().filter(|(_, point)| point.figure.missing == why).map(|(part, _)| part.name).collect();
        format!("{} ({}): {}.", sentence(why.word()), why.reason(), of.join("; "))
    };
    reasons.into_iter().map(line).collect()
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
