//! Every key and every name in a pipeline or report file, misspelt one at a time: each is refused when the file is
//! read, at its line and column, with the word that was meant.
//!
//! The samples in `misspelt/` have every key there is; a key that is added to the types and not to them fails.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use abreast::declaration::{Declared, Kind, Mention, kind::KEYWORD, read, schema};
use abreast::finding::Finding;
use abreast::pipeline::Pipeline;
use abreast::report::Report;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The samples of pipelines, by name; of the ways to say a period each once.
static PIPELINES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let joined = include_str!("misspelt/joined.toml");
    let period = |way: &str| (format!("joined by {way}"), joined.replace("{ calendar_year = \"year\" }", way));
    let samples = [
        ("areas", include_str!("misspelt/areas.toml")),
        ("records", include_str!("misspelt/records.toml")),
        ("joined", joined),
        ("own", include_str!("misspelt/own.toml")),
        ("ees", include_str!("misspelt/ees.toml")),
        ("long", include_str!("misspelt/long.toml")),
    ];
    let named = samples.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let others = ["{ month = \"census\" }", "{ academic_year = \"census\" }", "{ financial_year = \"census\" }"];
    named.into_iter().chain(others.map(period)).collect()
});
const TABLES: &str = include_str!("misspelt/tables.toml");
const REPORT: &str = include_str!("misspelt/report.toml");

/// What reading `text` as a pipeline or a report finds.
fn found(text: &str, report: bool) -> Vec<Finding> {
    let file = |text: &str, beside| {
        let (path, name) = ("sample.toml".to_owned(), "sample".to_owned());
        Declared { path, name, text: text.to_owned(), beside, ..Declared::default() }
    };
    let declared = file(text, vec![file(TABLES, Arc::default())].into());
    match report {
        true => abreast::report::read(declared).err().unwrap_or_default(),
        false => abreast::pipeline::read(declared).err().unwrap_or_default(),
    }
}

fn mentions(text: &str, report: bool) -> Vec<Mention> {
    let read = match report {
        true => read::<Report>(text, &schema::<Report>(), "", |_| None).map(|(_, mentions)| mentions),
        false => read::<Pipeline>(text, &schema::<Pipeline>(), "", |_| None).map(|(_, mentions)| mentions),
    };
    read.expect("a sample without mistakes")
}

/// `word` with two letters in the middle changed for one another, so that it is another word.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = (1..letters.len().saturating_sub(1)).find(|&at| letters[at] != letters[at + 1] && letters[at] != ' ');
    match at {
        Some(at) => letters.swap(at, at + 1),
        None => letters.push('x'),
    }
    letters.into_iter().collect()
}

