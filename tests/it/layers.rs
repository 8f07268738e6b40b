//! Which room may know which: main -> cli -> commands -> engines -> store -> stages -> nouns, never upward, and never
//! sideways between stages or engines.

mod graph;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use graph::{Graph, Module};

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
    "progress",
    "provenance",
    "quarantine",
    "reading",
    "report",
    "saved",
    "schema",
    "screen",
    "series",
    "shown",
    "statistics",
    "targets",
    "actions",
    "own_files",
    "text",
    "value",
];
const STAGES: [&str; 9] = ["fetch", "load", "normalise", "protect", "check", "compare", "chart", "publish", "printing"];
/// The store and the engines; those on one line may not know each other.
const ENGINES: [&[&str]; 6] = [
    &["store"],
    &["draw"],
    &["refresh"],
    &["diff"],
    &["papers", "intake", "trace", "sidebyside"],
    &["browse", "handout"],
];
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

/// Every arrow that runs the wrong way, as words.
fn wrong_arrows(graph: &Graph) -> Vec<String> {
    let mut wrong = Vec::new();
    for room in graph.rooms() {
        if layer(&room).is_none() {
            wrong.push(format!("`{room}` is in no layer: add it to tests/it/layers.rs and ARCHITECTURE.md"));
        }
    }
    for (from, to) in graph.arrows() {
        let (Some(room), Some(other)) = (from.first(), to.first()) else { continue };
        let (Some(here), Some(there)) = (layer(room), layer(other)) else { continue };
        if room != other && (there > here || (here == there && here > 0)) {
            wrong.push(format!("`{}` uses `{}`", from.join("::"), to.join("::")));
        }
    }
    wrong
}

/// The files of a room that name each other in a circle, and why a noun cut out would not end it.
const CIRCLES: &[(&str, &str)] = &[
    ("browse", "pages name the addresses of one another, and an address is read by the page it is of"),
    (
        "chart",
        "a chart's struct, its drawing and its message are one thing in three files, each of which reads the struct",
    ),
    ("intake", "an answer is made of assessments and new pipelines, which are tried by what was asked for the answer"),
    ("normalise", "the map of a table and what it finds in cells, labels and templates are worked out of one another"),
    ("papers", "a section asks for its tables, and a table for the view of its section, both declared in `mod.rs`"),
    ("refresh", "a table is made of its plan, and says to plan, footer and the tables beside it what became of it"),
];

#[test]
fn arrows_run_downward_only() {
    let graph = graph::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(graph.arrows().len() > 1000, "only {} arrows were found", graph.arrows().len());
    let wrong = wrong_arrows(&graph);
    assert!(wrong.is_empty(), "arrows that run the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn rooms_have_no_circle_and_files_only_those_that_are_told() {
    let arrows = graph::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).arrows();
    let rooms: BTreeSet<(String, String)> = arrows
        .iter()
        .filter_map(|(from, to)| Some((from.first()?.clone(), to.first()?.clone())))
        .filter(|(from, to)| from != to)
        .collect();
    assert_eq!(graph::circles(&rooms), Vec::<Vec<String>>::new(), "rooms in a circle");
    let circles = graph::circles(&arrows);
    let inside = |room: &str, circle: &[Module]| circle.iter().all(|module| module.join("::").starts_with(room));
    for circle in &circles {
        let names: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
        assert!(CIRCLES.iter().any(|(room, _)| inside(room, circle)), "a circle of files: {}", names.join(", "));
    }
    for (room, _) in CIRCLES {
        assert!(circles.iter().any(|circle| inside(room, circle)), "`{room}` has no circle any more: take it out");
    }
}

/// What is wrong with a crate of the files given, each a module and its text.
fn wrong_with(files: &[(&str, &str)]) -> Vec<String> {
    let mut graph = Graph::default();
    for (module, text) in files {
        graph.add(module.split("::").map(str::to_owned).collect(), text).expect("Rust");
    }
    wrong_arrows(&graph)
}

