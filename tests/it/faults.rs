//! What goes wrong around the program: it is killed, the disk is full or cannot be written to, a file changes while it
//! is read, the clock is wrong. After each, every output is the old or the new one, whole, and the next run repairs.
//!
//! `ABREAST_KILLS=200` makes a campaign of the kills, on the sample returns or those in `ABREAST_RETURNS`, with the
//! program in `ABREAST_PROGRAM` (a release build) instead of the one under test; `docs/faults.md` has its counts.

mod disk;
mod reading;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::harness::{Bench, EES, ees};

/// A file's SHA-256 by its path below a folder.
pub type Tree = BTreeMap<String, String>;

/// Writes three pipelines and their returns; `version` changes every figure of them.
pub fn inputs(bench: &Bench, version: u32) {
    for (table, measure) in [("plans", "share"), ("requests", "agreed"), ("places", "filled")] {
        let toml = format!(
            r#"title = "{table}"
return = "sen2"
[measures.{measure}]
label = "Share of {table}"
unit = "percent"
numerator = "top"
denominator = "bottom"
headline = true
[[release]]
from = 2025
file = "{table}.csv"
format = "ees"
columns = {{ top = "top", bottom = "bottom" }}
[checks]
areas = "some"
"#
        );
        bench.pipeline(table, &toml);
        let mut text = format!("{EES},top,bottom\n");
        for year in 2015..2025_u32 {
            for (place, count) in [("England", 900), ("Birmingham", 40), ("Leeds", 50), ("Camden", 30), ("Dorset", 20)]
            {
                let top = count / 2 + year % 7 + version;
                text.push_str(&format!("{},{top},{count}\n", ees(&year.to_string(), "Calendar year", place)));
            }
        }
        bench.returns(&format!("sen2/2025/{table}.csv"), text);
    }
}

/// The whole build of [`inputs`] of a version.
pub fn built(version: u32) -> Tree {
    static BUILT: [OnceLock<Tree>; 2] = [const { OnceLock::new() }; 2];
    let build = || {
        let scene = Scene::small();
        scene.set(version);
        scene.run().expect("a build");
        tree(&scene.out())
    };
    BUILT[version as usize].get_or_init(build).clone()
}

/// Every file below `folder` but the lock and the build before.
pub fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for path in std::fs::read_dir(next).expect("a folder").flatten().map(|entry| entry.path()) {
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
            if name == "previous" || name == ".lock" {
                continue;
            } else if path.is_dir() {
                open.push(path);
            } else {
                found.insert(name, abreast::provenance::hash(&std::fs::read(path).expect("a file")));
            }
        }
    }
    found
}

/// Returns and pipelines in an old and a new version, and a program to run on them.
pub struct Scene {
    pub bench: Bench,
    /// None for the small returns of [`inputs`].
    returns: Option<PathBuf>,
    pub program: PathBuf,
}

impl Scene {
    /// The small returns and the program under test.
    pub fn small() -> Scene {
        Scene { bench: Bench::new(), returns: None, program: env!("CARGO_BIN_EXE_abreast").into() }
    }

    /// The repository's pipelines over a folder of returns.
    fn large(returns: PathBuf, program: PathBuf) -> Scene {
        Scene { bench: Bench::new(), returns: Some(returns), program }
    }

    pub fn out(&self) -> PathBuf {
        self.bench.path("out")
    }

