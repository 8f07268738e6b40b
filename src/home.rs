//! Where Abreast's own files are: the working folder, else beside the program, else what was built in.

use std::path::{Path, PathBuf};

use crate::area::Register;
use crate::finding::{Error, likely};
use crate::pipeline::Declared;

mod built_in {
    include!(concat!(env!("OUT_DIR"), "/built_in.rs"));
}

/// The folders to look in, first the working folder, then the program's own.
fn roots() -> Vec<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned));
    std::iter::once(PathBuf::from(".")).chain(beside).collect()
}

/// The first of the folders that holds `name`.
pub fn folder(name: &str) -> Option<PathBuf> {
    roots()
        .into_iter()
        .map(|root| if root == Path::new(".") { PathBuf::from(name) } else { root.join(name) })
        .find(|path| path.is_dir())
}

/// The register of authorities, and one text of all that it was read from.
///
/// # Errors
/// A line of a reference file that does not fit.
pub fn register() -> Result<(Register, String), Error> {
    let own = folder("data/reference");
    let all = std::cell::RefCell::new(String::new());
    let file = |name: &str| {
        let text = match own.as_ref().map(|folder| folder.join(name)).filter(|path| path.is_file()) {
            Some(path) => fs_err::read_to_string(path).map_err(Error::reading)?,
            None => built_in_file(&format!("data/reference/{name}"))?,
        };
        all.borrow_mut().push_str(&text);
        Ok(text)
    };
    let mut register = Register::read(&file)?;
    let mut all = all.into_inner();
    for (path, text) in lists()? {
        register.add_list(&shown(&path), &stem(&path), &text)?;
        all.push_str(&text);
    }
    Ok((register, all))
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

/// The declared files of `what` ("pipelines" or "pipelines/reports"), in order of their names.
///
/// # Errors
/// `given` is no folder or holds no TOML file.
pub fn declared(what: &str, given: Option<&Path>) -> Result<Vec<Declared>, Error> {
    let Some(folder) = given.map(Path::to_owned).or_else(|| folder(what)) else {
        let inside = built_in::FILES.iter().filter(|(path, _)| {
            path.strip_prefix(what)
                .is_some_and(|rest| rest.starts_with('/') && rest.ends_with(".toml") && rest.matches('/').count() == 1)
        });
        return Ok(inside
            .map(|(path, text)| Declared {
                path: (*path).to_owned(),
                name: stem(Path::new(path)),
                text: (*text).to_owned(),
            })
            .collect());
    };
    let missing = |what, help: &str| Error::Missing { what, path: folder.clone(), help: help.to_owned() };
    if !folder.is_dir() {
        return Err(missing(
            "pipelines folder",
            "name an existing folder with `--pipelines DIR`, or leave the option out",
        ));
    }
    let mut paths: Vec<PathBuf> = fs_err::read_dir(&folder)
        .map_err(Error::reading)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    if paths.is_empty() && given.is_some() {
        return Err(missing("pipeline", "it holds no .toml file: a pipeline is one TOML file, see docs/pipelines.md"));
    }
    paths
        .into_iter()
        .map(|path| {
            let text = fs_err::read_to_string(&path).map_err(Error::reading)?;
            Ok(Declared { path: shown(&path), name: stem(&path), text })
        })
        .collect()
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
