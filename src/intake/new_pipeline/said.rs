//! The period that a file says it is about, outside its columns: in the lines above the header, the sheet's name and the
//! file's own name.

use std::sync::LazyLock;

use regex::Regex;

use crate::grid::Grid;
use crate::period::Period;

const MONTH: &str = "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

/// What a text may say of a period, the most exact first.
static KINDS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let pattern = |kind, text: &str| Regex::new(&format!("(?i){text}")).ok().map(|pattern| (kind, pattern));
    [
        pattern(Kind::Day, &format!(r"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH}\s+((?:19|20)\d\d)\b")),
        pattern(Kind::Years, r"\b((?:19|20)\d\d)\s*(?:[-/\u{2013}]|to)\s*((?:19|20)?\d\d)\b"),
        pattern(Kind::Month, &format!(r"\b{MONTH}\s+((?:19|20)\d\d)\b")),
        pattern(Kind::Year, r"\b((?:19|20)\d\d)\b"),
    ]
    .into_iter()
    .flatten()
    .collect()
});

/// How exact a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A day.
    Day,
    /// Two years joined: a financial or academic year.
    Years,
    /// A month.
    Month,
    /// One year.
    Year,
}

/// A period that is said somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The period as a pipeline writes it.
    pub period: String,
    /// How exact it is.
    pub kind: Kind,
    /// Where it is said.
    pub place: String,
}

/// Every period that the lines above row `header` and its first cell, the sheet's name and the file's name say, in that order.
pub fn said(grid: &Grid, header: u32, title: &str, name: &str) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for (row, number) in grid.rows().iter().enumerate().take_while(|(_, number)| **number <= header) {
        // The first cell of the header may be the title.
        let width = if *number < header { 30 } else { 1 };
        for column in 0..grid.width().min(width) {
            let text = grid.text(row, column).trim();
            // A day of publication says nothing of the figures, and a long text is about much.
            let lower = text.to_lowercase();
            if text.len() > 300 || ["publish", "release", "updated", "next "].iter().any(|word| lower.contains(word)) {
                continue;
            }
            all.extend(in_text(text).map(|(kind, period)| Said { period, kind, place: format!("row {number}") }));
        }
    }
    all.extend(in_text(&spaced(title)).map(|(kind, period)| Said { period, kind, place: format!("sheet `{title}`") }));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    all.extend(in_text(&spaced(stem)).map(|(kind, period)| Said { period, kind, place: "the file's name".to_owned() }));
    all
}

/// The one period that the file says it is about; `like` is the kind that a block before had. None where two are said
/// in one place.
pub fn one(all: &[Said], like: Option<Kind>) -> Option<&Said> {
    let fitting: Vec<&Said> = all.iter().filter(|said| like.is_none_or(|kind| said.kind == kind)).collect();
    let places: Vec<&str> = fitting.iter().map(|said| said.place.as_str()).collect();
    let alone = |said: &&&Said| {
        fitting.iter().filter(|other| other.place == said.place).all(|other| other.period == said.period)
    };
    let found = fitting.iter().find(alone).copied();
    // A title that names two periods is settled by a name that has one of them.
    found.filter(|said| {
        places.first().is_none_or(|first| *first == said.place) || all.iter().any(|other| other.period == said.period)
    })
}

/// The kind of a period as a pipeline writes it.
pub fn kind_of(period: &str) -> Option<Kind> {
    in_text(period).map(|(kind, _)| kind)
}

/// The most exact period in a text; none where it names two that differ.
fn in_text(text: &str) -> Option<(Kind, String)> {
    for (kind, pattern) in KINDS.iter() {
        let mut found: Vec<String> = pattern
            .captures_iter(text)
            .filter_map(|captures| {
                let part = |at: usize| captures.get(at).map_or("", |part| part.as_str());
                let period = match kind {
                    Kind::Day => format!("{} {} {}", part(1).trim_start_matches('0'), part(2), part(3)),
                    Kind::Years => format!("{}/{}", part(1), part(2)),
                    Kind::Month => format!("{} {}", part(1), part(2)),
                    Kind::Year => part(1).to_owned(),
                };
                // `2014 to 2024` says how far a series runs, not which year a file is about.
                let is_one = *kind != Kind::Years || follow(part(1), part(2));
                (is_one && Period::parse(&period, "", None).is_ok()).then_some(period)
            })
            .collect();
        found.dedup();
        match found.len() {
            0 => {}
            1 => return found.pop().map(|period| (*kind, period)),
            _ => return None,
        }
    }
    None
}

