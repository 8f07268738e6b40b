//! A file that waits, filed with everything that was written for it.
//!
//! In: its number. Out: the pipeline files, other names of authorities, the file itself and its record. What is to be done
//! is written down first (`filing.json`), and whoever finds that carries it out to the end: what is written before the file
//! is filed changes no figure, and the file, its record and the end of the waiting copy are one step.

use super::decision::Filing;

use std::path::{Path, PathBuf};

use super::room::is_meta;
use super::seen::{Destination, Seen};
use super::{Room, Waiting};
use crate::durable;
use crate::finding::Error;
use crate::home::{self, shown};
use crate::intake::answer::Answer;
use crate::intake::arrival::Arrival;
use crate::intake::assessment::Assessment;
use crate::intake::basis::{Basis, returns_folder};
use crate::intake::filing::{Came, Place, file_with, folders, name_of};
use crate::intake::options::Add;
use crate::intake::placing::destination;
use crate::manifest::safe_name;
use crate::provenance::hash_of;

/// The name of what is to be done.
const FILING: &str = "filing.json";

impl Room {
    /// What is to be done to file a file as an answer says.
    ///
    /// # Errors
    /// Release or return cannot be told.
    pub(super) fn planned(
        &self,
        waiting: &Waiting,
        arrival: &Arrival,
        answer: &Answer<'_>,
        basis: &Basis,
    ) -> Result<Filing, Error> {
        let choices = &waiting.choices;
        let kept: Vec<&Assessment<'_>> =
            answer.kin.iter().filter(|assessed| !choices.of(&assessed.candidate.pipeline.name).left).collect();
        let (place, pipelines) = match &answer.new_pipeline {
            Some(new_pipeline) if kept.is_empty() => {
                let release = new_pipeline
                    .plan
                    .block
                    .get("from")
                    .map_or_else(String::new, |from| from.as_str().map_or_else(|| from.to_string(), str::to_owned));
                let place = Place {
                    return_name: new_pipeline.plan.return_name.clone(),
                    release,
                    name: safe_name(&arrival.name),
                    why: "a table of its own; told by its last period".to_owned(),
                };
                (place, vec![(new_pipeline.name.clone(), new_pipeline.text.clone())])
            }
            _ => {
                let place = destination(arrival, &kept, basis)?;
                let written = kept.iter().filter(|assessed| assessed.proposal.is_some());
                let written =
                    written.map(|assessed| (assessed.candidate.pipeline.name.clone(), assessed.pipeline.clone()));
                (place, written.collect())
            }
        };
        let Place { return_name, release, name, why } = place;
        Ok(Filing { return_name, release, name, why, pipelines, aliases: super::look::aliases(choices) })
    }

