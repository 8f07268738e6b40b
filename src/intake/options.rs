//! What can be asked about a file that came in; the comments of the fields are the help that is printed.

use std::path::PathBuf;

use clap::Args;

use crate::home::{FilingFolder, PipelineFiles};

/// Options of `add`.
#[derive(Clone, Debug, Args)]
pub struct Add {
    /// The publishers' files, as downloaded
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The return they belong to [default: told by what is in them]
    #[arg(long, value_name = "NAME")]
    pub r#return: Option<String>,
    /// The table that reads them, where their header alone leaves it open
    #[arg(long, value_name = "TABLE")]
    pub table: Option<String>,
    /// The release they are [default: told by their periods and those of the release before]
    #[arg(long, value_name = "NAME")]
    pub release: Option<String>,
    /// Where they were taken from
    #[arg(long)]
    pub url: Option<String>,
    /// The day they were published, as 2025-06-26
    #[arg(long, value_name = "DAY")]
    pub published: Option<String>,
    /// Put them in the place of different files of the same name, which are kept beside them
    #[arg(long)]
    pub replace: bool,
    /// File nothing, and say what filing them would change: tables, and figures new, revised, withdrawn or gone
    #[arg(long)]
    pub plan: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub returns: FilingFolder,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub pipelines: PipelineFiles,
}

/// Options of `remove`.
#[derive(Clone, Debug, Args)]
pub struct Remove {
    /// The files, as their paths, as RETURN/RELEASE/FILE, or as TABLE/RELEASE for the file that a table reads
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// Put back what was taken out
    #[arg(long)]
    pub undo: bool,
    /// Folder they are filed in [default: data/returns]
    #[arg(long, value_name = "DIR")]
    pub returns: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub pipelines: PipelineFiles,
}

/// Options of `fetch`.
#[derive(Clone, Debug, Default, Args)]
pub struct Fetch {
    /// Tables or returns to fetch, by name; all whose pipelines say where, unless named
    #[arg(value_name = "TABLE|RETURN")]
    pub names: Vec<String>,
    /// Say what there is and what is filed of it, and download nothing
    #[arg(long)]
    pub list: bool,
    /// The release that the data sets are [default: told by their periods, else the year they were published]
    #[arg(long, value_name = "NAME")]
    pub release: Option<String>,
    /// Put them in the place of different files of the same name, which are kept beside them
    #[arg(long)]
    pub replace: bool,
    /// The largest file to take
    #[arg(long, value_name = "SIZE", default_value = "400MB")]
    pub max_size: String,
    /// How long to wait for a server that is silent, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: u64,
    /// How often to try before giving up, waiting longer each time
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=20))]
    pub tries: u32,
    /// Follow addresses that lead on to this machine or into a private network
    #[arg(long)]
    pub allow_private: bool,
    /// Address of the statistics API, for a mirror [default: ABREAST_API if set, else `https://api.education.gov.uk/statistics`]
    #[arg(long, value_name = "URL")]
    pub api: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub returns: FilingFolder,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub pipelines: PipelineFiles,
}

/// Options of `inspect`.
#[derive(Clone, Debug, Args)]
pub struct Inspect {
    /// The file: CSV, XLSX, XLS, XLSB or ODS, or a CSV in a .zip or .gz
    pub file: PathBuf,
    /// The release it is [default: told by its periods]
    #[arg(long, value_name = "NAME")]
    pub release: Option<String>,
    /// The pipeline to compare it with [default: the one that fits best]
    #[arg(long, value_name = "TABLE")]
    pub table: Option<String>,
    /// The return whose pipelines to compare it with; the folder of a new one
    #[arg(long, value_name = "NAME")]
    pub r#return: Option<String>,
    /// The sheet to look at [default: the one that has areas, periods and figures]
    #[arg(long, value_name = "TITLE")]
    pub sheet: Option<String>,
    /// Folder of the publishers' files, whose newest release it is compared with
    #[arg(long, value_name = "DIR")]
    pub returns: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub pipelines: PipelineFiles,
}
