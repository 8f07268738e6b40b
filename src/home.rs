//! Where Abreast's own files are: what was built in, with the folders beside the program and in the working folder laid
//! over it. A file of one's own is added to the others; one of the same name takes its place.

mod options;
mod over;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::area::Register;
use crate::declaration::Declared;
use crate::finding::{Error, likely};
use crate::saved::Lists;
pub use options::{FilingFolder, IfLocked, PipelineFiles, PublishedTables, PublishersFiles};
use over::laid_over;

mod built_in {
    include!(concat!(env!("OUT_DIR"), "/built_in.rs"));
}

/// The folders to look in, first the working folder, then the program's own.
fn roots() -> Vec<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned));
    std::iter::once(PathBuf::from(".")).chain(beside).collect()
}

/// The folders called `name` that there are, first that of the working folder.
fn folders(name: &str) -> impl Iterator<Item = PathBuf> {
    let inside = move |root: PathBuf| if root == Path::new(".") { PathBuf::from(name) } else { root.join(name) };
    roots().into_iter().map(inside).filter(|path| path.is_dir())
}

/// The first of the folders that holds `name`.
pub fn folder(name: &str) -> Option<PathBuf> {
    folders(name).next()
}

/// The register of authorities, and one text of all that it was read from.
///
/// # Errors
/// A line of a reference file that does not fit.
pub fn register() -> Result<(Register, String), Error> {
    register_with("")
}

/// The same with more names of authorities, as `aliases.csv` has them.
///
/// # Errors
/// As [`register`].
pub fn register_with(aliases: &str) -> Result<(Register, String), Error> {
    let all = std::cell::RefCell::new(String::new());
    let file = |name: &str| {
        let mut text = reference(name)?;
        if name == "aliases.csv" && !aliases.is_empty() {
            text = format!("{}\n{aliases}", text.trim_end());
        }
        all.borrow_mut().push_str(&text);
        Ok(text)
    };
    let mut register = Register::read(&file)?;
    let mut all = all.into_inner();
    for (path, text) in lists()? {
        register.add_list(&shown(&path), &stem(&path), &text)?;
        all.push_str(&text);
    }
    // No published table depends on a saved list: it is no part of what tables are made from.
    let path = saved_lists();
    for list in Lists::read(&path)?.all.iter().filter(|list| !list.places.is_empty()) {
        register.add_saved(&shown(&path), list.key(), &list.name, &list.places)?;
    }
    Ok((register, all))
}

/// Where saved lists are kept: the file that is there, in the working folder or beside the program, else that of the working
/// folder.
pub fn saved_lists() -> PathBuf {
    let name = "data/lists.toml";
    let known =
        roots().into_iter().map(|root| if root == Path::new(".") { PathBuf::from(name) } else { root.join(name) });
    known.into_iter().find(|path| path.is_file()).unwrap_or_else(|| PathBuf::from(name))
}

/// The text of a file of `data/reference`: what was built in, with the files of that name beside the program and in the
/// working folder laid over it.
///
/// # Errors
/// A file cannot be read.
pub fn reference(name: &str) -> Result<String, Error> {
    let mut text = built_in_file(&format!("data/reference/{name}"))?;
    let own: Vec<PathBuf> = folders("data/reference").collect();
    for path in own.iter().rev().map(|folder| folder.join(name)).filter(|path| path.is_file()) {
        text = laid_over(&fs_err::read_to_string(&path).map_err(Error::reading)?, &text);
    }
    Ok(text)
}

/// The council's own lists of authorities to compare with: the CSV files of `data/reference/lists`, in order.
fn lists() -> Result<Vec<(PathBuf, String)>, Error> {
    let Some(folder) = folder("data/reference/lists") else { return Ok(Vec::new()) };
    let entries = fs_err::read_dir(&folder).map_err(Error::reading)?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")));
    paths.sort();
    paths
        .into_iter()
        .map(|path| fs_err::read_to_string(&path).map(|text| (path, text)).map_err(Error::reading))
        .collect()
}

fn built_in_file(path: &str) -> Result<String, Error> {
    built_in::FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| (*text).to_owned()).ok_or_else(|| {
        Error::Missing {
            what: "reference file",
            path: PathBuf::from(path),
            help: "this program was built without it: get it again".to_owned(),
        }
    })
}

/// The declared files of `what` ("pipelines" or "pipelines/reports"), in order of their names: those built in with
/// one's own laid over them, or those of the folder `given` alone.
///
/// # Errors
/// `given` is no folder or holds no TOML file.
pub fn declared(what: &str, given: Option<&Path>) -> Result<Vec<Declared>, Error> {
    if let Some(folder) = given {
        return alone(folder);
    }
    let mut all: BTreeMap<String, Declared> = BTreeMap::new();
    for (path, text) in built_in::FILES.iter().filter(|(path, _)| Path::new(path).parent() == Some(Path::new(what))) {
        let name = stem(Path::new(path));
        all.insert(
            name.clone(),
            Declared { path: (*path).to_owned(), name, text: (*text).to_owned(), ..Declared::default() },
        );
    }
    let own: Vec<PathBuf> = folders(what).collect();
    for folder in own.iter().rev() {
        all.extend(inside_of(folder)?.into_iter().map(|file| (file.name.clone(), file)));
    }
    Ok(all.into_values().collect())
}

