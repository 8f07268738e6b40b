//! Paths that lead elsewhere: in pipelines, manifests and archives.

use super::{PIPELINE, bench};
use crate::harness::{Bench, snapshot, zipped};

#[test]
fn a_pipeline_reads_nothing_outside_the_returns_folder() {
    for (key, wrong) in [("return = \"sen2\"", "return = \"../elsewhere\""), ("return = \"sen2\"", "return = \"/etc\"")]
    {
        let bench = Bench::new();
        bench.pipeline("plans", &PIPELINE.replace(key, wrong));
        bench.file("elsewhere/2025/plans.csv", "LA code,Plans\n330,12\n");
        let ran = bench.run();
        assert_eq!(ran.code, 1, "{wrong}: {}", ran.stderr);
        let name = if wrong.contains("etc") { "return_absolute" } else { "return_outside" };
        snapshot(&format!("hostile/{name}.txt"), &(ran.finding("pipeline-syntax").to_string() + "\n"));
        assert!(!bench.has("plans"));
    }
    let bench = Bench::new();
    bench.pipeline("plans", &PIPELINE.replace("plans.*", "../../../elsewhere/plans.csv"));
    bench.file("elsewhere/plans.csv", "LA code,Plans\n330,12\n").returns("sen2/2025/other.csv", "a\n1\n");
    let ran = bench.run();
    assert!(!bench.has("plans"), "{}", ran.stderr);
}

#[test]
fn a_manifest_names_nothing_outside_the_returns_folder() {
    for path in ["../../etc/passwd", "/etc/passwd", "C:/windows", "sen2/../../a.csv", "a\\b"] {
        let bench = bench("plans.csv", "LA code,Plans\n330,12\n");
        let record = format!("[[file]]\npath = '{path}'\nsha256 = \"00\"\nbytes = 1\nadded = \"2026-01-01\"\n");
        bench.file("manifest.toml", record);
        let ran = bench.run().well();
        let finding = ran.finding("manifest-unreadable");
        assert!(finding.message.contains("leads out of the returns folder"), "{finding}");
    }
}

#[test]
fn members_of_an_archive_are_read_and_never_put_anywhere() {
    for name in ["../../../escaped.csv", "/tmp/abreast-escaped.csv", "a/../../escaped.csv"] {
        let bench = bench("plans.zip", zipped(&[(name, b"LA code,Plans\n330,12\n")]));
        let before = bench.files("");
        bench.run().well();
        let made: Vec<String> = bench.files("").into_iter().filter(|file| !before.contains(file)).collect();
        assert!(made.iter().all(|file| file.starts_with("out/")), "{made:?}");
        assert!(!std::path::Path::new("/tmp/abreast-escaped.csv").exists());
    }
}
