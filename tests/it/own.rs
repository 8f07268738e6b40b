//! A council's own return as it is kept in Excel: targets in words, shares among percentages, files beside an open workbook;
//! charted and compared without a rank.

use crate::harness::Bench;

const PIPELINE: &str = r#"title = "Our own figures"
return = "local"
provisional = true
[source]
publisher = "The council"
[measures.seen]
label = "Children seen"
unit = "percent"
better = "high"
places = 0
[measures.waiting]
label = "Children waiting"
unit = "number"
better = "low"
[[release]]
from = 2000
file = "*performance*"
area = { name = "authority" }
period_column = "month"
measure_column = "measure"
filters = ["area"]
topics = { area = "Area" }
totals = ["Whole authority"]
columns = { value = "value" }
ignore = ["target", "aim", "tolerance", "owner", "printed", "comment"]
[checks]
areas = "some"
"#;

const HEAD: &str = "authority,month,area,measure,value,target,aim,tolerance,owner,printed,comment\n";

const REPORT: &str = "title = \"Board\"\nauthority = \"Leeds\"\n[[section]]\nheading = \"Ours\"\nmeasures = [\"own/seen\", \"own/waiting\"]\ntables = [\"targets\"]\n";

fn bench(rows: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline("own", PIPELINE).file("pipelines/reports/board.toml", REPORT);
    bench.returns("local/2025/performance.csv", format!("{HEAD}{rows}"));
    bench
}

/// The verdicts of the report, by measure.
fn verdicts(bench: &Bench) -> Vec<(String, String)> {
    bench.run().well();
    let report = ["report", "board", "--pipelines", "pipelines", "--returns", "returns", "--out", "out", "--no-charts"];
    bench.abreast(&report).well();
    let page = std::fs::read_to_string(bench.path("out/reports/board-leeds.html")).expect("a page");
    let cells = |row: &str| {
        let tag = regex::Regex::new("<[^>]*>").expect("a pattern");
        row.split("<t")
            .skip(1)
            .map(|cell| tag.replace_all(&format!("<t{cell}"), "").trim().to_owned())
            .collect::<Vec<_>>()
    };
    let rows = page.split("<tr").skip(1).map(|row| cells(row.split("</tr>").next().unwrap_or_default()));
    rows.filter(|cells| cells.len() > 5 && cells[1].starts_with("Children"))
        .map(|cells| (cells[1].clone(), cells[5].clone()))
        .collect()
}

#[test]
fn targets_are_read_whole_or_not_judged() {
    for (target, aim, expected) in [
        ("90%", "", "achieved"),
        ("at least 95%", "", "missed"),
        ("19 in 20", "", "missed"),
        ("9 in 10", "", "achieved"),
        ("92% or above", "", "achieved"),
        ("above 92%", "", "missed"),
        ("no more than 95%", "", "achieved"),
        ("no more than 95%", "bigger is better", "not judged"),
        ("10% improvement", "", "not judged"),
        ("better than last year", "", "not judged"),
    ] {
        let bench = bench(&format!("Leeds,May 2025,Whole authority,Children seen,92,{target},{aim},,,,\n"));
        let told = verdicts(&bench);
        assert_eq!(told.len(), 1, "{target}: {told:?}");
        assert_eq!(told[0].1, expected, "{target} {aim}");
    }
    let bench = bench("Leeds,May 2025,Whole authority,Children waiting,12,10%,,,,,\n");
    assert_eq!(verdicts(&bench)[0].1, "not judged", "a share of a count");
}

#[test]
fn a_share_among_percentages_is_named_and_a_small_percentage_is_not() {
    let month = |month: &str, value: &str| format!("Leeds,{month} 2025,Whole authority,Children seen,{value},,,,,,\n");
    let rows = [("January", "91"), ("February", "88"), ("March", "0.9"), ("April", "93")];
    let bench = bench(&rows.map(|(name, value)| month(name, value)).concat());
    let ran = bench.run();
    let finding = ran.finding("share-among-percentages");
    assert_eq!((finding.place.row, finding.place.column), (Some(4), Some(5)), "{finding}");
    let rows = [("January", "1.1"), ("February", "2"), ("March", "0.9"), ("April", "0.5")];
    let bench = self::bench(&rows.map(|(name, value)| month(name, value)).concat());
    assert!(bench.run().well().all("share-among-percentages").is_empty());
}

#[test]
fn what_stands_beside_an_open_workbook_is_no_data() {
    let bench = bench("Leeds,May 2025,Whole authority,Children waiting,12,,,,,,\n");
    for name in ["~$performance.xlsx", ".~lock.performance.csv#", "Thumbs.db", "desktop.ini"] {
        bench.returns(&format!("local/2025/{name}"), "not data");
    }
    bench.run().well();
    assert_eq!(bench.table("own").row(&["measure=waiting"]).value(), 12.0);
}

#[test]
fn own_figures_are_charted_and_compared_without_a_rank() {
    let rows: String = (1..=9)
        .map(|month| format!("Leeds,{month:02}/2025,Whole authority,Children waiting,{},,,,,,\n", 10 + month))
        .collect::<String>()
        .replace("01/", "January ")
        .replace("02/", "February ")
        .replace("03/", "March ")
        .replace("04/", "April ")
        .replace("05/", "May ")
        .replace("06/", "June ")
        .replace("07/", "July ")
        .replace("08/", "August ")
        .replace("09/", "September ");
    let bench = bench(&rows);
    bench.run().well();
    let compared =
        bench.abreast(&["compare", "own/waiting", "--authority", "Leeds", "--out", "out", "--format", "json"]).well();
    assert!(compared.stdout.contains("not ranked"), "{}", compared.stdout);
    assert!(!compared.stdout.contains("England"), "nobody stands beside it: {}", compared.stdout);
    let table =
        bench.abreast(&["compare", "own/waiting", "--authority", "Leeds", "--out", "out", "--format", "csv"]).well();
    let head: Vec<&str> = table.stdout.lines().next().expect("a heading").split(',').collect();
    let row: Vec<&str> = table.stdout.lines().nth(1).expect("a row").split(',').collect();
    for name in ["Latest National Rank", "Quartile Banding"] {
        let at = head.iter().position(|title| *title == name);
        assert!(at.is_none_or(|at| ["", "-"].contains(&row[at])), "{name}: {row:?}");
    }
    let chart = bench
        .abreast(&["chart", "trend", "own/waiting", "--authority", "Leeds", "--out", "out", "-o", "trend.svg"])
        .well();
    let drawn = std::fs::read_to_string(bench.path("trend.svg")).expect("a chart");
    assert!(drawn.contains("not ranked"), "it says whose figures they are: {}", chart.stdout);
}
