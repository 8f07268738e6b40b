//! Pieces of a text to the atoms of a period: days, months of a year, years, quarters, terms, weeks.

use chrono::NaiveDate;

use super::lex::{Piece, pieces};
use super::years::{YEARS, four_digits, two_digits};
use super::{Kind, Unread, date};

/// A part of a period, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Atom {
    /// A day.
    Day(NaiveDate),
    /// A month of a year.
    Month(i32, u32),
    /// A month of a year that stands elsewhere.
    MonthName(u32),
    /// One calendar year.
    Year(i32),
    /// A year over two calendar years, by the first.
    Split(i32),
    /// From one year to another, more than one later.
    Years(i32, i32),
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// A half, 1 or 2.
    Half(u8),
    /// 1 autumn, 2 spring, 3 summer.
    Season(u8),
    /// A week, by number.
    Week(u32),
    /// A month of a financial year, by number.
    MonthOf(u16),
    /// One or two digits that are nothing by themselves.
    Small(u32),
    /// `term`.
    Term,
    /// `and`.
    And,
    /// `to`, or a dash between two things.
    To,
}

/// The atoms of a core in small letters, whose year is of `kind`.
pub(super) fn of(core: &str, kind: Option<Kind>) -> Result<Vec<Atom>, Unread> {
    let pieces = telling(&pieces(core));
    if let [Piece::Number(number)] | [Piece::Number(number), Piece::Sign('.'), Piece::Number(_)] = pieces.as_slice()
        && let Some(day) = date::serial(number)
    {
        return Ok(vec![Atom::Day(day)]);
    }
    let mut atoms = Vec::new();
    let mut rest = pieces.as_slice();
    while !rest.is_empty() {
        let (atom, length) = day(rest)
            .transpose()
            .or_else(|| month_of_year(rest).transpose())
            .or_else(|| years(rest, kind).transpose())
            .or_else(|| numbered(rest).map(Ok))
            .unwrap_or_else(|| single(&rest[0]).map(|atom| (atom, 1)))?;
        atoms.extend(atom);
        rest = &rest[length..];
    }
    Ok(atoms)
}

/// The pieces that say something: without the days of the week, `of`, `the`, and the letters behind `31st`.
fn telling<'t>(pieces: &[Piece<'t>]) -> Vec<Piece<'t>> {
    const SILENT: [&str; 16] = [
        "of",
        "the",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ];
    let is_silent = |at: usize| match (at.checked_sub(1).map(|before| pieces[before]), pieces[at]) {
        (Some(Piece::Number(_)), Piece::Word("st" | "nd" | "rd" | "th")) => {
            !matches!(pieces.get(at + 1), Some(Piece::Word("q" | "qtr" | "quarter" | "half")))
        }
        (_, Piece::Word(word)) => SILENT.contains(&word),
        _ => false,
    };
    (0..pieces.len()).filter(|&at| !is_silent(at)).map(|at| pieces[at]).collect()
}

/// What stands at the beginning of some pieces, and how many of them it takes.
type Found = Result<Option<(Option<Atom>, usize)>, Unread>;

/// One or two digits.
fn small(piece: &Piece<'_>) -> Option<u32> {
    match piece {
        Piece::Number(digits) if digits.len() <= 2 => digits.parse().ok(),
        _ => None,
    }
}

fn four(piece: &Piece<'_>) -> Option<i32> {
    match piece {
        Piece::Number(digits) => four_digits(digits),
        _ => None,
    }
}

fn two(piece: &Piece<'_>) -> Option<i32> {
    match piece {
        Piece::Number(digits) => two_digits(digits),
        _ => None,
    }
}

fn month(piece: &Piece<'_>) -> Option<u32> {
    match piece {
        Piece::Word(word) => date::month_number(word),
        _ => None,
    }
}

/// A sign that may stand between the parts of a day.
fn joins(piece: &Piece<'_>) -> bool {
    matches!(piece, Piece::Sign('-' | '/' | '.'))
}

