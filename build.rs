//! Puts the pipelines, the reference files and the report files into the program, for a laptop where it stands alone,
//! and a fingerprint of its own sources, so that a corrected program makes its tables again.

#[path = "build/sources.rs"]
mod sources;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let mut code = String::from("/// Path and text of each file.\npub static FILES: &[(&str, &str)] = &[\n");
    for folder in ["data/reference", "pipelines", "pipelines/reports", "pipelines/tables"] {
        println!("cargo::rerun-if-changed={folder}");
        for path in files(&root.join(folder))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // Writing to a String cannot fail.
            let _ = writeln!(
                code,
                "    ({:?}, include_str!({:?})),",
                format!("{folder}/{name}"),
                path.display().to_string()
            );
        }
    }
    code.push_str("];\n");
    for name in sources::MADE_FROM {
        println!("cargo::rerun-if-changed={name}");
    }
    println!("cargo::rustc-env=ABREAST_SOURCES={}", sources::fingerprint(&root, &sources::MADE_FROM)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("built_in.rs"), code)
}

/// The CSV and TOML files of a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "csv" || extension == "toml"));
    paths.sort();
    Ok(paths)
}
