//! What there is to do: the pipelines, the releases of each and the file of each release.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;

use crate::finding::{Error, Finding, Place, likely};
use crate::home::{self, ILLUSTRATIVE, Returns};
use crate::pipeline::{Pipeline, Release, ReleaseBlock, read};

use super::options::Sources;

/// The file of one release.
#[derive(Clone, Debug)]
pub struct Source {
    /// The release.
    pub release: Release,
    /// The file.
    pub path: PathBuf,
    /// Its path within the returns folder, with forward slashes.
    pub shown: String,
}

/// One table to make.
#[derive(Debug)]
pub struct Job {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// The files, oldest release first.
    pub sources: Vec<Source>,
    /// Bytes in all of them.
    pub bytes: u64,
    /// The files that were filed for it and are gone: without them the table would lose figures in silence.
    pub lost: Vec<Finding>,
}

impl Job {
    /// The block that holds for `source`.
    pub fn block(&self, source: &Source) -> Option<&ReleaseBlock> {
        self.pipeline.block(&source.release)
    }
}

/// Everything to do, and what is wrong with the declarations.
#[derive(Debug)]
pub struct Plan {
    /// The returns.
    pub returns: Returns,
    /// Tables with at least one file.
    pub jobs: Vec<Job>,
    /// Tables without any release in the returns folder.
    pub without: Vec<String>,
    /// The pipelines of those.
    pub idle: Vec<Pipeline>,
    /// Tables that keep what is published, for all that was filed for them is gone.
    pub held: Vec<String>,
    /// Pipelines that could not be read, and releases without their file.
    pub findings: Vec<Finding>,
    /// Every table declared, asked for or not.
    pub tables: Vec<String>,
}

/// Reads the pipelines asked for and looks up their files.
///
/// # Errors
/// A folder that is not there, or a table name that no pipeline has.
pub fn plan(sources: &Sources) -> Result<Plan, Error> {
    let returns = home::returns(sources.returns.as_deref())?;
    let declared = home::declared("pipelines", sources.pipelines.as_deref())?;
    let tables: Vec<String> = declared.iter().map(|file| file.name.clone()).collect();
    for wanted in &sources.tables {
        if !tables.contains(wanted) {
            let help = match likely(wanted, tables.iter().map(String::as_str)) {
                Some(name) => format!("did you mean `{name}`? `abreast list tables` prints all of them"),
                None => "`abreast list tables` prints all of them".to_owned(),
            };
            return Err(Error::usage(format!("there is no table `{wanted}`"), help));
        }
    }
    let mut plan = Plan {
        returns,
        jobs: Vec::new(),
        without: Vec::new(),
        idle: Vec::new(),
        held: Vec::new(),
        findings: Vec::new(),
        tables,
    };
    for file in declared {
        if !sources.tables.is_empty() && !sources.tables.contains(&file.name) {
            continue;
        }
        match read(file) {
            Ok(pipeline) => plan.add(pipeline),
            Err(findings) => plan.findings.extend(findings),
        }
    }
    Ok(plan)
}

impl Plan {
    fn add(&mut self, pipeline: Pipeline) {
        let releases = releases(&self.returns.folder.join(&pipeline.return_name));
        let mut sources = Vec::new();
        let mut bytes = 0;
        let mut absent: Vec<(Release, String)> = Vec::new();
        for (release, files) in releases {
            let Some(block) = pipeline.block(&release) else { continue };
            match matching(&files, block.file.get_ref()).as_slice() {
                [] => absent.push((release, block.file.get_ref().clone())),
                [path] => {
                    bytes += path.metadata().map_or(0, |metadata| metadata.len());
                    let shown = path.strip_prefix(&self.returns.folder).unwrap_or(path);
                    sources.push(Source { release, shown: home::shown(shown), path: path.clone() });
                }
                several => {
                    let names: Vec<String> = several
                        .iter()
                        .map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned())
                        .collect();
                    self.findings.push(
                        Finding::error(
                            "several-files",
                            format!(
                                "release {release} has several files that fit `{}`: {}",
                                block.file.get_ref(),
                                names.join(", ")
                            ),
                            format!("make `file` in {} narrower, or move one of them out of the folder", pipeline.path),
                        )
                        .of(&pipeline.name, release.as_str())
                        .at(pipeline.place(block.file.span())),
                    );
                }
            }
        }
        if sources.is_empty() {
            self.without.push(pipeline.name.clone());
            self.idle.push(pipeline);
        } else {
            self.findings.extend(absent.first().map(|(_, file)| no_file(&pipeline, &absent, file)));
            self.jobs.push(Job { pipeline, sources, bytes, lost: Vec::new() });
        }
    }
}

/// One note for all the releases without a table's file.
fn no_file(pipeline: &Pipeline, absent: &[(Release, String)], file: &str) -> Finding {
    let releases: Vec<&str> = absent.iter().map(|(release, _)| release.as_str()).collect();
    let message = format!("no file `{file}` in release {}", releases.join(", "));
    let help = "nothing to do if the publisher left it out; if it is there under another name, correct `file`";
    Finding::note("no-file", message, help).of(&pipeline.name, "").at(Place::file(&pipeline.path))
}

/// The releases of a return with their files, oldest first. Files that stand in the return's own folder are one
/// release of the folder's name.
pub fn releases(folder: &Path) -> BTreeMap<Release, Vec<PathBuf>> {
    let mut releases: BTreeMap<Release, Vec<PathBuf>> = BTreeMap::new();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for path in entries(folder) {
        if path.is_dir() {
            let files: Vec<PathBuf> =
                entries(&path).into_iter().filter(|path| path.is_file() && !is_replaced(&name(path))).collect();
            if !files.is_empty() {
                releases.insert(Release::new(name(&path)), files);
            }
        } else if !name(&path).starts_with('.') && !is_replaced(&name(&path)) && name(&path) != ILLUSTRATIVE {
            releases.entry(Release::new(name(folder))).or_default().push(path);
        }
    }
    releases
}

/// Whether a file is an old one that `abreast add --replace` kept: `caseload.csv.old-6720f74f`.
fn is_replaced(name: &str) -> bool {
    let hash = name.rsplit_once(".old-").map_or("", |(_, hash)| hash);
    hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The files whose name fits `pattern`; a file of just that name is the only one that fits.
pub(crate) fn matching(files: &[PathBuf], pattern: &str) -> Vec<PathBuf> {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(exact) = files.iter().find(|path| name(path) == pattern) {
        return vec![exact.clone()];
    }
    let packed = |path: &PathBuf| {
        let name = name(path);
        [".gz", ".zip"].iter().find_map(|ending| name.strip_suffix(ending).map(str::to_owned)).unwrap_or(name)
    };
    let Ok(glob) = GlobBuilder::new(pattern).case_insensitive(true).build() else { return Vec::new() };
    let glob = glob.compile_matcher();
    files
        .iter()
        .filter(|path| !name(path).ends_with(".meta.csv") && (glob.is_match(name(path)) || glob.is_match(packed(path))))
        .cloned()
        .collect()
}
