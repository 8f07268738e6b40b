//! What is handed on: a star schema that gives the figures of its tables again, a data package whose checksums are those of its
//! files, tables in a folder for each release, a workbook and an ODS of all authorities. Where the `frictionless` and `duckdb`
//! packages of Python or LibreOffice are at hand they must find it so too; where not, the test says that this part is skipped.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::harness::{Bench, EES, Table, ees};

const PIPELINE: &str = r#"title = "Plans"
return = "plans"
topic = "Special needs"
[source]
publisher = "A department"
publication = "Plans"
licence = "OGL-3.0"
[measures.on_time]
label = "Plans on time"
unit = "percent"
numerator = "within"
denominator = "issued"
better = "high"
topic = "speed"
[measures.issued]
label = "Plans issued"
unit = "number"
[[release]]
from = 2024
file = "plans.csv"
format = "ees"
filters = ["sex"]
columns = { within = "within", issued = "issued" }
[checks]
areas = "some"
"#;

/// Two releases: the second says one figure anew and withholds another.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.pipeline("plans", PIPELINE);
    let row = |period: &str, place: &str, cells: &str| format!("{},{cells}\n", ees(period, "Calendar year", place));
    let head = format!("{EES},sex,within,issued\n");
    let first = [
        row("2022", "England", "Total,50,100"),
        row("2022", "Leeds", "Total,5,20"),
        row("2022", "Camden", "Total,8,10"),
    ];
    let second = [
        row("2023", "England", "Total,60,100"),
        row("2023", "Leeds", "Total,6,20"),
        row("2023", "Leeds", "Female,2,8"),
        row("2023", "Camden", "Total,c,c"),
        row("2022", "Leeds", "Total,7,20"),
    ];
    bench.returns("plans/2024/plans.csv", format!("{head}{}", first.concat()));
    bench.returns("plans/2025/plans.csv", format!("{head}{}", second.concat()));
    bench.run().well();
    bench
}

/// The Python that has these packages: `ABREAST_PYTHON`, else the one of the system.
fn python(packages: &str) -> Option<PathBuf> {
    python_of("ABREAST_PYTHON", packages)
}

/// The Python that has these packages: the one that `variable` names, else the one of the system.
pub fn python_of(variable: &str, packages: &str) -> Option<PathBuf> {
    let python = std::env::var_os(variable).map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let known = Command::new(&python).args(["-c", &format!("import {packages}")]).output();
    if known.is_ok_and(|known| known.status.success()) {
        return Some(python);
    }
    skipped(&format!("no Python with {packages}; {variable} names one"));
    None
}

fn skipped(why: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {why}");
}

