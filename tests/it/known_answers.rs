//! The real returns: known answers, worked out again from the raw files with plain loops; rows accounted for; cells
//! read back at the place a figure says it came from. Skipped where the returns are not there.

mod process;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

use abreast::finding::{Finding, Severity};
use abreast::frame::Frame;
use abreast::publish::TableMeta;
use abreast::schema::{OBSERVATIONS, column};

use crate::harness::{numbers, real_returns, words};

/// One run over the real returns, shared by the tests of this module.
struct Real {
    returns: PathBuf,
    out: tempfile::TempDir,
    code: i32,
    stderr: String,
    findings: Vec<Finding>,
}

fn real() -> Option<&'static Real> {
    static REAL: OnceLock<Real> = OnceLock::new();
    let returns = real_returns()?;
    let real = REAL.get_or_init(|| {
        let out = tempfile::tempdir().expect("a folder");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_abreast"))
            .args(["run", "--figures-only", "--returns"])
            .arg(&returns)
            .arg("--out")
            .arg(out.path())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("the program runs");
        Real {
            returns,
            code: output.status.code().unwrap_or(-1),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            findings: abreast::publish::read_findings(&out.path().join("findings.csv")),
            out,
        }
    });
    Some(real)
}

impl Real {
    fn path(&self, table: &str) -> PathBuf {
        self.out.path().join(format!("tables/{table}.parquet"))
    }

    fn table(&self, table: &str) -> Frame {
        abreast::publish::rows(&self.path(table), OBSERVATIONS, &[])
            .unwrap_or_else(|error| panic!("{error}\n{}", self.stderr))
    }

    fn footer(&self, table: &str) -> TableMeta {
        abreast::publish::footer(&self.path(table)).unwrap_or_else(|| panic!("no {table}: {}", self.stderr))
    }

    /// A raw CSV: its header and its rows.
    fn raw(&self, file: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let bytes = std::fs::read(self.returns.join(file)).expect(file);
        let text = String::from_utf8(bytes).expect("UTF-8");
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
        (header, rows)
    }
}

/// The pipelines of the repository by name.
fn pipelines() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the pipelines")
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_string_lossy().strip_suffix(".toml")?.to_owned()))
        .collect();
    names.sort();
    names
}

/// The value of the one row with these words, in the latest figures.
fn figure(frame: &Frame, wanted: &[(&str, &str)]) -> [f64; 3] {
    let latest = frame.get(column::Latest).expect("latest");
    let coded: Vec<_> = wanted.iter().map(|(column, word)| (words(frame, column), *word)).collect();
    let rows: Vec<usize> = (0..frame.height())
        .filter(|&row| latest.get_bit(row) && coded.iter().all(|(column, word)| column.word(row) == *word))
        .collect();
    assert_eq!(rows.len(), 1, "rows with {wanted:?}");
    ["value", "numerator", "denominator"].map(|name| numbers(frame, name)[rows[0]])
}

/// Half up at one decimal, as publications round.
fn rounded(value: f64) -> f64 {
    (value * 10.0 + 1e-9).round() / 10.0
}

