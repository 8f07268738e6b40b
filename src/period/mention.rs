//! Periods named in a title, the name of a sheet or of a file, among other words: what a file says of itself.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};

use super::spelling::{four_digits, month_number, split_year};
use super::{Length, Period};

/// How exactly a text names a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A day.
    Day(NaiveDate),
    /// A month of a year.
    Month(i32, u32),
    /// A year.
    Year(i32),
    /// From one year to another.
    Years(i32, i32),
}

/// A time that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// As it is written.
    pub text: String,
    /// What it names.
    pub named: Named,
    /// Whether it may be something else, such as the day on which a file was saved: it can bear a period out, and not
    /// speak against it.
    pub weak: bool,
}

/// Names of months as they stand in a pattern.
const MONTH: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

/// What is named by what a pattern has found.
type Reading = fn(&Captures<'_>) -> Option<Named>;

/// Patterns from the most exact to the least, and how each is read. A text that one has taken is not looked at again.
static PATTERNS: LazyLock<Vec<(Regex, Reading, bool)>> = LazyLock::new(|| {
    let year = "(?P<y>(?:19|20)[0-9]{2})";
    let day = "(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?";
    let after = "(?:[^0-9]|$)";
    let patterns: [(String, Reading, bool); 10] = [
        (format!(r"{day} ?(?:of )?(?P<m>{MONTH})\.?,? ?{year}{after}"), a_day, false),
        (format!(r"{day} ?(?P<m>{MONTH}) ?(?P<s>[0-9]{{2}}){after}"), a_day, false),
        (format!(r"(?P<m>{MONTH}) {day},? {year}{after}"), a_day, false),
        (format!(r"(?P<d>[0-9]{{1,2}})[/.](?P<n>[0-9]{{1,2}})[/.]{year}{after}"), a_day, false),
        (format!(r"{year}[-/. ]?(?P<n>[01][0-9])[-/. ]?(?P<d>[0-3][0-9]){after}"), a_day, true),
        (format!(r"(?P<m>{MONTH})\.?,? ?{year}{after}"), a_month, false),
        (format!(r"{year} ?(?:/|-|to|and) ?(?P<z>(?:(?:19|20)[0-9]{{2}})|[0-9]{{2}}){after}"), years, false),
        (format!(r"(?P<y>(?:19|20)[0-9]{{2}})(?P<z>[0-9]{{2}}){after}"), years, false),
        (format!("{year}{after}"), a_year, false),
        // `mye22final`, `outturn 1011`, and `Year: 20165` with the digit of a footnote.
        (format!(r"(?:[a-z](?P<s>[0-9]{{2}})|(?P<s1>[0-9]{{2}})(?P<s2>[0-9]{{2}})|{year}[0-9]){after}"), short, true),
    ];
    patterns
        .into_iter()
        .filter_map(|(pattern, read, weak)| Some((Regex::new(&format!("(?i){pattern}")).ok()?, read, weak)))
        .collect()
});

/// Words behind which a time is not that of the figures.
static NOT_OF_THE_FIGURES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:publish(?:ed)?|publication|updated?|released?|issued|produced|extracted|downloaded|printed|next|version|copyright|©|act|census|boundaries|since|compared (?:with|to)|than in|prices?|sfr ?[0-9]*)[^a-z0-9]*(?:on|in|date|of|at|the|:)?[^a-z0-9]*(?:[a-z]+day)?[^a-z0-9]*$").ok()
});

/// The letters of a text in which a title says what it is about; a cell of megabytes is no title.
const MOST_LETTERS: usize = 4000;

/// The letters before a mention that may say that it is none of the figures'.
const LEAD: usize = 80;

