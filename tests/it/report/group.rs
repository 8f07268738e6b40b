//! A paper about a group of authorities: the figures of its members together, with known answers.

use crate::harness::{Bench, EES, ees};

const PIPELINE: &str = r#"title = "Visits"
return = "visits"
[measures.on_time]
label = "Visits made in time"
unit = "percent"
numerator = "made"
denominator = "due"
better = "high"
topic = "time"
noun = "visits made in time"
[measures.due]
label = "Visits due"
unit = "number"
topic = "size"
noun = "visits due"
[[release]]
from = 2023
file = "visits.csv"
format = "ees"
columns = { made = "made", due = "due" }
[checks]
areas = "some"
"#;

const REPORT: &str = r#"title = "Visits in {authority}"
authority = "Black Country"
compare = ["england"]
[[section]]
heading = "Are visits made in time?"
measures = ["visits/on_time", "visits/due"]
tables = ["years"]
charts = ["ordered"]
"#;

/// Four members and who is none of them; in 2021 a check doubts one member, in 2022 one is withheld.
fn bench() -> Bench {
    let rows = [
        ("2021", "England", "4000,1000"),
        ("2021", "Dudley", "100,-5"),
        ("2021", "Sandwell", "100,50"),
        ("2021", "Walsall", "100,50"),
        ("2021", "Wolverhampton", "100,50"),
        ("2022", "England", "4000,1000"),
        ("2022", "Dudley", "100,25"),
        ("2022", "Sandwell", "100,c"),
        ("2022", "Walsall", "200,50"),
        ("2022", "Wolverhampton", "100,25"),
        ("2022", "Leeds", "100,90"),
        ("2023", "England", "4000,1000"),
        ("2023", "Dudley", "100,50"),
        ("2023", "Sandwell", "300,120"),
        ("2023", "Walsall", "200,60"),
        ("2023", "Wolverhampton", "400,270"),
        ("2023", "Leeds", "100,90"),
    ];
    let mut text = format!("{EES},due,made\n");
    for (year, place, figures) in rows {
        text += &format!("{},{figures}\n", ees(year, "Calendar year", place));
    }
    let bench = Bench::new();
    bench.pipeline("visits", PIPELINE).returns("visits/2023/visits.csv", text);
    bench.file("pipelines/reports/visits.toml", REPORT);
    bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]).well();
    bench
}

fn page(bench: &Bench, name: &str) -> String {
    std::fs::read_to_string(bench.path(&format!("out/reports/visits-{name}.html"))).expect("a page")
}

/// 500 of 1,000: not the mean of 50%, 40%, 30% and 67.5%. What one member withholds is told of none.
#[test]
fn a_group_is_all_cases_of_its_members_together() {
    let bench = bench();
    bench.abreast(&["report", "visits", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]).well();
    let page = page(&bench, "black-country");
    let years = page
        .split("<table")
        .find(|table| table.contains(">Change in a year</th>") && table.contains(">Area</th>"))
        .expect("its years");
    let own = years.split("<tr").find(|row| row.contains("Black Country")).expect("a row of the group");
    assert!(own.contains(">50.0<") && own.contains(">not shown<"), "{own}");
    // What is doubted makes no sum: 145 of 400.
    assert!(!own.contains("36.3"), "{own}");
    assert!(page.contains("500 of 1,000") && page.contains("England"), "{page}");
    assert!(page.contains("1,000"), "the sum of what was due: {page}");
    for never in ["1st", " of 5", "of 6", "data-figure=\"visits&#x2f;on_time&#x2f;2023-12-31&#x2f;001"] {
        assert!(!page.contains(never), "`{never}`: a group has no rank and its figure no cell: {page}");
    }
}

/// Authorities are ranked and placed as they are without the group.
#[test]
fn a_group_beside_authorities_changes_nothing_of_theirs() {
    let bench = bench();
    let report = |who: &[&str]| {
        let asked: Vec<&str> = who.iter().flat_map(|name| ["--authority", name]).collect();
        let folders = ["--pipelines", "pipelines", "--returns", "returns", "--out", "out"];
        bench.abreast(&[&["report", "visits"], &asked[..], &folders[..]].concat()).well();
        page(&bench, "leeds")
    };
    let (alone, beside) = (report(&["Leeds"]), report(&["Leeds", "black-country"]));
    let first = alone.lines().zip(beside.lines()).find(|(one, other)| one != other);
    assert!(alone == beside, "{first:?}");
    let refused = bench.abreast(&["report", "visits", "--authority", "Black Counties", "--out", "out"]);
    assert!(refused.code != 0 && refused.stderr.contains("no local authority"), "{}", refused.stderr);
}
