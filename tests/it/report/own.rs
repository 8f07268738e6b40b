//! A council's own return from the starter workbook on: filled in, loaded, six months pooled, targets by period, small
//! cohorts named, and a file of targets that cannot be read.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, open_workbook_auto};

use super::{abreast, page_tables};

const HEAD: &str = "authority,month,area,measure,numerator,denominator,value,target,comment\n";

/// A folder with a return of Sandwell's own, run and reported.
struct Own {
    folder: tempfile::TempDir,
}

impl Own {
    fn new(rows: &str, targets: &str) -> Own {
        let folder = tempfile::tempdir().expect("a folder");
        let release = folder.path().join("returns/local/2026");
        fs::create_dir_all(&release).expect("a folder");
        fs::write(release.join("performance.csv"), format!("{HEAD}{rows}")).expect("a file");
        if !targets.is_empty() {
            fs::write(release.join("targets.csv"), targets).expect("a file");
        }
        Own { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, words: &[&str]) -> std::process::Output {
        let mut command = abreast();
        command.args(words).arg("--returns").arg(self.path("returns")).arg("--out").arg(self.path("out"));
        command.output().expect("a run")
    }

    /// The page of the scorecard.
    fn scorecard(&self) -> String {
        let run = self.run(&["run", "-q", "local_performance"]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let made = self.run(&["report", "monthly_scorecard", "--authority", "Sandwell"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        fs::read_to_string(self.path("out/reports/monthly-scorecard-sandwell.html")).expect("a page")
    }
}

/// The cells of the scorecard's row of re-referrals.
fn re_referrals(html: &str) -> Vec<String> {
    let (_, table) = page_tables(html).into_iter().find(|(title, _)| title.contains("scorecard")).expect("a table");
    table.into_iter().find(|row| row[0].starts_with("Re-referrals")).expect("a row")
}

/// Months with a numerator of a tenth of a growing denominator, so that pooled and plain mean differ.
fn months(names: &[(&str, u32, u32)]) -> String {
    names
        .iter()
        .map(|(month, top, bottom)| {
            format!("Sandwell,{month},Whole authority,Re-referrals within 12 months,{top},{bottom},,,\n")
        })
        .collect()
}

const SEVEN: [(&str, u32, u32); 7] = [
    ("August 2025", 10, 100),
    ("September 2025", 10, 100),
    ("October 2025", 10, 100),
    ("November 2025", 10, 100),
    ("December 2025", 10, 100),
    ("January 2026", 250, 500),
    ("February 2026", 30, 100),
];

#[test]
fn a_target_of_the_period_comes_before_one_for_any() {
    let targets = "authority,ref,measure,period,target,aim,tolerance,frequency,owner\n\
                   Sandwell,1,Re-referrals within 12 months,,20%,Smaller is better,,Monthly,Front door\n\
                   Sandwell,1,re_referrals,February 2026,25%,Smaller is better,6,Monthly,Front door\n";
    let own = Own::new(&months(&SEVEN), targets);
    let cells = re_referrals(&own.scorecard());
    assert_eq!((cells[7].as_str(), cells[8].as_str()), ("25%", "within tolerance"));
    let other = targets.replace("February 2026", "March 2026");
    let cells = re_referrals(&Own::new(&months(&SEVEN), &other).scorecard());
    assert_eq!((cells[7].as_str(), cells[8].as_str()), ("20%", "missed"));
}

#[test]
fn a_small_cohort_is_named_with_what_one_person_moves() {
    let rows = "Sandwell,May 2026,Whole authority,Re-referrals within 12 months,3,12,,,\n";
    let html = Own::new(rows, "").scorecard();
    assert!(html.contains("a small cohort of 12; one more or less moves it by 8.3 points"));
}

#[test]
fn a_target_that_cannot_be_read_stops_with_its_line() {
    let own = Own::new(&months(&SEVEN), "authority,measure\nSandwell,Re-referrals within 12 months\n");
    own.run(&["run", "-q", "local_performance"]);
    let made = own.run(&["report", "monthly_scorecard", "--authority", "Sandwell"]);
    let said = String::from_utf8_lossy(&made.stderr).into_owned();
    assert_eq!(made.status.code(), Some(2), "{said}");
    assert!(said.contains("targets.csv row 2: not a row of a targets file") && said.contains("target"), "{said}");
}

fn write_rows(starter: &Path, to: &Path, rows: &[[&str; 7]]) {
    let mut book = open_workbook_auto(starter).expect("the starter");
    assert_eq!(book.sheet_names(), ["Data", "How to fill it in", "Lists"]);
    let data = book.worksheet_range("Data").expect("a sheet");
    let heading: Vec<String> = data.rows().next().expect("headings").iter().map(Data::to_string).collect();
    let lists = book.worksheet_range("Lists").expect("a sheet");
    let words: Vec<String> = lists.cells().map(|(_, _, cell)| cell.to_string()).collect();
    assert!(words.iter().any(|word| word == "Children missing education"));
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0u16..).zip(&heading) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    for (row, cells) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).map(|_| ()),
                Err(_) => sheet.write_string(row, column, *cell).map(|_| ()),
            }
            .expect("a cell");
        }
    }
    workbook.save(to).expect("a workbook");
}

#[test]
fn the_starter_workbook_filled_in_becomes_a_table() {
    let own = Own::new("", "");
    let release = own.path("returns/local/2026");
    fs::remove_file(release.join("performance.csv")).expect("no text file");
    let starter = own.path("starter.xlsx");
    abreast().args(["report", "starter", "--output"]).arg(&starter).assert().success();
    let again = abreast().args(["report", "starter", "--output"]).arg(&starter).output().expect("a run");
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
    let row = |measure, value| ["Sandwell", "May 2026", "Whole authority", measure, "", "", value];
    write_rows(&starter, &release.join("performance.xlsx"), &[row("Re-referrals within 12 months", "23")]);
    let cells = re_referrals(&own.scorecard());
    assert_eq!((cells[1].as_str(), cells[3].as_str()), ("May 2026", "23"));
}

#[test]
fn an_unknown_own_return_gets_the_likely_one() {
    let made = abreast().args(["report", "starter", "local_performanc"]).output().expect("a run");
    assert!(String::from_utf8_lossy(&made.stderr).contains("did you mean `local_performance`?"));
}
