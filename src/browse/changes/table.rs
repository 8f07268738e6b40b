//! What differs in one table: what came and went, the largest changes, the ranks that moved most and the flags that turned.

use serde::Serialize;

use super::word;
use crate::browse::address::{Address, Class, RecordsPage};
use crate::browse::area::{Shown, shown};
use crate::browse::build::Build;
use crate::browse::shell::Link;
use crate::diff::{BuildFigure, Flag, Kind, Line, Move, Report};
use crate::schema::TOTAL;
use crate::shown::{counted, sentence};

/// What differs in one table.
#[derive(Serialize)]
pub struct Part {
    id: String,
    title: String,
    figures: String,
    came: Vec<String>,
    largest: Vec<ChangedFigure>,
    areas: String,
    comparisons: String,
    ranks: Vec<Rank>,
    flags: Vec<Turned>,
}

/// A figure that differs.
#[derive(Serialize)]
pub struct ChangedFigure {
    kind: String,
    measure: Link,
    place: Option<Link>,
    when: String,
    was: String,
    was_release: String,
    is: Shown,
    is_release: String,
}

/// A rank that moved.
#[derive(Serialize)]
pub struct Rank {
    measure: Link,
    place: Option<Link>,
    when: String,
    was: String,
    is: String,
    whose: String,
}

/// A flag against a comparator that turned.
#[derive(Serialize)]
pub struct Turned {
    measure: Link,
    place: Option<Link>,
    when: String,
    against: String,
    was: String,
    is: String,
    whose: &'static str,
}

impl Part {
    /// What a report says, as far as the class that is asked for goes.
    pub fn of(build: &Build, page: &RecordsPage, report: &Report) -> Part {
        let table = &report.table;
        let place = |code: &str, name: &str| Some(place(build, code, name));
        let changed = &report.changed;
        let lines = changed.largest.iter().filter(|line| fits(page, line.kind));
        let has_ranks = matches!(page.class, None | Some(Class::Ranks));
        let names: Vec<String> =
            changed.authorities.iter().take(8).map(|(name, count)| format!("{name} {count}")).collect();
        let areas =
            format!("{}, most: {}.", sentence(&counted(changed.authorities.len(), "area", "areas")), names.join(", "));
        Part {
            id: table.clone(),
            title: report.title.clone(),
            figures: format!("{}.", sentence(&report.counts())),
            came: report.schema.iter().chain(&report.coverage).map(|line| sentence(line)).collect(),
            largest: lines
                .map(|line| ChangedFigure::of(build, page, table, line, place(&line.code, &line.area)))
                .collect(),
            areas: if names.is_empty() { String::new() } else { areas },
            comparisons: if has_ranks && report.has_moved() { sentence(&report.moved()) + "." } else { String::new() },
            ranks: some(has_ranks, &changed.most)
                .map(|one| Rank::of(build, page, table, one, place(&one.code, &one.area)))
                .collect(),
            flags: some(has_ranks, &changed.flags)
                .map(|flag| Turned::of(build, page, table, flag, place(&flag.code, &flag.area)))
                .collect(),
        }
    }
}

fn some<T>(wanted: bool, all: &[T]) -> impl Iterator<Item = &T> {
    all.iter().filter(move |_| wanted)
}

/// Whether figures of this kind are asked for.
pub fn fits(page: &RecordsPage, kind: Kind) -> bool {
    page.class.is_none_or(|class| class == Class::Figures(kind))
}

impl ChangedFigure {
    /// A figure that differs, with its place where the page is about several.
    pub fn of(build: &Build, page: &RecordsPage, table: &str, line: &Line, place: Option<Link>) -> ChangedFigure {
        // A figure that is gone has no page.
        let id = if line.kind == Kind::Gone { "" } else { line.id.as_str() };
        ChangedFigure {
            kind: word(line.kind),
            measure: measure(build, page, table, &line.measure),
            place,
            when: when(&line.period, &line.breakdown),
            was: line.old.words(),
            was_release: release(&line.old),
            is: shown(line.new.words(), id),
            is_release: release(&line.new),
        }
    }
}

impl Rank {
    /// A rank that moved.
    pub fn of(build: &Build, page: &RecordsPage, table: &str, one: &Move, place: Option<Link>) -> Rank {
        let rank = |rank: u16, out_of: u16| match rank {
            0 => "no rank".to_owned(),
            rank => format!("{rank} of {out_of}"),
        };
        Rank {
            measure: measure(build, page, table, &one.measure),
            place,
            when: when(&one.period, &one.breakdown),
            was: rank(one.ranks.0, one.out_of.0),
            is: rank(one.ranks.1, one.out_of.1),
            whose: whose(one.own.zip(one.others)),
        }
    }
}

impl Turned {
    /// A flag that turned.
    pub fn of(build: &Build, page: &RecordsPage, table: &str, flag: &Flag, place: Option<Link>) -> Turned {
        let word = |word: &str| if word.is_empty() { "not said".to_owned() } else { word.to_owned() };
        Turned {
            measure: measure(build, page, table, &flag.measure),
            place,
            when: when(&flag.period, &flag.breakdown),
            against: flag.comparator.clone(),
            was: word(&flag.words.0),
            is: word(&flag.words.1),
            whose: flag.cause.words(),
        }
    }
}

/// Whose doing a move is, in places.
fn whose(steps: Option<(i32, i32)>) -> String {
    let places = |step: i32| {
        let way = if step > 0 { "down" } else { "up" };
        format!("{} {way}", counted(step.unsigned_abs() as usize, "place", "places"))
    };
    match steps {
        None => "a figure came or went".to_owned(),
        Some((_, 0)) => "its own figure".to_owned(),
        Some((0, _)) => "others were revised, came or went".to_owned(),
        Some((own, others)) => format!("its own figure, {}; others, {}", places(own), places(others)),
    }
}

fn when(period: &str, (topic, breakdown): &(String, String)) -> String {
    if topic == TOTAL { period.to_owned() } else { format!("{period}, {topic}: {breakdown}") }
}

fn release(side: &BuildFigure) -> String {
    if side.release.is_empty() { String::new() } else { format!("release {}", side.release) }
}

/// A measure by its label, with its page; one that is gone has none.
fn measure(build: &Build, page: &RecordsPage, table: &str, name: &str) -> Link {
    let known = build.catalogue.table(table).and_then(|meta| meta.measures.get(name));
    match known {
        Some(measure) => Link::to(&measure.label, Address::measure(table, name, page.area)),
        None => Link { name: name.to_owned(), ..Link::default() },
    }
}

/// A place with its page, where it has one.
fn place(build: &Build, code: &str, name: &str) -> Link {
    let known = code.parse().ok().and_then(|code| build.register.newest(code)).filter(|known| known.name == name);
    match known {
        Some(authority) => Link::to(name, Address::area(authority.code)),
        None => Link { name: name.to_owned(), ..Link::default() },
    }
}
