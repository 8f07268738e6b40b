//! `remove`: a filed file is put aside and its record with it, and `--undo` puts both back as they were.

use abreast::manifest::{Manifest, path_for};

use crate::faults::{inputs, tree};
use crate::harness::{Bench, Ran, snapshot};

/// A bench with three tables' files filed, and a build of them.
fn filed() -> Bench {
    let bench = Bench::new();
    inputs(&bench, 0);
    for table in ["plans", "requests", "places"] {
        let file = bench.path(&format!("returns/sen2/2025/{table}.csv"));
        bench.file(&format!("came/{table}.csv"), std::fs::read(&file).expect("a file"));
        std::fs::remove_file(file).expect("removed");
        let came = format!("came/{table}.csv");
        let add =
            ["add", &came, "--return", "sen2", "--release", "2025", "--returns", "returns", "--pipelines", "pipelines"];
        assert_eq!(bench.abreast(&add).code, 0, "{table}");
    }
    bench.run().well();
    bench
}

fn remove(bench: &Bench, words: &[&str]) -> Ran {
    let mut all = vec!["remove", "--returns", "returns", "--pipelines", "pipelines"];
    all.extend(words);
    bench.abreast(&all)
}

fn manifest(bench: &Bench) -> Manifest {
    Manifest::read(&path_for(&bench.path("returns"))).expect("a manifest")
}

/// What was said, without hashes and the bench's own folder.
fn said(heading: &str, ran: &Ran) -> String {
    let text = format!("# {heading}\n{}{}exit {}\n\n", ran.stdout, ran.stderr, ran.code).replace("\r\n", "\n");
    let folder = regex::Regex::new("`/[^`]*/returns").expect("a pattern");
    let text = folder.replace_all(&text, "`returns").into_owned();
    regex::Regex::new("removed-[0-9a-f]{8}").expect("a pattern").replace_all(&text, "removed-HASH").into_owned()
}

#[test]
fn what_is_taken_out_is_read_by_no_run_and_comes_back_as_it_was() {
    let bench = filed();
    let path = bench.path("manifest.toml");
    let text = std::fs::read_to_string(&path).expect("a manifest").replace("[[file]]", "# ours\n[[file]]");
    std::fs::write(&path, &text).expect("written");
    let (returns, out) = (tree(&bench.path("returns")), tree(&bench.path("out/tables")));
    for wanted in ["sen2/2025/plans.csv", "plans/2025", "plans/2025/plans.csv", "returns/sen2/2025/plans.csv"] {
        assert_eq!(remove(&bench, &[wanted]).code, 0, "{wanted}");
        assert!(!bench.path("returns/sen2/2025/plans.csv").exists(), "{wanted}");
        let now = manifest(&bench);
        assert_eq!((now.record("sen2/2025/plans.csv"), now.removed.len(), now.files.len()), (None, 1, 2), "{wanted}");
        let ran = bench.run().well();
        assert!(ran.all("file-gone").is_empty() && ran.all("unread-file").is_empty(), "{}", ran.stderr);
        assert!(!bench.has("plans"), "{wanted}: the table has no file any more");
        assert_eq!(remove(&bench, &[wanted, "--undo"]).code, 0, "{wanted}");
        assert_eq!(tree(&bench.path("returns")), returns, "{wanted}");
        assert_eq!(std::fs::read_to_string(&path).expect("a manifest"), text, "{wanted}");
    }
    bench.run().well();
    assert_eq!(tree(&bench.path("out/tables")), out, "the same tables as before");
}

#[test]
fn a_description_goes_with_its_file_and_a_file_nobody_filed_is_known_afterwards() {
    let bench = filed();
    bench.returns("sen2/2025/places.meta.csv", "col_name,col_type,label\ntop,Indicator,Top\n");
    let before = tree(&bench.path("returns"));
    assert_eq!(remove(&bench, &["places/2025"]).code, 0);
    let names: Vec<String> =
        tree(&bench.path("returns")).into_keys().filter(|name| name.contains(".removed-")).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(manifest(&bench).removed.len(), 2);
    // By the name under which it is kept, too.
    let kept = names.iter().find(|name| name.contains("places.csv")).expect("kept");
    assert_eq!(remove(&bench, &["--undo", kept]).code, 0);
    assert_eq!(tree(&bench.path("returns")), before);
    let record = manifest(&bench).record("sen2/2025/places.meta.csv").cloned().expect("a record");
    assert_eq!(record.sha256, before["sen2/2025/places.meta.csv"]);
}

#[test]
fn what_cannot_be_done_is_said_and_changes_nothing() {
    let bench = filed();
    let mut text = String::new();
    let mut step = |heading: &str, words: &[&str]| {
        let ran = remove(&bench, words);
        text.push_str(&said(heading, &ran));
        ran.code
    };
    let before = tree(&bench.path("returns"));
    assert_eq!(step("a name misspelt", &["sen2/2025/plan.csv"]), 2);
    assert_eq!(step("no such release", &["plans/2024"]), 2);
    assert_eq!(step("out of the folder", &["../manifest.toml"]), 2);
    assert_eq!(step("nothing to put back", &["sen2/2025/plans.csv", "--undo"]), 0);
    assert_eq!(step("never taken out", &["sen2/2024/plans.csv", "--undo"]), 2);
    assert_eq!(tree(&bench.path("returns")), before);
    assert_eq!(
        step("one of three is wrong, one is named twice", &["plans/2025", "sen2/2025/plans.csv", "x", "places/2025"]),
        1
    );
    assert_eq!(manifest(&bench).removed.len(), 2);
    assert_eq!(step("again", &["plans/2025"]), 0);
    bench.returns("sen2/2025/plans.csv", "another\n");
    assert_eq!(step("there is another now", &["plans/2025", "--undo"]), 2);
    assert_eq!(step("the other is taken out as well", &["plans/2025"]), 0);
    assert_eq!(manifest(&bench).removed.len(), 3);
    assert_eq!(step("the last that was taken out comes back", &["plans/2025", "--undo"]), 0);
    assert_eq!(std::fs::read_to_string(bench.path("returns/sen2/2025/plans.csv")).expect("there"), "another\n");
    let kept = bench.files("returns").into_iter().find(|name| name.contains("places.csv.removed-")).expect("kept");
    assert_eq!(step("a kept one is not filed", &[&kept]), 2);
    let whole = std::fs::read(bench.path(&kept)).expect("a file");
    bench.file(&kept, "damaged");
    assert_eq!(step("the kept one is damaged", &["places/2025", "--undo"]), 2);
    std::fs::remove_file(bench.path(&kept)).expect("removed");
    assert_eq!(step("the kept one is gone", &["places/2025", "--undo"]), 2);
    bench.file(&kept, whole);
    assert_eq!(step("and there again", &["places/2025", "--undo"]), 0);
    std::fs::remove_file(bench.path("returns/sen2/2025/requests.csv")).expect("removed");
    assert!(bench.run().finding("file-gone").help.contains("abreast remove sen2/2025/requests.csv"));
    assert_eq!(step("the filed one was deleted by hand", &["sen2/2025/requests.csv"]), 0);
    assert!(bench.run().all("file-gone").is_empty());
    snapshot("remove/words.txt", &text);
}
