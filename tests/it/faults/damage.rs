//! Damage to what is published, and files of somebody else's among it: no figure is other than it was without a word, the
//! next run makes again what is damaged or gone, and what abreast did not write stays.
//!
//! `ABREAST_FLIPS=300` makes a campaign of so many flipped bits.

use super::{Scene, Tree, chance, inputs, settled, tree};
use crate::harness::{Bench, Ran};

fn built() -> Scene {
    let scene = Scene::small();
    scene.set(0);
    scene.run().expect("a build");
    scene
}

/// What `compare` says of one authority.
fn compared(bench: &Bench) -> Ran {
    bench.abreast(&["compare", "share", "--authority", "Leeds", "--each", "--format", "csv", "--out", "out"])
}

/// Every file of a build that people open.
fn published(tree: &Tree) -> Vec<String> {
    tree.keys().filter(|name| name.contains('/') && !name.starts_with('.')).cloned().collect()
}

#[test]
fn a_flipped_bit_gives_no_other_figure_and_is_mended() {
    let asked = std::env::var("ABREAST_FLIPS").ok().and_then(|count| count.parse().ok()).unwrap_or(12);
    let scene = built();
    let (out, whole) = (scene.out(), settled(&tree(&scene.out())));
    let (right, names) = (compared(&scene.bench), published(&whole));
    let tables: Vec<&String> = names.iter().filter(|name| name.starts_with("tables/")).collect();
    let (mut state, mut errors) = (7, 0);
    for turn in 0..asked {
        // Every second one in a table: those are read again.
        let name = if turn % 2 == 0 {
            tables[chance(&mut state, tables.len() as u64) as usize]
        } else {
            &names[chance(&mut state, names.len() as u64) as usize]
        };
        let mut bytes = std::fs::read(out.join(name)).expect("a file");
        let at = chance(&mut state, bytes.len() as u64) as usize;
        bytes[at] ^= 1 << chance(&mut state, 8);
        std::fs::write(out.join(name), bytes).expect("written");
        let ran = compared(&scene.bench);
        assert!(ran.code != 0 || ran.stdout == right.stdout, "{name}, byte {at}: other figures with exit 0");
        errors += usize::from(ran.code != 0);
        scene.run().expect("the run after");
        assert_eq!(settled(&tree(&out)), whole, "{name}, byte {at}: not made again");
    }
    println!("{asked} bits: {errors} errors, no other figure, all mended");
}

#[test]
fn what_is_emptied_or_removed_is_made_again_and_a_paper_is_named() {
    let scene = built();
    let (out, whole) = (scene.out(), settled(&tree(&scene.out())));
    for name in published(&whole) {
        if !name.ends_with(".svg") && !name.ends_with("plans.parquet") {
            continue;
        }
        std::fs::write(out.join(&name), "").expect("emptied");
        scene.run().expect("the run after");
        assert_eq!(settled(&tree(&out)), whole, "{name} is empty");
        std::fs::remove_file(out.join(&name)).expect("removed");
        scene.run().expect("the run after");
        assert_eq!(settled(&tree(&out)), whole, "{name} is gone");
    }
    let board =
        "title = \"Board\"\nauthority = \"Leeds\"\n\n[[section]]\nheading = \"Plans\"\nmeasures = [\"plans/share\"]\n";
    scene.bench.file("pipelines/reports/board.toml", board);
    let report = ["report", "board", "--pipelines", "pipelines", "--out", "out"];
    assert_eq!(scene.bench.abreast(&report).code, 0);
    std::fs::write(out.join("reports/board-leeds.docx"), "").expect("emptied");
    let ran = scene.bench.run();
    assert!(ran.finding("output-damaged").message.contains("reports/board-leeds.docx"), "{}", ran.stderr);
    assert_eq!(scene.bench.abreast(&report).code, 0);
    assert!(std::fs::metadata(out.join("reports/board-leeds.docx")).expect("there").len() > 1000, "made again");
    assert!(scene.bench.run().all("output-damaged").is_empty());
}

#[test]
fn files_of_somebody_else_stay_and_are_no_tables() {
    let scene = built();
    let out = scene.out();
    let mine = [
        "tables/own.parquet",
        "tables/plans.new.csv",
        "previous/notes.txt",
        "previous/tables/x.parquet",
        "charts/a/b.svg",
    ];
    for name in mine {
        scene.bench.file(&format!("out/{name}"), format!("{name}, by hand"));
    }
    // One that abreast itself wrote, at the user's wish.
    let copy = [
        "compare",
        "share",
        "--authority",
        "Leeds",
        "--format",
        "parquet",
        "-o",
        "out/tables/mine.parquet",
        "--out",
        "out",
    ];
    assert_eq!(scene.bench.abreast(&copy).code, 0);
    let asked = std::fs::read(out.join("tables/mine.parquet")).expect("written");
    let right = compared(&scene.bench);
    for version in [1, 0] {
        inputs(&scene.bench, version);
        scene.run().expect("a build");
        for name in mine {
            assert_eq!(std::fs::read_to_string(out.join(name)).expect("there"), format!("{name}, by hand"));
        }
        assert_eq!(std::fs::read(out.join("tables/mine.parquet")).expect("there"), asked);
    }
    assert_eq!(compared(&scene.bench).stdout, right.stdout);
    // A file in the place of an output is kept under another name.
    std::fs::remove_file(out.join("SHA256SUMS")).expect("removed");
    std::fs::remove_file(out.join("tables/comparisons.parquet")).expect("removed");
    scene.bench.file("out/index.html", "my own page");
    let ran = scene.bench.run();
    assert!(ran.all("foreign-file").iter().any(|finding| finding.message.contains("index.kept-")), "{}", ran.stderr);
    let kept = scene.bench.files("out").into_iter().find(|name| name.contains("index.kept-")).expect("kept");
    assert_eq!(std::fs::read_to_string(scene.bench.path(&kept)).expect("there"), "my own page");
    // A file of a build is not written over by the user's own wish either.
    let over = ["compare", "share", "--authority", "Leeds", "--out", "out", "-o", "out/findings.csv"];
    let ran = scene.bench.abreast(&over);
    assert!(ran.code == 2 && ran.stderr.contains("is a file of a build"), "{}", ran.stderr);
}

#[test]
fn a_file_that_was_filed_and_is_gone_stops_its_table() {
    let bench = Bench::new();
    inputs(&bench, 0);
    for table in ["plans", "requests", "places"] {
        let file = format!("returns/sen2/2025/{table}.csv");
        let add = ["add", &file, "--return", "sen2", "--release", "2025", "--returns", "returns"];
        assert_eq!(bench.abreast(&add).code, 0, "{table}");
    }
    bench.run().well();
    let before = std::fs::read(bench.path("out/tables/plans.parquet")).expect("a table");
    std::fs::remove_file(bench.path("returns/sen2/2025/plans.csv")).expect("removed");
    for more in [&[][..], &["--force"]] {
        let ran = bench.run_with(more);
        let finding = ran.finding("file-gone");
        assert_eq!(
            (ran.code, finding.place.file.as_str(), finding.table.as_str()),
            (1, "sen2/2025/plans.csv", "plans")
        );
        assert_eq!(std::fs::read(bench.path("out/tables/plans.parquet")).expect("kept"), before);
    }
    assert!(bench.run_with(&["requests"]).all("file-gone").is_empty(), "another table was asked for");
}