/// The same files, each with the files of tables that it may name.
///
/// # Errors
/// As of [`declared`].
pub fn pipelines(given: Option<&Path>) -> Result<Vec<Declared>, Error> {
    let tables = match given.map(|folder| folder.join("tables")) {
        Some(folder) if folder.is_dir() => inside_of(&folder)?,
        Some(_) => Vec::new(),
        None => declared("pipelines/tables", None)?,
    };
    let beside: Arc<[Declared]> = tables.into();
    let files = declared("pipelines", given)?;
    let others: Arc<[Declared]> = files.clone().into();
    let whole = |file| Declared { beside: beside.clone(), others: others.clone(), ..file };
    Ok(files.into_iter().map(whole).collect())
}

/// The declared files of one folder.
fn alone(folder: &Path) -> Result<Vec<Declared>, Error> {
    let missing = |what, help: &str| Error::Missing { what, path: folder.to_owned(), help: help.to_owned() };
    if !folder.is_dir() {
        let help = "name an existing folder with `--pipelines DIR`, or leave the option out";
        return Err(missing("pipelines folder", help));
    }
    let found = inside_of(folder)?;
    if found.is_empty() {
        return Err(missing("pipeline", "it holds no .toml file: a pipeline is one TOML file, see docs/pipelines.md"));
    }
    Ok(found)
}

/// The TOML files in a folder, in order of their names.
fn inside_of(folder: &Path) -> Result<Vec<Declared>, Error> {
    let entries = fs_err::read_dir(folder).map_err(Error::reading)?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs_err::read_to_string(&path).map_err(Error::reading)?;
        Ok(Declared { path: shown(&path), name: stem(&path), text, ..Declared::default() })
    };
    paths.into_iter().map(read).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// A path with forward slashes and without a leading `./`, for messages.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// The file that marks figures as simulated.
pub const ILLUSTRATIVE: &str = "ILLUSTRATIVE.txt";

/// Which returns to run on, and whether they are the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returns {
    /// The folder.
    pub folder: PathBuf,
    /// Whether the folder was chosen because `data/returns` holds no file.
    pub fallback: bool,
}

/// The folder given, else `data/returns` where it holds any file, else `data/sample`.
///
/// # Errors
/// No such folder.
pub fn returns(given: Option<&Path>) -> Result<Returns, Error> {
    if let Some(path) = given {
        if !path.is_dir() {
            let parent = path.parent().filter(|parent| parent.is_dir()).unwrap_or(Path::new("."));
            let names: Vec<String> = std::fs::read_dir(parent)
                .into_iter()
                .flatten()
                .flatten()
                .filter(|entry| entry.path().is_dir())
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .collect();
            let wanted = path.file_name().unwrap_or_default().to_string_lossy();
            let help = match likely(&wanted, names.iter().map(String::as_str)) {
                Some(name) => format!("did you mean `{}`?", shown(&parent.join(name))),
                None => "name an existing folder with `--returns DIR`; files stand in it as <return>/<release>/<file>"
                    .to_owned(),
            };
            return Err(Error::Missing { what: "returns folder", path: path.to_owned(), help });
        }
        return Ok(Returns { folder: path.to_owned(), fallback: false });
    }
    if let Some(own) = folder("data/returns").filter(|path| holds_a_file(path)) {
        return Ok(Returns { folder: own, fallback: false });
    }
    match folder("data/sample") {
        Some(sample) => Ok(Returns { folder: sample, fallback: true }),
        None => Err(Error::Missing {
            what: "returns folder",
            path: PathBuf::from("data/returns"),
            help: "put the publishers' files there as <return>/<release>/<file>, or name another folder with `--returns DIR`".to_owned(),
        }),
    }
}

impl Returns {
    /// Whether the figures of a return are simulated: a file `ILLUSTRATIVE.txt` stands in its folder or in that of all.
    pub fn illustrative(&self, return_name: &str) -> bool {
        [self.folder.clone(), self.folder.join(return_name)].iter().any(|folder| folder.join(ILLUSTRATIVE).is_file())
    }
}

/// Whether any return is filed in `folder`: a file in a folder of it, at any depth; hidden files do not count.
fn holds_a_file(folder: &Path) -> bool {
    inside(folder).filter(|path| path.is_dir()).any(|path| any_file(&path))
}

fn any_file(folder: &Path) -> bool {
    inside(folder).any(|path| if path.is_dir() { any_file(&path) } else { path.is_file() })
}

fn inside(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(move |path| !hidden(path))
}
