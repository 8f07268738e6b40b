//! What a file's name says: whether it is the one that a block asks for, and a name that a block will find.

use globset::GlobBuilder;

/// How a file's name stands to the name that a block asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// Nothing in it speaks for the block.
    Otherwise,
    /// The words of the block's name stand in it, among others.
    Like,
    /// It is the block's name but for years, days and marks of a copy.
    Same,
    /// It is what the block asks for.
    AsAsked,
}

/// How `name` stands to `pattern`.
pub fn named(name: &str, pattern: &str) -> Named {
    if name_fits(name, pattern) {
        return Named::AsAsked;
    }
    let (own, asked) = (words(name), words(pattern));
    let letters: usize = asked.iter().map(String::len).sum();
    if letters < 4 {
        Named::Otherwise
    } else if own == asked {
        Named::Same
    } else if letters > 4 && own.windows(asked.len()).any(|run| run == asked) {
        Named::Like
    } else {
        Named::Otherwise
    }
}

/// Whether `name` is what `pattern` asks for, packed or not.
pub fn name_fits(name: &str, pattern: &str) -> bool {
    let plain = [".gz", ".zip"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let glob = GlobBuilder::new(pattern).case_insensitive(true).build().ok();
    let glob = glob.map(|glob| glob.compile_matcher());
    [name, plain].into_iter().any(|name| name == pattern || glob.as_ref().is_some_and(|glob| glob.is_match(name)))
}

/// Whether a pattern stands for several names.
pub fn is_glob(pattern: &str) -> bool {
    pattern.contains(['*', '?', '[', '{'])
}

/// A name that `pattern` finds: itself, or with the release in the place of what it leaves open; none where that
/// cannot be told.
pub fn name_for(pattern: &str, release: &str, ending: &str) -> Option<String> {
    if !is_glob(pattern) {
        return Some(pattern.to_owned());
    }
    let plain = pattern.strip_suffix(".*").map_or_else(|| pattern.to_owned(), |stem| format!("{stem}.{ending}"));
    let mut open = plain.split('*');
    let first = open.next().unwrap_or_default().to_owned();
    let name = open.enumerate().fold(first, |name, (at, part)| {
        let filling = if at == 0 { release } else { "" };
        format!("{name}{filling}{part}")
    });
    (!is_glob(&name) && name_fits(&name, pattern)).then_some(name)
}

/// A name as a pattern for the releases to come: years and days in it are left open.
pub fn pattern_of(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut pattern = String::new();
    for token in tokens(stem) {
        let open = match &token {
            Token::Word(word) => is_month(word),
            Token::Digits(digits) => is_year(digits),
            Token::Other(_) => false,
        };
        match (&token, open) {
            (_, true) if pattern.ends_with('*') => {}
            (_, true) => pattern.push('*'),
            (Token::Digits(digits), false) if pattern.ends_with('*') && digits.len() <= 2 => {}
            (Token::Other(text), false) if pattern.ends_with('*') && text.len() == 1 => pattern.push_str(text),
            (Token::Word(text) | Token::Digits(text) | Token::Other(text), false) => pattern.push_str(&escaped(text)),
        }
    }
    while pattern.contains("*_*") || pattern.contains("*-*") || pattern.contains("**") {
        pattern = pattern.replace("*_*", "*").replace("*-*", "*").replace("**", "*");
    }
    // A pattern of hardly any letter would find anything.
    if pattern.chars().filter(|c| c.is_alphabetic()).count() < 4 {
        return escaped(name);
    }
    if ending.is_empty() { pattern } else { format!("{pattern}.{}", escaped(ending)) }
}

fn escaped(text: &str) -> String {
    globset::escape(text)
}

/// The words of a file's name that say what it is about: no ending, no digits, no months, no marks of a copy.
fn words(name: &str) -> Vec<String> {
    const EMPTY: [&str; 10] = ["copy", "final", "revised", "updated", "v", "new", "download", "corrected", "the", "r"];
    let lower = name.to_lowercase();
    let plain = [".gz", ".zip"].iter().find_map(|ending| lower.strip_suffix(ending)).unwrap_or(&lower);
    let stem = plain.rsplit_once('.').map_or(plain, |(stem, _)| stem);
    let words = tokens(stem).into_iter().filter_map(|token| match token {
        Token::Word(word) if !is_month(&word) && !EMPTY.contains(&word.as_str()) => Some(word),
        _ => None,
    });
    words.collect()
}

enum Token {
    Word(String),
    Digits(String),
    Other(String),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for c in text.chars() {
        match (tokens.last_mut(), c) {
            (Some(Token::Word(word)), c) if c.is_alphabetic() => word.push(c),
            (Some(Token::Digits(digits)), c) if c.is_ascii_digit() => digits.push(c),
            (Some(Token::Other(other)), c) if !c.is_alphabetic() && !c.is_ascii_digit() => other.push(c),
            (_, c) if c.is_alphabetic() => tokens.push(Token::Word(c.to_string())),
            (_, c) if c.is_ascii_digit() => tokens.push(Token::Digits(c.to_string())),
            (_, c) => tokens.push(Token::Other(c.to_string())),
        }
    }
    tokens
}

/// Whether digits are a year, two of them, or a day: `2024`, `202425`, `1011`, `20240720`.
fn is_year(digits: &str) -> bool {
    let year = |text: &str| text.parse::<u32>().is_ok_and(|year| (1990..2100).contains(&year));
    let pair = |text: &str| {
        let (one, two) = text.split_at(2);
        one.parse::<u32>().ok().zip(two.parse::<u32>().ok()).is_some_and(|(one, two)| two == (one + 1) % 100)
    };
    match digits.len() {
        4 => year(digits) || pair(digits),
        6 | 8 => year(&digits[..4]),
        _ => false,
    }
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_lowercase();
    MONTHS.iter().any(|month| *month == lower || (lower.len() == 3 && month.starts_with(&lower))) || lower == "sept"
}

#[cfg(test)]
mod tests {
    use super::{Named, name_for, named, pattern_of};

    #[test]
    fn names_that_are_one_but_for_the_year() {
        assert_eq!(named("requests (1).csv", "requests.csv"), Named::Same);
        assert_eq!(named("la_outcomes_31mar2025.ods", "la_outcomes_31_march_*.ods"), Named::Same);
        assert_eq!(named("r2026_timeliness_20_week_excerpt.csv", "timeliness_20_week.csv"), Named::Like);
        assert_eq!(named("sen_need_newplans.csv", "sen_needs_all_plans.csv"), Named::Otherwise);
        assert_eq!(named("children_2024_la.csv", "children_*_la.csv"), Named::AsAsked);
        assert_eq!(named("2024.csv", "2025.csv"), Named::Otherwise);
    }

    #[test]
    fn a_name_that_a_pattern_finds() {
        assert_eq!(name_for("children_*_la.csv", "2024", "csv").as_deref(), Some("children_2024_la.csv"));
        assert_eq!(name_for("mye_*.*", "2024", "csv").as_deref(), Some("mye_2024.csv"));
        assert_eq!(name_for("plain.csv", "2024", "csv").as_deref(), Some("plain.csv"));
        assert_eq!(name_for("a_20[12]?.csv", "2024", "csv"), None);
    }

    #[test]
    fn a_name_as_a_pattern() {
        assert_eq!(pattern_of("UD_NEETNK_LA_dashboard_2023_final.csv"), "UD_NEETNK_LA_dashboard_*_final.csv");
        assert_eq!(pattern_of("s251_outturn_1011.csv"), "s251_outturn_*.csv");
        assert_eq!(pattern_of("dsg_2024_07_20.ods"), "dsg_2024_07_20.ods");
        assert_eq!(pattern_of("outcomes_31_march_2024.ods"), "outcomes_31_*.ods");
        assert_eq!(pattern_of("timeliness_20_week.csv"), "timeliness_20_week.csv");
    }
}
