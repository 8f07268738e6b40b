//! LAIT's rules on the real returns, recomputed with plain loops over the raw files and `data/reference`, with no code
//! of ours but the reading of the published table. Skipped with a line where the returns are not there.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::harness::{self, Bench};
use abreast::publish::{Only, rows};
use abreast::schema::{COMPARISONS, column};

/// A CSV as rows of cells by header.
fn read(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).expect("a file");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().expect("headers").clone();
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.expect("a record");
        all.push(headers.iter().map(str::to_owned).zip(record.iter().map(|cell| cell.trim().to_owned())).collect());
    }
    all
}

fn reference(name: &str) -> Vec<BTreeMap<String, String>> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/reference").join(name))
}

/// How a measure is made: from two columns, or from one.
struct Kind {
    table: &'static str,
    measure: &'static str,
    file: &'static str,
    top: &'static str,
    bottom: &'static str,
    published: &'static str,
    /// The cell that says a row is about the whole, as column and word.
    whole: Option<(&'static str, &'static str)>,
    /// Whether high is good; none for neither.
    high: Option<bool>,
    /// The first period after a break.
    after_break: &'static str,
    /// The month and day on which periods end, and whether in the later of two years.
    ends: &'static str,
}

const KINDS: [Kind; 5] = [
    Kind {
        table: "sen2_timeliness",
        measure: "timeliness_20_weeks",
        file: "sen2/2025/timeliness_20_week.csv",
        top: "plans_issued_20_weeks_ex",
        bottom: "plans_issued_den_ex",
        published: "PC_plans_issued_20_weeks_ex",
        whole: Some(("breakdown_topic", "All EHC plans issued")),
        high: Some(true),
        after_break: "2022",
        ends: "-12-31",
    },
    Kind {
        table: "sen2_timeliness",
        measure: "timeliness_20_weeks_all",
        file: "sen2/2025/timeliness_20_week.csv",
        top: "plans_issued_within_20_weeks",
        bottom: "plans_issued_den",
        published: "pc_plans_issued_within_20_weeks",
        whole: Some(("breakdown_topic", "All EHC plans issued")),
        high: Some(true),
        after_break: "2022",
        ends: "-12-31",
    },
    Kind {
        table: "sen2_caseload",
        measure: "plans",
        file: "sen2/2025/caseload.csv",
        top: "ehcplans",
        bottom: "",
        published: "ehcplans",
        whole: Some(("breakdown_topic", "All EHC plans")),
        high: None,
        after_break: "202223",
        ends: "-01-31",
    },
    Kind {
        table: "care_child_protection_plans",
        measure: "cpp_rate",
        file: "care/2024/d1_child_protection_plans_2013_to_2024.csv",
        top: "",
        bottom: "",
        published: "CPP_At31_rate",
        whole: None,
        high: None,
        after_break: "",
        ends: "-03-31",
    },
    Kind {
        table: "care_child_protection_plans",
        measure: "cpp",
        file: "care/2024/d1_child_protection_plans_2013_to_2024.csv",
        top: "",
        bottom: "",
        published: "CPP_At31",
        whole: None,
        high: None,
        after_break: "",
        ends: "-03-31",
    },
];

impl Kind {
    fn value(&self, row: &BTreeMap<String, String>) -> Option<f64> {
        let published: f64 = row[self.published].parse().ok()?;
        if self.bottom.is_empty() {
            return Some(published);
        }
        match (row[self.top].parse::<f64>(), row[self.bottom].parse::<f64>()) {
            (Ok(top), Ok(bottom)) if bottom > 0.0 => Some(top / bottom * 100.0),
            _ => Some(published),
        }
    }

    /// The last day of a period as text that sorts.
    fn end(&self, period: &str) -> String {
        let year = if period.len() == 6 { format!("20{}", &period[4..]) } else { period.to_owned() };
        format!("{year}{}", self.ends)
    }
}

/// Everything about the areas that `data/reference` says.
struct Areas {
    authorities: Vec<BTreeMap<String, String>>,
    neighbours: BTreeMap<String, Vec<String>>,
}

