//! The words of a council plan to what is asked: "24%", "at least 95%", "1 in 4", "national average (currently 52%)".
//!
//! Read whole or not at all: a number among words that are not known ("10% reduction") is not the target.

use crate::pipeline::Unit;
use crate::statistics::target::{Aim, Target};

/// Words before a target that say on which side of it the figure shall be.
const BEFORE: [(&str, Aim, bool); 39] = [
    ("at least", Aim::Bigger, false),
    ("not less than", Aim::Bigger, false),
    ("no less than", Aim::Bigger, false),
    ("not fewer than", Aim::Bigger, false),
    ("no fewer than", Aim::Bigger, false),
    ("not below", Aim::Bigger, false),
    ("no lower than", Aim::Bigger, false),
    ("not lower than", Aim::Bigger, false),
    ("a minimum of", Aim::Bigger, false),
    ("minimum of", Aim::Bigger, false),
    ("minimum", Aim::Bigger, false),
    ("at or above", Aim::Bigger, false),
    ("\u{2265}", Aim::Bigger, false),
    (">=", Aim::Bigger, false),
    ("at most", Aim::Smaller, false),
    ("not more than", Aim::Smaller, false),
    ("no more than", Aim::Smaller, false),
    ("not higher than", Aim::Smaller, false),
    ("no higher than", Aim::Smaller, false),
    ("not above", Aim::Smaller, false),
    ("not exceeding", Aim::Smaller, false),
    ("a maximum of", Aim::Smaller, false),
    ("maximum of", Aim::Smaller, false),
    ("maximum", Aim::Smaller, false),
    ("at or below", Aim::Smaller, false),
    ("up to", Aim::Smaller, false),
    ("\u{2264}", Aim::Smaller, false),
    ("<=", Aim::Smaller, false),
    ("above", Aim::Bigger, true),
    ("over", Aim::Bigger, true),
    ("more than", Aim::Bigger, true),
    ("greater than", Aim::Bigger, true),
    ("higher than", Aim::Bigger, true),
    (">", Aim::Bigger, true),
    ("below", Aim::Smaller, true),
    ("under", Aim::Smaller, true),
    ("less than", Aim::Smaller, true),
    ("fewer than", Aim::Smaller, true),
    ("<", Aim::Smaller, true),
];

/// Words behind a target that say the same.
const BEHIND: [(&str, Aim); 18] = [
    ("or above", Aim::Bigger),
    ("or more", Aim::Bigger),
    ("or higher", Aim::Bigger),
    ("or over", Aim::Bigger),
    ("or greater", Aim::Bigger),
    ("and above", Aim::Bigger),
    ("and over", Aim::Bigger),
    ("minimum", Aim::Bigger),
    ("+", Aim::Bigger),
    ("or below", Aim::Smaller),
    ("or less", Aim::Smaller),
    ("or fewer", Aim::Smaller),
    ("or lower", Aim::Smaller),
    ("or under", Aim::Smaller),
    ("and below", Aim::Smaller),
    ("and under", Aim::Smaller),
    ("maximum", Aim::Smaller),
    ("max", Aim::Smaller),
];

/// What may stand behind a number without changing it.
const NOUNS: [&str; 30] = [
    "days",
    "day",
    "working days",
    "calendar days",
    "weeks",
    "week",
    "months",
    "month",
    "years",
    "hours",
    "minutes",
    "children",
    "young people",
    "pupils",
    "people",
    "families",
    "schools",
    "places",
    "plans",
    "cases",
    "assessments",
    "referrals",
    "adopters",
    "carers",
    "placements",
    "visits",
    "points",
    "per 1,000",
    "per 10,000",
    "per 100,000",
];

/// On which side of a target the figure shall be, where its words say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetSide {
    /// The side.
    pub aim: Aim,
    /// Whether the target itself is not enough.
    pub strict: bool,
}

/// A target without the words about its side, and the side.
fn sided(text: &str) -> (&str, Option<TargetSide>) {
    for (words, aim, strict) in BEFORE {
        if let Some(rest) = text.strip_prefix(words).filter(|rest| ends_word(words, rest)) {
            return (rest.trim(), Some(TargetSide { aim, strict }));
        }
    }
    for (words, aim) in BEHIND {
        if let Some(rest) = text.strip_suffix(words).filter(|rest| !rest.trim().is_empty()) {
            return (rest.trim(), Some(TargetSide { aim, strict: false }));
        }
    }
    (text, None)
}

