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
        let tag = regex::Regex::new("(?s)<svg.*?</svg>|<[^>]*>").expect("a pattern");
        let cells = regex::Regex::new("(?s)<t[dh][ >].*?</t[dh]>").expect("a pattern");
        cells.find_iter(row).map(|cell| tag.replace_all(cell.as_str(), "").trim().to_owned()).collect::<Vec<_>>()
    };
    let results = page
        .split("Results against targets</caption>")
        .nth(1)
        .or_else(|| page.split(">Results against targets ").nth(1));
    let results = results.and_then(|rest| rest.split("</table>").next()).unwrap_or_default();
    let rows = results.split("<tr").skip(1).map(|row| cells(row.split("</tr>").next().unwrap_or_default()));
    let verdicts = ["Blue", "Green", "Amber", "Red", "Not judged"];
    rows.filter(|cells| cells.first().is_some_and(|cell| cell.starts_with("Children")))
        .filter_map(|cells| {
            let told = cells.iter().find(|cell| verdicts.contains(&cell.as_str()))?.clone();
            Some((cells[0].clone(), told))
        })
        .collect()
}

#[test]
fn targets_are_read_whole_or_not_judged() {
    for (target, aim, expected) in [
        ("90%", "", "Green"),
        ("at least 95%", "", "Red"),
        ("19 in 20", "", "Red"),
        ("9 in 10", "", "Green"),
        ("92% or above", "", "Green"),
        ("above 92%", "", "Red"),
        ("no more than 95%", "", "Green"),
        ("no more than 95%", "bigger is better", "Not judged"),
        ("10% improvement", "", "Not judged"),
        ("better than last year", "", "Not judged"),
    ] {
        let bench = bench(&format!("Leeds,May 2025,Whole authority,Children seen,92,{target},{aim},,,,\n"));
        let told = verdicts(&bench);
        assert_eq!(told.len(), 1, "{target}: {told:?}");
        assert_eq!(told[0].1, expected, "{target} {aim}");
    }
    let bench = bench("Leeds,May 2025,Whole authority,Children waiting,12,10%,,,,,\n");
    assert_eq!(verdicts(&bench)[0].1, "Not judged", "a share of a count");
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
    const MONTHS: [&str; 9] = ["January", "February", "March", "April", "May", "June", "July", "August", "September"];
    let row = |(at, month): (usize, &&str)| {
        format!("Leeds,{month} 2025,Whole authority,Children waiting,{},,,,,,\n", 11 + at)
    };
    let rows: String = MONTHS.iter().enumerate().map(row).collect();
    let bench = bench(&rows);
    bench.run().well();
    let compared =
        bench.abreast(&["compare", "own/waiting", "--authority", "Leeds", "--out", "out", "--format", "json"]).well();
    assert!(compared.stdout.contains("not ranked"), "{}", compared.stdout);
    assert!(
        !compared.stdout.contains("\"LA and Regions\": \"England\""),
        "nobody stands beside it: {}",
        compared.stdout
    );
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

#[test]
fn own_figures_stand_over_months_and_by_area_in_a_report() {
    let month =
        |month: &str, area: &str, value: u32| format!("Leeds,{month} 2025,{area},Children waiting,{value},,,,,,\n");
    let rows = [
        month("March", "Whole authority", 30),
        month("March", "East", 10),
        month("April", "Whole authority", 33),
        month("April", "East", 12),
    ];
    let bench = bench(&rows.concat());
    bench.file(
        "pipelines/reports/board.toml",
        REPORT.replace("[\"targets\"]", "[\"years\", \"areas\"]\ncharts = [\"trend\", \"ordered\"]"),
    );
    bench.run().well();
    bench.abreast(&["report", "board", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]).well();
    let page = std::fs::read_to_string(bench.path("out/reports/board-leeds.html")).expect("a page");
    let text = regex::Regex::new("<[^>]*>\\s*").expect("a pattern").replace_all(&page, " ").into_owned();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Area March 2025 April 2025 Leeds 30 33 East 10 12"), "{text}");
    let charts = bench.files("out/reports");
    assert!(charts.iter().any(|path| path.contains("trend") && path.ends_with(".svg")), "{charts:?}");
    assert!(!charts.iter().any(|path| path.contains("ordered")), "an order of one is none: {charts:?}");
}

#[test]
fn the_starter_workbook_keeps_months_and_percentages_as_they_are_typed() {
    let bench = bench("");
    let made = ["report", "starter", "own", "--output", "blank.xlsx", "--pipelines", "pipelines"];
    bench.abreast(&made).well();
    let bytes = std::fs::read(bench.path("blank.xlsx")).expect("a workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).expect("a part"), &mut text).expect("text");
        text
    };
    let (styles, sheet) = (part("xl/styles.xml"), part("xl/worksheets/sheet1.xml"));
    let styles = roxmltree::Document::parse(&styles).expect("XML");
    let cells = styles.descendants().find(|node| node.tag_name().name() == "cellXfs");
    let formats: Vec<&str> = cells.expect("formats").children().filter_map(|node| node.attribute("numFmtId")).collect();
    let sheet = roxmltree::Document::parse(&sheet).expect("XML");
    let column = |wanted: u32| {
        let is = |node: &roxmltree::Node<'_, '_>| {
            let bound = |name: &str| node.attribute(name).and_then(|bound| bound.parse::<u32>().ok());
            node.tag_name().name() == "col" && bound("min") <= Some(wanted) && bound("max") >= Some(wanted)
        };
        let style = sheet.descendants().find(is).and_then(|node| node.attribute("style")?.parse::<usize>().ok());
        style.map(|style| formats[style])
    };
    // 49 is Excel's number for text: the month and the target stay what is typed.
    assert_eq!([column(2), column(6)], [Some("49"), Some("49")]);
    let validated: Vec<&str> = sheet
        .descendants()
        .filter(|node| node.tag_name().name() == "dataValidation")
        .filter_map(|node| node.attribute("type"))
        .collect();
    assert!(validated.contains(&"decimal") && validated.contains(&"list"), "{validated:?}");
}
