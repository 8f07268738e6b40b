//! What can be asked of `abreast browse`; the comments of the fields are the help that is printed.

use std::path::PathBuf;

use clap::Args;

use crate::home::{PipelineFiles, PublishedTables, PublishersFiles};

/// Options of `browse`.
#[derive(Clone, Debug, Default, Args)]
pub struct Browse {
    /// The authority to start with, by name or code
    #[arg(long, value_name = "NAME|CODE")]
    pub authority: Option<String>,
    /// The port to listen on, on this computer alone [default: 4733, or the next one that is free]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1024..))]
    pub port: Option<u16>,
    /// Print the address and open no browser
    #[arg(long)]
    pub no_open: bool,
    /// Write the authority's page and its measures as one file that opens without a server, and end
    #[arg(long, value_name = "FILE.html", requires = "authority", conflicts_with_all = ["port", "no_open"])]
    pub page: Option<PathBuf>,
    /// The measures in that file, as names and globs such as `sen2_*/*` with commas [default: the headline measures]
    #[arg(long, value_name = "GLOB", requires = "page")]
    pub measures: Option<String>,
    /// Show only: leave out of the pages what files, writes or makes something, and refuse it
    #[arg(long)]
    pub read_only: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub out: PublishedTables,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub returns: PublishersFiles,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub pipelines: PipelineFiles,
}
