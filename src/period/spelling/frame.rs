//! The words round a period: `As at`, `Year ending`, `12 months to`, `Academic year`, `FY`.

use std::sync::LazyLock;

use regex::Regex;

use super::Kind;

/// What the words before a period make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// A position as at its last day.
    At,
    /// So many months that end with it.
    MonthsTo(u16),
    /// The seven days that end with it.
    WeekTo,
    /// The seven days that begin with it.
    WeekFrom,
}

/// A text without the words round it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Framed {
    pub lead: Option<Lead>,
    pub kind: Option<Kind>,
    pub core: String,
}

/// What may stand between the words of a lead and its day.
const ON: &str = r"(?: on| at)?(?: the)?(?: end of| end)?";
/// That something ends with a day.
const ENDING: &str = r"[ -](?:up )?(?:ending|ended|ends|end|to)";

/// Words before a period and what they make of it; those that say so name the kind of year as well.
static LEADS: LazyLock<Vec<(Regex, Lead)>> = LazyLock::new(|| {
    let year = "(?:the |rolling )*(?:academic |school |financial |fiscal |fin |tax |calendar |reporting )?(?:year|yr)";
    let months = "(?:the |rolling )*(?:12 ?months?|twelve months|12m)";
    let leads = [
        (format!("^(?:{year}|{months}|fy|ay){ENDING}{ON} (?P<rest>.+)$"), Lead::MonthsTo(12)),
        (format!(r"^(?:(?:y/e|ye|fye|annual to){ON} (?P<rest>.+)|(?:y/e|fye)(?P<number>\d.*))$"), Lead::MonthsTo(12)),
        (format!("^(?:half[ -]year|6 months|six months){ENDING}{ON} (?P<rest>.+)$"), Lead::MonthsTo(6)),
        (format!("^(?:quarter|qtr|3 months|three months){ENDING}{ON} (?P<rest>.+)$"), Lead::MonthsTo(3)),
        (format!("^month{ENDING}{ON} (?P<rest>.+)$"), Lead::MonthsTo(1)),
        (format!("^(?:(?:week|wk){ENDING}|w/e)(?: on)? (?P<rest>.+)$"), Lead::WeekTo),
        ("^(?:(?:week|wk) (?:commencing|beginning|starting|from)|w/c)(?: on)? (?P<rest>.+)$".to_owned(), Lead::WeekFrom),
        (
            "^(?:the )?(?:position |snapshot |situation |census )?(?:date )?(?:(?:as )?(?:at|of|on)|snapshot|position)(?: the)?(?: end of| end)? (?P<rest>.+)$"
                .to_owned(),
            Lead::At,
        ),
        ("^(?:the )?end (?:of )?(?P<rest>.+)$".to_owned(), Lead::At),
    ];
    leads.into_iter().filter_map(|(pattern, lead)| Some((Regex::new(&pattern).ok()?, lead))).collect()
});

/// Words that say what kind of year a period is, before it or behind it.
static KINDS: LazyLock<Vec<(Regex, Kind)>> = LazyLock::new(|| {
    let kinds = [
        ("(?:academic|acad|school)(?: year| yr)?", "ay", Kind::Academic),
        ("(?:financial|fiscal|fin|tax|government)(?: year| yr)?", "fy|f/y", Kind::Financial),
        ("calendar(?: year| yr)?", "cy", Kind::Calendar),
        ("(?:(?:reporting|collection|census|data|full|whole) )?(?:year|yr)", "ry", Kind::Plain),
    ];
    let both = |(words, short, kind): (&str, &str, Kind)| {
        let before = format!(r"^(?:(?:{words}|{short}) (?P<rest>.+)|(?:{short}) ?(?P<number>\d.*))$");
        let behind = format!(r"^(?P<rest>.+?) (?:{words}|{short})$");
        let within = format!(r"^(?P<first>.+) (?:{words} |(?:{short}) ?)(?P<rest>\d.*)$");
        [(before, kind), (behind, kind), (within, kind)]
    };
    let all = kinds.into_iter().flat_map(both);
    all.filter_map(|(pattern, kind)| Some((Regex::new(&pattern).ok()?, kind))).collect()
});

