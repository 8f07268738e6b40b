//! A council's own return from the starter workbook on: filled in, loaded, six months pooled, targets by period, small
//! cohorts named, and a file of targets that cannot be read.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, open_workbook_auto};

use super::{abreast, page_tables, under};

const HEAD: &str = "authority,month,area,measure,numerator,denominator,value,target,comment\n";

/// A folder with a return of Sandwell's own, run and reported.
pub(super) struct Own {
    folder: tempfile::TempDir,
}

impl Own {
    pub(super) fn new(rows: &str, targets: &str) -> Own {
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

    /// What a report says that cannot be made.
    fn refused(&self) -> String {
        self.run(&["run", "-q", "local_performance"]);
        let made = self.run(&["report", "monthly_scorecard", "--authority", "Sandwell"]);
        String::from_utf8_lossy(&made.stderr).into_owned()
    }

    /// The page of the scorecard.
    pub(super) fn scorecard(&self) -> String {
        let run = self.run(&["run", "-q", "local_performance"]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let made = self.run(&["report", "monthly_scorecard", "--authority", "Sandwell"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        fs::read_to_string(self.path("out/reports/monthly-scorecard-sandwell.html")).expect("a page")
    }
}

/// Target and rating in the scorecard's row of re-referrals.
fn re_referrals(html: &str) -> (String, String) {
    let of = |heading: &str| under(html, "Scorecard", "Re-referrals", heading);
    (of("Target"), of("Rating"))
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
    assert_eq!(cells, ("25%".to_owned(), "Amber".to_owned()));
    let other = targets.replace("February 2026", "March 2026");
    let cells = re_referrals(&Own::new(&months(&SEVEN), &other).scorecard());
    assert_eq!(cells, ("20%".to_owned(), "Red".to_owned()));
}

#[test]
fn a_period_and_an_authority_may_be_written_in_other_ways() {
    let targets = "authority,ref,measure,period,target,aim,tolerance,frequency,owner\n\
                   333,1,re_referrals,28 February 2026,25%,Smaller is better,±6,Monthly,Front door\n";
    let own = Own::new(&months(&SEVEN), targets);
    let said = own.refused();
    assert!(!said.contains("no known local authority"), "{said}");
    let targets = targets.replace("28 February 2026", "February 2026");
    let cells = re_referrals(&Own::new(&months(&SEVEN), &targets).scorecard());
    assert_eq!(cells, ("25%".to_owned(), "Amber".to_owned()));
}

#[test]
fn a_period_tolerance_or_authority_that_cannot_be_read_stops_with_its_line() {
    for (row, said) in [
        ("Sandwell,1,re_referrals,Februar,25%,,,,", "targets.csv row 2: `Februar`"),
        ("Sandwell,1,re_referrals,,25%,,about 5,,", "targets.csv row 2: `about 5` is no tolerance"),
        ("Sandwel,1,re_referrals,,25%,,,,", "did you mean `Sandwell`?"),
    ] {
        let targets = format!("authority,ref,measure,period,target,aim,tolerance,frequency,owner\n{row}\n");
        let told = Own::new(&months(&SEVEN), &targets).refused();
        assert!(told.contains(said), "{row}: {told}");
    }
}

/// The cells of the results table's row of re-referrals, and the page.
fn results(rows: &str, targets: &str) -> (Vec<String>, String) {
    let own = Own::new(rows, targets);
    own.run(&["run", "-q", "local_performance"]);
    let folder = own.path("pipelines");
    fs::create_dir_all(folder.join("reports")).expect("a folder");
    fs::copy("pipelines/local_performance.toml", folder.join("local_performance.toml")).expect("a pipeline");
    let report = "title = \"T\"\nauthority = \"Sandwell\"\n[[section]]\nheading = \"H\"\n\
                  measures = [\"re_referrals\", \"families_helped\", \"in_care\"]\ntables = [\"targets\", \"projection\"]\n";
    fs::write(folder.join("reports/mine.toml"), report).expect("a report");
    let made = own.run(&["report", "mine", "--pipelines", folder.to_str().expect("a path")]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let html = fs::read_to_string(own.path("out/reports/mine-sandwell.html")).expect("a page");
    let table = page_tables(&html).into_iter().find(|(title, _)| title.contains("against targets"));
    let row = table.and_then(|(_, rows)| rows.into_iter().find(|row| row[0].starts_with("Re-referrals")));
    (row.unwrap_or_default(), html)
}

const TARGETS: &str = "authority,ref,measure,period,target,aim,tolerance,frequency,owner\n";

#[test]
fn each_period_is_judged_by_its_own_target() {
    let two = months(&[("January 2026", 60, 100), ("February 2026", 85, 100)]);
    let asked = |january: u8, february: u8| {
        format!(
            "{TARGETS}Sandwell,1,re_referrals,January 2026,{january},Bigger is better,,,\n\
             Sandwell,1,re_referrals,February 2026,{february},Bigger is better,,,\n"
        )
    };
    // January's 60 meets its 50; by February's 80 it would not.
    assert!(results(&two, &asked(50, 80)).0.contains(&"Blue".to_owned()));
    // January's 60 misses its 90; by February's 55 it would not.
    assert!(results(&two, &asked(90, 55)).0.contains(&"Green".to_owned()));
}

#[test]
fn a_target_without_a_figure_is_said() {
    let targets = format!("{TARGETS}Sandwell,1,Families helped by family support,,500,,,,\n");
    let (_, html) = results(&months(&SEVEN), &targets);
    assert!(html.contains("Families helped by family support: a target is set and there is no figure."));
}

#[test]
fn a_year_is_not_the_figure_before_a_month() {
    let rows = "Sandwell,2023/24,Whole authority,Re-referrals within 12 months,300,1000,,,\n\
                Sandwell,May 2026,Whole authority,Re-referrals within 12 months,20,100,,,\n";
    let (cells, _) = results(rows, &format!("{TARGETS}Sandwell,1,re_referrals,,25,Smaller is better,,,\n"));
    assert!(["Green", "No earlier figure"].iter().all(|words| cells.iter().any(|cell| cell == words)), "{cells:?}");
}

/// Ten Marches of children in care.
fn marches(values: [&str; 10]) -> String {
    (2015..)
        .zip(values)
        .map(|(year, value)| format!("Sandwell,March {year},Whole authority,Children in care,,,{value},,\n"))
        .collect()
}

#[test]
fn a_series_that_ends_without_a_figure_says_so() {
    let html = results(&marches(["600", "620", "633", "640", "655", "650", "671", "690", "700", ""]), "").1;
    assert!(html.contains("Children in care. No projection: there is no figure for March 2024."), "{html}");
    let html = results(&marches(["600", "620", "633", "640", "655", "650", "671", "690", "700", "711"]), "").1;
    assert!(html.contains("Children in care: projection"));
    let html = results(&marches(["700"; 10]), "").1;
    assert!(html.contains("Children in care. No projection: it is the same from March 2015 to March 2024."));
}

#[test]
fn a_month_and_a_term_that_end_on_one_day_are_two_figures() {
    let rows = "Sandwell,March 2026,Whole authority,Children in care,,,9,,\n\
                Sandwell,Spring term 2026,Whole authority,Children in care,,,7,,\n";
    let own = Own::new(rows, "");
    let run = own.run(&["run", "-q", "local_performance"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let told = |period: &str| {
        let made = own.run(&["explain", "in_care", "--authority", "Sandwell", "--period", period, "--format", "json"]);
        let told: serde_json::Value = serde_json::from_slice(&made.stdout).expect("JSON");
        (told["id"].as_str().unwrap_or_default().to_owned(), told["figure"]["value"].as_f64())
    };
    let (month, term) = (told("March 2026"), told("Spring term 2026"));
    assert_eq!((month.1, term.1), (Some(9.0), Some(7.0)));
    assert_ne!(month.0, term.0);
}

#[test]
fn a_heading_that_is_missing_is_said_once() {
    let own = Own::new("", "");
    let text = "authority,month,area,measur,numerator,denominator,value,target,comment\n\
                Sandwell,May 2026,Whole authority,Children in care,,,9,,\n";
    fs::write(own.path("returns/local/2026/performance.csv"), text).expect("a file");
    let made = own.run(&["run", "-q", "local_performance"]);
    let said = String::from_utf8_lossy(&made.stderr).into_owned();
    assert_eq!(said.matches("`measure`").count(), 1, "{said}");
    assert!(said.matches("error[").count() <= 4, "{said}");
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
    let cells = page_tables(&own.scorecard()).into_iter().find(|(title, _)| title == "Scorecard, May 2026");
    let cells = cells.and_then(|(_, rows)| rows.into_iter().find(|row| row[0].starts_with("Re-referrals")));
    assert_eq!(cells.expect("a row")[1], "23%");
}

#[test]
fn an_unknown_own_return_gets_the_likely_one() {
    let made = abreast().args(["report", "starter", "local_performanc"]).output().expect("a run");
    assert!(String::from_utf8_lossy(&made.stderr).contains("did you mean `local_performance`?"));
}

#[test]
fn a_file_that_changed_since_the_run_gives_no_targets_to_the_wrong_figure() {
    let own = Own::new(&months(&SEVEN), "");
    own.scorecard();
    let path = own.path("returns/local/2026/performance.csv");
    let text = fs::read_to_string(&path).expect("text").replace("August 2025", "July 2025");
    fs::write(&path, text).expect("a file");
    let made = own.run(&["report", "monthly_scorecard", "--authority", "Sandwell"]);
    let said = String::from_utf8_lossy(&made.stderr).into_owned();
    assert_eq!(made.status.code(), Some(2), "{said}");
    assert!(said.contains("it is not the file that the table was made from") && said.contains("abreast run"), "{said}");
    fs::remove_file(&path).expect("removed");
    let made = own.run(&["report", "monthly_scorecard", "--authority", "Sandwell"]);
    assert_eq!(made.status.code(), Some(2));
}

#[test]
fn a_projection_reads_one_kind_of_period() {
    let years = ["600", "620", "633", "640", "655", "650", "671", "690", "700", "711"];
    let terms: String = (2015..2025)
        .map(|year| format!("Sandwell,Spring term {year},Whole authority,Children in care,,,9{year},,\n"))
        .collect();
    let projected = |rows: &str| {
        let (_, html) = results(rows, "");
        let (_, table) =
            page_tables(&html).into_iter().find(|(title, _)| title.contains("projection")).expect("a table");
        table
    };
    let alone = projected(&marches(years));
    let mixed = projected(&format!("{}{terms}", marches(years)));
    let kinds = |table: &[Vec<String>]| table[1..].iter().filter(|row| row[0].starts_with("March")).count();
    // Whichever kind is taken, it is one kind throughout.
    assert!(kinds(&mixed) == 0 || mixed == alone, "{mixed:?}");
    assert_eq!(mixed.len(), alone.len());
}

#[test]
fn the_plan_and_what_came_of_it_stand_in_one_picture() {
    let year = |year: u32, what: &str, sum: u32| format!("Sandwell,March {year},Whole authority,{what},,,{sum},,\n");
    let planned = "\"High needs deficit, as planned\"";
    let rows = [
        year(2022, "High needs deficit", 3_000_000),
        year(2023, "High needs deficit", 5_000_000),
        year(2023, planned, 4_000_000),
        year(2024, planned, 1_000_000),
    ];
    let own = Own::new(&rows.concat(), "");
    own.run(&["run", "-q", "local_performance"]);
    let made = own.run(&["report", "high_needs_budget", "--authority", "Sandwell"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let html = fs::read_to_string(own.path("out/reports/high-needs-budget-sandwell.html")).expect("a page");
    assert!(html.contains("High needs deficit in Sandwell: £5m in March 2023, £4m planned"));
    let folded =
        super::page_tables(&html).into_iter().find(|(title, _)| title.contains("£4m planned")).expect("its figures");
    let planned = folded.1[0].iter().position(|cell| cell == "Planned").expect("a column of the plan");
    let of = |year: &str| folded.1.iter().find(|row| row[0] == year).expect("the year")[planned].clone();
    assert_eq!((of("March 2023"), of("March 2024")), ("4,000,000".to_owned(), "1,000,000".to_owned()));
}

#[test]
fn a_target_that_is_an_average_says_whose_and_one_against_its_aim_is_not_judged() {
    let rows = format!(
        "{}Sandwell,February 2026,Statistical neighbours,Re-referrals within 12 months,,,20,,\n",
        months(&[("February 2026", 30, 100)])
    );
    let asked = |target: &str| format!("{TARGETS}Sandwell,1,re_referrals,,{target},Smaller is better,,,\n");
    let (cells, html) = results(&rows, &asked("statistical neighbour average"));
    assert!(cells.iter().any(|cell| cell == "the neighbours' average (20%)"), "{cells:?}");
    assert!(cells.contains(&"Red".to_owned()), "{cells:?}");
    assert!(html.contains("missed the target: 30% against 20%"), "{html}");
    let (cells, _) = results(&rows, &asked("at least 90%"));
    assert!(cells.iter().any(|cell| cell.contains("the aim says the opposite")), "{cells:?}");
    assert!(cells.contains(&"Not judged".to_owned()), "{cells:?}");
}

#[test]
fn results_stand_under_the_priorities_of_the_plan_in_its_order() {
    let rows = format!(
        "{}Sandwell,February 2026,Whole authority,Children in care,,,700,,\n",
        months(&[("February 2026", 30, 100)])
    );
    let targets = "authority,ref,measure,target,aim,owner,priority\n\
                   Sandwell,7,Children in care,650,Smaller is better,Care,Safe homes\n\
                   Sandwell,8,re_referrals,25%,Smaller is better,Front door,Early help\n";
    let (cells, html) = results(&rows, targets);
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("no {words}"));
    let table = at("Results against targets");
    let (homes, help) = (html[table..].find("Safe homes"), html[table..].find("Early help"));
    assert!(homes.is_some() && homes < help, "{homes:?} {help:?}");
    assert!(cells[0].contains("No. 8") && cells.contains(&"Front door".to_owned()), "{cells:?}");
}
