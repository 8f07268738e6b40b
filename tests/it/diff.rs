//! `diff`: what differs between two builds is told by kind, with what it did to ranks and whose doing that was.

use std::path::Path;

use abreast::commands::diff::diff;
use abreast::diff::{Cause, Compared, Kind, Report, flags, moves};
use abreast::diff::{Diff, Lines, Told, reports};
use abreast::frame::Frame;
use abreast::publish::{self, Only};
use abreast::schema::column;
use abreast::statistics::Polarity;
use abreast::statistics::rank::{Ties, rank};

use crate::harness::words;

use super::explain::{build, copy, sample};

const FILE: &str = "sen2/2025/timeliness_20_week.csv";

/// What is done to a row, given where each column stands; answers whether the row stays.
type Change<'a> = dyn Fn(&dyn Fn(&str) -> usize, &mut Vec<String>) -> bool + 'a;

/// Rewrites a CSV: `change` gets the header and a row, and says whether the row stays.
pub fn rewrite(path: &Path, change: &Change<'_>) {
    let text = std::fs::read_to_string(path).expect("text");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|record| record.expect("a row").iter().map(str::to_owned).collect()).collect();
    let header = rows[0].clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let mut writer = csv::Writer::from_path(path).expect("a file");
    for (number, mut row) in rows.into_iter().enumerate() {
        if number == 0 || change(&at, &mut row) {
            writer.write_record(&row).expect("written");
        }
    }
    writer.flush().expect("written");
}

fn told(out: &Path) -> Vec<Report> {
    let mut lines = Lines::new(false).expect("lines");
    reports(&out.join("previous"), out, &[], &mut lines).expect("reports").0
}

#[test]
fn each_kind_of_change_is_told_and_nothing_where_nothing_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (returns, out) = (folder.path().join("returns"), folder.path().join("out"));
    copy(&sample(), &returns);
    build(&returns, &out, &["sen2_timeliness", "sen2_caseload"], false);
    build(&returns, &out, &["sen2_timeliness", "sen2_caseload"], false);
    assert!(!out.join("previous").exists(), "nothing changed, nothing to keep");

    rewrite(&returns.join(FILE), &|at, row| {
        let (whole, year) = (row[at("breakdown")].starts_with("All"), row[at("time_period")].as_str());
        let top = at("plans_issued_20_weeks_ex");
        match (row[at("la_name")].as_str(), year) {
            ("Birmingham", "2024") if whole => row[top] = row[at("plans_issued_den_ex")].clone(),
            ("Leeds", "2024") if whole => {
                row[top] = "x".to_owned();
                row[at("PC_plans_issued_20_weeks_ex")] = "c".to_owned();
            }
            // A year that only the newest release has: an older one would still have the figure.
            ("Camden", "2024") => return false,
            _ => {}
        }
        true
    });
    build(&returns, &out, &["sen2_timeliness", "sen2_caseload"], false);
    let reports = told(&out);
    assert_eq!(reports.len(), 1, "the other table is as it was");
    let report = &reports[0];
    let text = report.text();
    let count = |kind| report.changed.counts.get(&kind).copied().unwrap_or_default();
    assert_eq!((count(Kind::Revised), count(Kind::Withdrawn), count(Kind::New)), (1, 1, 0), "{text}");
    assert!(
        count(Kind::Gone) > 0 && report.coverage.iter().any(|line| line == "2024: Camden (202) has gone"),
        "{text}"
    );
    assert!(text.contains("withdrawn timeliness_20_weeks, Leeds, 2024"), "{text}");
    assert!(text.contains("-> 100"), "{text}");
    assert!(!report.changed.most.is_empty());
    // The way back: what was withdrawn is reinstated, what was gone is new.
    copy(&sample(), &returns);
    build(&returns, &out, &["sen2_timeliness", "sen2_caseload"], false);
    let back = &told(&out)[0];
    let count = |kind| back.changed.counts.get(&kind).copied().unwrap_or_default();
    assert_eq!((count(Kind::Revised), count(Kind::Reinstated), count(Kind::Gone)), (1, 1, 0));
    assert_eq!(Some(&count(Kind::New)), report.changed.counts.get(&Kind::Gone));
}

