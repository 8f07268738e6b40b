//! Text of a pipeline file to `Pipeline`, with every mistake at its line and the likely answer.

use std::collections::BTreeMap;

use toml::Spanned;

use super::references::{Names, ROLES};
use super::schema::{MANUAL, SCHEMA};
use super::{Columns, Measure, Pipeline, ReleaseBlock, published, shared, structure};
use crate::declaration::{self, Declared};
use crate::finding::Finding;
use crate::form;

/// Reads one pipeline file.
///
/// # Errors
/// The findings, each of severity error and with its line and column in the file.
pub fn read(declared: Declared) -> Result<Pipeline, Vec<Finding>> {
    let (pipeline, mentions) = match declaration::read::<Pipeline>(&declared.text, &SCHEMA, MANUAL, form::mistake) {
        Ok(read) => read,
        Err(mistakes) => return Err(declared.findings("pipeline-syntax", mistakes)),
    };
    let Declared { path, name, text, .. } = declared.clone();
    let mut pipeline = Pipeline { name, path, text, mentions, ..pipeline };
    let mut own = structure::mistakes(&pipeline);
    let (published, unlike_published) = published::inherit(&mut pipeline, &declared);
    own.extend(unlike_published);
    let merged = shared::merge(&mut pipeline, &declared)?;
    let unlike = shared::settle_like(&mut pipeline.releases);
    let names = Names::of(&pipeline);
    let mut mistakes = names.mistakes(&pipeline.mentions);
    mistakes.extend(own);
    let mut found = Vec::new();
    match &merged {
        Some(merged) => {
            let of_file = names.mistakes(&merged.mentions).into_iter().chain(unlike).chain(merged.mistakes.clone());
            found = merged.file.findings("pipeline-declaration", of_file.collect());
        }
        None => mistakes.extend(unlike),
    }
    found.extend(declared.findings("pipeline-declaration", mistakes));
    if !found.is_empty() {
        return Err(found);
    }
    pipeline.published = published;
    pipeline.shared = merged.map(|merged| merged.file);
    expand(&mut pipeline);
    name_files(&mut pipeline);
    Ok(pipeline)
}

/// A block of several tables is known by the file of the one whose rows are counted.
fn name_files(pipeline: &mut Pipeline) {
    let bases: Vec<String> = pipeline.releases.iter().map(|block| pipeline.base(block)).collect();
    for (block, base) in pipeline.releases.iter_mut().zip(bases) {
        if let Some(file) = block.table.get(&base).and_then(|table| table.file.clone()) {
            block.file = file;
        }
    }
}

impl Pipeline {
    /// Takes in measures that a dictionary describes; one that the file declares itself stays as declared.
    pub fn describe(&mut self, described: BTreeMap<String, Measure>) {
        for (name, measure) in described {
            self.measures.entry(name).or_insert(measure);
        }
        expand(self);
    }
}

/// A block whose rows name their measure becomes one block a measure, which keeps that measure's rows.
fn expand(pipeline: &mut Pipeline) {
    let measures = pipeline.measures.clone();
    for block in &mut pipeline.releases {
        let Some(column) = block.measure_column.clone() else { continue };
        let plain = ReleaseBlock { columns: BTreeMap::new(), ..block.clone() };
        block.parts =
            measures.iter().map(|(name, measure)| part(&plain, &block.columns, &column, name, measure)).collect();
    }
}

/// The block of one measure: the rows that carry its label or its name.
fn part(
    plain: &ReleaseBlock,
    columns: &BTreeMap<String, Spanned<Columns>>,
    column: &Spanned<String>,
    name: &str,
    measure: &Measure,
) -> ReleaseBlock {
    let mut part = plain.clone();
    part.called = match measure.word.as_str() {
        "" => vec![measure.label.clone(), name.to_owned()],
        word => vec![word.to_owned()],
    };
    part.period_identifier = measure.identifier.clone().or(part.period_identifier);
    let words = part.called.iter().map(|word| globset::escape(word)).collect();
    part.keep.insert(column.get_ref().clone(), Spanned::new(column.span(), words));
    let keys = [Some(name), measure.numerator.as_deref(), measure.denominator.as_deref()];
    for (role, key) in ROLES.iter().zip(keys) {
        let Some(source) = columns.get(*role) else { continue };
        match key {
            Some(key) => {
                part.columns.insert(key.to_owned(), source.clone());
            }
            None => part
                .ignore
                .extend(source.get_ref().0.iter().map(|column| Spanned::new(source.span(), globset::escape(column)))),
        }
    }
    part
}
