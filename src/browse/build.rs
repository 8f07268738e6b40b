//! The build that pages are made of: its footers, the register, and what was read of it lately.
//!
//! No figure is kept but in a cache of bounded size, and no file is held open between requests: a run may replace every table.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, Utc};

use super::address::Names;
use super::awaited::Awaited;
use super::cache::Cache;
use super::find::index::Index;
use super::options::Browse;
use super::post::Desk;
use super::shell::Shell;
use crate::area::{LaCode, Register};
use crate::comparator::Comparator;
use crate::diff::Differences;
use crate::durable;
use crate::finding::{Error, Finding};
use crate::frame::Frame;
use crate::home;
use crate::provenance::hash;
use crate::publish::read_findings;
use crate::schema::TOTAL;
use crate::store::{Catalogue, Found};
use crate::trace::{Held, Kept, Key, Leaf, Opened};

/// How often a build is opened anew because another takes its place meanwhile.
const TRIES: usize = 3;
/// How many bytes of frames are kept.
const KEPT: usize = 32 << 20;

/// How many bytes of files that were read again are kept.
const OPENED: usize = 16 << 20;
/// How many bytes of sheets are kept.
const LEAVES: usize = 8 << 20;

/// How many bytes of hashes are kept.
const HASHES: usize = 1 << 20;

/// A build, opened.
pub struct Build {
    /// What was asked for.
    pub options: Browse,
    /// The authority that one begins with.
    pub home: Option<LaCode>,
    /// Its tables and measures.
    pub catalogue: Catalogue,
    /// Authorities with the neighbours that the build compared with.
    pub register: Register,
    /// The templates.
    pub shell: Shell,
    /// When it was made.
    pub made: Option<SystemTime>,
    /// When the saved lists were written last.
    listed: Option<SystemTime>,
    /// Whether it took the place of another while the pages were looked at.
    pub is_newer: bool,
    /// The words of its measures.
    pub index: Index,
    /// What lies between it and the build before it, once somebody asked.
    pub differences: Awaited<Differences>,
    /// Where deeds are done; it is the same for the builds that follow each other.
    pub desk: Arc<Desk>,
    /// Files that were read again lately, as their blocks say.
    pub opened: Arc<Kept<Opened>>,
    /// Sheets that were looked at lately.
    pub leaves: Kept<Leaf>,
    hashes: Kept<Hash>,
    /// What was found when its tables were made.
    pub findings: Vec<Finding>,
    frames: Cache,
}

/// The hash of a file.
struct Hash(String);

impl Held for Hash {
    fn size(&self) -> usize {
        self.0.len()
    }
}

impl Build {
    /// Opens the build in the folder asked for.
    ///
    /// # Errors
    /// There is none, two are mixed in it, or nobody is called as the authority that was named.
    pub fn open(options: &Browse) -> Result<Build, Error> {
        Build::with(options, Arc::default())
    }

    /// Opens the build that took the place of this one.
    ///
    /// # Errors
    /// As [`Build::open`].
    pub fn newer(&self) -> Result<Build, Error> {
        let opened = Build::with(&self.options, Arc::clone(&self.desk))?;
        // A list that was saved meanwhile makes no table newer.
        Ok(Build { is_newer: self.is_newer || opened.made != self.made, ..opened })
    }

    /// A run that ends while footers are read would mix two builds: then all of it is read again.
    fn with(options: &Browse, desk: Arc<Desk>) -> Result<Build, Error> {
        for _ in 0..TRIES {
            let made = stamp(&options.out.folder);
            let read = Build::read(options, Arc::clone(&desk), made);
            if is_at_rest(&options.out.folder, made) {
                return read;
            }
        }
        Err(Error::Replaced { path: options.out.folder.clone() })
    }

    fn read(options: &Browse, desk: Arc<Desk>, made: Option<SystemTime>) -> Result<Build, Error> {
        let listed = changed(&home::saved_lists());
        let (register, _) = home::register()?;
        let catalogue = Catalogue::open_whole(&options.out.folder)?;
        let register = catalogue.with_neighbours(&register)?;
        let home = options.authority.as_deref().map(|name| one(name, &register)).transpose()?;
        let index = Index::of(measures(&catalogue))?;
        Ok(Build {
            index,
            options: options.clone(),
            home,
            catalogue,
            register,
            shell: Shell::new()?,
            made,
            listed,
            is_newer: false,
            differences: Awaited::default(),
            desk,
            opened: Arc::new(Kept::new(OPENED)),
            leaves: Kept::new(LEAVES),
            hashes: Kept::new(HASHES),
            findings: read_findings(&options.out.folder.join("findings.csv")),
            frames: Cache::new(KEPT),
        })
    }

