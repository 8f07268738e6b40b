//! Charts of a run: those of what changed are drawn again, the others stay, and together they are what a fresh build draws.

use std::collections::BTreeMap;
use std::time::SystemTime;

use crate::harness::{Bench, EES};

const PLACES: [(&str, &str, &str); 3] =
    [("E08000025", "330", "Birmingham"), ("E08000026", "331", "Coventry"), ("E08000027", "332", "Dudley")];

/// A return of three authorities in `years`, the first of them with `first` in every year.
fn figures(years: &[u16], first: usize) -> String {
    let mut text = format!("{EES},places\n");
    for year in years {
        for (at, (new, old, name)) in PLACES.into_iter().enumerate() {
            let value = if at == 0 { first } else { 40 * at + usize::from(year % 10) };
            text.push_str(&format!(
                "{year},Calendar year,Local authority,E92000001,England,E12000005,West Midlands,{new},{old},{name},{value}\n"
            ));
        }
    }
    text
}

fn bench() -> Bench {
    let bench = Bench::new();
    for (table, first) in [("clubs", 12), ("halls", 25)] {
        let toml = format!(
            "title = \"Places in {table}\"\nreturn = \"{table}\"\n\n[measures.places]\nlabel = \"Places in {table}\"\n\
             unit = \"number\"\nbetter = \"high\"\nheadline = true\n\n[[release]]\nfrom = 2023\nfile = \"{table}.csv\"\n\
             format = \"ees\"\ncolumns = {{ places = \"places\" }}\n\n[checks]\nareas = \"some\"\n"
        );
        bench.pipeline(table, &toml);
        bench.returns(&format!("{table}/2023/{table}.csv"), figures(&[2021, 2022, 2023], first));
    }
    bench
}

/// When each chart was written, by its path.
fn drawn(bench: &Bench) -> BTreeMap<String, SystemTime> {
    let written = |path: String| {
        let about = std::fs::metadata(bench.path(&path)).expect("a chart");
        (path, about.modified().expect("a time"))
    };
    bench.files("out/charts").into_iter().map(written).collect()
}

/// The tables whose charts were written since `before`.
fn since(before: &BTreeMap<String, SystemTime>, after: &BTreeMap<String, SystemTime>) -> Vec<&'static str> {
    let is_new = |table: &&str| {
        after.iter().any(|(path, time)| path.contains(&format!("/{table}-")) && before.get(path) != Some(time))
    };
    ["clubs", "halls"].into_iter().filter(is_new).collect()
}

/// The charts are those that a build from nothing draws.
fn as_from_nothing(bench: &Bench) {
    let ran =
        bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "fresh", "--figures-only"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names = |folder: &str| -> Vec<String> {
        bench.files(&format!("{folder}/charts")).iter().map(|path| path.replacen(folder, "", 1)).collect()
    };
    assert_eq!(names("out"), names("fresh"));
    for name in names("out") {
        let [kept, fresh] = ["out", "fresh"].map(|folder| std::fs::read(bench.path(&format!("{folder}{name}"))));
        assert!(kept.expect("a chart") == fresh.expect("a chart"), "{name} is not what a fresh build draws");
    }
    std::fs::remove_dir_all(bench.path("fresh")).expect("removed");
}

#[test]
fn only_charts_of_what_changed_are_drawn_again() {
    let bench = bench();
    assert_eq!(bench.run().code, 0);
    let first = drawn(&bench);
    assert_eq!(since(&BTreeMap::new(), &first), ["clubs", "halls"], "{first:?}");

    bench.returns("clubs/2023/clubs.csv", figures(&[2021, 2022, 2023], 13));
    assert_eq!(bench.run().code, 0);
    let second = drawn(&bench);
    assert_eq!(since(&first, &second), ["clubs"]);
    as_from_nothing(&bench);

    let lost = second.keys().find(|path| path.contains("/halls-") && path.ends_with(".png")).expect("a picture");
    std::fs::remove_file(bench.path(lost)).expect("removed");
    assert_eq!(bench.run().code, 0);
    assert_eq!(drawn(&bench).len(), second.len(), "a chart that is gone is drawn again");
    as_from_nothing(&bench);
}

#[test]
fn a_chart_is_drawn_again_where_its_figures_grow_old_beside_newer_ones() {
    let bench = bench();
    assert_eq!(bench.run().code, 0);
    let first = drawn(&bench);
    bench.returns("clubs/2029/clubs.csv", figures(&[2027, 2028, 2029], 14));
    assert_eq!(bench.run().code, 0);
    assert_eq!(since(&first, &drawn(&bench)), ["clubs", "halls"]);
    as_from_nothing(&bench);
}

#[test]
fn an_authority_that_is_named_has_all_its_charts() {
    let bench = bench();
    assert_eq!(bench.run_with(&["--authority", "Dudley"]).code, 0);
    assert!(bench.files("out/charts").iter().all(|path| path.contains("/dudley/")));
    bench.returns("clubs/2023/clubs.csv", figures(&[2021, 2022, 2023], 13));
    assert_eq!(bench.run().code, 0);
    let charts = bench.files("out/charts");
    for start in ["birmingham/clubs-", "birmingham/halls-"] {
        assert!(charts.iter().any(|path| path.contains(start)), "{start} of {charts:?}");
    }
}