impl Areas {
    fn read() -> Areas {
        let mut neighbours: BTreeMap<String, Vec<(u8, String)>> = BTreeMap::new();
        for row in reference("neighbours.csv") {
            if row["vintage"] == "2025" {
                let rank = row["rank"].parse().expect("a rank");
                neighbours.entry(row["la_code"].clone()).or_default().push((rank, row["neighbour_la_code"].clone()));
            }
        }
        let sorted = |(code, mut list): (String, Vec<(u8, String)>)| {
            list.sort();
            (code, list.into_iter().map(|(_, neighbour)| neighbour).collect())
        };
        Areas { authorities: reference("authorities.csv"), neighbours: neighbours.into_iter().map(sorted).collect() }
    }

    fn open(&self, code: &str, day: &str) -> bool {
        self.authorities.iter().any(|row| {
            row["la_code"] == code
                && (row["opened"].is_empty() || row["opened"].as_str() <= day)
                && (row["closed"].is_empty() || day <= row["closed"].as_str())
        })
    }

    fn region(&self, code: &str) -> (&str, &str) {
        let row = self.authorities.iter().rfind(|row| row["la_code"] == code).expect("known");
        let part = match row["london"].as_str() {
            "Inner London" => "E13000001",
            "Outer London" => "E13000002",
            _ => "",
        };
        (&row["region_code"], part)
    }
}

/// Values by period, then by area: `E92...`, `E12...` or a 3-digit code.
type Values = BTreeMap<String, BTreeMap<String, Option<f64>>>;

fn values(kind: &Kind, folder: &Path, areas: &Areas) -> Values {
    let mut values = Values::new();
    for row in read(&folder.join(kind.file)) {
        if kind.whole.is_some_and(|(column, word)| row[column] != word) {
            continue;
        }
        let period = row["time_period"].clone();
        let area = match row["geographic_level"].as_str() {
            "National" => "E92000001".to_owned(),
            "Regional" => row["region_code"].clone(),
            _ if areas.open(&row["old_la_code"], &kind.end(&period)) => row["old_la_code"].clone(),
            _ => continue,
        };
        values.entry(period).or_default().insert(area, kind.value(&row));
    }
    values
}

/// Type 7 by hand.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (sorted.len() - 1) as f64 * share;
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

fn band(value: f64, sorted: &[f64], high: bool) -> &'static str {
    let [first, second, third] = [0.25, 0.5, 0.75].map(|share| quantile(sorted, share));
    let quarter = match () {
        () if value <= first => 0,
        () if value <= second => 1,
        () if value <= third => 2,
        () => 3,
    };
    ["A", "B", "C", "D"][if high { 3 - quarter } else { quarter }]
}

fn close(ours: f64, theirs: Option<f64>, what: &str) {
    match theirs {
        Some(theirs) => {
            assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{what}: {ours} against {theirs}")
        }
        None => assert!(ours.is_nan(), "{what}: {ours} where there is none"),
    }
}

