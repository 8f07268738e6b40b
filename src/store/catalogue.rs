//! What stands in an outputs folder: the published tables with what their footers say, and where a measure is.

use super::found::Found;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::compared::Compared;
use crate::area::{LaCode, Register};
use crate::durable::{self, Record};
use crate::finding::{Error, Finding, likely};
use crate::frame::Frame;
use crate::publish::{self, Only, Seal, TableMeta};
use crate::saved::{Lists, is_key};
use crate::schema::{Layout, OBSERVATIONS, column};

/// The table of comparisons.
pub const COMPARISONS_TABLE: &str = "comparisons";

/// The tables of an outputs folder.
pub struct Catalogue {
    out: PathBuf,
    tables: Vec<(String, TableMeta)>,
    /// By table what tells the file that was opened from one that takes its place.
    seals: BTreeMap<String, Seal>,
}

impl Catalogue {
    /// Reads the footers of the tables in `out`: those that its record of written files names, so that what somebody
    /// else puts beside them is no table; without a record those that say that they are abreast's.
    ///
    /// # Errors
    /// There are no tables, or one is damaged or gone.
    pub fn open(out: &Path) -> Result<Catalogue, Error> {
        durable::settle(out);
        let record = Record::read(out);
        let names: Vec<String> = record.below("tables/").filter_map(name_of).collect();
        if names.is_empty() {
            let ours = |name: &String| publish::footer(&path_of(out, name)).is_some();
            return Catalogue::of(out, beside(&out.join("tables")).into_iter().filter(ours));
        }
        Catalogue::of(out, names)
    }

    /// Reads the footers of the tables called so in `out`.
    ///
    /// # Errors
    /// There are none, or one is damaged or gone.
    pub fn of(out: &Path, names: impl IntoIterator<Item = String>) -> Result<Catalogue, Error> {
        let mut tables: Vec<(String, TableMeta)> = Vec::new();
        let mut seals = BTreeMap::new();
        for name in names.into_iter().filter(|name| name != COMPARISONS_TABLE) {
            let path = path_of(out, &name);
            let (meta, seal) = publish::sealed_footer(&path)?.ok_or_else(|| missing(path))?;
            seals.insert(name.clone(), seal);
            tables.push((name, meta));
        }
        if let Ok(Some((_, seal))) = publish::sealed_footer(&path_of(out, COMPARISONS_TABLE)) {
            seals.insert(COMPARISONS_TABLE.to_owned(), seal);
        }
        if tables.is_empty() {
            return Err(missing(out.join("tables")));
        }
        tables.sort_by(|one, other| one.0.cmp(&other.0));
        let mut catalogue = Catalogue { out: out.to_owned(), tables, seals };
        let newest = catalogue.newest();
        catalogue.tables.iter_mut().for_each(|(_, meta)| meta.newest_of_all = newest);
        Ok(catalogue)
    }

    /// The same, where tables and comparisons are of one build.
    ///
    /// # Errors
    /// There are no tables, or a table is of another build than its comparisons: a run was broken off between the two.
    pub fn open_whole(out: &Path) -> Result<Catalogue, Error> {
        let catalogue = Catalogue::open(out)?;
        let compared = publish::sound_footer(&path_of(out, COMPARISONS_TABLE))?.unwrap_or_default().parts;
        let apart = compared.iter().find(|(table, fingerprint, _)| {
            catalogue.table(table).is_some_and(|meta| meta.fingerprint != *fingerprint)
        });
        match apart {
            Some((table, ..)) => Err(Error::usage(
                format!("in `{}` the table `{table}` and its comparisons are of two builds", crate::home::shown(out)),
                "a run is still writing there, or was broken off: let it end, or run `abreast run` again, which makes what is missing",
            )),
            None => Ok(catalogue),
        }
    }

    /// The tables with their footers.
    pub fn tables(&self) -> &[(String, TableMeta)] {
        &self.tables
    }

    /// The footer of a table.
    pub fn table(&self, name: &str) -> Option<&TableMeta> {
        self.tables.iter().find(|(table, _)| table == name).map(|(_, meta)| meta)
    }