#[test]
fn an_arrow_that_runs_the_wrong_way_is_seen_however_it_is_written() {
    let load = ("load", "pub struct Grid; pub mod inner { pub fn read() {} }");
    for (text, count) in [
        ("use crate::load::Grid;", 1),
        ("fn f() { crate::load::inner::read(); }", 1),
        ("use crate::{area, load::{self, inner::read as r}};", 2),
        ("use super::load::Grid as Cells;", 1),
        ("fn f() -> String { format!(\"{:?}\", crate::load::inner::read()) }", 1),
        ("fn f(grid: &super::super::check::super::load::Grid) {}", 1),
        ("use crate::load as l; fn f() { l::inner::read(); }", 2),
        ("use crate::load::*;", 1),
        ("// use crate::load::Grid;\n/// `crate::load::Grid`\nfn f() { g(\"crate::load::Grid\") }", 0),
        ("#[cfg(test)] mod tests { use crate::load::Grid; }", 0),
        ("use std::fs::load; use crate::area::Register; fn f() { load::Grid }", 0),
    ] {
        let found = wrong_with(&[load, ("area", "pub struct Register;"), ("check", text)]);
        assert_eq!(found.len(), count, "{text}: {found:?}");
    }
    // Through a noun that lends the name on, the arrow is from the noun.
    let lent = [load, ("text", "pub use crate::load::Grid;"), ("check", "use crate::text::Grid;")];
    assert_eq!(wrong_with(&lent).len(), 2, "{:?}", wrong_with(&lent));
    for (room, text, count) in [
        ("area::names", "use crate::compare::Comparator;", 1),
        ("commands::run", "use crate::compare::Comparator;", 0),
        ("papers", "use crate::intake::Add;", 1),
        ("refresh::table", "use crate::{cli::Cli, papers};", 2),
        ("utils", "", 1),
    ] {
        let rest = [("compare", "pub struct Comparator;"), ("intake", "pub struct Add;"), ("cli", "pub struct Cli;")];
        let files: Vec<_> = rest.into_iter().chain([("papers", ""), (room, text)]).collect();
        assert_eq!(wrong_with(&files).len(), count, "{room}: {text}: {:?}", wrong_with(&files));
    }
    assert_eq!(ABOVE.map(|room| layer(room).is_some()), [true; 3]);
}

#[test]
fn a_circle_is_seen_and_a_line_is_none() {
    let arrows = |pairs: &[(&'static str, &'static str)]| pairs.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(graph::circles(&arrows(&[("a", "b"), ("b", "c"), ("a", "c")])), Vec::<Vec<&str>>::new());
    let two = arrows(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "d"), ("d", "e")]);
    assert_eq!(graph::circles(&two), [vec!["a", "b", "c"], vec!["d", "e"]]);
}

#[test]
fn plotters_is_drawn_with_in_the_chart_room_only_and_parquet_known_in_load_and_publish_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&root) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let room = room(&root, &path);
        let uses = |word: &str| text.lines().any(|line| line.trim_start().starts_with("use ") && line.contains(word));
        assert!(room == "chart" || !uses("plotters"), "{} draws", path.display());
        assert!(
            ["load", "publish"].contains(&room.as_str()) || !uses(" parquet::"),
            "{} knows Parquet",
            path.display()
        );
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
        let inside = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        // One file listens, on this computer alone, and asks nobody.
        let listens = inside == "browse/serve.rs";
        assert!(!listens || (text.contains("Ipv4Addr::LOCALHOST") && !text.contains("connect(")), "{inside}");
        if reaches_out(&text) && !listens {
            seen.insert(room(&root, &path));
        }
        let asks = text.lines().any(|line| line.contains("crate::fetch") && !line.trim_start().starts_with("//"));
        assert!(!asks || inside.starts_with("intake/fetch"), "{inside} asks the network without being told to");
    }
    assert_eq!(seen, BTreeSet::from(["fetch".to_owned()]), "rooms that reach out");
    assert!(reaches_out("    ureq::get(url)"), "a request is seen");
    assert!(!reaches_out("// ureq is a client"), "a comment is none");
}