/// Compares one measure in every period of its newest file; answers how many figures were compared.
fn agree(kind: &Kind, folder: &Path, out: &Path, areas: &Areas) -> usize {
    let values = values(kind, folder, areas);
    let wanted = |text: &str| vec![text.to_owned()];
    let (table, measure, total) = (wanted(kind.table), wanted(kind.measure), wanted("Total"));
    let filters = [
        Only::of(column::Table, &table),
        Only::of(column::Measure, &measure),
        Only::of(column::BreakdownTopic, &total),
    ];
    let frame = rows(&out.join("tables/comparisons.parquet"), COMPARISONS, &filters).expect("comparisons");
    let words = |name: &str| harness::words(&frame, name);
    let numbers = |name: &str| harness::numbers(&frame, name);
    let small = |name: &str| harness::smalls(&frame, name);
    let (period, la, comparator, bands) = (words("period"), words("la_code"), words("comparator"), words("band"));
    let (value, against, change) = (numbers("value"), numbers("comparator_value"), numbers("change"));
    let (rank, of, used) = (small("rank"), small("out_of"), small("used"));
    let mut compared = 0;
    for row in 0..frame.height() {
        let Some(here) = values.get(period.word(row)) else { continue };
        let code = la.word(row);
        let what = format!("{} {code} {} {}", kind.measure, period.word(row), comparator.word(row));
        let own = here.get(code).copied().flatten();
        close(value[row], own, &what);
        let (theirs, members) = match comparator.word(row) {
            "england" => (here.get("E92000001").copied().flatten(), 1),
            "region" => {
                let (region, part) = areas.region(code);
                (here.get(region).or_else(|| here.get(part)).copied().flatten(), 1)
            }
            _ => {
                let (mut sum, mut count) = (0.0, 0);
                for neighbour in areas.neighbours.get(code).into_iter().flatten() {
                    if let Some(Some(value)) = here.get(neighbour) {
                        (sum, count) = (sum + value, count + 1);
                    }
                }
                ((count > 0).then(|| sum / f64::from(count)), count)
            }
        };
        close(against[row], theirs, &what);
        assert_eq!(i32::from(used[row]), if theirs.is_some() { members } else { 0 }, "{what}: members with a figure");
        let all: Vec<f64> = here.iter().filter(|(area, _)| area.len() == 3).filter_map(|(_, value)| *value).collect();
        match kind.high.zip(own) {
            Some((high, own)) => {
                let better = all.iter().filter(|&&other| if high { other > own } else { other < own }).count();
                assert_eq!((usize::from(rank[row]), usize::from(of[row])), (better + 1, all.len()), "{what}: rank");
                let mut sorted = all;
                sorted.sort_by(f64::total_cmp);
                assert_eq!(bands.word(row), band(own, &sorted, high), "{what}: band");
            }
            None => assert_eq!((rank[row], bands.word(row)), (0, ""), "{what}: no rank, no band"),
        }
        // The period before in the file, which here is always the year before; the first is left to older files.
        if let Some((before, earlier)) = values.range(..period.word(row).to_owned()).next_back() {
            let broken = before.as_str() < kind.after_break && kind.after_break <= period.word(row);
            let earlier = earlier.get(code).copied().flatten().filter(|_| !broken);
            close(change[row], own.zip(earlier).map(|(own, earlier)| own - earlier), &format!("{what}: change"));
        }
        compared += 1;
    }
    compared
}

