//! Conditions, in SQL: each is true or false of every row, never unknown.

use super::dialect::Dialect;
use super::nodes::Nodes;
use super::values::Kind;
use crate::normalise::map;
use crate::normalise::records::plan::{Ask, Pattern, Rule};

/// The condition that `rule` is.
pub(super) fn rule(nodes: &Nodes<'_>, rule: &Rule) -> String {
    if rule.never {
        return "FALSE".to_owned();
    }
    let mut all: Vec<String> = rule.asks.iter().map(|(node, ask)| asked(nodes, *node, ask)).collect();
    all.extend(rule.none.iter().map(|inner| format!("NOT {}", self::rule(nodes, inner))));
    let some: Vec<String> = rule.some.iter().map(|inner| self::rule(nodes, inner)).collect();
    if !some.is_empty() {
        all.push(format!("({})", some.join(" OR ")));
    }
    if all.is_empty() { "TRUE".to_owned() } else { format!("({})", all.join(" AND ")) }
}

fn asked(nodes: &Nodes<'_>, node: usize, ask: &Ask) -> String {
    let dialect = nodes.dialect;
    match ask {
        Ask::Known => format!("{} IS NOT NULL", nodes.name(node)),
        Ask::Missing => format!("{} IS NULL", nodes.name(node)),
        Ask::Words(patterns) => words(dialect, &format!("lower(coalesce({}, ''))", nodes.word(node)), patterns),
        Ask::Number(bounds) => {
            let number = nodes.divided(node);
            let signs = [">=", "<=", ">", "<"];
            let all: Vec<String> = (signs.iter().zip(bounds))
                .filter_map(|(sign, bound)| Some(format!("{number} {sign} {}", decimal((*bound)?))))
                .collect();
            match all.as_slice() {
                [] => format!("{number} IS NOT NULL"),
                all => format!("coalesce({}, FALSE)", all.join(" AND ")),
            }
        }
        Ask::Day(_) if nodes.kind(node) != Kind::Day => "FALSE".to_owned(),
        Ask::Day([from, to]) => {
            let day = nodes.name(node);
            let from = from.map(|from| format!("{day} >= DATE '{from}'"));
            let to = to.map(|to| format!("{day} <= DATE '{to}'"));
            match from.into_iter().chain(to).collect::<Vec<_>>().as_slice() {
                [] => format!("{day} IS NOT NULL"),
                all => format!("coalesce({}, FALSE)", all.join(" AND ")),
            }
        }
    }
}

/// A number as SQL reads it with a point.
pub(super) fn decimal(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        format!("CAST('{number}' AS DOUBLE)")
    }
}

/// Whether a text in small letters, which is there, fits one of the words.
fn words(dialect: Dialect, of: &str, patterns: &[Pattern]) -> String {
    let (plain, open): (Vec<&Pattern>, Vec<&Pattern>) = patterns.iter().partition(|pattern| pattern.parts().len() == 1);
    let mut some = Vec::new();
    let plain: Vec<String> = plain.iter().flat_map(|pattern| pattern.parts()).map(|word| dialect.text(word)).collect();
    if !plain.is_empty() {
        some.push(format!("{of} IN ({})", plain.join(", ")));
    }
    for pattern in open {
        if pattern.parts().iter().all(String::is_empty) {
            some.push(format!("{of} <> ''"));
            continue;
        }
        let escaped: Vec<String> = pattern.parts().iter().map(|part| escaped(part)).collect();
        some.push(format!("{of} LIKE {} ESCAPE '!'", dialect.text(&escaped.join("%"))));
    }
    if some.is_empty() { "FALSE".to_owned() } else { format!("({})", some.join(" OR ")) }
}

fn escaped(part: &str) -> String {
    part.chars().flat_map(|sign| if "!%_".contains(sign) { vec!['!', sign] } else { vec![sign] }).collect()
}

/// Whether a trimmed text fits one of the globs of a filter.
pub(super) fn globs(dialect: Dialect, of: &str, globs: &[map::Pattern]) -> String {
    let lower = format!("lower({of})");
    let one = |glob: &map::Pattern| {
        let text = glob.text().to_lowercase();
        match text.contains(['*', '?', '[', '{', '\\']) {
            false => format!("{lower} = {}", dialect.text(&text)),
            true => format!("({lower} = {} OR {})", dialect.text(&text), dialect.fits(&lower, &regex(&text))),
        }
    };
    match globs.iter().map(one).collect::<Vec<_>>().as_slice() {
        [] => "FALSE".to_owned(),
        all => format!("({})", all.join(" OR ")),
    }
}

/// The regular expression of a glob: `*` and `?` stand for anything and one sign, `{a,b}` for one of several, `[ab]` for a sign.
fn regex(glob: &str) -> String {
    let mut regex = String::from("^");
    let (mut signs, mut depth) = (glob.chars().peekable(), 0);
    while let Some(sign) = signs.next() {
        match sign {
            '*' => regex.push_str(".*"),
            '?' => regex.push('.'),
            '{' => {
                depth += 1;
                regex.push_str("(?:");
            }
            '}' if depth > 0 => {
                depth -= 1;
                regex.push(')');
            }
            ',' if depth > 0 => regex.push('|'),
            '[' => {
                regex.push('[');
                if signs.next_if_eq(&'!').is_some() {
                    regex.push('^');
                }
            }
            ']' => regex.push(']'),
            '\\' => regex.extend(signs.next().map(|next| format!("\\{next}"))),
            sign if ".+()|^$}".contains(sign) => regex.extend(['\\', sign]),
            sign => regex.push(sign),
        }
    }
    regex.push('$');
    regex
}

#[cfg(test)]
mod tests {
    use super::regex;

    #[test]
    fn a_glob_becomes_the_expression_that_fits_the_same() {
        for (glob, expression) in [
            ("total*", "^total.*$"),
            ("a.b", "^a\\.b$"),
            ("{special,ap} school", "^(?:special|ap) school$"),
            ("[!0-9]?", "^[^0-9].$"),
            ("x (y)", "^x \\(y\\)$"),
        ] {
            assert_eq!(regex(glob), expression);
        }
    }
}
