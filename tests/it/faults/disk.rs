//! Disks that fill up at any moment, folders that cannot be written to, files where folders should be.

use std::path::Path;
use std::process::Command;

use super::{Scene, built, old_or_new, restore, same, tree};
use crate::harness::{Bench, snapshot};

/// Runs a program of the system; answers whether it could do what was asked.
fn did(words: &[&str]) -> bool {
    Command::new(words[0]).args(&words[1..]).output().is_ok_and(|output| output.status.success())
}

/// A mount that ends with the test, also where that fails.
struct Mount(String);

impl Mount {
    /// Mounts at `at`, or says that the test is skipped.
    fn new(words: &[&str], at: &Path) -> Option<Mount> {
        let at = at.to_string_lossy().into_owned();
        if did(&[&["mount"], words, &[at.as_str()]].concat()) {
            return Some(Mount(at));
        }
        println!("skipped: no file system can be mounted here");
        None
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        did(&["umount", &self.0]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_at_any_moment_leaves_whole_files() {
    let scene = Scene::small();
    let (out, kept) = (scene.out(), scene.bench.path("kept"));
    scene.set(0);
    scene.run().expect("the old build");
    let old = tree(&out);
    restore(&out, &kept);
    scene.set(1);
    let new = built(1);
    let mut full = 0;
    // A page is 4 KiB, and the old build takes some 700 KiB: the first sizes hold little more than that.
    let least: u64 =
        old.keys().map(|name| std::fs::metadata(kept.join(name)).map_or(0, |file| file.len() / 4096 + 1)).sum();
    std::fs::remove_dir_all(&out).expect("cleared");
    for spare in (4..160).step_by(12) {
        std::fs::create_dir_all(&out).expect("a folder");
        let size = format!("size={}k", (least + spare) * 4);
        let Some(_mount) = Mount::new(&["-t", "tmpfs", "-o", &size, "tmpfs"], &out) else { return };
        for entry in std::fs::read_dir(&kept).expect("a folder").flatten() {
            let target = out.join(entry.file_name());
            if entry.path().is_dir() {
                restore(&entry.path(), &target)
            } else {
                drop(std::fs::copy(entry.path(), target))
            }
        }
        if let Err(said) = scene.run() {
            full += 1;
            assert!(said.contains("the disk is full: free some space and run again"), "{said}");
        }
        let now = tree(&out);
        old_or_new(&now, &old, &new);
        assert!(!now.keys().any(|name| name.contains(".abreast-")), "{spare}: a temporary file is left");
        assert!(did(&["mount", "-o", "remount,size=64m", &out.to_string_lossy()]), "made larger");
        scene.run().expect("the run after");
        same(&tree(&out), &new, "the next run repairs");
    }
    println!("{full} runs ended on a full disk");
    assert!(full > 2, "the disk was never full");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_to_is_said_and_can_be_read() {
    let scene = Scene::small();
    scene.set(0);
    scene.run().expect("a build");
    scene.set(1);
    let (out, folder) = (scene.out(), scene.out().to_string_lossy().into_owned());
    let Some(_mount) = Mount::new(&["--bind", &folder], &out) else { return };
    if !did(&["mount", "-o", "remount,ro,bind", &folder]) {
        println!("skipped: nothing can be mounted read-only here");
        return;
    }
    let said = scene.run().expect_err("it cannot be written to");
    snapshot("faults/read_only.txt", &said);
    same(&tree(&out), &built(0), "the build");
    let compare = scene.bench.abreast(&["compare", "share", "--authority", "Leeds", "--out", "out"]);
    assert_eq!(compare.code, 0, "{}", compare.stderr);
}

#[test]
fn a_file_where_a_folder_should_be() {
    for name in ["tables", "charts"] {
        let scene = Scene::small();
        scene.set(0);
        scene.bench.file(&format!("out/{name}"), "a file");
        let said = scene.run().expect_err("it is no folder");
        snapshot(&format!("faults/{name}_is_a_file.txt"), &said);
        std::fs::remove_file(scene.out().join(name)).expect("taken away");
        scene.run().expect("the run after");
        same(&tree(&scene.out()), &built(0), "the next run repairs");
    }
}

#[test]
fn a_folder_where_a_file_should_be() {
    let bench: Bench = Scene::small().bench;
    super::inputs(&bench, 0);
    bench.file("out/tables/plans.parquet/inside.txt", "a file in a folder");
    let ran = bench.run();
    assert!(ran.finding("output-in-use").message.contains("plans.new.parquet"), "{}", ran.stderr);
    assert_eq!(std::fs::read(bench.path("out/tables/plans.parquet/inside.txt")).expect("kept"), b"a file in a folder");
}