    /// Says where a file would go, and what is open about that.
    pub(super) fn destined(
        &self,
        waiting: &Waiting,
        arrival: &Arrival,
        answer: &Answer<'_>,
        basis: &Basis,
        seen: &mut Seen,
    ) -> Result<(), Error> {
        let filing = match self.planned(waiting, arrival, answer, basis) {
            Ok(filing) => filing,
            Err(Error::Usage { message, .. }) => {
                seen.open.push((message, "say above which return and release it is".to_owned()));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let place = filing.place();
        let mut why = place.why.lines();
        let told = why.next().unwrap_or_default().to_owned();
        seen.notes.extend(why.map(|line| line.trim().trim_start_matches("WARNING: ").to_owned()));
        let returns = returns_folder(self.returns.as_deref());
        let target = returns.join(place.path());
        if target.is_file() && !waiting.choices.replace {
            let differs = hash_of(&target).ok() != hash_of(&waiting.path).ok();
            if differs {
                let message = format!("`{}` is there already, and it is another file", shown(&target));
                seen.open.push((message, "say below that it takes its place, or choose another release".to_owned()));
            } else {
                seen.notes.push(format!("the same file is filed already as {}", place.path()));
            }
        }
        let folder = self.pipelines_folder();
        seen.place = Some(Destination {
            return_name: place.return_name.clone(),
            release: place.release.clone(),
            why: told,
            path: shown(&target),
            pipelines: filing.pipelines.iter().map(|(name, _)| shown(&folder.join(format!("{name}.toml")))).collect(),
            manifest: shown(&crate::manifest::path_for(&returns)),
            aliases: (!filing.aliases.is_empty()).then(|| shown(&aliases_path())),
        });
        seen.filing = Some(filing);
        Ok(())
    }

    /// The folder that pipelines are written to.
    fn pipelines_folder(&self) -> PathBuf {
        let given = self.pipelines.clone().or_else(|| home::folder("pipelines"));
        given.unwrap_or_else(|| PathBuf::from("pipelines"))
    }

    /// Files a file; answers its path within the returns folder.
    ///
    /// # Errors
    /// Something is open about it, or it cannot be written.
    pub fn file(&self, waiting: &Waiting) -> Result<String, Error> {
        let filing = self.look(waiting)?.decided()?;
        let text =
            serde_json::to_string_pretty(&filing).map_err(|error| Error::reading(std::io::Error::other(error)))?;
        let note = self.at(waiting.number)?.join(FILING);
        durable::write(&note, &mut |out| out.write_all(text.as_bytes()))?;
        self.carry_out(waiting, &filing)
    }

    /// Finishes what was broken off while files were filed; answers what could not be finished.
    ///
    /// # Errors
    /// The returns folder has no folder above it.
    pub fn settle(&self) -> Result<Vec<Error>, Error> {
        let mut failed = Vec::new();
        for waiting in self.list()? {
            let note = self.at(waiting.number)?.join(FILING);
            let Ok(text) = std::fs::read_to_string(&note) else { continue };
            if let Ok(filing) = serde_json::from_str(&text) {
                failed.extend(self.carry_out(&waiting, &filing).err());
            }
        }
        Ok(failed)
    }

    fn carry_out(&self, waiting: &Waiting, filing: &Filing) -> Result<String, Error> {
        let folder = self.pipelines_folder();
        for (name, text) in &filing.pipelines {
            write_whole(&folder.join(format!("{name}.toml")), text)?;
        }
        if !filing.aliases.is_empty() {
            let path = aliases_path();
            let known = std::fs::read_to_string(&path).unwrap_or_else(|_| "alias,la_code\n".to_owned());
            let is_new = |line: &&str| !known.lines().any(|other| other == *line);
            let new: Vec<&str> = filing.aliases.lines().filter(is_new).collect();
            let end = if known.is_empty() || known.ends_with('\n') { "" } else { "\n" };
            if !new.is_empty() {
                write_whole(&path, &format!("{known}{end}{}\n", new.join("\n")))?;
            }
        }
        self.away(waiting, &filing.place())
    }

    /// Puts the file and what describes it in place, with their records, and ends the waiting: one step.
    fn away(&self, waiting: &Waiting, place: &Place) -> Result<String, Error> {
        let choices = &waiting.choices;
        let options = Add {
            files: Vec::new(),
            r#return: None,
            table: None,
            release: None,
            url: choices.url.clone(),
            published: choices.published.clone(),
            replace: choices.replace,
            plan: false,
            returns: home::FilingFolder { folder: self.returns.clone() },
            pipelines: home::PipelineFiles { folder: self.pipelines.clone() },
        };
        let read = |path: &Path| fs_err::read(path).map_err(Error::reading);
        let bytes = read(&waiting.path)?;
        let came = Came { bytes: &bytes, name: name_of(Path::new(&waiting.original.replace('\\', "/"))) };
        let meta = meta_of(&waiting.path);
        let described = meta.as_deref().map(read).transpose()?;
        let stem = place.name.strip_suffix(".csv").unwrap_or(&place.name).to_owned();
        let beside = Place { name: format!("{stem}.meta.csv"), why: "beside its file".to_owned(), ..place.clone() };
        let meta_came =
            described.as_deref().zip(meta.as_deref()).map(|(bytes, path)| Came { bytes, name: name_of(path) });
        let mut files = vec![(&came, place)];
        files.extend(meta_came.as_ref().map(|came| (came, &beside)));
        let returns = returns_folder(self.returns.as_deref());
        let folder = folders(&returns)?.0.join("waiting").join(waiting.number.to_string());
        file_with(&files, &options, &returns, false, &|batch| {
            let inside = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            let within = std::fs::read_dir(folder.join("file")).into_iter().flatten().flatten();
            inside
                .chain(within)
                .map(|entry| entry.path())
                .filter(|path| path.is_file())
                .try_for_each(|path| batch.remove(&path))
        })?;
        // What is left are empty folders, which are no file that waits.
        let _ = std::fs::remove_dir_all(&folder);
        Ok(place.path())
    }
}

/// The `.meta.csv` beside a copy.
fn meta_of(path: &Path) -> Option<PathBuf> {
    let files = std::fs::read_dir(path.parent()?).into_iter().flatten().flatten().map(|entry| entry.path());
    files.into_iter().find(|path| is_meta(&name_of(path)))
}

/// The list of other names of authorities that is one's own.
fn aliases_path() -> PathBuf {
    home::folder("data/reference").unwrap_or_else(|| "data/reference".into()).join("aliases.csv")
}

/// Writes a text, unless the file says the same.
fn write_whole(path: &Path, text: &str) -> Result<(), Error> {
    if std::fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    match durable::write(path, &mut |out| out.write_all(text.as_bytes()))? {
        durable::Written::InPlace => Ok(()),
        durable::Written::Beside(beside) => {
            let message = format!(
                "`{}` cannot be replaced: it is open in another program; the new one is `{}`",
                shown(path),
                shown(&beside)
            );
            Err(Error::usage(message, "close it, and file again"))
        }
    }
}
