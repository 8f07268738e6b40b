//! What there is to do: the pipelines, the releases of each and the file of each release.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use globset::GlobBuilder;

use crate::counted;
use crate::durable;
use crate::finding::{Error, Finding, Place, likely};
use crate::home::{self, ILLUSTRATIVE, Returns};
use crate::load;
use crate::manifest;
use crate::pipeline::{Pipeline, Release, ReleaseBlock, Shape, read};

use super::beside::{self, Beside, beside};
use super::options::Sources;
use super::{dictionary, folders, layouts, unread};

/// The file of one release.
#[derive(Clone, Debug)]
pub struct Source {
    /// The release.
    pub release: Release,
    /// The release from which the block holds that reads the file.
    pub from: Release,
    /// The file.
    pub path: PathBuf,
    /// Its path within the returns folder, with forward slashes.
    pub shown: String,
    /// The layout of the block.
    pub layout: String,
    /// Of records in several tables the files of the others.
    pub beside: Vec<Beside>,
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
    /// The dictionaries that its measures are taken from: their paths below the returns and whole.
    pub dictionaries: Vec<(String, PathBuf)>,
    /// The files that were filed for it and are gone: without them the table would lose figures in silence.
    pub lost: Vec<Finding>,
}

impl Job {
    /// The block that reads `source`.
    pub fn block(&self, source: &Source) -> Option<&ReleaseBlock> {
        let is_it = |block: &&ReleaseBlock| *block.from.get_ref() == source.from && block.layout == source.layout;
        self.pipeline.releases.iter().find(is_it)
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

/// The pipelines of a folder, and what is wrong with those that cannot be read.
///
/// # Errors
/// There is no folder of them.
pub fn declared(folder: Option<&Path>) -> Result<(Vec<Pipeline>, Vec<Finding>), Error> {
    let mut pipelines = Vec::new();
    let mut findings = Vec::new();
    for file in home::pipelines(folder)? {
        match read(file) {
            Ok(pipeline) => pipelines.push(pipeline),
            Err(wrong) => findings.extend(wrong),
        }
    }
    Ok((pipelines, findings))
}

/// Reads the pipelines asked for and looks up their files.
///
/// # Errors
/// A folder that is not there, or a table name that no pipeline has.
pub fn plan(sources: &Sources) -> Result<Plan, Error> {
    let returns = home::returns(sources.returns.as_deref())?;
    // Filing that was broken off is finished first, so that the files and their manifest are of one time.
    if let Some(root) = manifest::path_for(&returns.folder).parent() {
        durable::settle(root);
    }
    let declared = home::pipelines(sources.pipelines.as_deref())?;
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
    // A file that one table leaves may be another's, asked for or not.
    let (mut pipelines, mut asked, mut unreadable) = (Vec::new(), BTreeSet::new(), false);
    for file in declared {
        let is_asked = sources.tables.is_empty() || sources.tables.contains(&file.name);
        match read(file) {
            Ok(pipeline) => {
                if is_asked {
                    asked.insert(pipeline.name.clone());
                }
                pipelines.push(pipeline);
            }
            Err(findings) => {
                unreadable = true;
                if is_asked {
                    plan.findings.extend(findings);
                }
            }
        }
    }
    let more = with_it(&pipelines, &asked);
    if !more.is_empty() {
        let names = more.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let message = format!("made as well: {names}, which count the same people");
        let help = "nothing to do; what one of these tables hides, the others must not give back";
        plan.findings.push(Finding::note("made-together", message, help));
        asked.extend(more);
    }
    let returns: Option<BTreeSet<String>> = (!sources.tables.is_empty()).then(|| {
        let of_asked = pipelines.iter().filter(|pipeline| asked.contains(&pipeline.name));
        of_asked.map(|pipeline| pipeline.return_name.clone()).collect()
    });
    // What a pipeline that cannot be read would read is not known.
    if !unreadable {
        plan.findings.extend(unread::unread(&plan.returns.folder, &pipelines, returns.as_ref()));
        plan.findings.extend(folders::odd(&plan.returns.folder, &pipelines, returns.as_ref()));
    }
    for pipeline in pipelines.into_iter().filter(|pipeline| asked.contains(&pipeline.name)) {
        plan.add(pipeline, sources.records);
    }
    if plan.jobs.is_empty() && !plan.findings.iter().any(Finding::is_error) {
        plan.findings.push(nothing_to_make(&plan.returns.folder, &plan.without));
    }
    Ok(plan)
}

/// The tables that are protected together with one that is asked for: those that count people of the same return.
fn with_it(pipelines: &[Pipeline], asked: &BTreeSet<String>) -> BTreeSet<String> {
    let of_people = |pipeline: &&Pipeline| pipeline.protects() && pipeline.shape == Shape::Records;
    let returns: BTreeSet<&str> = pipelines
        .iter()
        .filter(of_people)
        .filter(|pipeline| asked.contains(&pipeline.name))
        .map(|pipeline| pipeline.return_name.as_str())
        .collect();
    let others = pipelines.iter().filter(of_people).filter(|pipeline| !asked.contains(&pipeline.name));
    others
        .filter(|pipeline| returns.contains(pipeline.return_name.as_str()))
        .map(|pipeline| pipeline.name.clone())
        .collect()
}

/// The block that reads a release, with the files that it finds there: the one that holds for the release, else, where
/// its file is not there, an older one whose file is, because a publisher may keep the layout before.
pub fn reading<'p>(
    pipeline: &'p Pipeline,
    release: &Release,
    files: &[PathBuf],
) -> Option<(&'p ReleaseBlock, Vec<PathBuf>)> {
    let mut blocks: Vec<&ReleaseBlock> =
        pipeline.releases.iter().filter(|block| block.from.get_ref() <= release).collect();
    blocks.sort_by(|a, b| b.from.get_ref().cmp(a.from.get_ref()));
    // What an engine counted stands for the records.
    let counts = counted::file_of(&pipeline.name);
    if let Some(path) = files.iter().find(|path| path.file_name().is_some_and(|name| name == counts.as_str())) {
        return blocks.first().map(|block| (*block, vec![path.clone()]));
    }
    let found = blocks.iter().map(|block| (*block, matching(files, block.file.get_ref())));
    let there: Vec<(&ReleaseBlock, Vec<PathBuf>)> = found.filter(|(_, found)| !found.is_empty()).collect();
    let newest = there.first().map(|(block, _)| block.from.get_ref().clone());
    let of_newest = there.into_iter().filter(|(block, _)| newest.as_ref() == Some(block.from.get_ref())).collect();
    let read = layouts::that_is_there(pipeline, of_newest, files);
    read.or_else(|| blocks.first().map(|block| (*block, Vec::new())))
}

impl Plan {
    fn add(&mut self, mut pipeline: Pipeline, reads_records: bool) {
        let dictionary::Read { files: dictionaries, findings: lost } =
            dictionary::take_in(&mut pipeline, &self.returns.folder);
        let releases = releases(&self.returns.folder.join(&pipeline.return_name));
        let mut sources = Vec::new();
        let mut bytes = 0;
        let mut absent: Vec<(Release, String)> = Vec::new();
        let mut without_part: Vec<Finding> = Vec::new();
        for (release, mut files) in releases {
            files.retain(|path| !reads_records || !counted::is_file(&path.to_string_lossy()));
            let Some((block, found)) = reading(&pipeline, &release, &files) else { continue };
            self.findings.extend(layout_before(&pipeline, &release, block));
            match found.as_slice() {
                [] => absent.push((release, block.file.get_ref().clone())),
                [path] => {
                    bytes += load::files(path)
                        .iter()
                        .filter_map(|file| file.metadata().ok())
                        .map(|file| file.len())
                        .sum::<u64>();
                    let shown = path.strip_prefix(&self.returns.folder).unwrap_or(path);
                    let from = block.from.get_ref().clone();
                    let (shown, layout) = (home::shown(shown), block.layout.clone());
                    let (beside, lacking) = match counted::is_file(&shown) {
                        true => (beside::counted(&pipeline, &files, &self.returns.folder), Vec::new()),
                        false => beside(&pipeline, block, &release, &files, &self.returns.folder),
                    };
                    without_part.extend(lacking);
                    bytes += beside.iter().filter_map(|file| file.path.metadata().ok()).map(|of| of.len()).sum::<u64>();
                    sources.push(Source { release, from, shown, path: path.clone(), layout, beside });
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
            let lost = lost.into_iter().chain(without_part).collect();
            self.jobs.push(Job { pipeline, sources, bytes, dictionaries, lost });
        }
    }
}

/// What says that no table has a file, so that nothing is made.
fn nothing_to_make(folder: &Path, without: &[String]) -> Finding {
    let tables = match without {
        [only] => format!("the table `{only}` has no file"),
        several => format!("none of {} tables has a file", several.len()),
    };
    let message = format!("nothing is made: {tables} in `{}`", home::shown(folder));
    let help = "file the publishers' files with `abreast add FILE`, or name another folder with `--returns DIR`";
    Finding::error("nothing-to-make", message, help).at(Place::file(home::shown(folder)))
}

/// What says that a release is read as an older block says.
fn layout_before(pipeline: &Pipeline, release: &Release, block: &ReleaseBlock) -> Option<Finding> {
    let of_layout = pipeline.releases.iter().filter(|other| other.layout == block.layout);
    let holding = of_layout
        .filter(|other| other.from.get_ref() <= release)
        .max_by(|a, b| a.from.get_ref().cmp(b.from.get_ref()))
        .filter(|holding| holding.from.get_ref() != block.from.get_ref())?;
    let message = format!(
        "there is no `{}`, but `{}`: it is read as the block from {} says, not as the one from {}",
        holding.file.get_ref(),
        block.file.get_ref(),
        block.from.get_ref(),
        holding.from.get_ref()
    );
    let help = format!(
        "if the publisher kept the layout before, move `from` of the later block in {} behind this release; if the file is missing, file it",
        pipeline.path
    );
    let finding = Finding::warning("layout-before", message, help).of(&pipeline.name, release.as_str());
    Some(finding.at(pipeline.place(holding.from.span())))
}

/// One note for all the releases without a table's file.
fn no_file(pipeline: &Pipeline, absent: &[(Release, String)], file: &str) -> Finding {
    let releases: Vec<&str> = absent.iter().map(|(release, _)| release.as_str()).collect();
    let message = format!("no file `{file}` in release {}", releases.join(", "));
    let help = "nothing to do if the publisher left it out; if it is there under another name, correct `file`";
    Finding::note("no-file", message, help).of(&pipeline.name, "").at(Place::file(&pipeline.path))
}

/// The releases of a return with their files, oldest first; a folder of parts is as one file. Files that stand in the return's own folder are one
/// release of the folder's name.
pub fn releases(folder: &Path) -> BTreeMap<Release, Vec<PathBuf>> {
    let mut releases: BTreeMap<Release, Vec<PathBuf>> = BTreeMap::new();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for path in entries(folder) {
        if path.is_dir() {
            let is_return = |path: &PathBuf| path.is_file() || load::is_folder_of_parts(path);
            let files: Vec<PathBuf> =
                entries(&path).into_iter().filter(|path| !is_aside(&name(path)) && is_return(path)).collect();
            if !files.is_empty() {
                releases.insert(Release::new(name(&path)), files);
            }
        } else if !is_aside(&name(&path)) && name(&path) != ILLUSTRATIVE {
            releases.entry(Release::new(name(folder))).or_default().push(path);
        }
    }
    releases
}

/// Whether a file is none of the publisher's: what a program keeps beside a workbook while it is open (`~$plan.xlsx`),
/// what a system keeps about a folder, or one that was kept aside.
fn is_aside(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with(['.', '~']) || ["thumbs.db", "desktop.ini"].contains(&lower.as_str()) || is_kept_aside(name)
}

/// Whether a file is one that was kept aside: `caseload.csv.old-6720f74f` by `abreast add --replace`,
/// `caseload.csv.removed-6720f74f` by `abreast remove`.
pub fn is_kept_aside(name: &str) -> bool {
    let hash = [".old-", ".removed-"].iter().find_map(|mark| name.rsplit_once(mark)).map_or("", |(_, hash)| hash);
    hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The files whose name fits `pattern`; a file of just that name is the only one that fits, and counts of a table are no
/// records of another.
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
        .filter(|path| !name(path).ends_with(".meta.csv") && !counted::is_file(&name(path)))
        .filter(|path| glob.is_match(name(path)) || glob.is_match(packed(path)))
        .cloned()
        .collect()
}
