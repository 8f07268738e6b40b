//! The files of one paper: page, PDF where one is asked for, workbook, Word file, folder of charts.
//!
//! In: a document. Out: its files in a batch; what could not be printed, as findings.

use std::path::{Path, PathBuf};

use crate::area::Authority;
use crate::durable::{Batch, Record};
use crate::finding::{Error, Finding};
use crate::home;
use crate::printing::{Browser, no_browser};
use crate::provenance::hash_of;
use crate::publish::document::Document;
use crate::publish::{ods, page, word, workbook};
use crate::report::Report;

use super::options::Papers as Options;
use super::slug;

/// What papers are saved with.
pub struct Saving<'a> {
    folder: PathBuf,
    options: &'a Options,
    browser: Option<Browser>,
}

/// What saving one paper came to.
pub struct Saved {
    /// The path of its page, as it is printed.
    pub page: String,
    /// The PDF that stood beside the page before and is not of this one, below the outputs folder.
    pub old: Option<PathBuf>,
    /// What could not be printed.
    pub findings: Vec<Finding>,
}

impl<'a> Saving<'a> {
    /// What `options` ask for.
    ///
    /// # Errors
    /// The browser that is named is not there.
    pub fn new(options: &'a Options) -> Result<Saving<'a>, Error> {
        let browser = if options.pdf { Browser::find(options.browser.as_deref(), &options.out)? } else { None };
        Ok(Saving { folder: options.out.join("reports"), options, browser })
    }

    /// Writes the files of one paper.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn save(
        &self,
        batch: &Batch,
        report: &Report,
        authority: &Authority,
        document: &Document,
    ) -> Result<Saved, Error> {
        let name = format!("{}-{}", slug(&report.name), slug(&authority.name));
        let html = page::page(document)?;
        let path = self.folder.join(format!("{name}.html"));
        batch.write(&path, &mut |out| out.write_all(html.as_bytes()))?;
        let (old, findings) = self.pdf(batch, &path.with_extension("pdf"), &html)?;
        let bytes = workbook::workbook(document)?;
        batch.write(&path.with_extension("xlsx"), &mut |out| out.write_all(&bytes))?;
        if self.options.ods {
            let bytes = ods::document(document)?;
            batch.write(&path.with_extension("ods"), &mut |out| out.write_all(&bytes))?;
        }
        if !self.options.no_charts {
            let bytes = word::word(document)?;
            batch.write(&path.with_extension("docx"), &mut |out| out.write_all(&bytes))?;
            charts(batch, &self.folder.join(&name), document)?;
        }
        Ok(Saved { page: home::shown(&path), old, findings })
    }

    /// Prints a page; answers the PDF of an older one, where none is made that takes its place, and what went wrong.
    fn pdf(&self, batch: &Batch, path: &Path, html: &str) -> Result<(Option<PathBuf>, Vec<Finding>), Error> {
        let mut findings = Vec::new();
        let printed = match &self.browser {
            Some(browser) => browser.print(html, &home::shown(&path.with_extension("html"))),
            None if self.options.pdf => Err(no_browser()),
            None => return Ok((ours(batch.root(), path), findings)),
        };
        match printed {
            Ok(bytes) => batch.write(path, &mut |out| out.write_all(&bytes))?,
            Err(finding) => {
                findings.push(finding);
                return Ok((ours(batch.root(), path), findings));
            }
        }
        Ok((None, findings))
    }
}

/// The file at `path`, where it is there and as Abreast wrote it.
fn ours(root: &Path, path: &Path) -> Option<PathBuf> {
    let hash = hash_of(path).ok()?;
    let inside = home::shown(path.strip_prefix(root).ok()?);
    (Record::read(root).hash(&inside) == Some(hash.as_str())).then(|| path.to_owned())
}

/// Writes the folder of charts.
fn charts(batch: &Batch, folder: &Path, document: &Document) -> Result<(), Error> {
    for (_, figure) in document.figures() {
        let files = [
            ("svg", figure.svg.as_bytes()),
            ("png", figure.png.as_slice()),
            ("csv", figure.csv.as_bytes()),
            ("txt", figure.alt.as_bytes()),
        ];
        for (ending, bytes) in files {
            batch.write(&folder.join(format!("{}.{ending}", figure.id)), &mut |out| out.write_all(bytes))?;
        }
    }
    Ok(())
}
