//! Input that is wrong: each kind is said with file, place and remedy, word for word as in the snapshots; the table
//! concerned is not written, not even by half, and the others are.

use std::collections::BTreeMap;

use crate::harness::{Bench, EES, Ran, ees, gzipped, ods, snapshot, zipped};

/// The pipeline that bad input is tried on: a release of SEN2 assessments.
const ASSESSMENTS: &str = r#"title  = "Assessments"
return = "sen2"

[measures.assessments]
label = "Assessments completed in the year"
unit  = "number"

[measures.issued_share]
label       = "Assessments that led to a plan"
unit        = "percent"
numerator   = "issued"
denominator = "assessments"

[[release]]
from      = 2025
file      = "assessments.*"
format    = "ees"
breakdown = ["breakdown_topic", "breakdown"]
columns   = { assessments = "assessments_completed_in_year", issued = "assessments_plan_issued" }

[checks]
areas = "some"
"#;

const HEADER: &str = "breakdown_topic,breakdown,assessments_completed_in_year,assessments_plan_issued";

/// Rows for three authorities, 10, 20 and 30 assessments, half of them with a plan.
fn good() -> String {
    let mut text = format!("{EES},{HEADER}\n");
    for (place, count) in [("Birmingham", 10), ("Leeds", 20), ("Camden", 30)] {
        let whole = "All EHC plans issued";
        text.push_str(&format!("{},{whole},{whole},{count},{}\n", ees("2024", "Calendar year", place), count / 2));
    }
    text
}

/// A second table beside the bad one, which must come out whatever happens to the first.
const OTHER: &str = r#"title = "Other"
return = "other"
[measures.count]
label = "Count"
unit = "number"
[[release]]
from = 2025
file = "other.csv"
period = "2024"
area = { code = "LA code" }
columns = { count = "Count" }
[checks]
areas = "some"
"#;

/// A bench with the good pipelines and the good other file.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.pipeline("assessments", ASSESSMENTS).pipeline("other", OTHER);
    bench.returns("other/2025/other.csv", "LA code,Count\n330,1\n383,2\n");
    bench
}

/// What was printed up to the table of tables.
fn said(ran: &Ran) -> String {
    ran.stderr.split("\ntable ").next().unwrap_or_default().trim_end().replace("\r\n", "\n") + "\n"
}

/// Runs, compares what was said with the snapshot, and sees to it that only the other table was written.
fn refused(name: &str, bench: &Bench) -> Ran {
    let ran = bench.run();
    snapshot(&format!("bad_input/{name}.txt"), &said(&ran));
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(!bench.has("assessments"), "{name} was written");
    assert_eq!(bench.table("other").len(), 2, "{name} stopped the other table");
    assert_eq!(
        bench.files("out/tables"),
        ["out/tables/comparisons.parquet", "out/tables/other.parquet"],
        "{name}: nothing is left lying about"
    );
    assert_eq!(bench.table("comparisons").words("table"), ["other"], "{name}");
    assert!(ran.findings.iter().any(|finding| finding.is_error()), "{name}: findings.csv names no error");
    ran
}

/// The CSV `text` as the file of the release.
fn refused_csv(name: &str, text: impl AsRef<[u8]>) -> Ran {
    let bench = bench();
    bench.returns("sen2/2025/assessments.csv", text);
    refused(name, &bench)
}

#[test]
fn the_good_file_is_good() {
    let bench = bench();
    bench.returns("sen2/2025/assessments.csv", good());
    let ran = bench.run().well();
    assert!(ran.findings.is_empty(), "{}", ran.stderr);
    assert_eq!(bench.table("assessments").rows(&["measure=issued_share"]).len(), 3);
}

#[test]
fn a_missing_column() {
    refused_csv("missing_column", good().replace("assessments_plan_issued", "assessments_ehcp_issued"));
}

#[test]
fn an_extra_column() {
    let text = good()
        .replace(HEADER, &format!("{HEADER},assessments_withdrawn"))
        .replace("5\n", "5,1\n")
        .replace("0\n", "0,1\n");
    refused_csv("extra_column", text);
}

#[test]
fn everything_wrong_with_the_columns_is_said_at_once() {
    let text = good().replace("assessments_completed_in_year,assessments_plan_issued", "completed,issued_plans");
    let ran = refused_csv("several_columns", text);
    assert_eq!(ran.all("missing-column").len(), 2, "a column that two measures use is said once");
    assert_eq!(ran.all("unmapped-column").len(), 2);
}

