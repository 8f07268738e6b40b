//! The end of a paper: every measure in full, what words mean, what is not in it, where figures come from.

use crate::figure::beside;
use crate::publish::document::{Annex, Cell, Column, Group, Remark, Table};
use crate::reading::{Change, Level, words};
use crate::shown::{self, list, number, sentence};
use crate::statistics::Polarity;

use super::choose::Chosen;
use super::item::{Item, old, periods};
use super::own_months::{every_month, in_full};
use super::own_tables::returned;
use super::tidy;
use super::view::{View, id_of};

/// The most entries that explain words.
const MOST_WORDS: usize = 8;
/// What the workbook gives.
const CLOSING: &str =
    "The workbook that comes with this paper gives the publisher\u{2019}s file and cell for every figure.";

/// The annex of `items`; `glance` are those of the first page, whose words are explained first.
pub fn annex<'a>(
    items: &[Item<'a>],
    glance: &[&Item<'a>],
    absent: Vec<String>,
    used: &[Chosen<'a>],
    view: &View<'a>,
) -> Annex {
    let mut table = table(items, view);
    let more = table.as_mut().and_then(tidy::apart);
    Annex {
        table,
        returned: more.into_iter().chain(returned_tables(items, view)).collect(),
        words: meanings(items, glance, view),
        absent,
        since: Vec::new(),
        sources: sources(&told(items, used)),
        closing: CLOSING.to_owned(),
        definitions: definitions(used),
    }
}

/// Every measure of the paper with counts and ranges; a column without any figure is left out.
fn table<'a>(items: &[Item<'a>], view: &View<'a>) -> Option<Table> {
    let items: Vec<&Item<'a>> = items.iter().filter(|item| item.own.is_none()).collect();
    if items.is_empty() {
        return None;
    }
    let main =
        periods(items.iter().map(|item| &item.reading)).first().map_or_else(String::new, |main| (*main).to_owned());
    let mut columns = vec![Column::words("Measure"), Column::figures("Count"), Column::own(view.who).with("95% range")];
    let beside: Vec<String> = view.beside.iter().map(|one| heading(one, view)).collect();
    columns.extend(beside.iter().map(Column::figures));
    columns.extend([Column::figures("Rank"), Column::figures("Change").with("95% range")]);
    let (items, groups) = by_period(items, &main);
    let is_headed = |item: &Item<'_>| groups.iter().any(|group| group.heading == item.reading.period.prose);
    let rows: Vec<Vec<Cell>> = items
        .iter()
        .map(|item| row(item, view, (*period(item) != *main && !is_headed(item)).then(|| period(item))))
        .collect();
    let mut table = Table {
        id: "table-a".into(),
        title: "Table A. All measures in this paper".into(),
        caption: format!("{}; changes are on the year before, those of shares in percentage points", sentence(&main)),
        columns,
        rows,
        groups,
        ..Table::default()
    };
    tidy::drop_empty(&mut table);
    let ranked = table.columns.iter().any(|column| column.title == "Rank");
    let neutral = items.iter().any(|item| item.reading.measure.polarity == Polarity::None);
    if ranked {
        let neutral = if neutral { "; measures that are neither good nor bad have no rank" } else { "" };
        table.notes.push(format!("Rank 1 is best{neutral}."));
    }
    table.notes.extend(independent(&items));
    table.notes.extend(old(&items));
    Some(table)
}

/// When the figure of an item is of.
fn period<'i>(item: &&'i Item<'_>) -> &'i str {
    &item.reading.period.prose
}

/// So many rows of a period stand together under its name.
const TOGETHER: usize = 3;

/// The items of the main period first, then those of each that many are of, under its name, then those of others.
fn by_period<'i, 'a>(mut items: Vec<&'i Item<'a>>, main: &str) -> (Vec<&'i Item<'a>>, Vec<Group>) {
    let all = periods(items.iter().map(|item| &item.reading)).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let many = |when: &str| items.iter().filter(|item| period(item) == when && item.is_news()).count() >= TOGETHER;
    let headed: Vec<String> = all.into_iter().filter(|when| when != main && many(when)).collect();
    if headed.is_empty() {
        return (items, Vec::new());
    }
    // Behind the main period and what is of others beside it.
    let place = |item: &&Item<'_>| headed.iter().position(|when| when == period(item)).map_or(0, |at| at + 1);
    items.sort_by_key(place);
    let first = |heading: &String| {
        let first = items.iter().position(|item| period(item) == heading)?;
        Some(Group { first, heading: heading.clone(), ..Group::default() })
    };
    let groups: Vec<Group> = headed.iter().filter_map(first).collect();
    let head = Group { heading: sentence(main), ..Group::default() };
    (items, std::iter::once(head).chain(groups).collect())
}

