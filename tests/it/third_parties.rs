//! The licences of what others made: the list that is built in names every crate that the program is made from, at the
//! version in `Cargo.lock`. `ABREAST_NOTICES=write cargo test --test it third_parties` makes it anew (needs the network
//! where crates of other systems were never fetched); do so whenever `Cargo.lock` changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::harness::{Bench, root};

const LIST: &str = "data/third-parties.txt";

/// The crates that the program is made from, on any system, by their ids; from what `cargo metadata` says.
fn parts(metadata: &Value) -> BTreeSet<String> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let own = text(&metadata["resolve"]["root"]);
    let nodes: BTreeMap<String, &Value> =
        metadata["resolve"]["nodes"].as_array().expect("nodes").iter().map(|node| (text(&node["id"]), node)).collect();
    let (mut found, mut open) = (BTreeSet::new(), vec![own]);
    while let Some(id) = open.pop() {
        for need in nodes[&id]["deps"].as_array().expect("needs") {
            let normal = need["dep_kinds"].as_array().expect("kinds").iter().any(|kind| kind["kind"].is_null());
            if normal && found.insert(text(&need["pkg"])) {
                open.push(text(&need["pkg"]));
            }
        }
    }
    found
}

/// The licence files beside a manifest; of a crate that may be had under MIT those of MIT, where it has them.
fn licence_files(manifest: &Path, licence: &str) -> Vec<PathBuf> {
    let folder = manifest.parent().expect("a folder");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a crate").flatten().map(|entry| entry.path()).collect();
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().to_uppercase();
    let starts = ["LICEN", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT"];
    files.retain(|path| path.is_file() && starts.iter().any(|start| name(path).starts_with(start)));
    files.sort();
    let mit = |path: &PathBuf| name(path).contains("MIT") || name(path).starts_with("NOTICE");
    if licence.contains("MIT") && !licence.contains("AND") && files.iter().any(|path| name(path).contains("MIT")) {
        files.retain(mit);
    }
    files
}

/// The list as it is built in.
fn made() -> String {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1"])
        .current_dir(root())
        .output();
    let metadata: Value = serde_json::from_slice(&output.expect("cargo runs").stdout).expect("metadata");
    let wanted = parts(&metadata);
    let mut list = String::from("The parts of abreast that others made: name, version, licence.\n\n");
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let packages = metadata["packages"].as_array().expect("packages");
    let packages = packages.iter().filter(|package| wanted.contains(package["id"].as_str().expect("an id")));
    let mut lines: Vec<String> = Vec::new();
    for package in packages {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        let licence = text("license").replace('/', " OR ");
        lines.push(format!("{}\t{}\t{licence}", text("name"), text("version")));
        for file in licence_files(Path::new(&text("manifest_path")), &licence) {
            let words = String::from_utf8_lossy(&std::fs::read(file).expect("a licence"))
                .replace("\r\n", "\n")
                .replace('\t', "    ");
            let words: Vec<&str> = words.trim().lines().map(str::trim_end).collect();
            texts.entry(words.join("\n")).or_default().push(format!("{} {}", text("name"), text("version")));
        }
    }
    lines.sort();
    let _ = writeln!(list, "{}", lines.join("\n"));
    for (words, of) in texts {
        let _ = write!(list, "\n{}\n{}\n\n{words}\n", "-".repeat(100), of.join(", "));
    }
    list
}

/// Name and version of every crate listed.
fn listed() -> BTreeSet<(String, String)> {
    let text = std::fs::read_to_string(root().join(LIST)).expect("the list");
    let lines = text.lines().filter(|line| line.contains('\t'));
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>())
        .map(|cells| (cells[0].clone(), cells[1].clone()))
        .collect()
}

#[test]
fn every_crate_is_listed_at_its_version() {
    if std::env::var_os("ABREAST_NOTICES").is_some() {
        std::fs::write(root().join(LIST), made()).expect("written");
    }
    let read = |name: &str| -> toml::Table {
        std::fs::read_to_string(root().join(name)).expect("a file").parse().expect("TOML")
    };
    let lock = read("Cargo.lock");
    let packages = lock["package"].as_array().expect("packages");
    let text = |package: &toml::Value, key: &str| package[key].as_str().expect("text").to_owned();
    let locked: BTreeSet<(String, String)> =
        packages.iter().map(|package| (text(package, "name"), text(package, "version"))).collect();
    let listed = listed();
    let old: Vec<_> = listed.difference(&locked).collect();
    assert!(old.is_empty(), "not in Cargo.lock: {old:?}; make the list anew with ABREAST_NOTICES=write");
    let names: BTreeSet<&str> = listed.iter().map(|(name, _)| name.as_str()).collect();
    for name in read("Cargo.toml")["dependencies"].as_table().expect("dependencies").keys() {
        assert!(names.contains(name.as_str()), "{name} is not listed; make the list anew with ABREAST_NOTICES=write");
    }
    assert!(listed.len() > 150, "{} crates", listed.len());
}

#[test]
fn the_program_prints_notices_and_a_bill_of_materials() {
    let bench = Bench::new();
    let notices = bench.abreast(&["licences"]).well().stdout;
    assert!(notices.contains("Permission is hereby granted") && notices.contains("Apache License"), "the words");
    let bill: Value = serde_json::from_str(&bench.abreast(&["licences", "--sbom"]).well().stdout).expect("JSON");
    assert_eq!((&bill["bomFormat"], &bill["metadata"]["component"]["name"]), (&"CycloneDX".into(), &"abreast".into()));
    let components = bill["components"].as_array().expect("components");
    assert_eq!(components.len(), listed().len());
    let known: BTreeSet<&str> = components.iter().map(|one| one["bom-ref"].as_str().expect("a reference")).collect();
    for one in components {
        assert_eq!(one["hashes"][0]["content"].as_str().map(str::len), Some(64), "{one}");
        assert!(!one["licenses"][0]["expression"].as_str().expect("a licence").is_empty(), "{one}");
    }
    let needs = bill["dependencies"].as_array().expect("dependencies");
    assert!(needs.iter().any(|one| one["dependsOn"].as_array().is_some_and(|all| all.len() > 20)), "the program's own");
    for need in needs.iter().flat_map(|one| one["dependsOn"].as_array().expect("a list")) {
        assert!(known.contains(need.as_str().expect("a reference")), "{need}");
    }
}
