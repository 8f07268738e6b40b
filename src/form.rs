//! The form of a text by its kind: what can be told without knowing the rest of the file.

use globset::Glob;

use crate::declaration::{Kind, Mention, Mistake};
use crate::finding::{cell_reference, likely};
use crate::manifest::{is_inside, safe_name};
use crate::period::{MONTHS, Period, WeekdayOfMonth, YearEnd};
use crate::provenance::without_secrets;

/// What is wrong with the form of a text, and what to do.
type Unfit = Option<(String, String)>;

/// The mistake in the form of a text, if there is one.
pub fn mistake(mention: &Mention) -> Option<Mistake> {
    let word = mention.word.as_str();
    let (message, help) = match mention.kind {
        Kind::Folder => {
            (!is_inside(word)).then(|| said(word, "folder in the returns folder", "write a name such as `sen2`"))
        }
        Kind::FileName => (!is_name(word)).then(|| said(word, "name for a file", NAME_HELP)),
        Kind::ReleaseName => release(word),
        Kind::Glob => glob(word),
        Kind::Template => template(word),
        Kind::Column | Kind::Filter => column(word),
        Kind::Cells => {
            (!is_range(word)).then(|| said(word, "range of cells", "write it as Excel does, such as `A5:J160`"))
        }
        Kind::NewMeasure => new_measure(word),
        Kind::Slice | Kind::OtherSlice => pair(word, '=', "`Topic=breakdown`"),
        Kind::OtherMeasure => pair(word, '/', "`table/measure`"),
        Kind::Identifier => identifier(word),
        Kind::DayOfYear => day_of_year(word),
        Kind::WeekdayOfMonth => WeekdayOfMonth::try_from(word.to_owned())
            .is_err()
            .then(|| said(word, "weekday of a month", "write it as \"third Thursday of January\"")),
        Kind::Day => {
            word.parse::<chrono::NaiveDate>().is_err().then(|| said(word, "day", "write it as \"2025-06-26\""))
        }
        Kind::Code => {
            (!is_code(word)).then(|| said(word, "code of an authority", "write its three digits, such as \"330\""))
        }
        Kind::Address => (!word.is_empty() && !is_address(word)).then(|| said(word, "address", ADDRESS_HELP)),
        Kind::DataSet => (!is_id(word)).then(|| said(word, "data set id", ID_HELP)),
        Kind::Version => {
            (!is_version(word)).then(|| said(word, "version of a data set", "write it as \"2.0\", or leave it out"))
        }
        Kind::Whole => {
            word.parse::<i64>().is_err().then(|| said(word, "whole number", "write digits only, such as 20"))
        }
        Kind::NewField => new_field(word),
        Kind::Colour => (!is_colour(word)).then(|| said(word, "colour", "write it as \"#12436D\"")),
        Kind::Sentence => sentence(word),
        Kind::Introduction => placeholders(word, &["authority"]),
        _ => None,
    }?;
    Some(Mistake::new(mention.span.clone(), format!("{}: {message}", mention.shown()), help))
}

/// The kinds of year that publishers name.
const YEARS: [&str; 5] = ["Academic year", "Calendar year", "Financial year", "Reporting year", "Tax year"];
const ID_HELP: &str = "it looks like 00000000-0000-0000-0000-000000000000 and stands on the data set's page in the data catalogue of Explore education statistics";
const NAME_HELP: &str = "use letters, digits, blanks, `-`, `_` and `.`";
const ADDRESS_HELP: &str = "copy it from the publisher's page: it starts with https://";
const GLOB_HELP: &str = "`*` stands for anything; put other signs in brackets";

fn said(word: &str, what: &str, help: &str) -> (String, String) {
    (format!("`{}` is no {what}", without_secrets(word).escape_debug()), help.to_owned())
}

/// A release begins with a number, by which releases are ordered.
fn release(word: &str) -> Unfit {
    let fits = word.starts_with(|first: char| first.is_ascii_digit()) && is_name(word);
    (!fits).then(|| {
        said(word, "release", "write the name of its folder, which begins with a year: `2025` or `\"2025-06\"`")
    })
}

fn glob(word: &str) -> Unfit {
    let error = Glob::new(word).err()?;
    Some((format!("`{word}` is no glob: {}", error.kind()), GLOB_HELP.to_owned()))
}

