//! What filing a file that waits would change, worked out once and kept beside it until something else is chosen.

use std::io::Read;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::decision::Filing;
use super::seen::Seen;
use super::{Room, Waiting};
use crate::diff::{Kind, Report};
use crate::finding::{Error, Finding};
use crate::intake::basis::returns_folder;
use crate::intake::effect::{Foreseen, Wanted, effect};
use crate::manifest;
use crate::progress::Progress;
use crate::provenance::{hash, hash_of};

/// The names of what was worked out.
const EFFECT: &str = "effect.json";
const CHANGES: &str = "changes.csv";

/// What filing would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foresaw {
    /// What it was worked out from.
    key: String,
    /// The tables that would differ.
    pub tables: Vec<TableChange>,
    /// How many would not.
    pub unchanged: usize,
    /// Tables that would be new, with their figures.
    pub new: Vec<(String, usize)>,
    /// Errors that the file brings: what, where and what to do.
    pub errors: Vec<[String; 3]>,
    /// Warnings that the file brings.
    pub warnings: Vec<[String; 3]>,
    /// Whether no table reads the file.
    pub is_unread: bool,
}

/// What would change in a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChange {
    /// Its name.
    pub table: String,
    /// Its heading.
    pub title: String,
    /// Figures that are new, revised, and withdrawn or gone.
    pub counts: [usize; 3],
    /// Ranks that move, by the own figure, and because others were revised.
    pub ranks: [usize; 3],
    /// What changes most, as `diff` says it, a line each.
    pub lines: Vec<String>,
}

impl Room {
    /// Works out what filing a file would change, and keeps it.
    ///
    /// # Errors
    /// Something is open about it, it was stopped, or there is no room.
    pub fn foresee(&self, waiting: &Waiting, progress: &Progress) -> Result<(), Error> {
        progress.begin("reading the file");
        let filing = self.look(waiting)?.decided()?;
        let basis = self.basis(&crate::intake::choices::Choices::default())?;
        let put = [(waiting.path.clone(), filing.place())];
        let wanted = Wanted {
            put: &put,
            pipelines: self.pipelines.as_deref(),
            written: &filing.pipelines,
            aliases: &filing.aliases,
            whole: true,
            progress: progress.clone(),
        };
        let foreseen = effect(&wanted, &basis)?;
        let folder = self.at(waiting.number)?;
        let mut text = String::new();
        let mut foresaw = Foresaw { is_unread: foreseen.is_none(), ..Foresaw::default() };
        if let Some(mut foreseen) = foreseen {
            if let Some(lines) = &mut foreseen.lines {
                lines.read_to_string(&mut text).map_err(Error::reading)?;
            }
            foresaw = told(&foreseen);
        }
        foresaw.key = self.key(waiting, &filing)?;
        let json = serde_json::to_string(&foresaw).map_err(|error| Error::reading(std::io::Error::other(error)))?;
        crate::durable::write(&folder.join(CHANGES), &mut |out| out.write_all(text.as_bytes()))?;
        crate::durable::write(&folder.join(EFFECT), &mut |out| out.write_all(json.as_bytes())).map(|_| ())
    }

    /// What was worked out, if nothing that it was worked out from has changed.
    ///
    /// # Errors
    /// The returns folder has no folder above it.
    pub fn foresaw(&self, waiting: &Waiting, seen: &Seen) -> Result<Option<Foresaw>, Error> {
        let Ok(text) = std::fs::read_to_string(self.at(waiting.number)?.join(EFFECT)) else { return Ok(None) };
        let Ok(foresaw) = serde_json::from_str::<Foresaw>(&text) else { return Ok(None) };
        let Ok(filing) = seen.decided() else { return Ok(None) };
        Ok((foresaw.key == self.key(waiting, &filing)?).then_some(foresaw))
    }

    /// The file with every change as a line.
    ///
    /// # Errors
    /// The returns folder has no folder above it.
    pub fn changes(&self, waiting: &Waiting) -> Result<PathBuf, Error> {
        Ok(self.at(waiting.number)?.join(CHANGES))
    }

    /// A text of all that the effect of filing depends on, but for what was said of the file's origin.
    fn key(&self, waiting: &Waiting, filing: &Filing) -> Result<String, Error> {
        let known = std::fs::read_to_string(manifest::path_for(&returns_folder(self.returns.as_deref())));
        let filing = serde_json::to_string(filing).map_err(|error| Error::reading(std::io::Error::other(error)))?;
        let file = hash_of(&waiting.path).map_err(Error::reading)?;
        Ok(hash(format!("{file}{filing}{}", known.unwrap_or_default()).as_bytes()))
    }
}

fn told(foreseen: &Foreseen) -> Foresaw {
    let finding = |one: &Finding| [one.message.clone(), one.place.to_string(), one.help.clone()];
    Foresaw {
        key: String::new(),
        tables: foreseen.reports.iter().map(table).collect(),
        unchanged: foreseen.unchanged,
        new: foreseen.new.clone(),
        errors: foreseen.errors.iter().map(finding).collect(),
        warnings: foreseen.warnings.iter().map(finding).collect(),
        is_unread: false,
    }
}

fn table(report: &Report) -> TableChange {
    let of = |kind: Kind| report.changed.counts.get(&kind).copied().unwrap_or_default();
    let others = of(Kind::Reinstated) + of(Kind::Recoded);
    let text = report.text();
    TableChange {
        table: report.table.clone(),
        title: report.title.clone(),
        counts: [of(Kind::New), of(Kind::Revised) + others, of(Kind::Withdrawn) + of(Kind::Gone)],
        ranks: [report.changed.moved[0], report.changed.causes[0], report.changed.causes[1]],
        lines: text.lines().skip(1).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect(),
    }
}