    /// The last day of the newest published period of the build that is over; none where no table says. What a council returns
    /// itself is not published.
    pub fn newest(&self) -> Option<NaiveDate> {
        let published = self.tables.iter().filter(|(_, meta)| !meta.own && !meta.measures.is_empty());
        published.filter_map(|(_, meta)| meta.newest.parse().ok()).max()
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
        // A council's own figures beside published ones of the same name are asked for by their table.
        if found.iter().any(|found| !found.meta.own) {
            found.retain(|found| !found.meta.own || table.is_some());
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

    /// Finds measures by a list of names with commas between them, `*` standing for anything.
    ///
    /// # Errors
    /// A name that is no measure, as [`Catalogue::measure`] says it, or a glob that fits none.
    pub fn measures(&self, wanted: &str) -> Result<Vec<Found<'_>>, Error> {
        let mut found: Vec<Found<'_>> = Vec::new();
        for name in wanted.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let fitting = match name {
                saved if is_key(saved) => self.saved(saved)?,
                glob if glob.contains('*') => self.fitting(glob)?,
                one => vec![self.measure(one)?],
            };
            for one in fitting {
                if !found.iter().any(|known| (known.table, known.name) == (one.table, one.name)) {
                    found.push(one);
                }
            }
        }
        if found.is_empty() {
            self.measure(wanted)?;
        }
        Ok(found)
    }