#[test]
fn an_unknown_authority() {
    refused_csv("unknown_authority", good().replace("E09000007,202,Camden", ",,Camdem"));
}

#[test]
fn an_unknown_code() {
    refused_csv("unknown_code", good().replace("E09000007,202,Camden", ",999,Camden"));
}

#[test]
fn an_unknown_symbol() {
    refused_csv("unknown_symbol", good().replace(",20,10\n", ",n/a,10\n"));
}

#[test]
fn a_duplicate_key() {
    let text = good();
    let twice = text.lines().find(|line| line.contains("Leeds")).expect("Leeds").replace(",20,10", ",21,11");
    refused_csv("duplicate_key", format!("{text}{twice}\n"));
}

#[test]
fn an_empty_file() {
    refused_csv("empty_file", "");
    refused_csv("only_commas", ",,,\r\n,,,\r\n");
    refused_csv("only_a_header", format!("{EES},{HEADER}\n"));
}

#[test]
fn a_quote_that_is_never_closed() {
    refused_csv("unclosed_quote", good().replace("Leeds,", "\"Leeds,"));
}

#[test]
fn a_csv_that_is_really_something_else() {
    refused_csv("csv_is_zip", zipped(&[("assessments.csv", good().as_bytes())]));
    refused_csv("csv_is_html", "<!DOCTYPE html>\n<html><head><title>Page not found</title></head></html>\n");
    refused_csv("csv_is_gzip", gzipped(good().as_bytes()));
    refused_csv("csv_is_xlsx", xlsx());
    refused_csv("csv_is_ods", ods(&[], true));
    refused_csv("csv_is_pdf", b"%PDF-1.7 and so on");
}

