//! Cells to values, in SQL: words with their labels, days in every spelling, yes and no, numbers.

use super::dialect::Dialect;
use crate::normalise::records::column::{NO, YES};
use crate::normalise::records::source::How;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Day,
}

/// A text that stands in the words of a publisher, in the one spelling that labels are looked up by.
fn folded(dialect: Dialect, of: &str) -> String {
    let and = dialect.replaced(&format!("lower({of})"), "&", " and ");
    let bare = dialect.replaced(&and, "['\u{2019}]|[^\\p{Lu}\\p{Ll}\\p{Lo}\\p{Nd}\\s\\p{P}\\p{S}]", "");
    let words = dialect.replaced(&bare, "[^\\p{Lu}\\p{Ll}\\p{Lo}\\p{Nd}]+", " ");
    format!("trim({words})")
}

/// What a text is called here; `labels` are folded texts with what they are called, the first of equal ones holding.
pub(super) fn labelled(dialect: Dialect, of: &str, labels: &[(String, String)]) -> String {
    if labels.is_empty() {
        return of.to_owned();
    }
    let mut cases = String::new();
    let mut seen: Vec<&str> = Vec::new();
    for (from, to) in labels {
        if !seen.contains(&from.as_str()) {
            seen.push(from);
            cases.push_str(&format!(" WHEN {} THEN {}", dialect.text(from), dialect.text(to)));
        }
    }
    format!("CASE {}{cases} ELSE {of} END", folded(dialect, of))
}

/// The value of a text that is already trimmed, labelled and, where it is a day, without its time; nothing where it is empty or no such value.
pub(super) fn read(dialect: Dialect, of: &str, how: How) -> (String, Kind) {
    match how {
        How::Words => (format!("nullif({of}, '')"), Kind::Word),
        How::YesNo => {
            let list = |words: &[&str]| words.iter().map(|word| dialect.text(word)).collect::<Vec<_>>().join(", ");
            let (yes, no) = (list(&YES), list(&NO));
            let lower = format!("lower({of})");
            (format!("CASE WHEN {lower} IN ({yes}) THEN 'yes' WHEN {lower} IN ({no}) THEN 'no' END"), Kind::Word)
        }
        How::Days => (day(dialect, of), Kind::Day),
    }
}

/// The text of a day without the time behind it.
pub(super) fn without_time(dialect: Dialect, of: &str) -> String {
    let bare = dialect.replaced(&dialect.replaced(of, "[Tt ]*[0-9]*:.*$", ""), "[Zz]+$", "");
    // Most are plain days, for which no expression need be looked for.
    format!("CASE WHEN length({of}) = 10 THEN {of} ELSE {bare} END")
}

/// Two words or numbers and a third, with one sign or several between them.
const PARTS: &str = "^[-/. ]*([^-/. ]+)[-/. ]+([^-/. ]+)[-/. ]+([^-/. ]+)[-/. ]*$";

/// The months, as people write them.
const MONTHS: [&str; 12] = [
    "'january', 'jan'",
    "'february', 'feb'",
    "'march', 'mar'",
    "'april', 'apr'",
    "'may'",
    "'june', 'jun'",
    "'july', 'jul'",
    "'august', 'aug'",
    "'september', 'sep', 'sept'",
    "'october', 'oct'",
    "'november', 'nov'",
    "'december', 'dec'",
];

/// The day that a text without a time writes: year or day first, the month as a number or a name; or the number that a
/// spreadsheet keeps.
fn day(dialect: Dialect, of: &str) -> String {
    let (year, short) = ("^(1[89]|2[01])[0-9]{2}$", "^[0-9]{1,2}$");
    let [first, second, third] = [1, 2, 3].map(|group| dialect.group(of, PARTS, group));
    let name = dialect.replaced(&format!("lower({second})"), "\\.+$", "");
    let names: String =
        (1..).zip(MONTHS).map(|(at, names)| format!(" WHEN {name} IN ({names}) THEN '{at:02}'")).collect();
    let month = format!("CASE WHEN {} THEN lpad({second}, 2, '0'){names} END", dialect.fits(&second, short));
    let written =
        |year: &str, day: &str| format!("TRY_CAST({year} || '-' || {month} || '-' || lpad({day}, 2, '0') AS DATE)");
    let days = format!("TRY_CAST({} AS INT)", dialect.group(of, "^([0-9]{5})(\\.0)?$", 1));
    let serial = match dialect {
        Dialect::Duckdb => format!("DATE '1899-12-30' + {days}"),
        Dialect::Spark => format!("date_add(DATE '1899-12-30', {days})"),
    };
    format!(
        "CASE WHEN {of} LIKE '____-__-__' AND {of} BETWEEN '1800' AND '2200' THEN TRY_CAST({of} AS DATE) \
         WHEN {} THEN CASE WHEN {days} BETWEEN 2000 AND 79999 THEN {serial} END \
         WHEN {} AND {} THEN {} WHEN {} AND {} THEN {} END",
        dialect.fits(of, "^[0-9.]*$"),
        dialect.fits(&first, year),
        dialect.fits(&third, short),
        written(&first, &third),
        dialect.fits(&first, short),
        dialect.fits(&third, year),
        written(&third, &first),
    )
}

/// The number that a word writes; `marks` are numbers that stand for something else.
pub(super) fn number_of(dialect: Dialect, word: &str, marks: &[f64]) -> String {
    let bare = dialect.replaced(word, "^['\u{2019}]", "");
    let plain = "^\\(?[-+\u{2212}]?\u{a3}?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\\.[0-9]*)?([eE][-+]?[0-9]+)?\\)?\\s*%?$";
    let digits = dialect.replaced(&bare, "[,\u{a3}%()+\\s]", "");
    let number = dialect.number(&dialect.replaced(&digits, "^\u{2212}", "-"));
    let signed = format!("CASE WHEN {} THEN -{number} ELSE {number} END", dialect.fits(&bare, "^\\("));
    let outside: String = marks.iter().map(|mark| format!(" AND coalesce({number} <> {mark}, FALSE)")).collect();
    format!("CASE WHEN {}{outside} THEN {signed} END", dialect.fits(&bare, plain))
}

/// A number as a word: whole ones without a point.
pub(super) fn shown(dialect: Dialect, number: &str) -> String {
    let whole = dialect.as_text(&format!("CAST({number} AS BIGINT)"));
    let other = dialect.as_text(number);
    format!("CASE WHEN {number} = floor({number}) AND abs({number}) < 1e15 THEN {whole} ELSE {other} END")
}

/// A key as both sides of a join write it: `900030.0` of a spreadsheet is `900030`.
pub(super) fn key(dialect: Dialect, of: &str) -> String {
    let is_whole = dialect.fits(of, "^[0-9]+\\.0$");
    format!(
        "CASE WHEN {of} LIKE '%.0' THEN CASE WHEN {is_whole} THEN substr({of}, 1, length({of}) - 2) ELSE {of} END ELSE {of} END"
    )
}
