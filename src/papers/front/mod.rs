//! `outputs/index.html`, the front page of a build, and `measures.html` beside it.
//!
//! In: the catalogue, the files that the batch brings and those that are there. Out: what to look at first, papers by their
//! titles, charts as pictures, what is in the build and how fresh it is; every measure with its definition.

mod measured;
mod shelves;
mod urgent;

use crate::durable::Batch;
use crate::finding::Error;
use crate::pipeline::Pipeline;
use crate::publish::TableMeta;
use crate::publish::front::{Front, Loaded, front, measures};
use crate::shown::{counted, whole};
use crate::store::Catalogue;

/// Writes the front page of the outputs folder that `batch` is for, with what `catalogue` has and what the batch brings.
///
/// # Errors
/// The page cannot be written.
pub fn write(batch: &Batch, catalogue: &Catalogue, pipelines: &[Pipeline]) -> Result<(), Error> {
    let (first, more) = urgent::urgent(batch);
    let measured = measured::measured(catalogue, pipelines);
    let defined = measured.iter().flat_map(|table| &table.measures).filter(|one| !one.definition.is_empty()).count();
    let all: usize = measured.iter().map(|table| table.measures.len()).sum();
    let page = Front {
        illustrative: catalogue.tables().iter().any(|(_, meta)| meta.illustrative),
        summary: summary(catalogue, all),
        first,
        more,
        papers: shelves::papers(batch),
        charts: shelves::charts(batch)?,
        loaded: loaded(catalogue, pipelines),
        measures: format!("{}, {} of them with a definition.", counted(all, "measure", "measures"), whole(defined)),
    };
    for (name, text) in [("index.html", front(&page)?), ("measures.html", measures(&measured)?)] {
        batch.write(&batch.root().join(name), &mut |file| file.write_all(text.as_bytes()))?;
    }
    Ok(())
}

/// What is in a build, in a sentence.
fn summary(catalogue: &Catalogue, measures: usize) -> String {
    let tables = catalogue.tables();
    let figures: usize = tables.iter().flat_map(|(_, meta)| &meta.accounts).map(|account| account.observations).sum();
    let newest = tables.iter().flat_map(|(_, meta)| releases(meta)).filter(|release| is_dated(release)).max();
    let newest = newest.map_or_else(String::new, |release| format!(" The newest release is of {release}."));
    format!(
        "{} in {}: {}.{newest}",
        counted(measures, "measure", "measures"),
        counted(tables.len(), "table", "tables"),
        counted(figures, "figure", "figures")
    )
}

/// Publisher and publication of a table.
fn source(name: &str, written: &str, pipelines: &[Pipeline]) -> String {
    let source = pipelines.iter().find(|pipeline| pipeline.name == name).map(|pipeline| &pipeline.source);
    let words = source.map(|source| [source.publisher.as_str(), &source.publication]).unwrap_or_default();
    let said: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if said.is_empty() { written.to_owned() } else { said.join(", ") }
}

/// What was loaded, the newest first.
fn loaded(catalogue: &Catalogue, pipelines: &[Pipeline]) -> Vec<Loaded> {
    let mut loaded: Vec<Loaded> = Vec::new();
    for (name, meta) in catalogue.tables() {
        let releases: Vec<&str> = releases(meta).collect();
        let last = releases.iter().max_by_key(|release| (is_dated(release), **release));
        let first = releases.iter().filter(|release| is_dated(release)).min();
        let (newest, oldest) = (last.copied().unwrap_or_default(), first.or(last).copied().unwrap_or_default());
        loaded.push(Loaded {
            title: meta.title.clone(),
            source: source(name, &meta.source, pipelines),
            newest: newest.to_owned(),
            oldest: if oldest == newest { String::new() } else { oldest.to_owned() },
            measures: whole(meta.measures.len()),
            figures: whole(meta.accounts.iter().map(|account| account.observations).sum()),
        });
    }
    let age = |row: &Loaded| (is_dated(&row.newest), row.newest.clone());
    loaded.sort_by(|one, other| age(other).cmp(&age(one)).then_with(|| one.title.cmp(&other.title)));
    loaded
}

fn releases(meta: &TableMeta) -> impl Iterator<Item = &str> {
    meta.accounts.iter().map(|account| account.release.as_str())
}

/// Whether a release is called by when it came out.
fn is_dated(release: &str) -> bool {
    release.starts_with(|letter: char| letter.is_ascii_digit())
}
