//! The folders that most commands ask for in the same words; the comments of the fields are the help that is printed.

use std::path::PathBuf;

use clap::Args;

/// Where the published tables are read from.
#[derive(Clone, Debug, Default, Args)]
pub struct PublishedTables {
    /// Folder of the published tables
    #[arg(long = "out", id = "out", value_name = "DIR", default_value = "outputs")]
    pub folder: PathBuf,
}

/// Where the publishers' files are read from.
#[derive(Clone, Debug, Default, Args)]
pub struct PublishersFiles {
    /// Folder of the publishers' files
    #[arg(long = "returns", id = "returns", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// Where a command files what came in.
#[derive(Clone, Debug, Default, Args)]
pub struct FilingFolder {
    /// Folder to file them in [default: data/returns]
    #[arg(long = "returns", id = "returns", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// Where the pipelines are read from.
#[derive(Clone, Debug, Default, Args)]
pub struct PipelineFiles {
    /// Folder of the pipeline files
    #[arg(long = "pipelines", id = "pipelines", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// What to do while another command writes to the same folder.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct IfLocked {
    /// Where another abreast is writing to the same folder, say so and end instead of waiting for it
    #[arg(long)]
    pub no_wait: bool,
}