fn csv(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("a CSV");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn descriptor(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a descriptor")).expect("JSON")
}

/// Holds the checksums of a descriptor against its files.
fn sound(folder: &Path) -> Value {
    let whole = descriptor(&folder.join("datapackage.json"));
    for resource in whole["resources"].as_array().expect("resources") {
        let bytes = std::fs::read(folder.join(resource["path"].as_str().expect("a path"))).expect("a file");
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{hash}"), "{resource}");
        assert_eq!(resource["bytes"], bytes.len(), "{resource}");
    }
    whole
}

fn frictionless(path: &Path) {
    let Some(python) = python("frictionless") else { return };
    let said =
        Command::new(python).args(["-m", "frictionless", "validate", "--json"]).arg(path).output().expect("it runs");
    let said: Value = serde_json::from_slice(&said.stdout).unwrap_or(Value::Null);
    assert_eq!(said["valid"], true, "{said:#}");
}

#[test]
fn a_star_schema_gives_the_figures_again() {
    let bench = bench();
    let ran = bench.abreast(&["publish", "star", "--to", "star", "--out", "out"]).well();
    assert!(ran.stdout.contains("facts of 1 tables") || ran.stdout.contains("facts"), "{}", ran.stdout);
    let folder = bench.path("star");
    let by_key = |name: &str, key: &str| {
        let rows = csv(&folder.join(format!("{name}.csv"))).into_iter().map(|row| (row[key].clone(), row));
        rows.collect::<BTreeMap<String, BTreeMap<String, String>>>()
    };
    let (areas, periods) = (by_key("areas", "area_key"), by_key("periods", "period_key"));
    let (measures, breakdowns) = (by_key("measures", "measure_key"), by_key("breakdowns", "breakdown_key"));
    let facts = csv(&folder.join("facts.csv"));
    let joined = |row: &BTreeMap<String, String>| {
        [
            areas[&row["area_key"]]["area_name"].clone(),
            periods[&row["period_key"]]["period"].clone(),
            measures[&row["measure_key"]]["measure"].clone(),
            breakdowns[&row["breakdown_key"]]["breakdown"].clone(),
        ]
    };
    let of = |area: &str, period: &str, measure: &str, breakdown: &str| {
        let wanted = [area, period, measure, breakdown];
        let mut found = facts.iter().filter(|row| joined(row) == wanted);
        let one = found.next().unwrap_or_else(|| panic!("{wanted:?}"));
        assert!(found.next().is_none(), "{wanted:?} once");
        [&one["value"], &one["numerator"], &one["denominator"], &one["status"], &one["release"]].map(String::clone)
    };
    assert_eq!(of("Leeds", "2022", "on_time", "Total"), ["35", "7", "20", "number", "2025"], "the newest alone");
    assert_eq!(of("Leeds", "2023", "on_time", "Female"), ["25", "2", "8", "number", "2025"]);
    assert_eq!(of("Camden", "2023", "issued", "Total")[0], "confidential", "the word of the reason");
    assert_eq!(of("Camden", "2022", "issued", "Total")[0], "10");
    assert_eq!(facts.len(), Table::read(&bench.path("out/tables/plans.parquet")).rows(&["latest=true"]).len());
    let leeds = areas.values().find(|row| row["area_name"] == "Leeds").expect("Leeds");
    assert_eq!((leeds["la_code"].as_str(), leeds["region"].as_str()), ("383", "Yorkshire and The Humber"));
    let parquet = Table::read(&folder.join("facts.parquet"));
    assert_eq!(parquet.len(), facts.len());
    assert_eq!(parquet.rows(&["status=confidential"])[0].text("value"), "", "null, with the reason beside it");
    let whole = sound(&folder);
    let of_facts = &whole["resources"][0]["schema"];
    let labels = of_facts["missingValues"].to_string();
    assert!(
        labels.contains("{\"label\":\"withheld to protect confidentiality\",\"value\":\"confidential\"}"),
        "{labels}"
    );
    assert_eq!(of_facts["foreignKeys"].as_array().expect("keys").len(), 4);
    assert_eq!(whole["licenses"][0]["name"], "OGL-UK-3.0");
    frictionless(&folder.join("datapackage.json"));
    let Some(python) = python("duckdb") else { return };
    let query = "import duckdb, sys\n\
        d = sys.argv[1]\n\
        print(duckdb.sql(f\"\"\"select count(*), count(*) filter (where f.value is not distinct from o.value) from '{d}/star/facts.parquet' f\n\
        join '{d}/star/areas.parquet' using (area_key) join '{d}/star/periods.parquet' using (period_key)\n\
        join '{d}/star/measures.parquet' m using (measure_key) join '{d}/star/breakdowns.parquet' b using (breakdown_key)\n\
        join '{d}/out/tables/plans.parquet' o on o.latest and o.area_name = areas.area_name and o.period = periods.period\n\
        and o.measure = m.measure and o.breakdown_topic = b.breakdown_topic and o.breakdown = b.breakdown\"\"\").fetchall())";
    let said = Command::new(python).args(["-c", query]).arg(bench.path("")).output().expect("it runs");
    let expected = format!("[({0}, {0})]", facts.len());
    assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), expected, "{}", String::from_utf8_lossy(&said.stderr));
}

#[test]
fn a_data_package_stands_beside_the_tables() {
    let bench = bench();
    bench.abreast(&["publish", "package", "--out", "out"]).well();
    let whole = sound(&bench.path("out"));
    let names: Vec<&str> =
        whole["resources"].as_array().expect("resources").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["plans", "comparisons", "findings", "quarantine", "dictionary"]);
    let status = whole["resources"][0]["schema"]["fields"].as_array().expect("fields");
    let status = status.iter().find(|field| field["name"] == "status").expect("status");
    assert!(status["categories"].to_string().contains("withheld to protect confidentiality"), "{status}");
    frictionless(&bench.path("out/datapackage.json"));
    // It belongs to the build: the next run finds nothing foreign.
    assert!(bench.run().well().stderr.contains("unchanged"));
    assert!(bench.path("out/datapackage.json").is_file());
}

#[test]
fn tables_stand_in_a_folder_for_each_release() {
    let bench = bench();
    bench.abreast(&["publish", "tables", "plans", "--partition", "release", "--to", "parts", "--out", "out"]).well();
    assert_eq!(
        bench.files("parts"),
        ["parts/plans/release=2024/part-0.parquet", "parts/plans/release=2025/part-0.parquet"]
    );
    let whole = Table::read(&bench.path("out/tables/plans.parquet"));
    for release in ["2024", "2025"] {
        let part = Table::read(&bench.path(&format!("parts/plans/release={release}/part-0.parquet")));
        assert_eq!(part.len(), whole.rows(&[&format!("release={release}")]).len());
        assert!(!part.all()[0].contains_key("release"), "it stands in the path");
    }
    let again = bench.abreast(&["publish", "tables", "plans", "--to", "parts", "--out", "out"]);
    assert_eq!((again.code, again.stderr.contains("is there already")), (2, true), "{}", again.stderr);
    let slip = bench.abreast(&["publish", "tables", "plan", "--to", "other", "--out", "out"]);
    assert!(slip.stderr.contains("did you mean `plans`?"), "{}", slip.stderr);
    let Some(python) = python("duckdb") else { return };
    let query = "import duckdb, sys\nprint(duckdb.sql(f\"select cast(release as varchar), count(*) from read_parquet('{sys.argv[1]}/parts/plans/*/*.parquet', hive_partitioning = true) group by 1 order by 1\").fetchall())";
    let said = Command::new(python).args(["-c", query]).arg(bench.path("")).output().expect("it runs");
    let rows = |release: &str| whole.rows(&[&format!("release={release}")]).len();
    let expected = format!("[('2024', {}), ('2025', {})]", rows("2024"), rows("2025"));
    assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), expected, "{}", String::from_utf8_lossy(&said.stderr));
}

