//! Atoms and the words round them to the days of a period.

use chrono::{Datelike, Days, NaiveDate};

use super::atoms::Atom;
use super::bounds::Bounds;
use super::frame::{Framed, Lead};
use super::{Kind, Unread, years};
use crate::period::YearEnd;

/// The days that the atoms of a text and the words round them mean.
pub(super) fn bounds(framed: &Framed, atoms: &[Atom], ends: Option<YearEnd>) -> Result<Bounds, Unread> {
    match framed.lead {
        None => plain(atoms, framed.kind, ends),
        Some(Lead::At) => match atoms {
            [Atom::Month(..)] => Ok(Bounds::at(plain(atoms, framed.kind, ends)?.end)),
            _ => plain(atoms, framed.kind, ends),
        },
        Some(Lead::MonthsTo(12)) if matches!(atoms, [Atom::Split(_)] | [Atom::Split(_), Atom::To, Atom::Split(_)]) => {
            plain(atoms, framed.kind, ends)
        }
        Some(Lead::MonthsTo(months)) => {
            let end = last_day(atoms, framed.kind, ends).ok_or(Unread::Impossible("the day it ends on is not said"))?;
            Bounds::months_to(end, months).ok_or(Unread::Unknown)
        }
        Some(lead @ (Lead::WeekTo | Lead::WeekFrom)) => {
            let [Atom::Day(day)] = atoms else { return Err(Unread::Unknown) };
            let first = if lead == Lead::WeekTo { day.checked_sub_days(Days::new(6)) } else { Some(*day) };
            first.and_then(|first| Bounds::days(first, 7)).ok_or(Unread::Unknown)
        }
    }
}

/// The day on which something ends: a day, the end of a month, or that of a year whose kind says it.
fn last_day(atoms: &[Atom], kind: Option<Kind>, ends: Option<YearEnd>) -> Option<NaiveDate> {
    match (atoms, kind, ends) {
        ([Atom::Day(day)], ..) => Some(*day),
        ([Atom::Month(year, month)], ..) => Bounds::month(*year, *month).map(|month| month.end),
        ([Atom::Year(year)], _, Some(ends)) => ends.in_year(*year),
        ([Atom::Year(year)], Some(Kind::Financial), None) => NaiveDate::from_ymd_opt(*year, 3, 31),
        ([Atom::Year(year)], Some(Kind::Academic), None) => NaiveDate::from_ymd_opt(*year, 8, 31),
        ([Atom::Year(year)], Some(Kind::Calendar), None) => NaiveDate::from_ymd_opt(*year, 12, 31),
        _ => None,
    }
}

/// The days of a text without words before it.
fn plain(atoms: &[Atom], kind: Option<Kind>, ends: Option<YearEnd>) -> Result<Bounds, Unread> {
    let found = match *atoms {
        [Atom::Day(day)] => Some(Bounds::at(day)),
        [Atom::Month(year, month)] => Bounds::month(year, month),
        [Atom::Year(year)] => return years::year(year, kind, ends),
        [Atom::Split(first)] => return years::split(first, kind, ends),
        [Atom::Years(first, last)] => years::several(years::year(first, kind, ends)?, years::year(last, kind, ends)?),
        [Atom::Split(first), Atom::To, Atom::Split(last)] => {
            years::several(years::split(first, kind, ends)?, years::split(last, kind, ends)?)
        }
        [Atom::Day(first), Atom::To, Atom::Day(last)] => Bounds::between(first, last),
        [Atom::Small(day), Atom::MonthName(month), Atom::To, Atom::Day(last)] => {
            let first = |year| NaiveDate::from_ymd_opt(year, month, day).filter(|first| *first < last);
            first(last.year()).or_else(|| first(last.year() - 1)).and_then(|first| Bounds::between(first, last))
        }
        _ if atoms.iter().any(|atom| matches!(atom, Atom::Season(_))) => return term(atoms),
        _ => return part(atoms, kind),
    };
    found.ok_or(Unread::Unknown)
}