/// Whether words are whole: "above" is not the beginning of "aboveground", a sign needs no blank.
fn ends_word(words: &str, rest: &str) -> bool {
    !words.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic)
}

/// On which side of the target the figure shall be, where its words say so.
pub fn side(words: &str) -> Option<TargetSide> {
    sided(&words.trim().to_lowercase()).1
}

/// What is asked of a figure in `unit`, as a council writes it; `benchmark` is the figure of England, the neighbours or
/// the region, by word. None where the words cannot be read.
pub fn target(words: &str, unit: Option<Unit>, benchmark: &dyn Fn(&str) -> Option<f64>) -> Option<Target> {
    let text = words.trim().to_lowercase();
    match text.as_str() {
        "tbc" | "tba" | "to be confirmed" | "to be agreed" => return Some(Target::ToBeConfirmed),
        "zero" | "nil" | "none" => return Some(Target::Zero),
        "above zero" | "more than zero" | "> 0" | ">0" => return Some(Target::AboveZero),
        "trend" | "trend only" | "trend measure" | "monitor" | "monitored" | "to improve" => {
            return Some(Target::TrendOnly);
        }
        _ => {}
    }
    let (bare, side) = sided(&text);
    let strict = side.is_some_and(|side| side.strict);
    let beyond = |number: f64| if strict { Target::Beyond(number) } else { Target::Number(number) };
    if let Some((of, told)) = average(bare) {
        let known = benchmark(of).or(told);
        return Some(if strict { known.map_or(Target::Benchmark(None), beyond) } else { Target::Benchmark(known) });
    }
    asked_number(bare, unit).map(beyond)
}

/// Whose average a target is, by word, where it is one: `national`, `neighbour`, `region`.
pub fn average_of(words: &str) -> Option<&'static str> {
    let text = words.trim().to_lowercase();
    average(sided(&text).0).map(|(whose, _)| whose)
}

/// Whose average is meant, and what the words say it is: `national average (currently 69.3%)`.
fn average(text: &str) -> Option<(&'static str, Option<f64>)> {
    let (words, told) = match text.split_once('(') {
        Some((words, told)) => (words, number(told.strip_suffix(')')?.trim_start_matches("currently").trim())),
        None => (text, None),
    };
    const WHOSE: [(&str, &str); 10] = [
        ("neighbour", "neighbour"),
        ("neighbours", "neighbour"),
        ("neighbour's", "neighbour"),
        ("neighbours'", "neighbour"),
        ("region", "region"),
        ("regional", "region"),
        ("national", "national"),
        ("nation", "national"),
        ("england", "national"),
        ("english", "national"),
    ];
    let mut whose = None;
    let mut is_average = false;
    for word in words.split_whitespace() {
        match WHOSE.iter().find(|(known, _)| *known == word) {
            Some((_, of)) => whose = Some(*of),
            None if ["average", "averages", "mean"].contains(&word) => is_average = true,
            None if ["the", "of", "statistical", "in", "line", "with", "our"].contains(&word) => {}
            None => return None,
        }
    }
    match whose {
        Some(of) => Some((of, told)),
        None => is_average.then_some(("national", told)),
    }
}

/// A number with its unit and nothing else: `24%`, `1,670`, `555 days`, `1 in 4` of a percentage. None for what is
/// another unit's than the measure's.
fn asked_number(text: &str, unit: Option<Unit>) -> Option<f64> {
    if let Some((part, whole)) = text.split_once(" in ").or_else(|| text.split_once(" out of ")) {
        let (part, whole) = (number(part)?, number(whole)?);
        return (unit == Some(Unit::Percent) && whole > 0.0 && part <= whole).then(|| part / whole * 100.0);
    }
    let is_percent = ["%", "percent", "per cent"].iter().any(|sign| text.ends_with(sign));
    let fits = !is_percent || unit.is_none_or(|unit| unit == Unit::Percent);
    number(text).filter(|_| fits)
}

