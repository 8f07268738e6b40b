//! A pipeline tried on a file as a run would: with the releases that are filed beside it, through every check, and
//! without writing anything.

use super::arrival::Arrival;
use super::sample::{Sampled, sampled};
use super::shelf::Shelf;
use crate::finding::{Error, Finding, Severity};
use crate::pipeline::{Declared, Pipeline, Release};
use crate::refresh::beside::beside;
use crate::refresh::plan::{Source, releases};
use crate::refresh::try_out;
use crate::shown::whole;

/// How many findings are printed.
const SHOWN: usize = 6;

/// What came of a trial.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Trial {
    /// Rows of the file that were loaded.
    pub rows: usize,
    /// Figures that they gave.
    pub observations: usize,
    /// What is wrong with the file or with the pipeline.
    pub errors: Vec<Finding>,
    /// What a run would warn of in this release.
    pub warnings: Vec<Finding>,
    /// How many errors older releases have, which stop the table whatever the file says.
    pub elsewhere: usize,
    /// A few of the figures, as they would be published.
    pub sample: Vec<Sampled>,
}

impl Trial {
    /// Whether a run with the file would make the table, and make it of the file too.
    pub fn is_good(&self) -> bool {
        self.errors.is_empty() && self.elsewhere == 0 && self.observations > 0
    }

    /// What came of it, in words.
    pub fn text(&self) -> String {
        let rows = format!("tried: {} observations from {} rows", whole(self.observations), whole(self.rows));
        let mut text = if !self.errors.is_empty() {
            format!("tried: {} errors remain\n", self.errors.len())
        } else if self.elsewhere > 0 {
            format!(
                "tried: the file itself has no error, and {} in releases before it stop the table\n",
                self.elsewhere
            )
        } else if self.observations == 0 {
            format!("{rows}: nothing of the file would be loaded\n")
        } else if self.warnings.is_empty() {
            format!("{rows}, no error\n")
        } else {
            format!("{rows}, no error, {} warnings\n", self.warnings.len())
        };
        let shown = if self.errors.is_empty() { &self.warnings } else { &self.errors };
        for finding in shown.iter().take(SHOWN) {
            text += &format!("  {}\n    help: {}\n", finding.message, finding.help);
        }
        if shown.len() > SHOWN {
            text += &format!("  and {} more\n", shown.len() - SHOWN);
        }
        text
    }
}

/// Reads a pipeline's text and tries it on the file, filed under `name`.
///
/// # Errors
/// The register's own files cannot be read.
pub(super) fn tried(
    declared: Declared,
    release: &str,
    name: &str,
    arrival: &Arrival,
    shelf: &Shelf<'_>,
) -> Result<Trial, Error> {
    match crate::pipeline::read(declared) {
        Ok(pipeline) => of(&pipeline, release, name, arrival, shelf),
        Err(errors) => Ok(Trial { errors, ..Trial::default() }),
    }
}

/// Tries a pipeline on the file, filed under `name`, and on the releases that are filed already.
///
/// # Errors
/// The register's own files cannot be read.
pub(super) fn of(
    pipeline: &Pipeline,
    release: &str,
    name: &str,
    arrival: &Arrival,
    shelf: &Shelf<'_>,
) -> Result<Trial, Error> {
    let release = Release::new(release);
    let files = [std::path::PathBuf::from(name)];
    let Some((block, _)) = crate::refresh::plan::reading(pipeline, &release, &files) else {
        let message = format!("no block of {} holds for release {release}", pipeline.path);
        let help = "say another release with `--release`, or write a block for it";
        return Ok(Trial { errors: vec![Finding::error("no-block", message, help)], ..Trial::default() });
    };
    let mut sources: Vec<Source> = shelf.filed(pipeline).into_iter().map(|(source, _)| source).collect();
    sources.retain(|source| source.release != release);
    let from = block.from.get_ref().clone();
    let layout = block.layout.clone();
    let there = releases(&shelf.folder.join(&pipeline.return_name)).remove(&release).unwrap_or_default();
    let (beside, _) = beside(pipeline, block, &release, &there, &shelf.folder);
    let (path, shown) = (arrival.path.clone(), arrival.shown.clone());
    sources.push(Source { release: release.clone(), from, path, shown, layout, beside });
    sources.sort_by(|a, b| a.release.cmp(&b.release));
    let tried = try_out(pipeline, sources, shelf.register, &shelf.folder, (&arrival.path, &arrival.opened))?;
    let own = |finding: &&Finding| finding.release.is_empty() || finding.release == release.as_str();
    let errors = tried.findings.iter().filter(|finding| finding.is_error());
    let account = tried.accounts.iter().find(|account| account.file == arrival.shown);
    Ok(Trial {
        rows: account.map_or(0, |account| account.loaded),
        observations: account.map_or(0, |account| account.observations),
        errors: errors.clone().filter(own).cloned().collect(),
        warnings: tried
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Warning && finding.release == release.as_str())
            .cloned()
            .collect(),
        elsewhere: errors.filter(|finding| !own(finding)).count(),
        sample: tried.frame.as_ref().map_or_else(Vec::new, |frame| sampled(frame, release.as_str())),
    })
}
