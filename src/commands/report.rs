//! `abreast report`: report files and published tables to pages, workbooks, Word files and folders of charts.

use crate::finding::Error;
use crate::papers::{self, Papers, ReportCommand};

/// Makes the reports asked for, or a file to start from.
///
/// # Errors
/// No such report, authority or measure, no published table, or a file cannot be written.
pub fn report(options: &Papers) -> Result<(), Error> {
    match &options.new {
        Some(ReportCommand::New(new)) => println!("{}", papers::new(new)?),
        Some(ReportCommand::Starter(starter)) => println!("{}", papers::starter(starter)?),
        None => {
            for path in papers::make(options)? {
                println!("{path}");
            }
        }
    }
    Ok(())
}
