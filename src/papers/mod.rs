//! Board papers: report files and published tables to pages, workbooks and folders of charts.

mod blank;
mod choose;
pub mod front;
mod local;
mod new;
mod options;
mod own_months;
mod own_tables;
mod pictures;
mod projections;
mod sections;
mod tables;
mod verdicts;
mod view;

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use crate::area::{Authority, Register};
use crate::durable::{Batch, hold};
use crate::finding::{Error, Finding, likely};
use crate::home;
use crate::pipeline::Pipeline;
use crate::publish::document::Document;
use crate::publish::{page, word, workbook};
use crate::report::{Report, read};
use crate::schema::TOTAL;

use crate::refresh::told;
use crate::store::{Catalogue, Compared, Found};
pub use blank::starter;
use choose::Chosen;
pub use choose::pipelines;
use local::Locals;
pub use new::new;
use options::Papers as Options;
pub use options::{Papers, ReportCommand};

/// What all reports of one call share.
struct Stock<'a> {
    catalogue: &'a Catalogue,
    pipelines: &'a [Pipeline],
    register: &'a Register,
    compared: Compared<'a>,
    locals: Locals,
    /// Whether pictures for Word and slides are made.
    png: bool,
}

/// What making reports came to.
pub struct Made {
    /// The paths of their pages.
    pub pages: Vec<String>,
    /// What could not be done as meant: files that are open elsewhere.
    pub findings: Vec<Finding>,
}

/// How many papers take their places together: all of one authority and report at least.
const AT_ONCE: usize = 24;

/// Makes the reports asked for.
///
/// # Errors
/// No such report, authority or measure, no published table, or a file cannot be written.
pub fn make(options: &Options) -> Result<Made, Error> {
    let reports = wanted(options)?;
    let (register, _) = home::register()?;
    let hold = hold(&options.out, !options.no_wait)?;
    let catalogue = Catalogue::open_whole(&options.out)?;
    let pipelines = choose::pipelines(options.pipelines.as_deref())?;
    let chosen = chosen(&reports, &catalogue, &pipelines)?;
    let returns = home::returns(options.returns.as_deref()).map(|returns| returns.folder);
    let returns = if options.returns.is_some() { Some(returns?) } else { returns.ok() };
    let topics: BTreeSet<&str> = reports
        .iter()
        .flat_map(|report| &report.sections)
        .flat_map(|section| [section.topic.as_str(), section.whole()])
        .collect();
    let topics: Vec<&str> = topics.into_iter().filter(|topic| !topic.is_empty()).collect();
    let read: Vec<String> = topics.iter().copied().chain([TOTAL]).map(str::to_owned).collect();
    let found: Vec<Found<'_>> = chosen.iter().map(Chosen::found).collect();
    let frame = catalogue.comparisons(&found, &read)?;
    let register = catalogue.with_neighbours(&register)?;
    let internal = |finding: Finding| Error::usage(finding.message, finding.help);
    let own_returns: BTreeSet<&str> = pipelines
        .iter()
        .filter(|pipeline| pipeline.provisional)
        .map(|pipeline| pipeline.return_name.as_str())
        .collect();
    let stock = Stock {
        catalogue: &catalogue,
        pipelines: &pipelines,
        register: &register,
        compared: Compared::of(&frame).map_err(internal)?,
        locals: Locals::of(&chosen, &own_returns, &catalogue, &register, returns.as_deref())?,
        png: !options.no_charts,
    };
    let folder = options.out.join("reports");
    let mut tasks: Vec<(&Report, &Authority)> = Vec::new();
    for report in &reports {
        tasks.extend(authorities(options, report, &register)?.into_iter().map(|authority| (report, authority)));
    }
    let mut made = Made { pages: Vec::new(), findings: Vec::new() };
    let mut left = tasks.as_slice();
    loop {
        let (now, later) = left.split_at(left.len().min(AT_ONCE));
        let batch = hold.batch();
        let pages = now.par_iter().map(|(report, authority)| {
            let document = sections::document(report, authority, &stock)?;
            save(&batch, &folder, report, authority, &document, options)
        });
        made.pages.extend(pages.collect::<Result<Vec<String>, Error>>()?);
        if later.is_empty() {
            // The front page names the papers: it takes its place with the last of them or not at all.
            front::write(&batch, &catalogue, &pipelines)?;
        }
        made.findings.extend(told(&batch.commit_recorded(&[])?));
        if later.is_empty() {
            break;
        }
        left = later;
    }
    Ok(made)
}

