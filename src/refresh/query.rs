//! The query that counts a table of records on the engine that a council has, and the rows that the engine cannot read itself.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::exact::apart;
use super::opening::{load, raw};
use super::options::Sources;
use super::plan::{Job, Source, plan};
use crate::counted;
use crate::durable;
use crate::finding::{Error, Finding, Place};
use crate::grid::TextTable;
use crate::home::{self, PipelineFiles, PublishersFiles, shown};
use crate::normalise::{Asking, Dialect, RecordRows, Relation, query};
use crate::pipeline::{Release, Shape};
use crate::publish;

/// Options of `sql`.
#[derive(Clone, Debug, Args)]
pub struct Sql {
    /// The table of records, by name
    pub table: String,
    /// The engine that is to count
    #[arg(long, value_enum)]
    pub dialect: Engine,
    /// The release whose records are counted [default: the newest]
    #[arg(long)]
    pub release: Option<String>,
    /// Where the engine writes its counts [default: beside the records, where `run` takes them from]
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Folder to write the rows to, as Parquet, that the engine cannot read itself: workbooks, and files with title rows
    #[arg(long, value_name = "DIR")]
    pub rows: Option<PathBuf>,
    /// A table that the engine has under a name of its own, whose columns are those of the file; may be given several times
    #[arg(long, value_name = "TABLE=NAME")]
    pub from: Vec<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub returns: PublishersFiles,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub pipelines: PipelineFiles,
}

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// DuckDB
    Duckdb,
    /// Spark SQL
    Spark,
}

/// The query, with what is to be said of it.
pub struct Printed {
    /// The statements.
    pub text: String,
    /// What was written, and where the counts go.
    pub notes: Vec<String>,
}

/// The query that `options` ask for.
///
/// # Errors
/// There is no such table or release, it is no table of records, or its records cannot be counted.
pub fn sql(options: &Sql) -> Result<Printed, Error> {
    let sources = Sources {
        tables: vec![options.table.clone()],
        returns: options.returns.folder.clone(),
        pipelines: options.pipelines.folder.clone(),
        records: true,
        ..Sources::default()
    };
    let (register, _) = home::register()?;
    let mut plan = plan(&sources)?;
    let Some(at) = plan.jobs.iter().position(|job| job.pipeline.name == options.table) else {
        if let Some(wrong) =
            plan.findings.iter().find(|finding| finding.is_error() && finding.code != "nothing-to-make")
        {
            return Err(said(&options.table, vec![wrong.clone()]));
        }
        let message = format!("`{}` has no file in {}", options.table, shown(&plan.returns.folder));
        return Err(Error::usage(
            message,
            "file its records with `abreast add FILE`; the first rows of them will do with `--from`",
        ));
    };
    let mut job = plan.jobs.swap_remove(at);
    if job.pipeline.shape != Shape::Records {
        let message = format!("`{}` is no table of records: its figures stand in the publisher's file", options.table);
        return Err(Error::usage(message, "`abreast list tables` says which tables count records"));
    }
    let source = chosen(&job, options.release.as_deref())?.clone();
    if job.pipeline.predecessor.is_none() {
        job.sources.retain(|other| other.release == source.release);
    }
    if let Some(folder) = &options.rows {
        apart(folder, &plan.returns.folder, "the returns, from which the next run would read it")?;
    }
    let to = options.to.clone().unwrap_or_else(|| source.path.with_file_name(counted::file_of(&options.table)));
    let to = slashed(&std::path::absolute(&to).map_err(Error::reading)?);
    let of_release =
        |finding: &&Finding| finding.is_error() && ["", source.release.as_str()].contains(&finding.release.as_str());
    let mut found: Vec<Finding> = job.lost.iter().filter(of_release).cloned().collect();
    let read = raw(&job, None, &mut found);
    let files: BTreeMap<String, String> = read.iter().flat_map(|raw| raw.hashes.clone()).collect();
    let inputs = load(&job, read, &mut found, &mut Vec::new());
    let wrong = |findings: Vec<Finding>| said(&options.table, findings);
    if found.iter().any(Finding::is_error) {
        return Err(wrong(found));
    }
    let mut notes = Vec::new();
    let dialect = match options.dialect {
        Engine::Duckdb => Dialect::Duckdb,
        Engine::Spark => Dialect::Spark,
    };
    let mut relate = |rows: &RecordRows<'_>| relation((options, &source), dialect, rows, &mut notes);
    let asking = Asking { release: &source.release, dialect, to: &to, files: &files, relate: &mut relate };
    let text = query(&job.pipeline, inputs, &register, asking).map_err(wrong)?;
    notes.push(format!("the engine writes its counts to {to}: they are exact, for `abreast run` and nobody else"));
    let head = head(options, &source, dialect);
    Ok(Printed { text: format!("{head}{text}"), notes })
}

