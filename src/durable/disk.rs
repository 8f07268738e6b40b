//! The steps by which files get to the disk, and nothing else: folders made, bytes written, synced, renamed, removed.
//!
//! In: paths. Out: the step done. Every step of every writer goes through here, so that a test can watch the order, cut
//! it at any point as a power cut would, or let a step fail as a full disk does.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};

/// One step. A renamed, linked or removed name is on the disk for certain only after its folder was synced, the bytes
/// of a file only after it was synced itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A folder was made.
    MakeFolder(PathBuf),
    /// A new file has all its bytes.
    Write(PathBuf),
    /// The bytes of a file are on the disk.
    Sync(PathBuf),
    /// A file has the second name instead of the first.
    Rename(PathBuf, PathBuf),
    /// A file has the second name as well as the first.
    Link(PathBuf, PathBuf),
    /// A file is gone.
    Remove(PathBuf),
    /// A folder and all in it is gone.
    RemoveFolder(PathBuf),
    /// The names in a folder are on the disk.
    SyncFolder(PathBuf),
}

impl Step {
    /// The path that the step is about.
    pub fn path(&self) -> &Path {
        match self {
            Step::MakeFolder(path)
            | Step::Write(path)
            | Step::Sync(path)
            | Step::Rename(_, path)
            | Step::Link(_, path)
            | Step::Remove(path)
            | Step::RemoveFolder(path)
            | Step::SyncFolder(path) => path,
        }
    }
}

type Watcher = Box<dyn Fn(&Step) -> io::Result<()> + Send + Sync>;

static WATCHERS: RwLock<Vec<(usize, PathBuf, Watcher)>> = RwLock::new(Vec::new());
static WATCHED: AtomicUsize = AtomicUsize::new(0);
static NEXT: AtomicUsize = AtomicUsize::new(0);

/// A watch on the steps below a folder; it ends when this is dropped.
#[derive(Debug)]
pub struct Watch(usize);

/// Tells `watcher` of every step below `root`: of a file written when its bytes are there, of any other step before it
/// is taken. What the watcher refuses fails as if the disk had refused it.
pub fn watch(root: &Path, watcher: impl Fn(&Step) -> io::Result<()> + Send + Sync + 'static) -> Watch {
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut watchers = WATCHERS.write().unwrap_or_else(PoisonError::into_inner);
    watchers.push((id, root.to_owned(), Box::new(watcher)));
    WATCHED.store(watchers.len(), Ordering::Release);
    Watch(id)
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut watchers = WATCHERS.write().unwrap_or_else(PoisonError::into_inner);
        watchers.retain(|(id, ..)| *id != self.0);
        WATCHED.store(watchers.len(), Ordering::Release);
    }
}

/// Tells the watchers of a step, if there are any.
fn told(step: impl FnOnce() -> Step) -> io::Result<()> {
    if WATCHED.load(Ordering::Acquire) == 0 {
        return Ok(());
    }
    let step = step();
    let watchers = WATCHERS.read().unwrap_or_else(PoisonError::into_inner);
    let mut concerned = watchers.iter().filter(|(_, root, _)| step.path().starts_with(root));
    concerned.try_for_each(|(.., watcher)| watcher(&step))
}

/// Makes a folder and those above it that are missing.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        make_folder(parent)?;
    }
    told(|| Step::MakeFolder(path.to_owned()))?;
    match fs_err::create_dir(path) {
        // Another command was quicker.
        Err(_) if path.is_dir() => Ok(()),
        made => made,
    }
}

/// Says that a new file has all its bytes.
pub(super) fn written(path: &Path) -> io::Result<()> {
    told(|| Step::Write(path.to_owned()))
}

/// Waits until the bytes of a file are on the disk.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    told(|| Step::Sync(path.to_owned()))?;
    // Windows flushes only what is open for writing.
    fs_err::OpenOptions::new().read(true).write(cfg!(windows)).open(path)?.sync_all()
}

/// Waits until the names in a folder are on the disk. Windows keeps them by itself and has no call for it.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    told(|| Step::SyncFolder(path.to_owned()))?;
    if cfg!(windows) {
        return Ok(());
    }
    let folder = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    match File::open(folder)?.sync_all() {
        // Some file systems of a network know no sync of a folder.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

/// Gives a file another name; what has that name goes.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    told(|| Step::Rename(from.to_owned(), to.to_owned()))?;
    fs_err::rename(from, to)
}

/// Gives a file a second name.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    told(|| Step::Link(from.to_owned(), to.to_owned()))?;
    fs_err::hard_link(from, to)
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    told(|| Step::Remove(path.to_owned()))?;
    fs_err::remove_file(path)
}

/// Removes a folder with all that is in it.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    told(|| Step::RemoveFolder(path.to_owned()))?;
    fs_err::remove_dir_all(path)
}
