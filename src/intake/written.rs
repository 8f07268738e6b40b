//! Values of a pipeline file as they are written: strings on one line, maps in braces where there is room for them.

use std::fmt::Write as _;

use toml::{Table, Value};

/// The longest line before a map gets lines of its own.
const WIDE: usize = 118;

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            c if c.is_control() => {
                // Writing to a String cannot fail.
                let _ = write!(written, "\\u{:04X}", u32::from(c));
            }
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

/// A key, in quotes where it needs them.
pub(super) fn key(text: &str) -> String {
    let plain =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if plain { text.to_owned() } else { quoted(text) }
}

/// A release as `from` writes it.
pub(super) fn release(release: &str) -> Value {
    let is_number = !release.is_empty()
        && release.len() <= 9
        && release.bytes().all(|byte| byte.is_ascii_digit())
        && !release.starts_with('0');
    match release.parse() {
        Ok(number) if is_number => Value::Integer(number),
        _ => Value::String(release.to_owned()),
    }
}

/// A value on one line. The entries of a map come in the order that `place` gives their keys.
pub(super) fn inline(value: &Value, place: &dyn Fn(&str) -> usize) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, place)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(table) => {
            let entries: Vec<String> = ordered(table, place)
                .into_iter()
                .map(|(name, value)| format!("{} = {}", key(name), inline(value, place)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// A table of an array, such as `[[release]]`, with its keys in the order that `place` gives them; a map that has no
/// room on its line becomes a table of its own below, as `is_apart` or its length says.
pub(super) fn array_table(
    name: &str,
    table: &Table,
    place: &dyn Fn(&str) -> usize,
    is_apart: &dyn Fn(&str) -> Option<bool>,
) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut below = String::new();
    for (key_name, value) in ordered(table, place) {
        let text = inline(value, place);
        let long = key_name.len() + text.len() + 3 > WIDE;
        match value {
            Value::Table(entries) if is_apart(key_name).unwrap_or(long) => {
                below += &section(&format!("[{name}.{}]", key(key_name)), entries, place);
            }
            Value::Array(items) if long => lines.push((key(key_name), several_lines(items, place))),
            _ => lines.push((key(key_name), text)),
        }
    }
    format!("[[{name}]]\n{}{below}", aligned(&lines))
}

/// A heading with a line for each entry of a map.
fn section(heading: &str, table: &Table, place: &dyn Fn(&str) -> usize) -> String {
    let lines: Vec<(String, String)> =
        ordered(table, place).into_iter().map(|(name, value)| (key(name), inline(value, place))).collect();
    format!("\n{heading}\n{}", aligned(&lines))
}

fn several_lines(items: &[Value], place: &dyn Fn(&str) -> usize) -> String {
    let mut text = "[\n".to_owned();
    let mut line = String::from("   ");
    for item in items {
        let item = inline(item, place);
        if line.len() + item.len() + 2 > WIDE && line.trim() != "" {
            text += &format!("{line}\n");
            line = "   ".to_owned();
        }
        line += &format!(" {item},");
    }
    format!("{text}{line}\n]")
}

/// Keys and values with their equals signs below each other, but for keys that are much longer than the others.
fn aligned(lines: &[(String, String)]) -> String {
    let width = lines.iter().map(|(key, _)| key.len()).filter(|length| *length <= 30).max().unwrap_or(0);
    lines.iter().map(|(key, value)| format!("{key:width$} = {value}\n")).collect()
}

fn ordered<'t>(table: &'t Table, place: &dyn Fn(&str) -> usize) -> Vec<(&'t String, &'t Value)> {
    let mut entries: Vec<(&String, &Value)> = table.iter().collect();
    entries.sort_by_key(|(name, _)| place(name));
    entries
}

#[cfg(test)]
mod tests {
    use super::{array_table, inline, quoted};

    #[test]
    fn what_is_written_is_read_back() {
        let odd = "a \"b\" \\ c\nd\t\u{7}é";
        let text = format!("x = {}", quoted(odd));
        assert_eq!(toml::from_str::<toml::Table>(&text).expect("TOML")["x"].as_str(), Some(odd));
        let source = "[[release]]\nfrom = 2024\nlong = [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", \"cccccccccccccccccccccccccccccccccc\"]\nlabels = { \"a b\" = { x = \"y\" } }\n[release.columns]\n\"1 year\" = [\"b\", \"a\"]\n";
        let table: toml::Table = toml::from_str(source).expect("TOML");
        let block = table["release"][0].as_table().expect("a table").clone();
        let place = |key: &str| source.find(key).unwrap_or(usize::MAX);
        for apart in [Some(true), Some(false), None] {
            let text = array_table("release", &block, &place, &|_| apart);
            let again: toml::Table = toml::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
            assert_eq!(again["release"][0].as_table(), Some(&block), "{text}");
            assert!(text.lines().all(|line| line.len() < 130), "{text}");
        }
        assert_eq!(inline(&toml::Value::Table(toml::Table::new()), &place), "{}");
    }
}
