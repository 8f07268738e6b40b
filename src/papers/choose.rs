//! Names and globs of a report file to measures, or to the return that would supply them.

use globset::GlobBuilder;
use toml::Spanned;

use crate::finding::{Error, likely};
use crate::home;
use crate::pipeline::{Pipeline, read};
use crate::publish::{MeasureMeta, TableMeta};
use crate::report::Report;

use crate::store::{Catalogue, Compared, Found, Rate};

/// A measure that the report shows.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    /// Its table.
    pub table: &'a str,
    /// The table's footer.
    pub meta: &'a TableMeta,
    /// Its name.
    pub name: &'a str,
    /// What it is.
    pub measure: &'a MeasureMeta,
    /// Its pipeline, where it is declared.
    pub pipeline: Option<&'a Pipeline>,
    /// The rate per head that it is, with its own comparisons; none where it is a measure as published.
    pub rate: Option<(&'a Rate, &'a Compared<'a>)>,
}

impl<'a> Chosen<'a> {
    /// Where it is.
    pub fn found(&self) -> Found<'a> {
        Found { table: self.table, meta: self.meta, name: self.name, measure: self.measure }
    }
}

/// A measure that is declared but not in the outputs.
pub struct Lacking {
    /// What it is called.
    pub label: String,
    /// The return that would supply it.
    pub return_name: String,
    /// The publication that the return is.
    pub publication: String,
}

/// The pipelines that can be read; what is wrong with the others is said by `run`.
///
/// # Errors
/// No pipelines folder.
pub fn pipelines(options: Option<&std::path::Path>) -> Result<Vec<Pipeline>, Error> {
    Ok(home::pipelines(options)?.into_iter().filter_map(|declared| read(declared).ok()).collect())
}

/// The measures of the names in `wanted`, in order and once each.
///
/// # Errors
/// A name that no pipeline and no table has, at its line.
pub fn choose<'a>(
    report: &Report,
    wanted: &[Spanned<String>],
    catalogue: &'a Catalogue,
    pipelines: &'a [Pipeline],
) -> Result<(Vec<Chosen<'a>>, Vec<Lacking>), Error> {
    let (mut chosen, mut lacking): (Vec<Chosen<'a>>, Vec<Lacking>) = (Vec::new(), Vec::new());
    for name in wanted {
        let fits = matcher(name.get_ref()).ok_or_else(|| {
            let message = format!("`{}` is no glob", name.get_ref());
            Error::declaration(report.place(name), message, "`*` stands for anything; put other signs in brackets")
        })?;
        let mut found = false;
        for (table, meta) in catalogue.tables() {
            for (measure_name, measure) in meta.measures.iter().filter(|(measure, _)| fits(table, measure)) {
                found = true;
                if !chosen.iter().any(|known| known.table == table && known.name == measure_name) {
                    let pipeline = pipelines.iter().find(|pipeline| pipeline.name == *table);
                    chosen.push(Chosen { table, meta, name: measure_name, measure, pipeline, rate: None });
                }
            }
        }
        for pipeline in pipelines.iter().filter(|pipeline| !found && catalogue.table(&pipeline.name).is_none()) {
            for (_, measure) in pipeline.measures.iter().filter(|(measure, _)| fits(&pipeline.name, measure)) {
                lacking.push(Lacking {
                    label: measure.label.clone(),
                    return_name: pipeline.return_name.clone(),
                    publication: pipeline.source.publication.clone(),
                });
            }
        }
        if !found && !declared(pipelines, &fits) {
            return Err(unknown(report, name, pipelines));
        }
    }
    Ok((chosen, lacking))
}

fn declared(pipelines: &[Pipeline], fits: &dyn Fn(&str, &str) -> bool) -> bool {
    pipelines.iter().any(|pipeline| pipeline.measures.keys().any(|measure| fits(&pipeline.name, measure)))
}

/// Whether a table and a measure are meant.
fn matcher(pattern: &str) -> Option<impl Fn(&str, &str) -> bool> {
    let (table, measure) = pattern.split_once('/').unwrap_or(("*", pattern));
    let glob = |text: &str| GlobBuilder::new(text).build().ok().map(|glob| glob.compile_matcher());
    let (table, measure) = (glob(table)?, glob(measure)?);
    Some(move |a: &str, b: &str| table.is_match(a) && measure.is_match(b))
}

fn unknown(report: &Report, name: &Spanned<String>, pipelines: &[Pipeline]) -> Error {
    let word = name.get_ref().split_once('/').map_or(name.get_ref().as_str(), |(_, measure)| measure);
    let all = pipelines.iter().flat_map(|pipeline| pipeline.measures.keys().map(String::as_str));
    let help = match likely(word, all) {
        Some(likely) => format!("did you mean `{likely}`? `abreast list measures` prints all of them"),
        None => "`abreast list measures` prints all of them".to_owned(),
    };
    Error::declaration(report.place(name), format!("no table has a measure `{}`", name.get_ref()), help)
}