    /// The measures of a saved list.
    fn saved(&self, word: &str) -> Result<Vec<Found<'_>>, Error> {
        let lists = Lists::read(&crate::home::saved_lists())?;
        let Some(list) = lists.get(word).filter(|list| !list.measures.is_empty()) else {
            let known = lists.all.iter().filter(|list| !list.measures.is_empty());
            let known: Vec<String> = known.map(|list| format!("`{}`", list.key())).collect();
            let message = format!("there is no saved list of measures `{word}`");
            return Err(Error::usage(
                message,
                format!("there are {}", if known.is_empty() { "none".to_owned() } else { known.join(", ") }),
            ));
        };
        list.measures.iter().map(|name| self.measure(name)).collect()
    }

    /// The measures that a glob over `table/measure`, or over the measure alone, fits.
    fn fitting(&self, text: &str) -> Result<Vec<Found<'_>>, Error> {
        let glob = globset::Glob::new(text).map_err(|error| {
            Error::usage(
                format!("`{text}` is no glob: {error}"),
                "`*` stands for anything; put other signs in brackets",
            )
        })?;
        let matcher = glob.compile_matcher();
        let whole = text.contains('/');
        let mut found = Vec::new();
        for (table, meta) in &self.tables {
            let all = meta.measures.iter().map(|(name, measure)| Found { table, meta, name, measure });
            found.extend(all.filter(|one| {
                if whole { matcher.is_match(format!("{table}/{}", one.name)) } else { matcher.is_match(one.name) }
            }));
        }
        if found.is_empty() {
            let help = "`abreast list measures` prints all of them; write `table/*` for all of a table";
            return Err(Error::usage(format!("no measure fits `{text}`"), help));
        }
        Ok(found)
    }

    /// Some columns of a table, in the rows whose columns named have one of the words.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn pick(&self, table: &str, layout: Layout, wanted: &[Only<'_>]) -> Result<Frame, Error> {
        self.pick_any(table, layout, &[wanted])
    }

    /// The same in the rows that fit any list of `wanted`, of the very files that were opened.
    fn pick_any(&self, table: &str, layout: Layout, wanted: &[&[Only<'_>]]) -> Result<Frame, Error> {
        let path = path_of(&self.out, table);
        match self.seals.get(table) {
            Some(seal) => publish::sealed_rows(&path, seal, layout, wanted),
            None => publish::rows_of_any(&path, layout, wanted),
        }
    }

    /// The register with the neighbour sets that the published tables feed, which is what comparisons used.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn with_neighbours(&self, register: &Register) -> Result<Register, Error> {
        let mut register = register.clone();
        let mut links = Vec::new();
        for (table, _) in self.tables.iter().filter(|(_, meta)| meta.neighbours) {
            let frame = self.pick(table, OBSERVATIONS, &[])?;
            links.extend(self::links(&frame).map_err(|finding| Error::usage(finding.message, finding.help))?);
        }
        if !links.is_empty() {
            register.neighbours_mut().replace(links);
        }
        Ok(register)
    }

    /// The observations of one measure.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn observations(&self, found: &Found<'_>) -> Result<Frame, Error> {
        self.pick(found.table, OBSERVATIONS, &[Only::of(column::Measure, &[found.name.to_owned()])])
    }

    /// The observations of one measure about some topics.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn observations_about(&self, found: &Found<'_>, topics: &[String]) -> Result<Frame, Error> {
        let name = [found.name.to_owned()];
        let only = [Only::of(column::Measure, &name), Only::of(column::BreakdownTopic, topics)];
        self.pick(found.table, OBSERVATIONS, &only)
    }

    /// The comparisons of measures, as `Compared` reads them: about `topics`, or about all where none is named.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn comparisons(&self, found: &[Found<'_>], topics: &[String]) -> Result<Frame, Error> {
        let topics: BTreeSet<String> = topics.iter().cloned().collect();
        self.comparisons_about(&found.iter().map(|found| (*found, topics.clone())).collect::<Vec<_>>())
    }

    /// The comparisons of measures, each once and about topics of its own, or about all where it has none.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn comparisons_about(&self, asked: &[(Found<'_>, BTreeSet<String>)]) -> Result<Frame, Error> {
        let mut alike: BTreeMap<(&str, &BTreeSet<String>), Vec<String>> = BTreeMap::new();
        for (found, topics) in asked {
            alike.entry((found.table, topics)).or_default().push(found.name.to_owned());
        }
        let words: Vec<[Vec<String>; 3]> = alike
            .into_iter()
            .map(|((table, topics), names)| [vec![table.to_owned()], names, topics.iter().cloned().collect()])
            .collect();
        let only = words.iter().map(|[table, names, topics]| {
            let about = (!topics.is_empty()).then(|| Only::of(column::BreakdownTopic, topics));
            [Only::of(column::Table, table), Only::of(column::Measure, names)].into_iter().chain(about).collect()
        });
        let only: Vec<Vec<Only<'_>>> = only.collect();
        let only: Vec<&[Only<'_>]> = only.iter().map(Vec::as_slice).collect();
        self.pick_any(COMPARISONS_TABLE, Compared::LAYOUT, &only)
    }
}

fn missing(path: PathBuf) -> Error {
    Error::Missing {
        what: "published table",
        path,
        help: "make the tables with `abreast run`, or name their folder with `--out DIR`".to_owned(),
    }
}

/// The table that a path below the outputs folder is.
fn name_of(path: &str) -> Option<String> {
    path.strip_prefix("tables/")?.strip_suffix(".parquet").filter(|name| !name.contains('/')).map(str::to_owned)
}

/// The names of the Parquet files in a folder, in order.
fn beside(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".parquet").map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// The path of a table in the outputs.
pub fn path_of(out: &Path, table: &str) -> PathBuf {
    out.join("tables").join(format!("{table}.parquet"))
}

/// The neighbour sets in a table that feeds them.
pub fn links(frame: &Frame) -> Result<Vec<(u16, LaCode, u8, LaCode)>, Finding> {
    let (release, la, breakdown) =
        (frame.get(column::Release)?, frame.get(column::LaCode)?, frame.get(column::Breakdown)?);
    let values = frame.get(column::Value)?;
    let link = |row: usize| {
        let year = release.word(row).get(..4)?.parse().ok()?;
        let neighbour = values[row].is_finite().then(|| LaCode(values[row] as u16))?;
        Some((year, la.word(row).parse().ok()?, breakdown.word(row).parse().ok()?, neighbour))
    };
    Ok((0..frame.height()).filter_map(link).collect())
}