#[test]
fn every_pipeline_with_a_file_writes_its_table_and_only_true_findings_remain() {
    let Some(real) = real() else { return };
    assert!([0, 1].contains(&real.code), "exit {}: {}", real.code, real.stderr);
    // Their files are too large to stand among the real returns, or are a council's own.
    let without =
        ["lait", "ofsted_schools", "ofsted_school_report_cards", "local_ofsted", "local_performance", "local_plan"];
    for name in pipelines() {
        if without.contains(&name.as_str()) || name.starts_with("own_sen2_") || name.starts_with("own_census_") {
            assert!(
                real.stderr.lines().any(|line| line.starts_with("no release found for") && line.contains(&name)),
                "{name}: {}",
                real.stderr
            );
        } else {
            assert!(real.path(&name).is_file(), "{name} was not written: {}", real.stderr);
        }
    }
    let errors: Vec<String> =
        real.findings.iter().filter(|finding| finding.is_error()).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    // Every finding has a message, a help and a place, and no code but these.
    let read = [
        "authority-absent",
        "authority-returned",
        "code-regressed",
        "corrected",
        "no-file",
        "rate-disagrees",
        "unread-file",
    ];
    let declared = ["sum-incomplete", "parts-differ", "outlier", "restated", "not-the-same"];
    let unasked = [
        "not-open",
        "shortfall",
        "below-nothing",
        "unlike-its-past",
        "release-again",
        "marks-gone",
        "sums-loose",
        "correction-not-above",
    ];
    let known = [&read[..], &declared[..], &unasked[..]].concat();
    let checks = real.findings.iter().filter(|finding| declared.contains(&finding.code.as_str())).count();
    assert!((1..=30).contains(&checks), "{checks} findings of declared checks: nobody reads more");
    let loud = real.findings.iter().filter(|finding| finding.severity == Severity::Warning).count();
    assert!(loud <= 64, "{loud} warnings: nobody reads more");
    for finding in &real.findings {
        assert!(known.contains(&finding.code.as_str()), "{finding}");
        assert!(!finding.help.is_empty() && !finding.place.file.is_empty(), "{finding}");
        assert!(!finding.message.ends_with('.') && !finding.help.ends_with('.'), "{finding}");
    }
    assert!(
        !real.findings.iter().any(|finding| finding.code == "authority-absent"),
        "an absence is neither declared nor explained:\n{}",
        real.stderr
    );
}

#[test]
fn rows_in_are_rows_loaded_left_out_and_refused() {
    let Some(real) = real() else { return };
    for name in pipelines() {
        if !real.path(&name).is_file() {
            continue;
        }
        let footer = real.footer(&name);
        assert!(!footer.accounts.is_empty(), "{name}");
        for account in &footer.accounts {
            let left_out: usize = account.left_out.values().sum();
            assert_eq!(account.rows, account.loaded + left_out + account.refused, "{name} {}", account.release);
            assert_eq!(account.refused, 0, "{name} {}", account.release);
            assert!(account.loaded > 0, "{name} {}", account.release);
            // The rows of a CSV with one header row are the records that another reader counts.
            if account.file.ends_with(".csv") && !["sen2_appeals", "ofsted_childrens_homes"].contains(&name.as_str()) {
                let (_, rows) = real.raw(&account.file);
                let filled = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).count();
                assert_eq!(account.rows, filled, "{name} {}", account.file);
            }
        }
    }
}

#[test]
fn timeliness_of_england_as_published() {
    let Some(real) = real() else { return };
    let frame = real.table("sen2_timeliness");
    let whole = |measure: &str, year: &str| {
        figure(&frame, &[("measure", measure), ("period", year), ("level", "country"), ("breakdown_topic", "Total")])
    };
    let years = ["2019", "2020", "2021", "2022", "2023", "2024"];
    let excluding = years.map(|year| rounded(whole("timeliness_20_weeks", year)[0]));
    assert_eq!(excluding, [60.4, 58.0, 59.9, 49.2, 50.3, 46.4]);
    let including = years.map(|year| rounded(whole("timeliness_20_weeks_all", year)[0]));
    assert_eq!(including, [58.7, 55.6, 57.9, 47.7, 49.1, 45.9]);
    assert_eq!(whole("plans_issued", "2024")[0], 90_392.0);
    assert_eq!(whole("plans_issued_ex", "2024")[0], 84_866.0);
    let birmingham = figure(
        &frame,
        &[("measure", "timeliness_20_weeks"), ("period", "2024"), ("la_code", "330"), ("breakdown_topic", "Total")],
    );
    assert_eq!((birmingham[1], birmingham[2], rounded(birmingham[0])), (344.0, 1290.0, 26.7));
}

