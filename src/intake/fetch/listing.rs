//! `abreast fetch --list`: what there is to be had and what is filed of it; nothing is downloaded.

use crate::fetch::version_in;
use crate::finding::Error;
use crate::pipeline::{Link, Pipeline};
use crate::provenance::without_secrets;
use crate::screen;

use super::wanted::{Wanted, What};
use super::{Fetching, Trouble};

/// Prints every data set with its versions and every link; answers whether one could not be asked about.
pub(super) fn list(fetching: &mut Fetching, all: &[Wanted<'_>]) -> Result<bool, Error> {
    let mut failed = false;
    for wanted in all {
        match &wanted.what {
            What::Link(link) => print_link(fetching, wanted.pipeline, link),
            What::DataSet { id, .. } => match print_set(fetching, wanted.pipeline, id) {
                Ok(()) => {}
                Err(Trouble::Found(finding)) => {
                    screen::note(format_args!("{}", finding.of(&wanted.pipeline.name, "")));
                    failed = true;
                }
                Err(Trouble::Stop(error)) => return Err(error),
            },
        }
    }
    Ok(failed)
}

fn print_set(fetching: &Fetching, pipeline: &Pipeline, id: &str) -> Result<(), Trouble> {
    let set = fetching.api.data_set(&fetching.client, id)?;
    screen::say(format_args!("{}: {}, data set {id}", pipeline.name, set.title));
    let filed = fetching.filed(pipeline, id);
    for version in fetching.api.versions(&fetching.client, id)? {
        let known = filed.iter().find(|record| version_in(&record.url, id) == Some(&version.version));
        let place = known.map_or_else(|| "not filed".to_owned(), |record| format!("filed as {}", record.path));
        let status = if version.status == "Published" { String::new() } else { format!("  {}", version.status) };
        screen::say(format_args!(
            "  version {}  {}  {}{status}  {place}",
            version.version,
            version.day(),
            version.release.title
        ));
    }
    Ok(())
}

fn print_link(fetching: &Fetching, pipeline: &Pipeline, link: &Link) {
    let url = without_secrets(link.url.get_ref());
    let known = fetching.manifest.files.iter().find(|record| record.url == url);
    let place =
        known.map_or_else(|| "not filed".to_owned(), |record| format!("filed as {} on {}", record.path, record.added));
    screen::say(format_args!("{}: release {} from {url}\n  {place}", pipeline.name, link.release.get_ref()));
}
