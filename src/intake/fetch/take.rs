//! One data set or link to a file in its place: what is filed already is left alone, and what is new is said.

use std::path::Path;
use std::rc::Rc;

use super::{Fetching, Outcome, Trouble};
use crate::fetch::{Downloaded, Version, version_in};
use crate::finding::Finding;
use crate::home;
use crate::intake::arrival::Arrival;
use crate::intake::basis::Basis;
use crate::intake::candidates::{Candidate, candidates};
use crate::intake::filing::{Came, Place, file_away};
use crate::intake::release_of;
use crate::load::Kind;
use crate::manifest::{self, Manifest, Record};
use crate::pipeline::{Link, Pipeline, Release};
use crate::provenance::{hash_of, without_secrets};
use crate::refresh::names::name_fits;
use crate::screen;

/// Takes a data set, if a version of it is published that is not filed; none where another table took it.
pub(super) fn data_set(
    fetching: &mut Fetching,
    pipeline: &Pipeline,
    id: &str,
    pinned: Option<&str>,
) -> Result<Option<Outcome>, Trouble> {
    let set = fetching.api.data_set(&fetching.client, id)?;
    let version = match pinned {
        Some(pinned) => fetching.api.version(&fetching.client, id, pinned)?,
        None => set.latest_version.clone(),
    };
    let url = fetching.api.csv(id, &version.version);
    if !fetching.taken.insert((pipeline.return_name.clone(), url.clone())) {
        return Ok(None);
    }
    screen::say(format_args!("{}: {}, version {}{}", pipeline.name, set.title, version.version, on(version.day())));
    if !["", "Published"].contains(&set.status.as_str()) {
        screen::say(format_args!("  note: the publisher calls the data set {}", set.status.to_lowercase()));
    }
    if version.version != set.latest_version.version {
        let latest = &set.latest_version;
        screen::say(format_args!(
            "  version {}{} is newer: take `version` out of `[source]` to have it",
            latest.version,
            on(latest.day())
        ));
    }
    let filed = fetching.filed(pipeline, id);
    if let Some(record) = filed.iter().find(|record| version_in(&record.url, id) == Some(&version.version))
        && fetching.is_as_filed(record)
    {
        screen::say(format_args!("  {}  unchanged: this version is filed already", record.path));
        return Ok(Some(Outcome::Unchanged));
    }
    let known = filed.iter().max_by_key(|record| &record.added);
    if let Some(known) = known.and_then(|record| version_in(&record.url, id)).filter(|known| *known != version.version)
    {
        screen::say(format_args!("  new: version {known} is filed"));
    }
    let file = pipeline.source.file.as_ref().map(|file| file.get_ref().as_str());
    let told = fetching.add.release.clone();
    let basis = Rc::clone(&fetching.basis);
    let release = |downloaded: &Downloaded, _: &Path| match &told {
        Some(release) => Ok((release.clone(), "as told".to_owned())),
        None => release_of(downloaded, pipeline, &basis, &version),
    };
    fetching.take(pipeline, &url, version.day(), file, release).map(Some)
}

/// Takes the file at a link; none where another table took it.
pub(super) fn link(fetching: &mut Fetching, pipeline: &Pipeline, link: &Link) -> Result<Option<Outcome>, Trouble> {
    let url = link.url.get_ref();
    if !fetching.taken.insert((pipeline.return_name.clone(), url.clone())) {
        return Ok(None);
    }
    screen::say(format_args!("{}: release {} from {}", pipeline.name, link.release.get_ref(), without_secrets(url)));
    let published = link.published.as_ref().map_or("", |day| day.get_ref().as_str());
    let file = link.file.as_ref().map(|file| file.get_ref().as_str());
    let release = |_: &Downloaded, _: &Path| Ok((link.release.get_ref().to_string(), "as its link says".to_owned()));
    fetching.take(pipeline, url, published, file, release).map(Some)
}

/// ` of 2025-06-26`, or nothing where the day is not known.
fn on(day: &str) -> String {
    if day.is_empty() { String::new() } else { format!(" of {day}") }
}

impl Fetching {
    /// What is filed of a data set under the pipeline's return.
    pub(super) fn filed(&self, pipeline: &Pipeline, id: &str) -> Vec<Record> {
        let of = |record: &&Record| record.path.split('/').next() == Some(&pipeline.return_name);
        self.manifest.files.iter().filter(of).filter(|record| version_in(&record.url, id).is_some()).cloned().collect()
    }

    /// Whether the file of a record is there with the bytes that were filed.
    pub(super) fn is_as_filed(&self, record: &Record) -> bool {
        hash_of(&self.returns.join(&record.path)).is_ok_and(|hash| hash == record.sha256)
    }

