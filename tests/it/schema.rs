//! The declared columns: what the data dictionary says is what is published, and no word stands in a table that the
//! dictionary does not name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use abreast::area::Level;
use abreast::frame::{About, Holds, kind};
use abreast::pipeline::Unit;
use abreast::publish::{columns, rows};
use abreast::schema::{COMPARISONS, Layout, OBSERVATIONS, entries, markdown};
use abreast::value::Status;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::traps::headers::timeliness;

/// Columns that hold one of a few words.
const CLOSED: [&str; 11] = [
    "level",
    "unit",
    "status",
    "comparator_status",
    "average",
    "polarity",
    "beyond_chance",
    "unusual",
    "band",
    "band_certain",
    "flips",
];

fn about(name: &str) -> &'static About {
    entries().map(|entry| entry.about).find(|about| about.name == name).expect("a declared column")
}

#[test]
fn the_page_is_made_from_the_declarations() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dictionary.md");
    if crate::harness::rewrites() {
        std::fs::write(&path, markdown()).expect("docs are writable");
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        page.replace('\r', "") == markdown(),
        "docs/dictionary.md is stale: run `ABREAST_SNAPSHOTS=rewrite cargo test --test it schema::`"
    );
}

#[test]
fn every_column_is_said_in_full() {
    for entry in entries() {
        let About { name, label, definition, unit, holds, .. } = *entry.about;
        assert!(!label.is_empty() && definition.len() >= label.len().min(12), "{name}: {label}: {definition}");
        let counted = !matches!(holds, Holds::Words | Holds::Truths);
        assert_eq!(counted, !unit.is_empty(), "{name}: a number or day has a unit, and nothing else has");
        assert!(!definition.contains("  ") && !definition.ends_with('.'), "{name}: {definition}");
    }
}

#[test]
fn a_name_means_one_thing_in_the_parquet_tables() {
    let mut known: BTreeMap<&str, &About> = BTreeMap::new();
    for about in OBSERVATIONS.0.iter().chain(COMPARISONS.0) {
        assert_eq!(*known.entry(about.name).or_insert(about), about);
    }
    for layout in [OBSERVATIONS, COMPARISONS] {
        let names: BTreeSet<&str> = layout.names().collect();
        assert_eq!(names.len(), layout.0.len(), "a column stands twice in a table");
    }
}

#[test]
fn the_dictionary_names_every_word_that_the_program_knows() {
    for (name, words) in [
        ("status", Status::ALL.map(Status::word).to_vec()),
        ("level", Level::ALL.map(Level::word).to_vec()),
        ("unit", Unit::ALL.map(Unit::word).to_vec()),
    ] {
        for word in words {
            assert!(about(name).definition.contains(&format!("`{word}`")), "{name} does not name `{word}`");
        }
    }
}

#[test]
fn what_is_published_is_what_the_dictionary_says() {
    let bench = timeliness();
    bench.run().well();
    for (table, layout) in [("sen2_timeliness", OBSERVATIONS), ("comparisons", COMPARISONS)] {
        let path = bench.path(&format!("out/tables/{table}.parquet"));
        assert_eq!(columns(&path), layout.names().collect::<Vec<&str>>());
        let file = std::fs::File::open(&path).expect("the file");
        let schema = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").schema().clone();
        for (field, about) in schema.fields().iter().zip(layout.0) {
            assert_eq!(field.metadata()["definition"], about.definition);
            assert_eq!(field.metadata().get("unit").map_or("", String::as_str), about.unit);
            assert_eq!(field.metadata().contains_key("rows"), about.whole_only, "{}", about.name);
        }
        only_known_words(&path, layout);
    }
    let csv = std::fs::read_to_string(bench.path("out/dictionary.csv")).expect("the dictionary");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(
        reader.headers().expect("a head"),
        ["table", "column", "type", "label", "definition", "unit", "rows"].as_slice()
    );
    let told: Vec<(String, String)> =
        reader.records().map(|row| row.expect("a row")).map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
    assert_eq!(told.len(), entries().count());
    assert!(told.contains(&("tables/comparisons.parquet".to_owned(), "comparator_value".to_owned())));
}

/// The words of closed columns are named in their definitions, and columns for the whole are empty elsewhere.
fn only_known_words(path: &Path, layout: Layout) {
    let frame = rows(path, layout, &[]).expect("the table");
    let topics = frame.read::<kind::Words>(about("breakdown_topic")).expect("topics");
    for about in layout.0.iter().filter(|about| about.holds == Holds::Words) {
        let column = frame.read::<kind::Words>(about).expect("words");
        for row in 0..frame.height() {
            let word = column.word(row);
            let known = word.is_empty() || about.definition.contains(&format!("`{word}`"));
            // What a comparator's status says stands in the definition of `status`.
            let known = known || about.name == "comparator_status";
            assert!(known || !CLOSED.contains(&about.name), "`{word}` in {} is not in the dictionary", about.name);
            let elsewhere = about.whole_only && topics.word(row) != "Total";
            assert!(!elsewhere || word.is_empty(), "{} has `{word}` for {}", about.name, topics.word(row));
        }
    }
}
