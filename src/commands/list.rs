//! `abreast list`: tables, measures, authorities or releases, one a line, tab-separated for Excel.

use clap::{Args, ValueEnum};

use crate::home::{PipelineFiles, PublishersFiles};

use crate::finding::Error;
use crate::home;
use crate::pipeline::Pipeline;
use crate::refresh::{Sources, plan::plan, summary};
use crate::screen;

/// What `list` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// Tables: one for each pipeline
    Tables,
    /// Measures, with unit and which way is good
    Measures,
    /// Local authorities, with codes and dates
    Authorities,
    /// Releases found in the returns folder
    Releases,
}

/// Options of `list`.
#[derive(Clone, Debug, Args)]
pub struct List {
    /// What to print
    pub what: Listing,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub returns: PublishersFiles,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub pipelines: PipelineFiles,
}

/// Prints the listing; answers whether findings of severity error remain.
///
/// # Errors
/// What makes it impossible to go on.
pub fn list(options: &List) -> Result<bool, Error> {
    if options.what == Listing::Authorities {
        return authorities().map(|()| false);
    }
    let (pipelines, findings) = pipelines(options)?;
    summary::print_findings(&findings);
    let lines: Vec<Vec<String>> = match options.what {
        Listing::Tables => pipelines
            .iter()
            .map(|pipeline| vec![pipeline.name.clone(), pipeline.title.clone(), pipeline.return_name.clone()])
            .collect(),
        Listing::Measures => pipelines.iter().flat_map(measures).collect(),
        Listing::Releases | Listing::Authorities => releases(options)?,
    };
    for line in lines {
        screen::say(line.join("\t"));
    }
    Ok(!findings.is_empty())
}

fn pipelines(options: &List) -> Result<(Vec<Pipeline>, Vec<crate::finding::Finding>), Error> {
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

fn measures(pipeline: &Pipeline) -> Vec<Vec<String>> {
    let better = |measure: &crate::pipeline::Measure| match measure.polarity() {
        crate::statistics::Polarity::High => "high is good",
        crate::statistics::Polarity::Low => "low is good",
        crate::statistics::Polarity::None => "",
    };
    pipeline
        .measures
        .iter()
        .map(|(name, measure)| {
            vec![
                name.clone(),
                measure.label.clone(),
                measure.unit.word().to_owned(),
                better(measure).to_owned(),
                pipeline.name.clone(),
            ]
        })
        .collect()
}

fn releases(options: &List) -> Result<Vec<Vec<String>>, Error> {
    let plan = plan(&Sources {
        returns: options.returns.folder.clone(),
        pipelines: options.pipelines.folder.clone(),
        ..Sources::default()
    })?;
    let lines = plan.jobs.iter().flat_map(|job| {
        let files = job.sources.iter();
        files.map(|source| vec![job.pipeline.name.clone(), source.release.to_string(), source.shown.clone()])
    });
    Ok(lines.collect())
}

fn authorities() -> Result<(), Error> {
    let (register, _) = home::register()?;
    let mut all: Vec<_> = register.authorities().iter().collect();
    all.sort_by_key(|authority| (authority.code, authority.opened));
    for authority in all {
        let region = register.region(&authority.region).map_or("", |region| &region.name);
        let day = |day: Option<chrono::NaiveDate>, word: &str| day.map_or(String::new(), |day| format!("{word} {day}"));
        let line = [
            authority.code.to_string(),
            authority.ons_code.clone(),
            authority.name.clone(),
            region.to_owned(),
            authority.kind.clone(),
            day(authority.opened, "opened"),
            day(authority.closed, "closed"),
        ];
        screen::say(line.join("\t").trim_end());
    }
    Ok(())
}
