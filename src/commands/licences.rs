//! `abreast licences`: who made the parts of this program that others made, under which licence, in their words; or the same
//! list for programs, as a CycloneDX bill of materials to put beside a release.
//!
//! In: two files that are built in, `data/third-parties.txt` (made by the test `third_parties`) and `Cargo.lock`.

use std::collections::BTreeMap;

use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::finding::Error;
use crate::screen;

const NOTICES: &str = include_str!("../../data/third-parties.txt");
const LOCK: &str = include_str!("../../Cargo.lock");

/// Options of `licences`.
#[derive(Clone, Debug, Args)]
pub struct Licences {
    /// As a software bill of materials for programs: CycloneDX, JSON
    #[arg(long)]
    pub sbom: bool,
}

/// A part of the program that somebody else made.
struct Party<'a> {
    name: &'a str,
    version: &'a str,
    licence: &'a str,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    checksum: Option<String>,
    #[serde(default)]
    dependencies: Vec<String>,
}

/// Prints the licences, or the bill of materials.
///
/// # Errors
/// What is built in is not as it was made; no input can cause it.
pub fn licences(options: &Licences) -> Result<(), Error> {
    if !options.sbom {
        screen::print(NOTICES);
        return Ok(());
    }
    let broken =
        |error: &dyn std::fmt::Display| Error::usage(error.to_string(), "report this: the program is not whole");
    let lock: Lock = toml::from_str(LOCK).map_err(|error| broken(&error))?;
    screen::say(serde_json::to_string_pretty(&bill(&lock)).map_err(|error| broken(&error))?);
    Ok(())
}

/// The parties: a line each, name, version and licence with tabs between, up to the first empty line behind them.
fn parties() -> impl Iterator<Item = Party<'static>> {
    NOTICES.lines().filter(|line| line.contains('\t')).map_while(|line| {
        let mut cells = line.split('\t');
        Some(Party { name: cells.next()?, version: cells.next()?, licence: cells.next()? })
    })
}

fn reference(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{version}")
}

/// The bill of materials: each party with its hash, and what is made from what.
fn bill(lock: &Lock) -> Value {
    let mut known: BTreeMap<(&str, &str), &Package> = BTreeMap::new();
    for package in &lock.package {
        known.insert((&package.name, &package.version), package);
    }
    let all: Vec<Party<'_>> = parties().collect();
    let components: Vec<Value> = all
        .iter()
        .map(|party| {
            let checksum = known.get(&(party.name, party.version)).and_then(|package| package.checksum.as_deref());
            let hashes: Vec<Value> =
                checksum.into_iter().map(|content| json!({ "alg": "SHA-256", "content": content })).collect();
            let at = reference(party.name, party.version);
            json!({
                "type": "library", "bom-ref": at, "name": party.name, "version": party.version, "purl": at,
                "hashes": hashes, "licenses": [{ "expression": party.licence }],
            })
        })
        .collect();
    let own = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let is_part = |name: &str, version: &str| all.iter().any(|party| (party.name, party.version) == (name, version));
    let dependencies: Vec<Value> = known
        .values()
        .filter(|package| is_part(&package.name, &package.version) || package.name == own.0)
        .map(|package| {
            let needs = package.dependencies.iter().filter_map(|need| {
                let (name, version) =
                    need.split_once(' ').map_or((need.as_str(), None), |(name, version)| (name, Some(version)));
                let mut found =
                    known.keys().filter(|(known, at)| *known == name && version.is_none_or(|version| version == *at));
                found.find(|(name, version)| is_part(name, version)).map(|(name, version)| reference(name, version))
            });
            json!({ "ref": reference(&package.name, &package.version), "dependsOn": needs.collect::<Vec<String>>() })
        })
        .collect();
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": { "component": {
            "type": "application", "bom-ref": reference(own.0, own.1), "name": own.0, "version": own.1,
            "licenses": [{ "expression": env!("CARGO_PKG_LICENSE") }],
        } },
        "components": components, "dependencies": dependencies,
    })
}
