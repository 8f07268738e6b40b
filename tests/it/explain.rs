//! `explain`: the cells it names, read by other readers than ours, hold the text it says and give the figure.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use abreast::commands::run;
use abreast::figure::Figures;
use abreast::frame::Frame;
use abreast::publish::{self, Only};
use abreast::refresh::{Run, Sources};
use abreast::schema::{OBSERVATIONS, column};
use abreast::trace::source_cells::{Published, Rereader, SourceCells};
use abreast::trace::{self, Explain};

use crate::harness::{numbers, real_returns, words};
use calamine::{Data, Reader as _};

/// Makes the tables of `returns` in `out`.
pub fn build(returns: &Path, out: &Path, tables: &[&str], figures_only: bool) {
    let sources = Sources {
        tables: tables.iter().map(|&table| table.to_owned()).collect(),
        returns: Some(returns.to_owned()),
        quiet: true,
        ..Sources::default()
    };
    run::run(&Run { sources, out: out.to_owned(), figures_only, ..Run::default() }).expect("a build");
}

/// Copies a folder of returns, so that a test may change its files.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// The simulated returns that come with the program.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")
}

fn asked(figure: &str, authority: Option<&str>, out: &Path, returns: &Path) -> Explain {
    Explain {
        figure: figure.to_owned(),
        authority: authority.map(str::to_owned),
        period: None,
        breakdown: None,
        format: trace::Explained::Text,
        out: abreast::home::PublishedTables { folder: out.to_owned() },
        returns: abreast::home::PublishersFiles { folder: Some(returns.to_owned()) },
        pipelines: abreast::home::PipelineFiles::default(),
    }
}

#[test]
fn a_figure_is_traced_and_its_id_leads_back_to_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (out, returns) = (folder.path().join("outputs"), folder.path().join("returns"));
    copy(&sample(), &returns);
    build(&returns, &out, &["sen2_timeliness"], false);
    let options = asked("timeliness_20_weeks", Some("Birmingham"), &out, &returns);
    let told = trace::explanation(&options).expect("an explanation");
    assert_eq!(told.source_cells.agrees, Some(true), "{}", told.text());
    assert_eq!(told.source_cells.sha256.as_ref(), Some(&told.sha256));
    let parts: Vec<&str> = told.source_cells.cells.iter().map(|cell| cell.part).collect();
    assert_eq!(parts, ["value", "numerator", "denominator"]);
    let names: Vec<&str> = told.comparators.iter().map(|against| against.comparator.as_str()).collect();
    assert_eq!(names, ["england", "region", "neighbours"]);
    assert_eq!(told.comparators[2].cells.len(), 10, "each neighbour has its cell");
    let mean: f64 = told.comparators[2].cells.iter().filter_map(|cell| cell.value).sum::<f64>()
        / f64::from(told.comparators[2].used);
    assert!((mean - told.comparators[2].value.expect("a mean")).abs() < 1e-9);

    let again = trace::explanation(&asked(&told.id, None, &out, &returns)).expect("the same by its id");
    assert_eq!(again, told);

    let file = returns.join("sen2/2025/timeliness_20_week.csv");
    let text = std::fs::read_to_string(&file).expect("text");
    std::fs::write(&file, format!("{text}\n")).expect("written");
    let changed = trace::explanation(&options).expect("an explanation").text();
    assert!(changed.contains("the file has CHANGED since: run again"), "{changed}");

    let gone =
        trace::explanation(&asked(&told.id, None, &out, &folder.path().join("nowhere"))).expect("without the files");
    assert!(gone.source_cells.cells.is_empty() && !gone.source_cells.problem.is_empty());
}

#[test]
fn what_is_not_there_is_said_with_what_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("outputs");
    build(&sample(), &out, &["sen2_timeliness"], true);
    let wrong = |change: &dyn Fn(&mut Explain)| {
        let mut options = asked("timeliness_20_weeks", Some("Birmingham"), &out, &sample());
        change(&mut options);
        trace::explanation(&options).expect_err("an error").to_string()
    };
    let period = wrong(&|options| options.period = Some("1999".to_owned()));
    assert!(period.contains("in 1999") && period.contains("its periods are 20"), "{period}");
    let breakdown = wrong(&|options| options.breakdown = Some("Agee".to_owned()));
    assert!(breakdown.contains("no breakdown `Agee`") && breakdown.contains("`Total=Total`"), "{breakdown}");
    let id =
        wrong(&|options| options.figure = "sen2_timeliness/timeliness_20_weeks/2024-12-31/330/0000000000".to_owned());
    assert!(id.contains("no published figure has the id"), "{id}");
}