#[test]
fn a_rank_moves_by_ones_own_figure_or_by_others_and_the_two_add_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let (returns, out) = (folder.path().join("returns"), folder.path().join("out"));
    copy(&sample(), &returns);
    build(&returns, &out, &["sen2_timeliness"], false);
    rewrite(&returns.join(FILE), &|at, row| {
        let moved = ["Birmingham", "Leeds", "Kent"].contains(&row[at("la_name")].as_str());
        if moved && row[at("time_period")] == "2024" && row[at("breakdown")].starts_with("All") {
            row[at("plans_issued_20_weeks_ex")] = row[at("plans_issued_den_ex")].clone();
        }
        true
    });
    build(&returns, &out, &["sen2_timeliness"], false);
    let read = |out: &Path| {
        let path = out.join("tables/comparisons.parquet");
        publish::rows(&path, Compared::LAYOUT, &[Only::of(column::Table, &["sen2_timeliness".to_owned()])])
            .expect("comparisons")
    };
    let (old, new) = (read(&out.join("previous")), read(&out));
    let found = moves(&old, &new).expect("moves");
    let (before, after) = (values(&old), values(&new));
    assert!(found.len() > 20, "three that rise push others down");
    for one in found.iter().filter(|one| one.measure == "timeliness_20_weeks") {
        let (Some(own), Some(others)) = (one.own, one.others) else { continue };
        assert_eq!(i32::from(one.ranks.1) - i32::from(one.ranks.0), own + others, "{one:?}");
        // The same by the statistics room: all old values but one's own.
        let mut mixed = before.clone();
        let at = mixed.iter().position(|(code, _)| *code == one.code).expect("there");
        mixed[at].1 = after.iter().find(|(code, _)| *code == one.code).expect("there").1;
        let numbers: Vec<Option<f64>> =
            mixed.iter().map(|(_, value)| Some(*value).filter(|value| value.is_finite())).collect();
        let ranks = rank(&numbers, Polarity::High, Ties::Min).ranks;
        assert_eq!(ranks[at].map(|rank| rank as i32 - i32::from(one.ranks.0)), Some(own), "{one:?}");
        let risen = ["330", "383", "886"].contains(&one.code.as_str());
        assert_eq!(risen, own < 0, "{one:?}");
    }
}

/// The values of the whole in 2024, by authority.
fn values(frame: &Frame) -> Vec<(String, f64)> {
    let word = |name: &str| words(frame, name);
    let (measure, period, topic, la, comparator) =
        (word("measure"), word("period"), word("breakdown_topic"), word("la_code"), word("comparator"));
    let values = frame.get(column::Value).expect("values");
    (0..frame.height())
        .filter(|&row| measure.word(row) == "timeliness_20_weeks" && period.word(row) == "2024")
        .filter(|&row| topic.word(row) == "Total" && comparator.word(row) == "england")
        .map(|row| (la.word(row).to_owned(), values[row]))
        .collect()
}

