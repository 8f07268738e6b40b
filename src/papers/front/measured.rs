//! Every measure of a build with its definition, by the table it is in.
//!
//! In: the catalogue and the pipelines. Out: the content of `measures.html`.

use crate::pipeline::Pipeline;
use crate::publish::front::{Definition, Measured};
use crate::shown::sentence;
use crate::store::Catalogue;

/// The measures of every table that has any.
pub fn measured(catalogue: &Catalogue, pipelines: &[Pipeline]) -> Vec<Measured> {
    let tables = catalogue.tables().iter().filter(|(_, meta)| !meta.measures.is_empty());
    let table = |(name, meta): &(String, crate::publish::TableMeta)| {
        let page = pipelines.iter().find(|pipeline| pipeline.name == *name).map(|pipeline| &pipeline.source.page);
        let release = meta.accounts.last().map_or_else(String::new, |account| format!(", release {}", account.release));
        let measures = meta.measures.iter().map(|(measure, what)| Definition {
            label: what.label.clone(),
            unit: sentence(&what.unit),
            good: match what.polarity.as_str() {
                "high" => "higher is better",
                "low" => "lower is better",
                _ => "neither good nor bad",
            }
            .to_owned(),
            definition: what.definition.clone(),
            name: format!("{name}/{measure}"),
        });
        Measured {
            id: format!("table-{}", name.replace('_', "-")),
            title: meta.title.clone(),
            source: super::source(name, &meta.source, pipelines) + &release,
            page: page.filter(|page| page.starts_with("https://")).cloned().unwrap_or_default(),
            measures: measures.collect(),
        }
    };
    tables.map(table).collect()
}
