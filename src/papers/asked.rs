//! Which reports are asked for, and for whom. What is wrong with one report file stops that report; where it is the only one
//! that is asked for, the command.

use std::collections::BTreeSet;

use crate::area::{Authority, Register};
use crate::finding::{Error, Finding, Place, likely};
use crate::home;
use crate::report::{Report, read};

use super::options::Papers;

/// The reports asked for.
pub struct Asked {
    /// Those without a mistake so far.
    pub reports: Vec<Report>,
    /// What is wrong with the others.
    pub broken: Vec<Finding>,
    /// How many there are in all.
    pub count: usize,
}

impl Asked {
    /// Reads the report files asked for.
    ///
    /// # Errors
    /// No report is named, one that does not exist, or the only one has a mistake.
    pub fn read(options: &Papers) -> Result<Asked, Error> {
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
        let files: Vec<_> =
            declared.into_iter().filter(|file| options.all || options.names.contains(&file.name)).collect();
        let mut asked = Asked { reports: Vec::new(), broken: Vec::new(), count: files.len() };
        for file in files {
            match read(file) {
                Ok(report) => asked.reports.push(report),
                Err(found) if asked.count == 1 => return Err(first(&found)),
                Err(found) => asked.broken.extend(found),
            }
        }
        Ok(asked)
    }

    /// Keeps the reports of which `look` finds nothing wrong.
    ///
    /// # Errors
    /// What is no matter of one report, or something is wrong with the only one.
    pub fn keep(&mut self, mut look: impl FnMut(&Report) -> Result<(), Error>) -> Result<(), Error> {
        for report in std::mem::take(&mut self.reports) {
            match look(&report) {
                Ok(()) => self.reports.push(report),
                Err(error) => {
                    let finding = self.stopped(&report, error)?;
                    self.broken.push(finding);
                }
            }
        }
        Ok(())
    }

    /// The finding that a report is not made.
    ///
    /// # Errors
    /// What is no matter of one report (the disk is full, say), or it is the only one.
    pub fn stopped(&self, report: &Report, error: Error) -> Result<Finding, Error> {
        let said = |message: &str, help: &str, place: Place| {
            let message = format!("report `{}` is not made: {message}", report.name);
            Ok(Finding::error("report-stopped", message, help).at(place))
        };
        match &error {
            _ if self.count == 1 => Err(error),
            Error::Declaration { place, message, help } => said(message, help, (**place).clone()),
            Error::Usage { message, help } => said(message, help, Place::file(&report.path)),
            Error::Table { path, message, .. } => {
                said(message, "make the table again with `abreast run`", Place::file(home::shown(path)))
            }
            Error::Missing { .. } | Error::Io(..) | Error::Replaced { .. } => Err(error),
        }
    }
}

/// The first of what is wrong with a report file.
fn first(findings: &[Finding]) -> Error {
    let first = findings.first().cloned().unwrap_or_else(|| Finding::error("report-declaration", "", ""));
    Error::declaration(first.place, first.message, first.help)
}

/// Whom a report is made for, as they are named.
fn named<'o>(options: &'o Papers, report: &'o Report) -> Vec<&'o String> {
    if !options.authority.is_empty() {
        options.authority.iter().collect()
    } else if !report.authorities.is_empty() {
        report.authorities.iter().collect()
    } else {
        report.authority.iter().collect()
    }
}

/// Makes places of the groups that reports are made for.
pub fn pool(options: &Papers, reports: &[Report], register: &mut Register) {
    let names: BTreeSet<&String> = reports.iter().flat_map(|report| named(options, report)).collect();
    for name in names.into_iter().filter(|name| name.as_str() != "all") {
        if register.find(name).is_err() {
            register.pool(name);
        }
    }
}

/// The authorities that a report is made for, and the groups that were made places of their own.
///
/// # Errors
/// None is named, or one that does not exist.
pub fn authorities<'r>(options: &Papers, report: &Report, register: &'r Register) -> Result<Vec<&'r Authority>, Error> {
    let named = named(options, report);
    if named.is_empty() {
        let help =
            format!("say which with `--authority NAME`, or write `authority = \"Birmingham\"` in {}", report.path);
        return Err(Error::usage(format!("report `{}` names no authority", report.name), help));
    }
    if named.iter().any(|name| name.as_str() == "all") {
        let open = |one: &&Authority| one.closed.is_none() && !one.code.is_group();
        return Ok(register.authorities().iter().filter(open).collect());
    }
    named.into_iter().map(|name| register.find(name)).collect()
}
