//! Which program made a table: its version and a fingerprint of its sources, which differs wherever they do.

#[path = "../../build/sources.rs"]
mod sources;

use std::path::Path;

use abreast::provenance::PROGRAM;
use sources::{MADE_FROM, fingerprint};

#[test]
fn a_program_with_other_sources_is_another_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    let now = || fingerprint(folder.path(), &["src", "Cargo.lock"]).expect("read");
    write("Cargo.lock", "one");
    write("src/compare/rank.rs", "a < b");
    let first = now();
    assert_eq!(first, now(), "the same sources are the same program");
    write("notes.txt", "not a source");
    assert_eq!(first, now(), "what is no source makes no difference");
    write("src/compare/rank.rs", "a <= b");
    let corrected = now();
    assert_ne!(first, corrected, "a corrected file");
    write("src/value.rs", "");
    assert_ne!(corrected, now(), "a new file");
    std::fs::remove_file(folder.path().join("src/value.rs")).expect("removed");
    assert_eq!(corrected, now());
    write("Cargo.lock", "two");
    assert_ne!(corrected, now(), "another version of a library");
}

#[test]
fn the_program_says_of_which_sources_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = fingerprint(root, &MADE_FROM).expect("the sources");
    assert_eq!(PROGRAM, format!("{}+{sources}", env!("CARGO_PKG_VERSION")));
}
