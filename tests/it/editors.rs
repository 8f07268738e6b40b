//! What editors know of pipeline and report files: the schemas stand beside the files, say what every key is for, and are
//! named in the first line of each.

use std::path::{Path, PathBuf};

use abreast::declaration::schema;
use abreast::pipeline::{Pipeline, SharedTables};
use abreast::report::Report;
use serde_json::Value;

use crate::harness::{Bench, rewrites, root};

#[test]
fn the_schemas_that_are_shipped_are_those_of_the_types() {
    for (name, schema) in
        [("pipeline", schema::<Pipeline>()), ("tables", schema::<SharedTables>()), ("report", schema::<Report>())]
    {
        let path = root().join("pipelines/schema").join(format!("{name}.json"));
        let text = format!("{schema:#}\n");
        if rewrites() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(&path, &text).expect("written");
        }
        let shipped = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(shipped == text, "pipelines/schema/{name}.json is old: `abreast schema` writes it");
    }
}

/// Every key of a schema that says nothing of what it is for.
fn unexplained(schema: &Value, way: &str, out: &mut Vec<String>) {
    for (name, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let below = format!("{way}.{name}");
        if inner.get("description").is_none() {
            out.push(below.clone());
        }
        unexplained(inner, &below, out);
    }
    for key in ["additionalProperties", "items"] {
        if let Some(inner) = schema.get(key) {
            unexplained(inner, way, out);
        }
    }
    for inner in ["anyOf", "oneOf"].iter().filter_map(|key| schema.get(*key)?.as_array()).flatten() {
        unexplained(inner, way, out);
    }
}

#[test]
fn every_key_says_what_it_is_for() {
    for schema in [schema::<Pipeline>(), schema::<SharedTables>(), schema::<Report>()] {
        let mut silent = Vec::new();
        unexplained(&schema, "", &mut silent);
        assert!(silent.is_empty(), "no word on {silent:?}");
    }
}

/// The schema that the first line of a file names, as a path.
fn named(file: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(file).ok()?;
    let name = text.lines().next()?.strip_prefix("#:schema ")?.to_owned();
    Some(file.parent()?.join(name))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}

#[test]
fn every_file_names_its_schema_in_its_first_line() {
    for (folder, schema) in [("pipelines", "pipeline.json"), ("pipelines/reports", "report.json")] {
        let files = files(&root().join(folder));
        assert!(files.len() > 10, "{folder}");
        for file in files {
            let named = named(&file).unwrap_or_else(|| panic!("{} names none", file.display()));
            assert!(named.ends_with(schema) && named.is_file(), "{}: {}", file.display(), named.display());
        }
    }
}

#[test]
fn the_command_writes_them_beside_the_analysts_own_files() {
    let bench = Bench::new();
    let said = bench.abreast(&["schema", "--pipelines", "own/pipelines"]).well();
    assert!(said.stdout.contains("own/pipelines/schema/report.json"), "{}", said.stdout);
    for name in ["pipeline", "tables", "report"] {
        let written = std::fs::read(bench.path(&format!("own/pipelines/schema/{name}.json"))).expect("written");
        let shipped = std::fs::read(root().join(format!("pipelines/schema/{name}.json"))).expect("shipped");
        assert!(written == shipped, "{name} is another");
    }
}
