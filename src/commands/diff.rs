//! `abreast diff`: what changed between two builds, and what it did to ranks, bands and flags.

use std::io::Read;
use std::path::Path;

use crate::diff::{self, Diff, Lines, Told, reports, text};
use crate::finding::{Error, printable};
use crate::home;
use crate::screen::Out;

/// Prints the differences; answers whether there are any.
///
/// # Errors
/// A build is missing, or the file cannot be written.
pub fn diff(options: &Diff) -> Result<bool, Error> {
    let new = options.new.clone().unwrap_or_else(|| options.out.folder.clone());
    let old = options.old.clone().unwrap_or_else(|| options.out.folder.join("previous"));
    if !old.join("tables").is_dir() {
        return Err(Error::Missing {
            what: "old build",
            path: old,
            help: "a run that changes something keeps the build before it there; or name two folders: `abreast diff OLD NEW`".to_owned(),
        });
    }
    let mut lines = Lines::new(options.format == Told::Csv)?;
    let (reports, unchanged) = reports(&old, &new, &options.tables, &mut lines)?;
    let (old, new) = (home::shown(&old), home::shown(&new));
    let mut body: Box<dyn Read> = match options.format {
        Told::Text => {
            let text = text(&old, &new, &reports, unchanged);
            Box::new(std::io::Cursor::new(printable(&text).into_owned()))
        }
        Told::Html => Box::new(std::io::Cursor::new(diff::page(&old, &new, &reports, unchanged)?)),
        Told::Csv => Box::new(lines.finish()?),
    };
    let put = match &options.output {
        Some(path) => super::put(path, &mut |out| std::io::copy(&mut body, out).map(|_| ()))?.is_some(),
        None => {
            let copied = std::io::copy(&mut body, &mut Out);
            copied.map_err(|error| Error::writing(error, Path::new("-")))?;
            true
        }
    };
    Ok(!put || !reports.is_empty())
}
