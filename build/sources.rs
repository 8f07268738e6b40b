//! A number that differs wherever two programs do: of all sources and the versions of what they are built with.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// What a program is made from, below the root of the package.
pub const MADE_FROM: [&str; 4] = ["src", "build", "build.rs", "Cargo.lock"];

/// The fingerprint of the files and folders `names` below `root`: 16 digits. A new compiler may give another one: what it
/// makes is another program as well.
pub fn fingerprint(root: &Path, names: &[&str]) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in names.iter().map(|name| files(&root.join(name))).collect::<io::Result<Vec<_>>>()?.concat() {
        path.strip_prefix(root).unwrap_or(&path).hash(&mut hasher);
        fs::read(&path)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// A file, or the files of a folder and those in it, in order.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut inside: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    inside.sort();
    Ok(inside.iter().map(|path| files(path)).collect::<io::Result<Vec<_>>>()?.concat())
}