#[test]
fn flags_bands_and_funnel_places_that_moved_are_told_with_whose_doing_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let (returns, out) = (folder.path().join("returns"), folder.path().join("out"));
    copy(&sample(), &returns);
    build(&returns, &out, &["sen2_timeliness"], false);
    // Birmingham rises to the top; England's published counts fall to nearly nothing in 2023.
    rewrite(&returns.join(FILE), &|at, row| {
        let (whole, year) = (row[at("breakdown")].starts_with("All"), row[at("time_period")].as_str());
        match (row[at("la_name")].as_str(), row[at("geographic_level")].as_str(), year) {
            ("Birmingham", _, "2024") if whole => {
                row[at("plans_issued_20_weeks_ex")] = row[at("plans_issued_den_ex")].clone();
            }
            (_, "National", "2023") if whole => row[at("plans_issued_20_weeks_ex")] = "1".to_owned(),
            _ => {}
        }
        true
    });
    build(&returns, &out, &["sen2_timeliness"], false);
    let read = |out: &Path| {
        let path = out.join("tables/comparisons.parquet");
        publish::rows(&path, Compared::LAYOUT, &[Only::of(column::Table, &["sen2_timeliness".to_owned()])])
            .expect("comparisons")
    };
    let (old, new) = (read(&out.join("previous")), read(&out));
    let found = flags(&old, &new).expect("flags");
    let of = |code: &str, period: &str, comparator: &str| {
        found.iter().find(|flag| {
            (flag.code.as_str(), flag.period.as_str(), flag.comparator.as_str()) == (code, period, comparator)
                && flag.measure == "timeliness_20_weeks"
        })
    };
    let birmingham = of("330", "2024", "England").expect("Birmingham's flag");
    assert_eq!((birmingham.words.1.as_str(), birmingham.cause), ("better", Cause::Own), "{birmingham:?}");
    let england: Vec<_> = found.iter().filter(|flag| flag.period == "2023" && flag.comparator == "England").collect();
    assert!(england.len() > 20 && england.iter().all(|flag| flag.words.1 == "better"), "{england:?}");
    assert!(england.iter().all(|flag| flag.cause == Cause::Others), "nobody's own figure changed: {england:?}");
    assert!(of("383", "2024", "England").is_none(), "Leeds and England are as they were");
    // Band and funnel move with Birmingham's figure.
    let moved = moves(&old, &new).expect("moves");
    let own =
        moved.iter().find(|one| one.code == "330" && one.period == "2024" && one.measure == "timeliness_20_weeks");
    let own = own.expect("Birmingham's rank");
    assert_eq!((own.bands.1.as_str(), own.others), ("A", Some(0)), "{own:?}");
    assert!(own.bands.0 != own.bands.1 && own.flags.0 != own.flags.1, "{own:?}");
    let report = &told(&out)[0];
    assert_eq!(report.changed.turned.iter().sum::<usize>(), found.len());
    assert!(report.changed.moved[1] > 0 && report.changed.moved[2] > 0, "{}", report.text());
    let text = report.text();
    assert!(text.contains("against England: ") && text.contains("-> better (others were revised)"), "{text}");
    // Every flag is a line of the CSV, with its comparator.
    let options = Diff {
        old: Some(out.join("previous")),
        new: None,
        format: Told::Csv,
        output: Some(folder.path().join("changes.csv")),
        tables: Vec::new(),
        out: abreast::home::PublishedTables { folder: out.clone() },
    };
    assert!(diff(&options).expect("told"));
    let lines = std::fs::read_to_string(folder.path().join("changes.csv")).expect("written");
    assert_eq!(lines.lines().filter(|line| line.starts_with("flag,sen2_timeliness,moved,")).count(), found.len());
}

#[test]
fn it_answers_as_diff_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let (returns, out) = (folder.path().join("returns"), folder.path().join("out"));
    copy(&sample(), &returns);
    build(&returns, &out, &["sen2_timeliness"], true);
    let options = |format, old: &Path, file: &str| Diff {
        old: Some(old.to_owned()),
        new: None,
        format,
        output: Some(folder.path().join(file)),
        tables: Vec::new(),
        out: abreast::home::PublishedTables { folder: out.clone() },
    };
    assert!(!diff(&options(Told::Text, &out, "same.txt")).expect("told"), "a build is the same as itself");
    assert!(diff(&options(Told::Text, &folder.path().join("nowhere"), "none.txt")).is_err());
    rewrite(&returns.join(FILE), &|at, row| row[at("la_name")] != "Camden");
    build(&returns, &out, &["sen2_timeliness"], true);
    let previous = out.join("previous");
    assert!(diff(&options(Told::Csv, &previous, "changes.csv")).expect("told"));
    assert!(diff(&options(Told::Html, &previous, "changes.html")).expect("told"));
    let lines = std::fs::read_to_string(folder.path().join("changes.csv")).expect("written");
    assert!(lines.lines().skip(1).any(|line| line.starts_with("figure,sen2_timeliness,gone,")), "{lines}");
    assert!(lines.lines().any(|line| line.starts_with("rank,sen2_timeliness,moved,")));
    let page = std::fs::read_to_string(folder.path().join("changes.html")).expect("written");
    assert!(page.contains("Camden (202) has gone") && page.ends_with("</html>\n"));
}
