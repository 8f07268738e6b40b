//! `abreast report`: report files and published tables to pages, workbooks, Word files and folders of charts.

use crate::finding::{Error, Finding};
use crate::papers::{self, Papers, ReportCommand};
use crate::refresh::summary::print_findings;
use crate::screen;

/// Makes the reports asked for, or a file to start from; answers whether a paper could not take its place or a report has
/// a mistake.
///
/// # Errors
/// No such report or authority, no published table, or a file cannot be written.
pub fn report(options: &Papers) -> Result<bool, Error> {
    match &options.new {
        Some(ReportCommand::New(new)) => screen::say(papers::new(new)?),
        Some(ReportCommand::Starter(starter)) => screen::say(papers::starter(starter)?),
        None => {
            let made = papers::make(options)?;
            made.pages.iter().for_each(screen::say);
            print_findings(&made.findings);
            let stopped = made.findings.iter().any(Finding::is_error);
            if stopped {
                screen::note(format_args!(
                    "{} papers are made; of {} reports those named above are not",
                    made.pages.len(),
                    made.asked
                ));
            }
            if !options.pdf && !made.pages.is_empty() {
                screen::note("`--pdf` prints each page as a PDF as well");
            }
            const UNMADE: [&str; 3] = ["output-in-use", "no-browser", "not-printed"];
            return Ok(stopped || made.findings.iter().any(|finding| UNMADE.contains(&finding.code.as_str())));
        }
    }
    Ok(false)
}