/// Reads cells with the `csv` crate and calamine alone.
#[derive(Default)]
struct Other {
    texts: HashMap<PathBuf, HashMap<u32, csv::StringRecord>>,
    sheets: HashMap<(PathBuf, String), Option<calamine::Range<Data>>>,
}

impl Other {
    /// The text of a cell; none where these readers cannot open the file at all.
    fn text(&mut self, path: &Path, sheet: &str, row: u32, column: u32) -> Option<String> {
        if sheet.is_empty() {
            let rows = self.texts.entry(path.to_owned()).or_insert_with(|| rows(path));
            return Some(rows.get(&row)?.get(column as usize - 1).unwrap_or_default().to_owned());
        }
        let range = self.sheets.entry((path.to_owned(), sheet.to_owned())).or_insert_with(|| {
            calamine::open_workbook_auto(path).ok().and_then(|mut book| book.worksheet_range(sheet).ok())
        });
        Some(range.as_ref()?.get_value((row - 1, column - 1)).map_or(String::new(), ToString::to_string))
    }
}

fn rows(path: &Path) -> HashMap<u32, csv::StringRecord> {
    let bytes = std::fs::read(path).expect("readable");
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned());
    // The crate counts a line late where lines end in CR and LF.
    let text = text.replace("\r\n", "\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let line = |record: &csv::StringRecord| record.position().map_or(0, |position| position.line() as u32);
    reader.records().flatten().map(|record| (line(&record), record)).collect()
}

/// `F37` as (37, 6).
fn reference(cell: &str) -> (u32, u32) {
    let digits = cell.find(|c: char| c.is_ascii_digit()).expect("a row");
    let column = cell[..digits].bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    (cell[digits..].parse().expect("a row"), column)
}

/// A row chosen by a fixed sequence.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

#[test]
fn a_thousand_random_figures_are_in_their_cells() {
    let Some(returns) = real_returns() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    build(&returns, folder.path(), &[], true);
    let mut reader = Rereader::new(Some(&returns), None).expect("a reader");
    let mut other = Other::default();
    let (mut state, mut figures, mut cells, mut counted, mut unread) = (20_251_121, 0, 0, 0, 0);
    let tables: Vec<PathBuf> = std::fs::read_dir(folder.path().join("tables"))
        .expect("tables")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| !path.ends_with("comparisons.parquet"))
        .collect();
    let each = 1000_usize.div_ceil(tables.len());
    for path in &tables {
        let table = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let frame = publish::rows(path, OBSERVATIONS, &[Only::of(column::Table, std::slice::from_ref(&table))])
            .expect("a table");
        for _ in 0..each {
            let row = next(&mut state) % frame.height();
            let (raw, status, sheet, file, source_cells) = read_again(&frame, &table, row, &mut reader);
            let place = format!("{table} row {row} of {file}: {source_cells:?}");
            figures += 1;
            assert_eq!(source_cells.problem, "", "{place}");
            assert_ne!(source_cells.agrees, Some(false), "{place}");
            if source_cells.cells.is_empty() {
                counted += 1;
                assert_eq!(source_cells.agrees, Some(true), "{place}");
                continue;
            }
            if status != "number" && !raw.is_empty() {
                assert!(source_cells.cells.iter().any(|cell| cell.text.trim() == raw), "`{raw}` is in none: {place}");
            }
            for cell in &source_cells.cells {
                let (row, column) = reference(cell.cell.rsplit('!').next().expect("a cell"));
                match other.text(&returns.join(&file), &sheet, row, column) {
                    Some(text) => assert_eq!(text.trim(), cell.text.trim(), "{} in {place}", cell.cell),
                    None => unread += 1,
                }
                cells += 1;
            }
        }
    }
    println!(
        "{figures} figures of {} tables, {cells} cells the same, {counted} counted again, {unread} cells in files that other readers refuse",
        tables.len()
    );
    assert!(figures >= 1000 && unread * 20 < cells);
}

fn read_again(
    frame: &Frame,
    table: &str,
    row: usize,
    reader: &mut Rereader,
) -> (String, String, String, String, SourceCells) {
    let figures = Figures::of(frame).expect("columns");
    let word = |name: &str| words(frame, name).word(row).to_owned();
    let number = |name: &str| Some(numbers(frame, name)[row]).filter(|number| number.is_finite());
    let (id, release, file) = (figures.id(table, row), word("release"), word("file"));
    let published = Published {
        id: &id,
        table,
        measure: figures.measure.word(row),
        release: &release,
        file: &file,
        row: frame.get(column::Row).expect("a column")[row],
        column: frame.get(column::Column).expect("a column")[row],
        value: number("value"),
        numerator: number("numerator"),
        denominator: number("denominator"),
    };
    let source_cells = reader.read(&published);
    (word("raw"), word("status"), word("sheet"), file, source_cells)
}
