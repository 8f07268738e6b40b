//! The table of the first page: a row a measure, in words and places; a column that would say nothing is left out.

use crate::figure::beside;
use crate::publish::document::{Cell, Column, Group, Standing, Table};
use crate::reading::{Against, Change, Place, Reading, Whom, words};
use crate::shown::{list, sentence};
use crate::statistics::Polarity;

use super::item::{self, Item};
use super::messages::score;
use super::small;
use super::view::{View, id_of};

/// How many rows of each kind the first page has room for.
pub const PERFORMANCE: usize = 6;
/// The same of measures that are neither good nor bad.
pub const BACKGROUND: usize = 2;
/// The fewest authorities among whom a place is worth a column.
const FEWEST: u32 = 10;

/// The rows, those with a direction that is good first: what the report asks for, then what the messages speak of, then by
/// score. A number of things says how large a place is and stands in the annex.
pub fn rows<'i, 'a>(items: &'i [Item<'a>], first: &[&'i Item<'a>]) -> Vec<&'i Item<'a>> {
    let mut all: Vec<&Item<'a>> = first.to_vec();
    let weighs = |item: &&Item<'a>| item.is_news() && item.reading.measure.importance > 0;
    let mut others: Vec<&Item<'a>> = items.iter().filter(weighs).collect();
    others.sort_by(|one, other| {
        let weight = |item: &Item<'_>| (f64::from(item.reading.measure.importance), score(item));
        let ((a, b), (c, d)) = (weight(one), weight(other));
        d.total_cmp(&b).then(c.total_cmp(&a))
    });
    for item in others {
        if !all.iter().any(|known| std::ptr::eq(*known, item)) {
            all.push(item);
        }
    }
    all.retain(|item| item.is_news() && item.own.is_none() && !item.reading.measure.is_size());
    let (judged, neutral): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|item| item.reading.measure.polarity != Polarity::None);
    judged.into_iter().take(PERFORMANCE).chain(neutral.into_iter().take(BACKGROUND)).collect()
}

/// The table of `rows`; none where there is none.
pub fn table(rows: &[&Item<'_>], view: &View<'_>) -> Option<Table> {
    if rows.is_empty() {
        return None;
    }
    let readings: Vec<&Reading> = rows.iter().map(|item| &item.reading).collect();
    let (main, other) = periods(rows);
    let period = |item: &Item<'_>| {
        let usual = if is_background(item) { &other } else { &main };
        if item.reading.period.prose == *usual { String::new() } else { item.reading.period.prose.clone() }
    };
    let name = |item: &&Item<'_>| Cell::words(item.reading.measure.heading()).with(period(item));
    let own = |item: &&Item<'_>| own(item).bold();
    let mut columns: Vec<(Column, Vec<Cell>)> = vec![
        (Column::words("Measure"), rows.iter().map(name).collect()),
        (Column::own(view.who), rows.iter().map(own).collect()),
    ];
    for (title, word, whose) in BESIDE {
        let known = readings.iter().filter(|reading| whose(reading).and_then(shown_of(reading)).is_some()).count();
        if known * 2 >= readings.len() && known > 0 {
            let cells = rows.iter().map(|item| beside_cell(item, whose(&item.reading), word)).collect();
            columns.push((Column::figures(title), cells));
        }
    }
    if readings.iter().any(|reading| place(reading).is_some()) {
        let title = format!("Where {} stands", view.who);
        columns.push((Column::words(title), rows.iter().map(|item| place_cell(&item.reading)).collect()));
    }
    let mut caption = words::tally(&readings);
    let moved: Vec<(String, String)> = readings.iter().map(|reading| words::moved_apart(reading)).collect();
    match moved.split_first() {
        Some((first, rest)) if !rest.is_empty() && rest.iter().all(|one| one == first) => {
            caption = format!("{caption} {}.", all_alike(first, readings[0])).trim().to_owned();
        }
        _ => {
            let cell = |(word, by): &(String, String)| Cell::words(word.clone()).with(by.clone());
            columns.push((Column::words("Change in a year"), moved.iter().map(cell).collect()));
        }
    }
    if readings.iter().any(|reading| reading.england().is_some_and(|england| england.verdict.is_tested())) {
        columns.push((Column::words("Against England"), readings.iter().map(|reading| verdict(reading)).collect()));
    }
    Some(assembled(rows, view, columns, caption, (&main, &other)))
}

