//! Fetching: takes releases from the publishers and files them as `add` does; the one command that needs a network.

mod listing;
mod outcome;
mod take;
mod wanted;

use outcome::{Fetching, Outcome, Trouble};

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::fetch::{Api, Client, Event, Limits};
use crate::finding::Error;
use crate::home;
use crate::manifest::{self, Manifest};
use crate::screen;

use super::add;
use super::basis::Basis;
use super::options::{Add, Fetch};
use wanted::{Wanted, What, wanted};

/// The variable that names another address of the statistics API.
const API_VARIABLE: &str = "ABREAST_API";

/// Fetches what is asked for; answers whether something of it could not be had.
///
/// # Errors
/// What makes it impossible to go on; files before it stay filed.
pub fn fetch(options: &Fetch) -> Result<bool, Error> {
    let add = Add {
        files: Vec::new(),
        r#return: None,
        table: None,
        release: options.release.clone(),
        url: None,
        published: None,
        replace: options.replace,
        plan: false,
        returns: home::FilingFolder::default(),
        pipelines: home::PipelineFiles::default(),
    };
    add::check(&add)?;
    let (pipelines, findings) = wanted::pipelines(options)?;
    crate::refresh::summary::print_findings(&findings);
    let most_bytes = size(&options.max_size)?;
    let all = match wanted(&pipelines, &options.names) {
        // What is wrong with them is said already, and may be why nothing is found.
        Err(_) if !findings.is_empty() => return Ok(true),
        all => all?,
    };
    let basis = Rc::new(Basis::read(options.returns.folder.as_deref(), options.pipelines.folder.as_deref())?);
    let returns = basis.returns.clone();
    let manifest = Manifest::read(&manifest::path_for(&returns))?;
    let bar = bar();
    let client = client(options, most_bytes, bar.clone());
    let variable = std::env::var(API_VARIABLE).ok().filter(|url| !url.is_empty());
    let api = Api::at(options.api.as_deref().or(variable.as_deref()));
    let mut fetching = Fetching { client, api, returns, manifest, add, basis, taken: BTreeSet::new(), bar };
    if options.list {
        return Ok(listing::list(&mut fetching, &all)? || !findings.is_empty());
    }
    Ok(take_all(&mut fetching, &all)? || !findings.is_empty())
}

/// Takes one after the other; what cannot be had does not stop the others.
fn take_all(fetching: &mut Fetching, all: &[Wanted<'_>]) -> Result<bool, Error> {
    let (mut filed, mut unchanged, mut failed) = (0, 0, 0);
    for wanted in all {
        let done = match &wanted.what {
            What::DataSet { id, version } => take::data_set(fetching, wanted.pipeline, id, *version),
            What::Link(link) => take::link(fetching, wanted.pipeline, link),
        };
        match done {
            Ok(Some(Outcome::Filed)) => filed += 1,
            Ok(Some(Outcome::Unchanged)) => unchanged += 1,
            Ok(None) => {}
            Err(Trouble::Found(finding)) => {
                screen::note(format_args!("{}", finding.of(&wanted.pipeline.name, &wanted.release())));
                failed += 1;
            }
            Err(Trouble::Stop(error)) => return Err(error),
        }
    }
    screen::say(format_args!("{filed} filed, {unchanged} unchanged, {failed} failed"));
    if filed > 0 {
        screen::say(format_args!("next: abreast run, then abreast diff"));
    }
    Ok(failed > 0)
}

/// The client with the limits asked for, which shows how far it is.
fn client(options: &Fetch, most_bytes: u64, bar: ProgressBar) -> Client {
    let limits = Limits {
        most_bytes,
        silence: Duration::from_secs(options.timeout),
        tries: options.tries,
        private: options.allow_private,
        ..Limits::default()
    };
    Client::new(limits, move |event| match event {
        Event::Bytes(bytes, whole) => {
            if let Some(whole) = whole {
                bar.set_length(whole);
            }
            bar.set_position(bytes);
        }
        Event::Waiting { why, wait } => {
            bar.suspend(|| screen::note(format_args!("{why}: trying again in {:.1} seconds", wait.as_secs_f64())));
        }
    })
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bytes} of {total_bytes}  {bytes_per_sec}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::no_length().with_style(style)
}

/// `500MB`, `2 GB` or a number of bytes.
fn size(text: &str) -> Result<u64, Error> {
    let upper = text.trim().to_uppercase();
    let units = [("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1)];
    let (number, unit) =
        units.iter().find_map(|(unit, bytes)| Some((upper.strip_suffix(unit)?, *bytes))).unwrap_or((&upper, 1));
    let bytes = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    bytes
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| Error::usage(format!("`{}` is no size", text.escape_debug()), "write it as 500MB or 2GB"))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_as_people_write_them() {
        for (text, bytes) in [("500MB", 500_000_000), ("2 gb", 2_000_000_000), ("64kb", 64_000), ("12", 12), ("7B", 7)]
        {
            assert_eq!(size(text).expect("a size"), bytes, "{text}");
        }
        for text in ["", "0", "-1", "MB", "1.5GB", "99999999999GB", "lots"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
