//! What stands in an outputs folder: the published tables with what their footers say, and where a measure is.

use std::path::{Path, PathBuf};

use crate::area::Register;
use crate::finding::{Error, likely};
use crate::observations::Frame;
use crate::pipeline::Unit;
use crate::publish::{self, Layout, MeasureMeta, TableMeta};

use super::table::{neighbours, path_of};

/// The tables of an outputs folder.
pub struct Catalogue {
    out: PathBuf,
    tables: Vec<(String, TableMeta)>,
}

/// Where a measure is.
pub struct Found<'a> {
    /// Its table.
    pub table: &'a str,
    /// The table's footer.
    pub meta: &'a TableMeta,
    /// Its name.
    pub name: &'a str,
    /// What it is.
    pub measure: &'a MeasureMeta,
}

impl Catalogue {
    /// Reads the footers of the tables in `out`.
    ///
    /// # Errors
    /// There are no tables.
    pub fn open(out: &Path) -> Result<Catalogue, Error> {
        let folder = out.join("tables");
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "parquet"));
        paths.sort();
        let named =
            paths.iter().map(|path| (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), path));
        let tables: Vec<(String, TableMeta)> = named
            .filter(|(name, _)| name != "comparisons")
            .filter_map(|(name, path)| publish::footer(path).map(|meta| (name, meta)))
            .collect();
        if tables.is_empty() {
            return Err(Error::Missing {
                what: "published table",
                path: folder,
                help: "make the tables with `abreast run`, or name their folder with `--out DIR`".to_owned(),
            });
        }
        Ok(Catalogue { out: out.to_owned(), tables })
    }

    /// The tables with their footers.
    pub fn tables(&self) -> &[(String, TableMeta)] {
        &self.tables
    }

    /// The footer of a table.
    pub fn table(&self, name: &str) -> Option<&TableMeta> {
        self.tables.iter().find(|(table, _)| table == name).map(|(_, meta)| meta)
    }

    /// Finds a measure by name, or as `table/measure`.
    ///
    /// # Errors
    /// No such measure (with the likely one), or several tables that have it.
    pub fn measure(&self, wanted: &str) -> Result<Found<'_>, Error> {
        let (table, name) = wanted.split_once('/').map_or((None, wanted), |(table, name)| (Some(table), name));
        let mut found: Vec<Found<'_>> = Vec::new();
        for (title, meta) in &self.tables {
            if table.is_none_or(|table| table == title)
                && let Some((name, measure)) = meta.measures.get_key_value(name)
            {
                found.push(Found { table: title, meta, name, measure });
            }
        }
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => {
                let all = self.tables.iter().flat_map(|(_, meta)| meta.measures.keys()).map(String::as_str);
                let help = match likely(name, all) {
                    Some(likely) => format!("did you mean `{likely}`? `abreast list measures` prints all of them"),
                    None => "`abreast list measures` prints all of them".to_owned(),
                };
                Err(Error::usage(format!("no published table has the measure `{wanted}`"), help))
            }
            _ => {
                let names: Vec<String> =
                    found.iter().map(|found| format!("`{}/{}`", found.table, found.name)).collect();
                Err(Error::usage(
                    format!("several tables have the measure `{wanted}`"),
                    format!("say which: {}", names.join(" or ")),
                ))
            }
        }
    }

    /// Puts the neighbour sets of the published tables into `register`: a run may have read newer ones than are built in.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn add_neighbours(&self, register: &mut Register) -> Result<(), Error> {
        let Ok(found) = self.measure("neighbour") else { return Ok(()) };
        if found.measure.unit != Unit::Code.word() {
            return Ok(());
        }
        let frame = self.observations(&found)?;
        let links = neighbours(&frame).map_err(|finding| Error::usage(finding.message, finding.help))?;
        if !links.is_empty() {
            register.neighbours_mut().replace(links);
        }
        Ok(())
    }

    /// The observations of one measure.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn observations(&self, found: &Found<'_>) -> Result<Frame, Error> {
        publish::table(&path_of(&self.out, found.table), Layout::OBSERVATIONS, "measure", &[found.name.to_owned()])
    }

    /// The comparisons of measures, by name, of all tables that have them.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn comparisons(&self, measures: &[String]) -> Result<Frame, Error> {
        publish::table(&path_of(&self.out, "comparisons"), Layout::COMPARISONS, "measure", measures)
    }
}
