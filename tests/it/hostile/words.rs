//! Words that a terminal, a browser or a spreadsheet would obey, numbers without end, brackets without end.

use super::{PIPELINE, bench, refused};
use crate::harness::{Bench, EES, ees, snapshot};

const ESCAPE: &str = "\u{1b}]0;gone\u{7}\u{1b}[2J";

/// A return whose breakdowns are words to be obeyed.
fn obeyed() -> Bench {
    let bench = Bench::new();
    bench.pipeline(
        "plans",
        r#"title = "Plans"
return = "sen2"
[measures.share]
label = "Share"
unit = "percent"
numerator = "top"
denominator = "bottom"
headline = true
[[release]]
from = 2025
file = "plans.csv"
format = "ees"
filters = ["kind"]
columns = { top = "top", bottom = "bottom" }
[checks]
areas = "some"
"#,
    );
    let mut text = format!("{EES},kind,top,bottom\n");
    for (at, word) in
        ["Total", ESCAPE, "\u{202e}gnihton\u{202c}", "=HYPERLINK(1)", "<script>alert(1)</script>", "a\0b", "\u{9b}31m"]
            .iter()
            .enumerate()
    {
        for year in ["2023", "2024"] {
            for place in ["Birmingham", "Leeds", "Camden", "England"] {
                text.push_str(&format!("{},{word},{},50\n", ees(year, "Calendar year", place), 10 + at));
            }
        }
    }
    bench.returns("sen2/2025/plans.csv", text);
    bench
}

/// Whether a terminal would obey any of it.
fn is_obeyed(text: &str) -> bool {
    text.contains(|c: char| (c.is_control() && !"\n\r\t".contains(c)) || ('\u{202a}'..='\u{202e}').contains(&c))
}

#[test]
fn nothing_from_a_file_is_obeyed_by_a_terminal() {
    let bench = obeyed();
    let ran = bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let file = bench.path("returns/sen2/2025/plans.csv");
    let text = std::fs::read_to_string(&file)
        .expect("text")
        .replace("kind,top", &format!("kind{ESCAPE},top"))
        .replace(",10,50", &format!(",{ESCAPE},50"));
    std::fs::write(bench.path("returns/other.csv"), &text).expect("written");
    let id = bench.table("plans").rows(&[&format!("breakdown={ESCAPE}"), "la_code=330"])[0].text("measure").to_owned();
    for arguments in [
        &["compare", "share", "--authority", "Leeds", "--breakdown", "kind", "--out", "out"][..],
        &["compare", "share", "--authority", "Leeds", "--breakdown", &format!("kind={ESCAPE}"), "--out", "out"],
        &["compare", "share", "--authority", ESCAPE, "--out", "out"],
        &["chart", "stacked", "share", "--authority", "Leeds", "--breakdown", "kind", "--out", "out"],
        &[
            "explain",
            &id,
            "--authority",
            "Leeds",
            "--breakdown",
            &format!("kind={ESCAPE}"),
            "--returns",
            "returns",
            "--pipelines",
            "pipelines",
            "--out",
            "out",
        ],
        &["explain", ESCAPE, "--authority", "Leeds", "--out", "out"],
        &["inspect", "returns/other.csv", "--pipelines", "pipelines", "--returns", "returns"],
        &["list", "measures", "--pipelines", "pipelines"],
        &["run", ESCAPE, "--pipelines", "pipelines", "--returns", "returns", "--out", "out"],
    ] {
        let ran = bench.abreast(arguments);
        assert!(!is_obeyed(&ran.stdout), "{arguments:?}: {:?}", ran.stdout);
        assert!(!is_obeyed(&ran.stderr), "{arguments:?}: {:?}", ran.stderr);
    }
    std::fs::write(&file, text).expect("written");
    let ran = bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
    assert_eq!(ran.code, 1);
    assert!(!is_obeyed(&ran.stderr), "{:?}", ran.stderr);
    assert!(ran.stderr.contains("[U+001B][2J"), "it is shown by its number: {}", ran.stderr);
    let diff = bench.abreast(&["diff", "out", "out", "--out", "out"]);
    assert!(!is_obeyed(&diff.stdout) && !is_obeyed(&diff.stderr));
}

