//! Power cuts, simulated: every step by which a command changes the disk is recorded, and replayed up to each point. What
//! was not synced by then is there, gone, or there in part: names in any selection, bytes cut short or zero. What the
//! next command finds is the old state or the new one, whole.
//!
//! `ABREAST_CUTS=1` tries every cut point in every way; `docs/faults.md` has the counts.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use abreast::cli::Cli;
use abreast::durable::{Step, settle, watch};
use abreast::provenance::hash;
use clap::Parser;

use super::{Scene, Tree, chance, settled, tree};
use crate::harness::Bench;

/// A step, and the bytes of the file where it is one that was written.
type Taken = (Step, Vec<u8>);

/// Runs a command in this process and records what it does below `root`.
fn recorded(root: &Path, words: &[&str]) -> Vec<Taken> {
    let steps: Arc<Mutex<Vec<Taken>>> = Arc::default();
    let into = Arc::clone(&steps);
    let watching = watch(root, move |step| {
        let bytes = if let Step::Write(path) = step { std::fs::read(path)? } else { Vec::new() };
        into.lock().expect("no panic").push((step.clone(), bytes));
        Ok(())
    });
    Cli::try_parse_from(words).expect("words").command.carry_out().expect("done");
    drop(watching);
    std::mem::take(&mut *steps.lock().expect("no panic"))
}

/// A file's bytes, and whether they were synced.
#[derive(Clone)]
struct Content {
    bytes: Vec<u8>,
    synced: bool,
}

/// A change of names that may not be on the disk yet.
#[derive(Clone)]
enum Change {
    Name(PathBuf, usize),
    Gone(PathBuf),
    Moved(PathBuf, PathBuf, usize),
    Folder(PathBuf),
    FolderGone(PathBuf),
}

/// What is on a disk: names and folders for certain, changes that may be, contents.
#[derive(Clone, Default)]
struct Disk {
    names: BTreeMap<PathBuf, usize>,
    folders: BTreeSet<PathBuf>,
    changes: Vec<Change>,
    contents: Vec<Content>,
    /// The names as the running system has them.
    now: BTreeMap<PathBuf, usize>,
}

impl Disk {
    /// What stands below `root`, all of it on the disk.
    fn of(root: &Path) -> Disk {
        let mut disk = Disk { folders: BTreeSet::from([root.to_owned()]), ..Disk::default() };
        let mut open = vec![root.to_owned()];
        while let Some(next) = open.pop() {
            for path in std::fs::read_dir(next).expect("a folder").flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    disk.folders.insert(path.clone());
                    open.push(path);
                } else {
                    let bytes = std::fs::read(&path).expect("a file");
                    disk.names.insert(path, disk.contents.len());
                    disk.contents.push(Content { bytes, synced: true });
                }
            }
        }
        disk.now = disk.names.clone();
        disk
    }

    fn take(&mut self, (step, bytes): &Taken) {
        match step {
            Step::MakeFolder(path) => self.changes.push(Change::Folder(path.clone())),
            Step::Write(path) => {
                let id = self.contents.len();
                self.contents.push(Content { bytes: bytes.clone(), synced: false });
                self.now.insert(path.clone(), id);
                self.changes.push(Change::Name(path.clone(), id));
            }
            Step::Sync(path) => self.contents[self.now[path]].synced = true,
            Step::Rename(from, to) => {
                let id = self.now.remove(from).expect("a file");
                self.now.insert(to.clone(), id);
                self.changes.push(Change::Moved(from.clone(), to.clone(), id));
            }
            Step::Link(from, to) => {
                let id = self.now[from];
                self.now.insert(to.clone(), id);
                self.changes.push(Change::Name(to.clone(), id));
            }
            Step::Remove(path) => {
                self.now.remove(path);
                self.changes.push(Change::Gone(path.clone()));
            }
            Step::RemoveFolder(path) => {
                self.now.retain(|name, _| !name.starts_with(path));
                self.changes.push(Change::FolderGone(path.clone()));
            }
            Step::SyncFolder(folder) => {
                let changes = std::mem::take(&mut self.changes);
                for change in changes {
                    if change.folder() == Some(folder.as_path()) {
                        self.apply(&change)
                    } else {
                        self.changes.push(change)
                    }
                }
            }
        }
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Name(path, id) => drop(self.names.insert(path.clone(), *id)),
            Change::Gone(path) => drop(self.names.remove(path)),
            Change::Moved(from, to, id) => {
                self.names.remove(from);
                self.names.insert(to.clone(), *id);
            }
            Change::Folder(path) => drop(self.folders.insert(path.clone())),
            Change::FolderGone(path) => {
                self.names.retain(|name, _| !name.starts_with(path));
                self.folders.retain(|folder| !folder.starts_with(path));
            }
        }
    }

    /// The disk after a cut: of the changes those that `stays` says, of bytes that were not synced what `way` leaves.
    fn cut(&self, way: Way, state: &mut u64) -> Disk {
        let mut disk = self.clone();
        for change in std::mem::take(&mut disk.changes) {
            let stays = match way {
                Way::Nothing => false,
                Way::Everything | Way::NamesAlone => true,
                Way::Some => chance(state, 2) == 0,
            };
            if stays {
                disk.apply(&change);
            }
        }
        for content in disk.contents.iter_mut().filter(|content| !content.synced) {
            content.bytes = match way {
                Way::Everything => continue,
                Way::Nothing | Way::NamesAlone => Vec::new(),
                Way::Some if chance(state, 2) == 0 => content.bytes[..content.bytes.len() / 2].to_vec(),
                Way::Some => vec![0; content.bytes.len()],
            };
        }
        disk
    }

    /// Puts what is on the disk below `root` there; a name whose folder is lost is lost.
    fn put(&self, root: &Path, store: &Path) {
        std::fs::remove_dir_all(root).expect("cleared");
        let reachable = |folder: &Path| {
            folder.ancestors().take_while(|at| at.starts_with(root)).all(|at| self.folders.contains(at))
        };
        for folder in self.folders.iter().filter(|folder| reachable(folder)) {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        for (path, id) in self.names.iter().filter(|(path, _)| path.parent().is_some_and(reachable)) {
            // Files are never changed in place: one copy of each content serves every state.
            let bytes = &self.contents[*id].bytes;
            let copy = store.join(hash(bytes));
            if !copy.exists() {
                std::fs::write(&copy, bytes).expect("written");
            }
            std::fs::hard_link(&copy, path).expect("a name");
        }
    }
}