#[test]
fn spark_reads_the_tables_of_all_releases_as_one() {
    let Some(python) = python_of("ABREAST_SPARK_PYTHON", "pyspark") else { return };
    let bench = bench();
    bench.abreast(&["publish", "tables", "plans", "--partition", "release", "--to", "parts", "--out", "out"]).well();
    let query = "
import sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()
plans = spark.read.parquet(sys.argv[1] + 'parts/plans')
for row in plans.groupBy('release').count().orderBy('release').collect(): print(row[0], row[1])
leeds = plans.where(\"area_name = 'Leeds' and release = 2025 and period = '2023' and breakdown = 'Total' and measure = 'on_time'\").collect()
print([(row.measure, row.value, row.numerator, row.denominator, row.status) for row in leeds])
";
    let said = Command::new(python).args(["-c", query]).arg(bench.path("")).output().expect("it runs");
    let whole = Table::read(&bench.path("out/tables/plans.parquet"));
    let rows = |release: &str| whole.rows(&[&format!("release={release}")]).len();
    // 6 of 20.
    let expected = format!("2024 {}\n2025 {}\n[('on_time', 30.0, 6.0, 20.0, 'number')]\n", rows("2024"), rows("2025"));
    assert_eq!(String::from_utf8_lossy(&said.stdout), expected, "{}", String::from_utf8_lossy(&said.stderr));
}

/// A part of a zip as text.
fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).expect("the file")).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn all_authorities_stand_in_a_workbook_and_in_an_ods() {
    let bench = bench();
    for file in ["all.xlsx", "all.ods"] {
        bench.abreast(&["publish", "workbook", "speed", "--to", file, "--out", "out"]).well();
    }
    let content = part(&bench.path("all.ods"), "content.xml");
    let document = roxmltree::Document::parse(&content).expect("XML");
    let rows: Vec<Vec<String>> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "table-row")
        .map(|row| {
            let cells = row.children().filter(|cell| cell.tag_name().name() == "table-cell");
            cells
                .map(|cell| {
                    cell.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect::<String>()
                })
                .collect()
        })
        .collect();
    let leeds = rows.iter().find(|row| row.get(1).is_some_and(|name| name == "Leeds")).expect("Leeds");
    assert_eq!(leeds[..4], ["383", "Leeds", "35.0", "30.0"], "{leeds:?}");
    assert!(rows.iter().any(|row| row.get(1).is_some_and(|name| name == "England")), "{rows:?}");
    let camden = rows.iter().find(|row| row.get(1).is_some_and(|name| name == "Camden")).expect("Camden");
    assert_eq!(camden[2..4], ["80.0", "[c]"], "{camden:?}");
    assert!(
        content.contains("office:value=\"35\"") && content.contains("[c] stands for: withheld"),
        "numbers are numbers"
    );
    assert_eq!(part(&bench.path("all.ods"), "mimetype"), "application/vnd.oasis.opendocument.spreadsheet");
    let other = bench.abreast(&["publish", "workbook", "speed", "--to", "all.csv", "--out", "out"]);
    assert!(other.stderr.contains("neither .xlsx nor .ods"), "{}", other.stderr);
    if !Command::new("soffice").arg("--version").output().is_ok_and(|known| known.status.success()) {
        skipped("no LibreOffice");
        return;
    }
    for file in ["all.xlsx", "all.ods"] {
        let home = format!("-env:UserInstallation=file:///tmp/abreast-office-{}", std::process::id());
        let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3";
        let opened = Command::new("soffice")
            .args([&home, "--headless", "--convert-to", filter, "--outdir"])
            .arg(bench.path("opened"))
            .arg(bench.path(file))
            .output();
        assert!(opened.is_ok_and(|opened| opened.status.success()), "{file}");
        let sheets = bench.files("opened");
        let texts: String =
            sheets.iter().map(|name| std::fs::read_to_string(bench.path(name)).unwrap_or_default()).collect();
        assert!(texts.contains("383,Leeds,35"), "{file}: {sheets:?} {texts}");
        std::fs::remove_dir_all(bench.path("opened")).expect("gone");
    }
}