/// A wrong word in place of `word`, and what the message or its help must hold; none where only the data can tell.
fn wrong(mention: &Mention) -> Option<(String, String)> {
    let word = mention.word.as_str();
    let said = |wrong: &str, help: &str| Some((wrong.to_owned(), help.to_owned()));
    match mention.kind {
        Kind::Words | Kind::Cell | Kind::FieldWord | Kind::Mark | Kind::NewTopic => None,
        // Known from the data, from the register or from the published tables.
        Kind::Column | Kind::Authority | Kind::Authorities | Kind::Comparator | Kind::Measures => None,
        Kind::SharedTables | Kind::OtherTable => None,
        Kind::SectionTopic | Kind::SectionBreakdown | Kind::LastPeriod | Kind::OtherSlice => None,
        Kind::Target | Kind::Aim | Kind::Tolerance => None,
        Kind::Sentence => said("met the deadline", "`{}` once"),
        Kind::Introduction => said("{autohrity}", "{authority}"),
        Kind::Folder => said("../sen2", "returns folder"),
        Kind::FileName => said("a/b.csv", "name for a file"),
        Kind::Glob => said("plans_[.csv", "glob"),
        Kind::Template => said("{perod}", "{period}"),
        Kind::Cells => said("A5-J160", "A5:J160"),
        Kind::NewMeasure => said("issued/share", "letters, digits"),
        Kind::OtherMeasure => said("census pupils", "table/measure"),
        Kind::ReleaseName => said("zzz", "year"),
        Kind::Period => said("20233", "2023"),
        Kind::BlockPeriod => said("{relaese}", "{release}"),
        Kind::DayOfYear => said("31 Mrach", "March"),
        Kind::WeekdayOfMonth => said("third Thrusday of January", "third Thursday of January"),
        Kind::Day => said("27 June 2024", "2025-06-26"),
        Kind::Code => said("Leicester", "three digits"),
        Kind::Address => said("www.example.gov.uk", "https://"),
        Kind::DataSet => said("0000", "data catalogue"),
        Kind::Version => said("two", "2.0"),
        Kind::NewField => said("a-b", "letters, digits"),
        Kind::Whole => said("two", "digits"),
        Kind::Ordering => said("place.rnak", "place."),
        Kind::Filled if !word.contains('{') => None,
        Kind::Filled => said("{first_place.wrod}", "first_place.word"),
        Kind::Colour => said("#12436", "#12436D"),
        // A part of a header is called `breakdown` whatever else there is.
        Kind::Slice => match word.split_once('=') {
            Some((topic, part)) if topic == "Phase" => Some((format!("Phsae={part}"), topic.to_owned())),
            _ => Some((word.replace('=', ":"), "Topic=breakdown".to_owned())),
        },
        Kind::Topic => None,
        // Nothing is near enough to be meant, and what there is is said.
        Kind::Labelled if word == "period" => None,
        Kind::Identifier
        | Kind::Labelled
        | Kind::Filter
        | Kind::Measure
        | Kind::Count
        | Kind::Key
        | Kind::Mapped
        | Kind::Field
        | Kind::Own
        | Kind::Identifying
        | Kind::TableName
        | Kind::Rows
        | Kind::DayName
        | Kind::Operand
        | Kind::Marked => Some((misspelt(word), word.to_owned())),
    }
}

/// Whether a finding stands at byte `at` of `text`, names `word` and says `help`.
fn says(finding: &Finding, text: &str, at: usize, word: &str, help: &str) -> bool {
    let line = text[..at].matches('\n').count() as u32 + 1;
    let column = text[..at].rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
    let all = format!("{} {}", finding.message, finding.help);
    (finding.place.row, finding.place.column) == (Some(line), Some(column)) && all.contains(word) && all.contains(help)
}

/// `text` with the bytes of `span` replaced; quotes that stood there stay.
fn replaced(text: &str, span: &std::ops::Range<usize>, word: &str) -> String {
    let old = &text[span.clone()];
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let quoted = old.starts_with('"')
        || is_number(old) && !is_number(word)
        || !word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let new = if quoted { format!("\"{word}\"") } else { word.to_owned() };
    format!("{}{new}{}", &text[..span.start], &text[span.end..])
}

#[test]
fn a_name_that_leads_nowhere_is_refused_with_the_one_that_was_meant() {
    let samples =
        PIPELINES.iter().map(|(name, text)| (name.as_str(), text.as_str(), false)).chain([("report", REPORT, true)]);
    let mut tried = 0;
    for (name, text, report) in samples {
        for mention in mentions(text, report) {
            // Where a row is a measure, the name of a count is said once and refers to nothing.
            let declares = name == "long" && mention.kind == Kind::Count;
            let Some((word, help)) = wrong(&mention).filter(|_| !declares) else { continue };
            let changed = replaced(text, &mention.span, &word);
            let found = found(&changed, report);
            // Of `Topic=breakdown` the topic is what is known.
            let named = word.split('=').next().unwrap_or(&word);
            assert!(
                found.iter().any(|finding| match name {
                    // A field of records is declared where it is mapped: whoever counts by it says that it is not there.
                    "records" if mention.kind == Kind::Key => finding.help.contains(named),
                    _ => says(finding, &changed, mention.span.start, named, &help),
                }),
                "{name}: {:?} `{word}` for `{}`: {found:#?}",
                mention.kind,
                mention.word
            );
            tried += 1;
        }
    }
    assert!(tried > 110, "only {tried} names were tried");
}

/// Every key of a document that its schema names, with its bytes and its way in the schema, and every word of a list.
fn keys(table: &DeTable<'_>, schema: &Value, way: &str, out: &mut Vec<(String, std::ops::Range<usize>, String)>) {
    for (key, value) in table {
        let name = key.get_ref().to_string();
        let own = schema.get("properties").and_then(|known| known.get(&name));
        let below = if own.is_some() { format!("{way}.{name}") } else { format!("{way}.*") };
        if own.is_some() {
            out.push((name, key.span(), below.clone()));
        }
        if let Some(inner) = own.or_else(|| schema.get("additionalProperties")) {
            inside(value, inner, &below, out);
        }
    }
}

