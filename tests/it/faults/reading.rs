//! Files that change while they are read, and times that are wrong: what a table says it was made from is what it was
//! made from, and no time decides anything.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use super::{Scene, built, inputs, same, tree};
use crate::harness::{Bench, EES, ees, snapshot};

/// A return of one row whose figure is `percent`, as long whatever it is.
fn version(percent: u32) -> String {
    format!("{EES},top,bottom\n{},{percent},100\n", ees("2024", "Calendar year", "Leeds"))
}

/// The share of Leeds and the hash that the footer of `plans` names.
fn published(bench: &Bench) -> (f64, String) {
    let path = bench.path("out/tables/plans.parquet");
    let meta = abreast::publish::footer(&path).expect("a table");
    (bench.table("plans").row(&["measure=share", "la_code=383"]).value(), meta.inputs["sen2/2025/plans.csv"].clone())
}

#[test]
fn the_hash_is_of_the_bytes_that_were_read_while_a_file_is_replaced() {
    let bench = Bench::new();
    inputs(&bench, 0);
    let (file, beside) = (bench.path("returns/sen2/2025/plans.csv"), bench.path("beside.csv"));
    let hashes = [20, 30].map(|percent| abreast::provenance::hash(version(percent).as_bytes()));
    std::fs::write(&file, version(20)).expect("a file");
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for turn in 0.. {
                std::fs::write(&beside, version([20, 30][turn % 2])).expect("a file");
                std::fs::rename(&beside, &file).expect("replaced");
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        for _ in 0..10 {
            bench.run_with(&["plans", "--force"]).well();
            let (value, hash) = published(&bench);
            let of = hashes.iter().position(|known| *known == hash).expect("one of the two");
            assert_eq!(value, [20.0, 30.0][of], "the figure is not of the file that the footer names");
        }
        stop.store(true, Ordering::Relaxed);
    });
}

/// A file that is longer when it was read than it was said to be: one that is still being copied or downloaded.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_grows_while_it_is_read_is_refused() {
    let bench = Bench::new();
    inputs(&bench, 0);
    let file = bench.path("returns/sen2/2025/plans.csv");
    std::fs::remove_file(&file).expect("taken away");
    // The kernel gives the length of its own files as 0.
    std::os::unix::fs::symlink("/proc/self/status", &file).expect("a link");
    let ran = bench.run_with(&["plans"]);
    assert_eq!(ran.code, 1);
    let text = ran.finding("changing-file").to_string();
    snapshot(
        "faults/changing_file.txt",
        &regex::Regex::new(r"\d+ bytes").expect("a pattern").replace(&text, "N bytes"),
    );
    assert!(!bench.has("plans"));
}

#[test]
fn times_of_files_decide_nothing() {
    let scene = Scene::small();
    scene.set(0);
    scene.run().expect("a build");
    let (day, now) = (Duration::from_secs(86_400), SystemTime::now());
    for time in [SystemTime::UNIX_EPOCH - 3650 * day, SystemTime::UNIX_EPOCH, now + 36_500 * day] {
        for folder in ["returns", "pipelines", "out"] {
            for name in scene.bench.files(folder) {
                let file = std::fs::File::options().write(true).open(scene.bench.path(&name)).expect("a file");
                file.set_modified(time).expect("its time");
            }
        }
        let again = scene.bench.abreast(&[
            "run",
            "--pipelines",
            "pipelines",
            "--returns",
            "returns",
            "--out",
            "out",
            "--figures-only",
        ]);
        assert_eq!(again.stderr.matches("unchanged, left alone").count(), 3, "{}", again.stderr);
        same(&tree(&scene.out()), &built(0), "the build");
    }
    // Another content of the same length with the same time as before is seen.
    let file = scene.bench.path("returns/sen2/2025/plans.csv");
    let before = file.metadata().expect("a file");
    let time = before.modified().expect("a time");
    scene.set(1);
    assert_eq!(file.metadata().expect("a file").len(), before.len());
    for name in scene.bench.files("returns") {
        let file = std::fs::File::options().write(true).open(scene.bench.path(&name)).expect("a file");
        file.set_modified(time).expect("its time");
    }
    scene.run().expect("a run");
    same(&tree(&scene.out()), &built(1), "the build");
}