/// A term of a year over two calendar years; one named by a single year lies in that calendar year.
fn term(atoms: &[Atom]) -> Result<Bounds, Unread> {
    let said: Vec<Atom> = atoms.iter().copied().filter(|atom| *atom != Atom::Term).collect();
    let (season, year) = match said[..] {
        [Atom::Season(season), year] | [year, Atom::Season(season)] => (season, year),
        [Atom::Season(1), Atom::And, Atom::Season(2), year] | [year, Atom::Season(1), Atom::And, Atom::Season(2)] => {
            (4, year)
        }
        _ => return Err(Unread::Unknown),
    };
    let first = match (year, season) {
        (Atom::Split(first), _) => first,
        (Atom::Year(year), 1) => year,
        (Atom::Year(year), 2 | 3) => year - 1,
        _ => return Err(Unread::Unknown),
    };
    Bounds::term(first, season).ok_or(Unread::Unknown)
}

/// Months, quarters, halves and weeks.
fn part(atoms: &[Atom], kind: Option<Kind>) -> Result<Bounds, Unread> {
    // A dash in `2024-Q1` joins the two.
    let joined = |at: &usize| {
        let numbered = |atom: Option<&Atom>| {
            matches!(atom, Some(Atom::Quarter(_) | Atom::Half(_) | Atom::Week(_) | Atom::MonthOf(_)))
        };
        atoms[*at] == Atom::To
            && (numbered(atoms.get(at + 1)) || at.checked_sub(1).is_some_and(|at| numbered(atoms.get(at))))
    };
    let atoms: Vec<Atom> = (0..atoms.len()).filter(|at| !joined(at)).map(|at| atoms[at]).collect();
    let quarter = atoms.iter().find_map(|atom| match atom {
        Atom::Quarter(quarter) => Some(*quarter),
        _ => None,
    });
    let months: Vec<Atom> = atoms.iter().copied().filter(|atom| !matches!(atom, Atom::Quarter(_))).collect();
    if quarter.is_some() && months.len() > 2 {
        return range(&months, kind.or(Some(Kind::Financial)))
            .or_else(|_| range(&months, kind))
            .and_then(|found| agree(found, quarter));
    }
    match atoms[..] {
        [Atom::Quarter(quarter), year] => of_year(year, kind, (u16::from(quarter), 3), false),
        [year, Atom::Quarter(quarter)] => of_year(year, kind, (u16::from(quarter), 3), true),
        [Atom::Half(half), year] => of_year(year, kind, (u16::from(half), 6), false),
        [year, Atom::Half(half)] => of_year(year, kind, (u16::from(half), 6), true),
        [Atom::MonthOf(month), year] => of_year(year, kind, (month, 1), false),
        [year, Atom::MonthOf(month)] => of_year(year, kind, (month, 1), true),
        [Atom::Week(week), Atom::Year(year)] | [Atom::Year(year), Atom::Week(week)] => {
            Bounds::week(year, week).ok_or(Unread::Impossible("the year has no such week"))
        }
        [Atom::MonthName(month), Atom::Split(first)] | [Atom::Split(first), Atom::MonthName(month)] => {
            let year = one(year_of(month, first, Kind::Financial), year_of(month, first, Kind::Academic), kind);
            let year = year.map_err(|[one, other]| {
                let named = |year: i32| {
                    Bounds::month(year, month).map_or(String::new(), |month| month.end.format("%B %Y").to_string())
                };
                Unread::Ambiguous(named(one), named(other))
            })?;
            Bounds::month(year, month).ok_or(Unread::Unknown)
        }
        _ => range(&atoms, kind),
    }
}