/// What stands above the statements.
fn head(options: &Sql, source: &Source, dialect: Dialect) -> String {
    let engine = if dialect == Dialect::Duckdb { "DuckDB" } else { "Spark SQL" };
    format!(
        "-- Counts the records of `{}`, release {}, as `abreast run` does: {engine}, by Abreast {}.\n\
         -- What it writes is exact, and not for publication: `abreast run` takes it for the records, and protects it.\n",
        options.table,
        source.release,
        env!("CARGO_PKG_VERSION")
    )
}

/// The source of the release that is asked for, else of the newest.
fn chosen<'j>(job: &'j Job, release: Option<&str>) -> Result<&'j Source, Error> {
    let found = match release {
        Some(release) => job.sources.iter().find(|source| source.release == Release::new(release)),
        None => job.sources.last(),
    };
    found.ok_or_else(|| {
        let known: Vec<&str> = job.sources.iter().map(|source| source.release.as_str()).collect();
        let message = format!("`{}` has no records of release {}", job.pipeline.name, release.unwrap_or("any"));
        Error::usage(message, format!("the releases with records are: {}", known.join(", ")))
    })
}

/// Where the engine finds the rows of a table.
fn relation(
    (options, source): (&Sql, &Source),
    dialect: Dialect,
    rows: &RecordRows<'_>,
    notes: &mut Vec<String>,
) -> Result<Relation, Finding> {
    let beside = source.beside.iter().find(|beside| beside.table == rows.name);
    let path = beside.map_or(&source.path, |beside| &beside.path);
    let (name, width) = (if rows.name.is_empty() { "records" } else { rows.name }, rows.table.frame.width());
    let named = options.from.iter().filter_map(|pair| pair.split_once('=')).find(|(table, _)| *table == name);
    if let Some((_, relation)) = named.filter(|_| !rows.is_changed) {
        return Ok(Relation::named(relation, rows.table.names().map(str::to_owned).collect()));
    }
    let path = std::path::absolute(path).map_err(|error| Finding::internal(&error))?;
    if !rows.is_changed && is_plain(&path, rows.table) {
        return Ok(Relation::csv(dialect, name, &slashed(&path), width, is_broken(rows.table)));
    }
    let Some(folder) = options.rows.as_ref().filter(|_| rows.is_whole) else {
        let message = match rows.is_changed {
            true => format!(
                "the rows of `{name}` are not those of the file: they are corrected, or take words of the record before"
            ),
            false => format!(
                "an engine does not read the rows of `{name}` as Abreast does: they are in a workbook, under title rows, or in a file of another encoding"
            ),
        };
        let help = "`--rows DIR` writes them as Parquet, for the engine to read; or name a table of the engine that has them with `--from TABLE=NAME`";
        return Err(Finding::error("rows-not-read", message, help).at(rows.table.place(None, None)));
    };
    let release = source.release.as_str();
    let path = folder.join(format!("{}-{release}-{name}.parquet", options.table));
    let path = std::path::absolute(&path).map_err(|error| Finding::internal(&error))?;
    durable::write(&path, &mut |out| publish::texts(out, rows.table, &rows.taken))
        .map_err(|error| Finding::error("not-written", error.to_string(), "choose another folder with `--rows`"))?;
    notes
        .push(format!("the rows of `{name}` were written to {}: they name people where the return does", shown(&path)));
    Ok(Relation::rows(dialect, &slashed(&path), width))
}

/// A path with the signs that engines part folders by.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// So many bytes of a file tell how it is written.
const HEAD: usize = 4 << 20;

/// Whether an engine reads the file as it is read here: names in its first row, cells parted by commas, UTF-8.
fn is_plain(path: &Path, table: &TextTable) -> bool {
    let is_text = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let follow_on = table.positions.iter().zip(1..).all(|(position, at)| *position == at);
    if !is_text || table.header_row != 1 || !follow_on {
        return false;
    }
    let mut head = Vec::new();
    let Ok(mut file) = fs_err::File::open(path) else { return false };
    if Read::by_ref(&mut file).take(HEAD as u64).read_to_end(&mut head).is_err() {
        return false;
    }
    // The last letter may be cut off.
    let is_utf8 = std::str::from_utf8(&head).map_or_else(|error| error.valid_up_to() + 4 > HEAD, |_| true);
    let first =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(head.as_slice()).into_records().next();
    is_utf8 && first.and_then(Result::ok).is_some_and(|names| names.len() == table.frame.width())
}

/// Whether a cell has a line end.
fn is_broken(table: &TextTable) -> bool {
    let columns = table.frame.columns().iter().filter_map(|column| column.str().ok());
    columns.flat_map(|column| column.iter().flatten()).any(|cell| cell.contains('\n'))
}

/// Why there is no query.
fn said(table: &str, findings: Vec<Finding>) -> Error {
    let first = findings.into_iter().find(Finding::is_error);
    let finding = first.unwrap_or_else(|| {
        Finding::error("no-records", "its records cannot be read", format!("`abreast check {table}` says why"))
            .at(Place::default())
    });
    Error::usage(format!("{}{}", placed(&finding.place), finding.message), finding.help)
}

fn placed(place: &Place) -> String {
    let words = place.to_string();
    if words.is_empty() { words } else { format!("{words}: ") }
}
