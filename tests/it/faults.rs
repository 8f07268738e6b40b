//! What goes wrong around the program: it is killed, the power is cut, the disk is full, damaged or cannot be written
//! to, a file changes while it is read, the clock is wrong. After each, what is published is the old or the new build,
//! whole, and the next command repairs.

mod damage;
mod disk;
mod kills;
mod power;
mod reading;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

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
                let mut bytes = std::fs::read(path).expect("a file");
                if name == "SHA256SUMS" {
                    // Whether there is a build before is no part of the build, and a workbook says when it was made.
                    let text = String::from_utf8(bytes).expect("text");
                    let part = |line: &&str| !line.contains("  previous/") && !line.ends_with(".xlsx");
                    bytes = text.lines().filter(part).collect::<String>().into_bytes();
                }
                let hash = if name.ends_with(".xlsx") { parts(bytes) } else { abreast::provenance::hash(&bytes) };
                found.insert(name, hash);
            }
        }
    }
    found
}

/// A hash of a workbook without the time at which it was made; of its bytes where it is none.
fn parts(bytes: Vec<u8>) -> String {
    let mut all = String::new();
    if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) {
        for at in 0..archive.len() {
            let mut part = Vec::new();
            let mut entry = archive.by_index(at).expect("a part");
            if std::io::Read::read_to_end(&mut entry, &mut part).is_err() {
                return abreast::provenance::hash(&bytes);
            }
            let name = entry.name().expect("a name").into_owned();
            all += &if name == "docProps/core.xml" { name } else { name + &abreast::provenance::hash(&part) };
        }
        return all;
    }
    abreast::provenance::hash(&bytes)
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

    /// The words of the command, for any folder it is given in.
    pub fn words(&self) -> Vec<String> {
        let returns = self.returns.clone().unwrap_or_else(|| self.bench.path("returns"));
        let [pipelines, out] = ["pipelines", "out"].map(|name| self.bench.path(name));
        let words = ["abreast", "run", "--quiet", "--figures-only", "--pipelines"].map(str::to_owned).into_iter();
        let shown = |path: PathBuf| path.to_string_lossy().into_owned();
        words
            .chain([shown(pipelines), "--out".to_owned(), shown(out), "--returns".to_owned(), shown(returns)])
            .collect()
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

/// Asserts that two trees are one, and names what differs.
pub fn same(one: &Tree, other: &Tree, what: &str) {
    let names = one.keys().chain(other.keys());
    let differ: std::collections::BTreeSet<&String> = names.filter(|name| one.get(*name) != other.get(*name)).collect();
    assert!(differ.is_empty(), "{what}: {differ:?} differ");
}

/// Whether a file is one that a command leaves only where it is broken off, and the next takes away.
fn is_left(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    name.starts_with(".abreast-next-")
        || (last.starts_with(".abreast-") && last.ends_with(".part"))
        || name == "UNFINISHED.txt"
}

/// A tree without what only a broken-off command leaves.
pub fn settled(tree: &Tree) -> Tree {
    tree.iter().filter(|(name, _)| !is_left(name)).map(|(name, hash)| (name.clone(), hash.clone())).collect()
}

/// Asserts that every file is the old or the new one, whole; answers how many there are of each, where they differ.
pub fn old_or_new(now: &Tree, old: &Tree, new: &Tree) -> (usize, usize) {
    let mut counts = (0, 0);
    for name in old.keys().chain(new.keys()) {
        assert!(now.contains_key(name) || !(old.contains_key(name) && new.contains_key(name)), "{name} is gone");
    }
    for (name, hash) in &settled(now) {
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