/// The report files asked for, read.
fn wanted(options: &Options) -> Result<Vec<Report>, Error> {
    let folder = options.pipelines.as_ref().map(|folder| folder.join("reports"));
    let declared = home::declared("pipelines/reports", folder.as_deref())?;
    let names: Vec<&str> = declared.iter().map(|file| file.name.as_str()).collect();
    if options.names.is_empty() && !options.all {
        let help = format!("name one of them, or all with `--all`: {}", names.join(", "));
        return Err(Error::usage("no report is named", help));
    }
    for name in &options.names {
        if !names.contains(&name.as_str()) {
            let help = match likely(name, names.iter().copied()) {
                Some(likely) => format!("did you mean `{likely}`?"),
                None => format!("there are {}; `abreast report new NAME` writes another", names.join(", ")),
            };
            return Err(Error::usage(format!("there is no report `{name}`"), help));
        }
    }
    let asked = declared.into_iter().filter(|file| options.all || options.names.contains(&file.name));
    asked.map(|file| read(file).map_err(|found| first(&found))).collect()
}

/// The first of what is wrong with a report file.
fn first(findings: &[Finding]) -> Error {
    let first = findings.first().cloned().unwrap_or_else(|| Finding::error("report-declaration", "", ""));
    Error::declaration(first.place, first.message, first.help)
}

/// The authorities that a report is made for.
fn authorities<'r>(options: &Options, report: &Report, register: &'r Register) -> Result<Vec<&'r Authority>, Error> {
    let named: Vec<&String> = if !options.authority.is_empty() {
        options.authority.iter().collect()
    } else if !report.authorities.is_empty() {
        report.authorities.iter().collect()
    } else {
        report.authority.iter().collect()
    };
    if named.is_empty() {
        let help =
            format!("say which with `--authority NAME`, or write `authority = \"Birmingham\"` in {}", report.path);
        return Err(Error::usage(format!("report `{}` names no authority", report.name), help));
    }
    if named.iter().any(|name| name.as_str() == "all") {
        return Ok(register.authorities().iter().filter(|authority| authority.closed.is_none()).collect());
    }
    named.into_iter().map(|name| register.find(name)).collect()
}

/// Every measure that any of the reports names.
fn chosen<'a>(
    reports: &[Report],
    catalogue: &'a Catalogue,
    pipelines: &'a [Pipeline],
) -> Result<Vec<Chosen<'a>>, Error> {
    let mut all = Vec::new();
    for report in reports {
        for section in &report.sections {
            all.extend(choose::choose(report, &section.measures, catalogue, pipelines)?.0);
            all.extend(choose::choose(report, &section.noted, catalogue, pipelines)?.0);
        }
    }
    Ok(all)
}

/// A name that every file system takes.
pub(super) fn slug(text: &str) -> String {
    let name = crate::area::fold(text).replace(' ', "-");
    if name.is_empty() { "report".to_owned() } else { name }
}

/// Writes the page, the workbook, the Word file and the folder of charts; answers the path of the page.
fn save(
    batch: &Batch,
    folder: &Path,
    report: &Report,
    authority: &Authority,
    document: &Document,
    options: &Options,
) -> Result<String, Error> {
    let name = format!("{}-{}", slug(&report.name), slug(&authority.name));
    let html = page::page(document)?;
    let path = folder.join(format!("{name}.html"));
    batch.write(&path, &mut |out| out.write_all(html.as_bytes()))?;
    let bytes = workbook::workbook(document)?;
    batch.write(&folder.join(format!("{name}.xlsx")), &mut |out| out.write_all(&bytes))?;
    if !options.no_charts {
        let bytes = word::word(document)?;
        batch.write(&folder.join(format!("{name}.docx")), &mut |out| out.write_all(&bytes))?;
        for (_, figure) in document.figures() {
            let files = [
                ("svg", figure.svg.as_bytes()),
                ("png", figure.png.as_slice()),
                ("csv", figure.csv.as_bytes()),
                ("txt", figure.alt.as_bytes()),
            ];
            for (ending, bytes) in files {
                let path = folder.join(&name).join(format!("{}.{ending}", figure.id));
                batch.write(&path, &mut |out| out.write_all(bytes))?;
            }
        }
    }
    Ok(home::shown(&path))
}