#[test]
fn timeliness_worked_out_again_from_the_file() {
    let Some(real) = real() else { return };
    let (header, rows) = real.raw("sen2/2025/timeliness_20_week.csv");
    let at = |name: &str| header.iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"));
    let (period, level, la) = (at("time_period"), at("geographic_level"), at("old_la_code"));
    let (topic, breakdown) = (at("breakdown_topic"), at("breakdown"));
    let (whole, within) = (at("plans_issued_den_ex"), at("plans_issued_20_weeks_ex"));
    let frame = real.table("sen2_timeliness");
    let mut ours: BTreeMap<(String, String), f64> = BTreeMap::new();
    {
        let coded = |name| words(&frame, name);
        let (measure, release, place, periods, topics, levels) = (
            coded("measure"),
            coded("release"),
            coded("la_code"),
            coded("period"),
            coded("breakdown_topic"),
            coded("level"),
        );
        let values = frame.get(column::Value).expect("numbers");
        for row in 0..frame.height() {
            if measure.word(row) == "timeliness_20_weeks"
                && release.word(row) == "2025"
                && topics.word(row) == "Total"
                && levels.word(row) == "authority"
            {
                assert!(ours.insert((periods.word(row).to_owned(), place.word(row).to_owned()), values[row]).is_none());
            }
        }
    }
    let mut seen = 0;
    let mut sum = 0.0;
    for row in rows.iter().filter(|row| row[level] == "Local authority" && row[topic] == row[breakdown]) {
        let key = (row[period].clone(), row[la].clone());
        let value = *ours.get(&key).unwrap_or_else(|| panic!("{key:?} is not in the table"));
        seen += 1;
        match (row[within].parse::<f64>(), row[whole].parse::<f64>()) {
            (Ok(top), Ok(bottom)) if bottom > 0.0 => {
                assert!((value - top / bottom * 100.0).abs() < 1e-9, "{key:?}: {value} is not {top} of {bottom}");
                if key.0 == "2024" {
                    sum += bottom;
                }
            }
            _ => assert!(value.is_nan(), "{key:?}: {value}"),
        }
    }
    assert_eq!(seen, ours.len());
    assert_eq!(sum, 84_866.0);
    // Rows of each year, and 153 authorities that add up to England.
    let years: Vec<usize> = ["2019", "2020", "2021", "2022", "2023", "2024"]
        .iter()
        .map(|year| ours.keys().filter(|(period, _)| period == year).count())
        .collect();
    assert_eq!(years, [151, 151, 152, 152, 151, 153]);
}

#[test]
fn plans_and_caseload_add_up_to_england() {
    let Some(real) = real() else { return };
    for (table, measure, period, whole) in
        [("sen2_timeliness", "plans_issued", "2024", 90_392.0), ("sen2_caseload", "plans", "202425", 638_745.0)]
    {
        let frame = real.table(table);
        let coded = |name| words(&frame, name);
        let (measures, periods, topics, levels) =
            (coded("measure"), coded("period"), coded("breakdown_topic"), coded("level"));
        let (values, latest) = (frame.get(column::Value).expect("numbers"), frame.get(column::Latest).expect("latest"));
        let sum = |wanted: &str| -> (f64, usize) {
            let rows = (0..frame.height()).filter(|&row| {
                latest.get_bit(row)
                    && measures.word(row) == measure
                    && periods.word(row) == period
                    && topics.word(row) == "Total"
                    && levels.word(row) == wanted
            });
            rows.fold((0.0, 0), |(sum, count), row| (sum + values[row], count + 1))
        };
        assert_eq!(sum("country"), (whole, 1), "{table}");
        assert_eq!(sum("authority"), (whole, 153), "{table}");
        assert_eq!(sum("region").0, whole, "{table}");
    }
}