fn xlsx() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in good().lines().enumerate() {
        for (column, text) in line.split(',').enumerate() {
            sheet.write_string(row as u32, column as u16, text).expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_that_is_cut_short() {
    let whole = xlsx();
    let bench = bench();
    bench.returns("sen2/2025/assessments.xlsx", &whole);
    bench.run().well();
    assert_eq!(bench.table("assessments").rows(&["measure=assessments"]).len(), 3, "the whole one is read");
    // Cut at any place, it is never read in part.
    for length in [whole.len() - 1, whole.len() - 40, whole.len() / 2, 100, 3] {
        let bench = self::bench();
        bench.returns("sen2/2025/assessments.xlsx", &whole[..length]);
        let ran = bench.run();
        assert_eq!(ran.code, 1, "cut at {length} of {}", whole.len());
        assert!(!bench.has("assessments"));
    }
    let bench = self::bench();
    bench.returns("sen2/2025/assessments.xlsx", &whole[..whole.len() / 2]);
    refused("truncated_xlsx", &bench);
    let bench = self::bench();
    bench.returns("sen2/2025/assessments.xlsx", good());
    refused("xlsx_is_csv", &bench);
    let bench = self::bench();
    bench.returns("sen2/2025/assessments.xlsx", "<html><body>Sign in</body></html>");
    refused("xlsx_is_html", &bench);
}

#[test]
fn a_gzip_or_zip_that_is_cut_short() {
    let packed = gzipped(good().as_bytes());
    let bench = bench();
    bench.returns("sen2/2025/assessments.csv.gz", &packed[..packed.len() / 2]);
    refused("truncated_gzip", &bench);
    let packed = zipped(&[("assessments.csv", good().as_bytes())]);
    let bench = self::bench();
    bench.returns("sen2/2025/assessments.zip", &packed[..packed.len() / 2]);
    refused("truncated_zip", &bench);
    let bench = self::bench();
    bench.returns("sen2/2025/assessments.zip", zipped(&[("a.csv", b"a"), ("b.csv", b"b")]));
    refused("zip_of_two", &bench);
}

#[test]
fn a_header_on_another_row() {
    refused_csv("header_on_another_row", format!("Assessments\nCalendar years\n{}", good()));
}

#[test]
fn text_in_a_number_column() {
    refused_csv("text_in_a_number_column", good().replace(",20,10\n", ",twenty,ten\n"));
    refused_csv("number_with_a_letter_o", good().replace(",20,10\n", ",2O,10\n"));
    refused_csv("decimal_comma", good().replace(",20,10\n", ",\"20,5\",10\n"));
}

#[test]
fn a_number_in_a_text_column() {
    // A column shifted by one cell: counts stand where names and levels do.
    refused_csv(
        "number_as_a_level",
        good().replace(
            "2024,Calendar year,Local authority,E92000001,England,E12000003",
            "2024,Calendar year,20,E92000001,England,E12000003",
        ),
    );
    refused_csv("number_as_a_name", good().replace("E08000035,383,Leeds", ",,20"));
    refused_csv(
        "text_as_a_period",
        good().replace(
            "2024,Calendar year,Local authority,E92000001,England,E12000003",
            "latest,Calendar year,Local authority,E92000001,England,E12000003",
        ),
    );
}

#[test]
fn a_ragged_row_does_not_shift_its_neighbours() {
    let text = good().replace(",20,10\n", ",20\n");
    let bench = bench();
    bench.returns("sen2/2025/assessments.csv", text);
    let ran = bench.run().well();
    assert!(ran.finding("empty-cells").message.contains('1'));
    let table = bench.table("assessments");
    assert_eq!(table.row(&["measure=issued_share", "la_code=383"]).text("status"), "not_available");
    assert_eq!(table.row(&["measure=issued_share", "la_code=202"]).value(), 50.0);
}

#[test]
fn a_misspelt_key_in_a_pipeline() {
    for (name, right, wrong) in [
        ("toml_misspelt_head", "title  =", "titel  ="),
        ("toml_misspelt_measure", "denominator = ", "denominater = "),
        ("toml_misspelt_block", "breakdown =", "brakedown ="),
        ("toml_unknown_column_key", "issued = \"assessments_plan_issued\"", "isued = \"assessments_plan_issued\""),
        ("toml_unknown_unit", "unit  = \"number\"", "unit  = \"numbers\""),
        ("toml_unclosed", "return = \"sen2\"", "return = \"sen2"),
        ("toml_unknown_status", "[checks]", "[symbols]\n\"-\" = \"suppresed\"\n\n[checks]"),
    ] {
        let bench = bench();
        assert!(ASSESSMENTS.contains(right), "{right}");
        bench.pipeline("assessments", &ASSESSMENTS.replacen(right, wrong, 1));
        bench.returns("sen2/2025/assessments.csv", good());
        refused(name, &bench);
    }
}

#[test]
fn two_files_that_fit() {
    let bench = bench();
    bench.returns("sen2/2025/assessments.csv", good()).returns("sen2/2025/assessments.xlsx", xlsx());
    refused("several_files", &bench);
}

#[test]
fn a_bad_release_stops_its_table_and_keeps_the_one_published_before() {
    let bench = bench();
    bench.returns("sen2/2025/assessments.csv", good());
    bench.run().well();
    let before = std::fs::read(bench.path("out/tables/assessments.parquet")).expect("the table");
    bench.returns("sen2/2026/assessments.csv", good().replace(",20,10\n", ",n/a,10\n"));
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    let after = std::fs::read(bench.path("out/tables/assessments.parquet")).expect("the table");
    assert_eq!(before, after, "the old table is left whole");
    assert!(ran.stderr.contains("NOT written"), "{}", ran.stderr);
}

/// What a command that cannot run says, with the code 2.
fn cannot_run(name: &str, bench: &Bench, arguments: &[&str]) {
    let ran = bench.abreast(arguments);
    let folder = bench.path("");
    let folder = folder.to_string_lossy();
    let text = ran.stderr.replace(folder.trim_end_matches('/'), "BENCH");
    snapshot(&format!("bad_input/{name}.txt"), &text);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(!bench.path("out/tables/assessments.parquet").exists());
}

#[test]
fn a_returns_folder_that_is_not_there() {
    let bench = bench();
    cannot_run("no_returns", &bench, &["run", "--pipelines", "pipelines", "--returns", "retuns", "--out", "out"]);
    cannot_run("no_returns_at_all", &bench, &["run", "--pipelines", "pipelines", "--returns", "x/y/z", "--out", "out"]);
    cannot_run(
        "returns_is_a_file",
        &bench,
        &["run", "--pipelines", "pipelines", "--returns", "pipelines/other.toml", "--out", "out"],
    );
    cannot_run("no_returns_named", &bench, &["run", "--pipelines", "pipelines", "--out", "out"]);
}

#[test]
fn a_pipelines_folder_that_is_not_there_or_empty() {
    let bench = bench();
    cannot_run("no_pipelines", &bench, &["run", "--pipelines", "piplines", "--returns", "returns", "--out", "out"]);
    cannot_run("empty_pipelines", &bench, &["run", "--pipelines", "returns", "--returns", "returns", "--out", "out"]);
}

#[test]
fn a_table_or_an_authority_that_nobody_knows() {
    let bench = bench();
    let all = ["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"];
    let with = |more: &[&'static str]| [&all[..], more].concat();
    cannot_run("unknown_table", &bench, &with(&["assesments"]));
    cannot_run("unknown_chart_authority", &bench, &with(&["--authority", "Birmingam"]));
}

#[test]
fn an_output_folder_that_cannot_be_written_to() {
    let bench = bench();
    bench.returns("sen2/2025/assessments.csv", good());
    // A file stands where the folder should be: refused to everyone, root included.
    bench.file("out", "a file");
    cannot_run(
        "output_is_a_file",
        &bench,
        &["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"],
    );
    assert_eq!(std::fs::read_to_string(bench.path("out")).expect("still there"), "a file");
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench();
    bench.returns("sen2/2025/assessments.csv", good());
    std::fs::create_dir_all(bench.path("locked")).expect("a folder");
    std::fs::set_permissions(bench.path("locked"), std::fs::Permissions::from_mode(0o555)).expect("locked");
    if std::fs::write(bench.path("locked/try"), "").is_ok() {
        println!("skipped: this user may write into read-only folders, as root may");
        return;
    }
    let ran = bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "locked"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("choose a folder you can write to instead of"), "{}", ran.stderr);
    std::fs::set_permissions(bench.path("locked"), std::fs::Permissions::from_mode(0o755)).expect("unlocked");
}

#[test]
fn a_full_disk_is_said_and_leaves_the_old_file_whole() {
    let bench = Bench::new();
    let path = bench.path("tables/a.parquet");
    std::fs::create_dir_all(bench.path("tables")).expect("a folder");
    std::fs::write(&path, "the old one").expect("a file");
    let failed = abreast::durable::write(&path, &mut |out| {
        out.write_all(b"half of the new one")?;
        Err(std::io::Error::new(std::io::ErrorKind::StorageFull, "No space left on device (os error 28)"))
    });
    let error = failed.expect_err("the disk is full").to_string();
    let text = error.replace(&*bench.path("").to_string_lossy(), "BENCH/").replace('\\', "/");
    snapshot("bad_input/disk_full.txt", &format!("error: {text}\n"));
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), "the old one");
    assert_eq!(bench.files("tables"), ["tables/a.parquet"], "no temporary file is left");
}