#[test]
fn nothing_from_a_file_is_obeyed_in_pages_pictures_and_sheets() {
    let bench = obeyed();
    let ran = bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    bench.file(
        "pipelines/reports/board.toml",
        "title = \"Board <script>alert(1)</script>\"\nauthority = \"Birmingham\"\n[[section]]\nheading = \"=1+1\"\nmeasures = [\"plans/share\"]\ntopic = \"kind\"\ntables = [\"standing\", \"breakdown\"]\ncharts = [\"stacked\"]\n",
    );
    let report =
        bench.abreast(&["report", "board", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
    println!("{}{}", report.stdout, report.stderr);
    bench.abreast(&["chart", "stacked", "share", "--authority", "Leeds", "--breakdown", "kind", "--out", "out"]);
    let csv = bench.abreast(&[
        "compare",
        "share",
        "--authority",
        "Leeds",
        "--breakdown",
        "kind",
        "--format",
        "csv",
        "--out",
        "out",
    ]);
    let mut seen = 0;
    let mut texts: Vec<(String, String)> = vec![("compare.csv".to_owned(), csv.stdout)];
    for name in bench.files("out") {
        if let Ok(text) = std::fs::read_to_string(bench.path(&name)) {
            texts.push((name, text));
        }
    }
    for (name, text) in texts {
        seen += 1;
        if name.ends_with(".html") || name.ends_with(".svg") {
            assert!(!text.contains("<script>alert"), "{name}");
        }
        if name.ends_with(".svg") {
            assert!(!text.contains(|c: char| c.is_control() && !"\n\r\t".contains(c)), "{name} is no XML");
        }
        if name.ends_with(".csv") {
            let mut reader =
                csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            for record in reader.records() {
                for cell in record.expect("a row").iter() {
                    assert!(!cell.starts_with('='), "{name}: {cell}");
                }
            }
        }
    }
    assert!(seen > 10, "only {seen} files were looked at");
}

#[test]
fn formulas_are_their_results_and_errors_of_a_sheet_are_not_numbers() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "LA code").expect("a cell");
    sheet.write_string(0, 1, "Plans").expect("a cell");
    for (row, (code, result)) in [(330.0, "12"), (383.0, "#DIV/0!"), (202.0, "#N/A")].into_iter().enumerate() {
        sheet.write_number(row as u32 + 1, 0, code).expect("a cell");
        let formula = rust_xlsxwriter::Formula::new("=SUM(C1:C9)").set_result(result);
        sheet.write_formula(row as u32 + 1, 1, formula).expect("a cell");
    }
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let bench = bench("plans.xlsx", bytes);
    let ran = bench.run();
    let said: Vec<String> = ran.all("unknown-symbol").iter().map(|finding| finding.to_string() + "\n").collect();
    snapshot("hostile/sheet_errors.txt", &said.concat());
    assert!(!bench.has("plans"));
}

#[test]
fn numbers_without_end_are_no_figures() {
    for cell in ["1e999", "-1e999", "inf", "NaN", &"9".repeat(400), "0x10", "1_000"] {
        let said = refused("plans.csv", format!("LA code,Plans\n330,{cell}\n"), "unknown-symbol", 300);
        assert!(said.contains("B2"), "{cell}: {said}");
    }
    for (key, wrong) in [
        ("from = 2025", "from = 99999999999999999999999"),
        ("unit = \"number\"", "unit = \"number\"\nplaces = 300"),
        ("file = \"plans.*\"", "file = \"plans.*\"\nheader = 4294967296"),
        ("file = \"plans.*\"", "file = \"plans.*\"\nheader = 0"),
        ("file = \"plans.*\"", "file = \"plans.*\"\nrange = \"A1:XFD99999999999\""),
    ] {
        let bench = Bench::new();
        bench
            .pipeline("plans", &PIPELINE.replace(key, wrong))
            .returns("sen2/2025/plans.csv", "LA code,Plans\n330,12\n");
        let ran = bench.run();
        assert_eq!(ran.code, 1, "{wrong}: {}", ran.stderr);
        assert!(ran.stderr.contains("plans.toml") || ran.stderr.contains("plans.csv"), "{wrong}: {}", ran.stderr);
    }
}

#[test]
fn brackets_without_end() {
    let deep = |open: &str, close: &str| format!("title = {}1{}\n", open.repeat(100_000), close.repeat(100_000));
    for text in [
        deep("[", "]"),
        deep("{a=", "}"),
        format!("{} = 1\n", vec!["a"; 100_000].join(".")),
        format!("[{}]\n", vec!["a"; 100_000].join(".")),
        "[[a]]\n".repeat(100_000),
    ] {
        let bench = bench("plans.csv", "LA code,Plans\n330,12\n");
        bench.pipeline("deep", &text).file("manifest.toml", &text).file("pipelines/reports/deep.toml", &text);
        let ran = bench.run();
        assert_eq!(ran.code, 1, "{}", &ran.stderr[..ran.stderr.len().min(400)]);
        assert!(
            ran.findings.iter().any(|finding| finding.place.file.ends_with("deep.toml")),
            "{:?}",
            ran.findings.len()
        );
        assert!(ran.findings.iter().any(|finding| finding.code == "manifest-unreadable"));
        assert!(bench.has("plans"), "the other table is made");
        let report = bench.abreast(&["report", "deep", "--pipelines", "pipelines", "--out", "out"]);
        assert_eq!(report.code, 2, "{}", &report.stderr[..report.stderr.len().min(400)]);
        assert!(report.stderr.len() < 4000, "{} letters are too many to read", report.stderr.len());
    }
}

#[test]
fn a_workbook_with_a_password_is_said_to_have_one() {
    // How such an XLSX begins, and the name that its directory holds.
    let mut sealed = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    sealed.resize(4096, 0);
    sealed.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    snapshot("hostile/locked_xlsx.txt", &refused("plans.xlsx", sealed, "locked-file", 300));
    let locked = include_bytes!("../corpus/broken-locked.ods");
    snapshot("hostile/locked_ods.txt", &refused("plans.ods", locked, "locked-file", 300));
}