#[test]
fn the_other_known_answers() {
    let Some(real) = real() else { return };
    // Area SEND 2016 to 2022: 149 areas.
    let send = real.table("ofsted_area_send");
    let areas = send.get(column::LaCode).expect("codes");
    let all: BTreeSet<&str> = (0..send.height()).map(|row| areas.word(row)).collect();
    assert_eq!(all.len(), 149);
    // Census 2025/26: EHC plans of 538,547 of 8,920,227 pupils.
    let census = real.table("census_sen_by_phase");
    let england = |measure: &str, breakdown: &str| {
        figure(&census, &[("measure", measure), ("period", "202526"), ("level", "country"), ("breakdown", breakdown)])
    };
    assert_eq!(england("pupils", "EHC plan")[0], 538_547.0);
    assert_eq!(england("pupils", "Total")[0], 8_920_227.0);
    let share = england("pupils_share", "EHC plan");
    assert_eq!((share[0], share[1]), (6.03736877996, 538_547.0));
    // Ten neighbours for every authority of 2025.
    let neighbours = real.table("statistical_neighbours");
    let (release, la) =
        (neighbours.get(column::Release).expect("releases"), neighbours.get(column::LaCode).expect("codes"));
    let mut sets: BTreeMap<&str, usize> = BTreeMap::new();
    for row in (0..neighbours.height()).filter(|&row| release.word(row) == "2025") {
        *sets.entry(la.word(row)).or_default() += 1;
    }
    assert_eq!(sets.len(), 153);
    assert!(sets.values().all(|ranks| *ranks == 10));
}

#[test]
fn buckinghamshire_is_one_authority_under_its_valid_code() {
    let Some(real) = real() else { return };
    let frame = real.table("sen2_requests");
    let coded = |name| words(&frame, name);
    let (la, ons, period) = (coded("la_code"), coded("ons_code"), coded("period"));
    let mut codes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in (0..frame.height()).filter(|&row| la.word(row) == "825") {
        codes.entry(period.word(row)).or_default().insert(ons.word(row));
    }
    for (year, found) in &codes {
        let expected = if *year < "2020" { "E10000002" } else { "E06000060" };
        assert_eq!(found.iter().copied().collect::<Vec<_>>(), [expected], "{year}");
    }
    assert!(real.findings.iter().any(|f| f.code == "code-regressed" && f.message.contains("Buckinghamshire")));
}

#[test]
fn the_latest_figure_is_that_of_the_newest_release() {
    let Some(real) = real() else { return };
    for table in ["sen2_timeliness", "sen2_caseload", "sen2_placements", "census_sen_social_care", "population_0_24"] {
        let frame = real.table(table);
        let coded = |name| words(&frame, name);
        let columns = [
            "measure",
            "period",
            "period_identifier",
            "level",
            "la_code",
            "ons_code",
            "area_name",
            "breakdown_topic",
            "breakdown",
        ]
        .map(coded);
        let (release, latest) = (coded("release"), frame.get(column::Latest).expect("latest"));
        let mut by_key: BTreeMap<[usize; 9], Vec<(&str, bool)>> = BTreeMap::new();
        for row in 0..frame.height() {
            let key = columns.each_ref().map(|column| column.codes.get(row));
            by_key.entry(key).or_default().push((release.word(row), latest.get_bit(row)));
        }
        for (key, rows) in &by_key {
            let marked: Vec<_> = rows.iter().filter(|(_, latest)| *latest).collect();
            assert!(marked.len() <= 1, "{table} {key:?}: {rows:?}");
            if let [(release, _)] = marked.as_slice() {
                assert!(rows.iter().all(|(other, _)| other <= release), "{table} {key:?}: {rows:?}");
            }
        }
        // Every measure and period end has a latest figure.
        let ends = frame.get(column::PeriodEnd).expect("dates");
        let all: BTreeSet<_> = (0..frame.height()).map(|row| (columns[0].codes.get(row), ends[row])).collect();
        let with: BTreeSet<_> = (0..frame.height())
            .filter(|&row| latest.get_bit(row))
            .map(|row| (columns[0].codes.get(row), ends[row]))
            .collect();
        assert_eq!(all, with, "{table}");
    }
}