    /// Puts the old (0) or new (1) version in place. Of large returns every label changes, so that every table, every
    /// comparison's footer and every chart does.
    pub fn set(&self, version: u32) {
        if self.returns.is_none() {
            return inputs(&self.bench, version);
        }
        let pattern = regex::Regex::new("(?m)^label *= \"").expect("a pattern");
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines")).expect("pipelines") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let text = std::fs::read_to_string(&path).expect("a pipeline");
                let label = format!("label = \"{}", ["", "New: "][version as usize]);
                let text = pattern.replace_all(&text, &label);
                self.bench.pipeline(&path.file_stem().expect("a name").to_string_lossy(), &text);
            }
        }
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        let returns = self.returns.clone().unwrap_or_else(|| self.bench.path("returns"));
        command.args(["run", "--quiet", "--figures-only", "--pipelines", "pipelines", "--out", "out", "--returns"]);
        command.arg(returns).current_dir(self.bench.path("")).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Runs to the end; answers what was said where that was not well.
    pub fn run(&self) -> Result<(), String> {
        let output = self.command().output().expect("the program runs");
        // Findings of severity error in real returns are no fault of the bench.
        match output.status.code() {
            Some(0 | 1) => Ok(()),
            _ => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}

/// Puts a copy of the tree `from` in the place of `to`.
pub fn restore(from: &Path, to: &Path) {
    if to.exists() {
        std::fs::remove_dir_all(to).expect("cleared");
    }
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            restore(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// The tables in `out` whose comparisons are of another build.
pub fn apart(out: &Path) -> Vec<String> {
    let footer = |name: &str| abreast::publish::footer(&out.join(format!("tables/{name}.parquet")));
    let parts = footer("comparisons").unwrap_or_default().parts;
    let differs = |(table, fingerprint, _): &(String, String, usize)| {
        footer(table).is_some_and(|meta| meta.fingerprint != *fingerprint).then(|| table.clone())
    };
    parts.iter().filter_map(differs).collect()
}

/// Asserts that two trees are one, and names what differs.
pub fn same(one: &Tree, other: &Tree, what: &str) {
    let names = one.keys().chain(other.keys());
    let differ: std::collections::BTreeSet<&String> = names.filter(|name| one.get(*name) != other.get(*name)).collect();
    assert!(differ.is_empty(), "{what}: {differ:?} differ");
}

/// Asserts that every file is the old or the new one, whole; answers how many there are of each, where they differ.
pub fn old_or_new(now: &Tree, old: &Tree, new: &Tree) -> (usize, usize) {
    let mut counts = (0, 0);
    for name in old.keys().chain(new.keys()) {
        assert!(now.contains_key(name) || !(old.contains_key(name) && new.contains_key(name)), "{name} is gone");
    }
    for (name, hash) in now {
        let part = name.contains("/.abreast-") || name.starts_with(".abreast-") || name.starts_with(".previous-new/");
        if part || name == "UNFINISHED.txt" {
            continue;
        }
        if let Some(kept) = name.strip_prefix(".previous-next/").or_else(|| name.strip_prefix(".previous-old/")) {
            assert_eq!(Some(hash), old.get(kept), "{name} is not the old one");
            continue;
        }
        let (is_old, is_new) = (old.get(name) == Some(hash), new.get(name) == Some(hash));
        assert!(is_old || is_new, "{name} is neither the old one nor the new one");
        counts.0 += usize::from(is_old && !is_new);
        counts.1 += usize::from(is_new && !is_old);
    }
    counts
}

/// A number below `limit`, other at each call.
pub fn chance(state: &mut u64, limit: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % limit.max(1)
}

/// What a campaign of kills came to.
#[derive(Debug, Default)]
struct Counts {
    before: usize,
    during: usize,
    after: usize,
    files_old: usize,
    files_new: usize,
    apart: usize,
}

fn campaign(scene: &Scene, kills: u64) -> Counts {
    let (out, kept) = (scene.out(), scene.bench.path("kept"));
    scene.set(0);
    scene.run().expect("the old build");
    let old = tree(&out);
    restore(&out, &kept);
    scene.set(1);
    let begun = Instant::now();
    scene.run().expect("the new build");
    let length = begun.elapsed().as_micros() as u64;
    let new = tree(&out);
    assert!(old.iter().filter(|(name, hash)| new.get(*name) != Some(hash)).count() > 4, "the builds differ");
    let mut counts = Counts::default();
    let mut state = std::time::UNIX_EPOCH.elapsed().map_or(1, |since| since.as_nanos() as u64);
    for kill in 0..kills {
        restore(&kept, &out);
        let mut child = scene.command().spawn().expect("the program runs");
        // Every second kill is aimed at the time when outputs are written.
        while kill % 2 == 1 && !out.join("UNFINISHED.txt").exists() && child.try_wait().expect("its state").is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_micros(chance(&mut state, length + length / 10)));
        let ended = child.try_wait().expect("its state").is_some();
        child.kill().expect("killed or ended");
        child.wait().expect("gone");
        let now = tree(&out);
        let (files_old, files_new) = old_or_new(&now, &old, &new);
        let unfinished = now.contains_key("UNFINISHED.txt");
        let mixed = apart(&out);
        assert!(unfinished || mixed.is_empty(), "{mixed:?} of two builds, and nothing says so");
        assert!(unfinished || files_old == 0 || files_new == 0, "two builds, and nothing says so");
        counts.before += usize::from(!unfinished && files_new == 0 && !ended);
        counts.during += usize::from(unfinished);
        counts.after += usize::from(!unfinished && files_old == 0);
        counts.files_old += files_old;
        counts.files_new += files_new;
        counts.apart += usize::from(!mixed.is_empty());
        scene.run().expect("the run after");
        same(&tree(&out), &new, "the next run repairs to exactly the new build");
        let tables: Tree =
            old.iter().filter(|(name, _)| name.starts_with("tables/")).map(|(n, h)| (n.clone(), h.clone())).collect();
        same(&tree(&out.join("previous")), &tables, "the build before is the old one");
    }
    assert_eq!(counts.before + counts.during + counts.after, kills as usize, "{counts:?}");
    counts
}

#[test]
fn killed_at_any_moment_every_file_is_the_old_or_the_new() {
    let asked = std::env::var("ABREAST_KILLS").ok().and_then(|count| count.parse().ok());
    let program =
        std::env::var_os("ABREAST_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_abreast").into(), PathBuf::from);
    let scene = match asked {
        None => Scene::small(),
        Some(_) => {
            let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
            Scene::large(std::env::var_os("ABREAST_RETURNS").map_or(sample, PathBuf::from), program)
        }
    };
    let counts = campaign(&scene, asked.unwrap_or(8));
    println!("{counts:?}");
}

#[test]
fn a_run_that_was_killed_before_its_charts_has_them_drawn_by_the_next() {
    let scene = Scene::small();
    scene.set(1);
    scene.run().expect("a build");
    // Tables and comparisons are new, a chart is old, and the mark of a broken-off run stands there.
    std::fs::write(scene.out().join("UNFINISHED.txt"), "").expect("written");
    let chart = tree(&scene.out()).into_keys().find(|name| name.ends_with(".svg")).expect("a chart");
    std::fs::write(scene.out().join(chart), "old").expect("written");
    std::fs::write(scene.out().join("tables/.abreast-left"), "half").expect("written");
    scene.run().expect("the run after");
    same(&tree(&scene.out()), &built(1), "the build");
}