/// How many pieces of a time of day, and of what joins it, follow a day.
fn time(rest: &[Piece<'_>]) -> usize {
    let joined = usize::from(matches!(rest.first(), Some(Piece::Word("t"))));
    match &rest[joined..] {
        [
            Piece::Number(_),
            Piece::Sign(':'),
            Piece::Number(_),
            Piece::Sign(':'),
            Piece::Number(_),
            Piece::Word("z"),
            ..,
        ] => joined + 6,
        [Piece::Number(_), Piece::Sign(':'), Piece::Number(_), Piece::Sign(':'), Piece::Number(_), ..] => joined + 5,
        [Piece::Number(_), Piece::Sign(':'), Piece::Number(_), ..] => joined + 3,
        _ => 0,
    }
}

/// A day: `31 March 2024`, `31-Mar-24`, `31/03/2024`, `2024-03-31`, `March 31 2024`, `20240331`, each with its time.
fn day(rest: &[Piece<'_>]) -> Found {
    let Some((written, length)) = three(rest)? else { return Ok(None) };
    let (year, month, day) = written;
    let Some(day) = date::day(year, month, day) else {
        return Err(Unread::Impossible("there is no such day in the calendar"));
    };
    Ok(Some((Some(Atom::Day(day)), length + time(&rest[length..]))))
}

/// Year, month and day.
type Written = (i32, u32, u32);

/// Year, month and day, and how many pieces they take.
fn three(rest: &[Piece<'_>]) -> Result<Option<(Written, usize)>, Unread> {
    if let [Piece::Number(digits), ..] = rest
        && digits.len() == 8
        && let (Some(year), Ok(month), Ok(day)) = (four_digits(&digits[..4]), digits[4..6].parse(), digits[6..].parse())
        && month <= 12
    {
        return Ok(Some(((year, month, day), 1)));
    }
    // Signs between the parts, or none: both count.
    let (mut parts, mut signs) = (Vec::new(), Vec::new());
    let mut at = 0;
    while parts.len() < 3 {
        if at > 0 && rest.get(at).is_some_and(joins) {
            signs.push(rest[at]);
            at += 1;
        }
        let Some(piece) = rest.get(at) else { return Ok(None) };
        parts.push(piece);
        at += 1;
    }
    let [a, b, c] = parts[..] else { return Ok(None) };
    let signed = signs.len() == 2 && signs[0] == signs[1];
    let even = signed || signs.is_empty();
    let found = match (small(a), month(a), four(a), small(b), month(b), small(c), four(c)) {
        (Some(day), .., Some(month), _, Some(year)) => Some((year, month, day)),
        (Some(day), .., Some(month), Some(_), None) if even => two(c).map(|year| (year, month, day)),
        (_, Some(month), _, Some(day), _, _, Some(year)) if signs.is_empty() => Some((year, month, day)),
        (_, _, Some(year), _, Some(month), Some(day), _) => Some((year, month, day)),
        (_, _, Some(year), Some(month), _, Some(day), _) if signed => Some((year, month, day)),
        (Some(day), _, _, Some(month), _, _, Some(year)) if signed => Some((year, month, day)),
        (Some(first), _, _, Some(month), _, Some(last), None) if signed => {
            short_day((first, month, last), a, c, signs[0])?
        }
        _ => None,
    };
    Ok(found.map(|written| (written, at)))
}

/// Three numbers of two digits: day, month and year, unless they may be year, month and day as well.
fn short_day(
    (first, month, last): (u32, u32, u32),
    a: &Piece<'_>,
    c: &Piece<'_>,
    sign: Piece<'_>,
) -> Result<Option<Written>, Unread> {
    let Some(year) = two(c) else { return Ok(None) };
    // Councils write day, month and year with slashes; with dashes the year may come first.
    let other = two(a).filter(|_| sign != Piece::Sign('/')).and_then(|year| date::day(year, month, last));
    match (date::day(year, month, first), other) {
        (Some(one), Some(other)) if one != other => {
            Err(Unread::Ambiguous(one.format("%-d %B %Y").to_string(), other.format("%-d %B %Y").to_string()))
        }
        _ => Ok(Some((year, month, first))),
    }
}

/// A month of a year: `March 2024`, `2024 March`, `Mar-24`, `03/2024`, `2024-03`.
fn month_of_year(rest: &[Piece<'_>]) -> Found {
    let first = rest.first();
    let (second, length) = match rest.get(1) {
        Some(sign) if joins(sign) => (rest.get(2), 3),
        other => (other, 2),
    };
    let (Some(first), Some(second)) = (first, second) else { return Ok(None) };
    let of = |year, month| Ok(Some((Some(Atom::Month(year, month)), length)));
    match (month(first), four(first), month(second), four(second)) {
        (Some(month), _, _, Some(year)) | (_, Some(year), Some(month), _) => {
            // `2023/24` behind a month is the year that it is a month of.
            if is_split(&rest[length - 1..]) { Ok(None) } else { of(year, month) }
        }
        (Some(month), ..) if small(second).is_some() && !goes_on(&rest[length..]) => match two(second) {
            Some(year) => of(year, month),
            None => Err(Unread::Impossible("two digits are a year from 2000 to 2049; write the year with four")),
        },
        (_, _, _, Some(year)) if length == 3 => match small(first).filter(|month| (1..=12).contains(month)) {
            Some(month) => of(year, month),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Whether a number goes on in what follows it: `24` is no year in `March 24/25`.
fn goes_on(behind: &[Piece<'_>]) -> bool {
    matches!(behind, [Piece::Number(_), ..] | [Piece::Sign('/'), ..] | [Piece::Sign('-'), Piece::Number(_), ..])
}

/// Whether a year over two calendar years begins here.
fn is_split(rest: &[Piece<'_>]) -> bool {
    matches!(years(rest, None), Ok(Some((Some(Atom::Split(_)), _))))
}

/// Years: `2024`, `2023/24`, `202324`, `2023 to 2024`, `2021-23`, `23/24`; and `2024-03`, which is a month.
fn years(rest: &[Piece<'_>], kind: Option<Kind>) -> Found {
    if let [Piece::Number(digits), ..] = rest
        && let Some(atom) = run_together(digits, kind)
    {
        return Ok(Some((Some(atom), 1)));
    }
    let to = matches!(rest.get(1), Some(Piece::Word("to")));
    let dash = matches!(rest.get(1), Some(Piece::Sign('-' | '/')));
    if !(to || dash) {
        return Ok(None);
    }
    let [first, _, second, behind @ ..] = rest else { return Ok(None) };
    // `2023/24 to 2024/25` and `2024-03 to ...` are two things.
    if to && behind.first().is_some_and(joins) {
        return Ok(None);
    }
    let Piece::Number(digits) = second else { return Ok(None) };
    let found = match (four(first), digits.len()) {
        (Some(first), 2 | 4) => pair(first, digits, dash)?,
        (None, 2) if dash => short_pair(first, digits, kind)?,
        _ => None,
    };
    Ok(found.map(|atom| (Some(atom), 3)))
}

/// A year and a second one of two or four digits.
fn pair(first: i32, digits: &str, dash: bool) -> Result<Option<Atom>, Unread> {
    let Ok(number) = digits.parse::<i32>() else { return Ok(None) };
    let second = if digits.len() == 4 { number } else { (first + 1) / 100 * 100 + number };
    let month = (digits.len() == 2 && dash && (1..=12).contains(&number)).then_some(number as u32);
    let later = (second > first + 1 && second < first + 20 && YEARS.contains(&second)).then_some(second);
    Ok(match (second == first + 1, later, month) {
        (true, ..) => Some(Atom::Split(first)),
        (_, Some(last), Some(month)) => {
            let month = format!("the month {month} of {first}");
            return Err(Unread::Ambiguous(month, format!("the years {first} to {last}")));
        }
        (_, Some(last), None) => Some(Atom::Years(first, last)),
        (_, None, Some(month)) => Some(Atom::Month(first, month)),
        (_, None, None) => None,
    })
}

/// `23/24`: a year over two calendar years, where it cannot be a month as well or its kind is said.
fn short_pair(first: &Piece<'_>, digits: &str, kind: Option<Kind>) -> Result<Option<Atom>, Unread> {
    let Piece::Number(before) = first else { return Ok(None) };
    let (Some(year), Some(second)) = (two_digits(before), two_digits(digits)) else { return Ok(None) };
    if second != year + 1 {
        return Ok(None);
    }
    if year % 100 <= 12 && kind.is_none() {
        let years = format!("the year {year}/{:02}", second % 100);
        return Err(Unread::Ambiguous(years, format!("the month {} of {second}", year % 100)));
    }
    Ok(Some(Atom::Split(year)))
}

/// `202324` is a year over two, `202403` a month; four digits in a row may be `2324` where the kind is said.
fn run_together(digits: &str, kind: Option<Kind>) -> Option<Atom> {
    match digits.len() {
        6 => {
            let (first, number) = (four_digits(&digits[..4])?, digits[4..].parse::<u32>().ok()?);
            if (first + 1) % 100 == number as i32 {
                return Some(Atom::Split(first));
            }
            (kind.is_none() && (1..=12).contains(&number)).then_some(Atom::Month(first, number))
        }
        8 => {
            let (first, second) = (four_digits(&digits[..4])?, four_digits(&digits[4..])?);
            (second == first + 1).then_some(Atom::Split(first))
        }
        4 if four_digits(digits).is_none() => {
            let (first, second) = (two_digits(&digits[..2])?, two_digits(&digits[2..])?);
            (second == first + 1 && matches!(kind, Some(Kind::Academic | Kind::Financial)))
                .then_some(Atom::Split(first))
        }
        _ => None,
    }
}

/// A word and its number: `Q1`, `quarter 1`, `1st quarter`, `H1`, `week 29`, `month 6`, `part 1`.
fn numbered(rest: &[Piece<'_>]) -> Option<(Option<Atom>, usize)> {
    let (word, number, length) = match rest {
        [Piece::Word(word), Piece::Number(digits), ..] => (*word, digits.parse::<u32>().ok()?, 2),
        [Piece::Number(digits), Piece::Word("st" | "nd" | "rd" | "th"), Piece::Word(word), ..] => {
            (*word, digits.parse().ok()?, 3)
        }
        [Piece::Word(first), Piece::Word(word), ..] => {
            let place = ["first", "second", "third", "fourth"].iter().position(|ordinal| ordinal == first)?;
            (*word, place as u32 + 1, 2)
        }
        _ => return None,
    };
    let atom = match (word, number) {
        ("q" | "qtr" | "quarter", 1..=4) => Some(Atom::Quarter(number as u8)),
        ("h" | "half", 1..=2) => Some(Atom::Half(number as u8)),
        ("w" | "wk" | "week", 1..=53) => Some(Atom::Week(number)),
        ("m" | "month" | "period", 1..=12) => Some(Atom::MonthOf(number as u16)),
        // `Part 1 (April to September)`: the months say it.
        ("part", 1..=4) => None,
        _ => return None,
    };
    Some((atom, length))
}

/// One piece that is something by itself, or says nothing.
fn single(piece: &Piece<'_>) -> Result<Option<Atom>, Unread> {
    Ok(match piece {
        Piece::Number(digits) => match (four_digits(digits), small(piece)) {
            (Some(year), _) => Some(Atom::Year(year)),
            (None, Some(number)) => Some(Atom::Small(number)),
            _ => return Err(Unread::Unknown),
        },
        Piece::Word(word) => return self::word(word),
        Piece::Sign('-') => Some(Atom::To),
        Piece::Sign('.') => None,
        Piece::Sign(_) => return Err(Unread::Unknown),
    })
}

/// One word.
fn word(word: &str) -> Result<Option<Atom>, Unread> {
    if let Some(month) = date::month_number(word) {
        return Ok(Some(Atom::MonthName(month)));
    }
    Ok(match word {
        "autumn" => Some(Atom::Season(1)),
        "spring" => Some(Atom::Season(2)),
        "summer" => Some(Atom::Season(3)),
        "term" | "terms" => Some(Atom::Term),
        "and" => Some(Atom::And),
        "to" | "until" | "till" | "through" => Some(Atom::To),
        _ => return Err(Unread::Unknown),
    })
}