/// A number with its sign, unit and commas and nothing else: `24%`, `1,670`, `555 days`; `£9m` and `10% more` are none.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let text = NOUNS.iter().find_map(|noun| text.strip_suffix(noun)?.strip_suffix(' ')).unwrap_or(text).trim_end();
    let text = ["%", "percent", "per cent"].iter().find_map(|sign| text.strip_suffix(sign)).unwrap_or(text).trim_end();
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let digits = digits.trim_start_matches('£').replace(',', "");
    let plain = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = plain.then(|| digits.parse().ok()).flatten()?;
    Some(sign * number)
}

/// How far off still counts as near: nothing for no words, none for words that are no number.
pub fn tolerance(words: &str) -> Option<f64> {
    let words = words.trim().trim_start_matches(['±', '+']).to_lowercase();
    let bare = ["percentage points", "points", "pp"].iter().find_map(|unit| words.strip_suffix(unit));
    let bare = bare.unwrap_or(&words).trim();
    if bare.is_empty() { words.is_empty().then_some(0.0) } else { number(bare).filter(|number| *number >= 0.0) }
}

#[cfg(test)]
mod tests {
    use super::{side, target, tolerance};
    use crate::pipeline::Unit;
    use crate::statistics::target::{Aim, Target};

    fn read(words: &str) -> Option<Target> {
        target(words, Some(Unit::Percent), &|of| (of == "neighbour").then_some(5.0))
    }

    #[test]
    fn words_of_council_plans() {
        for (words, expected) in [
            ("24%", Target::Number(24.0)),
            ("24 per cent", Target::Number(24.0)),
            ("1,670", Target::Number(1670.0)),
            ("555 days", Target::Number(555.0)),
            ("-0.2", Target::Number(-0.2)),
            ("1 in 4", Target::Number(25.0)),
            ("\u{2265} 95%", Target::Number(95.0)),
            ("at least 95%", Target::Number(95.0)),
            ("95% or above", Target::Number(95.0)),
            ("95%+", Target::Number(95.0)),
            ("no more than 5", Target::Number(5.0)),
            ("below 5%", Target::Beyond(5.0)),
            (">90", Target::Beyond(90.0)),
            ("National Average (currently 69.3%)", Target::Benchmark(Some(69.3))),
            ("National average", Target::Benchmark(None)),
            ("Statistical neighbour average", Target::Benchmark(Some(5.0))),
            ("in line with the statistical neighbours", Target::Benchmark(Some(5.0))),
            ("above statistical neighbour average", Target::Beyond(5.0)),
            ("Trend Measure", Target::TrendOnly),
            ("TBC", Target::ToBeConfirmed),
            ("Zero", Target::Zero),
        ] {
            assert_eq!(read(words), Some(expected), "{words}");
        }
    }

    #[test]
    fn words_that_cannot_be_read_are_no_target() {
        for words in [
            "10% reduction",
            "reduce by 10%",
            "10% above national average",
            "better than last year",
            "5-10",
            "5 to 10",
            "top quartile",
            "£9m",
            "4 in 1",
            "95% by March",
            "improve",
            "as good as last year",
            "1 in four",
            "",
            "5 %5",
            "average of last three years",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
        let count = |words: &str| target(words, Some(Unit::Number), &|_| None);
        assert_eq!([count("24%"), count("1 in 4")], [None, None], "a share of a count");
        assert_eq!(target("24%", None, &|_| None), Some(Target::Number(24.0)));
    }

    #[test]
    fn the_side_that_words_ask_for() {
        assert_eq!(side("95% or above").map(|side| (side.aim, side.strict)), Some((Aim::Bigger, false)));
        assert_eq!(side("No more than 5").map(|side| (side.aim, side.strict)), Some((Aim::Smaller, false)));
        assert_eq!(side("under 5").map(|side| (side.aim, side.strict)), Some((Aim::Smaller, true)));
        assert_eq!(side("24%"), None);
    }

    #[test]
    fn tolerances() {
        assert_eq!(["", "5", "±2.5", "5%", "2 pp"].map(tolerance), [0.0, 5.0, 2.5, 5.0, 2.0].map(Some));
        assert_eq!(["a bit", "-1", "pp"].map(tolerance), [None; 3]);
    }
}
