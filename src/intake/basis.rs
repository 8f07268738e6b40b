//! What a file is held against: the pipelines, the register of authorities and the releases that are filed.

use std::path::{Path, PathBuf};

use super::answer::Asked;
use super::filing::folders;
use super::shelf::Shelf;
use crate::area::Register;
use crate::durable;
use crate::finding::{Error, likely};
use crate::home;
use crate::pipeline::Pipeline;
use crate::refresh::dictionary;

/// What a file is held against.
pub(super) struct Basis {
    /// The pipelines that can be read; what is wrong with the others is for `check` to say.
    pub pipelines: Vec<Pipeline>,
    /// Who exists.
    pub register: Register,
    /// The returns folder, which need not be there yet.
    pub returns: PathBuf,
}

impl Basis {
    /// Reads the pipelines and the register.
    ///
    /// # Errors
    /// A folder that is not there, or a line of a reference file that does not fit.
    pub fn read(returns: Option<&Path>, pipelines: Option<&Path>) -> Result<Basis, Error> {
        Basis::with(returns, pipelines, "")
    }

    /// The same with more names of authorities, as `aliases.csv` has them.
    ///
    /// # Errors
    /// As [`Basis::read`].
    pub fn with(returns: Option<&Path>, pipelines: Option<&Path>, aliases: &str) -> Result<Basis, Error> {
        if let Ok((root, _)) = folders(&returns_folder(returns)) {
            durable::settle(&root);
        }
        let register = home::register_with(aliases)?.0;
        let declared = home::pipelines(pipelines)?;
        let returns = returns_folder(returns);
        let described = |mut pipeline: Pipeline| {
            dictionary::take_in(&mut pipeline, &returns);
            pipeline
        };
        let pipelines =
            declared.into_iter().filter_map(|file| crate::pipeline::read(file).ok()).map(described).collect();
        Ok(Basis { pipelines, register, returns })
    }

    /// The releases that are filed.
    pub fn shelf(&self) -> Shelf<'_> {
        Shelf::new(self.returns.clone(), &self.register)
    }

    /// The pipelines that are asked for: one table's, those of a return, or all.
    ///
    /// # Errors
    /// There is no such table.
    pub fn asked(&self, asked: &Asked) -> Result<Vec<&Pipeline>, Error> {
        let names = || self.pipelines.iter().map(|pipeline| pipeline.name.as_str());
        if let Some(table) = asked.table.as_ref().filter(|table| !names().any(|name| name == table.as_str())) {
            let help = match likely(table, names()) {
                Some(name) => format!("did you mean `{name}`? `abreast list tables` prints all of them"),
                None => "`abreast list tables` prints all of them".to_owned(),
            };
            return Err(Error::usage(format!("there is no table `{table}`"), help));
        }
        let is_asked = |pipeline: &&Pipeline| match (&asked.table, &asked.return_name) {
            (Some(table), _) => pipeline.name == *table,
            (None, Some(name)) => pipeline.return_name == *name,
            (None, None) => true,
        };
        Ok(self.pipelines.iter().filter(is_asked).collect())
    }
}

/// The returns folder: the one given, else `data/returns`.
pub(super) fn returns_folder(given: Option<&Path>) -> PathBuf {
    given.map(Path::to_owned).or_else(|| home::folder("data/returns")).unwrap_or_else(|| "data/returns".into())
}
