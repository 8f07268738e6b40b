//! `add`: a file lands under its return and release with its bytes as they are, and nothing is overwritten unasked.

use std::path::{Path, PathBuf};

use abreast::commands::{add, run};
use abreast::intake::Add;
use abreast::manifest::{Manifest, path_for};
use abreast::refresh::{Run, Sources};

use super::diff::rewrite;
use super::explain::{copy, sample};

const FILE: &str = "sen2/2025/timeliness_20_week.csv";

fn asked(file: &Path, returns: &Path) -> Add {
    Add {
        files: vec![file.to_owned()],
        r#return: None,
        table: None,
        release: None,
        url: None,
        published: None,
        replace: false,
        plan: false,
        returns: abreast::home::FilingFolder { folder: Some(returns.to_owned()) },
        pipelines: abreast::home::PipelineFiles::default(),
    }
}

/// Folders with the sample returns and a file of the next year as it was downloaded.
fn next_year(folder: &Path) -> (PathBuf, PathBuf) {
    let returns = folder.join("returns");
    copy(&sample(), &returns);
    let file = folder.join("timeliness_20_week (1).csv");
    std::fs::copy(returns.join(FILE), &file).expect("copied");
    rewrite(&file, &|at, row| {
        let year: u32 = row[at("time_period")].parse().expect("a year");
        row[at("time_period")] = (year + 1).to_string();
        true
    });
    (returns, file)
}

#[test]
fn next_years_file_is_recognised_and_recorded() {
    let folder = tempfile::tempdir().expect("a folder");
    let (returns, file) = next_year(folder.path());
    let options = Add {
        url: Some("https://example.org/x".to_owned()),
        published: Some("2026-06-25".to_owned()),
        ..asked(&file, &returns)
    };
    add::add(&options).expect("filed");
    let filed = returns.join("sen2/2026/timeliness_20_week.csv");
    assert_eq!(std::fs::read(&filed).expect("there"), std::fs::read(&file).expect("there"), "bytes as they are");
    let manifest = Manifest::read(&path_for(&returns)).expect("a manifest");
    let record = manifest.record("sen2/2026/timeliness_20_week.csv").expect("a record");
    assert_eq!((record.original.as_str(), record.published.as_str()), ("timeliness_20_week (1).csv", "2026-06-25"));
    // Once more is no harm, and what was said of it stays.
    add::add(&asked(&file, &returns)).expect("filed");
    assert_eq!(Manifest::read(&path_for(&returns)).expect("a manifest"), manifest);
}

#[test]
fn another_file_of_the_name_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let (returns, file) = next_year(folder.path());
    add::add(&asked(&file, &returns)).expect("filed");
    let first = std::fs::read(&file).expect("there");
    rewrite(&file, &|at, row| row[at("la_name")] != "Camden");
    let refused = add::add(&asked(&file, &returns)).expect_err("refused").to_string();
    assert!(refused.contains("is another file") && refused.contains("--replace"), "{refused}");
    add::add(&Add { replace: true, ..asked(&file, &returns) }).expect("filed");
    let kept: Vec<PathBuf> =
        std::fs::read_dir(returns.join("sen2/2026")).expect("a folder").flatten().map(|entry| entry.path()).collect();
    let old = kept.iter().find(|path| path.to_string_lossy().contains(".csv.old-")).expect("the old one");
    assert_eq!(std::fs::read(old).expect("kept"), first);
    // A run takes the new one alone, and says when it is changed by hand.
    let out = folder.path().join("out");
    let sources = Sources {
        tables: vec!["sen2_timeliness".to_owned()],
        returns: Some(returns.clone()),
        quiet: true,
        ..Sources::default()
    };
    let options = Run { sources, out: out.clone(), figures_only: true, ..Run::default() };
    run::run(&options).expect("a run");
    let found = |out: &Path| std::fs::read_to_string(out.join("findings.csv")).expect("findings");
    assert!(!found(&out).contains("file-differs"), "{}", found(&out));
    rewrite(&returns.join("sen2/2026/timeliness_20_week.csv"), &|at, row| row[at("la_name")] != "Barnet");
    run::run(&options).expect("a run");
    assert!(found(&out).contains("file-differs"), "{}", found(&out));
}

#[test]
fn what_cannot_be_told_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let (returns, file) = next_year(folder.path());
    let refused = |options: &Add| add::add(options).expect_err("refused").to_string();
    let strange = folder.path().join("strange.csv");
    std::fs::write(&strange, "a,b\n1,2\n").expect("written");
    assert!(refused(&asked(&strange, &returns)).contains("fits no pipeline"));
    let empty = folder.path().join("empty/returns");
    assert!(refused(&asked(&file, &empty)).contains("no release of `sen2_timeliness` is filed yet"));
    assert!(!empty.exists(), "nothing was filed");
    for release in ["../x", "a/b", "..", "/etc", "C:", "con"] {
        let options =
            Add { r#return: Some("sen2".to_owned()), release: Some(release.to_owned()), ..asked(&file, &returns) };
        assert!(refused(&options).contains("no name for a folder"), "{release}");
    }
    let day = Add { published: Some("26 June".to_owned()), ..asked(&file, &returns) };
    assert!(refused(&day).contains("no day"));
    std::fs::write(path_for(&returns), "[[file]]\npath = \"../../x\"\nsha256 = \"\"\nbytes = 0\nadded = \"\"\n")
        .expect("written");
    assert!(refused(&asked(&file, &returns)).contains("leads out of the returns folder"));
}