impl Change {
    /// The folder whose sync makes the change certain.
    fn folder(&self) -> Option<&Path> {
        match self {
            Change::Name(path, _) | Change::Gone(path) | Change::Moved(_, path, _) => path.parent(),
            Change::Folder(path) | Change::FolderGone(path) => path.parent(),
        }
    }
}

/// What a cut leaves of what was not synced.
#[derive(Clone, Copy, Debug)]
enum Way {
    Nothing,
    Everything,
    /// All names, and files without a byte.
    NamesAlone,
    /// Some names, and files cut short or full of zeros.
    Some,
}

const WAYS: [Way; 6] = [Way::Nothing, Way::Everything, Way::NamesAlone, Way::Some, Way::Some, Way::Some];

/// What the states after cuts were.
#[derive(Debug, Default)]
struct Counts {
    steps: usize,
    states: usize,
    old: usize,
    new: usize,
}

/// The state of a folder, with what `run` keeps of the build before.
fn state(root: &Path) -> (Tree, Tree) {
    let before = root.join("previous");
    (settled(&tree(root)), if before.is_dir() { settled(&tree(&before)) } else { Tree::new() })
}

/// Cuts the command `words`, which changes `root`, after each step (each tenth of many, unless all are asked for), and
/// looks at what the next command finds; `next` runs it, for some of the states, and must make the new state.
fn cut(root: &Path, store: &Path, words: &[&str], next: &dyn Fn()) -> Counts {
    std::fs::create_dir_all(store).expect("a folder");
    let (old, mut disk) = (state(root), Disk::of(root));
    let steps = recorded(root, words);
    let new = state(root);
    assert_ne!(old, new, "the command changes something");
    let all = std::env::var_os("ABREAST_CUTS").is_some();
    let mut counts = Counts { steps: steps.len(), ..Counts::default() };
    let mut seed = 11;
    for at in 0..=steps.len() {
        for way in WAYS {
            if !all && steps.len() > 60 && chance(&mut seed, 10) != 0 {
                continue;
            }
            disk.cut(way, &mut seed).put(root, store);
            settle(root);
            let found = state(root);
            let last = at.checked_sub(1).map(|last| &steps[last].0);
            assert!(
                found == old || found == new,
                "cut {at} after {last:?}, {way:?}: {}",
                differences(&found, &old, &new)
            );
            counts.states += 1;
            counts.old += usize::from(found == old);
            counts.new += usize::from(found == new);
            if counts.states.is_multiple_of(if all { 50 } else { 25 }) {
                next();
                assert_eq!(state(root).0, new.0, "cut {at} after {last:?}, {way:?}: the next command");
            }
        }
        if let Some(step) = steps.get(at) {
            disk.take(step);
        }
    }
    assert!(counts.steps > 0 && counts.old > 0 && counts.new > 0, "{counts:?}");
    counts
}

