//! Footnotes that stand raised behind a figure or a word: `12` with a raised `3` is read as `12³`, never as 123.
//!
//! In: a part of an XLSX or ODS archive. Out: the same with the digits of raised runs written as raised letters, which
//! `value`, `period` and `area` know for footnotes.

use crate::text::raised;

/// A raised run as raised letters. Words such as the `st` of `1st` stay as they are.
pub(super) fn as_raised(run: &str) -> String {
    let is_word = run.trim().chars().count() > 1 && run.chars().any(char::is_alphabetic);
    if is_word { run.to_owned() } else { run.chars().map(raised).collect() }
}

/// The texts of an XLSX (shared or in a sheet) with their raised runs as raised letters, everything else as it is.
pub(super) fn mended(part: &str) -> String {
    let mut whole = String::with_capacity(part.len() + 64);
    let (mut rest, mut is_raised, mut in_text) = (part, false, false);
    while let Some(open) = rest.find('<') {
        let (text, tail) = rest.split_at(open);
        // A reference such as `&#49;` is left alone: its letters are no text.
        if is_raised && in_text && !text.contains('&') {
            whole.push_str(&as_raised(text));
        } else {
            whole.push_str(text);
        }
        let tag = &tail[..tail.find('>').map_or(tail.len(), |end| end + 1)];
        match name_of(tag) {
            (_, "r" | "si" | "is") => (is_raised, in_text) = (false, false),
            (_, "vertAlign") => is_raised = tag.contains("superscript"),
            (closes, "t") => in_text = !closes,
            _ => {}
        }
        whole.push_str(tag);
        rest = &tail[tag.len()..];
    }
    whole.push_str(rest);
    whole
}

/// Whether a tag closes, and its name without its namespace: `r` of `<x:r>`.
fn name_of(tag: &str) -> (bool, &str) {
    let inside = tag.trim_start_matches('<').trim_end_matches(['>', '/']);
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
    let name = inside.split_ascii_whitespace().next().unwrap_or_default();
    (closes, name.rsplit(':').next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::{as_raised, mended};

    #[test]
    fn raised_digits_are_no_digits_of_the_number() {
        let run = |properties: &str, text: &str| format!("<r><rPr>{properties}</rPr><t>{text}</t></r>");
        let raised = "<vertAlign val=\"superscript\"/>";
        let part = format!("<sst><si>{}{}</si><si><t>7</t></si></sst>", run("<b/>", "12"), run(raised, "3, 4"));
        let expected = format!("<sst><si>{}{}</si><si><t>7</t></si></sst>", run("<b/>", "12"), run(raised, "³, ⁴"));
        assert_eq!(mended(&part), expected);
        let prefixed = part.replace("<", "<x:").replace("<x:/", "</x:");
        assert!(mended(&prefixed).contains("<x:t>12</x:t>") && mended(&prefixed).contains("<x:t>³, ⁴</x:t>"));
        let lowered = part.replace("superscript", "subscript");
        assert_eq!(mended(&lowered), lowered);
    }

    #[test]
    fn words_and_references_stay() {
        assert_eq!([as_raised("st"), as_raised("r"), as_raised("(12)"), as_raised("*")], ["st", "ʳ", "⁽¹²⁾", "*"]);
        let part = "<si><r><rPr><vertAlign val=\"superscript\"/></rPr><t>&#49;</t></r></si>";
        assert_eq!(mended(part), part);
    }
}