/// A small generator, so that the sample is the same on every machine.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// The rows of a CSV as Excel numbers them, a quoted newline included.
fn excel_rows(text: &str) -> BTreeMap<u32, Vec<String>> {
    let mut rows = BTreeMap::new();
    let (mut row, mut cells, mut cell, mut quoted) = (1, Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                cells.push(std::mem::take(&mut cell));
                rows.insert(row, std::mem::take(&mut cells));
                row += 1;
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !cells.is_empty() {
        cells.push(cell);
        rows.insert(row, cells);
    }
    rows
}

#[test]
fn a_thousand_cells_stand_where_their_figure_says() {
    let Some(real) = real() else { return };
    let mut seeded = Seeded(20_250_626);
    let mut files: BTreeMap<String, BTreeMap<u32, Vec<String>>> = BTreeMap::new();
    let mut compared = 0;
    let tables: Vec<String> = pipelines().into_iter().filter(|name| real.path(name).is_file()).collect();
    let each = 1_000usize.div_ceil(tables.len()) + 12;
    for table in &tables {
        let footer = real.footer(table);
        let pipeline = std::fs::read_to_string(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("pipelines/{table}.toml")),
        )
        .expect("the pipeline");
        let corrected = pipeline.contains("[[correction]]");
        let frame = real.table(table);
        let coded = |name| words(&frame, name);
        let (file, raw, status, measure, unit) =
            (coded("file"), coded("raw"), coded("status"), coded("measure"), coded("unit"));
        let (rows, columns) = (frame.get(column::Row).expect("rows"), frame.get(column::Column).expect("columns"));
        let (values, tops, bottoms) = (
            frame.get(column::Value).expect("numbers"),
            frame.get(column::Numerator).expect("numbers"),
            frame.get(column::Denominator).expect("numbers"),
        );
        for _ in 0..each {
            let at = seeded.below(frame.height());
            let (name, row) = (file.word(at), rows[at]);
            if row == 0 || !name.ends_with(".csv") {
                continue;
            }
            assert!(footer.inputs.contains_key(name), "{table}: {name}");
            let cells = files.entry(name.to_owned()).or_insert_with(|| {
                let bytes = std::fs::read(real.returns.join(name)).expect(name);
                excel_rows(&String::from_utf8_lossy(&bytes))
            });
            let line = cells.get(&row).unwrap_or_else(|| panic!("{table}: {name} has no row {row}"));
            let text = line[usize::from(columns[at]) - 1].trim();
            let plain: Option<f64> = text.trim_end_matches('%').replace(',', "").parse().ok();
            let what = format!("{table} {} {name} row {row} column {}: `{text}`", measure.word(at), columns[at]);
            if raw.word(at).is_empty() && !values[at].is_nan() {
                let Some(number) = plain else { panic!("{what} is no number, the value is {}", values[at]) };
                // The cell is the figure itself, or, where it is worked out, the numerator or the rounded rate.
                let whole = ["number", "pounds"].contains(&unit.word(at));
                let same = (number - values[at]).abs() < 1e-9 || (number - tops[at]).abs() < 1e-9;
                let near = !bottoms[at].is_nan() && (number - values[at]).abs() <= 1.0;
                // One of the columns that were added up.
                let part = if whole { number <= values[at] + 1e-9 } else { number <= tops[at] + 1e-9 };
                assert!(same || near || part || corrected, "{what}: value {}, numerator {}", values[at], tops[at]);
                compared += usize::from(same || near);
            } else if !raw.word(at).is_empty() {
                let anywhere = line.iter().any(|cell| cell.trim() == raw.word(at));
                assert!(anywhere || corrected, "{what}: raw `{}`", raw.word(at));
                assert!(raw.word(at) == text || status.word(at) != "number" || corrected || anywhere, "{what}");
                compared += 1;
            }
        }
    }
    assert!(compared >= 1_000, "only {compared} cells were compared");
}