    /// Downloads `url` and files it; `release` tells which release it is, and why.
    fn take(
        &mut self,
        pipeline: &Pipeline,
        url: &str,
        published: &str,
        file: Option<&str>,
        release: impl Fn(&Downloaded, &Path) -> Result<(String, String), Finding>,
    ) -> Result<Outcome, Trouble> {
        self.bar.reset();
        let downloaded = self.client.download(url);
        self.bar.finish_and_clear();
        let downloaded = downloaded?;
        let (release, why) = release(&downloaded, &self.returns)?;
        let name = name(pipeline, &Release::new(release.as_str()), file, &downloaded.name)?;
        let place = Place { return_name: pipeline.return_name.clone(), release, name, why };
        let share = if is_meta(&place.name) { Some(1.0) } else { share(&downloaded, &place.name, pipeline) };
        if share.is_none() {
            return Err(no_table(url, pipeline).into());
        }
        self.add.url = Some(url.to_owned());
        self.add.published = Some(published.to_owned()).filter(|day| !day.is_empty());
        let came = Came { bytes: &downloaded.bytes, name: downloaded.name.clone() };
        let filed = file_away(&came, &place, &self.add, &self.returns)?;
        screen::say(&filed);
        self.manifest = Manifest::read(&manifest::path_for(&self.returns))?;
        if downloaded.resumed > 0 {
            screen::say("  the connection broke off, and the rest was taken from where it broke");
        }
        if !downloaded.end_known {
            screen::say("  note: the server did not say how long the file is: see that its last rows are there");
        }
        if share.is_some_and(|share| share < 1.0) {
            screen::say(format_args!(
                "  note: it does not fit `{}` as that is written: `abreast inspect {}` says why",
                pipeline.name,
                home::shown(&self.returns.join(place.path()))
            ));
        }
        Ok(if filed.unchanged { Outcome::Unchanged } else { Outcome::Filed })
    }
}

/// Whether a file says what the columns of another are.
fn is_meta(name: &str) -> bool {
    name.to_lowercase().ends_with(".meta.csv")
}

/// That an answer has nothing of the file that was asked for.
fn no_table(url: &str, pipeline: &Pipeline) -> Finding {
    Finding::error(
        "fetch-no-table",
        format!("what came has none of the columns that `{}` reads: it is another file, or the words of an error", pipeline.name),
        "open the address in a browser; if it is the right file, take it there and file it with `abreast add FILE --return NAME --release NAME`",
    )
    .at(crate::finding::Place::file(without_secrets(url)))
}

/// The name to file a release under: as the pipeline says, else as its block looks for it.
fn name(pipeline: &Pipeline, release: &Release, file: Option<&str>, served: &str) -> Result<String, Finding> {
    if let Some(file) = file {
        return Ok(file.to_owned());
    }
    let Some(block) = pipeline.block(release) else {
        return Err(Finding::error(
            "fetch-release",
            format!("no `[[release]]` block holds for release {release}"),
            "write the block first (`abreast inspect FILE` proposes it), or say another release",
        ));
    };
    let pattern = block.file.get_ref();
    if is_meta(served) {
        // It stands beside the file that it describes, under that file's name.
        let data = if pattern.contains(['*', '?', '[', '{']) { served } else { pattern };
        let stem = data.strip_suffix(".csv").unwrap_or(data);
        return Ok(format!("{}.meta.csv", stem.strip_suffix(".meta").unwrap_or(stem)));
    }
    if !pattern.contains(['*', '?', '[', '{']) {
        return Ok(pattern.clone());
    }
    if name_fits(served, pattern) {
        return Ok(served.to_owned());
    }
    Err(Finding::error(
        "fetch-name",
        format!("the server calls the file `{served}`, and the pipeline looks for `{pattern}`"),
        "say what to file it as: `file = \"NAME\"` beside `data_set`, or in the `[[source.link]]`",
    )
    .at(pipeline.place(block.file.span())))
}

/// The share of the columns that a block of the pipeline asks for, 1 where the block fits as it is written; none where it
/// has none of them. Of a workbook, whose sheets may have moved, it is enough that it is one.
fn share(downloaded: &Downloaded, name: &str, pipeline: &Pipeline) -> Option<f64> {
    let arrival = open(downloaded).ok()?.called(name);
    let all = candidates(&arrival, &[pipeline], false, &|_| true);
    if all.iter().any(Candidate::fits) {
        return Some(1.0);
    }
    let most = all.iter().map(Candidate::share).fold(0.0, f64::max);
    (most > 0.0 || arrival.opened.kind != Kind::Text).then_some(most.min(0.99))
}

/// Opens what came, by the name it came with.
fn open(downloaded: &Downloaded) -> Result<Arrival, Finding> {
    Arrival::of_bytes(downloaded.bytes.clone(), Path::new(&downloaded.name), &|_| true)
}

/// The release that a data set's file is: by its periods and those of the release before, else by its publication.
fn release_of(
    downloaded: &Downloaded,
    pipeline: &Pipeline,
    basis: &Basis,
    version: &Version,
) -> Result<(String, String), Finding> {
    let arrival = open(downloaded)?;
    let all = candidates(&arrival, &[pipeline], false, &|_| true);
    let newest = basis.shelf().before(pipeline, None, &arrival.path);
    let known = all.first().map(|candidate| release_of::release_of(&arrival, candidate, newest.as_ref(), None));
    if let Some(known) = known.filter(|known| known.is_known) {
        return Ok((known.release, known.why));
    }
    match version.day().get(..4) {
        Some(year) => Ok((year.to_owned(), format!("published in {year}, and no release before it is filed"))),
        None => Err(Finding::error(
            "fetch-release",
            "neither an earlier release nor the day of publication tells which release it is",
            "say which with `--release`: the name of the folder, usually the year it was published",
        )),
    }
}
