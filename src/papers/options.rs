//! What can be asked of the board papers; the comments of the fields are the help that is printed.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::home::{IfLocked, PipelineFiles, PublishedTables};

/// Options of `report`.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Papers {
    /// Write a new report file instead
    #[command(subcommand)]
    pub new: Option<ReportCommand>,
    /// Reports to make, by the name of their file in pipelines/reports
    pub names: Vec<String>,
    /// Make every report there is
    #[arg(long, conflicts_with = "names")]
    pub all: bool,
    /// Authority to report on, by name or code, a group, or `all`; may be given several times [default: what the report file says]
    #[arg(long, value_name = "NAME|CODE")]
    pub authority: Vec<String>,
    /// Folder of the published tables; reports go into its folder `reports`
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
    /// Outputs folder of the build before: papers end with what changed since
    #[arg(long, value_name = "DIR")]
    pub since: Option<PathBuf>,
    /// Folder of the publishers' files, for comments and targets in a council's own returns
    #[arg(long, value_name = "DIR")]
    pub returns: Option<PathBuf>,
    /// Folder of the pipeline files, with the report files in its folder `reports`
    #[arg(long, value_name = "DIR")]
    pub pipelines: Option<PathBuf>,
    /// Write no folder of charts and no Word file
    #[arg(long)]
    pub no_charts: bool,
    /// Write the workbook as an OpenDocument spreadsheet (.ods) as well
    #[arg(long)]
    pub ods: bool,
    /// Print each paper as PDF as well, with Edge, Chrome or Chromium
    #[arg(long)]
    pub pdf: bool,
    /// The browser that prints [default: the first that is found in its usual place]
    #[arg(long, value_name = "PATH", requires = "pdf")]
    pub browser: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub if_locked: IfLocked,
}

/// What else `report` does.
#[derive(Clone, Debug, Subcommand)]
pub enum ReportCommand {
    /// Write a report file to start from, with the measures at hand
    New(ReportNew),
    /// Write an empty Excel workbook for a council's own return, with lists to choose from
    Starter(ReportStarter),
}

/// Options of `report starter`.
#[derive(Clone, Debug, Args)]
pub struct ReportStarter {
    /// The table of the return: a pipeline with `provisional = true`
    #[arg(default_value = "local_performance")]
    pub table: String,
    /// File to write [default: the name that the pipeline expects, in the folder at hand]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub pipelines: PipelineFiles,
}

/// Options of `report new`.
#[derive(Clone, Debug, Args)]
pub struct ReportNew {
    /// The report's name
    pub name: String,
    /// Its measures, by name or glob; may be given several times [default: the headline measures]
    #[arg(long, value_name = "GLOB")]
    pub measures: Vec<String>,
    #[command(flatten)]
    pub out: PublishedTables,
    /// Folder of the pipeline files
    #[arg(long, value_name = "DIR", default_value = "pipelines")]
    pub pipelines: PathBuf,
}