/// The council's own figures, every month and in full, as tables after the first.
fn returned_tables(items: &[Item<'_>], view: &View<'_>) -> Vec<Table> {
    let rows = returned(items);
    let first = usize::from(items.iter().any(|item| item.own.is_none()));
    let tables = every_month(&rows).into_iter().chain(in_full(&rows, view.who));
    let named = |(at, table): (usize, Table)| {
        let letter = char::from(b'A' + u8::try_from(first + at).unwrap_or_default());
        let mut table = Table { title: format!("Table {letter}. {}", table.title), ..table };
        let more = tidy::apart(&mut table);
        std::iter::once(table).chain(more)
    };
    tables.enumerate().flat_map(named).collect()
}

/// Which measures are tested as counts of cases that do not depend on each other.
fn independent(items: &[&Item<'_>]) -> Option<String> {
    let tested = items.iter().filter(|item| item.reading.against.iter().any(|one| one.verdict.is_tested()));
    let mut labels: Vec<&str> = tested.map(|item| item.chosen.measure.label.as_str()).collect();
    labels.dedup();
    (!labels.is_empty()).then(|| format!("Each case is taken as independent of the others in: {}.", labels.join("; ")))
}

/// What a comparator is called over its column.
fn heading(comparator: &crate::comparator::Comparator, view: &View<'_>) -> String {
    match comparator.year() {
        Some(_) => "Neighbours".to_owned(),
        None => comparator.name(view.authority, view.register),
    }
}

fn row<'a>(item: &Item<'a>, view: &View<'a>, period: Option<&str>) -> Vec<Cell> {
    let (reading, measure) = (&item.reading, &item.reading.measure);
    let name = Cell::words(measure.heading()).with(period.unwrap_or_default());
    let id = id_of(reading);
    let amount = reading.level.amount();
    let own = match (amount, &reading.level) {
        (Some(amount), _) => {
            let range = amount.range.filter(|_| measure.quotient().is_some() && reading.level.is_compared());
            let range = match (range, words::aside(reading)) {
                (_, Some(why)) => why.to_owned(),
                (Some(range), None) => format!("{} to {}", plain(item, range.lower), plain(item, range.upper)),
                (None, None) => String::new(),
            };
            Cell::shown(amount.value, item.exact, plain(item, amount.value)).bold().with(range).figure(&id)
        }
        (None, Level::Missing(why)) => Cell::missing(why.word(), why.reason()).figure(&id),
        (None, _) => Cell::default(),
    };
    let mut row = vec![name, count(item), own];
    let lines = view.lines(&item.chosen, &item.series);
    for (line, comparator) in lines.iter().skip(1).zip(&view.beside) {
        row.push(match line.at(item.when).and_then(|seen| seen.value) {
            Some(value) => Cell::shown(value, item.exact, plain(item, value)).figure(beside(&id, &comparator.key())),
            None => Cell::default(),
        });
    }
    row.push(rank(item));
    row.push(change(item));
    row
}

/// A figure in the annex: with a place more than on the pages, without the sign of its column's unit.
fn plain(item: &Item<'_>, value: f64) -> String {
    let shown = item.reading.measure.shown_at(value, item.exact);
    shown.strip_suffix('%').map_or(shown.clone(), str::to_owned)
}

fn count(item: &Item<'_>) -> Cell {
    let counts = item.reading.level.amount().and_then(|amount| amount.counts);
    match counts.filter(|_| item.reading.measure.quotient().is_some()) {
        Some((top, bottom)) => Cell::shown(top, 0, format!("{} of {}", number(top, 0), number(bottom, 0))),
        None => lone(item),
    }
}

/// Of how many a figure would be that is not there; nothing where a figure is, or nobody says.
fn lone(item: &Item<'_>) -> Cell {
    let below = item.series.points.last().and_then(|point| point.figure.below);
    match below.filter(|_| matches!(item.reading.level, Level::Missing(_))) {
        Some(below) => Cell::words(format!("of {}", number(below, 0))).figure(id_of(&item.reading)),
        None => Cell::default(),
    }
}

fn rank(item: &Item<'_>) -> Cell {
    match item.reading.place.ranked().filter(|ranked| ranked.is_judged()) {
        Some(ranked) => {
            let range = ranked.range().filter(|(first, last)| first != last);
            let range = range.map_or_else(String::new, |(first, last)| format!("{first} to {last}"));
            let text = format!("{} of {}", number(f64::from(ranked.rank()), 0), ranked.of());
            Cell::shown(f64::from(ranked.rank()), 0, text).with(range)
        }
        None => Cell::default(),
    }
}

fn change(item: &Item<'_>) -> Cell {
    let sign = |value: f64| shown::change(value, item.exact);
    match &item.reading.change {
        Change::Tested { difference, range, .. } => {
            let ends = format!("{} to {}", sign(range.lower), sign(range.upper));
            Cell::shown(*difference, item.exact, sign(*difference)).with(ends)
        }
        Change::Counted { from, to, .. } | Change::Seen { from, to, .. } => {
            Cell::shown(to - from, item.exact, sign(to - from))
        }
        Change::None(_) => Cell::words(words::moved(&item.reading).to_lowercase()),
    }
}

/// What the words of the paper mean: measures first, then who the neighbours are and what a range is.
fn meanings<'a>(items: &[Item<'a>], glance: &[&Item<'a>], view: &View<'a>) -> Vec<Remark> {
    let published = items.iter().any(|item| item.own.is_none());
    let last = [neighbours(view).filter(|_| published), range(items)];
    let last: Vec<Remark> = last.into_iter().flatten().collect();
    let of = |item: &Item<'_>| {
        let text = item.chosen.measure.definition.clone();
        let label = sentence(&item.reading.measure.noun);
        (!text.is_empty()).then_some(Remark { label, text: crate::shown::stop(&text) })
    };
    let mut known: Vec<Remark> = Vec::new();
    for meaning in glance.iter().copied().chain(items).filter_map(of) {
        if known.len() + last.len() < MOST_WORDS && !known.iter().any(|one| one.label == meaning.label) {
            known.push(meaning);
        }
    }
    known.extend(last);
    known
}