/// Whether the second year, of two digits or four, is the one after the first.
fn follow(first: &str, second: &str) -> bool {
    let last_two = |year: &str| year.get(year.len().saturating_sub(2)..).and_then(|year| year.parse::<u32>().ok());
    last_two(first).zip(last_two(second)).is_some_and(|(first, second)| second == (first + 1) % 100)
        && (second.len() != 4 || second.get(..2) >= first.get(..2))
}

/// A name with blanks between its words and numbers: `outcomes_31mar2025` as `outcomes 31 mar 2025`, `dsg_2223` as
/// `dsg 2022/23`.
fn spaced(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut last: Option<char> = None;
    for c in name.chars() {
        let joins = last.is_some_and(|last| {
            (last.is_alphabetic() && c.is_alphabetic()) || (last.is_ascii_digit() && c.is_ascii_digit())
        });
        last = c.is_alphanumeric().then_some(c);
        match words.last_mut() {
            Some(word) if joins => word.push(c),
            _ if c.is_alphanumeric() => words.push(c.to_string()),
            _ => {}
        }
    }
    without_days(&mut words);
    let written = words.iter().map(|word| {
        let is_pair = |text: &str| {
            let years = text
                .get(..2)
                .zip(text.get(2..))
                .and_then(|(a, b)| Some((a.parse::<u32>().ok()?, b.parse::<u32>().ok()?)));
            years.is_some_and(|(a, b)| b == (a + 1) % 100)
        };
        match word.len() {
            4 if word.bytes().all(|byte| byte.is_ascii_digit()) && !word.starts_with("19") && is_pair(word) => {
                format!("20{}/{}", &word[..2], &word[2..])
            }
            6 if word.bytes().all(|byte| byte.is_ascii_digit()) => format!("{}/{}", &word[..4], &word[4..]),
            _ => word.clone(),
        }
    });
    written.collect::<Vec<_>>().join(" ")
}

/// Takes days in digits out: `2024 07 20` in a name is the day it was made or put out, not what it is about.
fn without_days(words: &mut Vec<String>) {
    let within = |word: &str, most: u32| word.len() == 2 && word.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n));
    let is_year = |word: &str| word.len() == 4 && word.starts_with("20");
    let day = |at: usize| match words.get(at..at + 3) {
        Some([one, two, three]) => {
            (is_year(one) && within(two, 12) && within(three, 31))
                || (within(one, 31) && within(two, 12) && is_year(three))
        }
        _ => false,
    };
    if let Some(at) = (0..words.len()).find(|at| day(*at)) {
        words.drain(at..at + 3);
        without_days(words);
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, in_text, spaced};

    #[test]
    fn periods_in_words() {
        let found = |text: &str| in_text(text).map(|(_, period)| period);
        assert_eq!(found("Children looked after at 31 March 2023, by authority").as_deref(), Some("31 March 2023"));
        assert_eq!(found("Mid-2023 population estimates").as_deref(), Some("2023"));
        assert_eq!(found("Section 251 outturn 2021-22").as_deref(), Some("2021/22"));
        assert_eq!(found("from 2014 to 2024"), None);
        assert_eq!(found("5 of 1234"), None);
        assert_eq!(in_text("January 2025").map(|(kind, _)| kind), Some(Kind::Month));
        assert_eq!(found(&spaced("la_inspection_outcomes_31mar2025")).as_deref(), Some("31 mar 2025"));
        assert_eq!(found(&spaced("dsg_2024_07_20")), None);
        assert_eq!(found(&spaced("s251_outturn_1011")).as_deref(), Some("2010/11"));
        assert_eq!(found(&spaced("s251_outturn_202122")).as_deref(), Some("2021/22"));
    }
}
