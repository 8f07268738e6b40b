//! Which figure to trace; the comments of the fields are the help that is printed.

use clap::{Args, ValueEnum};

use crate::home::{PipelineFiles, PublishedTables, PublishersFiles};

/// How a figure is explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Explained {
    /// For reading
    #[default]
    Text,
    /// For programs
    Json,
}

/// Options of `explain`.
#[derive(Clone, Debug, Args)]
pub struct Explain {
    /// The measure, by name (`table/measure` where two tables have it), or the id of a figure as reports print it
    pub figure: String,
    /// The authority, by name or code; a region or England
    #[arg(long, value_name = "NAME|CODE")]
    pub authority: Option<String>,
    /// Which period, as published or as `2023/24` [default: the latest]
    #[arg(long)]
    pub period: Option<String>,
    /// Which breakdown, as topic or topic=breakdown [default: Total]
    #[arg(long)]
    pub breakdown: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Explained::Text)]
    pub format: Explained,
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
