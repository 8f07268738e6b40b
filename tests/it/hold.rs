//! Two commands at once on one outputs folder: one writes, the other waits and says so, and readers are told of a
//! build that is not whole.

use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::faults::{built, inputs, same, tree};
use crate::harness::{Bench, snapshot};

const RUN: [&str; 9] =
    ["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out", "--figures-only", "--quiet"];

fn start(bench: &Bench, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_abreast"))
        .args(arguments)
        .current_dir(bench.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs")
}

/// The lock of the bench's outputs, held by this process.
fn held(bench: &Bench) -> File {
    let file = File::options().create(true).truncate(false).write(true).open(bench.path("out/.lock")).expect("a file");
    file.lock().expect("the lock");
    file
}

#[test]
fn runs_started_together_all_end_whole() {
    let bench = Bench::new();
    inputs(&bench, 0);
    let children: Vec<Child> = (0..4).map(|_| start(&bench, &RUN)).collect();
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    same(&tree(&bench.path("out")), &built(0), "all four ended");
}

#[test]
fn a_held_folder_is_waited_for_and_said() {
    let bench = built_bench();
    let lock = held(&bench);
    let begun = Instant::now();
    let run = start(&bench, &RUN);
    let chart = start(&bench, &["chart", "trend", "share", "--authority", "Leeds", "--out", "out"]);
    std::thread::sleep(Duration::from_millis(600));
    drop(lock);
    for child in [run, chart] {
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        assert!(said.contains("waiting: another abreast is writing to `out`"), "{said}");
    }
    assert!(begun.elapsed() >= Duration::from_millis(600));
}

#[test]
fn a_held_folder_is_not_waited_for_where_that_is_asked() {
    let bench = built_bench();
    let before = tree(&bench.path("out"));
    let _lock = held(&bench);
    let run = bench.abreast(&[&RUN[..], &["--no-wait"]].concat());
    assert_eq!(run.code, 2);
    snapshot("hold/no_wait.txt", &run.stderr);
    let chart = bench.abreast(&["chart", "trend", "share", "--authority", "Leeds", "--out", "out", "--no-wait"]);
    assert_eq!((chart.code, chart.stderr), (2, run.stderr.clone()));
    let report = bench.abreast(&["report", "send_profile", "--authority", "Leeds", "--out", "out", "--no-wait"]);
    assert_eq!((report.code, report.stderr), (2, run.stderr));
    same(&tree(&bench.path("out")), &before, "nothing was written");
}

#[test]
fn readers_need_no_lock() {
    let bench = built_bench();
    let _lock = held(&bench);
    let compare = bench.abreast(&["compare", "share", "--authority", "Leeds", "--out", "out"]);
    assert_eq!(compare.code, 0, "{}", compare.stderr);
    let picture = ["chart", "trend", "share", "--authority", "Leeds", "--out", "out", "--no-wait", "-o", "here.svg"];
    assert_eq!(bench.abreast(&picture).code, 0, "a picture that goes elsewhere needs no lock");
    assert!(bench.path("here.svg").is_file());
}

#[test]
fn tables_and_comparisons_of_two_builds_are_not_read() {
    let bench = built_bench();
    let old = std::fs::read(bench.path("out/tables/comparisons.parquet")).expect("a table");
    inputs(&bench, 1);
    assert_eq!(bench.abreast(&RUN).code, 0);
    std::fs::write(bench.path("out/tables/comparisons.parquet"), old).expect("written");
    for arguments in [
        &["compare", "share", "--authority", "Leeds", "--out", "out"][..],
        &["chart", "trend", "share", "--authority", "Leeds", "--out", "out"],
        &["explain", "share", "--authority", "Leeds", "--out", "out"],
        &["diff", "--out", "out"],
    ] {
        let ran = bench.abreast(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        snapshot("hold/two_builds.txt", &ran.stderr);
    }
    assert_eq!(bench.abreast(&RUN).code, 0);
    same(&tree(&bench.path("out")), &built(1), "the next run puts it right");
}

#[test]
fn a_mistyped_folder_is_not_made() {
    let bench = Bench::new();
    let ran = bench.abreast(&["chart", "trend", "share", "--authority", "Leeds", "--out", "oups"]);
    assert_eq!(ran.code, 2);
    assert!(!bench.path("oups").exists(), "{}", ran.stderr);
}

fn built_bench() -> Bench {
    let bench = Bench::new();
    inputs(&bench, 0);
    let ran = bench.abreast(&RUN);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    bench
}
