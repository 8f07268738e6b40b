//! What can be handed on; the comments of the fields are the help that is printed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Options of `publish`.
#[derive(Clone, Debug, Args)]
pub struct Publish {
    /// What to hand on
    #[command(subcommand)]
    pub what: What,
}

/// What can be handed on.
#[derive(Clone, Debug, Subcommand)]
pub enum What {
    /// A data package beside the tables: `datapackage.json` in the folder of outputs, with checksums, columns, licence
    Package(Package),
    /// A star schema for Power BI: facts, areas, periods, measures and breakdowns as Parquet and CSV, with their data package
    Star(Star),
    /// The tables in a folder for each release, as DuckDB and Spark read them
    Tables(Tables),
    /// A workbook (.xlsx or .ods) of all authorities in LAIT's columns: a sheet a measure
    Workbook(Workbook),
}

/// Options of `publish package`.
#[derive(Clone, Debug, Args)]
pub struct Package {
    /// Folder of the published tables
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
}

/// Options of `publish star`.
#[derive(Clone, Debug, Args)]
pub struct Star {
    /// Tables, by name [default: all but a council's own]
    pub tables: Vec<String>,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
    /// Folder of the published tables
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
}

/// Options of `publish tables`.
#[derive(Clone, Debug, Args)]
pub struct Tables {
    /// Tables, by name [default: all but a council's own]
    pub tables: Vec<String>,
    /// By what they are divided
    #[arg(long, value_enum, default_value_t = Partition::Release)]
    pub partition: Partition,
    /// The folder to write to, a folder for each table below it
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
    /// Folder of the published tables
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
}

/// By what tables are divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Partition {
    /// By the release that a figure came in
    #[default]
    Release,
}

/// Options of `publish workbook`.
#[derive(Clone, Debug, Args)]
pub struct Workbook {
    /// Measures with commas between them, `table/*` for all of a table, or a topic of measures or tables
    pub measures: String,
    /// The file to write, .xlsx or .ods
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Folder of the published tables
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
}