/// What all rows would say of the change, said once.
fn all_alike((word, by): &(String, String), reading: &Reading) -> String {
    match &reading.change {
        Change::None(_) => {
            format!("For all of them: {}", crate::shown::within(&format!("{word} {by}"))).trim().to_owned()
        }
        _ => format!("In a year: {}", crate::shown::within(&format!("{word} {by}"))).trim().to_owned(),
    }
}

fn assembled(
    rows: &[&Item<'_>],
    view: &View<'_>,
    columns: Vec<(Column, Vec<Cell>)>,
    caption: String,
    (main, other): (&str, &str),
) -> Table {
    let split = rows.iter().position(|item| is_background(item)).unwrap_or(rows.len());
    let has = |title: &str| columns.iter().any(|(column, _)| column.title.starts_with(title));
    let (performance, background) = match has("Where ") {
        true => (
            "(strip: worst on the left, best on the right)",
            "(neither good nor bad; strip: lowest on the left, highest on the right)",
        ),
        false => ("", "(neither good nor bad)"),
    };
    let mut groups = Vec::new();
    if split > 0 {
        groups.push(Group { first: 0, heading: "Performance".into(), note: performance.into() });
    }
    if split < rows.len() {
        groups.push(Group { first: split, heading: "Background".into(), note: background.into() });
    }
    let notes = vec![note(rows, view, has("Neighbours"), has("Where "), (main, other))];
    let (columns, cells): (Vec<Column>, Vec<Vec<Cell>>) = columns.into_iter().unzip();
    let row = |at: usize| cells.iter().map(|column| column[at].clone()).collect();
    let rows = (0..rows.len()).map(row).collect();
    Table {
        id: "glance".into(),
        title: "At a glance".into(),
        caption,
        columns,
        rows,
        groups,
        notes,
        ..Table::default()
    }
}

/// The strip, the words and the periods explained.
fn note(rows: &[&Item<'_>], view: &View<'_>, neighbours: bool, strip: bool, (main, other): (&str, &str)) -> String {
    let mut note = match (main, other) {
        ("", background) => format!("Figures are for {background}."),
        (main, "") => format!("Figures are for {main}."),
        (main, other) if main == other => format!("Figures are for {main}."),
        (main, other) => format!("Figures are for {main}; background for {other}."),
    };
    let members = rows.iter().filter_map(|item| item.reading.neighbours()).map(|against| against.members).max();
    if let Some(members) = members.filter(|_| neighbours) {
        let many = crate::shown::small(members as usize);
        note += &format!(
            " Neighbours: average of the {many} authorities most like {}, as listed by the Department for Education.",
            view.who
        );
    }
    if strip {
        let whose = crate::shown::possessive(view.who);
        note += &format!(" Dot: {whose} place; bar and brackets: the places chance alone could explain.");
    }
    note + " Better, worse, higher and lower: only where chance would not explain the gap."
}

/// The period that most rows with a direction have, and the one that most others have.
fn periods(rows: &[&Item<'_>]) -> (String, String) {
    let most = |background: bool| {
        let of = rows.iter().filter(|item| is_background(item) == background).map(|item| &item.reading);
        item::periods(of).first().map_or_else(String::new, |first| (*first).to_owned())
    };
    (most(false), most(true))
}

fn is_background(item: &Item<'_>) -> bool {
    item.reading.measure.polarity == Polarity::None
}

/// The authority's own figure as the pages write it.
pub fn own(item: &Item<'_>) -> Cell {
    let reading = &item.reading;
    let id = id_of(reading);
    match (reading.level.value(), &reading.level) {
        (Some(value), _) => {
            let why = words::aside(reading).unwrap_or_default();
            Cell::shown(value, reading.measure.places, reading.measure.shown(value)).with(why).noted(why).figure(id)
        }
        (None, crate::reading::Level::Missing(why)) => Cell::missing(why.word(), why.reason()).figure(id),
        (None, _) => Cell::default(),
    }
}

type Whose = fn(&Reading) -> Option<&Against>;

/// The columns of what stands beside: heading, word of the comparator, whose.
const BESIDE: [(&str, &str, Whose); 2] =
    [("England", "england", |reading| reading.england()), ("Neighbours", "neighbours", |reading| reading.neighbours())];

/// The figure of a comparator that may stand beside, as written.
fn shown_of(reading: &Reading) -> impl Fn(&Against) -> Option<(f64, String)> + '_ {
    |against| words::may_stand(against).then_some(against.value?).map(|value| (value, reading.measure.shown(value)))
}

fn beside_cell(item: &Item<'_>, against: Option<&Against>, word: &str) -> Cell {
    let reading = &item.reading;
    match against.and_then(shown_of(reading)) {
        Some((value, text)) => {
            let id = beside(&id_of(reading), word);
            Cell::shown(value, reading.measure.places, text).figure(id)
        }
        None => Cell::missing(lacking(against), "no figure to compare with"),
    }
}

/// The word for a comparator without a figure that may stand beside.
fn lacking(against: Option<&Against>) -> &'static str {
    match against {
        Some(against) if against.used > 0 && against.whom != Whom::England => "too few",
        Some(against) if against.value.is_some() => "a total",
        _ => "none",
    }
}

/// The rank, where enough authorities have one.
fn place(reading: &Reading) -> Option<&crate::reading::Ranked> {
    reading.place.ranked().filter(|ranked| ranked.of() >= FEWEST)
}

fn place_cell(reading: &Reading) -> Cell {
    let Some(ranked) = place(reading) else {
        let few = matches!(reading.place, Place::Unranked(crate::reading::Unranked::Few));
        return Cell::words(if few { "Too few to rank" } else { "Not ranked" });
    };
    let cell = Cell::words(words::short_place(reading).replace(" highest", ""));
    match small::strip(ranked) {
        Some(strip) => cell.under(strip),
        None => cell,
    }
}

/// Against England: shape and word.
pub fn verdict(reading: &Reading) -> Cell {
    let tag = reading
        .england()
        .map_or(words::Tag { word: "Not compared", shape: words::Shape::Dash }, |england| words::tag(england.verdict));
    let cell = Cell::words(tag.word).bold();
    match small::mark(tag.shape) {
        Some(mark) => cell.marked(mark),
        None => cell,
    }
}

/// The same rows as numbers.
pub fn standing(rows: &[&Item<'_>]) -> Vec<Standing> {
    rows.iter().map(|item| numbers(item)).collect()
}

fn numbers(item: &Item<'_>) -> Standing {
    let reading = &item.reading;
    let amount = reading.level.amount();
    let counts = amount.and_then(|amount| amount.counts);
    let figure = |against: Option<&Against>| against.and_then(shown_of(reading)).map(|(value, _)| value);
    let ranked = reading.place.ranked();
    let range = ranked.and_then(crate::reading::Ranked::range);
    let (change, ends) = match &reading.change {
        Change::Tested { difference, range, .. } => (Some(*difference), Some(*range)),
        Change::Counted { from, to, .. } | Change::Seen { from, to, .. } => (Some(to - from), None),
        Change::None(_) => (None, None),
    };
    Standing {
        measure: sentence(&reading.measure.heading()),
        unit: reading.measure.unit.word().to_owned(),
        period: reading.period.prose.clone(),
        places: item.exact,
        value: reading.level.value(),
        count: counts.map(|(count, _)| count),
        of: counts.map(|(_, of)| of),
        england: figure(reading.england()),
        neighbours: figure(reading.neighbours()),
        neighbours_used: reading.neighbours().map(|against| against.used as usize),
        rank: ranked.map(|ranked| ranked.rank() as usize),
        out_of: ranked.map(|ranked| ranked.of() as usize),
        rank_from: range.map(|(first, _)| first as usize),
        rank_to: range.map(|(_, last)| last as usize),
        change,
        change_from: ends.map(|range| range.lower),
        change_to: ends.map(|range| range.upper),
        changed: words::moved(reading),
        verdict: reading.england().map_or(String::new(), |england| words::tag(england.verdict).word.to_owned()),
        reason: reasons(reading),
        id: id_of(reading),
    }
}

/// Why a number is not there.
fn reasons(reading: &Reading) -> String {
    let mut why = Vec::new();
    if reading.level.value().is_none() {
        why.push(words::missing(reading));
    }
    if reading.place.ranked().is_none() && reading.measure.polarity != Polarity::None {
        why.push("Not ranked.".to_owned());
    }
    if matches!(reading.change, Change::None(_)) {
        why.push(words::fragment(reading));
    }
    why.retain(|one| !one.is_empty());
    list(&why)
}
