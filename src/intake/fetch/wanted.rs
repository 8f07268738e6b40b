//! Which data sets and links the names on the command line stand for, in the words of the pipelines.

use crate::finding::{Error, Finding, likely};
use crate::home;
use crate::intake::options::Fetch;
use crate::pipeline::{Link, Pipeline};

/// Something to take from a publisher.
pub(super) struct Wanted<'p> {
    /// The pipeline that says where it is.
    pub pipeline: &'p Pipeline,
    /// What it is.
    pub what: What<'p>,
}

/// A data set of the statistics API, or a file at an address.
pub(super) enum What<'p> {
    /// A data set.
    DataSet {
        /// Its id.
        id: &'p str,
        /// The version to stay with, if any.
        version: Option<&'p str>,
    },
    /// A file.
    Link(&'p Link),
}

impl Wanted<'_> {
    /// The release, where it is known beforehand; else empty.
    pub fn release(&self) -> String {
        match self.what {
            What::Link(link) => link.release.get_ref().to_string(),
            What::DataSet { .. } => String::new(),
        }
    }
}

/// The pipelines, and what is wrong with those that cannot be read.
///
/// # Errors
/// There is no folder of them.
pub(super) fn pipelines(options: &Fetch) -> Result<(Vec<Pipeline>, Vec<Finding>), Error> {
    let mut pipelines = Vec::new();
    let mut findings = Vec::new();
    for file in home::pipelines(options.pipelines.folder.as_deref())? {
        match crate::pipeline::read(file) {
            Ok(pipeline) => pipelines.push(pipeline),
            Err(wrong) => findings.extend(wrong),
        }
    }
    Ok((pipelines, findings))
}

/// What `names` ask for; everything where there are none.
///
/// # Errors
/// A name that is neither a table nor a return, or none of them says where its releases are.
pub(super) fn wanted<'p>(pipelines: &'p [Pipeline], names: &[String]) -> Result<Vec<Wanted<'p>>, Error> {
    let is = |pipeline: &Pipeline, name: &String| pipeline.name == *name || pipeline.return_name == *name;
    for name in names {
        let mut fitting = pipelines.iter().filter(|pipeline| is(pipeline, name)).peekable();
        let Some(first) = fitting.peek() else { return Err(unknown(name, pipelines)) };
        let file = format!("`{}`", first.path);
        if !fitting.any(|pipeline| pipeline.source.is_fetched()) {
            return Err(nowhere(format!("`{name}` does not say where its releases are to be had"), &file));
        }
    }
    let asked = pipelines.iter().filter(|pipeline| names.is_empty() || names.iter().any(|name| is(pipeline, name)));
    let all: Vec<Wanted<'p>> = asked.flat_map(of).collect();
    if all.is_empty() {
        return Err(nowhere("no pipeline says where its releases are to be had".to_owned(), "a pipeline"));
    }
    Ok(all)
}

fn of(pipeline: &Pipeline) -> Vec<Wanted<'_>> {
    let source = &pipeline.source;
    let version = source.version.as_ref().map(|version| version.get_ref().as_str());
    let set = source.data_set.as_ref().map(|id| What::DataSet { id: id.get_ref(), version });
    set.into_iter().chain(source.links.iter().map(What::Link)).map(|what| Wanted { pipeline, what }).collect()
}

fn unknown(name: &str, pipelines: &[Pipeline]) -> Error {
    let known = pipelines.iter().flat_map(|pipeline| [pipeline.name.as_str(), pipeline.return_name.as_str()]);
    Error::usage(
        format!("there is no table or return `{}`", name.escape_debug()),
        match likely(name, known) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "`abreast list tables` prints both".to_owned(),
        },
    )
}

fn nowhere(message: String, file: &str) -> Error {
    Error::usage(
        message,
        format!(
            "write into {file}, under `[source]`, the line `data_set = \"ID\"`, where ID stands on the data set's page in \
             https://explore-education-statistics.service.gov.uk/data-catalogue, or a `[[source.link]]` with `release` and \
             `url`; docs/next-year.md shows both"
        ),
    )
}
