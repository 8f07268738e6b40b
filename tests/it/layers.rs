//! Which room may know which: main -> cli -> commands -> engines -> store -> stages -> nouns, never upward, and never
//! sideways between stages or engines.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The rooms from the bottom to the top. A room may use those below it; nouns may also use each other.
const NOUNS: &[&str] = &[
    "area",
    "comparator",
    "counted",
    "declaration",
    "durable",
    "figure",
    "finding",
    "form",
    "frame",
    "grid",
    "home",
    "manifest",
    "period",
    "pipeline",
    "provenance",
    "quarantine",
    "reading",
    "report",
    "schema",
    "screen",
    "series",
    "shown",
    "statistics",
    "targets",
    "text",
    "value",
];
const STAGES: [&str; 8] = ["fetch", "load", "normalise", "protect", "check", "compare", "chart", "publish"];
/// The store and the engines; those on one line may not know each other.
const ENGINES: [&[&str]; 5] =
    [&["store"], &["draw"], &["refresh"], &["diff"], &["papers", "intake", "trace", "sidebyside"]];
const ABOVE: [&str; 3] = ["commands", "cli", "main"];

/// The floor a room stands on: nouns below, then stages, the store, the engines, commands, command line and `main`.
fn layer(room: &str) -> Option<usize> {
    let engine = || ENGINES.iter().position(|floor| floor.contains(&room)).map(|floor| 2 + floor);
    let above = || ABOVE.iter().position(|name| *name == room).map(|floor| 2 + ENGINES.len() + floor);
    match room {
        _ if NOUNS.contains(&room) => Some(0),
        _ if STAGES.contains(&room) => Some(1),
        _ => engine().or_else(above),
    }
}

/// The Rust files below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The room a file stands in: the first folder below `src`, or the file's own name.
fn room(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).expect("below src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The rooms that a text names after `crate::` or, in `main.rs`, after `abreast::`; a `use` of several counts each.
fn named(text: &str, is_main: bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let start = if is_main { "abreast::" } else { "crate::" };
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for rest in line.split(start).skip(1) {
            let words = match rest.strip_prefix('{') {
                Some(several) => several.split('}').next().unwrap_or_default(),
                None => rest,
            };
            for word in words.split(',') {
                let word: String = word.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if !word.is_empty() {
                    found.insert(word);
                }
                if !rest.starts_with('{') {
                    break;
                }
            }
        }
    }
    found
}

/// Every arrow that runs the wrong way, as words.
fn wrong_arrows(files: &[(String, String, String)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, room, text) in files {
        if room == "lib" {
            continue;
        }
        let Some(here) = layer(room) else {
            wrong.push(format!("{path}: `{room}` is in no layer: add it to tests/it/layers.rs and ARCHITECTURE.md"));
            continue;
        };
        for other in named(text, room == "main") {
            let Some(there) = layer(&other).filter(|_| other != *room) else { continue };
            let sideways = here == there && here > 0;
            if there > here || sideways {
                wrong.push(format!("{path}: `{room}` uses `{other}`"));
            }
        }
    }
    wrong
}

#[test]
fn arrows_run_downward_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files: Vec<(String, String, String)> = sources(&root)
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source file");
            (path.strip_prefix(&root).expect("below").display().to_string(), room(&root, &path), text)
        })
        .collect();
    assert!(files.len() > 60, "only {} files were found", files.len());
    let wrong = wrong_arrows(&files);
    assert!(wrong.is_empty(), "arrows that run the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn an_arrow_that_runs_the_wrong_way_is_seen() {
    let file = |path: &str, room: &str, text: &str| (path.to_owned(), room.to_owned(), text.to_owned());
    for (bad, count) in [
        (file("check/mod.rs", "check", "use crate::load::Grid;\n"), 1),
        (file("check/mod.rs", "check", "    let x = crate::publish::footer(path);\n"), 1),
        (file("normalise/mod.rs", "normalise", "use crate::{area::Register, load, publish};\n"), 2),
        (file("area/mod.rs", "area", "use crate::compare::Comparator;\n"), 1),
        (file("chart/mod.rs", "chart", "use crate::commands::run;\n"), 1),
        (file("utils.rs", "utils", ""), 1),
        (file("check/mod.rs", "check", "use crate::area::Register;\nuse crate::check::totals;\n// crate::load\n"), 0),
        (file("commands/run.rs", "commands", "use crate::refresh::Run;\nuse crate::load;\n"), 0),
        (file("papers/mod.rs", "papers", "use crate::intake::add;\n"), 1),
        (file("refresh/mod.rs", "refresh", "use crate::cli::Cli;\nuse crate::diff;\n"), 2),
    ] {
        assert_eq!(wrong_arrows(std::slice::from_ref(&bad)).len(), count, "{}: {}", bad.0, bad.2);
    }
    assert_eq!(ABOVE.map(|room| layer(room).is_some()), [true; 3]);
}

#[test]
fn plotters_is_drawn_with_in_the_chart_room_only_and_parquet_written_in_publish_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&root) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let room = room(&root, &path);
        let uses = |word: &str| text.lines().any(|line| line.trim_start().starts_with("use ") && line.contains(word));
        assert!(room == "chart" || !uses("plotters"), "{} draws", path.display());
        assert!(room == "publish" || !uses(" parquet::"), "{} knows Parquet", path.display());
        assert!(room == "load" || !uses(" calamine::"), "{} opens workbooks", path.display());
    }
}

/// Whether a line of code, comments aside, could reach the network.
fn reaches_out(text: &str) -> bool {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.into_iter().any(|line| ["ureq", "std::net", "TcpStream", "UdpSocket"].iter().any(|word| line.contains(word)))
}

#[test]
fn the_network_is_used_in_the_fetch_room_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = BTreeSet::new();
    for path in sources(&root) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        if reaches_out(&text) {
            seen.insert(room(&root, &path));
        }
        let asks = text.lines().any(|line| line.contains("crate::fetch") && !line.trim_start().starts_with("//"));
        let inside = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        assert!(!asks || inside.starts_with("intake/fetch"), "{inside} asks the network without being told to");
    }
    assert_eq!(seen, BTreeSet::from(["fetch".to_owned()]), "rooms that reach out");
    assert!(reaches_out("    ureq::get(url)"), "a request is seen");
    assert!(!reaches_out("// ureq is a client"), "a comment is none");
}