fn template(word: &str) -> Unfit {
    let twice = ["{period}", "{breakdown}"].into_iter().find(|part| word.matches(part).count() > 1);
    match twice {
        Some(part) => Some((format!("`{word}` has `{part}` twice"), "let `*` stand for one of them".to_owned())),
        None => placeholders(word, &["period", "breakdown"]),
    }
}

/// The name of one column, in which nothing stands for anything else.
fn column(word: &str) -> Unfit {
    let held = ["{period}", "{breakdown}"].into_iter().find(|part| word.contains(part))?;
    let help = "write the column's own name; parts of a header stand for something under `columns` only";
    Some((format!("`{held}` stands for nothing in `{word}`"), help.to_owned()))
}

/// A word in braces must be among `known`; braces round signs and figures are a publisher's own.
fn placeholders(text: &str, known: &[&str]) -> Unfit {
    let letters =
        |text: &str| text.chars().take_while(|letter| letter.is_alphabetic() || *letter == '_').collect::<String>();
    text.split('{').skip(1).find_map(|rest| {
        let word = letters(rest);
        let after = &rest[word.len()..];
        let closed = after.starts_with('}');
        if word.is_empty() || closed && known.contains(&word.as_str()) || !closed && after.contains('}') {
            return None;
        }
        let all = known.iter().map(|word| format!("`{{{word}}}`")).collect::<Vec<_>>().join(" and ");
        let help = match likely(&word, known.iter().copied()) {
            Some(word) => format!("did you mean `{{{word}}}`?"),
            None => format!("what stands for something is {all}"),
        };
        Some((format!("`{{{word}{}` stands for nothing", if closed { "}" } else { "" }), help))
    })
}

/// A sentence says its figure once.
fn sentence(word: &str) -> Unfit {
    let fits = word.is_empty() || word.matches("{}").count() == 1 && word.matches(['{', '}']).count() == 2;
    let help = "write `{}` once, where the figure stands: \"{} met the deadline\"";
    (!fits).then(|| (format!("`{word}` has no single `{{}}`"), help.to_owned()))
}

fn is_range(word: &str) -> bool {
    let corners = word.split_once(':').and_then(|(from, to)| cell_reference(from).zip(cell_reference(to)));
    corners.is_some_and(|(from, to)| from.0 <= to.0 && from.1 <= to.1)
}

/// A measure's name stands in lists, globs and as `table/measure`.
fn new_measure(word: &str) -> Unfit {
    let fits = !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || "/*?[]{},=~".contains(c));
    (!fits).then(|| said(word, "name for a measure", "use letters, digits and `_`"))
}

/// A name that stands behind a dot and in braces.
fn new_field(word: &str) -> Unfit {
    let fits = word.chars().all(|c| c.is_alphanumeric() || c == '_') && !["", "none", "some"].contains(&word);
    (!fits).then(|| said(word, "name for a field, a day, a table or a pick", "use letters, digits and `_`"))
}

/// Two words with a sign between.
fn pair(word: &str, sign: char, form: &str) -> Unfit {
    let fits = word.split_once(sign).is_some_and(|(one, other)| !one.trim().is_empty() && !other.trim().is_empty());
    (!fits && !word.is_empty()).then(|| (format!("`{word}` is not of the form {form}"), format!("write {form}")))
}

fn identifier(word: &str) -> Unfit {
    let is_read = |code: &str| Period::parse(code, word, None).is_ok();
    if word.is_empty() || ["202425", "2024"].into_iter().any(is_read) {
        return None;
    }
    let help = match likely(word, YEARS) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("it takes {}, a quarter, a term, a month or a week", YEARS.join(", ")),
    };
    Some((format!("`{word}` is no kind of period"), help))
}

fn day_of_year(word: &str) -> Unfit {
    let message = YearEnd::try_from(word.to_owned()).err()?;
    let months = word.split_whitespace().nth(1).and_then(|month| likely(month, MONTHS));
    let help = match months {
        Some(month) => format!("did you mean `{month}`?"),
        None => "write a day and a month, such as \"31 March\"".to_owned(),
    };
    Some((message, help))
}

fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_id(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn is_version(text: &str) -> bool {
    let is_part = |part: &str| part == "*" || (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    text.split('.').count() <= 3 && text.split('.').all(is_part)
}

fn is_name(text: &str) -> bool {
    is_inside(text) && safe_name(text) == text
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