#[test]
fn figures_ranks_bands_and_changes_are_those_of_lait() {
    let Some(folder) = harness::real_returns() else { return };
    let out = tempfile::tempdir().expect("a folder");
    let ran = Command::new(env!("CARGO_BIN_EXE_abreast"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", "--quiet", "--pipelines", "pipelines", "sen2_timeliness", "sen2_caseload"])
        .arg("care_child_protection_plans")
        .arg("--returns")
        .arg(&folder)
        .arg("--out")
        .arg(out.path())
        .output()
        .expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let areas = Areas::read();
    for kind in &KINDS {
        let compared = agree(kind, &folder, out.path(), &areas);
        println!("{}/{}: {compared} comparisons agree", kind.table, kind.measure);
        assert!(compared > 2_000, "{}: only {compared} compared", kind.measure);
    }
    let total = vec!["Total".to_owned()];
    let path = out.path().join("tables/comparisons.parquet");
    let cumbria = rows(
        &path,
        COMPARISONS,
        &[Only::of(column::LaCode, &["909".to_owned()]), Only::of(column::BreakdownTopic, &total)],
    );
    let cumbria = cumbria.expect("comparisons");
    assert!(cumbria.height() > 0, "Cumbria has a history");
    let last = cumbria.get(column::PeriodEnd).expect("a column").iter().max().copied().unwrap_or_default();
    assert!(last <= 19_447, "Cumbria is compared on day {last}, after 31 March 2023");
}

const PIPELINE: &str = r#"
title = "Timeliness"
return = "sen2"
[source]
publisher = "Department for Education"
licence = "OGL-3.0"
[measures.timely]
label = "Plans in time"
unit = "percent"
numerator = "timely"
denominator = "issued"
better = "high"
places = 1
[measures.issued]
label = "Plans issued"
unit = "number"
[[release]]
from = 2024
file = "timeliness.csv"
format = "ees"
columns = { timely = "timely", issued = "issued", "timely_rate" = "rate" }
"#;

/// A release with figures of 2023, Birmingham's as `birmingham` says.
fn release(birmingham: &str) -> String {
    let mut text = format!("{},issued,timely\n", crate::harness::EES);
    for (place, figures) in
        [("England", "1000,500"), ("Birmingham", birmingham), ("Coventry", "200,90"), ("Leeds", "300,210")]
    {
        text.push_str(&format!("{},{figures}\n", crate::harness::ees("2023", "Calendar year", place)));
    }
    text
}

#[test]
fn a_figure_that_is_withdrawn_shows_its_reason_and_no_rank() {
    let bench = Bench::new();
    let pipeline = PIPELINE.replace(", \"timely_rate\" = \"rate\"", "");
    bench.pipeline("timeliness", &pipeline);
    bench.returns("sen2/2024/timeliness.csv", release("400,120"));
    let run = ["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"];
    bench.abreast(&run).well();
    let compare =
        ["compare", "timely", "--authority", "Birmingham", "--with", "england", "--out", "out", "--format", "csv"];
    let before = bench.abreast(&compare).well().stdout;
    assert!(
        before.lines().nth(1).is_some_and(|line| line.starts_with("330,Birmingham,30,") && line.contains(",3,3,")),
        "{before}"
    );
    bench.returns("sen2/2025/timeliness.csv", release("x,x"));
    bench.abreast(&run).well();
    let after = bench.abreast(&compare).well().stdout;
    assert!(after.lines().nth(1).is_some_and(|line| line.starts_with("330,Birmingham,[x],,,High,,,,,,")), "{after}");
    let table = bench.abreast(&["compare", "timely", "--authority", "Birmingham", "--out", "out"]).well().stdout;
    assert!(table.contains("[x] Birmingham") && table.contains("not available (2023)"), "{table}");
    let comparisons = bench.table("comparisons");
    let row = comparisons.row(&["la_code=330", "measure=timely", "comparator=england"]);
    assert_eq!((row.text("value"), row.text("rank"), row.text("status")), ("", "", "not_available"));
    assert_eq!(comparisons.row(&["la_code=383", "measure=timely", "comparator=england"]).text("out_of"), "2");
}

#[test]
fn the_ending_of_a_file_says_what_is_written_into_it() {
    let bench = Bench::new();
    let pipeline = PIPELINE.replace(", \"timely_rate\" = \"rate\"", "");
    bench.pipeline("timeliness", &pipeline);
    bench.returns("sen2/2024/timeliness.csv", release("400,120"));
    bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]).well();
    let compare = |more: &[&str]| bench.abreast(&[&["compare", "timely", "--out", "out"], more].concat());
    compare(&["--authority", "all", "-o", "all.csv"]).well();
    let csv = std::fs::read_to_string(bench.path("all.csv")).expect("a file");
    assert!(csv.starts_with('\u{feff}'), "Excel reads it as UTF-8 by its mark");
    assert!(csv.contains("Birmingham,") && csv.contains("Leeds,"), "{csv}");
    compare(&["--authority", "Leeds", "-o", "leeds.json"]).well();
    let json = std::fs::read_to_string(bench.path("leeds.json")).expect("a file");
    assert!(json.trim_start().starts_with(['[', '{']), "{json}");
    for refused in [&["-o", "leeds.xlsx"][..], &["--format", "json", "-o", "leeds.csv"], &["-o", "leeds.docx"]] {
        let ran = compare(&[&["--authority", "Leeds"], refused].concat());
        assert_eq!(ran.code, 2, "{refused:?}");
        assert!(ran.stderr.contains("is not written as a file with the ending"), "{}", ran.stderr);
        assert!(!bench.path("leeds.xlsx").exists() && !bench.path("leeds.csv").exists());
    }
}