/// The files that are neither, or of the side that the most are not of.
fn differences(found: &(Tree, Tree), old: &(Tree, Tree), new: &(Tree, Tree)) -> String {
    let unlike = |other: &Tree| -> Vec<String> {
        let names: BTreeSet<&String> = found.0.keys().chain(other.keys()).collect();
        names.into_iter().filter(|name| found.0.get(*name) != other.get(*name)).cloned().collect()
    };
    format!("unlike the old {:?}, unlike the new {:?}", unlike(&old.0), unlike(&new.0))
}

#[test]
fn of_a_run() {
    let scene = Scene::small();
    let words: Vec<String> = scene.words();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    scene.set(0);
    scene.run().expect("the old build");
    scene.set(1);
    let counts = cut(&scene.out(), &scene.bench.path("store"), &words, &|| scene.run().expect("the run after"));
    println!("run: {counts:?}");
}

#[test]
fn of_an_add_that_replaces() {
    let bench = Bench::new();
    bench.file("new/p.csv", "row,figure\n1,1\n").file("data/returns/other/2024/o.csv", "a,b\n1,2\n");
    let [new, returns] = ["new/p.csv", "data/returns"].map(|path| bench.path(path).to_string_lossy().into_owned());
    let words = ["abreast", "add", &new, "--return", "plain", "--release", "2024", "--returns", &returns, "--replace"];
    let add = || assert_eq!(bench.abreast(&words[1..]).code, 0);
    add();
    bench.file("new/p.csv", "row,figure\n1,2\n");
    let counts = cut(&bench.path("data"), &bench.path("store"), &words, &add);
    println!("add --replace: {counts:?}");
}

/// A bench with a file filed as `plain/2024/p.csv`, and the words of a command on its returns.
fn filed(words: &[&str]) -> (Bench, Vec<String>) {
    let bench = Bench::new();
    bench.file("new/p.csv", "row,figure\n1,1\n").file("data/returns/other/2024/o.csv", "a,b\n1,2\n");
    let returns = bench.path("data/returns").to_string_lossy().into_owned();
    let add = ["add", "new/p.csv", "--return", "plain", "--release", "2024", "--returns", &returns];
    assert_eq!(bench.abreast(&add).code, 0);
    let words =
        ["abreast"].iter().chain(words).chain(&["--returns", &returns]).map(|word| (*word).to_owned()).collect();
    (bench, words)
}

#[test]
fn of_a_remove_and_its_undoing() {
    for words in [&["remove", "plain/2024/p.csv"][..], &["remove", "plain/2024/p.csv", "--undo"]] {
        let (bench, words) = filed(words);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if words.contains(&"--undo") {
            assert_eq!(bench.abreast(&["remove", "plain/2024/p.csv", "--returns", words[words.len() - 1]]).code, 0);
        }
        let next = || assert_eq!(bench.abreast(&words[1..]).code, 0);
        let counts = cut(&bench.path("data"), &bench.path("store"), &words, &next);
        println!("{}: {counts:?}", words[1..4].join(" "));
    }
}

/// What a disk that is full says at step `at` of the command, and the state that it leaves.
fn refused(root: &Path, words: &[&str], at: usize) -> bool {
    let taken = Arc::new(Mutex::new(0));
    let counter = Arc::clone(&taken);
    let watching = watch(root, move |_| {
        let mut taken = counter.lock().expect("no panic");
        *taken += 1;
        if *taken > at { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(()) }
    });
    let done = Cli::try_parse_from(words).expect("words").command.carry_out();
    drop(watching);
    done.is_err()
}

#[test]
fn a_disk_that_is_full_from_any_step_on_leaves_the_old_or_the_new() {
    let bench = Bench::new();
    bench.file("new/p.csv", "row,figure\n1,1\n").file("data/returns/other/2024/o.csv", "a,b\n1,2\n");
    let [new, returns] = ["new/p.csv", "data/returns"].map(|path| bench.path(path).to_string_lossy().into_owned());
    let words = ["abreast", "add", &new, "--return", "plain", "--release", "2024", "--returns", &returns, "--replace"];
    let root = bench.path("data");
    assert_eq!(bench.abreast(&words[1..]).code, 0);
    let kept = bench.path("kept");
    super::restore(&root, &kept);
    let old = state(&root);
    bench.file("new/p.csv", "row,figure\n1,2\n");
    assert_eq!(bench.abreast(&words[1..]).code, 0);
    let whole = state(&root);
    let mut failed = 0;
    for at in 0.. {
        super::restore(&kept, &root);
        let was_refused = refused(&root, &words, at);
        settle(&root);
        let found = state(&root);
        assert!(found == old || found == whole, "step {at}: {}", differences(&found, &old, &whole));
        assert_eq!(bench.abreast(&words[1..]).code, 0);
        assert_eq!(state(&root), whole, "step {at}: the next command");
        if !was_refused {
            break;
        }
        failed += 1;
    }
    println!("add --replace: {failed} steps at which the disk was full");
    assert!(failed > 8, "{failed} steps");
}
