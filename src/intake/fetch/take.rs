//! One data set or link to a file in its place: what is filed already is left alone, and what is new is said.

use std::path::{Path, PathBuf};

use crate::fetch::{Downloaded, Version, version_in};
use crate::finding::{Error, Finding};
use crate::home;
use crate::intake::add::{self, Place, file_away};
use crate::intake::recognise::{self, candidates, name_fits};
use crate::manifest::Record;
use crate::normalise::Meta;
use crate::pipeline::{Link, Pipeline, Release};
use crate::provenance::hash;

use super::{Fetching, Outcome, Trouble};

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
    println!("{}: {}, version {}{}", pipeline.name, set.title, version.version, on(version.day()));
    if !["", "Published"].contains(&set.status.as_str()) {
        println!("  note: the publisher calls the data set {}", set.status.to_lowercase());
    }
    if version.version != set.latest_version.version {
        let latest = &set.latest_version;
        println!(
            "  version {}{} is newer: take `version` out of `[source]` to have it",
            latest.version,
            on(latest.day())
        );
    }
    let filed = fetching.filed(pipeline, id);
    if let Some(record) = filed.iter().find(|record| version_in(&record.url, id) == Some(&version.version))
        && fetching.is_as_filed(record)
    {
        println!("  {}  unchanged: this version is filed already", record.path);
        return Ok(Some(Outcome::Unchanged));
    }
    let known = filed.iter().max_by_key(|record| &record.added);
    if let Some(known) = known.and_then(|record| version_in(&record.url, id)).filter(|known| *known != version.version)
    {
        println!("  new: version {known} is filed");
    }
    let file = pipeline.source.file.as_ref().map(|file| file.get_ref().as_str());
    let told = fetching.add.release.clone();
    let release = |path: &Path, returns: &Path| match &told {
        Some(release) => Ok((release.clone(), "as told".to_owned())),
        None => release_of(path, pipeline, returns, &version),
    };
    fetching.take(pipeline, &url, version.day(), file, release).map(Some)
}

/// Takes the file at a link; none where another table took it.
pub(super) fn link(fetching: &mut Fetching, pipeline: &Pipeline, link: &Link) -> Result<Option<Outcome>, Trouble> {
    let url = link.url.get_ref();
    if !fetching.taken.insert((pipeline.return_name.clone(), url.clone())) {
        return Ok(None);
    }
    println!("{}: release {} from {url}", pipeline.name, link.release.get_ref());
    let published = link.published.as_ref().map_or("", |day| day.get_ref().as_str());
    let file = link.file.as_ref().map(|file| file.get_ref().as_str());
    let release = |_: &Path, _: &Path| Ok((link.release.get_ref().to_string(), "as its link says".to_owned()));
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
        fs_err::read(self.returns.join(&record.path)).is_ok_and(|bytes| hash(&bytes) == record.sha256)
    }

    /// Downloads `url` and files it; `release` tells which release it is, and why.
    fn take(
        &mut self,
        pipeline: &Pipeline,
        url: &str,
        published: &str,
        file: Option<&str>,
        release: impl Fn(&Path, &Path) -> Result<(String, String), Finding>,
    ) -> Result<Outcome, Trouble> {
        let folder = tempfile::Builder::new().prefix("abreast-fetch-").tempdir().map_err(Error::reading)?;
        self.bar.reset();
        let downloaded = self.client.download(url, folder.path());
        self.bar.finish_and_clear();
        let downloaded = downloaded?;
        let path = named(&downloaded, folder.path())?;
        let (release, why) = release(&path, &self.returns)?;
        let name = name(pipeline, &Release::new(release.as_str()), file, &downloaded.name)?;
        let place = Place { return_name: pipeline.return_name.clone(), release, name, why };
        self.add.url = Some(url.to_owned());
        self.add.published = Some(published.to_owned()).filter(|day| !day.is_empty());
        let unchanged = file_away(&path, &place, &self.add, &self.returns, &mut self.manifest)?;
        if downloaded.resumed > 0 {
            println!("  the connection broke off, and the rest was taken from where it broke");
        }
        if !downloaded.end_known {
            println!("  note: the server did not say how long the file is: see that its last rows are there");
        }
        if !fits(&path, &place.name, pipeline) {
            println!(
                "  note: it does not fit `{}` as that is written: `abreast inspect {}` says why",
                pipeline.name,
                home::shown(&self.returns.join(place.path()))
            );
        }
        Ok(if unchanged { Outcome::Unchanged } else { Outcome::Filed })
    }
}

/// The file under the name it came with, which the manifest records.
fn named(downloaded: &Downloaded, folder: &Path) -> Result<PathBuf, Error> {
    let path = folder.join("file").join(&downloaded.name);
    fs_err::create_dir(folder.join("file"))
        .and_then(|()| fs_err::rename(&downloaded.path, &path))
        .map_err(Error::reading)?;
    Ok(path)
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

/// Whether a file has what a block of the pipeline asks for.
fn fits(path: &Path, name: &str, pipeline: &Pipeline) -> bool {
    recognise::open(path).is_ok_and(|opened| {
        candidates(name, &opened, std::slice::from_ref(pipeline), &Meta::default())
            .iter()
            .any(recognise::Candidate::fits)
    })
}

/// The release that a data set's file is: by its periods and those of the release before, else by its publication.
fn release_of(
    path: &Path,
    pipeline: &Pipeline,
    returns: &Path,
    version: &Version,
) -> Result<(String, String), Finding> {
    let opened = recognise::open(path)?;
    let all = candidates("", &opened, std::slice::from_ref(pipeline), &Meta::default());
    if let Some(Ok(told)) = all.first().map(|candidate| add::release_of(&opened, candidate, returns)) {
        return Ok(told);
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