/// What a pattern leaves of a text.
fn rest(pattern: &Regex, text: &str) -> Option<String> {
    let found = pattern.captures(text)?;
    let rest = found.name("rest").or_else(|| found.name("number"))?.as_str();
    Some(found.name("first").map_or_else(|| rest.to_owned(), |first| format!("{} {rest}", first.as_str())))
}

/// Takes the words round a period off a text in small letters.
pub(super) fn strip(text: &str) -> Framed {
    let mut framed = Framed { lead: None, kind: None, core: text.to_owned() };
    // A kind may stand before a lead or behind it, as in `academic year as at` and `year ending ... (academic year)`.
    for _ in 0..2 {
        if framed.lead.is_none()
            && let Some((core, lead)) = LEADS.iter().find_map(|(lead, is)| Some((rest(lead, &framed.core)?, *is)))
        {
            framed.kind = framed.kind.or_else(|| said(&framed.core));
            (framed.core, framed.lead) = (core, Some(lead));
        }
        for (kind, is) in KINDS.iter() {
            if framed.kind.is_none_or(|known| known == *is)
                && let Some(core) = rest(kind, &framed.core)
            {
                (framed.core, framed.kind) = (core, Some(*is));
            }
        }
    }
    // `Part 1 (April to September)` is of a financial year.
    if framed.kind.is_none() && framed.core.starts_with("part ") {
        framed.kind = Some(Kind::Financial);
    }
    framed
}

/// The kind of year that the words of a lead name.
fn said(lead: &str) -> Option<Kind> {
    let begins = |words: &[&str]| words.iter().any(|word| lead.trim_start_matches("the ").starts_with(word));
    if begins(&["academic", "school", "ay"]) {
        Some(Kind::Academic)
    } else if begins(&["financial", "fiscal", "fin ", "tax", "fy"]) {
        Some(Kind::Financial)
    } else if begins(&["calendar"]) {
        Some(Kind::Calendar)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_a_period() {
        for (text, lead, kind, core) in [
            ("2024", None, None, "2024"),
            ("as at 31 march 2024", Some(Lead::At), None, "31 march 2024"),
            ("position as at the end of march 2024", Some(Lead::At), None, "march 2024"),
            ("year ending 31 march 2024", Some(Lead::MonthsTo(12)), None, "31 march 2024"),
            ("fye 2024", Some(Lead::MonthsTo(12)), Some(Kind::Financial), "2024"),
            ("financial year ending march 2024", Some(Lead::MonthsTo(12)), Some(Kind::Financial), "march 2024"),
            ("rolling 12 months to june 2024", Some(Lead::MonthsTo(12)), None, "june 2024"),
            ("week ending 21 july 2024", Some(Lead::WeekTo), None, "21 july 2024"),
            ("week 29 2024", None, None, "week 29 2024"),
            ("academic year 2023/24", None, Some(Kind::Academic), "2023/24"),
            ("fy2021-22", None, Some(Kind::Financial), "2021-22"),
            ("2023/24 fy", None, Some(Kind::Financial), "2023/24"),
            ("calendar year q4 2024", None, Some(Kind::Calendar), "q4 2024"),
            ("may 2024", None, None, "may 2024"),
            ("year 2024", None, Some(Kind::Plain), "2024"),
            ("q1 fy2024-25", None, Some(Kind::Financial), "q1 2024-25"),
            ("q1 financial year 2024-25", None, Some(Kind::Financial), "q1 2024-25"),
        ] {
            assert_eq!(strip(text), Framed { lead, kind, core: core.to_owned() }, "{text}");
        }
    }
}