/// The number `place` of the parts of so many months of a year. `led` is whether the year stands first, as in the
/// notation of statistics, in which a year is a calendar year.
fn of_year(year: Atom, kind: Option<Kind>, (place, months): (u16, u16), led: bool) -> Result<Bounds, Unread> {
    let from = |year: i32, month: u32| {
        let start = NaiveDate::from_ymd_opt(year, month, 1)?;
        let start = start.checked_add_months(chrono::Months::new(u32::from((place - 1) * months)))?;
        Bounds::months(start, months)
    };
    let two = matches!(kind, Some(Kind::Financial | Kind::Academic));
    let found = match year {
        Atom::Split(first) => from(first, if kind == Some(Kind::Academic) { 9 } else { 4 }),
        Atom::Year(year) if kind == Some(Kind::Calendar) || (led && !two) => from(year, 1),
        Atom::Year(year) => {
            let (one, other) = if two {
                (from(year - 1, years::first_month(kind)), from(year, years::first_month(kind)))
            } else {
                (from(year, 1), from(year, 4))
            };
            let words = |bounds: Option<Bounds>| {
                bounds.map_or(String::new(), |bounds| format!("what ends on {}", bounds.end.format("%-d %B %Y")))
            };
            return Err(Unread::Ambiguous(words(one), words(other)));
        }
        _ => None,
    };
    found.ok_or(Unread::Unknown)
}

/// The calendar year of a month in the year of this kind that begins in `first`.
fn year_of(month: u32, first: i32, kind: Kind) -> i32 {
    if month >= years::first_month(Some(kind)) { first } else { first + 1 }
}

/// The reading of the kind that is said; where none is, the one that both kinds agree on.
fn one(financial: i32, academic: i32, kind: Option<Kind>) -> Result<i32, [i32; 2]> {
    match kind {
        Some(Kind::Financial) => Ok(financial),
        Some(Kind::Academic) => Ok(academic),
        _ if financial == academic => Ok(financial),
        _ => Err([financial, academic]),
    }
}

/// From one month to another.
fn range(atoms: &[Atom], kind: Option<Kind>) -> Result<Bounds, Unread> {
    let ((first, from), (last, to)) = match *atoms {
        [Atom::Month(first, from), Atom::To, Atom::Month(last, to)] => ((first, from), (last, to)),
        [Atom::MonthName(from), Atom::To, Atom::Month(last, to)] if from <= to => ((last, from), (last, to)),
        [Atom::Year(year), Atom::MonthName(from), Atom::To, Atom::MonthName(to)] if from <= to => {
            ((year, from), (year, to))
        }
        [Atom::MonthName(_), Atom::To, Atom::Month(year, _)] => {
            return Err(Unread::Ambiguous(format!("what begins in {}", year - 1), format!("what begins in {year}")));
        }
        [Atom::MonthName(from), Atom::To, Atom::MonthName(to), Atom::Split(first)]
        | [Atom::Split(first), Atom::MonthName(from), Atom::To, Atom::MonthName(to)] => {
            let of = |month| one(year_of(month, first, Kind::Financial), year_of(month, first, Kind::Academic), kind);
            let ambiguous = |[one, other]: [i32; 2]| {
                Unread::Ambiguous(format!("what begins in {one}"), format!("what begins in {other}"))
            };
            ((of(from).map_err(ambiguous)?, from), (of(to).map_err(ambiguous)?, to))
        }
        _ => return Err(Unread::Unknown),
    };
    let start = NaiveDate::from_ymd_opt(first, from, 1);
    let end = Bounds::month(last, to).map(|month| month.end);
    start.zip(end).and_then(|(start, end)| Bounds::between(start, end)).ok_or(Unread::Unknown)
}

/// The months of a quarter, where its number is that of these months in some year.
fn agree(found: Bounds, quarter: Option<u8>) -> Result<Bounds, Unread> {
    let numbers = [1, 4, 9].map(|first| (found.start.month() + 12 - first) % 12 / 3 + 1);
    let said = quarter.is_some_and(|quarter| numbers.contains(&u32::from(quarter)));
    if said && found.length == crate::period::Length::QUARTER {
        Ok(found)
    } else {
        Err(Unread::Impossible("the quarter and its months are not the same"))
    }
}