    /// Whether it is as its folder and the saved lists are now.
    pub fn is_current(&self) -> bool {
        self.is_there() && changed(&home::saved_lists()) == self.listed
    }

    /// Whether the folder holds this build, whole, and no other is being put in its place.
    pub fn is_there(&self) -> bool {
        is_at_rest(&self.options.out.folder, self.made)
    }

    /// The names that addresses are made of.
    pub fn names(&self) -> Names<'_> {
        Names { catalogue: &self.catalogue, register: &self.register }
    }

    /// The comparisons of the whole of a measure.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn compared(&self, found: &Found<'_>) -> Result<Arc<Frame>, Error> {
        let mut topics = vec![TOTAL.to_owned()];
        topics.extend(found.measure.stand_in().map(|(topic, _)| topic.to_owned()));
        let read = || self.catalogue.comparisons(std::slice::from_ref(found), &topics);
        self.frames.get(&format!("{}/{}", found.table, found.name), read)
    }

    /// The comparisons of a topic of a measure.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn compared_by(&self, found: &Found<'_>, topic: &str) -> Result<Arc<Frame>, Error> {
        if topic == TOTAL {
            return self.compared(found);
        }
        let read = || self.catalogue.comparisons(std::slice::from_ref(found), &[topic.to_owned()]);
        self.frames.get(&format!("{}/{}/{topic}", found.table, found.name), read)
    }

    /// The observations of a measure.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn observed(&self, found: &Found<'_>) -> Result<Arc<Frame>, Error> {
        self.frames.get(&format!("{}/{}/cells", found.table, found.name), || self.catalogue.observations(found))
    }

    /// The hash of a file in the folder of returns as it is now; none where it cannot be read.
    pub fn hash(&self, folder: &Path, file: &str) -> Option<String> {
        let path = folder.join(file);
        let hashed = || fs_err::read(&path).map(|bytes| Hash(hash(&bytes)));
        self.hashes.get(&Key::of(["", file, ""], "", &path), hashed).ok().map(|hash| hash.0.clone())
    }

    /// The measures that stand beside others': not a council's own, and no sets of neighbours.
    pub fn measures(&self) -> impl Iterator<Item = Found<'_>> {
        measures(&self.catalogue)
    }

    /// Whether any figure of it is simulated.
    pub fn is_illustrative(&self) -> bool {
        self.catalogue.tables().iter().any(|(_, meta)| meta.illustrative)
    }

    /// When it was made, as one reads it.
    pub fn dated(&self) -> String {
        self.made.map_or_else(String::new, dated)
    }
}

/// A moment as one reads it.
pub fn dated(moment: SystemTime) -> String {
    DateTime::<Utc>::from(moment).format("%-d %B %Y at %H:%M (UTC)").to_string()
}

/// The authority that a name means; what means several is no authority.
fn one(name: &str, register: &Register) -> Result<LaCode, Error> {
    let found = register.find(name).map(|found| found.code);
    if found.is_err() && Comparator::parse(name, register).is_ok() {
        let help = "name one, such as `--authority Leeds`; pages set it beside England, regions and groups";
        return Err(Error::usage(format!("`{name}` is no single local authority"), help));
    }
    found
}

fn measures(catalogue: &Catalogue) -> impl Iterator<Item = Found<'_>> {
    let tables = catalogue.tables().iter().filter(|(_, meta)| !meta.own && !meta.neighbours);
    tables
        .flat_map(|(table, meta)| meta.measures.iter().map(move |(name, measure)| Found { table, meta, name, measure }))
}

/// Whether the build of that stamp is there, whole: its record is the last file to be put in place.
fn is_at_rest(out: &Path, made: Option<SystemTime>) -> bool {
    durable::is_finished(out) && stamp(out) == made
}

/// What of a build's folder changes with every build.
fn stamp(out: &Path) -> Option<SystemTime> {
    changed(&out.join("SHA256SUMS"))
}

/// When a file was written last; none where it is not there.
fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|about| about.modified()).ok()
}

/// A time of today as one reads it.
pub fn clock(time: SystemTime) -> String {
    DateTime::<Utc>::from(time).format("%H:%M (UTC)").to_string()
}

/// A finding that no input should cause, as an error.
pub fn broken(finding: Finding) -> Error {
    Error::usage(finding.message, finding.help)
}
