//! Text from outside never makes a file that its program says is damaged: every part of workbooks, Word files, pictures and
//! pages is read by a strict parser.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use crate::harness::Bench;

/// Words that a file may hold and XML may not.
const HOSTILE: [&str; 6] = [
    "pasted\u{b}from Word",
    "bell\u{7}and\u{1b}[2Jescape",
    "not\u{fffe}a\u{ffff}letter",
    "\u{202e}gnihton\u{202c}",
    "<b>&\"'",
    "]]>",
];

const PIPELINE: &str = r#"title = "Our own figures"
return = "local"
provisional = true
[measures.seen]
label = "Children seen"
unit = "percent"
better = "high"
[[release]]
from = 2000
file = "performance.csv"
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

fn made() -> Bench {
    let bench = Bench::new();
    bench.pipeline("own", PIPELINE).file(
        "pipelines/reports/board.toml",
        "title = \"Board \\u0007\"\nauthority = \"Leeds\"\n[[section]]\nheading = \"Ours \\u000b\"\nmeasures = [\"own/*\"]\ntables = [\"scorecard\", \"areas\", \"standing\", \"targets\"]\ncharts = [\"trend\"]\n",
    );
    let mut text = "authority,month,area,measure,value,target,aim,tolerance,owner,printed,comment\n".to_owned();
    let long = "an area of many letters ".repeat(14);
    let areas = HOSTILE.iter().map(|word| (*word).to_owned()).chain([
        long.clone() + "A",
        long + "B",
        "Whole authority".to_owned(),
    ]);
    for area in areas {
        let quoted = area.replace('"', "\"\"");
        for month in ["April", "May"] {
            text.push_str(&format!(
                "Leeds,{month} 2025,\"{quoted}\",Children seen,90,24%,,,\"{quoted}\",,\"{quoted}\"\n"
            ));
        }
    }
    bench.returns("local/2025/performance.csv", text);
    let run = ["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out", "--authority", "Leeds"];
    bench.abreast(&run).well();
    bench.abreast(&["report", "board", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]).well();
    bench.abreast(&["chart", "trend", "own/seen", "--authority", "Leeds", "--out", "out", "-o", "trend.svg"]).well();
    bench
}

/// Whether a text holds what a reader's program would obey or refuse.
fn is_harmful(text: &str) -> bool {
    text.contains(|c: char| (c.is_control() && !"\n\r\t".contains(c)) || "\u{fffe}\u{ffff}\u{202e}\u{202c}".contains(c))
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            parts.push((name, text));
        }
    }
    parts
}

#[test]
fn hostile_text_makes_no_damaged_file() {
    let bench = made();
    let mut kinds = BTreeSet::new();
    let files = bench.files("out").into_iter().chain(["trend.svg".to_owned()]);
    for path in files {
        let kind = path.rsplit('.').next().unwrap_or_default().to_owned();
        let bytes = std::fs::read(bench.path(&path)).expect("a file");
        match kind.as_str() {
            "xlsx" | "docx" => {
                for (name, text) in parts(&bytes) {
                    let read = roxmltree::Document::parse(&text).map(|_| ());
                    assert_eq!(read.map_err(|error| error.to_string()), Ok(()), "{path}: {name}");
                    assert!(!is_harmful(&text), "{path}: {name}");
                    columns_are_distinct(&path, &name, &text);
                }
            }
            "svg" => {
                let text = String::from_utf8(bytes).expect("text");
                assert!(roxmltree::Document::parse(&text).is_ok() && !is_harmful(&text), "{path}");
            }
            "html" | "csv" | "txt" => {
                assert!(!is_harmful(&String::from_utf8(bytes).expect("text")), "{path}");
            }
            _ => continue,
        }
        kinds.insert(kind);
    }
    let expected = ["csv", "docx", "html", "svg", "txt", "xlsx"].map(str::to_owned);
    assert_eq!(kinds, BTreeSet::from(expected), "every kind of file was looked at");
}

/// The columns of an Excel table have different names that Excel takes.
fn columns_are_distinct(path: &str, name: &str, text: &str) {
    if !name.starts_with("xl/tables/") {
        return;
    }
    let table = roxmltree::Document::parse(text).expect("XML");
    let columns = table.descendants().filter(|node| node.tag_name().name() == "tableColumn");
    let names: Vec<String> = columns.filter_map(|node| node.attribute("name").map(str::to_lowercase)).collect();
    assert!(!names.is_empty(), "{path}: {name}");
    assert!(names.iter().all(|name| name.encode_utf16().count() <= 255), "{path}: {name}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{path}: {name}");
}