/// A file system of a few kilobytes, mounted where the test may do so.
#[cfg(target_os = "linux")]
#[test]
fn a_run_on_a_full_disk_leaves_nothing_half_written() {
    let bench = bench();
    let mut text = good();
    for year in 1950..2024 {
        for place in ["Birmingham", "Leeds", "Camden"] {
            text.push_str(&format!(
                "{},Total,Total,{},{}\n",
                ees(&year.to_string(), "Calendar year", place),
                year * 7 % 1009,
                year % 7
            ));
        }
    }
    bench.returns("sen2/2025/assessments.csv", text);
    std::fs::create_dir_all(bench.path("small")).expect("a folder");
    let mount = |arguments: &[&str]| {
        std::process::Command::new(arguments[0])
            .args(&arguments[1..])
            .output()
            .is_ok_and(|output| output.status.success())
    };
    let small = bench.path("small");
    let folder = small.to_string_lossy().into_owned();
    if !mount(&["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", &folder]) {
        println!("skipped: no file system can be mounted here");
        return;
    }
    let ran = bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "small"]);
    let left: BTreeMap<String, bool> = bench
        .files("small/tables")
        .into_iter()
        .map(|name| {
            let whole = abreast::publish::footer(&bench.path(&name)).is_some();
            (name, whole)
        })
        .collect();
    assert!(mount(&["umount", &folder]), "{folder} stays mounted");
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("the disk is full: free some space and run again"), "{}", ran.stderr);
    assert!(left.values().all(|whole| *whole), "{left:?}");
}