/// The times that the first letters of `text` name, in no order.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut rest = plain(text.get(..text.floor_char_boundary(MOST_LETTERS)).unwrap_or(text));
    let mut found = Vec::new();
    for (pattern, read, weak) in PATTERNS.iter() {
        let mut from = 0;
        while let Some(captures) = pattern.captures_at(&rest, from) {
            let Some(whole) = captures.get(0) else { break };
            // A number that goes on before is another number.
            let cut = rest[..whole.start()].ends_with(|letter: char| letter.is_ascii_digit());
            let named = if cut { None } else { read(&captures) };
            from = whole.start() + whole.as_str().chars().next().map_or(1, char::len_utf8);
            let Some(named) = named else { continue };
            let other = NOT_OF_THE_FIGURES.as_ref().is_some_and(|words| words.is_match(lead(&rest, whole.start())));
            let written = whole.as_str().trim_end_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
            let range = whole.start()..whole.start() + written.len();
            if !other {
                found.push(Mention { text: written, named, weak: *weak });
            }
            let blank = " ".repeat(range.len());
            rest.replace_range(range, &blank);
        }
    }
    found
}

/// The letters of `text` right before `end`.
fn lead(text: &str, end: usize) -> &str {
    &text[text.floor_char_boundary(end.saturating_sub(LEAD))..end]
}

/// With one kind of dash, and blanks for `_`.
fn plain(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '_' | '+' | '\u{a0}' | '\t' | '\n' | '\r' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    });
    let text: String = letters.collect();
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").replace(" - ", "-")
}

fn number<T: std::str::FromStr>(captures: &Captures<'_>, name: &str) -> Option<T> {
    captures.name(name)?.as_str().parse().ok()
}

fn month_of(captures: &Captures<'_>) -> Option<u32> {
    captures.name("m").map_or_else(|| number(captures, "n"), |word| month_number(word.as_str()))
}

fn year_of(captures: &Captures<'_>) -> Option<i32> {
    number(captures, "y").or_else(|| number::<i32>(captures, "s").filter(|year| *year < 50).map(|year| 2000 + year))
}

fn a_day(captures: &Captures<'_>) -> Option<Named> {
    NaiveDate::from_ymd_opt(year_of(captures)?, month_of(captures)?, number(captures, "d")?).map(Named::Day)
}

fn a_month(captures: &Captures<'_>) -> Option<Named> {
    Some(Named::Month(year_of(captures)?, month_of(captures)?))
}

fn a_year(captures: &Captures<'_>) -> Option<Named> {
    year_of(captures).map(Named::Year)
}

fn years(captures: &Captures<'_>) -> Option<Named> {
    let (first, last) = (number::<i32>(captures, "y")?, captures.name("z")?.as_str());
    let last = match last.len() {
        2 => (first + 1) / 100 * 100 + last.parse::<i32>().ok()?,
        _ => four_digits(last)?,
    };
    (first < last && last < first + 60).then_some(Named::Years(first, last))
}

fn short(captures: &Captures<'_>) -> Option<Named> {
    if let Some(year) = year_of(captures) {
        return Some(Named::Year(year));
    }
    let (first, second): (i32, i32) = (number(captures, "s1")?, number(captures, "s2")?);
    (second == first + 1 && second < 50).then_some(Named::Years(2000 + first, 2000 + second))
}

impl Mention {
    /// Whether the text may be about `period`.
    pub fn agrees(&self, period: &Period) -> bool {
        let (start, end) = (period.start, period.end);
        let named = years_named(period);
        match self.named {
            Named::Day(day) => (start..=end).contains(&day),
            Named::Month(year, month) => {
                let of = |day: NaiveDate| day.year() * 12 + day.month0() as i32;
                (of(start)..=of(end)).contains(&(year * 12 + month as i32 - 1))
            }
            Named::Year(year) => named.contains(&year),
            // Two years in a row are one year over both; more are a span that the period may lie in.
            Named::Years(first, last) if last == first + 1 && named.len() == 2 => named == [first, last],
            Named::Years(first, last) => named.iter().any(|year| (first..=last).contains(year)),
        }
    }
}

