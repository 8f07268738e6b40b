//! Facts to tables: one function a kind of table. Every figure becomes a cell once, and every writer uses that cell.

use crate::area::{LaCode, Level};
use crate::figure::Key;
use crate::period::{cadence, label};
use crate::publish::MeasureMeta;
use crate::publish::document::{Cell, Column, Table};
use crate::report::Section;
use crate::schema::TOTAL;
use crate::shown;

use super::choose::Chosen;
use super::facts::{Beside, Fact, Facts, Point, cell};
use super::own_tables::{counted, cross_foot};

/// What every table of one section and authority needs.
pub struct View<'a> {
    /// The comparisons.
    pub facts: &'a Facts<'a>,
    /// The authority.
    pub authority: LaCode,
    /// Its name.
    pub who: &'a str,
    /// What it is set beside.
    pub beside: Vec<Beside<'a>>,
    /// The last period, where it is not the latest.
    pub period: Option<&'a str>,
    /// How many periods a table shows.
    pub years: usize,
    /// What a note under a cross table says.
    pub noted: Vec<Chosen<'a>>,
}

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
    /// The authority's facts about `topic`, up to the last period wanted and of the same step: years, or the same month.
    pub fn facts(&self, chosen: &Chosen<'_>, topic: &str) -> Vec<Fact<'a>> {
        let mut own = self.facts.about(chosen.table, chosen.name, self.authority, topic);
        let last = own
            .iter()
            .filter(|fact| self.period.is_none_or(|wanted| fact.period == wanted || fact.label() == wanted))
            .max_by_key(|fact| fact.end)
            .map(|fact| (fact.end, fact.identifier));
        own.retain(|fact| {
            last.is_some_and(|(end, identifier)| fact.end <= end && cadence(fact.identifier) == cadence(identifier))
        });
        own
    }

    /// The lines of the authority and what stands beside it, over the periods of `own`.
    fn lines(
        &self,
        chosen: &Chosen<'_>,
        own: &[Fact<'a>],
        topic: &str,
        breakdown: &str,
    ) -> Vec<(String, Vec<Point<'a>>)> {
        let others = |code: LaCode| {
            let mut facts = if code == self.authority {
                Vec::new()
            } else {
                self.facts.about(chosen.table, chosen.name, code, topic)
            };
            facts.retain(|fact| fact.breakdown == breakdown);
            facts
        };
        let all = std::iter::once(&Beside::Own).chain(&self.beside);
        all.map(|beside| self.facts.line(own, self.who, beside, &others)).collect()
    }

    /// The id of the figure in the line at `index`, the authority's own being the first, in the period of `fact`.
    pub fn id(
        &self,
        chosen: &Chosen<'_>,
        (topic, breakdown): (&str, &str),
        period: (i32, &str, &str),
        index: usize,
    ) -> String {
        let beside = index.checked_sub(1).and_then(|index| self.beside.get(index)).unwrap_or(&Beside::Own);
        let (area, word) = beside.whose(self.authority);
        let key = Key {
            table: chosen.table,
            measure: chosen.name,
            end: period.0,
            identifier: period.1,
            period: period.2,
            area: &area.to_string(),
            level: Level::Authority.word(),
            below: "",
            topic,
            breakdown,
        };
        if word.is_empty() { key.id() } else { format!("{}~{word}", key.id()) }
    }

    /// A row a measure: the latest figure, its counts, the comparators, change and rank.
    pub fn standing(&self, chosen: &[Chosen<'_>], heading: &str) -> Option<Table> {
        let mut table = Table { title: format!("{heading}: latest figures"), ..Table::default() };
        let mut rows = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let mut without: Vec<&str> = Vec::new();
        for measure in chosen {
            let own = self.facts(measure, TOTAL);
            let Some(last) = own.iter().max_by_key(|fact| fact.end).copied() else {
                without.push(measure.measure.label.as_str());
                continue;
            };
            let places = measure.measure.places;
            let lines = self.lines(measure, &own, TOTAL, TOTAL);
            if names.is_empty() {
                names = lines.iter().map(|(name, _)| name.clone()).collect();
            }
            let mut row = vec![Cell::words(titled(measure.measure)), Cell::words(last.label())];
            let id = |index: usize| self.id(measure, (TOTAL, TOTAL), (last.end, last.identifier, last.period), index);
            row.extend(lines.iter().enumerate().map(|(index, (_, line))| at(line, &last, places).figure(id(index))));
            row.extend(
                [count(last.numerator), count(last.denominator), change(&last, places)].map(|cell| cell.figure(id(0))),
            );
            row.extend(rank(&last, measure).map(|cell| if cell.number.is_some() { cell.figure(id(0)) } else { cell }));
            row.push(Cell::words(against(&own, &last)));
            row.push(Cell::words(neighbours_used(&own, &last)));
            rows.push(row);
        }
        if rows.is_empty() {
            return None;
        }
        table.columns = vec![Column::words("Measure"), Column::words("Period")];
        table.columns.extend(names.into_iter().map(Column::figures));
        table
            .columns
            .extend(["Numerator", "Denominator", "Change on year before", "Rank", "Out of"].map(Column::figures));
        table.columns.extend([
            Column::words("Rank may be"),
            Column::words("Quartile band"),
            Column::words("Against England"),
            Column::words("Neighbours used"),
        ]);
        table.rows = rows;
        table.notes = vec!["Rank 1 is the best; a measure of which neither way is good has no rank. \"Rank may be\" is the span that 95% intervals allow.".into()];
        if !without.is_empty() {
            table.notes.push(format!(
                "Not in the table, for want of a figure of {}: {}.",
                self.who,
                without.join("; ")
            ));
        }
        Some(table)
    }

    /// A row an area, a column a period.
    pub fn years(&self, chosen: &Chosen<'_>) -> Option<Table> {
        let own = self.facts(chosen, TOTAL);
        let lines = self.lines(chosen, &own, TOTAL, TOTAL);
        let periods: Vec<Point<'_>> = lines.first()?.1.clone();
        let shown = &periods[periods.len().saturating_sub(self.years)..];
        if shown.is_empty() {
            return None;
        }
        let places = chosen.measure.places;
        let mut table =
            Table { title: titled(chosen.measure), columns: vec![Column::words("Area")], ..Table::default() };
        table.columns.extend(shown.iter().map(|point| Column::figures(label(point.period.0, point.period.1))));
        table.columns.push(Column::figures("Change on year before"));
        for (index, (name, line)) in lines.iter().enumerate() {
            let mut row = vec![Cell::words(name.clone())];
            let id = |period: &Point<'_>| {
                self.id(chosen, (TOTAL, TOTAL), (period.end, period.period.1, period.period.0), index)
            };
            row.extend(shown.iter().map(|period| same(line, period, places).figure(id(period))));
            let last = own.iter().max_by_key(|fact| fact.end);
            row.push(match last {
                Some(last) if index == 0 || last.change_note.starts_with("break") => change_of(last, index, places),
                _ => moved(line, &shown[shown.len() - 1], places),
            });
            table.rows.push(row);
        }
        for fact in &own {
            if let Some(note) = fact.change_note.strip_prefix("break in the series: ") {
                let note = format!("{}: break in the series. {note}.", fact.label());
                if !table.notes.contains(&note) {
                    table.notes.push(note);
                }
            }
        }
        Some(table)
    }

    /// A row a breakdown of the topic, a column an area, of the latest period.
    pub fn breakdown(&self, chosen: &Chosen<'_>, section: &Section) -> Option<Table> {
        let own = self.facts(chosen, &section.topic);
        let last = own.iter().map(|fact| fact.end).max()?;
        let own: Vec<Fact<'a>> = own.into_iter().filter(|fact| fact.end == last).collect();
        let mut table = Table::default();
        for breakdown in breakdowns(&own, section) {
            let facts: Vec<Fact<'a>> = own.iter().copied().filter(|fact| fact.breakdown == breakdown).collect();
            let Some(first) = facts.first().copied() else { continue };
            let lines = self.lines(chosen, &facts, &section.topic, breakdown);
            if table.columns.is_empty() {
                table.title = format!(
                    "{}{} by {}, {}",
                    chosen.measure.label,
                    unit(&chosen.measure.unit),
                    section.topic,
                    first.label()
                );
                table.columns.push(Column::words(section.topic.clone()));
                table.columns.extend(lines.iter().map(|(name, _)| Column::figures(name.clone())));
                table.columns.extend(["Numerator", "Denominator"].map(Column::figures));
            }
            let mut row = vec![Cell::words(breakdown)];
            let id = |index| {
                self.id(chosen, (&section.topic, breakdown), (first.end, first.identifier, first.period), index)
            };
            let figures = lines.iter().map(|(_, line)| at(line, &first, chosen.measure.places));
            row.extend(figures.enumerate().map(|(index, cell)| cell.figure(id(index))));
            row.extend([count(first.numerator), count(first.denominator)].map(|cell| cell.figure(id(0))));
            table.rows.push(row);
        }
        let shown = |other: &&str| table.rows.iter().any(|row| row[0].text == **other);
        let mut others = self.facts.breakdowns(chosen.table, chosen.name, &section.topic, last);
        others.retain(|other| !shown(other) && section.breakdowns.is_empty());
        others.sort_by_key(|other| natural(other));
        if !others.is_empty() {
            let who = self.who;
            table.notes.push(format!("{who} has no row of: {}; other authorities have.", others.join("; ")));
        }
        (!table.rows.is_empty()).then_some(table)
    }

    /// A row a breakdown of the topic, a count and a share for each measure; "-" for none, as boards print it.
    pub fn cross(&self, chosen: &[Chosen<'_>], section: &Section) -> Option<Table> {
        let topic = if section.topic.is_empty() { TOTAL } else { section.topic.as_str() };
        let all: Vec<(&Chosen<'_>, Vec<Fact<'a>>)> =
            chosen.iter().map(|measure| (measure, self.of_cross(measure, topic, section))).collect();
        let last = all.iter().flat_map(|(_, facts)| facts).map(|fact| fact.end).max()?;
        let every: Vec<Fact<'a>> =
            all.iter().flat_map(|(_, facts)| facts).filter(|fact| fact.end == last).copied().collect();
        let by = topic.split_once(", ").filter(|_| !section.within.is_empty()).map_or(topic, |(first, _)| first);
        let mut table = Table {
            title: format!("{} by {}, {}", section.heading, by, every.first()?.label()),
            columns: vec![Column::words(by)],
            ..Table::default()
        };
        for (measure, _) in &all {
            if measure.measure.unit == "percent" {
                table.columns.push(Column::figures(format!("{}, number", measure.measure.label)));
            }
            table.columns.push(Column::figures(titled(measure.measure)));
        }
        for breakdown in breakdowns(&every, section) {
            let mut row = vec![Cell::words(breakdown)];
            for (measure, facts) in &all {
                let fact = facts.iter().find(|fact| fact.end == last && fact.breakdown == breakdown);
                let id = |fact: &Fact<'_>| self.id(measure, fact.known_as, (fact.end, fact.identifier, fact.period), 0);
                let id = fact.map_or_else(String::new, id);
                row.extend(pair(fact, measure).into_iter().map(|cell| cell.figure(id.clone())));
            }
            table.rows.push(row);
        }
        let counted = counted(&all.iter().map(|(measure, _)| *measure).collect::<Vec<_>>());
        table.notes.extend(cross_foot(&table, &|at| counted[at]));
        table.notes.extend(self.noted.iter().filter_map(|measure| self.note(measure, section, last)));
        Some(table)
    }

    /// The facts of a cross table: of the topic, or of its part `within` and then that part as a whole.
    fn of_cross(&self, measure: &Chosen<'_>, topic: &str, section: &Section) -> Vec<Fact<'a>> {
        let facts = self.facts(measure, topic);
        if section.within.is_empty() {
            return facts;
        }
        let part = |fact: Fact<'a>| {
            let first = fact.breakdown.strip_suffix(section.within.as_str())?.strip_suffix(", ")?;
            Some(Fact { breakdown: first, ..fact })
        };
        let whole = self.facts(measure, section.whole()).into_iter().filter(|fact| fact.breakdown == section.within);
        facts.into_iter().filter_map(part).chain(whole.map(|fact| Fact { breakdown: TOTAL, ..fact })).collect()
    }

    /// A count that the table leaves out, in words.
    fn note(&self, measure: &Chosen<'_>, section: &Section, end: i32) -> Option<String> {
        let (topic, breakdown) =
            if section.within.is_empty() { (TOTAL, TOTAL) } else { (section.whole(), section.within.as_str()) };
        let facts = self.facts(measure, topic);
        let fact = facts.iter().find(|fact| fact.end == end && fact.breakdown == breakdown)?;
        Some(format!("{}: {}.", measure.measure.label, shown::number(fact.value, measure.measure.places)))
    }
}

/// The count and the share of one cell of a cross table.
fn pair(fact: Option<&Fact<'_>>, chosen: &Chosen<'_>) -> Vec<Cell> {
    let places = chosen.measure.places;
    let percent = chosen.measure.unit == "percent";
    let Some(fact) = fact else {
        let none = Cell::missing("[z]", "not applicable");
        return if percent { vec![none.clone(), none] } else { vec![none] };
    };
    if !percent {
        return vec![cell(fact.value, fact.status, places)];
    }
    let share = if fact.numerator == 0.0 { Cell::words("-") } else { cell(fact.value, fact.status, places) };
    vec![count(fact.numerator), share]
}

/// The breakdowns wanted that are there, else all that are there.
fn breakdowns<'f>(facts: &[Fact<'f>], section: &'f Section) -> Vec<&'f str> {
    let mut there: Vec<&str> = Vec::new();
    for fact in facts {
        if !there.contains(&fact.breakdown) {
            there.push(fact.breakdown);
        }
    }
    if section.breakdowns.is_empty() {
        there.sort_by_key(|one| natural(one));
        return there;
    }
    section.breakdowns.iter().map(String::as_str).filter(|wanted| there.contains(wanted)).collect()
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

fn at(line: &[Point<'_>], fact: &Fact<'_>, places: u8) -> Cell {
    let found = line.iter().find(|point| point.end == fact.end && point.period == (fact.period, fact.identifier));
    found.map_or_else(|| Cell::missing("[x]", "not available"), |point| point.cell(places))
}

fn same(line: &[Point<'_>], period: &Point<'_>, places: u8) -> Cell {
    let found = line.iter().find(|point| point.end == period.end && point.period == period.period);
    found.map_or_else(|| Cell::missing("[x]", "not available"), |point| point.cell(places))
}

/// The step from the period a year before the last one; none over a gap.
fn moved(line: &[Point<'_>], last: &Point<'_>, places: u8) -> Cell {
    let value = |end: i32| line.iter().find(|point| (point.end - end).abs() <= 1).map(|point| point.value);
    let before = value(last.end - 365).filter(|value| value.is_finite());
    match (value(last.end).filter(|value| value.is_finite()), before) {
        (Some(now), Some(before)) => Cell::number(now - before, places),
        _ => Cell::missing("[x]", "no figure a year before"),
    }
}

fn count(value: f64) -> Cell {
    if value.is_finite() { Cell::number(value, 0) } else { Cell::missing("[z]", "not applicable") }
}

fn change(fact: &Fact<'_>, places: u8) -> Cell {
    if fact.change.is_finite() {
        return Cell::number(fact.change, places);
    }
    let why = if fact.change_note.is_empty() { "no figure a year before" } else { fact.change_note };
    Cell::missing("[x]", why)
}

/// The authority's change as compared; for the lines beside it the break that stops every change.
fn change_of(last: &Fact<'_>, index: usize, places: u8) -> Cell {
    if index == 0 { change(last, places) } else { Cell::missing("[x]", last.change_note) }
}

/// Rank, how many were ranked, the span it may be in and the quartile band; a return of one council is never ranked.
fn rank(fact: &Fact<'_>, chosen: &Chosen<'_>) -> [Cell; 4] {
    let [rank, out_of, lower, upper] = fact.rank;
    let none = || Cell::missing("[z]", "not applicable");
    if rank == 0 || chosen.measure.polarity == "none" {
        return [none(), none(), none(), none()];
    }
    let span = if lower > 0 { Cell::words(format!("{lower} to {upper}")) } else { none() };
    let band = if fact.band.is_empty() { none() } else { Cell::words(fact.band) };
    [Cell::number(f64::from(rank), 0), Cell::number(f64::from(out_of), 0), span, band]
}

/// How many of the statistical neighbours had a figure, such as `9 of 10`.
fn neighbours_used(own: &[Fact<'_>], last: &Fact<'_>) -> String {
    let found = own.iter().find(|fact| fact.end == last.end && fact.comparator == "neighbours");
    found.map_or_else(|| "[z]".to_owned(), |fact| format!("{} of {}", fact.used, fact.members))
}

fn against(own: &[Fact<'_>], last: &Fact<'_>) -> String {
    let england = own.iter().find(|fact| fact.end == last.end && fact.comparator == "england");
    match england.map_or("", |fact| fact.beyond) {
        "" => "not tested".to_owned(),
        words => words.to_owned(),
    }
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