fn inside(
    value: &Spanned<DeValue<'_>>,
    schema: &Value,
    way: &str,
    out: &mut Vec<(String, std::ops::Range<usize>, String)>,
) {
    match value.get_ref() {
        DeValue::Table(table) => keys(table, schema, way, out),
        DeValue::Array(items) => {
            let one_or_more = || schema.get("anyOf")?.get(1)?.get("items");
            let Some(each) = schema.get("items").or_else(one_or_more) else { return };
            for item in items.iter() {
                inside(item, each, way, out);
            }
        }
        DeValue::String(word) if schema.get(KEYWORD).is_none() && schema.get("anyOf").is_none() => {
            out.push((word.to_string(), value.span(), String::new()));
        }
        _ => {}
    }
}

fn keys_of(text: &str, schema: &Value) -> Vec<(String, std::ops::Range<usize>, String)> {
    let document = DeTable::parse(text).expect("TOML");
    let mut all = Vec::new();
    keys(document.get_ref(), schema, "", &mut all);
    all
}

#[test]
fn a_key_or_a_word_of_a_list_that_is_misspelt_is_refused_with_the_right_one() {
    let samples = PIPELINES.iter().map(|(_, text)| (text.as_str(), false)).chain([(REPORT, true)]);
    for (text, report) in samples {
        let schema = if report { schema::<Report>() } else { schema::<Pipeline>() };
        for (word, span, _) in keys_of(text, &schema) {
            let wrong = misspelt(&word);
            let changed = replaced(text, &span, &wrong);
            let found = found(&changed, report);
            let fits = found.iter().any(|finding| says(finding, &changed, span.start, &wrong, &format!("`{word}`")));
            assert!(fits, "`{wrong}` for `{word}`: {found:#?}");
        }
    }
}

/// Every way in a schema that a key stands at.
fn ways(schema: &Value, way: &str, out: &mut BTreeSet<String>) {
    for (name, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let below = format!("{way}.{name}");
        ways(inner, &below, out);
        out.insert(below);
    }
    for (key, step) in [("additionalProperties", ".*"), ("items", "")] {
        if let Some(inner) = schema.get(key) {
            ways(inner, &format!("{way}{step}"), out);
        }
    }
}

#[test]
fn the_samples_have_every_key() {
    for (schema, texts) in [
        (schema::<Pipeline>(), PIPELINES.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>()),
        (schema::<Report>(), vec![REPORT]),
    ] {
        let mut all = BTreeSet::new();
        ways(&schema, "", &mut all);
        let shown: BTreeSet<String> =
            texts.iter().flat_map(|text| keys_of(text, &schema)).map(|(_, _, way)| way).collect();
        let lacking: Vec<&String> = all.difference(&shown).collect();
        assert!(lacking.is_empty(), "no sample has {lacking:?}");
    }
}

/// Every text in a schema that says neither of what kind it is nor which words it takes.
fn unsaid(schema: &Value, way: &str, out: &mut Vec<String>) {
    let is_text = schema.get("type").is_some_and(|kind| kind == "string");
    let words = ["enum", "const", "oneOf"].iter().any(|key| schema.get(*key).is_some());
    let kind = schema.get(KEYWORD).and_then(Value::as_str);
    if is_text && !words && kind.is_none_or(|word| Kind::from_word(word).is_none()) {
        out.push(way.to_owned());
    }
    match schema {
        Value::Object(map) => {
            for (key, inner) in map.iter().filter(|(key, _)| !["oneOf", "enum", "default"].contains(&key.as_str())) {
                unsaid(inner, &format!("{way}.{key}"), out);
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| unsaid(inner, way, out)),
        _ => {}
    }
}

#[test]
fn every_text_says_what_it_is() {
    for schema in [schema::<Pipeline>(), schema::<Report>()] {
        let mut all = Vec::new();
        unsaid(&schema, "", &mut all);
        assert!(all.is_empty(), "these say neither a kind nor their words: {all:#?}");
    }
}