/// The calendar years by which a period is called.
fn years_named(period: &Period) -> Vec<i32> {
    match split_year(&period.code) {
        Some((first, second)) => vec![first, second],
        None if period.length == Length::YEAR => vec![period.end.year()],
        None => (period.start.year()..=period.end.year()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_found_among_other_words() {
        let day = |year, month, day| Named::Day(NaiveDate::from_ymd_opt(year, month, day).expect("a day"));
        for (text, named) in [
            ("providers_as_at_31_December_2024", vec![day(2024, 12, 31)]),
            ("Table 1: Children's homes as at 31st March 2024", vec![day(2024, 3, 31)]),
            ("la_inspection_outcomes_31mar2025", vec![day(2025, 3, 31)]),
            ("Position at 31/03/2024", vec![day(2024, 3, 31)]),
            ("Area_SEND_inspection_data_01_May_2016_to_31_August_2022", vec![day(2016, 5, 1), day(2022, 8, 31)]),
            ("Mid-Year Population Estimates, UK, June 2022", vec![Named::Month(2022, 6)]),
            ("Population estimates: mid-2023", vec![Named::Year(2023)]),
            ("Dedicated schools grant: 2020 to 2021 provisional allocations", vec![Named::Years(2020, 2021)]),
            ("outturn 2021-22", vec![Named::Years(2021, 2022)]),
            ("s251_outturn_202122", vec![Named::Years(2021, 2022)]),
            ("d1_child_protection_plans_2013_to_2024", vec![Named::Years(2013, 2024)]),
            ("Years: 2012 - 2016", vec![Named::Years(2012, 2016)]),
            ("Published: 25 June 2024. Next update June 2025", vec![]),
            ("Children and Families Act 2014", vec![]),
            ("SFR 12/2017", vec![]),
            ("People aged 18 to 25, £2,024 each, table 3", vec![]),
            ("E10000016", vec![]),
        ] {
            let found: Vec<Named> =
                mentions(text).into_iter().filter(|found| !found.weak).map(|found| found.named).collect();
            assert_eq!(found, named, "{text}");
        }
        for (text, named) in [
            ("mye22final", Named::Year(2022)),
            ("s251_outturn_1011", Named::Years(2010, 2011)),
            ("Year: 20165", Named::Year(2016)),
            ("dsg_2022_07_18", day(2022, 7, 18)),
        ] {
            let found = mentions(text);
            assert!(found.iter().any(|found| found.weak && found.named == named), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_title_bears_a_period_out_or_not() {
        let ends = |text: &str| super::super::YearEnd::try_from(text.to_owned()).ok();
        for (text, period, ends, agrees) in [
            ("mid-2023", "2022", ends("30 June"), false),
            ("mid-2022", "2022", ends("30 June"), true),
            ("June 2022", "2022", ends("30 June"), true),
            ("June 2023", "2022", ends("30 June"), false),
            ("as at 31 December 2024", "31 March 2024", None, false),
            ("March 2024", "31 March 2024", None, true),
            ("2023-24", "31 March 2024", None, true),
            ("2013 to 2024", "31 March 2024", None, true),
            ("2021 to 2022", "2020-21", ends("31 March"), false),
            ("2020 to 2021", "2020-21", ends("31 March"), true),
            ("2021-22", "January 2021", None, true),
            ("January 2022", "January 2021", None, false),
        ] {
            let period = Period::parse(period, "", ends).expect("a period");
            let found = mentions(text);
            assert_eq!(found.iter().any(|found| found.agrees(&period)), agrees, "{text}, {}", period.code);
        }
    }

    #[test]
    fn a_cell_of_megabytes_is_no_title() {
        let long = "published in 2024, figures of 2023; ".repeat(100_000);
        assert_eq!(mentions(&long), mentions(&long[..4000]));
        assert!(mentions(&long).len() > 50, "what stands at its start is read");
    }
}
