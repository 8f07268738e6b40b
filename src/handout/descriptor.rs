//! The descriptor of a data package (datapackage.org, version 2): files with their checksums, columns with what they mean, keys,
//! licences, and the words that stand where a figure is missing.

use serde_json::{Value, json};

use crate::frame::Declared;
use crate::frame::{About, Holds};
use crate::provenance::hash;
use crate::publish::TableMeta;
use crate::schema::{Layout, column};
use crate::value::Status;

/// A file of a package.
pub struct Resource<'a> {
    /// Its name within the package.
    pub name: String,
    /// Its path below the descriptor.
    pub path: String,
    /// What is in it.
    pub bytes: &'a [u8],
    /// What it is.
    pub title: String,
    /// Its columns.
    pub layout: Layout,
    /// The column that tells its rows apart; empty for none.
    pub key: &'static str,
    /// Columns that name a row of another resource: column, resource.
    pub refers: &'a [(&'static str, &'static str)],
    /// Whether words of statuses stand where a figure is missing.
    pub labelled: bool,
}

impl Resource<'_> {
    /// Its entry in the descriptor.
    pub fn entry(&self) -> Value {
        let csv = self.path.ends_with(".csv");
        let mut schema = json!({
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": self.layout.0.iter().map(field).collect::<Vec<Value>>(),
            "missingValues": missing(self.labelled),
        });
        if !self.key.is_empty() {
            schema["primaryKey"] = json!([self.key]);
        }
        if !self.refers.is_empty() {
            let key = |(field, resource): &(&str, &str)| json!({ "fields": [field], "reference": { "resource": resource, "fields": [field] } });
            schema["foreignKeys"] = self.refers.iter().map(key).collect();
        }
        let mut entry = json!({
            "name": self.name,
            // The checksum of Parquet is that of a file: its rows are not read as text.
            "type": if csv { "table" } else { "file" },
            "title": self.title,
            "path": self.path,
            "format": if csv { "csv" } else { "parquet" },
            "mediatype": if csv { "text/csv" } else { "application/vnd.apache.parquet" },
            "bytes": self.bytes.len(),
            "hash": format!("sha256:{}", hash(self.bytes)),
            "schema": schema,
        });
        if csv {
            entry["encoding"] = json!("utf-8");
        }
        entry
    }
}

/// The descriptor of `resources` made of `tables`.
pub fn descriptor(name: &str, title: &str, tables: &[&TableMeta], resources: Vec<Value>) -> Value {
    let mut licences: Vec<&str> =
        tables.iter().map(|meta| meta.licence.as_str()).filter(|licence| !licence.is_empty()).collect();
    licences.sort_unstable();
    licences.dedup();
    let mut sources: Vec<&str> =
        tables.iter().map(|meta| meta.source.as_str()).filter(|source| !source.is_empty()).collect();
    sources.sort_unstable();
    sources.dedup();
    let illustrative = tables.iter().any(|meta| meta.illustrative);
    let mut whole = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": if illustrative { format!("{title} (illustrative data)") } else { title.to_owned() },
        "version": env!("CARGO_PKG_VERSION"),
        "sources": sources.iter().map(|source| json!({ "title": source })).collect::<Vec<Value>>(),
        "resources": resources,
    });
    if !licences.is_empty() {
        whole["licenses"] = licences.iter().map(|licence| licence_of(licence)).collect();
    }
    whole
}

fn licence_of(name: &str) -> Value {
    match name {
        "OGL-3.0" | "OGL-UK-3.0" => json!({
            "name": "OGL-UK-3.0",
            "title": "Open Government Licence v3.0",
            "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        }),
        other => json!({ "name": other }),
    }
}

/// A column of a table.
fn field(about: &About) -> Value {
    let kind = match about.holds {
        Holds::Words => "string",
        Holds::Numbers => "number",
        Holds::Days => "date",
        Holds::Truths => "boolean",
        Holds::Wholes | Holds::Smalls => "integer",
    };
    let mut field = json!({ "name": about.name, "type": kind, "title": about.label, "description": about.definition });
    if about.name == column::Status::ABOUT.name {
        let label = |status: &Status| if *status == Status::Number { "as published" } else { status.reason() };
        let category = |status: &Status| json!({ "value": status.word(), "label": label(status) });
        field["categories"] = Status::ALL.iter().map(category).collect();
    }
    field
}

/// The words that stand where nothing is, each with its meaning.
fn missing(labelled: bool) -> Vec<Value> {
    let mut words = vec![json!({ "value": "", "label": "nothing is known or published" })];
    if labelled {
        // A figure that is there and marked is no missing one.
        let hidden = Status::MARKS.into_iter().skip(1).chain([Status::Protected]);
        words.extend(hidden.map(|status| json!({ "value": status.word(), "label": status.reason() })));
    }
    words
}
