//! One figure, one word: title, table and alternative text say the same of it, read here by their letters.

use std::sync::LazyLock;

use abreast::reading::{Reading, words};
use abreast::shown::sentence;
use abreast::statistics::Polarity;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use regex::Regex;

use super::drawn::{charts, scorecard, spine};
use super::random::spec;

static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
    let than = r"(?i)(better|worse|higher|lower|similar|not as good|slightly above|slightly below)";
    Regex::new(&format!(r"{than}(?: (?:than|to|as))? England\b")).expect("a pattern")
});
static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(rose|fell|no clear change|unchanged|up from|down from|the same as)\b").expect("a pattern")
});

/// What a text says of England in the word of a table: `Better`, `Similar`; nothing where it says nothing.
pub fn against_england(text: &str) -> Option<&'static str> {
    let found = AGAINST.captures(text)?.get(1)?.as_str().to_lowercase();
    Some(match found.as_str() {
        "better" => "Better",
        "worse" | "not as good" => "Worse",
        "higher" => "Higher",
        "lower" => "Lower",
        _ => "Similar",
    })
}

/// What a text says of the change in a year: `up`, `down`, `none`; nothing where it says nothing.
pub fn changed(text: &str) -> Option<&'static str> {
    match CHANGED.captures(text)?.get(1)?.as_str().to_lowercase().as_str() {
        "rose" | "up from" => Some("up"),
        "fell" | "down from" => Some("down"),
        _ => Some("none"),
    }
}

/// What the cell of a table says of the change in a year.
fn cell(text: &str, polarity: Polarity) -> Option<&'static str> {
    let good = if polarity == Polarity::Low { "down" } else { "up" };
    let bad = if polarity == Polarity::Low { "up" } else { "down" };
    match text.split(' ').next()? {
        "Improved" => Some(good),
        "Worsened" => Some(bad),
        "Rose" | "Up" => Some("up"),
        "Fell" | "Down" => Some("down"),
        "No" if text.ends_with("change") => Some("none"),
        _ => None,
    }
}

/// Every way in which what is drawn of a reading contradicts what stands in tables, or itself.
pub fn contradictions(reading: &Reading) -> Vec<String> {
    let tag = Some(words::against_england(reading)).filter(|word| !["Not compared", "No figure"].contains(word));
    let table = cell(&words::moved(reading), reading.measure.polarity);
    let mut wrong = Vec::new();
    for chart in charts(reading) {
        let (title, alt) = (chart.title(), chart.alt());
        for text in [&title, &alt] {
            let said = against_england(text);
            if said.is_some() && said != tag {
                wrong.push(format!("the table says {tag:?}: {text}"));
            }
        }
        if tag.is_some() && against_england(&alt) != tag {
            wrong.push(format!("the table says {tag:?}, the alternative text nothing: {alt}"));
        }
        let (said, told) = (changed(&title), alt.split(". ").find_map(changed));
        if said.is_some() && said != table {
            wrong.push(format!("the table says {table:?} of the change: {title}"));
        }
        if table.is_some() && told != table {
            wrong.push(format!("the table says {table:?} of the change: {alt}"));
        }
    }
    wrong.extend(on_pages(reading, (tag, table)));
    wrong
}

/// The same of the pages of many measures, where the figure stands in a row.
fn on_pages(reading: &Reading, (tag, table): (Option<&'static str>, Option<&'static str>)) -> Vec<String> {
    let (spine, scorecard) = (spine(reading).alt(), scorecard(reading).alt());
    let mut wrong = Vec::new();
    if !spine.contains(&format!(" {}: {}", words::against_england(reading), reading.measure.label)) {
        wrong.push(format!("the table says {tag:?}: {spine}"));
    }
    let row = scorecard.rsplit_once(&format!("{}: ", reading.measure.label)).map_or("", |(_, row)| row);
    let told = row.split(", ").find_map(|part| cell(&sentence(part), reading.measure.polarity));
    if against_england(row) != tag || told != table {
        wrong.push(format!("the table says {tag:?} and {table:?} of the change: {scorecard}"));
    }
    wrong
}

#[test]
fn a_thousand_random_readings_are_worded_the_same_in_title_table_and_alternative_text() {
    let mut runner = TestRunner::deterministic();
    let (mut wrong, mut judged, mut moved) = (Vec::new(), 0, 0);
    for _ in 0..1000 {
        let reading = spec().new_tree(&mut runner).expect("a reading").current().evidence(1.0).reading();
        let title = charts(&reading)[0].title();
        judged += usize::from(against_england(&title).is_some());
        moved += usize::from(changed(&title).is_some());
        wrong.extend(contradictions(&reading));
    }
    assert!(wrong.is_empty(), "{} contradictions:\n{}", wrong.len(), wrong.join("\n"));
    assert!(judged > 100 && moved > 100, "{judged} titles name England, {moved} a change");
}

#[test]
fn a_contradiction_is_seen() {
    assert_eq!(against_england("Plans in Hull fell to 5%, worse than its statistical neighbours"), None);
    assert_eq!(against_england("Plans in Hull: 5%, worse than England, 131st of 148"), Some("Worse"));
    assert_eq!(against_england("5%, slightly below England (6%)"), Some("Similar"));
    assert_eq!(changed("Plans in Hull: 5% in 2024, no clear change in a year"), Some("none"));
}