/// Who the neighbours are.
fn neighbours(view: &View<'_>) -> Option<Remark> {
    let year = view.beside.iter().find_map(crate::comparator::Comparator::year)?;
    let codes = view.register.neighbours().of(year, view.authority);
    let name = |code: &crate::area::LaCode| view.register.newest(*code).map(|one| one.name.clone());
    let names: Vec<String> = codes.iter().filter_map(name).collect();
    if names.is_empty() {
        return None;
    }
    let many = crate::shown::small(names.len());
    let text =
        format!("{}. Their figure is the plain average of the {many}, or of those that have a figure.", list(&names));
    Some(Remark { label: format!("Statistical neighbours, {year}"), text })
}

/// What a range is, where the table has one.
fn range(items: &[Item<'_>]) -> Option<Remark> {
    items.iter().any(|item| item.reading.level.amount().is_some_and(|amount| amount.range.is_some())).then(|| Remark {
        label: "95% range".to_owned(),
        text: "How far chance alone could move a figure, each case taken as independent of the others (shares: Wilson; \
               changes: Newcombe; ranks: pairwise tests, Holm). A figure is called better, worse, higher, lower, risen or \
               fallen only where the range leaves out the other figure, or no change."
            .to_owned(),
    })
}

/// The measures of which the paper may show a figure: of the council's own those that it has supplied.
fn told<'a>(items: &[Item<'a>], used: &[Chosen<'a>]) -> Vec<Chosen<'a>> {
    let supplied = |chosen: &&Chosen<'a>| !chosen.meta.own || items.iter().any(|item| item.is(chosen));
    used.iter().filter(supplied).copied().collect()
}

/// Publisher, publication and releases of every table used.
fn sources(used: &[Chosen<'_>]) -> Vec<String> {
    let mut sources: Vec<(String, Vec<String>)> = Vec::new();
    for chosen in used {
        let releases: Vec<String> = chosen.meta.accounts.iter().map(|account| account.release.clone()).collect();
        let name = if chosen.meta.source.is_empty() { &chosen.meta.title } else { &chosen.meta.source };
        match sources.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => known.extend(releases),
            None => sources.push((name.clone(), releases)),
        }
    }
    let line = |(name, mut releases): (String, Vec<String>)| {
        releases.sort();
        releases.dedup();
        let releases: Vec<String> = releases.iter().rev().map(|one| one.replace('_', "/")).collect();
        match releases.split_first() {
            Some((newest, [])) => format!("{name}, {newest} release."),
            Some((newest, older)) => format!("{name}, {newest} release; before it, those of {}.", list(older)),
            None => format!("{name}."),
        }
    };
    sources.into_iter().map(line).collect()
}

/// What each measure is, for the workbook.
fn definitions(used: &[Chosen<'_>]) -> Option<Table> {
    let mut table = Table { id: "measures-table".into(), title: "Measures used".into(), ..Table::default() };
    table.columns = ["Measure", "What it is", "Good is"].map(Column::words).into();
    for chosen in used {
        let good = match chosen.measure.polarity.as_str() {
            "none" => "neither good nor bad",
            word => word,
        };
        table.rows.push([&chosen.measure.label, &chosen.measure.definition, good].map(Cell::words).into());
    }
    (!table.rows.is_empty()).then_some(table)
}
