//! Exact figures of children: into a folder of their own, each line with its warning, and nowhere near a build.

use std::fs;

use crate::harness::{Bench, Ran};

const PIPELINE: &str = r#"
title = "Young people supported"
return = "support"
shape = "records"
by = [["kind"]]

[source]
publisher = "The council"
licence = "OGL-3.0"

[measures.supported]
label = "Young people supported"
unit = "number"
count = { id = ["*"] }

[measures.at_home]
label = "Supported at home"
unit = "percent"
count = { place = ["home"] }
of = { id = ["*"] }

[[release]]
from = 2024
file = "support.csv"
period = "March 2024"
area = { name = "la" }
columns = { id = "ref", kind = "kind", place = "place" }

[checks]
areas = "some"
"#;

fn bench() -> Bench {
    let row = |number: usize| {
        let (kind, place) =
            (if number < 3 { "short" } else { "long" }, if number.is_multiple_of(4) { "home" } else { "away" });
        format!("CANARY{number},Rutland,{kind},{place}\n")
    };
    let rows: String = (0..40).map(row).collect();
    let bench = Bench::new();
    bench.pipeline("support", PIPELINE).returns("support/2024/support.csv", format!("ref,la,kind,place\n{rows}"));
    bench
}

fn exact(bench: &Bench, folder: &str) -> Ran {
    let options = ["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out", "--exact", folder];
    bench.abreast(&options)
}

#[test]
fn exact_figures_stand_apart_with_a_warning_in_each_line_and_no_build_is_touched() {
    let bench = bench();
    let run = exact(&bench, "mine");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = fs::read_to_string(bench.path("mine/NOT-FOR-PUBLICATION-support.csv")).expect("the file");
    let mut csv = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = csv.headers().expect("a head").clone();
    let rows: Vec<_> = csv.records().map(|row| row.expect("a row")).collect();
    let cell = |row: &csv::StringRecord, name: &str| {
        row[head.iter().position(|known| known == name).expect("the column")].to_owned()
    };
    let find = |measure: &str, breakdown: &str| {
        let is = |row: &&csv::StringRecord| {
            cell(row, "level") == "authority" && cell(row, "measure") == measure && cell(row, "breakdown") == breakdown
        };
        rows.iter().find(is).map(|row| ["numerator", "denominator", "value"].map(|name| cell(row, name)))
    };
    assert_eq!(find("supported", "short"), Some(["", "", "3"].map(str::to_owned)), "{text}");
    assert_eq!(find("at_home", "short"), Some(["1", "3", "33.33333333333333"].map(str::to_owned)), "{text}");
    assert_eq!(find("at_home", "Total"), Some(["10", "40", "25"].map(str::to_owned)), "{text}");
    assert!(rows.iter().all(|row| cell(row, "not_for_publication").starts_with("Not for publication")), "{text}");
    assert!(!text.contains("CANARY"), "{text}");
    assert!(run.stderr.contains("not for publication"), "{}", run.stderr);
    assert!(!bench.path("out").exists() && !bench.path("outputs").exists(), "an exact run made a build");
}

#[test]
fn a_folder_of_a_build_or_of_the_returns_is_refused() {
    let bench = bench();
    bench.run().well();
    for folder in ["out", "out/exact", "out/../out/deep/er", ".", "returns/support"] {
        let run = exact(&bench, folder);
        assert_eq!(run.code, 2, "{folder}: {}", run.stderr);
        assert!(run.stderr.contains("belongs to the"), "{folder}: {}", run.stderr);
    }
    assert!(!bench.path("out/exact").exists());
    let hidden = bench.table("support");
    assert!(hidden.words("status").contains(&"protected"), "nothing was hidden at all");
}
