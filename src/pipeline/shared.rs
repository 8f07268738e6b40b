//! `pipelines/tables/NAME.toml`: tables, joins, days and fields that several pipelines use; and blocks that say `like`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::record_rules::Parts;
use super::records::{DayRule, FieldRule, Join, Pick};
use super::schema::MANUAL;
use super::{Pipeline, ReleaseBlock, structure};
use crate::declaration::{self, Declared, Document, Kind, Mention, Mistake, kind};
use crate::finding::Finding;
use crate::form;

/// What several pipelines have in common: how the files of a return are laid out, how they hang together, and what is
/// worked out of them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharedTables {
    /// The blocks, oldest first.
    #[serde(default, rename = "release")]
    pub releases: Vec<ReleaseBlock>,
    /// How rows of the tables belong together.
    #[serde(default, rename = "join")]
    pub joins: Vec<Join>,
    /// One row chosen of many, by name.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewField, Pick>")]
    pub pick: BTreeMap<String, Pick>,
    /// Days and spans, by name.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewField, DayRule>")]
    pub day: BTreeMap<String, DayRule>,
    /// Worked-out fields, by name.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewField, FieldRule>")]
    pub field: BTreeMap<String, FieldRule>,
}

/// Worked out once: every file is read by it.
static SCHEMA: LazyLock<Value> = LazyLock::new(declaration::schema::<SharedTables>);

/// A file of tables that was read.
pub(super) struct Merged {
    /// The file.
    pub file: Declared,
    /// Every text in it, with what kind of text it is.
    pub mentions: Vec<Mention>,
    /// What is wrong with how its keys stand together.
    pub mistakes: Vec<Mistake>,
}

/// Adds to `pipeline` what the file of tables that it names holds; what it says itself stays. None where it names none.
///
/// # Errors
/// No such file, or what is wrong in it.
pub(super) fn merge(pipeline: &mut Pipeline, declared: &Declared) -> Result<Option<Merged>, Vec<Finding>> {
    let Some(mention) = pipeline.mentions.iter().find(|mention| mention.kind == Kind::SharedTables) else {
        return Ok(None);
    };
    let Some(file) = declared.beside.iter().find(|file| file.name == mention.word) else {
        let known = declared.beside.iter().map(|file| file.name.as_str());
        let help = format!("write `tables/{}.toml` beside the pipeline, see {MANUAL}", mention.word);
        let unknown = Mistake::unknown(mention, "no file of tables", known, help);
        return Err(declared.findings("pipeline-declaration", vec![unknown]));
    };
    let (shared, mentions) = declaration::read::<SharedTables>(&file.text, &SCHEMA, MANUAL, form::mistake)
        .map_err(|mistakes| file.findings("pipeline-syntax", mistakes))?;
    let document = Document::of(&file.text);
    let mut mistakes = structure::blocks(&shared.releases, &document);
    let parts = Parts { joins: &shared.joins, pick: &shared.pick, day: &shared.day, field: &shared.field };
    mistakes.extend(parts.mistakes(&document));
    if let Some(own) = pipeline.releases.first() {
        let message = format!("the blocks stand in {}: this one would not be read", file.path);
        let mistake = Mistake::new(own.from.span(), message, "take it out, or take `tables` out");
        return Err(declared.findings("pipeline-declaration", vec![mistake]));
    }
    pipeline.releases = shared.releases;
    pipeline.joins.extend(shared.joins);
    for (name, pick) in shared.pick {
        pipeline.pick.entry(name).or_insert(pick);
    }
    for (name, day) in shared.day {
        pipeline.day.entry(name).or_insert(day);
    }
    for (name, field) in shared.field {
        pipeline.field.entry(name).or_insert(field);
    }
    Ok(Some(Merged { file: file.clone(), mentions, mistakes }))
}

/// Completes the blocks that say `like` with the tables of the block they are like; says which have no such block.
pub(super) fn settle_like(blocks: &mut [ReleaseBlock]) -> Vec<Mistake> {
    let mut found = Vec::new();
    for at in 0..blocks.len() {
        let (before, rest) = blocks.split_at_mut(at);
        let block = &mut rest[0];
        let Some(like) = &block.like else { continue };
        match before.iter().rfind(|other| other.from.get_ref() == like.get_ref() && other.layout == block.layout) {
            Some(other) => {
                for (name, table) in &other.table {
                    block.table.entry(name.clone()).or_insert_with(|| table.clone());
                }
                if block.file.get_ref().is_empty() {
                    block.file = other.file.clone();
                }
            }
            None => {
                let message = format!("no block above holds from release {} on", like.get_ref());
                let help = "name the `from` of a block above it, of the same `layout`";
                found.push(Mistake::new(like.span(), message, help));
            }
        }
    }
    found
}
